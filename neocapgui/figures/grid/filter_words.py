"""What a filter asks for, in a few words, and what it can be asked to choose from."""

from __future__ import annotations

from neocapgui.figures.column_cells import ColumnCells
from neocapgui.figures.grid.sifted import Filter
from neocapgui.figures.kinds import Style
from neocapgui.figures.tables import Column

_NAMED = 2  # chosen texts that are named; more are counted
_NOTHING = "blank"


def filter_words(filter: Filter) -> str:
    """Return what a filter asks for: “Kind is conversion”.

    >>> filter_words(Filter("Kind", among=frozenset({"Conversion"})))
    'Kind is Conversion'
    >>> filter_words(Filter("Day", least="2001-01-01", most="2001-12-31"))
    'Day from 2001-01-01 to 2001-12-31'
    """
    said = []
    if filter.contains:
        said.append(f"contains “{filter.contains}”")
    if filter.among is not None:
        names = sorted((name or _NOTHING for name in filter.among), key=str.casefold)
        if len(names) > _NAMED:
            said.append(f"is one of {len(names):,}")
        else:
            said.append(f"is {' or '.join(names)}" if names else "is none")
    if filter.least and filter.most:
        said.append(f"from {filter.least} to {filter.most}")
    elif filter.least:
        said.append(f"from {filter.least}")
    elif filter.most:
        said.append(f"up to {filter.most}")
    if filter.is_blank is not None:
        said.append("is blank" if filter.is_blank else "is not blank")
    return f"{filter.column} {' and '.join(said)}"


def counted_choices(cells: ColumnCells, column: Column, style: Style) -> dict[str, int]:
    """Return what the cells of a column show, in the order of its kind, each with how many lines have it."""
    texts = cells.texts(column.kind, column.choices, style)
    ranks = cells.ranks(column.kind, column.choices, style).tolist()
    counts = cells.counts()
    choices: dict[str, int] = {}
    for place in sorted(range(len(texts)), key=lambda place: (ranks[place] < 0, ranks[place])):
        if counts[place]:
            choices[texts[place]] = choices.get(texts[place], 0) + counts[place]
    return choices
