"""Entries that cannot be, and counts held against charters, reserves, papers and holders."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from neocapgui.engine.finding import Place, Severity
from neocapgui.ledger.facts import PublishedCount, Security
from neocapgui.ledger.terms import (
    Exercise,
    SecurityKind,
)
from neocapgui.ledger.transactions import KIND, Transaction
from tests.engine.found import found, only
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BETA_ITSELF,
    BOB,
    CLEO,
    COMMON,
    converted,
    day,
    issued,
    passed,
    split,
)

# What is entered


def test_an_entry_that_lacks_what_its_kind_needs() -> None:
    unsaid = Transaction(4, day("03-01"), "transfer", security=1, stakeholder=ADA.id, quantity=Decimal(5))
    finding = only(issued(1, "01-01", ADA, 100), unsaid)
    assert (finding.code, finding.severity) == ("incomplete", Severity.ERROR)
    assert finding.message.startswith("The transfer of 1 Mar 2022 does not say its counterparty")
    assert finding.place == Place("transactions", 4, "counterparty")
    several = only(Transaction(5, day("03-02"), "conversion", stakeholder=ADA.id, security=1))
    assert "its quantity and into security and into quantity" in several.message
    assert found(issued(1, "01-01", ADA, 100), replace(unsaid, counterparty=BOB.id)) == []


def test_an_entry_of_every_kind_that_says_nothing_is_incomplete() -> None:
    for place, kind in enumerate(KIND, 1):
        codes = [finding.code for finding in found(Transaction(place, day("01-01"), kind))]
        assert codes == ["incomplete"]


@pytest.mark.parametrize("ratio", ["0", "-1/25"])
def test_a_split_into_nothing_or_less(ratio: str) -> None:
    finding = only(split(4, "09-05", ratio))
    assert (finding.code, finding.severity) == ("split_ratio", Severity.ERROR)
    assert finding.message == (
        f"The split of 5 Sep 2022 gives {ratio} new shares for each old one; it must be above 0, so it "
        "divides nothing."
    )
    assert finding.place == Place("transactions", 4, "ratio")
    assert found(split(4, "09-05", "1/25")) == []


# What is held


def test_more_taken_than_held() -> None:
    finding = only(issued(1, "01-01", ADA, 100), passed(7, "02-01", ADA, BOB, "1100.5"))
    assert (finding.code, finding.severity) == ("insufficient_quantity", Severity.ERROR)
    assert finding.message == "The transfer of 1 Feb 2022 takes 1,000.5 more Common Stock than Ada holds."
    assert finding.place == Place("transactions", 7, "quantity")
    assert finding.mend is None


def test_shares_bought_back_twice_are_more_than_held() -> None:
    def bought(id: int) -> Transaction:
        return Transaction(
            id, day("02-01"), "repurchase", security=1, stakeholder=ADA.id, quantity=Decimal(100)
        )

    assert found(issued(1, "01-01", ADA, 100), bought(2)) == []
    assert only(issued(1, "01-01", ADA, 100), bought(2), bought(3)).place.id == 3


def test_an_entry_earlier_than_its_security() -> None:
    later = replace(COMMON, issued=day("06-01"))
    finding = only(later, issued(3, "05-31", ADA, 100))
    assert (finding.code, finding.severity) == ("before_issue", Severity.ERROR)
    assert finding.message == (
        "The issuance of 31 May 2022 is earlier than Common Stock itself, which was created on 1 Jun 2022."
    )
    assert finding.place == Place("transactions", 3, "date")
    assert found(later, issued(3, "06-01", ADA, 100)) == []
    into = converted(4, "05-31", ADA, 0, 5)
    assert only(later, into).message.startswith("The conversion of 31 May 2022 is earlier than Common Stock")


def test_more_issued_than_authorized() -> None:
    chartered = replace(COMMON, authorized=Decimal(1000))
    finding = only(chartered, issued(1, "01-01", ADA, 900), issued(2, "02-01", BOB, 250))
    assert (finding.code, finding.severity) == ("over_authorized", Severity.WARNING)
    assert finding.message == (
        "Common Stock of Acme, Inc.: 1,150 are issued on 1 Feb 2022, 150 more than the 1,000 authorized."
    )
    assert finding.place == Place("securities", 1, "authorized")
    assert found(chartered, issued(1, "01-01", ADA, 1000)) == []
    assert found(issued(1, "01-01", ADA, 10**30)) == []


def test_only_the_first_time_that_too_much_is_issued_is_found() -> None:
    chartered = replace(COMMON, authorized=Decimal(10))
    assert len(found(chartered, *(issued(id, "01-01", ADA, 11) for id in range(1, 6)))) == 1


def test_an_amendment_in_time_is_enough_and_a_late_one_is_not() -> None:
    chartered = replace(COMMON, authorized=Decimal(1000))
    more = Transaction(5, day("02-01"), "authorized", security=1, quantity=Decimal(2000))
    book = (chartered, issued(1, "01-01", ADA, 900), issued(2, "02-01", BOB, 250))
    assert found(*book, more) == []
    late = only(*book, replace(more, date=day("02-02")))
    assert late.code == "over_authorized"


def test_treasury_shares_are_issued_too() -> None:
    chartered = replace(COMMON, authorized=Decimal(10))
    assert only(chartered, issued(1, "01-01", ACME_ITSELF, 11)).code == "over_authorized"


def test_a_reverse_split_makes_room() -> None:
    chartered = replace(COMMON, authorized=Decimal(10))
    book = (issued(1, "01-01", ADA, 10), split(2, "01-02", "1/5"), issued(3, "01-03", ADA, 8))
    assert found(chartered, *book) == []


WARRANT = Security(20, 1, "Warrant", SecurityKind.WARRANT, exercise=Exercise(into=1))


def test_too_little_left_for_what_is_reserved() -> None:
    chartered = replace(COMMON, authorized=Decimal(1_000_000))
    book = (WARRANT, issued(1, "01-01", ADA, 720_000), issued(2, "01-01", BOB, 330_003, security=20))
    finding = only(chartered, *book)
    assert (finding.code, finding.severity) == ("reserve_short", Severity.WARNING)
    assert finding.message == (
        "Common Stock of Acme, Inc. is 50,003 shares short: 720,000 issued and 330,003 reserved against "
        "1,000,000 authorized."
    )
    assert finding.place == Place("securities", 1, "authorized")
    assert found(replace(COMMON, authorized=Decimal(1_050_003)), *book) == []


def test_who_has_issued_too_much_is_not_told_of_the_reserve_as_well() -> None:
    chartered = replace(COMMON, authorized=Decimal(10))
    codes = [
        finding.code
        for finding in found(
            chartered, WARRANT, issued(1, "01-01", ADA, 11), issued(2, "01-01", BOB, 5, security=20)
        )
    ]
    assert codes == ["over_authorized"]


# Published counts

COVER = PublishedCount(5, day("08-10"), 1, Decimal(20_777_181), "10-Q for Q2 2001, cover")


def test_a_published_count_that_the_ledger_misses() -> None:
    finding = only(COVER, issued(1, "01-01", ADA, 20_777_182))
    assert (finding.code, finding.severity) == ("assertion_missed", Severity.WARNING)
    assert finding.message == (
        "On 10 Aug 2022 the ledger has 20,777,182 Common Stock outstanding, 1 more than the 20,777,181 "
        "stated by 10-Q for Q2 2001, cover."
    )
    assert finding.place == Place("published_counts", 5, "shares")
    fewer = only(replace(COVER, source=""), issued(1, "01-01", ADA, 20_777_000))
    assert "181 fewer than the 20,777,181 stated by the paper." in fewer.message
    assert found(COVER, issued(1, "01-01", ADA, 20_777_181)) == []


# Holders


def test_a_holder_that_should_be_a_company_of_the_file() -> None:
    unnamed = replace(CLEO, kind="issuer")
    finding = only(unnamed, issued(1, "01-01", CLEO, 5))
    assert (finding.code, finding.severity) == ("holder_unknown", Severity.WARNING)
    assert finding.message == "Cleo is marked as an issuer, but no issuer of this file is named for it."
    assert finding.place == Place("stakeholders", CLEO.id, "issuer")
    assert found(unnamed) == []
    assert found(issued(1, "01-01", CLEO, 5)) == []


def test_a_dissolved_company_that_still_holds_something() -> None:
    gone = Transaction(9, day("06-01"), "status", issuer=4, value="dissolved")
    finding = only(issued(1, "01-01", BETA_ITSELF, 5), gone)
    assert (finding.code, finding.severity) == ("holder_unknown", Severity.WARNING)
    assert finding.message == ("Beta GmbH still holds securities although it is dissolved since 1 Jun 2022.")
    away = passed(2, "05-31", BETA_ITSELF, ADA, 5)
    assert found(issued(1, "01-01", BETA_ITSELF, 5), gone, away) == []
    assert found(issued(1, "01-01", BETA_ITSELF, 5), replace(gone, value="ceased operations")) == []


def test_paper_of_a_dissolved_company_that_is_still_held() -> None:
    gone = Transaction(9, day("06-01"), "status", issuer=4, value="dissolved")
    finding = only(issued(1, "01-01", ADA, 5, security=6), gone)
    assert (finding.code, finding.severity) == ("issuer_dissolved", Severity.WARNING)
    assert finding.message == "Shares is still held although Beta GmbH is dissolved."
    assert finding.place == Place("securities", 6)
    cancelled = Transaction(
        2, day("05-31"), "cancellation", security=6, stakeholder=ADA.id, quantity=Decimal(5)
    )
    assert found(issued(1, "01-01", ADA, 5, security=6), cancelled, gone) == []
