"""A block of cells as plain text, as spreadsheets put it on the clipboard and take it from there."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from neocapgui.exchange.safe_text import unguarded

# A quoted cell counts as one only where the quote ends at a tab, a line end or the end of the text: Excel
# leaves the quotes of a name such as “"Ada" Fund” as they are.
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"(?=\t|\r|\n|\Z)')
_PLAIN = re.compile(r"[^\t\r\n]*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BYTE_ORDER_MARK = "\ufeff"


def block_text(rows: Iterable[Sequence[str]]) -> str:
    """Return a block as plain text: tabs, CRLF, quotes only where a cell holds a tab, newline or quote."""
    out = io.StringIO(newline="")
    csv.writer(out, "excel-tab").writerows(rows)
    return out.getvalue()


def block_of(text: str) -> list[list[str]]:
    """Return pasted text as a block of lines of one length.

    Any line end, quoted cells with tabs and newlines in them, a byte order mark and NULs are understood; the
    apostrophe that guards a text in a spreadsheet is taken off.

    >>> block_of('a\\t1,000\\r\\n"b\\tc"\\t2\\r\\n')
    [['a', '1,000'], ['b\\tc', '2']]
    >>> block_of('"Ada" Fund\\t5\\n"open\\t6')
    [['"Ada" Fund', '5'], ['"open', '6']]
    """
    text = text.removeprefix(_BYTE_ORDER_MARK).replace("\0", "")
    rows: list[list[str]] = []
    place, end = 0, len(text)
    row: list[str] = []
    while place < end:
        quoted = _QUOTED.match(text, place) if text[place] == '"' else None
        if quoted is not None:
            row.append(unguarded(quoted[1].replace('""', '"')))
            place = quoted.end()
        else:
            plain = _PLAIN.match(text, place)
            row.append(unguarded(plain[0] if plain else ""))
            place = plain.end() if plain else end
        if place < end and text[place] == "\t":
            place += 1
            if place < end:
                continue
            row.append("")
        rows.append(row)
        row = []
        line_end = _LINE_END.match(text, place)
        place = line_end.end() if line_end else end
    return even(rows)


def even(rows: list[list[str]]) -> list[list[str]]:
    """Return lines of one length: shorter ones end with blanks."""
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]
