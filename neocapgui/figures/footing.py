"""What stands at the foot of all that leaves the program: scenario, file, day, and the file's digest."""

from __future__ import annotations

from neocapgui.engine.lens import Lens
from neocapgui.figures.kinds import PLAIN, Style, day_text

NOT_SAVED = "not saved yet"
HAS_EDITS = "with edits that are not saved"


def digest_text(digest: str) -> str:
    """Return the first figures of a file's SHA-256 as they are shown everywhere."""
    return f"SHA-256 {digest}"


def footing(title: str, file: str, lens: Lens, state: str, style: Style = PLAIN) -> str:
    """Return one line of scenario, file ("" where there is none), day, and the state of the file.

    `state` is the digest of the file, or why it would tell nothing; "" says neither.

    >>> from datetime import date
    >>> footing("Works", "works.db", Lens(date(2001, 8, 31)), digest_text("0123456789abcdef"))
    'Works  ·  works.db  ·  as of 31 Aug 2001  ·  SHA-256 0123456789abcdef'
    """
    parts = [title, file, f"as of {day_text(lens.as_of, style)}"]
    if lens.planned:
        parts.append("planned events counted")
    return "  ·  ".join(part for part in (*parts, state) if part)
