"""Programs killed with signal 9 while they edit and save, and what must be left of their work."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from neocapgui.document.document import Document
from neocapgui.ledger.ledger import Ledger
from tests.children import Children, Life
from tests.document.ledgers import acme, facts
from tests.working_life import Course

GESTURES = 25
_LONGEST = 0.25  # seconds that a killed program lives after its first word
_LEFT = ".neocapgui-"


@dataclass(frozen=True, slots=True)
class Killed:
    """What a killed program left, and what it had said."""

    life: Life
    seed: int
    start: Ledger
    home: Path
    file: Path | None

    def told(self, what: str) -> list[int]:
        """Return the numbers that it said a word with."""
        return [int(line.split()[1]) for line in self.life.said if line.startswith(f"{what} ")]

    @property
    def ledgers(self) -> list[Ledger]:
        """The ledgers that its gestures go through."""
        course = Course(self.seed, self.start)
        for number, _ in enumerate(course):
            if number > GESTURES:
                break
        return course.ledgers


class Killer:
    """Lets programs live for a while, each with a file of its own."""

    def __init__(self, folder: Path, sound: Path, children: Children) -> None:
        """Work in a folder with copies of a sound file."""
        self.folder, self.sound, self._children = folder, sound, children
        self._count = 0

    def kill(
        self, deed: str, seed: int, kill_after: float | None = None, kill_at_call: int | None = None
    ) -> Killed:
        """Let one program work, and kill it."""
        self._count += 1
        home = self.folder / str(self._count)
        home.mkdir()
        file = None if deed == "begin_and_edit" else Path(shutil.copy(self.sound, home / "acme.db"))
        details = [seed, GESTURES] if file is None else [str(file), seed, GESTURES]
        life = self._children.live(
            f"tests.working_life:{deed}", *details, kill_after=kill_after, kill_at_call=kill_at_call
        )
        assert not life.is_late, f"{deed} with seed {seed} hangs after {life.said[-1:]}"
        assert life.exit in (0, -signal.SIGKILL), f"{deed} with seed {seed} ended with {life.exit}"
        return Killed(life, seed, acme(), home, file)


@contextmanager
def killer(folder: Path, sound: Path, *modules: str) -> Iterator[Killer]:
    """Hold a killer with everything imported that its programs use."""
    with Children(folder / "home", ["tests.working_life", *modules]) as children:
        yield Killer(folder, sound, children)


def check_left(killed: Killed) -> None:
    """Fail unless everything that was said to be done is there, and the file is whole, old or new."""
    said = f"seed {killed.seed}, {len(killed.life.said)} lines, the last {killed.life.said[-1:]}"
    working = Path(killed.life.said[0].removeprefix("working "))
    ledgers = killed.ledgers
    done = max(killed.told("did"), default=0)
    with Document.recover(working) as recovered:
        found = facts(recovered.ledger)
        allowed = [facts(ledger) for ledger in ledgers[done : done + 2]]
        assert found in allowed, f"Recovered is not what was done: {said}"
        assert recovered.path == killed.file
    assert not working.exists()
    assert not working.with_name(f"{working.name}-journal").exists()
    if killed.file is not None:
        _check_file(killed, ledgers, said)


def _check_file(killed: Killed, ledgers: list[Ledger], said: str) -> None:
    assert killed.file is not None
    saved, begun = killed.told("saved"), killed.told("saving")
    allowed = [facts(ledgers[max(saved, default=0)])]
    if len(begun) > len(saved):
        allowed.append(facts(ledgers[begun[-1]]))
    with Document.open(killed.file) as document:
        assert document.warnings == (), f"{document.warnings}: {said}"
        assert facts(document.ledger) in allowed, f"The file is neither the old nor the new one: {said}"
        hour_ago = time.time() - 3600
        for left in killed.home.glob(f"{_LEFT}*"):
            os.utime(left, (hour_ago, hour_ago))
        document.save(killed.file)
    left_over = [
        name for name in os.listdir(killed.home) if not name.startswith((".acme.db.lock", "acme.db"))
    ]
    assert left_over == [], f"Left behind: {left_over}: {said}"


def moments(count: int, seed: int) -> list[tuple[int, float]]:
    """Return that many numbers of lives, each with the time after which it is to end."""
    chance = random.Random(seed)
    return [(chance.randrange(10**9), chance.random() ** 2 * _LONGEST) for _ in range(count)]
