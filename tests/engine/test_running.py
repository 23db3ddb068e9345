"""Running totals: who first falls below nothing, and how many are issued after each entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.lens import Lens
from neocapgui.engine.running import Shortfall, running_total, shortfalls
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import Transaction
from tests.engine import naive_replay
from tests.engine.ledgers import (
    ADA,
    BOB,
    CLEO,
    PREFERRED,
    cast,
    contradictory_ledgers,
    converted,
    day,
    issued,
    passed,
    sound_ledgers,
    split,
)

LENS = Lens(date(2022, 1, 1))


def steps(ledger: Ledger, security: int = 1, lens: Lens = LENS) -> list[tuple[int, int | Fraction]]:
    rows, totals = running_total(ledger, lens, security)
    return [(ledger.transactions[row].id, total) for row, total in zip(rows.tolist(), totals, strict=True)]


def test_the_first_entry_that_takes_too_much_is_found_with_what_is_missing() -> None:
    book = cast(
        issued(1, "01-01", ADA, 100),
        passed(2, "01-02", ADA, BOB, 60),
        passed(3, "01-03", ADA, BOB, "60.5"),
        passed(4, "01-04", ADA, BOB, 10),
    )
    assert shortfalls(book, LENS) == (Shortfall(2, ADA.id, 1, Fraction("20.5")),)


def test_each_holding_is_watched_by_itself() -> None:
    book = cast(
        passed(1, "01-01", ADA, BOB, 5),
        issued(2, "01-02", ADA, 5),
        converted(3, "01-03", CLEO, 7, 14),
        passed(4, "01-04", BOB, CLEO, 9),
    )
    assert shortfalls(book, LENS) == (
        Shortfall(0, ADA.id, 1, Fraction(5)),
        Shortfall(2, CLEO.id, PREFERRED.id, Fraction(7)),
        Shortfall(3, BOB.id, 1, Fraction(4)),
    )


def test_what_is_given_back_the_same_day_but_too_late_is_found() -> None:
    late = cast(passed(1, "01-01", ADA, BOB, 5), issued(2, "01-01", ADA, 5))
    in_time = cast(passed(2, "01-01", ADA, BOB, 5), issued(1, "01-01", ADA, 5))
    assert len(shortfalls(late, LENS)) == 1
    assert shortfalls(in_time, LENS) == ()


def test_a_transfer_to_oneself_needs_the_shares_all_the_same() -> None:
    assert shortfalls(cast(passed(1, "01-01", ADA, ADA, 5)), LENS) == (Shortfall(0, ADA.id, 1, Fraction(5)),)
    assert shortfalls(cast(issued(1, "01-01", ADA, 5), passed(2, "01-01", ADA, ADA, 5)), LENS) == ()


def test_after_a_split_less_is_held() -> None:
    book = cast(issued(1, "01-01", ADA, 100), split(2, "01-02", "1/25"), passed(3, "01-03", ADA, BOB, 5))
    assert shortfalls(book, LENS) == (Shortfall(2, ADA.id, 1, Fraction(1)),)


def test_a_split_on_the_first_row_and_several_in_a_row_change_nothing() -> None:
    book = cast(
        split(1, "01-01", "2"),
        split(2, "01-01", "3"),
        issued(3, "01-02", ADA, 5),
        split(4, "01-03", "1/5", "none"),
        split(5, "01-03", "1/2", "none"),
        passed(6, "01-04", ADA, BOB, "0.5"),
        passed(7, "01-05", ADA, BOB, "0.1"),
    )
    assert shortfalls(book, LENS) == (Shortfall(6, ADA.id, 1, Fraction(1, 10)),)
    assert steps(book)[-1] == (5, Fraction(1, 2))


def test_plans_are_watched_only_with_the_plans() -> None:
    book = cast(passed(1, "01-01", ADA, BOB, 5, certainty=Certainty.PLANNED))
    assert shortfalls(book, LENS) == ()
    assert len(shortfalls(book, replace(LENS, planned=True))) == 1


def test_a_ledger_in_which_nothing_moves_has_no_shortfall() -> None:
    assert shortfalls(cast(), LENS) == ()
    name = Transaction(1, day("01-01"), "rename", issuer=1, value="Acme Corp.")
    assert shortfalls(cast(name), LENS) == ()
    assert shortfalls(cast(split(1, "01-01", "2")), LENS) == ()


def test_figures_beyond_64_bits_are_watched_exactly() -> None:
    many = 10**24
    book = cast(issued(1, "01-01", ADA, many), passed(2, "01-02", ADA, BOB, many + 1))
    assert shortfalls(book, LENS) == (Shortfall(1, ADA.id, 1, Fraction(1)),)


# Totals


def test_the_issued_count_follows_every_entry() -> None:
    book = cast(
        issued(1, "01-01", ADA, 100),
        passed(2, "01-02", ADA, BOB, 50),
        issued(3, "01-02", BOB, 13),
        split(4, "01-03", "1/25", "up"),
        converted(5, "01-04", CLEO, 1, 2),
        split(6, "01-05", "2", security=6),
    )
    assert steps(book) == [(1, 100), (3, 113), (4, 5), (5, 7)]  # 50 and 63 become 2 and 3
    assert steps(book, PREFERRED.id) == [(5, -1)]
    assert steps(book, 9) == []
    assert steps(cast()) == []


# Laws


@settings(max_examples=80)
@given(contradictory_ledgers(), st.booleans(), st.one_of(st.none(), st.just(date(2022, 1, 6))))
def test_shortfalls_are_those_of_the_slow_scan(book: Ledger, planned: bool, known: date | None) -> None:
    found = shortfalls(book, replace(LENS, planned=planned, known=known))
    quick = {(book.transactions[one.row].id, (one.stakeholder, one.security), one.short) for one in found}
    slow = {(one.transaction, one.place, one.short) for one in naive_replay.shortfalls(book, planned, known)}
    assert quick == slow
    assert [one.row for one in found] == sorted(one.row for one in found)


@settings(max_examples=60)
@given(sound_ledgers())
def test_a_sound_ledger_has_no_shortfall(book: Ledger) -> None:
    assert shortfalls(book, replace(LENS, planned=True)) == ()


@settings(max_examples=60)
@given(contradictory_ledgers(), st.sampled_from((1, 2, 6, 9)), st.booleans())
def test_running_totals_are_those_of_the_slow_replay(book: Ledger, security: int, planned: bool) -> None:
    assert steps(book, security, replace(LENS, planned=planned)) == naive_replay.totals(
        book, security, planned
    )
