"""One paper against another: notices against terms, amounts against prices, sums against approvals."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.checks import findings
from neocapgui.engine.finding import Finding, Place, Severity
from neocapgui.ledger.edits import apply
from neocapgui.ledger.facts import Approval, ConversionRight, Price, Scenario, Security
from neocapgui.ledger.ledger import Fact
from neocapgui.ledger.terms import (
    Certainty,
    ConversionBasis,
    Exercise,
    LookBack,
    Rounding,
    SecurityKind,
    WindowEnd,
)
from neocapgui.ledger.transactions import Transaction
from tests.engine.found import LENS, found, only
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    COMMON,
    PREFERRED,
    TWO_FOR_ONE,
    cast,
    converted,
    day,
    issued,
    split,
)

# Conversions

SERIES_C = replace(PREFERRED, name="7% Series C", stated_value=Decimal(10_000))
BY_NOTICE = replace(TWO_FOR_ONE, basis=ConversionBasis.NOTICE, ratio=None)
AT_3_48 = replace(BY_NOTICE, basis=ConversionBasis.FIXED, price=Decimal("3.48"))
HELD = issued(1, "01-01", ADA, 200, security=PREFERRED.id)
FIRST = converted(2, "08-15", ADA, 70, 201_149, price=Decimal("3.48"), amount=Decimal(700_000))
SECOND = converted(3, "08-31", ADA, 100, 282_486, price=Decimal("3.54"), amount=Decimal(1_000_000))


def mended(finding: Finding, *facts: Fact) -> list[Finding]:
    assert finding.mend is not None
    return list(findings(apply(cast(*facts), finding.mend), LENS))


def test_the_two_conversions_of_2001_are_what_their_terms_imply() -> None:
    assert found(SERIES_C, BY_NOTICE, HELD, FIRST, SECOND) == []


def test_a_conversion_that_states_other_shares_than_its_terms_imply() -> None:
    wrong = replace(FIRST, into_quantity=Decimal(201_150))
    finding = only(SERIES_C, BY_NOTICE, HELD, wrong)
    assert (finding.code, finding.severity) == ("conversion_shares_differ", Severity.WARNING)
    assert finding.message == (
        "The conversion of 15 Aug 2022 states 201,150 shares; the terms imply 201,149 (700,000 / 3.48 = "
        "201,149.43, nearest share): a difference of 1."
    )
    assert finding.place == Place("transactions", 2, "into_quantity")
    assert finding.mend is not None
    assert finding.mend.label == "Mend: take the 201,149 shares the terms imply"
    assert mended(finding, SERIES_C, BY_NOTICE, HELD, wrong) == []


@pytest.mark.parametrize(
    ("rounding", "shares"),
    [
        (Rounding.NEAREST, "282486"),  # 1,000,000 / 3.54 = 282,485.876
        (Rounding.UP, "282486"),
        (Rounding.AMOUNT_FOLLOWS, "282486"),
        (Rounding.DOWN, "282485"),
        (Rounding.CASH, "282485"),
    ],
)
def test_a_notice_is_rounded_as_its_paper_says(rounding: Rounding, shares: str) -> None:
    paper = replace(SERIES_C, rounding=rounding)
    right = replace(SECOND, into_quantity=Decimal(shares), amount=None)
    assert found(paper, BY_NOTICE, HELD, right) == []
    finding = only(paper, BY_NOTICE, HELD, replace(right, into_quantity=Decimal(1)))
    assert mended(finding, paper, BY_NOTICE, HELD, replace(right, into_quantity=Decimal(1))) == []


def test_a_count_that_no_decimal_writes_has_no_mend() -> None:
    fractional = replace(SERIES_C, rounding=Rounding.NONE)
    by_thirds = replace(FIRST, price=Decimal(3), amount=None)
    finding = only(fractional, BY_NOTICE, HELD, by_thirds)
    assert finding.code == "conversion_shares_differ"
    assert finding.mend is None
    exact = replace(FIRST, price=Decimal(32), amount=None)
    assert mended(only(fractional, BY_NOTICE, HELD, exact), fractional, BY_NOTICE, HELD, exact) == []


def test_a_mend_is_exact_at_any_size() -> None:
    many = replace(FIRST, quantity=Decimal(10**30 + 7), price=Decimal(1), amount=None)
    held = replace(HELD, quantity=Decimal(10**31))
    assert mended(only(SERIES_C, BY_NOTICE, held, many), SERIES_C, BY_NOTICE, held, many) == []


def test_a_conversion_at_another_price_than_the_terms_say() -> None:
    finding = only(SERIES_C, AT_3_48, HELD, SECOND)
    assert (finding.code, finding.severity) == ("conversion_price_differs", Severity.WARNING)
    assert finding.message == "The conversion of 31 Aug 2022 is at 3.54 a share; the terms imply 3.48."
    assert finding.place == Place("transactions", 3, "price")
    assert found(SERIES_C, AT_3_48, HELD, FIRST) == []


def test_a_conversion_without_a_price_is_held_against_the_terms() -> None:
    assert found(SERIES_C, AT_3_48, HELD, replace(FIRST, price=None)) == []
    wrong = replace(FIRST, price=None, into_quantity=Decimal(201_100))
    finding = only(SERIES_C, AT_3_48, HELD, wrong)
    assert (
        "states 201,100 shares; the terms imply 201,149 (70 x 2,873.56321839 = 201,149.43" in finding.message
    )


def test_a_ratio_governs_whatever_price_is_stated() -> None:
    assert found(TWO_FOR_ONE, HELD, converted(2, "02-01", ADA, 10, 20, price=Decimal(99))) == []
    finding = only(TWO_FOR_ONE, HELD, converted(2, "02-01", ADA, 10, 21))
    assert "the terms imply 20 (10 x 2 = 20, nearest share): a difference of 1." in finding.message


def test_a_conversion_is_held_against_the_terms_of_its_own_day() -> None:
    """A price of 3.48 is 87 after a split of 1 for 25; 700,000 / 87 = 8,045.98."""
    dated = replace(SERIES_C, issued=day("01-01"))
    after = converted(4, "10-01", ADA, 70, 8046, price=Decimal(87))
    assert found(dated, AT_3_48, HELD, split(3, "09-05", "1/25"), after) == []
    assert found(dated, AT_3_48, HELD, FIRST, split(3, "09-05", "1/25")) == []


def test_of_two_rights_the_one_that_was_open_on_the_day_is_looked_at() -> None:
    """$20.25 for 90 days, then at a floating price that each notice states."""
    fixed = replace(AT_3_48, price=Decimal("20.25"), ends=day("07-05"))
    floating = replace(BY_NOTICE, id=2, starts=day("07-06"))
    assert found(SERIES_C, fixed, floating, HELD, FIRST) == []
    early = replace(FIRST, date=day("07-05"))
    assert only(SERIES_C, fixed, floating, HELD, early).code == "conversion_price_differs"


def test_a_conversion_without_a_right_is_not_judged() -> None:
    assert found(SERIES_C, HELD, replace(FIRST, into_quantity=Decimal(1), amount=None)) == []


def test_an_exchange_into_another_companys_paper_is_held_against_its_ratio() -> None:
    right = ConversionRight(1, 6, PREFERRED.id, ConversionBasis.RATIO, Fraction(200, 44_445))
    swap = Transaction(
        2,
        day("06-25"),
        "exchange",
        security=6,
        stakeholder=ADA.id,
        counterparty=ACME_ITSELF.id,
        quantity=Decimal(44_445),
        into_security=PREFERRED.id,
        into_quantity=Decimal(200),
    )
    book = (right, issued(1, "01-01", ADA, 44_445, security=6))
    assert found(*book, swap) == []
    wrong = replace(swap, into_quantity=Decimal(199))
    finding = only(*book, wrong)
    assert finding.message.startswith("The exchange of 25 Jun 2022 states 199 shares; the terms imply 200")
    assert mended(finding, *book, wrong) == []


# Amounts


def test_an_amount_that_is_not_shares_times_price() -> None:
    sale = issued(1, "09-04", ADA, 5_000_000, price=Decimal("4.50"), amount=Decimal(22_500_000))
    assert found(sale) == []
    finding = only(replace(sale, amount=Decimal(22_500_009)))
    assert (finding.code, finding.severity) == ("amount_differs", Severity.WARNING)
    assert finding.message == (
        "The issuance of 4 Sep 2022 states an amount of 22,500,009.00; 5,000,000 x 4.50 is 22,500,000.00: a "
        "difference of 9.00."
    )
    assert finding.place == Place("transactions", 1, "amount")


def test_rounding_to_whole_shares_explains_less_than_one_price() -> None:
    sale = issued(1, "09-04", ADA, 588_235, price=Decimal("5.10"), amount=Decimal(3_000_000))
    assert found(sale) == []  # 2,999,998.50
    assert found(replace(sale, amount=Decimal("3000003.59"))) == []
    assert only(replace(sale, amount=Decimal("3000003.60"))).code == "amount_differs"


def test_where_the_amount_follows_the_shares_it_is_exact_to_the_cent() -> None:
    """44,445 shares at 45: 2,000,025, not the 2,000,000 that were asked for."""
    paper = replace(COMMON, rounding=Rounding.AMOUNT_FOLLOWS)
    sale = issued(1, "09-04", ADA, 44_445, price=Decimal(45), amount=Decimal(2_000_025))
    assert found(paper, sale) == []
    assert only(paper, replace(sale, amount=Decimal(2_000_000))).code == "amount_differs"
    assert found(replace(sale, amount=Decimal(2_000_000))) == []


def test_the_amount_of_a_conversion_speaks_of_the_shares_it_gives() -> None:
    assert found(SERIES_C, BY_NOTICE, HELD, FIRST) == []
    wrong = replace(FIRST, amount=Decimal(700_010))
    assert (
        "201,149 x 3.48 is 699,998.52: a difference of 11.48."
        in only(SERIES_C, BY_NOTICE, HELD, wrong).message
    )


def test_an_amount_without_a_price_or_a_count_is_not_judged() -> None:
    sale = issued(1, "09-04", ADA, 10, price=Decimal(1), amount=Decimal(99))
    assert found(replace(sale, price=None)) == []
    assert [one.code for one in found(replace(sale, quantity=None))] == ["incomplete"]
    assert only(replace(sale, price=Decimal(0), amount=Decimal(5))).code == "amount_differs"


# Prices

FLOATING = replace(
    BY_NOTICE,
    basis=ConversionBasis.FLOATING,
    look_back=LookBack(days=1, ends=WindowEnd.ON_CONVERSION_DATE),
)


def test_a_floating_conversion_without_a_market_price() -> None:
    codes = [(one.code, one.severity, one.place) for one in found(SERIES_C, FLOATING, HELD, FIRST)]
    assert codes == [
        ("price_missing", Severity.NOTE, Place("transactions", 2, "price")),
        ("price_missing", Severity.NOTE, Place("conversion_rights", 1)),
    ]
    message = found(SERIES_C, FLOATING, HELD, FIRST)[0].message
    assert message == (
        "The conversion of 15 Aug 2022: The window asks for 1 trading days of vwap up to 2022-08-15; 0 are "
        "given."
    )
    entered = Price(1, 1, day("08-15"), vwap=Decimal("3.48"))
    assert found(SERIES_C, FLOATING, HELD, FIRST, entered) == []


def test_nothing_outstanding_needs_no_market_price() -> None:
    assert found(SERIES_C, FLOATING) == []
    assert only(SERIES_C, FLOATING, HELD).place == Place("conversion_rights", 1)
    assert found(SERIES_C, replace(FLOATING, ends=day("06-30")), HELD) == []


def test_a_notice_whose_formula_is_not_known_must_state_its_price() -> None:
    finding = only(SERIES_C, BY_NOTICE, HELD, replace(FIRST, price=None))
    assert (finding.code, finding.severity) == ("price_missing", Severity.NOTE)
    assert finding.message == (
        "The conversion of 15 Aug 2022 states no price, and the formula of 7% Series C is not known."
    )
    assert finding.place == Place("transactions", 2, "price")


def test_a_conversion_by_another_right_needs_no_market_price() -> None:
    elsewhere = replace(FLOATING, id=2, into=6, ends=day("12-01"))
    assert found(SERIES_C, AT_3_48, elsewhere, HELD, FIRST) == []


# Approvals

FINANCING = Approval(
    3,
    1,
    "stockholders",
    "Market financings",
    meeting_date=day("09-05"),
    amount_limit=Decimal(10_000_000),
    shares_limit=Decimal(10_000_000),
    outcome="approved",
)
USD = Scenario(1, "Acme", currency="USD")


def test_more_money_or_shares_than_approved() -> None:
    sale = issued(1, "10-01", ADA, 9_000_000, price=Decimal(1), approval=3)
    assert found(FINANCING, sale) == []
    more = issued(2, "10-02", ADA, 2_000_000, amount=Decimal(2_500_000), approval=3)
    money, shares = found(USD, FINANCING, sale, more)
    assert {money.code, shares.code} == {"approval_exceeded"}
    assert {money.severity, shares.severity} == {Severity.WARNING}
    assert money.message == (
        "Market financings: 11,500,000 USD were used, 1,500,000 more than the 10,000,000 approved."
    )
    assert shares.message == (
        "Market financings: 11,000,000 shares were used, 1,000,000 more than the 10,000,000 approved."
    )
    assert money.place == Place("approvals", 3, "amount_limit")
    assert shares.place == Place("approvals", 3, "shares_limit")


def test_an_exercise_uses_the_shares_it_brings() -> None:
    bought = Transaction(
        1,
        day("10-01"),
        "exercise",
        security=20,
        stakeholder=ADA.id,
        quantity=Decimal(0),
        into_security=1,
        into_quantity=Decimal(10_000_001),
        approval=3,
    )
    warrant = Security(20, 1, "Warrant", SecurityKind.WARRANT, exercise=Exercise(into=1))
    assert only(FINANCING, warrant, bought).message.startswith("Market financings: 10,000,001 shares")


def test_a_split_or_an_amendment_uses_no_approved_shares() -> None:
    amended = Transaction(5, day("10-01"), "authorized", security=1, quantity=Decimal(50_000_000), approval=3)
    assert found(FINANCING, amended, split(6, "10-01", "1/25", approval=3, price=Decimal(2))) == []


def test_an_approval_that_came_too_late_or_was_refused() -> None:
    early = issued(1, "09-04", ADA, 5, approval=3)
    finding = only(FINANCING, early)
    assert (finding.code, finding.severity) == ("approval_missing", Severity.WARNING)
    assert finding.message == (
        "The issuance of 4 Sep 2022 relies on “Market financings”, which was decided only on 5 Sep 2022."
    )
    assert finding.place == Place("transactions", 1, "approval")
    on_the_day = replace(early, date=day("09-05"))
    assert found(FINANCING, on_the_day) == []
    refused = only(replace(FINANCING, outcome="rejected"), on_the_day)
    assert refused.message.endswith("relies on “Market financings”, which was rejected.")


def test_plans_use_an_approval_only_with_the_plans() -> None:
    planned = issued(1, "10-01", ADA, 10_000_001, approval=3, certainty=Certainty.PLANNED)
    assert found(FINANCING, planned) == []
    assert only(FINANCING, planned, planned=True).code == "approval_exceeded"
