"""The curve of a floating conversion as data: the engine's figures, named prices, and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given, settings

from neocapgui.engine.lens import Lens
from neocapgui.engine.market_range import price_curve, price_range
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.overhang import nothing_floats, overhang_chart, price_ticks
from neocapgui.figures.conversions import price_range_table
from neocapgui.figures.kinds import Style
from neocapgui.ledger.ledger import Ledger
from tests.engine.ledgers import FIRST, scenarios

BOOK = sample("preferred-at-a-floating-price")
LENS = Lens(date(2023, 3, 28), 1)
CHART = overhang_chart(BOOK, LENS)


def test_every_point_is_the_engines() -> None:
    right = BOOK.conversion_rights[1]
    curve = price_curve(BOOK, LENS, right)
    assert curve is not None
    assert CHART.points == curve.points
    by_price = {point.market_price: point for point in CHART.points}
    for point in price_range(BOOK, LENS, right):
        assert by_price.get(point.market_price, point) == point
    assert CHART.line("shares").tolist() == [float(point.shares) for point in curve.points]


def test_the_prices_at_which_terms_take_turns_are_named() -> None:
    assert [(mark.name, mark.market_price) for mark in CHART.landmarks] == [
        ("floor", Fraction("0.716") / Fraction("0.92")),
        ("last", Fraction("1.66")),
        ("limits", Fraction(2_400_000, 454_747) / Fraction("0.92")),
        ("fixed", Fraction("6.15") / Fraction("0.92")),
    ]
    assert [mark.text() for mark in CHART.landmarks] == [
        "Floor governs below 0.7783…",
        "Last price 1.66",
        "Limits hold back below 5.7366…",
        "Fixed price governs above 6.6848…",
    ]
    assert CHART.landmarks[1].text(Style(decimal_mark=",")) == "Last price 1,66"


def test_a_reading_has_the_exact_figures() -> None:
    """92 % of 1.66 is 1.5272; 2,400,000 and 1,200,000 of it each rounded up: 1,571,504 and 785,752."""
    assert CHART.reading(CHART.nearest(1.661)).text == (
        "Market price 1.66, last price\nConversion price 1.5272: market price governs\n"
        "Series A Convertible Preferred Stock\n"
        "2,357,256 shares, 14.99 %\nLimits allow 1,026,272"
    )
    assert CHART.reading(len(CHART.points) - 1).change == ""


def test_the_other_axis_has_the_part_of_the_class() -> None:
    """13,372,528 shares are outstanding."""
    assert CHART.percent_of_class(0) == "0.0 %"
    assert CHART.percent_of_class(13_372_528) == "50.0 %"


def test_the_words_have_the_ends_and_today() -> None:
    for said in (
        "Series A Convertible Preferred Stock into Common Stock",
        "At a market price of 1.66: 2,357,256 shares, 14.99 % of the class.",
        "Floor governs below 0.7783….",
    ):
        assert said in CHART.alt


def test_without_anything_that_floats_a_sentence_says_why() -> None:
    neo = sample("neotherapeutics-as-filed")
    nothing = overhang_chart(neo, Lens(date(2001, 8, 31), 1))
    assert (nothing.points, nothing.landmarks) == ((), ())
    assert nothing.empty == price_range_table(neo, Lens(date(2001, 8, 31), 1)).empty
    assert nothing.empty.startswith("No conversion price of this company is found from the market")
    assert nothing.empty in nothing.alt
    assert nothing_floats(BOOK, replace(LENS, as_of=date(2023, 2, 6))).startswith("Nothing that converts")
    assert nothing_floats(replace(BOOK, prices={}), LENS).startswith("No market price is known")
    assert overhang_chart(Ledger(), Lens(date(2001, 8, 31))).empty


def test_the_table_has_what_limits_hold_back() -> None:
    table = price_range_table(BOOK, LENS)
    today = next(row for row in table.rows if row.key == (1, Fraction("1.66")))
    assert today.cells[-3:] == (2_357_256, Fraction(2_357_256, 15_729_784), 1_330_984)


def test_a_conversion_can_be_chosen_by_its_right() -> None:
    other = replace(BOOK.conversion_rights[1], id=2, floor=None)
    both = replace(BOOK, conversion_rights={1: BOOK.conversion_rights[1], 2: other})
    assert overhang_chart(both, LENS).landmarks == CHART.landmarks
    assert [mark.name for mark in overhang_chart(both, LENS, 2).landmarks] == ["last", "limits", "fixed"]
    assert overhang_chart(both, LENS, 9).landmarks == CHART.landmarks


def test_the_ticks_are_round_prices() -> None:
    def texts(low: str, high: str, most: int) -> list[str]:
        return [text for _, text in price_ticks(Fraction(low), Fraction(high), most)]

    assert texts("0.0021", "0.0047", 3) == ["0.0025", "0.003", "0.0035", "0.004", "0.0045"][1::2]
    assert texts("120", "3600", 4) == ["1,000.00", "2,000.00", "3,000.00"]


@settings(max_examples=40)
@given(scenarios())
def test_no_contradiction_keeps_the_chart_from_being_made(book: Ledger) -> None:
    for issuer in book.issuers:
        chart = overhang_chart(book, Lens(FIRST, issuer))
        assert bool(chart.points) != bool(chart.empty)
        for position in range(len(chart.points)):
            assert chart.reading(position).text
