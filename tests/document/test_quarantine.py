"""What is no scenario, or a damaged one, is refused in one sentence and left as it is."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import struct
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from neocapgui.document import migrations, quarantine, schema
from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.ledger import Ledger
from tests.document.files import changed, patched, sentence
from tests.document.ledgers import acme, content, facts


def test_a_sound_file_is_opened_and_not_touched(file: Path) -> None:
    before = content(file)
    with Document.open(file) as document:
        assert facts(document.ledger) == facts(acme())
        assert document.warnings == ()
        assert document.path == file
    assert content(file) == before
    assert os.listdir(file.parent) == ["acme.db"]


def test_what_is_not_there_or_no_file(tmp_path: Path) -> None:
    assert sentence(tmp_path / "no.db") == "no.db is not there."
    assert sentence(tmp_path) == f"{tmp_path.name} is a folder; a scenario is a single file."
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert sentence(tmp_path / "pipe") == "pipe is no file; a scenario is a single file."
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    assert sentence(tmp_path / "link") == "link is not there."


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (b"", "x.db is empty: it holds 0 bytes."),
        (b"SQLite format 3\0", "x.db is no scenario: it is not an SQLite file."),
        (b"PK\3\4" + b"\0" * 5000, "x.db is no scenario: it is not an SQLite file."),
        ("Ein Text. ".encode("utf-16") * 900, "x.db is no scenario: it is not an SQLite file."),
        (
            b"SQLite format 3\0" + b"\0" * 5000,
            "x.db is no scenario: it is an SQLite file of another program.",
        ),
    ],
)
def test_what_is_no_scenario(tmp_path: Path, held: bytes, expected: str) -> None:
    (tmp_path / "x.db").write_bytes(held)
    assert sentence(tmp_path / "x.db") == expected


def test_the_file_of_another_program(tmp_path: Path) -> None:
    path = changed(tmp_path / "other.db", "CREATE TABLE notes (id INTEGER PRIMARY KEY)")
    assert sentence(path) == "other.db is no scenario: it is an SQLite file of another program."


@pytest.mark.parametrize("statement", ["ANALYZE", "PRAGMA optimize", "ANALYZE transactions"])
def test_what_sqlite_measures_of_a_file_is_left_behind(file: Path, tmp_path: Path, statement: str) -> None:
    before = content(changed(file, statement))
    with Document.open(file) as document:
        assert facts(document.ledger) == facts(acme())
        document.save(tmp_path / "clean.db")
    assert content(file) == before
    with closing(sqlite3.connect(tmp_path / "clean.db")) as connection:
        assert schema.structure(connection).keys() == migrations.structure_of(schema.VERSION).keys()


def test_nonsense_in_what_sqlite_measures_does_no_harm(file: Path) -> None:
    changed(
        file,
        "ANALYZE",
        "UPDATE sqlite_stat1 SET stat = 'x' || hex(zeroblob(100000))",
        "INSERT INTO sqlite_stat1 VALUES (NULL, x'ff', '9999999999999999999 -1'), ('evil', 'evil', '0 0 0')",
    )
    with Document.open(file) as document:
        assert facts(document.ledger) == facts(acme())


@pytest.mark.parametrize("version", [0, -3])
def test_a_version_that_never_was(file: Path, version: int) -> None:
    assert sentence(changed(file, f"PRAGMA user_version = {version}")) == (
        f"acme.db is damaged: it says it is a file of version {version}."
    )


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="Root may read everything")
def test_a_file_that_may_not_be_read(file: Path) -> None:
    file.chmod(0)
    with pytest.raises(
        DocumentError, match=r"^acme\.db cannot be opened: permission to read it was denied\.$"
    ):
        Document.open(file)


def test_a_file_that_the_disk_does_not_give(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "write", denied)
    assert sentence(file) == "acme.db could not be opened: permission was denied."


def test_a_file_that_is_too_large(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = file.stat().st_size
    monkeypatch.setattr(quarantine, "LARGEST_FILE", 1000)
    assert sentence(file) == f"acme.db has {size:,} bytes, more than the 1,000 that can be opened."


def test_a_file_that_takes_too_long(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "LONGEST_CHECK", -1)
    monkeypatch.setattr(quarantine, "STEPS_BETWEEN", 1)
    assert sentence(file) == "acme.db could not be opened: checking it took too long."


def test_a_file_that_is_cut_short(file: Path) -> None:
    whole = file.stat().st_size
    os.truncate(file, whole - 4096)
    assert sentence(file) == f"acme.db is cut short: it has {whole - 4096:,} of its {whole:,} bytes."


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_a_file_that_another_program_was_changing(file: Path, ending: str) -> None:
    beside = file.with_name(f"acme.db{ending}")
    beside.write_bytes(b"x")
    assert sentence(file) == (
        f"acme.db is not complete: another program was changing it and left acme.db{ending} beside it."
    )
    beside.write_bytes(b"")
    Document.open(file).close()


def test_a_journal_that_another_program_keeps_and_marked_as_over_is_no_trouble(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = PERSIST")
        connection.execute("UPDATE issuers SET note = note || '!'")
    kept = file.with_name("acme.db-journal")
    before = kept.read_bytes()
    assert before
    with Document.open(file) as document:
        document.save(file)
    assert kept.read_bytes() == before


def test_a_file_that_another_program_set_to_keep_a_log_is_complete_without_it(file: Path) -> None:
    changed(file, "PRAGMA journal_mode = WAL")
    before = content(file)
    with Document.open(file) as document:
        assert facts(document.ledger) == facts(acme())
    assert content(file) == before


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "CREATE TRIGGER evil AFTER INSERT ON issuers BEGIN DELETE FROM prices; END",
            "acme.db holds the trigger evil, which is no part of a scenario.",
        ),
        (
            "CREATE VIEW v_evil AS SELECT load_extension('x')",
            "acme.db holds the view v_evil, which is no part of a scenario.",
        ),
        (
            "CREATE VIRTUAL TABLE evil USING fts5 (note)",
            "acme.db holds the table evil, which is no part of a scenario.",
        ),
        (
            "CREATE TABLE evil (a, b AS (a + 1))",
            "acme.db holds the table evil, which is no part of a scenario.",
        ),
        (
            "CREATE INDEX evil ON issuers (upper(name))",
            "acme.db holds the index evil, which is no part of a scenario.",
        ),
        ("DROP TABLE prices", "acme.db lacks the table prices."),
        ("DROP INDEX changes_by_edit", "acme.db lacks the index changes_by_edit."),
        (
            "ALTER TABLE issuers ADD COLUMN evil TEXT",
            "acme.db holds a table issuers that is not made as this program makes it.",
        ),
    ],
)
def test_a_file_made_of_anything_else(file: Path, statement: str, expected: str) -> None:
    assert sentence(changed(file, statement)) == expected


def test_a_view_of_ours_that_says_something_else(file: Path) -> None:
    path = changed(file, "DROP VIEW v_prices", "CREATE VIEW v_prices AS SELECT zeroblob(1000000000)")
    assert sentence(path) == "acme.db holds a view v_prices that is not made as this program makes it."


def test_a_table_rewritten_in_the_schema_itself(file: Path) -> None:
    path = changed(
        file,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'issuers'",
    )
    assert sentence(path) == "acme.db holds a table issuers that is not made as this program makes it."


def test_a_schema_that_is_nonsense(file: Path) -> None:
    path = changed(
        file,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE issuers (' WHERE name = 'issuers'",
    )
    assert sentence(path).startswith("acme.db could not be opened: ")


def test_what_a_file_says_of_itself_stays_one_short_line(file: Path) -> None:
    assert sentence(changed(file, 'CREATE TABLE "a\nb\x1b[31m" (x)')) == (
        "acme.db holds the table a b\ufffd[31m, which is no part of a scenario."
    )
    changed(file, 'DROP TABLE "a\nb\x1b[31m"', f'CREATE TABLE "{"y" * 50_000}" (x)')
    assert len(sentence(file)) < 500


def test_a_schema_that_is_no_unicode_is_said_in_few_words(file: Path) -> None:
    held = file.read_bytes()
    patched(file, held.index(b"CREATE VIEW v_ledger") + 30, b"\xff")
    assert sentence(file) == "acme.db could not be opened: a text in it is not in Unicode."


def test_damage_is_told_on_one_line(file: Path) -> None:
    path = changed(
        file,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'prices')"
        " WHERE name = 'issuers'",
    )
    said = sentence(path)
    assert said.startswith("acme.db is damaged: 2nd reference to page ")
    assert "\n" not in said


def test_damage_inside_is_found(file: Path) -> None:
    (page_size,) = struct.unpack_from(">H", file.read_bytes(), 16)
    with closing(sqlite3.connect(file)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'issuers'").fetchone()
    patched(file, (root - 1) * page_size, b"\x05")
    assert "damaged" in sentence(file)


def test_no_flipped_byte_goes_unnoticed_or_breaks_the_program(sound: Path, tmp_path: Path) -> None:
    held, chance, silent = sound.read_bytes(), random.Random(7), 0
    path = tmp_path / "flipped.db"
    for _ in range(150):
        place = chance.randrange(len(held))
        path.write_bytes(held[:place] + bytes([held[place] ^ 1 << chance.randrange(8)]) + held[place + 1 :])
        try:
            document = Document.open(path)
        except DocumentError:
            continue
        with document:
            assert document.warnings or facts(document.ledger) == facts(acme())
            silent += not document.warnings
    assert silent > 0  # bytes that hold nothing


@pytest.mark.parametrize(
    "make", [lambda chance: chance.randbytes(3000), lambda _: b"\xff" * 3000, lambda _: b"\0" * 3000]
)
def test_no_overwritten_page_breaks_the_program(
    sound: Path, tmp_path: Path, make: Callable[[random.Random], bytes]
) -> None:
    held, chance = sound.read_bytes(), random.Random(3)
    path = tmp_path / "broken.db"
    for start in range(0, len(held), 4096):
        path.write_bytes(held)
        patched(path, start + 100, make(chance))
        try:
            document = Document.open(path)
        except DocumentError:
            continue
        with document:
            assert document.warnings or facts(document.ledger) == facts(acme())


def test_every_part_of_the_structure_is_compared() -> None:
    parts = migrations.structure_of(schema.VERSION)
    assert {name.partition(" ")[0] for name in parts} == {"table", "index", "view"}


def test_a_working_folder_that_cannot_be_made_is_said(file: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(DocumentError, match=r"^acme\.db could not be opened: "):
        Document.open(file, tmp_path / "taken" / "working")
    with pytest.raises(DocumentError, match=r"^Untitled could not be created: "):
        Document.create(Ledger(), tmp_path / "taken" / "working")


def test_a_file_that_changes_while_it_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write

    def busy(descriptor: int, part: bytes) -> int:
        with file.open("ab") as other:
            other.write(b"x")
        return write(descriptor, part)

    monkeypatch.setattr(os, "write", busy)
    with pytest.raises(DocumentError) as refused:
        Document.open(file)
    assert str(refused.value) == "acme.db could not be opened: another program is changing it."


def test_a_file_of_a_hundred_thousand_views_is_refused_before_sqlite_reads_them(file: Path) -> None:
    changed(
        file,
        "PRAGMA writable_schema = ON",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
        " INSERT INTO sqlite_schema"
        " SELECT 'view', 'x' || i, 'x' || i, 0, 'CREATE VIEW x' || i || ' AS SELECT 1' FROM n",
    )
    assert sentence(file) == "acme.db is no scenario: it is made of more than 2,000 tables and views."


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE transactions SET note = hex(zeroblob(600000)) WHERE id = 3",
            "acme.db could not be opened: transactions 3: note holds a text of more than 1,000,000"
            " characters.",
        ),
        (
            "UPDATE transactions SET note = hex(zeroblob(15000000)) WHERE id = 3",
            "acme.db could not be opened: a text in it is too long.",
        ),
        (
            "UPDATE meta SET value = hex(zeroblob(15000000)) WHERE key = 'id'",
            "acme.db could not be opened: a text in it is too long.",
        ),
        (
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
            " INSERT INTO meta SELECT 'seal.' || i, 'x' FROM n",
            "acme.db could not be opened: 2,015 rows of meta are more than the 1,000 that can be held.",
        ),
        (
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200001)"
            " INSERT INTO changes SELECT i, 1, 'issuers', 1, NULL, '{}' FROM n",
            "acme.db could not be opened: its history of 200,001 changes in 0 edits is longer than the"
            " 200,000 changes and 100,000,000 characters that can be held.",
        ),
    ],
)
def test_what_memory_would_not_hold_is_refused(file: Path, statement: str, said: str) -> None:
    assert sentence(changed(file, statement)) == said


def test_a_file_that_the_disk_of_the_working_copies_does_not_hold(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = file.stat().st_size
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000}))
    assert sentence(file) == (
        f"acme.db could not be opened: a working copy of its {size:,} bytes does not fit the 1,000 that"
        " are free."
    )
