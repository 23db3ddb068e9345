"""The hostile files by kind and number: the same pair is always the same file."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from neocapgui.document.document import Document, DocumentError
from tests.hostile.absurd_facts import FACTS
from tests.hostile.foreign_structures import STRUCTURES, change, other_program
from tests.hostile.harmed_bytes import BYTES

Case = tuple[str, int]  # a kind of hostility and a number
_OTHER = "another program's database"
_FACTS_OFTEN = 6  # times as many of the first kinds of absurd facts, where there is most to be found

KINDS = (*BYTES, *STRUCTURES, *FACTS, _OTHER)


def cases(count: int, seed: int) -> list[Case]:
    """Return that many cases, every kind as often as every other but for the absurd facts."""
    chance = random.Random(seed)
    often = [*KINDS, *(["anything"] * _FACTS_OFTEN)]
    return [(often[number % len(often)], chance.randrange(10**9)) for number in range(count)]


def make(sound: Path, path: Path, case: Case) -> bool:
    """Make a hostile file; return False where the program itself refuses to write it."""
    kind, seed = case
    chance = random.Random(f"{kind} {seed}")
    if kind in FACTS:
        try:
            with Document.create(FACTS[kind](chance), path.parent / "making") as document:
                document.save(path)
        except DocumentError:
            return False
        finally:
            shutil.rmtree(path.parent / "making", ignore_errors=True)
    elif kind in BYTES:
        path.write_bytes(BYTES[kind](bytearray(sound.read_bytes()), chance))
    elif kind in STRUCTURES:
        shutil.copy(sound, path)
        change(path, STRUCTURES[kind](chance))
    else:
        other_program(path, chance)
    return True
