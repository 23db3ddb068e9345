"""What typing into a cell means: exactly one edit, no edit, or a sentence why not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.lens import Lens
from neocapgui.figures.cap_table import cap_table
from neocapgui.figures.facts_tables import (
    approvals_table,
    conversion_rights_table,
    issuers_table,
    prices_table,
    published_counts_table,
    securities_table,
    stakeholders_table,
    transactions_table,
)
from neocapgui.figures.grid.entry import entered, removed
from neocapgui.figures.kinds import PLAIN, NotUnderstood, Style
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Edit, EditRefused, apply
from neocapgui.ledger.facts import Approval, Price, PublishedCount, Security
from neocapgui.ledger.ledger import Fact, Ledger, value_at
from neocapgui.ledger.terms import Allocation, Certainty, Exercise, SecurityKind, Vesting
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import (
    ADA,
    BETA_ITSELF,
    BOB,
    COMMON,
    PREFERRED,
    TWO_FOR_ONE,
    cast,
    converted,
    day,
    issued,
    scenarios,
)

LENS = Lens(day("06-01"), 1)
NOTICE = converted(3, "08-15", ADA, 70, 201_149, price=Decimal("3.48"))
GERMAN = Style(",", ".", "DMY", ".")
QUESTIONS: tuple[Callable[[Ledger, Lens], Table], ...] = (
    issuers_table,
    stakeholders_table,
    securities_table,
    conversion_rights_table,
    prices_table,
    approvals_table,
    published_counts_table,
    transactions_table,
)


def column(table: Table, title: str) -> Column:
    return next(one for one in table.columns if one.title == title)


def line(table: Table, id: int) -> Row:
    return next(row for row in table.rows if row.key == id)


def typed(
    title: str, text: str, *facts: Fact, ask: Any = transactions_table, id: int = 3, style: Style = PLAIN
) -> Edit | None:
    """Return what typing into the cell of a fact makes, or into the empty line where `id` is 0."""
    book = cast(*facts)
    table = ask(book, LENS)
    return entered(book, table, line(table, id) if id else None, column(table, title), text, style)


def after(title: str, text: str, *facts: Fact, **where: Any) -> Any:
    edit = typed(title, text, *facts, **where)
    assert edit is not None
    (change,) = edit.changes
    return change.after


def refused(title: str, text: str, *facts: Fact, **where: Any) -> str:
    with pytest.raises(NotUnderstood) as refusal:
        typed(title, text, *facts, **where)
    return str(refusal.value)


def test_a_corrected_notice_is_one_edit_with_a_name_for_the_undo_menu() -> None:
    edit = typed("Price", "3.54", NOTICE)
    assert edit is not None
    assert edit.label == "Change price to 3.54"
    (change,) = edit.changes
    assert change.before == NOTICE
    assert change.after == replace(NOTICE, price=Decimal("3.54"))


@pytest.mark.parametrize(
    ("title", "text", "field", "value"),
    [
        ("Day", "2022-08-31", "date", date(2022, 8, 31)),
        ("Day", "31 Aug 2022", "date", date(2022, 8, 31)),
        ("Kind", "exchange", "kind", "exchange"),
        ("Shares", "1,000.5", "quantity", Decimal("1000.5")),
        ("Price", "", "price", None),
        ("Amount", "(5)", "amount", Decimal(-5)),
        ("Into shares", "201,150", "into_quantity", Decimal(201_150)),
        ("Into", "Series A", "into_security", 2),
        ("Stakeholder", "BOB", "stakeholder", BOB.id),
        ("Counterparty", "Beta GmbH", "counterparty", BETA_ITSELF.id),
        ("Ratio", "1:25", "ratio", Fraction(1, 25)),
        ("Certainty", "planned", "certainty", Certainty.PLANNED),
        ("Order", "2", "order", 2),
        ("Note", "  Read   again. ", "note", "Read again."),
    ],
)
def test_a_cell_is_typed_by_its_kind(title: str, text: str, field: str, value: Any) -> None:
    assert value_at(after(title, text, NOTICE), field) == value
    assert after(title, text, NOTICE) == replace(NOTICE, **{field: value})


def test_typing_what_stands_there_changes_nothing() -> None:
    assert typed("Price", "3.480", NOTICE) is None
    assert typed("Stakeholder", "ada", NOTICE) is None
    assert typed("Note", "  ", NOTICE) is None
    assert typed("Amount", "", NOTICE) is None


def test_a_number_is_typed_in_the_marks_of_the_language() -> None:
    assert after("Price", "1.234,5", NOTICE, style=GERMAN).price == Decimal("1234.5")
    edit = typed("Price", "1.234,5", NOTICE, style=GERMAN)
    assert edit is not None
    assert edit.label == "Change price to 1.234,50"


def test_what_cannot_be_read_is_refused_with_the_text() -> None:
    assert refused("Price", "3.4.8", NOTICE) == "“3.4.8” is not a number such as 1,234.5."
    assert refused("Into", "Series Z", NOTICE) == "“Series Z” is not one of the securities of this scenario."
    assert refused("Certainty", "rumoured", NOTICE) == (
        "“rumoured” is none of: published, inferred, assumed, planned."
    )


@pytest.mark.parametrize("text", ["0", "0:5", "-1:25", "-3"])
def test_a_ratio_of_nothing_or_less_is_refused(text: str) -> None:
    assert refused("Ratio", text, NOTICE) == (
        f"“{text}” is not a ratio such as 1:25 (new shares for old shares)."
    )


def test_what_must_be_said_cannot_be_emptied() -> None:
    assert refused("Day", "", NOTICE) == "Day cannot be empty."
    assert refused("Kind", "", NOTICE).startswith("“” is none of: Opening balance, Issuance")
    assert after("Order", "", replace(NOTICE, order=3)).order == 0
    assert after("Counterparty", "", replace(NOTICE, counterparty=BOB.id)).counterparty is None


def test_a_calculated_cell_cannot_be_typed() -> None:
    book = cast(issued(1, "01-01", ADA, 5))
    table = cap_table(book, LENS)
    with pytest.raises(NotUnderstood, match="Stake % is calculated and cannot be typed"):
        entered(book, table, table.rows[0], column(table, "Stake %"), "5")


# New lines and new names


def test_the_empty_line_records_a_new_fact_with_its_number() -> None:
    edit = typed("Shares", "100", NOTICE, id=0)
    assert edit is not None
    assert edit.label == "Add to transactions"
    (change,) = edit.changes
    assert change.before is None
    assert change.after == Transaction(4, LENS.as_of, "issuance", security=1, quantity=Decimal(100))


def test_nothing_typed_into_the_empty_line_records_nothing() -> None:
    for text in ("", "  "):
        assert typed("Shares", text, NOTICE, id=0) is None
        assert typed("Stakeholder", text, ask=stakeholders_table, id=0) is None


def test_a_name_that_is_not_known_yet_is_recorded_in_the_same_step() -> None:
    book = cast(NOTICE)
    edit = typed("Stakeholder", " Dora ", NOTICE)
    assert edit is not None
    assert edit.label == "Change stakeholder to Dora"
    newcomer, correction = edit.changes
    assert newcomer.before is None
    done = apply(book, edit)
    who = next(one for one in done.stakeholders.values() if one.name == "Dora")
    assert correction.after == replace(NOTICE, stakeholder=who.id)
    assert apply(done, edit.inverse()).stakeholders == book.stakeholders


def test_only_holders_are_recorded_by_naming_them() -> None:
    assert "is not one of the securities" in refused("Security", "Dora", NOTICE)


def test_a_new_line_of_each_table_begins_with_what_is_near_at_hand() -> None:
    assert after("Stakeholder", "Dora", ask=stakeholders_table, id=0).name == "Dora"
    assert after("Company", "Gamma", ask=issuers_table, id=0).name == "Gamma"
    new = after("Security", "Series B", ask=securities_table, id=0)
    assert new == Security(7, 1, "Series B", SecurityKind.COMMON)
    assert after("Close", "2.5", ask=prices_table, id=0) == Price(1, 1, LENS.as_of, close=Decimal("2.5"))
    assert after("Subject", "Split", ask=approvals_table, id=0) == Approval(1, 1, "board", "Split")
    assert after("Shares stated", "5", ask=published_counts_table, id=0) == PublishedCount(
        1, LENS.as_of, 1, Decimal(5)
    )
    assert after("Ratio", "3", TWO_FOR_ONE, ask=conversion_rights_table, id=0).ratio == 3


def test_where_there_is_no_company_no_line_can_be_added() -> None:
    book = cast()
    table = securities_table(book, replace(LENS, issuer=None))
    with pytest.raises(NotUnderstood, match="No line can be added to Securities"):
        entered(book, table, None, column(table, "Security"), "Series B")


def test_a_value_inside_a_value_is_typed() -> None:
    option = Security(9, 1, "Option", SecurityKind.OPTION, exercise=Exercise(1, Decimal(5)))
    where = {"ask": securities_table, "id": 9}
    assert after("Exercise price", "6.5", option, **where).exercise == Exercise(1, Decimal("6.5"))
    assert after("Buys", "", option, **where).exercise == Exercise(None, Decimal(5))
    assert after("Rate", "7 %", option, **where).accrual.rate == Decimal("0.07")
    assert after("Adjustable", "yes", option, **where).exercise.adjustable is True
    quarterly = replace(option, vesting=Vesting(duration_months=48, period_months=3))
    assert after("Vests over", "36", quarterly, **where).vesting == Vesting(None, None, 36, 3)
    assert after("Vests every", "", quarterly, **where).vesting == Vesting(duration_months=48)
    assert after("Allocation", "front loaded", option, **where).vesting.allocation is Allocation.FRONT_LOADED
    assert after("Of market", "92", TWO_FOR_ONE, ask=conversion_rights_table, id=1).look_back.multiplier == (
        Decimal("0.92")
    )


def test_securities_of_the_same_name_are_told_apart() -> None:
    twin = replace(COMMON, id=30)
    other = replace(COMMON, id=31, issuer=4)
    assert after("Into", "Common Stock (30)", twin, other, NOTICE).into_security == 30
    assert after("Into", "Beta · Common Stock", twin, other, NOTICE).into_security == 31
    three = [
        replace(COMMON, id=30, name="A"),
        replace(COMMON, id=31, name="A (32)"),
        replace(COMMON, id=32, name="A"),
    ]
    book = cast(*three, NOTICE)
    choices = column(transactions_table(book, LENS), "Into").choices
    assert choices is not None
    for security in book.securities:
        assert choices.value_of(choices.name_of(security)) == security


# Removing


def test_removed_lines_are_one_edit() -> None:
    book = cast(NOTICE, replace(NOTICE, id=4))
    table = transactions_table(book, LENS)
    one, both = removed(book, table, [NOTICE]), removed(book, table, list(book.transactions))
    assert (one.label, len(one.changes)) == ("Remove Transaction 3", 1)
    assert (both.label, len(both.changes)) == ("Remove 2 of transactions", 2)
    assert len(apply(book, both).transactions) == 0


def test_what_stands_in_the_way_of_a_removal_is_told() -> None:
    book = cast(NOTICE, TWO_FOR_ONE)
    edit = removed(book, securities_table(book, LENS), [PREFERRED])
    assert edit.label == "Remove Series A"
    with pytest.raises(EditRefused, match="Series A cannot be removed: 1 conversion right and 1 transaction"):
        apply(book, edit)


# Laws


@settings(max_examples=40)
@given(scenarios(), st.sampled_from(QUESTIONS), st.data())
def test_what_a_cell_shows_is_understood_as_what_stands_there(
    book: Ledger, ask: Any, data: st.DataObject
) -> None:
    """Typed again as shown, a cell changes nothing, unless its figure was cut or is a blank."""
    table = ask(book, LENS)
    for row in table.rows:
        cell = data.draw(st.sampled_from(range(len(table.columns))))
        head, value = table.columns[cell], row.cells[cell]
        text = head.text(value, PLAIN)
        if text and not text.endswith("…") and (not isinstance(value, Decimal) or value >= 0):
            edit = entered(book, table, row, head, text)
            assert edit is None or head.title in ("Amount", "Up to amount"), (head.title, value, text)


@settings(max_examples=40)
@given(
    scenarios(),
    st.sampled_from(QUESTIONS),
    st.sampled_from(("", "5", "0.5", "Ada", "31 Aug 2001", "yes")),
    st.data(),
)
def test_whatever_is_typed_is_one_edit_that_can_be_taken_back_or_a_refusal(
    book: Ledger, ask: Any, text: str, data: st.DataObject
) -> None:
    table = ask(book, LENS)
    row = data.draw(st.sampled_from([None, *table.rows]))
    head = data.draw(st.sampled_from(table.columns))
    edit = None
    try:
        edit = entered(book, table, row, head, text)
        done = book if edit is None else apply(book, edit)
    except (NotUnderstood, EditRefused):
        return
    if edit is not None:
        assert len(edit.changes) <= 2
        assert list(apply(done, edit.inverse()).transactions) == list(book.transactions)
        assert apply(done, edit.inverse()).securities == book.securities
