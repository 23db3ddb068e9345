"""Stakeholders by names that were typed or pasted and are not recorded yet."""

from __future__ import annotations

from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger


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
