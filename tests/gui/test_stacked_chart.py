"""The chart on screen: every band where its stake says, and a read-out with the engine's figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import ownership
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.palette import Shade
from neocapgui.figures.charts.stacked import By, Chart, Unit, ownership_chart
from neocapgui.figures.kinds import Style, grouped, percent
from neocapgui.gui.charts.legend import Entry, Legend
from neocapgui.gui.charts.stacked_chart import StackedChart
from neocapgui.gui.charts.steps import Window
from neocapgui.gui.charts.tones import contrast, ink_on, tone_color
from neocapgui.gui.looks.look import wear
from neocapgui.gui.looks.roles import DARK, LIGHT
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

FIRST = date(2001, 1, 1)
ACME, COMMON = 1, 1
NAMES = ("Ada", "Bob", "Cleo")
EVER = Lens(date(2001, 8, 1), ACME)


def day(number: int) -> date:
    return FIRST + timedelta(number)


def issue(id: int, on: int, who: int, quantity: int) -> Transaction:
    return Transaction(id, day(on), "issuance", security=COMMON, stakeholder=who, quantity=Decimal(quantity))


def scenario(*transactions: Transaction) -> Ledger:
    return Ledger(
        issuers={ACME: Issuer(ACME, "Acme")},
        stakeholders={id: Stakeholder(id, name) for id, name in enumerate(NAMES, 1)},
        securities={COMMON: Security(COMMON, ACME, "Common", SecurityKind.COMMON, votes=Decimal(1))},
        transactions=Transactions.of(transactions),
    )


@pytest.fixture
def acme() -> Ledger:
    """Ada alone; then Bob comes with a quarter; then Cleo with a fifth of all."""
    return scenario(issue(1, 0, 1, 600), issue(2, 100, 2, 200), issue(3, 200, 3, 200), issue(4, 300, 1, 0))


@pytest.fixture
def chart(acme: Ledger) -> Chart:
    return ownership_chart(acme, EVER)


@pytest.fixture
def shown(qtbot: QtBot, chart: Chart) -> StackedChart:
    wear(LIGHT)
    widget = StackedChart()
    qtbot.addWidget(widget)
    widget.resize(800, 500)
    with qtbot.waitExposed(widget):
        widget.show()
    widget.show_chart(chart)
    return widget


def in_sight(widget: StackedChart) -> Window:
    found = widget.plot.in_sight
    assert found is not None
    return found


def image(widget: StackedChart) -> QImage:
    return widget.plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_each_band_has_its_colour_where_its_stake_says(shown: StackedChart, chart: Chart) -> None:
    picture, edges = image(shown), chart.edges()
    looked_at = 0
    for position, (start, end) in enumerate(zip(chart.days, [*chart.days[1:], chart.until], strict=True)):
        at = start.toordinal() + 0.3 * (end.toordinal() - start.toordinal())
        for band, lower in enumerate(edges[position, :-1]):
            upper = edges[position, band + 1]
            expected = tone_color(chart.bands[band].tone, LIGHT)
            for part in (0.15, 0.85) if upper > lower else ():
                place = shown.plot.place(at, lower + part * (upper - lower))
                assert picture.pixelColor(place) == expected, (chart.bands[band].name, start, part)
                looked_at += 1
    assert looked_at == 2 * (1 + 2 + 3 + 3)


def test_the_border_of_two_bands_stands_where_the_stake_ends(shown: StackedChart, chart: Chart) -> None:
    picture = image(shown)
    ada, bob = (tone_color(chart.bands[band].tone, LIGHT) for band in (0, 1))
    border = shown.plot.place(day(150).toordinal(), 75)
    assert picture.pixelColor(border + QPoint(0, 2)) == ada
    assert picture.pixelColor(border - QPoint(0, 2)) == bob


@pytest.mark.parametrize("unit", list(Unit))
def test_nothing_is_drawn_outside_the_plot_however_far_it_is_zoomed(
    qtbot: QtBot, shown: StackedChart, acme: Ledger, unit: Unit
) -> None:
    chart = ownership_chart(acme, EVER, unit=unit)
    shown.show_chart(chart)
    for first, last in ((0, 310), (90, 110), (199, 213), (120, 180)):
        shown.plot.show_between(day(first), day(last))
        QApplication.processEvents()
        picture = image(shown)
        left, top = shown.plot.place(day(first).toordinal(), in_sight(shown).top).toTuple()
        right, bottom = shown.plot.place(day(last).toordinal(), 0).toTuple()
        bands = {tone_color(band.tone, LIGHT).rgb() for band in chart.bands}
        pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)
        found = np.argwhere(np.isin(pixels, list(bands)))
        assert len(found)
        assert left <= found[:, 1].min()
        assert found[:, 1].max() <= right
        assert top <= found[:, 0].min()
        assert found[:, 0].max() <= bottom


def test_the_read_out_under_the_pointer_has_the_figures_of_the_engine(
    qtbot: QtBot, shown: StackedChart, acme: Ledger
) -> None:
    place = shown.plot.place(day(250).toordinal(), 70)
    hover(qtbot, shown, place)
    qtbot.waitUntil(lambda: bool(shown.read_out.text))
    company = ownership(acme, Lens(day(250), ACME))
    bob = company.of(2)
    before = ownership(acme, Lens(day(199), ACME)).of(2)
    assert shown.read_out.text == (
        f"20 Jul 2001\nIssuance of Common, Cleo\nBob\n{grouped(bob.shares)} shares, {percent(bob.stake)} %\n"
        f"{percent(bob.stake - before.stake)} points since 11 Apr 2001"
    )
    assert shown.accessibleDescription() == shown.read_out.text.replace("\n", ". ")
    assert shown.rect().contains(shown.read_out.geometry())


def hover(qtbot: QtBot, shown: StackedChart, place: QPoint) -> None:
    QTest.mouseMove(*under(shown, place))


def test_beside_the_bands_nothing_is_read_out(qtbot: QtBot, shown: StackedChart, chart: Chart) -> None:
    shown.point_at(1, 0)
    assert shown.read_out.text
    hover(qtbot, shown, QPoint(4, 4))
    qtbot.waitUntil(lambda: not shown.read_out.text)
    assert shown.accessibleDescription() == chart.alt


def test_the_keys_step_through_events_and_bands(qtbot: QtBot, shown: StackedChart, chart: Chart) -> None:
    def said(key: Qt.Key) -> str:
        QTest.keyClick(shown, key)
        return shown.read_out.text

    looked_at = chart.course.position(EVER.as_of)
    assert looked_at == 2
    assert said(Qt.Key.Key_Right) == chart.reading(2, 0).text
    assert said(Qt.Key.Key_Left) == chart.reading(1, 0).text
    assert said(Qt.Key.Key_Up) == chart.reading(1, 1).text
    assert said(Qt.Key.Key_Up) == chart.reading(1, 1).text  # Cleo has nothing yet
    assert said(Qt.Key.Key_Home) == chart.reading(0, 0).text  # nor has Bob there
    assert said(Qt.Key.Key_End) == chart.reading(3, 0).text
    assert said(Qt.Key.Key_Right) == chart.reading(3, 0).text
    assert said(Qt.Key.Key_Escape) == ""


def test_a_reading_wears_the_marks_of_the_language(shown: StackedChart, chart: Chart) -> None:
    style = Style(decimal_mark=",", months=tuple("abcdefghijkl"))
    shown.show_chart(chart, style)
    shown.point_at(1, 1)
    assert shown.read_out.text == chart.reading(1, 1, style).text
    assert [entry.figure for entry in shown.legend.entries] == ["75,00 %", "25,00 %", ""]


def test_a_low_legend_rather_cuts_names_than_leaves_them_out(qtbot: QtBot) -> None:
    legend = Legend()
    qtbot.addWidget(legend)
    entries = [
        Entry(f"Institutional investors of month {number}", "12.34 %", QColor()) for number in range(13)
    ]
    legend.show_entries(entries, range(13))
    legend.limit(3)
    legend.resize(760, legend.heightForWidth(760))
    assert legend.height() == 3 * legend.line
    assert legend.written == [entry.name for entry in entries[:8]]
    legend.limit(99)
    assert legend.heightForWidth(760) == 7 * legend.line
    assert legend.written == [entry.name for entry in entries]


def test_the_highest_percent_has_its_sign(shown: StackedChart) -> None:
    assert shown.plot.figures == [*map(str, range(0, 100, 10)), "100 %"]


def test_the_legend_has_the_figures_of_the_day_that_is_looked_at_or_read_out(
    shown: StackedChart, chart: Chart
) -> None:
    def figures() -> dict[str, str]:
        return {entry.name: entry.figure for entry in shown.legend.entries}

    assert figures() == {"Ada": "60.00 %", "Bob": "20.00 %", "Cleo": "20.00 %"}
    shown.point_at(0, 0)
    assert figures() == {"Ada": "100.00 %", "Bob": "", "Cleo": ""}
    shown.show_chart(replace(chart, as_of=day(-1)))
    qtbot_leaves(shown)
    assert figures() == {"Ada": "", "Bob": "", "Cleo": ""}


def qtbot_leaves(shown: StackedChart) -> None:
    shown.clearFocus()
    shown.plot.left.emit()


def test_each_band_with_room_bears_its_name(shown: StackedChart) -> None:
    assert shown.names.written == ["Ada", "Bob", "Cleo"]
    shown.resize(800, 120)
    QApplication.processEvents()
    assert "Cleo" not in shown.names.written


def test_another_day_moves_the_line_and_keeps_the_zoom(shown: StackedChart, chart: Chart) -> None:
    shown.plot.show_between(day(90), day(150))
    shown.show_chart(replace(chart, as_of=day(120)))
    assert (in_sight(shown).first, in_sight(shown).last) == (
        day(90).toordinal(),
        day(150).toordinal(),
    )
    accent, picture = QColor(LIGHT.accent), image(shown)
    place = shown.plot.place(day(120).toordinal(), 15)
    assert accent in [picture.pixelColor(place + QPoint(x, 0)) for x in (-1, 0, 1)]


def under(shown: StackedChart, place: QPoint) -> tuple[QWidget, QPoint]:
    """Return the widget that the mouse meets at a place of the plot, and where."""
    widget = shown.plot.childAt(place)
    assert isinstance(widget, QWidget)
    return widget, widget.mapFrom(shown.plot, place)


def wheel(shown: StackedChart, place: QPoint) -> None:
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


def test_the_wheel_zooms_and_a_button_or_a_key_shows_the_whole_again(
    qtbot: QtBot, shown: StackedChart
) -> None:
    place = shown.plot.place(day(150).toordinal(), 50)
    whole = shown.plot.findChild(QToolButton)
    assert isinstance(whole, QToolButton)

    def click() -> None:
        QTest.mouseClick(whole, Qt.MouseButton.LeftButton)

    def key() -> None:
        QTest.keyClick(shown, Qt.Key.Key_0)

    for again in (click, key):
        assert not whole.isVisible()
        wheel(shown, place)
        assert not shown.plot.is_whole
        assert whole.isVisible()
        again()
        assert shown.plot.is_whole


def test_in_a_page_that_scrolls_the_wheel_is_the_pages_until_the_chart_has_the_focus(
    qtbot: QtBot, chart: Chart
) -> None:
    page, shown = QScrollArea(), StackedChart()
    qtbot.addWidget(page)
    shown.setMinimumSize(700, 900)
    page.setWidget(shown)
    page.resize(720, 300)
    with qtbot.waitExposed(page):
        page.show()
    shown.show_chart(chart)
    place = shown.plot.place(day(150).toordinal(), 80)
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    wheel(shown, place)
    assert shown.plot.is_whole
    shown.setFocus()
    qtbot.waitUntil(shown.hasFocus)
    wheel(shown, place)
    assert not shown.plot.is_whole


def test_a_click_or_enter_looks_at_the_day(qtbot: QtBot, shown: StackedChart) -> None:
    place = shown.plot.place(day(150).toordinal() + 0.5, 50)
    widget, at = under(shown, place)
    with qtbot.waitSignal(shown.day_chosen) as chosen:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
    assert abs((chosen.args[0] - day(150)).days) <= 1
    shown.point_at(2, 0)
    with qtbot.waitSignal(shown.day_chosen) as chosen:
        QTest.keyClick(shown, Qt.Key.Key_Return)
    assert chosen.args == [day(200)]


def test_the_other_button_opens_no_menu(qtbot: QtBot, shown: StackedChart) -> None:
    place = shown.plot.place(day(150).toordinal(), 50)
    widget, at = under(shown, place)
    QTest.mouseClick(widget, Qt.MouseButton.RightButton, pos=at)
    QApplication.processEvents()
    assert QApplication.activePopupWidget() is None


def test_a_change_of_theme_is_followed(shown: StackedChart) -> None:
    def corner() -> QColor:
        return image(shown).pixelColor(2, 2)

    assert corner() == QColor(LIGHT.panel)
    wear(DARK)
    QApplication.processEvents()
    assert corner() == QColor(DARK.panel)
    wear(LIGHT)
    QApplication.processEvents()
    assert corner() == QColor(LIGHT.panel)


def test_sixty_repaints_while_it_is_zoomed_and_read_are_quiet(shown: StackedChart, chart: Chart) -> None:
    for number in range(60):
        shown.plot.show_between(day(number), day(310 - number))
        shown.point_at(number % len(chart.days), 0)
        shown.repaint()
        QApplication.processEvents()


def test_where_there_is_nothing_to_draw_a_sentence_says_so_and_what_to_do(
    shown: StackedChart, chart: Chart
) -> None:
    nothing = ownership_chart(scenario(), EVER)
    shown.show_chart(nothing)
    assert shown.sentence == nothing.empty
    assert shown.sentence.endswith("on the Transactions page.")
    assert shown.accessibleDescription() == nothing.alt
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_0):
        QTest.keyClick(shown, key)
    shown.show_chart(chart)
    assert shown.sentence == ""


def test_a_chart_of_one_day_is_drawn(shown: StackedChart) -> None:
    chart = ownership_chart(scenario(issue(1, 0, 1, 10)), EVER)
    shown.show_chart(chart)
    place = shown.plot.place(day(0).toordinal() + 0.4, 20)
    assert image(shown).pixelColor(place + QPoint(4, 0)) == tone_color(chart.bands[0].tone, LIGHT)


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("unit", list(Unit))
def test_every_chart_of_the_sample_is_drawn(shown: StackedChart, by: By, unit: Unit) -> None:
    ledger = sample("neotherapeutics-as-filed")
    for issuer in ledger.issuers:
        chart = ownership_chart(ledger, Lens(date(2001, 8, 31), issuer), by, unit)
        shown.show_chart(chart)
        first = tone_color(chart.bands[0].tone, LIGHT).rgb()
        pixels = np.frombuffer(image(shown).constBits(), np.uint32)
        assert (pixels == first).any()


def test_the_ink_on_every_band_is_read() -> None:
    ledger = sample("neotherapeutics-as-filed")
    tones = {
        band.tone
        for issuer in ledger.issuers
        for band in ownership_chart(ledger, Lens(EVER.as_of, issuer)).bands
    }
    assert {tone.shade for tone in tones} == set(Shade)
    for tone in tones:
        ground = tone_color(tone, LIGHT)
        assert contrast(ink_on(ground), ground) >= 4.4


def test_a_chart_with_very_many_days_is_drawn_in_a_moment(shown: StackedChart) -> None:
    ledger = scenario(*(issue(number, number, 1 + number % 3, 1 + number % 7) for number in range(1, 6_000)))
    chart = ownership_chart(ledger, EVER)
    shown.show_chart(chart)
    rect = QRectF(shown.plot.rect())
    place = shown.plot.place(day(3_000).toordinal(), 10)
    assert rect.contains(QPointF(place))
    assert image(shown).pixelColor(place) == tone_color(chart.bands[0].tone, LIGHT)
