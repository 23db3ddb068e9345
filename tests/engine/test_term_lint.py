"""Terms that can hurt: each remark is made where the term stands, and not where it does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.checks import findings
from neocapgui.engine.finding import Finding, Place, Severity
from neocapgui.engine.lens import Lens
from neocapgui.engine.remarks import remarks
from neocapgui.engine.repeated import repeated_entries
from neocapgui.engine.term_lint import remarks_on, remarks_on_terms
from neocapgui.exchange.samples import sample
from neocapgui.figures.checks.finding_rules import REMARK_RULES
from neocapgui.ledger.edits import apply
from neocapgui.ledger.facts import ConversionRight, Price, Security
from neocapgui.ledger.ledger import Fact
from neocapgui.ledger.terms import (
    ConversionBasis,
    Exercise,
    Limits,
    LookBack,
    SecurityKind,
    Statistic,
)
from tests.engine.ledgers import ADA, BETA_SHARES, COMMON, PREFERRED, cast, day, issued

LENS = Lens(day("12-31"), 1)
KIND_AVERAGE = LookBack(days=10, statistic=Statistic.AVERAGE)
HARMLESS = ConversionRight(1, 2, 1, ConversionBasis.FLOATING, floor=Decimal(3), look_back=KIND_AVERAGE)
LIMITED = replace(
    PREFERRED,
    limits=Limits(Decimal("0.0499"), Decimal("0.1999"), Decimal(1000)),
    reserve=Decimal(50),
)
CLOSE = Price(1, 1, day("12-30"), close=Decimal(4))
LOW = replace(KIND_AVERAGE, statistic=Statistic.LOWEST)
NO_LIMIT = replace(LIMITED, limits=replace(LIMITED.limits, ownership=None))
NO_CAP = replace(LIMITED, limits=replace(LIMITED.limits, exchange_cap=None))
BY_NOTICE = replace(HARMLESS, basis=ConversionBasis.NOTICE, floor=None)
WARRANT = Security(20, 1, "Warrant", SecurityKind.WARRANT, exercise=Exercise(1, Decimal("3.5")))
HARSH: dict[str, tuple[Fact, ...]] = {
    "no_floor": (LIMITED, CLOSE, replace(HARMLESS, floor=None)),
    "floor_far_below": (LIMITED, CLOSE, replace(HARMLESS, floor=Decimal("1.99"))),
    "long_look_back": (LIMITED, CLOSE, replace(HARMLESS, look_back=replace(KIND_AVERAGE, days=21))),
    "lowest_of_window": (LIMITED, CLOSE, replace(HARMLESS, look_back=LOW)),
    "stacked_discounts": (
        LIMITED,
        CLOSE,
        replace(HARMLESS, look_back=replace(LOW, multiplier=Decimal("0.92"))),
    ),
    "down_only": (LIMITED, CLOSE, replace(HARMLESS, price=Decimal(6))),
    "uncapped_reserve": (replace(NO_CAP, reserve=None), CLOSE, replace(HARMLESS, floor=None)),
    "no_ownership_limit": (NO_LIMIT, CLOSE, HARMLESS),
    "no_exchange_cap": (NO_CAP, CLOSE, HARMLESS),
    "unpriced_class": (LIMITED, HARMLESS),
    "formula_unknown": (LIMITED, CLOSE, BY_NOTICE),
    "adjustable_warrant": (replace(WARRANT, exercise=replace(WARRANT.exercise, adjustable=True)),),
    "most_favoured": (LIMITED, CLOSE, replace(HARMLESS, note="With a most favored nation clause")),
    "default_terms": (replace(LIMITED, note="The default rate is 18 %"), CLOSE, HARMLESS),
    "entered_twice": (issued(1, "01-01", ADA, 10), issued(2, "01-01", ADA, 10)),
}


def made(*facts: Fact) -> list[Finding]:
    return list(remarks(cast(*facts), LENS))


@pytest.mark.parametrize("code", list(HARSH))
def test_each_harsh_term_is_remarked_on(code: str) -> None:
    assert code in [one.code for one in made(*HARSH[code])]


@pytest.mark.parametrize("code", list(HARSH))
def test_each_remark_says_why_it_matters_in_a_sentence_with_its_place(code: str) -> None:
    one = next(one for one in made(*HARSH[code]) if one.code == code)
    assert one.severity is Severity.REMARK
    assert one.message.endswith(".")
    assert ":" in one.message or "." in one.message[:-1]
    assert one.place.id


def test_kind_terms_are_not_remarked_on() -> None:
    assert made(LIMITED, CLOSE, HARMLESS, WARRANT, replace(LIMITED, id=30, note="By default nearest")) == []
    assert made(issued(1, "01-01", ADA, 10), issued(2, "01-02", ADA, 10)) == []
    assert made(issued(1, "01-01", ADA, 10, certificate="7"), issued(2, "01-01", ADA, 10)) == []


def test_every_remark_has_a_rule_and_every_rule_a_fixture() -> None:
    assert set(REMARK_RULES) == set(HARSH)


def test_a_fixed_price_or_ratio_is_never_harsh() -> None:
    fixed = replace(HARMLESS, basis=ConversionBasis.FIXED, price=Decimal(2), floor=None)
    ratio = replace(HARMLESS, basis=ConversionBasis.RATIO, ratio=Fraction(2), floor=None)
    assert made(PREFERRED, fixed) == []
    assert made(PREFERRED, ratio) == []


def test_the_floor_is_held_against_the_price_of_the_day() -> None:
    floor = replace(HARMLESS, floor=Decimal("1.99"))
    (one,) = remarks_on(cast(LIMITED, CLOSE, floor), LENS, LIMITED.id)
    assert one.message == (
        "The floor of Series A, 1.99, is 49.8 % of 4.00, the market price of 30 Dec 2022: it holds only "
        "after most of the loss."
    )
    assert one.place == Place("conversion_rights", 1, "floor")
    before = remarks_on(cast(LIMITED, CLOSE, floor), replace(LENS, as_of=day("12-29")), LIMITED.id)
    assert [one.code for one in before] == ["unpriced_class"]


def test_a_class_that_is_no_common_stock_has_no_market_of_its_own() -> None:
    other = replace(BETA_SHARES, kind=SecurityKind.PREFERRED)
    (one,) = remarks_on(cast(LIMITED, other, replace(HARMLESS, into=other.id)), LENS, LIMITED.id)
    assert "which is preferred and has no market of its own" in one.message


def test_remarks_are_no_findings() -> None:
    ledger = sample("preferred-at-a-floating-price")
    codes = {one.code for one in remarks_on_terms(ledger, LENS)}
    assert {"lowest_of_window", "stacked_discounts", "down_only"} <= codes
    assert all(one.severity is not Severity.REMARK for one in findings(ledger, LENS))


def test_the_second_of_two_entries_alike_is_removed_by_its_mend() -> None:
    ledger = cast(issued(1, "01-01", ADA, 10), issued(2, "01-01", ADA, 10))
    (twice,) = repeated_entries(ledger, LENS)
    assert twice.mend is not None
    assert twice.mend.label == "Mend: remove the second issuance of 1 Jan 2022"
    after = apply(ledger, twice.mend)
    assert [one.id for one in after.transactions] == [1]
    assert not list(repeated_entries(after, LENS))
    assert COMMON.id in after.securities
