"""A clock that is wrong, or was: nothing is lost by it, and no file is kept from being opened."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from neocapgui.document.document import Document
from neocapgui.gui.files.in_use import FileLock, lock_file
from neocapgui.gui.recovery import KEPT_DAYS, discarded, leftovers, set_aside
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.facts import Stakeholder
from tests.document.ledgers import acme
from tests.gui.slow_disk import acme_file

NOW = datetime(2026, 11, 22, 14, 2)
DAY = 86_400  # seconds
NO_DATE = 253_402_300_800  # seconds since 1970: the year 10000, which no date of Python has


def at(path: Path, seconds: float) -> Path:
    """Date a file; skips where its disk knows no such time."""
    os.utime(path, (seconds, seconds))
    if int(path.stat().st_mtime) != int(seconds):
        pytest.skip("This disk knows no such time.")
    return path


def left() -> Path:
    """Return a working copy with one edit that a program left."""
    document = Document.create(acme())
    document.do(Edit("Add Zoe", (Change(None, Stakeholder(900, "Zoe")),)))
    document.close(keep=True)
    return document.working_copy


@pytest.mark.parametrize("seconds", [0, -DAY, 2**31, 2**32, NO_DATE])
def test_a_lock_of_any_time_tells_who_has_the_file(seconds: int, tmp_path: Path) -> None:
    file = acme_file(tmp_path / "acme.db")
    lock_file(file).write_text("4711\nneocapgui\nfinance-7\n", encoding="utf-8")
    at(lock_file(file), seconds)
    keeper = FileLock(file).take(NOW)
    assert keeper is not None
    assert keeper.machine == "finance-7"
    assert keeper.sentence.startswith("acme.db is open by ")


@pytest.mark.parametrize("seconds", [0, -DAY, 2**32, NO_DATE])
def test_a_file_of_any_time_opens_and_is_saved(seconds: int, tmp_path: Path) -> None:
    file = at(acme_file(tmp_path / "acme.db"), seconds)
    with Document.open(file) as document:
        assert document.on_disk() == "same"
        assert (document.saved_at is None) == (seconds == NO_DATE)
        document.save(file)
        assert document.saved_at is not None


@pytest.mark.parametrize("seconds", [0, -DAY, 2**32, NO_DATE])
def test_work_left_by_any_clock_is_offered_and_hides_no_other(seconds: int) -> None:
    sound, damaged = left(), left()
    damaged.write_bytes(damaged.read_bytes()[:5000])
    at(sound, seconds)
    at(damaged, seconds)
    assert {one.working_copy for one in leftovers()} == {sound, damaged}


@pytest.mark.parametrize("seconds", [0, 2**32])
def test_the_days_of_discarded_work_are_counted_anew_where_the_clock_was_wrong(
    seconds: int, home: Path
) -> None:
    working_copy = left()
    set_aside(working_copy)
    aside = at(home / "discarded" / working_copy.name, seconds)
    assert [one.working_copy for one in discarded()] == [aside]
    assert abs(aside.stat().st_mtime - time.time()) < DAY
    at(aside, time.time() - (KEPT_DAYS + 1) * DAY)
    assert discarded() == ()
    assert not aside.exists()
