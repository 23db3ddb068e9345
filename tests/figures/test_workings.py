"""Where a figure comes from: its entries, its arithmetic, its sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.splits import splits
from neocapgui.figures.kinds import Style, number
from neocapgui.figures.origins.workings import Step, Working, explain
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import Certainty, ConversionBasis, Exercise, Rounding, SecurityKind
from tests.engine.ledgers import (
    ADA,
    BOB,
    CLEO,
    COMMON,
    FIRST,
    PREFERRED,
    SPAN,
    TWO_FOR_ONE,
    cast,
    contradictory_ledgers,
    converted,
    day,
    issued,
    passed,
    split,
)

LENS = Lens(date(2022, 12, 31), 1, Basis.AS_CONVERTED)
SERIES_C = replace(
    PREFERRED, name="7% Series C Preferred Stock", stated_value=Decimal(10_000), issued=day("01-01")
)
NOTICES = replace(TWO_FOR_ONE, basis=ConversionBasis.NOTICE, ratio=None)
HELD = issued(1, "06-25", ADA, 200, security=PREFERRED.id, amount=Decimal(2_000_000), source="8-K")
FIRST_NOTICE = converted(2, "08-15", ADA, 70, 201_149, price=Decimal("3.48"), source="Release of 4 Sep 2001")
SECOND_NOTICE = converted(3, "08-31", ADA, 100, 282_486, price=Decimal("3.54"), certainty=Certainty.INFERRED)


def working(*facts: Fact, who: int = ADA.id, of: int | None = COMMON.id, lens: Lens = LENS) -> Working:
    return explain(cast(*facts), lens, who, of)


def test_a_holding_is_the_sum_of_two_conversions_with_their_arithmetic() -> None:
    found = working(SERIES_C, NOTICES, HELD, FIRST_NOTICE, SECOND_NOTICE)
    assert (found.title, found.value, found.note) == (
        "Where this comes from",
        "483,635",
        "Ada, Acme · Common Stock",
    )
    assert found.steps == (
        Step(
            "201,149",
            "15 Aug 2022  conversion of 70 7% Series C Preferred Stock: 700,000 / 3.48 = 201,149.43, nearest "
            "share",
            "published · Release of 4 Sep 2001",
            2,
        ),
        Step(
            "282,486",
            "31 Aug 2022  conversion of 100 7% Series C Preferred Stock: 1,000,000 / 3.54 = 282,485.88, "
            "nearest share",
            "inferred",
            3,
        ),
    )


def test_what_was_given_away_is_negative() -> None:
    found = working(SERIES_C, NOTICES, HELD, FIRST_NOTICE, SECOND_NOTICE, of=PREFERRED.id)
    assert found.value == "30"
    assert [step.value for step in found.steps] == ["200", "-70", "-100"]
    assert found.steps[0].text == ("25 Jun 2022  issuance of 7% Series C Preferred Stock for 2,000,000.00")


def test_the_rounding_is_told_in_words() -> None:
    down = replace(SERIES_C, rounding=Rounding.DOWN)
    assert working(down, NOTICES, HELD, FIRST_NOTICE).steps[0].text.endswith("201,149.43, rounded down")


def test_a_conversion_of_paper_that_was_split_is_told_in_the_value_of_its_day() -> None:
    """Ten for one: a unit is worth 1,000."""
    after = replace(FIRST_NOTICE, quantity=Decimal(700))
    tenth = split(9, "07-01", "10", security=PREFERRED.id)
    text = working(SERIES_C, NOTICES, HELD, tenth, after).steps[0].text
    assert "conversion of 700 7% Series C Preferred Stock: 700,000 / 3.48 = 201,149.43" in text


def test_a_split_shows_what_is_held_right_after_it() -> None:
    found = working(
        issued(1, "09-05", ADA, 63, order=1),
        split(2, "09-05", "1/25", "cash", order=2),
        issued(3, "09-05", ADA, 10, order=3, price=Decimal("4.50")),
    )
    assert found.value == "12"
    assert [(step.value, step.text) for step in found.steps] == [
        ("63", "5 Sep 2022  issuance of Common Stock"),
        ("1:25", "5 Sep 2022  split 1:25: holds 2 after it"),
        ("10", "5 Sep 2022  issuance of Common Stock at 4.50"),
    ]


def test_a_split_before_the_first_share_is_not_part_of_the_figure() -> None:
    found = working(split(2, "09-05", "1/25"), issued(3, "09-06", ADA, 10))
    assert [step.transaction for step in found.steps] == [3]


def test_shares_received_and_passed_on_are_told_to_both() -> None:
    facts = (issued(1, "01-01", ADA, 100), passed(2, "01-02", ADA, BOB, 40))
    assert [step.value for step in working(*facts).steps] == ["100", "-40"]
    assert [step.value for step in working(*facts, who=BOB.id).steps] == ["40"]
    assert working(*facts, who=CLEO.id) == Working(
        "Where this comes from", "0", "Cleo, Acme · Common Stock", ()
    )


def test_later_and_planned_entries_are_not_part_of_the_figure() -> None:
    facts = (
        issued(1, "01-01", ADA, 100),
        issued(2, "06-01", ADA, 100),
        issued(3, "01-02", ADA, 7, certainty=Certainty.PLANNED),
    )
    assert len(working(*facts, lens=replace(LENS, as_of=day("05-31"))).steps) == 1
    assert len(working(*facts).steps) == 2
    assert len(working(*facts, lens=replace(LENS, planned=True)).steps) == 3


def test_of_very_many_entries_the_last_ones_are_listed() -> None:
    found = working(*(issued(id, "01-01", ADA, 1) for id in range(1, 101)))
    assert len(found.steps) == 41
    assert found.steps[0] == Step("", "60 earlier entries are not listed.")
    assert found.steps[-1].transaction == 100


# On a basis


def test_an_owners_shares_are_entries_and_what_the_rest_converts_into() -> None:
    facts = (
        TWO_FOR_ONE,
        replace(PREFERRED, source="Certificate"),
        issued(1, "01-01", ADA, 500),
        issued(2, "01-01", BOB, 500),
        issued(3, "02-01", ADA, 250, security=PREFERRED.id),
    )
    found = working(*facts, of=None)
    assert found.value == "1,000"
    assert found.note == "Ada, as converted: 66.67 % of 1,500"
    assert [(step.value, step.text, step.source) for step in found.steps] == [
        ("500", "1 Jan 2022  issuance of Common Stock", "published"),
        ("500", "250 Series A x 2", "published · Certificate"),
    ]
    assert found.warning == ""


def test_a_conversion_at_a_price_names_it() -> None:
    at_price = replace(NOTICES, basis=ConversionBasis.FIXED, price=Decimal("3.48"))
    found = working(SERIES_C, at_price, HELD, of=None)
    assert found.steps[0].text == "200 7% Series C Preferred Stock x 2,873.5632… (at 3.48, fixed)"


def test_what_cannot_be_counted_is_told_to_those_who_hold_it() -> None:
    facts = (SERIES_C, NOTICES, HELD, issued(5, "01-01", BOB, 10))
    assert working(*facts, of=None).warning == (
        "7% Series C Preferred Stock is not counted: its price is floating and no notice has stated one yet"
    )
    assert working(*facts, who=BOB.id, of=None).warning == ""


def test_what_a_plan_can_still_grant_is_explained_by_its_name() -> None:
    plan = Security(20, 1, "Plan", SecurityKind.OPTION_PLAN, exercise=Exercise(1), reserve=Decimal(1000))
    found = working(plan, who=0, of=None, lens=replace(LENS, basis=Basis.FULLY_DILUTED))
    assert (found.value, found.note) == (
        "1,000",
        "Available under plans, fully diluted: 100.00 % of 1,000",
    )


def test_figures_are_written_in_the_marks_of_the_language() -> None:
    german = Style(",", ".", "DMY", ".")
    book = cast(SERIES_C, NOTICES, HELD, FIRST_NOTICE)
    found = explain(book, LENS, ADA.id, COMMON.id, german)
    assert found.value == "201.149"
    assert "700.000 / 3,48 = 201.149,43" in found.steps[0].text


@settings(max_examples=80)
@given(
    contradictory_ledgers(st.integers(0, 1000).map(Decimal)),
    st.integers(0, SPAN),
    st.sampled_from((1, 2, 5)),
    st.sampled_from((1, 2, 6, 9)),
)
def test_without_splits_the_steps_add_up_to_the_figure(
    book: Ledger, after: int, who: int, security: int
) -> None:
    lens = replace(LENS, as_of=FIRST + timedelta(after))
    found = explain(book, lens, who, security)
    if not any(event.security == security for event in splits(book, lens)):
        total = sum((Fraction(number(step.value)) for step in found.steps), Fraction(0))
        assert total == holdings(book, lens).of(who, security)
        assert Fraction(number(found.value)) == total
