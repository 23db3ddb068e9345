"""What an issuer is called and how it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

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
    name, status, since, saving = fact.name, "active", fact.formed, None
    if fact.formed is not None and lens.as_of < fact.formed:
        status = "not yet formed"
    named = _last_said(ledger, lens, "rename", issuer)
    changes = entry_rows(ledger, lens, ["status"], issuer=issuer)
    if len(changes):
        last = ledger.transactions[int(changes[-1])]
        since, saving = last.date, last.amount
    return Standing(named or name, _last_said(ledger, lens, "status", issuer) or status, since, saving)


def _last_said(ledger: Ledger, lens: Lens, kind: str, issuer: int) -> str:
    """Return the last text that an entry of a kind states, as far as an answer can bear it.

    There may be thousands of entries: not all are read.
    """
    rows, said = entry_rows(ledger, lens, [kind], issuer=issuer), ledger.transactions.texts["value"]
    found = next((text for row in rows[::-1] if (text := said.at(int(row)))), "")
    return brief(found)
