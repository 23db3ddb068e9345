"""Which names are probably one: forms of companies, accents and slips; never numbers."""

from __future__ import annotations

import pytest

from neocapgui.figures.near_names import NearNames, near_name


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
        ("Smith, John", "Mr. John Smith"),
        ("Net Works", "NetWorks"),
    ],
)
def test_one_name_written_in_two_ways_is_found(one: str, other: str) -> None:
    assert near_name(one, ["Ada", other]) == other
    assert near_name(other, ["Ada", one]) == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ACME Ltd.", "Acme Limited"),
        ("Acme", "ACME, Inc."),
        ("Smith, John", "Mr. John Smith"),
        ("Net Works", "NetWorks"),
        ("Harbour Fund", "Harbor Fund"),
        ("Christina Huber", "Christna Huber"),
    ],
)
def test_of_a_list_really_near_names_are_doubted(one: str, other: str) -> None:
    assert NearNames(["Ada", other]).like(one) == other
    assert NearNames(["Ada", one]).like(other) == one


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ida Abel", "Ada Abel"),
        ("Ida Abel", "Ida Abele"),
        ("Anna Meier", "Anna Maier"),
        ("Christina Huber", "Christine Huber"),
        ("Dina Keller", "Ina Keller"),
        ("Ida Zeller", "Ida Keller"),
        ("Jan Hubermann", "Jana Hubermann"),
        ("Christina Sen", "Christina Senn"),
    ],
)
def test_of_a_list_names_that_only_resemble_each_other_are_not_doubted(one: str, other: str) -> None:
    assert NearNames([other]).like(one) is None
    assert NearNames([one]).like(other) is None


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
        ("John Smith", "John Smith Trust"),
        ("", "Ada"),
        ("...", "!!!"),
    ],
)
def test_two_names_stay_two(one: str, other: str) -> None:
    assert near_name(one, [other]) is None
    assert near_name(other, [one]) is None
    assert NearNames([other]).like(one) is None


def test_the_same_name_is_no_near_one() -> None:
    assert near_name("ada", ["Adda Long Name", "Ada"]) is None


def test_slips_are_not_looked_for_where_that_would_be_slow() -> None:
    known = NearNames(["Harbor Fund", "ACME Limited"], looks_for_slips=False)
    assert (known.like("Harbour Fund"), known.like("Acme Ltd")) == (None, "ACME Limited")
