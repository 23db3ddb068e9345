"""The days on which something happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.lens import Lens
from neocapgui.engine.timeline import event_days, last_day, rows_of_issuer
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import Transaction
from tests.engine.ledgers import ADA, BOB, cast, contradictory_ledgers, converted, day, issued, passed
from tests.engine.naive_replay import counts

LENS = Lens(date(2022, 6, 1))
BOOK = cast(
    issued(1, "01-01", ADA, 10),
    issued(2, "01-01", BOB, 10),
    issued(3, "02-01", ADA, 10, security=6),
    Transaction(4, day("03-01"), "rename", issuer=4, value="Gamma GmbH"),
    converted(5, "04-01", ADA, 1, 1, security=6, into_security=2),
    passed(6, "12-01", ADA, BOB, 1, certainty=Certainty.PLANNED),
)


def days(ledger: Ledger, lens: Lens = LENS, issuer: int | None = None) -> list[tuple[str, int]]:
    found = event_days(ledger, lens, issuer)
    return [(found.day(place).strftime("%m-%d"), int(found.counts[place])) for place in range(len(found))]


def test_each_day_stands_once_with_the_number_of_its_entries() -> None:
    assert days(BOOK) == [("01-01", 2), ("02-01", 1), ("03-01", 1), ("04-01", 1)]


def test_a_day_of_a_company_is_one_of_its_paper_or_its_name() -> None:
    assert days(BOOK, issuer=1) == [("01-01", 2), ("04-01", 1)]
    assert days(BOOK, issuer=4) == [("02-01", 1), ("03-01", 1), ("04-01", 1)]
    assert days(BOOK, issuer=99) == []


def test_planned_days_and_days_known_later_count_as_the_lens_says() -> None:
    assert days(BOOK, replace(LENS, planned=True))[-1] == ("12-01", 1)
    late = cast(issued(1, "01-01", ADA, 10, recorded=day("05-01")))
    assert days(late, replace(LENS, known=day("04-30"))) == []
    assert days(late, replace(LENS, known=day("05-01"))) == [("01-01", 1)]


def test_the_last_day_is_that_of_the_last_entry_that_happened() -> None:
    assert last_day(BOOK) == day("04-01")
    assert last_day(cast()) is None
    assert last_day(cast(passed(6, "12-01", ADA, BOB, 1, certainty=Certainty.PLANNED))) is None
    assert last_day(cast(issued(1, "9999-12-31", ADA, 1))) == date.max


def test_rows_of_all_companies_are_all_rows() -> None:
    assert rows_of_issuer(BOOK, None) is None
    assert rows_of_issuer(cast(), 1) is not None
    assert days(cast()) == days(cast(), issuer=1) == []


@settings(max_examples=60)
@given(contradictory_ledgers(), st.sampled_from((None, 1, 4)), st.booleans())
def test_the_days_are_those_of_the_entries_that_count(
    book: Ledger, issuer: int | None, planned: bool
) -> None:
    own = {paper.id for paper in book.securities.values() if paper.issuer == issuer}
    expected: dict[date, int] = {}
    for record in book.transactions:
        concerned = issuer is None or record.issuer == issuer or {record.security, record.into_security} & own
        if concerned and counts(record, planned, None):
            expected[record.date] = expected.get(record.date, 0) + 1
    found = event_days(book, Lens(date.min, planned=planned), issuer)
    assert {found.day(place): int(found.counts[place]) for place in range(len(found))} == expected
    assert [found.day(place) for place in range(len(found))] == sorted(expected)
