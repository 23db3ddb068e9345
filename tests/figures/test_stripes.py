"""Two bands of one colour are told apart by stripes, which are cut exactly to their band."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.exchange.svg import svg_text
from neocapgui.figures.charts.drawing import drawing
from neocapgui.figures.charts.marks import Area, Stroke
from neocapgui.figures.charts.palette import GREY, TONES, Tone, told_apart
from neocapgui.figures.charts.stacked import By, Chart, Unit, ownership_chart
from neocapgui.figures.charts.stripes import WAYS, stripes

places = st.floats(0, 400, allow_nan=False).map(lambda place: round(place, 2))


@pytest.fixture(scope="module")
def through() -> Chart:
    """Return the ultimate owners of NeoGene: more than have colours were large in either company."""
    lens = Lens(date(2001, 9, 19), 2)
    return ownership_chart(
        sample("neotherapeutics-as-filed"), lens, By.HOLDER, Unit.PERCENT, is_ultimate=True
    )


def test_no_two_bands_of_a_chart_look_alike(through: Chart) -> None:
    tones = [band.tone for band in through.bands]
    assert len(set(tones)) == len(tones)
    assert len({(one.hue, one.shade) for one in tones}) < len(tones)
    assert len({(one.hue, one.shade, one.stripes) for one in told_apart([*TONES, GREY] * 4)}) == 76


def test_the_first_of_two_of_one_colour_keeps_it_plain() -> None:
    assert told_apart([Tone(1), Tone(2), Tone(1), Tone(1)]) == (
        Tone(1),
        Tone(2),
        Tone(1, stripes=1),
        Tone(1, stripes=2),
    )


def test_stripes_are_drawn_in_their_band_and_in_the_picture(through: Chart) -> None:
    striped = next(band for band in through.bands if band.tone.stripes)
    drawn = drawing(through, 1050, 600)
    lines = [mark for mark in drawn.of_part("stripe") if isinstance(mark, Stroke)]
    areas = [mark for mark in drawn.of_part("band") if isinstance(mark, Area) and mark.says == striped.name]
    assert {mark.over for mark in lines} == {striped.tone}
    assert len(lines) > 50
    for mark in lines:
        assert all(drawn.plot.holds(point) for point in mark.points)
        across, down = (sum(parts) / 2 for parts in zip(*mark.points, strict=True))
        assert any(_holds(area, across, down) for area in areas)
    assert svg_text(drawn).count('class="stripe"') == len(lines)


def _holds(area: Area, across: float, down: float) -> bool:
    """Whether a point lies in a polygon: a ray from it crosses the edges an odd number of times."""
    corners = area.points
    crossed = 0
    for (left, upper), (right, lower) in zip(corners, (*corners[1:], corners[0]), strict=True):
        if left == right and min(upper, lower) <= down < max(upper, lower) and left > across:
            crossed += 1
    return crossed % 2 == 1


@given(st.lists(st.tuples(places, places, places), min_size=1, max_size=8), st.sampled_from(WAYS))
def test_a_stripe_never_leaves_its_band(steps: list[tuple[float, float, float]], ways: int) -> None:
    left, right, upper, lower = [], [], [], []
    end = 0.0
    for width, one, other in steps:
        left.append(end)
        end += width
        right.append(end)
        upper.append(min(one, other))
        lower.append(max(one, other))
    for (across, down), (to, lowest) in stripes(left, right, upper, lower, ways, 7.0):
        assert across < to
        assert abs(abs(lowest - down) - (to - across)) < 1e-6
        for at in range(1, 4):
            x, y = across + (to - across) * at / 4, down + (lowest - down) * at / 4
            assert any(
                begin - 1e-6 <= x <= stop + 1e-6 and top - 1e-6 <= y <= foot + 1e-6
                for begin, stop, top, foot in zip(left, right, upper, lower, strict=True)
            )


def test_a_plain_band_has_no_stripes() -> None:
    assert stripes([0], [10], [0], [4], 0, 8.0) == []
    assert stripes([], [], [], [], 1, 8.0) == []
