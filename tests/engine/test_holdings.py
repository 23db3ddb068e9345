"""Who holds what on a day, entry by entry, across splits, days of knowledge and plans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.holdings import Holdings, holdings, holdings_before
from neocapgui.engine.lens import Lens
from neocapgui.ledger.edits import add, apply, correct
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, Rounding
from neocapgui.ledger.transactions import Transaction
from tests.engine import naive_replay
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BOB,
    CLEO,
    COMMON,
    FIRST,
    PREFERRED,
    SPAN,
    cast,
    contradictory_ledgers,
    converted,
    day,
    issued,
    passed,
    sound_ledgers,
    split,
)


def held(ledger: Ledger, on: str, planned: bool = False, known: str = "") -> dict[tuple[int, int], Fraction]:
    lens = Lens(day(on), planned=planned, known=day(known) if known else None)
    return {(one.stakeholder, one.security): one.quantity for one in holdings(ledger, lens)}


def test_a_transfer_moves_shares_on_its_day() -> None:
    book = cast(issued(1, "01-01", ADA, 1000), passed(2, "01-03", ADA, BOB, 250))
    assert held(book, "01-02") == {(ADA.id, COMMON.id): 1000}
    assert held(book, "01-03") == {(ADA.id, COMMON.id): 750, (BOB.id, COMMON.id): 250}


def test_before_the_first_entry_nobody_holds_anything() -> None:
    book = cast(issued(1, "01-02", ADA, 1000))
    assert held(book, "01-01") == {}
    assert held(book, "0001-01-01") == {}


def test_an_empty_ledger_has_no_holdings() -> None:
    nothing = holdings(cast(), Lens(date(2022, 1, 1)))
    assert list(nothing) == []
    assert len(nothing) == 0
    assert nothing.totals() == {}
    assert nothing.of(ADA.id, COMMON.id) == nothing.total(COMMON.id) == 0


def test_what_was_given_away_entirely_is_no_holding() -> None:
    book = cast(issued(1, "01-01", ADA, 10), passed(2, "01-01", ADA, BOB, 10))
    assert held(book, "01-01") == {(BOB.id, COMMON.id): 10}


def test_a_conversion_turns_preferred_into_common_in_the_same_hand() -> None:
    book = cast(issued(1, "01-01", ADA, 200, security=PREFERRED.id), converted(2, "01-05", ADA, 70, 201_149))
    assert held(book, "01-05") == {(ADA.id, COMMON.id): 201_149, (ADA.id, PREFERRED.id): 130}


def test_an_exchange_passes_the_old_paper_to_the_company_that_gives_the_new_one() -> None:
    swap = Transaction(
        2,
        day("01-05"),
        "exchange",
        security=6,
        stakeholder=ADA.id,
        counterparty=ACME_ITSELF.id,
        quantity=Decimal(44_445),
        into_security=PREFERRED.id,
        into_quantity=Decimal(200),
    )
    book = cast(issued(1, "01-01", ADA, 44_445, security=6), swap)
    assert held(book, "01-05") == {(ADA.id, PREFERRED.id): 200, (ACME_ITSELF.id, 6): 44_445}
    surrendered = apply(book, correct("Retire it", swap, replace(swap, counterparty=None)))
    assert held(surrendered, "01-05") == {(ADA.id, PREFERRED.id): 200}


def test_shares_bought_back_are_retired_or_kept_as_treasury_shares() -> None:
    bought = Transaction(2, day("01-02"), "repurchase", security=1, stakeholder=ADA.id, quantity=Decimal(30))
    book = cast(issued(1, "01-01", ADA, 100), bought)
    assert held(book, "01-02") == {(ADA.id, 1): 70}
    kept = apply(book, correct("Keep", bought, replace(bought, counterparty=ACME_ITSELF.id)))
    assert held(kept, "01-02") == {(ADA.id, 1): 70, (ACME_ITSELF.id, 1): 30}


@pytest.mark.parametrize(
    ("kind", "after"),
    [("opening", 110), ("issuance", 110), ("expiry", 90), ("cancellation", 90), ("repurchase", 90)],
)
def test_a_kind_gives_or_takes(kind: str, after: int) -> None:
    entry = Transaction(2, day("01-02"), kind, security=1, stakeholder=ADA.id, quantity=Decimal(10))
    assert held(cast(issued(1, "01-01", ADA, 100), entry), "01-02") == {(ADA.id, 1): after}


def test_interest_in_kind_gives_new_paper_and_takes_none() -> None:
    paid = Transaction(
        2,
        day("01-02"),
        "in_kind",
        security=PREFERRED.id,
        stakeholder=ADA.id,
        into_security=COMMON.id,
        into_quantity=Decimal("3.5"),
    )
    book = cast(issued(1, "01-01", ADA, 100, security=PREFERRED.id), paid)
    assert held(book, "01-02") == {(ADA.id, COMMON.id): Fraction(7, 2), (ADA.id, PREFERRED.id): 100}


def test_a_change_of_authorized_shares_of_name_or_of_status_moves_nothing() -> None:
    book = cast(
        issued(1, "01-01", ADA, 100),
        Transaction(2, day("01-02"), "authorized", security=1, stakeholder=ADA.id, quantity=Decimal(9)),
        Transaction(3, day("01-02"), "reserve", security=1, stakeholder=ADA.id, quantity=Decimal(9)),
        Transaction(4, day("01-02"), "rename", issuer=1, value="Acme Corp."),
        Transaction(5, day("01-02"), "status", issuer=1, value="dissolved"),
        Transaction(6, day("01-02"), "conversion_price", security=2, price=Decimal(3)),
    )
    assert held(book, "01-02") == {(ADA.id, 1): 100}


# Order within a day


def test_entries_of_a_day_follow_their_order_before_their_number() -> None:
    split_first = cast(issued(1, "01-01", ADA, 10, order=2), split(2, "01-01", "3", order=1))
    split_last = cast(issued(1, "01-01", ADA, 10, order=1), split(2, "01-01", "3", order=2))
    by_number = cast(issued(2, "01-01", ADA, 10), split(1, "01-01", "3"))
    assert held(split_first, "01-01") == {(ADA.id, 1): 10}
    assert held(split_last, "01-01") == {(ADA.id, 1): 30}
    assert held(by_number, "01-01") == {(ADA.id, 1): 10}


def test_just_before_a_row_the_row_has_not_happened() -> None:
    book = cast(issued(1, "01-01", ADA, 100), split(2, "01-01", "1/3"), issued(3, "01-01", ADA, 1))
    lens = Lens(day("01-01"))
    assert [holdings_before(book, lens, row).of(ADA.id, 1) for row in range(4)] == [0, 100, 33, 34]


# Splits


@pytest.mark.parametrize(
    ("treatment", "ada", "bob"),
    [
        ("nearest", 19_345, 3),  # 483,635 / 25 = 19,345.4 and 63 / 25 = 2.52
        ("down", 19_345, 2),
        ("up", 19_346, 3),
        ("cash", 19_345, 2),
        ("none", Fraction("19345.4"), Fraction("2.52")),
        ("amount_follows", 19_346, 3),
    ],
)
def test_a_reverse_split_rounds_each_holder_as_it_says(
    treatment: str, ada: Fraction | int, bob: Fraction | int
) -> None:
    book = cast(
        issued(1, "01-01", ADA, 483_635), issued(2, "01-01", BOB, 63), split(3, "01-02", "1/25", treatment)
    )
    assert held(book, "01-02") == {(ADA.id, 1): ada, (BOB.id, 1): bob}


def test_a_split_that_does_not_say_follows_the_rounding_of_the_security() -> None:
    for rounding, shares in ((Rounding.NEAREST, 3), (Rounding.DOWN, 2), (Rounding.NONE, Fraction(5, 2))):
        book = cast(
            replace(COMMON, rounding=rounding),
            issued(1, "01-01", ADA, 5),
            split(2, "01-02", "1/2", "as usual"),
        )
        assert held(book, "01-02") == {(ADA.id, 1): shares}


def test_a_holder_below_one_new_share_disappears_for_cash() -> None:
    book = cast(issued(1, "01-01", ADA, 24), issued(2, "01-01", BOB, 25), split(3, "01-02", "1/25", "cash"))
    assert held(book, "01-02") == {(BOB.id, 1): 1}


def test_a_split_concerns_only_its_own_security() -> None:
    book = cast(
        issued(1, "01-01", ADA, 100),
        issued(2, "01-01", ADA, 100, security=PREFERRED.id),
        split(3, "01-02", "2", security=PREFERRED.id),
    )
    assert held(book, "01-02") == {(ADA.id, COMMON.id): 100, (ADA.id, PREFERRED.id): 200}


def test_a_split_before_any_issue_or_of_a_paper_nobody_holds_does_nothing() -> None:
    book = cast(split(1, "01-01", "2"), issued(2, "01-02", ADA, 10), split(3, "01-03", "2", security=6))
    assert held(book, "01-03") == {(ADA.id, 1): 10}


def test_shares_issued_after_a_split_are_not_divided_by_it() -> None:
    book = cast(issued(1, "01-01", ADA, 50), split(2, "01-02", "1/25"), issued(3, "01-03", ADA, 50))
    assert held(book, "01-03") == {(ADA.id, 1): 52}


def test_fractions_left_by_one_split_are_split_again_exactly() -> None:
    book = cast(
        issued(1, "01-01", ADA, 1), split(2, "01-02", "1/3", "none"), split(3, "01-03", "1/7", "none")
    )
    assert held(book, "01-02") == {(ADA.id, 1): Fraction(1, 3)}
    assert held(book, "01-03") == {(ADA.id, 1): Fraction(1, 21)}


def test_fractions_and_whole_shares_add_up_after_a_split() -> None:
    book = cast(issued(1, "01-01", ADA, 1), split(2, "01-02", "1/3", "none"), issued(3, "01-03", ADA, "0.25"))
    assert held(book, "01-03") == {(ADA.id, 1): Fraction(7, 12)}
    assert holdings(book, Lens(day("01-03"))).total(1) == Fraction(7, 12)
    assert holdings(book, Lens(day("01-03"))).totals() == {1: Fraction(7, 12)}


@pytest.mark.parametrize("ratio", ["0", "-2", "-1/25"])
def test_a_split_into_nothing_or_less_is_no_split(ratio: str) -> None:
    book = cast(issued(1, "01-01", ADA, 100), split(2, "01-02", ratio))
    assert held(book, "01-03") == {(ADA.id, 1): 100}


# Lens


def test_planned_entries_count_only_where_the_lens_counts_them() -> None:
    book = cast(
        issued(1, "01-01", ADA, 100),
        issued(2, "01-02", BOB, 50, certainty=Certainty.PLANNED),
        split(3, "01-03", "1/2", certainty=Certainty.PLANNED),
        issued(4, "01-04", CLEO, 1),
    )
    assert held(book, "01-04") == {(ADA.id, 1): 100, (CLEO.id, 1): 1}
    assert held(book, "01-04", planned=True) == {(ADA.id, 1): 50, (BOB.id, 1): 25, (CLEO.id, 1): 1}


def test_what_became_known_later_was_not_known_before() -> None:
    book = cast(issued(1, "01-01", ADA, 100), passed(2, "01-02", ADA, BOB, 40, recorded=day("01-20")))
    assert held(book, "01-31", known="01-19") == {(ADA.id, 1): 100}
    assert held(book, "01-31", known="01-20") == {(ADA.id, 1): 60, (BOB.id, 1): 40}


# Sizes


def test_counts_beyond_64_bits_stay_exact() -> None:
    many = 10**30 + 1
    book = cast(
        issued(1, "01-01", ADA, many),
        issued(2, "01-01", BOB, "0.00001"),
        passed(3, "01-02", ADA, BOB, 1),
        split(4, "01-03", "10/3", "none"),
    )
    assert held(book, "01-02") == {(ADA.id, 1): 10**30, (BOB.id, 1): Fraction("1.00001")}
    assert held(book, "01-03")[ADA.id, 1] == Fraction(10**31, 3)


def test_many_shares_that_each_fit_and_together_do_not_are_added_exactly() -> None:
    each = 9 * 10**17
    bought = [issued(id, "01-01", ADA, each) for id in range(1, 13)]
    paid = [
        replace(one, id=one.id + 20, kind="in_kind", into_security=1, into_quantity=one.quantity)
        for one in bought[:5]
    ]
    assert held(cast(*bought, *paid), "01-02") == {(ADA.id, 1): 17 * each}


def test_a_forward_split_beyond_64_bits_stays_exact_in_the_sum_too() -> None:
    holders = [replace(ADA, id=id, name=f"Holder {id}") for id in range(10, 15)]
    each = 4 * 10**17
    book = cast(
        *holders,
        *(issued(who.id, "01-01", who, each) for who in holders),
        split(20, "01-02", "5", "nearest"),
        *(issued(who.id + 20, "01-03", who, 10**17) for who in holders),
    )
    after = holdings(book, Lens(day("01-03")))
    assert after.of(10, 1) == 5 * each + 10**17
    assert after.total(1) == after.totals()[1] == 5 * (5 * each + 10**17)


def test_the_first_and_the_last_day_of_the_calendar_are_days_like_others() -> None:
    book = cast(issued(1, "0001-01-01", ADA, 5), passed(2, "9999-12-31", ADA, BOB, 2))
    assert held(book, "0001-01-01") == {(ADA.id, 1): 5}
    assert held(book, "9999-12-30") == {(ADA.id, 1): 5}
    assert held(book, "9999-12-31") == {(ADA.id, 1): 3, (BOB.id, 1): 2}


@pytest.mark.parametrize("who", [50, 20_000, 3_000_000])
@pytest.mark.parametrize("paper", [30, 999])
def test_numbers_with_wide_gaps_are_numbers_like_others(who: int, paper: int) -> None:
    """Up to some millions of pairs all are held; beyond, only those that occur are found and numbered."""
    far, rare = replace(ADA, id=who, name="Far"), replace(COMMON, id=paper, name="Rare")
    book = cast(
        far,
        rare,
        issued(1, "01-01", far, 100, security=paper),
        issued(2, "01-01", BOB, 50),
        passed(3, "01-02", far, BOB, 30, security=paper),
        converted(4, "01-03", far, 20, 40, security=paper),
        split(5, "01-04", "1/4", "down", security=paper),
    )
    assert held(book, "01-03") == {(2, 1): 50, (2, paper): 30, (who, 1): 40, (who, paper): 50}
    assert held(book, "01-04") == {(2, 1): 50, (2, paper): 7, (who, 1): 40, (who, paper): 12}


# Asking


def test_holdings_are_asked_by_place_by_holder_and_by_security() -> None:
    book = cast(
        issued(1, "01-01", BOB, 2), issued(2, "01-01", ADA, "1.5"), issued(3, "01-01", ADA, 9, security=6)
    )
    found = holdings(book, Lens(day("01-01")))
    assert [(one.stakeholder, one.security, one.quantity) for one in found] == [
        (ADA.id, 1, Fraction(3, 2)),
        (ADA.id, 6, 9),
        (BOB.id, 1, 2),
    ]
    assert found[-1] == found[2]
    with pytest.raises(IndexError):
        found[3]
    assert found.totals() == {1: Fraction(7, 2), 6: 9}
    assert found.of(CLEO.id, 1) == 0


def as_mapping(found: Holdings) -> dict[tuple[int, int], Fraction]:
    return {(one.stakeholder, one.security): one.quantity for one in found}


days_and_lenses = st.tuples(
    st.integers(-1, SPAN + 1).map(lambda after: FIRST + timedelta(after)),
    st.booleans(),
    st.one_of(st.none(), st.integers(-1, SPAN).map(lambda after: FIRST + timedelta(after))),
)


@settings(max_examples=100)
@given(contradictory_ledgers(), days_and_lenses)
def test_the_quick_replay_agrees_with_the_slow_one(
    book: Ledger, lens: tuple[date, bool, date | None]
) -> None:
    as_of, planned, known = lens
    found = holdings(book, Lens(as_of, planned=planned, known=known))
    assert as_mapping(found) == naive_replay.holdings(book, as_of, planned, known)
    for security, total in found.totals().items():
        assert total == found.total(security)
        assert total == sum(one.quantity for one in found if one.security == security)


@settings(max_examples=60)
@given(sound_ledgers(), st.integers(0, SPAN))
def test_in_a_sound_ledger_nobody_holds_less_than_nothing(book: Ledger, after: int) -> None:
    found = holdings(book, Lens(FIRST + timedelta(after)))
    assert all(one.quantity > 0 for one in found)


@settings(max_examples=60)
@given(contradictory_ledgers())
def test_just_before_any_row_the_two_replays_agree(book: Ledger) -> None:
    lens = Lens(date.max, planned=True)
    steps = [{}, *(after for _, after in naive_replay.replay(book, True, None))]
    for row, after in enumerate(steps):
        expected = {place: shares for place, shares in after.items() if shares}
        assert as_mapping(holdings_before(book, lens, row)) == expected


@settings(max_examples=40)
@given(sound_ledgers())
def test_a_transfer_conserves_the_class(book: Ledger) -> None:
    lens = Lens(date.max)
    before = holdings(book, lens)
    after = holdings(apply(book, add("Pass", [passed(90, "12-31", ADA, BOB, 7)])), lens)
    assert after.total(1) == before.total(1)
    assert after.of(ADA.id, 1) == before.of(ADA.id, 1) - 7
    assert after.of(BOB.id, 1) == before.of(BOB.id, 1) + 7
