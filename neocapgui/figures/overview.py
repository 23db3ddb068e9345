"""The state of a company on the day at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from neocapgui.engine.capital import capital_raised
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import ownership
from neocapgui.engine.reserves import Counts, counts
from neocapgui.engine.status import standing
from neocapgui.figures.cap_table import BASIS_TITLES, SHARES_TITLES, UNALLOCATED
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, grouped, percent, shown
from neocapgui.figures.overhang_now import live_convertibles
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.facts import Security
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
    page: str = ""  # the name of the page that says more
    is_amber: bool = False  # it deserves a look


def overview(ledger: Ledger, lens: Lens, style: Style = PLAIN) -> tuple[Card, ...]:
    """Return the cards of the lens's issuer on its day."""
    if lens.issuer is None:
        return ()
    cards = [*_counts(ledger, lens, style), _largest(ledger, lens, style)]
    cards += [_overhang(ledger, lens, style), _raised(ledger, lens, style), _standing(ledger, lens, style)]
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
            _counted(len(company), "owner", style),
            ("cap_table", "total", SHARES_TITLES[lens.basis]),
            "cap_table",
        )
    ]
    for count in counts(ledger, lens, lens.issuer or 0):
        security = ledger.securities[count.security]
        if security.kind is SecurityKind.COMMON:
            asks = ("cap_table_by_security", security.id, "Outstanding")
            value = shown(Kind.SHARES, count.outstanding, style) or "0"
            note = f"{shown(Kind.COUNTED, count.reserved, style) or '0'} reserved"
            cards.append(Card(f"{security.name} outstanding", value, note, asks, "securities"))
            cards.append(_headroom(security, count, style))
    return cards


def _headroom(security: Security, count: Counts, style: Style) -> Card:
    """Return what may still be promised against what is authorized, or by how much it falls short."""
    if count.authorized is None or count.available is None:
        note = "no authorized number is recorded"
        return Card(f"{security.name} authorized", "not known", note, page="securities")
    is_short = count.available < 0
    value = shown(Kind.COUNTED, abs(count.available), style) or "0"
    note = f"of {grouped(count.authorized, style)} authorized"
    asks = ("cap_table_by_security", security.id, "Available")
    said = "short" if is_short else "free to issue"
    return Card(f"{security.name} {said}", value, note, asks, "securities", is_short)


def _largest(ledger: Ledger, lens: Lens, style: Style) -> Card:
    company = ownership(ledger, lens)
    if not len(company):
        return Card("Largest owner", "none", "nobody holds anything yet", page="cap_table")
    owner = company[0]
    name = ledger.stakeholders[owner.stakeholder].name if owner.stakeholder else UNALLOCATED
    asks = ("cap_table", owner.stakeholder, "Stake %")
    return Card("Largest owner", f"{percent(owner.stake, style)} %", name, asks, "cap_table")


def _raised(ledger: Ledger, lens: Lens, style: Style) -> Card:
    start = date(lens.as_of.year, 1, 1)
    raised = capital_raised(ledger, lens, lens.issuer or 0, start, lens.as_of)
    total = sum((one.amount for one in raised), Fraction(0))
    return Card(
        f"Raised in {lens.as_of.year}",
        shown(Kind.MONEY, total, style),
        f"by {_counted(len(raised), 'entry', style, 'entries')}" if raised else "no issue or exercise yet",
        ("overview", None, "Raised"),
        "transactions",
    )


def _overhang(ledger: Ledger, lens: Lens, style: Style) -> Card:
    """Return what all that converts would take today, beside the class; zero where nothing is left."""
    live = live_convertibles(ledger, lens)
    if not live:
        return Card("Convertible overhang", "0", "nothing converts or floats", page="conversions")
    shares = sum((line.shares or Fraction(0) for line in live), Fraction(0))
    unknown = sum(1 for line in live if line.shares is None)
    whole = {one.security: one.outstanding for one in counts(ledger, lens, lens.issuer or 0)}
    into = {line.turn.into for line in live}
    parts = []
    if shares and len(into) == 1:
        part = shares / (shares + whole.get(into.pop(), Fraction(0)))
        parts.append(f"{percent(part, style)} % after issue")
    if unknown:
        parts.append(f"{unknown} without a price")
    value = shown(Kind.COUNTED, shares, style) or "not known"
    asks = ("overview", None, "All converted")
    return Card("Convertible overhang", value, ", ".join(parts), asks, "conversions")


def _standing(ledger: Ledger, lens: Lens, style: Style) -> Card:
    stands = standing(ledger, lens, lens.issuer or 0)
    since = f"since {day_text(stands.since, style)}" if stands.since else ""
    if stands.annual_saving is not None:
        since += f", saves {shown(Kind.MONEY, stands.annual_saving, style)} a year"
    is_at_rest = stands.status != "active"
    return Card("Status", stands.status, since, page="group", is_amber=is_at_rest)


def _counted(count: int, one: str, style: Style, more: str = "") -> str:
    return f"{grouped(count, style)} {one if count == 1 else more or one + 's'}"
