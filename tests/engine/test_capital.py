"""How much money a company raised in a period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.calculations.rounding import cents
from neocapgui.engine.capital import Raised, capital_raised
from neocapgui.engine.lens import Lens
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import ADA, BOB, PREFERRED, cast, converted, day, issued, passed

YEAR = (date(2022, 1, 1), date(2022, 12, 31))
SALE = issued(1, "09-04", ADA, 5_000_000, price=Decimal("4.50"), amount=Decimal(22_500_000))


def raised(
    *entries: Transaction, start: date = YEAR[0], until: date = YEAR[1], planned: bool = False
) -> Fraction:
    found = capital_raised(cast(*entries), Lens(date(1900, 1, 1), planned=planned), 1, start, until)
    return sum((one.amount for one in found), Fraction(0))


def test_a_sale_of_shares_raises_its_amount() -> None:
    found = capital_raised(cast(SALE), Lens(date(2022, 9, 4)), 1, *YEAR)
    assert found == (Raised(1, date(2022, 9, 4), Fraction(22_500_000)),)


def test_both_ends_of_the_period_are_in_it() -> None:
    day_of_sale, next_day, day_before = day("09-04"), day("09-05"), day("09-03")
    assert raised(SALE, start=day_of_sale, until=day_of_sale) == 22_500_000
    assert raised(SALE, start=next_day) == raised(SALE, until=day_before) == 0
    assert raised(SALE, start=date.min, until=date.max) == 22_500_000
    assert raised(SALE, start=next_day, until=day_before) == 0


def test_where_no_amount_is_stated_it_is_shares_times_price_to_the_cent() -> None:
    """5,935,483 shares at $0.2325 are $1,379,999.7975."""
    assert raised(issued(1, "06-07", ADA, 5_935_483, price=Decimal("0.2325"))) == Fraction("1379999.80")


def test_a_stated_amount_governs_and_one_of_nothing_too() -> None:
    assert raised(replace(SALE, amount=Decimal(22_000_000))) == 22_000_000
    assert raised(replace(SALE, amount=Decimal(0))) == 0


def test_an_unknown_sum_is_left_out() -> None:
    assert raised(replace(SALE, amount=None, price=None)) == 0
    assert raised(replace(SALE, amount=None, quantity=None)) == 0
    assert raised(replace(SALE, amount=None, price=Decimal(0))) == 0


def test_an_exercise_pays_for_the_shares_it_brings() -> None:
    exercise = Transaction(
        2,
        day("05-15"),
        "exercise",
        security=PREFERRED.id,
        stakeholder=ADA.id,
        quantity=Decimal(100),
        price=Decimal("0.25"),
        into_security=1,
        into_quantity=Decimal(250),
    )
    assert raised(exercise) == Fraction("62.50")


def test_what_changes_hands_or_shape_brings_the_company_no_money() -> None:
    sold = passed(2, "03-01", ADA, BOB, 10, price=Decimal(5), amount=Decimal(50))
    turned = converted(3, "03-01", ADA, 70, 201_149, price=Decimal("3.48"), amount=Decimal(700_000))
    opening = replace(SALE, id=4, kind="opening")
    assert raised(sold, turned, opening) == 0


def test_only_sales_of_the_companys_own_paper_count() -> None:
    assert raised(replace(SALE, security=6)) == 0
    assert raised(replace(SALE, security=PREFERRED.id)) == 22_500_000
    assert raised(replace(SALE, security=None)) == 0


def test_a_planned_sale_raises_money_only_with_the_plans() -> None:
    planned = replace(SALE, certainty=Certainty.PLANNED)
    assert raised(planned) == 0
    assert raised(planned, planned=True) == 22_500_000


FIGURES = st.none() | st.decimals(-(10**25), 10**25, places=4) | st.integers(-9, 9).map(Decimal)


@given(st.lists(st.tuples(st.sampled_from(["issuance", "exercise"]), FIGURES, FIGURES, FIGURES), max_size=8))
def test_money_is_what_is_stated_or_shares_times_price_to_the_cent(
    said: list[tuple[str, Decimal | None, Decimal | None, Decimal | None]],
) -> None:
    records, expected = [], []
    for id, (kind, count, price, amount) in enumerate(said, 1):
        record = replace(SALE, id=id, order=id, kind=kind, quantity=count, price=price, amount=amount)
        records.append(replace(record, into_quantity=count))
        if amount is not None:
            expected.append(Raised(id, SALE.date, Fraction(amount)))
        elif price is not None and count is not None:
            expected.append(Raised(id, SALE.date, cents(Fraction(price) * Fraction(count))))
    assert capital_raised(cast(*records), Lens(SALE.date), 1, *YEAR) == tuple(expected)
