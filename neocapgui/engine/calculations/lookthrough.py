"""Which part of each company its outside owners hold in effect, through all chains and loops."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.mutual_holdings import Effort, Row, Stake, holders_of, solved
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact

_NOTHING = Fraction(0)
_NAMED = 16  # answers that are named in the time of a sum


@dataclass(frozen=True, slots=True)
class EffectiveInterest:
    """The part of one company that one owner has, directly and through other companies."""

    owner: str
    company: str
    direct: Fraction
    effective: Fraction

    @property
    def indirect(self) -> Fraction:
        """What comes through other companies, and through the company's own shares in itself."""
        return self.effective - self.direct


def effective_interests(
    companies: Sequence[str], stakes: Iterable[Stake], remainder: str | None = None
) -> tuple[EffectiveInterest, ...]:
    """Return what each outside owner has of each company in effect; interests of zero are left out.

    E = U + UA + UA^2 + ... = U (I - A)^-1, with A[h][c] the part of company c held by company h and U[o][c]
    the part held by outside owner o, in exact fractions of the whole. Shares a company holds in itself
    scale the others up. Where all holders are given, or `remainder` names an owner who has what is
    missing, the interests in each company add to 1. Refuses `closed_loop` where companies own one
    another completely, and what `holders_of` refuses. Source: Elliott, Golub and Jackson, "Financial
    Networks and Contagion", AER 104(10), 2014.

    >>> chain = [Stake("parent", "a", Fraction(8, 10)), Stake("parent", "b", Fraction(2, 10)),
    ...          Stake("a", "b", Fraction(4, 10))]
    >>> [(interest.company, interest.effective) for interest in effective_interests(["a", "b"], chain)]
    [('a', Fraction(4, 5)), ('b', Fraction(13, 25))]
    """
    holders = holders_of(companies, _with_remainder(companies, stakes, remainder))
    outside, inside = _parted(holders)
    effective = solved(outside, inside)
    owners = dict.fromkeys(owner for row in holders.values() for owner in row if owner not in holders)
    return tuple(
        EffectiveInterest(owner, company, outside[company].get(owner, Fraction(0)), effective[company][owner])
        for owner in owners
        for company in companies
        if effective[company].get(owner)
    )


def effective_interests_in(company: str, companies: Sequence[str], stakes: Iterable[Stake]) -> Row:
    """Return what each outside owner has of one company in effect, as `effective_interests`; no zeros.

    The chains between the companies are solved alone, so however many owners they have costs little.

    >>> chain = [Stake("ada", "a", Fraction(8, 10)), Stake("bo", "b", Fraction(2, 10)),
    ...          Stake("a", "b", Fraction(4, 10))]
    >>> effective_interests_in("b", ["a", "b"], chain)
    {'bo': Fraction(1, 5), 'ada': Fraction(8, 25)}
    """
    outside, inside = _parted(holders_of(companies, stakes))
    chains = solved({one: {one: Fraction(1)} for one in inside}, inside)[company]
    found: Row = {}
    for through, part in chains.items():
        for owner, own in outside[through].items():
            found[owner] = found.get(owner, _NOTHING) + part * own
    return {owner: part for owner, part in found.items() if part}


def effective_interests_of(
    owner: str, companies: Sequence[str], stakes: Iterable[Stake]
) -> dict[str, Fraction]:
    """Return what `owner` has of each of the companies in effect, in the order of `companies`, zeros too.

    The owner may itself be one of the companies: the chains then end with it, whoever holds its shares.
    Refuses `closed_loop` and what `holders_of` refuses.

    >>> shares = [Stake("clan", "hold", Fraction(6, 10)), Stake("hold", "works", Fraction(55, 100))]
    >>> effective_interests_of("clan", ["hold", "works"], shares)["works"]
    Fraction(33, 100)
    >>> effective_interests_of("hold", ["hold", "works"], shares)["works"]
    Fraction(11, 20)
    """
    found = effective_interests_of_each([owner], companies, stakes)[owner]
    if isinstance(found, CalculationRefused):
        raise found
    return found


def effective_interests_of_each(
    owners: Iterable[str], companies: Sequence[str], stakes: Iterable[Stake]
) -> dict[str, dict[str, Fraction] | CalculationRefused]:
    """Return `effective_interests_of` for each of many owners; in place of an answer stands its refusal.

    Refuses as a whole what `holders_of` refuses, and as `too_linked` what `Effort` does not allow.

    >>> shares = [Stake("clan", "hold", Fraction(6, 10)), Stake("hold", "works", Fraction(55, 100))]
    >>> each = effective_interests_of_each(["clan", "hold"], ["hold", "works"], shares)
    >>> [str(each[owner]["works"]) for owner in each]
    ['33/100', '11/20']
    """
    named = list(owners)
    holders = holders_of(companies, stakes)
    _, inside = _parted(holders)
    effort = Effort()
    effort.take(len(named) * len(holders) // _NAMED)
    try:
        return _at_once(named, holders, inside, effort)
    except CalculationRefused as refusal:
        if refusal.code != "closed_loop":
            raise
    return {owner: _one_by_one(owner, holders, inside, effort) for owner in named}


def _at_once(
    owners: Sequence[str], holders: Mapping[str, Row], inside: Mapping[str, Row], effort: Effort
) -> dict[str, dict[str, Fraction] | CalculationRefused]:
    """Return what each owner has of each company, from one solution for all of them.

    With N = (I - A)^-1 a company of the group has N[o][c] / N[o][o] of another one: of all chains that
    begin with it only those count that do not come back to it, and of itself what is left, 1 - 1 / N[o][o].
    """
    through = {owner: {owner} for owner in owners if owner in holders}
    for company, row in holders.items():
        for owner in owners:
            if owner not in holders and owner in row:
                through.setdefault(owner, set()).add(company)
    wanted = set().union(*through.values())
    chains = solved({company: {company: Fraction(1)} for company in wanted}, inside, effort)
    found: dict[str, dict[str, Fraction] | CalculationRefused] = {}
    for owner in owners:
        if owner in holders:
            turns = chains[owner][owner]
            own = {
                company: row[owner] / turns if owner in row else _NOTHING for company, row in chains.items()
            }
            found[owner] = own | {owner: 1 - 1 / turns}
        else:
            found[owner] = {
                company: sum(
                    (holders[first][owner] * row[first] for first in through.get(owner, ()) if first in row),
                    _NOTHING,
                )
                for company, row in chains.items()
            }
    return found


def _one_by_one(
    owner: str, holders: Mapping[str, Row], inside: Mapping[str, Row], effort: Effort
) -> dict[str, Fraction] | CalculationRefused:
    """Return what one owner has of each company where others are a closed loop, or its refusal."""
    own = {company: {owner: row[owner]} for company, row in holders.items() if owner in row}
    without = {
        company: {name: part for name, part in row.items() if name != owner}
        for company, row in inside.items()
    }
    try:
        effective = solved(own, without, effort)
    except CalculationRefused as refusal:
        if refusal.code != "closed_loop":
            raise
        return refusal
    return {company: effective[company].get(owner, Fraction(0)) for company in holders}


def attributed_values(
    interests: Iterable[EffectiveInterest], asset_values: Mapping[str, Exact]
) -> dict[str, Fraction]:
    """Return each owner's part of the companies' own assets: sum of effective interest times assets.

    In money; a company without a stated value has none. Where the interests in every company add to 1
    the values add to the sum of all assets, which total values do not.

    >>> half = EffectiveInterest("ada", "shop", Fraction(1, 2), Fraction(1, 2))
    >>> attributed_values([half], {"shop": 90})
    {'ada': Fraction(45, 1)}
    """
    values: dict[str, Fraction] = {}
    for interest in interests:
        value = interest.effective * Fraction(asset_values.get(interest.company, 0))
        values[interest.owner] = values.get(interest.owner, Fraction(0)) + value
    return values


def total_values(
    companies: Sequence[str], stakes: Iterable[Stake], asset_values: Mapping[str, Exact]
) -> dict[str, Fraction]:
    """Return each company's own assets and its parts of the total values of the companies it holds.

    V = (I - A)^-1 D, in money; a company without a stated value has none. Parts held crosswise are
    counted more than once. Refuses `closed_loop`, and as `bad_input` a value of an unknown company.

    >>> crosswise = [Stake("one", "two", Fraction(1, 2)), Stake("two", "one", Fraction(1, 2))]
    >>> total_values(["one", "two"], crosswise, {"one": 1, "two": 1})
    {'one': Fraction(2, 1), 'two': Fraction(2, 1)}
    """
    held: dict[str, Row] = {company: {} for company in companies}
    for company, row in _parted(holders_of(companies, stakes))[1].items():
        for holder, part in row.items():
            held[holder][company] = part
    for company in asset_values:
        if company not in held:
            raise CalculationRefused("bad_input", f"{company} has assets, but is not among the companies.")
    own = {company: {"value": Fraction(value)} for company, value in asset_values.items()}
    return {company: row.get("value", Fraction(0)) for company, row in solved(own, held).items()}


def _with_remainder(companies: Sequence[str], stakes: Iterable[Stake], remainder: str | None) -> list[Stake]:
    given = list(stakes)
    if remainder is None:
        return given
    missing = {company: 1 - sum(row.values()) for company, row in holders_of(companies, given).items()}
    return given + [Stake(remainder, company, part) for company, part in missing.items() if part]


def _parted(holders: Mapping[str, Row]) -> tuple[dict[str, Row], dict[str, Row]]:
    """Part the holders of each company into outside owners and companies."""
    outside: dict[str, Row] = {}
    inside: dict[str, Row] = {}
    for company, row in holders.items():
        outside[company] = {name: part for name, part in row.items() if name not in holders}
        inside[company] = {name: part for name, part in row.items() if name in holders}
    return outside, inside
