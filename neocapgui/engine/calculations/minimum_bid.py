"""Whether a listing meets the minimum bid price, and which reverse split would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil

from neocapgui.engine.calculations.demands import positive
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact

# Nasdaq Rule 5810(c)(3)(A)(iv), as in force since 2020: no time to cure where the splits of two
# years multiply to 250 to 1 or more.
CUMULATIVE_LIMIT = 250


@dataclass(frozen=True, slots=True)
class BidRatio:
    """Which ratio of a reverse split brings the bid to its target."""

    smallest_whole_ratio: int
    ratio: int | None  # None: no approved ratio is enough
    indicative_price: Fraction | None  # after the split
    cumulative_two_years: int | None  # with the splits before
    at_or_above_limit: bool | None  # 250 to 1 within two years


def split_ratio(
    price: Exact,
    target: Exact,
    *,
    approved: Sequence[int] = (),
    prior_two_years: Sequence[int] = (),
    cumulative_limit: int = CUMULATIVE_LIMIT,
) -> BidRatio:
    """Return the smallest ratio with price x ratio >= target: whole, and of those approved.

    Where none is approved beforehand any whole ratio may be chosen. The cumulative ratio is the product
    of those of the last two years and this one. Refuses `bad_input`: figures that are not above 0.

    Source: Nasdaq Rules 5550(a)(2) and 5810(c)(3)(A).

    >>> answer = split_ratio(Fraction("0.16"), 1, approved=[10, 15, 20, 25])
    >>> answer.smallest_whole_ratio, answer.ratio, str(answer.indicative_price)
    (7, 10, '8/5')
    """
    bid, wanted = positive("price", price), positive("target", target)
    for ratio in (*approved, *prior_two_years):
        positive("ratio of a split", ratio)
    smallest = ceil(wanted / bid)
    enough = [ratio for ratio in approved if bid * ratio >= wanted] if approved else [smallest]
    if not enough:
        return BidRatio(smallest, None, None, None, None)
    chosen = cumulative = min(enough)
    for ratio in prior_two_years:
        cumulative *= ratio
    return BidRatio(smallest, chosen, bid * chosen, cumulative, cumulative >= cumulative_limit)


@dataclass(frozen=True, slots=True)
class BidStatus:
    """When a listing became deficient, and when it was cured."""

    deficient_on: date | None
    cured_on: date | None


def bid_status(
    closes: Sequence[tuple[date, Exact]], minimum: Exact, *, deficiency_days: int = 30, cure_days: int = 10
) -> BidStatus:
    """Return the first day that ends a full run of closes below the minimum, and the day of its cure.

    Every close is a trading day. A close at the minimum breaks the run below it. The cure ends a run of
    closes at or above the minimum, counted from the day after the deficiency; one miss restarts it.
    Refuses `bad_input`: runs of no days, a day given twice.

    Source: Nasdaq Rule 5810(c)(3)(A): thirty and ten consecutive business days.

    >>> closes = [(date(2025, 2, day), Fraction(close)) for day, close in
    ...           [(3, "0.98"), (4, "0.97"), (5, "1.00"), (6, "0.99"), (7, "1.01"), (10, "1.00")]]
    >>> status = bid_status(closes, 1, deficiency_days=2, cure_days=2)
    >>> str(status.deficient_on), str(status.cured_on)
    ('2025-02-04', '2025-02-10')
    """
    lowest = positive("minimum", minimum)
    positive("number of days to a deficiency", deficiency_days)
    positive("number of days to a cure", cure_days)
    listed = sorted(closes, key=lambda close: close[0])
    for (one, _), (other, _) in pairwise(listed):
        if one == other:
            raise CalculationRefused("bad_input", f"{one} has two closes.")
    deficient_on: date | None = None
    run = 0
    for day, close in listed:
        is_below = Fraction(close) < lowest
        if deficient_on is None:
            run = run + 1 if is_below else 0
            if run == deficiency_days:
                deficient_on, run = day, 0
        else:
            run = 0 if is_below else run + 1
            if run == cure_days:
                return BidStatus(deficient_on, day)
    return BidStatus(deficient_on, None)
