"""Mending: after the edit the finding is gone, and no other one came."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from neocapgui.engine.checks import findings
from neocapgui.engine.finding import Finding
from neocapgui.ledger.edits import apply
from neocapgui.ledger.facts import ConversionRight, Stakeholder
from neocapgui.ledger.ledger import Fact
from neocapgui.ledger.terms import ConversionBasis
from tests.engine.found import LENS
from tests.engine.ledgers import ADA, COMMON, PREFERRED, cast, converted, day, issued, split

SERIES_C = replace(PREFERRED, stated_value=Decimal(10_000))
AT_3_48 = ConversionRight(1, 2, 1, ConversionBasis.FIXED, price=Decimal("3.48"))
BY_NOTICE = replace(AT_3_48, basis=ConversionBasis.NOTICE, price=None)
HELD = issued(1, "06-25", ADA, 200, security=PREFERRED.id)
NOTICE = converted(2, "08-15", ADA, 70, 201_149, price=Decimal("3.48"))
BARE = replace(COMMON, authorized=Decimal(100), issued=day("01-01"))
MENDED: dict[str, tuple[tuple[Fact, ...], str]] = {
    "conversion_shares_differ": (
        (SERIES_C, AT_3_48, HELD, replace(NOTICE, into_quantity=Decimal(201_150))),
        "Mend: take the 201,149 shares the terms imply",
    ),
    "conversion_price_differs": (
        (SERIES_C, replace(AT_3_48, price=Decimal("3.480001")), HELD, NOTICE),
        "Mend: take the price 3.480001 of the terms",
    ),
    "incomplete": (
        (SERIES_C, AT_3_48, HELD, replace(NOTICE, into_quantity=None)),
        "Mend: take the 201,149 shares the terms imply",
    ),
    "price_missing": (
        (SERIES_C, BY_NOTICE, HELD, replace(NOTICE, price=None)),
        "Mend: take the price 3.48 that the shares imply",
    ),
    "amount_differs": (
        (issued(1, "03-08", ADA, 1_250_000, price=Decimal(4), amount=Decimal(5_100_000)),),
        "Mend: take the amount 5,000,000.00 that shares and price give",
    ),
    "before_issue": (
        (replace(COMMON, issued=day("02-01")), issued(1, "01-10", ADA, 5), issued(2, "01-20", ADA, 5)),
        "Mend: let Common Stock begin on 10 Jan 2022",
    ),
    "over_authorized": ((BARE, issued(1, "02-01", ADA, 150)), "Mend: authorize 150 Common Stock"),
    "reserve_short": (
        (BARE, SERIES_C, AT_3_48, issued(1, "02-01", ADA, 90), issued(2, "02-01", ADA, 1, security=2)),
        "Mend: authorize 2,964 Common Stock",
    ),
}


def found(facts: tuple[Fact, ...]) -> list[Finding]:
    return list(findings(cast(*facts), LENS))


@pytest.mark.parametrize("code", list(MENDED))
def test_the_mend_takes_the_finding_away_and_brings_no_other(code: str) -> None:
    facts, label = MENDED[code]
    ledger = cast(*facts)
    finding = next(one for one in findings(ledger, LENS) if one.code == code)
    assert finding.mend is not None
    assert finding.mend.label == label
    after = findings(apply(ledger, finding.mend), LENS)
    assert after == ()
    assert findings(apply(apply(ledger, finding.mend), finding.mend.inverse()), LENS) == findings(
        ledger, LENS
    )


@pytest.mark.parametrize(
    ("name", "label"),
    [("Beta GmbH", "Mend: Beta GmbH is that company"), ("Nobody", "Mend: hold Nobody for an institution")],
)
def test_a_holder_that_should_be_a_company_is_named_or_is_none(name: str, label: str) -> None:
    ledger = cast(Stakeholder(9, name, "issuer"), issued(1, "02-01", Stakeholder(9, name), 9))
    (finding,) = findings(ledger, LENS)
    assert finding.mend is not None
    assert finding.mend.label == label
    assert findings(apply(ledger, finding.mend), LENS) == ()


def test_a_price_is_not_taken_where_the_shares_are_not_its_own() -> None:
    wrong = replace(NOTICE, price=Decimal("3.50"), into_quantity=Decimal(200_000))
    (finding,) = found((SERIES_C, AT_3_48, HELD, wrong))
    assert finding.code == "conversion_price_differs"
    assert finding.mend is None


def test_both_securities_of_an_entry_begin_earlier() -> None:
    late = (replace(COMMON, issued=day("09-01")), replace(SERIES_C, issued=day("10-01")))
    ledger = cast(*late, AT_3_48, HELD, NOTICE)
    mended = ledger
    for finding in [one for one in findings(ledger, LENS) if one.place.id == NOTICE.id]:
        assert finding.mend is not None
        assert finding.mend.label.endswith(" and the other with it")
        mended = apply(ledger, finding.mend)
    assert mended != ledger
    assert "before_issue" not in [one.code for one in findings(mended, LENS)]


def test_a_security_does_not_begin_earlier_across_a_split() -> None:
    late = replace(COMMON, issued=day("03-01"))
    facts = (late, issued(1, "01-10", ADA, 5), split(2, "02-01", "2"))
    assert {one.mend for one in found(facts) if one.code == "before_issue"} == {None}


def test_each_authorized_number_that_is_too_small_is_raised() -> None:
    facts = (BARE, issued(1, "02-01", ADA, 150))
    (finding,) = found(facts)
    assert finding.mend is not None
    (change,) = finding.mend.changes
    assert change.after == replace(BARE, authorized=Decimal(150))
