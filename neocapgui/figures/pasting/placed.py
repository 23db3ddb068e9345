"""Where a pasted block goes in a table: by its heads, by what stands in it, or from the selected cell on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from neocapgui.figures.grid.facts_at import facts_at
from neocapgui.figures.kinds import NotUnderstood, Style
from neocapgui.figures.pasting.heads import guessed, matched, with_known_words
from neocapgui.figures.pasting.understood import Plan, understood
from neocapgui.figures.tables import Table
from neocapgui.ledger.ledger import Fact, Ledger

_SAMPLED = 200  # lines by which two ways to place a block are compared


@dataclass(frozen=True, slots=True)
class Target:
    """What is selected in a table when something is pasted."""

    rows: Sequence[int]
    columns: Sequence[int]
    is_adding: bool = False  # all of it goes into new lines at the end

    def is_new(self, table: Table) -> bool:
        """Whether new lines are begun."""
        return self.is_adding or (table.blank is not None and self.rows[0] == len(table.rows))


def placed(
    block: Sequence[Sequence[str]], target: Target, whole: Table, seen: Table, ledger: Ledger, style: Style
) -> Plan:
    """Return where a block goes in a table, of which `whole` has the columns that are hidden.

    Refuses (NotUnderstood) what has no place there.
    """
    columns = matched(whole, block[0]) if len(block) > 1 else None
    if columns is not None:
        heads, cells = tuple(block[0]), block[1:]
        columns = with_known_words(whole, cells, columns)
        facts = _facts(target, len(cells), seen, ledger)
        return said_of(Plan(whole, cells, facts, columns, heads), seen)
    return _by_place(block, target, seen, ledger, style)


def _by_place(
    block: Sequence[Sequence[str]], target: Target, table: Table, ledger: Ledger, style: Style
) -> Plan:
    """Place a block without heads: it fills or tiles the selection, or starts at its top left."""
    high, wide = len(block), len(block[0])
    rows, columns = target.rows, target.columns
    fills = len(rows) % high == 0 and len(columns) % wide == 0 and not target.is_adding
    down, right = (len(rows), len(columns)) if fills else (high, wide)
    left, room = columns[0], len(table.columns) - columns[0]
    facts = _facts(target, down, table, ledger)
    if (down, right) == (high, wide):
        found = _guess(block, left, facts, table, ledger, style)
        if found is not None:
            return said_of(found, table)
    if right > room:
        raise NotUnderstood(
            f"{right} columns were copied and {room} stand here from {table.columns[left].title} on: "
            "select a cell farther left."
        )
    cells = [
        [block[row % high][column % wide] for column in range(right)] if right != wide else block[row % high]
        for row in range(down)
    ]
    return said_of(Plan(table, cells, facts, tuple(range(left, left + right))), table)


def _guess(
    block: Sequence[Sequence[str]],
    left: int,
    facts: Sequence[Fact | None],
    table: Table,
    ledger: Ledger,
    style: Style,
) -> Plan | None:
    """Return a plan by what stands in the block, where cell for cell it makes less sense."""
    columns = guessed(table, block, style)
    if len(columns) < 2 or sum(column is not None for column in columns) < 2 or facts[0] is not None:
        return None
    places = tuple(
        place if place < len(table.columns) else None for place in range(left, left + len(columns))
    )
    plan = Plan(table, block, facts, columns, is_guessed=True)
    if None in places:
        return plan
    sample = facts[:_SAMPLED]
    tried = [
        understood(Plan(table, block[: len(sample)], sample, way), ledger, style) for way in (places, columns)
    ]
    by_place, by_guess = (len(one.problems) for one in tried)
    return plan if by_guess < by_place else None


def _facts(target: Target, count: int, table: Table, ledger: Ledger) -> list[Fact | None]:
    """Return what each pasted line is typed into."""
    if target.is_adding:
        if table.blank is None:
            raise NotUnderstood(f"{table.title} takes no new lines.")
        return [None] * count
    top = target.rows[0]
    facts = facts_at(ledger, table, range(top, min(top + count, len(table.rows))))
    if None in facts:
        line = top + facts.index(None) + 1
        raise NotUnderstood(f"Line {line} of {table.title} is calculated and cannot be typed.")
    more = count - len(facts)
    if more and table.blank is None:
        raise NotUnderstood(f"{table.title} has {len(table.rows):,} lines, and none can be added.")
    return facts + [None] * more


def said_of(plan: Plan, seen: Table) -> Plan:
    """Return a plan that says which columns it leaves out, and which hidden ones it types into.

    Refuses (NotUnderstood) one whose columns are all calculated.
    """
    columns: list[int | None] = []
    calculated, hidden, unknown = [], [], []
    titles = {column.title for column in seen.columns}
    for at, place in enumerate(plan.columns):
        column = None if place is None else plan.table.columns[place]
        if column is None:
            unknown.append(plan.heads[at] if plan.heads else f"column {at + 1}")
        elif not column.is_editable:
            calculated.append(column.title)
            place = None
        elif column.title not in titles:
            hidden.append(column.title)
        columns.append(place)
    if all(place is None for place in columns):
        if not calculated:
            raise NotUnderstood(f"{plan.table.title} has no column for {_list(unknown)}: nothing was pasted.")
        are = "it is" if len(calculated) == 1 else "they are"
        raise NotUnderstood(f"{_list(calculated)} cannot be pasted into: {are} calculated.")
    remarks = []
    if plan.is_guessed:
        remarks.append("The columns were found by what stands in them.")
    elif plan.heads:
        remarks.append("The first line names the columns; each goes where its name is.")
    if calculated:
        remarks.append(f"{_list(calculated)} {_are(calculated)} calculated here and left out.")
    if hidden:
        remarks.append(f"{_list(hidden)} {_are(hidden)} hidden here and pasted into as well.")
    if unknown:
        remarks.append(f"No column fits {_list(unknown)}: left out.")
        if plan.table.name == "stakeholders":
            remarks.append("Pasted into Transactions, a list of holders is recorded with its shares.")
    return replace(plan, columns=tuple(columns), remarks=tuple(remarks))


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _list(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
