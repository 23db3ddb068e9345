"""The reader of the given figures: exact, and it remembers what was read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from neocapgui.ledger.terms import Rounding
from tests.vectors.inputs import Inputs, UnknownInput, read_json


def test_numbers_are_exact_in_every_form() -> None:
    i = Inputs(read_json('{"a": "3.48", "b": "17500000/87", "c": 7, "d": 0.1, "e": "-2.5"}'))
    assert [i.number(key) for key in "abcde"] == [
        Fraction(87, 25),
        Fraction(17_500_000, 87),
        Fraction(7),
        Fraction(1, 10),
        Fraction(-5, 2),
    ]


def test_defaults_stand_for_what_is_absent_or_null() -> None:
    i = Inputs({"cap": None})
    assert i.number("cap", None) is None
    assert (i.number("accrued", 0), i.number("ratio", "1.5")) == (Fraction(0), Fraction(3, 2))
    assert (i.flag("exempt", False), i.integer("k", None), i.items("events", ())) == (False, None, [])
    assert not i.has("cap")


def test_every_kind_of_figure() -> None:
    i = Inputs(
        {
            "day": "2026-01-31",
            "days": ["2026-01-31"],
            "fraction": "up",
            "count": "12",
            "table": [["1", "2"], ["3", 4]],
            "elections": {"a": "b", "c": None},
            "series": {"A": {"shares": "5"}},
            "pool": {"mode": "none"},
        }
    )
    assert [i.day("day")] == i.days("days") == [date(2026, 1, 31)]
    assert i.choice("fraction", Rounding) is Rounding.UP
    assert i.integer("count") == 12
    assert i.table("table") == [[1, 2], [3, 4]]
    assert i.text_map("elections") == {"a": "b", "c": None}
    assert i.map("series")["A"].number("shares") == 5
    assert i.part("pool").text("mode") == "none"
    assert i.unread() == []


@pytest.mark.parametrize(
    "read",
    [
        lambda i: i.number("absent"),
        lambda i: i.number("flag"),
        lambda i: i.number("text"),
        lambda i: i.number("zero_below"),
        lambda i: i.integer("half"),
        lambda i: i.flag("text"),
        lambda i: i.text("half_number"),
        lambda i: i.day("text"),
        lambda i: i.choice("text", Rounding),
        lambda i: i.items("text"),
        lambda i: i.map("list"),
        lambda i: i.items("list"),
        lambda i: i.part("text"),
    ],
)
def test_what_is_missing_or_of_another_kind_is_unknown(read: Callable[[Inputs], object]) -> None:
    i = Inputs(
        {
            "flag": True,
            "text": "sideways",
            "half": "2.5",
            "half_number": 2,
            "list": ["1"],
            "zero_below": "1/0",
        }
    )
    with pytest.raises(UnknownInput):
        read(i)


def test_binary_figures_are_no_json_numbers() -> None:
    with pytest.raises(ValueError, match="NaN"):
        read_json('{"price": NaN}')


def test_what_nobody_read_is_named_at_any_depth() -> None:
    i = Inputs(
        {
            "price": "1",
            "new": "2",
            "events": [{"face": "1", "x": "2"}, {"face": "3"}],
            "series": {"A": {"shares": "5", "y": {"z": 1}}},
            "amounts": {"north": "1"},
        }
    )
    i.number("price")
    for event in i.items("events"):
        event.number("face")
    i.map("series")["A"].number("shares")
    i.number_map("amounts")
    assert i.unread() == ["new", "events.0.x", "series.A.y", "series.A.y.z"]
