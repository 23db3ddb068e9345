"""Explaining a figure: the tree beneath it makes it, node by node, down to entries and their papers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.lens import Basis, Lens
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.figures.cap_table import cap_table, cap_table_by_security
from neocapgui.figures.conversions import conversions_table, notices_table, price_range_table
from neocapgui.figures.facts_tables import transactions_table
from neocapgui.figures.group_table import group_table
from neocapgui.figures.held_companies import held_companies_table
from neocapgui.figures.kinds import Style
from neocapgui.figures.largest_owners import largest_owners_table
from neocapgui.figures.next_dates import next_dates_table
from neocapgui.figures.origins.explained import explained
from neocapgui.figures.origins.holdings import Asked
from neocapgui.figures.origins.origin import Origin, every, text_lines, words
from neocapgui.figures.origins.typed import typed
from neocapgui.figures.overhang_now import overhang_table
from neocapgui.figures.overview import overview
from neocapgui.figures.reconciliation import reconciliation_table
from neocapgui.figures.splits_table import splits_table
from neocapgui.figures.stake_steps import stake_steps_table
from neocapgui.figures.standings import standings_table
from neocapgui.figures.tables import Table
from neocapgui.ledger.edits import apply, correct
from neocapgui.ledger.facts import Security
from neocapgui.ledger.history import History
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Exercise, SecurityKind
from tests.engine.ledgers import (
    ADA,
    BOB,
    COMMON,
    FIRST,
    SPAN,
    cast,
    contradictory_ledgers,
    issued,
    passed,
    split,
)

Question = Callable[[Ledger, Lens], Table]
TABLES: tuple[Question, ...] = (
    cap_table,
    cap_table_by_security,
    largest_owners_table,
    conversions_table,
    notices_table,
    group_table,
    stake_steps_table,
    splits_table,
    reconciliation_table,
    standings_table,
    next_dates_table,
    price_range_table,
)
NAMES_AND_WORDS = {  # they name what the line is about, or say in words what another column figures
    ("cap_table", "Stakeholder"),
    ("cap_table_by_security", "Security"),
    ("cap_table_by_security", "Kind"),
    ("largest_owners", "Stakeholder"),
    ("conversions", "Security"),
    ("conversions", "Into"),
    ("conversions", "Governs"),
    ("conversions", "Remark"),
    ("group", "Owner"),
    ("group", "Company"),
    ("group", "Status"),
    ("stake_steps", "Day"),
    ("stake_steps", "What happened"),
    ("splits", "Stakeholder"),
    ("standings", "Company"),
    ("standings", "Status"),
    ("next_dates", "Day"),
    ("next_dates", "What"),
    ("price_range", "Security"),
    ("price_range", "Governs"),
}
UNEXPLAINED = {  # figures that still have no explanation; this set must only shrink
    ("next_dates", "Units"),
    ("price_range", "Market price"),
    ("price_range", "Conversion price"),
    ("price_range", "Shares"),
    ("price_range", "Part of the class"),
    ("price_range", "Held back"),
}
DAYS = {
    "neotherapeutics-as-announced": (date(2001, 8, 31),),
    "neotherapeutics-as-filed": (date(2002, 10, 1),),
    "preferred-at-a-floating-price": (date(2023, 3, 28),),
}
each_sample = pytest.mark.parametrize("name", [one.name for one in SAMPLES])
each_basis = pytest.mark.parametrize("basis", list(Basis))


def answers(ledger: Ledger, lens: Lens) -> list[tuple[str, str, object, Origin | None]]:
    """Return every calculated cell of every table: table, column, what it shows, where it comes from."""
    found = []
    for question in TABLES:
        table = question(ledger, lens)
        for row in (*table.rows, *([table.total] if table.total else [])):
            for column, value in zip(table.columns, row.cells, strict=True):
                if not column.field and value not in (None, ""):
                    origin = explained(ledger, lens, table.name, row.key, column.title, shown=value)
                    found.append((table.name, column.title, value, origin))
    return found


def recomputed(origin: Origin) -> Any:
    """Return the figure as its rule makes it of the figures beneath; a fact is what it is."""
    if origin.rule.result is None:
        return origin.value
    return origin.rule.result([Fraction(part.value) for part in origin.parts])


def right_in_itself(origin: Origin) -> bool:
    return all(recomputed(one) == one.value for one in every(origin))


@each_sample
@each_basis
def test_every_figure_is_what_its_tree_makes_of_it(name: str, basis: Basis) -> None:
    ledger = sample(name)
    for day in DAYS[name]:
        for issuer in ledger.issuers:
            for table, column, value, origin in answers(ledger, Lens(day, issuer, basis)):
                if origin is None:
                    assert (table, column) in NAMES_AND_WORDS | UNEXPLAINED
                    continue
                assert isinstance(value, str | date) or origin.value == value, (table, column, day)
                assert right_in_itself(origin), (table, column, day)


def test_the_list_of_what_is_not_explained_names_no_column_that_is_not_there() -> None:
    ledger = sample("neotherapeutics-as-filed")
    columns = {
        (table.name, column.title)
        for question in TABLES
        for table in [question(ledger, Lens(date(2002, 10, 1), 1))]
        for column in table.columns
    }
    assert columns >= NAMES_AND_WORDS
    assert columns >= UNEXPLAINED


def test_asking_where_89_18_percent_comes_from() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2001, 8, 31), 1)
    found = explained(ledger, lens, "group", (1, 2), "Direct %")
    assert found is not None
    assert found.value == Fraction(1_030_555, 1_155_555)
    assert words(found) == (
        "1,030,555 / 1,155,555  ·  as converted, at the end of 31 Aug 2001, treasury shares left out"
    )
    own, whole = found.parts
    assert words(own) == "875,000 + 111,110 + 44,445"
    assert words(whole).startswith("1,030,555 + 125,000  ·  as converted")
    entries = [one for one in every(own) if one.place is not None and one.place.table == "transactions"]
    assert [int(one.value) for one in entries] == [875_000, 55_555, 55_555, 44_445]
    assert all("8-K" in one.source for one in entries)
    assert all(one.source for one in every(found) if not one.parts)


def test_the_effective_stake_on_the_group_page_is_the_direct_one_where_nothing_stands_between() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2001, 8, 31), 1)
    found = explained(ledger, lens, "group", (1, 2), "Effective %")
    assert found is not None
    assert [part.value for part in found.parts] == [found.value]


def test_every_card_of_the_overview_that_promises_an_explanation_has_one() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2001, 8, 31), 1)
    cards = {card.title: card for card in overview(ledger, lens)}
    assert cards["Convertible overhang"].value == "84,746"
    for card in cards.values():
        if card.asks is not None:
            found = explained(ledger, lens, *card.asks)
            assert found is not None, card.title
            assert right_in_itself(found), card.title
    assert cards["Status"].asks is None


def test_the_overhang_of_the_overview_and_its_part_of_the_class_are_explained() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2001, 8, 31), 1)
    table = overhang_table(ledger, lens)
    (row,) = [row for row in table.rows if row.cells[1]]
    for column in ("Shares today", "After issue %"):
        found = explained(ledger, lens, "overhang_now", row.key, column)
        assert found is not None
        assert found.value == row.cells[[one.title for one in table.columns].index(column)]
        assert right_in_itself(found)


def test_a_company_held_is_explained_as_on_the_group_page() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2001, 8, 31), 1)
    row = held_companies_table(ledger, lens).rows[0]
    found = explained(ledger, lens, "held_companies", row.key, "Direct %")
    there = explained(ledger, lens, "group", row.key, "Direct %")
    assert found is not None
    assert there is not None
    assert found.value == there.value == row.cells[1]


def test_a_split_is_a_step_on_what_stood_before_it() -> None:
    past = issued(1, "01-01", ADA, 282_486), split(2, "06-01", "1/25", "cash"), issued(3, "07-01", ADA, 1)
    ledger = cast(*past)
    found = explained(ledger, Lens(date(2022, 12, 31), 1), "cap_table", ADA.id, COMMON.name)
    assert found is not None
    after, later = found.parts
    assert (after.value, later.value) == (11_299, 1)
    assert words(after) == "282,486 × 1:25  ·  rounded down, the fraction in cash"
    assert right_in_itself(found)


def test_a_warrant_counts_for_what_it_buys() -> None:
    three = Exercise(1, shares_per_unit=Decimal(3))
    warrant = Security(20, 1, "Warrant", SecurityKind.WARRANT, exercise=three)
    ledger = cast(warrant, issued(1, "01-01", ADA, 10, security=20), issued(2, "01-01", BOB, 70))
    lens = Lens(date(2022, 12, 31), 1, Basis.FULLY_DILUTED)
    found = explained(ledger, lens, "cap_table", ADA.id, "Stake %")
    assert found is not None
    assert words(found).startswith("30 / 100  ·  fully diluted")
    assert right_in_itself(found)


@settings(max_examples=40, deadline=None)
@given(contradictory_ledgers(st.integers(0, 1000).map(Decimal)), st.integers(0, SPAN), st.sampled_from(Basis))
def test_of_any_ledger_the_trees_are_right(book: Ledger, after: int, basis: Basis) -> None:
    lens = Lens(FIRST + timedelta(after), 1, basis)
    for question in (cap_table, cap_table_by_security, group_table):
        table = question(book, lens)
        for row in table.rows:
            for column, value in zip(table.columns, row.cells, strict=True):
                origin = explained(book, lens, table.name, row.key, column.title, shown=value)
                if origin is not None and value is not None:
                    assert origin.value == value
                    assert right_in_itself(origin)


def test_the_tree_is_copied_as_indented_lines_in_the_marks_of_the_language() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2001, 8, 31), 2)
    german = Style(",", ".", "DMY", ".")
    found = explained(ledger, lens, "cap_table", "total", "As-converted shares", german)
    assert found is not None
    lines = list(text_lines(found, german))
    assert lines[0].startswith("1.155.555  All shares of NeoGene Technologies, Inc., as converted")
    assert lines[1].startswith("    1.030.555  NeoTherapeutics, Inc., shares as converted")


def test_a_column_without_an_explainer_has_no_origin() -> None:
    assert explained(cast(), Lens(date(2022, 1, 1), 1), "history", 1, "Edit") is None


# What was typed


def test_a_typed_figure_names_the_edit_that_wrote_it_and_its_paper() -> None:
    before = issued(1, "01-01", ADA, 100, source="8-K of 3 Jan 2022")
    ledger = cast(before)
    after = replace(before, quantity=Decimal(120))
    edit = correct("Change shares to 120", before, after)
    history = History().after_doing(edit, "2026-11-22T14:02:00+01:00")
    changed = apply(ledger, edit)
    table = transactions_table(changed, Lens(date(2022, 12, 31), 1))
    column = next(one for one in table.columns if one.field == "quantity")
    found = typed(Asked(changed, Lens(date(2022, 12, 31), 1), history=history), after, column)
    assert (found.value, found.source) == ("120", "published · 8-K of 3 Jan 2022")
    assert words(found) == "typed, edit 1 of 22 Nov 2026: Change shares to 120"
    price = next(one for one in table.columns if one.field == "date")
    assert words(typed(Asked(changed, Lens(date(2022, 12, 31), 1), history=history), after, price)) == (
        "recorded before the history of this file begins"
    )


def test_what_was_given_away_is_taken_off_in_the_sum() -> None:
    ledger = cast(issued(1, "01-01", ADA, 200), passed(2, "02-01", ADA, BOB, 70))
    found = explained(ledger, Lens(date(2022, 12, 31), 1), "cap_table", ADA.id, COMMON.name)
    assert found is not None
    assert words(found) == "200 \u2212 70"
