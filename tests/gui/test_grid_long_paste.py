"""A list of thousands of lines is pasted: the window answers meanwhile, and Cancel leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from neocapgui.figures.facts_tables import transactions_table
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Stakeholder
from tests.gui.clipboards import Desk

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.session import Session

_LINES = 3_000


def long_list() -> str:
    """Return more lines than are read and made entries at once, for two known holders."""
    heads = "Stakeholder\tDay\tShares\tCertificate\r\n"
    lines = (
        f"{('Ada', 'Bob')[number % 2]}\t2022-02-{number % 28 + 1:02}\t{number + 1}\tC-{number:060}\r\n"
        for number in range(_LINES)
    )
    return heads + "".join(lines)


def test_a_long_list_is_read_beside_the_window_and_becomes_one_step(session: Session, qtbot: QtBot) -> None:
    before = len(session.ledger.transactions)
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, long_list())
    qtbot.waitUntil(lambda: bool(desk.plans))
    dialog = desk.preview()
    with qtbot.waitSignal(dialog.accepted):
        dialog.apply()
    assert len(session.ledger.transactions) == before + _LINES
    assert session.history.done[-1].edit.label == f"Paste {_LINES:,} × 4 into Transactions"
    session.undo()
    assert len(session.ledger.transactions) == before


def test_what_is_edited_while_a_long_list_is_read_is_not_pasted_over(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, long_list())
    if desk.plans:
        return  # this machine has read it before anything could be edited
    session.do(add("Add Zoe", [Stakeholder(9, "Zoe")]))
    qtbot.waitUntil(lambda: any("paste it again" in said for said in desk.told))
    assert not desk.plans


def test_a_table_that_is_sorted_while_a_long_list_is_read_gets_nothing(
    session: Session, qtbot: QtBot
) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(0, 0, long_list())
    if desk.plans:
        return  # this machine has read it before anything could be sorted
    table = desk.model.table
    desk.model.show_table(replace(table, rows=table.rows[::-1]))
    qtbot.waitUntil(lambda: any("paste it again" in said for said in desk.told))
    assert not desk.plans


def test_cancel_while_lines_are_made_entries_records_nothing(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, long_list())
    qtbot.waitUntil(lambda: bool(desk.plans))
    dialog, ledger = desk.preview(), session.ledger
    dialog._hold()
    said = dialog.findChild(QLabel, "paste.summary")
    assert isinstance(said, QLabel)
    assert said.text() == f"{_LINES:,} lines are being made into entries…"
    table = dialog.findChild(QWidget, "table.paste")
    assert isinstance(table, QWidget)
    assert not table.isEnabled()
    with qtbot.waitSignal(dialog.rejected):
        dialog.reject()
    assert session.ledger is ledger


def test_keys_pressed_again_while_lines_are_made_entries_paste_nothing_twice(
    session: Session, qtbot: QtBot
) -> None:
    before = len(session.ledger.transactions)
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, long_list())
    qtbot.waitUntil(lambda: bool(desk.plans))
    dialog = desk.preview()
    with qtbot.waitSignal(dialog.accepted):
        dialog.apply()
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(session.ledger.transactions) == before + _LINES
    assert sum(entry.edit.label.startswith("Paste") for entry in session.history.done) == 1
