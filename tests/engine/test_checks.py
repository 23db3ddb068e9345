"""All checks together: what they find in order, told in sentences, and mended where an edit can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.checks import CHECKS, findings
from neocapgui.engine.finding import Severity
from neocapgui.engine.lens import Lens
from neocapgui.ledger.edits import apply
from neocapgui.ledger.facts import PublishedCount
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.terms import ConversionBasis
from neocapgui.ledger.transactions import Transaction
from tests.engine.found import LENS, found
from tests.engine.ledgers import (
    ADA,
    BOB,
    CLEO,
    PREFERRED,
    TWO_FOR_ONE,
    cast,
    day,
    issued,
    passed,
    scenarios,
)


def test_a_ledger_without_contradictions_has_no_findings() -> None:
    assert found() == []
    assert found(issued(1, "01-01", ADA, 100), passed(2, "01-02", ADA, BOB, 100)) == []


def test_the_gravest_come_first_and_each_check_in_ledger_order() -> None:
    cover = PublishedCount(5, day("08-10"), 1, Decimal(100))
    floating = replace(TWO_FOR_ONE, basis=ConversionBasis.FLOATING)
    preferred = issued(1, "01-01", ADA, 5, security=PREFERRED.id)
    book = (cover, floating, preferred, passed(8, "02-01", BOB, ADA, 5), passed(7, "03-01", CLEO, ADA, 5))
    assert [(one.severity, one.code, one.place.id) for one in found(*book)] == [
        (Severity.ERROR, "insufficient_quantity", 8),
        (Severity.ERROR, "insufficient_quantity", 7),
        (Severity.WARNING, "assertion_missed", 5),
        (Severity.NOTE, "price_missing", 1),
    ]


def test_the_day_of_the_lens_does_not_matter() -> None:
    book = cast(passed(8, "02-01", BOB, ADA, 5))
    assert findings(book, LENS) == findings(book, Lens(date.min)) == findings(book, Lens(date.max))
    assert len(findings(book, LENS)) == 1


def test_a_file_full_of_the_same_mistake_is_told_so() -> None:
    many = [Transaction(id, day("01-01"), "rename", issuer=1) for id in range(1, 351)]
    listed = found(*many)
    assert len(listed) == 201
    assert listed[-1].message.startswith(
        "150 more of this kind: The rename of 1 Jan 2022 does not say its value"
    )


@settings(max_examples=40)
@given(scenarios(), st.booleans())
def test_every_finding_is_a_sentence_about_a_place_that_exists_and_every_mend_mends(
    book: Ledger, planned: bool
) -> None:
    lens = replace(LENS, planned=planned)
    kinds = {table: kind for kind, table in TABLES.items()}
    for finding in findings(book, lens):
        assert finding.message[0].isupper() or finding.message[0].isdigit()
        assert finding.message.endswith(".")
        fact = book.get(kinds[finding.place.table], finding.place.id)
        assert fact is not None
        assert not finding.place.field or hasattr(fact, finding.place.field)
        if finding.mend is not None:
            after = findings(apply(book, finding.mend), lens)
            assert (finding.code, finding.place) not in [(one.code, one.place) for one in after]


@settings(max_examples=25)
@given(scenarios())
def test_all_checks_together_find_what_each_finds(book: Ledger) -> None:
    whole = replace(LENS, as_of=date.max)
    each = [finding.message for check in CHECKS for finding in check(book, whole)]
    assert sorted(each) == sorted(finding.message for finding in findings(book, LENS))
