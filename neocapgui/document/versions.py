"""Earlier states of documents, kept in a private folder by document and thinned out as they age."""

from __future__ import annotations

import filecmp
import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from uuid import uuid4

from neocapgui.document import schema, working
from neocapgui.document.refusal import in_words

CAP = 2 * 10**9  # bytes of all versions of all documents together
_ALL = timedelta(days=2)
_DAILY = timedelta(days=30)
_WEEKLY = timedelta(weeks=26)

REASONS = ("saved", "interval", "opened", "replaced")  # a file name says no other word
_KEPT = "kept"
_TIME = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(rf"(\d{{8}}T\d{{12}}Z)-({'|'.join((*REASONS, _KEPT))})-[0-9a-f]{{32}}\.db")
_FOLDER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{64}")
_WRITING = ".writing"
_PAUSE = timedelta(days=366)  # between two versions; a longer one may be a wrong clock, and ages none
_STALE = timedelta(hours=1)  # no version takes so long to write: a program was killed
_AT_ONCE = 1 << 20


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier state of a document: a whole scenario file, to be opened by `Document.copy_of`."""

    path: Path
    at: datetime  # in UTC
    reason: str  # a word of REASONS, or "kept"
    size: int  # bytes


def versions_folder(given: Path | None = None) -> Path:
    """Return the folder of the versions, made if it is not there; refuses (DocumentError) where none can be.

    It stands beside that of the working copies.
    """
    with in_words("The folder of the versions", "made"):
        folder = working.folder().parent / "versions" if given is None else given
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def kept(folder: Path, document_id: str) -> tuple[Version, ...]:
    """Return the versions of a document, the latest first; what else lies in the folder is left out."""
    return _in(folder / _folder_name(document_id))


def keep(folder: Path, document_id: str, file: Path, at: datetime, reason: str) -> Version:
    """Keep the present content of a scenario file as a version, readable by this user alone.

    The name says the time and the reason (a word of REASONS, otherwise "kept") and nothing of the content.
    Where the latest version holds the very same bytes, that one is returned and none is added. Refuses
    (DocumentError) what is not readable and a disk that is full; nothing is left behind then, and neither
    the file nor any other version is touched.
    """
    with in_words(file.name, "kept as a version"):
        if not _is_whole(file):
            raise ValueError("it is not a whole scenario file")
        latest = next(_found(folder / _folder_name(document_id)), None)
        if latest is not None and filecmp.cmp(latest.path, file, shallow=False):
            return latest

        def copy(place: Path) -> None:
            with file.open("rb") as source, place.open("wb") as target:
                while part := source.read(_AT_ONCE):
                    target.write(part)

        return write(folder, document_id, at, reason, copy)


def write(
    folder: Path, document_id: str, at: datetime, reason: str, fill: Callable[[Path], object]
) -> Version:
    """Return a version of a document that `fill` writes into the empty file it is given."""
    own = folder / _folder_name(document_id)
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = at.astimezone(UTC)
    word = reason if reason in REASONS else _KEPT
    final = own / f"{_time_text(moment)}-{word}-{uuid4().hex}.db"
    place = final.with_name(f"{final.name}{_WRITING}")
    try:
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        fill(place)
        with place.open("rb+") as file:
            os.fsync(file.fileno())
        if not _is_whole(place):
            raise ValueError("what was written is not a whole scenario file")
        size = place.stat().st_size
        os.replace(place, final)
    except BaseException:
        with suppress(OSError):
            place.unlink(missing_ok=True)
        raise
    return Version(final, moment, word, size)


def tidy(folder: Path, now: datetime, cap: int = CAP) -> tuple[Version, ...]:
    """Thin out the versions of all documents and return those taken away.

    Of the last two days all stay, then the latest of each day for 30 days, of each week for 26 weeks, and
    of each month after that (in UTC). Where what stays is more than `cap` bytes, the oldest go first. The
    latest version of a document always stays. A pause of more than a year between two versions makes those
    before it no older, since it may be a clock that was wrong. Files of other names are never touched.
    """
    gone: list[Version] = []
    staying: list[Version] = []
    latest: set[Path] = set()
    for own in _folders(folder):
        _sweep(own, now)
        versions = _in(own)
        latest.update(version.path for version in versions[:1])
        stays = _thinned(versions, now)
        gone += [version for version in versions if version not in stays]
        staying += stays
    total = sum(version.size for version in staying)
    for version in sorted(staying, key=_order):
        if total <= cap:
            break
        if version.path not in latest:
            gone.append(version)
            total -= version.size
    return tuple(version for version in gone if _is_removed(version.path))


def usage(folder: Path) -> int:
    """Return how many bytes the versions of all documents take together."""
    return sum(version.size for own in _folders(folder) for version in _in(own))


def _thinned(versions: tuple[Version, ...], now: datetime) -> list[Version]:
    taken: set[tuple[str, int, int]] = set()
    stays = []
    now = later = now.astimezone(UTC)
    pauses = timedelta()
    for version in versions:  # the latest first
        if later - version.at > _PAUSE:
            pauses += later - version.at
        later = min(later, version.at)
        period = _period(version.at, now - pauses - version.at)
        if period not in taken:
            stays.append(version)
        if period is not None:
            taken.add(period)
    return stays


def _period(at: datetime, age: timedelta) -> tuple[str, int, int] | None:
    """Return of what a version is the one to stay: its day, week or month; None stays anyway."""
    if age <= _ALL:
        return None
    if age <= _DAILY:
        return ("day", at.year, at.timetuple().tm_yday)
    if age <= _WEEKLY:
        return ("week", *at.isocalendar()[:2])
    return ("month", at.year, at.month)


def _folder_name(document_id: str) -> str:
    """Return the name of a document's folder: its number, or a digest where the file says any other text."""
    name = document_id.lower()
    return (
        name
        if _FOLDER.fullmatch(name)
        else blake2b(document_id.encode(errors="replace"), digest_size=32).hexdigest()
    )


def _folders(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for own in sorted(folder.iterdir()):
            if _FOLDER.fullmatch(own.name) and own.is_dir() and not own.is_symlink():
                yield own


def _in(own: Path) -> tuple[Version, ...]:
    return tuple(_found(own))


def _found(own: Path) -> Iterator[Version]:
    """Yield the versions in a folder, the latest first: their names begin with the time."""
    try:
        names = sorted((name for name in os.listdir(own) if _NAME.fullmatch(name)), reverse=True)
    except OSError:
        return
    yield from filter(None, (_version(own / name) for name in names))


def _order(version: Version) -> tuple[datetime, str]:
    return version.at, version.path.name


def _version(path: Path) -> Version | None:
    named = _NAME.fullmatch(path.name)
    if named is None or path.is_symlink():
        return None
    try:
        at = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
        if not path.is_file() or not _is_whole(path):
            return None
        return Version(path, at, named[2], path.stat().st_size)
    except (ValueError, OSError):
        return None


def _time_text(moment: datetime) -> str:
    return f"{moment.year:04}{moment:{_TIME.removeprefix('%Y')}}"  # %Y has no leading zeros everywhere


def _is_whole(path: Path) -> bool:
    """Return whether a file begins as a scenario does and is as long as it says itself.

    The places are those of https://www.sqlite.org/fileformat.html#the_database_header.
    """
    with path.open("rb") as file:
        head = file.read(100)
        size = os.fstat(file.fileno()).st_size
    if len(head) < 100 or not head.startswith(b"SQLite format 3\0"):
        return False
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    is_ours = int.from_bytes(head[68:72], "big") == schema.APPLICATION_ID
    return is_ours and size >= pages * (65_536 if page == 1 else page)


def _sweep(own: Path, now: datetime) -> None:
    """Take away what a program that was killed left half written."""
    with suppress(OSError):
        for left in own.glob(f"*.db{_WRITING}*"):
            if now.timestamp() - left.stat().st_mtime > _STALE.total_seconds():
                _is_removed(left)


def _is_removed(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:
        return False
    return True
