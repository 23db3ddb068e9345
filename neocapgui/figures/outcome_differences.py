"""What two states of a scenario come to differently: who holds how much, and who owns which part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import owners
from neocapgui.figures.cap_table import UNALLOCATED
from neocapgui.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class HoldingDifference:
    """A holding that is not the same on both sides; zero where there is none."""

    issuer: str
    stakeholder: str
    security: str
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class StakeDifference:
    """An owner's line that is not the same on both sides; zero where there is none."""

    issuer: str
    basis: Basis
    stakeholder: str
    before: Fraction  # shares on the basis
    after: Fraction
    stake_before: Fraction
    stake_after: Fraction


def holding_differences(before: Ledger, after: Ledger, lens: Lens) -> Iterator[HoldingDifference]:
    """Return the holdings at the end of the lens's day that differ; stakeholders and securities of the same
    number are the same, by the names they bear afterwards.
    """
    old, new = (
        {(one.security, one.stakeholder): one.quantity for one in holdings(ledger, lens)}
        for ledger in (before, after)
    )
    for security, who in sorted(old.keys() | new.keys()):
        was, is_now = (held.get((security, who), Fraction(0)) for held in (old, new))
        if was != is_now:
            known = after if security in after.securities else before
            paper = known.securities[security]
            issuer = known.issuers[paper.issuer].name
            yield HoldingDifference(issuer, _name(before, after, who), paper.name, was, is_now)


def stake_differences(before: Ledger, after: Ledger, lens: Lens) -> Iterator[StakeDifference]:
    """Return the lines of the ownership of each company on each basis that differ at the end of the day."""
    for issuer in sorted(before.issuers.keys() | after.issuers.keys()):
        name = (after.issuers.get(issuer) or before.issuers[issuer]).name
        for basis in Basis:
            looked = replace(lens, issuer=issuer, basis=basis)
            old, new = (_owners(ledger, looked, issuer) for ledger in (before, after))
            for who in sorted(old.keys() | new.keys()):
                was, is_now = (held.get(who, (Fraction(0), Fraction(0))) for held in (old, new))
                if was != is_now:
                    shares, stakes = zip(was, is_now, strict=True)
                    yield StakeDifference(name, basis, _name(before, after, who), *shares, *stakes)


def _owners(ledger: Ledger, lens: Lens, issuer: int) -> dict[int, tuple[Fraction, Fraction]]:
    if issuer not in ledger.issuers:
        return {}
    held = holdings(ledger, lens)
    return {one.stakeholder: (one.shares, one.stake) for one in owners(ledger, lens, issuer, held)}


def _name(before: Ledger, after: Ledger, who: int) -> str:
    known = after.stakeholders.get(who) or before.stakeholders.get(who)
    return known.name if known else UNALLOCATED
