"""Single bits flipped in a file, and what must be said of each."""

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

from neocapgui.document.document import Document, DocumentError
from tests.document.ledgers import facts
from tests.number_cells import NumberCell, number_cells


@dataclass(frozen=True, slots=True)
class Flip:
    """One bit of a file; `cell` is the number that it belongs to, if any."""

    place: int
    bit: int
    cell: NumberCell | None


def flips(path: Path, count: int, seed: int) -> list[Flip]:
    """Return that many flips, three of four of them in numbers."""
    chance, cells, size = random.Random(seed), number_cells(path), path.stat().st_size
    assert len(cells) > 100
    found = []
    for number in range(count):
        cell = chance.choice(cells) if number % 4 else None
        place = chance.randrange(size) if cell is None else cell.start + chance.randrange(cell.length)
        found.append(Flip(place, chance.randrange(8), cell))
    return found


class Flipper:
    """Opens a file again and again, each time with one bit flipped."""

    def __init__(self, sound: Path, folder: Path) -> None:
        """Work on copies of a sound file."""
        self._held, self._path = sound.read_bytes(), folder / "flipped.db"
        with Document.open(sound) as document:
            self._facts = facts(document.ledger)
        self.refused = self.noticed = self.unused = 0

    def check(self, flip: Flip) -> None:
        """Fail unless the flip is refused, or noticed by table and row, or in bytes that record nothing."""
        flipped = bytes([self._held[flip.place] ^ 1 << flip.bit])
        self._path.write_bytes(self._held[: flip.place] + flipped + self._held[flip.place + 1 :])
        try:
            document = Document.open(self._path)
        except DocumentError as refused:
            sentence = str(refused)
            assert sentence.endswith("."), sentence
            assert "\n" not in sentence
            self.refused += 1
            return
        with document:
            if flip.cell is not None:
                self._check_named(document, flip, flip.cell)
            elif document.warnings:
                self.noticed += 1
            else:
                assert facts(document.ledger) == self._facts, f"Nobody noticed {flip}"
                self.unused += 1

    def _check_named(self, document: Document, flip: Flip, cell: NumberCell) -> None:
        assert document.warnings, f"Nobody noticed {flip}"
        state = document.seal_state
        assert state.kind == "damaged", f"{state.kind}: {flip}"
        assert (cell.table, cell.row) in {(row.table, row.row) for row in state.rows}, f"{state.rows}: {flip}"
        assert all(sentence.endswith(".") for sentence in document.warnings)
        self.noticed += 1
