"""Undo and redo by several steps: from their lists, and after the file was saved, closed and opened again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from neocapgui.document.document import Document
from neocapgui.gui.app import Program
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.pages.history_page import HistoryPage
from neocapgui.gui.panels.step_menu import StepMenu
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import Edit, add, correct
from neocapgui.ledger.facts import Stakeholder
from tests.document.ledgers import facts
from tests.gui.conftest import acme_ledger
from tests.gui.pages import button, cells, point, table


def holders(session: Session, count: int) -> None:
    """Record so many new holders, one an edit."""
    for number in range(1, count + 1):
        id = session.ledger.next_id(Stakeholder)
        session.do(add(f"Add fund {number} & co.", [Stakeholder(id, f"Fund {number}")]))


def steps(window: MainWindow, verb: str) -> StepMenu:
    """Return the list behind Undo or Redo, as it is when it opens."""
    (found,) = [menu for menu in window.findChildren(StepMenu) if menu.title().startswith(verb)]
    found.aboutToShow.emit()
    return found


def named(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def test_the_lists_name_the_last_twenty_edits_and_jump_to_any(window: MainWindow) -> None:
    session = session_of(window)
    assert not steps(window, "Undo").isEnabled()
    holders(session, 23)
    undo, redo = steps(window, "Undo"), steps(window, "Redo")
    assert named(undo) == [f"Add fund {number} && co." for number in range(23, 3, -1)] + ["History"]
    assert not redo.isEnabled()
    undo.actions()[4].trigger()
    assert len(session.history.done) == 18
    redo = steps(window, "Redo")
    assert redo.isEnabled()
    assert named(redo)[:-1] == [f"Add fund {number} && co." for number in range(19, 24)]
    redo.actions()[1].trigger()
    assert len(session.history.done) == 20
    assert len(session.ledger.stakeholders) == 22


def test_the_lists_hang_on_the_buttons_and_in_the_menu(window: MainWindow) -> None:
    lists = window.findChildren(StepMenu)
    hanging = [one for one in window.findChildren(QToolButton) if isinstance(one.menu(), StepMenu)]
    assert [one.menu() for one in hanging] == lists
    edit_menu = window.findChild(QMenu, "menu.edit")
    assert edit_menu is not None
    assert [one for one in edit_menu.actions() if one.menu() in lists] == [one.menuAction() for one in lists]


def edited(session: Session) -> list[object]:
    """Do 25 edits of several kinds and return what the ledger recorded before each, and at the end."""
    states: list[object] = []
    for number in range(25):
        states.append(facts(session.ledger))
        record = session.ledger.transactions[0]
        edit: Edit
        if number % 3:
            more = replace(record, quantity=Decimal(5000 + number))
            edit = correct(f"Correct {number}", record, more)
        else:
            id = session.ledger.next_id(Stakeholder)
            edit = add(f"Add {number}", [Stakeholder(id, f"Fund {number}")])
        session.do(edit)
    return [*states, facts(session.ledger)]


@pytest.mark.parametrize("is_saved_elsewhere", [False, True])
def test_undo_and_redo_survive_closing_the_program_and_saving_elsewhere(
    program: Program, window: MainWindow, qtbot: QtBot, tmp_path: Path, is_saved_elsewhere: bool
) -> None:
    session = session_of(window)
    states = edited(session)
    session.undo(3)
    session.save(tmp_path / "acme.db")
    if is_saved_elsewhere:
        session.save(tmp_path / "other.db")
    path = session.document.path
    assert path is not None
    window.close_without_asking()
    again = program.open_window()
    program.open_file(path, again)
    program.settle()
    session = session_of(again)
    assert facts(session.ledger) == states[22]
    assert [entry.edit.label for entry in session.history.undone] == [
        "Add 24",
        "Correct 23",
        "Correct 22",
    ]
    again.carry_out("page.history")
    page = again.findChild(HistoryPage)
    assert page is not None
    view = table(page, "history")
    point(view, cells(view, "Edit").index("Correct 2"), "Edit")
    button(page, "Go back to before this edit").click()
    assert facts(session.ledger) == states[2]
    session.undo(2)
    assert facts(session.ledger) == states[0] == facts(acme_ledger())
    point(view, 0, "Edit")
    button(page, "Do again up to here").click()
    assert facts(session.ledger) == states[25]
    assert session.history.undone == ()


def test_a_file_saved_after_twenty_steps_back_is_the_earlier_file_again(
    session: Session, tmp_path: Path
) -> None:
    session.save(tmp_path / "before.db")
    states = edited(session)
    session.undo(25)
    session.save(tmp_path / "after.db")
    with Document.open(tmp_path / "before.db") as before, Document.open(tmp_path / "after.db") as after:
        assert after.warnings == ()
        assert facts(after.ledger) == facts(before.ledger)
        after.redo(25)
        assert facts(after.ledger) == states[25]
