"""Edits, undo and redo in memory and in the file agree with the pure edits, also across saves and crashes."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from neocapgui.document import history_rows, quarantine, reading
from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.edits import Edit, EditRefused, add, apply, correct, remove, together
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.history import History
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.document.ledgers import a_fact, acme, facts, same

KINDS = (Issuer, Stakeholder, Security, Transaction)


def on_disk(document: Document) -> tuple[Ledger, History]:
    """Return what the working copy says, read by a connection of its own."""
    with closing(quarantine.guarded(document.working_copy)) as reader:
        return reading.ledger(reader)[0], history_rows.history(reader)


class Editing(RuleBasedStateMachine):
    """Any edits, saves, restarts and crashes beside a list of the ledgers that the pure edits give."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(mkdtemp())
        self.file = self.folder / "scenario.db"
        self.document = Document.create(acme(), self.folder / "working")
        self.past, self.future = [acme()], list[Ledger]()
        self.saved, self.saved_future = self.past[0], list[Ledger]()

    def teardown(self) -> None:
        self.document.close()
        assert list((self.folder / "working").iterdir()) == []
        shutil.rmtree(self.folder)

    @rule(data=st.data(), kind=st.sampled_from(KINDS))
    def add_one(self, data: st.DataObject, kind: type[Any]) -> None:
        self._do(add("Add", [self._any_fact(data, kind, self.past[-1].next_id(kind))]))

    @rule(data=st.data(), kind=st.sampled_from(KINDS))
    def correct_one(self, data: st.DataObject, kind: type[Any]) -> None:
        for before in self._recorded(data, kind):
            self._do(correct("Correct", before, self._any_fact(data, kind, before.id)))

    @rule(data=st.data(), kind=st.sampled_from(KINDS))
    def remove_one(self, data: st.DataObject, kind: type[Any]) -> None:
        self._do(remove("Remove", self._recorded(data, kind)))

    @rule()
    def add_what_names_what_comes_later(self) -> None:
        ledger = self.past[-1]
        issuer = Issuer(ledger.next_id(Issuer), "New")
        paper = Security(ledger.next_id(Security), issuer.id, "Common", SecurityKind.COMMON)
        self._do(together("Found", [add("", [paper]), add("", [issuer])]))

    @rule()
    def undo(self) -> None:
        if len(self.past) == 1:
            with pytest.raises(EditRefused, match="nothing to undo"):
                self.document.undo()
        else:
            self.document.undo()
            self.future.append(self.past.pop())

    @rule()
    def redo(self) -> None:
        if not self.future:
            with pytest.raises(EditRefused, match="nothing to redo"):
                self.document.redo()
        else:
            self.document.redo()
            self.past.append(self.future.pop())

    @rule(steps=st.integers(1, 6))
    def undo_several(self, steps: int) -> None:
        if steps >= len(self.past):
            with pytest.raises(EditRefused, match="There is no"):
                self.document.undo(steps)
        else:
            self.document.undo(steps)
            for _ in range(steps):
                self.future.append(self.past.pop())

    @rule(steps=st.integers(1, 6))
    def redo_several(self, steps: int) -> None:
        if steps > len(self.future):
            with pytest.raises(EditRefused, match="There is no"):
                self.document.redo(steps)
        else:
            self.document.redo(steps)
            for _ in range(steps):
                self.past.append(self.future.pop())

    @rule()
    def save(self) -> None:
        self.document.save(self.file)
        self.saved, self.saved_future = self.past[-1], list(self.future)

    @precondition(lambda self: self.saved is self.past[-1] and self.file.exists())
    @rule()
    def open_again(self) -> None:
        self.document.close()
        self.document = Document.open(self.file, self.folder / "working")
        self.future = list(self.saved_future)  # what was undone since is not in the file
        assert self.document.warnings == ()

    @rule()
    def crash(self) -> None:
        self.document.close(keep=True)
        self.document = Document.recover(self.document.working_copy)

    @invariant()
    def memory_and_disk_are_the_pure_edits(self) -> None:
        assert same(self.document.ledger, self.past[-1])
        ledger, history = on_disk(self.document)
        assert facts(ledger) == facts(self.past[-1])
        assert history == self.document.history
        assert len(history.done) == len(self.past) - 1
        assert len(history.undone) == len(self.future)

    @invariant()
    def the_mark_tells_the_saved_state(self) -> None:
        assert self.document.is_modified == (self.past[-1] is not self.saved)

    def _do(self, edit: Edit) -> None:
        try:
            after = apply(self.past[-1], edit)
        except EditRefused:
            with pytest.raises(EditRefused):
                self.document.do(edit)
            return
        self.document.do(edit)
        self.past.append(after)
        self.future.clear()

    def _any_fact(self, data: st.DataObject, kind: type[Any], id: int) -> Any:
        ids = {
            of: [fact.id for fact in getattr(self.past[-1], table)]
            if of is Transaction
            else list(getattr(self.past[-1], table))
            for of, table in TABLES.items()
        }
        return data.draw(a_fact(kind, id, ids))

    def _recorded(self, data: st.DataObject, kind: type[Any]) -> list[Any]:
        held = getattr(self.past[-1], TABLES[kind])
        recorded = list(held) if kind is Transaction else list(held.values())
        return [data.draw(st.sampled_from(recorded))] if recorded else []


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=15, stateful_step_count=15, phases=[Phase.generate])


@pytest.fixture
def document() -> Any:
    with Document.create(acme()) as document:
        yield document


def test_undo_returns_what_was_done_to_take_it_back(document: Document) -> None:
    ada = document.ledger.stakeholders[1]
    edit = correct("Rename", ada, replace(ada, name="Ada Lovelace"))
    document.do(edit)
    assert document.undo() == edit.inverse()
    assert document.redo() == edit
    assert document.ledger.stakeholders[1].name == "Ada Lovelace"


def test_undo_back_to_the_saved_state_clears_the_mark(document: Document, tmp_path: Path) -> None:
    assert not document.is_modified
    document.do(add("Add", [Issuer(3, "Delta")]))
    document.save(tmp_path / "acme.db")
    assert not document.is_modified
    document.undo()
    assert document.is_modified
    document.redo()
    assert not document.is_modified
    document.undo()
    document.do(add("Add", [Issuer(3, "Epsilon")]))
    document.undo()
    assert document.is_modified  # the saved state has been given up


def test_the_history_survives_a_restart(document: Document, tmp_path: Path) -> None:
    document.do(add("Add Delta", [Issuer(3, "Delta")]))
    document.do(add("Add Epsilon", [Issuer(4, "Epsilon")]))
    document.undo()
    document.save(tmp_path / "acme.db")
    with Document.open(tmp_path / "acme.db") as opened:
        assert opened.history == document.history
        assert not opened.is_modified
        assert opened.redo().label == "Add Epsilon"
        opened.undo()
        opened.undo()
        assert facts(opened.ledger) == facts(acme())
        assert opened.id == document.id != ""


def test_an_edit_that_the_facts_forbid_writes_nothing(document: Document) -> None:
    before = document.working_copy.read_bytes()
    with pytest.raises(EditRefused, match=r"Acme, Inc\. cannot be removed"):
        document.do(remove("Remove", [document.ledger.issuers[1]]))
    assert document.working_copy.read_bytes() == before
    assert document.history == History()


def test_an_edit_that_the_file_cannot_hold_changes_nothing(document: Document) -> None:
    issuer = Issuer(3, "Delta", note="one\x1ftwo")
    with pytest.raises(DocumentError) as refused:
        document.do(add("Add", [Issuer(4, "Epsilon"), issuer]))
    assert str(refused.value) == (
        "Acme and Beta could not be changed: issuers 3: note holds the character U+001F,"
        " which no text may hold."
    )
    assert same(document.ledger, acme())
    assert facts(on_disk(document)[0]) == facts(acme())
    assert not document.is_modified


def test_an_edit_that_finds_the_disk_full_changes_nothing(document: Document) -> None:
    (pages,) = document._connection.execute("PRAGMA page_count").fetchone()
    document._connection.execute(f"PRAGMA max_page_count = {pages}")
    facts_coming = [Stakeholder(id, f"Holder {id}", note="x" * 500) for id in range(10, 200)]
    with pytest.raises(DocumentError) as refused:
        document.do(add("Add", facts_coming))
    assert str(refused.value) == "Acme and Beta could not be changed: the disk is full."
    assert same(document.ledger, acme())
    assert facts(on_disk(document)[0]) == facts(acme())
    document._connection.execute("PRAGMA max_page_count = 1000000")
    document.do(add("Add", facts_coming))
    assert len(document.ledger.stakeholders) == 193


def test_an_edit_is_on_the_disk_when_it_is_done(document: Document) -> None:
    assert document._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert document._connection.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
    assert document._connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_moved_transaction_is_moved_on_disk(document: Document) -> None:
    first = document.ledger.transactions[0]
    document.do(correct("Move", first, replace(first, date=date(2010, 1, 1), quantity=Decimal(10**40))))
    assert list(on_disk(document)[0].transactions) == list(document.ledger.transactions)


def test_closing_takes_the_working_copy_away(tmp_path: Path) -> None:
    document = Document.create(acme(), tmp_path)
    assert document.working_copy.parent == tmp_path
    assert "acme" not in document.working_copy.name.lower()
    assert document.working_copy.stat().st_mode & 0o777 == 0o600
    document.close()
    assert list(tmp_path.iterdir()) == []


def test_a_kept_working_copy_is_recovered_with_its_file(tmp_path: Path) -> None:
    document = Document.create(acme())
    document.save(tmp_path / "acme.db")
    document.do(add("Add", [Issuer(3, "Delta")]))
    document.close(keep=True)
    with Document.recover(document.working_copy) as recovered:
        assert recovered.path == tmp_path / "acme.db"
        assert recovered.is_modified
        assert same(recovered.ledger, document.ledger)
        recovered.save(recovered.path)
        assert not recovered.is_modified


def test_two_documents_of_one_file_do_not_meet(document: Document, tmp_path: Path) -> None:
    document.save(tmp_path / "acme.db")
    with Document.open(tmp_path / "acme.db") as one, Document.open(tmp_path / "acme.db") as other:
        one.do(add("Add", [Issuer(3, "Delta")]))
        assert same(other.ledger, acme())
        assert one.working_copy != other.working_copy


def test_the_working_copy_is_read_by_any_sqlite_program(document: Document) -> None:
    with closing(sqlite3.connect(document.working_copy)) as reader:
        assert reader.execute("SELECT name FROM issuers ORDER BY id").fetchall() == [
            ("Acme, Inc.",),
            ("Beta GmbH",),
        ]


def test_more_steps_than_there_are_edits_are_refused_with_their_number(tmp_path: Path) -> None:
    with Document.create(acme(), tmp_path) as document:
        document.do(add("Add Delta", [Issuer(3, "Delta")]))
        for steps in (2, 0, -1):
            with pytest.raises(EditRefused) as refused:
                document.undo(steps)
            assert str(refused.value) == f"There is no way to undo {steps} edits: there is 1."
        assert document.ledger.issuers[3].name == "Delta"
