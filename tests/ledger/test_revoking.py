"""Revoking an edit takes back what stands on it and leaves every other edit as if the two had never met."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.ledger.edits import Edit, EditRefused, add, apply, correct, remove, together
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.history import History
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.revoking import revocation, standing_on
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import ADA, cast, day, issued, passed
from tests.ledger.test_edits import facts

NOON = "2026-01-05T12:00:00+01:00"
DORA, EVE = Stakeholder(20, "Dora"), Stakeholder(21, "Eve")
FIRST = issued(1, "01-01", ADA, 100)


def done(ledger: Ledger, *edits: Edit) -> tuple[Ledger, History]:
    """Return a ledger after some edits, and their history."""
    history = History()
    for edit in edits:
        ledger, history = apply(ledger, edit), history.after_doing(edit, NOON)
    return ledger, history


def stands(history: History, number: int) -> list[int]:
    return [entry.number for entry in standing_on(history, number)]


def without(begin: Ledger, history: History, number: int) -> Ledger:
    """Return what the other edits alone make of a ledger, one after another."""
    gone = {number, *stands(history, number)}
    for entry in history.done:
        if entry.number not in gone:
            begin = apply(begin, entry.edit)
    return begin


# What stands on what


def test_nothing_stands_on_the_last_edit() -> None:
    _, history = done(cast(), add("Add Dora", [DORA]), add("Issue", [issued(1, "01-01", DORA, 5)]))
    assert stands(history, 2) == []


def test_what_names_a_holder_stands_on_the_edit_that_recorded_it() -> None:
    _, history = done(
        cast(),
        add("Add Dora", [DORA]),
        add("Issue to Ada", [FIRST]),
        add("Issue to Dora", [issued(2, "01-01", DORA, 5)]),
        correct("Correct Ada's", FIRST, replace(FIRST, quantity=Decimal(99))),
        add("From Ada to Dora", [passed(3, "01-02", ADA, DORA, 7)]),
    )
    assert stands(history, 1) == [3, 5]
    assert stands(history, 2) == [4]
    assert stands(history, 3) == []


def test_a_later_correction_of_the_same_fact_stands_on_the_earlier_one_and_so_on() -> None:
    renamed, married = replace(DORA, name="Dora B."), replace(DORA, name="Dora C.")
    passing = passed(3, "01-02", ADA, DORA, 7)
    _, history = done(
        cast(),
        add("Add Dora", [DORA]),
        correct("Rename", DORA, renamed),
        correct("Rename", renamed, married),
        add("Pass", [passing]),
        correct("Correct", passing, replace(passing, quantity=Decimal(8))),
    )
    assert stands(history, 1) == [2, 3, 4, 5]
    assert stands(history, 2) == [3]


def test_naming_a_holder_that_was_only_renamed_is_no_reason_to_fall() -> None:
    renamed = replace(ADA, name="Ada Lovelace")
    _, history = done(cast(), correct("Rename", ADA, renamed), add("Issue", [FIRST]))
    assert stands(history, 1) == []


def test_the_removal_of_a_holder_stands_on_the_edit_that_freed_it() -> None:
    entry = issued(1, "01-01", DORA, 5)
    ledger, history = done(cast(DORA, entry), remove("Remove entry", [entry]), remove("Remove Dora", [DORA]))
    assert stands(history, 1) == [2]
    assert facts(apply(ledger, revocation(ledger, history, 1))) == facts(cast(DORA, entry))


def test_a_holder_that_was_freed_by_another_name_is_freed_again() -> None:
    entry = issued(1, "01-01", DORA, 5)
    freed = replace(entry, stakeholder=ADA.id)
    _, history = done(cast(DORA, entry), correct("Correct", entry, freed), remove("Remove Dora", [DORA]))
    assert stands(history, 1) == [2]


def test_a_number_given_again_belongs_to_the_later_fact() -> None:
    _, history = done(
        cast(DORA),
        remove("Remove Dora", [DORA]),
        add("Add Eve", [replace(EVE, id=DORA.id)]),
        add("Issue to Eve", [issued(1, "01-01", DORA, 5)]),
    )
    assert stands(history, 1) == [2, 3]


# Revoking


def test_revoking_leaves_the_other_edits_as_they_are() -> None:
    ledger, history = done(
        cast(FIRST),
        add("Add Dora", [DORA]),
        correct("Correct", FIRST, replace(FIRST, quantity=Decimal(200))),
        add("Pass to Dora", [passed(3, "01-02", ADA, DORA, 7)]),
        add("Add Eve", [EVE]),
    )
    edit = revocation(ledger, history, 1)
    assert edit.label == "Revoke “Add Dora”"
    assert len(edit.changes) == 2
    after = apply(ledger, edit)
    assert facts(after) == facts(cast(EVE, replace(FIRST, quantity=Decimal(200))))
    assert facts(apply(after, edit.inverse())) == facts(ledger)


def test_a_fact_corrected_three_times_is_one_change_when_the_first_is_revoked() -> None:
    second, third = replace(FIRST, quantity=Decimal(2)), replace(FIRST, quantity=Decimal(3))
    ledger, history = done(cast(FIRST), correct("a", FIRST, second), correct("b", second, third))
    (change,) = revocation(ledger, history, 1).changes
    assert (change.before, change.after) == (third, FIRST)


def test_a_revocation_can_itself_be_revoked() -> None:
    ledger, history = done(cast(), add("Add Dora", [DORA]), add("Pass", [passed(3, "01-02", ADA, DORA, 7)]))
    revoked = revocation(ledger, history, 1)
    again, history = apply(ledger, revoked), history.after_doing(revoked, NOON)
    assert facts(again) == facts(cast())
    back = revocation(again, history, 3)
    assert back.label == "Revoke “Revoke “Add Dora””"
    assert facts(apply(again, back)) == facts(ledger)


def test_what_has_been_put_back_already_is_refused_in_a_sentence() -> None:
    second = replace(FIRST, quantity=Decimal(2))
    ledger, history = done(
        cast(FIRST), correct("Correct shares", FIRST, second), correct("Back", second, FIRST)
    )
    with pytest.raises(EditRefused) as refused:
        revocation(ledger, history, 1)
    assert str(refused.value) == "Nothing is left of “Correct shares”: what it changed is as it was before."


def test_an_edit_that_does_not_stand_cannot_be_revoked() -> None:
    ledger, history = done(cast(), add("Add Dora", [DORA]))
    taken_back = history.after_undo()
    for known, number in ((history, 7), (taken_back, 1)):
        with pytest.raises(EditRefused) as refused:
            revocation(ledger, known, number)
        assert str(refused.value) == f"Edit {number} is not among the edits that stand."


def test_a_ledger_that_the_history_does_not_tell_of_is_left_alone() -> None:
    _, history = done(cast(), add("Add Dora", [DORA]))
    with pytest.raises(EditRefused) as refused:
        revocation(cast(replace(DORA, name="Doris")), history, 1)
    assert str(refused.value) == "Doris has been changed since; later edits stand on it."
    with pytest.raises(EditRefused) as refused:
        revocation(cast(DORA, issued(1, "01-01", DORA, 5)), history, 1)
    assert str(refused.value) == "Dora cannot be removed: 1 transaction names it."


# Laws


@st.composite
def doings(draw: st.DrawFn, ledger: Ledger) -> Edit:
    """Return an edit of a few holders and entries that may fit the ledger or not."""
    holder = st.integers(1, 4)
    parts = []
    for _ in range(draw(st.integers(1, 2))):
        made: Fact
        if draw(st.booleans()):
            made = Stakeholder(draw(holder), draw(st.sampled_from("ABC")))
        else:
            who, to, shares = draw(holder), draw(st.none() | holder), Decimal(draw(st.integers(1, 3)))
            id = draw(holder)
            made = Transaction(id, day("01-01"), "transfer", 0, None, 1, who, to, shares)
        standing = ledger.get(type(made), made.id)
        if standing is None:
            parts.append(add("", [made]))
        else:
            parts.append(draw(st.sampled_from((remove("", [standing]), correct("", standing, made)))))
    return together("Do", parts)


@settings(max_examples=300)
@given(st.data())
def test_the_edits_that_stay_alone_make_the_same_ledger(data: st.DataObject) -> None:
    begin = cast(*(Stakeholder(id, "A") for id in (1, 2)))
    ledger, history = begin, History()
    for _ in range(data.draw(st.integers(1, 14))):
        edit = data.draw(doings(ledger))
        try:
            ledger, history = apply(ledger, edit), history.after_doing(edit, NOON)
        except EditRefused:
            continue
    for entry in history.done:
        alone = facts(without(begin, history, entry.number))
        if alone == facts(ledger):
            with pytest.raises(EditRefused, match="Nothing is left"):
                revocation(ledger, history, entry.number)
        else:
            edit = revocation(ledger, history, entry.number)
            assert facts(apply(ledger, edit)) == alone
            assert facts(apply(apply(ledger, edit), edit.inverse())) == facts(ledger)
