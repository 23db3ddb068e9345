"""The terms of a security in plain words, as stated and as they stand today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.terms_summary import Term, said, terms_of
from neocapgui.ledger.facts import ConversionRight, Price, Security
from neocapgui.ledger.ledger import Fact
from neocapgui.ledger.terms import (
    Accrual,
    Certainty,
    ConversionBasis,
    Exercise,
    Limits,
    Liquidation,
    LookBack,
    Participation,
    Redemption,
    Rounding,
    SecurityKind,
    Statistic,
    Vesting,
    WindowEnd,
)
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import ADA, PREFERRED, TWO_FOR_ONE, cast, day, issued, split

LENS = Lens(date(2022, 12, 31), 1)
BARE = Security(20, 1, "Bare", SecurityKind.COMMON)
FLOATING = ConversionRight(
    1,
    2,
    1,
    ConversionBasis.FLOATING,
    price=Decimal("6.15"),
    floor=Decimal("0.7160"),
    look_back=LookBack(days=10, statistic=Statistic.LOWEST, multiplier=Decimal("0.92")),
)


def terms(*facts: Fact, id: int = 2, style: Style = PLAIN) -> list[tuple[str, str, str]]:
    return [(term.group, term.label, term.text) for term in terms_of(cast(*facts), LENS, id, style)]


def group(name: str, *facts: Fact, id: int = 2) -> dict[str, str]:
    return {label: text for of, label, text in terms(*facts, id=id) if of == name}


def test_a_security_that_says_nothing_says_its_kind_and_its_certainty() -> None:
    assert terms(BARE, id=20) == [
        ("Class", "Kind", "common"),
        ("Class", "Fractions", "nearest"),
        ("Paper", "Certainty", "published"),
    ]


def test_a_class_is_told_with_its_units() -> None:
    full = replace(
        PREFERRED,
        issued=day("01-01"),
        par=Decimal("0.001"),
        authorized=Decimal(20_000_000),
        votes=Decimal(1),
        rounding=Rounding.AMOUNT_FOLLOWS,
        reserve=Decimal(500),
        source="Certificate of designation",
        certainty=Certainty.INFERRED,
        note="Terms not read.",
    )
    assert group("Class", full) == {
        "Kind": "preferred",
        "Created": "1 Jan 2022",
        "Par": "$0.001",
        "Authorized": "20,000,000",
        "Votes": "1 a share",
        "Stated value": "$100.00",
        "Fractions": "amount follows",
        "Reserved": "500",
    }
    assert group("Paper", full) == {
        "Certainty": "inferred",
        "Source": "Certificate of designation",
        "Note": "Terms not read.",
    }
    assert group("Class", replace(full, votes_as_converted=True))["Votes"] == "as converted"


def test_dividends_liquidation_redemption_and_limits_are_told() -> None:
    full = replace(
        PREFERRED,
        accrual=Accrual(Decimal("0.07")),
        liquidation=Liquidation(1, Decimal("1.5"), Participation.CAPPED, Decimal(3)),
        redemption=Redemption(Decimal(110), Decimal("0.1"), day("09-21")),
        limits=Limits(Decimal("0.0999"), Decimal("0.1999"), Decimal(20_777_181)),
    )
    assert group("Dividend or interest", full) == {"Rate": "7 % a year", "Accrues": "simple, actual/365f"}
    assert group("Liquidation", full) == {
        "Rank": "1",
        "Preference": "1.5 x stated value",
        "Participates": "capped, up to 3 x",
    }
    assert group("Redemption", full) == {"Price": "$110.00", "Premium": "10 %", "Day": "21 Sep 2022"}
    assert group("Limits", full) == {
        "Holder": "9.99 %",
        "Exchange cap": "19.99 %",
        "Outstanding at signing": "20,777,181",
    }


def test_a_warrant_is_told_as_stated_and_after_splits() -> None:
    warrant = Security(
        20,
        1,
        "Warrant",
        SecurityKind.WARRANT,
        day("01-01"),
        exercise=Exercise(1, Decimal("5.00"), Decimal(1), day("02-01"), day("12-01"), True, True),
    )
    assert group("Exercise", warrant, id=20) == {
        "Buys": "Acme · Common Stock",
        "Price": "$5.00",
        "Shares a unit": "1",
        "From": "1 Feb 2022",
        "Expires": "1 Dec 2022",
        "Adjustable": "shares or price are set by a formula later",
        "Listed": "publicly traded",
    }
    after = group("Exercise", warrant, split(1, "06-01", "1/25"), id=20)
    assert (after["Price"], after["Price after splits"]) == ("$5.00", "$125.00 (1:25 on 1 Jun 2022)")
    assert (after["Shares a unit"], after["Shares a unit after splits"]) == ("1", "0.04 (1:25 on 1 Jun 2022)")
    unpriced = replace(warrant, exercise=replace(warrant.exercise, price=None))
    assert group("Exercise", unpriced, split(1, "06-01", "1/25"), id=20)["Price"] == "not known"
    assert group("Exercise", replace(warrant, exercise=Exercise()), id=20) == {}


def test_a_conversion_is_told_with_what_it_gives_today() -> None:
    assert group("Conversion", TWO_FOR_ONE) == {
        "Into": "Acme · Common Stock",
        "Terms": "2 for each unit",
        "Today": "2 a unit",
    }
    fixed = replace(TWO_FOR_ONE, basis=ConversionBasis.FIXED, price=Decimal("3.48"))
    dated = replace(PREFERRED, issued=day("01-01"))
    after = group("Conversion", dated, fixed, split(1, "06-01", "1/25"))
    assert after["Terms"] == "Converts at $3.48"
    assert after["Price after splits"] == "$87.00 (1:25 on 1 Jun 2022)"
    assert after["Today"] == "1.149425… a unit at $87.00 (fixed)"


def test_each_restated_figure_names_the_splits_since_it_was_stated() -> None:
    dated = replace(PREFERRED, issued=day("01-01"))
    halved = split(1, "03-01", "2", security=2)
    reverse = split(2, "06-01", "1/25")
    assert group("Class", dated, halved)["Stated value"] == "$100.00"
    assert group("Class", dated, halved)["Stated value after splits"] == "$50.00 (2:1 on 1 Mar 2022)"
    assert group("Conversion", dated, TWO_FOR_ONE, halved, reverse) == {
        "Into": "Acme · Common Stock",
        "Terms": "2 for each unit",
        "Ratio after splits": "0.04 (2:1 on 1 Mar 2022 and 1:25 on 1 Jun 2022)",
        "Today": "0.04 a unit",
    }
    floating = group("Conversion", dated, FLOATING, reverse)
    assert floating["Price after splits"] == "$153.75 (1:25 on 1 Jun 2022)"
    assert floating["Floor after splits"] == "$17.90 (1:25 on 1 Jun 2022)"
    assert "Floor after splits" not in group(
        "Conversion", dated, replace(FLOATING, floor_restated=False), reverse
    )
    later = split(2, "2023-01-01", "1/25")
    assert "Price after splits" not in group("Conversion", dated, FLOATING, later)


def test_a_price_stated_again_after_a_split_is_not_restated_for_it() -> None:
    dated = replace(PREFERRED, issued=day("01-01"))
    fixed = replace(TWO_FOR_ONE, basis=ConversionBasis.FIXED, price=Decimal("3.48"))
    reset = Transaction(5, day("07-01"), "conversion_price", security=2, price=Decimal(80))
    changed = group("Conversion", dated, fixed, split(1, "06-01", "1/25"), reset)
    assert changed["Terms"] == "Converts at $3.48"
    assert "Price after splits" not in changed
    assert changed["Today"] == "1.25 a unit at $80.00 (fixed)"


# Vesting

MONTHLY = Security(
    20,
    1,
    "Option",
    SecurityKind.OPTION,
    day("01-01"),
    exercise=Exercise(1, Decimal(1)),
    vesting=Vesting(day("01-01"), cliff_months=6, duration_months=48),
)


def exercised(on: str, units: int) -> Transaction:
    return Transaction(
        9,
        day(on),
        "exercise",
        security=20,
        stakeholder=ADA.id,
        quantity=Decimal(units),
        into_security=1,
        into_quantity=Decimal(units),
    )


def test_a_vesting_schedule_is_told_with_what_has_vested_today() -> None:
    grant = issued(1, "01-01", ADA, 4_800, security=20)
    assert group("Vesting", MONTHLY, grant, exercised("10-01", 300), id=20) == {
        "Starts": "1 Jan 2022",
        "Cliff": "6 months",
        "Over": "48 months, every 1 month",
        "Allocation": "cumulative rounding",
        "First day": "1 Jul 2022",
        "Last day": "1 Jan 2026",
        "Vested": "1,100 of 4,800",
        "Unvested": "3,700",
        "Exercised": "300",
        "Exercisable": "800",
        "Next": "100 on 1 Jan 2023",
    }
    after = group("Vesting", MONTHLY, grant, split(2, "06-01", "1/25"), id=20)
    assert after["Exercisable"] == "1,100, for 44 shares"
    assert "Exercised" not in after


def test_nothing_is_left_to_vest_after_the_last_day() -> None:
    done = replace(MONTHLY, vesting=Vesting(duration_months=6, period_months=3))
    lines = group("Vesting", done, issued(1, "01-01", ADA, 10, security=20), id=20)
    assert lines["Starts"] == "on the day of the grant"
    assert lines["Over"] == "6 months, every 3 months"
    assert (lines["Vested"], lines["Last day"]) == ("10 of 10", "1 Jul 2022")
    assert not {"Cliff", "Unvested", "Next"} & set(lines)


def test_a_grant_that_vests_at_once_has_no_schedule() -> None:
    grant = issued(1, "01-01", ADA, 10, security=20)
    assert group("Vesting", replace(MONTHLY, vesting=Vesting()), grant, id=20) == {}
    assert "Vested" not in group("Vesting", MONTHLY, id=20)


def test_terms_that_make_no_schedule_say_why() -> None:
    wrong = replace(MONTHLY, vesting=Vesting(duration_months=10, period_months=3))
    assert group("Vesting", wrong, issued(1, "01-01", ADA, 10, security=20), id=20)["Today"] == (
        "not known: Option cannot vest over 10 months with an instalment every 3 months."
    )


def test_a_conversion_into_another_companys_paper_is_an_exchange() -> None:
    exchange = replace(TWO_FOR_ONE, into=6)
    assert group("Exchange", exchange)["Into"] == "Beta · Shares"
    assert group("Conversion", exchange) == {}


def test_what_is_not_known_today_says_why() -> None:
    assert group("Conversion", FLOATING)["Today"] == (
        "not known: The window asks for 10 trading days of vwap up to 2022-12-31; 0 are given."
    )
    entered = replace(FLOATING, look_back=replace(FLOATING.look_back, days=1, ends=WindowEnd.DAY_BEFORE))
    assert group("Conversion", entered, Price(1, 1, day("12-30"), vwap=Decimal("2.10")))["Today"] == (
        "51.759834… a unit at $1.932 (variable)"
    )


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({}, "Converts at the lower of 6.15 and 92 % of the lowest VWAP of 10 trading days, not below 0.716"),
        ({"price": None, "floor": None}, "Converts at 92 % of the lowest VWAP of 10 trading days"),
        (
            {"look_back": LookBack(days=20, statistic=Statistic.AVERAGE_OF_LOWEST, lowest=3), "floor": None},
            "Converts at the lower of 6.15 and the average of the lowest 3 VWAP of 20 trading days",
        ),
        (
            {"look_back": LookBack(), "price": None, "floor": None},
            "Converts at the lowest VWAP of ? trading days",
        ),
        (
            {"basis": ConversionBasis.NOTICE},
            "Converts at a floating price that each notice states; the formula is not known",
        ),
        ({"basis": ConversionBasis.FIXED}, "Converts at 6.15"),
        ({"basis": ConversionBasis.FIXED, "price": None}, "Converts at a price that is not entered"),
        ({"basis": ConversionBasis.RATIO}, "Converts at a ratio that is not entered"),
        ({"basis": ConversionBasis.RATIO, "ratio": Fraction(3, 2)}, "1.5 for each unit"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_right_is_told_in_plain_language(change: dict[str, Any], text: str) -> None:
    assert said(replace(FLOATING, **change)) == text


def test_numbers_are_written_in_the_marks_of_the_language() -> None:
    german = Style(",", ".", "DMY", ".", ("Jan.",) * 12)
    assert said(FLOATING, german).startswith("Converts at the lower of 6,15 and 92 %")
    dated = replace(PREFERRED, issued=day("01-01"), authorized=Decimal(20_000_000))
    texts = [text for _, _, text in terms(dated, style=german)]
    assert {"20.000.000", "1 Jan. 2022", "$100,00"} <= set(texts)
    assert Term("Class", "Kind", "preferred") in terms_of(cast(), LENS, 2)
