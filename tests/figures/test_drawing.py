"""Every chart as a drawing: inside its plot, tiled to the whole, at every size, words for nothing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest

from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import ownership
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.bridge import Steps, bridge_chart, bridge_lines
from neocapgui.figures.charts.compared import Side, compared
from neocapgui.figures.charts.drawing import Figure, drawing
from neocapgui.figures.charts.gathering import Gather
from neocapgui.figures.charts.marks import Area, Box, Drawing, Ink, Stroke, Words, text_width
from neocapgui.figures.charts.overhang import overhang_chart
from neocapgui.figures.charts.stacked import By, Chart, Unit, ownership_chart
from neocapgui.figures.charts.table import table_behind
from neocapgui.figures.kinds import Style
from neocapgui.ledger.ledger import Ledger

FILED = sample("neotherapeutics-as-filed")
FLOATING = sample("preferred-at-a-floating-price")
DAY = date(2001, 9, 19)
PARENT = next(who.id for who in FILED.stakeholders.values() if who.issuer == 1)
SIZES = ((720.0, 405.0), (520.0, 390.0), (300.0, 200.0), (1600.0, 900.0))

FIGURES: dict[str, Figure] = {
    "percent by holder": ownership_chart(FILED, Lens(DAY, 1)),
    "shares by security": ownership_chart(FILED, Lens(DAY, 1, Basis.OUTSTANDING), By.SECURITY, Unit.SHARES),
    "restated by class": ownership_chart(
        FILED, Lens(DAY, 1, Basis.FULLY_DILUTED), By.CLASS, Unit.SHARES, Gather.TOP_12, True
    ),
    "two scenarios": compared(
        FILED,
        Lens(DAY, 1),
        Side("As filed", "neotherapeutics-as-filed.db"),
        Side("As announced", "neotherapeutics-as-announced.db", sample("neotherapeutics-as-announced")),
    ),
    "curve": overhang_chart(FLOATING, Lens(date(2023, 3, 28), 1)),
    "bridge by event": bridge_chart(FILED, Lens(DAY, 2), PARENT, date(2001, 1, 1)),
    "bridge by kind": bridge_chart(FILED, Lens(DAY, 2), PARENT, date.min, None, Steps.KIND),
}
EMPTY: dict[str, Figure] = {
    "no company": ownership_chart(Ledger(), Lens(DAY)),
    "nothing floats": overhang_chart(FILED, Lens(DAY, 1)),
    "no holder": bridge_chart(FILED, Lens(DAY, 2)),
}


def corners(drawn: Drawing, *parts: str) -> list[tuple[float, float]]:
    marks = [mark for mark in drawn.marks if not isinstance(mark, Words) and mark.part in parts]
    return [point for mark in marks for point in mark.points]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", FIGURES)
def test_nothing_that_shows_figures_lies_outside_the_plot(name: str, size: tuple[float, float]) -> None:
    drawn = drawing(FIGURES[name], *size, footer="Foot")
    shown = corners(drawn, "band", "between", "event", "as_of", "curve", "limit", "flag", "link")
    assert shown
    assert all(drawn.plot.holds(point) for point in shown)
    assert drawn.plot.width > 0
    assert drawn.plot.height > 0


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("name", [*FIGURES, *EMPTY])
def test_every_word_stands_on_the_sheet(name: str, size: tuple[float, float]) -> None:
    drawn = drawing({**FIGURES, **EMPTY}[name], *size, footer="A foot that says what the chart is of")
    for mark in drawn.marks:
        if isinstance(mark, Words):
            shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * mark.width
            left = mark.place[0] - shift
            assert left >= -1, mark
            assert left + mark.width <= drawn.width + 1, mark
            assert 0 <= mark.place[1] <= drawn.height, mark


@pytest.mark.parametrize("name", ["percent by holder"])
def test_the_bands_tile_the_whole_on_every_day_with_an_event(name: str) -> None:
    chart = FIGURES[name]
    assert isinstance(chart, Chart)
    drawn = drawing(chart, 720, 405)
    first, last = chart.days[0].toordinal(), chart.until.toordinal()
    for position, day in enumerate(chart.days):
        across = drawn.plot.left + drawn.plot.width * (day.toordinal() - first + 0.25) / (last - first)
        heights = dict.fromkeys(range(len(chart.bands)), 0.0)
        for mark in drawn.of_part("band"):
            assert isinstance(mark, Area)
            band = [one.name for one in chart.bands].index(mark.says)
            heights[band] += height_at(mark, across)
        assert sum(heights.values()) == pytest.approx(drawn.plot.height, abs=0.02)
        if position + 1 == len(chart.days) or (chart.days[position + 1] - day).days > 3:
            for band, height in heights.items():
                exact = float(chart.course.stake(position, band)) * drawn.plot.height
                assert height == pytest.approx(exact, abs=0.02)


def height_at(area: Area, across: float) -> float:
    """Return how high a polygon of steps is at a place."""
    crossed = sorted(
        one[1]
        for one, other in zip(area.points, (*area.points[1:], area.points[0]), strict=True)
        if one[1] == other[1] and min(one[0], other[0]) <= across < max(one[0], other[0])
    )
    return sum(lower - upper for upper, lower in zip(crossed[::2], crossed[1::2], strict=True))


def test_the_names_beside_the_plot_say_what_the_engine_says_of_the_day() -> None:
    drawn = drawing(FIGURES["percent by holder"], 720, 405)
    figures = {mark.text for mark in drawn.of_part("figure") if isinstance(mark, Words)}
    owners = ownership(FILED, Lens(DAY, 1))
    largest = f"{float(owners[0].stake) * 100:.2f} %"
    assert largest in figures


def test_above_the_figures_beside_the_plot_stands_their_day_in_the_colour_of_its_line() -> None:
    (day,) = drawing(FIGURES["percent by holder"], 1050, 600).of_part("day")
    assert isinstance(day, Words)
    assert (day.text, day.ink) == ("19 Sep 2001", Ink.ACCENT)
    (line,) = drawing(FIGURES["percent by holder"], 1050, 600).of_part("as_of")
    assert isinstance(line, Stroke)
    assert line.ink is Ink.ACCENT


def test_a_small_bridge_tells_whose_events_moved_the_stake() -> None:
    told = drawing(FIGURES["bridge by event"], 525, 315).of_part("told")
    said = " ".join(mark.text for mark in told if isinstance(mark, Words))
    assert "Societe Generale" in said
    assert "Montrose" in said
    assert "Strong River" in said


@pytest.mark.parametrize("name", EMPTY)
def test_a_chart_of_nothing_says_why(name: str) -> None:
    drawn = drawing(EMPTY[name], 520, 390)
    said = " ".join(mark.text for mark in drawn.of_part("sentence") if isinstance(mark, Words))
    assert said == EMPTY[name].empty
    assert not drawn.of_part("band")


def test_the_axis_is_written_in_the_words_of_the_language() -> None:
    months = ("Jän", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
    style = Style(",", ".", months=months)
    chart = bridge_chart(FILED, Lens(DAY, 2), PARENT, date(2001, 1, 1))
    figures = [mark.text for mark in drawing(chart, 720, 405, style).marks if isinstance(mark, Words)]
    assert "75,72 %" in figures
    assert "+3,85" in figures


def test_the_columns_of_a_bridge_stand_where_the_one_before_ended() -> None:
    drawn = drawing(FIGURES["bridge by event"], 720, 405)
    boxes = [mark for mark in drawn.of_part("band") if isinstance(mark, Area)]
    spans = [(min(down for _, down in box.points), max(down for _, down in box.points)) for box in boxes]
    for (upper, _), (above, below) in pairwise(spans[:-1]):
        assert below == pytest.approx(upper, abs=0.01)
        assert above < below
    assert spans[-1][0] == pytest.approx(spans[-2][0], abs=0.01)
    assert spans[0][1] == spans[-1][1] == pytest.approx(drawn.plot.bottom)


def test_the_bridge_and_its_table_hold_the_same_figures() -> None:
    chart = FIGURES["bridge by event"]
    table = bridge_lines(bridge_chart(FILED, Lens(DAY, 2), PARENT, date(2001, 1, 1)))
    points = [row.cells[4] for row in table.rows]
    assert points[1:] == [
        Fraction(44_445, 1_155_555),
        Fraction(55_555, 1_155_555),
        Fraction(55_555, 1_155_555),
    ]
    assert table.total is not None
    assert table.total.cells[4] == sum(points[1:])
    assert [row.cells for row in table_behind(chart).rows] == [row.cells for row in table.rows]


@pytest.mark.parametrize("name", FIGURES)
def test_the_same_chart_gives_the_same_drawing_and_a_table(name: str) -> None:
    figure = FIGURES[name]
    assert drawing(figure, 720, 405) == drawing(figure, 720, 405)
    assert len(table_behind(figure).rows) > 0
    assert figure.alt.startswith(figure.title)


def test_the_lines_of_a_drawing_are_no_wider_than_what_they_part() -> None:
    drawn = drawing(FIGURES["percent by holder"], 720, 405)
    assert all(mark.width <= 2.5 for mark in drawn.marks if isinstance(mark, Stroke))
    assert text_width("WWW", 10) > text_width("iii", 10)
    assert Box(0, 0, 10, 10).cut(20).width == 0
