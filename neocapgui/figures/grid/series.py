"""How some cells go on: days by their step, numbered names, figures by the step of two; all else repeats."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

_NUMBERED = re.compile(r"(.*?)(\d{1,18})", re.DOTALL)


def repeated(values: Sequence[Any], count: int, is_backwards: bool = False) -> list[Any]:
    """Return what repeats some values so many times: after them, or before them with the nearest first.

    >>> repeated(["a", "b"], 3), repeated(["a", "b"], 3, is_backwards=True)
    (['a', 'b', 'a'], ['b', 'a', 'b'])
    """
    pattern = list(reversed(values)) if is_backwards else list(values)
    return [pattern[place % len(pattern)] for place in range(count)]


def continued(values: Sequence[Any], count: int, is_backwards: bool = False) -> list[Any]:
    """Return how some values go on, after them or before them with the nearest first.

    One day goes on daily; several by their step, of months where each is the same day of the month or the
    last one. One figure repeats; several with one step go on by it. A name that ends with a number goes on
    with the next numbers, as wide. What has no step repeats.

    >>> continued(["CS-009"], 2)
    ['CS-010', 'CS-011']
    >>> [str(day) for day in continued([date(2001, 1, 31), date(2001, 2, 28)], 2)]
    ['2001-03-31', '2001-04-30']
    >>> continued([Decimal("2.5"), Decimal("5")], 2)
    [Decimal('7.5'), Decimal('10.0')]
    """
    for series in (_days, _figures, _names):
        found = series(list(values), count, is_backwards)
        if found is not None:
            return found
    return repeated(values, count, is_backwards)


def is_series(values: Sequence[Any]) -> bool:
    """Whether some values go on otherwise than by repeating."""
    return bool(values) and continued(values, len(values)) != repeated(values, len(values))


def _days(values: list[Any], count: int, is_backwards: bool) -> list[Any] | None:
    if not all(isinstance(value, date) for value in values):
        return None
    months = _step([12 * day.year + day.month for day in values])
    is_last = all(day.day == _last_day(day.year, day.month) for day in values)
    by_month = len(values) > 1 and bool(months) and (is_last or len({day.day for day in values}) == 1)
    step = 1 if len(values) == 1 else _step([day.toordinal() for day in values])
    if not by_month and step is None:
        return None
    start, sign = (values[0], -1) if is_backwards else (values[-1], 1)
    try:
        if by_month and months is not None:
            moves = [sign * months * place for place in range(1, count + 1)]
            return [_months_on(start, move, is_last) for move in moves]
        return [start + timedelta(days=sign * int(step or 0) * place) for place in range(1, count + 1)]
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _figures(values: list[Any], count: int, is_backwards: bool) -> list[Any] | None:
    if len(values) < 2 or not all(_is_figure(value) for value in values):
        return None
    exact = [Fraction(value) for value in values]
    step = _step(exact)
    if step is None:
        return None
    kinds = {type(value) for value in values}
    kind = kinds.pop() if len(kinds) == 1 else Fraction
    difference: Any = values[1] - values[0] if kind is not Fraction else step
    start, sign = (values[0], -1) if is_backwards else (values[-1], 1)
    first: Any = start if kind is not Fraction else Fraction(start)
    return [first + sign * place * difference for place in range(1, count + 1)]


def _names(values: list[Any], count: int, is_backwards: bool) -> list[Any] | None:
    found = [_NUMBERED.fullmatch(value) if isinstance(value, str) else None for value in values]
    parts = [(match[1], match[2]) for match in found if match is not None]
    if len(parts) < len(values) or len({head for head, _ in parts}) > 1:
        return None
    step = 1 if len(parts) == 1 else _step([int(digits) for _, digits in parts])
    if not step:
        return None
    start, sign = (parts[0], -1) if is_backwards else (parts[-1], 1)
    numbers = [int(start[1]) + sign * int(step) * place for place in range(1, count + 1)]
    if numbers and min(numbers) < 0:
        return None
    return [f"{start[0]}{number:0{len(start[1])}d}" for number in numbers]


def _step(values: Sequence[Any]) -> Any:
    """Return the one difference from each value to the next; None where there is none or more than one."""
    steps = {after - before for before, after in pairwise(values)}
    return steps.pop() if len(steps) == 1 else None


def _is_figure(value: Any) -> bool:
    return isinstance(value, (Decimal, Fraction, int)) and not isinstance(value, bool)


def _months_on(day: date, months: int, is_last: bool) -> date:
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    last = _last_day(year, month + 1)
    return date(year, month + 1, last if is_last else min(day.day, last))


def _last_day(year: int, month: int) -> int:
    return monthrange(year, month)[1]
