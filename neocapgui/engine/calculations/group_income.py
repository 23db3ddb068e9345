"""How the income of a group divides between the parent's owners and the non-controlling interests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.mutual_holdings import Stake, holders_of, solved
from neocapgui.engine.calculations.rounding import Exact


@dataclass(frozen=True, slots=True)
class CompanyIncome:
    """One company of the group: what it earns alone, with its holdings, and for whom outside."""

    company: str
    separate: Fraction
    total: Fraction  # separate income and its parts of the total incomes of what it holds
    held_outside: Fraction  # the part of the company that no company of the group holds

    @property
    def outside_share(self) -> Fraction:
        """The income of its holders outside the group."""
        return self.held_outside * self.total


@dataclass(frozen=True, slots=True)
class GroupIncome:
    """The income of the group: the parent first, then its companies in the order they are named."""

    companies: tuple[CompanyIncome, ...]

    @property
    def controlling_share(self) -> Fraction:
        """The income of the parent's owners."""
        return self.companies[0].outside_share

    @property
    def noncontrolling(self) -> dict[str, Fraction]:
        """The income of the other owners of each subsidiary."""
        return {line.company: line.outside_share for line in self.companies[1:]}

    @property
    def consolidated(self) -> Fraction:
        """The income of the group: controlling and non-controlling shares together."""
        return sum((line.separate for line in self.companies), Fraction(0))


def group_income(
    parent: str,
    separate_income: Mapping[str, Exact],
    stakes: Iterable[Stake],
    *,
    treasury_stock_approach: bool = False,
) -> GroupIncome:
    """Return the incomes of a group whose companies may hold one another, unrounded, in money.

    Total incomes y = (I - A)^-1 times separate incomes, with A[holder][company]: the conventional
    approach. Under the treasury stock approach the parent's shares in its subsidiaries' hands count as
    not outstanding, so the parent's income stays with its other owners. The group is the parent, every
    company with an income and every company held; other holders stand outside. Refuses `closed_loop`,
    and what `holders_of` refuses. Source: Beams and others, Advanced Accounting, chapter 9.

    >>> mutual = [Stake("p", "s", Fraction(8, 10)), Stake("s", "p", Fraction(1, 10))]
    >>> group_income("p", {"p": 50_000, "s": 20_000}, mutual).controlling_share  # 64,565
    Fraction(1485000, 23)
    """
    given = [stake for stake in stakes if not (treasury_stock_approach and stake.company == parent)]
    companies = list(dict.fromkeys([parent, *separate_income, *(stake.company for stake in given)]))
    holders = holders_of(companies, given)
    held: dict[str, dict[str, Fraction]] = {company: {} for company in companies}
    held_outside = dict.fromkeys(companies, Fraction(1))
    for company, row in holders.items():
        for holder in row.keys() & held.keys():
            held[holder][company] = row[holder]
            held_outside[company] -= row[holder]
    separate = {company: Fraction(separate_income.get(company, 0)) for company in companies}
    incomes = solved({company: {"income": income} for company, income in separate.items()}, held)
    return GroupIncome(
        tuple(
            CompanyIncome(company, separate[company], incomes[company]["income"], held_outside[company])
            for company in companies
        )
    )
