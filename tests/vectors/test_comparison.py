"""The comparison of results: exact, by tolerance, and only of what is listed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.vectors.comparison import differences


def paths(expected: dict[str, Any], got: object, calculation: str = "split", **tolerance: str) -> list[str]:
    allowed = {path.replace("__", "."): Fraction(value) for path, value in tolerance.items()}
    return [difference.path for difference in differences(calculation, expected, got, allowed)]


def test_equal_rationals_are_equal_in_any_form() -> None:
    assert paths({"a": "87.00", "b": "16/3", "c": 5}, {"a": 87, "b": Fraction(16, 3), "c": Fraction(5)}) == []
    assert paths({"a": "87.01"}, {"a": Fraction(87)}) == ["a"]


def test_the_longest_path_of_the_tolerance_counts() -> None:
    expected = {"series": {"A": {"price": "1.00", "ratio": "1.00"}, "AB": "1.00"}}
    got = {"series": {"A": {"price": Fraction("1.05"), "ratio": Fraction("1.05")}, "AB": Fraction("1.05")}}
    assert paths(expected, got) == ["series.A.price", "series.A.ratio", "series.AB"]
    assert paths(expected, got, default="0.05") == []
    assert paths(expected, got, default="0.04", series__A="0.05") == ["series.AB"]
    assert paths(expected, got, series="0.05", series__A__price="0") == ["series.A.price"]


@pytest.mark.parametrize(
    ("wanted", "result"),
    [
        ("up", "down"),
        (None, Fraction(0)),
        (None, ""),
        (True, Fraction(1)),
        (False, Fraction(0)),
        (True, False),
        ("1", True),
        ("1", "1.0"),
        ("1", None),
        ("cap", Fraction(1)),
        ("2026-01-01", date(2026, 1, 2)),
        ("1", float("nan")),
        ("1", float("inf")),
        (["1"], [Fraction(1), Fraction(2)]),
        (["1", "200"], [Fraction(200), Fraction(1)]),
        (["1"], Fraction(1)),
        ({"a": "1"}, [Fraction(1)]),
        ({}, None),
    ],
)
def test_what_is_not_the_same(wanted: object, result: object) -> None:
    assert paths({"x": wanted}, {"x": result}, default="100")[0].startswith("x")


def test_labels_days_and_null_are_the_same_by_equality() -> None:
    expected = {"basis": "cap", "on": "2026-01-31", "ratio": None, "flag": True}
    assert paths(expected, {"basis": "cap", "on": date(2026, 1, 31), "ratio": None, "flag": True}) == []


def test_only_what_is_listed_is_compared_but_all_of_it_must_be_there() -> None:
    assert paths({"a": "1"}, {"a": 1, "b": 2}) == []
    assert paths({"a": "1", "ratio": None}, {"b": 2}) == ["a", "ratio"]


def test_lists_name_the_place_of_a_difference() -> None:
    expected = {"rows": [["2026-01-31", "10"], ["2026-02-28", "11"]]}
    got = {"rows": [(date(2026, 1, 31), 10), (date(2026, 2, 28), 10)]}
    assert paths(expected, got) == ["rows.1.1"]


def test_either_decision_of_an_indifferent_class_is_right() -> None:
    expected = {"decisions": {"A": "convert", "B": "preference"}, "indifferent": ["A"]}
    assert paths(expected, {"decisions": {"A": "preference", "B": "preference"}, "indifferent": ["A"]}) == []
    assert paths(expected, {"decisions": {"A": "convert", "B": "convert"}, "indifferent": ["A"]}) == [
        "decisions.B"
    ]
    assert paths(expected, {"decisions": {"B": "preference"}, "indifferent": []}) == ["indifferent"]


def test_zeros_may_be_left_out_only_where_that_is_said() -> None:
    expected = {"effective": {"ada": {"one": "0", "two": "1"}, "bob": {"one": "0"}}}
    assert paths(expected, {"effective": {"ada": {"two": 1}}}, "lookthrough") == []
    assert paths(expected, {"effective": {"ada": {}}}, "lookthrough") == ["effective.ada.two"]
    assert paths({"total_value": {"one": "0"}}, {"total_value": {}}, "lookthrough") == ["total_value.one"]
    assert paths({"holders": {"anna": "0"}}, {"holders": {}}) == ["holders.anna"]
