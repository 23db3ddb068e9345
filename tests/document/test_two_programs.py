"""Two programs at work on one file, in every order: nobody's change is overwritten without a word."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.edits import correct
from tests.actor import Actor

STEPS = ("open", "edit", "save")
ORDERS = sorted(set(permutations("AAABBB")))
CHANGED = "could not be saved: another program has changed it"
RACES = 25


@pytest.fixture(scope="module")
def actors() -> Iterator[dict[str, Actor]]:
    with Actor() as one, Actor() as other:
        yield {"A": one, "B": other}


def name_in(file: Path) -> str:
    with Document.open(file) as document:
        assert document.warnings == ()
        return document.ledger.issuers[1].name


def test_in_every_order_of_opening_editing_and_saving(
    actors: dict[str, Actor], file: Path, sound: Path
) -> None:
    assert len(ORDERS) == 20
    for order in ORDERS:
        shutil.copy(sound, file)
        standing = name_in(file)
        come_to = {"A": 0, "B": 0}
        known = {"A": "", "B": ""}
        for who in order:
            step = STEPS[come_to[who]]
            come_to[who] += 1
            details = {"open": (str(file),), "edit": (f"{who} {''.join(order)}",), "save": ()}[step]
            answer = actors[who].do(step, *details)
            if step == "open":
                known[who] = standing
            if step != "save":
                assert answer == "done"
            elif known[who] == standing:
                assert answer == "done"
                standing = f"{who} {''.join(order)}"
            else:
                assert CHANGED in answer, (order, answer)
            assert name_in(file) == standing, order


def test_of_two_that_save_at_once_one_is_told(actors: dict[str, Actor], file: Path, sound: Path) -> None:
    for race in range(RACES):
        shutil.copy(sound, file)
        for who, actor in actors.items():
            assert actor.do("open", str(file)) == "done"
            assert actor.do("edit", f"{who} {race}") == "done"
        for actor in actors.values():
            actor.ask("save")
        answers = {who: actor.answer() for who, actor in actors.items()}
        saved = [who for who, answer in answers.items() if answer == "done"]
        assert len(saved) == 1, answers
        assert name_in(file) == f"{saved[0]} {race}"


def test_of_two_that_save_at_once_the_slower_is_told(
    actors: dict[str, Actor], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One program is held up right before it replaces the file, and the other saves meanwhile."""
    replace_file, other = os.replace, actors["B"]
    assert other.do("open", str(file)) == "done"
    assert other.do("edit", "Other") == "done"

    def held_up(one: str, place: str) -> None:
        other.ask("save")
        other.has_answered(within=1.0)  # it either waits for us or has saved already
        replace_file(one, place)

    with Document.open(file) as document:
        issuer = document.ledger.issuers[1]
        document.do(correct("Rename", issuer, replace(issuer, name="Mine")))
        monkeypatch.setattr(os, "replace", held_up)
        told = ""
        try:
            document.save(file)
        except DocumentError as refused:
            told = str(refused)
    answer = other.answer()
    assert sorted([bool(told), CHANGED in answer]) == [False, True], (told, answer)
    assert name_in(file) == ("Other" if told else "Mine")


def test_a_reader_sees_only_whole_states_while_the_file_is_saved(file: Path) -> None:
    seen: set[bytes] = set()
    stop, looked = threading.Event(), threading.Semaphore(0)

    def watch() -> None:
        while not stop.is_set():
            seen.add(hashlib.sha256(file.read_bytes()).digest())
            looked.release()

    whole = {hashlib.sha256(file.read_bytes()).digest()}
    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        with Document.open(file) as document:
            for number in range(30):
                issuer = document.ledger.issuers[1]
                document.do(correct("Rename", issuer, replace(issuer, name=f"Acme {number}" * 500)))
                document.save(file)
                whole.add(hashlib.sha256(file.read_bytes()).digest())
                while looked.acquire(blocking=False):
                    pass
                looked.acquire(timeout=60)  # the watcher keeps up, however seldom it has the processor
    finally:
        stop.set()
        watcher.join()
    assert len(seen) > 3
    assert seen <= whole


def test_what_a_sync_client_puts_there_while_it_is_saved_is_not_lost(
    file: Path, sound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = file.with_name("theirs.db")
    shutil.copy(sound, theirs)
    with Document.open(theirs) as other:
        other.do(correct("Rename", other.ledger.issuers[2], replace(other.ledger.issuers[2], name="Theirs")))
        other.save(theirs)
    held, fsync = theirs.read_bytes(), os.fsync

    def swapping(descriptor: int) -> None:
        fsync(descriptor)
        arriving = file.with_name("arriving")
        arriving.write_bytes(held)
        os.rename(arriving, file)

    with Document.open(file) as document:
        issuer = document.ledger.issuers[1]
        document.do(correct("Rename", issuer, replace(issuer, name="Mine")))
        monkeypatch.setattr(os, "fsync", swapping)
        with pytest.raises(DocumentError, match="another program has changed it"):
            document.save(file)
        assert document.is_modified
    assert file.read_bytes() == held
