"""What stands at the foot of an exported chart: the scenario, and its file, known again by its digest."""

from __future__ import annotations

from neocapgui.exchange.whole_file import digest_of
from neocapgui.gui.session import Session


def footer_of(session: Session) -> str:
    """Return title, file and digest of the scenario; where it is not as saved, that is said instead."""
    document = session.document
    parts = [session.ledger.title or document.name]
    path = document.path
    if path is None:
        parts.append("not saved yet")
    else:
        parts.append(path.name)
        try:
            digest = digest_of(path)
        except OSError:
            digest = ""
        if document.is_modified:
            parts.append("with edits that are not saved")
        elif digest:
            parts.append(f"SHA-256 {digest}")
    if session.lens.planned:
        parts.append("planned events counted")
    return "  ·  ".join(parts)
