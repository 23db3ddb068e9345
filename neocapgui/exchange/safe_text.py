"""Text that leaves for a spreadsheet and comes back: nothing in it is taken for a formula there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

# What makes a spreadsheet run a text, with the full-width forms that some fold into the plain ones
# (https://owasp.org/www-community/attacks/CSV_Injection).
_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_GUARD = "'"
_NEEDS_QUOTES = re.compile('[",\r\n]')


def guarded(text: str) -> str:
    """Return a text cell that no spreadsheet runs: an apostrophe stands before what would be a formula.

    An apostrophe that was there already is guarded with it, so that `unguarded` gives back the same text.

    >>> guarded("=1+1"), guarded("Series A"), guarded("'=1+1")
    ("'=1+1", 'Series A', "''=1+1")
    """
    return _GUARD + text if text.lstrip(_GUARD).startswith(_RUN) else text


def unguarded(text: str) -> str:
    """Return the text that was guarded; what carries no guard stays as it is.

    >>> unguarded("'=1+1"), unguarded("'tis"), unguarded("-5")
    ('=1+1', "'tis", '-5')
    """
    is_guarded = text.startswith(_GUARD) and text.lstrip(_GUARD).startswith(_RUN)
    return text[1:] if is_guarded else text


def csv_text(head: Sequence[str], rows: Iterable[Sequence[str]], figures: Set[str] = frozenset()) -> str:
    """Return a table as comma-separated text; `figures` are the columns of numbers, left as they are.

    >>> csv_text(("holder", "change"), [("-5 Fund", "-5")], figures={"change"})
    "holder,change\\n'-5 Fund,-5\\n"
    """
    return "".join(csv_lines(head, rows, figures))


def csv_lines(
    head: Sequence[str], rows: Iterable[Sequence[str]], figures: Set[str] = frozenset()
) -> Iterator[str]:
    """Yield the same line by line, each with its end: a long table is never in memory as one text."""
    is_figure = [title in figures for title in head]
    yield ",".join(map(_quoted, head)) + "\n"
    for row in rows:
        cells = (cell if plain else guarded(cell) for cell, plain in zip(row, is_figure, strict=True))
        yield ",".join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    """Return a cell, in quotes where it needs them; Python's writer leaves a lone CR bare and ends a row."""
    return '"' + cell.replace('"', '""') + '"' if _NEEDS_QUOTES.search(cell) else cell
