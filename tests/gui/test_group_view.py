"""The diagram of the group on the screen: keys, clicks, zoom, words for who does not see it."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from neocapgui.figures.charts.group_diagram import group_diagram
from neocapgui.figures.kinds import PLAIN
from neocapgui.gui.charts.group_view import GroupView
from neocapgui.gui.pages.group_page import GroupPage
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.session import Session
from tests.gui.pages import button, page, shown

NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(neo: Session, qtbot: QtBot) -> GroupView:
    view = GroupView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show_diagram(neo.ask(group_diagram, PLAIN), 1)
    view.show()
    return view


def _large(qtbot: QtBot, neo: Session) -> PageStack:
    stack = shown(qtbot, neo, "group")
    stack.resize(820, 760)
    return stack


def test_the_view_says_what_it_shows(view: GroupView) -> None:
    assert view.objectName() == "chart.group"
    assert (
        "89.18 % of shares of NeoGene Technologies, Inc. and 87.50 % of votes" in view.accessibleDescription()
    )


def test_all_of_it_is_in_sight_until_it_is_zoomed_and_home_brings_it_back(view: GroupView) -> None:
    QTest.keyClick(view, Qt.Key.Key_Home)
    fitted = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom > fitted
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(fitted)
    for _ in range(40):
        view.zoom_by(2)
    assert view.zoom == pytest.approx(4)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.zoom == pytest.approx(fitted)


def test_the_keys_walk_from_company_to_company_and_enter_chooses(view: GroupView, qtbot: QtBot) -> None:
    assert view.current == 1
    QTest.keyClick(view, Qt.Key.Key_Down)
    first = view.current
    assert first != 1
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.current == 1
    with qtbot.waitSignal(view.chosen) as found:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert found.args == [1]


def test_a_click_on_a_company_looks_at_it_and_explains_the_stake_in_it_beside(
    neo: Session, qtbot: QtBot
) -> None:
    stack = _large(qtbot, neo)
    diagram = page(stack, GroupPage).diagram
    assert diagram.height() > 150
    place = diagram.mapFromScene(diagram.companies[2].room.center())
    with qtbot.waitSignal(stack.stake_chosen) as found:
        QTest.mouseClick(diagram.viewport(), Qt.MouseButton.LeftButton, NO_KEY, QPoint(place))
    assert neo.lens.issuer == 2
    assert found.args == [1, 2]


def test_the_diagram_is_whole_on_a_small_screen_and_is_hidden_and_shown_when_asked_for(
    neo: Session, qtbot: QtBot
) -> None:
    stack = shown(qtbot, neo, "group")
    stack.resize(716, 530)
    diagram = page(stack, GroupPage).diagram
    assert diagram.isVisible()
    bars = diagram.verticalScrollBar(), diagram.horizontalScrollBar()
    qtbot.waitUntil(lambda: all(bar.maximum() == bar.minimum() for bar in bars))
    assert diagram.zoom >= 0.5
    button(stack, "Diagram").click()
    assert not diagram.isVisible()
    button(stack, "Diagram").click()
    assert diagram.isVisible()
    stack.resize(820, 760)
    button(stack, "Diagram").click()
    assert not diagram.isVisible()


def test_the_companies_stand_otherwise_in_another_room(view: GroupView, qtbot: QtBot) -> None:
    wide = {issuer: item.room.topLeft() for issuer, item in view.companies.items()}
    view.resize(300, 500)
    assert {issuer: item.room.topLeft() for issuer, item in view.companies.items()} != wide
    view.resize(700, 400)
    assert {issuer: item.room.topLeft() for issuer, item in view.companies.items()} == wide


def test_the_diagram_follows_the_day(neo: Session, qtbot: QtBot) -> None:
    stack = _large(qtbot, neo)
    diagram = page(stack, GroupPage).diagram
    assert "Ceased operations" not in diagram.accessibleDescription()
    neo.look_on(date(2002, 12, 31))
    assert "Ceased operations since 23 Jul 2002" in diagram.accessibleDescription()


def test_the_chart_of_the_chosen_stake_is_shown_when_asked_for(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    found = [one for one in stack.findChildren(QPushButton) if one.text() == "Stake chart"]
    found[0].click()
    group = page(stack, GroupPage)
    assert [band.name for band in group.stake.chart.bands] == ["NeoTherapeutics, Inc.", "All others"]
