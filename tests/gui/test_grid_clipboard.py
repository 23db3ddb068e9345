"""Copy and paste between this program and spreadsheets, in three languages; paste previews."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from neocapgui.exchange.block_html import block_of_html
from neocapgui.exchange.block_text import block_of
from neocapgui.figures.cap_table import cap_table
from neocapgui.figures.facts_tables import stakeholders_table, transactions_table
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.raw_cells import canonical
from neocapgui.gui.dialogs.paste_preview import PastePreview
from neocapgui.gui.tables.pasting import Pasting, Previews, clipboard_block
from neocapgui.gui.tables.unaccepted import Unaccepted
from neocapgui.ledger.transactions import Transaction
from tests.gui.grid_rows import LOCALES, row, style_in
from tests.gui.test_blocks import Hand, clipboard
from tests.gui.test_table_model import Question, column_of, line, model_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.figures.pasting.understood import Plan
    from neocapgui.gui.session import Session

FIXTURES = Path(__file__).parent / "clipboard"


def payload(name: str) -> str:
    return (FIXTURES / name).read_bytes().decode("utf-8")


def put(text: str = "", html: str = "") -> None:
    content = QMimeData()
    if text:
        content.setText(text)
    if html:
        content.setHtml(html)
    QGuiApplication.clipboard().setMimeData(content)


class Desk:
    """A table, the hand on it, and the previews that are asked for."""

    def __init__(self, session: Session, question: Question, qtbot: QtBot) -> None:
        self.session = session
        self.model = model_of(session, question)
        self.hand = Hand(session, self.model)
        self.plans: list[tuple[Pasting, Plan]] = []
        self.told: list[str] = []
        self._qtbot = qtbot
        Previews.of(session).wanted.connect(lambda pasting, plan: self.plans.append((pasting, plan)))
        self.model.told.connect(self.told.append)
        self.model.refused.connect(self.told.append)

    def paste(self, row: int, column: int, text: str, is_adding: bool = False) -> None:
        put(text)
        self.hand.select(row, column, row, column)
        self.hand.commands.paste(is_adding)

    def preview(self) -> PastePreview:
        (pasting, plan) = self.plans.pop()
        dialog = PastePreview(self.session, pasting, plan)
        self._qtbot.addWidget(dialog)
        self._qtbot.waitUntil(lambda: dialog.block is not None)
        return dialog

    @property
    def end(self) -> int:
        return len(self.model.table.rows)


def entered(session: Session) -> list[Transaction]:
    """Return the transactions in the order they were recorded."""
    rows = session.ledger.transactions
    return sorted((rows[row] for row in range(len(rows))), key=lambda one: one.id)


def remarks_of(dialog: PastePreview) -> str:
    label = dialog.findChild(QLabel, "paste.remarks")
    assert isinstance(label, QLabel)
    return label.text()


def holder(session: Session, one: Transaction) -> str:
    return "" if one.stakeholder is None else session.ledger.stakeholders[one.stakeholder].name


# Copy: rows 5 and 8, features 22, 23 and 61


@row(5)
def test_row_5_a_copied_block_is_text_html_and_a_picture(locale: str, session: Session) -> None:
    session.style = style = style_in(locale)
    hand = Hand(session, model_of(session, transactions_table))
    hand.select(0, 0, 2, 4)
    hand.commands.copy()
    content = QGuiApplication.clipboard().mimeData()
    assert content.text().startswith("2022-01-01\tIssuance\tCommon\tAda\t3000\r\n")
    assert block_of_html(content.html(), style.decimal_mark) == block_of(content.text())
    assert "mso-number-format:'\\#\\,\\#\\#0'" in content.html()
    assert "mso-number-format:'\\@'" in content.html()
    picture = content.imageData()
    assert isinstance(picture, QImage)
    assert picture.devicePixelRatio() == 2
    assert picture.pixelColor(2, picture.height() - 3).name() in ("#ffffff", "#fafbfc")


@row(8)
def test_row_8_copied_numbers_are_raw_with_the_decimal_mark_of_the_language(
    locale: str, session: Session, qtbot: QtBot
) -> None:
    session.style = style = style_in(locale)
    desk = Desk(session, transactions_table, qtbot)
    price = column_of(desk.model, "Price")
    for at, text in enumerate(("1234567.125", "0.1", "99.99")):
        desk.paste(at, price, text.replace(".", style.decimal_mark))
    desk.hand.select(0, price, 2, price)
    desk.hand.commands.copy()
    lines = clipboard().split("\r\n")[:3]
    assert lines == [one.replace(".", style.decimal_mark) for one in ("1234567.125", "0.10", "99.99")]
    total = sum((Decimal(one.replace(style.decimal_mark, ".")) for one in lines), Decimal(0))
    assert total == Decimal("1234667.215")


def test_what_is_copied_from_a_calculated_table_adds_up_to_its_total(session: Session) -> None:
    model = model_of(session, cap_table)
    hand = Hand(session, model)
    total = len(model.table.rows)
    column = next(at for at, one in enumerate(model.table.columns) if canonical(one, 1))
    hand.select(0, column, total, column)
    hand.commands.copy()
    *parts, whole = (Decimal(cell or "0") for [cell] in block_of(clipboard()))
    assert sum(parts, Decimal(0)) == whole == 4000


def test_copying_with_heads_puts_them_above(session: Session) -> None:
    hand = Hand(session, model_of(session, stakeholders_table))
    hand.select(0, 0, 1, 1)
    hand.commands.copy_with_heads()
    content = QGuiApplication.clipboard().mimeData()
    assert content.text() == "Stakeholder\tKind\r\nAda\tinstitution\r\nBob\tinstitution\r\n"
    assert "<th" in content.html()


def test_a_formula_in_a_name_is_guarded_in_text_and_html_and_freed_again(
    session: Session, qtbot: QtBot
) -> None:
    desk = Desk(session, stakeholders_table, qtbot)
    name = "=cmd|'/c calc'!A1"
    desk.model.setData(desk.model.index(0, 0), name)
    desk.hand.select(0, 0, 0, 0)
    desk.hand.commands.copy()
    assert clipboard() == f"'{name}"
    assert block_of_html(QGuiApplication.clipboard().mimeData().html()) == [[name]]
    desk.hand.select(1, 0, 1, 0)
    desk.hand.commands.paste()
    assert session.ledger.stakeholders[2].name == name


def test_a_count_of_17_digits_is_remarked_on(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    shares = column_of(desk.model, "Shares")
    desk.paste(0, shares, "12345678901234567")
    desk.hand.select(0, shares, 0, shares)
    desk.hand.commands.copy()
    assert clipboard() == "12345678901234567"
    assert desk.told[-1] == (
        "1 copied number has more than 15 digits, and Excel keeps only 15: "
        "12,345,678,901,234,567 becomes 12,345,678,901,234,500."
    )


# Paste: rows 6, 7 and 9


@row(6)
def test_row_6_one_cell_fills_a_larger_selection(locale: str, session: Session, qtbot: QtBot) -> None:
    session.style = style = style_in(locale)
    desk = Desk(session, transactions_table, qtbot)
    price = column_of(desk.model, "Price")
    put(f"1{style.decimal_mark}5")
    desk.hand.select(0, price, 2, price + 1)
    desk.hand.commands.paste()
    assert [(one.price, one.amount) for one in entered(session)] == [(Decimal("1.5"), Decimal("1.5"))] * 3
    assert len(session.history.done) == 1


@row(7)
def test_row_7_a_block_tiles_a_multiple_and_else_starts_at_the_top_left(
    locale: str, session: Session, qtbot: QtBot
) -> None:
    session.style = style_in(locale)
    desk = Desk(session, stakeholders_table, qtbot)
    desk.paste(desk.end, 0, "Cora\nDan\n")
    put("individual")
    desk.hand.select(0, 1, 3, 1)
    desk.hand.commands.paste()
    assert {who.kind for who in session.ledger.stakeholders.values()} == {"individual"}
    put("group\nissuer")
    desk.hand.select(0, 1, 3, 1)
    desk.hand.commands.paste()
    assert [who.kind for who in session.ledger.stakeholders.values()] == ["group", "issuer"] * 2
    desk.hand.select(0, 1, 2, 1)
    desk.hand.commands.paste()
    assert [who.kind for who in session.ledger.stakeholders.values()] == ["group", "issuer"] * 2


def test_row_7_more_lines_than_stand_there_are_offered_and_ctrl_shift_v_adds_them(
    session: Session, qtbot: QtBot
) -> None:
    desk = Desk(session, stakeholders_table, qtbot)
    desk.paste(1, 0, "Bob B.\nCora\nDan\n")
    dialog = desk.preview()
    assert "2 more lines than stand here" in remarks_of(dialog)
    dialog.apply()
    assert [who.name for who in session.ledger.stakeholders.values()] == ["Ada", "Bob B.", "Cora", "Dan"]
    desk.paste(0, 0, "Elsa\nFranz\n", is_adding=True)
    assert [who.name for who in session.ledger.stakeholders.values()][-2:] == ["Elsa", "Franz"]
    assert not desk.plans


PRICES = {  # what is pasted, and what it is in en_US, de_CH and fr_FR; None asks or refuses
    "(0.5)": (None, None, None),
    "5-": (None, None, None),
    "$ 4.50": ("4.5", "4.5", None),
    "4.50 USD": ("4.5", "4.5", None),
    "€ 4": (None, None, None),
    "4 %": (None, None, None),
    "1'234'567.5": ("1234567.5", "1234567.5", None),
    "12,34,567": ("1234567", "1234567", "1234567"),
    "1\u00a0234\u00a0567": ("1234567", "1234567", "1234567"),
    "1\u202f234,5": (None, None, "1234.5"),
    "'0012": ("12", "12", "12"),
    "1.234": ("1.234", "1.234", None),
    "1,234": ("1234", None, "1.234"),
    "####": (None, None, None),
    "#REF!": (None, None, None),
    "1.2E+10": (None, None, None),
    "\ufeff7\0": ("7", "7", "7"),
}


@pytest.mark.parametrize("text", PRICES)
@row(9)
def test_row_9_a_pasted_price_is_understood_or_asked_about(
    locale: str, text: str, session: Session, qtbot: QtBot
) -> None:
    session.style = style_in(locale)
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(0, column_of(desk.model, "Price"), text)
    expected = PRICES[text][LOCALES.index(locale)]
    assert entered(session)[0].price == (None if expected is None else Decimal(expected))
    assert bool(desk.plans or desk.told) == (expected is None) or bool(desk.told)


@pytest.mark.parametrize(("answer", "shares"), [("groups", 1234), ("decimals", Decimal("1.234"))])
def test_row_9_what_can_be_two_numbers_is_asked_once_for_the_paste(
    answer: str, shares: Decimal, session: Session, qtbot: QtBot
) -> None:
    session.style = style_in("fr_FR")
    desk = Desk(session, transactions_table, qtbot)
    column = column_of(desk.model, "Shares")
    desk.paste(0, column, "1.234\n5.678\n10\n")
    dialog = desk.preview()
    assert dialog.block is not None
    assert len(dialog.block.problems) == 2
    assert "can be 1\u202f234 or 1,234" in dialog.block.lines[0][0].problem
    dialog.answer("point", answer)
    qtbot.waitUntil(lambda: dialog.block is not None and not dialog.block.problems)
    dialog.apply()
    assert entered(session)[0].quantity == shares


def test_a_day_number_of_a_spreadsheet_is_refused_with_its_day(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    desk.paste(0, 0, "37134\n2001-09-04\n")
    dialog = desk.preview()
    assert dialog.block is not None
    assert "it would be 31 Aug 2001" in dialog.block.lines[0][0].problem
    assert dialog.block.lines[1][0].value == date(2001, 9, 4)


def test_prices_pasted_into_share_counts_are_remarked_on(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, transactions_table, qtbot)
    column = column_of(desk.model, "Shares")
    desk.paste(0, column, "1234.56\n$5.00\n10\n")
    dialog = desk.preview()
    assert dialog.block is not None
    first, second, _ = (row[0] for row in dialog.block.lines)
    assert first.remark == "1,234.56 is no whole number: Shares counts shares, not money."
    assert second.problem == "“$5.00” is money, and Shares holds a count of shares."


def test_a_paste_over_a_calculated_column_says_so(session: Session, qtbot: QtBot) -> None:
    desk = Desk(session, cap_table, qtbot)
    desk.paste(0, 0, "Ada\n")
    assert session.history.done == ()
    assert desk.told


def test_plain_text_goes_before_html(session: Session) -> None:
    put("a\tb", "<table><tr><td>x</table>")
    assert clipboard_block(QGuiApplication.clipboard().mimeData(), PLAIN) == [["a", "b"]]
    put("", "<table><tr><td>x</table>")
    assert clipboard_block(QGuiApplication.clipboard().mimeData(), PLAIN) == [["x"]]


# What other programs put on the clipboard

NAMES = {
    "excel": ["Keller, Anna\n(joint with Urs)", 'Harbor Fund "II" LP', "Cora O'Brien"],
    "libreoffice": ["Keller, Anna\n(joint with Urs)", 'Harbor Fund "II" LP', "Cora O'Brien"],
    "google_sheets": ["Keller, Anna\n(joint with Urs)", 'Harbor Fund "II" LP', "Cora O'Brien"],
    "numbers": ["Keller, Anna", "Harbor Fund “II” LP", "Cora O’Brien"],
}
DAYS = [date(2001, 8, 31), date(2001, 9, 4), date(2001, 9, 5)]


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


# The preview: a list of a transfer agent


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


# What is copied is pasted as the same

NUMBERS = st.decimals(0, 10**15, allow_nan=False, places=4)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shares=st.integers(1, 10**15),
    price=NUMBERS,
    note=TEXTS,
    locale=st.sampled_from(LOCALES),
)
def test_what_is_copied_and_pasted_elsewhere_is_the_same_fact(
    shares: int, price: Decimal, note: str, locale: str, session: Session, qtbot: QtBot
) -> None:
    session.style = style = style_in(locale)
    desk = Desk(session, transactions_table, qtbot)
    model, source = desk.model, entered(session)[0]
    last = len(model.table.columns) - 1
    columns = {"Shares": style_text(shares, style), "Price": style_text(price, style), "Note": note}
    for title, text in columns.items():
        model.setData(model.index(0, column_of(model, title)), text)
    source = entered(session)[0]
    desk.hand.select(0, 0, 0, last)
    desk.hand.commands.copy()
    desk.hand.select(desk.end, 0, desk.end, 0)
    desk.hand.commands.paste()
    if desk.plans:
        dialog = desk.preview()
        assert dialog.block is not None
        assert dialog.block.problems == ()
        dialog.apply()
    copied = max(entered(session), key=lambda one: one.id)
    assert (copied.quantity, copied.price, copied.note) == (source.quantity, source.price, source.note)
    assert (copied.date, copied.kind, copied.stakeholder) == (source.date, source.kind, source.stakeholder)
    session.undo(len(session.history.done))


def style_text(value: Decimal | int, style: Style) -> str:
    return f"{value}".replace(".", style.decimal_mark)
