"""What a program does that will be killed: gestures of every sort, each told once it is done, and saves.

The gestures follow from a number alone, so that whoever killed it can say what must be there.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from neocapgui.document.document import Document
from neocapgui.ledger.edits import Edit, add, apply, correct, remove
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import Transaction
from tests.document.ledgers import acme

Say = Callable[[str], None]
_MANY = 100  # transactions of one large gesture: many pages of the file at once


@dataclass(frozen=True, slots=True)
class Gesture:
    """One step of a life: an edit, "undo", "redo", or "save" to a file."""

    what: str
    edit: Edit | None = None


class Course:
    """The gestures of a life, and the ledgers that they go through: `ledgers[n]` stands after n of them."""

    def __init__(self, seed: int, start: Ledger) -> None:
        """Begin a life that is known by its number."""
        self.ledgers = [start]
        self._chance = random.Random(seed)
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    def __iter__(self) -> Iterator[Gesture]:
        while True:
            yield self._next()

    def _next(self) -> Gesture:
        kind = self._chance.choice(("add", "add", "many", "rename", "note", "remove", "undo", "redo", "save"))
        ledger = self.ledgers[-1]
        if kind == "save":
            return Gesture("save")
        if kind == "undo" and self._done:
            edit = self._done.pop()
            self._undone.append(edit)
            self.ledgers.append(apply(ledger, edit.inverse()))
            return Gesture("undo")
        if kind == "redo" and self._undone:
            edit = self._undone.pop()
            self._done.append(edit)
            self.ledgers.append(apply(ledger, edit))
            return Gesture("redo")
        edit = self._edit(kind, ledger)
        self._done.append(edit)
        self._undone.clear()
        self.ledgers.append(apply(ledger, edit))
        return Gesture("do", edit)

    def _edit(self, kind: str, ledger: Ledger) -> Edit:
        last = max((one.id for one in ledger.transactions), default=0)
        if kind == "many":
            return add("Add many", [self._transaction(last + 1 + more) for more in range(_MANY)])
        if kind == "rename":
            issuer = ledger.issuers[1]
            return correct("Rename", issuer, replace(issuer, name=f"Acme {self._chance.randrange(10**6)}"))
        if kind == "note":
            holder = ledger.stakeholders[2]
            return correct("Note", holder, replace(holder, note="x" * self._chance.randrange(20_000)))
        if kind == "remove" and last > 7:
            return remove("Remove", [one for one in ledger.transactions if one.id == last])
        return add("Add", [self._transaction(last + 1)])

    def _transaction(self, number: int) -> Transaction:
        shares = Decimal(self._chance.randrange(1, 10**9)) / 4
        return Transaction(number, date(2003, 1, 2), "issuance", number, None, 1, 1, quantity=shares)


def _carry_out(gesture: Gesture, document: Document) -> None:
    if gesture.edit is not None:
        document.do(gesture.edit)
    elif gesture.what == "undo":
        document.undo()
    else:
        document.redo()


def edit_and_save(say: Say, path: str, seed: int, gestures: int) -> None:
    """Work on a file through the document, and tell of each gesture once it is done."""
    document = Document.open(Path(path))
    say(f"working {document.working_copy}")
    count, saves = 0, 0
    for gesture in _bounded(Course(seed, document.ledger), gestures):
        if gesture.what == "save":
            say(f"saving {count}")
            document.save(Path(path))
            saves += 1
            say(f"saved {count}")
            continue
        _carry_out(gesture, document)
        count += 1
        say(f"did {count}")


def begin_and_edit(say: Say, seed: int, gestures: int) -> None:
    """Work on a document that was never saved."""
    document = Document.create(acme())
    say(f"working {document.working_copy}")
    count = 0
    for gesture in _bounded(Course(seed, document.ledger), gestures):
        if gesture.what == "save":
            continue
        _carry_out(gesture, document)
        count += 1
        say(f"did {count}")


def work_in_a_window(say: Say, path: str, seed: int, gestures: int) -> None:
    """Work on a file in the program's own window, by its commands."""
    from PySide6.QtCore import QCoreApplication

    from neocapgui.gui.app import Application, Program

    application = Application()
    program = Program(application)
    window = program.open_window()
    program.open_file(Path(path), window)
    while window.session is None:
        QCoreApplication.processEvents()
    session = window.session
    say(f"working {session.document.working_copy}")
    count = 0
    for gesture in _bounded(Course(seed, session.ledger), gestures):
        if gesture.what == "save":
            say(f"saving {count}")
            window.carry_out("file.save")
            while session.document.is_modified:
                QCoreApplication.processEvents()
            say(f"saved {count}")
            continue
        if gesture.edit is not None:
            session.do(gesture.edit)
        else:
            window.carry_out(f"edit.{gesture.what}")
        count += 1
        say(f"did {count}")
        QCoreApplication.processEvents()


def _bounded(course: Course, most: int) -> Iterator[Gesture]:
    for number, gesture in enumerate(course):
        if number == most:
            return
        yield gesture
