"""A notice is entered: what its terms imply, what it says, what holds it back, and its entry."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.guide import About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.figures.kinds import Style
from neocapgui.ledger.edits import add, apply
from neocapgui.ledger.facts import ConversionRight, Issuer, Price, Security, Stakeholder
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.terms import ConversionBasis, Limits, LookBack, Rounding, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.figures.guided.asked import asked, asked_in, before, lines, offered, records, said

DAY = date(2001, 8, 15)
LENS = Lens(DAY, 1)
SERIES_C = "7% Series C Preferred Stock into Common Stock"
GERMAN = Style(",", ".", "DMY", ".")


@pytest.fixture(scope="module")
def neo() -> Ledger:
    """NeoTherapeutics on the eve of the first conversion notice."""
    return before(DAY)


@pytest.fixture
def company() -> Ledger:
    """100 Series C of 10,000 with Ada, 7 Series D with Bob, 10 of the daughter's preferred with Ada."""
    facts: tuple[Fact, ...] = (
        Issuer(1, "Parent"),
        Issuer(2, "Daughter"),
        Stakeholder(1, "Ada"),
        Stakeholder(2, "Bob"),
        Security(1, 1, "Common", SecurityKind.COMMON),
        Security(2, 1, "Series C", SecurityKind.PREFERRED, stated_value=Decimal(10_000)),
        Security(3, 1, "Series D", SecurityKind.PREFERRED, rounding=Rounding.DOWN),
        Security(4, 2, "Series A", SecurityKind.PREFERRED, stated_value=Decimal(45)),
        ConversionRight(1, 2, 1, ConversionBasis.NOTICE),
        ConversionRight(2, 3, 1, ConversionBasis.RATIO, ratio=Fraction(5, 2)),
        ConversionRight(3, 4, 1, ConversionBasis.RATIO, ratio=Fraction(1)),
        Transaction(1, date(2001, 6, 1), "issuance", security=2, stakeholder=1, quantity=Decimal(70)),
        Transaction(2, date(2001, 6, 1), "issuance", security=2, stakeholder=2, quantity=Decimal(100)),
        Transaction(3, date(2001, 6, 1), "issuance", security=3, stakeholder=2, quantity=Decimal(7)),
        Transaction(4, date(2001, 6, 1), "issuance", security=4, stakeholder=1, quantity=Decimal(10)),
    )
    return apply(Ledger(), add("Record the company", facts))


def test_the_first_notice_of_the_story_takes_201_149_shares_by_the_terms(neo: Ledger) -> None:
    answer = asked(neo, LENS, "notice", right=SERIES_C, face="700,000", price="3.48")
    assert offered(answer, "holder") == "Societe Generale the only holder"
    assert offered(answer, "units") == "70 by the face amount"
    assert offered(answer, "shares") == "201,149 by the terms"
    assert said(answer)[0] == "The terms imply 201,149: 700,000 / 3.48 = 201,149.43…, to the nearest share."
    (record,) = records(answer)
    assert (record.kind, record.date, record.quantity) == ("conversion", DAY, Decimal(70))
    assert (record.price, record.amount) == (Decimal("3.48"), Decimal(700_000))
    assert record.into_quantity == 201_149
    assert said(answer, is_contrary=True) == []


def test_what_it_does_to_holdings_is_shown_before(neo: Ledger) -> None:
    answer = asked(neo, LENS, "notice", right=SERIES_C, face="700,000", price="3.48")
    shown = lines(answer.tables[0])
    assert shown[0][:5] == ("Societe Generale", "Common Stock", "", "201,149", "201,149")
    assert shown[1][:5] == ("Societe Generale", "7% Series C Preferred Stock", "200", "-70", "130")
    assert ("Total", "Common Stock", "20,777,181", "201,149", "20,978,330", "", "") in shown
    assert answer.tables[0].subtitle == "as converted  ·  end of 15 Aug 2001"


def test_the_shares_alone_tell_price_and_units_as_far_as_they_can(neo: Ledger) -> None:
    answer = asked(neo, LENS, "notice", right=SERIES_C, shares="201,149", price="3.48")
    assert offered(answer, "units") == "70 by the shares"
    assert offered(answer, "face") == "700,000.00 by the units"
    answer = asked(neo, LENS, "notice", right=SERIES_C, face="700,000", shares="201,149")
    assert offered(answer, "price") == "3.48 by face and shares"


def test_the_notice_is_kept_as_it_says_and_its_difference_is_remarked(neo: Ledger) -> None:
    answer = asked(neo, LENS, "notice", right=SERIES_C, face="700,000", price="3.48", shares="201,150")
    assert records(answer)[0].into_quantity == 201_150
    assert said(answer, is_contrary=True)[0] == "The notice says 201,150, 1 more; that is what is recorded."


def test_a_floating_price_is_asked_of_the_notice_and_the_last_one_is_hinted_at() -> None:
    ledger, lens = before(date(2001, 8, 31)), Lens(date(2001, 8, 31), 1)
    answer = asked(ledger, lens, "notice", right=SERIES_C)
    assert answer.edit is None
    assert answer.lack == "Type the price or the shares that the notice states."
    assert answer.lacking == "shares"
    (price,) = [field for field in answer.fields if field.name == "price"]
    assert price.hint == "3.48 in the last notice"


def test_what_has_accrued_on_the_face_is_told(neo: Ledger) -> None:
    answer = asked(neo, LENS, "notice", right=SERIES_C, face="700,000", price="3.48")
    told = "6,941.67 have accrued on it up to 15 Aug 2001 at 7 % a year, less what was paid meanwhile."
    assert told in said(answer)  # 700,000 x 7 % x 51 / 360


def test_accrued_dividends_convert_where_the_notice_says_so(neo: Ledger) -> None:
    answer = asked(neo, LENS, "notice", right=SERIES_C, face="700,000", price="3.48", accrued="6,941.67")
    assert offered(answer, "shares") == "203,144 by the terms"  # 706,941.67 / 3.48 = 203,144.16
    assert records(answer)[0].amount == Decimal("706941.67")


def test_figures_are_typed_and_told_in_the_marks_of_the_language(neo: Ledger) -> None:
    answer = asked_in(GERMAN, neo, LENS, "notice", right=SERIES_C, face="700.000", price="3,48")
    assert records(answer)[0].price == Decimal("3.48")
    assert "201.149: 700.000 / 3,48 = 201.149,43…" in said(answer)[0]


def test_a_ratio_implies_the_shares_without_a_price(company: Ledger) -> None:
    answer = asked(company, LENS, "notice", right="Series D into Common")
    assert "price" not in {field.name for field in answer.fields}
    assert said(answer) == ["The terms imply 17: 7 x 2.5 = 17.5, rounded down."]
    assert records(answer)[0].into_quantity == 17


def test_into_another_companys_security_is_an_exchange_and_the_paper_passes_to_it(company: Ledger) -> None:
    answer = asked(company, LENS, "notice", right="Daughter · Series A into Parent · Common")
    assert answer.edit is not None
    after = apply(company, answer.edit)
    record = records(answer)[0]
    assert (record.kind, record.into_quantity) == ("exchange", Decimal(10))
    assert record.counterparty is not None
    assert after.stakeholders[record.counterparty].issuer == 1
    cancelled = asked(
        company, LENS, "notice", right="Daughter · Series A into Parent · Common", passes="is cancelled"
    )
    assert records(cancelled)[0].counterparty is None


def test_among_several_holders_nobody_is_guessed(company: Ledger) -> None:
    answer = asked(company, LENS, "notice", right="Series C into Common", price="2")
    assert answer.lack == "Choose who gave the notice."
    (holder,) = [field for field in answer.fields if field.name == "holder"]
    assert holder.choices is not None
    assert list(holder.choices.names()) == ["Bob", "Ada"]


@pytest.mark.parametrize(
    ("texts", "field", "sentence"),
    [
        ({"units": "some"}, "units", "“some” is not a number such as 1,234.5."),
        ({"day": "soon"}, "day", "“soon” is not a day such as 2001-08-31 or 31 Aug 2001."),
        ({"holder": "Zed"}, "holder", "“Zed” holds no Series C on 15 Aug 2001."),
        ({"right": "Gold into lead"}, "right", "“Gold into lead” is no right in force on 15 Aug 2001."),
        ({"units": "0", "holder": "Ada"}, "units", "Type how many units are converted."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    company: Ledger, texts: dict[str, str], field: str, sentence: str
) -> None:
    answer = asked(company, LENS, "notice", **({"right": "Series C into Common"} | texts))
    assert answer.errors[field] == sentence
    assert answer.edit is None


def test_before_anybody_holds_anything_no_right_is_in_force(company: Ledger) -> None:
    answer = asked(company, LENS, "notice", day="1 Jan 1990")
    assert answer.edit is None
    (right,) = [field for field in answer.fields if field.name == "right"]
    assert right.choices is not None
    assert list(right.choices.names()) == []


def test_face_and_units_that_contradict_each_other_are_remarked(neo: Ledger) -> None:
    answer = asked(neo, LENS, "notice", right=SERIES_C, face="700,000", units="71", price="3.48")
    assert "71 units have a face of 710,000.00, not 700,000.00." in said(answer, is_contrary=True)
    assert records(answer)[0].quantity == 71


# A floating price with a formula: 92 % of the lowest close of 2 days, at most 6.15, not below 0.716


def floating(close: str, limits: Limits = Limits()) -> Ledger:
    """Return a company with 1,000 common with Bob, and a note of Ada's at a floating price."""
    look = LookBack(days=2, multiplier=Decimal("0.92"))
    facts: tuple[Fact, ...] = (
        Issuer(1, "Company"),
        Stakeholder(1, "Ada"),
        Stakeholder(2, "Bob"),
        Security(1, 1, "Common", SecurityKind.COMMON),
        Security(2, 1, "Note", SecurityKind.CONVERTIBLE, stated_value=Decimal(1), limits=limits),
        ConversionRight(
            1, 2, 1, ConversionBasis.FLOATING, price=Decimal("6.15"), floor=Decimal("0.716"), look_back=look
        ),
        *(Price(day, 1, date(2001, 8, 12 + day), vwap=Decimal(close)) for day in (1, 2)),
        Transaction(1, date(2001, 6, 1), "issuance", security=1, stakeholder=2, quantity=Decimal(1_000)),
        Transaction(2, date(2001, 6, 1), "issuance", security=2, stakeholder=1, quantity=Decimal(460)),
    )
    return apply(Ledger(), add("Record the company", facts))


@pytest.mark.parametrize(
    ("close", "price", "governs"),
    [
        ("2.50", "2.30 by the terms", "The market governs: 2.30 (look-back 13 Aug 2001 to 14 Aug 2001)."),
        (
            "0.50",
            "0.716 by the terms",
            "The floor governs: 0.716; the market gives 0.46 (look-back 13 Aug 2001 to 14 Aug 2001).",
        ),
        (
            "9.00",
            "6.15 by the terms",
            "The fixed price governs as the upper limit: 6.15; the market gives 8.28 "
            "(look-back 13 Aug 2001 to 14 Aug 2001).",
        ),
    ],
)
def test_the_leg_that_governs_is_named(close: str, price: str, governs: str) -> None:
    answer = asked(floating(close), LENS, "notice")
    assert offered(answer, "right") == "Note into Common the only right in force"
    assert offered(answer, "price") == price
    assert said(answer)[:2] == [
        "Converts at the lower of 6.15 and 92 % of the lowest VWAP of 2 trading days, not below 0.716.",
        governs,
    ]


def test_a_price_that_is_not_that_of_the_terms_is_remarked() -> None:
    answer = asked(floating("2.50"), LENS, "notice", price="2.00")
    assert said(answer, is_contrary=True) == ["The notice is at 2.00 a share; the terms imply 2.30."]
    assert records(answer)[0].into_quantity == 230


def test_limits_say_how_much_they_let_through() -> None:
    limits = Limits(Decimal("0.0999"), Decimal("0.1999"), Decimal(1_000))
    answer = asked(floating("2.50", limits), LENS, "notice")  # 460 / 2.30 = 200 shares
    assert said(answer, is_contrary=True) == [
        "The holder's limit of 9.99 % lets 110 shares go to Ada: 90 of these are held back by the terms.",
        "Under the exchange cap of 19.99 % there are 199 shares left: 1 of these are held back by the terms.",
    ]
    assert records(answer)[0].into_quantity == 200
    within = asked(floating("2.50", limits), LENS, "notice", units="230")
    assert said(within, is_contrary=True) == []
    assert "The holder's limit of 9.99 % lets 110 shares go to Ada." in said(within)


# From a line of a page


def test_it_fits_the_lines_of_what_converts_and_begins_with_them(company: Ledger) -> None:
    begun = GUIDE["notice"].guide.begun
    assert begun(company, LENS, About(1, 2)) == {"right": 1}
    assert begun(company, LENS, About(1, 2, 2)) == {"right": 1, "holder": 2}
    assert begun(company, LENS, About(2, 4, right=3)) == {"right": 3}
    assert begun(company, LENS, About(stakeholder=1)) == {"holder": 1}
    assert begun(company, LENS, About(1, 1)) is None
    assert begun(company, LENS, About(1, 3, 1)) is None
    assert begun(company, LENS, About(issuer=1)) is None
