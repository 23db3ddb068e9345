"""What stands at the foot of an exported chart or a printed page of a session."""

from __future__ import annotations

from contextlib import suppress

from neocapgui.exchange.whole_file import digest_of
from neocapgui.figures.footing import HAS_EDITS, NOT_SAVED, digest_text, footing
from neocapgui.gui.session import Session


def footer_of(session: Session) -> str:
    """Return title, file, day and digest of the scenario; where it is not as saved, that is said instead.

    The digest is the SHA-256 of the file as any other program finds it, so that a paper can be held
    against its file without this program.
    """
    document = session.document
    path, state = document.path, NOT_SAVED
    if path is not None:
        state = HAS_EDITS
        if not document.is_modified:
            state = ""
            with suppress(OSError):
                state = digest_text(digest_of(path))
    title, file = session.ledger.title or document.name, "" if path is None else path.name
    return footing(title, file, session.lens, state, session.style)
