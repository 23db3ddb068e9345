"""The small tables that stand on pages: owners, dates ahead, reconciliation, standings, steps, search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.lens import Basis, Lens
from neocapgui.figures.largest_owners import largest_owners_table
from neocapgui.figures.ledger_search import transactions_found
from neocapgui.figures.next_dates import next_dates_table
from neocapgui.figures.reconciliation import reconciliation_table
from neocapgui.figures.stake_steps import stake_steps_table
from neocapgui.figures.standings import standings_table
from neocapgui.ledger.edits import add, apply
from neocapgui.ledger.facts import Approval, Issuer, PublishedCount, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Exercise, SecurityKind
from neocapgui.ledger.transactions import Transaction

FACTS = (
    Issuer(1, "Parent, Inc."),
    Issuer(2, "Daughter, Inc.", formed=date(2000, 1, 1)),
    Stakeholder(1, "Parent, Inc.", "issuer", 1),
    Stakeholder(2, "Ada"),
    Stakeholder(3, "Bob"),
    Security(1, 1, "Common", SecurityKind.COMMON),
    Security(2, 2, "Common", SecurityKind.COMMON),
    Security(3, 1, "Warrant", SecurityKind.WARRANT, exercise=Exercise(1, expires=date(2003, 5, 1))),
    Transaction(1, date(2001, 1, 1), "issuance", security=1, stakeholder=2, quantity=Decimal(300)),
    Transaction(2, date(2001, 1, 1), "issuance", security=1, stakeholder=3, quantity=Decimal(100)),
    Transaction(3, date(2001, 1, 2), "issuance", security=2, stakeholder=1, quantity=Decimal(75)),
    Transaction(4, date(2001, 1, 2), "issuance", security=2, stakeholder=2, quantity=Decimal(25)),
    Transaction(
        5,
        date(2001, 6, 1),
        "transfer",
        security=2,
        stakeholder=2,
        counterparty=1,
        quantity=Decimal(15),
        price=Decimal("3.5"),
        note="Bought back",
    ),
    Transaction(6, date(2001, 7, 1), "issuance", security=3, stakeholder=3, quantity=Decimal(40)),
    Transaction(
        7, date(2002, 7, 1), "status", issuer=2, value="ceased operations", amount=Decimal(1_500_000)
    ),
    PublishedCount(1, date(2001, 3, 31), 1, Decimal(400), "10-Q"),
    PublishedCount(2, date(2001, 6, 30), 1, Decimal(401), "10-Q"),
    Approval(1, 1, "stockholders", "Reverse split", meeting_date=date(2002, 9, 5)),
)
LENS = Lens(date(2001, 8, 31), 1, Basis.OUTSTANDING)


@pytest.fixture
def group() -> Ledger:
    return apply(Ledger(), add("Record the group", FACTS))


def test_the_largest_owners_and_the_others_sum_to_the_whole(group: Ledger) -> None:
    table = largest_owners_table(group, LENS, shown=1)
    assert [row.cells for row in table.rows] == [
        ("Ada", Fraction(300), Fraction(3, 4)),
        ("One other", Fraction(100), Fraction(1, 4)),
    ]
    assert table.total is not None
    assert table.total.cells == ("Total", Fraction(400), Fraction(1))


def test_a_file_without_a_company_has_no_owners() -> None:
    table = largest_owners_table(Ledger(), replace(LENS, issuer=None))
    assert not table.rows
    assert table.total is None


def test_the_dates_ahead_are_meetings_and_what_runs_out_while_it_is_held(group: Ledger) -> None:
    ahead = [row.cells for row in next_dates_table(group, LENS).rows]
    assert ahead == [
        (date(2002, 9, 5), "Stockholders' meeting: Reverse split", None),
        (date(2003, 5, 1), "Warrant: last day of exercise", Fraction(40)),
    ]
    before_the_issue = replace(LENS, as_of=date(2001, 6, 30))
    assert [row.cells[0] for row in next_dates_table(group, before_the_issue).rows] == [date(2002, 9, 5)]


def test_each_published_count_is_held_against_the_ledger_of_its_day(group: Ledger) -> None:
    table = reconciliation_table(group, LENS)
    titles = [column.title for column in table.columns]
    result = [
        (row.cells[titles.index("In the ledger")], row.cells[titles.index("Result")]) for row in table.rows
    ]
    assert result == [(400, "agrees"), (400, "1 fewer")]
    assert [row.fact for row in table.rows] == list(group.published_counts.values())


def test_a_company_that_ceased_stands_so_with_what_it_saves(group: Ledger) -> None:
    rows = standings_table(group, replace(LENS, as_of=date(2002, 7, 1))).rows
    assert rows[1].cells == ("Daughter, Inc.", "", "ceased operations", date(2002, 7, 1), Decimal(1_500_000))
    assert standings_table(group, LENS).rows[1].cells[2] == "active"


def test_the_stake_moves_in_steps_that_name_what_happened(group: Ledger) -> None:
    rows = stake_steps_table(group, LENS, 1, 2).rows
    assert [row.cells for row in rows] == [
        (date(2001, 1, 2), "Issuance × 2 of Common", Fraction(75), None, Fraction(3, 4), Fraction(3, 4)),
        (
            date(2001, 6, 1),
            "Transfer of Common, Ada",
            Fraction(90),
            Fraction(3, 4),
            Fraction(9, 10),
            Fraction(3, 20),
        ),
    ]


def test_a_company_that_holds_nothing_of_another_has_no_steps(group: Ledger) -> None:
    table = stake_steps_table(group, LENS, 2, 1)
    assert not table.rows
    assert table.empty == "Nothing of this company was ever in that hand."


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("", [1, 2, 3, 4, 5, 6, 7]),
        ("bob", [2, 6]),
        ("bob warrant", [6]),
        ("transfer", [5]),
        ("jun 2001", [5]),
        ("2001-01-02", [3, 4]),
        ("bought BACK", [5]),
        ("3.50", [5]),
        ("1,500,000", [7]),
        ("ceased", [7]),
        ("nobody", []),
    ],
)
def test_lines_are_found_by_names_days_figures_and_notes(
    group: Ledger, sought: str, found: list[int]
) -> None:
    table = transactions_found(group, LENS, True, sought)
    assert [row.key for row in table.rows] == found
    assert table.blank is not None


def test_a_search_in_one_company_leaves_out_the_others(group: Ledger) -> None:
    table = transactions_found(group, LENS, False, "ada")
    assert [row.key for row in table.rows] == [1]
    assert table.subtitle.startswith("1 of 3 lines with “ada”")
