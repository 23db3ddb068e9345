"""What holds for every page: names, keys, room, and that it follows the session."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from neocapgui.document.document import Document
from neocapgui.engine.finding import Place
from neocapgui.engine.lens import Basis
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.pages.overview_page import OverviewPage
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Issuer
from neocapgui.ledger.ledger import Ledger
from tests.gui.pages import button, cells, opened, page, point, said, shown, table

NAMES = [entry.name for entry in PAGES if entry.name != "charts"]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_and_table_has_its_name(neo: Session, qtbot: QtBot, name: str) -> None:
    stack = shown(qtbot, neo, name)
    assert stack.findChild(QWidget, f"page.{name}") is not None
    for view in stack.findChildren(TableView):
        assert view.objectName().startswith("table.")
        assert view.accessibleName()


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_can_be_used_has_words_and_is_reached_by_tab(
    neo: Session, qtbot: QtBot, name: str
) -> None:
    stack = shown(qtbot, neo, name)
    for button_shown in stack.findChildren(QAbstractButton):
        if button_shown.text() and button_shown.isVisibleTo(stack):
            assert button_shown.focusPolicy() & Qt.FocusPolicy.TabFocus
    for field in stack.findChildren(QLineEdit):
        assert field.accessibleName()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_needs_more_room_than_a_small_screen_gives(neo: Session, qtbot: QtBot, name: str) -> None:
    stack = shown(qtbot, neo, name)
    assert stack.minimumSizeHint().width() <= 716
    assert stack.minimumSizeHint().height() <= 520


@pytest.mark.parametrize("name", NAMES)
def test_every_page_follows_day_basis_company_edit_and_another_document(
    neo: Session, qtbot: QtBot, name: str
) -> None:
    stack = shown(qtbot, neo, name)
    neo.look_on(neo.lens.as_of.replace(year=2003))
    for basis in Basis:
        neo.count_by(basis)
    for issuer in neo.ledger.issuers:
        neo.look_at(issuer)
    neo.look(replace(neo.lens, planned=True))
    neo.show(Document.create(Ledger()))
    neo.do(add("Add Acme", [Issuer(1, "Acme")]))
    assert stack.current == name


@pytest.mark.parametrize("name", NAMES)
def test_every_page_stands_in_an_empty_scenario(qapp: object, qtbot: QtBot, name: str) -> None:
    with opened(Ledger()) as session:
        stack = shown(qtbot, session, name)
        assert len(said(stack)) > 20


def test_the_overview_has_the_figures_of_the_day(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    words = said(stack)
    assert "21,260,816" in words
    assert "Common Stock short" in words
    assert cells(table(stack, "held_companies"), "Direct %")[0] == "89.18"
    assert cells(table(stack, "overhang_now"), "Shares today") == ["", "84,746"]
    assert "2 findings, the first: Common Stock" in words
    owners = table(stack, "largest_owners")
    assert cells(owners, "Stakeholder")[0] == "Public and other holders"
    assert cells(table(stack, "next_dates"), "Day")[0] == "26 Sep 2001"
    with qtbot.waitSignal(stack.selected) as seen:
        point(owners, 1, "Stake %")
    assert seen.args[1] is None


def test_the_overview_scrolls_down_and_never_sideways(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    area = page(stack, OverviewPage).findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    ground, viewport = area.widget(), area.viewport()
    assert ground is not None
    assert viewport is not None
    assert ground.minimumSizeHint().width() <= viewport.width()


def test_the_first_company_is_offered_on_the_overview(qapp: object, qtbot: QtBot) -> None:
    with opened(Ledger()) as session:
        stack = shown(qtbot, session, "overview")
        with qtbot.waitSignal(stack.went_to) as seen:
            button(stack, "Add the first company").click()
        assert seen.args == [Place("issuers", 0)]
