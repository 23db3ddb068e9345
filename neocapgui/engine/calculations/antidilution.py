"""The conversion price of a preferred after an issue below it, and what the class then converts into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, rounded_to


class Protection(StrEnum):
    """What a charter gives a series when shares are issued below its conversion price."""

    NONE = "none"
    FULL_RATCHET = "full_ratchet"  # the conversion price becomes the issue price
    WEIGHTED_AVERAGE = "weighted_average"  # CP2 = CP1 x (A + B) / (A + C)


@dataclass(frozen=True, slots=True)
class Issue:
    """Shares issued, or deliverable under options and convertibles issued, for money in all."""

    shares: Exact
    consideration: Exact  # money; 0 for an issue without consideration
    is_exempt: bool = False  # plan grants, conversions, splits and the charter's other exclusions

    @property
    def price(self) -> Fraction:
        """The money per share."""
        return Fraction(self.consideration) / Fraction(self.shares)


@dataclass(frozen=True, slots=True)
class ConvertibleSeries:
    """A series of preferred with the terms that move its conversion price."""

    name: str
    shares: Exact
    original_issue_price: Exact
    conversion_price: Exact  # in force before the issue
    protection: Protection
    base: tuple[str, ...] = ()  # the entries of the capitalization that the weighted average counts
    price_places: int | None = None  # decimals of the new conversion price, half up; None: exact


@dataclass(frozen=True, slots=True)
class WeightedAverage:
    """The counts of CP2 = CP1 x (A + B) / (A + C)."""

    counted: Fraction  # A, shares before the issue
    bought: Fraction  # B, shares that the consideration would buy at the conversion price
    issued: Fraction  # C


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A series after an issue."""

    name: str
    issue_price: Fraction
    is_triggered: bool
    average: WeightedAverage | None  # where it protects the series, also if nothing is triggered
    conversion_price: Fraction
    ratio: Fraction  # common shares per preferred share
    as_converted: Fraction


@dataclass(frozen=True, slots=True)
class AdjustedSeries:
    """All series after an issue, and the company's fully diluted count with them."""

    adjustments: tuple[Adjustment, ...]
    fully_diluted: Fraction


def adjustment(series: ConvertibleSeries, issue: Issue, capitalization: Mapping[str, Exact]) -> Adjustment:
    """Return the conversion price of one series after an issue.

    Triggered only by an issue that is not exempt, strictly below the conversion price in force, and
    only for a protected series. Full ratchet: the issue price. Weighted average:
    CP1 x (A + B) / (A + C), where A counts the series' base in `capitalization` (shares before the
    issue), B = consideration / CP1 and C = shares issued. The price is rounded half up to
    `price_places` before the ratio is taken, and never rises. The ratio starts from the original
    issue price; the as-converted shares are exact.

    Refusals: `bad_input` for a price or count that cannot be, a base that is not in the
    capitalization, and an adjustment that would leave a conversion price of 0 (a full ratchet
    without consideration: forms deem an aggregate of $0.001). Source: NVCA model certificate of
    incorporation, section 4.4.4.

    2,000,000 preferred at 2.50, 12,000,000 shares counted, 4,000,000 sold for 5,000,000:

    >>> price = Fraction(5, 2)
    >>> series = ConvertibleSeries("A", 2_000_000, price, price, Protection.WEIGHTED_AVERAGE, ("all",))
    >>> adjusted = adjustment(series, Issue(4_000_000, 5_000_000), {"all": 12_000_000})
    >>> adjusted.conversion_price, adjusted.ratio
    (Fraction(35, 16), Fraction(8, 7))
    """
    _refuse_nonsense(series, issue, capitalization)
    before = Fraction(series.conversion_price)
    average = _average(series, issue, capitalization)
    triggered = series.protection is not Protection.NONE and not issue.is_exempt and issue.price < before
    after = before
    if triggered:
        after = _average_price(before, average) if average else issue.price
        if series.price_places is not None:
            after = min(before, rounded_to(after, series.price_places))
    if after == 0:
        raise CalculationRefused(
            "bad_input",
            f"Issuing {issue.shares} shares for {issue.consideration} would leave {series.name} "
            f"a conversion price of 0.",
        )
    ratio = Fraction(series.original_issue_price) / after
    return Adjustment(
        name=series.name,
        issue_price=issue.price,
        is_triggered=triggered,
        average=average,
        conversion_price=after,
        ratio=ratio,
        as_converted=Fraction(series.shares) * ratio,
    )


def adjustments(
    all_series: Sequence[ConvertibleSeries],
    issue: Issue,
    capitalization: Mapping[str, Exact],
    other_fully_diluted: Exact,
) -> AdjustedSeries:
    """Return every series after one issue, and the fully diluted count.

    Each series is tested against its own conversion price, and every base is counted from
    `capitalization`, before the issue and before any adjustment: the order of the series changes
    nothing. Fully diluted = `other_fully_diluted` (all that is neither a series here nor newly
    issued) + shares issued + all as-converted shares, unrounded. Refusals as for one series.

    >>> series = ConvertibleSeries("A", 900, 2, 2, Protection.FULL_RATCHET)
    >>> adjustments([series], Issue(500, 500), {}, 3_000).fully_diluted
    Fraction(5300, 1)
    """
    adjusted = tuple(adjustment(series, issue, capitalization) for series in all_series)
    converted = sum((series.as_converted for series in adjusted), Fraction(0))
    return AdjustedSeries(adjusted, Fraction(other_fully_diluted) + Fraction(issue.shares) + converted)


def _average(
    series: ConvertibleSeries, issue: Issue, capitalization: Mapping[str, Exact]
) -> WeightedAverage | None:
    if series.protection is not Protection.WEIGHTED_AVERAGE:
        return None
    counted = sum((Fraction(capitalization[entry]) for entry in series.base), Fraction(0))
    bought = Fraction(issue.consideration) / Fraction(series.conversion_price)
    return WeightedAverage(counted, bought, Fraction(issue.shares))


def _average_price(before: Fraction, average: WeightedAverage) -> Fraction:
    return before * (average.counted + average.bought) / (average.counted + average.issued)


def _refuse_nonsense(series: ConvertibleSeries, issue: Issue, capitalization: Mapping[str, Exact]) -> None:
    base = series.base if series.protection is Protection.WEIGHTED_AVERAGE else ()
    missing = [entry for entry in base if entry not in capitalization]
    for is_wrong, sentence in (
        (series.conversion_price <= 0, f"{series.name} has a conversion price of {series.conversion_price}."),
        (
            series.original_issue_price <= 0,
            f"{series.name} has an original issue price of {series.original_issue_price}.",
        ),
        (series.shares < 0, f"{series.name} has {series.shares} shares."),
        (issue.shares <= 0, f"{issue.shares} shares are issued."),
        (issue.consideration < 0, f"Shares are issued for {issue.consideration}."),
        (bool(missing), f"The base of {series.name} names {', '.join(missing)}, which is not counted."),
        (len(set(base)) < len(base), f"The base of {series.name} names an entry twice."),
        (any(count < 0 for count in capitalization.values()), "The capitalization has a negative count."),
    ):
        if is_wrong:
            raise CalculationRefused("bad_input", sentence)
