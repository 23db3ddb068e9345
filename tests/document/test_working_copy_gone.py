"""Where the working copy is gone no edit is said to be done, and what stands on the screen can be saved."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.edits import correct


def renamed(document: Document, name: str) -> None:
    scenario = document.ledger.scenario[1]
    document.do(correct(f"Rename to {name}", scenario, replace(scenario, title=name)))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")
def test_an_edit_without_a_working_copy_is_refused_and_the_work_before_it_saved(
    file: Path, tmp_path: Path
) -> None:
    with Document.open(file, tmp_path / "working") as document:
        renamed(document, "Kept")
        shutil.rmtree(tmp_path / "working")
        for edit in (lambda: renamed(document, "Lost"), document.undo):
            with pytest.raises(DocumentError, match="its working copy is gone, and what stands here can"):
                edit()
        assert document.ledger.title == "Kept"
        document.save(file)
    with Document.open(file, tmp_path / "working") as document:
        assert (document.ledger.title, len(document.history.done)) == ("Kept", 1)
