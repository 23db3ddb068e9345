"""How two scenarios differ, in facts and in what follows from them, as data and text (neocapgui-diff/1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from neocapgui.engine.calculations.demands import written
from neocapgui.engine.lens import Lens
from neocapgui.figures.differences_table import ChangeLine, counted, lines_of
from neocapgui.figures.kinds import grouped, percent
from neocapgui.figures.outcome_differences import (
    HoldingDifference,
    StakeDifference,
    holding_differences,
    stake_differences,
)
from neocapgui.figures.report import Json, decimal_text, ratio_json
from neocapgui.ledger.differences import differences
from neocapgui.ledger.ledger import Ledger

FORMAT = "neocapgui-diff/1"
_MOST = 100_000  # lines of differences in one answer
_MOST_SHOWN = 2_000  # lines of facts, and of results, that a terminal gets


@dataclass(frozen=True, slots=True)
class Diff:
    """The facts that differ, a line each field, and the holdings and stakes that differ on a day."""

    as_of: date
    count: int  # facts
    said: str  # the count in words
    lines: tuple[ChangeLine, ...]
    left_out: int  # facts of which no line is made, because there are too many
    holdings: tuple[HoldingDifference, ...]
    stakes: tuple[StakeDifference, ...]


def diff(a: Ledger, b: Ledger, lens: Lens) -> Diff:
    """Return how `b` differs from `a`; results are those at the end of the lens's day."""
    edit = differences(a, b)
    lines = tuple(islice(lines_of(a, b, edit), _MOST))
    told = {(line.table, line.id) for line in lines}
    return Diff(
        lens.as_of,
        len(edit.changes),
        counted(edit),
        lines,
        len(edit.changes) - len(told),
        tuple(holding_differences(a, b, lens)) if edit.changes else (),
        tuple(stake_differences(a, b, lens)) if edit.changes else (),
    )


def diff_json(found: Diff) -> Json:
    """Return a diff as plain data: decimals are plain texts, days ISO texts, references names.

    A fact that comes or goes is one entry with a description and no field. `count` counts facts.
    """
    return {
        "differences": [_line(line) for line in found.lines],
        "count": found.count,
        "left_out": found.left_out,
        "results": {
            "as_of": found.as_of.isoformat(),
            "holdings": [
                {
                    "issuer": one.issuer,
                    "stakeholder": one.stakeholder,
                    "security": one.security,
                    "a": decimal_text(one.before),
                    "b": decimal_text(one.after),
                }
                for one in found.holdings
            ],
            "ownership": [
                {
                    "issuer": one.issuer,
                    "basis": str(one.basis),
                    "stakeholder": one.stakeholder,
                    "a": _stake(one.before, one.stake_before),
                    "b": _stake(one.after, one.stake_after),
                }
                for one in found.stakes
            ],
        },
    }


def _line(line: ChangeLine) -> Json:
    before, after = line.values
    return {
        "table": line.table,
        "id": line.id,
        "where": line.where,
        "what": line.what,
        "field": line.title or None,
        "before": _plain(before, line.before),
        "after": _plain(after, line.after),
    }


def _plain(value: Any, shown: str) -> str | None:
    """Return a figure, day or text as it is, and everything else as the tables show it."""
    if isinstance(value, Decimal):
        return written(Fraction(value))
    if isinstance(value, date):
        return value.isoformat()
    return value if type(value) is str else shown or None  # words of a term are shown, not named


def _stake(shares: Fraction, stake: Fraction) -> Json:
    return {"shares": decimal_text(shares), "stake": ratio_json(stake), "percent": percent(stake)}


def diff_text(found: Diff) -> Iterator[str]:
    """Return a diff as lines for a terminal: the facts, then the holdings and the stakes that differ."""
    if not found.count:
        yield "Both record the same facts."
        return
    yield found.said
    yield from (f"  {_said(line)}" for line in found.lines[:_MOST_SHOWN])
    shown = {(line.table, line.id) for line in found.lines[:_MOST_SHOWN]}
    if len(shown) < found.count:
        yield f"  and {found.count - len(shown):,} more"
    results = [
        f"  {one.issuer}: {one.stakeholder}, {one.security}: {_count(one.before)} -> {_count(one.after)}"
        for one in found.holdings
    ]
    results += [
        f"  {one.issuer}, {str(one.basis).replace('_', ' ')}: {one.stakeholder}:"
        f" {_count(one.before)} ({percent(one.stake_before)} %)"
        f" -> {_count(one.after)} ({percent(one.stake_after)} %)"
        for one in found.stakes
    ]
    day = found.as_of.isoformat()
    yield (
        f"Holdings and stakes on {day} that differ:" if results else f"No holding or stake on {day} differs."
    )
    yield from results[:_MOST_SHOWN]
    if len(results) > _MOST_SHOWN:
        yield f"  and {len(results) - _MOST_SHOWN:,} more"


def _said(line: ChangeLine) -> str:
    if line.title:
        return f"{line.where}: {line.title}: {line.before or 'nothing'} -> {line.after or 'nothing'}"
    said = line.before or line.after
    return f"{line.where}: {line.what}{f': {said}' if said else ''}"


def _count(shares: Fraction) -> str:
    return grouped(shares, most=6)
