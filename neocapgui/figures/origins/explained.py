"""Explain any figure: a table of what makes each column of each table, and the history of what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.assertions import assertions
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.capital import capital_raised
from neocapgui.engine.convertibles import Convertible, convertibles
from neocapgui.engine.entries import entries
from neocapgui.engine.finding import Place, at
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import STOCK
from neocapgui.engine.reserves import Counts, counts
from neocapgui.engine.splits import HolderAfterSplit, SplitEvent, split_outcome
from neocapgui.figures.cap_table import SHARES_TITLES
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text
from neocapgui.figures.largest_owners import largest_owners_table
from neocapgui.figures.origins import papers, stakes
from neocapgui.figures.origins.effective import effective_stake
from neocapgui.figures.origins.holdings import Asked, class_total, count_of, holding, vouched
from neocapgui.figures.origins.origin import DIFFERENCE, FACT, SUM, Origin
from neocapgui.figures.origins.terms import authorized_shares, price_of
from neocapgui.figures.overhang_now import live_convertibles
from neocapgui.figures.splits_table import last_split
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KIND, Transaction

_TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Cell:
    """Which figure is asked about: the key of its row, the title of its column, and what it shows."""

    key: Any
    column: str
    shown: Any = None  # tells lines of the same key apart


Explainer = Callable[[Asked, Cell], Origin | None]


def explained(
    ledger: Ledger,
    lens: Lens,
    table: str,
    key: Any,
    column: str,
    style: Style = PLAIN,
    *,
    shown: Any = None,
) -> Origin | None:
    """Return where the figure in a cell of a table comes from, or None where nothing is calculated there.

    `key` is that of the row, `column` the title of the column; `shown` is the cell's value, which tells
    lines of the same key apart. What cannot be calculated on the day has no origin.

    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Issuer, Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> day, held = date(2001, 8, 13), {1: 1_030_555, 2: 125_000}
    >>> ledger = Ledger(issuers={1: Issuer(1, "Works")},
    ...     stakeholders={1: Stakeholder(1, "Parent"), 2: Stakeholder(2, "Others")},
    ...     securities={1: Security(1, 1, "Common", SecurityKind.COMMON)},
    ...     transactions=Transactions.of(
    ...         Transaction(who, day, "issuance", security=1, stakeholder=who, quantity=Decimal(shares))
    ...         for who, shares in held.items()))
    >>> found = explained(ledger, Lens(day, 1), "cap_table", 1, "Stake %")
    >>> str(found.value), found.rule.sign, [int(part.value) for part in found.parts]
    ('206111/231111', '/', [1030555, 1155555])
    """
    explainer = EXPLAINERS.get((table, column)) or EXPLAINERS.get((table, "*"))
    if explainer is None:
        return None
    try:
        return explainer(Asked(ledger, lens, style), Cell(key, column, shown))
    except (CalculationRefused, LookupError):
        return None


# The cap table


def _held(asked: Asked, cell: Cell) -> Origin | None:
    """Return a holding by its column: a security by its name, or instruments of a kind in counted shares."""
    own = [one for one in asked.ledger.securities_of(asked.lens.issuer or 0) if one.name == cell.column]
    totals = holdings(asked.ledger, asked.lens).totals()
    security = next((one.id for one in own if totals.get(one.id)), None)
    if security is None:
        return _of_kind(asked, cell)
    if cell.key == _TOTAL:
        name = asked.ledger.securities[security].name
        return class_total(asked, holdings(asked.ledger, asked.lens), security, f"{name}, held in all")
    return holding(asked, cell.key, security)


def _of_kind(asked: Asked, cell: Cell) -> Origin | None:
    kinds = {
        f"{one.kind.replace('_', ' ').capitalize()}s": one.kind for one in asked.ledger.securities.values()
    }
    if cell.column not in kinds:
        return None
    held = holdings(asked.ledger, asked.lens)
    found = [
        one.id
        for one in asked.ledger.securities_of(asked.lens.issuer or 0)
        if one.kind is kinds[cell.column] and one.kind not in STOCK and held.totals().get(one.id)
    ]
    parts = [
        stakes.class_shares(asked, id) if cell.key == _TOTAL else stakes.counted_holding(asked, cell.key, id)
        for id in found
        if cell.key == _TOTAL or held.of(cell.key, id)
    ]
    total = sum((part.value for part in parts), Fraction(0))
    return Origin(cell.column, total, Kind.COUNTED, SUM, tuple(parts))


def _owner_shares(asked: Asked, cell: Cell) -> Origin | None:
    if cell.key == "others":
        return _others(asked, 1)
    return stakes.all_shares(asked) if cell.key == _TOTAL else stakes.owner_shares(asked, cell.key)


def _owner_stake(asked: Asked, cell: Cell) -> Origin | None:
    if cell.key == "others":
        return _others(asked, 2)
    return stakes.whole(asked) if cell.key == _TOTAL else stakes.stake_of(asked, cell.key)


def _others(asked: Asked, place: int) -> Origin:
    """Return what the owners have that are not among the largest: the whole less theirs."""
    listed = [row.key for row in largest_owners_table(asked.ledger, asked.lens).rows if row.key != "others"]
    of_one, whole = ((stakes.owner_shares, stakes.all_shares), (stakes.stake_of, stakes.whole))[place - 1]
    parts = (whole(asked), *(of_one(asked, who) for who in listed))
    value = parts[0].value - sum((part.value for part in parts[1:]), Fraction(0))
    return Origin("All other owners", value, parts[0].kind, DIFFERENCE, parts)


def _count(asked: Asked, cell: Cell) -> Counts:
    return next(
        one for one in counts(asked.ledger, asked.lens, asked.lens.issuer or 0) if one.security == cell.key
    )


def _authorized(asked: Asked, cell: Cell) -> Origin | None:
    value = _count(asked, cell).authorized
    return None if value is None else authorized_shares(asked, asked.ledger.securities[cell.key], value)


def _issued(asked: Asked, cell: Cell) -> Origin:
    return count_of(asked, cell.key, f"{asked.ledger.securities[cell.key].name}, issued", has_treasury=True)


def _outstanding(asked: Asked, cell: Cell) -> Origin:
    return count_of(asked, cell.key, f"{asked.ledger.securities[cell.key].name}, outstanding")


def _reserved(asked: Asked, cell: Cell) -> Origin:
    return stakes.reserved_shares(asked, cell.key)


def _available(asked: Asked, cell: Cell) -> Origin | None:
    authorized, count = _authorized(asked, cell), _count(asked, cell)
    if authorized is None or count.available is None:
        return None
    parts = (authorized, _issued(asked, cell), _reserved(asked, cell))
    title = f"{asked.ledger.securities[cell.key].name}, available"
    return Origin(title, count.available, Kind.COUNTED, DIFFERENCE, parts)


def _class_shares(asked: Asked, cell: Cell) -> Origin:
    return stakes.all_shares(asked) if cell.key == _TOTAL else stakes.class_shares(asked, cell.key)


def _class_stake(asked: Asked, cell: Cell) -> Origin:
    return stakes.whole(asked) if cell.key == _TOTAL else stakes.class_stake(asked, cell.key)


# The group


def _group_shares(asked: Asked, cell: Cell) -> Origin:
    return stakes.group_shares(asked, *cell.key)


def _direct(asked: Asked, cell: Cell) -> Origin:
    return stakes.direct_stake(asked, *cell.key)


def _effective(asked: Asked, cell: Cell) -> Origin:
    return effective_stake(asked, *cell.key)


def _then(asked: Asked, cell: Cell, days_before: int = 0) -> tuple[Asked, int, int]:
    owner, issuer, day = cell.key
    return asked.on(replace(asked.lens, as_of=date.fromordinal(day.toordinal() - days_before))), owner, issuer


def _shares_then(asked: Asked, cell: Cell) -> Origin:
    return stakes.group_shares(*_then(asked, cell))


def _stake_then(asked: Asked, cell: Cell) -> Origin:
    return stakes.direct_stake(*_then(asked, cell))


def _stake_before(asked: Asked, cell: Cell) -> Origin:
    return stakes.direct_stake(*_then(asked, cell, days_before=1))


def _stake_change(asked: Asked, cell: Cell) -> Origin:
    parts = (_stake_then(asked, cell), _stake_before(asked, cell))
    return Origin("Change of the stake", parts[0].value - parts[1].value, Kind.STAKE, DIFFERENCE, parts)


# Conversions


def _of_line(question: Callable[[Asked, Convertible], Origin | None]) -> Explainer:
    """Return an explainer that asks about the right whose line shows the figure."""

    def explain(asked: Asked, cell: Cell) -> Origin | None:
        lines = [one for one in convertibles(asked.ledger, asked.lens) if one.security == cell.key]
        found = [origin for line in lines if (origin := question(asked, line)) is not None]
        return next((one for one in found if one.value == cell.shown), found[0] if found else None)

    return explain


def _price(asked: Asked, line: Convertible) -> Origin | None:
    return None if line.turn.price is None else price_of(asked, line.turn)


def _of_entry(question: Callable[[Asked, Transaction], Origin | None]) -> Explainer:
    def explain(asked: Asked, cell: Cell) -> Origin | None:
        record = asked.ledger.transactions.get(cell.key)
        return None if record is None else question(asked, record)

    return explain


# Splits


def _of_holder(question: Callable[[Asked, SplitEvent, HolderAfterSplit], Origin | None]) -> Explainer:
    """Return an explainer of a column of the split by holder; its total is the sum of the holders."""

    def explain(asked: Asked, cell: Cell) -> Origin | None:
        event = last_split(asked.ledger, asked.lens)
        if event is None:
            return None
        lines = split_outcome(asked.ledger, asked.lens, event)
        if cell.key != _TOTAL:
            return question(asked, event, next(line for line in lines if line.stakeholder == cell.key))
        parts = tuple(part for line in lines if (part := question(asked, event, line)) is not None)
        if not parts:
            return None
        total = sum((part.value for part in parts), Fraction(0))
        return Origin(f"{cell.column} of all holders", total, parts[0].kind, SUM, parts)

    return explain


# Published counts


def _in_ledger(asked: Asked, cell: Cell) -> Origin | None:
    one = next(one for one in assertions(asked.ledger, asked.lens) if one.count.id == cell.key)
    then = asked.on(replace(asked.lens, as_of=one.count.date))
    return count_of(
        then, one.count.security, f"{asked.ledger.securities[one.count.security].name}, outstanding"
    )


def _beside_paper(asked: Asked, cell: Cell) -> Origin | None:
    one = next(one for one in assertions(asked.ledger, asked.lens) if one.count.id == cell.key)
    ledger = _in_ledger(asked, cell)
    if ledger is None:
        return None
    place = Place("published_counts", one.count.id, "shares")
    stated = Origin(
        "Shares stated", Fraction(one.count.shares), Kind.SHARES, FACT, (), "", one.count.source, place
    )
    return Origin(
        "The ledger less the count stated", one.difference, Kind.SHARES, DIFFERENCE, (ledger, stated)
    )


# Standing


def _standing(asked: Asked, cell: Cell) -> Origin | None:
    """Return the entry that made a company stand as it does."""
    name = "rename" if cell.column == "Name in force" else "status"
    said = entries(asked.ledger, asked.lens, [name], issuer=cell.key)
    issuer = asked.ledger.issuers[cell.key]
    if not said:
        source, place = vouched(issuer.certainty, issuer.source), Place("issuers", issuer.id, "formed")
        note = "as it was formed or first recorded: no later entry says otherwise"
        return Origin(issuer.name, "", Kind.TEXT, FACT, (), note, source, place)
    last = said[-1]
    note = f"{KIND[last.kind].title.lower()} of {day_text(last.date, asked.style)}: {last.value}"
    value = cell.shown if isinstance(cell.shown, Decimal) else ""
    source = vouched(last.certainty, last.source)
    return Origin(issuer.name, value, Kind.MONEY, FACT, (), note, source, at(last))


# The overview


def _raised(asked: Asked, cell: Cell) -> Origin:
    day = asked.lens.as_of
    found = capital_raised(asked.ledger, asked.lens, asked.lens.issuer or 0, date(day.year, 1, 1), day)
    parts = []
    for one in found:
        record = asked.ledger.transactions.get(one.transaction)
        if record is not None:
            parts.append(papers.raised(asked, record, one.amount))
    total = sum((part.value for part in parts), Fraction(0))
    return Origin(
        f"Raised in {day.year}", total, Kind.MONEY, SUM, tuple(parts), "issues and exercises, up to the day"
    )


def _all_converted(asked: Asked, cell: Cell) -> Origin:
    live = live_convertibles(asked.ledger, asked.lens)
    parts = tuple(part for line in live if (part := papers.converted(asked, line)) is not None)
    total = sum((part.value for part in parts), Fraction(0))
    return Origin("Shares if all converted", total, Kind.COUNTED, SUM, parts)


_SHARES: dict[str, Explainer] = dict.fromkeys(SHARES_TITLES.values(), _owner_shares)
_CLASS: dict[str, Explainer] = dict.fromkeys(SHARES_TITLES.values(), _class_shares)
_BY_TABLE: dict[str, dict[str, Explainer]] = {  # "*" is any other column
    "cap_table": {**_SHARES, "Stake %": _owner_stake, "*": _held},
    "largest_owners": {"Shares": _owner_shares, "Stake %": _owner_stake},
    "cap_table_by_security": {
        "Authorized": _authorized,
        "Issued": _issued,
        "Outstanding": _outstanding,
        "Reserved": _reserved,
        "Available": _available,
        **_CLASS,
        "Stake %": _class_stake,
    },
    "group": {"Shares": _group_shares, "Direct %": _direct, "Effective %": _effective},
    "stake_steps": {
        "Shares": _shares_then,
        "Before %": _stake_before,
        "After %": _stake_then,
        "Change": _stake_change,
    },
    "conversions": {
        "Outstanding": _of_line(papers.units),
        "Face": _of_line(papers.face),
        "Price today": _of_line(_price),
        "Shares if converted": _of_line(papers.converted),
        "Accrued": _of_line(papers.interest),
        "Held back": _of_line(papers.held_back),
    },
    "notices": {"By the terms": _of_entry(papers.implied), "Difference": _of_entry(papers.difference)},
    "splits": {
        "Shares before": _of_holder(papers.before_split),
        "Exact after": _of_holder(papers.exact_after),
        "Shares after": _of_holder(papers.after_split),
        "Fraction": _of_holder(papers.fraction_left),
        "Old shares left over": _of_holder(papers.old_shares_left),
        "Cash in lieu": _of_holder(papers.cash_in_lieu),
    },
    "standings": dict.fromkeys(("Name in force", "Status", "Since", "Saves a year"), _standing),
    "published_counts": {"In the ledger": _in_ledger, "Result": _beside_paper},
    "overview": {"Raised": _raised, "All converted": _all_converted},
    "overhang_now": {
        "Shares today": _of_line(papers.converted),
        "After issue %": _of_line(papers.part_after),
    },
    "held_companies": {"Direct %": _direct},
}
EXPLAINERS: dict[tuple[str, str], Explainer] = {
    (table, column): explainer
    for table, columns in _BY_TABLE.items()
    for column, explainer in columns.items()
}
