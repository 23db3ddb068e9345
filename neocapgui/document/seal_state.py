"""What the seal of a file says about it: whole, damaged, edited by another program, or never sealed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from typing import NamedTuple

MOST_ROWS = 50  # named one by one; a count says how many there are in all
_MOST_IN_SENTENCE = 8

_NAMES = {"edits": "history", "changes": "changes in the history"}


class SealedRow(NamedTuple):
    """A row that is not as it was sealed."""

    table: str
    row: int
    what: str  # "changed", "added" or "removed"


@dataclass(frozen=True, slots=True)
class SealState:
    """What the seal of a file says; `rows` are the first of those it can name, `count` is that of all."""

    kind: str = "whole"  # or "damaged", "edited" (by another program), "unsealed"
    rows: tuple[SealedRow, ...] = ()
    count: int = 0
    sentences: tuple[str, ...] = ()

    def with_damage(self, sentence: str) -> SealState:
        """Return the state of a file in which something besides its rows is damaged."""
        kind = "damaged" if self.kind == "whole" else self.kind
        return replace(self, kind=kind, sentences=(*self.sentences, sentence))

    @property
    def acceptance(self) -> str:
        """What the history calls it that the file is accepted as it was found.

        >>> SealState("edited", count=3).acceptance
        'Accept changes by another program (3 rows)'
        """
        what = "changes by another program" if self.kind == "edited" else f"the file as {self.kind}"
        rows = f" ({self.count:,} row{'s' if self.count > 1 else ''})" if self.count else ""
        return f"Accept {what}{rows}"

    @property
    def text(self) -> str:
        """The state as one line."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> SealState:
        """Return the state that a line says."""
        said = json.loads(text)
        rows = tuple(SealedRow(*row) for row in said["rows"])
        return cls(said["kind"], rows, said["count"], tuple(said["sentences"]))


WHOLE = SealState()


def table_name(table: str) -> str:
    """Return what sentences call a table: in the words of the field, without the marks of a file.

    >>> table_name("published_counts")
    'published counts'
    """
    return _NAMES.get(table, table.replace("_", " "))


# What is said of one row and of several, by kind and by what became of them.
_SAID = {
    ("damaged", "changed"): ("is not as it was saved: the file is damaged", "are not as they were saved"),
    ("damaged", "added"): ("was not there when the file was saved", "were not there when the file was saved"),
    ("damaged", "removed"): ("is no longer there: the file is damaged", "are no longer there"),
    ("edited", "changed"): ("was changed by another program", "were changed by another program"),
    ("edited", "added"): ("was added by another program", "were added by another program"),
    ("edited", "removed"): ("was removed by another program", "were removed by another program"),
}
_ENDING = ": the file is damaged"


def sentences(kind: str, rows: Sequence[SealedRow]) -> tuple[str, ...]:
    """Return what is to be said of rows, a sentence for each table and each thing that happened to it.

    >>> sentences("edited", [SealedRow("prices", 4, "changed"), SealedRow("prices", 9, "changed")])
    ('Rows 4 and 9 of the table prices were changed by another program.',)
    """
    said = []
    ordered = sorted(rows, key=lambda row: (row.table, row.what, row.row))
    for (table, what), group in groupby(ordered, key=lambda row: (row.table, row.what)):
        numbers = [row.row for row in group]
        one, several = _SAID[kind, what]
        named = f"Row {numbers[0]}" if len(numbers) == 1 else f"Rows {_list(numbers)}"
        sentence = f"{named} of the table {table_name(table)} {one if len(numbers) == 1 else several}"
        if kind == "damaged" and not sentence.endswith(_ENDING):
            sentence += _ENDING
        said.append(f"{sentence}.")
    return tuple(said)


def _list(numbers: Sequence[int]) -> str:
    if len(numbers) > _MOST_IN_SENTENCE + 1:
        named = ", ".join(map(str, numbers[:_MOST_IN_SENTENCE]))
        return f"{named} and {len(numbers) - _MOST_IN_SENTENCE:,} more"
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
