"""A priced round as a legal pro forma prints it: rounded prices, whole shares, and parts that add up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.round_instruments import Convertible, Form
from neocapgui.engine.calculations.rounding import Exact, Mode, rounded_to
from neocapgui.engine.calculations.rounds import Cheque, Pool, PoolMode, RoundTerms, priced_round

POST_MONEY = frozenset({Form.POST_MONEY_SAFE, Form.NOTE_POST})
PRE_MONEY = frozenset({Form.PRE_MONEY_SAFE, Form.NOTE_PRE})

# How far from a circle of totals to look for one that reproduces itself.
FARTHEST = 100_000


@dataclass(frozen=True, slots=True)
class RoundedTerms:
    """A percentage-ownership round with an unallocated pool, and the company before it."""

    pre_money: Exact
    new_money: tuple[Cheque, ...]
    outstanding_total: Exact
    pool_fraction: Exact  # unallocated pool of the total; a larger existing pool stays
    price_places: int  # decimals of every price, rounded up
    safes: tuple[Convertible, ...] = ()
    existing_unallocated_pool: Exact = 0
    share_rounding: Mode = Mode.FLOOR


@dataclass(frozen=True, slots=True)
class RoundedRound:
    """A round whose whole shares add up to its total."""

    fully_diluted: int
    total_pool: Fraction
    pool_increase: Fraction
    price: Fraction
    new_money_shares: tuple[Fraction, ...]  # in the order of the cheques
    capitalization_before_new_money: Fraction
    pre_money_capitalization: Fraction
    safe_prices: tuple[Fraction, ...]
    safe_shares: tuple[Fraction, ...]

    @property
    def price_times_shares(self) -> Fraction:
        """The rounded price times the total; above the exact post-money by the rounding."""
        return self.price * self.fully_diluted


def rounded_round(terms: RoundedTerms) -> RoundedRound:
    """Return the round in rounded prices and whole shares whose parts add up to its total.

    For a whole total T: pool = the greater of the existing one and its fraction of T; price =
    (pre-money + new money) / T, up to `price_places`; each investor amount / price; K = T - new
    shares - pool increase; M = outstanding + pool; each SAFE at the lower of price x (1 - discount)
    and cap / K (post-money form) or cap / M (pre-money form), up to `price_places`. Shares and pool
    are rounded by `share_rounding`. The total wanted equals the sum of its parts. Several may: the
    one meant is reached from (outstanding + existing pool) / (1 - pool fraction - new money /
    (pre-money + new money)), rounded, by putting the sum in the total's place until it repeats.
    Where this runs in a circle, it is the whole number nearest to the one met twice, the lower first.

    Refusals: those of the exact round, and `no_whole_solution` if no total nearby adds up. Source:
    the practice of legal pro formas, where printed prices times printed shares must be the money.

    >>> seed = (Cheque("seed", 1_000_000),)
    >>> closed = rounded_round(RoundedTerms(3_000_000, seed, 700_000, Fraction(1, 10), 4))
    >>> closed.fully_diluted, closed.price, closed.total_pool
    (1076921, Fraction(37143, 10000), Fraction(107692, 1))
    """
    _refuse_what_no_rounding_mends(terms)
    met: set[int] = set()
    total = _first_total(terms)
    while total not in met:
        met.add(total)
        added_up = _sum_of_parts(closed := _round_at(terms, total))
        if added_up == total:
            return closed
        total = added_up
    for distance in range(1, FARTHEST + 1):
        for nearby in (total - distance, total + distance):
            found = _reproduced(terms, nearby)
            if found is not None:
                return found
    raise CalculationRefused(
        "no_whole_solution", f"Near {total} shares in all, no rounded prices make the parts add up."
    )


def _reproduced(terms: RoundedTerms, total: int) -> RoundedRound | None:
    try:
        closed = _round_at(terms, total)
    except CalculationRefused:  # so small a total that nothing is left before the money
        return None
    return closed if _sum_of_parts(closed) == total else None


def _first_total(terms: RoundedTerms) -> int:
    new_money = _new_money(terms)
    invested = new_money / (Fraction(terms.pre_money) + new_money)
    before = Fraction(terms.outstanding_total) + Fraction(terms.existing_unallocated_pool)
    return int(rounded_to(before / (1 - Fraction(terms.pool_fraction) - invested), 0, terms.share_rounding))


def _round_at(terms: RoundedTerms, total: int) -> RoundedRound:
    """Return the round that a total implies, whether or not its parts add up to that total."""

    def whole(shares: Fraction) -> Fraction:
        return rounded_to(shares, 0, terms.share_rounding)

    def raised(price: Fraction) -> Fraction:
        return rounded_to(price, terms.price_places, Mode.CEIL)

    if total <= 0:
        raise CalculationRefused("bad_input", f"A total of {total} shares has no price.")
    existing = Fraction(terms.existing_unallocated_pool)
    pool = max(existing, whole(Fraction(terms.pool_fraction) * total))
    price = raised((Fraction(terms.pre_money) + _new_money(terms)) / total)
    bought = tuple(whole(Fraction(cheque.amount) / price) for cheque in terms.new_money)
    capitalization = total - sum(bought) - (pool - existing)
    pre_money = Fraction(terms.outstanding_total) + pool
    if capitalization <= 0:
        raise CalculationRefused(
            "bad_input", f"Of {total} shares, new money and pool leave {capitalization}."
        )
    prices = tuple(
        raised(_lower_price(safe, price, capitalization if safe.form in POST_MONEY else pre_money))
        for safe in terms.safes
    )
    converted = tuple(
        whole(Fraction(safe.amount) / price) for safe, price in zip(terms.safes, prices, strict=True)
    )
    return RoundedRound(
        fully_diluted=total,
        total_pool=pool,
        pool_increase=pool - existing,
        price=price,
        new_money_shares=bought,
        capitalization_before_new_money=capitalization,
        pre_money_capitalization=pre_money,
        safe_prices=prices,
        safe_shares=converted,
    )


def _lower_price(safe: Convertible, price: Fraction, counted: Fraction) -> Fraction:
    at_discount = price * (1 - Fraction(safe.discount))
    return at_discount if safe.cap is None else min(at_discount, Fraction(safe.cap) / counted)


def _sum_of_parts(closed: RoundedRound) -> int:
    return int(closed.pre_money_capitalization + sum(closed.safe_shares) + sum(closed.new_money_shares))


def _new_money(terms: RoundedTerms) -> Fraction:
    return sum((Fraction(cheque.amount) for cheque in terms.new_money), Fraction(0))


def _refuse_what_no_rounding_mends(terms: RoundedTerms) -> None:
    for count in (terms.outstanding_total, terms.existing_unallocated_pool):
        if count < 0 or Fraction(count).denominator != 1:
            raise CalculationRefused("bad_input", f"{count} is no whole number of shares.")
    for safe in terms.safes:
        if safe.form not in POST_MONEY | PRE_MONEY:
            raise CalculationRefused(
                "bad_input", f"{safe.id} is {safe.form.value}, not a SAFE of either form."
            )
    # What outgrows the total does so in the exact round too; the pool that exists is part of what is there.
    before = Fraction(terms.outstanding_total) + Fraction(terms.existing_unallocated_pool)
    target = Pool(PoolMode.TARGET_UNALLOCATED, fraction=terms.pool_fraction)
    priced_round(
        RoundTerms(
            terms.pre_money, terms.new_money, {"shares before": before}, pool=target, convertibles=terms.safes
        )
    )
