"""Any sequence of edits, undo, redo, saves, reopening and recovery agrees with a plain list of ledgers."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from neocapgui.document import seal
from neocapgui.document.document import Document
from neocapgui.ledger.edits import Edit, add, apply, correct, remove
from neocapgui.ledger.history import History
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import Transaction
from tests.document.ledgers import acme, facts

_HISTORY = ("edits", "changes")


def digests(document: Document) -> dict[str, str]:
    """Return the digest of every table of facts, made anew from the rows."""
    made = seal.digests(document._connection)
    return {table: digest for table, digest in made.items() if table not in _HISTORY}


class DocumentMachine(RuleBasedStateMachine):
    """A document beside what it ought to be: the ledgers after each edit, and how many of them stand."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="neocapgui-machine-"))
        self.ledgers: list[Ledger] = [acme()]
        self.edits: list[Edit] = []
        self.standing = 0  # of the edits; the others are undone
        self.saved: Any = None  # the edits that stood when it was last saved
        self.kept = list(self.edits), list(self.ledgers), self.standing  # as they were then, undone ones too
        self.files: dict[str, dict[str, Any]] = {}

    @initialize()
    def begin(self) -> None:
        self.document = Document.create(acme(), self.folder / "working")
        self.first = digests(self.document)

    @property
    def ledger(self) -> Ledger:
        return self.ledgers[self.standing]

    def _do(self, edit: Edit) -> None:
        self.document.do(edit)
        after = apply(self.ledger, edit)
        self.ledgers[self.standing + 1 :] = [after]
        self.edits[self.standing :] = [edit]
        self.standing += 1

    @rule(shares=st.decimals("0.0001", "999999999", places=4), times=st.integers(1, 5))
    def issue(self, shares: Decimal, times: int) -> None:
        last = max((one.id for one in self.ledger.transactions), default=0)
        self._do(
            add(
                "Issue",
                [
                    Transaction(last + 1 + n, date(2003, 1, 2), "issuance", n, None, 1, 1, quantity=shares)
                    for n in range(times)
                ],
            )
        )

    @rule(name=st.text("aäß—’“\n 0", min_size=1, max_size=8), issuer=st.sampled_from((1, 2)))
    def rename(self, name: str, issuer: int) -> None:
        before = self.ledger.issuers[issuer]
        self._do(correct("Rename", before, replace(before, name=name)))

    @precondition(lambda self: len(self.ledger.transactions) > 1)
    @rule(which=st.integers(0, 10**6))
    def remove_one(self, which: int) -> None:
        held = list(self.ledger.transactions)
        self._do(remove("Remove", [held[which % len(held)]]))

    @precondition(lambda self: self.standing > 0)
    @rule()
    def undo(self) -> None:
        self.document.undo()
        self.standing -= 1

    @precondition(lambda self: self.standing < len(self.edits))
    @rule()
    def redo(self) -> None:
        self.document.redo()
        self.standing += 1

    @precondition(lambda self: self.document.path is not None)
    @rule()
    def save(self) -> None:
        assert self.document.path is not None
        self._save(self.document.path)

    @rule(name=st.sampled_from(("a.db", "b.db", "ü ’.db")))
    def save_as(self, name: str) -> None:
        self._save(self.folder / name)

    def _save(self, path: Path) -> None:
        is_own = path == self.document.path
        self.document.save(path, over_changes=not is_own)
        self.saved = list(self.edits[: self.standing])
        self.kept = list(self.edits), list(self.ledgers), self.standing
        self.files[path.name] = facts(self.ledger)
        assert self.document.path == path

    @precondition(lambda self: self.document.path is not None and not self.document.is_modified)
    @rule()
    def reopen(self) -> None:
        path = self.document.path
        assert path is not None
        self.document.close()
        self.document = Document.open(path, self.folder / "working")
        assert self.document.warnings == ()
        self.edits, self.ledgers, self.standing = list(self.kept[0]), list(self.kept[1]), self.kept[2]

    @rule()
    def recover_after_a_crash(self) -> None:
        copy = self.document.working_copy
        beside = copy.with_name(f"{uuid4()}.db")
        shutil.copyfile(copy, beside)
        was_modified, path = self.document.is_modified, self.document.path
        self.document.close()
        self.document = Document.recover(beside)
        assert self.document.is_modified == was_modified
        assert self.document.path == path

    @rule()
    def undo_all_and_redo_all(self) -> None:
        before, standing = digests(self.document), self.standing
        for _ in range(standing):
            self.document.undo()
        assert digests(self.document) == self.first
        assert facts(self.document.ledger) == facts(acme())
        for _ in range(standing):
            self.document.redo()
        assert digests(self.document) == before

    @invariant()
    def the_document_is_what_it_ought_to_be(self) -> None:
        if not hasattr(self, "document"):
            return
        assert facts(self.document.ledger) == facts(self.ledger)
        history: History = self.document.history
        assert [entry.edit for entry in history.done] == self.edits[: self.standing]
        assert len(history.undone) == len(self.edits) - self.standing
        standing = self.edits[: self.standing]
        if self.saved is None:
            assert self.document.is_modified == bool(standing)
        elif facts(self.ledger) != self._last_file():
            assert self.document.is_modified
        elif standing == self.saved and not self._was_redone_otherwise():
            assert not self.document.is_modified

    def _last_file(self) -> dict[str, Any]:
        assert self.document.path is not None
        return self.files[self.document.path.name]

    def _was_redone_otherwise(self) -> bool:
        """Return whether equal edits stand that are not the very ones that were saved."""
        return any(one is not other for one, other in zip(self.saved, self.edits, strict=False))

    def teardown(self) -> None:
        if hasattr(self, "document"):
            self.document.close()
        for name, held in self.files.items():
            with Document.open(self.folder / name, self.folder / "working") as document:
                assert document.warnings == ()
                assert facts(document.ledger) == held
        assert list((self.folder / "working").glob("*")) == []
        shutil.rmtree(self.folder)


TestDocument = DocumentMachine.TestCase
TestDocument.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
