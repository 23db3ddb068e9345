"""What a split does to the shares of each holder, to prices, and to the shares under an instrument."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from neocapgui.engine.calculations.demands import not_negative, positive
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import (
    Exact,
    Mode,
    away_from_zero,
    cents,
    rounded_shares,
    rounded_to,
)
from neocapgui.ledger.terms import Rounding

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class SplitRatio:
    """Every `old` shares become `new`; a reverse split has fewer new than old."""

    new: Exact
    old: Exact

    @property
    def factor(self) -> Fraction:
        """Shares after for each share before; counts are multiplied by it, prices divided."""
        return positive("count of new shares", self.new) / positive("count of old shares", self.old)


@dataclass(frozen=True, slots=True)
class Split(Generic[Name]):
    """The holders after a split, each rounded by itself."""

    exact: dict[Name, Fraction]
    holders: dict[Name, Fraction]
    outstanding: Fraction  # the sum of the holders
    aggregate_exact: Fraction  # the sum divided once, an estimate
    cash: dict[Name, Fraction]  # for each fraction; all 0 unless the rounding is `cash`
    cash_total: Fraction


def split(
    holders: Mapping[Name, Exact], ratio: SplitRatio, fraction: Rounding, *, cash_price: Exact | None = None
) -> Split[Name]:
    """Return the shares of each holder after a split: shares x new / old, rounded holder by holder.

    Under `cash` each holder's fraction is paid at `cash_price`, the price of a share after the split,
    half up to the cent. Refuses `bad_input`: a ratio or count that cannot be, `cash` without a price.

    Source: NeoTherapeutics, Inc., release of 23 July 2002: one share for twenty-five.

    >>> after = split({"investor": 483_635}, SplitRatio(1, 25), Rounding.CASH, cash_price=4)
    >>> int(after.outstanding), str(after.aggregate_exact), str(after.cash_total)
    (19345, '96727/5', '8/5')
    """
    exact = {
        holder: not_negative(f"holding of {holder}", shares) * ratio.factor
        for holder, shares in holders.items()
    }
    after = {holder: rounded_shares(shares, fraction) for holder, shares in exact.items()}
    cash = dict.fromkeys(exact, Fraction(0))
    if fraction is Rounding.CASH:
        if cash_price is None:
            raise CalculationRefused("bad_input", "Fractions are paid in cash, but at no price.")
        price = not_negative("price of a fraction", cash_price)
        cash = {holder: cents((exact[holder] - shares) * price) for holder, shares in after.items()}
    return Split(exact, after, _sum(after), _sum(exact), cash, _sum(cash))


def split_price(
    price: Exact, ratio: SplitRatio, places: int | None = None, mode: Mode = Mode.HALF_UP
) -> Fraction:
    """Return a price per share after a split: price x old / new, rounded only where places are given.

    >>> str(split_price(Fraction("3.48"), SplitRatio(1, 25), 2))
    '87'
    """
    exact = not_negative("price", price) / ratio.factor
    return exact if places is None else rounded_to(exact, places, mode)


def split_shares(shares: Exact, ratio: SplitRatio, mode: Mode | None = None) -> Fraction:
    """Return the shares under an instrument after a split: shares x new / old, rounded where asked.

    Most instruments round down, so that an option's spread does not favour its holder.

    >>> int(split_shares(1003, SplitRatio(1, 4), Mode.FLOOR))
    250
    """
    exact = not_negative("count of shares", shares) * ratio.factor
    return exact if mode is None else rounded_to(exact, 0, mode)


@dataclass(frozen=True, slots=True)
class ReverseForward(Generic[Name]):
    """The holders after a reverse split that cashes out small accounts and the forward split that follows."""

    holders: dict[Name, Fraction]  # 0 for those paid out
    cash: dict[Name, Fraction]  # only those paid out
    outstanding: Fraction


def reverse_forward(
    holders: Mapping[Name, Exact],
    reverse: SplitRatio,
    forward: SplitRatio,
    fraction: Rounding,
    cash_per_old_share: Exact,
) -> ReverseForward[Name]:
    """Return the holders after both steps, which take effect one right after the other.

    Who has less than one share after the first is paid for each old share, half up to the cent; all
    others carry their fraction into the second step and are rounded once, after it.

    >>> holders = {"anna": 49, "cleo": 77}
    >>> after = reverse_forward(holders, SplitRatio(1, 50), SplitRatio(10, 1), Rounding.UP, Fraction("0.35"))
    >>> int(after.holders["cleo"]), str(after.cash["anna"])  # 77 are 1.54, then 15.4
    (16, '343/20')
    """
    price = not_negative("price of an old share", cash_per_old_share)
    after: dict[Name, Fraction] = {}
    cash: dict[Name, Fraction] = {}
    for holder, shares in holders.items():
        before = not_negative(f"holding of {holder}", shares)
        first = before * reverse.factor
        if first < 1:
            after[holder], cash[holder] = Fraction(0), cents(before * price)
        else:
            after[holder] = rounded_shares(first * forward.factor, fraction)
    return ReverseForward(after, cash, _sum(after))


def cumulative_reverse_ratio(ratios: Sequence[SplitRatio]) -> Fraction:
    """Return old / new multiplied over splits one after another; a forward split counts as its inverse.

    Prices of the first day are multiplied by it to compare with the last, counts divided.

    Source: Volcon, Inc., Form 10-Q of 31 March 2025, note 5.

    >>> int(cumulative_reverse_ratio([SplitRatio(1, old) for old in (5, 45, 100, 8)]))
    180000
    """
    product = Fraction(1)
    for ratio in ratios:
        product /= ratio.factor
    return product


@dataclass(frozen=True, slots=True)
class HolderRounding:
    """A class divided once, and as rounding up account by account made it."""

    aggregate_rounded_up: Fraction
    holder_level_total: Fraction


def aggregate_and_holder_total(total: Exact, ratio: SplitRatio, holder_level_extra: Exact) -> HolderRounding:
    """Return a class total divided once and rounded up, and with the shares rounding per holder added.

    Source: issuer CIK 867665, Form 10-K 2022, note 3: 1-for-20.

    >>> both = aggregate_and_holder_total(168_069_305, SplitRatio(1, 20), 50_000)
    >>> int(both.aggregate_rounded_up), int(both.holder_level_total)
    (8403466, 8453466)
    """
    once = Fraction(away_from_zero(not_negative("total of the class", total) * ratio.factor))
    return HolderRounding(once, once + Fraction(holder_level_extra))


def _sum(figures: Mapping[Name, Fraction]) -> Fraction:
    return sum(figures.values(), Fraction(0))
