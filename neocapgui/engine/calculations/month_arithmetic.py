"""Days a number of months apart, always counted from the start."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from neocapgui.engine.calculations.refusal import CalculationRefused


def months_after(start: date, months: int, day_of_month: int | None = None) -> date:
    """Return the day `months` months after `start`, or before it where `months` is negative.

    It keeps the start's day of the month, or falls on the stated `day_of_month`; a month without such a
    day gives its last one. Count from the start and never from the previous result, which may have lost
    its day in a short month. Refuses a day of the month outside 1 to 31 as `bad_input`. Source: Open Cap
    Format, vesting day of month.

    >>> [months_after(date(2026, 1, 31), months).isoformat() for months in (1, 2, 3)]
    ['2026-02-28', '2026-03-31', '2026-04-30']
    """
    wanted = start.day if day_of_month is None else day_of_month
    if not 1 <= wanted <= 31:
        raise CalculationRefused("bad_input", f"A month has no day {wanted}.")
    years, month = divmod(start.month - 1 + months, 12)
    year = start.year + years
    return date(year, month + 1, min(wanted, monthrange(year, month + 1)[1]))


def whole_months(start: date, until: date) -> int:
    """Return how many whole months have passed at the end of `until`; negative before the start.

    Month n is complete on the day `months_after(start, n)`: from 31 March the sixth ends on 30 September
    and the seventh on 31 October.

    >>> [whole_months(date(2024, 3, 31), day) for day in (date(2024, 9, 30), date(2024, 10, 30))]
    [6, 6]
    """
    months = 12 * (until.year - start.year) + until.month - start.month
    return months if months_after(start, months) <= until else months - 1
