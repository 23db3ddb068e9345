"""What is found by a few typed letters, and what comes first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from neocapgui.engine.finding import Finding, Place, Severity
from neocapgui.engine.lens import Lens
from neocapgui.figures.findables import Findable, Index, contradictions, day_typed, entries, named
from neocapgui.figures.kinds import Style
from neocapgui.figures.likeness import folded, likeness
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

LENS = Lens(date(2001, 12, 31), 1)

COMMANDS = (
    Findable("command", "file.save", "Save", "File"),
    Findable("command", "file.save_as", "Save as…", "File"),
    Findable("command", "file.save_copy", "Save a copy…", "File"),
    Findable("command", "edit.fill_down", "Fill down", "Edit"),
    Findable("command", "edit.fill_right", "Fill right", "Edit"),
    Findable("command", "lens.fully_diluted", "Fully diluted", "View"),
    Findable("command", "view.dark", "Dark", "View"),
    Findable("page", "page.cap_table", "Cap table"),
    Findable("page", "page.transactions", "Transactions"),
    Findable("page", "page.conversions", "Conversions"),
    Findable("command", "entry.notice", "Record a conversion notice", "Entry"),
    Findable("help", "topic.conversions", "Conversions"),
    Findable("help", "topic.rounding", "Rounding"),
    Findable("glossary", "glossary#anti-dilution", "Anti-dilution"),
)


def ledger() -> Ledger:
    """Two companies, four holders and three entries."""
    at = date(2001, 8, 31)
    return Ledger(
        issuers={1: Issuer(1, "NeoTherapeutics, Inc."), 2: Issuer(2, "NeoGene Technologies, Inc.")},
        stakeholders={
            1: Stakeholder(1, "HFTP Investment L.L.C."),
            2: Stakeholder(2, "Société Générale"),
            3: Stakeholder(3, "Montrose Investments Ltd."),
            4: Stakeholder(4, "Alvin J. Glasky"),
        },
        securities={
            1: Security(1, 1, "Common Stock", SecurityKind.COMMON, at),
            2: Security(2, 1, "Series B Preferred", SecurityKind.PREFERRED, at),
        },
        transactions=Transactions.of(
            [
                Transaction(1, at, "issuance", 0, None, 2, 1, quantity=Decimal(7_000), certificate="PB-1"),
                Transaction(2, at, "issuance", 1, None, 1, 3, quantity=Decimal(201_149), certificate="C-17"),
                Transaction(3, date(2001, 9, 19), "issuance", 0, None, 1, 4, quantity=Decimal(50)),
            ]
        ),
    )


@pytest.mark.parametrize(
    ("sought", "first"),
    [
        ("cap", "Cap table"),
        ("ct", "Cap table"),
        ("save", "Save"),
        ("sa as", "Save as…"),
        ("fully", "Fully diluted"),
        ("hftp", "HFTP Investment L.L.C."),
        ("societe", "Société Générale"),
        ("glasky", "Alvin J. Glasky"),
        ("neog", "NeoGene Technologies, Inc."),
        ("ser b", "Series B Preferred"),
        ("conversion notice", "Record a conversion notice"),
        ("conv", "Conversions"),
        ("antidil", "Anti-dilution"),
        ("mntrse", "Montrose Investments Ltd."),
        ("fdwn", "Fill down"),
    ],
)
def test_the_first_hit_is_what_was_meant(sought: str, first: str) -> None:
    found = Index((*COMMANDS, *named(ledger()))).best(sought)
    assert found[0].title == first


def test_of_a_page_and_its_help_the_page_comes_first() -> None:
    found = Index(COMMANDS).best("conversions")
    assert [one.kind for one in found[:2]] == ["page", "help"]


def test_letters_far_apart_fit_nothing() -> None:
    assert likeness("sbk", folded("Société Générale de Montréal et autres banques, New York")) is None
    assert Index(COMMANDS).best("zzz") == []


def test_what_was_chosen_lately_stands_first_while_nothing_is_typed() -> None:
    found = Index(COMMANDS).best("", [("command", "view.dark"), ("page", "page.cap_table")])
    assert [one.title for one in found[:3]] == ["Dark", "Cap table", "Save"]


def test_of_what_fits_alike_the_one_chosen_lately_comes_first() -> None:
    assert Index(COMMANDS).best("fill")[0].title == "Fill down"
    assert Index(COMMANDS).best("fill", [("command", "edit.fill_right")])[0].title == "Fill right"


@pytest.mark.parametrize(
    ("sought", "numbers"),
    [
        ("31 Aug 2001", [2, 1]),
        ("2001-08-31", [2, 1]),
        ("aug issuance", [2, 1]),
        ("glasky", [3]),
        ("PB-1", [1]),
        ("201,149", [2]),
        ("201149 montrose", [2]),
        ("transfer", []),
        ("x", []),
    ],
)
def test_entries_are_found_by_day_kind_holder_certificate_and_figure(sought: str, numbers: list[int]) -> None:
    assert [one.key.id for one in entries(ledger(), LENS, sought)] == numbers


def test_an_entry_says_day_kind_holder_count_and_certificate() -> None:
    (found,) = entries(ledger(), LENS, "C-17")
    assert found.title == (
        "31 Aug 2001  ·  Issuance  ·  Montrose Investments Ltd.  ·  201,149 Common Stock  ·  C-17"
    )


def test_a_day_is_offered_as_a_point_of_view_as_the_language_writes_it() -> None:
    german = Style(decimal_mark=",", group_mark=".", day_order="DMY", day_mark=".")
    (found,) = day_typed("31.08.2001", german)
    assert (found.key, found.title) == (date(2001, 8, 31), "Look at 31 Aug 2001")
    assert day_typed("31 apples") == ()
    assert [one.key.id for one in entries(ledger(), LENS, "31.08.2001", german)] == [2, 1]


def test_entries_stand_between_names_and_mere_parts_of_names() -> None:
    index = Index(named(ledger()))
    found = index.best("glasky", lines=entries(ledger(), LENS, "glasky"))
    assert [one.kind for one in found] == ["holder", "transaction"]


def test_a_finding_is_found_by_its_sentence() -> None:
    place = Place("transactions", 2)
    index = Index(contradictions([Finding("x", Severity.ERROR, "Montrose gives more than it holds.", place)]))
    assert index.best("more than")[0].key == place
