"""Thousands of transactions put in and taken out at once stand as if each had come or gone by itself."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.ledger.columns import TextPool, Transactions
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import Transaction

_FIRST = date(2020, 1, 1)
_FIGURES = st.sampled_from([None, *map(Decimal, ("0", "-1.5", "3.48", "1E+3", "12345678901234567890.1"))])


@st.composite
def records(draw: st.DrawFn) -> list[Transaction]:
    """Return thirty transactions on a few days, of which many share day and order."""
    return [
        Transaction(
            id,
            _FIRST + timedelta(draw(st.integers(0, 3))),
            draw(st.sampled_from(["issuance", "transfer", "split"])),
            draw(st.integers(-1, 1)),
            security=draw(st.sampled_from([None, 1, 2])),
            stakeholder=draw(st.sampled_from([None, 1, 2])),
            quantity=draw(_FIGURES),
            price=draw(_FIGURES),
            ratio=draw(st.sampled_from([None, Fraction(1, 25), Fraction(3)])),
            certainty=draw(st.sampled_from(list(Certainty))),
            recorded=draw(st.sampled_from([None, _FIRST])),
            note=draw(st.sampled_from(["", "a", "Ünï"])),
        )
        for id in draw(st.permutations(range(1, 31)))
    ]


def in_order(records: Sequence[Transaction]) -> list[Transaction]:
    return sorted(records, key=lambda one: (one.date, one.order, one.id))


@settings(max_examples=60)
@given(records(), st.integers(0, 30))
def test_many_transactions_come_and_go_as_they_would_one_by_one(many: list[Transaction], there: int) -> None:
    held, coming = Transactions.of(many[:there]), many[there:]
    at_once = held.changed([], coming)
    one_by_one = held
    for record in coming:
        one_by_one = one_by_one.changed([], [record])
    assert list(at_once) == list(one_by_one) == in_order(many)
    assert list(at_once.changed(coming, [])) == list(held) == in_order(many[:there])


@settings(max_examples=30)
@given(records(), records())
def test_many_transactions_are_corrected_at_once_wherever_they_go(
    before: list[Transaction], after: list[Transaction]
) -> None:
    changed = Transactions.of(before).changed(before, after)
    assert list(changed) == in_order(after)
    assert list(changed.changed(after, before)) == in_order(before)


@given(records(), st.lists(st.integers(0, 29), max_size=20))
def test_the_records_of_some_rows_are_those_of_each(many: list[Transaction], rows: list[int]) -> None:
    held = Transactions.of(many)
    assert held.records(rows) == [in_order(many)[row] for row in rows] == [held[row] for row in rows]


def test_which_of_many_facts_are_named_is_found_in_one_look() -> None:
    one = Transaction(1, _FIRST, "issuance", security=7, stakeholder=3, quantity=Decimal(1))
    held = Transactions.of([one, replace(one, id=2, stakeholder=5)])
    assert held.ids_in("stakeholder", [9, 5, 4, 3]) == [5, 3]
    assert held.ids_in("counterparty", [9, 5]) == []


def test_texts_kept_from_several_threads_at_once_keep_their_numbers() -> None:
    pool = TextPool()

    def keep(thread: int) -> list[tuple[int, str]]:
        return [(pool.add(text), text) for text in (f"{thread} {number}" for number in range(5_000))]

    with ThreadPoolExecutor(4) as threads:
        kept = [one for part in threads.map(keep, range(4)) for one in part]
    assert all(pool[number] == text for number, text in kept)
    assert len({number for number, _ in kept}) == 20_000
