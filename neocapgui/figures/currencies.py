"""How money is written with the currency of the scenario: $6.15, CHF 6.15."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from neocapgui.figures.kinds import PLAIN, Style, grouped
from neocapgui.ledger.ledger import Ledger

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def currency_of(ledger: Ledger) -> str:
    """Return the code of the currency that the scenario is in.

    >>> currency_of(Ledger())
    'USD'
    """
    return next((scenario.currency for scenario in ledger.scenario.values()), "")


def price_text(
    value: Decimal | Fraction | int, style: Style = PLAIN, currency: str = "", most: int = 6
) -> str:
    """Return a price or an amount with two decimals or more, behind the sign or the code of its currency.

    >>> price_text(Decimal("6.15"), currency="USD"), price_text(Decimal("0.716"), currency="CHF")
    ('$6.15', 'CHF 0.716')
    """
    sign = _SIGNS.get(currency) or (f"{currency} " if currency else "")
    return f"{sign}{grouped(value, style, 2, most)}"
