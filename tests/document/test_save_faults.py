"""Whatever goes wrong while a file is saved: the old file stays, and one sentence says why."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from neocapgui.document import saving
from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.edits import add, correct
from neocapgui.ledger.facts import Issuer
from tests.document.ledgers import acme, content, facts


@pytest.fixture
def document(file: Path) -> Iterator[Document]:
    """The scenario of a file, with an edit that is not yet saved."""
    with Document.open(file) as document:
        document.do(add("Add Delta", [Issuer(3, "Delta")]))
        yield document


def refusal(document: Document, path: Path) -> str:
    """Return why a document is not saved, having made sure that nothing but that happened."""
    target = Path(os.path.realpath(path))
    before = content(target) if target.is_file() else None
    beside = sorted(os.listdir(target.parent)) if target.parent.is_dir() else None
    where, work, ledger = document.path, document.history, facts(document.ledger)
    with pytest.raises(DocumentError) as refused:
        document.save(path)
    assert before == (content(target) if target.is_file() else None)
    assert beside == (sorted(os.listdir(target.parent)) if target.parent.is_dir() else None)
    assert document.is_modified
    assert (document.path, document.history, facts(document.ledger)) == (where, work, ledger)
    said = str(refused.value)
    assert said.startswith(f"{path.name} could not be saved: ")
    assert said.endswith(".")
    return said


def is_saved(document: Document, path: Path) -> None:
    """Make sure that a document can be saved, and is then what its file says."""
    document.save(path)
    assert not document.is_modified
    with Document.open(path) as saved:
        assert saved.warnings == ()
        assert facts(saved.ledger) == facts(document.ledger)
        assert saved.history == document.history


def failing_once(error: Exception) -> Any:
    """Return a call that fails."""

    def call(*_: Any, **__: Any) -> Any:
        raise error

    return call


def test_the_journal_that_sqlite_leaves_on_a_full_disk_goes_with_the_rest(
    document: Document, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(connection: sqlite3.Connection, *_: Any) -> None:
        (place,) = (path for _, name, path in connection.execute("PRAGMA database_list") if name == "main")
        Path(f"{place}-journal").write_bytes(b"half a journal")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(saving, "_finish", full)
        assert refusal(document, file) == "acme.db could not be saved: the disk is full."
    is_saved(document, file)


STEPS: list[tuple[Any, str]] = [
    (os, "open"),
    (sqlite3, "connect"),
    (os, "chmod"),
    (os, "fsync"),
    (os, "replace"),
]


@pytest.mark.parametrize(("module", "name"), STEPS, ids=lambda step: step if isinstance(step, str) else "")
@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.ENOSPC, "x"), "the disk is full"),
        (OSError(errno.EIO, "x"), "the disk reported an error"),
        (OSError(errno.EROFS, "x"), "the disk can only be read"),
        (sqlite3.OperationalError("it broke"), "it broke"),
        (MemoryError(), "memory ran out"),
    ],
    ids=lambda error: type(error).__name__ if isinstance(error, Exception) else None,
)
def test_each_step_may_fail(
    document: Document, file: Path, module: Any, name: str, error: Exception, why: str
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, name, failing_once(error))
        assert refusal(document, file).endswith(f"{why}.")
    is_saved(document, file)


def test_the_file_is_on_the_disk_before_it_takes_the_place_of_the_old_one(
    document: Document, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = []
    fsync, put = os.fsync, os.replace

    def watched_fsync(descriptor: int) -> None:
        synced = os.readlink(f"/proc/self/fd/{descriptor}") if sys.platform == "linux" else ""
        order.append("folder" if os.path.isdir(synced) else "file")
        fsync(descriptor)

    def watched_replace(source: Path, target: Path) -> None:
        order.append("replace")
        put(source, target)

    monkeypatch.setattr(os, "fsync", watched_fsync)
    monkeypatch.setattr(os, "replace", watched_replace)
    document.save(file)
    assert order == (["file", "replace", "folder"] if sys.platform == "linux" else ["file", "replace"])


HARMS: dict[str, Callable[[Path], object]] = {
    "the end is missing": lambda file: os.truncate(file, os.path.getsize(file) - 4096),
    "nothing was written": lambda file: os.truncate(file, 0),
    "zeros were written": lambda file: file.write_bytes(bytes(file.stat().st_size)),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_disk_that_lies_is_found_out(
    document: Document, file: Path, monkeypatch: pytest.MonkeyPatch, harm: str
) -> None:
    fsync = os.fsync

    def lying(descriptor: int) -> None:
        fsync(descriptor)
        for beside in file.parent.glob(".neocapgui-*"):
            HARMS[harm](beside)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lying)
        refusal(document, file)
    is_saved(document, file)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE transactions SET price = '2.01' WHERE id = 1",
        "DELETE FROM row_seals WHERE fact_table = 'prices'",
        "UPDATE meta SET value = upper(value) WHERE key = 'id'",
        "UPDATE meta SET value = value || '0' WHERE key = 'seal.counter'",
        "UPDATE edits SET at = ''",
        "CREATE INDEX prices_by_close ON prices (close)",
    ],
)
def test_a_file_that_another_program_writes_before_it_is_in_place_is_not_taken(
    document: Document, file: Path, monkeypatch: pytest.MonkeyPatch, statement: str
) -> None:
    fsync = os.fsync

    def meddling(descriptor: int) -> None:
        for beside in file.parent.glob(".neocapgui-*"):
            with closing(sqlite3.connect(beside)) as connection, connection:
                connection.execute(statement)
        fsync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", meddling)
        refusal(document, file)
    is_saved(document, file)


LIMITED = """
import resource
import sys
from pathlib import Path
from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Issuer

path, folder = Path(sys.argv[1]), Path(sys.argv[2])
with Document.open(path, folder) as document:
    document.do(add("Add", [Issuer(3, "Delta")]))
    for limit in range(0, path.stat().st_size, 4096 * 3 + 500):
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
        try:
            document.save(path)
        except DocumentError as error:
            print(error)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert [each.name for each in path.parent.iterdir()] == [path.name]
        assert document.is_modified
        with Document.open(path, folder) as old:
            assert 3 not in old.ledger.issuers
    document.save(path)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_write_that_stops_in_the_middle_changes_nothing(file: Path, tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, str(file), str(tmp_path / "working")],
        capture_output=True,
        text=True,
        check=True,
    )
    said = run.stdout.splitlines()
    assert len(said) > 5
    assert all(line.startswith("acme.db could not be saved: ") and line.endswith(".") for line in said)
    with Document.open(file) as document:
        assert document.ledger.issuers[3].name == "Delta"
        assert document.warnings == ()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with room for little more than one file."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(place)]
    try:
        run = subprocess.run(mount, capture_output=True, check=False)
    except OSError:
        pytest.skip("There is no command to mount a disk")
    if run.returncode:
        pytest.skip("This user may mount no disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_the_old_file(document: Document, small_disk: Path) -> None:
    path = small_disk / "acme.db"
    document.save(path)
    document.do(add("Add", [Issuer(4, "Epsilon")]))
    assert refusal(document, path).endswith("the disk is full.")
    is_saved(document, small_disk.parent / "elsewhere.db")


def test_a_folder_that_is_gone_is_named(document: Document, file: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    document.save(gone / "acme.db")
    document.do(add("Add", [Issuer(4, "Epsilon")]))
    gone.rename(tmp_path / "elsewhere")
    assert refusal(document, gone / "acme.db").endswith("the folder gone is not there.")
    is_saved(document, file)


def test_a_folder_that_goes_while_it_is_saved_into(
    document: Document, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def vanishing(descriptor: int) -> None:
        fsync(descriptor)
        file.parent.rename(tmp_path / "elsewhere")

    before = content(file)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", vanishing)
        with pytest.raises(DocumentError) as refused:
            document.save(file)
    assert str(refused.value) == "acme.db could not be saved: the folder files is not there any more."
    assert content(tmp_path / "elsewhere" / "acme.db") == before
    (tmp_path / "elsewhere").rename(file.parent)
    is_saved(document, file)


def test_a_folder_that_takes_no_file_is_named(
    document: Document, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", failing_once(PermissionError(errno.EACCES, "no")))
        assert refusal(document, file).endswith(
            "no file can be made in the folder files: permission was denied."
        )
    is_saved(document, file)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="Root may write everywhere")
def test_a_read_only_folder_is_named(document: Document, file: Path) -> None:
    file.parent.chmod(0o500)
    try:
        assert "no file can be made in the folder files" in refusal(document, file)
    finally:
        file.parent.chmod(0o700)
    is_saved(document, file)


def test_a_link_is_saved_through_wherever_it_leads(document: Document, file: Path, tmp_path: Path) -> None:
    first, second, dangling = tmp_path / "first.db", tmp_path / "second.db", tmp_path / "dangling.db"
    first.symlink_to(Path("files", "acme.db"))
    second.symlink_to(first)
    dangling.symlink_to(file.with_name("new.db"))
    for link in (second, dangling):
        is_saved(document, link)
        assert link.is_symlink()
        document.do(correct("Count", document.ledger.issuers[3], Issuer(3, f"{link.name}")))
    assert not file.is_symlink()
    assert file.with_name("new.db").is_file()


def test_the_other_name_of_a_file_keeps_the_old_version(document: Document, file: Path) -> None:
    other = file.with_name("other.db")
    os.link(file, other)
    before = other.read_bytes()
    is_saved(document, file)
    assert other.read_bytes() == before  # a file is replaced, never written into


@pytest.mark.parametrize("name", ["a" * 252 + ".db", "ü" * 126 + ".db", " ", "-rf", "%41;?#.db", "a\nb.db"])
def test_any_name_that_the_disk_takes_will_do(document: Document, file: Path, name: str) -> None:
    is_saved(document, file.with_name(name))
    assert sorted(os.listdir(file.parent)) == sorted([file.name, name])


def test_a_folder_too_deep_for_sqlite_is_refused_in_words(document: Document, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d" * 200] * 4)
    deep.mkdir(parents=True)
    assert refusal(document, deep / "acme.db").endswith("the path of its folder is too long.")


def test_saving_under_another_name_keeps_what_can_be_undone(document: Document, file: Path) -> None:
    document.do(add("Add Epsilon", [Issuer(4, "Epsilon")]))
    document.undo()
    document.save(file.with_name("other.db"))
    for reopened in (document, Document.open(file.with_name("other.db"))):
        with reopened:
            assert [entry.edit.label for entry in reopened.history.done] == ["Add Delta"]
            assert reopened.redo().label == "Add Epsilon"
            assert reopened.ledger.issuers[4].name == "Epsilon"
            reopened.undo(2)
            assert facts(reopened.ledger) == facts(acme())


class HeldByAnother(PermissionError):
    """What Windows reports of a file that another program has open."""

    winerror = 32


@pytest.mark.parametrize("refusals", [1, 3, 1000])
def test_windows_replaces_no_file_that_another_program_reads(
    document: Document, file: Path, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    put, left = os.replace, refusals

    def held(source: Path, target: Path) -> None:
        nonlocal left
        left -= 1
        if left >= 0:
            raise HeldByAnother(errno.EACCES, "The process cannot access the file")
        put(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", held)
        if refusals > 10:
            assert refusal(document, file).endswith("another program is using the file.")
        else:
            document.save(file)
    is_saved(document, file)


def test_only_what_a_dead_program_of_this_machine_left_is_swept(
    document: Document, file: Path, tmp_path: Path
) -> None:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True)
    dead, here = int(done.stdout), saving.machine()
    gone = f".neocapgui-{here}-{dead}-{'1' * 32}.saving"
    stays = {
        f".neocapgui-{here}-{dead}-{'2' * 32}.saving": True,  # too young
        f".neocapgui-{here}-{os.getpid()}-{'3' * 32}.saving": False,  # of a program that is running
        f".neocapgui-00000000-{dead}-{'4' * 32}.saving": False,  # of another machine
        f".neocapgui-{here}-{dead}-notes.saving": False,  # no name that a save gives
        ".neocapgui-notes": False,
    }
    for name, is_young in {gone: False, **stays}.items():
        path = file.parent / name
        path.write_bytes(b"")
        if not is_young:
            os.utime(path, (1, 1))
    document.save(file)
    assert sorted(os.listdir(file.parent)) == sorted([*stays, file.name])


def test_a_document_is_saved_by_another_thread(document: Document, file: Path) -> None:
    with ThreadPoolExecutor(1) as beside:
        for count in range(3):
            beside.submit(document.save, file).result()
            assert not document.is_modified
            document.do(correct("Count", document.ledger.issuers[3], Issuer(3, f"{count}")))
        issuer = document.ledger.issuers[1]
        document.do(correct("Count", issuer, replace(issuer, name="7")))
        beside.submit(is_saved, document, file).result()
