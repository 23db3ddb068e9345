"""Random small stacks of claims, and a slow second calculation of their exits that tries every election."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, combinations, product

from hypothesis import strategies as st

from neocapgui.engine.calculations.claims import (
    CapBasis,
    Common,
    Debt,
    Option,
    Participation,
    Pool,
    Preferred,
    Settlement,
    ShareClass,
)

F = Fraction
Elections = dict[str, bool]  # of the classes that can convert: whether they do


def parts(*numbers: str) -> st.SearchStrategy[Fraction]:
    return st.sampled_from([F(number) for number in numbers])


@st.composite
def preferred(draw: st.DrawFn, name: str) -> Preferred:
    shares = F(draw(st.integers(1, 5)))
    return Preferred(
        id=name,
        shares=shares,
        seniority=draw(st.integers(1, 2)),
        invested=shares * draw(parts("1", "1", "2", "5/2")),
        multiple=draw(parts("1", "1", "3/2", "2")),
        ratio=draw(parts("1", "1", "4/5", "2")),
        participation=draw(st.sampled_from(Participation)),
        cap_multiple=draw(parts("1", "3/2", "2", "3")),
        accrued=draw(parts("0", "0", "1", "5")),
        settlement=draw(st.sampled_from(Settlement)),
        cap_basis=draw(st.sampled_from(CapBasis)),
        is_convertible=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def stacks(draw: st.DrawFn) -> tuple[list[ShareClass], list[Debt]]:
    """One to three preferred classes, up to two options, common, an ungranted pool, up to two loans."""
    classes: list[ShareClass] = [draw(preferred(f"pref{k}")) for k in range(draw(st.integers(1, 3)))]
    classes.append(Common("common", F(draw(st.integers(1, 8)))))
    for k in range(draw(st.integers(0, 2))):
        strike = draw(parts("0", "1/2", "1", "2"))
        classes.append(Option(f"option{k}", F(draw(st.integers(1, 3))), strike))
    classes.append(Pool("pool", 5))
    loans = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1)), max_size=2))
    debt = [Debt(f"loan{k}", F(claim), seniority) for k, (claim, seniority) in enumerate(loans)]
    return draw(st.permutations(classes)), debt


moneys = st.one_of(st.integers(0, 60).map(F), st.fractions(0, 60, max_denominator=12))


def all_elections(classes: Sequence[ShareClass]) -> list[Elections]:
    names = [stock.id for stock in classes if isinstance(stock, Preferred) and stock.is_convertible]
    return [dict(zip(names, how, strict=True)) for how in product((False, True), repeat=len(names))]


def payouts_under(
    elections: Elections, classes: Sequence[ShareClass], debt: Sequence[Debt], money: Fraction
) -> dict[str, Fraction]:
    """Who gets what when every class has elected: by rank, then one price per share that suits everybody."""
    paid = {claimant.id: F(0) for claimant in (*debt, *classes)}
    claims: dict[tuple[int, int], dict[str, Fraction]] = {}
    for loan in debt:
        claims.setdefault((0, loan.seniority), {})[loan.id] = F(loan.claim)
    sharing: dict[str, Fraction] = {}
    limits: dict[str, Fraction] = {}  # of what a capped class may take from the rest
    strikes: dict[str, Fraction] = {}
    for one in classes:
        match one:
            case Common():
                sharing[one.id] = F(one.shares)
            case Option():
                sharing[one.id], strikes[one.id] = F(one.shares), F(one.strike)
            case Preferred():
                in_kind = one.settlement is Settlement.PAID_IN_KIND
                growth = 1 + F(one.accrued) / F(one.invested) if in_kind else F(1)
                dividends = F(0) if in_kind else F(one.accrued)
                units = F(one.shares) * F(one.ratio) * growth
                claim = F(one.invested) * growth * F(one.multiple) + dividends
                cap = F(one.invested) * growth * F(one.cap_multiple or 0)
                cap += dividends if one.cap_basis is CapBasis.EXCLUDES_DIVIDENDS else 0
                if one.participation is Participation.CAPPED:
                    claim = min(claim, cap)
                if elections.get(one.id):
                    sharing[one.id] = units
                    claim = min(dividends, claim) if one.settlement is Settlement.PAID else F(0)
                elif one.participation is not Participation.NONE:
                    sharing[one.id] = units
                    if one.participation is Participation.CAPPED:
                        limits[one.id] = cap - claim
                claims.setdefault((1, one.seniority), {})[one.id] = claim
    for _, equal in sorted(claims.items()):
        due = sum(equal.values())
        for name, claim in equal.items():
            paid[name] = claim * min(F(1), money / due) if due else F(0)
        money -= min(due, money)
    for name, gain in _shared_rest(sharing, limits, strikes, money).items():
        paid[name] += gain
    return paid


def _shared_rest(
    sharing: dict[str, Fraction], limits: dict[str, Fraction], strikes: dict[str, Fraction], rest: Fraction
) -> dict[str, Fraction]:
    """Try every set of exercised options and of classes at their cap until one price suits them all."""
    for exercised, at_cap in product(_subsets(strikes), _subsets(limits)):
        per_share = [
            name for name in sharing if name not in at_cap and (name not in strikes or name in exercised)
        ]
        money = rest - sum(limits[name] for name in at_cap)
        money += sum(sharing[name] * strikes[name] for name in exercised)
        shares = sum(sharing[name] for name in per_share)
        price = money / shares
        fits_options = all((price > strike) == (name in exercised) for name, strike in strikes.items())
        fits_caps = all((sharing[n] * price >= limit) == (n in at_cap) for n, limit in limits.items())
        if price >= 0 and fits_options and fits_caps:
            gains = {name: sharing[name] * (price - strikes.get(name, 0)) for name in per_share}
            return gains | {name: limits[name] for name in at_cap}
    raise AssertionError("no price suits everybody")


def _subsets(names: dict[str, Fraction]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(names, size) for size in range(len(names) + 1)))
