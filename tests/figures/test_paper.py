"""Tables and charts on paper: nothing is cut, heads come again, pages are counted."""

from __future__ import annotations

from datetime import date

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures import paper
from neocapgui.figures.cap_table import cap_table
from neocapgui.figures.charts.drawing import Figure
from neocapgui.figures.charts.group_diagram import group_diagram
from neocapgui.figures.charts.marks import Drawing, Words
from neocapgui.figures.charts.stacked import ownership_chart
from neocapgui.figures.charts.table import ownership_over_time
from neocapgui.figures.facts_tables import transactions_table
from neocapgui.figures.kinds import Kind
from neocapgui.figures.paper import Heading, pages
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Ledger

HEADING = Heading("Acme", "Acme  ·  outstanding  ·  31 Aug 2001", "acme.db  ·  SHA-256 0123456789abcdef")
LENS = Lens(date(2001, 8, 31), 1)


def _texts(sheet: Drawing) -> list[str]:
    return [mark.text for mark in sheet.marks if isinstance(mark, Words)]


def _numbers(count: int) -> Table:
    columns = (Column("Who", Kind.TEXT), Column("Shares", Kind.SHARES))
    rows = tuple(Row((f"Holder {number}", number)) for number in range(1, count + 1))
    return Table("some", "Some holders", columns, rows, "as of today", Row(("Total", 9_999), is_total=True))


@pytest.fixture(scope="module")
def neo() -> Ledger:
    return sample("neotherapeutics-as-filed")


def test_every_line_is_printed_once_and_the_heads_stand_on_every_page() -> None:
    sheets = pages([_numbers(200)], HEADING)
    every = [text for sheet in sheets for text in _texts(sheet)]
    assert len(sheets) > 2
    for number in range(1, 201):
        assert every.count(f"Holder {number}") == 1
    for number, sheet in enumerate(sheets, 1):
        texts = _texts(sheet)
        assert texts.count("Who") == texts.count("Shares") == 1
        assert f"page {number} of {len(sheets)}" in texts
        assert HEADING.foot in texts
        assert HEADING.dim_line in texts
        assert ("Some holders" if number == 1 else "Some holders (continued)") in texts
    assert "9,999" in _texts(sheets[-1])


def test_nothing_leaves_the_paper_whatever_the_table(neo: Ledger) -> None:
    parts: list[Table | Figure] = [
        transactions_table(neo, LENS),
        cap_table(neo, LENS),
        ownership_chart(neo, LENS),
    ]
    for sheet in pages([*parts, group_diagram(neo, LENS)], HEADING):
        for mark in sheet.marks:
            if isinstance(mark, Words):
                across, down = mark.place
                assert 0 < across < sheet.width
                assert 0 < down < sheet.height


def test_a_wide_table_lays_the_paper_across_and_its_long_texts_stand_under_their_line(neo: Ledger) -> None:
    (narrow,) = pages([_numbers(3)], HEADING)
    assert narrow.width < narrow.height
    sheets = pages([transactions_table(neo, LENS)], HEADING)
    assert all(sheet.width > sheet.height for sheet in sheets)
    assert any("Source: " in text for text in _texts(sheets[0]))


def test_what_few_lines_say_stands_under_them_where_a_table_is_wide(neo: Ledger) -> None:
    table = transactions_table(neo, LENS)
    sheets = pages([table], HEADING)
    heads = [mark.text for mark in sheets[0].marks if isinstance(mark, Words) and mark.part == "head"]
    assert "Counterparty" not in heads
    assert {"Day", "Security", "Stakeholder", "Shares", "Price", "Amount", "Certainty"} <= set(heads)
    under = [text for sheet in sheets for text in _texts(sheet) if "Counterparty: " in text]
    place = [column.title for column in table.columns].index("Counterparty")
    assert len(under) == sum(row.cells[place] is not None for row in table.rows) > 0


def test_all_figures_over_time_stand_side_by_side_on_a_sheet(neo: Ledger) -> None:
    sheets = pages([ownership_over_time(neo, LENS)], HEADING)
    heads = [mark for mark in sheets[0].marks if isinstance(mark, Words) and mark.part == "head"]
    assert {"Other", "holders"} <= {mark.text for mark in heads}
    assert "All shares" in {mark.text for mark in heads}
    assert not any("Other holders: " in text for text in _texts(sheets[0]))


def test_no_figure_of_a_table_with_very_many_columns_is_cut() -> None:
    columns = (Column("Name", Kind.TEXT), *(Column(f"Count {number}", Kind.SHARES) for number in range(40)))
    table = Table("t", "T", columns, [Row(("Ada", *(10**12 + number for number in range(40))))])
    texts = " ".join(mark.text for mark in pages([table], HEADING)[0].marks if isinstance(mark, Words))
    assert "…" not in texts
    assert all(f"1,000,000,000,0{number:02}" in texts for number in range(40))
    assert "Count 39: 1,000,000,000,039" in texts


def test_no_page_at_all_is_one_page_that_is_numbered() -> None:
    (sheet,) = pages([], HEADING)
    assert "page 1 of 1" in _texts(sheet)
    assert "There is nothing on this page to print yet." in _texts(sheet)


def test_an_empty_table_says_why() -> None:
    table = Table("none", "None", (Column("Who", Kind.TEXT),), (), empty="Nobody holds anything yet.")
    (sheet,) = pages([table], HEADING)
    assert "Nobody holds anything yet." in _texts(sheet)


def test_of_a_table_beyond_all_paper_it_is_said_how_many_lines_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paper, "MOST_LINES", 50)
    every = [text for sheet in pages([_numbers(60)], HEADING) for text in _texts(sheet)]
    assert "10 more lines are not printed; export the table as CSV to have all of them." in every
    assert "Holder 50" in every
    assert "Holder 51" not in every


def test_the_same_page_is_printed_the_same_again(neo: Ledger) -> None:
    parts: list[Table | Figure] = [cap_table(neo, LENS), ownership_chart(neo, LENS)]
    assert pages(parts, HEADING) == pages(parts, HEADING)
