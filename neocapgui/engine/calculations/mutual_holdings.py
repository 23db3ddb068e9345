"""Figures of companies that depend on one another through their holdings, solved exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact

Row = dict[str, Fraction]

# Of one look through a group, in sums of short fractions of 6 to 7 microseconds. A report looks through it on
# four bases, whose stakes may all differ: 250,000 for each end within 7 seconds, 400,000 would take more
# than 10. Fifty companies that all hold one another are within it.
MOST_EFFORT = 250_000
_LONGEST = 13_000  # bits, some 3,900 digits: what is longer nobody reads, and few programs write it
_SHORT = 400  # bits, up to which a sum of fractions costs the least; from there on it grows with their square


@dataclass(frozen=True, slots=True)
class Stake:
    """The part of a company in one hand; a holder that is no company is an outside owner."""

    holder: str
    company: str
    fraction: Exact  # of all shares, in the measure that is looked at: capital, votes, fully diluted


def holders_of(companies: Iterable[str], stakes: Iterable[Stake]) -> dict[str, Row]:
    """Return who holds which part of each company; stakes of one holder in one company add up.

    Refuses as `bad_input` a company named twice, a stake in an unknown company, a negative stake, and
    holders who together have more than the whole.

    >>> holders_of(["shop"], [Stake("ada", "shop", Fraction(1, 4)), Stake("ada", "shop", Fraction(1, 2))])
    {'shop': {'ada': Fraction(3, 4)}}
    """
    holders: dict[str, Row] = {}
    for company in companies:
        if company in holders:
            raise CalculationRefused("bad_input", f"The company {company} is listed twice.")
        holders[company] = defaultdict(Fraction)
    for stake in stakes:
        if stake.company not in holders:
            raise CalculationRefused(
                "bad_input",
                f"{stake.holder} holds a part of {stake.company}, which is not among the companies.",
            )
        if stake.fraction < 0:
            raise CalculationRefused(
                "bad_input",
                f"{stake.holder} cannot hold {stake.fraction} of {stake.company}: less than nothing.",
            )
        holders[stake.company][stake.holder] += Fraction(stake.fraction)
    for company, row in holders.items():
        if (held := sum(row.values())) > 1:
            raise CalculationRefused(
                "bad_input", f"The holders of {company} have {held} of it together, more than the whole."
            )
    return {company: {name: part for name, part in row.items() if part} for company, row in holders.items()}


class Effort:
    """What a look through a group may still cost, counted and not timed, so that every machine agrees."""

    def __init__(self, most: int = MOST_EFFORT) -> None:
        """Allow so many sums of short fractions."""
        self._left = most

    def spend(self, fraction: Fraction) -> None:
        """Count the sum that gave a fraction; refuses as `too_linked` what is more than was allowed."""
        bits = fraction.denominator.bit_length()
        self.take(self._left + 1 if bits > _LONGEST else 1 + (bits // _SHORT) ** 2)

    def take(self, sums: int) -> None:
        """Count so many sums, and refuse as `spend` does."""
        self._left -= sums
        if self._left < 0:
            raise CalculationRefused(
                "too_linked", "The companies hold one another in too many ways to be looked through."
            )


def solved(own: Mapping[str, Row], parts: Mapping[str, Row], effort: Effort | None = None) -> dict[str, Row]:
    """Return the figures x of each company with x[c] = own[c] + sum of parts[c][d] x[d], exactly.

    `parts` names every company and the companies its figure depends on, `own` what it has beside them;
    a figure is a row of named entries, so that several systems are solved at once. One company after
    another is put into the places where the others name it. The next is always the one that depends on
    the fewest others: without loops it depends on none, and every link is multiplied out once.

    Refuses as `closed_loop` companies that depend on one another completely: there is no inverse. As the
    parts are those of real companies (none negative, at most the whole in all) there is an inverse in
    all other cases, and no order of elimination meets a zero. Refuses as `too_linked` what is more than
    `effort` allows: where all companies of a large group hold all others, no exact answer ends in time.

    >>> half = Fraction(1, 2)
    >>> own = {"one": {"ada": half}, "two": {"bo": half}}
    >>> solved(own, {"one": {"two": half}, "two": {"one": half}})["one"]
    {'ada': Fraction(2, 3), 'bo': Fraction(1, 3)}
    """
    effort = effort or Effort()
    effort.take(len(parts))
    known = {company: dict(own.get(company, {})) for company in parts}
    open_parts = {
        company: {name: part for name, part in row.items() if part} for company, row in parts.items()
    }
    named_by: dict[str, set[str]] = {company: set() for company in parts}
    for company, row in open_parts.items():
        for name in row:
            named_by[name].add(company)
    rank = {company: number for number, company in enumerate(parts)}
    waiting = [(len(row), rank[company], company) for company, row in open_parts.items()]
    heapify(waiting)
    solved_so_far: set[str] = set()
    while waiting:
        dependencies, _, company = heappop(waiting)
        if company in solved_so_far or dependencies != len(open_parts[company]):
            continue  # listed again since, with another number of dependencies
        solved_so_far.add(company)
        _exclude_own_part(company, known, open_parts, parts, effort)
        for other in named_by.pop(company) - {company}:
            part = open_parts[other].pop(company)
            _add(known[other], known[company], part, effort)
            _add(open_parts[other], open_parts[company], part, effort)
            for name in open_parts[company]:
                named_by[name].add(other)
            if other not in solved_so_far:
                heappush(waiting, (len(open_parts[other]), rank[other], other))
    return known


def _exclude_own_part(
    company: str,
    known: Mapping[str, Row],
    open_parts: Mapping[str, Row],
    parts: Mapping[str, Row],
    effort: Effort,
) -> None:
    """Scale what remains of a company after its own part in itself: x = r + a x gives x = r / (1 - a)."""
    own_part = open_parts[company].pop(company, Fraction(0))
    if own_part == 1:
        ring = sorted(_reached(company, parts) & _reached(company, _reversed(parts)))
        raise CalculationRefused(
            "closed_loop", f"No outside owner holds a part of {', '.join(ring)}: a closed loop."
        )
    if own_part:
        for row in (known[company], open_parts[company]):
            for name in row:
                row[name] /= 1 - own_part
                effort.spend(row[name])


def _add(row: Row, addend: Row, part: Fraction, effort: Effort) -> None:
    for name, value in addend.items():
        row[name] = row[name] + part * value if name in row else part * value
        effort.spend(row[name])


def _reversed(parts: Mapping[str, Row]) -> dict[str, Row]:
    turned: dict[str, Row] = {company: {} for company in parts}
    for company, row in parts.items():
        for name, part in row.items():
            turned[name][company] = part
    return turned


def _reached(start: str, parts: Mapping[str, Row]) -> set[str]:
    reached, ahead = {start}, [start]
    while ahead:
        new = parts[ahead.pop()].keys() - reached
        reached |= new
        ahead.extend(new)
    return reached
