"""Another scenario read to be compared: a file, a kept version or a sample; nothing of it is kept open."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from neocapgui.document.refusal import DocumentError, one_line
from neocapgui.engine.lens import Lens
from neocapgui.engine.timeline import event_days
from neocapgui.exchange.whole_file import digest_of
from neocapgui.figures.charts.compared import Side
from neocapgui.figures.charts.event_families import NOTHING_BESIDE, OtherDays
from neocapgui.figures.footing import HAS_EDITS, NOT_SAVED, digest_text
from neocapgui.gui.session import Session


def side_of(session: Session) -> Side:
    """Return the scenario on the screen as one of two that are compared."""
    document = session.document
    parts = [one_line(document.path.name) if document.path is not None else NOT_SAVED]
    if document.path is not None and document.is_modified:
        parts.append(HAS_EDITS)
    return Side(one_line(session.ledger.title or document.name), "  ·  ".join(parts))


def days_of(side: Side, lens: Lens) -> OtherDays:
    """Return the days on which something happened in the other scenario; none where it could not be had."""
    if side.ledger is None:
        return NOTHING_BESIDE
    return OtherDays(side.title, event_days(side.ledger, lens).days)


def standing_of(path: Path) -> tuple[int, int, int] | None:
    """Return how a file stands on disk: its size, when it was changed, which one it is; None if it is gone.

    May run in a thread: a drive elsewhere can take its time to answer.
    """
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def read_file(path: Path) -> Side:
    """Return the scenario of a file; may run in a thread.

    The file goes through quarantine as any that is opened, and is only read: it is not locked, and its
    private copy is gone when this returns. Where it is refused, the side says why.
    """
    from neocapgui.document.document import Document

    name = one_line(path.name)
    try:
        with Document.open(path) as found:
            ledger = found.ledger
        return Side(one_line(ledger.title) or name, f"{name}  ·  {digest_text(digest_of(path))}", ledger)
    except (DocumentError, OSError) as refusal:
        return Side(name, trouble=str(refusal))


def read_version(path: Path, kept: str) -> Side:
    """Return a kept version, called after when it was kept; may run in a thread."""
    side = read_file(path)
    if side.ledger is None:
        return replace(side, title=kept)
    title = one_line(side.ledger.title)
    return Side(f"{title}, {kept}" if title else kept.capitalize(), "a kept version", side.ledger)


def read_sample(name: str) -> Side:
    """Return a sample that comes with the program; may run in a thread."""
    from neocapgui.exchange.samples import SampleUnknown, sample

    try:
        ledger = sample(name)
    except SampleUnknown as refusal:
        return Side(name, trouble=str(refusal))
    return Side(ledger.title or name, "a sample of the program", ledger)
