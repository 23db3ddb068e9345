"""Where an axis has its ticks, and what stands at them: round figures, and days without a clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from neocapgui.figures.kinds import PLAIN, Style, day_text, grouped

_DAYS = (1, 2, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000, 60000)


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, and what is written there."""

    at: int  # a day ordinal, or a figure
    text: str


def day_ticks(first: date, last: date, most: int, style: Style = PLAIN) -> tuple[Tick, ...]:
    """Return at most `most` ticks on round days from `first` to `last`: days or months.

    Of years, which need half the room, there may be twice as many.

    >>> [tick.text for tick in day_ticks(date(2000, 10, 15), date(2001, 9, 15), 4)]
    ['Jan 2001', 'Apr 2001', 'Jul 2001']
    >>> [tick.text for tick in day_ticks(date(1996, 9, 25), date(2003, 11, 11), 3)]
    ['1998', '2000', '2002']
    """
    for step in _DAYS:
        if (last - first).days // step < most:
            return tuple(_days(first, last, step, style))
    months = 12 * (last.year - first.year) + last.month - first.month
    step = next(step for step in _MONTHS if months // step < _room(step, most) or step == _MONTHS[-1])
    return tuple(_months(first, last, step, style))[: _room(step, most)]


def _room(months: int, most: int) -> int:
    """Return how many ticks of a step have room where so many days have it."""
    return most if months % 12 else 2 * most


def _days(first: date, last: date, step: int, style: Style) -> Iterator[Tick]:
    start = -(-first.toordinal() // step) * step
    for at in range(start, last.toordinal() + 1, step):
        yield Tick(at, day_text(date.fromordinal(at), style))


def _months(first: date, last: date, step: int, style: Style) -> Iterator[Tick]:
    month = -(-(12 * first.year + first.month - 1 + (first.day > 1)) // step) * step
    while month <= 12 * last.year + last.month - 1:
        day = date(month // 12, month % 12 + 1, 1)
        yield Tick(day.toordinal(), str(day.year) if step % 12 == 0 else _month(day, style))
        month += step


def _month(day: date, style: Style) -> str:
    return f"{style.months[day.month - 1]} {day.year}"


def figure_ticks(top: int, most: int, style: Style = PLAIN) -> tuple[Tick, ...]:
    """Return at most `most` round figures from 0 to `top`: a step of 1, 2 or 5 with zeros apart.

    >>> [tick.text for tick in figure_ticks(21_345_561, 6)]
    ['0', '5,000,000', '10,000,000', '15,000,000', '20,000,000']
    """
    power = 1
    while top > 0 and most > 1:
        for step in (power, 2 * power, 5 * power):
            if top // step < most:
                return tuple(Tick(at, grouped(at, style, 0, 0)) for at in range(0, top + 1, step))
        power *= 10
    return (Tick(0, "0"),)


def reaching_ticks(peak: int, most: int, style: Style = PLAIN) -> tuple[Tick, ...]:
    """Return round figures from 0 to the first one that is no less than a peak; about `most` of them.

    >>> [tick.text for tick in reaching_ticks(5_027_932, 4)]
    ['0', '2,000,000', '4,000,000', '6,000,000']
    """
    ticks = figure_ticks(peak, max(most, 2), style)
    if len(ticks) < 2 or ticks[-1].at >= peak:
        return ticks
    end = ticks[-1].at + ticks[1].at
    return (*ticks, Tick(end, grouped(end, style, 0, 0)))
