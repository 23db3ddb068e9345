"""The history page: every edit with what it changed, one revoked, several taken back and done again."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from neocapgui.gui.dialogs.revoke_dialog import RevokeDialog
from neocapgui.gui.pages.history_page import HistoryPage
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import Edit, add, correct
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.transactions import Transaction
from tests.gui.conftest import ADA, BOB, COMMON
from tests.gui.pages import button, cell, cells, page, point, said, shown, table

DORA = Stakeholder(3, "Dora Fund")


def to_dora(session: Session, id: int) -> Transaction:
    """Return a transfer of ten shares from Ada to Dora."""
    given = session.ledger.transactions.get(3)
    assert given is not None
    return replace(given, id=id, counterparty=DORA.id, quantity=Decimal(10))


@pytest.fixture
def edited(session: Session) -> Session:
    """Acme after four edits, of which the third stands on the first."""
    first = session.ledger.transactions.get(1)
    assert first is not None
    session.do(add("Add Dora Fund", [DORA]))
    session.do(correct("Correct issuance", first, replace(first, quantity=Decimal(4000))))
    session.do(add("Transfer to Dora", [to_dora(session, 4)]))
    bob = session.ledger.stakeholders[BOB]
    session.do(correct("Rename Bob", bob, replace(bob, name="Robert")))
    return session


def at(stack: PageStack, label: str) -> None:
    """Point at the edit of a label."""
    view = table(stack, "history")
    point(view, cells(view, "Edit").index(label), "Edit")


def question(stack: PageStack) -> RevokeDialog:
    """Return the question that is asked."""
    found = stack.findChild(RevokeDialog)
    assert found is not None
    return found


def test_the_latest_edit_is_chosen_and_told_in_words(
    edited: Session, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    stack = shown(qtbot, edited, "history")
    view = table(stack, "history")
    assert cells(view, "Edit") == ["Rename Bob", "Transfer to Dora", "Correct issuance", "Add Dora Fund"]
    assert cells(view, "State") == ["done"] * 4
    assert view.currentIndex().row() == 0
    assert "WHAT EDIT 4 CHANGED: Rename Bob" in said(stack)
    changes = table(stack, "differences")
    assert len(changes.table_model.table.rows) == 1
    assert "Robert" in " ".join(changes.table_model.text(0, column) for column in range(5))
    qtmodeltester.check(view.table_model)  # type: ignore[no-untyped-call]


def test_going_back_takes_back_everything_since_and_doing_again_brings_it_back(
    edited: Session, qtbot: QtBot
) -> None:
    stack = shown(qtbot, edited, "history")
    whole = edited.ledger
    at(stack, "Correct issuance")
    assert not [one for one in stack.findChildren(QPushButton, "button.history.do_again") if one.isVisible()]
    with qtbot.waitSignal(edited.edited):
        button(stack, "Go back to before this edit").click()
    assert [entry.edit.label for entry in edited.history.done] == ["Add Dora Fund"]
    view = table(stack, "history")
    assert cells(view, "State") == ["taken back"] * 3 + ["done"]
    assert cell(view, view.currentIndex().row(), "Edit") == "Correct issuance"
    at(stack, "Transfer to Dora")
    assert not button(stack, "Revoke this edit").isEnabled()
    button(stack, "Do again up to here").click()
    assert [entry.number for entry in edited.history.done] == [1, 2, 3]
    at(stack, "Rename Bob")
    button(stack, "Do again up to here").click()
    assert edited.ledger.stakeholders == whole.stakeholders
    assert list(edited.ledger.transactions) == list(whole.transactions)


def test_several_steps_are_one_move_of_the_ledger(edited: Session, qtbot: QtBot) -> None:
    moves = []
    edited.edited.connect(lambda: moves.append(len(edited.history.done)))
    edited.undo(3)
    edited.redo(2)
    edited.undo(99)
    edited.undo()
    assert moves == [1, 3, 0]


def test_revoking_names_first_what_stands_on_the_edit(edited: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, edited, "history")
    at(stack, "Add Dora Fund")
    button(stack, "Revoke this edit").click()
    asked = question(stack)
    assert "“Add Dora Fund”? 1 later edit stands on it" in said(asked)
    listed = asked.findChild(QListWidget)
    assert listed is not None
    assert [listed.item(line).text().split("    ")[1] for line in range(listed.count())] == [
        "Transfer to Dora"
    ]
    button(asked, "Revoke all 2").click()
    assert edited.history.done[-1].edit.label == "Revoke “Add Dora Fund”"
    assert DORA.id not in edited.ledger.stakeholders
    assert [entry.id for entry in edited.ledger.transactions] == [1, 2, 3]
    assert edited.ledger.stakeholders[BOB].name == "Robert"
    edited.undo()
    assert edited.ledger.stakeholders[DORA.id] == DORA
    assert edited.ledger.transactions.get(4) is not None


def test_a_revocation_that_is_not_wanted_changes_nothing(edited: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, edited, "history")
    edited.undo()
    at(stack, "Correct issuance")
    ledger = edited.ledger
    button(stack, "Revoke this edit").click()
    asked = question(stack)
    assert "Nothing stands on it" in said(asked)
    assert "The edit that was taken back before cannot be done again then." in said(asked)
    button(asked, "Cancel").click()
    assert edited.ledger is ledger
    assert edited.history.undone


def test_what_has_been_put_back_is_answered_with_a_sentence(session: Session, qtbot: QtBot) -> None:
    ada = session.ledger.stakeholders[ADA]
    other = replace(ada, name="Adele")
    session.do(correct("Rename Ada", ada, other))
    session.do(correct("Rename Adele", other, ada))
    stack = shown(qtbot, session, "history")
    at(stack, "Rename Ada")
    button(stack, "Revoke this edit").click()
    assert stack.findChild(RevokeDialog) is None
    assert "Nothing is left of “Rename Ada”: what it changed is as it was before." in said(stack)


def test_an_empty_history_says_so(session: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, session, "history")
    assert "Nothing has been edited yet." in said(stack)
    assert not button(stack, "Revoke this edit").isEnabled()
    assert not button(stack, "Go back").isEnabled()
    page(stack, HistoryPage).carry_out("history.go_back")
    assert "there is nothing to take back" in said(stack)
    session.do(add("Add Dora Fund", [DORA]))
    assert "Nothing has been edited yet." not in said(stack)
    assert button(stack, "Go back").isEnabled()


def test_the_chosen_edit_stays_chosen_while_others_come(edited: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, edited, "history")
    at(stack, "Correct issuance")
    edited.do(add("Add one more", [Stakeholder(9, "Zoe")]))
    view = table(stack, "history")
    assert cell(view, view.currentIndex().row(), "Edit") == "Correct issuance"
    assert "WHAT EDIT 2 CHANGED" in said(stack)


def test_of_an_edit_with_many_changes_the_first_are_told(session: Session, qtbot: QtBot) -> None:
    record = session.ledger.transactions.get(3)
    assert record is not None
    session.do(Edit("Import", add("", [replace(record, id=id) for id in range(10, 2_511)]).changes))
    stack = shown(qtbot, session, "history")
    assert "WHAT EDIT 1 CHANGED, the first 2,000 of 2,501 changes: Import" in said(stack)
    assert cell(table(stack, "history"), 0, "Changes") == "2501"
    assert COMMON in session.ledger.securities
