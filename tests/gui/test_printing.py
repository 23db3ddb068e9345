"""A page of the window on paper and in files: pages counted, text found, formulas disarmed."""

from __future__ import annotations

import csv
import gc
import re
import shutil
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtPrintSupport import QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import QDialog, QToolBar
from pytestqt.qtbot import QtBot

from neocapgui.engine.lens import Lens
from neocapgui.exchange.table_text import table_csv
from neocapgui.figures.kinds import Kind
from neocapgui.figures.paper import Heading, pages
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.gui.commands.of_printing import PrintCommands
from neocapgui.gui.looks.locale_style import style_of
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.pages.cap_table_page import CapTablePage
from neocapgui.gui.pages.overview_page import OverviewPage
from neocapgui.gui.printing import parts_of, sheets_of, sheets_pdf
from neocapgui.gui.session import Session
from tests.gui.pages import page, shown

# What spreadsheets run or that ends a cell, from the OWASP page on CSV injection and what is told since.
CORPUS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1,1)",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org","x")',
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "'=1+1",
    '"=1+1',
    'a",=1+1',
    ";=1+1",
    "=1+1\r\n=2+2",
)


def _page_count(content: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", content))


def test_a_page_becomes_a_pdf_of_as_many_pages_as_there_are_sheets(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "transactions")
    sheets = sheets_of(neo, stack)
    content = sheets_pdf(sheets)
    assert content.startswith(b"%PDF-")
    assert len(sheets) > 5
    assert _page_count(content) == len(sheets)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext of poppler-utils is not installed")
def test_the_words_of_the_pdf_can_be_found(neo: Session, qtbot: QtBot, tmp_path: Path) -> None:
    stack = shown(qtbot, neo, "cap_table")
    sheets = sheets_of(neo, page(stack, CapTablePage))
    path = tmp_path / "page.pdf"
    path.write_bytes(sheets_pdf(sheets))
    said = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, encoding="utf-8"
    ).stdout
    for words in ("NeoTherapeutics as filed", "31 Aug 2001", "page 1 of 1", "Montrose Investments Ltd."):
        assert words in said
    assert "21,345,562" in said


def test_the_overview_is_printed_with_its_cards_its_chart_and_its_tables(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "overview")
    titles = [part.title for part in parts_of(neo, page(stack, OverviewPage))]
    assert titles == [
        "At a glance",
        "Ownership over time",
        "Largest owners",
        "Convertible overhang",
        "Group",
        "Next dates",
    ]


def test_a_page_is_saved_whole_or_not_at_all(window: MainWindow, tmp_path: Path) -> None:
    session = window.session
    assert session is not None
    window.carry_out("page.cap_table")
    commands = session.findChild(PrintCommands)
    assert isinstance(commands, PrintCommands)
    commands.save_pdf(tmp_path / "page.pdf")
    assert _page_count((tmp_path / "page.pdf").read_bytes()) == 1
    refusals: list[str] = []
    commands.refused.connect(refusals.append)
    commands.save_pdf(tmp_path / "missing" / "page.pdf")
    assert len(refusals) == 1
    assert refusals[0].startswith("page.pdf could not be saved: ")
    assert list(tmp_path.iterdir()) == [tmp_path / "page.pdf"]


def test_the_table_in_front_is_saved_for_a_spreadsheet(window: MainWindow, tmp_path: Path) -> None:
    session = window.session
    assert session is not None
    window.carry_out("page.cap_table")
    commands = session.findChild(PrintCommands)
    assert isinstance(commands, PrintCommands)
    commands.save_csv(tmp_path / "table.csv")
    content = (tmp_path / "table.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert rows[0][0] == "Stakeholder"
    assert rows[1][:2] == ["Ada", "2500"]
    assert rows[-1][:2] == ["Total", "4000"]


@pytest.mark.parametrize("text", CORPUS)
def test_no_text_of_a_table_is_run_by_a_spreadsheet(text: str) -> None:
    table = Table("t", "", (Column(text, Kind.TEXT), Column("Shares", Kind.SHARES)), [Row((text, -5))])
    rows = list(csv.reader(StringIO(table_csv(table), newline="")))
    assert len(rows) == 2
    assert all(len(row) == 2 for row in rows)
    assert rows[1][1] == "-5"
    assert rows[1][0][:1] not in tuple("=+-@\t\r\n＝")
    assert rows[0][0][:1] not in tuple("=+-@\t\r\n＝")


def test_every_command_that_leads_out_has_a_dialog_and_ends_quietly(window: MainWindow, qtbot: QtBot) -> None:
    for command, name in (
        ("file.export_pdf", "dialog.export_pdf"),
        ("table.export_csv", "dialog.export_csv"),
        ("file.print_preview", "dialog.print_preview"),
    ):
        window.carry_out("page.cap_table")
        window.carry_out(command)
        dialog = window.findChild(QDialog, name)
        assert isinstance(dialog, QDialog), command
        dialog.reject()


def test_text_from_elsewhere_is_printed_as_it_stands() -> None:
    table = Table("t", "<b>T</b>", (Column("Who", Kind.TEXT),), [Row(("<img src=x>\n=1+1",))])
    content = sheets_pdf(pages([table], Heading("<i>x</i>", "", "")))
    assert _page_count(content) == 1


def test_the_lens_is_named_on_every_sheet(neo: Session, qtbot: QtBot) -> None:
    assert isinstance(neo.lens, Lens)
    stack = shown(qtbot, neo, "transactions")
    for sheet in sheets_of(neo, stack):
        texts = [getattr(mark, "text", "") for mark in sheet.marks]
        assert "NeoTherapeutics, Inc.  ·  as converted  ·  31 Aug 2001" in texts


def test_the_day_at_the_head_is_written_as_the_language_writes_it(neo: Session, qtbot: QtBot) -> None:
    neo.style = style_of(QLocale("de_DE"))
    sheet = sheets_of(neo, shown(qtbot, neo, "cap_table"))[0]
    texts = [getattr(mark, "text", "") for mark in sheet.marks]
    assert "NeoTherapeutics, Inc.  ·  as converted  ·  31 Aug. 2001" in texts
    assert any("as of 31 Aug. 2001" in text for text in texts)


def test_the_preview_draws_the_page_and_survives_what_made_it(window: MainWindow, qtbot: QtBot) -> None:
    window.carry_out("page.cap_table")
    window.carry_out("file.print_preview")
    gc.collect()
    dialog = window.findChild(QPrintPreviewDialog, "dialog.print_preview")
    assert isinstance(dialog, QPrintPreviewDialog)
    qtbot.waitUntil(dialog.isVisible)
    preview = dialog.findChild(QPrintPreviewWidget)
    assert isinstance(preview, QPrintPreviewWidget)
    qtbot.waitUntil(lambda: preview.pageCount() == 1)
    dialog.reject()


def test_every_button_of_the_preview_is_in_sight_in_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 676)
    window.carry_out("page.cap_table")
    window.carry_out("file.print_preview")
    dialog = window.findChild(QPrintPreviewDialog, "dialog.print_preview")
    assert isinstance(dialog, QPrintPreviewDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert (dialog.width(), dialog.height()) == (900, 636)
    tools = dialog.findChild(QToolBar)
    assert isinstance(tools, QToolBar)
    shown = [action.text() for action in tools.actions() if tools.widgetForAction(action).isVisible()]
    assert len(shown) == len(tools.actions())
    dialog.reject()
