"""Versions are kept by document, thinned out as they age, whole, private, and never at anybody's cost."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from neocapgui.document import versions
from neocapgui.document.document import Document, DocumentError
from neocapgui.document.versions import Version, keep, kept, tidy
from neocapgui.ledger.edits import add, correct
from neocapgui.ledger.facts import Stakeholder
from tests.document.ledgers import acme, content, same

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE, OTHER = "0d4c9e6a-6a1e-4f0e-9a43-3f6f5b1f0001", "0d4c9e6a-6a1e-4f0e-9a43-3f6f5b1f0002"
on_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "versions"


def unlike(file: Path, number: int) -> Path:
    """Return the file with other bytes where the header of SQLite keeps nothing yet."""
    held = bytearray(file.read_bytes())
    held[88:92] = number.to_bytes(4, "big")
    file.write_bytes(held)
    return file


def test_versions_are_graded_over_two_years(folder: Path, file: Path) -> None:
    at, end = NOW, NOW + timedelta(days=2 * 365)
    number = 0
    while at < end:
        keep(folder, ONE, unlike(file, number), at, "interval")
        tidy(folder, at)
        number += 1
        at += timedelta(hours=11 if end - at < timedelta(days=35) else 100)
    found = kept(folder, ONE)
    ages = [at - version.at for version in found]
    assert ages == sorted(ages)
    fresh = [version for version, age in zip(found, ages, strict=True) if age <= timedelta(days=2)]
    assert len(fresh) == 48 // 11
    daily = one_each(found, at, timedelta(days=2), timedelta(days=30), "%Y-%j")
    assert len(daily) in (28, 29)
    weekly = one_each(found, at, timedelta(days=30), timedelta(weeks=26), "%G-%V")
    assert len(weekly) in (22, 23)
    monthly = one_each(found, at, timedelta(weeks=26), timedelta(days=800), "%Y-%m")
    assert len(monthly) in (18, 19)
    assert tidy(folder, at) == ()
    assert kept(folder, ONE) == found


def one_each(
    found: tuple[Version, ...], now: datetime, after: timedelta, until: timedelta, period: str
) -> Counter[str]:
    """Return the periods between two ages that hold a version, having made sure that each holds one only."""
    periods = Counter(format(each.at, period) for each in found if after < now - each.at <= until)
    assert set(periods.values()) == {1}
    return periods


def test_of_a_day_a_week_and_a_month_the_latest_stays(folder: Path, file: Path) -> None:
    ages = [
        timedelta(days=3, hours=2),
        timedelta(days=3, hours=1),
        timedelta(days=40, hours=30),
        timedelta(days=40),
        timedelta(days=400),
        timedelta(days=395),
    ]
    for number, age in enumerate(ages):
        keep(folder, ONE, unlike(file, number), NOW - age, "saved")
    gone = tidy(folder, NOW)
    assert {NOW - version.at for version in kept(folder, ONE)} == {ages[1], ages[3], ages[5]}
    assert {NOW - version.at for version in gone} == {ages[0], ages[2], ages[4]}
    assert not any(version.path.exists() for version in gone)


def test_a_document_keeps_its_versions_when_it_is_moved_and_renamed(tmp_path: Path, folder: Path) -> None:
    with Document.create(acme(), tmp_path / "working") as document:
        document.save(tmp_path / "a.db")
        first = keep(folder, document.id, tmp_path / "a.db", NOW, "saved")
    (tmp_path / "elsewhere").mkdir()
    moved = (tmp_path / "a.db").rename(tmp_path / "elsewhere" / "b.db")
    with Document.open(moved, tmp_path / "working") as document:
        document.do(add("Add", [Stakeholder(9, "Eve")]))
        document.save(moved)
        second = keep(folder, document.id, moved, NOW + timedelta(hours=1), "saved")
        assert kept(folder, document.id) == (second, first)


def test_every_version_opens_as_a_copy_with_its_seal_whole_and_its_history(
    tmp_path: Path, folder: Path
) -> None:
    states = []
    with Document.create(acme(), tmp_path / "working") as document:
        own = document.id
        for number in range(4):
            document.do(add(f"Add {number}", [Stakeholder(10 + number, f"Holder {number}")]))
            document.keep_version(NOW + timedelta(minutes=number), "interval", folder)
            states.append(document.ledger)
        document.do(add("Add another", [Stakeholder(20, "Eve")]))
        document.save(tmp_path / "a.db")
        keep(folder, own, tmp_path / "a.db", NOW + timedelta(minutes=9), "saved")
        states.append(document.ledger)
    found = kept(folder, own)
    assert [version.reason for version in found] == ["saved"] + ["interval"] * 4
    for version, state in zip(reversed(found), states, strict=True):
        before = content(version.path)
        with Document.copy_of(version.path, tmp_path / "working") as copy:
            assert copy.warnings == ()
            assert same(copy.ledger, state)
            assert copy.path is None
            assert copy.id != own
            assert not copy.is_modified
            copy.undo()
            copy.save(tmp_path / "copy.db")
        assert content(version.path) == before
        with Document.open(tmp_path / "copy.db", tmp_path / "working") as saved:
            assert saved.id == copy.id
            assert saved.warnings == ()
    assert kept(folder, copy.id) == ()


def test_a_copy_that_is_recovered_is_still_a_copy(file: Path, tmp_path: Path) -> None:
    copy = Document.copy_of(file, tmp_path / "working")
    copy.do(add("Add", [Stakeholder(9, "Eve")]))
    copy.close(keep=True)
    with Document.recover(copy.working_copy) as recovered:
        assert (recovered.path, recovered.id, recovered.is_modified) == (None, copy.id, True)


def test_what_cannot_be_opened_cannot_be_copied_either(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"^no\.db is not there\.$"):
        Document.copy_of(tmp_path / "no.db", tmp_path / "working")


def test_the_oldest_go_first_beyond_the_cap_and_never_the_latest_of_a_document(
    folder: Path, file: Path
) -> None:
    size = file.stat().st_size
    old = keep(folder, OTHER, unlike(file, 0), NOW - timedelta(days=300), "saved")
    own = [
        keep(folder, ONE, unlike(file, number), NOW + timedelta(minutes=number), "saved")
        for number in range(1, 6)
    ]
    assert versions.usage(folder) == 6 * size
    gone = tidy(folder, NOW, cap=4 * size)
    assert gone == (own[0], own[1])
    assert kept(folder, OTHER) == (old,)
    assert versions.usage(folder) == 4 * size
    tidy(folder, NOW, cap=0)
    assert (kept(folder, OTHER), kept(folder, ONE)) == ((old,), (own[-1],))


@pytest.mark.parametrize("wrong", [datetime(2038, 1, 19, tzinfo=UTC), datetime(1970, 1, 1, tzinfo=UTC)])
def test_a_clock_that_is_wrong_for_a_while_thins_out_nothing(
    wrong: datetime, folder: Path, file: Path
) -> None:
    today = [
        keep(folder, ONE, unlike(file, number), NOW + timedelta(minutes=number), "saved")
        for number in range(5)
    ]
    jumped = keep(folder, ONE, unlike(file, 5), wrong, "saved")
    assert tidy(folder, wrong) == ()
    back = keep(folder, ONE, unlike(file, 6), NOW + timedelta(hours=1), "saved")
    assert tidy(folder, NOW + timedelta(hours=1)) == ()
    assert set(kept(folder, ONE)) == {*today, jumped, back}


def test_what_else_lies_in_the_folder_is_left_out_and_left_alone(folder: Path, file: Path) -> None:
    whole = keep(folder, ONE, file, NOW - timedelta(days=900), "saved")
    own = whole.path.parent
    cut = own / whole.path.name.replace("saved", "interval")
    cut.write_bytes(file.read_bytes()[:-4096])
    foreign = own / whole.path.name.replace("saved", "opened")
    foreign.write_bytes(b"SQLite format 3\0" + bytes(100))
    no_day = own / f"20261399T000000000000Z-saved-{'0' * 32}.db"
    no_day.write_bytes(file.read_bytes())
    others = [cut, foreign, no_day, own / "notes.txt", folder / "holiday.jpg", folder / "photos" / "a.db"]
    (folder / "photos").mkdir()
    for path in others[3:]:
        path.write_bytes(file.read_bytes())
    (own / whole.path.name.replace("saved", "replaced")).mkdir()
    assert kept(folder, ONE) == (whole,)
    assert tidy(folder, NOW, cap=0) == ()
    assert all(path.is_file() for path in (*others, whole.path))


@on_posix
def test_versions_are_for_their_user_alone_and_their_names_say_nothing(folder: Path, file: Path) -> None:
    file.chmod(0o644)
    version = keep(folder, ONE, file, NOW, "saved by Ada in Acme, Inc.")
    assert stat.S_IMODE(version.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(version.path.parent.stat().st_mode) == 0o700
    assert version.reason == "kept"
    assert version.path.parent == folder / ONE
    assert version.path.name.startswith("20260301T120000000000Z-kept-")
    assert "acme" not in str(version.path.relative_to(folder)).lower()
    hostile = keep(folder, "../../Acme", file, NOW, "saved")
    assert hostile.path.parent.parent == folder
    assert kept(folder, "../../Acme") == (hostile,)


def test_the_very_same_content_is_kept_once(folder: Path, file: Path) -> None:
    first = keep(folder, ONE, file, NOW, "saved")
    assert keep(folder, ONE, file, NOW + timedelta(hours=1), "saved") == first
    second = keep(folder, ONE, unlike(file, 1), NOW + timedelta(hours=2), "saved")
    assert kept(folder, ONE) == (second, first)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_disk_that_says_no_costs_nothing_but_the_version(
    folder: Path, file: Path, tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keep(folder, ONE, file, NOW, "saved")
    before = content(unlike(file, 1))

    def refuse(descriptor: int) -> None:
        raise OSError(code, os.strerror(code))

    with Document.open(file, tmp_path / "working") as document:
        document.do(add("Add", [Stakeholder(9, "Eve")]))
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", refuse)
            with pytest.raises(DocumentError, match=r"^acme\.db could not be kept as a version: .*\.$"):
                keep(folder, ONE, file, NOW, "saved")
            with pytest.raises(DocumentError, match=r"^acme\.db could not be kept as a version: .*\.$"):
                document.keep_version(NOW, "interval", folder)
        assert content(file) == before
        assert [path for path in folder.rglob("*") if path.is_file()] == [first.path]
        document.do(add("Add", [Stakeholder(10, "Dan")]))
        document.save(file)
        assert document.keep_version(NOW, "interval", folder).size


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="The superuser may write anywhere"
)
def test_a_folder_that_takes_nothing_is_named(file: Path, folder: Path) -> None:
    folder.mkdir(mode=0o500)
    with pytest.raises(DocumentError, match=r"permission was denied\.$"):
        keep(folder, ONE, file, NOW, "saved")


def test_what_is_no_scenario_is_not_kept(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("Two years.")
    with pytest.raises(
        DocumentError,
        match=r"^thesis\.txt could not be kept as a version: it is not a whole scenario file\.$",
    ):
        keep(folder, ONE, tmp_path / "thesis.txt", NOW, "saved")
    assert kept(folder, ONE) == ()


def test_two_that_keep_at_the_same_moment_keep_two(folder: Path, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(file.read_bytes())
    unlike(other, 7)
    meeting = Barrier(2)

    def one_of_two(path: Path) -> None:
        meeting.wait()
        keep(folder, ONE, path, NOW, "saved")

    both = [Thread(target=one_of_two, args=(path,)) for path in (file, other)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert len(kept(folder, ONE)) == 2


def test_what_a_killed_program_left_half_written_goes_after_an_hour(folder: Path, file: Path) -> None:
    version = keep(folder, ONE, file, NOW, "saved")
    half = version.path.with_name(f"{version.path.name}.writing")
    half.write_bytes(b"SQLite")
    os.utime(half, (NOW.timestamp(), NOW.timestamp()))
    assert kept(folder, ONE) == (version,)
    tidy(folder, NOW + timedelta(minutes=59))
    assert half.exists()
    tidy(folder, NOW + timedelta(minutes=61))
    assert not half.exists()


def test_the_folder_of_the_versions_stands_beside_the_working_copies(home: Path, tmp_path: Path) -> None:
    assert versions.versions_folder() == home / "versions"
    assert (home / "versions").is_dir()
    (tmp_path / "taken").write_text("")
    with pytest.raises(DocumentError, match=r"^The folder of the versions could not be made: .*\.$"):
        versions.versions_folder(tmp_path / "taken" / "versions")


def test_a_version_of_what_was_never_saved_is_what_the_document_holds(tmp_path: Path, folder: Path) -> None:
    with Document.create(acme(), tmp_path / "working") as document:
        record = document.ledger.transactions[0]
        document.do(correct("Correct", record, replace(record, note="A note")))
        version = document.keep_version(NOW, "interval", folder)
        assert document.path is None
        assert document.is_modified
        with Document.open(version.path, tmp_path / "working") as opened:
            assert (opened.warnings, opened.id) == ((), document.id)
            assert same(opened.ledger, document.ledger)
