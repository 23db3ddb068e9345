"""A cell as it leaves for another program: the exact value, without group marks or hidden spaces."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.rounding import rounded_to
from neocapgui.figures.kinds import NUMBERS, Kind, Style, shown
from neocapgui.figures.tables import Column

EXCEL_DIGITS = 15  # a spreadsheet holds numbers in binary and keeps no more
_LEAST = {Kind.PRICE: 2, Kind.MONEY: 2}  # decimals
_ENDLESS = 12  # decimals of a figure that no decimal writes exactly
_PERCENT = frozenset({Kind.STAKE, Kind.RATE})


def canonical(column: Column, value: Any) -> str:
    """Return the number of a cell as canonical text (1234.5), a part in percent; nothing where it is none.

    Exact; only a figure that no decimal writes, such as a third, is rounded half up to 12 decimals.

    >>> canonical(Column("Shares", Kind.SHARES), Decimal("1234567"))
    '1234567'
    >>> canonical(Column("Stake", Kind.STAKE), Fraction(1, 3))
    '33.333333333333'
    """
    if value is None or column.choices is not None or column.kind not in NUMBERS or column.kind is Kind.RATIO:
        return ""
    exact = Fraction(value) * (100 if column.kind in _PERCENT else 1)
    rest = exact.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        exact = Fraction(rounded_to(exact, _ENDLESS))
    return _written(exact, _LEAST.get(column.kind, 0))


def _written(exact: Fraction, least: int) -> str:
    places = least
    while exact * 10**places % 1:
        places += 1
    units = abs(int(exact * 10**places))
    whole, rest = divmod(units, 10**places)
    sign = "-" if exact < 0 else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def raw_text(column: Column, value: Any, style: Style) -> str:
    """Return a cell as a spreadsheet takes it: no group marks, ISO days; texts as they are.

    >>> from neocapgui.figures.kinds import PLAIN
    >>> raw_text(Column("Shares", Kind.SHARES), 1234567, PLAIN)
    '1234567'
    """
    if value is None or (not value and not shown(column.kind, value) and column.choices is None):
        return ""
    if column.kind is Kind.DATE and column.choices is None:
        return str(value.isoformat())
    number = canonical(column, value)
    if number:
        return number.replace(".", style.decimal_mark) + ("%" if column.kind is Kind.RATE else "")
    if column.kind is Kind.DATES:
        return "; ".join(day.isoformat() for day in value)
    return column.text(value, style)


def loses_digits(number: str) -> bool:
    """Whether a spreadsheet cannot keep all digits of a canonical number.

    >>> loses_digits("12345678901234567"), loses_digits("1000000000000000000")
    (True, False)
    """
    return len(number.replace("-", "").replace(".", "").strip("0")) > EXCEL_DIGITS


def kept_by_excel(number: str) -> Decimal:
    """Return what is left of a canonical number after 15 digits; the rest become zeros."""
    digits = [at for at, mark in enumerate(number) if mark.isdigit()]
    first = next((at for at, place in enumerate(digits) if number[place] != "0"), 0)
    lost = set(digits[first + EXCEL_DIGITS :])
    return Decimal("".join("0" if at in lost else mark for at, mark in enumerate(number)))
