"""The cap table: holders by securities, or the securities of a company with their four counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from neocapgui.engine.holdings import Holdings, holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import POOL, STOCK, Owner, Ownership, ownership
from neocapgui.engine.reserves import Counts, counts
from neocapgui.engine.status import standing
from neocapgui.engine.wording import told_day
from neocapgui.figures.choices import Words, names_of
from neocapgui.figures.kinds import PLAIN, Kind, Style
from neocapgui.figures.sentences import sentence
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.ledger.facts import Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import SecurityKind

BASIS_TITLES = {
    Basis.OUTSTANDING: "outstanding",
    Basis.VOTING: "voting",
    Basis.AS_CONVERTED: "as converted",
    Basis.FULLY_DILUTED: "fully diluted",
}
SHARES_TITLES = {
    Basis.OUTSTANDING: "Shares",
    Basis.VOTING: "Votes",
    Basis.AS_CONVERTED: "As-converted shares",
    Basis.FULLY_DILUTED: "Fully diluted shares",
}
_SHOWN_SECURITIES = 8  # beyond it instruments other than stock share a column by kind
_BEFORE_THE_WHOLE = 2  # securities
UNALLOCATED = "Available under plans"


def subtitle(ledger: Ledger, lens: Lens, style: Style = PLAIN) -> str:
    """Return the dim line under a heading: issuer, basis and day, and the name in force if it changed."""
    return sentence(said_subtitle(ledger, lens), style)


def said_subtitle(ledger: Ledger, lens: Lens) -> str:
    """Return the dim line under a heading, its day marked for the reader's language."""
    if lens.issuer is None or lens.issuer not in ledger.issuers:
        return told_day(lens.as_of)
    name, now = ledger.issuers[lens.issuer].name, standing(ledger, lens, lens.issuer)
    parts = [name if now.name == name else f"{name}, now {now.name}"]
    if now.status != "active":
        parts.append(now.status)
    parts += [BASIS_TITLES[lens.basis], told_day(lens.as_of)]
    return "  ·  ".join(parts)


def cap_table(ledger: Ledger, lens: Lens) -> Table:
    """Who holds what of the lens's issuer, the largest owner first."""
    if lens.issuer is None:
        return _no_issuer("cap_table", "Cap table")
    company, held = ownership(ledger, lens), holdings(ledger, lens)
    totals = held.totals()
    shown = _groups(ledger, lens.issuer, company, totals)
    parts = tuple(Column(one.title, one.kind, help=one.help) for one in shown)
    whole = (
        Column(SHARES_TITLES[lens.basis], Kind.COUNTED, help=f"Shares counted {BASIS_TITLES[lens.basis]}"),
        Column("Stake %", Kind.STAKE, has_bar=True, help="Part of all shares on this basis"),
    )
    sums = tuple(one.sum_of(totals, company) for one in shown)
    all_of_it = (company.total, Fraction(1) if len(company) else None)
    columns = (Column("Stakeholder", Kind.TEXT, width=30), *_in_sight(parts, whole))
    lines = _Lines(ledger, company, held, shown)
    total = Row(("Total", *_in_sight(sums, all_of_it)), key="total", is_total=True)
    return Table(
        "cap_table",
        "Cap table",
        columns,
        Lines(lines.order, lines.row),
        subtitle(ledger, lens),
        total if len(lines.order) else None,
        "Nobody holds anything of this company yet. Enter an issuance or an opening balance on the "
        "Transactions page.",
    )


def _in_sight(parts: tuple[Any, ...], whole: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the securities and then the whole, or the whole first where many would push it out of sight."""
    return (*parts, *whole) if len(parts) <= _BEFORE_THE_WHOLE else (*whole, *parts)


@dataclass(frozen=True, slots=True)
class _Group:
    """One column: a security in its own units, or many instruments of a kind in the shares they count for."""

    title: str
    help: str
    securities: tuple[int, ...]
    is_weighted: bool = False

    @property
    def kind(self) -> Kind:
        """What the column holds."""
        return Kind.COUNTED if self.is_weighted else Kind.SHARES

    def sum_of(self, quantities: Mapping[int, Fraction], company: Ownership) -> Fraction | None:
        """Return what some quantities by security add up to in this column; None for nothing."""
        found = [(id, quantities[id]) for id in self.securities if quantities.get(id)]
        if not found:
            return None
        if self.is_weighted:
            found = [(id, held * company.weights.get(id, Fraction(0))) for id, held in found]
        return sum((held for _, held in found), Fraction(0))


def _groups(
    ledger: Ledger, issuer: int, company: Ownership, totals: Mapping[int, Fraction]
) -> tuple[_Group, ...]:
    """Return a column for each security held that counts, or should and cannot; many warrants share one."""
    named = {*company.weights, *(one.security for one in company.uncounted)}
    held = [one for one in ledger.securities_of(issuer) if totals.get(one.id) and one.id in named]
    apart = [one for one in held if one.kind in STOCK] if len(held) > _SHOWN_SECURITIES else held
    groups = [_Group(one.name, f"{one.name}, in shares or units", (one.id,)) for one in apart]
    shown = {one.id for one in apart}
    for kind in dict.fromkeys(one.kind for one in held if one.id not in shown):
        ids = tuple(one.id for one in held if one.kind is kind and one.id not in shown)
        title = f"{kind.replace('_', ' ').capitalize()}s"
        groups.append(_Group(title, f"{len(ids)} instruments, in the shares they count for", ids, True))
    return tuple(groups)


class _Lines:
    """Makes the line of a stakeholder when it is shown: owners by size, then holders that do not count."""

    def __init__(self, ledger: Ledger, company: Ownership, held: Holdings, shown: tuple[_Group, ...]) -> None:
        self._names: Mapping[int, str] = names_of(ledger, Stakeholder)
        self._company, self._held, self._shown = company, held, shown
        self._ids = [id for one in shown for id in one.securities]
        self.order = [*range(len(company)), *(-1 - who for who in self._silent().tolist())]

    def _silent(self) -> Integers:
        """Return the stakeholders who hold something shown that does not count on the basis."""
        company, held = self._company, self._held
        is_shown = np.zeros(1 + max(int(held.securities.max(initial=0)), max(self._ids, default=0)), bool)
        is_shown[self._ids] = True
        own = is_shown[held.securities]
        holds = np.zeros(1 + int(held.stakeholders.max(initial=0)), bool)
        holds[held.stakeholders[own]] = True
        holds[company.stakeholders[company.stakeholders < len(holds)]] = False
        return np.flatnonzero(holds)

    def row(self, place: int) -> Row:
        owner = self._company[place] if place >= 0 else Owner(-1 - place, Fraction(0), Fraction(0))
        who = owner.stakeholder
        quantities = self._quantities(who)
        name = UNALLOCATED if who == POOL else self._names[who]
        parts = tuple(one.sum_of(quantities, self._company) for one in self._shown)
        return Row((name, *_in_sight(parts, (owner.shares or None, owner.stake or None))), key=who)

    def _quantities(self, stakeholder: int) -> dict[int, Fraction]:
        low, high = np.searchsorted(self._held.stakeholders, [stakeholder, stakeholder + 1])
        found = [self._held[place] for place in range(low, high)]
        return {holding.security: holding.quantity for holding in found}


def cap_table_by_security(ledger: Ledger, lens: Lens) -> Table:
    """The securities of the lens's issuer with their four counts."""
    if lens.issuer is None:
        return _no_issuer("cap_table_by_security", "Cap table by security")
    company = ownership(ledger, lens)
    found = counts(ledger, lens, lens.issuer)
    columns = (
        Column("Security", Kind.TEXT, width=30),
        Column("Kind", Kind.CHOICE, choices=Words.of(SecurityKind)),
        Column("Authorized", Kind.SHARES, help="What the charter allows the class to issue"),
        Column("Issued", Kind.SHARES, help="Outstanding and treasury shares"),
        Column("Outstanding", Kind.SHARES, help="Issued less treasury shares"),
        Column("Reserved", Kind.COUNTED, help="For plans, and for what converts into it or buys it"),
        Column("Available", Kind.COUNTED, help="Authorized less issued less reserved"),
        Column(SHARES_TITLES[lens.basis], Kind.COUNTED),
        Column("Stake %", Kind.STAKE, has_bar=True),
    )
    reasons = {one.security: one.reason for one in company.uncounted}
    rows = [
        _security_row(ledger, count, company, count.security in reasons)
        for count in found
        if count.issued or _exists(ledger.securities[count.security], lens)
    ]
    total = Row(
        ("Total", None, None, None, None, None, None, company.total, Fraction(1) if company.total else None),
        key="total",
        is_total=True,
    )
    return Table(
        "cap_table_by_security",
        "Cap table by security",
        columns,
        rows,
        subtitle(ledger, lens),
        total if rows else None,
        "This company has no securities yet. Add one on the Securities page.",
    )


def _exists(security: Security, lens: Lens) -> bool:
    return security.issued is None or security.issued <= lens.as_of


def _security_row(ledger: Ledger, count: Counts, company: Ownership, is_uncounted: bool) -> Row:
    security = ledger.securities[count.security]
    shares = count.outstanding * company.weights.get(security.id, Fraction(0))
    return Row(
        (
            f"{security.name} (not counted)" if is_uncounted and count.outstanding else security.name,
            security.kind,
            count.authorized,
            count.issued or None,
            count.outstanding or None,
            count.reserved or None,
            count.available,
            shares or None,
            shares / company.total if shares and company.total else None,
        ),
        key=security.id,
    )


def _no_issuer(name: str, title: str) -> Table:
    return Table(
        name, title, (Column("Stakeholder", Kind.TEXT),), (), empty="Add the first company on the Group page."
    )
