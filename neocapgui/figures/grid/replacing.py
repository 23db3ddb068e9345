"""What replacing something sought in the cells of a table would do to each of them, before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from neocapgui.figures.grid.found import Sought, found, places_found, replaced
from neocapgui.figures.kinds import PLAIN, Kind, NotUnderstood, Style
from neocapgui.figures.tables import Column, Lines, Row, Table

MOST = 10_000  # cells that are replaced at once


@dataclass(frozen=True, slots=True)
class Replacement:
    """One cell that was found, and what it would be."""

    line: int
    column: int
    before: str
    after: str
    problem: str = ""  # why it stays as it is


def replacements(table: Table, sought: Sought, by: str, style: Style = PLAIN) -> tuple[Replacement, ...]:
    """Return what becomes of each cell in which something sought stands, at most `MOST` of them.

    A cell that is calculated, or that would hold no value of its column, has a problem and stays.
    """
    result = []
    for place in places_found(found(table, sought, style), len(table.columns))[:MOST].tolist():
        line, number = divmod(place, len(table.columns))
        row, column = table.rows[line], table.columns[number]
        before = column.text(row.cells[number], style)
        after = replaced(column, before, row.cells[number], sought, by, style)
        result.append(Replacement(line, number, before, after, _problem(row, column, after, style)))
    return tuple(result)


def replacements_table(table: Table, changes: Sequence[Replacement], style: Style = PLAIN) -> Table:
    """Replacements to be looked at before they are accepted."""
    columns = (
        Column(table.columns[0].title, Kind.TEXT, width=26),
        Column("Line", Kind.WHOLE),
        Column("Column", Kind.TEXT, width=16),
        Column("Before", Kind.TEXT, width=26),
        Column("After", Kind.TEXT, width=26),
        Column("Stays, because", Kind.TEXT, width=40),
    )

    def row(change: Replacement) -> Row:
        name = table.columns[0].text(table.rows[change.line].cells[0], style)
        column = table.columns[change.column].title
        return Row((name, change.line + 1, column, change.before, change.after, change.problem))

    return Table("replacements", "Replacements", columns, Lines(changes, row), empty="Nothing was found.")


def _problem(row: Row, column: Column, text: str, style: Style) -> str:
    if row.fact is None or not column.is_editable:
        return "It is calculated and cannot be typed."
    try:
        column.value(text, style)
    except NotUnderstood as answer:
        return str(answer)
    return ""
