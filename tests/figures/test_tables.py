"""Tables are plain data whose rows are made when asked for; every page of every scenario can be drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.group import tree
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.timeline import event_days, last_day
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.figures.cap_table import cap_table, cap_table_by_security
from neocapgui.figures.choices import Named, Words
from neocapgui.figures.conversions import conversions_table, notices_table, price_range_table
from neocapgui.figures.facts_tables import (
    approvals_table,
    conversion_rights_table,
    issuers_table,
    prices_table,
    published_counts_table,
    securities_table,
    stake_entries_table,
    stakeholders_table,
    transactions_table,
)
from neocapgui.figures.group_table import group_table
from neocapgui.figures.kinds import NUMBERS, PLAIN, Kind, NotUnderstood
from neocapgui.figures.origins.workings import explain
from neocapgui.figures.overview import overview
from neocapgui.figures.splits_table import splits_table
from neocapgui.figures.tables import Column, Lines, Row, Table, fact_row
from neocapgui.figures.terms_summary import terms_of
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty
from tests.engine.ledgers import ADA, BOB, FIRST, SPAN, cast, day, issued, ledger_of, scenarios

TABLES_OF_PAGES: tuple[Callable[[Ledger, Lens], Table], ...] = (
    cap_table,
    cap_table_by_security,
    conversions_table,
    notices_table,
    price_range_table,
    group_table,
    splits_table,
    issuers_table,
    stakeholders_table,
    securities_table,
    conversion_rights_table,
    prices_table,
    approvals_table,
    published_counts_table,
    transactions_table,
    stake_entries_table,
)


def drawn(table: Table) -> list[list[str]]:
    """Return every cell of a table as it is shown."""
    rows = [*table.rows, *([table.total] if table.total else [])]
    return [
        [column.text(value, PLAIN) for column, value in zip(table.columns, row.cells, strict=True)]
        for row in rows
    ]


# What a table is


def test_rows_are_made_only_when_they_are_asked_for() -> None:
    made: list[int] = []

    def row(item: int) -> Row:
        made.append(item)
        return Row((item,))

    lines = Lines(range(1_000_000), row)
    assert len(lines) == 1_000_000
    assert made == []
    assert lines[-1].cells == (999_999,)
    assert [one.cells for one in lines[10:12]] == [(10,), (11,)]
    assert made == [999_999, 10, 11]
    with pytest.raises(IndexError):
        lines[1_000_000]
    assert [one.cells for one in Lines(range(2), row)] == [(0,), (1,)]


def test_a_column_shows_and_reads_by_its_kind_or_by_its_choices() -> None:
    price = Column("Price", Kind.PRICE, "price", True)
    assert price.text(Decimal("3.48"), PLAIN) == "3.48"
    assert price.value("3.48", PLAIN) == Decimal("3.48")
    certainty = Column("Certainty", Kind.CHOICE, choices=Words.of(Certainty))
    assert certainty.text(Certainty.PUBLISHED, PLAIN) == "published"
    assert certainty.value(" Published", PLAIN) is Certainty.PUBLISHED
    assert certainty.text("unheard of", PLAIN) == "unheard of"
    security = Column("Security", Kind.REFERENCE, choices=Named(cast(), Security))
    assert security.text(1, PLAIN) == "Acme · Common Stock"
    assert security.value("common stock", PLAIN) == 1
    assert [security.text(value, PLAIN) for value in (None, 99)] == ["", "99?"]


def test_a_choice_that_may_be_blank_is_nothing_when_it_is() -> None:
    optional = Words({"board": "board"}, is_optional=True)
    assert optional.value_of(" ") is None
    with pytest.raises(NotUnderstood, match="is none of: board"):
        Words({"board": "board"}).value_of("")
    assert list(optional.names()) == ["board"]


def test_names_are_offered_in_alphabetical_order_and_near_ones_bare() -> None:
    assert list(Named(cast(), Security).names()) == [
        "Acme · Common Stock",
        "Acme · Series A",
        "Beta · Shares",
    ]
    near = Named(cast(), Security, near=1)
    assert list(near.names()) == ["Beta · Shares", "Common Stock", "Series A"]
    assert [near.value_of(name) for name in ("Common Stock", "Acme · Common Stock", "shares")] == [1, 1, 6]


def test_the_line_of_a_fact_shows_the_fields_its_columns_name() -> None:
    columns = (Column("Shares", Kind.SHARES, "quantity"), Column("Price", Kind.PRICE, "price"))
    fact = issued(3, "01-01", ADA, 5, price=Decimal(2))
    assert fact_row(fact, columns) == Row((Decimal(5), Decimal(2)), fact, 3)


# The tables of facts


def test_the_ledger_of_a_company_shows_what_concerns_it_and_all_of_it_when_asked() -> None:
    book = cast(issued(1, "01-01", ADA, 5), issued(2, "01-02", BOB, 7, security=6))
    lens = Lens(day("06-01"), 1)
    assert [row.key for row in transactions_table(book, lens).rows] == [1]
    assert [row.key for row in transactions_table(book, lens, of_all=True).rows] == [1, 2]
    assert [row.key for row in transactions_table(book, replace(lens, issuer=None)).rows] == [1, 2]


def test_the_entries_behind_the_stakes_name_a_company_of_the_group() -> None:
    held = replace(issued(2, "01-02", BOB, 7, security=6), stakeholder=7)
    book = cast(issued(1, "01-01", ADA, 5), held)
    assert [row.key for row in stake_entries_table(book, Lens(day("06-01"), 1)).rows] == [2]


@pytest.mark.parametrize("ask", TABLES_OF_PAGES, ids=lambda ask: ask.__name__)
def test_a_table_has_a_name_a_title_and_says_what_to_do_when_it_is_empty(
    ask: Callable[[Ledger, Lens], Table],
) -> None:
    table = ask(ledger_of(), Lens(day("06-01")))
    assert list(table.rows) == []
    assert table.total is None
    assert table.name.islower()
    assert table.title[0].isupper()


@pytest.mark.parametrize("ask", TABLES_OF_PAGES, ids=lambda ask: ask.__name__)
@pytest.mark.parametrize("name", [one.name for one in SAMPLES])
def test_every_line_has_a_cell_for_every_column(ask: Callable[[Ledger, Lens], Table], name: str) -> None:
    book = sample(name)
    for issuer in book.issuers:
        table = ask(book, Lens(date(2002, 9, 6), issuer, planned=True))
        titles = [column.title for column in table.columns]
        assert len(set(titles)) == len(titles)
        for texts in drawn(table):
            assert not any(re.fullmatch(r"None|[0-9]+[?]|Fraction.*|Decimal.*", text) for text in texts)


# Contradictions


@settings(max_examples=60)
@given(
    scenarios(),
    st.one_of(
        st.integers(-1, SPAN + 1).map(lambda after: FIRST + timedelta(after)),
        st.sampled_from((date.min, date.max)),
    ),
    st.sampled_from(Basis),
    st.sampled_from((1, 4, None)),
    st.booleans(),
)
def test_a_contradictory_scenario_still_opens_on_every_page(
    book: Ledger, as_of: date, basis: Basis, issuer: int | None, planned: bool
) -> None:
    lens = Lens(as_of, issuer, basis, planned)
    for ask in TABLES_OF_PAGES:
        table = ask(book, lens)
        for row in [*table.rows, *([table.total] if table.total else [])]:
            for column, value in zip(table.columns, row.cells, strict=True):
                assert isinstance(column.text(value, PLAIN), str)
                if column.kind in NUMBERS and column.choices is None:
                    assert value is None or Fraction(value).denominator > 0
    assert all(card.title for card in overview(book, lens))
    assert len(tree(book, lens)) == len(book.issuers)
    assert len(event_days(book, lens, issuer)) <= len(book.transactions)
    assert (last_day(book) is None) == (len(event_days(book, Lens(date.max))) == 0)
    for security in book.securities:
        assert terms_of(book, lens, security)
        if issuer is not None:
            assert explain(book, lens, ADA.id, security).value
            assert explain(book, lens, ADA.id).value
