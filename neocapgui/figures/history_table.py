"""The history of edits, the latest first, with the place at which the file was saved."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.ledger.history import Entry, History

_COLUMNS = (
    Column("No.", Kind.WHOLE, width=6),
    Column("Time", Kind.TEXT, width=20),
    Column("Edit", Kind.TEXT, width=60),
    Column("Changes", Kind.WHOLE, help="How many facts it changed"),
    Column("State", Kind.TEXT, width=26),
)


def history_table(
    history: History,
    moment: Callable[[str], str] = lambda at: at.replace("T", " ")[:16],
    saved_edit: int | None = None,
    saved_at: str = "",
) -> Table:
    """Every edit with its time; those taken back stand above. A row's key is the number of its edit.

    `moment` says a time as it is read; `saved_edit` is the number of the edit that stood last when the
    file was saved at `saved_at`, 0 where none did, and None where it never was.
    """
    undone, done = history.undone, history.done

    def line(place: int) -> Row:
        is_done = place >= len(undone)
        entry = done[len(undone) + len(done) - 1 - place] if is_done else undone[place]
        said = ([] if is_done else ["taken back"]) + (
            [f"saved {saved_at}".rstrip()] if entry.number == saved_edit else []
        )
        state = ", ".join(said) or "done"
        cells = (entry.number, moment(entry.at), entry.edit.label, len(entry.edit.changes), state)
        return Row(cells, key=entry.number)

    return Table(
        "history",
        "History",
        _COLUMNS,
        Lines(range(len(undone) + len(done)), line),
        _summary(history, saved_edit, saved_at),
        empty="Nothing has been edited yet. Every edit will stand here with its time, and can be taken back "
        "from here, also after the program was closed.",
    )


def entry_of(history: History, number: int) -> Entry | None:
    """Return the edit of a number, done or taken back."""
    line = line_of(history, number)
    if line is None:
        return None
    return history.undone[line] if line < len(history.undone) else history.done[_mirrored(history, line)]


def line_of(history: History, number: int) -> int | None:
    """Return the line of the table on which the edit of a number stands."""
    undone, done = history.undone, history.done
    place = bisect_left(undone, -number, key=lambda entry: -entry.number)
    if place < len(undone) and undone[place].number == number:
        return place
    place = bisect_left(done, number, key=lambda entry: entry.number)
    if place < len(done) and done[place].number == number:
        return _mirrored(history, place)
    return None


def _mirrored(history: History, place: int) -> int:
    """Return the place among those done that belongs to a line of the table, or the line to a place."""
    return len(history.undone) + len(history.done) - 1 - place


def _summary(history: History, saved_edit: int | None, saved_at: str) -> str:
    count = len(history.done)
    said = [f"{count:,} edit{'s' if count != 1 else ''} done"]
    if history.undone:
        said.append(f"{len(history.undone):,} taken back")
    if saved_edit is None:
        said.append("never saved")
    else:
        after = f"after edit {saved_edit:,}" if saved_edit else "before the first edit"
        said.append(f"saved {saved_at} {after}".replace("  ", " "))
    return "  ·  ".join(said)
