"""The diagram of the group: what is said on it, and where it is drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from neocapgui.engine.lens import Basis, Lens
from neocapgui.exchange.samples import sample
from neocapgui.exchange.svg import svg_text
from neocapgui.figures.charts.drawing import drawing
from neocapgui.figures.charts.drawn_group import placed_group
from neocapgui.figures.charts.group_diagram import group_diagram
from neocapgui.figures.charts.marks import Box, Words
from neocapgui.figures.charts.stake import stake_chart
from neocapgui.figures.thresholds_table import thresholds_table
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

DAY = date(2001, 8, 31)


@pytest.fixture(scope="module")
def neo() -> Ledger:
    return sample("neotherapeutics-as-filed")


def _held(*held: tuple[int, int, int]) -> Ledger:
    """Return a group of (holder, company, shares); whoever is no company is the public, number 99."""
    companies = sorted({one for who, company, _ in held for one in (who, company) if one != 99})
    return Ledger(
        issuers={id: Issuer(id, f"Company {id}") for id in companies},
        stakeholders={
            **{id: Stakeholder(id, f"Company {id}", issuer=id) for id in companies},
            99: Stakeholder(99, "Public"),
        },
        securities={
            id: Security(id, id, "Common", SecurityKind.COMMON, votes=Decimal(1)) for id in companies
        },
        transactions=Transactions.of(
            Transaction(id, DAY, "opening", security=company, stakeholder=who, quantity=Decimal(shares))
            for id, (who, company, shares) in enumerate(held, 1)
        ),
    )


def test_votes_stand_beside_the_shares_where_they_differ(neo: Ledger) -> None:
    diagram = group_diagram(neo, Lens(DAY, 1))
    labels = {(one.owner, one.issuer): one.labels for one in diagram.links}
    assert labels[1, 2] == ("89.18 % of shares", "87.50 % of votes")
    assert labels[1, 3] == ("100.00 %",)
    turned = group_diagram(neo, Lens(DAY, 1, Basis.VOTING))
    assert next(one for one in turned.links if one.issuer == 2).labels == (
        "87.50 % of votes",
        "89.18 % of shares",
    )


def test_a_company_that_ceased_operations_says_so_and_is_hatched(neo: Ledger) -> None:
    diagram = group_diagram(neo, Lens(date(2002, 12, 31), 1))
    placed = placed_group(diagram)
    company = next(one for one in placed.members if one.member.issuer == 2)
    assert "Ceased operations since 23 Jul 2002" in company.member.lines
    assert any(mark.part == "hatch" for mark in company.marks)
    active = next(one for one in placed.members if one.member.issuer == 3)
    assert not any(mark.part == "hatch" for mark in active.marks)


def test_an_open_exchange_is_a_dashed_line_with_its_terms(neo: Ledger) -> None:
    diagram = group_diagram(neo, Lens(date(2000, 12, 31), 1))
    member = next(one for one in diagram.members if one.issuer == 2)
    assert [(one.issuer, one.into_issuer) for one in diagram.moves] == [(2, 1)]
    assert member.moves[1].startswith(
        "44,445 Series B Preferred Stock could become 200 7% Series C Preferred"
    )
    assert "40 for 8,889" in member.moves[1]
    lines = [mark for mark in placed_group(diagram).lines if mark.part == "move"]
    assert len(lines) == 1
    assert group_diagram(neo, Lens(DAY, 1)).moves == ()


def test_an_effective_stake_is_said_where_it_is_another_than_the_direct_one() -> None:
    ledger = _held((1, 2, 80), (99, 2, 20), (2, 3, 50), (99, 3, 50))
    works = next(one for one in group_diagram(ledger, Lens(DAY, 1)).members if one.issuer == 3)
    assert works.lines == ("40.00 % in effect of Company 1", "Others hold 50.00 %")


@pytest.mark.parametrize(
    "held",
    [
        ((1, 2, 80), (99, 2, 20)),
        tuple((1, company, 100) for company in range(2, 14)),
        ((1, 2, 50), (2, 1, 50), (99, 1, 50), (99, 2, 50)),
        ((1, 2, 60), (1, 3, 60), (2, 4, 50), (3, 4, 50), (1, 4, 10)),
        ((1, 2, 50), (2, 3, 50), (3, 1, 10), (99, 1, 90), (99, 2, 50), (99, 3, 50)),
    ],
    ids=["one", "many", "crosswise", "diamond", "circle"],
)
def test_no_company_is_drawn_upon_another_and_all_lies_inside(held: tuple[tuple[int, int, int], ...]) -> None:
    placed = placed_group(group_diagram(_held(*held), Lens(DAY, 1)))
    whole = Box(0, 0, placed.width, placed.height)
    for one, other in combinations([member.box for member in placed.members], 2):
        is_apart = one.right <= other.left or other.right <= one.left
        assert is_apart or one.bottom <= other.top or other.bottom <= one.top
    for mark in placed.marks:
        points = (mark.place,) if isinstance(mark, Words) else mark.points
        assert all(whole.holds(point, slack=1) for point in points)


def test_a_line_never_runs_through_a_company_of_a_tree() -> None:
    held = [(1, company, 100) for company in range(2, 8)] + [(2, company, 100) for company in range(8, 10)]
    placed = placed_group(group_diagram(_held(*held), Lens(DAY, 1)))
    for mark in placed.lines:
        if mark.part == "stake" and not isinstance(mark, Words):
            for (left, top), (right, bottom) in zip(mark.points, mark.points[1:], strict=False):
                middle = ((left + right) / 2, (top + bottom) / 2)
                assert not any(
                    member.box.cut(1, 1, 1, 1).holds(middle, slack=0) for member in placed.members
                ), mark


def test_it_is_exported_as_any_chart_is(neo: Ledger) -> None:
    diagram = group_diagram(neo, Lens(DAY, 1))
    drawn = drawing(diagram, 720, 405)
    text = svg_text(drawn)
    assert text == svg_text(drawing(group_diagram(neo, Lens(DAY, 1)), 720, 405))
    assert "NeoGene Technologies, Inc." in text
    assert "89.18 % of shares" in text
    assert "87.50 % of votes" in drawn.description


def test_without_a_company_the_diagram_says_what_to_do() -> None:
    diagram = group_diagram(Ledger(), Lens(DAY))
    assert diagram.empty
    assert diagram.empty in drawing(diagram, 720, 405).description


def test_the_chart_of_a_stake_has_the_steps_of_the_table(neo: Ledger) -> None:
    chart = stake_chart(neo, Lens(DAY, 1), 1, 2)
    assert [band.name for band in chart.bands] == ["NeoTherapeutics, Inc.", "All others"]
    steps = list(
        dict.fromkeys(f"{float(100 * chart.course.stake(at, 0)):.2f}" for at in range(len(chart.days)))
    )
    assert steps == ["87.50", "78.75", "75.72", "79.57", "89.18"]


def test_the_table_of_thresholds_names_the_event(neo: Ledger) -> None:
    table = thresholds_table(neo, Lens(DAY, 1))
    rows = [row.cells for row in table.rows if row.cells[2] == "NeoGene Technologies, Inc."]
    assert rows[-2][0] == date(2000, 9, 21)
    assert rows[-2][3:5] == ("80 %", "below")
    papers = "Series A Convertible Preferred Stock and Warrants of 21 September 2000 at $45.00"
    assert rows[-2][7] == f"Issuance × 4 of {papers}"
    assert rows[-1][3:5] == ("80 %", "reached")
    assert {row[3] for row in rows} >= {"33 1/3 %", "66 2/3 %"}
