"""Sorting, filtering and arranging a table shows the same lines of the same facts, typed by their kinds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.lens import Basis, Lens
from neocapgui.figures.column_cells import ColumnCells
from neocapgui.figures.facts_tables import stakeholders_table, transactions_table
from neocapgui.figures.grid.entry import entered
from neocapgui.figures.grid.found import Sought, found, places_found, replaced
from neocapgui.figures.grid.selected import figures_of, summary_of, summary_of_block
from neocapgui.figures.grid.sifted import Filter, Order, Sifting, arranged, places_of, shown_lines
from neocapgui.figures.kinds import PLAIN, Kind, NotUnderstood, Style
from neocapgui.figures.tables import Column, Row, Table, cells_of, keys_of
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.edits import apply
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

LENS = Lens(date(2030, 1, 1), 1, Basis.OUTSTANDING)
SWISS = Style(decimal_mark=".", group_mark="’")
NAMES = ("ada", "Bob", "Émile", "zoe", "Zoe & Co")
TITLES = [column.title for column in transactions_table(Ledger(), LENS).columns]
TEXTS = st.sampled_from(["", "a note", "A NOTE", "x", "1,234"])


def sifted(table: Table, sifting: Sifting) -> Table:
    """Return the table as it is looked at."""
    places = places_of(table, sifting)
    return table if places is None else shown_lines(table, places)


@st.composite
def entries(draw: st.DrawFn) -> list[Transaction]:
    """Draw entries of any sizes, some without price, partner or note."""
    count = draw(st.integers(0, 25))
    sizes = st.one_of(st.none(), st.decimals(0, 10**7, places=2), st.just(Decimal(10**20)))
    return [
        Transaction(
            id + 1,
            date(2001, 1, 1 + draw(st.integers(0, 9))),
            draw(st.sampled_from(["issuance", "transfer", "split"])),
            draw(st.integers(0, 2)),
            None,
            1,
            draw(st.one_of(st.none(), st.integers(1, len(NAMES)))),
            quantity=draw(sizes),
            price=draw(sizes),
            ratio=draw(st.sampled_from([None, Fraction(1, 25), Fraction(2)])),
            note=draw(TEXTS),
        )
        for id in range(count)
    ]


def ledger_of(records: list[Transaction]) -> Ledger:
    return Ledger(
        issuers={1: Issuer(1, "Acme")},
        stakeholders={id: Stakeholder(id, name) for id, name in enumerate(NAMES, 1)},
        securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
        transactions=Transactions.of(records),
    )


filters = st.builds(
    Filter,
    st.sampled_from(TITLES),
    st.sampled_from(["", "o", "1", "note"]),
    st.one_of(st.none(), st.just(frozenset({"Issuance", "", "1:25", "Bob"}))),
    is_blank=st.sampled_from([None, True, False]),
)
siftings = st.builds(
    Sifting,
    st.one_of(st.none(), st.builds(Order, st.sampled_from(TITLES), st.booleans())),
    st.lists(filters, max_size=2).map(tuple),
)


def ids(table: Table) -> list[int]:
    return [row.key for row in table.rows]


@given(entries(), siftings)
def test_what_is_seen_are_lines_of_the_table_and_the_facts_stay(
    records: list[Transaction], sifting: Sifting
) -> None:
    ledger = ledger_of(records)
    before = list(ledger.transactions)
    table = transactions_table(ledger, LENS)
    seen = sifted(table, sifting)
    stored = {row.key: row for row in table.rows}
    assert len(set(ids(seen))) == len(ids(seen))
    assert all(stored[row.key] == row for row in seen.rows)
    assert list(keys_of(seen)) == ids(seen)
    if not sifting.hides:
        assert sorted(ids(seen)) == sorted(stored)
    assert ids(sifted(table, Sifting())) == ids(table)
    assert list(ledger.transactions) == before


@given(entries(), siftings)
def test_a_column_at_once_holds_what_its_lines_hold(records: list[Transaction], sifting: Sifting) -> None:
    table = sifted(transactions_table(ledger_of(records), LENS), sifting)
    for place, column in enumerate(table.columns):
        cells = cells_of(table, place)
        texts = cells.texts(column.kind, column.choices, PLAIN)
        assert [cells.values[code] for code in cells.codes] == [row.cells[place] for row in table.rows]
        assert [texts[code] for code in cells.codes] == [
            column.text(row.cells[place], PLAIN) for row in table.rows
        ]


@given(entries(), siftings, st.integers(0, 24))
def test_an_edit_of_a_seen_line_is_an_edit_of_its_fact(
    records: list[Transaction], sifting: Sifting, line: int
) -> None:
    ledger = ledger_of(records)
    table = sifted(transactions_table(ledger, LENS), sifting)
    if line >= len(table.rows):
        return
    row, note = table.rows[line], TITLES.index("Note")
    edit = entered(ledger, table, row, table.columns[note], "seen", PLAIN)
    after = ledger if edit is None else apply(ledger, edit)
    changed = [one.id for one in after.transactions if one.note == "seen"]
    assert changed == [row.key]


@given(entries(), st.sampled_from(["Shares", "Day", "Stakeholder", "Note"]), st.booleans())
def test_order_is_by_kind_and_nothing_stands_last(
    records: list[Transaction], title: str, is_falling: bool
) -> None:
    table = sifted(transactions_table(ledger_of(records), LENS), Sifting(Order(title, is_falling)))
    place = TITLES.index(title)
    values = [row.cells[place] for row in table.rows]
    there = [value for value in values if value not in (None, "")]
    assert values[: len(there)] == there
    keys = [NAMES[value - 1].casefold() for value in there] if title == "Stakeholder" else there
    keys = [key.casefold() if isinstance(key, str) else key for key in keys]
    assert keys == sorted(keys, reverse=is_falling)


def test_equals_keep_the_order_in_which_they_are_stored() -> None:
    records = [Transaction(id, date(2001, 1, id), "issuance", 0, None, 1, 1) for id in (1, 2, 3)]
    table = transactions_table(ledger_of(records), LENS)
    for is_falling in (False, True):
        assert places_of(table, Sifting(Order("Kind", is_falling))).tolist() == [0, 1, 2]  # type: ignore[union-attr]


def prices(*figures: str | None) -> Table:
    records = [
        Transaction(
            id, date(2001, 1, id), "issuance", 0, None, 1, 1, price=None if one is None else Decimal(one)
        )
        for id, one in enumerate(figures, 1)
    ]
    return transactions_table(ledger_of(records), LENS)


def test_a_range_takes_both_ends_in_and_leaves_nothing_out_of_it() -> None:
    table = prices("3.48", None, "3.4801", "10")
    assert ids(sifted(table, Sifting(filters=(Filter("Price", least="3.48", most="3.4801"),)))) == [1, 3]
    assert ids(sifted(table, Sifting(filters=(Filter("Price", least="4"),)))) == [4]
    assert ids(sifted(table, Sifting(filters=(Filter("Day", most="2001-01-02"),)))) == [1, 2]


def test_a_range_that_is_no_value_or_the_wrong_way_round_is_refused() -> None:
    for one in (Filter("Price", least="cheap"), Filter("Price", least="2", most="1")):
        with pytest.raises(NotUnderstood):
            sifted(prices("1"), Sifting(filters=(one,)))


def test_figures_are_found_with_and_without_marks_and_as_values() -> None:
    table = prices("1234567", "2.5", "25")
    for sought, style, lines in (
        ("1234567", PLAIN, [0]),
        ("1,234,567", PLAIN, [0]),
        ("1’234’567", SWISS, [0]),
        ("2.500", PLAIN, [1]),
        ("5", PLAIN, [0, 1, 2]),
    ):
        hits = found(table, Sought(sought, column="Price"), style)
        assert [place // len(table.columns) for place in places_found(hits, len(table.columns))] == lines


def test_replacing_keeps_the_rest_of_a_cell() -> None:
    note, shares = Column("Note", Kind.TEXT), Column("Shares", Kind.SHARES)
    assert replaced(note, "Ada and ADA", "Ada and ADA", Sought("ada"), "Bo") == "Bo and Bo"
    assert replaced(note, "Ada and ADA", "Ada and ADA", Sought("ADA", True), "Bo") == "Ada and Bo"
    assert replaced(shares, "1,234,567", Decimal(1_234_567), Sought("1234567"), "5") == "5"
    assert replaced(shares, "1,234,567", Decimal(1_234_567), Sought("234"), "9") == "19567"


def test_columns_are_moved_and_hidden_and_their_cells_with_them() -> None:
    row = Row(("Ada", 1, 2, 3), key=7)
    columns = tuple(Column(title, Kind.TEXT) for title in ("Holder", "Common", "Warrants", "All"))
    table = Table("t", "T", columns, (row,), total=replace(row, is_total=True))
    seen = arranged(table, ("All", "Holder", "Warrants"), {"Common", "Holder"})
    assert [column.title for column in seen.columns] == ["Holder", "All", "Warrants"]
    assert seen.rows[0].cells == ("Ada", 3, 2)
    assert seen.total is not None
    assert seen.total.cells == ("Ada", 3, 2)
    assert [cells_of(seen, 1).values[code] for code in cells_of(seen, 1).codes] == [3]


@given(entries(), st.integers(0, 25), st.integers(0, 25))
def test_a_large_selection_comes_to_what_its_cells_come_to(
    records: list[Transaction], first: int, last: int
) -> None:
    table = transactions_table(ledger_of(records), LENS)
    lines = range(min(first, len(table.rows)), max(min(first, len(table.rows)), min(last, len(table.rows))))
    for places in ([4], [4, 5], [0, 4], [0]):
        one_by_one = [
            (table.columns[place], table.rows[line].cells[place]) for line in lines for place in places
        ]
        block, singly = summary_of_block(table, lines, places), summary_of(one_by_one)
        assert figures_of(block, PLAIN) == figures_of(singly, PLAIN)


def test_names_are_put_in_order_whatever_their_case() -> None:
    people = Ledger(stakeholders={id: Stakeholder(id, name) for id, name in enumerate(("b", "A", "c"), 1)})
    table = sifted(stakeholders_table(people, LENS), Sifting(Order("Stakeholder")))
    assert [row.cells[0] for row in table.rows] == ["A", "b", "c"]


def test_cells_count_how_many_lines_have_each_value() -> None:
    assert ColumnCells.of(["a", "b", "a"]).counts() == [2, 1]
