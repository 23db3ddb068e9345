"""A slow second way to solve rounds: try every choice, solve all equations at once, keep what holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any, TypeVar

from neocapgui.engine.calculations.down_round import DownRoundTerms
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.round_instruments import Convertible, Form
from neocapgui.engine.calculations.rounds import Convention, PoolMode, RoundTerms

Terms = TypeVar("Terms")
Equation = tuple[dict[str, Fraction | int], Fraction | int]  # coefficients by unknown, right-hand side
Solution = dict[str, Fraction]


def answer_or_code(question: Callable[[Terms], object], terms: Terms) -> Any:
    """Return the answer, or the code of the refusal."""
    try:
        return question(terms)
    except CalculationRefused as refused:
        return refused.code


def solved(equations: list[Equation]) -> Solution | None:
    """Return the one solution of as many linear equations as unknowns, by elimination."""
    unknowns = sorted({unknown for coefficients, _ in equations for unknown in coefficients})
    rows = [
        [*(Fraction(coefficients.get(unknown, 0)) for unknown in unknowns), Fraction(right)]
        for coefficients, right in equations
    ]
    for column in range(len(unknowns)):
        pivot = next((row for row in range(column, len(rows)) if rows[row][column] != 0), None)
        if pivot is None:
            return None
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [entry / rows[column][column] for entry in rows[column]]
        for row in range(len(rows)):
            factor = rows[row][column]
            if row != column and factor != 0:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return {unknown: rows[number][-1] for number, unknown in enumerate(unknowns)}


def rounds_that_hold(terms: RoundTerms) -> list[Solution]:
    """Return every solution of a round, without MFN: T, X, K, M, 1/P as `u`, shares by instrument.

    Each instrument is tried at the round price less discount and at its cap; what remains is linear.
    A solution holds if every count is one and every instrument has the lower of its two prices.
    """
    found: list[Solution] = []
    for legs in product(("market", "cap"), repeat=len(terms.convertibles)):
        equations = [*_round_equations(terms), *_instrument_equations(terms, legs)]
        solution = solved(equations)
        if solution is not None and solution not in found and _round_holds(terms, solution):
            found.append(solution)
    return found


def _round_equations(terms: RoundTerms) -> Iterator[Equation]:
    new_money = sum(Fraction(cheque.amount) for cheque in terms.new_money)
    converting = sum(Fraction(instrument.amount) for instrument in terms.convertibles)
    present = sum(Fraction(count) for count in terms.outstanding.values())
    existing = Fraction(terms.existing_unallocated_pool)
    shares: dict[str, Fraction | int] = {f"Q {instrument.id}": -1 for instrument in terms.convertibles}
    yield {"T": 1, "X": -1, "u": -new_money, **shares}, present + existing
    yield {"K": 1, **shares}, present + existing
    yield {"M": 1, "X": -1}, present + existing
    match terms.convention:
        case Convention.PERCENTAGE_OWNERSHIP:
            yield {"u": Fraction(terms.pre_money) + new_money, "T": -1}, 0
        case Convention.DOLLARS_INVESTED:
            yield {"u": Fraction(terms.pre_money) + new_money + converting, "T": -1}, 0
        case Convention.PRE_MONEY_METHOD:
            yield {"u": Fraction(terms.pre_money), "M": -1}, 0
    granted = sum(Fraction(terms.outstanding[id]) for id in terms.pool.granted_ids)
    match terms.pool.mode:
        case PoolMode.NONE:
            yield {"X": 1}, 0
        case PoolMode.INCREASE:
            yield {"X": 1}, Fraction(terms.pool.shares)
        case PoolMode.TARGET_UNALLOCATED:
            yield {"X": 1, "T": -Fraction(terms.pool.fraction)}, -existing
        case PoolMode.TARGET_TOTAL:
            yield {"X": 1, "T": -Fraction(terms.pool.fraction)}, -existing - granted


def _instrument_equations(terms: RoundTerms, legs: tuple[str, ...]) -> Iterator[Equation]:
    for instrument, leg in zip(terms.convertibles, legs, strict=True):
        shares, amount = f"Q {instrument.id}", Fraction(instrument.amount)
        if instrument.form is Form.FIXED_PRICE:
            yield {shares: Fraction(instrument.price or 0)}, amount
        elif instrument.form is Form.FIXED_PERCENT:
            yield {shares: 1, "K": -Fraction(instrument.percent or 0)}, 0
        elif leg == "market" or instrument.cap is None:
            yield {shares: 1 - Fraction(instrument.discount), "u": -amount}, 0
        elif instrument.form is Form.NOTE_FIXED_BASE:
            yield {shares: Fraction(instrument.cap)}, amount * Fraction(instrument.capitalization_shares or 0)
        else:
            yield {shares: Fraction(instrument.cap), _count(instrument): -amount}, 0


def _count(instrument: Convertible) -> str:
    return "K" if instrument.form in (Form.POST_MONEY_SAFE, Form.NOTE_POST) else "M"


def _round_holds(terms: RoundTerms, solution: Solution) -> bool:
    if not (solution["T"] > 0 and solution["u"] > 0 and solution["K"] > 0):
        return False
    for instrument in terms.convertibles:
        shares = solution[f"Q {instrument.id}"]
        if shares < 0:
            return False
        if instrument.form in (Form.FIXED_PRICE, Form.FIXED_PERCENT):
            continue
        prices = [(1 - Fraction(instrument.discount)) / solution["u"]]
        if instrument.cap is not None and instrument.form is Form.NOTE_FIXED_BASE:
            prices.append(Fraction(instrument.cap) / Fraction(instrument.capitalization_shares or 0))
        elif instrument.cap is not None:
            prices.append(Fraction(instrument.cap) / solution[_count(instrument)])
        if shares != Fraction(instrument.amount) / min(prices):
            return False
    return True


def down_rounds_that_hold(terms: DownRoundTerms) -> list[Solution]:
    """Return every solution of a weighted-average system: T, C, plan and shares of series and notes."""
    found: list[Solution] = []
    choices = product(
        ("existing", "target"),
        product((False, True), repeat=len(terms.series)),
        product(("market", "cap"), repeat=len(terms.notes)),
    )
    for plan, triggers, legs in choices:
        solution = solved(_down_round_equations(terms, plan, triggers, legs))
        if solution is not None and solution not in found and _down_round_holds(terms, solution):
            found.append(solution)
    return found


def _down_round_equations(
    terms: DownRoundTerms, plan: str, triggers: tuple[bool, ...], legs: tuple[str, ...]
) -> list[Equation]:
    new_money = Fraction(terms.new_money)
    worth = Fraction(terms.pre_money) + new_money
    parts = [*(f"S {series.name}" for series in terms.series), *(f"Q {note.id}" for note in terms.notes)]
    equations: list[Equation] = [
        ({"T": 1, "C": -1, "plan": -1, **dict.fromkeys(parts, -1)}, Fraction(terms.unprotected_shares)),
        ({"C": worth, "T": -new_money}, 0),
    ]
    if plan == "target":
        equations.append(({"plan": 1, "T": -Fraction(terms.pool_total_fraction)}, 0))
    else:
        equations.append(({"plan": 1}, Fraction(terms.existing_pool_total)))
    for series, triggered in zip(terms.series, triggers, strict=True):
        before, price, base = map(_exact, (series.as_converted, series.conversion_price, terms.base))
        if triggered:
            grown = base + new_money / price
            equations.append(({f"S {series.name}": grown, "C": -before}, before * base))
        else:
            equations.append(({f"S {series.name}": 1}, before))
    for note, leg in zip(terms.notes, legs, strict=True):
        shares, amount = f"Q {note.id}", Fraction(note.amount)
        if leg == "cap" and note.cap is not None:
            equations.append(({shares: Fraction(note.cap), "T": -amount, "C": amount}, 0))
        else:
            equations.append(({shares: worth * (1 - Fraction(note.discount)), "T": -amount}, 0))
    return equations


def _exact(value: object) -> Fraction:
    assert isinstance(value, int | Fraction)
    return Fraction(value)


def _down_round_holds(terms: DownRoundTerms, solution: Solution) -> bool:
    total, issued = solution["T"], solution["C"]
    if not (total > 0 and issued >= 0):
        return False
    price = (Fraction(terms.pre_money) + Fraction(terms.new_money)) / total
    if solution["plan"] != max(
        Fraction(terms.pool_total_fraction) * total, Fraction(terms.existing_pool_total)
    ):
        return False
    for series in terms.series:
        before, cp1, base = map(_exact, (series.as_converted, series.conversion_price, terms.base))
        cp2 = cp1 * (base + Fraction(terms.new_money) / cp1) / (base + issued) if cp1 > price else cp1
        if solution[f"S {series.name}"] != before * cp1 / cp2:
            return False
    for note in terms.notes:
        prices = [price * (1 - Fraction(note.discount))]
        if note.cap is not None:
            prices.append(Fraction(note.cap) / (total - issued))
        if solution[f"Q {note.id}"] != Fraction(note.amount) / min(prices):
            return False
    return True
