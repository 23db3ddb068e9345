"""What an issuer is called and how it stands on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from neocapgui.engine.entries import entry_rows
from neocapgui.engine.lens import Lens
from neocapgui.engine.wording import brief
from neocapgui.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Standing:
    """An issuer on a day: its name in force, its status, since when, and what ceasing saves a year."""

    name: str
    status: str = "active"
    since: date | None = None
    annual_saving: Decimal | None = None


def standing(ledger: Ledger, lens: Lens, issuer: int) -> Standing:
    """Return the name and status of an issuer at the end of the lens's day.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Issuer
    >>> from neocapgui.ledger.transactions import Transaction
    >>> renamed = Transaction(1, date(2002, 12, 11), "rename", issuer=1,
    ...                       value="Spectrum Pharmaceuticals, Inc.")
    >>> ledger = Ledger(issuers={1: Issuer(1, "NeoTherapeutics, Inc.")},
    ...                 transactions=Transactions.of([renamed]))
    >>> [standing(ledger, Lens(date(2002, 12, day)), issuer=1).name for day in (10, 11)]
    ['NeoTherapeutics, Inc.', 'Spectrum Pharmaceuticals, Inc.']
    """
    fact = ledger.issuers[issuer]
    status, since, saving = "active", fact.formed, None
    if fact.formed is not None and lens.as_of < fact.formed:
        status = "not yet formed"
    changes = entry_rows(ledger, lens, ["status"], issuer=issuer)
    if len(changes):
        last = ledger.transactions[int(changes[-1])]
        since, saving = last.date, last.amount
    name = _last_said(ledger, lens, "rename").get(issuer, fact.name)
    return Standing(name, _last_said(ledger, lens, "status").get(issuer, status), since, saving)


def names_in_force(ledger: Ledger, lens: Lens) -> Mapping[int, str]:
    """Return what each issuer is called at the end of the lens's day.

    >>> from neocapgui.ledger.facts import Issuer
    >>> names_in_force(Ledger(issuers={1: Issuer(1, "NeoTherapeutics, Inc.")}), Lens(date(2002, 12, 10)))
    {1: 'NeoTherapeutics, Inc.'}
    """
    names = {issuer.id: issuer.name for issuer in ledger.issuers.values()}
    return names | _last_said(ledger, lens, "rename")


@lru_cache(maxsize=8)
def _last_said(ledger: Ledger, lens: Lens, kind: str) -> dict[int, str]:
    """Return for each issuer the last text that an entry of a kind states, as far as an answer can bear it.

    There may be thousands of entries: only the last of each issuer is read.
    """
    texts, whose = ledger.transactions.texts["value"], ledger.transactions.numbers["issuer"]
    found = dict[int, str]()
    for row in entry_rows(ledger, lens, [kind])[::-1].tolist():
        issuer = int(whose[row])
        if issuer in ledger.issuers and issuer not in found and (text := texts.at(row)):
            found[issuer] = brief(text)
    return found
