"""Lists of other programs are pasted: what was understood is shown first, corrected, and one step."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QPushButton

from neocapgui.exchange.block_html import block_of_html
from neocapgui.exchange.block_text import block_of
from neocapgui.figures.facts_tables import stakeholders_table, transactions_table
from neocapgui.figures.pasting.understood import Understood, corrected
from neocapgui.gui.tables.unaccepted import Unaccepted
from tests.gui.clipboards import Desk, entered, holder, payload
from tests.gui.grid_rows import style_in
from tests.gui.test_table_model import column_of, line

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.session import Session


NAMES = {
    "excel": ["Keller, Anna\n(joint with Urs)", 'Harbor Fund "II" LP', "Cora O'Brien"],
    "libreoffice": ["Keller, Anna\n(joint with Urs)", 'Harbor Fund "II" LP', "Cora O'Brien"],
    "google_sheets": ["Keller, Anna\n(joint with Urs)", 'Harbor Fund "II" LP', "Cora O'Brien"],
    "numbers": ["Keller, Anna", "Harbor Fund “II” LP", "Cora O’Brien"],
}
DAYS = [date(2001, 8, 31), date(2001, 9, 4), date(2001, 9, 5)]


def test_in_a_narrow_window_new_holders_are_listed_when_they_are_asked_for(
    session: Session, qtbot: QtBot
) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, payload("excel.txt"))
    dialog = desk.preview()
    dialog.resize(660, 420)
    names = next(one for one in dialog.findChildren(QListView) if one.accessibleName() == "New holders")
    who = next(one for one in dialog.findChildren(QPushButton) if one.text().endswith("new &holders"))
    with qtbot.waitExposed(dialog):
        dialog.show()
    assert (who.isVisible(), names.isVisible()) == (True, dialog.width() >= 1_100)
    who.click()
    assert names.isVisible()


@pytest.mark.parametrize("program", NAMES)
def test_the_text_of_a_spreadsheet_is_read_line_by_line(program: str, session: Session, qtbot: QtBot) -> None:
    assert [row[0] for row in block_of(payload(f"{program}.txt"))[1:]] == NAMES[program]
    session.style = style_in("en_US")
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, payload(f"{program}.txt"))
    dialog = desk.preview()
    block = dialog.block
    assert block is not None
    titles = [column.title for at in range(5) if (column := block.column(at)) is not None]
    assert titles == ["Stakeholder", "Certificate", "Day", "Shares", "Price"]
    assert [row[3].value for row in block.lines][:2] == [1234567, 201149]
    problems = {
        "excel": ["A number of shares cannot be negative: -1,500."],
    }
    assert [block.lines[row][at].problem for row, at in block.problems] == problems.get(program, [])
    assert [row[2].value for row in block.lines] == DAYS


HTML = {
    "excel.html": [
        ["Registered holder", "Certificate", "Date", "Shares", "Price"],
        ["Keller, Anna\n(joint with Urs)", "C-101", "8/31/2001", "1234567", "$4.50"],
        ['Harbor Fund "II" LP', "C-102", "9/4/2001", "201149", "$0.72"],
    ],
    "libreoffice.html": [
        ["Registered holder", "Certificate", "Date", "Shares", "Price"],
        ["Keller, Anna\n(joint with Urs)", "C-101", "2001-08-31", "1234567", "4,5"],
        ['Harbor Fund "II" LP', "", "2001-09-04", "201149", "0,716"],
    ],
    "google_sheets.html": [
        ["Registered holder", "Certificate", "Shares"],
        ["Keller, Anna\n(joint with Urs)", "C-101", "1234567"],
        ['Harbor Fund "II" LP', "C-102", "201149,5"],
        ["", "C-103", "1500"],
    ],
    "numbers.html": [["Registered holder", "Shares"], ["Keller, Anna", "1,234,567"]],
}


@pytest.mark.parametrize("name", HTML)
def test_the_html_of_a_spreadsheet_is_read_cell_by_cell(name: str) -> None:
    assert block_of_html(payload(name), ",") == HTML[name]


def test_a_total_at_the_end_of_a_french_list_is_left_out(session: Session, qtbot: QtBot) -> None:
    session.style = style_in("fr_FR")
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, payload("excel_fr.txt"))
    dialog = desk.preview()
    block = dialog.block
    assert block is not None
    assert block.say_left_out() == (
        "Line 3 is left out: it is the total, 1\u202f435\u202f716, and the lines above add up to it."
    )
    assert [block.lines[row][at].problem for row, at in block.problems] == [
        "“4,50 €” is an amount in €, and this scenario counts in USD."
    ]
    dialog.apply()
    assert [one.quantity for one in entered(session)][-2:] == [1234567, 201149]


def agents_list(count: int = 500) -> str:
    bad = {5: "####", 44: "12x", 80: "€ 5.00", 200: "-500", 260: "1.23E+05", 400: "#N/A", 450: "5 %"}
    days = {17: "31.02.2001", 120: "36770", 333: "37134.5"}
    lines = ["Name\tCertificate\tDate\tShares"]
    for at in range(count):
        lines.append(f"Holder Nr {at}\tC-{at}\t{days.get(at, '2001-08-31')}\t{bad.get(at, f'{1000 + at:,}')}")
    return "\r\n".join(lines) + "\r\n"


def test_500_holders_with_ten_bad_cells_become_transactions_and_lose_nothing(
    session: Session, qtbot: QtBot
) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, agents_list())
    dialog = desk.preview()
    block = dialog.block
    assert block is not None
    assert block.summary.startswith("500 lines  ·  10 cells have a problem")
    assert dialog.shared.texts["kind"] == "Issuance"
    assert dialog.shared.texts["security"] == "Common"
    assert dialog.newcomers.rowCount() == 500
    dialog.apply()
    assert session.history.done[-1].edit.label == "Paste 500 × 4 into Transactions"
    assert len(session.history.done) == 1
    assert len(session.ledger.transactions) == 503
    assert len(session.ledger.stakeholders) == 502
    kept = Unaccepted.of(session)
    assert len(kept) == 10
    texts = {refusal.text for place in kept.places() if (refusal := kept.get(place)) is not None}
    assert {"####", "31.02.2001", "€ 5.00", "1.23E+05"} <= texts
    (unclear,) = [one for one in entered(session) if one.certificate == "C-17"]
    assert unclear.note == "Day as pasted: 31.02.2001."
    session.undo()
    assert len(session.ledger.transactions) == 3
    assert len(session.ledger.stakeholders) == 2


def test_cells_are_corrected_in_the_preview_by_key(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, "Name\tShares\r\nCora\t12x\r\nDan\t7\r\nElsa\t8y\r\n")
    dialog = desk.preview()
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.block is not None
    assert (dialog.table.currentIndex().row(), dialog.table.currentIndex().column()) == (0, 2)
    QTest.keyClick(dialog, Qt.Key.Key_F8)
    assert dialog.table.currentIndex().row() == 2
    QTest.keyClick(dialog, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.table.currentIndex().row() == 0
    model = dialog.table.paste_model
    for at, text in ((0, "12"), (2, "8")):
        assert model.setData(model.index(at, 2), text)
    qtbot.waitUntil(lambda: dialog.block is not None and not dialog.block.problems)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    recorded = entered(session)[-3:]
    assert [(holder(session, one), one.quantity) for one in recorded] == [
        ("Cora", Decimal(12)),
        ("Dan", Decimal(7)),
        ("Elsa", Decimal(8)),
    ]
    assert {one.kind for one in recorded} == {"opening"}  # no day in the list: a balance on the day looked at
    assert {one.date for one in recorded} == {session.lens.as_of}


def test_names_are_completed_and_a_repair_is_taken_by_key_in_the_preview(
    session: Session, qtbot: QtBot
) -> None:
    session.style = style_in("de_DE")
    desk = Desk(session, transactions_table, qtbot)
    lines = "Cora\tClass Z\t5\r\nDan\tComon\t7\r\nElsa\tCommon\t4O\r\n"
    desk.paste(desk.end, 0, f"Name\tClass\tShares\r\n{lines}")
    dialog = desk.preview()
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    table = dialog.table

    def place() -> tuple[int, int]:
        return table.currentIndex().row(), table.currentIndex().column()

    def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, held)

    assert place() == (0, 2)
    QTest.keyClicks(table, "com")
    press(Qt.Key.Key_Tab)  # the name that was begun is taken, and no other cell is opened
    assert (place(), table.state()) == ((0, 3), table.State.NoState)
    qtbot.waitUntil(lambda: dialog.block is not None and len(dialog.block.problems) == 2)
    press(Qt.Key.Key_F8)
    said = table.paste_model.explained(table.currentIndex())
    assert said.endswith("Did you mean Common? Alt+Enter takes it.")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.block is not None and len(dialog.block.problems) == 1)
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.block is not None and not dialog.block.problems)
    table.point_at(0, 1)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is not None
    press(Qt.Key.Key_Return)
    assert (place(), table.state()) == ((0, 2), table.State.NoState)
    dialog.apply()
    assert [one.quantity for one in entered(session)[-3:]] == [Decimal(5), Decimal(7), Decimal(40)]


def test_a_cell_that_is_corrected_while_another_is_read_anew_leaves_that_one_corrected(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, "Name\tShares\r\nCora\t12x\r\nDan\t8y\r\n")
    dialog = desk.preview()
    free = Event()

    def slowly(*asked: Any) -> Understood:
        free.wait(60)
        return corrected(*asked)

    monkeypatch.setattr("neocapgui.gui.dialogs.paste_preview.corrected", slowly)
    monkeypatch.setattr("neocapgui.gui.waiting.PATIENCE", 0)
    model = dialog.table.paste_model
    assert model.setData(model.index(0, 2), "12")
    free.set()
    assert model.setData(model.index(1, 2), "8")
    dialog.apply()
    assert [one.quantity for one in entered(session)[-2:]] == [Decimal(12), Decimal(8)]


def test_a_name_that_is_nearly_known_can_be_said_to_be_the_same(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, stakeholders_table, qtbot)
    desk.model.setData(desk.model.index(0, 0), "ACME Limited")
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, "Holder\tShares\r\nAcme Ltd.\t5\r\nHarbor Fund III\t6\r\nHarbor Fund II\t6\r\n")
    dialog = desk.preview()
    names = dialog.newcomers
    assert [names.data(names.index(row)) for row in range(3)] == [
        "Acme Ltd.\nis ACME Limited?",
        "Harbor Fund III",
        "Harbor Fund II",
    ]
    names.setData(names.index(0), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    dialog.apply()
    assert holder(session, entered(session)[3]) == "ACME Limited"
    assert len(session.ledger.stakeholders) == 4


def test_after_a_paste_the_first_column_that_was_filled_is_gone_to(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, "Certificate\tHolder\tDate\tShares\r\nC-1\tCora\t2001-08-31\t5\r\n")
    desk.preview().apply()
    current = desk.hand.selection.currentIndex()
    cora = next(place for place in range(desk.end) if line(desk.model, place)[3] == "Cora")
    assert (current.row(), desk.model.column(current.column()).title) == (cora, "Day")


def test_a_list_without_heads_is_placed_by_what_stands_in_it(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, "Cora Mann\tC-1\t2001-08-31\t5\r\nDan Huber\tC-2\t2001-09-01\t6\r\n")
    dialog = desk.preview()
    assert dialog.block is not None
    assert dialog.block.plan.is_guessed
    assert dialog.block.problems == ()
    dialog.place_column(1, "Note")
    qtbot.waitUntil(lambda: dialog.block is not None and dialog.block.plan.columns[1] != 13)
    dialog.apply()
    assert [(holder(session, one), one.note) for one in entered(session)[-2:]] == [
        ("Cora Mann", "C-1"),
        ("Dan Huber", "C-2"),
    ]


def test_of_500_names_that_only_resemble_each_other_none_is_doubted(session: Session, qtbot: QtBot) -> None:
    given = [f"{letter}{rest}" for letter in "BDHJKLMNRT" for rest in ("an", "ana")]
    family = [f"{letter}{rest}" for letter in "BFKMV" for rest in ("abel", "aber", "eller", "omer", "ogt")]
    names = [f"{one} {other}" for one in given for other in family]
    assert len(names) == 500
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(
        desk.end,
        0,
        "Name\tShares\r\n"
        + "".join(f"{name}\t5\r\n" for name in [*names, "Dan Kellerhals", "Dan Kellerhas"]),
    )
    dialog = desk.preview()
    assert dialog.block is not None
    doubted = [(one.name, one.like) for one in dialog.block.newcomers if one.like]
    assert doubted == [("Dan Kellerhas", "Dan Kellerhals")]


@pytest.mark.parametrize("head", ["Holder\tTxn\tPaper\tDate\tShares\r\n", ""])
def test_columns_of_known_kinds_and_securities_are_found_by_their_words(
    head: str, session: Session, qtbot: QtBot
) -> None:
    desk = Desk(session, transactions_table, qtbot)
    lines = [f"Holder Nr {at}\tIssuance\tCommon\t2001-08-31\t{1000 + at}" for at in range(20)]
    lines[3] = "Cora Mann\tIsuance?\tComon\t2001-08-31\t12O0"
    desk.paste(desk.end, 0, head + "\r\n".join(lines) + "\r\n")
    dialog = desk.preview()
    block = dialog.block
    assert block is not None
    titles = [column.title for at in range(5) if (column := block.column(at)) is not None]
    assert titles == ["Stakeholder", "Kind", "Security", "Day", "Shares"]
    assert block.problems == ((3, 1), (3, 2), (3, 4))
    assert not {"kind", "security"} & set(dialog.shared.texts)


def test_a_list_pasted_into_stakeholders_names_each_holder_once(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, stakeholders_table, qtbot)
    desk.paste(
        desk.end,
        0,
        "Name\tCertificate\tShares\r\nAda\tC-1\t5\r\nCora\tC-2\t6\r\ncora\tC-3\t7\r\nCora Inc.\t\t\r\n",
    )
    dialog = desk.preview()
    block = dialog.block
    assert block is not None
    assert block.say_left_out().startswith("2 lines are left out, the first of them line 1: Ada is recorded")
    assert "No column fits “Certificate” and “Shares”: left out." in " ".join(block.plan.remarks)
    assert block.lines[3][0].remark.startswith("Cora Inc. is nearly called like Cora")
    assert "issuer" not in dialog.shared.texts
    dialog.table.paste_model.setData(dialog.table.paste_model.index(3, 1), "")
    qtbot.waitUntil(lambda: dialog.block is not None and 3 in dialog.block.left_out)
    dialog.apply()
    assert [who.name for who in session.ledger.stakeholders.values()] == ["Ada", "Bob", "Cora"]


def test_a_cancelled_preview_changes_nothing(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(desk.end, 0, agents_list(20))
    desk.preview().reject()
    assert session.history.done == ()


def test_a_single_bad_cell_stays_in_its_cell(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    shares = column_of(desk.model, "Shares")
    desk.paste(0, shares, "many")
    assert not desk.plans
    assert line(desk.model, 0)[shares] == "many"
    assert entered(session)[0].quantity == 3000
