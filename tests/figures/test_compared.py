"""Two scenarios one above the other: same days and scale, same colours for the same names, exact figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import ownership
from neocapgui.exchange.samples import sample
from neocapgui.exchange.svg import svg_text
from neocapgui.figures.charts.compared import Compared, Side, compared
from neocapgui.figures.charts.drawing import drawing
from neocapgui.figures.charts.marks import Area, Stroke, Words
from neocapgui.figures.charts.stacked import By, Unit, Wanted, ownership_chart
from neocapgui.figures.charts.table import table_behind
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

FILED = sample("neotherapeutics-as-filed")
ANNOUNCED = sample("neotherapeutics-as-announced")
DAY = date(2001, 8, 31)
OWN = Side("As filed", "filed.db")
OTHER = Side("As announced", "announced.db", ANNOUNCED)
NEO = compared(FILED, Lens(DAY, 1), OWN, OTHER)


def scenario(company: str, *issues: tuple[str, date, int]) -> Ledger:
    """Return a company of one class with what was issued to whom, when, and how many."""
    names = list(dict.fromkeys(name for name, _, _ in issues))
    return Ledger(
        issuers={7: Issuer(7, company)},
        stakeholders={id: Stakeholder(id, name) for id, name in enumerate(names, 1)},
        securities={3: Security(3, 7, "Common", SecurityKind.COMMON, votes=Decimal(1))},
        transactions=Transactions.of(
            [
                Transaction(
                    number,
                    day,
                    "issuance",
                    security=3,
                    stakeholder=names.index(name) + 1,
                    quantity=Decimal(shares),
                )
                for number, (name, day, shares) in enumerate(issues, 1)
            ]
        ),
    )


HERE = scenario("Acme", ("Ada", date(2001, 1, 1), 600), ("Bob", date(2001, 6, 1), 400))
THERE = scenario(
    "ACME", ("Cleo", date(2000, 7, 1), 3000), ("bob", date(2001, 3, 1), 500), ("Ada", date(2001, 3, 1), 500)
)
LENS = Lens(date(2001, 12, 31), 7)


def acme(unit: Unit = Unit.PERCENT, by: By = By.HOLDER) -> Compared:
    return compared(HERE, LENS, Side("Here"), Side("There", "there.db", THERE), Wanted(by, unit))


def test_both_charts_are_those_of_their_scenarios() -> None:
    above, below = (panel.chart for panel in NEO.panels)
    alone = ownership_chart(FILED, Lens(DAY, 1))
    assert (above.days, above.bands) == (alone.days, alone.bands)
    assert (above.course.units == alone.course.units).all()
    (societe,) = (place for place, band in enumerate(below.bands) if band.name == "Societe Generale")
    position = below.course.position(DAY)
    assert position is not None
    who = next(one.id for one in ANNOUNCED.stakeholders.values() if one.name == "Societe Generale")
    assert below.course.stake(position, societe) == ownership(ANNOUNCED, Lens(DAY, 1)).of(who).stake


@pytest.mark.parametrize("unit", list(Unit))
def test_they_have_the_same_days_and_the_same_scale(unit: Unit) -> None:
    above, below = (panel.chart for panel in acme(unit).panels)
    assert above.first == below.first == date(2000, 7, 1)
    assert above.until == below.until
    assert above.top() == below.top() >= (100 if unit is Unit.PERCENT else 4000)


def test_who_has_a_name_in_both_has_its_colour_and_its_place_in_both() -> None:
    above, below = (panel.chart for panel in acme().panels)
    assert [band.name for band in above.bands] == ["Ada", "Bob"]
    assert [band.name for band in below.bands] == ["Ada", "bob", "Cleo"]
    assert [band.tone for band in below.bands[:2]] == [band.tone for band in above.bands]
    assert below.bands[2].tone not in {band.tone for band in above.bands}
    last = len(below.days) - 1
    stakes = [below.course.stake(last, band) for band in range(3)]
    assert stakes == [Fraction(1, 8), Fraction(1, 8), Fraction(3, 4)]


def test_a_company_the_other_scenario_does_not_know_is_told_in_one_sentence() -> None:
    other = Side("There", "", scenario("Beta", ("Ada", date(2001, 1, 1), 1)))
    above, below = (panel.chart for panel in compared(HERE, LENS, Side("Here"), other).panels)
    assert not above.empty
    assert below.empty == "No company of There is called “Acme”."


def test_a_scenario_that_cannot_be_had_says_why_in_its_place() -> None:
    figure = compared(HERE, LENS, Side("Here"), Side("x.db", trouble="x.db is no scenario."))
    assert figure.panels[1].chart.empty == "x.db is no scenario."
    assert not figure.empty
    drawn = drawing(figure, 720, 405)
    said = [mark.text for mark in drawn.of_part("sentence") if isinstance(mark, Words)]
    assert said == ["x.db is no scenario."]
    assert drawn.of_part("band")
    assert table_behind(figure).empty == "x.db is no scenario."
    assert len(table_behind(figure).rows) == 2


def test_scenarios_of_one_title_are_told_apart_by_their_files() -> None:
    figure = compared(HERE, LENS, Side("Acme", "a.db"), Side("Acme", "b.db", THERE))
    assert [panel.title for panel in figure.panels] == ["Acme (a.db)", "Acme (b.db)"]


def test_another_day_moves_only_the_line() -> None:
    lens = Lens(DAY, 1)
    first, later = (compared(FILED, replace(lens, as_of=day), OWN, OTHER) for day in (DAY, date(2002, 1, 1)))
    for before, after in zip(first.panels, later.panels, strict=True):
        assert after.chart.as_of == date(2002, 1, 1)
        assert after.chart.draws_like(before.chart)


def test_the_table_behind_has_a_line_for_each_day_of_each_scenario() -> None:
    table = table_behind(acme(Unit.SHARES))
    assert [column.title for column in table.columns] == [
        *("Day", "Scenario", "What happened", "Ada", "Bob", "Cleo", "All shares")
    ]
    said = [(row.cells[0].isoformat(), row.cells[1], *row.cells[3:]) for row in table.rows]
    assert said == [
        ("2000-07-01", "There", None, None, 3000, 3000),
        ("2001-01-01", "Here", 600, None, None, 600),
        ("2001-03-01", "There", 500, 500, 3000, 4000),
        ("2001-06-01", "Here", 600, 400, None, 1000),
    ]
    assert len({row.key for row in table.rows}) == len(table.rows)


@pytest.mark.parametrize("size", [(720.0, 405.0), (520.0, 390.0), (842.0, 595.0)], ids=str)
def test_the_plots_stand_in_line_under_the_names_of_their_scenarios(size: tuple[float, float]) -> None:
    drawn = drawing(NEO, *size, footer="Foot")
    headings = [mark.text for mark in drawn.of_part("panel") if isinstance(mark, Words)]
    assert headings == ["As filed", "As announced"]
    grounds = [mark for mark in drawn.of_part("ground") if isinstance(mark, Area)]
    assert len(grounds) == 2
    sides = [(min(x for x, _ in one.points), max(x for x, _ in one.points)) for one in grounds]
    assert sides[0] == pytest.approx(sides[1])
    lines = [mark.points[0][0] for mark in drawn.of_part("as_of") if isinstance(mark, Stroke)]
    assert lines[0] == pytest.approx(lines[1])
    assert all(
        drawn.plot.holds(point)
        for one in drawn.of_part("band")
        if isinstance(one, Area)
        for point in one.points
    )


def test_the_bands_of_the_shorter_scenario_begin_on_its_first_day() -> None:
    drawn = drawing(acme(), 720, 405)
    above = acme().panels[0].chart
    part = (date(2001, 1, 1) - above.first).days / (above.until - above.first).days
    bands = [mark for mark in drawn.of_part("band") if isinstance(mark, Area) and mark.says == "Ada"]
    assert min(x for x, _ in bands[0].points) == pytest.approx(
        drawn.plot.left + drawn.plot.width * part, abs=0.3
    )


def test_a_slide_has_no_name_over_another() -> None:
    drawn = drawing(NEO, 720, 405)
    names = [mark.place[1] for mark in drawn.of_part("name") if isinstance(mark, Words)]
    gaps = [abs(one - other) for at, one in enumerate(names) for other in names[at + 1 :]]
    assert min(gaps) >= 8.5


def test_the_picture_as_svg_tells_both_in_words() -> None:
    text = svg_text(drawing(NEO, 720, 405))
    for said in ("As filed", "As announced", "announced.db", "Above, As filed: Ownership over time."):
        assert said in text
