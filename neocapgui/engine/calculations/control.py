"""Which companies an owner controls: a majority at each step, held by all it controls together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.mutual_holdings import Stake, holders_of

MAJORITY = Fraction(1, 2)  # control is more than this


@dataclass(frozen=True, slots=True)
class Controlled:
    """A controlled company, and the holders in the controlling circle that make the majority."""

    company: str
    held: Fraction  # by the owner and all the companies it controls, together
    through: tuple[Stake, ...]  # sorted by the name of the holder


def controlled_companies(
    owner: str, companies: Sequence[str], stakes: Iterable[Stake]
) -> tuple[Controlled, ...]:
    """Return the companies of which the owner and what it controls hold more than half, by name.

    `stakes` are parts of the votes. Control does not multiply along a chain as the economic interest
    does (`effective_interests_of`): 60% of a holding that has 55% of a company controls both. Exactly
    one half is no control. Refuses what `holders_of` refuses.

    >>> votes = [Stake("clan", "hold", Fraction(6, 10)), Stake("hold", "works", Fraction(55, 100)),
    ...          Stake("clan", "joint", Fraction(1, 2))]
    >>> [control.company for control in controlled_companies("clan", ["hold", "joint", "works"], votes)]
    ['hold', 'works']
    """
    holders = holders_of(companies, stakes)
    held_in: dict[str, list[Stake]] = {}
    for company, row in holders.items():
        for holder, part in row.items():
            held_in.setdefault(holder, []).append(Stake(holder, company, part))
    through: dict[str, list[Stake]] = {company: [] for company in holders}
    held = dict.fromkeys(holders, Fraction(0))
    circle, joining = {owner}, [owner]
    while joining:
        for stake in held_in.get(joining.pop(), ()):
            through[stake.company].append(stake)
            held[stake.company] += Fraction(stake.fraction)
            if held[stake.company] > MAJORITY and stake.company not in circle:
                circle.add(stake.company)
                joining.append(stake.company)
    return tuple(
        Controlled(company, held[company], tuple(sorted(through[company], key=lambda stake: stake.holder)))
        for company in sorted(holders)
        if held[company] > MAJORITY
    )
