"""SAFEs and convertible notes: what each counts, and the prices at which it can convert in a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from neocapgui.engine.calculations.circular_total import Line, fixed
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, rounded_shares
from neocapgui.ledger.terms import Rounding


class Form(StrEnum):
    """The form of an instrument that converts in a priced round."""

    POST_MONEY_SAFE = "post_money_safe"  # cap over the company capitalization
    NOTE_POST = "note_post"
    PRE_MONEY_SAFE = "pre_money_safe"  # cap over the pre-money count, without any converting instrument
    NOTE_PRE = "note_pre"
    NOTE_FIXED_BASE = "note_fixed_base"  # cap over a count stated in the note
    DISCOUNT_SAFE = "discount_safe"
    UNCAPPED = "uncapped"
    MFN = "mfn"  # most favoured nation: adopts one later instrument's terms as a whole
    FIXED_PRICE = "fixed_price"  # a price from outside the round
    FIXED_PERCENT = "fixed_percent"  # a percentage of the company capitalization


NEVER_CAPPED = frozenset({Form.DISCOUNT_SAFE, Form.UNCAPPED, Form.MFN, Form.FIXED_PRICE, Form.FIXED_PERCENT})
NEVER_DISCOUNTED = NEVER_CAPPED - {Form.DISCOUNT_SAFE}
NEVER_ADOPTED = frozenset({Form.MFN, Form.FIXED_PRICE, Form.FIXED_PERCENT})


class Basis(StrEnum):
    """The term that gave an instrument its conversion price."""

    CAP = "cap"
    DISCOUNT = "discount"
    ROUND = "round"
    FIXED = "fixed"
    FIXED_PERCENT = "fixed_percent"


@dataclass(frozen=True, slots=True)
class Convertible:
    """A SAFE or note as its paper states it."""

    id: str
    form: Form
    amount: Exact  # money that converts: principal, and accrued interest where it converts
    cap: Exact | None = None  # money
    discount: Exact = 0  # a fraction of the round's price
    capitalization_shares: Exact | None = None  # the count stated in a note of fixed base
    price: Exact | None = None  # the price from outside the round
    percent: Exact | None = None  # a fraction of the company capitalization


@dataclass(frozen=True, slots=True)
class Counts:
    """What a round offers an instrument to count, each linear in the round's total."""

    shares_per_money: Line  # 1 / price of the round
    company_capitalization: Line  # before new money and pool increase, with all that converts
    pre_money: Line  # before new money, with the pool increase, without anything that converts


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an instrument can convert."""

    basis: Basis
    shares_per_money: Line  # 1 / conversion price


def ways(terms: Convertible, counts: Counts) -> tuple[Way, ...]:
    """Return the ways in which an instrument can convert; the one with most shares counts.

    Price x (1 - discount), and under a cap the cap / the count of the form; or the one fixed way.
    An MFN has none of its own: see `adopted`. Source: Y Combinator, Post-Money Safe User Guide;
    NVCA seed-stage note form.

    >>> counts = Counts(fixed(Fraction(1, 2)), fixed(8_000_000), fixed(7_000_000))
    >>> note = Convertible("note", Form.NOTE_PRE, 300_000, cap=7_000_000, discount=Fraction(1, 5))
    >>> [(way.basis.value, 1 / way.shares_per_money.constant) for way in ways(note, counts)]
    [('discount', Fraction(8, 5)), ('cap', Fraction(1, 1))]
    """
    _refuse_nonsense(terms)
    if terms.form is Form.FIXED_PRICE:
        return (Way(Basis.FIXED, fixed(1 / Fraction(terms.price or 0))),)
    if terms.form is Form.FIXED_PERCENT:
        share = Fraction(terms.percent or 0) / Fraction(terms.amount)
        return (Way(Basis.FIXED_PERCENT, counts.company_capitalization * share),)
    basis = Basis.DISCOUNT if terms.discount else Basis.ROUND
    market = Way(basis, counts.shares_per_money / (1 - Fraction(terms.discount)))
    if terms.cap is None:
        return (market,)
    return market, Way(Basis.CAP, _counted(terms, counts) / terms.cap)


def _counted(terms: Convertible, counts: Counts) -> Line:
    match terms.form:
        case Form.POST_MONEY_SAFE | Form.NOTE_POST:
            return counts.company_capitalization
        case Form.PRE_MONEY_SAFE | Form.NOTE_PRE:
            return counts.pre_money
        case _:
            return fixed(terms.capitalization_shares or 0)


def adopted(
    convertibles: Sequence[Convertible], elections: Mapping[str, str | None]
) -> tuple[Convertible, ...]:
    """Return the instruments with the terms they convert on, each MFN with those it elects.

    An MFN takes form, cap and discount of one later instrument as a whole, with its own amount;
    without an election it converts at the round's price. The order of the instruments is the order
    of their issue and means nothing else.

    Refusals: `bad_input` for an election of an instrument that is not later or has no terms to
    adopt, or by one that is no MFN. Source: Y Combinator SAFE, MFN provision.

    >>> favoured = Convertible("favoured", Form.MFN, 90_000)
    >>> later = Convertible("later", Form.DISCOUNT_SAFE, 135_000, discount=Fraction(1, 4))
    >>> adopted([favoured, later], {"favoured": "later"})[0].discount
    Fraction(1, 4)
    """
    ids = [instrument.id for instrument in convertibles]
    favoured = {instrument.id for instrument in convertibles if instrument.form is Form.MFN}
    for id in elections:
        if elections[id] is not None and id not in favoured:
            raise CalculationRefused("bad_input", f"{id} elects {elections[id]} but is no MFN instrument.")
    if len(set(ids)) < len(ids):
        raise CalculationRefused("bad_input", f"Two of the instruments {', '.join(ids)} share a name.")
    return tuple(
        _terms_of(instrument, convertibles[number + 1 :], elections.get(instrument.id))
        for number, instrument in enumerate(convertibles)
    )


def adoptable(convertibles: Sequence[Convertible], id: str) -> tuple[str, ...]:
    """Return the later instruments whose terms an MFN may adopt, in the order of issue.

    >>> favoured = Convertible("favoured", Form.MFN, 90_000)
    >>> priced = Convertible("priced", Form.FIXED_PRICE, 50_000, price=2)
    >>> later = Convertible("later", Form.DISCOUNT_SAFE, 135_000, discount=Fraction(1, 4))
    >>> adoptable([favoured, priced, later], "favoured")
    ('later',)
    """
    place = [instrument.id for instrument in convertibles].index(id)
    return tuple(later.id for later in convertibles[place + 1 :] if later.form not in NEVER_ADOPTED)


def _terms_of(instrument: Convertible, later: Sequence[Convertible], elected: str | None) -> Convertible:
    if instrument.form is not Form.MFN:
        return instrument
    _refuse_nonsense(instrument)
    if elected is None:
        return instrument
    for candidate in later:
        if candidate.id == elected and candidate.form not in NEVER_ADOPTED:
            return replace(candidate, id=instrument.id, amount=instrument.amount)
    raise CalculationRefused(
        "bad_input",
        f"{instrument.id} cannot adopt {elected}: no later instrument of that name has such terms.",
    )


@dataclass(frozen=True, slots=True)
class NoteAtRound:
    """A note that meets a stated round price; nothing is left to solve."""

    principal: Exact
    round_price: Exact
    accrued: Exact = 0  # interest that converts
    discount: Exact = 0
    cap: Exact | None = None
    capitalization_shares: Exact | None = None  # counted under the cap
    rounding: Rounding = Rounding.DOWN


@dataclass(frozen=True, slots=True)
class ConvertedNote:
    """A note after its conversion, with the prices it had to choose from."""

    amount: Fraction
    discount_price: Fraction
    cap_price: Fraction | None
    conversion_price: Fraction
    basis: Basis
    shares: Fraction


def note_conversion(note: NoteAtRound) -> ConvertedNote:
    """Return the shares of a note at a stated round price and capitalization.

    Amount = principal + accrued; price = the lower of round price x (1 - discount) and cap /
    capitalization; shares = amount / price by the note's rounding, the prices unrounded. At a tie
    the discount is named. Refusals: `bad_input`. Source: NVCA seed-stage note form.

    >>> note = NoteAtRound(120_000, 1, 3_650, Fraction(1, 10), 3_000_000, 4_000_000)
    >>> converted = note_conversion(note)
    >>> converted.conversion_price, converted.basis.value, converted.shares
    (Fraction(3, 4), 'cap', Fraction(164866, 1))
    """
    amount = Fraction(note.principal) + Fraction(note.accrued)
    counted = note.capitalization_shares
    for is_wrong, sentence in (
        (note.round_price <= 0, f"The note meets a round price of {note.round_price}."),
        (note.principal < 0 or note.accrued < 0, f"The note converts {note.principal} and {note.accrued}."),
        (not 0 <= note.discount < 1, f"The note has a discount of {note.discount}."),
        (note.cap is not None and note.cap <= 0, f"The note has a cap of {note.cap}."),
        (note.cap is not None and not (counted or 0) > 0, f"The note has a cap over {counted} shares."),
    ):
        if is_wrong:
            raise CalculationRefused("bad_input", sentence)
    discount_price = Fraction(note.round_price) * (1 - Fraction(note.discount))
    cap_price = None if note.cap is None or counted is None else Fraction(note.cap) / Fraction(counted)
    basis, price = Basis.DISCOUNT if note.discount else Basis.ROUND, discount_price
    if cap_price is not None and cap_price < discount_price:
        basis, price = Basis.CAP, cap_price
    shares = rounded_shares(amount / price, note.rounding)
    return ConvertedNote(amount, discount_price, cap_price, price, basis, shares)


def _refuse_nonsense(terms: Convertible) -> None:
    form, name = terms.form, terms.id
    for is_wrong, sentence in (
        (terms.amount < 0, f"{name} converts {terms.amount}."),
        (terms.cap is not None and terms.cap <= 0, f"{name} has a cap of {terms.cap}."),
        (not 0 <= terms.discount < 1, f"{name} has a discount of {terms.discount}."),
        (
            terms.cap is not None and form in NEVER_CAPPED,
            f"{name} is {form.value} and has a cap of {terms.cap}.",
        ),
        (
            terms.discount != 0 and form in NEVER_DISCOUNTED,
            f"{name} is {form.value} and has a discount of {terms.discount}.",
        ),
        (
            form is Form.NOTE_FIXED_BASE
            and terms.cap is not None
            and not (terms.capitalization_shares or 0) > 0,
            f"{name} has a cap over a stated count of {terms.capitalization_shares} shares.",
        ),
        (
            form is Form.FIXED_PRICE and not (terms.price or 0) > 0,
            f"{name} converts at a price of {terms.price}.",
        ),
        (
            form is Form.FIXED_PERCENT and not (terms.percent or 0) > 0,
            f"{name} converts into {terms.percent} of the company.",
        ),
        (form is Form.FIXED_PERCENT and terms.amount == 0, f"{name} gives a percentage for no money."),
    ):
        if is_wrong:
            raise CalculationRefused("bad_input", sentence)
