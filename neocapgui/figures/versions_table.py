"""The kept versions of a document as a table, and their sizes in words."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from neocapgui.figures.kinds import PLAIN, Kind, Style
from neocapgui.figures.tables import Column, Row, Table

_COLUMNS = (
    Column("Kept", Kind.TEXT, help="When the version was kept", width=20),
    Column("Reason", Kind.TEXT, width=40),
    Column("Size", Kind.TEXT, width=12),
)
_REASONS = {
    "saved": "Saved",
    "interval": "Kept while you worked, every five minutes",
    "opened": "As it was before its format was brought up to date",
    "replaced": "Replaced on disk",
}
_UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def versions_table(versions: Iterable[tuple[str, str, int, Hashable]]) -> Table:
    """The versions by when, why and how large in bytes; the last of the four is the key of the row."""
    rows = tuple(
        Row((at, _REASONS.get(reason, "Kept"), size_text(size)), key=key)
        for at, reason, size, key in versions
    )
    return Table(
        "versions",
        "Versions",
        _COLUMNS,
        rows,
        empty="No version has been kept yet. One is kept whenever you save, and every five minutes while you "
        "edit.",
    )


def size_text(size: int, style: Style = PLAIN) -> str:
    """Return a number of bytes as it is read, in decimal units, to one place.

    >>> size_text(36_864)
    '36.9 kB'
    """
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}".replace(".", style.decimal_mark)
    return f"{size} bytes"
