"""Authorised shares held against what is outstanding and reserved."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.conversion import fixed_conversion
from neocapgui.engine.calculations.headroom import Headroom, Reserved, exhaustion_price, reserve_check
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.ledger.terms import Rounding


def test_what_is_left_of_the_authorised_shares() -> None:
    room = reserve_check(25_000_000, 20_777_181, [Reserved("preferred", 1_404_046)])
    assert [room.available, room.shortfall, room.sufficient] == [2_818_773, 0, True]


def test_each_reserve_is_rounded_up_by_itself() -> None:
    reserved = [Reserved("plan", 80_000), Reserved("notes", 100_001, Fraction("2.5"))]
    room = reserve_check(1_000_000, 700_000, reserved, treasury=20_000)
    assert list(room.reserved) == [80_000, 250_003]
    assert [room.available, room.shortfall, room.sufficient] == [-50_003, 50_003, False]


def test_nothing_left_is_enough() -> None:
    assert reserve_check(100, 100, []).sufficient


def test_negative_counts_are_refused() -> None:
    with pytest.raises(CalculationRefused) as refused:
        reserve_check(100, -1, [])
    assert refused.value.code == "bad_input"
    with pytest.raises(CalculationRefused) as refused:
        exhaustion_price(100, 0)
    assert refused.value.code == "bad_input"


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**7), st.integers(1, 10**6), st.integers(1, 5))
def test_below_the_exhaustion_price_the_class_is_too_small(amount: int, free: int, multiple: int) -> None:
    price = exhaustion_price(amount, free, multiple)

    def room(at: Fraction) -> Headroom:
        shares = fixed_conversion(amount, at, Rounding.NONE).shares
        return reserve_check(free, 0, [Reserved("note", shares, multiple)])

    assert room(price).available == 0
    assert not room(price * Fraction(free, free + 1)).sufficient
