"""The window as a whole: panels, pages, undo, search, findings, what is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QToolButton, QTreeWidget, QWidget

from neocapgui.engine.finding import Place
from neocapgui.engine.lens import Basis
from neocapgui.gui.findings_watch import FindingsWatch
from neocapgui.gui.page_register import PAGES, PageEntry
from neocapgui.gui.panels.inspector import Inspector
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import correct

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow
    from neocapgui.gui.session import Session


Kind = TypeVar("Kind", bound=QObject)


def part(window: QWidget, kind: type[Kind], name: str) -> Kind:
    """Return a part of the window by its name."""
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def rename_ada(window: MainWindow) -> None:
    session = session_of(window)
    ada = session.ledger.stakeholders[1]
    session.do(correct("Rename Ada", ada, replace(ada, name="Ada L.")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_is_shown_under_its_stable_name(window: MainWindow, page: PageEntry) -> None:
    window.carry_out(f"page.{page.name}")
    assert part(window, QWidget, f"page.{page.name}").isVisible()
    chosen = part(window, QListWidget, "pages").currentItem()
    assert chosen is not None
    assert chosen.text().startswith(page.title)


def test_the_list_of_pages_brings_a_page_to_the_front(window: MainWindow) -> None:
    part(window, QListWidget, "pages").setCurrentRow(3)
    assert part(window, QWidget, "page.transactions").isVisible()
    assert part(window, QAction, "page.transactions").isChecked()


def test_undo_says_what_it_undoes(window: MainWindow) -> None:
    undo, redo = part(window, QAction, "edit.undo"), part(window, QAction, "edit.redo")
    assert (undo.text(), undo.isEnabled()) == ("Undo", False)
    rename_ada(window)
    assert (undo.text(), undo.isEnabled()) == ("Undo Rename Ada", True)
    window.carry_out("edit.undo")
    assert (undo.isEnabled(), redo.text()) == (False, "Redo Rename Ada")
    window.carry_out("edit.redo")
    assert session_of(window).ledger.stakeholders[1].name == "Ada L."


def test_the_basis_and_planned_events_are_chosen(window: MainWindow) -> None:
    window.carry_out("lens.voting")
    assert session_of(window).lens.basis is Basis.VOTING
    assert part(window, QAction, "lens.voting").isChecked()
    assert not part(window, QAction, "lens.as_converted").isChecked()
    window.carry_out("lens.planned")
    assert session_of(window).lens.planned


def test_a_hidden_page_follows_only_when_it_is_seen_again(window: MainWindow) -> None:
    window.carry_out("page.cap_table")
    table = part(window, TableView, "table.cap_table")
    window.carry_out("page.transactions")
    rename_ada(window)
    assert table.table_model.text(0, 0) == "Ada"
    window.carry_out("page.cap_table")
    assert table.table_model.text(0, 0) == "Ada L."


def test_a_selected_figure_is_explained_beside_it(window: MainWindow) -> None:
    window.carry_out("page.cap_table")
    part(window, TableView, "table.cap_table").point_at(1, 1)
    inspector = part(window, Inspector, "inspector")
    texts = [label.text() for label in inspector.findChildren(QLabel) if label.isVisibleTo(inspector)]
    assert "1,500" in texts
    assert any(text.startswith("3 Mar 2022  transfer") for text in texts)


def test_an_inspected_entry_is_gone_to(window: MainWindow) -> None:
    window.carry_out("page.cap_table")
    part(window, Inspector, "inspector").went_to.emit(Place("transactions", 3))
    table = part(window, TableView, "table.transactions")
    assert table.isVisible()
    here = table.table_model.row(table.currentIndex().row())
    assert here is not None
    assert here.key == 3


def test_panels_are_hidden_and_shown(window: MainWindow) -> None:
    window.resize(1440, 900)
    group, inspector = part(window, QTreeWidget, "group"), part(window, Inspector, "inspector")
    assert group.isVisible()
    window.carry_out("view.group")
    assert not group.isVisible()
    window.carry_out("view.inspector")
    assert not inspector.isVisible()
    window.carry_out("view.inspector")
    assert inspector.isVisible()


def test_on_a_narrow_window_the_inspector_folds_away(window: MainWindow, qtbot: QtBot) -> None:
    inspector = part(window, Inspector, "inspector")
    window.resize(1440, 900)
    qtbot.waitUntil(inspector.isVisible)
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not inspector.isVisible())
    assert not part(window, QAction, "view.inspector").isChecked()
    window.carry_out("view.inspector")
    assert inspector.isVisible()


def test_at_the_smallest_size_nothing_is_cut(window: MainWindow) -> None:
    window.resize(1024, 700)
    assert window.minimumSizeHint().width() <= 1024
    assert window.size().width() == 1024
    search = part(window, QLineEdit, "search")
    assert search.mapTo(window, search.rect().bottomRight()).x() < window.width()


def test_the_search_goes_to_a_page_and_to_a_holder(window: MainWindow) -> None:
    search = part(window, QLineEdit, "search")
    search.setFocus()
    QTest.keyClicks(search, "transac")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert part(window, QWidget, "page.transactions").isVisible()
    search.setFocus()
    QTest.keyClicks(search, "bob")
    QTest.keyClick(search, Qt.Key.Key_Return)
    inspector = part(window, Inspector, "inspector")
    texts = [label.text() for label in inspector.findChildren(QLabel)]
    assert "1,500" in texts


def test_the_keys_of_cells_reach_the_table_through_the_menu(window: MainWindow) -> None:
    window.carry_out("page.transactions")
    table = part(window, TableView, "table.transactions")
    table.setFocus()
    table.point_at(0, 0)
    table.setFocus()
    window.carry_out("edit.copy")
    assert QApplication.clipboard().text() == "2022-01-01"


def test_the_sum_of_a_selection_stands_in_the_status_bar(window: MainWindow) -> None:
    window.carry_out("page.cap_table")
    part(window, TableView, "table.cap_table").point_at(0, 1)
    assert part(window, QToolButton, "status.value").text() == "Value 2,500"


def test_findings_are_counted_in_the_status_bar_and_beside_their_page(window: MainWindow) -> None:
    session = session_of(window)
    assert part(window, QLabel, "status.findings").text() == "No findings"
    record = session.ledger.transactions[2]
    session.do(correct("Spoil", record, replace(record, quantity=Decimal(9_000))))
    count = len(FindingsWatch.of(session).findings)
    assert count
    assert part(window, QLabel, "status.findings").text().startswith(f"{count} finding")
    assert str(count) in part(window, QListWidget, "pages").item(8).text()


def test_a_large_ledger_is_checked_beside_the_window(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(window)
    watch = FindingsWatch.of(session)
    monkeypatch.setattr("neocapgui.gui.findings_watch._SMALL", 2)
    record = session.ledger.transactions[2]
    with qtbot.waitSignal(watch.found):
        session.do(correct("Spoil", record, replace(record, quantity=Decimal(9_000))))
        assert not watch.is_current
        assert part(window, QLabel, "status.findings").text() == "Checking…"
    assert watch.is_current
    assert watch.findings


def test_every_part_can_be_reached_by_keyboard(window: MainWindow) -> None:
    window.resize(1440, 900)
    window.carry_out("page.cap_table")
    seen = []
    for _ in range(5):
        window.carry_out("view.next_area")
        focused = window.focusWidget()
        assert focused is not None
        seen.append(focused.objectName())
    assert "group" in seen
    assert "pages" in seen
    assert "timeline" in seen
    assert len(set(seen)) >= 4


@pytest.mark.parametrize("name", ["transactions", "prices", "securities"])
def test_after_a_page_is_called_by_its_key_typing_goes_into_its_table(window: MainWindow, name: str) -> None:
    window.carry_out("page.overview")
    window.carry_out(f"page.{name}")
    focused = window.focusWidget()
    assert isinstance(focused, TableView)
    assert focused.objectName() == f"table.{name}"


def test_in_a_small_window_the_left_panel_gives_its_room_to_the_page(window: MainWindow) -> None:
    left = part(window, QTreeWidget, "group")
    window.resize(1400, 800)
    QApplication.processEvents()
    wide = left.width()
    window.resize(660, 440)
    QApplication.processEvents()
    assert left.width() < wide
    window.resize(1400, 800)
    QApplication.processEvents()
    assert left.width() == wide
