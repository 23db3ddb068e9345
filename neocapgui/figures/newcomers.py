"""Stakeholders by names that were typed or pasted and are not recorded yet."""

from __future__ import annotations

from collections.abc import Iterable

from neocapgui.figures.choices import Named
from neocapgui.figures.kinds import NotUnderstood
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger


class Holders(Named):
    """Everybody who can hold a security by name: the stakeholders, and the companies that are none yet."""

    def __init__(self, ledger: Ledger) -> None:
        """Offer the stakeholders and companies of a ledger."""
        super().__init__(ledger, Stakeholder)
        self._of = ledger

    def names(self) -> Iterable[str]:
        """Return the names in alphabetical order; a company that is chosen first becomes a stakeholder.

        >>> from neocapgui.ledger.facts import Issuer
        >>> ledger = Ledger(issuers={1: Issuer(1, "Acme, Inc.")}, stakeholders={1: Stakeholder(1, "Ada")})
        >>> list(Holders(ledger).names())
        ['Acme, Inc.', 'Ada']
        """
        companies = [
            issuer.name
            for issuer in self._of.issuers.values()
            if issuer.name and self._of.stakeholder_of(issuer.id) is None and not self._is_taken(issuer.name)
        ]
        names = super().names()
        return sorted([*names, *companies], key=str.casefold) if companies else names

    def _is_taken(self, name: str) -> bool:
        try:
            self.value_of(name)
        except NotUnderstood:
            return False
        return True


def newcomer(ledger: Ledger, name: str, id: int) -> Stakeholder:
    """Return a stakeholder of that name; whoever is called as a company of the file is that company.

    >>> from neocapgui.ledger.facts import Issuer
    >>> ledger = Ledger(issuers={1: Issuer(1, "Acme, Inc.")})
    >>> newcomer(ledger, "acme, inc.", 7)
    Stakeholder(id=7, name='Acme, Inc.', kind='issuer', issuer=1, note='')
    >>> newcomer(ledger, "Ada", 8).issuer is None
    True
    """
    known = " ".join(name.split()).casefold()
    for issuer in ledger.issuers.values():
        if issuer.name.casefold() == known and ledger.stakeholder_of(issuer.id) is None:
            return Stakeholder(id, issuer.name, "issuer", issuer.id)
    return Stakeholder(id, name.strip())
