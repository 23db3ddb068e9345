"""What the companies of a file are called on the day looked at: by the names then in force."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from neocapgui.engine.lens import Lens
from neocapgui.engine.status import names_in_force
from neocapgui.figures.choices import told_apart
from neocapgui.ledger.ledger import Ledger


@lru_cache(maxsize=4)
def company_names(ledger: Ledger, lens: Lens) -> Mapping[int, str]:
    """Return the name of each issuer in force at the end of the lens's day; every name is different.

    A company goes by this name wherever it is shown or chosen; the name first recorded stands where it is
    typed, and in what covers all days, such as the checks.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Issuer
    >>> from neocapgui.ledger.transactions import Transaction
    >>> renamed = Transaction(1, date(2002, 12, 11), "rename", issuer=1,
    ...                       value="Spectrum Pharmaceuticals, Inc.")
    >>> ledger = Ledger(issuers={1: Issuer(1, "NeoTherapeutics, Inc.")},
    ...                 transactions=Transactions.of([renamed]))
    >>> [company_names(ledger, Lens(date(2002, 12, day)))[1] for day in (10, 11)]
    ['NeoTherapeutics, Inc.', 'Spectrum Pharmaceuticals, Inc.']
    """
    return dict(told_apart(names_in_force(ledger, lens).items()))
