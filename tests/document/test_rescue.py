"""Every valid row of a damaged or foreign file is copied into a new scenario, and the others are named."""

from __future__ import annotations

import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.edits import add, correct
from neocapgui.ledger.facts import Price, Stakeholder
from neocapgui.ledger.ledger import Ledger
from tests.document.files import changed
from tests.document.ledgers import acme, content, facts


def rescued(path: Path) -> Document:
    """Return what is rescued of a file, having made sure that it stays as it is and one copy is left."""
    before = content(path)
    working = path.parent / "rescued"
    document = Document.rescue(path, working)
    assert content(path) == before
    assert list(working.glob("*.db")) == [document.working_copy]
    assert document.path is None
    assert document.is_modified
    return document


def test_of_a_sound_file_everything_is_rescued(file: Path, tmp_path: Path) -> None:
    with rescued(file) as document:
        assert facts(document.ledger) == facts(acme())
        assert document.warnings == ()
        document.save(tmp_path / "again.db")
        assert not document.is_modified
    with Document.open(tmp_path / "again.db") as document:
        assert facts(document.ledger) == facts(acme())
        assert document.warnings == ()


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TRIGGER evil AFTER INSERT ON issuers BEGIN DELETE FROM prices; END",),
        ("CREATE VIEW v_evil AS SELECT load_extension('x')",),
        ("CREATE VIRTUAL TABLE evil USING fts5 (note)",),
        ("CREATE TABLE mine (a, b)", "INSERT INTO mine VALUES (1, 2)"),
        ("CREATE INDEX mine ON issuers (name)", "DROP INDEX changes_by_edit", "DROP VIEW v_prices"),
        ("ALTER TABLE issuers ADD COLUMN evil TEXT", "PRAGMA user_version = 0", "PRAGMA application_id = 0"),
        ("DROP TABLE meta", "DROP TABLE changes", "DROP TABLE edits"),
    ],
)
def test_what_others_made_in_the_file_is_left_behind(file: Path, statements: tuple[str, ...]) -> None:
    changed(file, *statements)
    with pytest.raises(DocumentError):
        Document.open(file)
    with rescued(file) as document:
        assert facts(document.ledger) == facts(acme())
        names = {name for (name,) in document._connection.execute("SELECT name FROM sqlite_schema")}
        assert not names & {"evil", "v_evil", "mine"}


def test_a_row_that_holds_nonsense_is_named(file: Path) -> None:
    changed(
        file,
        "UPDATE transactions SET quantity = 'abc' WHERE id = 2",
        "UPDATE prices SET close = 'NaN'",
        "UPDATE transactions SET ratio_old = '9999999999999999999' WHERE id = 5",
    )
    with rescued(file) as document:
        assert [record.id for record in document.ledger.transactions] == [1, 3, 7, 4, 6]
        assert document.ledger.prices == {}
        assert document.warnings == (
            "Of the table prices 1 row was left out: 1 (close holds 'NaN', which is no number).",
            "Of the table transactions 2 rows were left out: 2 (quantity holds 'abc', which is no number);"
            " 5 (ratio_new holds a ratio of more than 18 digits on a side).",
        )


def test_what_names_a_lost_row_is_lost_in_turn(file: Path) -> None:
    changed(
        file,
        "UPDATE securities SET plan = 4 WHERE id = 3",
        "UPDATE securities SET exercise_into = 2 WHERE id = 4",
        "UPDATE securities SET votes = 'x' WHERE id = 2",
    )
    with rescued(file) as document:
        assert list(document.ledger.securities) == [1]
        assert document.ledger.conversion_rights == {}
        assert [record.id for record in document.ledger.transactions] == [1, 2, 7, 5, 6]
        assert document.warnings[0] == (
            "Of the table securities 3 rows were left out: 2 (votes holds 'x', which is no number);"
            " 4 (exercise_into names 2, which is not among the securities);"
            " 3 (plan names 4, which is not among the securities)."
        )


def test_securities_that_name_each_other_in_a_circle_are_kept(file: Path) -> None:
    changed(
        file, "UPDATE securities SET plan = 4 WHERE id = 3", "UPDATE securities SET plan = 3 WHERE id = 4"
    )
    with rescued(file) as document:
        assert len(document.ledger.securities) == 4


def test_many_lost_rows_are_counted_and_few_named(file: Path) -> None:
    changed(file, "UPDATE transactions SET date = '2001-02-30'")
    with rescued(file) as document:
        (warning,) = document.warnings
        assert warning.startswith(
            "Of the table transactions 7 rows were left out: 1 (date holds '2001-02-30'"
        )
        assert warning.endswith("; and 4 more.")


def test_a_table_that_is_none_is_left_out(file: Path) -> None:
    changed(
        file,
        "PRAGMA legacy_alter_table = ON",
        "DROP TABLE prices",
        "CREATE VIEW prices AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i FROM n)"
        " SELECT i AS id FROM n",
    )
    with rescued(file) as document:
        assert document.ledger.prices == {}
        assert document.warnings == (
            "The table prices is not in the file, or is none that this program could have made.",
        )


def test_generated_columns_are_not_computed(file: Path) -> None:
    changed(
        file,
        "PRAGMA legacy_alter_table = ON",
        "ALTER TABLE stakeholders RENAME TO held",
        "CREATE TABLE stakeholders (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, issuer INTEGER,"
        " note TEXT AS (name || 'x'))",
        "INSERT INTO stakeholders (id, name, kind, issuer) SELECT id, name, kind, issuer FROM held",
    )
    with rescued(file) as document:
        assert document.ledger.stakeholders == acme().stakeholders
        assert document.warnings == ("The table stakeholders lacks note.",)


def test_rows_on_a_broken_page_are_stepped_over(tmp_path: Path) -> None:
    path = tmp_path / "many.db"
    ledger = acme()
    many = {id: Stakeholder(id, f"Holder {id} {'x' * 200}") for id in range(4, 3000)}
    ledger = Ledger(
        **{
            **facts(ledger),
            "transactions": ledger.transactions,
            "stakeholders": {**ledger.stakeholders, **many},
        }
    )
    with Document.create(ledger, tmp_path / "w") as document:
        document.save(path)
    held = bytearray(path.read_bytes())
    (size,) = struct.unpack_from(">H", held, 16)
    for marker in (b"Holder 1000 ", b"Holder 2000 ", b"Holder 2999 "):
        page = held.index(marker) // size * size
        held[page : page + 8] = b"\xff" * 8
    path.write_bytes(held)
    with pytest.raises(DocumentError) as refused:
        Document.open(path, tmp_path / "w")
    assert refused.value.can_rescue
    with rescued(path) as document:
        lost = set(many) - set(document.ledger.stakeholders)
        assert {1000, 2000, 2999} <= lost
        assert len(lost) < 100
        assert len(document.ledger.transactions) == 7
        assert len(document.warnings) == 3
        assert document.warnings[0].startswith("The table stakeholders is damaged: rows from ")


def test_a_file_cut_short_gives_what_is_left(file: Path) -> None:
    held = file.read_bytes()
    file.write_bytes(held[: len(held) - 8192])
    with pytest.raises(DocumentError) as refused:
        Document.open(file)
    assert refused.value.can_rescue
    with rescued(file) as document:
        assert document.ledger.issuers


def test_a_text_that_is_no_unicode_costs_its_row_alone(file: Path) -> None:
    changed(file, "UPDATE transactions SET note = CAST(x'ff41' AS TEXT) WHERE id = 3")
    with rescued(file) as document:
        assert [record.id for record in document.ledger.transactions] == [1, 2, 7, 4, 5, 6]
        assert document.warnings == (
            "The table transactions is damaged: rows from 3 to 3 could not be read.",
        )


def test_a_scenario_is_made_where_none_is_left_and_only_one_is_kept(file: Path) -> None:
    changed(file, "INSERT INTO scenario VALUES (2, 'Second', '', 'USD')")
    with rescued(file) as document:
        assert list(document.ledger.scenario) == [1]
        assert document.warnings == (
            "Of the table scenario 1 row was left out: 2 (there is exactly one scenario).",
        )
    changed(file, "DELETE FROM scenario")
    with rescued(file) as document:
        assert document.ledger.title == "Untitled"


def _with_history(path: Path, folder: Path) -> None:
    with Document.create(acme(), folder) as document:
        ada = document.ledger.stakeholders[1]
        document.do(correct("Rename", ada, Stakeholder(1, "Ada L.", "individual")))
        document.do(add("Price", [Price(2, 1, date(2001, 9, 20), Decimal(4))]))
        document.do(add("Price", [Price(3, 1, date(2001, 9, 21), Decimal(5))]))
        document.undo()
        document.save(path)


def test_a_history_that_leads_to_the_facts_is_rescued(tmp_path: Path) -> None:
    path = tmp_path / "h.db"
    _with_history(path, tmp_path / "w")
    changed(path, "CREATE TABLE mine (a)")
    with rescued(path) as document:
        assert [entry.edit.label for entry in document.history.done] == ["Rename", "Price"]
        assert len(document.history.undone) == 1
        document.redo()
        assert len(document.ledger.prices) == 3
        for _ in range(3):
            document.undo()
        assert facts(document.ledger) == facts(acme())


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE stakeholders SET name = 'Eve' WHERE id = 1",
            "The history is left out: edit 1 of stakeholders 1 does not lead to what the file holds.",
        ),
        (
            "UPDATE changes SET before = '[' WHERE id = 1",
            "The history is left out: changes 1: what was said of a row of stakeholders is not readable.",
        ),
        (
            "UPDATE changes SET fact = 7 WHERE id = 2",
            "The history is left out: changes 2: it is of row 7 and speaks of another.",
        ),
        (
            "UPDATE edits SET at = 'soon'",
            "The history is left out: edits 1: at holds 'soon', which is no time.",
        ),
    ],
)
def test_a_history_that_does_not_is_left_out(tmp_path: Path, statement: str, said: str) -> None:
    path = tmp_path / "h.db"
    _with_history(path, tmp_path / "w")
    changed(path, statement)
    with rescued(path) as document:
        assert document.history.done == ()
        assert document.warnings == (said,)


def test_a_file_with_nothing_of_ours_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path / "other.db", "CREATE TABLE notes (id INTEGER PRIMARY KEY)")
    with pytest.raises(
        DocumentError, match=r"^other\.db is no scenario: it holds none of the tables of one\.$"
    ):
        Document.rescue(path, tmp_path / "w")
    assert list((tmp_path / "w").iterdir()) == []


def test_a_file_with_no_valid_row_is_refused(file: Path) -> None:
    tables = ("transactions", "published_counts", "approvals", "prices", "conversion_rights", "securities")
    changed(file, *(f"DELETE FROM {table}" for table in (*tables, "stakeholders", "issuers", "scenario")))
    with pytest.raises(DocumentError, match=r"^acme\.db holds no row that is valid in a scenario\.$"):
        Document.rescue(file)


def test_what_stands_beside_the_file_is_not_read_and_said(file: Path) -> None:
    file.with_name("acme.db-journal").write_bytes(b"x")
    with rescued(file) as document:
        assert document.warnings == ("What stands only in acme.db-journal, beside the file, is left out.",)


def test_it_is_offered_where_the_cause_lies_in_the_file(file: Path, tmp_path: Path) -> None:
    def is_offered(path: Path) -> bool:
        with pytest.raises(DocumentError) as refused:
            Document.open(path)
        return refused.value.can_rescue

    assert not is_offered(tmp_path / "no.db")
    assert not is_offered(tmp_path)
    (tmp_path / "text.db").write_text("Some text. " * 100)
    assert not is_offered(tmp_path / "text.db")
    assert is_offered(changed(file, "UPDATE prices SET close = 'n/a'"))


def test_the_number_of_the_document_is_kept_where_it_is_one(file: Path) -> None:
    with Document.open(file) as document:
        own = document.id
    with rescued(file) as document:
        assert document.id == own
    changed(file, "UPDATE meta SET value = '../../evil' WHERE key = 'id'")
    with rescued(file) as document:
        assert len(document.id) == 36


def test_a_rescued_document_survives_a_crash(file: Path) -> None:
    changed(file, "UPDATE prices SET close = 'n/a'")
    document = rescued(file)
    document.close(keep=True)
    with Document.recover(document.working_copy) as again:
        assert again.is_modified
        assert again.path is None
        assert len(again.ledger.transactions) == 7
