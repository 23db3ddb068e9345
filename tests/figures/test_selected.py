"""What is told of a selection follows what its cells show: what shows nothing is no figure."""

from __future__ import annotations

from decimal import Decimal

from neocapgui.figures.grid.selected import figures_of, summary_of, summary_of_block
from neocapgui.figures.kinds import PLAIN, Kind
from neocapgui.figures.tables import Column, Row, Table

VOTES, PRICE = Column("Votes", Kind.SHARES), Column("Price", Kind.PRICE)


def test_a_blank_cell_of_votes_has_no_value() -> None:
    assert figures_of(summary_of([(VOTES, Decimal(0))]), PLAIN) == ()
    assert [one.shown for one in figures_of(summary_of([(VOTES, Decimal(1))]), PLAIN)] == ["1"]


def test_a_price_of_nothing_is_shown_and_told() -> None:
    assert [one.shown for one in figures_of(summary_of([(PRICE, Decimal(0))]), PLAIN)] == ["0"]


def test_blank_cells_are_not_counted_in_a_column_read_at_once() -> None:
    rows = tuple(Row((Decimal(number % 2),), key=number) for number in range(10))
    table = Table("votes", "Votes", (VOTES,), rows)
    said = {one.name: one.shown for one in figures_of(summary_of_block(table, range(10), (0,)), PLAIN)}
    assert said == {"Count": "5", "Sum": "5", "Average": "1", "Min": "1", "Max": "1"}
