"""Which stakeholders are issuers of the file: what an issuer holds of itself are treasury shares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from neocapgui.engine.same import Same
from neocapgui.ledger.ledger import Ledger


def stakeholders_being(ledger: Ledger, issuer: int) -> tuple[int, ...]:
    """Return the stakeholders that are one issuer.

    >>> from neocapgui.ledger.facts import Stakeholder
    >>> people = {1: Stakeholder(1, "The company itself", issuer=1), 2: Stakeholder(2, "Public")}
    >>> stakeholders_being(Ledger(stakeholders=people), issuer=1)
    (1,)
    """
    return _stakeholders(Same(ledger.stakeholders)).get(issuer, ())


def issuer_of_stakeholder(ledger: Ledger) -> Mapping[int, int]:
    """Return the issuer that each stakeholder is, of those that are one.

    >>> from neocapgui.ledger.facts import Stakeholder
    >>> people = {1: Stakeholder(1, "Public"), 2: Stakeholder(2, "The company itself", issuer=1)}
    >>> issuer_of_stakeholder(Ledger(stakeholders=people))
    {2: 1}
    """
    return _issuers(Same(ledger.stakeholders))


@lru_cache(maxsize=2)
def _issuers(stakeholders: Same) -> dict[int, int]:
    (found,) = stakeholders.values
    return {who.id: who.issuer for who in found.values() if who.issuer is not None}


@lru_cache(maxsize=2)
def _stakeholders(stakeholders: Same) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for who, issuer in _issuers(stakeholders).items():
        found.setdefault(issuer, []).append(who)
    return {issuer: tuple(each) for issuer, each in found.items()}
