"""A table as text for other programs: comma-separated, tab-separated, and HTML with number formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neocapgui.exchange.block_html import Cell, block_html
from neocapgui.exchange.block_text import block_text
from neocapgui.exchange.safe_text import csv_text, guarded
from neocapgui.figures.grid.raw_cells import canonical, raw_text
from neocapgui.figures.kinds import NUMBERS, PLAIN, Kind, Style
from neocapgui.figures.tables import Column, Row, Table

_PLAIN_KINDS = (NUMBERS | {Kind.DATE, Kind.DATES}) - {Kind.RATIO}


def table_csv(table: Table) -> str:
    """Return a table as comma-separated text: plain numbers, ISO days, and texts that are not run.

    Numbers have a decimal point and no group marks; stakes are in percent; a blank is nothing.

    >>> columns = Column("Who", Kind.TEXT), Column("Shares", Kind.SHARES)
    >>> table_csv(Table("t", "", columns, [Row(("=Ada", 5))]))
    "Who,Shares\\n'=Ada,5\\n"
    """
    heads = [guarded(column.title) for column in table.columns]  # a security may be called anything
    texts = {head for head, column in zip(heads, table.columns, strict=True) if not _is_plain(column)}
    figures = set(heads) - texts
    return csv_text(heads, (_texts(table, row, PLAIN) for row in _rows(table)), figures=figures)


def table_tsv(table: Table, style: Style = PLAIN) -> str:
    """Return a table as a spreadsheet pastes it, in the marks of a language, with its heads."""
    heads = [guarded(column.title) for column in table.columns]
    return block_text([heads, *([cell.text for cell in row] for row in _cells(table, style))])


def table_html(table: Table, style: Style = PLAIN) -> str:
    """Return a table as HTML that keeps numbers numbers and texts texts, with its heads."""
    return block_html(_cells(table, style), [column.title for column in table.columns])


def _rows(table: Table) -> Iterator[Row]:
    yield from table.rows
    if table.total is not None:
        yield table.total


def _texts(table: Table, row: Row, style: Style) -> list[str]:
    return [raw_text(column, value, style) for column, value in zip(table.columns, row.cells, strict=True)]


def _cells(table: Table, style: Style) -> Iterator[list[Cell]]:
    for row in _rows(table):
        yield [cell_of(column, value, style) for column, value in zip(table.columns, row.cells, strict=True)]


def cell_of(column: Column, value: Any, style: Style) -> Cell:
    """Return a cell as it leaves for another program: its exact figure, or a text that is not run.

    >>> from decimal import Decimal
    >>> cell_of(Column("Coupon", Kind.RATE), Decimal("0.07"), PLAIN).number
    '0.07'
    >>> cell_of(Column("Who", Kind.TEXT), "=1+1", PLAIN).text
    "'=1+1"
    """
    text = raw_text(column, value, style)
    if not _is_plain(column):
        return Cell(Kind.TEXT, guarded(text))
    return Cell(column.kind, text, _number(column, value))


def _number(column: Column, value: Any) -> str:
    """Return the exact number beside the shown one; a rate as the part it is, for its format has the sign."""
    number = canonical(column, value)
    if number and column.kind is Kind.RATE:
        return canonical(Column("", Kind.SHARES), value)
    return number


def _is_plain(column: Column) -> bool:
    """Whether the cells of a column are figures or days, which no program takes for a formula."""
    return column.choices is None and column.kind in _PLAIN_KINDS
