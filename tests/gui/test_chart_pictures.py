"""Charts painted: the colours of the palette where the engine's figures say, in each theme and form."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from neocapgui.engine.lens import Basis, Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.bridge import bridge_chart
from neocapgui.figures.charts.compared import Side, compared
from neocapgui.figures.charts.drawing import Figure, drawing
from neocapgui.figures.charts.inks import PAPER, contrast
from neocapgui.figures.charts.marks import Area, Drawing, Ink
from neocapgui.figures.charts.overhang import overhang_chart
from neocapgui.figures.charts.palette import GREY, TONES
from neocapgui.figures.charts.stacked import By, Chart, Unit, Wanted, ownership_chart
from neocapgui.gui.charts.drawn_chart import DrawnChart
from neocapgui.gui.charts.painting import PIXELS, inks_of, page_size, pdf_bytes, picture, png_bytes
from neocapgui.gui.charts.tones import tone_color
from neocapgui.gui.looks.look import wear
from neocapgui.gui.looks.roles import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Roles

FILED = sample("neotherapeutics-as-filed")
DAY = date(2001, 9, 19)
PARENT = next(who.id for who in FILED.stakeholders.values() if who.issuer == 1)
THEMES = {"light": LIGHT, "dark": DARK, "light contrast": LIGHT_CONTRAST, "dark contrast": DARK_CONTRAST}
CHARTS = {
    "holders": ownership_chart(FILED, Lens(DAY, 1)),
    "classes": ownership_chart(FILED, Lens(DAY, 1, Basis.FULLY_DILUTED), By.CLASS),
    "shares": ownership_chart(FILED, Lens(DAY, 1), By.SECURITY, Unit.SHARES),
}
FIGURES: dict[str, Figure] = {
    **CHARTS,
    "two scenarios": compared(
        FILED,
        Lens(DAY, 1),
        Side("As filed", "filed.db"),
        Side("As announced", "announced.db", sample("neotherapeutics-as-announced")),
        Wanted(By.SECURITY),
    ),
    "curve": overhang_chart(sample("preferred-at-a-floating-price"), Lens(date(2023, 3, 28), 1)),
    "bridge": bridge_chart(FILED, Lens(DAY, 2), PARENT, date(2001, 1, 1)),
}


@pytest.fixture(autouse=True)
def light(qapp: object) -> None:
    wear(LIGHT)


def in_pixels(drawn: Drawing, scale: int) -> QRectF:
    """Return where the plot of a drawing lies in its picture."""
    plot, factor = drawn.plot, PIXELS * scale
    return QRectF(plot.left * factor, plot.top * factor, plot.width * factor, plot.height * factor)


def column(image: QImage, across: int, upper: int, lower: int) -> list[str]:
    """Return the colours from below upwards, each once where it goes on."""
    found = [image.pixelColor(across, down).name() for down in range(lower - 1, upper, -1)]
    return [one for place, one in enumerate(found) if place == 0 or one != found[place - 1]]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", CHARTS)
def test_the_bands_of_a_day_stand_in_their_colours_and_order(name: str, theme: str) -> None:
    chart, inks = CHARTS[name], inks_of(THEMES[theme])
    drawn = drawing(chart, 720, 405)
    image, plot = picture(drawn, 2, inks), in_pixels(drawn, 2)
    first, last = chart.days[0].toordinal(), chart.until.toordinal()
    position = chart.course.position(date(2003, 6, 15))
    assert position is not None
    part = (date(2003, 6, 15).toordinal() - first) / (last - first)
    across = round(plot.left() + plot.width() * part)
    seen = column(image, across, round(plot.top()), round(plot.bottom()))
    edges = chart.edges()[position]
    top = 100.0 if chart.unit is Unit.PERCENT else float(chart.edges()[:, -1].max()) * 1.03
    tall = [
        inks.of(chart.bands[band].tone)
        for band in range(len(chart.bands))
        if (edges[band + 1] - edges[band]) / top * plot.height() > 6
    ]
    assert tall
    in_order = iter(seen)
    assert all(colour in in_order for colour in tall), (tall, seen)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", FIGURES)
def test_no_band_colours_anything_outside_the_plot_and_nothing_is_blank(name: str, theme: str) -> None:
    inks = inks_of(THEMES[theme])
    drawn = drawing(FIGURES[name], 720, 405)
    bands = [mark for mark in drawn.of_part("band") if isinstance(mark, Area)]
    image, plot = picture(drawn, 1, inks), in_pixels(drawn, 1)
    keys = {inks.of(mark.fill, mark.pale) for mark in bands}
    inside = outside = 0
    swatches = [mark for mark in drawn.of_part("swatch") if isinstance(mark, Area)]
    leaders = plot.right() + 24
    for down in range(0, image.height(), 3):
        for across in range(0, image.width(), 3):
            if image.pixelColor(across, down).name() not in keys:
                continue
            is_in = plot.adjusted(-1, -1, 1, 1).contains(across, down)
            is_key = any(
                min(x for x, _ in mark.points) * PIXELS - 2
                <= across
                <= max(x for x, _ in mark.points) * PIXELS + 2
                for mark in swatches
            )
            inside += is_in
            outside += not is_in and not is_key and not plot.right() <= across <= leaders
    assert inside > 500
    assert outside == 0


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_a_png_has_its_size_and_resolution(scale: int) -> None:
    image = QImage.fromData(png_bytes(drawing(FIGURES["bridge"], 720, 405), scale))
    assert (image.width(), image.height()) == (960 * scale, 540 * scale)
    assert round(image.dotsPerMeterX() * 0.0254) == 96 * scale
    assert image.text("Title") == FIGURES["bridge"].title


@pytest.mark.parametrize("name", FIGURES)
def test_a_pdf_is_one_page_with_words_that_can_be_found(name: str, tmp_path: Path) -> None:
    file = tmp_path / "chart.pdf"
    file.write_bytes(pdf_bytes(drawing(FIGURES[name], *page_size(QLocale("de_DE")), footer="Foot 12.50 %")))
    assert file.read_bytes().startswith(b"%PDF-1.")
    assert file.read_bytes().count(b"/Type /Page\n") == 1
    assert b"/Subtype /Image" not in file.read_bytes()
    reader = shutil.which("pdftotext")
    if reader:
        text = subprocess.run([reader, str(file), "-"], check=True, capture_output=True).stdout.decode()
        assert FIGURES[name].title in text
        assert "Foot 12.50 %" in text


def test_the_page_is_letter_where_inches_are_used() -> None:
    assert page_size(QLocale("en_US")) == (792, 612)
    assert page_size(QLocale("de_DE")) == (842, 595)


@pytest.mark.parametrize("roles", THEMES.values(), ids=THEMES)
def test_the_pictures_have_the_colours_of_the_theme(roles: Roles) -> None:
    inks = inks_of(roles)
    assert all(inks.of(tone) == tone_color(tone, roles).name() for tone in (*TONES, GREY))
    least = 7 if roles in (LIGHT_CONTRAST, DARK_CONTRAST) else 4.5
    assert contrast(inks.text, inks.panel) >= least
    assert contrast(inks.dim, inks.panel) >= least
    assert all(contrast(inks.on(tone), inks.of(tone)) >= 4.5 for tone in TONES)


def test_paper_has_the_colours_of_the_light_theme() -> None:
    assert inks_of(LIGHT) == PAPER
    assert replace(PAPER, panel="#000000").of(Ink.PANEL) == "#000000"


@pytest.fixture
def bridge(qtbot: QtBot) -> DrawnChart:
    widget = DrawnChart("chart.bridge")
    qtbot.addWidget(widget)
    widget.resize(800, 440)
    widget.show_figure(FIGURES["bridge"])
    with qtbot.waitExposed(widget):
        widget.show()
    return widget


def test_the_bridge_is_read_column_by_column_with_the_keys(bridge: DrawnChart) -> None:
    QTest.keyClick(bridge, Qt.Key.Key_Right)
    assert bridge.read_out.isVisible()
    assert bridge.read_out.text() == "1 Jan 2001 75.72 %"
    QTest.keyClick(bridge, Qt.Key.Key_Right)
    assert bridge.read_out.text().endswith("Societe Generale +3.85")
    assert bridge.accessibleDescription() == bridge.read_out.text()
    QTest.keyClick(bridge, Qt.Key.Key_End)
    assert bridge.read_out.text() == "19 Sep 2001 89.18 %"
    QTest.keyClick(bridge, Qt.Key.Key_Escape)
    assert not bridge.read_out.isVisible()
    assert bridge.accessibleDescription() == FIGURES["bridge"].alt


def test_the_bridge_on_screen_wears_the_theme(bridge: DrawnChart) -> None:
    for roles in (LIGHT, DARK):
        wear(roles)
        image = bridge.grab().toImage()
        colours = {
            image.pixelColor(across, down).name()
            for across in range(0, image.width(), 4)
            for down in range(0, image.height(), 4)
        }
        inks = inks_of(roles)
        assert {inks.of(mark.fill, mark.pale) for mark in bridge.parts} <= colours
        assert QColor(roles.panel).name() in colours
    wear(LIGHT)


def test_a_chart_that_grows_is_drawn_anew(bridge: DrawnChart) -> None:
    before = bridge.shown
    bridge.resize(900, 500)
    assert bridge.shown is not before
    assert bridge.shown is not None
    assert bridge.shown.width == pytest.approx(900 / PIXELS)


def test_ownership_charts_are_charts() -> None:
    assert all(isinstance(chart, Chart) for chart in CHARTS.values())
