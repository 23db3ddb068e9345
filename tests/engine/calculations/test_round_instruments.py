"""SAFEs and notes by themselves: what they adopt, and what they convert into at a stated price."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.circular_total import fixed
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.round_instruments import (
    Basis,
    Convertible,
    Counts,
    Form,
    NoteAtRound,
    adoptable,
    adopted,
    note_conversion,
    ways,
)
from neocapgui.ledger.terms import Rounding

COUNTS = Counts(fixed(Fraction(1, 2)), fixed(8_000_000), fixed(7_000_000))
MFN = Convertible("mfn", Form.MFN, 500)
CAPPED = Convertible("capped", Form.POST_MONEY_SAFE, 1_000, cap=10_000)
CHEAPER = Convertible("cheaper", Form.DISCOUNT_SAFE, 1_000, discount=Fraction(1, 5))


@pytest.mark.parametrize(
    ("form", "cap_price"),
    [
        (Form.POST_MONEY_SAFE, 1),
        (Form.NOTE_POST, 1),
        (Form.PRE_MONEY_SAFE, Fraction(8, 7)),
        (Form.NOTE_PRE, Fraction(8, 7)),
        (Form.NOTE_FIXED_BASE, 2),
    ],
)
def test_each_form_counts_its_own_shares_under_the_cap(form: Form, cap_price: Fraction) -> None:
    note = Convertible("note", form, 100, cap=8_000_000, capitalization_shares=4_000_000)
    assert [(way.basis, 1 / way.shares_per_money.constant) for way in ways(note, COUNTS)] == [
        (Basis.ROUND, 2),
        (Basis.CAP, cap_price),
    ]


def test_an_mfn_adopts_one_package_whole_and_keeps_its_money() -> None:
    assert adopted([MFN, CAPPED, CHEAPER], {"mfn": "capped"})[0] == replace(CAPPED, id="mfn", amount=500)
    assert adopted([MFN, CAPPED, CHEAPER], {"mfn": "cheaper"})[0] == replace(CHEAPER, id="mfn", amount=500)
    assert adoptable([CAPPED, MFN, CHEAPER], "mfn") == ("cheaper",)


def test_an_mfn_without_election_converts_at_the_round_price() -> None:
    (terms,) = adopted([MFN], {"mfn": None})
    assert [way.basis for way in ways(terms, COUNTS)] == [Basis.ROUND]


@pytest.mark.parametrize(
    ("order", "elections"),
    [
        ([CAPPED, MFN], {"mfn": "capped"}),  # earlier
        ([MFN, CAPPED], {"mfn": "nobody"}),
        ([MFN, CAPPED], {"capped": "mfn"}),  # no MFN itself
        ([MFN, replace(MFN, id="other")], {"mfn": "other"}),  # nothing to adopt
        ([MFN, Convertible("priced", Form.FIXED_PRICE, 1, price=1)], {"mfn": "priced"}),
        ([CAPPED, CAPPED], {}),
    ],
)
def test_elections_that_mean_nothing_are_refused(
    order: list[Convertible], elections: dict[str, str | None]
) -> None:
    with pytest.raises(CalculationRefused) as refused:
        adopted(order, elections)
    assert refused.value.code == "bad_input"


@pytest.mark.parametrize(
    "nonsense",
    [
        replace(CAPPED, amount=-1),
        replace(CAPPED, cap=0),
        replace(CAPPED, discount=1),
        replace(CAPPED, discount=Fraction(-1, 10)),
        replace(CHEAPER, cap=1),
        replace(CHEAPER, form=Form.UNCAPPED),
        replace(CAPPED, form=Form.NOTE_FIXED_BASE),
        Convertible("priced", Form.FIXED_PRICE, 1),
        Convertible("percent", Form.FIXED_PERCENT, 1),
        Convertible("percent", Form.FIXED_PERCENT, 0, percent=Fraction(1, 20)),
    ],
)
def test_terms_that_contradict_their_form_are_refused(nonsense: Convertible) -> None:
    with pytest.raises(CalculationRefused, match=nonsense.id) as refused:
        ways(nonsense, COUNTS)
    assert refused.value.code == "bad_input"


def test_a_note_takes_the_lower_of_cap_and_discount() -> None:
    note = NoteAtRound(120_000, 1, 3_650, Fraction(1, 10), 3_000_000, 4_000_000)
    at_cap, at_discount = note_conversion(note), note_conversion(replace(note, cap=9_000_000))
    assert (at_cap.basis, at_cap.conversion_price, at_cap.shares) == (
        Basis.CAP,
        Fraction(3, 4),
        Fraction(164_866),
    )
    assert (at_discount.basis, at_discount.conversion_price) == (Basis.DISCOUNT, Fraction(9, 10))


def test_a_plain_note_converts_at_the_round_price() -> None:
    plain = note_conversion(NoteAtRound(70_000, Fraction("3.30"), 700, rounding=Rounding.UP))
    assert (plain.basis, plain.cap_price, plain.shares) == (Basis.ROUND, None, Fraction(21_425))


@pytest.mark.parametrize(
    "nonsense",
    [
        NoteAtRound(1, 0),
        NoteAtRound(-1, 1),
        NoteAtRound(1, 1, discount=1),
        NoteAtRound(1, 1, cap=0, capitalization_shares=1),
        NoteAtRound(1, 1, cap=1),
    ],
)
def test_a_note_that_cannot_be_is_refused(nonsense: NoteAtRound) -> None:
    with pytest.raises(CalculationRefused) as refused:
        note_conversion(nonsense)
    assert refused.value.code == "bad_input"


@given(
    st.integers(1, 10**7),
    st.integers(1, 10**4),
    st.integers(0, 99),
    st.integers(1, 10**8),
    st.integers(1, 10**7),
)
@settings(max_examples=100)
def test_rounded_down_shares_never_cost_more_than_the_amount(
    principal: int, price: int, discount: int, cap: int, counted: int
) -> None:
    note = note_conversion(NoteAtRound(principal, price, 0, Fraction(discount, 100), cap, counted))
    assert note.shares * note.conversion_price <= principal < (note.shares + 1) * note.conversion_price
    assert note.conversion_price <= price
