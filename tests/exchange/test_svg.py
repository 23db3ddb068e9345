"""A chart as SVG: read back, it shows the engine's figures, and equal charts are equal to the byte."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.exchange.svg import svg_text
from neocapgui.figures.charts.bridge import bridge_chart
from neocapgui.figures.charts.drawing import Figure, drawing
from neocapgui.figures.charts.marks import Box, Drawing, Ink, Words
from neocapgui.figures.charts.overhang import overhang_chart
from neocapgui.figures.charts.stacked import Unit, ownership_chart

SVG = "{http://www.w3.org/2000/svg}"
FILED = sample("neotherapeutics-as-filed")
DAY = date(2001, 9, 19)
PARENT = next(who.id for who in FILED.stakeholders.values() if who.issuer == 1)
CHART = ownership_chart(FILED, Lens(DAY, 1))
FIGURES: dict[str, Figure] = {
    "percent": CHART,
    "shares": ownership_chart(FILED, Lens(DAY, 1), unit=Unit.SHARES),
    "curve": overhang_chart(sample("preferred-at-a-floating-price"), Lens(date(2023, 3, 28), 1)),
    "bridge": bridge_chart(FILED, Lens(DAY, 2), PARENT, date(2001, 1, 1)),
}


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())


def corners(element: ElementTree.Element) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in element.attrib["points"].split())
    return [(float(across), float(down)) for across, down in pairs]


@pytest.mark.parametrize("name", FIGURES)
def test_the_file_has_title_words_and_no_clip_path_script_or_reference(name: str) -> None:
    text = svg_text(drawing(FIGURES[name], 720, 405, footer="Foot"))
    root = read(text)
    assert root.tag == f"{SVG}svg"
    assert root.attrib["version"] == "1.1"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root[0].text == FIGURES[name].title
    assert root[1].text == FIGURES[name].alt
    assert {child.tag.removeprefix(SVG) for child in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "polygon",
        "polyline",
        "text",
    }
    assert "href" not in text
    assert "url(" not in text


@pytest.mark.parametrize("name", FIGURES)
def test_attributes_stand_in_the_order_of_their_names(name: str) -> None:
    for element in read(svg_text(drawing(FIGURES[name], 520, 390))).iter():
        written = [key for key in element.attrib if not key.startswith("{")]
        assert written == sorted(written)


def figure(name: str) -> Figure:
    """Return a chart of a scenario that is read anew."""
    filed = sample("neotherapeutics-as-filed")
    if name == "curve":
        return overhang_chart(sample("preferred-at-a-floating-price"), Lens(date(2023, 3, 28), 1))
    if name == "bridge":
        return bridge_chart(filed, Lens(DAY, 2), PARENT, date(2001, 1, 1))
    return ownership_chart(filed, Lens(DAY, 1), unit=Unit(name))


@pytest.mark.parametrize("name", FIGURES)
def test_equal_charts_give_equal_bytes(name: str) -> None:
    assert svg_text(drawing(figure(name), 720, 405)) == svg_text(drawing(FIGURES[name], 720, 405))


def test_the_polygons_tile_to_a_hundred_percent_at_each_event() -> None:
    drawn = drawing(CHART, 1600, 900)
    bands = [
        element
        for element in read(svg_text(drawn)).iter(f"{SVG}polygon")
        if element.attrib.get("class") == "band"
    ]
    names = [band.name for band in CHART.bands]
    first, last = CHART.days[0].toordinal(), CHART.until.toordinal()
    for position, day in enumerate(CHART.days):
        if position + 1 < len(CHART.days) and (CHART.days[position + 1] - day).days < 4:
            continue
        across = drawn.plot.left + drawn.plot.width * (day.toordinal() - first + 1.5) / (last - first)
        parts = dict.fromkeys(names, 0.0)
        for element in bands:
            title = element.find(f"{SVG}title")
            assert title is not None
            parts[title.text or ""] += 100 * height_at(corners(element), across) / drawn.plot.height
        assert sum(parts.values()) == pytest.approx(100, abs=0.01)
        for band, name in enumerate(names):
            assert parts[name] == pytest.approx(float(CHART.course.stake(position, band)) * 100, abs=0.01)


def height_at(points: list[tuple[float, float]], across: float) -> float:
    crossed = sorted(
        one[1]
        for one, other in zip(points, (*points[1:], points[0]), strict=True)
        if one[1] == other[1] and min(one[0], other[0]) <= across < max(one[0], other[0])
    )
    return sum(lower - upper for upper, lower in zip(crossed[::2], crossed[1::2], strict=True))


def test_names_that_look_like_markup_stay_words() -> None:
    mark = Words((5, 20), 'A & B <script>"x"</script>\x00', 9, Ink.TEXT)
    text = svg_text(Drawing(100, 50, "<b>", "&", Box(0, 0, 1, 1), (mark,)))
    found = read(text).find(f"{SVG}text")
    assert found is not None
    assert found.text == 'A & B <script>"x"</script> '


def test_what_is_no_number_has_no_place() -> None:
    mark = Words((float("nan"), 20), "x", 9)
    with pytest.raises(ValueError, match="no place"):
        svg_text(Drawing(100, 50, "", "", Box(0, 0, 1, 1), (mark,)))
