"""Copy and paste between this program and spreadsheets, cell by cell; in three languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication, QImage

from neocapgui.exchange.block_html import block_of_html
from neocapgui.exchange.block_text import block_of
from neocapgui.figures.cap_table import cap_table
from neocapgui.figures.facts_tables import stakeholders_table, transactions_table
from neocapgui.figures.grid.raw_cells import canonical
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.gui.tables.pasting import block_in, clipboard_texts
from neocapgui.ledger.edits import correct
from tests.gui.clipboards import Desk, entered, put, remarks_of
from tests.gui.grid_rows import LOCALES, row, style_in
from tests.gui.test_blocks import Hand, clipboard
from tests.gui.test_table_model import column_of, model_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.session import Session


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


def test_a_formula_in_the_name_of_a_security_is_guarded_in_the_head_it_becomes(session: Session) -> None:
    common = session.ledger.securities[1]
    session.do(correct("Rename", common, replace(common, name="=1+1")))
    hand = Hand(session, model_of(session, cap_table))
    hand.select(0, 0, 1, 1)
    hand.commands.copy_with_heads()
    assert "'=1+1" in QGuiApplication.clipboard().mimeData().text().splitlines()[0].split("\t")


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
    "12.34.567": (None, None, None),  # Indian groups have commas: this is a slip
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
    assert block_in(*clipboard_texts(QGuiApplication.clipboard().mimeData()), PLAIN) == [["a", "b"]]
    put("", "<table><tr><td>x</table>")
    assert block_in(*clipboard_texts(QGuiApplication.clipboard().mimeData()), PLAIN) == [["x"]]


NUMBERS = st.decimals(0, 10**15, allow_nan=False, places=4)
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
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
