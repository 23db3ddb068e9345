"""A slow replay of the records one by one, obviously right: the twin that the quick one must agree with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import floor

from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, Rounding
from neocapgui.ledger.transactions import Transaction

Place = tuple[int, int]  # a stakeholder and a security
Held = dict[Place, Fraction]
Movement = tuple[int | None, int | None, Fraction]  # who, of what, how much more


@dataclass(frozen=True)
class Taken:
    """The first entry after which somebody holds less than nothing of a security."""

    transaction: int
    place: Place
    short: Fraction


def in_order(records: Iterable[Transaction]) -> list[Transaction]:
    """Return records as they happened: by day, by order within the day, by number."""
    return sorted(records, key=lambda record: (record.date, record.order, record.id))


def counts(record: Transaction, planned: bool, known: date | None) -> bool:
    """Whether an entry counts for a lens: not merely planned, and known on the day of knowledge."""
    if record.certainty is Certainty.PLANNED and not planned:
        return False
    return known is None or record.recorded is None or record.recorded <= known


def movements(record: Transaction) -> Iterator[Movement]:
    """Return what an entry gives to and takes from whom; what it does not say is nothing."""
    who, other = record.stakeholder, record.counterparty
    paper, into = record.security, record.into_security
    count, new = Fraction(record.quantity or 0), Fraction(record.into_quantity or 0)
    match record.kind:
        case "opening" | "issuance":
            yield who, paper, count
        case "transfer":
            yield who, paper, -count
            yield other, paper, count
        case "conversion" | "exercise":
            yield who, paper, -count
            yield who, into, new
        case "exchange":
            yield who, paper, -count
            yield other, paper, count
            yield who, into, new
        case "expiry" | "cancellation":
            yield who, paper, -count
        case "repurchase":
            yield who, paper, -count
            yield other, paper, count
        case "in_kind":
            yield who, into, new


def rounded(shares: Fraction, policy: str) -> Fraction:
    """Return whole shares by a policy, away from zero alike for what is owed (below nothing)."""
    sign = -1 if shares < 0 else 1
    whole, part = divmod(abs(shares), 1)
    if policy in ("up", "amount_follows") and part > 0:
        whole += 1
    if policy == "nearest" and part >= Fraction(1, 2):
        whole += 1
    return shares if policy == "none" else Fraction(sign * floor(whole))


def replay(ledger: Ledger, planned: bool, known: date | None) -> Iterator[tuple[Transaction, Held]]:
    """Return every entry that counts, in order, with what everybody holds right after it."""
    policies = {paper.id: str(paper.rounding) for paper in ledger.securities.values()}
    held: Held = defaultdict(Fraction)
    for record in in_order(ledger.transactions):
        if not counts(record, planned, known):
            continue
        divide(held, record, policies)
        for who, paper, more in movements(record):
            if who is not None and paper is not None:
                held[who, paper] += more
        yield record, dict(held)


def divide(held: Held, record: Transaction, policies: Mapping[int, str]) -> None:
    """Split what everybody holds of a security, each holder rounded by itself."""
    if record.kind != "split" or record.ratio is None or record.ratio <= 0 or record.security is None:
        return
    policy = record.value if record.value in {str(one) for one in Rounding} else policies[record.security]
    for place in held:
        if place[1] == record.security:
            held[place] = rounded(held[place] * record.ratio, policy)


def holdings(ledger: Ledger, day: date, planned: bool = False, known: date | None = None) -> Held:
    """Return what everybody holds at the end of a day, without what is nothing."""
    last: Held = {}
    for record, held in replay(ledger, planned, known):
        if record.date <= day:
            last = held
    return {place: shares for place, shares in last.items() if shares}


def shortfalls(ledger: Ledger, planned: bool = False, known: date | None = None) -> list[Taken]:
    """Return for each holding the first entry that takes it below nothing, in ledger order.

    What an entry takes it takes first: nobody can give himself what he does not have.
    """
    found: dict[Place, Taken] = {}
    before: Held = {}
    for record, held in replay(ledger, planned, known):
        for place, short in taken(before, record):
            found.setdefault(place, Taken(record.id, place, short))
        before = held
    return list(found.values())


def taken(before: Held, record: Transaction) -> Iterator[tuple[Place, Fraction]]:
    """Return what an entry takes beyond what is held, movement by movement."""
    held: Held = defaultdict(Fraction, before)
    for who, paper, more in movements(record):
        if who is not None and paper is not None:
            held[who, paper] += more
            if held[who, paper] < 0:
                yield (who, paper), -held[who, paper]


def totals(ledger: Ledger, security: int, planned: bool = False) -> list[tuple[int, Fraction]]:
    """Return every entry that changes the issued count of a security, with the count after it."""
    steps: list[tuple[int, Fraction]] = []
    for record, held in replay(ledger, planned, None):
        total = sum((shares for place, shares in held.items() if place[1] == security), Fraction(0))
        before = steps[-1][1] if steps else Fraction(0)
        if total != before or (record.kind == "split" and record.security == security):
            steps.append((record.id, total))
    return steps
