"""Authorized, issued, outstanding and reserved: what a charter still leaves to promise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.reserves import Counts, counts, unallocated_pools
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import Certainty, ConversionBasis, Exercise, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BOB,
    CLEO,
    COMMON,
    PREFERRED,
    TWO_FOR_ONE,
    cast,
    day,
    issued,
    ledger_of,
    scenarios,
    split,
)

LENS = Lens(date(2022, 12, 31))
LISTED = replace(COMMON, authorized=Decimal(25_000_000), issued=day("01-01"))
FLOAT = issued(1, "01-01", ADA, 20_777_181)


def counted(*facts: Fact, security: int = COMMON.id, lens: Lens = LENS) -> Counts:
    (found,) = (one for one in counts(cast(*facts), lens, 1) if one.security == security)
    return found


def amended(id: int, on: str, shares: int | None) -> Transaction:
    count = None if shares is None else Decimal(shares)
    return Transaction(id, day(on), "authorized", security=COMMON.id, quantity=count)


def test_the_headroom_of_neotherapeutics_in_august_2001() -> None:
    """25,000,000 authorized, 20,777,181 outstanding, 1,404,046 registered for preferred and warrants."""
    preferred = replace(PREFERRED, reserve=Decimal(1_404_046))
    notice = replace(TWO_FOR_ONE, basis=ConversionBasis.NOTICE)
    facts = (LISTED, preferred, notice, FLOAT, issued(2, "02-01", BOB, 200, security=PREFERRED.id))
    found = counted(*facts)
    assert [found.authorized, found.issued, found.outstanding] == [25_000_000, 20_777_181, 20_777_181]
    assert [found.treasury, found.reserved, found.available] == [0, 1_404_046, 2_818_773]


def test_treasury_shares_are_issued_and_not_outstanding() -> None:
    found = counted(FLOAT, issued(2, "01-01", ACME_ITSELF, 1000))
    assert [found.issued, found.treasury, found.outstanding] == [20_778_181, 1000, 20_777_181]


def test_where_no_number_is_authorized_nothing_can_be_said_of_what_is_left() -> None:
    found = counted(FLOAT)
    assert found.authorized is None
    assert found.available is None


def test_only_an_amendment_changes_what_is_authorized() -> None:
    facts = (LISTED, FLOAT, split(2, "03-01", "1/25"), amended(3, "06-01", 50_000_000))
    on = {text: counted(*facts, lens=Lens(day(text))) for text in ("02-28", "03-01", "06-01")}
    assert [one.authorized for one in on.values()] == [25_000_000, 25_000_000, 50_000_000]
    assert on["03-01"].issued == 831_087  # 831,087.24, nearest
    assert counted(*facts, amended(4, "05-01", 1)).authorized == 50_000_000


def test_an_amendment_that_states_no_number_changes_nothing() -> None:
    assert counted(LISTED, FLOAT, amended(3, "06-01", None)).authorized == 25_000_000


def test_a_planned_amendment_counts_only_with_the_plans() -> None:
    planned = replace(amended(3, "06-01", 50_000_000), certainty=Certainty.PLANNED)
    assert counted(LISTED, planned).authorized == 25_000_000
    assert counted(LISTED, planned, lens=replace(LENS, planned=True)).authorized == 50_000_000


# What is reserved


def test_reserved_is_the_larger_of_what_is_registered_and_what_the_terms_give() -> None:
    held = issued(2, "02-01", BOB, 100, security=PREFERRED.id)
    assert counted(TWO_FOR_ONE, held).reserved == 200
    assert counted(TWO_FOR_ONE, held, replace(PREFERRED, reserve=Decimal(150))).reserved == 200
    assert counted(TWO_FOR_ONE, held, replace(PREFERRED, reserve=Decimal(250))).reserved == 250


def test_a_fraction_of_a_share_reserves_a_whole_one() -> None:
    third = replace(TWO_FOR_ONE, ratio=Fraction(1, 3))
    assert counted(third, issued(2, "02-01", BOB, 100, security=PREFERRED.id)).reserved == 34


def test_nothing_is_reserved_for_what_is_not_outstanding_or_cannot_convert() -> None:
    registered = replace(PREFERRED, reserve=Decimal(500))
    held = issued(2, "02-01", BOB, 100, security=PREFERRED.id)
    assert counted(registered, TWO_FOR_ONE).reserved == 0
    assert counted(registered, held).reserved == 0
    assert counted(registered, held, replace(TWO_FOR_ONE, ends=day("06-30"))).reserved == 0


WARRANT = Security(
    20, 1, "Warrant", SecurityKind.WARRANT, day("01-01"), exercise=Exercise(1, shares_per_unit=Decimal("1.5"))
)
PLAN = Security(
    21, 1, "Plan", SecurityKind.OPTION_PLAN, day("01-01"), exercise=Exercise(1), reserve=Decimal(1_000_000)
)
GRANT = Security(22, 1, "Grant", SecurityKind.OPTION, day("01-01"), plan=21, exercise=Exercise(1))


def test_warrants_reserve_what_they_buy_and_a_split_restates_it() -> None:
    held = issued(2, "02-01", BOB, 101, security=20)
    assert counted(WARRANT, held).reserved == 152  # 151.5, up
    assert counted(WARRANT, held, split(3, "06-01", "1/25")).reserved == 7  # 6.06, up
    assert counted(replace(WARRANT, exercise=Exercise()), held).reserved == 0


def test_a_warrant_of_another_company_reserves_shares_here() -> None:
    foreign = replace(WARRANT, issuer=4)
    assert counted(foreign, issued(2, "02-01", BOB, 100, security=20)).reserved == 150


def test_a_plan_keeps_what_was_exercised_and_gets_back_what_lapsed() -> None:
    """Reserve 1,000,000, newly 900,000; granted 500,000, exercised 50,000, cancelled 90,000: 490,000 left."""
    facts = (
        PLAN,
        GRANT,
        Transaction(2, day("02-01"), "reserve", security=21, quantity=Decimal(900_000)),
        issued(3, "03-01", BOB, 500_000, security=22),
        Transaction(
            4,
            day("04-01"),
            "exercise",
            security=22,
            stakeholder=BOB.id,
            quantity=Decimal(50_000),
            into_security=1,
            into_quantity=Decimal(50_000),
        ),
        Transaction(
            5, day("05-01"), "cancellation", security=22, stakeholder=BOB.id, quantity=Decimal(90_000)
        ),
    )
    assert unallocated_pools(cast(*facts), LENS, 1) == 490_000
    assert counted(*facts).reserved == 360_000 + 490_000
    assert counted(*facts, security=22).outstanding == 360_000


def test_a_split_restates_the_plan_and_what_was_exercised_under_it() -> None:
    """1,000,000 / 25 = 40,000, less 50,000 / 25 = 2,000 exercised, less 360,000 / 25 = 14,400 outstanding."""
    facts = (
        PLAN,
        GRANT,
        issued(3, "03-01", BOB, 410_000, security=22),
        Transaction(
            4,
            day("04-01"),
            "exercise",
            security=22,
            stakeholder=BOB.id,
            quantity=Decimal(50_000),
            into_security=1,
            into_quantity=Decimal(50_000),
        ),
        split(5, "06-01", "1/25"),
    )
    assert unallocated_pools(cast(*facts), LENS, 1) == 23_600


def test_a_plan_that_granted_too_much_has_nothing_left() -> None:
    facts = (PLAN, GRANT, issued(3, "03-01", BOB, 2_000_000, security=22))
    assert unallocated_pools(cast(*facts), LENS, 1) == 0


def test_a_plan_that_says_nothing_reserves_nothing() -> None:
    empty = replace(PLAN, reserve=None)
    assert unallocated_pools(cast(empty), LENS, 1) == 0
    unsaid = Transaction(2, day("02-01"), "reserve", security=21)
    assert unallocated_pools(cast(PLAN, unsaid), LENS, 1) == 1_000_000
    assert counted(replace(PLAN, exercise=Exercise())).reserved == 0


def test_a_company_without_securities_has_no_counts() -> None:
    assert counts(ledger_of(), LENS, 1) == ()


def test_preferred_that_is_exchanged_for_another_companys_paper_reserves_nothing_there() -> None:
    exchange = ConversionRight(1, PREFERRED.id, 6, ConversionBasis.RATIO, Fraction(1))
    book = cast(exchange, issued(2, "02-01", CLEO, 100, security=PREFERRED.id))
    assert [one.reserved for one in counts(book, LENS, 4)] == [0]


@settings(max_examples=40)
@given(scenarios(), st.sampled_from((1, 4)))
def test_issued_is_outstanding_and_treasury_and_available_is_what_is_left(book: Ledger, issuer: int) -> None:
    held = holdings(book, LENS)
    for one in counts(book, LENS, issuer):
        assert one.issued == held.total(one.security) == one.outstanding + one.treasury
        if one.authorized is not None:
            assert one.available == one.authorized - one.issued - one.reserved
