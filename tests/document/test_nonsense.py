"""Rows that hold nonsense are refused by table and number, by the quick reader as by the plain one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.document import bulk, canonical, rows, schema
from neocapgui.document.document import Document
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.transactions import Transaction
from tests.document.files import changed, sentence
from tests.document.ledgers import acme

NO_NUMBER = "which is no number"
NO_DAY = "which is no day"
NO_RATIO = "which is no ratio"
NO_ROW = "rows are numbered from 1 to 10,000,000"
FAR = "which is beyond 2147483647"
LONG = "12345678901234567890x"

# A cell of a row, what stands in it, and what is said of it.
CELLS = (
    ("transactions", 2, "quantity = 'abc'", f"quantity holds 'abc', {NO_NUMBER}"),
    ("transactions", 2, "quantity = '1e5'", f"quantity holds '1e5', {NO_NUMBER}"),
    ("transactions", 4, "price = '3,48'", f"price holds '3,48', {NO_NUMBER}"),
    ("transactions", 4, "price = '.5'", f"price holds '.5', {NO_NUMBER}"),
    ("transactions", 4, "price = '5.'", f"price holds '5.', {NO_NUMBER}"),
    ("transactions", 4, "price = '1.2.3'", f"price holds '1.2.3', {NO_NUMBER}"),
    ("transactions", 4, "price = '-'", f"price holds '-', {NO_NUMBER}"),
    ("transactions", 4, "price = '٣'", f"price holds '٣', {NO_NUMBER}"),
    ("transactions", 1, f"amount = '{LONG}'", f"amount holds '{LONG}', {NO_NUMBER}"),
    ("transactions", 3, "date = '2001-02-29'", f"date holds '2001-02-29', {NO_DAY}"),
    ("transactions", 3, "date = '20010301'", f"date holds '20010301', {NO_DAY}"),
    ("transactions", 3, "date = '0000-01-01'", f"date holds '0000-01-01', {NO_DAY}"),
    ("transactions", 3, "recorded = '2001-13-01'", f"recorded holds '2001-13-01', {NO_DAY}"),
    ("transactions", 1, "kind = 'gift'", "'gift' is no kind of transaction"),
    ("transactions", 1, "kind = 'conversion_prices'", "'conversion_prices' is no kind of transaction"),
    ("transactions", 1, "certainty = 'maybe'", "certainty holds 'maybe', which is none of published, "),
    ("transactions", 4, "issuer = -1", f"issuer holds -1; {NO_ROW}"),
    ("transactions", 2, "stakeholder = 9", "stakeholder names 9, which is not among the stakeholders"),
    ("transactions", 2, '"order" = 3000000000', f"order holds 3000000000, {FAR}"),
    ("transactions", 5, "ratio_old = '0'", f"ratio_new holds 1:0, {NO_RATIO}"),
    ("transactions", 5, "ratio_old = '-5'", f"ratio_new holds 1:-5, {NO_RATIO}"),
    ("transactions", 5, "ratio_old = NULL", "ratio_new holds None, which is no whole number"),
    ("transactions", 3, "note = 'a' || char(31)", "note holds the character U+001F, which no text may hold"),
    ("issuers", 1, "formed = 'soon'", f"formed holds 'soon', {NO_DAY}"),
    ("securities", 1, "kind = 'magic'", "kind holds 'magic', which is none of common, "),
    ("securities", 1, "votes_as_converted = 2", "votes_as_converted holds 2, which is neither 0 nor 1"),
    ("securities", 1, "votes = 'one'", f"votes holds 'one', {NO_NUMBER}"),
    ("securities", 1, "plan = 77", "plan names 77, which is not among the securities"),
    ("securities", 4, "exercise_into = 77", "exercise_into names 77, which is not among the securities"),
    ("securities", 1, "redemption_day = 'x'", f"redemption_day holds 'x', {NO_DAY}"),
    ("securities", 1, "liquidation_seniority = 1 << 40", f"liquidation_seniority holds {1 << 40}, {FAR}"),
    ("conversion_rights", 1, "resets = '2001-01-02;2001'", f"resets holds '2001-01-02;2001', {NO_DAY}"),
    ("conversion_rights", 2, "ratio_new = 'x'", "ratio_new holds 'x', which is no whole number"),
    ("prices", 1, "close = 'n/a'", f"close holds 'n/a', {NO_NUMBER}"),
)

_UNREADABLE = "changes 1: what was said of a row of issuers is not readable"
_CHANGE = "INSERT INTO changes VALUES (1, 5, {}, 1, NULL, {})"

OTHERS = (
    ("UPDATE transactions SET id = -4 WHERE id = 4", f"transactions -4: id holds -4; {NO_ROW}"),
    ("UPDATE issuers SET id = 0 WHERE id = 2", f"issuers 0: id holds 0; {NO_ROW}"),
    (
        "UPDATE transactions SET note = CAST(x'ff41' AS TEXT) WHERE id = 3",
        "transactions: the row after 2 holds a text that is not in Unicode",
    ),
    (
        "UPDATE issuers SET name = CAST(x'ff41' AS TEXT) WHERE id = 1",
        "issuers: the first row holds a text that is not in Unicode",
    ),
    (_CHANGE.format("'issuers'", "'{}'"), "changes 1: issuers None: id holds None, which is no whole number"),
    (_CHANGE.format("'issuers'", """'{"id":1,"name":"A"}'"""), "changes: one names edit 5, which is not"),
    (_CHANGE.format("'evils'", "'{}'"), "changes 1: 'evils' is no table of facts"),
    (_CHANGE.format("'issuers'", "'['"), _UNREADABLE),
    (_CHANGE.format("'issuers'", "replace(hex(zeroblob(100000)), '00', '[')"), _UNREADABLE),
    (
        _CHANGE.format("'issuers'", "'{\"id\":' || replace(hex(zeroblob(5000)), '00', '9') || '}'"),
        _UNREADABLE,
    ),
    (_CHANGE.format("'issuers'", """'{"evil":1}'"""), _UNREADABLE),
    (_CHANGE.format("'issuers'", "NULL"), "changes 1: it changes nothing"),
    ("DELETE FROM meta", "it has no number of its own"),
)


@pytest.mark.parametrize(("table", "row", "cell", "said"), CELLS, ids=[cell for _, _, cell, _ in CELLS])
def test_a_cell_that_holds_nonsense_is_named(file: Path, table: str, row: int, cell: str, said: str) -> None:
    path = changed(file, f"UPDATE {table} SET {cell} WHERE id = {row}")
    assert sentence(path).startswith(f"acme.db could not be opened: {table} {row}: {said}")


@pytest.mark.parametrize(("statement", "said"), OTHERS, ids=[statement for statement, _ in OTHERS])
def test_other_nonsense_is_named(file: Path, statement: str, said: str) -> None:
    assert sentence(changed(file, statement)).startswith(f"acme.db could not be opened: {said}")


def test_figures_need_not_be_canonical_to_be_read(file: Path) -> None:
    changed(
        file, "UPDATE transactions SET quantity = '0700.500', amount = '', ratio_new = '2', ratio_old = '50'"
    )
    with Document.open(file) as document:
        assert {str(record.quantity) for record in document.ledger.transactions} == {"700.5"}
        assert {record.amount for record in document.ledger.transactions} == {None}
        assert {str(record.ratio) for record in document.ledger.transactions} == {"1/25"}
        assert document.warnings == (
            "Rows 1, 2, 3, 4, 5, 6 and 7 of the table transactions were changed by another program.",
        )


ANYTHING = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.integers(-3, 10),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
    st.text("0123456789.-", max_size=22),
    st.dates().map(str),
    st.sampled_from(["transfer", "published", "١", "1\n", " 1", "+1", "1_000", "NaN", "0x1", "-0", "--1"]),
)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(rows.FORM[Transaction].columns[1:]), ANYTHING, min_size=1, max_size=3))
def test_the_quick_reader_refuses_what_the_plain_one_refuses(cells: dict[str, object]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        schema.create_tables(connection)
        connection.execute("PRAGMA ignore_check_constraints = ON")
        rows.insert(connection, Transaction, [rows.cells(record) for record in acme().transactions])
        said = ", ".join(f'"{column}" = ?' for column in cells)
        try:
            connection.execute(f"UPDATE transactions SET {said} WHERE id = 4", list(cells.values()))
        except sqlite3.IntegrityError:
            return  # a STRICT table holds no such thing
        columns = schema.columns(connection, "transactions")
        plain: Transactions | None
        try:
            plain = Transactions.of(rows.facts(connection, Transaction))
        except (ValueError, OverflowError):
            plain = None
        try:
            quick = bulk.read(connection, canonical.blocks(connection, "transactions", columns), columns)
        except ValueError:
            assert plain is None
        else:
            assert plain is not None
            assert list(quick) == list(plain)


def test_splits_that_make_endless_counts_are_refused(tmp_path: Path) -> None:
    ledger = acme()
    path = tmp_path / "splits.db"
    (security,) = [one.id for one in ledger.securities.values()][:1]
    splits = [
        Transaction(1000 + number, date(2020, 1, 1), "split", security=security, ratio=Fraction(10**17))
        for number in range(100)
    ]
    with Document.create(replace(ledger, transactions=Transactions.of(splits))) as document:
        document.save(path)
    again = "INSERT INTO transactions SELECT 1000 + id, {} FROM transactions"
    with closing(sqlite3.connect(path)) as connection:
        columns = [f'"{name}"' for name in schema.columns(connection, "transactions") if name != "id"]
    assert sentence(changed(path, again.format(", ".join(columns)))) == (
        "splits.db could not be opened: its 200 splits together make counts of 3,400 digits, and 3,000 can be"
        " counted with."
    )
