"""An edit of thousands of facts: written as one by one it would be, given up without a trace, never half."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.document import rows, working
from neocapgui.document.document import Document
from neocapgui.document.refusal import DocumentError, EditCancelled
from neocapgui.ledger.edits import Change, Edit, EditRefused, add, remove
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.transactions import Transaction
from tests.benchmarks.large_scenario import large_scenario
from tests.document.ledgers import a_fact, facts

COUNT = 1_500  # lines: more than are made rows of at once
ANY_IDS = {kind: [1, 2, 7, 10_000_000] for kind in TABLES}


@pytest.fixture
def document(tmp_path: Path) -> Iterator[Document]:
    with Document.create(large_scenario(COUNT), tmp_path / "working") as made:
        yield made


def more_lines(ledger: Ledger) -> Edit:
    """Return as many new lines as there are, each a day later than one of them."""
    first = ledger.transactions.next_id()
    return add(
        "Paste",
        (
            replace(one, id=first + place, date=one.date.replace(day=1), source="pasted")
            for place, one in enumerate(ledger.transactions)
        ),
    )


def other_prices(ledger: Ledger) -> Edit:
    return Edit(
        "Fill down", tuple(Change(one, replace(one, price=Decimal(7))) for one in ledger.transactions)
    )


def no_lines(ledger: Ledger) -> Edit:
    return remove("Remove", ledger.transactions)


def standing(document: Document, tmp_path: Path) -> tuple[Any, int, int]:
    """Return what a crash at this moment would leave: all facts, and how many edits are done and undone."""
    left = tmp_path / "left.db"
    left.write_bytes(document.working_copy.read_bytes())
    with Document.recover(left) as found:
        return facts(found.ledger), len(found.history.done), len(found.history.undone)


@pytest.mark.parametrize("edit", [more_lines, other_prices, no_lines])
def test_a_large_edit_its_undo_and_its_redo_leave_on_the_disk_what_they_leave_in_memory(
    document: Document, tmp_path: Path, edit: Callable[[Ledger], Edit]
) -> None:
    before = facts(document.ledger)
    document.do(edit(document.ledger))
    after = facts(document.ledger)
    assert after != before
    assert standing(document, tmp_path) == (after, 1, 0)
    document.undo()
    assert facts(document.ledger) == before
    assert standing(document, tmp_path) == (before, 0, 1)
    document.redo()
    assert facts(document.ledger) == after
    assert standing(document, tmp_path) == (after, 1, 0)


@settings(max_examples=40)
@given(
    st.sampled_from(list(TABLES)).flatmap(
        lambda kind: st.lists(st.integers(1, 10_000_000), min_size=1, max_size=6).flatmap(
            lambda ids: st.tuples(*(a_fact(kind, id, ANY_IDS) for id in ids))
        )
    )
)
def test_many_facts_are_written_as_each_of_them_is(many: tuple[Any, ...]) -> None:
    kind, columns = type(many[0]), rows.FORM[type(many[0])].columns
    assert list(rows.all_cells(kind, many)) == [tuple(rows.cells(fact)) for fact in many]
    assert list(rows.all_json(kind, many)) == [
        json.dumps(
            {
                column: cell
                for column, cell in zip(columns, rows.cells(fact), strict=True)
                if cell is not None and cell != ""
            },
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )
        for fact in many
    ]


def test_what_no_file_can_hold_is_named_among_thousands_and_nothing_is_written(
    document: Document, tmp_path: Path
) -> None:
    before = standing(document, tmp_path)
    lines = more_lines(document.ledger)
    id = lines.changes[1_200].id
    changes = [
        Change(None, replace(change.after, source="a\0b"))
        if change.id == id and isinstance(change.after, Transaction)
        else change
        for change in lines.changes
    ]
    with pytest.raises(DocumentError, match=rf"transactions {id}: source holds the character U\+0000"):
        document.do(Edit("Paste", tuple(changes)))
    assert standing(document, tmp_path) == before
    document.do(lines)


class Stop:
    """Lets an edit go on so many times, and then no more."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise EditCancelled("Given up.")


@pytest.mark.parametrize("steps", [0, 1, 2, 10, 100])
@pytest.mark.parametrize("edit", [more_lines, other_prices, no_lines])
def test_an_edit_given_up_at_any_step_has_changed_nothing(
    document: Document,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    steps: int,
    edit: Callable[[Ledger], Edit],
) -> None:
    monkeypatch.setattr(working, "_STEPS_BETWEEN", 500)
    ledger, history, before = document.ledger, document.history, standing(document, tmp_path)
    with pytest.raises(EditCancelled):
        document.do(edit(ledger), Stop(steps))
    assert document.ledger is ledger
    assert document.history is history
    assert standing(document, tmp_path) == before
    document.do(edit(ledger))
    assert standing(document, tmp_path)[1] == 1


@pytest.mark.parametrize("steps", [0, 1, 10, 100])
def test_an_undo_and_a_redo_can_be_given_up_and_then_be_done(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    monkeypatch.setattr(working, "_STEPS_BETWEEN", 500)
    document.do(more_lines(document.ledger))
    done = standing(document, tmp_path)
    with pytest.raises(EditCancelled):
        document.undo(1, Stop(steps))
    assert standing(document, tmp_path) == done
    document.undo()
    undone = standing(document, tmp_path)
    assert undone != done
    with pytest.raises(EditCancelled):
        document.redo(1, Stop(steps))
    assert standing(document, tmp_path) == undone
    document.redo()
    assert standing(document, tmp_path) == done


def test_what_is_given_up_leaves_the_seal_true(document: Document, tmp_path: Path) -> None:
    document.save(tmp_path / "a.db")
    with pytest.raises(EditCancelled):
        document.do(more_lines(document.ledger), Stop(1))
    assert not document.is_modified
    document.save(tmp_path / "a.db")
    with Document.open(tmp_path / "a.db", tmp_path / "working") as again:
        assert again.warnings == ()
        assert facts(again.ledger) == facts(document.ledger)


# A program that dies in the middle of a large edit, at the step it is told.
_DYING = """
import os, sys
from pathlib import Path
from neocapgui.document import working
from neocapgui.document.document import Document
from tests.benchmarks.large_scenario import large_scenario
from tests.document.test_large_edits import COUNT, more_lines

working._STEPS_BETWEEN = 500
document = Document.create(large_scenario(COUNT), Path(sys.argv[1]))
left = int(sys.argv[2])


def die() -> None:
    global left
    left -= 1
    if left < 0:
        os._exit(9)


document.do(more_lines(document.ledger), die)
os._exit(7)
"""


@pytest.mark.parametrize(("steps", "count"), [(2, COUNT), (60, COUNT), (1_000_000, 2 * COUNT)])
def test_a_crash_in_the_middle_of_a_large_edit_leaves_all_of_it_or_nothing(
    tmp_path: Path, steps: int, count: int
) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _DYING, str(tmp_path), str(steps)], check=False, timeout=300
    )
    assert ended.returncode == (9 if count == COUNT else 7)
    (left,) = tmp_path.glob("*.db")
    with Document.recover(left) as recovered:
        assert len(recovered.ledger.transactions) == count
        assert len(recovered.history.done) == (count > COUNT)
        recovered.save(tmp_path / "saved.db")
    with Document.open(tmp_path / "saved.db", tmp_path) as saved:
        assert saved.warnings == ()
        assert len(saved.ledger.transactions) == count


def test_holders_of_whom_one_is_named_cannot_be_removed_together(document: Document) -> None:
    ledger = document.ledger
    named = set(ledger.transactions.numbers["stakeholder"].tolist())
    named |= set(ledger.transactions.numbers["counterparty"].tolist())
    free = [who for who in ledger.stakeholders.values() if who.id not in named]
    one = next(who for who in ledger.stakeholders.values() if who.id in named)
    count = sum(one.id in (line.stakeholder, line.counterparty) for line in ledger.transactions)
    many = [replace(one, id=10_000 + place, name=f"New {place}") for place in range(20)]
    document.do(add("Add", many))
    noun, verb = ("transaction", "names") if count == 1 else ("transactions", "name")
    with pytest.raises(EditRefused, match=f"{one.name} cannot be removed: {count} {noun} {verb} it"):
        document.do(remove("Remove", [*free, *many, one]))
    document.do(remove("Remove", [*free, *many]))
    assert len(document.ledger.stakeholders) == len(ledger.stakeholders) - len(free)
