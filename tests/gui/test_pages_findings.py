"""The findings page: what is wrong, by which rule, how to get there, and how it is mended."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from neocapgui.figures.facts_tables import transactions_table
from neocapgui.figures.grid.entry import entered
from neocapgui.gui.looks.locale_style import style_of
from neocapgui.gui.session import Session
from neocapgui.ledger.ledger import Ledger
from tests.gui.pages import button, cells, choose, opened, point, said, shown, table


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


def test_the_button_that_mends_has_the_marks_of_the_reader(neo: Session, qtbot: QtBot) -> None:
    neo.style = style_of(QLocale("de_DE"))
    stack = shown(qtbot, neo, "findings")
    view = table(stack, "findings")
    point(view, 0, "Finding")
    assert cells(view, "Mends")[0] == "Authorize 40.377.443 Common Stock"
    assert button(stack, "Authorize 40.377.443 Common Stock").isEnabled()


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


def test_ctrl_enter_mends_in_one_step_with_a_name(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "findings")
    view = table(stack, "findings")
    point(view, 0, "Finding")
    assert button(stack, "Authorize 40,377,443 Common Stock").isEnabled()
    stack.activateWindow()
    qtbot.waitUntil(stack.isActiveWindow)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [entry.edit.label for entry in neo.history.done] == ["Mend: authorize 40,377,443 Common Stock"]
    assert not [text for text in cells(view, "Finding") if "authorized" in text]
    neo.undo()
    assert "26,351,951 are issued" in cells(table(stack, "findings"), "Finding")[0]


def test_the_findings_are_narrowed_by_severity_and_company(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "findings")
    choose(stack, "warning")
    assert set(cells(table(stack, "findings"), "Severity")) == {"warning"}
    choose(stack, "error")
    assert "Nothing of this kind was found." in said(stack)
    choose(stack, "remark")
    everywhere = len(cells(table(stack, "findings"), "Severity"))
    company = stack.findChild(QComboBox, "findings.company")
    assert isinstance(company, QComboBox)
    company.setCurrentText("NeoGene Technologies, Inc.")
    here = cells(table(stack, "findings"), "Finding")
    assert 0 < len(here) < everywhere
    assert all("Series A" in text for text in here)


def test_a_finding_names_its_rule_and_its_severity_in_words(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "findings")
    point(table(stack, "findings"), 0, "Finding")
    assert "Warning: Common Stock of NeoTherapeutics, Inc.: 26,351,951 are issued" in said(stack)
    assert "Rule: No more shares of a class are issued than its charter authorizes" in said(stack)


def test_the_findings_are_counted_by_severity(neo: Session, qtbot: QtBot) -> None:
    assert "2 warnings" in said(shown(qtbot, neo, "findings"))


def test_no_finding_is_said_in_a_sentence(qapp: object, qtbot: QtBot) -> None:
    with opened(Ledger()) as session:
        words = said(shown(qtbot, session, "findings"))
        assert "Nothing contradicts anything" in words
        assert "Checked were: complete entries, split ratio, no more than is held," in words
