"""A round below earlier prices: price, anti-dilution, notes and pool solved together."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.antidilution import Protection
from neocapgui.engine.calculations.circular_total import TOTAL, Line, Part, circular_total, fixed
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.round_instruments import Basis
from neocapgui.engine.calculations.rounding import Exact


@dataclass(frozen=True, slots=True)
class SeriesBefore:
    """A series before the round."""

    name: str
    as_converted: Exact
    conversion_price: Exact
    protection: Protection = Protection.WEIGHTED_AVERAGE


@dataclass(frozen=True, slots=True)
class CappedNote:
    """A note whose cap counts everything before the new money: itself, the plan, the adjusted series."""

    id: str
    amount: Exact
    cap: Exact | None = None
    discount: Exact = 0


@dataclass(frozen=True, slots=True)
class DownRoundTerms:
    """The round, and the company before it."""

    pre_money: Exact
    new_money: Exact
    unprotected_shares: Exact  # everything that is neither a series here, nor plan, nor note
    base: Exact  # A, the count before the round that every weighted average uses
    series: tuple[SeriesBefore, ...] = ()
    notes: tuple[CappedNote, ...] = ()
    pool_total_fraction: Exact = 0  # the whole plan, granted and unallocated, of the total
    existing_pool_total: Exact = 0  # the plan as it stands; it does not shrink


@dataclass(frozen=True, slots=True)
class SeriesAfter:
    """A series after the round; `ratio_step` is CP1 / CP2, 1 if nothing was triggered."""

    name: str
    conversion_price: Fraction
    ratio_step: Fraction
    as_converted: Fraction


@dataclass(frozen=True, slots=True)
class NoteAfter:
    """A note after the round, with the prices it had to choose from."""

    id: str
    cap_price: Fraction | None
    discount_price: Fraction
    basis: Basis
    shares: Fraction


@dataclass(frozen=True, slots=True)
class DownRound:
    """A round after its closing; nothing is rounded."""

    price: Fraction
    fully_diluted: Fraction
    new_money_shares: Fraction
    pool_total: Fraction
    series: tuple[SeriesAfter, ...]
    notes: tuple[NoteAfter, ...]


def down_round(terms: DownRoundTerms) -> DownRound:
    """Return the round whose price, adjusted series, notes and plan agree with one another.

    With W = pre-money + new money, T the total and P the price: P T = W; C = new money / P; plan =
    the greater of its fraction of T and what exists. A weighted-average series with conversion
    price CP1 above P gets CP2 = CP1 (A + new money / CP1) / (A + C), a ratchet gets P, and its
    as-converted shares grow by CP1 / CP2. A note converts at the lower of cap / (T - C) and
    P x (1 - discount), at a tie on the discount. T = unprotected + series + notes + plan + C.

    Each part is the largest of lines in T (untriggered or triggered, discount or cap, existing or
    target), so the system is solved exactly; nothing is rounded.

    Refusals: `promises_whole_company`, `bad_input`. Source: NVCA model certificate of incorporation,
    section 4.4.4, read together with a term sheet that values the company fully diluted.

    One series of 2,000,000 at 3.00 beside 8,000,000, 5,000,000 of new money on 10,000,000:

    >>> growth = SeriesBefore("growth", 2_000_000, 3)
    >>> closed = down_round(DownRoundTerms(10_000_000, 5_000_000, 8_000_000, 10_000_000, (growth,)))
    >>> closed.price, closed.series[0].conversion_price
    (Fraction(16, 17), Fraction(16, 7))
    """
    _refuse_nonsense(terms)
    new_money = Fraction(terms.new_money)
    per_money = TOTAL / (Fraction(terms.pre_money) + new_money)
    issued = per_money * new_money
    steps = {series.name: Part(series.name, _steps(series, terms, per_money)) for series in terms.series}
    plan = Part("plan", (fixed(terms.existing_pool_total), TOTAL * terms.pool_total_fraction))
    total = circular_total(
        [
            Part("unprotected shares", (fixed(terms.unprotected_shares),)),
            Part("new money", (issued,)),
            plan,
            *(_scaled(steps[series.name], series.as_converted) for series in terms.series),
            *(_note_part(note, per_money, TOTAL - issued) for note in terms.notes),
        ]
    )
    price = 1 / per_money.at(total)
    before_money = total - issued.at(total)
    return DownRound(
        price=price,
        fully_diluted=total,
        new_money_shares=issued.at(total),
        pool_total=plan.line(total).at(total),
        series=tuple(
            _series_after(series, steps[series.name].line(total).at(total)) for series in terms.series
        ),
        notes=tuple(_note_after(note, price, before_money) for note in terms.notes),
    )


def _steps(series: SeriesBefore, terms: DownRoundTerms, per_money: Line) -> tuple[Line, ...]:
    """Return CP1 / CP2 untriggered and triggered: the larger holds, as both meet where P = CP1."""
    price = Fraction(series.conversion_price)
    untriggered = fixed(1)
    if series.protection is Protection.NONE or terms.new_money == 0:
        return (untriggered,)
    if series.protection is Protection.FULL_RATCHET:
        return untriggered, per_money * price
    new_money, base = Fraction(terms.new_money), Fraction(terms.base)
    return untriggered, (fixed(base) + per_money * new_money) / (base + new_money / price)


def _scaled(part: Part, factor: Exact) -> Part:
    return Part(part.name, tuple(line * factor for line in part.lines))


def _note_part(note: CappedNote, per_money: Line, before_money: Line) -> Part:
    at_discount = per_money / (1 - Fraction(note.discount)) * note.amount
    if note.cap is None:
        return Part(note.id, (at_discount,))
    return Part(note.id, (at_discount, before_money / note.cap * note.amount))


def _series_after(series: SeriesBefore, step: Fraction) -> SeriesAfter:
    price = Fraction(series.conversion_price)
    return SeriesAfter(series.name, price / step, step, Fraction(series.as_converted) * step)


def _note_after(note: CappedNote, price: Fraction, before_money: Fraction) -> NoteAfter:
    discount_price = price * (1 - Fraction(note.discount))
    cap_price = None if note.cap is None else Fraction(note.cap) / before_money
    basis, lower = Basis.DISCOUNT, discount_price
    if cap_price is not None and cap_price < discount_price:
        basis, lower = Basis.CAP, cap_price
    return NoteAfter(note.id, cap_price, discount_price, basis, Fraction(note.amount) / lower)


def _refuse_nonsense(terms: DownRoundTerms) -> None:
    target = terms.pool_total_fraction
    for is_wrong, code, sentence in (
        (terms.pre_money <= 0, "bad_input", f"The pre-money valuation is {terms.pre_money}."),
        (terms.new_money < 0, "bad_input", f"The new money is {terms.new_money}."),
        (terms.unprotected_shares < 0, "bad_input", f"{terms.unprotected_shares} shares are unprotected."),
        (terms.base < 0, "bad_input", f"The base of the adjustments counts {terms.base} shares."),
        (terms.existing_pool_total < 0, "bad_input", f"The plan has {terms.existing_pool_total} shares."),
        (target < 0, "bad_input", f"The plan is to be {target} of the company."),
        (target >= 1, "promises_whole_company", f"The plan is to be {target} of the company."),
        *(
            (
                series.conversion_price <= 0,
                "bad_input",
                f"{series.name} converts at {series.conversion_price}.",
            )
            for series in terms.series
        ),
        *(
            (series.as_converted < 0, "bad_input", f"{series.name} converts into {series.as_converted}.")
            for series in terms.series
        ),
        *((note.amount < 0, "bad_input", f"{note.id} converts {note.amount}.") for note in terms.notes),
        *(
            (note.cap is not None and note.cap <= 0, "bad_input", f"{note.id} has a cap of {note.cap}.")
            for note in terms.notes
        ),
        *(
            (not 0 <= note.discount < 1, "bad_input", f"{note.id} has a discount of {note.discount}.")
            for note in terms.notes
        ),
    ):
        if is_wrong:
            raise CalculationRefused(code, sentence)
