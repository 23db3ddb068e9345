"""Tables as Qt sees them: shown, typed into, refused, taken back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from neocapgui.engine.lens import Lens
from neocapgui.figures.cap_table import cap_table
from neocapgui.figures.facts_tables import prices_table, stakeholders_table, transactions_table
from neocapgui.figures.tables import Table
from neocapgui.gui.tables.table_model import TableModel
from neocapgui.ledger.ledger import Ledger

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.session import Session

Question = Callable[[Ledger, Lens], Table]


def model_of(session: Session, question: Question) -> TableModel:
    """Return a model that follows the session, as a page lets it."""
    model = TableModel(session, session.ask(question))
    session.edited.connect(lambda: model.show_table(session.ask(question)))
    return model


def line(model: TableModel, row: int) -> list[str]:
    """Return what the cells of a line show."""
    return [model.data(model.index(row, column)) for column in range(model.columnCount())]


def column_of(model: TableModel, title: str) -> int:
    """Return the number of the column with a title."""
    return [column.title for column in model.table.columns].index(title)


@pytest.mark.parametrize("question", [cap_table, stakeholders_table, transactions_table, prices_table])
def test_every_model_keeps_the_rules_of_qt(
    session: Session, qtmodeltester: ModelTester, question: Question
) -> None:
    qtmodeltester.check(model_of(session, question))  # type: ignore[no-untyped-call]


def test_the_cap_table_is_shown_with_its_total(session: Session) -> None:
    model = model_of(session, cap_table)
    assert line(model, 0) == ["Ada", "2,500", "2,500", "62.50"]
    assert line(model, 2) == ["Total", "4,000", "4,000", "100.00"]
    assert model.is_total(2)
    assert model.part(0, 3) == 0.625
    assert model.part(2, 3) is None


def test_figures_stand_right_and_names_left(session: Session) -> None:
    model = model_of(session, cap_table)
    sides = [model.data(model.index(0, column), Qt.ItemDataRole.TextAlignmentRole) for column in (0, 1)]
    assert Qt.AlignmentFlag.AlignLeft in sides[0]
    assert Qt.AlignmentFlag.AlignRight in sides[1]


def test_a_role_that_is_not_used_is_answered_with_nothing(session: Session) -> None:
    model = model_of(session, cap_table)
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DecorationRole) is None


def test_a_screen_reader_hears_the_line_the_column_and_the_value(session: Session) -> None:
    model = model_of(session, cap_table)
    said = model.data(model.index(1, 1), Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Bob, Common: 1,500"


def test_typed_text_becomes_one_edit(session: Session) -> None:
    model = model_of(session, stakeholders_table)
    assert model.setData(model.index(0, 0), "Ada Lovelace")
    assert session.ledger.stakeholders[1].name == "Ada Lovelace"
    assert line(model, 0)[0] == "Ada Lovelace"
    assert len(session.history.done) == 1
    session.undo()
    assert line(model, 0)[0] == "Ada"


def test_the_same_text_is_no_edit(session: Session) -> None:
    model = model_of(session, transactions_table)
    shares = column_of(model, "Shares")
    assert model.setData(model.index(0, shares), "3,000")
    assert model.setData(model.index(0, shares), "3000")
    assert session.history.done == ()


def test_what_is_no_value_stays_in_its_cell_until_it_is_corrected(session: Session, qtbot: QtBot) -> None:
    model = model_of(session, transactions_table)
    index = model.index(0, column_of(model, "Shares"))
    with qtbot.waitSignal(model.refused) as told:
        assert not model.setData(index, "three thousand")
    assert told.args is not None
    assert told.args[0].startswith("“three thousand” is not a number")
    assert model.data(index) == "three thousand"
    assert "three thousand" in model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert session.history.done == ()
    assert model.setData(index, "3,100")
    assert model.data(index) == "3,100"
    assert model.refusal(index) == ""
    assert session.ledger.transactions[0].quantity == Decimal(3100)


def test_escape_gives_refused_text_up(session: Session) -> None:
    model = model_of(session, transactions_table)
    index = model.index(0, column_of(model, "Shares"))
    model.setData(index, "many")
    model.restore(index)
    assert model.data(index) == "3,000"
    assert model.refusal(index) == ""


def test_refused_text_stays_beside_edits_of_other_cells(session: Session) -> None:
    model = model_of(session, transactions_table)
    shares = column_of(model, "Shares")
    model.setData(model.index(0, shares), "many")
    model.setData(model.index(1, shares), "1,200")
    assert model.data(model.index(0, shares)) == "many"
    assert model.data(model.index(1, shares)) == "1,200"


def test_the_empty_line_records_a_new_fact(session: Session, qtbot: QtBot) -> None:
    model = model_of(session, stakeholders_table)
    last = model.rowCount() - 1
    assert model.is_blank(last)
    with qtbot.waitSignal(model.recorded) as recorded:
        assert model.setData(model.index(last, 0), "Cora")
    assert recorded.args == [2]
    assert [who.name for who in session.ledger.stakeholders.values()] == ["Ada", "Bob", "Cora"]
    assert model.is_blank(3)


def test_what_is_calculated_cannot_be_typed(session: Session) -> None:
    model = model_of(session, cap_table)
    assert not model.flags(model.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(0, 1), "5")


def test_what_the_facts_forbid_is_told_and_nothing_changes(session: Session, qtbot: QtBot) -> None:
    from neocapgui.ledger.edits import remove

    model = model_of(session, stakeholders_table)
    with qtbot.waitSignal(model.refused) as told:
        assert not model.carry_out(remove("Remove Ada", [session.ledger.stakeholders[1]]))
    assert told.args == ["Ada cannot be removed: 2 transactions name it."]
    assert len(session.ledger.stakeholders) == 2
