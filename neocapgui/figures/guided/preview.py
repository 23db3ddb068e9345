"""What an edit does to holdings and stakes: who holds how much before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.engine.holdings import Holdings, holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import POOL, Ownership, owners
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Edit, apply
from neocapgui.ledger.facts import Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import Transaction

_PAIRS = 2**31  # above the number of any security
_COLUMNS = (
    Column("Holder", Kind.TEXT, width=26),
    Column("Security", Kind.TEXT, width=26),
    Column("Before", Kind.SHARES, help="Shares or units at the end of the day, without this entry"),
    Column("Change", Kind.SHARES, help="What this entry adds or takes away"),
    Column("After", Kind.SHARES, help="Shares or units at the end of the day, with this entry"),
    Column("Before %", Kind.STAKE, help="The holder's part of the company, without this entry"),
    Column("After %", Kind.STAKE, help="The holder's part of the company, with this entry"),
)


def entry_lens(lens: Lens, edit: Edit) -> Lens:
    """Return the point of view from which an edit is seen: on its last day, counting what it plans."""
    records = [change.after for change in edit.changes if isinstance(change.after, Transaction)]
    day = max((record.date for record in records), default=lens.as_of)
    is_planned = any(record.certainty is Certainty.PLANNED for record in records)
    return replace(lens, as_of=day, planned=lens.planned or is_planned, known=None)


def preview(ledger: Ledger, lens: Lens, edit: Edit, style: Style = PLAIN) -> Table:
    """Return the holdings that an edit changes, each before and after it, on the day of its entry.

    Holders whose own holdings stay are gathered in one line a company; totals are those of the security.
    Stakes are counted on the basis of the lens. Refuses what `apply` refuses.
    """
    seen, after = entry_lens(lens, edit), apply(ledger, edit)
    moved = _Moved(_Side.of(ledger, seen), _Side.of(after, seen))
    issuers = moved.issuers()
    names = names_of(after, Security, issuers[0] if len(issuers) == 1 else lens.issuer)
    rows = [row for issuer in issuers for row in moved.rows_of(issuer, names)]
    return Table(
        "preview",
        "What this does",
        _COLUMNS,
        tuple(rows),
        f"{BASIS_TITLES[seen.basis]}  ·  end of {day_text(seen.as_of, style)}",
        empty="Nobody's holding changes.",
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    """The ledger before or after the edit, with what is held in it."""

    ledger: Ledger
    lens: Lens
    held: Holdings
    totals: Mapping[int, Fraction]

    @classmethod
    def of(cls, ledger: Ledger, lens: Lens) -> _Side:
        held = holdings(ledger, lens)
        return cls(ledger, lens, held, held.totals())

    def company(self, issuer: int) -> Ownership | None:
        if issuer not in self.ledger.issuers:
            return None
        return owners(self.ledger, replace(self.lens, issuer=issuer), issuer, self.held)


@dataclass(frozen=True, slots=True, eq=False)
class _Moved:
    before: _Side
    after: _Side

    def issuers(self) -> tuple[int, ...]:
        """Return the companies of whose securities anybody's holding changes; that looked at first."""
        found = {self.after.ledger.securities[security].issuer for _, security in self._pairs()}
        looked = self.before.lens.issuer
        return tuple(sorted(found, key=lambda issuer: (issuer != looked, issuer)))

    def rows_of(self, issuer: int, securities: Mapping[int, str]) -> Iterator[Row]:
        names = names_of(self.after.ledger, Stakeholder)
        was, will = self.before.company(issuer), self.after.company(issuer)
        pairs = [pair for pair in self._pairs() if self._issuer(pair[1]) == issuer]
        for who, security in pairs:
            one, other = self.before.held.of(who, security), self.after.held.of(who, security)
            cells = (names[who], securities[security], one, other - one, other)
            yield Row((*cells, _stake(was, who), _stake(will, who)), key=(who, security))
        yield from self._others(issuer, {who for who, _ in pairs}, was, will)
        for security in dict.fromkeys(security for _, security in pairs):
            one = self.before.totals.get(security, Fraction(0))
            other = self.after.totals.get(security, Fraction(0))
            cells = ("Total", securities[security], one, other - one, other)
            yield Row((*cells, None, None), key=("total", security), is_total=True)

    def _others(
        self, issuer: int, moved: set[int], was: Ownership | None, will: Ownership | None
    ) -> Iterator[Row]:
        """Yield one line for all whose own holdings stay, if their part of the company does not."""
        one, other = _rest(was, moved), _rest(will, moved)
        if one[1] == other[1] or not other[0]:
            return
        label = "1 other holder" if other[0] == 1 else f"{other[0]:,} other holders"
        yield Row((label, "", None, None, None, one[1], other[1]), key=("others", issuer))

    def _issuer(self, security: int) -> int:
        return self.after.ledger.securities[security].issuer

    def _pairs(self) -> list[tuple[int, int]]:
        """Return holder and security of every holding that changes, by security, the largest change first."""
        (keys, before), (more, after) = _by_pair(self.before.held), _by_pair(self.after.held)
        pairs = np.union1d(keys, more)
        change = np.zeros(len(pairs), object)
        change[np.searchsorted(pairs, more)] += _at_one_place(after, self.after.held, self.before.held)
        change[np.searchsorted(pairs, keys)] -= _at_one_place(before, self.before.held, self.after.held)
        moved = np.flatnonzero(change != 0).tolist()
        found = [(*divmod(int(pairs[place]), _PAIRS), abs(change[place])) for place in moved]
        found.sort(key=lambda one: (one[1], -one[2], one[0]))
        return [(who, security) for who, security, _ in found]


def _by_pair(held: Holdings) -> tuple[Integers, Integers]:
    """Return holder and security of every holding as one number, and the units."""
    return held.stakeholders.astype(np.int64) * _PAIRS + held.securities, held.units


def _at_one_place(units: Integers, own: Holdings, other: Holdings) -> Any:
    factor = 10 ** max(0, other.places - own.places)
    return units.astype(object) * factor


def _stake(company: Ownership | None, who: int) -> Fraction | None:
    return None if company is None else company.of(who).stake


def _rest(company: Ownership | None, moved: set[int]) -> tuple[int, Fraction]:
    """Return how many own the rest of a company, and which part of it."""
    if company is None or not company.total:
        return 0, Fraction(0)
    part = sum((company.of(who).stake for who in moved), Fraction(0))
    count = int(np.count_nonzero(~np.isin(company.stakeholders, [*moved, POOL])))
    return count, 1 - part
