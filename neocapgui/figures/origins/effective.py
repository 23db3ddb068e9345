"""Where an effective stake comes from: what is held directly, and the chains through other companies."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from neocapgui.engine.group import GroupStake, group, unknown_because
from neocapgui.engine.lens import Lens
from neocapgui.figures.kinds import Kind
from neocapgui.figures.origins.holdings import Asked
from neocapgui.figures.origins.origin import FOUND, NOT_LISTED, PRODUCT, SAME, SUM, Origin
from neocapgui.figures.origins.stakes import direct_stake
from neocapgui.ledger.ledger import Ledger

CHAINS = 12  # into one company that are listed one by one, the largest
_EXPLAINED = 8  # companies in one explanation whose chains are listed: a tree of some thousand lines
_DEPTH = 12  # chains one within another

_Lines = Mapping[tuple[int, int], GroupStake]


def effective_stake(asked: Asked, owner: int, issuer: int) -> Origin:
    """Return where the effective stake of one company in another comes from: its own part, and chains.

    E(company) = direct + the sum over the companies between of E(between) x what that one has directly.
    Each company is explained once: where it is met again, in a loop or on another way, it is shown as found.
    What is not known, because loops have no answer or too many, is told to be so and why.
    """
    why = unknown_because(asked.ledger, asked.lens, owner)
    if why:
        return Origin(_title(asked, owner, issuer), None, Kind.STAKE, FOUND, (), f"not known: {why}")
    return _Explanation(asked, owner).of(issuer, 0)


def _title(asked: Asked, owner: int, issuer: int) -> str:
    issuers = asked.ledger.issuers
    return f"Effective stake of {issuers[owner].name} in {issuers[issuer].name}"


@lru_cache(maxsize=2)
def _lines(ledger: Ledger, lens: Lens) -> tuple[_Lines, Mapping[int, tuple[GroupStake, ...]]]:
    """Return the stakes of the group by owner and company, and those held directly by company."""
    found = {(line.owner, line.issuer): line for line in group(ledger, lens)}
    direct: dict[int, list[GroupStake]] = {}
    rank = {issuer: place for place, issuer in enumerate(ledger.issuers)}
    for line in sorted(found.values(), key=lambda line: rank[line.owner]):
        if line.direct:
            direct.setdefault(line.issuer, []).append(line)
    return found, {issuer: tuple(lines) for issuer, lines in direct.items()}


class _Explanation:
    """Explains the stakes of one owner, each company once."""

    def __init__(self, asked: Asked, owner: int) -> None:
        self._asked, self._owner = asked, owner
        self._found, self._direct = _lines(asked.ledger, asked.lens)
        self._above: set[int] = set()  # companies whose equation stands above
        self._explained: set[int] = set()

    def of(self, issuer: int, depth: int) -> Origin:
        """Return where the owner's stake in a company comes from."""
        line = self._found.get((self._owner, issuer))
        value = (line.effective if line is not None else None) or Fraction(0)
        title = _title(self._asked, self._owner, issuer)
        note = self._why_not_explained(issuer, depth)
        if note:
            return Origin(title, value, Kind.STAKE, FOUND, (), note)
        self._explained.add(issuer)
        self._above.add(issuer)
        is_direct = line is not None and bool(line.direct)
        parts = [direct_stake(self._asked, self._owner, issuer)] if is_direct else []
        parts += self._chains(issuer, depth)
        self._above.remove(issuer)
        if len(parts) == 1:
            only = "held directly" if is_direct else ""
            return Origin(title, value, Kind.STAKE, SAME, tuple(parts), only)
        return Origin(title, value, Kind.STAKE, SUM, tuple(parts), "own shares of a company excluded")

    def _why_not_explained(self, issuer: int, depth: int) -> str:
        if issuer in self._above:
            return "solved with the loop above it"
        if issuer in self._explained:
            return "explained where it is met first"
        if depth >= _DEPTH or len(self._explained) >= _EXPLAINED:
            return "solved with all chains; those beneath it are not listed, ask for it by itself"
        return ""

    def _chains(self, issuer: int, depth: int) -> list[Origin]:
        """Return what the owner has of a company through each other one, the largest one by one."""
        through = []
        for held in self._direct.get(issuer, ()):
            reach = self._found.get((self._owner, held.owner))
            if held.owner not in (self._owner, issuer) and reach is not None and reach.effective:
                through.append((reach.effective * held.direct, held.owner))
        listed = sorted(through, key=lambda chain: -chain[0])[:CHAINS]
        names = self._asked.ledger.issuers
        parts = []
        for part, between in through:
            if (part, between) in listed:
                chain = (self.of(between, depth + 1), direct_stake(self._asked, between, issuer))
                parts.append(Origin(f"Through {names[between].name}", part, Kind.STAKE, PRODUCT, chain))
        rest = [part for part, between in through if (part, between) not in listed]
        if rest:
            title = f"Through {len(rest):,} other companies together"
            parts.append(Origin(title, sum(rest, Fraction(0)), Kind.STAKE, NOT_LISTED))
        return parts
