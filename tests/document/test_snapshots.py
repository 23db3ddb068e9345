"""A version can be kept while the document is edited: it is whole, and is one of the states there were."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from neocapgui.document import versions
from neocapgui.document.document import Document, DocumentError
from neocapgui.document.snapshots import is_of_older_format, keep_snapshot
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Stakeholder
from tests.document.ledgers import acme, facts

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
GOLDEN = Path(__file__).parents[1] / "golden"


def test_versions_kept_in_a_thread_are_states_that_the_document_had(tmp_path: Path) -> None:
    with Document.create(acme()) as document, ThreadPoolExecutor(1) as beside:
        tasks, states = [], [facts(document.ledger)]
        for number in range(60):
            if number % 6 == 0:
                tasks.append(beside.submit(keep_snapshot, document.working_copy, NOON, "interval", tmp_path))
            id = document.ledger.next_id(Stakeholder)
            document.do(add("Add", [Stakeholder(id, f"Fund {number}")]))
            states.append(facts(document.ledger))
        kept = [task.result() for task in tasks]
        assert len(versions.kept(tmp_path, document.id)) == len(kept) == 10
        for version in kept:
            with Document.open(version.path) as earlier:
                assert earlier.warnings == ()
                assert earlier.id == document.id
                assert facts(earlier.ledger) == states[len(earlier.history.done)]
        assert [path.name for path in tmp_path.iterdir()] == [document.id]


def test_a_document_that_is_closed_meanwhile_leaves_nothing_behind(tmp_path: Path) -> None:
    with Document.create(acme()) as document:
        working_copy = document.working_copy
    with pytest.raises(DocumentError, match=r"^The scenario could not be kept as a version: .*\.$"):
        keep_snapshot(working_copy, NOON, "interval", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_a_killed_program_left_is_swept_away(tmp_path: Path) -> None:
    left = tmp_path / "0f8fad5b.copying"
    left.write_bytes(b"half")
    with Document.create(acme()) as document:
        keep_snapshot(document.working_copy, datetime(2099, 1, 1, tzinfo=UTC), "interval", tmp_path)
    assert not left.exists()


def test_an_older_format_is_told_by_the_head_of_the_file(tmp_path: Path) -> None:
    assert is_of_older_format(GOLDEN / "version-1.db")
    with Document.create(acme()) as document:
        document.save(tmp_path / "now.db")
    assert not is_of_older_format(tmp_path / "now.db")
