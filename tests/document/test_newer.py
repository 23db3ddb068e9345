"""A file of a newer version is shown as far as it is known, and never saved over."""

from __future__ import annotations

from pathlib import Path

import pytest

from neocapgui import command_line
from neocapgui.document import schema
from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Stakeholder
from tests.document.files import changed, sentence
from tests.document.ledgers import acme, content, facts

NEWER = schema.VERSION + 1
READ_ONLY = (
    f"acme.db was saved by a newer version of the program: it is a file of version {NEWER}, and this"
    f" program writes version {schema.VERSION}; it can be read here, and saved under another name."
)


@pytest.fixture
def newer(file: Path) -> Path:
    """A file as a version to come might make it."""
    return changed(
        file,
        "ALTER TABLE issuers ADD COLUMN registry TEXT",
        "ALTER TABLE transactions ADD COLUMN tax TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE transactions ADD COLUMN lot INTEGER",
        "CREATE TABLE brokers (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
        "CREATE INDEX brokers_by_name ON brokers (name)",
        "CREATE VIEW v_brokers AS SELECT name FROM brokers",
        "INSERT INTO brokers VALUES (1, 'B')",
        f"PRAGMA user_version = {NEWER}",
    )


def test_it_is_read_and_says_why_it_is_not_saved_over(newer: Path) -> None:
    before = content(newer)
    with Document.open(newer) as document:
        assert facts(document.ledger) == facts(acme())
        assert document.path == newer
        assert document.read_only == READ_ONLY
        assert document.warnings == (
            "What a newer version of the program added is left out here: the table brokers;"
            " of issuers the column registry; of transactions the columns tax, lot.",
        )
        assert not document.is_modified
        document.do(add("Holder", [Stakeholder(9, "New")]))
        for over in (False, True):
            with pytest.raises(DocumentError) as refused:
                document.save(newer, over_changes=over)
            assert str(refused.value) == READ_ONLY
    assert content(newer) == before


def test_it_is_saved_under_another_name(newer: Path, tmp_path: Path) -> None:
    with Document.open(newer) as document:
        document.save(tmp_path / "mine.db")
        assert document.read_only == ""
        document.save(tmp_path / "mine.db")
    with Document.open(tmp_path / "mine.db") as document:
        assert facts(document.ledger) == facts(acme())
        assert (document.read_only, document.warnings) == ("", ())


def test_it_stays_unsaved_over_after_a_crash(newer: Path) -> None:
    document = Document.open(newer)
    document.do(add("Holder", [Stakeholder(9, "New")]))
    document.close(keep=True)
    with Document.recover(document.working_copy) as again:
        assert again.read_only == READ_ONLY
        with pytest.raises(DocumentError, match="was saved by a newer version"):
            again.save(newer)


def test_what_it_says_in_words_not_known_here_is_left_out(newer: Path) -> None:
    changed(newer, "UPDATE transactions SET kind = 'gift' WHERE id = 2")
    with Document.open(newer) as document:
        assert len(document.ledger.transactions) == 6
        assert document.warnings[1] == (
            "Of the table transactions 1 row was left out: 2 ('gift' is no kind of transaction)."
        )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "CREATE TRIGGER evil AFTER INSERT ON issuers BEGIN DELETE FROM prices; END",
            "holds the trigger evil, which no scenario has.",
        ),
        (
            "CREATE VIRTUAL TABLE evil USING fts5 (note)",
            "holds the virtual table evil, which no scenario has.",
        ),
        ("CREATE TABLE evil (a, b AS (a + 1))", "holds the generated column b in evil."),
        (
            "ALTER TABLE prices RENAME COLUMN close TO closing",
            "has no column close in a table prices; only a newer version can read it.",
        ),
        (
            "ALTER TABLE prices RENAME TO quotes",
            "has no column id in a table prices; only a newer version can read it.",
        ),
    ],
)
def test_what_could_do_something_or_has_another_shape_is_refused(
    newer: Path, statement: str, said: str
) -> None:
    changed(newer, "DROP VIEW v_prices", statement)
    assert sentence(newer) == f"acme.db, a file of the newer version {NEWER}, {said}"


def test_a_caller_may_open_any_file_to_be_read_only(file: Path, tmp_path: Path) -> None:
    with Document.open(file, read_only="acme.db is in use.") as document:
        with pytest.raises(DocumentError, match=r"^acme\.db is in use\.$"):
            document.save(file)
        document.save(tmp_path / "mine.db")
        assert document.read_only == ""


def test_a_copy_of_it_is_a_document_of_its_own(newer: Path) -> None:
    with Document.copy_of(newer) as document:
        assert (document.path, document.read_only) == (None, "")


def test_the_command_line_answers_of_it(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["report", str(newer), "--format", "json"]) == 0
    assert '"Ada"' in capsys.readouterr().out
    assert command_line.main(["check", str(newer)]) == 1
    assert "the table brokers" in capsys.readouterr().out
