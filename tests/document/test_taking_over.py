"""What a file from elsewhere says to this program itself is not believed: where to write, what is free."""

from __future__ import annotations

import os
import sqlite3
import struct
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from neocapgui.document import document as module
from neocapgui.document import taking_over, working
from neocapgui.document.document import Document, DocumentError
from neocapgui.document.unsaved import unsaved
from neocapgui.ledger.edits import correct
from tests.document.files import changed

STAMP = "1 1 00"


class Ended(BaseException):
    """The program ends here."""


def renamed(document: Document, name: str) -> None:
    scenario = document.ledger.scenario[1]
    document.do(correct(f"Rename to {name}", scenario, replace(scenario, title=name)))


def steering(file: Path, victim: Path) -> Path:
    """Return the file with notes as a working copy has them, which name somebody else's file."""
    said = {"saved": "-1", "origin": str(victim), "stamp": STAMP, "target": str(victim), "unaccepted": ""}
    rows = ", ".join(f"('{key}', '{value}')" for key, value in said.items())
    return changed(file, f"INSERT INTO meta VALUES {rows}")


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{working.ENDING}"))


@pytest.mark.parametrize("moment", ["quarantine.check_inside", "history_rows.history", "reading.ledger"])
def test_a_program_that_ends_while_it_opens_leaves_nothing_that_names_another_file(
    moment: str, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end(*_: object) -> None:
        raise Ended

    monkeypatch.setattr(working, "remove", lambda _: None)  # as a kill leaves it
    target, _, name = moment.partition(".")
    monkeypatch.setattr(getattr(module, target), name, end)
    with pytest.raises(Ended):
        Document.open(steering(file, tmp_path / "victim"), tmp_path / "working")
    assert copies(tmp_path / "working") == []


def test_a_copy_that_is_not_yet_the_document_s_own_names_nobody_s_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Document, "_remember", lambda *_: None)  # as a kill before it leaves it
    with Document.open(steering(file, tmp_path / "victim"), tmp_path / "working") as document:
        with closing(sqlite3.connect(document.working_copy)) as held:
            keys = {key for (key,) in held.execute("SELECT key FROM meta")}
        assert not keys & set(taking_over.NOTES)
        renamed(document, "Edited")
        (copy,) = copies(tmp_path / "working")
        found = unsaved(copy)
    assert found is not None
    assert found.origin is None


@pytest.mark.skipif(sys.platform != "linux", reason="Only there a name may be any bytes")
def test_a_file_under_a_name_that_is_no_text_is_not_taken_for_another(file: Path, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.db"))
    os.rename(steering(file, tmp_path / "victim"), odd)
    with Document.open(odd, tmp_path / "working") as document:
        renamed(document, "Edited")
        found = unsaved(document.working_copy)
    assert found is not None
    assert found.origin is None


@pytest.mark.skipif(sys.platform != "linux", reason="Only there a name may be any bytes")
def test_a_file_saved_under_a_name_that_is_no_text_is_not_recovered_as_the_first(
    file: Path, tmp_path: Path
) -> None:
    before = file.read_bytes()
    document = Document.open(file, tmp_path / "working")
    document.save(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.db")))
    renamed(document, "Only in the second file")
    document.close(keep=True)
    with Document.recover(document.working_copy) as recovered:
        assert recovered.path is None
        assert recovered.ledger.title == "Only in the second file"
    assert file.read_bytes() == before


@pytest.mark.parametrize("page", [1, 2, 5, 2**31])
def test_a_list_of_free_pages_that_names_pages_in_use_loses_no_edit(
    page: int, file: Path, tmp_path: Path
) -> None:
    held = bytearray(file.read_bytes())
    struct.pack_into(">II", held, 32, page, 3)  # https://www.sqlite.org/fileformat.html, section 1.3
    file.write_bytes(held)
    with Document.open(file, tmp_path / "working") as document:
        for number in range(20):
            renamed(document, f"Name {number} " + "x" * 3000)
        document.save(file)
    with Document.open(file, tmp_path / "working") as document:
        assert document.warnings == ()
        assert len(document.history.done) == 20
        for _ in range(20):
            document.undo()


def test_an_edit_of_a_number_that_no_history_reaches_is_refused(file: Path, tmp_path: Path) -> None:
    at = "2001-01-01T00:00:00+00:00"
    changed(file, f"INSERT INTO edits VALUES (9223372036854775807, '{at}', 'Odd', 0)")
    with pytest.raises(DocumentError, match="the edits are numbered up to 1,000,000,000,000,000"):
        Document.open(file, tmp_path / "working")
    with Document.rescue(file, tmp_path / "working") as document:
        assert "The history is left out" in document.warnings[-1]
        renamed(document, "Rescued")
        document.save(file.with_name("rescued.db"))


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
@pytest.mark.parametrize("is_there", [True, False])
def test_nothing_is_saved_where_another_program_left_half_a_change(
    ending: str, is_there: bool, file: Path, tmp_path: Path
) -> None:
    with Document.open(file, tmp_path / "working") as document:
        renamed(document, "Edited")
        beside = file.with_name(file.name + ending)
        beside.write_bytes(b"half a change")
        if not is_there:
            file.unlink()
        before = file.read_bytes() if is_there else None
        with pytest.raises(DocumentError, match=f"another program was changing it and left acme.db{ending}"):
            document.save(file)
        assert (file.read_bytes() if is_there else None) == before
        beside.unlink()
        document.save(file)
    with Document.open(file, tmp_path / "working") as document:
        assert document.ledger.title == "Edited"
