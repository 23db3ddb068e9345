"""The cap table: holders by securities, or securities with their four counts; sums that are sums."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.lens import Basis, Lens
from neocapgui.figures.cap_table import UNALLOCATED, cap_table, cap_table_by_security, subtitle
from neocapgui.figures.kinds import PLAIN, Kind
from neocapgui.figures.tables import Table
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, Exercise, SecurityKind
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
    contradictory_ledgers,
    day,
    issued,
    passed,
)

LENS = Lens(date(2022, 12, 31), 1, Basis.AS_CONVERTED)
FOUNDERS = (issued(1, "01-01", ADA, 750), issued(2, "01-01", BOB, 250))
SERIES_A = issued(3, "02-01", CLEO, 500, security=PREFERRED.id)


def shown(table: Table) -> list[list[str]]:
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [
        [column.text(cell, PLAIN) for column, cell in zip(table.columns, row.cells, strict=True)]
        for row in rows
    ]


def heads(table: Table) -> list[str]:
    return [column.title for column in table.columns]


def test_who_holds_what_with_the_largest_owner_first() -> None:
    table = cap_table(cast(*FOUNDERS, SERIES_A, TWO_FOR_ONE), LENS)
    assert heads(table) == ["Stakeholder", "Common Stock", "Series A", "As-converted shares", "Stake %"]
    assert shown(table) == [
        ["Cleo", "", "500", "1,000", "50.00"],
        ["Ada", "750", "", "750", "37.50"],
        ["Bob", "250", "", "250", "12.50"],
        ["Total", "1,000", "500", "2,000", "100.00"],
    ]


def test_the_subtitle_names_company_basis_and_day() -> None:
    renamed = Transaction(9, day("03-01"), "rename", issuer=1, value="Acme Corp.")
    ceased = Transaction(8, day("04-01"), "status", issuer=1, value="ceased operations")
    assert subtitle(cast(), LENS) == "Acme, Inc.  ·  as converted  ·  31 Dec 2022"
    assert subtitle(cast(renamed, ceased), LENS) == (
        "Acme, Inc., now Acme Corp.  ·  ceased operations  ·  as converted  ·  31 Dec 2022"
    )
    for nobody in (None, 99):
        assert subtitle(cast(), replace(LENS, issuer=nobody)) == "31 Dec 2022"


def test_treasury_shares_stand_in_the_table_without_a_stake() -> None:
    kept = issued(9, "01-02", ACME_ITSELF, 100)
    assert shown(cap_table(cast(*FOUNDERS, kept), LENS)) == [
        ["Ada", "750", "750", "75.00"],
        ["Bob", "250", "250", "25.00"],
        ["Acme, Inc.", "100", "", ""],
        ["Total", "1,100", "1,000", "100.00"],
    ]


def test_what_should_count_and_cannot_stands_without_a_stake() -> None:
    unknown = replace(TWO_FOR_ONE, basis=ConversionBasis.NOTICE)
    book = cast(*FOUNDERS, SERIES_A, unknown)
    assert shown(cap_table(book, LENS))[-2:] == [
        ["Cleo", "", "500", "", ""],
        ["Total", "1,000", "500", "1,000", "100.00"],
    ]
    names = [row.cells[0] for row in cap_table_by_security(book, LENS).rows]
    assert names == ["Common Stock", "Series A (not counted)"]


def test_what_a_plan_can_still_grant_is_a_line_of_its_own() -> None:
    plan = Security(20, 1, "Plan", SecurityKind.OPTION_PLAN, exercise=Exercise(1), reserve=Decimal(1000))
    table = cap_table(cast(*FOUNDERS, plan), replace(LENS, basis=Basis.FULLY_DILUTED))
    assert shown(table)[0] == [UNALLOCATED, "", "1,000", "50.00"]
    assert [row.key for row in table.rows] == [0, ADA.id, BOB.id]


def test_a_stake_is_exact_in_the_cell_and_rounded_only_on_the_screen() -> None:
    table = cap_table(cast(issued(1, "01-01", ADA, 1_030_555), issued(2, "01-01", BOB, 125_000)), LENS)
    assert table.rows[0].cells[-1] == Fraction(1_030_555, 1_155_555)
    assert shown(table)[0][-1] == "89.18"


def test_many_instruments_share_a_column_of_the_shares_they_count_for() -> None:
    warrants = [
        Security(
            100 + place,
            1,
            f"Warrant {place}",
            SecurityKind.WARRANT,
            exercise=Exercise(1, shares_per_unit=Decimal(2)),
        )
        for place in range(60)
    ]
    held = [issued(100 + place, "01-01", CLEO, 10, security=100 + place) for place in range(60)]
    table = cap_table(cast(*FOUNDERS, *warrants, *held), replace(LENS, basis=Basis.FULLY_DILUTED))
    assert heads(table) == ["Stakeholder", "Common Stock", "Warrants", "Fully diluted shares", "Stake %"]
    assert shown(table)[0] == ["Cleo", "", "1,200", "1,200", "54.55"]


def test_before_the_first_entry_the_table_is_empty_and_says_what_to_do() -> None:
    for book, lens in (
        (cast(*FOUNDERS), replace(LENS, as_of=day("2021-12-31"))),
        (cast(), LENS),
        (cast(), replace(LENS, issuer=None)),
    ):
        table = cap_table(book, lens)
        assert (list(table.rows), table.total) == ([], None)
        assert table.empty


# By security


def test_the_securities_stand_with_their_four_counts() -> None:
    chartered = replace(COMMON, authorized=Decimal(10_000))
    book = cast(chartered, *FOUNDERS, SERIES_A, TWO_FOR_ONE, issued(9, "01-02", ACME_ITSELF, 100))
    table = cap_table_by_security(book, LENS)
    assert heads(table) == [
        "Security",
        "Kind",
        "Authorized",
        "Issued",
        "Outstanding",
        "Reserved",
        "Available",
        "As-converted shares",
        "Stake %",
    ]
    assert shown(table) == [
        ["Common Stock", "common", "10,000", "1,100", "1,000", "1,000", "7,900", "1,000", "50.00"],
        ["Series A", "preferred", "", "500", "500", "", "", "1,000", "50.00"],
        ["Total", "", "", "", "", "", "", "2,000", "100.00"],
    ]


def test_a_security_stands_in_the_table_from_the_day_it_is_created() -> None:
    later = replace(PREFERRED, issued=day("06-01"))
    for text, count in (("05-31", 1), ("06-01", 2)):
        assert len(cap_table_by_security(cast(later), replace(LENS, as_of=day(text))).rows) == count


def test_shares_that_cancel_out_have_no_stakes_and_break_nothing() -> None:
    owed = Transaction(
        9, day("01-01"), "cancellation", security=PREFERRED.id, stakeholder=BOB.id, quantity=Decimal(100)
    )
    book = cast(issued(1, "01-01", ADA, 100), owed, replace(TWO_FOR_ONE, ratio=Fraction(1)))
    assert [row[-1] for row in shown(cap_table_by_security(book, LENS))] == ["", "", ""]
    assert [row[0] for row in shown(cap_table(book, LENS))] == ["Ada", "Bob", "Total"]


def test_a_holder_whose_papers_cancel_out_still_stands_in_the_table() -> None:
    one_for_one = replace(TWO_FOR_ONE, ratio=Fraction(1))
    book = cast(
        *FOUNDERS, one_for_one, passed(8, "01-02", CLEO, ADA, 10), replace(SERIES_A, quantity=Decimal(10))
    )
    assert ["Cleo", "-10", "10", "", ""] in shown(cap_table(book, LENS))


def column_sums(table: Table) -> list[Any]:
    return [
        sum((Fraction(row.cells[place] or 0) for row in table.rows), Fraction(0))
        if column.kind in (Kind.SHARES, Kind.COUNTED)
        else None
        for place, column in enumerate(table.columns)
    ]


@settings(max_examples=60)
@given(contradictory_ledgers(), st.sampled_from(Basis), st.sampled_from((1, 4)))
def test_every_column_of_shares_adds_up_to_its_total(book: Ledger, basis: Basis, issuer: int) -> None:
    table = cap_table(book, Lens(date.max, issuer, basis))
    if table.total is not None:
        totals = [None if cell is None else cell for cell in table.total.cells]
        for summed, total in zip(column_sums(table), totals, strict=True):
            assert summed is None or summed == (total or 0)
    assert len({row.key for row in table.rows}) == len(table.rows)


@settings(max_examples=60)
@given(contradictory_ledgers(), st.sampled_from(Basis))
def test_both_tables_tell_the_same_total(book: Ledger, basis: Basis) -> None:
    lens = Lens(date.max, 1, basis)
    by_holder, by_security = cap_table(book, lens), cap_table_by_security(book, lens)
    shares = sum((Fraction(row.cells[-2] or 0) for row in by_holder.rows), Fraction(0))
    assert shares == sum((Fraction(row.cells[-2] or 0) for row in by_security.rows), Fraction(0))
    stakes = [row.cells[-1] for row in by_holder.rows if row.cells[-1] is not None]
    assert sum(stakes, Fraction(0)) == (1 if stakes else 0)
