"""Which names are probably one: forms of companies, accents and slips; never numbers."""

from __future__ import annotations

import pytest

from neocapgui.figures.near_names import near_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Ltd", "ACME Limited"),
        ("Acme", "ACME, Inc."),
        ("Smith & Co", "Smith and Company"),
        ("Société Générale S.A.", "Societe Generale SA"),
        ("The Harbor Fund", "Harbor Fund L.P."),
        ("Harbour Fund", "Harbor Fund"),
        ("Jonh Smith", "John Smith"),
        ("Montrose Investments Ltd", "Montrose  Investments"),
    ],
)
def test_one_name_written_in_two_ways_is_found(one: str, other: str) -> None:
    assert near_name(one, ["Ada", other]) == other
    assert near_name(other, ["Ada", one]) == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Acme Inc", "Acme Ltd"),
        ("Fund II", "Fund III"),
        ("Harbor Fund II", "Harbor Fund III"),
        ("Holder 12", "Holder 13"),
        ("Series A Trust", "Series B Trust"),
        ("Investor A", "Investor"),
        ("Ada", "Adam"),
        ("", "Ada"),
        ("...", "!!!"),
    ],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert near_name(one, [other]) is None
    assert near_name(other, [one]) is None


def test_the_same_name_is_no_near_one() -> None:
    assert near_name("ada", ["Adda Long Name", "Ada"]) is None
