"""Amounts into shares: by hand, by their identities, and against a slow second way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.calculations.conversion import (
    FaceConverted,
    FaceRedeemed,
    class_conversion,
    conversion_notices,
    conversion_ratio,
    fixed_conversion,
    net_exercise,
    redemption,
    subscription,
    unit_exchange,
)
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.ledger.terms import Rounding

WHOLE = (Rounding.NEAREST, Rounding.DOWN, Rounding.UP, Rounding.CASH)
amounts = st.integers(0, 10**7).map(lambda cents: Fraction(cents, 100))
prices = st.integers(50, 10**6).map(lambda hundredths: Fraction(hundredths, 100))
events = st.one_of(
    st.builds(FaceConverted, amounts, prices, amounts),
    st.builds(FaceRedeemed, amounts, st.integers(0, 30).map(lambda percent: Fraction(percent, 100)), amounts),
)


def code_of(question: Callable[..., object], *figures: Any, **more: Any) -> str:
    with pytest.raises(CalculationRefused) as refused:
        question(*figures, **more)
    return refused.value.code


def test_each_rounding_of_one_conversion() -> None:
    shares = {policy: fixed_conversion(1000, 400, policy).shares for policy in (*WHOLE, Rounding.NONE)}
    assert shares == {
        Rounding.NEAREST: 3,  # 2.5 goes away from zero
        Rounding.DOWN: 2,
        Rounding.UP: 3,
        Rounding.CASH: 2,
        Rounding.NONE: Fraction(5, 2),
    }


def test_the_fraction_is_paid_at_the_conversion_price_unless_another_is_named() -> None:
    assert fixed_conversion(1000, 3, Rounding.CASH).cash_in_lieu == 1
    assert fixed_conversion(1000, 3, Rounding.CASH, cash_price=Fraction("3.25")).cash_in_lieu == Fraction(
        "1.08"
    )
    assert fixed_conversion(1000, 3, Rounding.DOWN, cash_price=5).cash_in_lieu == 0


def test_buyers_are_rounded_one_by_one() -> None:
    bought = subscription(13, {"north": 1_750_000, "south": 1_750_000}, Rounding.NEAREST)
    assert bought.shares == {"north": 134_615, "south": 134_615}
    assert bought.total_amount == 3_500_000


def test_the_money_follows_the_shares() -> None:
    bought = subscription(40, {"trust": 1_000_010}, Rounding.UP, amount_follows_shares=True)
    assert [bought.total_shares, bought.total_amount] == [25_001, 1_000_040]
    assert subscription(45, {"fund": 2_000_000}, Rounding.AMOUNT_FOLLOWS).amounts == {"fund": 2_000_025}


def test_two_notices_and_a_redemption_use_up_the_face() -> None:
    answer = conversion_notices(
        2_000_000,
        [
            FaceConverted(700_000, Fraction("3.48")),
            FaceConverted(1_000_000, Fraction("3.54")),
            FaceRedeemed(300_000),
        ],
        Rounding.NEAREST,
    )
    assert [conversion.shares for conversion in answer.conversions] == [201_149, 282_486]
    assert list(answer.redemptions) == [300_000]
    assert list(answer.faces_left) == [1_300_000, 300_000, 0]


def test_a_notice_is_held_against_the_face_left_at_its_turn() -> None:
    too_much = [FaceConverted(500_000, 1), FaceRedeemed(Fraction("250000.01"))]
    assert code_of(conversion_notices, 750_000, too_much, Rounding.DOWN) == "exceeds_face_outstanding"
    accrued = [FaceConverted(750_000, 1, accrued=10_000)]
    assert conversion_notices(750_000, accrued, Rounding.DOWN).remaining_face == 0


def test_a_share_of_stated_value_is_not_divided() -> None:
    whole = [FaceConverted(700_000, 7)]
    assert conversion_notices(10**6, whole, Rounding.DOWN, stated_value=10_000).total_shares == 100_000
    broken = [FaceConverted(705_000, 7)]
    assert code_of(conversion_notices, 10**6, broken, Rounding.DOWN, stated_value=10_000) == "not_a_multiple"


def test_the_premium_is_paid_on_the_face_alone() -> None:
    assert redemption(250_000, Fraction("0.10"), Fraction("4375.005")) == Fraction("279375.01")


def test_a_class_converts_at_the_quotient_of_its_prices() -> None:
    ratio = conversion_ratio(3, Fraction("2.80"))
    assert class_conversion(1000, ratio, Rounding.DOWN).shares == 1071
    assert class_conversion(33, Fraction("1.5"), Rounding.NEAREST).shares == 50
    assert class_conversion(1000, Fraction(4, 3), Rounding.UP).shares == 1334


def test_units_stay_exact_and_their_shares_are_rounded() -> None:
    exchange = unit_exchange(100, 3, conversion_price=7, fraction=Rounding.NEAREST)
    assert [exchange.units, exchange.as_converted_shares] == [Fraction(100, 3), 14]
    assert unit_exchange(100, 3).as_converted_shares is None


def test_a_net_exercise_at_the_strike_gives_nothing() -> None:
    assert net_exercise(10_000, 2, 7, Rounding.DOWN).shares == 7142
    assert net_exercise(10_000, 7, 7, Rounding.UP).shares == 0
    assert net_exercise(10_000, 0, 0, Rounding.UP).shares == 0


@pytest.mark.parametrize("price", [0, -1])
def test_a_price_that_cannot_be_is_refused(price: int) -> None:
    assert code_of(fixed_conversion, 1000, price, Rounding.DOWN) == "bad_input"
    assert code_of(subscription, price, {"buyer": 1}, Rounding.DOWN) == "bad_input"
    assert code_of(unit_exchange, 1000, 1, conversion_price=price) == "bad_input"


@settings(max_examples=60, deadline=None)
@given(amounts, prices)
def test_whole_shares_stay_near_the_amount(amount: Fraction, price: Fraction) -> None:
    down, nearest, up = (
        fixed_conversion(amount, price, policy).shares
        for policy in (Rounding.DOWN, Rounding.NEAREST, Rounding.UP)
    )
    assert down * price <= amount < (down + 1) * price
    assert abs(nearest * price - amount) <= price / 2
    assert (up - 1) * price < amount <= up * price
    in_cash = fixed_conversion(amount, price, Rounding.CASH)
    assert abs(in_cash.shares * price + in_cash.cash_in_lieu - amount) <= Fraction(1, 200)


def counted(amount: Fraction, price: Fraction, policy: Rounding) -> int:
    """Shares found by handing them out one at a time."""
    step = 1 << max(0, (amount // price).bit_length() - 12)  # far ones in strides, the last ones singly
    start = next(n for n in count(0, step) if (n + step) * price > amount)
    down = next(n for n in count(start) if (n + 1) * price > amount)
    paid, missing = amount - down * price, (down + 1) * price - amount
    if policy is Rounding.UP:
        return down if paid == 0 else down + 1
    if policy is Rounding.NEAREST:
        return down if paid < missing else down + 1
    return down


@settings(max_examples=60, deadline=None)
@given(amounts, st.lists(events, max_size=6), st.sampled_from(WHOLE))
def test_notices_agree_with_counting_by_hand(
    face_total: Fraction, notices: Sequence[FaceConverted | FaceRedeemed], policy: Rounding
) -> None:
    shares: list[Fraction] = []
    cash: list[Fraction] = []
    left, is_refused = face_total, False
    for event in notices:
        face, accrued = Fraction(event.face), Fraction(event.accrued)
        left -= face
        if left < 0:
            is_refused = True
            break
        if isinstance(event, FaceConverted):
            shares.append(Fraction(counted(face + accrued, Fraction(event.price), policy)))
        else:
            hundredths = face * 100 + face * Fraction(event.premium) * 100 + accrued * 100
            cash.append(Fraction(next(n for n in count(int(hundredths)) if 2 * hundredths < 2 * n + 1), 100))
    if is_refused:
        assert code_of(conversion_notices, face_total, notices, policy) == "exceeds_face_outstanding"
        return
    answer = conversion_notices(face_total, notices, policy)
    assert [conversion.shares for conversion in answer.conversions] == shares
    assert list(answer.redemptions) == cash
    assert (answer.total_shares, answer.total_cash, answer.remaining_face) == (sum(shares), sum(cash), left)
