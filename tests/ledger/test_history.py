"""What was done can be taken back and done again, in order."""

from __future__ import annotations

from dataclasses import replace

from neocapgui.ledger.edits import Edit, add, apply, correct, remove
from neocapgui.ledger.history import Entry, History, around
from tests.engine.ledgers import ACME, ADA, BOB, CLEO, ledger_of

ADD_ADA, ADD_BOB, ADD_CLEO = (add(f"Add {who.name}", [who]) for who in (ADA, BOB, CLEO))
MORNING, NOON = "2026-01-05T09:00:00+01:00", "2026-01-05T12:00:00+01:00"


def labels(history: History) -> tuple[list[str], list[str]]:
    return [entry.edit.label for entry in history.done], [entry.edit.label for entry in history.undone]


def doing(*edits: Edit) -> History:
    history = History()
    for edit in edits:
        history = history.after_doing(edit, MORNING)
    return history


def test_a_new_history_is_empty_and_begins_with_one() -> None:
    assert History() == History((), ())
    assert History().next_number == 1
    assert doing(ADD_ADA).done == (Entry(1, MORNING, ADD_ADA),)


def test_what_is_taken_back_last_is_done_again_first() -> None:
    undone = doing(ADD_ADA, ADD_BOB, ADD_CLEO).after_undo().after_undo()
    assert labels(undone) == (["Add Ada"], ["Add Cleo", "Add Bob"])
    assert labels(undone.after_redo()) == (["Add Ada", "Add Bob"], ["Add Cleo"])
    assert undone.after_redo().after_redo() == doing(ADD_ADA, ADD_BOB, ADD_CLEO)


def test_a_new_edit_gives_up_what_was_taken_back() -> None:
    history = doing(ADD_ADA, ADD_BOB).after_undo().after_doing(ADD_CLEO, NOON)
    assert labels(history) == (["Add Ada", "Add Cleo"], [])
    assert history.done[-1].at == NOON


def test_no_two_edits_of_a_history_have_the_same_number() -> None:
    history = doing(ADD_ADA, ADD_BOB).after_undo()
    assert history.next_number == 3
    assert [entry.number for entry in history.after_doing(ADD_CLEO, NOON).done] == [1, 3]


def test_several_edits_are_taken_back_and_done_again_in_one_step() -> None:
    history = doing(ADD_ADA, ADD_BOB, ADD_CLEO)
    assert history.after_undo(2) == history.after_undo().after_undo()
    assert history.after_undo(3).after_redo(2) == history.after_undo()
    assert history.after_undo(2).next_number == 4
    begun = ledger_of(ACME)
    whole = apply(apply(apply(begun, ADD_ADA), ADD_BOB), ADD_CLEO)
    back = history.undoing(2)
    assert back.label == "Add Bob"
    assert list(apply(whole, back).stakeholders) == [ADA.id]
    assert list(apply(apply(whole, back), history.after_undo(2).redoing(2)).stakeholders) == [
        ADA.id,
        BOB.id,
        CLEO.id,
    ]


def test_what_an_edit_found_and_left_is_known_for_any_edit_of_the_history() -> None:
    renamed = replace(ADA, name="Ada Lovelace")
    edits = (ADD_ADA, correct("Rename", ADA, renamed), remove("Remove", [renamed]), ADD_BOB)
    ledger = ledger_of(ACME)
    for edit in edits:
        ledger = apply(ledger, edit)
    history = doing(*edits)
    states = [{}, {1: ADA}, {1: renamed}, {}, {2: BOB}]
    for taken_back in range(5):
        before_it = apply(ledger, history.undoing(taken_back)) if taken_back else ledger
        now = history.after_undo(taken_back)
        for number in range(1, 5):
            before, after = around(before_it, now, number)
            assert (before.stakeholders, after.stakeholders) == (states[number - 1], states[number])
        assert around(before_it, now, 9) == (before_it, before_it)
