"""Every change of the record can be taken back, and one that breaks the record is refused with the reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.ledger.edits import (
    Change,
    Edit,
    EditRefused,
    add,
    apply,
    correct,
    described,
    in_turn,
    naming,
    remove,
    together,
    with_value,
)
from neocapgui.ledger.facts import (
    Approval,
    ConversionRight,
    Price,
    PublishedCount,
    Scenario,
    Security,
    Stakeholder,
)
from neocapgui.ledger.ledger import TABLES, Fact, Ledger
from neocapgui.ledger.terms import ConversionBasis, Exercise, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import (
    ACME,
    ADA,
    BOB,
    COMMON,
    PREFERRED,
    TWO_FOR_ONE,
    books,
    cast,
    contradictory_ledgers,
    day,
    issued,
    ledger_of,
    passed,
    split,
)

FIRST = issued(1, "01-01", ADA, 100)


def facts(ledger: Ledger) -> dict[str, list[Fact]]:
    """Return everything a ledger holds, in its order."""
    tables = {table: getattr(ledger, table) for table in TABLES.values()}
    return {name: list(table if name == "transactions" else table.values()) for name, table in tables.items()}


def refusal(ledger: Ledger, edit: Edit) -> str:
    before = facts(ledger)
    with pytest.raises(EditRefused) as refused:
        apply(ledger, edit)
    assert facts(ledger) == before
    return str(refused.value)


# Doing and undoing


def test_a_fact_is_recorded_corrected_and_removed() -> None:
    empty = ledger_of(ACME)
    added = apply(empty, add("Add Ada", [ADA]))
    renamed = apply(added, correct("Rename", ADA, replace(ADA, name="Ada Lovelace")))
    assert added.stakeholders == {1: ADA}
    assert renamed.stakeholders[1].name == "Ada Lovelace"
    assert apply(added, remove("Remove Ada", [ADA])).stakeholders == {}
    assert empty.stakeholders == {}


def test_an_edit_taken_back_leaves_everything_as_it_was() -> None:
    book = cast(FIRST)
    edit = together(
        "Give a third to a newcomer",
        [
            add("Add", [Stakeholder(9, "Dora")]),
            correct("Correct", FIRST, replace(FIRST, quantity=Decimal("33.3"), order=4)),
            add("Add", [passed(2, "01-02", ADA, Stakeholder(9, "Dora"), 10)]),
        ],
    )
    after = apply(book, edit)
    assert edit.label == edit.inverse().label == "Give a third to a newcomer"
    assert len(after.transactions) == 2
    assert facts(apply(after, edit.inverse())) == facts(book)
    assert facts(apply(apply(after, edit.inverse()), edit)) == facts(after)


def test_what_is_removed_and_taken_back_has_its_old_place() -> None:
    """The first of two conversion rights governs; an undo must not make it the second."""
    later = replace(TWO_FOR_ONE, id=2, ratio=Fraction(3))
    book = cast(TWO_FOR_ONE, later)
    edit = remove("Remove", [TWO_FOR_ONE])
    back = apply(apply(book, edit), edit.inverse())
    assert list(back.conversion_rights) == [1, 2]
    assert back.rights_of(PREFERRED.id)[0] == TWO_FOR_ONE


def test_one_edit_may_change_a_fact_twice() -> None:
    once, twice = replace(FIRST, quantity=Decimal(5)), replace(FIRST, quantity=Decimal(6), date=day("02-01"))
    edit = Edit("Twice", (Change(FIRST, once), Change(once, twice)))
    assert list(apply(cast(FIRST), edit).transactions) == [twice]
    assert facts(apply(apply(cast(FIRST), edit), edit.inverse())) == facts(cast(FIRST))
    there_and_gone = Edit("Nothing", (Change(None, FIRST), Change(FIRST, None)))
    assert len(apply(cast(), there_and_gone).transactions) == 0


def test_a_company_and_all_that_names_it_can_go_in_one_edit_in_any_order() -> None:
    book = ledger_of(ACME, ADA, COMMON, FIRST)
    everything: list[Fact] = [ACME, COMMON, FIRST, ADA]
    for order in (everything, everything[::-1]):
        edit = remove("Remove Acme", order)
        empty = apply(book, edit)
        assert (empty.issuers, empty.securities, len(empty.transactions)) == ({}, {}, 0)
        assert facts(apply(empty, edit.inverse())) == facts(book)


def test_a_ratio_of_nothing_can_be_taken_back() -> None:
    edit = add("Split", [split(3, "01-05", "0")])
    book = cast(FIRST)
    assert facts(apply(apply(book, edit), edit.inverse())) == facts(book)


def test_a_change_of_nothing_into_nothing_is_no_change() -> None:
    with pytest.raises(ValueError, match="no change"):
        _ = Change(None, None).id


def test_a_value_inside_a_value_is_replaced() -> None:
    option = Security(3, 1, "Option", SecurityKind.OPTION, exercise=Exercise(1, Decimal(5)))
    after = with_value(option, "exercise.price", Decimal("6.5"))
    assert after.exercise == Exercise(1, Decimal("6.5"))
    assert after.name == "Option"
    assert option.exercise.price == 5


# Refusals


def test_a_reference_must_point_to_what_is_recorded() -> None:
    book = cast()
    assert refusal(book, add("x", [issued(1, "01-01", Stakeholder(99, "?"), 5)])) == (
        "Transaction 1 names stakeholder 99, which is not recorded."
    )
    assert refusal(book, add("x", [Security(30, 77, "Bonds", SecurityKind.CONVERTIBLE)])) == (
        "Bonds names issuer 77, which is not recorded."
    )
    option = Security(30, 1, "Option", SecurityKind.OPTION, exercise=Exercise(into=88))
    assert refusal(book, add("x", [option])) == "Option names security 88, which is not recorded."
    right = ConversionRight(3, 2, 55, ConversionBasis.RATIO)
    assert refusal(book, add("x", [right])) == (
        "Conversion right 3 names security 55, which is not recorded."
    )


def test_what_is_named_cannot_be_removed_and_the_refusal_counts_what_stands_in_the_way() -> None:
    book = cast(FIRST, issued(2, "01-02", ADA, 1), passed(3, "01-03", BOB, ADA, 1), TWO_FOR_ONE)
    assert refusal(book, remove("Remove Ada", [ADA])) == "Ada cannot be removed: 3 transactions name it."
    assert refusal(book, remove("Remove Bob", [BOB])) == "Bob cannot be removed: 1 transaction names it."
    assert refusal(book, remove("x", [COMMON])) == (
        "Common Stock cannot be removed: 1 conversion right and 3 transactions name it."
    )
    assert refusal(book, remove("x", [ACME])) == (
        "Acme, Inc. cannot be removed: 1 stakeholder and 2 securities name it."
    )
    assert naming(book, Security, COMMON.id) == {"conversion_rights": 1, "transactions": 3}


def test_an_entry_that_names_a_holder_twice_is_counted_once() -> None:
    assert refusal(cast(passed(3, "01-03", BOB, BOB, 1)), remove("Remove Bob", [BOB])) == (
        "Bob cannot be removed: 1 transaction names it."
    )


def test_a_number_is_given_once() -> None:
    assert refusal(cast(FIRST), add("x", [ADA])) == "Ada is already recorded."
    assert refusal(cast(FIRST), add("x", [FIRST])) == "Transaction 1 is already recorded."


def test_an_edit_of_what_is_gone_or_has_changed_since_is_refused() -> None:
    book = cast(FIRST)
    old = replace(FIRST, quantity=Decimal(99))
    assert refusal(book, correct("x", old, FIRST)) == (
        "Transaction 1 has been changed since; later edits stand on it."
    )
    gone = issued(8, "01-01", ADA, 1)
    assert refusal(book, remove("x", [gone])) == "Transaction 8 is no longer recorded."
    assert refusal(book, remove("x", [Stakeholder(8_000, "Zoe")])) == "Zoe is no longer recorded."


def test_what_the_columns_cannot_hold_is_refused() -> None:
    book = cast(FIRST)
    assert (
        refusal(book, correct("x", FIRST, replace(FIRST, kind="gift"))) == "gift is no kind of transaction."
    )
    assert refusal(book, correct("x", FIRST, replace(FIRST, order=10**12))) == (
        "An order within the day goes to 1,000,000,000, not to 1,000,000,000,000."
    )
    for ratio in (Fraction(10**20), Fraction(1, 10**20), Fraction(-(10**20))):
        assert refusal(book, correct("x", FIRST, replace(FIRST, ratio=ratio))) == (
            "A ratio has at most 18 digits on each side."
        )


def test_all_of_an_edit_happens_or_nothing() -> None:
    edit = add("Two", [Stakeholder(20, "Dora"), issued(5, "01-01", Stakeholder(21, "?"), 1)])
    assert "stakeholder 21" in refusal(cast(FIRST), edit)


def test_a_sentence_calls_a_fact_by_its_name_or_its_kind_and_number() -> None:
    named: list[tuple[Fact, str]] = [
        (ACME, "Acme, Inc."),
        (Approval(4, 1, "board", "Reverse split"), "Reverse split"),
        (Scenario(1, "Two founders"), "Two founders"),
        (Price(3, 1, date(2022, 1, 1)), "Price 3"),
        (PublishedCount(6, date(2022, 1, 1), 1, Decimal(1)), "Published count 6"),
        (TWO_FOR_ONE, "Conversion right 1"),
        (FIRST, "Transaction 1"),
        (Stakeholder(9, ""), "Stakeholder 9"),
    ]
    for fact, name in named:
        assert described(type(fact), fact.id, fact) == name


# Laws


@st.composite
def edits(draw: st.DrawFn, ledger: Ledger) -> Edit:
    """Return an edit of entries that fits the ledger: some corrected, some removed, some new."""
    standing = {record.id: record for record in ledger.transactions}
    coming = {record.id: record for record in draw(books(most=5))}
    gone = draw(st.sets(st.sampled_from(sorted(standing)))) if standing else set()
    changes = [Change(standing.get(id), record) for id, record in coming.items()]
    changes += [Change(standing[id], None) for id in sorted(gone - coming.keys())]
    return Edit("Change some entries", tuple(draw(st.permutations(changes))))


@settings(max_examples=80)
@given(contradictory_ledgers(), st.data())
def test_undo_restores_and_redo_repeats(ledger: Ledger, data: st.DataObject) -> None:
    edit = data.draw(edits(ledger))
    after = apply(ledger, edit)
    assert facts(apply(after, edit.inverse())) == facts(ledger)
    assert facts(apply(apply(after, edit.inverse()), edit)) == facts(after)
    assert edit.inverse().inverse() == edit


@settings(max_examples=40)
@given(contradictory_ledgers(), st.data())
def test_edits_taken_back_in_turn_lead_back_to_the_beginning(ledger: Ledger, data: st.DataObject) -> None:
    after, done = ledger, []
    for _ in range(3):
        edit = data.draw(edits(after))
        after = apply(after, edit)
        done.append(edit)
    for edit in reversed(done):
        after = apply(after, edit.inverse())
    assert facts(after) == facts(ledger)


def test_an_entry_that_nothing_else_names_can_always_go() -> None:
    book = cast(FIRST, Transaction(2, day("01-02"), "rename", issuer=1, value="Acme Corp."))
    assert len(apply(book, remove("Remove", list(book.transactions))).transactions) == 0


def test_edits_done_in_turn_are_one_of_the_first_and_last_states() -> None:
    book = cast(FIRST)
    once, twice = replace(FIRST, quantity=Decimal(5)), replace(FIRST, quantity=Decimal(6))
    dora, second = Stakeholder(20, "Dora"), issued(2, "01-02", ADA, 1)
    edits = [
        correct("a", FIRST, once),
        add("b", [dora]),
        add("c", [second]),
        correct("d", once, twice),
        remove("e", [dora]),
    ]
    whole = in_turn("All", edits)
    assert whole == Edit("All", (Change(FIRST, twice), Change(None, second)))
    assert list(apply(book, whole).transactions) == [twice, second]
