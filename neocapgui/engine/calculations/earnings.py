"""Earnings per share: basic, diluted, by the two-class method and with contingent shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


@dataclass(frozen=True, slots=True)
class Award:
    """Options, warrants or unvested awards, as the treasury stock method sees them."""

    id: str
    shares: Exact
    strike: Exact
    unrecognised_compensation: Exact = 0  # per share
    fraction_of_period: Exact = 1  # for which they were outstanding


@dataclass(frozen=True, slots=True)
class TreasuryStock:
    """Shares that the proceeds of an exercise at the average price would not buy back."""

    incremental: Mapping[str, Fraction]
    total: Fraction


@dataclass(frozen=True, slots=True)
class PotentialShares:
    """Shares that may come to be, and the income that would come with them."""

    id: str
    shares: Exact  # incremental
    income_effect: Exact = 0  # interest after tax or preferred dividends that would fall away


@dataclass(frozen=True, slots=True)
class Addition:
    """One line of the antidilution sequence."""

    id: str
    per_incremental_share: Fraction
    figure: Fraction | None  # earnings per share with it and all before it; None where it was not tried
    is_included: bool


@dataclass(frozen=True, slots=True)
class DilutedEarnings:
    """Basic and diluted earnings per share, and the sequence that leads from one to the other."""

    control_number: Fraction
    basic: Fraction
    sequence: tuple[Addition, ...]  # the most dilutive first
    diluted_shares: Fraction
    diluted: Fraction
    basic_net: Fraction | None  # these three only with a discontinued result
    diluted_net: Fraction | None
    diluted_discontinued: Fraction | None

    @property
    def included(self) -> tuple[str, ...]:
        """Return the items that count in the diluted figure."""
        return tuple(addition.id for addition in self.sequence if addition.is_included)


@dataclass(frozen=True, slots=True)
class TwoClass:
    """Income shared between common and participating preferred stock."""

    undistributed: Fraction
    to_common: Fraction
    to_preferred: Fraction
    basic: Fraction  # per common share
    if_converted: Fraction  # per share, had the preferred converted
    diluted: Fraction  # the more dilutive of the two


@dataclass(frozen=True, slots=True)
class ContingentTerms:
    """Shares promised for each site opened and for profit above a threshold."""

    ordinary_shares: Exact
    shares_per_site: Exact
    profit_threshold: Exact
    profit_step: Exact
    shares_per_step: Exact


@dataclass(frozen=True, slots=True)
class ReportingPeriod:
    """The result of a period, and the sites opened by then."""

    profit: Exact
    year_to_date_profit: Exact
    months: Exact
    site_months: Sequence[Exact]  # of the period, for which the shares of each opened site count
    sites_open_at_end: int


@dataclass(frozen=True, slots=True)
class ContingentFigures:
    """Shares and earnings per share of one period."""

    basic_shares: Fraction
    basic: Fraction
    diluted_shares: Fraction
    diluted: Fraction


def incremental_shares(award: Award, average_price: Exact) -> Fraction:
    """Return the shares an award adds by the treasury stock method.

    shares x (average - k) / average x fraction of the period, k = strike + unrecognised compensation; 0
    unless the average price is above k. Unrounded. Refuses `bad_input`. Source: ASC 260-10-45-23
    and 260-10-45-29; IAS 33.45 to 33.47A.

    >>> int(incremental_shares(Award("options", 100_000, 15), 20))
    25000
    """
    price, cost = Fraction(average_price), Fraction(award.strike) + Fraction(award.unrecognised_compensation)
    period = Fraction(award.fraction_of_period)
    if min(Fraction(award.shares), cost, price) < 0 or not 0 <= period <= 1:
        raise CalculationRefused(
            "bad_input",
            f"{award.id}: {award.shares} shares at {cost} against {price} for {period} of a period.",
        )
    return Fraction(award.shares) * (price - cost) / price * period if price > cost else Fraction(0)


def treasury_stock(average_price: Exact, awards: Sequence[Award]) -> TreasuryStock:
    """Return the incremental shares of each award and of all.

    Definition, refusals and source as `incremental_shares`.

    >>> int(treasury_stock(8, [Award("awards", 10_000, 5, unrecognised_compensation=1)]).total)
    2500
    """
    _refuse_twins(award.id for award in awards)
    incremental = {award.id: incremental_shares(award, average_price) for award in awards}
    return TreasuryStock(incremental, sum(incremental.values(), Fraction(0)))


def year_to_date_incremental(quarters: Sequence[Exact]) -> Fraction:
    """Return the year-to-date incremental shares of options: the average of the quarters.

    Unrounded. Refuses `bad_input` without a quarter. Source: ASC 260-10-55-3; IFRS uses the year-to-date
    average price instead.

    >>> int(year_to_date_incremental([25_000, 15_000]))
    20000
    """
    if not quarters:
        raise CalculationRefused("bad_input", "No quarter has incremental shares to average.")
    return sum((Fraction(shares) for shares in quarters), Fraction(0)) / len(quarters)


def diluted_earnings(
    income_continuing: Exact,
    weighted_average: Exact,
    potential: Sequence[PotentialShares],
    preferred_dividends: Exact = 0,
    discontinued: Exact | None = None,
) -> DilutedEarnings:
    """Return basic and diluted earnings per share.

    Control number = income from continuing operations - preferred dividends; basic = that / shares.
    Items without shares are left out. The others are ranked by income effect per share, equal ones in
    the order given, and added one after another; the first that does not lower the figure ends the
    row. Nothing dilutes a control number that is not positive. Net income is divided by the same
    shares. Unrounded. Refuses `bad_input`. Source: ASC 260-10-45-17 to 45-20; IAS 33.41 to 33.44.

    >>> bonds = PotentialShares("bonds", 2_000_000, 3_000_000)
    >>> preferred = PotentialShares("preferred", 1_600_000, 6_400_000)
    >>> answer = diluted_earnings(16_400_000, 2_000_000, [preferred, bonds], 6_400_000)
    >>> int(answer.basic), answer.included, answer.diluted
    (5, ('bonds',), Fraction(13, 4))
    """
    _refuse_twins(item.id for item in potential)
    for item in potential:
        if item.shares < 0:
            raise CalculationRefused("bad_input", f"{item.id} would add {item.shares} shares.")
    control = Fraction(income_continuing) - Fraction(preferred_dividends)
    outstanding = _positive(weighted_average)
    basic = control / outstanding
    ranked = sorted((item for item in potential if item.shares), key=_per_share)
    income, shares, is_falling = control, outstanding, control > 0
    sequence: list[Addition] = []
    for item in ranked:
        figure = None
        if is_falling:
            figure = (income + Fraction(item.income_effect)) / (shares + Fraction(item.shares))
            is_falling = figure < income / shares
        if is_falling:
            income, shares = income + Fraction(item.income_effect), shares + Fraction(item.shares)
        sequence.append(Addition(item.id, _per_share(item), figure, is_falling))
    result = None if discontinued is None else Fraction(discontinued)
    return DilutedEarnings(
        control_number=control,
        basic=basic,
        sequence=tuple(sequence),
        diluted_shares=shares,
        diluted=income / shares,
        basic_net=None if result is None else (control + result) / outstanding,
        diluted_net=None if result is None else (income + result) / shares,
        diluted_discontinued=None if result is None else result / shares,
    )


def two_class(
    net_income: Exact,
    common_shares: Exact,
    preferred_as_converted: Exact,
    common_dividends: Exact = 0,
    preferred_dividends: Exact = 0,
    preferred_bears_losses: bool = False,
) -> TwoClass:
    """Return the earnings per common share beside participating preferred stock.

    Undistributed = income - all dividends of the period, shared by shares (preferred as converted); what is
    negative goes to common alone unless the preferred must bear losses. A class has its dividends and its
    share. Unrounded. Refuses `bad_input`. Source: ASC 260-10-45-60B to 45-68; IAS 33.A13 to 33.A14.

    >>> two_class(1_000_000, 800_000, 200_000, 100_000, 75_000).basic
    Fraction(19, 20)
    """
    common, preferred = _positive(common_shares), Fraction(preferred_as_converted)
    if preferred < 0:
        raise CalculationRefused("bad_input", f"The preferred stock would convert into {preferred} shares.")
    paid_common, paid_preferred = Fraction(common_dividends), Fraction(preferred_dividends)
    undistributed = Fraction(net_income) - paid_common - paid_preferred
    is_shared = undistributed > 0 or preferred_bears_losses
    to_common = paid_common + undistributed * (common / (common + preferred) if is_shared else 1)
    basic, if_converted = to_common / common, Fraction(net_income) / (common + preferred)
    return TwoClass(
        undistributed=undistributed,
        to_common=to_common,
        to_preferred=Fraction(net_income) - to_common,
        basic=basic,
        if_converted=if_converted,
        diluted=min(basic, if_converted),
    )


def contingent_shares(
    terms: ContingentTerms, periods: Sequence[ReportingPeriod]
) -> tuple[ContingentFigures, ...]:
    """Return basic and diluted figures of each period.

    Basic shares = ordinary + shares per site x its months / months of the period, site by site: a
    profit condition can still fail and counts nothing. Diluted shares = ordinary + shares per site x
    sites open at the end + shares per step for every full step of the year-to-date profit above the
    threshold, as if the contingency ended with the period. No test for dilution is made. Unrounded.
    Refuses `bad_input`. Source: IAS 33.52 to 33.57 and Illustrative Example 7; ASC 260-10-45-48 to 45-57.

    >>> terms = ContingentTerms(200_000, 3_000, 500_000, 10_000, 500)
    >>> int(contingent_shares(terms, [ReportingPeriod(255_000, 555_000, 3, [1], 1)])[0].diluted_shares)
    205500
    """
    per_site, ordinary = Fraction(terms.shares_per_site), Fraction(terms.ordinary_shares)
    step = _positive(terms.profit_step)
    figures: list[ContingentFigures] = []
    for period in periods:
        months = _positive(period.months)
        if any(not 0 <= counted <= months for counted in period.site_months) or period.sites_open_at_end < 0:
            raise CalculationRefused("bad_input", f"Sites cannot be open as stated in {months} months.")
        above = max(Fraction(period.year_to_date_profit) - Fraction(terms.profit_threshold), Fraction(0))
        basic = _positive(
            ordinary + sum(per_site * Fraction(counted) / months for counted in period.site_months)
        )
        diluted = _positive(
            ordinary + per_site * period.sites_open_at_end + above // step * Fraction(terms.shares_per_step)
        )
        profit = Fraction(period.profit)
        figures.append(ContingentFigures(basic, profit / basic, diluted, profit / diluted))
    return tuple(figures)


def _per_share(item: PotentialShares) -> Fraction:
    return Fraction(item.income_effect) / Fraction(item.shares)


def _positive(figure: Exact) -> Fraction:
    if figure <= 0:
        raise CalculationRefused("bad_input", f"Nothing can be divided by {figure} shares or months.")
    return Fraction(figure)


def _refuse_twins(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise CalculationRefused("bad_input", f"{name} stands twice in the list.")
        seen.add(name)
