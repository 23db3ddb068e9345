"""Blocks of cells: copied, pasted, cleared, filled, each as one edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtGui import QGuiApplication

from neocapgui.exchange.block_text import block_of, block_text
from neocapgui.exchange.safe_text import guarded
from neocapgui.figures.facts_tables import stakeholders_table, transactions_table
from neocapgui.figures.grid.raw_cells import raw_text
from neocapgui.figures.kinds import PLAIN, Kind, Style
from neocapgui.figures.pasting.understood import understood
from neocapgui.figures.tables import Column
from neocapgui.gui.tables.cell_commands import CellCommands
from tests.gui.test_table_model import column_of, line, model_of

if TYPE_CHECKING:
    from neocapgui.gui.session import Session
    from neocapgui.gui.tables.table_model import TableModel


class Hand:
    """Selects cells of a model and commands them; applies what a preview would show, where it may."""

    def __init__(self, session: Session, model: TableModel, is_trusting: bool = False) -> None:
        self.model = model
        self.selection = QItemSelectionModel(model)
        self.commands = CellCommands(session, model, self.selection)
        pasting = self.commands.pasting
        if is_trusting:
            pasting.asked.connect(lambda plan: pasting.apply(understood(plan, session.ledger, session.style)))

    def select(self, top: int, left: int, bottom: int, right: int) -> None:
        block = QItemSelection(self.model.index(top, left), self.model.index(bottom, right))
        self.selection.setCurrentIndex(
            self.model.index(top, left), QItemSelectionModel.SelectionFlag.NoUpdate
        )
        self.selection.select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_a_copied_block_is_plain_text_a_spreadsheet_understands(session: Session) -> None:
    model = model_of(session, transactions_table)
    hand = Hand(session, model)
    shares = column_of(model, "Shares")
    hand.select(0, 0, 1, 0)
    hand.commands.copy()
    assert clipboard() == "2022-01-01\r\n2022-01-01\r\n"
    hand.select(0, shares, 0, shares)
    hand.commands.copy()
    assert clipboard() == "3000"


def test_copied_figures_have_the_decimal_mark_of_the_language_and_no_group_marks() -> None:
    swiss = Style(decimal_mark=",", group_mark="’")
    assert raw_text(Column("Price", Kind.PRICE), 1234, swiss) == "1234,00"


def test_a_text_that_a_spreadsheet_would_run_is_guarded_and_freed_again() -> None:
    text = guarded(raw_text(Column("Note", Kind.TEXT), "=1+1", PLAIN))
    assert text == "'=1+1"
    assert block_of(block_text([[text, "a\tb"]])) == [["=1+1", "a\tb"]]


def test_a_pasted_block_is_one_edit(session: Session) -> None:
    model = model_of(session, stakeholders_table)
    hand = Hand(session, model, is_trusting=True)
    hand.select(0, 0, 0, 0)
    QGuiApplication.clipboard().setText("Ada L.\tindividual\r\nBob B.\tindividual\r\n")
    hand.commands.paste()
    assert [line(model, row)[:2] for row in (0, 1)] == [["Ada L.", "individual"], ["Bob B.", "individual"]]
    assert [entry.edit.label for entry in session.history.done] == ["Paste 2 × 2 into Stakeholders"]
    session.undo()
    assert line(model, 0)[:2] == ["Ada", "institution"]


def test_pasted_lines_beyond_the_last_become_new_facts(session: Session) -> None:
    model = model_of(session, stakeholders_table)
    hand = Hand(session, model, is_trusting=True)
    hand.select(1, 0, 1, 0)
    QGuiApplication.clipboard().setText("Bob\nCora\nDan\n")
    hand.commands.paste()
    assert [who.name for who in session.ledger.stakeholders.values()] == ["Ada", "Bob", "Cora", "Dan"]
    assert len(session.history.done) == 1


def test_one_cell_fills_a_larger_selection(session: Session) -> None:
    model = model_of(session, transactions_table)
    hand = Hand(session, model)
    shares = column_of(model, "Shares")
    hand.select(0, shares, 2, shares)
    QGuiApplication.clipboard().setText("250")
    hand.commands.paste()
    assert [line(model, row)[shares] for row in range(3)] == ["250", "250", "250"]
    assert len(session.history.done) == 1


def test_a_new_holder_pasted_twice_is_recorded_once(session: Session) -> None:
    model = model_of(session, transactions_table)
    hand = Hand(session, model)
    holder = column_of(model, "Stakeholder")
    hand.select(0, holder, 1, holder)
    QGuiApplication.clipboard().setText("Cora\ncora\n")
    hand.commands.paste()
    assert [who.name for who in session.ledger.stakeholders.values()] == ["Ada", "Bob", "Cora"]
    assert session.ledger.transactions[0].stakeholder == session.ledger.transactions[1].stakeholder == 3


def test_one_bad_cell_stays_as_it_was_pasted_and_holds_nothing_up(session: Session) -> None:
    model = model_of(session, transactions_table)
    hand = Hand(session, model, is_trusting=True)
    shares = column_of(model, "Shares")
    hand.select(0, shares, 0, shares)
    QGuiApplication.clipboard().setText("100\nmany\n")
    hand.commands.paste()
    assert [line(model, row)[shares] for row in range(2)] == ["100", "many"]
    assert model.refusal(model.index(1, shares)).startswith("“many” is not a number")
    assert session.ledger.transactions[1].quantity == 1000


def test_delete_empties_cells_and_keeps_lines(session: Session) -> None:
    model = model_of(session, transactions_table)
    hand = Hand(session, model)
    shares = column_of(model, "Shares")
    hand.select(0, shares, 1, shares)
    hand.commands.clear()
    assert [line(model, row)[shares] for row in range(2)] == ["", ""]
    assert len(session.ledger.transactions) == 3
    assert len(session.history.done) == 1


def test_lines_are_removed_with_their_number_in_the_label(session: Session) -> None:
    model = model_of(session, transactions_table)
    hand = Hand(session, model)
    hand.select(1, 0, 2, 0)
    hand.commands.remove_lines()
    assert len(session.ledger.transactions) == 1
    assert session.history.done[-1].edit.label == "Remove 2 of transactions"


def test_fill_down_repeats_the_first_line(session: Session) -> None:
    model = model_of(session, transactions_table)
    hand = Hand(session, model)
    shares = column_of(model, "Shares")
    hand.select(0, shares, 2, shares)
    hand.commands.fill_down()
    assert [line(model, row)[shares] for row in range(3)] == ["3,000"] * 3


@pytest.mark.parametrize("text", ["", "\n", "a\t1\nb"])
def test_any_text_is_a_block_with_lines_of_one_length(text: str) -> None:
    assert len({len(row) for row in block_of(text)}) <= 1
