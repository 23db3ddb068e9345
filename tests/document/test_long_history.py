"""A history grows for years: the oldest edits are forgotten before a file could not be opened again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from neocapgui.document import history_rows
from neocapgui.document.document import Document
from neocapgui.ledger.edits import EditRefused, add, correct
from neocapgui.ledger.facts import Stakeholder
from tests.document.ledgers import acme


def rename(document: Document, number: int) -> None:
    scenario = document.ledger.scenario[1]
    document.do(correct(f"Rename {number}", scenario, replace(scenario, title=f"Acme {number}")))


def test_the_oldest_edits_are_forgotten_and_the_file_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_rows, "MOST_CHANGES", 100)
    monkeypatch.setattr(history_rows, "UNCHECKED", 9)
    with Document.create(acme()) as document:
        for number in range(1, 121):
            rename(document, number)
        kept = [entry.number for entry in document.history.done]
        assert kept[-1] == 120
        assert 35 <= len(kept) <= 50  # an edit and its change count two
        assert kept == list(range(kept[0], 121))
        document.save(tmp_path / "acme.db")
        while document.history.done:
            document.undo()
        assert document.ledger.title == f"Acme {kept[0] - 1}"
    with Document.open(tmp_path / "acme.db") as opened:
        assert [entry.number for entry in opened.history.done] == kept
        assert opened.warnings == ()
        rename(opened, 121)
        assert opened.history.done[-1].number == 121


def test_an_edit_that_no_history_holds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_rows, "_MOST_AT_ONCE", 3)
    with Document.create(acme()) as document:
        people = [Stakeholder(100 + number, f"Holder {number}") for number in range(4)]
        with pytest.raises(
            EditRefused, match=r"^“Add 4” would change 4 facts, and an edit changes 3 at most"
        ):
            document.do(add("Add 4", people))
        assert document.history.done == ()
