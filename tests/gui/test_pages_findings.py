"""The findings page and the history page: what is wrong, how it is mended, and the way back."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from neocapgui.figures.entry import entered
from neocapgui.figures.facts_tables import transactions_table
from neocapgui.gui.session import Session
from neocapgui.ledger.ledger import Ledger
from tests.gui.pages import button, cells, opened, point, said, shown, table


def correct_the_notice(session: Session, price: str) -> None:
    ledger = session.ask(transactions_table)
    row = next(row for row in ledger.rows if getattr(row.fact, "into_quantity", None) == 201_149)
    column = next(column for column in ledger.columns if column.field == "price")
    edit = entered(session.ledger, ledger, row, column, price, session.style)
    assert edit is not None
    session.do(edit)


def test_a_wrong_price_becomes_a_finding_and_its_mend_takes_it_away(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "findings")
    before = cells(table(stack, "findings"), "Finding")
    correct_the_notice(neo, "3.50")
    view = table(stack, "findings")
    (wrong,) = [row for row, text in enumerate(cells(view, "Finding")) if "the terms imply 200,000" in text]
    assert cells(view, "Mends")[wrong] == "Take the 200,000 shares the terms imply"
    point(view, wrong, "Finding")
    assert "the terms imply 200,000" in said(stack)
    button(stack, "Take the 200,000 shares").click()
    assert next(one for one in neo.ledger.transactions if one.into_quantity == 200_000)
    assert not [text for text in cells(table(stack, "findings"), "Finding") if "imply 200,000" in text]
    neo.undo()
    neo.undo()
    assert cells(table(stack, "findings"), "Finding") == before


def test_a_finding_leads_to_its_place(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "findings")
    view = table(stack, "findings")
    point(view, 0, "Finding")
    finding = view.table_model.table.rows[0].key
    with qtbot.waitSignal(stack.went_to) as seen:
        button(stack, "Go to the place").click()
    assert seen.args == [finding.place]
    with qtbot.waitSignal(stack.went_to) as seen:
        view.activated_row.emit(view.table_model.row(0))
    assert seen.args == [finding.place]


def test_the_findings_are_counted_by_severity(neo: Session, qtbot: QtBot) -> None:
    assert "2 warnings" in said(shown(qtbot, neo, "findings"))


def test_no_finding_is_said_in_a_sentence(qapp: object, qtbot: QtBot) -> None:
    with opened(Ledger()) as session:
        assert "Nothing contradicts anything" in said(shown(qtbot, session, "findings"))


def test_the_history_goes_back_and_forward_by_several_edits(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "history")
    assert "Nothing has been edited yet." in said(stack)
    before = neo.ledger
    for price in ("3.50", "3.51", "3.52"):
        correct_the_notice(neo, price)
    view = table(stack, "history")
    assert cells(view, "Edit") == [f"Change price to {price}" for price in ("3.52", "3.51", "3.50")]
    point(view, 1, "Edit")
    button(stack, "Undo 2 edits").click()
    assert cells(view, "State") == ["taken back", "taken back", "done"]
    assert len(neo.history.done) == 1
    point(view, 0, "Edit")
    button(stack, "Redo 2 edits").click()
    assert len(neo.history.done) == 3
    point(view, 2, "Edit")
    button(stack, "Undo 3 edits").click()
    assert list(neo.ledger.transactions) == list(before.transactions)
    assert not button(stack, "Undo").isEnabled()
