"""One flipped bit in a number of the file is refused or named by table and row, and never shown as a fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from neocapgui.document.document import Document
from neocapgui.exchange.samples import sample
from tests.flipping import Flipper, flips
from tests.number_cells import number_cells


@pytest.fixture(scope="module")
def as_filed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flips")
    with Document.create(sample("neotherapeutics-as-filed"), folder / "working") as document:
        document.save(folder / "sound.db")
    return folder / "sound.db"


def test_sixty_flipped_bits_are_noticed(as_filed: Path, tmp_path: Path) -> None:
    flipper = Flipper(as_filed, tmp_path)
    for flip in flips(as_filed, 60, 1):
        flipper.check(flip)
    assert flipper.noticed > 10


def test_the_numbers_of_a_file_are_found_where_they_stand(as_filed: Path) -> None:
    held = as_filed.read_bytes()
    with Document.open(as_filed) as document:
        shares = {one.id: one.shares for one in document.ledger.published_counts.values()}
    found = {
        cell.row: held[cell.start : cell.start + cell.length].decode()
        for cell in number_cells(as_filed)
        if (cell.table, cell.column) == ("published_counts", "shares")
    }
    assert found == {id: str(count) for id, count in shares.items()}
