"""A file is always the old version or the new one, and "saved" means checked."""

from __future__ import annotations

import errno
import io
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from neocapgui.document import saving, working
from neocapgui.document.document import Document, DocumentError
from neocapgui.document.refusal import ChangedOnDisk, SaveCancelled, in_words
from neocapgui.ledger.edits import add, correct
from neocapgui.ledger.facts import Issuer, Scenario
from neocapgui.ledger.ledger import Ledger
from tests.document.ledgers import acme, content, facts


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A saved scenario."""
    (tmp_path / "files").mkdir()
    path = tmp_path / "files" / "acme.db"
    with Document.create(acme()) as document:
        document.save(path)
    return path


@pytest.fixture
def document(file: Path) -> Iterator[Document]:
    """The scenario of the file, with an edit that is not yet saved."""
    with Document.open(file) as document:
        document.do(add("Add", [Issuer(3, "Delta")]))
        yield document


def ledger_of(path: Path) -> Ledger:
    with Document.open(path) as document:
        assert document.warnings == ()
        return document.ledger


# What saving asks of the system, in the places where it asks.
CALLS = (
    (os, "open"),
    (os, "close"),
    (os, "fsync"),
    (os, "chmod"),
    (os, "replace"),
    (sqlite3, "connect"),
    (io, "open"),
)


class Failing:
    """Lets so many calls pass and makes the next one fail."""

    def __init__(self, passing: int, error: Exception) -> None:
        self.left, self.error, self.name = passing, error, ""

    def wrap(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def failing(*what: Any, **how: Any) -> Any:
            self.left -= 1
            if self.left == -1:
                self.name = name
                raise self.error
            return call(*what, **how)

        return failing


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken"), sqlite3.OperationalError("odd")]
)
def test_whatever_fails_the_file_is_whole(file: Path, document: Document, error: Exception) -> None:
    old, new = facts(ledger_of(file)), facts(document.ledger)
    failed = []
    for passing in range(100):
        failing = Failing(passing, error)
        with pytest.MonkeyPatch.context() as patch:
            for module, name in CALLS:
                patch.setattr(module, name, failing.wrap(name, getattr(module, name)))
            with suppress(DocumentError):
                document.save(file)
            if failing.left >= 0:
                break
        failed.append(failing.name)
        assert facts(ledger_of(file)) in (old, new)
        assert document.is_modified or failing.name == "close"  # of the lock, when all is done
        assert os.listdir(file.parent) == ["acme.db"] or failing.name == "close"
    assert {"open", "fsync", "replace", "connect"} <= set(failed)
    assert not document.is_modified
    assert facts(ledger_of(file)) == new


def test_a_full_disk_is_said_and_the_old_file_stays(file: Path, document: Document, monkeypatch: Any) -> None:
    before = content(file)

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DocumentError) as refused:
        document.save(file)
    assert str(refused.value) == "acme.db could not be saved: the disk is full."
    assert content(file) == before
    assert os.listdir(file.parent) == ["acme.db"]
    assert document.is_modified
    assert document.path == file


@pytest.mark.parametrize("harm", ["cut", "flip", "empty", "other"])
def test_a_disk_that_writes_something_else_is_noticed(
    file: Path, document: Document, monkeypatch: Any, harm: str
) -> None:
    before = content(file)
    fsync = os.fsync

    def harmful(descriptor: int) -> None:
        fsync(descriptor)
        for beside in file.parent.glob(".neocapgui-*"):
            written = beside.read_bytes()
            place = written.rindex(b"Delta")
            beside.write_bytes(
                {
                    "cut": written[:-5000],
                    "flip": written[:place] + b"d" + written[place + 1 :],
                    "empty": b"",
                    "other": before[0],
                }[harm]
            )

    monkeypatch.setattr(os, "fsync", harmful)
    with pytest.raises(DocumentError, match=r"acme\.db could not be saved: "):
        document.save(file)
    assert content(file) == before
    assert os.listdir(file.parent) == ["acme.db"]
    assert document.is_modified


def test_a_document_that_could_not_be_saved_can_be_saved_elsewhere(
    document: Document, file: Path, monkeypatch: Any
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", Failing(0, PermissionError(errno.EACCES, "no")).wrap("", os.replace))
        with pytest.raises(DocumentError) as refused:
            document.save(file)
    assert str(refused.value) == "acme.db could not be saved: permission was denied."
    document.save(file.with_name("other.db"))
    assert facts(ledger_of(document.path or file)) == facts(document.ledger)


def test_new_files_are_private_and_old_ones_keep_their_mode(file: Path, document: Document) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o664)
    document.save(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o664


def test_a_link_stays_a_link(file: Path, document: Document) -> None:
    link = file.parent / "link.db"
    link.symlink_to(file)
    document.save(link)
    assert link.is_symlink()
    assert not file.is_symlink()
    assert facts(ledger_of(file)) == facts(document.ledger)
    assert document.path == link


def test_a_read_only_file_is_opened_and_not_replaced(file: Path) -> None:
    file.chmod(0o400)
    with Document.open(file) as document:
        with pytest.raises(DocumentError) as refused:
            document.save(file)
        assert str(refused.value) == "acme.db could not be saved: the file is read-only."


def test_places_where_no_file_can_be_are_named(tmp_path: Path, document: Document) -> None:
    with pytest.raises(DocumentError, match=r"^files could not be saved: it is a folder\.$"):
        document.save(tmp_path / "files")
    with pytest.raises(DocumentError, match=r"^a\.db could not be saved: the folder nowhere is not there\.$"):
        document.save(tmp_path / "nowhere" / "a.db")
    with pytest.raises(DocumentError, match="the name is too long"):
        document.save(tmp_path / ("a" * 300))
    assert os.listdir(tmp_path) == ["files"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="This system has no pipes with names")
def test_a_pipe_or_device_is_not_replaced_by_a_file(tmp_path: Path, document: Document) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.db").symlink_to(tmp_path / "pipe")
    for name in ("pipe", "link.db"):
        with pytest.raises(
            DocumentError, match=r"^pipe could not be saved: it is no file; a scenario is a single file\.$"
        ):
            document.save(tmp_path / name)
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert sorted(os.listdir(tmp_path)) == ["files", "link.db", "pipe"]


def test_the_change_of_another_program_is_not_lost(file: Path, document: Document) -> None:
    with Document.open(file) as other:
        other.do(add("Add", [Issuer(3, "Epsilon")]))
        other.save(file)
        theirs = content(file)
        with pytest.raises(DocumentError) as refused:
            document.save(file)
        assert "another program has changed it since" in str(refused.value)
        assert content(file) == theirs
        document.save(file, over_changes=True)
        assert ledger_of(file).issuers[3].name == "Delta"
        with pytest.raises(DocumentError, match="another program has changed it"):
            other.save(file)


def test_a_file_that_was_only_touched_or_taken_away_is_no_hindrance(file: Path, document: Document) -> None:
    os.utime(file, (1, 1))
    document.save(file)
    file.unlink()
    document.save(file)
    document.save(file)
    assert facts(ledger_of(file)) == facts(document.ledger)


def test_the_saved_file_holds_nothing_of_this_machine(file: Path, document: Document) -> None:
    document.save(file)
    document.save(file)
    with closing(sqlite3.connect(file)) as reader:
        keys = {key for (key,) in reader.execute("SELECT key FROM meta")}
    assert {key for key in keys if not key.startswith("seal")} == {"id"}
    assert str(file.parent).encode() not in file.read_bytes()


def test_saving_to_a_new_name_moves_the_document(file: Path, document: Document) -> None:
    before = content(file)
    document.save(file.with_name("zürich ’01 %3F?.db"))
    assert document.name == "zürich ’01 %3F?.db"
    assert content(file) == before
    document.do(correct("Title", document.ledger.scenario[1], Scenario(1, "Zürich")))
    document.save(document.path or file)
    assert ledger_of(document.path or file).title == "Zürich"


def test_a_folder_that_cannot_be_settled_is_no_trouble(
    file: Path, document: Document, monkeypatch: Any
) -> None:
    def unknown(_: int) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "fsync", unknown)
    saving.settle(file.parent)


def test_what_is_our_own_mistake_rises() -> None:
    with pytest.raises(AssertionError), in_words("acme.db", "saved"):
        raise AssertionError


KILLED = """
import sys
from pathlib import Path
from neocapgui.document.document import Document
from neocapgui.ledger.edits import correct
from neocapgui.ledger.facts import Issuer

path = Path(sys.argv[1])
document = Document.open(path)
print(document.working_copy, flush=True)
while True:
    issuer = document.ledger.issuers[1]
    document.do(correct("Count", issuer, Issuer(1, str(int(issuer.name) + 1), note="x" * 5000)))
    print("did", document.ledger.issuers[1].name, flush=True)
    document.save(path)
    print("saved", document.ledger.issuers[1].name, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot kill so")
@pytest.mark.parametrize("after", [0.0, 0.013, 0.029, 0.05])
def test_a_killed_program_loses_nothing_it_had_said_was_done(file: Path, after: float) -> None:
    with Document.open(file) as document:
        issuer = document.ledger.issuers[1]
        document.do(correct("Count", issuer, replace(issuer, name="0")))
        document.save(file)
    program = subprocess.Popen([sys.executable, "-c", KILLED, str(file)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    working_copy = Path(program.stdout.readline().strip())
    time.sleep(after)
    program.send_signal(signal.SIGKILL)
    said, _ = program.communicate()
    done = [int(line.split()[1]) for line in said.splitlines() if line.startswith("did")]
    saved = [int(line.split()[1]) for line in said.splitlines() if line.startswith("saved")]
    assert int(ledger_of(file).issuers[1].name) in (max(saved, default=0), max(saved, default=0) + 1)
    with Document.recover(working_copy) as recovered:
        assert int(recovered.ledger.issuers[1].name) in (max(done, default=0), max(done, default=0) + 1)


def test_a_change_that_hides_behind_the_old_size_and_time_is_not_overwritten(
    file: Path, tmp_path: Path
) -> None:
    with Document.open(file, tmp_path / "working") as document:
        scenario = document.ledger.scenario[1]
        document.do(correct("Rename", scenario, replace(scenario, title="Ours")))
        status = file.stat()
        theirs = file.read_bytes().replace(b"Acme", b"Emca")
        file.write_bytes(theirs)
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        with pytest.raises(ChangedOnDisk):
            document.save(file)
        assert file.read_bytes() == theirs
        document.save(file, over_changes=True)


@pytest.mark.parametrize("step", range(5))
def test_a_save_given_up_before_any_step_leaves_the_file_and_the_work(step: int, file: Path) -> None:
    before = file.read_bytes()
    with Document.open(file) as document:
        issuer = document.ledger.issuers[1]
        document.do(correct("Rename", issuer, replace(issuer, name="Other")))
        steps: list[None] = []

        def go_on() -> None:
            if len(steps) == step:
                raise SaveCancelled("acme.db was not saved.")
            steps.append(None)

        with pytest.raises(SaveCancelled, match=r"acme\.db was not saved\."):
            document.save(file, go_on=go_on)
        assert file.read_bytes() == before
        assert document.is_modified
        assert os.listdir(file.parent) == [file.name]
        document.save(file)
        assert not document.is_modified
    with Document.open(file) as again:
        assert again.ledger.issuers[1].name == "Other"


def test_sqlite_itself_gives_up_a_long_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "_STEPS_BETWEEN", 100)

    def stop() -> None:
        raise SaveCancelled("acme.db was not saved.")

    with Document.create(acme()) as document, pytest.raises(SaveCancelled):
        document.save(tmp_path / "acme.db", go_on=stop)
    assert os.listdir(tmp_path) == []
