"""Every chart in every theme: never blank, nothing outside the sheet or over a word, and read with ease."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPolygonF

from neocapgui.engine.lens import Basis, Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.bridge import bridge_chart
from neocapgui.figures.charts.drawing import Figure, drawing
from neocapgui.figures.charts.gathering import Gather
from neocapgui.figures.charts.group_diagram import group_diagram
from neocapgui.figures.charts.inks import Inks, contrast
from neocapgui.figures.charts.marks import Anchor, Area, Box, Drawing, Stroke, Words
from neocapgui.figures.charts.overhang import overhang_chart
from neocapgui.figures.charts.stacked import By, Unit, ownership_chart
from neocapgui.figures.charts.stake import stake_chart
from neocapgui.gui.charts.painting import inks_of, picture
from neocapgui.gui.looks.look import wear
from neocapgui.gui.looks.roles import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST

FILED = sample("neotherapeutics-as-filed")
DAY = date(2001, 9, 19)
PARENT = next(who.id for who in FILED.stakeholders.values() if who.issuer == 1)
THEMES = {"light": LIGHT, "dark": DARK, "light contrast": LIGHT_CONTRAST, "dark contrast": DARK_CONTRAST}
SIZES = {"small": (525.0, 315.0), "large": (1050.0, 600.0)}
FOOT = "NeoTherapeutics as filed  ·  neo.db  ·  as of 19 Sep 2001  ·  SHA-256 0123456789abcdef"
FIGURES: dict[str, Figure] = {
    "percent by holder": ownership_chart(FILED, Lens(DAY, 1)),
    "shares by security": ownership_chart(FILED, Lens(DAY, 1), By.SECURITY, Unit.SHARES),
    "percent by class": ownership_chart(FILED, Lens(DAY, 1, Basis.FULLY_DILUTED), By.CLASS),
    "restated": ownership_chart(FILED, Lens(DAY, 1), By.HOLDER, Unit.SHARES, Gather.TOP_12, True),
    "ultimate owners": ownership_chart(
        FILED, Lens(DAY, 2), By.HOLDER, Unit.PERCENT, Gather.TOP_12, False, True
    ),
    "stake": stake_chart(FILED, Lens(DAY, 1), 1, 2),
    "bridge": bridge_chart(FILED, Lens(DAY, 2), PARENT, date(2001, 1, 1)),
    "group with a possible move": group_diagram(FILED, Lens(date(2001, 6, 30), 1)),
    "group with a company at rest": group_diagram(FILED, Lens(date(2003, 12, 31), 1)),
    "curve": overhang_chart(sample("preferred-at-a-floating-price"), Lens(date(2023, 3, 28), 1)),
    "nothing floats": overhang_chart(FILED, Lens(DAY, 1)),
}
# Lines by which something is read; the others only help the eye along: grids, events, hatching, halos.
READ = ("curve", "limit", "leader", "stake", "move", "edge", "link", "as_of", "swatch")
WORDS = [(name, size) for name in FIGURES for size in SIZES]


@pytest.fixture(autouse=True)
def light(qapp: object) -> None:
    wear(LIGHT)


def drawn(name: str, size: str) -> Drawing:
    return drawing(FIGURES[name], *SIZES[size], footer=FOOT)


def room_of(words: Words) -> Box:
    """Return the room that a text takes; letters below the line count for a little."""
    across, down = words.place
    left = {Anchor.START: 0.0, Anchor.MIDDLE: words.width / 2, Anchor.END: words.width}[words.anchor]
    return Box(across - left, down - words.size * 0.75, words.width, words.size * 0.85)


def is_apart(one: Box, other: Box) -> bool:
    """Whether two rooms touch each other by no more than a half point."""
    return (
        one.right <= other.left + 0.5
        or other.right <= one.left + 0.5
        or one.bottom <= other.top + 0.5
        or other.bottom <= one.top + 0.5
    )


def grounds(shown: Drawing, inks: Inks) -> Iterator[tuple[Words, str]]:
    """Return each text with the colour of what it stands on: the last area drawn before it at its place."""
    areas: list[tuple[QPolygonF, str]] = []
    for mark in shown.marks:
        if isinstance(mark, Area):
            shape = QPolygonF([QPointF(across, down) for across, down in mark.points])
            areas.append((shape, inks.of(mark.fill, mark.pale)))
        elif isinstance(mark, Words) and mark.text:
            room = room_of(mark)
            middle = QPointF(room.left + room.width / 2, room.top + room.height / 2)
            under = [
                colour for shape, colour in areas if shape.containsPoint(middle, Qt.FillRule.OddEvenFill)
            ]
            yield mark, under[-1] if under else inks.panel


def colours(image: QImage) -> Counter[str]:
    """Return how many of the pixels have each colour; one in four is looked at."""
    return Counter(
        image.pixelColor(across, down).name()
        for down in range(0, image.height(), 2)
        for across in range(0, image.width(), 2)
    )


@pytest.mark.parametrize(("name", "size"), WORDS)
def test_nothing_is_drawn_outside_the_sheet(name: str, size: str) -> None:
    shown = drawn(name, size)
    sheet = Box(0, 0, shown.width, shown.height)
    for mark in shown.marks:
        if isinstance(mark, Words):
            room = room_of(mark)
            assert sheet.holds((room.left, room.top)), mark
            assert sheet.holds((room.right, room.bottom)), mark
        else:
            assert all(sheet.holds(point) for point in mark.points), mark


@pytest.mark.parametrize(("name", "size"), WORDS)
def test_no_text_stands_over_another(name: str, size: str) -> None:
    words = [mark for mark in drawn(name, size).marks if isinstance(mark, Words) and mark.text]
    over = [
        (one.text, other.text)
        for one, other in combinations(words, 2)
        if not is_apart(room_of(one), room_of(other))
    ]
    assert over == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", FIGURES)
def test_texts_and_lines_stand_out_from_what_is_under_them(name: str, theme: str) -> None:
    roles = THEMES[theme]
    inks = inks_of(roles)
    shown = drawn(name, "large")
    least = 7 if roles.is_contrast else 4.5
    for words, ground in grounds(shown, inks):
        assert contrast(inks.on(words.ink), ground) >= least, (words.text, ground)
    for mark in shown.marks:
        if isinstance(mark, Stroke) and mark.part in READ:
            assert contrast(inks.stroke(mark.ink), inks.panel) >= 3, (mark.part, mark.ink)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", FIGURES)
def test_a_picture_is_never_blank_and_has_the_colours_of_its_theme(name: str, theme: str) -> None:
    inks = inks_of(THEMES[theme])
    shown = drawn(name, "small")
    image = picture(shown, 2, inks)
    seen = colours(image)
    every = sum(seen.values())
    assert every - seen[inks.panel] > every / 400
    known = {inks.panel}
    for mark in shown.marks:
        if isinstance(mark, Area):
            known.add(inks.of(mark.fill, mark.pale))
        elif isinstance(mark, Stroke):
            known.add(inks.of_line(mark))
        else:
            known.add(inks.on(mark.ink))
    strange = {colour: count for colour, count in seen.items() if colour not in known}
    assert all(count < every / 200 for count in strange.values()), strange  # what is smooth at its edges
    edge = [
        image.pixelColor(across, down).name()
        for across in range(0, image.width(), 7)
        for down in (0, 1, image.height() - 1)
    ]
    assert set(edge) == {inks.panel}


@pytest.mark.parametrize("name", FIGURES)
def test_every_line_is_at_least_a_pixel_at_twice_the_size(name: str) -> None:
    for mark in drawn(name, "large").marks:
        if isinstance(mark, Stroke):
            assert mark.width * 2 * 96 / 72 >= 1, mark


def test_a_percent_axis_ends_at_a_hundred() -> None:
    for name in ("percent by holder", "percent by class", "ultimate owners", "stake"):
        for size in SIZES:
            texts = [mark.text for mark in drawn(name, size).marks if isinstance(mark, Words)]
            assert "100 %" in texts
            assert "0" in texts


def test_an_empty_chart_has_a_sentence() -> None:
    texts = [mark.text for mark in drawn("nothing floats", "small").marks if isinstance(mark, Words)]
    assert "No conversion price of this company is found from the market by a known formula." in texts


@pytest.mark.parametrize("theme", THEMES)
def test_a_company_at_rest_is_told_by_its_pattern_in_every_theme(theme: str) -> None:
    inks = inks_of(THEMES[theme])
    shown = drawn("group with a company at rest", "large")
    seen = colours(picture(shown, 2, inks))
    assert shown.of_part("hatch")
    assert seen[inks.line] > 50
