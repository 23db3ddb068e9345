"""The overview: what matters is seen at once, and each card and title leads to its page."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.stacked import ownership_chart
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.charts.tones import tone_color
from neocapgui.gui.looks import look
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.pages.overview_page import OverviewPage
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.session import Session
from neocapgui.gui.tables.column_widths import PAD
from neocapgui.gui.tables.part import TitleLink
from neocapgui.gui.widgets.card_grid import CardFrame
from tests.gui.pages import button, opened, page, point, said, shown, table

SMALL = (716, 546)  # what a window of 1024 x 700 leaves for the pages
PAGE_NAMES = {entry.name for entry in PAGES}


def card(stack: PageStack, title: str) -> CardFrame:
    (found,) = [one for one in stack.findChildren(CardFrame) if one.card and one.card.title == title]
    return found


def is_whole(widget: QWidget, area: QScrollArea) -> bool:
    viewport = area.viewport()
    top = widget.mapTo(viewport, widget.rect().topLeft())
    return viewport.rect().contains(widget.rect().translated(top))


def test_counts_chart_and_owners_are_seen_at_once_on_a_small_screen(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    stack.resize(*SMALL)
    area = page(stack, OverviewPage).findChild(QScrollArea)
    chart = stack.findChild(OwnershipChart)
    assert isinstance(area, QScrollArea)
    assert isinstance(chart, OwnershipChart)
    owners = table(stack, "largest_owners")
    cards = [one for one in stack.findChildren(CardFrame) if one.isVisibleTo(stack)]
    qtbot.waitUntil(lambda: all(is_whole(one, area) for one in (*cards, owners, chart)))
    qtbot.waitUntil(lambda: not owners.horizontalScrollBar().isVisible())
    assert chart.height() >= 200


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_card_leads_to_its_page_by_click_and_key(neo: Session, qtbot: QtBot, key: Qt.Key) -> None:
    stack = shown(qtbot, neo, "overview")
    for title, name in (("Convertible overhang", "conversions"), ("Findings", "findings")):
        with qtbot.waitSignal(stack.page_wanted) as seen:
            QTest.mouseClick(card(stack, title), Qt.MouseButton.LeftButton)
        assert seen.args == [name]
        with qtbot.waitSignal(stack.page_wanted) as seen:
            QTest.keyClick(card(stack, title), key)
        assert seen.args == [name]


def test_every_card_and_title_leads_to_a_page_that_is_there(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    wanted: list[str] = []
    stack.page_wanted.connect(wanted.append)
    cards = [one for one in stack.findChildren(CardFrame) if one.isVisibleTo(stack)]
    for one in cards:
        QTest.mouseClick(one, Qt.MouseButton.LeftButton)
    titles = stack.findChildren(TitleLink)
    for link in titles:
        QTest.keyClick(link, Qt.Key.Key_Return)
    assert len(wanted) == len(cards) + len(titles)
    assert set(wanted) <= PAGE_NAMES


def test_the_window_goes_where_a_card_leads(window: MainWindow) -> None:
    window.carry_out("page.overview")
    stack = window.findChild(PageStack)
    assert isinstance(stack, PageStack)
    QTest.keyClick(card(stack, "Largest owner"), Qt.Key.Key_Return)
    assert stack.current == "cap_table"


def test_findings_stand_on_a_card_and_as_a_sentence(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    found = card(stack, "Findings").card
    assert found is not None
    assert (found.value, found.note) == ("2", "2 warnings")
    with qtbot.waitSignal(stack.went_to):
        button(stack, "Go there").click()


def test_the_overhang_says_when_it_is_zero_and_draws_a_curve_where_something_floats(
    neo: Session, qtbot: QtBot
) -> None:
    stack = shown(qtbot, neo, "overview")
    neo.look_on(date(2001, 9, 19))
    assert "Zero: nothing that converts or floats is outstanding on this day." in said(stack)
    curve = stack.findChild(QWidget, "chart.overhang_small")
    assert curve is not None
    assert not curve.isVisibleTo(stack)
    with opened(sample("preferred-at-a-floating-price"), date(2023, 3, 28)) as session:
        other = shown(qtbot, session, "overview")
        curve = other.findChild(QWidget, "chart.overhang_small")
        assert curve is not None
        assert curve.isVisibleTo(other)
        assert curve.accessibleName() == "Shares over market prices"


def test_on_a_narrow_page_the_owners_show_who_and_which_part(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    titles = [column.title for column in table(stack, "largest_owners").table_model.table.columns]
    assert titles == ["Stakeholder", "Stake %"]
    stack.resize(1200, 700)
    titles = [column.title for column in table(stack, "largest_owners").table_model.table.columns]
    assert titles == ["Stakeholder", "Shares", "Stake %"]
    with qtbot.waitSignal(stack.selected):
        point(table(stack, "largest_owners"), 1, "Shares")


def test_the_owners_have_the_colours_of_the_chart_beside_them(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    owners = table(stack, "largest_owners")
    image = owners.viewport().grab().toImage()
    bands = {band.name: band.tone for band in ownership_chart(neo.ledger, neo.lens).bands}
    for row in range(3):
        middle = owners.visualRect(owners.model().index(row, 0)).center().y()
        tone = bands[owners.table_model.text(row, 0)]
        assert image.pixelColor(PAD + 4, middle) == tone_color(tone, look.current())
