"""The edit between two ledgers turns the one into the other, and is empty where nothing differs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from neocapgui.ledger.columns import TEXTS, TextColumn, Transactions
from neocapgui.ledger.differences import differences
from neocapgui.ledger.edits import Change, add, apply, correct, remove, together
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.transactions import Transaction
from tests.benchmarks.large_scenario import large_scenario
from tests.document.ledgers import a_fact, acme, facts, ledgers, same
from tests.ledger.pools import pool_of

MOST_ORDER = 10**9  # what an edit can put in


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[Ledger, Ledger]:
    """Return a ledger and one in which some facts of the same numbers say something else or are gone."""
    before = draw(ledgers())
    ids = {kind: [fact.id for fact in held(before, kind)] for kind in TABLES}
    changed: dict[str, Any] = {}
    for kind, name in TABLES.items():
        kept = [draw(st.just(fact) | a_fact(kind, fact.id, ids)) for fact in held(before, kind)]
        if kind is Transaction:
            kept = [fact for fact in kept if draw(st.booleans())]
            changed[name] = Transactions.of(kept)
        else:
            changed[name] = {fact.id: fact for fact in kept}
    return before, Ledger(**changed)


def held(ledger: Ledger, kind: type[Any]) -> list[Any]:
    table = getattr(ledger, TABLES[kind])
    return list(table) if kind is Transaction else list(table.values())


def can_be_put_in(ledger: Ledger) -> bool:
    return all(abs(record.order) <= MOST_ORDER for record in ledger.transactions)


def again(ledger: Ledger) -> Ledger:
    """Return the same facts in columns and texts of their own."""
    return replace(ledger, transactions=Transactions.of(list(ledger.transactions)))


@settings(max_examples=60)
@given(neighbours())
def test_the_edit_turns_a_ledger_into_the_other_and_its_inverse_turns_it_back(
    pair: tuple[Ledger, Ledger],
) -> None:
    before, after = pair
    assume(can_be_put_in(before) and can_be_put_in(after))
    edit = differences(before, after)
    assert same(apply(before, edit), after)
    assert same(apply(after, edit.inverse()), before)
    assert all(change.before != change.after for change in edit.changes)
    assert {(change.kind, change.id) for change in edit.changes} == changed_facts(before, after)


@settings(max_examples=60)
@given(ledgers(), ledgers())
def test_two_ledgers_that_have_nothing_to_do_with_each_other_differ_in_the_same_way(
    before: Ledger, after: Ledger
) -> None:
    assume(can_be_put_in(after))
    edit = differences(before, after)
    assert same(apply(before, edit), after)
    assert {(change.kind, change.id) for change in edit.changes} == changed_facts(before, after)


def changed_facts(before: Ledger, after: Ledger) -> set[tuple[type[Any], int]]:
    """Return the facts that are not the same in two ledgers, found one by one."""
    found = set()
    for kind in TABLES:
        old, new = ({fact.id: fact for fact in held(ledger, kind)} for ledger in (before, after))
        found |= {(kind, id) for id in old.keys() | new.keys() if old.get(id) != new.get(id)}
    return found


@settings(max_examples=60)
@given(ledgers())
def test_equal_ledgers_do_not_differ_whatever_their_columns_are_made_of(ledger: Ledger) -> None:
    assert differences(ledger, ledger).changes == ()
    assert differences(ledger, again(ledger)).changes == ()
    assert differences(again(ledger), ledger).changes == ()


def test_the_changes_come_in_the_order_of_tables_numbers_and_days() -> None:
    before = acme()
    first, last = before.transactions[0], before.transactions[len(before.transactions) - 1]
    after = apply(
        before,
        together(
            "Some",
            [
                remove("", [last]),
                correct("", first, replace(first, note="x")),
                add("", [Stakeholder(9, "Eve"), Stakeholder(8, "Dan")]),
            ],
        ),
    )
    edit = differences(before, after, "What is new")
    assert edit.label == "What is new"
    assert [(TABLES[change.kind], change.id) for change in edit.changes] == [
        ("stakeholders", 8),
        ("stakeholders", 9),
        ("transactions", first.id),
        ("transactions", last.id),
    ]
    assert edit.changes[-1] == Change(last, None)


@pytest.mark.parametrize(
    "said",
    [
        {"quantity": Decimal("750.0001")},
        {"quantity": None},
        {"quantity": Decimal(10) ** 25},
        {"date": date(2000, 1, 4)},
        {"order": -1},
        {"certificate": "A-8"},
        {"ratio": Fraction(1, 3)},
        {"counterparty": 2},
        {"kind": "opening"},
        {"recorded": date(2000, 2, 1)},
    ],
)
def test_each_field_of_a_transaction_is_compared(said: dict[str, Any]) -> None:
    before = acme()
    record = before.transactions.get(1)
    assert record is not None
    after = apply(before, correct("", record, replace(record, **said)))
    (change,) = differences(before, after).changes
    assert change == Change(record, replace(record, **said))
    (change,) = differences(again(after), again(before)).changes
    assert change == Change(replace(record, **said), record)


def test_one_transaction_in_a_hundred_thousand_is_found_and_no_other_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger = large_scenario(100_000)
    before = replace(ledger, transactions=from_a_file(ledger.transactions))
    record = before.transactions[54_321]
    moved = replace(record, certificate="C-0", date=date(2019, 1, 1))
    after = replace(ledger, transactions=from_a_file(apply(ledger, correct("", record, moved)).transactions))
    made = []
    make = Transactions.__getitem__

    def noted(columns: Transactions, row: int) -> Transaction:
        made.append(row)
        return make(columns, row)

    monkeypatch.setattr(Transactions, "__getitem__", noted)
    assert differences(before, after).changes == (Change(record, moved),)
    assert len(made) == 2


def from_a_file(transactions: Transactions) -> Transactions:
    """Return columns whose texts stand in a block of their own, as those of a file do."""
    texts = {}
    for name in TEXTS:
        said = [transactions.texts[name].at(row) for row in range(len(transactions))]
        numbers = [place if text else -1 for place, text in enumerate(said)]
        pool = pool_of(*said)
        kept = transactions.texts[name].numbers
        texts[name] = TextColumn(type(kept)((len(numbers),), kept.dtype), pool)
        texts[name].numbers[:] = numbers
    return Transactions(transactions.numbers, transactions.figures, texts)


def test_facts_are_compared_by_what_they_say() -> None:
    assert facts(apply(acme(), differences(acme(), Ledger()))) == facts(Ledger())
