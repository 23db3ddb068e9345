"""How the companies of a group hold one another: direct and effective stakes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

import numpy as np

from neocapgui.engine.calculations.lookthrough import effective_interests_of_each
from neocapgui.engine.calculations.mutual_holdings import Stake
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.holdings import holdings
from neocapgui.engine.itself import issuer_of_stakeholder
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import owners
from neocapgui.ledger.columns import NOTHING
from neocapgui.ledger.ledger import Ledger

_NONE = (Fraction(0), Fraction(0))


@dataclass(frozen=True, slots=True)
class GroupStake:
    """The part of one company of the group that another one has."""

    owner: int  # an issuer
    issuer: int
    shares: Fraction
    direct: Fraction
    effective: Fraction | None  # through all chains and loops; None where that has no answer


@dataclass(frozen=True, slots=True)
class Company:
    """A company in the tree of the group, under the company that holds most of it."""

    issuer: int
    parent: int | None
    depth: int
    effective: Fraction | None  # of the top company of its tree in it; None for a top company


@lru_cache(maxsize=4)
def direct_stakes(ledger: Ledger, lens: Lens) -> tuple[tuple[int, int, Fraction, Fraction], ...]:
    """Return (owner, issuer, shares, stake) for every holding of one issuer in another, on the basis.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Issuer, Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day, people = date(2001, 1, 1), {1: Stakeholder(1, "Parent", issuer=1), 2: Stakeholder(2, "Public")}
    >>> ledger = Ledger(
    ...     issuers={id: Issuer(id, "") for id in (1, 2)}, stakeholders=people,
    ...     securities={2: Security(2, 2, "Common", SecurityKind.COMMON)},
    ...     transactions=Transactions.of(
    ...         Transaction(who, day, "opening", security=2, stakeholder=who, quantity=Decimal(shares))
    ...         for who, shares in {1: 80, 2: 20}.items()))
    >>> direct_stakes(ledger, Lens(day))
    ((1, 2, Fraction(80, 1), Fraction(4, 5)),)
    """
    held = holdings(ledger, lens)
    issuers = issuer_of_stakeholder(ledger)
    rank = {stakeholder: number for number, stakeholder in enumerate(issuers)}
    being = np.array(sorted(issuers) or [NOTHING], np.int64)
    found: dict[tuple[int, int], tuple[Fraction, Fraction]] = {}
    for issuer in ledger.issuers:
        company = owners(ledger, replace(lens, issuer=issuer), issuer, held)
        nearest = np.minimum(np.searchsorted(being, company.stakeholders), len(being) - 1)
        places = np.flatnonzero(being[nearest] == company.stakeholders).tolist()
        for line in sorted((company[place] for place in places), key=lambda line: rank[line.stakeholder]):
            owner = issuers[line.stakeholder]
            if line.shares and owner != issuer:  # an issuer may stand in the list of stakeholders twice
                shares, stake = found.get((owner, issuer), (Fraction(0), Fraction(0)))
                found[owner, issuer] = (shares + line.shares, stake + line.stake)
    return tuple((*pair, *amounts) for pair, amounts in found.items())


@lru_cache(maxsize=4)
def group(ledger: Ledger, lens: Lens) -> tuple[GroupStake, ...]:
    """Return the stakes of the group's companies in one another at the end of the lens's day.

    Effective stakes are the exact solution E = U (I - A)^-1 with the company's own shares excluded.
    A company that another holds only through others stands in the list with a direct stake of zero. There is
    no answer where loops have no outside owner, and where there are more links than can be multiplied out.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Issuer, Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> names, day = {1: "Parent", 2: "Middle", 3: "Works"}, date(2001, 1, 1)
    >>> held = [(1, 2, 80), (4, 2, 20), (2, 3, 50), (4, 3, 50)]  # holder, company, shares
    >>> ledger = Ledger(
    ...     issuers={id: Issuer(id, name) for id, name in names.items()},
    ...     stakeholders={id: Stakeholder(id, "", issuer=id if id in names else None) for id in (1, 2, 3, 4)},
    ...     securities={id: Security(id, id, "Common", SecurityKind.COMMON) for id in names},
    ...     transactions=Transactions.of(
    ...         Transaction(id, day, "opening", security=company, stakeholder=who, quantity=Decimal(shares))
    ...         for id, (who, company, shares) in enumerate(held, 1)))
    >>> [(one.owner, one.issuer, str(one.direct), str(one.effective)) for one in group(ledger, Lens(day))]
    [(1, 2, '4/5', '4/5'), (1, 3, '0', '2/5'), (2, 3, '1/2', '1/2')]
    """
    direct = direct_stakes(ledger, lens)
    held: dict[int, dict[int, tuple[Fraction, Fraction]]] = {}
    for owner, issuer, shares, stake in direct:
        held.setdefault(owner, {})[issuer] = shares, stake
    stakes = tuple(Stake(str(owner), str(issuer), stake) for owner, issuer, _, stake in direct)
    each = _effective(tuple(held), tuple(map(str, ledger.issuers)), stakes)[0]
    rank = {issuer: number for number, issuer in enumerate(ledger.issuers)}
    result = []
    for owner, own in held.items():
        effective = each[owner]
        for issuer in sorted(own, key=rank.__getitem__) if effective is None else ledger.issuers:
            shares, stake = own.get(issuer, _NONE)
            reach = None if effective is None else effective[str(issuer)]
            if issuer != owner and (stake or reach):
                result.append(GroupStake(owner, issuer, shares, stake, reach))
    return tuple(result)


@lru_cache(maxsize=4)  # the stakes are often the same on every basis
def _effective(
    owners: tuple[int, ...], companies: tuple[str, ...], stakes: tuple[Stake, ...]
) -> tuple[dict[int, dict[str, Fraction] | None], dict[int, str]]:
    """Return what each owner has in effect, and the code of the refusal of those without an answer.

    There is None where loops have no answer, or none that ends in time.
    """
    try:
        each = effective_interests_of_each(map(str, owners), companies, stakes)
    except CalculationRefused as refusal:
        return dict.fromkeys(owners), dict.fromkeys(owners, refusal.code)
    answers: dict[int, dict[str, Fraction] | None] = {}
    refused: dict[int, str] = {}
    for owner in owners:
        said = each[str(owner)]
        if isinstance(said, CalculationRefused):
            answers[owner], refused[owner] = None, said.code
        else:
            answers[owner] = said
    return answers, refused


_REASONS = {
    "closed_loop": "companies of the group own one another completely, and nobody outside owns any of them",
    "too_linked": "the companies hold one another in too many ways to be looked through",
}
_CONTRADICTION = "the holders of a company have less than nothing of it, or more than the whole"


def unknown_because(ledger: Ledger, lens: Lens, owner: int) -> str:
    """Return why the effective stakes of a company of the group are not known; nothing where they are.

    >>> from datetime import date
    >>> unknown_because(Ledger(), Lens(date(2001, 1, 1)), 1)
    ''
    """
    direct = direct_stakes(ledger, lens)
    owners = tuple(dict.fromkeys(line[0] for line in direct))
    stakes = tuple(Stake(str(who), str(issuer), stake) for who, issuer, _, stake in direct)
    refused = _effective(owners, tuple(map(str, ledger.issuers)), stakes)[1]
    return _REASONS.get(refused[owner], _CONTRADICTION) if owner in refused else ""


def tree(ledger: Ledger, lens: Lens) -> tuple[Company, ...]:
    """Return the companies in the order of the group tree: each under the one that holds most of it.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Issuer, Security, Stakeholder
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> from neocapgui.ledger.transactions import Transaction
    >>> day, parent = date(2001, 1, 1), Stakeholder(1, "Parent", issuer=1)
    >>> all_of_it = Transaction(1, day, "opening", security=2, stakeholder=1, quantity=Decimal(100))
    >>> ledger = Ledger(issuers={id: Issuer(id, "") for id in (1, 2)}, stakeholders={1: parent},
    ...     securities={2: Security(2, 2, "Common", SecurityKind.COMMON)},
    ...     transactions=Transactions.of([all_of_it]))
    >>> [(one.issuer, one.parent, one.depth) for one in tree(ledger, Lens(day))]
    [(1, None, 0), (2, 1, 1)]
    """
    stakes = group(ledger, lens)
    parents: dict[int, int] = {}
    for line in sorted(stakes, key=lambda line: -line.direct):
        if line.direct and line.issuer not in parents and not _is_above(parents, line.issuer, line.owner):
            parents[line.issuer] = line.owner
    effective = {(line.owner, line.issuer): line.effective for line in stakes}
    below: dict[int, list[int]] = {}
    for issuer in ledger.issuers:
        if issuer in parents:
            below.setdefault(parents[issuer], []).append(issuer)
    rows = []
    waiting = [(issuer, issuer, 0) for issuer in ledger.issuers if issuer not in parents][::-1]
    while waiting:
        issuer, top, depth = waiting.pop()
        reach = effective.get((top, issuer)) if issuer != top else None
        rows.append(Company(issuer, parents.get(issuer), depth, reach))
        waiting += [(child, top, depth + 1) for child in reversed(below.get(issuer, ()))]
    return tuple(rows)


def _is_above(parents: dict[int, int], issuer: int, owner: int) -> bool:
    """Whether the issuer already stands above the owner, so that placing it below would close a circle."""
    above: int | None = owner
    while above is not None:
        if above == issuer:
            return True
        above = parents.get(above)
    return False
