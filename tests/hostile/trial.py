"""A hostile file put through the program: opened, checked, reported, rescued, in a process of its own."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.children import Children, Life
from tests.document.ledgers import content
from tests.hostile.corpus import Case, make

LONGEST = 10.0  # seconds of the processor for one command
_HANGS = 300.0  # seconds after which it is ended, whatever it does or waits for
MOST_MEMORY = 512 * 1024  # kibibytes
_ROOM = 4 * 1024**3  # bytes of addresses, so that the machine survives what fails
_MODULES = (
    "neocapgui.__main__",
    "neocapgui.command_line",
    "neocapgui.document.document",
    "neocapgui.engine.checks",
    "neocapgui.engine.identity_checks",
    "neocapgui.figures.checks.sheet",
    "neocapgui.figures.report",
    "platformdirs.unix",
    "tests.hostile.corpus",
    "tests.hostile.trial",
)
_COMMANDS = (  # asked of one file or the next
    ("check", "report --format json --planned"),
    ("check --format json --planned", "report"),
    ("check", "report --format csv"),
)
_AT_ONCE = 2
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """What is wrong with how one file was dealt with; nothing, as a rule."""

    case: Case
    faults: tuple[str, ...]
    exits: tuple[int, ...]
    slowest: float  # seconds
    most_memory: int  # kibibytes


class Court:
    """Tries one file after another."""

    def __init__(self, folder: Path, sound: Path, children: Children) -> None:
        """Work in a folder with copies of a sound file."""
        self._folder, self._sound, self._children = folder, sound, children

    def judge(self, case: Case) -> Trial | None:
        """Try one file with every command; None where there is no such file."""
        place = self._folder / "case"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        path = place / "case.db"
        made = self._children.live("tests.hostile.trial:make_file", str(self._sound), str(path), *case)
        if made.exit or not path.exists():
            return None if made.exit == 3 else Trial(case, (f"not made: exit {made.exit}",), (), 0, 0)
        before, beside = content(path), sorted(os.listdir(place))
        faults: list[str] = []
        lives = []
        for deed in ("opened", *_COMMANDS[case[1] % len(_COMMANDS)]):
            out, err = self._folder / "out", self._folder / "err"
            life = self._children.live(
                "tests.hostile.trial:answer", deed, str(path), str(out), str(err), at_most=_HANGS
            )
            lives.append(life)
            said = err.read_text("utf-8", "replace") if err.exists() else ""
            answered = out.read_text("utf-8", "replace") if out.exists() else ""
            faults += [f"{deed}: {fault}" for fault in _faults(life, said, answered)]
            if life.memory > MOST_MEMORY:
                faults.append(f"{deed}: {life.memory:,} KiB")
            if content(path) != before or sorted(os.listdir(place)) != beside:
                faults.append(f"{deed}: the file or its folder was changed")
        return Trial(
            case,
            tuple(faults),
            tuple(life.exit for life in lives),
            max(life.seconds for life in lives),
            max(life.memory for life in lives),
        )


def trials(folder: Path, sound: Path, cases: Sequence[Case]) -> list[Trial]:
    """Try every case for which there is a file, two at a time."""

    def judged(number: int) -> list[Trial]:
        own = folder / str(number)
        with Children(own / "home", _MODULES) as children:
            court = Court(own, sound, children)
            tried = [court.judge(case) for case in cases[number::_AT_ONCE]]
        return [trial for trial in tried if trial is not None]

    with ThreadPoolExecutor(_AT_ONCE) as workers:
        return [trial for part in workers.map(judged, range(_AT_ONCE)) for trial in part]


def _faults(life: Life, said: str, answered: str) -> Sequence[str]:
    faults = []
    exit = life.exit
    if life.is_late:
        faults.append(f"no answer within {_HANGS:g} s")
    elif life.seconds > LONGEST:
        faults.append(f"{life.seconds:.1f} s of the processor")
    elif exit not in (0, 1, 2):
        faults.append(f"ended with {exit}")
    if "Traceback" in said + answered or "Error)" in said:
        faults.append(said.strip()[-400:])
    if "could not answer" in said:
        faults.append(said.strip())
    if exit == 2 and (said.count("\n") != 1 or not said.rstrip().endswith(".")):
        faults.append(f"no sentence: {said[:300]!r}")
    if exit in (0, 1) and said:
        faults.append(f"beside the answer: {said[:300]!r}")
    return faults


def make_file(_: Say, sound: str, path: str, kind: str, seed: int) -> int:
    """Make a hostile file; 3 says that there is none of this number."""
    _limit()
    return 0 if make(Path(sound), Path(path), (kind, seed)) else 3


def answer(_: Say, deed: str, path: str, out: str, err: str) -> int:
    """Do what was asked with a file as `neocapgui` does it, its answers going to two files."""
    _limit()
    for name, number in ((out, 1), (err, 2)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    if deed == "opened":
        return _opened(Path(path))
    from neocapgui.__main__ import main

    command, *options = deed.split()
    return main([command, path, *options])


def _opened(path: Path) -> int:
    from neocapgui.document.document import Document, DocumentError

    rescue = getattr(Document, "rescue", None)
    for way in (Document.open, rescue):
        if way is None:
            continue
        try:
            way(path).close()
        except DocumentError as refused:
            sentence = str(refused)
            if "\n" in sentence or len(sentence) > 1000 or not sentence.endswith("."):
                sys.stderr.write(f"Traceback of our own: no sentence: {sentence}\n")
    return 0


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
