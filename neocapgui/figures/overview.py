"""The state of a company on the day at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from neocapgui.engine.capital import capital_raised
from neocapgui.engine.convertibles import convertibles
from neocapgui.engine.group import direct_stakes
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import ownership
from neocapgui.engine.reserves import counts
from neocapgui.engine.status import standing
from neocapgui.figures.cap_table import BASIS_TITLES, SHARES_TITLES, UNALLOCATED
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, grouped, percent, shown
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind

_CARD_COLUMNS = (
    Column("Figure", Kind.TEXT, width=30),
    Column("Value", Kind.TEXT, width=16),
    Column("Remark", Kind.TEXT, width=40),
)


@dataclass(frozen=True, slots=True)
class Card:
    """One figure with its name and a dim line that says what it is."""

    title: str
    value: str
    note: str = ""
    asks: tuple[str, Any, str] | None = None  # table, key and column by which the figure is explained


def overview(ledger: Ledger, lens: Lens, style: Style = PLAIN) -> tuple[Card, ...]:
    """Return the cards of the lens's issuer on its day."""
    if lens.issuer is None:
        return ()
    cards = [*_counts(ledger, lens, style), _largest(ledger, lens, style)]
    cards += [_raised(ledger, lens, style), _convertible(ledger, lens, style), _standing(ledger, lens, style)]
    cards += _subsidiaries(ledger, lens, style)
    return tuple(cards)


def cards_table(ledger: Ledger, lens: Lens, style: Style = PLAIN) -> Table:
    """Return the cards as a table, for paper."""
    rows = tuple(
        Row((one.title, one.value, one.note), key=one.title) for one in overview(ledger, lens, style)
    )
    return Table("glance", "At a glance", _CARD_COLUMNS, rows)


def _counts(ledger: Ledger, lens: Lens, style: Style) -> list[Card]:
    company = ownership(ledger, lens)
    cards = [
        Card(
            f"Shares {BASIS_TITLES[lens.basis]}",
            shown(Kind.COUNTED, company.total, style) or "0",
            f"{len(company):,} owners",
            ("cap_table", "total", SHARES_TITLES[lens.basis]),
        )
    ]
    for count in counts(ledger, lens, lens.issuer or 0):
        security = ledger.securities[count.security]
        if security.kind is SecurityKind.COMMON:
            cards.append(
                Card(
                    f"{security.name} outstanding",
                    shown(Kind.SHARES, count.outstanding, style) or "0",
                    "no authorized number is known"
                    if count.authorized is None
                    else f"{grouped(count.authorized, style)} authorized, "
                    f"{shown(Kind.COUNTED, count.reserved, style)} reserved",
                    ("cap_table_by_security", security.id, "Outstanding"),
                )
            )
            if count.available is not None:
                is_short = count.available < 0
                cards.append(
                    Card(
                        f"{security.name} short" if is_short else f"{security.name} free to issue",
                        shown(Kind.COUNTED, abs(count.available), style) or "0",
                        "more issued and reserved than authorized"
                        if is_short
                        else "neither issued nor reserved",
                    )
                )
    return cards


def _largest(ledger: Ledger, lens: Lens, style: Style) -> Card:
    company = ownership(ledger, lens)
    if not len(company):
        return Card("Largest owner", "none", "nobody holds anything yet")
    owner = company[0]
    name = ledger.stakeholders[owner.stakeholder].name if owner.stakeholder else UNALLOCATED
    asks = ("cap_table", owner.stakeholder, "Stake %")
    return Card("Largest owner", f"{percent(owner.stake, style)} %", name, asks)


def _raised(ledger: Ledger, lens: Lens, style: Style) -> Card:
    start = date(lens.as_of.year, 1, 1)
    raised = capital_raised(ledger, lens, lens.issuer or 0, start, lens.as_of)
    total = sum((one.amount for one in raised), Fraction(0))
    return Card(
        f"Raised in {lens.as_of.year}",
        shown(Kind.MONEY, total, style),
        f"{len(raised)} issues and exercises up to {day_text(lens.as_of, style)}",
        ("overview", None, "Raised"),
    )


def _convertible(ledger: Ledger, lens: Lens, style: Style) -> Card:
    live = [
        line for line in convertibles(ledger, lens, lens.issuer) if line.outstanding and not line.is_exchange
    ]
    if not live:
        return Card("Convertibles outstanding", "none", "no conversion right is in anybody's hand")
    shares = sum((line.shares or Fraction(0) for line in live), Fraction(0))
    unknown = sum(1 for line in live if line.shares is None)
    note = f"from {len(live)} instruments" + (f", {unknown} without a price" if unknown else "")
    asks = ("overview", None, "All converted")
    return Card("Shares if all converted", shown(Kind.COUNTED, shares, style) or "not known", note, asks)


def _standing(ledger: Ledger, lens: Lens, style: Style) -> Card:
    stands = standing(ledger, lens, lens.issuer or 0)
    since = f"since {day_text(stands.since, style)}" if stands.since else ""
    if stands.annual_saving is not None:
        since += f", saves {shown(Kind.MONEY, stands.annual_saving, style)} a year"
    return Card("Status", stands.status, since)


def _subsidiaries(ledger: Ledger, lens: Lens, style: Style) -> list[Card]:
    return [
        Card(
            ledger.issuers[issuer].name,
            f"{percent(stake, style)} %",
            f"held, {BASIS_TITLES[lens.basis]}",
            ("group", (owner, issuer), "Direct %"),
        )
        for owner, issuer, _, stake in direct_stakes(ledger, lens)
        if owner == lens.issuer
    ]
