"""The splits of a security, what each did to every holder, and how they restate what was said before them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from neocapgui.engine.calculations.rounding import cents, rounded_shares
from neocapgui.engine.holdings import followed, rounding_policies
from neocapgui.engine.lens import Lens
from neocapgui.engine.movements import Movements, movements
from neocapgui.engine.replay import Policies, treatment
from neocapgui.engine.same import Same
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Rounding


@dataclass(frozen=True, slots=True)
class SplitEvent:
    """One split as the ledger records it."""

    row: int
    id: int
    date: date
    security: int
    ratio: Fraction  # new shares for each old one
    treatment: Rounding  # of fractions, holder by holder
    price: Decimal | None  # per new share, for fractions paid in cash


@dataclass(frozen=True, slots=True)
class HolderAfterSplit:
    """What a split did to one holder."""

    stakeholder: int
    before: Fraction
    exact: Fraction  # before x ratio
    after: Fraction
    fraction: Fraction  # of a new share that is left over
    cash: Fraction | None  # for the fraction, to the cent; None where no price is known


def splits(ledger: Ledger, lens: Lens) -> tuple[SplitEvent, ...]:
    """Return the splits that count for the lens, of every day, in the order of the ledger.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> split = Transaction(1, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value="cash")
    >>> (event,) = splits(Ledger(transactions=Transactions.of([split])), Lens(date(2001, 8, 10)))
    >>> event.security, str(event.ratio), event.treatment.value
    (1, '1/25', 'cash')
    """
    return _splits(movements(ledger, lens), ledger.transactions, rounding_policies(ledger))


@lru_cache(maxsize=4)
def _splits(moves: Movements, transactions: Transactions, policies: Policies) -> tuple[SplitEvent, ...]:
    rounding, rows = dict(policies), moves.splits.tolist()
    events = []
    for row, record in zip(rows, transactions.records(rows), strict=True):
        if record.security is not None and record.ratio is not None:
            events.append(
                SplitEvent(
                    row,
                    record.id,
                    record.date,
                    record.security,
                    record.ratio,
                    treatment(transactions, rounding, row),
                    record.price,
                )
            )
    return tuple(events)


def split_factor(events: tuple[SplitEvent, ...], security: int, said: date | None, until: date) -> Fraction:
    """Return how many shares of `until` stand for one share of the day `said`.

    Counts are multiplied by it and prices divided. A split of the day `said` itself is already in what
    was said; without such a day every split counts.

    >>> day = date(2002, 9, 5)
    >>> split = SplitEvent(0, 1, day, 1, Fraction(1, 25), Rounding.CASH, None)
    >>> [str(split_factor((split,), 1, said, day)) for said in (date(2002, 9, 4), day, None)]
    ['1/25', '1', '1/25']
    """
    found = _factors(Same(events)).get(security)
    if found is None:
        return Fraction(1)
    days, factors = found
    first = 0 if said is None else bisect_right(days, said)
    last = bisect_right(days, until)
    return factors[last] / factors[first] if first < last else Fraction(1)


def split_days(events: tuple[SplitEvent, ...], security: int) -> list[date]:
    """Return the days of the splits of a security, in order.

    >>> split_days((), 1)
    []
    """
    return _factors(Same(events)).get(security, ([], []))[0]


@lru_cache(maxsize=4)
def _factors(events: Same) -> dict[int, tuple[list[date], list[Fraction]]]:
    """Return of each security the days of its splits, and how many shares came of one after each."""
    found: dict[int, tuple[list[date], list[Fraction]]] = {}
    for event in sorted(*events.values, key=lambda event: event.date):
        days, factors = found.setdefault(event.security, ([], [Fraction(1)]))
        days.append(event.date)
        factors.append(factors[-1] * event.ratio)
    return found


def split_outcome(ledger: Ledger, lens: Lens, event: SplitEvent) -> tuple[HolderAfterSplit, ...]:
    """Return what a split did to each holder, the largest first.

    Shares = before x ratio, rounded by the split's treatment; under `cash` the fraction is paid at the
    price of a new share, which is the same as left-over old shares at the old price, to the cent.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.transactions import Transaction
    >>> issue = Transaction(1, date(2001, 8, 31), "issuance", security=1, stakeholder=1,
    ...                     quantity=Decimal(282_486))
    >>> split = Transaction(2, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value="cash",
    ...                     price=Decimal("4.25"))
    >>> ledger, lens = Ledger(transactions=Transactions.of([issue, split])), Lens(date(2002, 9, 6))
    >>> (after,) = split_outcome(ledger, lens, splits(ledger, lens)[0])
    >>> str(after.exact), int(after.after), str(after.fraction), str(after.cash)
    ('282486/25', 11299, '11/25', '187/100')
    """
    known = followed(ledger, lens)
    held = known.walk(event.security, event.row)
    pairs, units = held.passage.pairs, held.units()
    rows = []
    for holder, each in zip(known.moves.holders[pairs].tolist(), units.tolist(), strict=True):
        if not each:
            continue
        before = Fraction(each) / held.passage.one
        exact = before * event.ratio
        after = rounded_shares(exact, event.treatment)
        fraction = exact - after if exact > after else Fraction(0)
        cash = None
        if event.treatment is Rounding.CASH and event.price is not None:
            cash = cents(fraction * Fraction(event.price))
        rows.append(HolderAfterSplit(holder, before, exact, after, fraction, cash))
    return tuple(sorted(rows, key=lambda row: (-row.before, row.stakeholder)))
