"""The identities hold in every ledger, sound or contradictory, and what breaks one is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings

from neocapgui.engine.identity_checks import account_broken, accounts, whole_broken, wholes
from neocapgui.engine.lens import Lens
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import missing_fields
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BOB,
    COMMON,
    PREFERRED,
    cast,
    contradictory_ledgers,
    converted,
    issued,
    passed,
    sound_ledgers,
    split,
)

END = Lens(date.max, planned=True)


@settings(max_examples=60)
@given(sound_ledgers())
def test_stakes_make_exactly_one_in_every_sound_ledger(ledger: Ledger) -> None:
    for whole in wholes(ledger, END):
        assert whole.is_right, whole
        assert whole.stakes == (1 if whole.owned else 0)


@settings(max_examples=60)
@given(contradictory_ledgers())
def test_what_names_all_its_hands_adds_up_even_where_it_contradicts_itself(ledger: Ledger) -> None:
    hands = {"stakeholder", "counterparty"}
    named = [record for record in ledger.transactions if not hands & set(missing_fields(record))]
    for account in accounts(replace(ledger, transactions=Transactions.of(named)), END):
        assert not account.difference, account


def test_an_account_follows_issues_conversions_treasury_and_splits() -> None:
    book = cast(
        issued(1, "01-01", ADA, 1000),
        issued(2, "01-02", BOB, 10, security=PREFERRED.id),
        converted(3, "01-03", BOB, 4, 33),
        passed(4, "01-04", ADA, ACME_ITSELF, 100),
        split(5, "02-01", Fraction(1, 7), "down"),
        passed(6, "02-02", ADA, BOB, 28),
    )
    common, preferred = accounts(book, END)
    assert [common.given, common.taken, common.passed] == [1033, 0, 128]
    assert common.held == 900 // 7 + 100 // 7 + 33 // 7
    assert common.restated == common.held - 1033
    assert [preferred.given, preferred.taken, preferred.held] == [10, 4, 6]
    assert [list(account_broken(book, one)) for one in (common, preferred)] == [[], []]
    assert all(whole.is_right for whole in wholes(book, END))


def test_shares_that_nobody_is_named_for_are_missed() -> None:
    book = cast(issued(1, "01-01", ADA, 80), replace(issued(2, "01-02", BOB, 20), stakeholder=None))
    (account,) = accounts(book, END)
    assert [account.given, account.held, account.difference] == [100, 80, 20]
    (finding,) = account_broken(book, account)
    assert finding.message == (
        f"{COMMON.name} of Acme, Inc.: the entries give 100 shares and 80 are held, 20 fewer."
    )


def test_a_transfer_to_nobody_is_missed_twice() -> None:
    book = cast(issued(1, "01-01", ADA, 80), replace(passed(2, "01-02", ADA, BOB, 30), counterparty=None))
    (account,) = accounts(book, END)
    assert [finding.message for finding in account_broken(book, account)] == [
        "Common Stock of Acme, Inc.: 30 were passed on and 0 received.",
        "Common Stock of Acme, Inc.: the entries give 80 shares and 50 are held, 30 fewer.",
    ]


def test_stakes_that_do_not_make_a_whole_are_named() -> None:
    book = cast(issued(1, "01-01", ADA, 3))
    whole = replace(wholes(book, END)[0], stakes=Fraction(2, 3))
    assert not whole.is_right
    (finding,) = whole_broken(book, whole)
    assert finding.code == "stakes_differ"


def test_figures_beyond_64_bits_add_up_exactly() -> None:
    large = 9 * 10**24
    book = cast(issued(1, "01-01", ADA, large), issued(2, "01-01", BOB, large), split(3, "01-02", "3"))
    (account,) = accounts(book, END)
    assert [account.given, account.restated, account.held] == [2 * large, 4 * large, 6 * large]


def test_planned_entries_count_only_where_they_are_asked_for() -> None:
    book = cast(issued(1, "01-01", ADA, 3), issued(2, "01-02", BOB, 4, certainty=Certainty.PLANNED))
    assert [one.given for one in accounts(book, END)] == [7]
    assert [one.given for one in accounts(book, replace(END, planned=False))] == [3]
