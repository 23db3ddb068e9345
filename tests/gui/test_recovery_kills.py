"""What is offered after a program was killed (signal 9): all that was entered, and nothing twice."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from neocapgui.document.document import Document
from neocapgui.gui import recovery
from neocapgui.gui.recovery import Leftover, bring_back, changes, discard, discarded, leftovers, reopen
from neocapgui.ledger.edits import EditRefused, correct
from tests.gui.conftest import acme_ledger

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signal 9.")
BEGIN = """
import os, signal
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from neocapgui.document import document as module, history_rows, quarantine, saving, working
from neocapgui.document.document import Document
from neocapgui.ledger.edits import EditRefused, correct
from tests.gui.conftest import acme_ledger

FILE = Path({file!r})

def killed(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def rename(document, name):
    scenario = document.ledger.scenario[1]
    document.do(correct("Rename to " + name, scenario, replace(scenario, title=name)))
"""


def killed(code: str, file: Path) -> None:
    """Run some code in a process that ends by signal 9."""
    answer = subprocess.run(
        [sys.executable, "-c", BEGIN.format(file=str(file)) + code + "\nkilled()"],
        cwd=ROOT,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert answer.returncode == -9, answer.stderr


def renamed(document: Document, name: str) -> None:
    scenario = document.ledger.scenario[1]
    document.do(correct(f"Rename to {name}", scenario, replace(scenario, title=name)))


def only() -> Leftover:
    (leftover,) = leftovers()
    return leftover


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Acme, saved with one edit in its history."""
    path = tmp_path / "acme.db"
    with Document.create(acme_ledger()) as document:
        renamed(document, "Acme I")
        document.save(path)
    return path


def close(document: Document, leftover: Leftover) -> None:
    document.close()
    recovery.release(leftover)


def test_the_edits_since_the_last_save_are_offered_with_the_place_of_the_file(file: Path) -> None:
    killed("d = Document.open(FILE); rename(d, 'A'); rename(d, 'B')", file)
    leftover = only()
    assert (leftover.name, leftover.place) == ("acme.db", str(file.parent))
    assert [step.label for step in leftover.done] == ["Rename to A", "Rename to B"]
    assert leftover.note.startswith("2 edits, the last “Rename to B”, 20")
    assert leftover.warning == ""


def test_what_changed_is_listed_in_the_words_of_the_field(file: Path) -> None:
    killed("d = Document.open(FILE); rename(d, 'A'); rename(d, 'B')", file)
    found = changes(only())
    assert [step.label for step, _ in found] == ["Rename to B", "Rename to A"]
    assert "Acme I" in str(found[1][1].rows[0].cells)
    assert only().count == 2


def test_a_saved_edit_that_was_taken_back_is_unsaved_work(file: Path) -> None:
    killed("d = Document.open(FILE); d.undo()", file)
    leftover = only()
    assert (leftover.done, [step.label for step in leftover.taken_back]) == ((), ["Rename to Acme I"])
    ((step, _),) = changes(leftover)
    assert step.label == "Rename to Acme I"


def test_a_document_never_saved_is_offered_with_its_title(file: Path) -> None:
    killed("d = Document.create(acme_ledger()); rename(d, 'Acme V')", file)
    leftover = only()
    assert (leftover.name, leftover.place, leftover.count) == ("Acme V", "", 1)
    document = reopen(leftover)
    assert (document.path, document.is_modified) == (None, True)
    close(document, leftover)


@pytest.mark.parametrize("moment", ["saving.seal.digests", "saving._check", "os.replace"])
def test_a_crash_during_save_before_the_file_is_in_its_place_loses_nothing(moment: str, file: Path) -> None:
    before = file.read_bytes()
    killed(f"d = Document.open(FILE); rename(d, 'A'); {moment} = killed; d.save(FILE)", file)
    assert file.read_bytes() == before
    leftover = only()
    assert leftover.count == 1
    document = reopen(leftover)
    assert document.ledger.title == "A"
    document.save(file)
    close(document, leftover)
    assert leftovers() == ()
    with Document.open(file) as again:
        assert again.ledger.title == "A"


def test_work_that_stands_in_the_file_already_is_not_offered(file: Path) -> None:
    killed("d = Document.open(FILE); rename(d, 'A'); saving.settle = killed; d.save(FILE)", file)
    with Document.open(file) as document:
        assert document.ledger.title == "A"
    assert leftovers() == ()


@pytest.mark.parametrize("begin", ["Document.create(acme_ledger())", "Document.open(FILE)"])
def test_work_that_stands_in_a_new_file_already_is_not_offered(begin: str, file: Path) -> None:
    target = file.with_name("new.db")
    killed(f"d = {begin}; rename(d, 'A'); saving.settle = killed; d.save(Path({str(target)!r}))", file)
    with Document.open(target) as document:
        assert document.ledger.title == "A"
    assert leftovers() == ()
    target.unlink()
    assert only().count == 1


def test_work_is_not_offered_when_the_file_has_it_and_was_edited_further(file: Path) -> None:
    killed("d = Document.open(FILE); rename(d, 'A'); saving.settle = killed; d.save(FILE)", file)
    with Document.open(file) as document:
        renamed(document, "Later")
        document.save(file)
    assert leftovers() == ()


def test_an_edit_half_written_is_taken_back_and_those_before_it_are_offered(file: Path, home: Path) -> None:
    code = (
        "d = Document.open(FILE); rename(d, 'A'); add = history_rows.add\n"
        "def half(connection, entry):\n"
        "    add(connection, entry)\n"
        "    connection.execute('PRAGMA cache_size = 1')\n"
        "    connection.executemany('INSERT INTO meta VALUES (?, ?)', ((str(n), 'x' * 900)"
        "                           for n in range(999)))\n"
        "    killed()\n"
        "history_rows.add = half; rename(d, 'B')"
    )
    killed(code, file)
    assert [left.stat().st_size > 0 for left in (home / "working").glob("*-journal")] == [True]
    leftover = only()
    assert [step.label for step in leftover.done] == ["Rename to A"]
    document = reopen(leftover)
    assert document.ledger.title == "A"
    close(document, leftover)


@pytest.mark.parametrize(
    "moment", ["Document._remember", "quarantine.check_inside", "history_rows.history", "working.connect"]
)
def test_a_program_killed_while_it_opens_a_file_leaves_nothing_to_offer(moment: str, file: Path) -> None:
    killed(f"{moment} = killed; Document.open(FILE)", file)
    assert leftovers() == ()


@pytest.mark.parametrize("moment", ["module.schema.create_tables", "module.schema.create_indices"])
def test_a_program_killed_while_it_makes_a_scenario_leaves_nothing_to_offer(moment: str, file: Path) -> None:
    killed(f"{moment} = killed; Document.create(acme_ledger())", file)
    assert leftovers() == ()


def test_half_a_copy_is_never_offered_and_swept_when_it_is_old(file: Path, home: Path) -> None:
    killed("os.lseek = killed; Document.open(FILE)", file)
    (left,) = (home / "working").iterdir()
    assert leftovers() == ()
    assert left.exists()
    hours_ago = time.time() - 2 * 3600
    os.utime(left, (hours_ago, hours_ago))
    assert leftovers() == ()
    assert list((home / "working").iterdir()) == []


def test_an_old_copy_without_work_is_swept_and_one_with_work_never(file: Path, home: Path) -> None:
    killed("Document.open(FILE)", file)
    killed("rename(Document.open(FILE), 'A')", file)
    years_ago = time.time() - 1000 * 86400
    for left in (home / "working").glob("*.db"):
        os.utime(left, (years_ago, years_ago))
    assert only().count == 1
    assert len(list((home / "working").glob("*.db"))) == 1


def test_what_was_opened_again_is_offered_again_after_another_crash(file: Path) -> None:
    killed("rename(Document.open(FILE), 'A')", file)
    again = "rename(Document.recover(Path({!r})), 'B')"
    killed(again.format(str(only().working_copy)), file)
    assert [step.label for step in only().done] == ["Rename to A", "Rename to B"]


def test_a_file_changed_meanwhile_is_told_and_not_overwritten(file: Path) -> None:
    killed("rename(Document.open(FILE), 'A')", file)
    with Document.open(file) as other:
        renamed(other, "Theirs")
        other.save(file)
    leftover = only()
    sentence = "Another program has changed acme.db since; Save will ask before it takes its place."
    assert leftover.warning == sentence
    document = reopen(leftover)
    assert document.warnings == (sentence,)
    assert document.ledger.title == "A"
    close(document, leftover)


def test_a_file_that_is_gone_is_told(file: Path) -> None:
    killed("rename(Document.open(FILE), 'A')", file)
    file.unlink()
    assert only().warning == "acme.db is not where it was; Save puts it there again."


def test_a_damaged_copy_is_kept_told_and_read_as_far_as_it_is_valid(file: Path) -> None:
    killed("d = Document.create(acme_ledger()); rename(d, 'Acme V')", file)
    copy = only().working_copy
    content = bytearray(copy.read_bytes())
    content[-200:] = b"\xff" * 200
    at = content.index(b"Ada")
    content[at - 12 : at] = b"\xff" * 12
    copy.write_bytes(content)
    leftover = only()
    assert leftover.name == "A scenario that cannot be read whole"
    assert leftover.trouble.startswith("Its working copy is damaged; ")
    document = reopen(leftover)
    assert document.path is None
    assert document.warnings
    document.close()
    assert copy.exists()
    assert discard(only())
    assert leftovers() == ()


def test_two_programs_never_have_one_leftover(file: Path, home: Path) -> None:
    killed("rename(Document.open(FILE), 'A')", file)
    leftover = only()
    code = (
        "import sys\nfrom neocapgui.gui.recovery import claim, leftovers\n"
        "(left,) = leftovers()\nprint(claim(left), flush=True)\nsys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=dict(os.environ),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert leftovers() == ()
        with pytest.raises(Exception, match="is open already"):
            reopen(leftover)
        other.kill()
    assert only() == leftover
    assert not list((home / "working").glob("*.lock"))


def test_discarded_work_can_be_brought_back_for_thirty_days(file: Path, home: Path) -> None:
    killed("rename(Document.open(FILE), 'A')", file)
    assert discard(only())
    assert leftovers() == ()
    (gone,) = discarded()
    assert (gone.name, gone.count) == ("acme.db", 1)
    day_29 = time.time() - 29 * 86400
    os.utime(gone.working_copy, (day_29, day_29))
    bring_back(discarded()[0])
    assert discarded() == ()
    assert discard(only())
    day_31 = time.time() - 31 * 86400
    os.utime(discarded()[0].working_copy, (day_31, day_31))
    assert discarded() == ()
    assert list((home / "discarded").iterdir()) == []


def test_nothing_of_the_user_folder_can_be_read_by_others(file: Path, home: Path) -> None:
    shutil.rmtree(home)
    killed("rename(Document.open(FILE), 'A')", file)
    leftover = only()
    lock = recovery.lock_of(reopen(leftover))
    modes = {path.relative_to(home).name: path.stat().st_mode & 0o777 for path in home.rglob("*")}
    assert {mode for name, mode in modes.items() if "." in name} == {0o600}
    assert {mode for name, mode in modes.items() if "." not in name} | {home.stat().st_mode & 0o777} == {
        0o700
    }
    lock.unlock()


@pytest.mark.parametrize("moment", ["shutil.copyfile", "Document.recover", "saving._check", "saving.settle"])
def test_a_crash_while_a_copy_is_saved_offers_the_work_once(moment: str, file: Path) -> None:
    copy = file.with_name("copy.db")
    killed(
        "import shutil; from neocapgui.gui.files.window_files import _copied; "
        "d = Document.open(FILE); rename(d, 'A'); "
        f"{moment} = killed; _copied(d, Path({str(copy)!r}), lambda: None)",
        file,
    )
    leftover = only()
    assert (leftover.name, leftover.count, leftover.trouble) == ("acme.db", 1, "")


def test_changes_that_do_not_fit_the_facts_are_told_and_the_work_is_opened_all_the_same(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        said = '{"currency":"USD","id":1,"title":"Never so"}'
        connection.execute("INSERT INTO edits VALUES (9, '2001-01-01T00:00:00+00:00', 'Odd', 1)")
        connection.execute("INSERT INTO changes VALUES (9, 9, 'scenario', 1, ?, ?)", (said, said))
    killed("d = Document.open(FILE); d.undo()", file)
    leftover = only()
    with pytest.raises(EditRefused, match="has been changed since"):
        changes(leftover)
    document = reopen(leftover)
    assert document.ledger.title == "Acme"
    close(document, leftover)
