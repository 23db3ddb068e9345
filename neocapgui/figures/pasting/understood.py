"""A pasted block as it was understood: where each cell goes, what it means, and what must be asked."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from neocapgui.figures.grid.entry import entered
from neocapgui.figures.kinds import Kind, NotUnderstood, Style, grouped
from neocapgui.figures.near_names import NearNames
from neocapgui.figures.pasting.pasted_days import is_turned_round
from neocapgui.figures.pasting.reading import Answers, Reader, Reading
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Fact, Ledger, value_at
from neocapgui.ledger.transactions import KIND, Transaction

_TOTAL = re.compile(r"(grand |sub)?(total|totals|sum|summe|gesamt|somme|totaux)\b", re.IGNORECASE)
_MANY = 10_000  # names beyond which slips of one letter are not looked for
_NEEDED = frozenset({"name", "stakeholder", "security", "date", "kind"})


@dataclass(frozen=True, slots=True)
class Plan:
    """A block and the place it is pasted into."""

    table: Table
    cells: Sequence[Sequence[str]]  # without the line of heads
    facts: Sequence[Fact | None]  # what each line is typed into; None is a new line
    columns: tuple[int | None, ...]  # of the table, for each column of the block; None is left out
    heads: tuple[str, ...] = ()  # as pasted, where the block had a line of heads
    is_guessed: bool = False  # the columns were found by what stands in them
    remarks: tuple[str, ...] = ()  # what is said of the place: columns that are calculated or hidden

    @property
    def added(self) -> int:
        """How many lines are new."""
        return sum(fact is None for fact in self.facts)

    @property
    def label(self) -> str:
        """What the Undo menu says."""
        high, wide = len(self.cells), len(self.columns)
        size = "" if high == wide == 1 else f" {high:,} × {wide}"
        return f"Paste{size} into {self.table.title}"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A holder who is not recorded yet."""

    name: str
    lines: int  # of the block that name it
    like: str = ""  # who is likely the same, recorded or new as well


@dataclass(frozen=True)
class Understood:
    """A plan with every cell read."""

    plan: Plan
    ledger: Ledger
    style: Style
    answers: Answers
    lines: tuple[tuple[Reading, ...], ...]
    has_two_orders: bool = False  # days of the block cannot all be read in one order

    def column(self, at: int) -> Column | None:
        """Return the column of the table that a column of the block goes into."""
        place = self.plan.columns[at]
        return None if place is None else self.plan.table.columns[place]

    @cached_property
    def problems(self) -> tuple[tuple[int, int], ...]:
        """The cells that are no value, as (line, column of the block)."""
        return tuple(self._where(lambda reading: bool(reading.problem)))

    @cached_property
    def remarked(self) -> tuple[tuple[int, int], ...]:
        """The cells that are values but should be looked at."""
        return tuple(self._where(lambda reading: bool(reading.remark) and not reading.problem))

    @cached_property
    def left_out(self) -> dict[int, str]:
        """The lines that make no new fact, with the reason: a total, or a holder who is recorded already."""
        return {**_totals(self), **_recorded_already(self)}

    @cached_property
    def newcomers(self) -> tuple[Newcomer, ...]:
        """The holders that will be recorded, with whom each is likely the same as; the alike come first."""
        counts: Counter[str] = Counter()
        first: dict[str, str] = {}
        for row, line in enumerate(self.lines):
            for reading in line if row not in self.left_out else ():
                if reading.newcomer:
                    key = reading.newcomer.casefold()
                    counts[key] += 1
                    first.setdefault(key, reading.newcomer)
        if not first:
            return ()
        holders = self.ledger.stakeholders.values()
        known = NearNames((who.name for who in holders), len(holders) + len(first) <= _MANY)
        found = []
        for key, name in first.items():
            like = known.like(name)
            if not like:
                known.learn(name)
            found.append(Newcomer(name, counts[key], like or ""))
        return tuple(sorted(found, key=lambda one: not one.like))

    @cached_property
    def open_question(self) -> str:
        """Which question waits for an answer: "point", "order" or nothing."""
        asked = {reading.asks for line in self.lines for reading in line if reading.asks}
        return next((name for name in ("point", "order") if name in asked), "")

    def example(self, question: str) -> str:
        """Return the first text that a question is about."""
        return next(
            (reading.text.strip() for line in self.lines for reading in line if reading.asks == question), ""
        )

    @property
    def summary(self) -> str:
        """Counts in a sentence: 500 lines, 10 cells have a problem, 12,345 shares."""
        lines = len(self.lines)
        parts = [f"{lines:,} line{'s' if lines != 1 else ''}"]
        problems, remarked = len(self.problems), len(self.remarked)
        has = "cell has" if problems == 1 else "cells have"
        parts.append(f"{problems:,} {has} a problem" if problems else "no cell has a problem")
        if remarked:
            parts.append(f"{remarked:,} to look at")
        return "  ·  ".join((*parts, *self._sums()))

    def say_left_out(self) -> str:
        """Return in a sentence how many lines are left out, and why the first one is."""
        count = len(self.left_out)
        if not count:
            return ""
        row, reason = next(iter(self.left_out.items()))
        if count == 1:
            return f"Line {row + 1} is left out: {reason}"
        return f"{count:,} lines are left out, the first of them line {row + 1}: {reason}"

    def _sums(self) -> Iterator[str]:
        for at in range(len(self.plan.columns)):
            column = self.column(at)
            if column is None or column.kind not in (Kind.SHARES, Kind.MONEY):
                continue
            values = [
                line[at].value
                for row, line in enumerate(self.lines)
                if row not in self.left_out and isinstance(line[at].value, Decimal)
            ]
            if values:
                yield f"{column.title} {grouped(sum(values, Decimal(0)), self.style)}"

    def _where(self, is_meant: Any) -> Iterator[tuple[int, int]]:
        for row, line in enumerate(self.lines):
            for at, reading in enumerate(line if row not in self.left_out else ()):
                if is_meant(reading):
                    yield row, at


def understood(plan: Plan, ledger: Ledger, style: Style, answers: Answers | None = None) -> Understood:
    """Return a plan with every cell read; `answers` are those of the user to what was asked."""
    answers = answers or Answers()
    has_two_orders = _has_two_orders(plan, style)
    answers = replace(answers, is_order_open=has_two_orders)
    reader = Reader(ledger, style, answers)
    lines = tuple(_line(plan, reader, row, cells) for row, cells in enumerate(plan.cells))
    return _with_alike(Understood(plan, ledger, style, answers, lines, has_two_orders))


def corrected(before: Understood, row: int, at: int, text: str) -> Understood:
    """Return the same block with one cell typed anew."""
    cells = [list(line) if number == row else line for number, line in enumerate(before.plan.cells)]
    changed = list(cells[row])
    changed[at] = text
    cells[row] = changed
    plan = replace(before.plan, cells=cells)
    reader = Reader(before.ledger, before.style, before.answers)
    lines = list(before.lines)
    lines[row] = _line(plan, reader, row, changed)
    after = _with_alike(replace(before, plan=plan, lines=tuple(lines)))
    if not (before.lines[row][at].newcomer or lines[row][at].newcomer):
        after.__dict__["newcomers"] = before.newcomers  # to find them takes a while where there are many
    return after


def _totals(block: Understood) -> dict[int, str]:
    """Return the last line where it is called a total and adds up the lines above."""
    row = next((row for row in reversed(range(len(block.lines))) if any(block.plan.cells[row])), 0)
    if row == 0 or block.plan.facts[row] is not None:
        return {}
    if not any(_TOTAL.match(text.strip()) for text in block.plan.cells[row]):
        return {}
    for at in range(len(block.plan.columns)):
        column, stated = block.column(at), block.lines[row][at].value
        if column is None or column.kind is not Kind.SHARES or not isinstance(stated, Decimal):
            continue
        above = [line[at].value for line in block.lines[:row] if isinstance(line[at].value, Decimal)]
        total, said = sum(above, Decimal(0)), grouped(stated, block.style)
        if total == stated:
            return {row: f"it is the total, {said}, and the lines above add up to it."}
        return {row: f"it is a total of {said}, but the lines above add up to {grouped(total, block.style)}."}
    return {}


def _recorded_already(block: Understood) -> dict[int, str]:
    """Return the new lines of a list of holders that name one who is recorded, or stands in a line above."""
    plan = block.plan
    name = next((at for at in range(len(plan.columns)) if _is_name(block, at)), None)
    if name is None:
        return {}
    known = {who.name.casefold() for who in block.ledger.stakeholders.values()}
    found = {}
    for row, line in enumerate(block.lines):
        said = line[name].value or ""
        if plan.facts[row] is not None or not isinstance(said, str):
            continue
        if not said:
            found[row] = "it names nobody."
        elif said.casefold() in known:
            found[row] = f"{said} is recorded already."
        known.add(said.casefold())
    return found


def _with_alike(block: Understood) -> Understood:
    """Return a list of holders with a remark on each name that is nearly the same as another."""
    plan = block.plan
    name = next((at for at in range(len(plan.columns)) if _is_name(block, at)), None)
    holders = block.ledger.stakeholders.values()
    if name is None or len(holders) + len(block.lines) > _MANY:
        return block
    known, lines = NearNames(who.name for who in holders), list(block.lines)
    for row, line in enumerate(lines):
        said = line[name].value
        if plan.facts[row] is not None or row in block.left_out or not isinstance(said, str) or not said:
            continue
        like = known.like(said)
        known.learn(said)
        remark = f"{said} is nearly called like {like}; empty the cell if it is the same." if like else ""
        if remark != line[name].remark:
            lines[row] = (*line[:name], line[name]._replace(remark=remark), *line[name + 1 :])
    return replace(block, lines=tuple(lines))


def _is_name(block: Understood, at: int) -> bool:
    column = block.column(at)
    return column is not None and column.field == "name" and block.plan.table.name == "stakeholders"


def _line(plan: Plan, reader: Reader, row: int, cells: Sequence[str]) -> tuple[Reading, ...]:
    columns, fact = plan.table.columns, plan.facts[row]
    is_empty = fact is None and not any(cell.strip() for cell in cells)
    read = []
    for place, text in zip(plan.columns, cells, strict=True):
        if place is None:
            read.append(Reading(text))
            continue
        reading = reader.read(columns[place], text)
        if not text.strip() and not is_empty and not reading.remark:
            reading = _blank(plan, reader, columns[place], fact, text)
        read.append(reading)
    return tuple(read)


def _blank(plan: Plan, reader: Reader, column: Column, fact: Fact | None, text: str) -> Reading:
    if fact is not None:  # the cell is emptied
        try:
            row = Row((), fact)
            edit = entered(reader.ledger, plan.table, row, column, "", reader.style)
        except NotUnderstood as refusal:
            return Reading(text, problem=str(refusal))
        return Reading(text, value_at(edit.changes[-1].after if edit else fact, column.field))
    if column.field in _NEEDED:
        return Reading(text, remark=f"{column.title} is blank in this line.")
    return Reading(text)


def _has_two_orders(plan: Plan, style: Style) -> bool:
    return any(
        plan.table.columns[place].kind is Kind.DATE
        and any(is_turned_round(line[at], style) for line in plan.cells)
        for at, place in enumerate(plan.columns)
        if place is not None
    )


def proposals(plan: Plan) -> tuple[Column, ...]:
    """Return the columns that new lines need and the block does not have: they are chosen once for all."""
    if not plan.added or plan.table.blank is None:
        return ()
    given = {plan.table.columns[place].field for place in plan.columns if place is not None}
    return tuple(
        column
        for column in plan.table.columns
        if column.is_editable and column.field in _PROPOSED and column.field not in given
    )


_PROPOSED = ("date", "kind", "security", "issuer", "body", "into", "basis", "source")


def proposed(plan: Plan, ledger: Ledger, style: Style) -> Mapping[str, str]:
    """Return what is proposed for each of those, as it would be typed, by field.

    A list of holders without days is a balance on the day looked at; with days each line is an issuance.
    """
    if plan.table.blank is None:
        return {}
    blank = plan.table.blank()
    texts = {}
    for column in proposals(plan):
        if column.field == "issuer" and value_at(blank, column.field) is None:
            continue
        texts[column.field] = column.text(value_at(blank, column.field), style)
        if column.field == "kind" and isinstance(blank, Transaction):
            has_days = any(
                place is not None and plan.table.columns[place].field == "date" for place in plan.columns
            )
            texts[column.field] = KIND["issuance" if has_days else "opening"].title
    return texts


def cannot_be_empty(fact: Fact, column: Column) -> bool:
    """Whether a field must say something, so that a new line takes it from where it can."""
    if "." in column.field:
        return False
    return any(
        one.name == column.field and one.default is MISSING and one.default_factory is MISSING
        for one in fields(fact)
    )


def holder_count(count: int) -> str:
    """Return how many holders will be recorded, in a sentence."""
    return f"{count:,} new holder{'s' if count != 1 else ''} will be recorded."


def same_as(newcomer: Newcomer) -> str:
    """Return the choice that a near-duplicate offers."""
    return f"{newcomer.name}\nis {newcomer.like}?"
