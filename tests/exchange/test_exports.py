"""What is exported without a screen: a format for each ending, a table that runs nothing, a whole file."""

from __future__ import annotations

import csv
import io
import os
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.exchange.exports import EXPORTS, NotOffered, export_for
from neocapgui.exchange.samples import sample
from neocapgui.exchange.table_text import table_csv, table_html, table_tsv
from neocapgui.exchange.whole_file import digest_of, write_whole
from neocapgui.figures.charts.table import ownership_over_time
from neocapgui.figures.kinds import Kind, Style
from neocapgui.figures.tables import Column, Row, Table

TABLE = Table(
    "t",
    "T",
    (
        Column("Day", Kind.DATE),
        Column("=Who", Kind.TEXT),
        Column("Shares", Kind.SHARES),
        Column("%", Kind.STAKE),
    ),
    (
        Row((date(2001, 8, 31), '=cmd|"/c calc"!A1', 1_234_567, Fraction(1, 8))),
        Row((None, "Ada, Bob", -5, None)),
    ),
    total=Row((None, "Total", 1_234_562, Fraction(1))),
)


def test_a_table_as_csv_has_plain_numbers_iso_days_and_runs_nothing() -> None:
    assert table_csv(TABLE) == (
        "Day,'=Who,Shares,%\n".replace("=Who", "=Who")
        + '2001-08-31,"\'=cmd|""/c calc""!A1",1234567,12.5\n'
        + ',"Ada, Bob",-5,\n'
        + ",Total,1234562,100\n"
    )


def test_a_table_as_text_has_the_marks_of_the_language() -> None:
    lines = table_tsv(TABLE, Style(",", ".")).splitlines()
    assert lines[0] == "Day\t'=Who\tShares\t%"
    assert lines[1].split("\t")[2:] == ["1234567", "12,5"]
    assert "x:num" in table_html(TABLE)


def test_the_table_behind_the_chart_is_read_back_from_csv() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2001, 9, 19), 1)
    rows = list(csv.DictReader(io.StringIO(table_csv(ownership_over_time(ledger, lens)))))
    assert rows[0]["Day"] == "1996-09-25"
    assert all(
        abs(sum(float(cell or 0) for name, cell in list(row.items())[2:-1]) - 100) < 1e-9 for row in rows
    )


@pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.suffix)
def test_each_format_is_found_by_its_ending_and_made_twice_alike(export: object) -> None:
    assert export in EXPORTS
    for one in EXPORTS:
        assert export_for(f"Board paper{one.suffix.upper()}") is one
        lens = Lens(date(2001, 9, 19))
        ledger = sample("neotherapeutics-as-filed")
        assert one.content(ledger, lens, "Foot") == one.content(ledger, lens, "Foot")


def test_what_is_not_offered_is_refused_with_what_is() -> None:
    with pytest.raises(NotOffered, match=r"a\.xlsx cannot be exported: its ending is none of \.svg"):
        export_for("a.xlsx")
    with pytest.raises(NotOffered, match=r"a\.pdf needs the window"):
        export_for("a.pdf")


def test_a_file_is_replaced_whole_and_nothing_is_left_beside(tmp_path: Path) -> None:
    file = tmp_path / "chart.svg"
    write_whole(file, b"one")
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]
    assert digest_of(file) == "3fc4ccfe745870e2"


def test_a_folder_or_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="it is no file"):
        write_whole(tmp_path, b"x")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(OSError, match="it is no file"):
            write_whole(tmp_path / "pipe", b"x")
    assert not [one for one in tmp_path.iterdir() if one.suffix == ".exporting"]
