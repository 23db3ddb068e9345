"""The columns give back every entry as it was recorded, and follow an edit as if built anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.ledger.columns import (
    DECIMALS,
    MISSING,
    NOTHING,
    REFERENCES,
    TEXTS,
    Figures,
    TextPool,
    Transactions,
    decimal_places,
    plain,
)
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KINDS, Transaction
from tests.ledger.pools import pool_of

DAY = date(2001, 8, 15)
NOTICE = Transaction(
    12,
    DAY,
    "conversion",
    order=2,
    security=5,
    stakeholder=3,
    quantity=Decimal(70),
    price=Decimal("3.48"),
    amount=Decimal(700_000),
    into_security=1,
    into_quantity=Decimal(201_149),
    certificate="C-7",
    approval=4,
    certainty=Certainty.INFERRED,
    recorded=date(2001, 9, 4),
    source="Release of 4 Sep 2001",
    note="First notice.",
)
SPLIT = Transaction(7, DAY, "split", security=1, ratio=Fraction(1, 25), value="cash")
RENAME = Transaction(9, date(2002, 12, 11), "rename", issuer=1, value="Spectrum Pharmaceuticals, Inc.")


def held(*records: Transaction) -> Transactions:
    return Transactions.of(records)


# Reading back


def test_an_entry_is_read_back_as_it_was_recorded() -> None:
    assert list(held(NOTICE, SPLIT, RENAME)) == [SPLIT, NOTICE, RENAME]


def test_an_empty_ledger_has_no_entries() -> None:
    nothing = held()
    assert len(nothing) == nothing.until(date.max) == 0
    assert list(nothing) == []
    assert nothing.next_id() == 1
    assert nothing.get(1) is None
    assert list(nothing.changed([], [NOTICE])) == [NOTICE]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_held(kind: object) -> None:
    name = getattr(kind, "name", "")
    assert held(replace(NOTICE, kind=name))[0].kind == name


def test_a_ratio_of_nothing_is_not_the_same_as_no_ratio() -> None:
    wrong = replace(SPLIT, ratio=Fraction(0))
    assert held(wrong)[0] == wrong
    assert held(replace(SPLIT, ratio=None))[0].ratio is None


def test_the_first_and_the_last_day_of_the_calendar_are_held() -> None:
    first, last = replace(NOTICE, id=1, date=date.min, recorded=date.min), replace(NOTICE, date=date.max)
    assert list(held(last, first)) == [first, last]


def test_figures_are_exact_at_any_size_and_any_number_of_decimals() -> None:
    records = [
        replace(NOTICE, id=1, quantity=Decimal(10) ** 30 + 1, price=Decimal("0.000000000001")),
        replace(NOTICE, id=2, quantity=Decimal("0.00001"), price=Decimal(10) ** 20),
        replace(NOTICE, id=3, quantity=None, price=Decimal(0)),
        replace(NOTICE, id=4, quantity=Decimal(-7), price=None),
    ]
    assert [record.quantity for record in held(*records)] == [
        Decimal(10) ** 30 + 1,
        Decimal("0.00001"),
        None,
        -7,
    ]
    assert list(held(*records)) == records


def test_a_figure_is_given_back_without_trailing_zeros() -> None:
    assert str(held(replace(NOTICE, price=Decimal("3.480")))[0].price) == "3.48"
    assert str(held(replace(NOTICE, quantity=Decimal("1E+3")))[0].quantity) == "1000"
    assert str(plain(-12300, 4)) == "-1.23"
    assert [decimal_places(Decimal(text)) for text in ("3.480", "1E+3", "0.125", "0")] == [2, 0, 3, 0]


# Order


def test_entries_stand_by_day_then_order_then_number() -> None:
    days = [
        (date(2022, 1, 2), 0, 1),
        (date(2022, 1, 1), 5, 2),
        (date(2022, 1, 1), 1, 9),
        (date(2022, 1, 1), 1, 4),
    ]
    book = held(*(Transaction(id, day, "issuance", order=order) for day, order, id in days))
    assert [record.id for record in book] == [4, 9, 2, 1]


def test_entries_until_a_day_include_that_day() -> None:
    book = held(SPLIT, NOTICE, RENAME)
    assert [book.until(day) for day in (date(2001, 8, 14), DAY, date(2002, 12, 10), date.max)] == [0, 2, 2, 3]


def test_columns_read_in_any_order_are_put_in_order() -> None:
    book = held(SPLIT, NOTICE, RENAME)
    back = np.array([2, 0, 1])
    mixed = Transactions(
        {name: column[back] for name, column in book.numbers.items()},
        {name: Figures(column.units[back], column.places) for name, column in book.figures.items()},
        {name: replace(column, numbers=column.numbers[back]) for name, column in book.texts.items()},
    )
    assert list(mixed.in_order()) == list(book)
    assert list(book.in_order()) == list(book)


# Asking


def test_an_entry_is_found_by_its_number_and_by_whom_it_names() -> None:
    book = held(SPLIT, NOTICE, RENAME)
    assert book.get(12) == NOTICE
    assert book.row_of(7) == 0
    assert book.get(99) is None
    assert book.next_id() == 13
    assert book.rows_naming("security", 1).tolist() == [0]
    assert book.rows_naming("into_security", 1).tolist() == [1]


def test_what_an_entry_does_not_say_is_lacking() -> None:
    book = held(SPLIT, NOTICE)
    for field, lacking in {
        "quantity": [True, False],
        "ratio": [False, True],
        "value": [False, True],
        "stakeholder": [True, False],
        "source": [True, False],
    }.items():
        assert book.lacking(field).tolist() == lacking


# Changes


def test_an_older_ledger_is_not_touched_by_a_change() -> None:
    before = held(SPLIT, NOTICE)
    corrected = replace(NOTICE, price=Decimal("3.4801"), into_quantity=Decimal(10) ** 20, note="Read again.")
    after = before.changed([NOTICE], [corrected])
    assert list(before) == [SPLIT, NOTICE]
    assert list(after) == [SPLIT, corrected]


def test_a_corrected_day_moves_the_entry_to_its_place() -> None:
    later = replace(SPLIT, date=date(2003, 1, 1))
    assert list(held(SPLIT, NOTICE, RENAME).changed([SPLIT], [later])) == [NOTICE, RENAME, later]
    first = replace(NOTICE, order=-1)
    assert list(held(SPLIT, NOTICE).changed([NOTICE], [first])) == [first, SPLIT]


def test_entries_are_put_in_before_between_and_behind() -> None:
    book = held(SPLIT, NOTICE, RENAME)
    new = [
        replace(NOTICE, id=1, date=date.min),
        replace(NOTICE, id=2),
        replace(NOTICE, id=20),
        replace(NOTICE, id=21, date=date.max),
    ]
    assert [record.id for record in book.changed([], new)] == [1, 7, 2, 12, 20, 9, 21]


numbers = st.one_of(st.none(), st.integers(1, 50))
figures = st.one_of(
    st.none(),
    st.integers(0, 999).map(Decimal),
    st.decimals(-(10**4), 10**4, allow_nan=False, allow_infinity=False, places=6),
    st.integers(-(10**24), 10**24).map(Decimal),
)
texts = st.sampled_from(("", "a", "Zürich · 東京", "line\nline", "0"))
few_days = st.sampled_from((DAY, date(2001, 8, 16), date.min, date.max))


@st.composite
def entries(draw: st.DrawFn, id: int) -> Transaction:
    fields: dict[str, Any] = {name: draw(numbers) for name in REFERENCES}
    fields |= {name: draw(figures) for name in DECIMALS}
    fields |= {name: draw(texts) for name in TEXTS}
    return Transaction(
        id,
        draw(few_days),
        draw(st.sampled_from([kind.name for kind in KINDS])),
        order=draw(st.integers(-1, 1)),
        certainty=draw(st.sampled_from(Certainty)),
        recorded=draw(st.one_of(st.none(), few_days)),
        ratio=draw(st.one_of(st.none(), st.fractions(-1000, 1000, max_denominator=1000))),
        **fields,
    )


@st.composite
def books(draw: st.DrawFn, most: int = 6) -> list[Transaction]:
    ids = draw(st.lists(st.integers(1, 40), unique=True, max_size=most))
    return [draw(entries(id)) for id in ids]


def in_order(records: Sequence[Transaction]) -> list[Transaction]:
    return sorted(records, key=lambda record: (record.date, record.order, record.id))


@settings(max_examples=60)
@given(books())
def test_what_is_recorded_is_read_back(records: list[Transaction]) -> None:
    assert list(Transactions.of(records)) == in_order(records)


@settings(max_examples=100)
@given(books(), books(), st.data())
def test_a_change_gives_the_columns_that_building_them_anew_gives(
    records: list[Transaction], others: list[Transaction], data: st.DataObject
) -> None:
    standing = {record.id: record for record in records}
    coming = {record.id: record for record in others}
    gone = data.draw(st.sets(st.sampled_from(sorted(standing)))) if standing else set()
    before = [record for id, record in standing.items() if id in gone or id in coming]
    after = list(coming.values())
    expected = {id: record for id, record in standing.items() if id not in gone} | coming
    built = Transactions.of(records).in_order()  # as it is read from a file: what never varies is held once
    changed = built.changed(before, after)
    anew = Transactions.of(expected.values())
    assert list(changed) == list(anew)
    assert list(built) == in_order(records)
    for name, column in anew.numbers.items():
        assert changed.numbers[name].tolist() == column.tolist()
    for name, held_figures in changed.figures.items():
        assert held_figures.places >= anew.figures[name].places
        assert [held_figures.at(row) for row in range(len(changed))] == [
            anew.figures[name].at(row) for row in range(len(anew))
        ]


@settings(max_examples=60)
@given(books(), books())
def test_a_change_and_the_change_back_leave_everything_as_it_was(
    records: list[Transaction], others: list[Transaction]
) -> None:
    built = Transactions.of(records).in_order()
    coming = {record.id: record for record in others}
    before = [record for record in records if record.id in coming]
    assert list(built.changed(before, others).changed(others, before)) == list(built)


# Figures and texts by themselves


def test_figures_stay_in_64_bits_as_long_as_they_fit() -> None:
    assert Figures.of([Decimal(10**18), None]).units.dtype == np.int64
    assert Figures.of([Decimal(10**18 + 1), None]).units.dtype == object
    finer = Figures.of([Decimal(10**15), None]).at_places(6)
    assert finer.units.dtype == object
    assert [finer.at(0), finer.at(1)] == [Decimal(10**15), None]
    assert finer.units[1] == MISSING


def test_figures_widen_for_one_that_does_not_fit_and_keep_the_others() -> None:
    column = Figures.of([Decimal(1), None, Decimal("2.5")])
    wider = column.put([1], [Decimal(10) ** 25])
    assert [wider.at(row) for row in range(3)] == [1, Decimal(10) ** 25, Decimal("2.5")]
    assert [column.at(row) for row in range(3)] == [1, None, Decimal("2.5")]
    longer = wider.inserted([0, 3], [Decimal("0.001"), None])
    assert [longer.at(row) for row in range(5)] == [
        Decimal("0.001"),
        1,
        Decimal(10) ** 25,
        Decimal("2.5"),
        None,
    ]
    assert [longer.without([0, 4]).at(row) for row in range(3)] == [1, Decimal(10) ** 25, Decimal("2.5")]
    assert len(longer) == 5


def test_texts_are_kept_by_number_for_ever() -> None:
    pool = pool_of("Ada", "Bob", "Zoë")
    assert [pool[number] for number in (0, 1, 2, NOTHING)] == ["Ada", "Bob", "Zoë", ""]
    number = pool.add("Cleo")
    assert (number, pool[number], pool[2]) == (3, "Cleo", "Zoë")
    assert pool.add("") == NOTHING
    assert TextPool().add("first") == 0


def test_many_transactions_are_found_at_once_and_a_missing_one_is_none() -> None:
    held = Transactions.of(Transaction(id, date(2001, 1, 1), "issuance") for id in range(40, 0, -1))
    assert held.rows_of([40, *range(1, 12), 99]) == [39, *range(11), None]
    assert Transactions.of([]).rows_of(range(20)) == [None] * 20


def test_a_figure_of_forty_decimals_fits_beside_none() -> None:
    empty = Figures.of([None, None])
    assert empty.put([0], [Decimal("1E-40")]).at(0) == Decimal("1E-40")
    assert empty.put([0], [Decimal("1E-40")]).at(1) is None


def test_the_one_figure_that_would_look_like_none_is_held() -> None:
    odd = [Decimal(-(2**63)), None, Decimal(-(2**63)).scaleb(-2), Decimal("0.5")]
    assert [Figures.of(odd).at(row) for row in range(4)] == odd
    assert Figures.of([None]).put([0], odd[:1]).at(0) == odd[0]
