"""The curve on screen: where the engine's shares say, in its colour, read with the pointer and the keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.overhang import OverhangChart, overhang_chart
from neocapgui.figures.kinds import Style
from neocapgui.gui.charts.curve_chart import CurveChart
from neocapgui.gui.charts.tones import mixed, tone_color
from neocapgui.gui.looks.look import wear
from neocapgui.gui.looks.roles import DARK, LIGHT, Roles
from neocapgui.ledger.ledger import Ledger

LENS = Lens(date(2023, 3, 28), 1)


@pytest.fixture
def chart() -> OverhangChart:
    return overhang_chart(sample("preferred-at-a-floating-price"), LENS)


@pytest.fixture
def shown(qtbot: QtBot, chart: OverhangChart) -> CurveChart:
    wear(LIGHT)
    widget = CurveChart()
    qtbot.addWidget(widget)
    widget.resize(800, 400)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.show_chart(chart)
    QApplication.processEvents()
    return widget


def image(widget: CurveChart) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def around(picture: QImage, place: QPoint) -> list[QColor]:
    return [picture.pixelColor(place + QPoint(x, y)) for x in (-1, 0, 1) for y in (-2, -1, 0, 1, 2)]


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
def test_the_curve_is_drawn_in_its_colour_where_the_shares_say(
    shown: CurveChart, chart: OverhangChart, roles: Roles
) -> None:
    wear(roles)
    QApplication.processEvents()
    picture = image(shown)
    ink = tone_color(chart.tone, roles)
    places = [chart.nearest(price) for price in (0.4, 1.2, 2.5, 4.0, 7.0)]
    for position in places:
        assert ink in around(picture, shown.place(position)), chart.points[position].market_price
    wear(LIGHT)


def test_the_area_under_it_is_what_limits_allow(shown: CurveChart, chart: OverhangChart) -> None:
    picture = image(shown)
    pale = mixed(tone_color(chart.tone, LIGHT), QColor(LIGHT.panel), 0.8)
    position = chart.nearest(1.2)
    there, bottom = shown.place(position), shown.place(len(chart.points) - 1)
    assert picture.pixelColor(there.x(), bottom.y()) == pale
    assert picture.pixelColor(there.x(), there.y() + 20) == QColor(LIGHT.panel)


def test_the_named_prices_are_written(shown: CurveChart, chart: OverhangChart) -> None:
    assert sorted(shown.names.written) == sorted(landmark.text() for landmark in chart.landmarks)


def under(shown: CurveChart, place: QPoint) -> tuple[QWidget, QPoint]:
    widget = shown.childAt(place)
    assert isinstance(widget, QWidget)
    return widget, widget.mapFrom(shown, place)


def test_the_read_out_under_the_pointer_has_the_figures_of_the_engine(
    qtbot: QtBot, shown: CurveChart, chart: OverhangChart
) -> None:
    position = chart.nearest(2.5)
    QTest.mouseMove(*under(shown, shown.place(position) + QPoint(0, 30)))
    qtbot.waitUntil(lambda: bool(shown.read_out.text))
    near = [chart.reading(position + step).text for step in (-1, 0, 1)]
    assert shown.read_out.text in near
    assert shown.accessibleDescription() == shown.read_out.text.replace("\n", ". ")
    QTest.mouseMove(*under(shown, QPoint(4, 4)))
    qtbot.waitUntil(lambda: not shown.read_out.text)
    assert shown.accessibleDescription() == chart.alt


def test_the_keys_step_along_the_curve(shown: CurveChart, chart: OverhangChart) -> None:
    def said(key: Qt.Key) -> str:
        QTest.keyClick(shown, key)
        return shown.read_out.text

    today = chart.nearest(1.66)
    assert said(Qt.Key.Key_Right) == chart.reading(today).text
    assert said(Qt.Key.Key_Right) == chart.reading(today + 1).text
    assert said(Qt.Key.Key_Left) == chart.reading(today).text
    assert said(Qt.Key.Key_Home) == chart.reading(0).text
    assert said(Qt.Key.Key_End) == chart.reading(len(chart.points) - 1).text
    assert said(Qt.Key.Key_Escape) == ""


def test_up_and_down_step_between_the_prices_with_a_name(shown: CurveChart, chart: OverhangChart) -> None:
    def said(key: Qt.Key) -> str:
        QTest.keyClick(shown, key)
        return shown.read_out.text.splitlines()[0]

    assert said(Qt.Key.Key_Up) == "Market price 1.66, last price"
    assert said(Qt.Key.Key_Up) == "Market price 5.7366…, limits hold back below"
    assert said(Qt.Key.Key_Up) == "Market price 6.6848…, fixed price governs above"
    assert said(Qt.Key.Key_Up) == "Market price 6.6848…, fixed price governs above"
    assert said(Qt.Key.Key_Down) == "Market price 5.7366…, limits hold back below"
    assert said(Qt.Key.Key_Down) == "Market price 1.66, last price"
    assert said(Qt.Key.Key_Down) == "Market price 0.7783…, floor governs below"
    assert [chart.points[at].market_price for at in chart.named] == [
        landmark.market_price for landmark in chart.landmarks
    ]


def wheel(shown: CurveChart, place: QPoint) -> None:
    widget, at = under(shown, place)
    event = QWheelEvent(
        QPointF(at),
        QPointF(widget.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def test_the_wheel_and_keys_zoom_and_a_button_or_a_key_shows_all_prices_again(shown: CurveChart) -> None:
    whole = shown.plot.findChild(QToolButton)
    assert isinstance(whole, QToolButton)
    zooms: list[Callable[[], None]] = [
        lambda: wheel(shown, shown.place(60)),
        lambda: QTest.keyClick(shown, Qt.Key.Key_Plus),
    ]
    again: list[Callable[[], None]] = [
        lambda: QTest.mouseClick(whole, Qt.MouseButton.LeftButton),
        lambda: QTest.keyClick(shown, Qt.Key.Key_0),
    ]
    for zoom, back in zip(zooms, again, strict=True):
        assert not whole.isVisible()
        zoom()
        assert not shown.plot.is_whole
        assert whole.isVisible()
        back()
        assert shown.plot.is_whole


def test_what_is_out_of_sight_comes_into_sight_when_it_is_stepped_to(
    shown: CurveChart, chart: OverhangChart
) -> None:
    shown.plot.show_part(3.0, 4.0)
    assert not shown.names.written
    QTest.keyClick(shown, Qt.Key.Key_Up)
    window = shown.plot.in_sight
    assert window is not None
    assert window.first <= 1.66 <= window.last
    assert "Last price 1.66" in shown.names.written
    assert shown.rect().contains(shown.place(chart.nearest(1.66)))


def test_the_zoom_stays_when_the_chart_is_shown_again(shown: CurveChart, chart: OverhangChart) -> None:
    shown.plot.show_part(1.0, 2.0)
    shown.show_chart(chart)
    window = shown.plot.in_sight
    assert window is not None
    assert (round(window.first, 6), round(window.last, 6)) == (1.0, 2.0)


def test_a_reading_wears_the_marks_of_the_language(shown: CurveChart, chart: OverhangChart) -> None:
    style = Style(decimal_mark=",", group_mark=".")
    shown.show_chart(chart, style)
    shown.point_at(3)
    assert shown.read_out.text == chart.reading(3, style).text


def test_the_other_button_opens_no_menu(shown: CurveChart) -> None:
    widget, at = under(shown, shown.place(40))
    QTest.mouseClick(widget, Qt.MouseButton.RightButton, pos=at)
    QApplication.processEvents()
    assert QApplication.activePopupWidget() is None


def test_where_nothing_floats_a_sentence_says_so(shown: CurveChart, chart: OverhangChart) -> None:
    nothing = overhang_chart(Ledger(), LENS)
    shown.show_chart(nothing)
    assert shown.sentence == nothing.empty
    assert shown.accessibleDescription() == nothing.alt
    for key in (Qt.Key.Key_Left, Qt.Key.Key_End, Qt.Key.Key_Escape):
        QTest.keyClick(shown, key)
    shown.show_chart(chart)
    assert shown.sentence == ""


def test_sixty_repaints_while_it_is_read_and_resized_are_quiet(
    shown: CurveChart, chart: OverhangChart
) -> None:
    for number in range(60):
        shown.resize(300 + 8 * number, 150 + 4 * number)
        shown.point_at(number % len(chart.points))
        shown.repaint()
        QApplication.processEvents()
