"""How smoothly a table of the ledger scrolls, sorts, filters and finds, beside the same asked of SQLite.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.grid --transactions 100000
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.large_scenario import large_scenario

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollBar

    from neocapgui.gui.session import Session
    from neocapgui.gui.tables.table_view import TableView

FRAME = 16.0  # milliseconds, at 60 pictures a second
SMOOTH = 300.0  # milliseconds that sorting or filtering may take


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing done to the table, the most milliseconds it may take, and the same in SQL."""

    title: str
    act: Callable[[int], object]
    most: float
    sql: str = ""


def main() -> None:
    """Open the window on a large ledger; print the median of each thing done to its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, nargs="+", default=[100_000])
    parser.add_argument("--runs", type=int, default=15)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["NEOCAPGUI_HOME"] = home
        for count in chosen.transactions:
            _measure(count, chosen.runs, Path(home) / f"{count}.db")


def _measure(count: int, runs: int, path: Path) -> None:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from neocapgui.document.document import Document
    from neocapgui.gui.app import Application, Program
    from neocapgui.gui.tables.table_view import TableView

    made = Document.create(large_scenario(count))
    made.save(path)
    made.close()
    application = QApplication.instance() or Application()
    assert isinstance(application, Application)
    window = Program(application).open_window()
    window.resize(1440, 900)
    window.file_wanted.emit(path)
    while window.session is None:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    window.carry_out("page.transactions")
    for _ in range(5):
        application.processEvents()
    view = window.findChild(TableView, "table.transactions")
    assert isinstance(view, TableView)
    print(f"{count:,} transactions, {len(view.table_model.table.rows):,} lines shown")
    connection = sqlite3.connect(path)
    for asked in _asked(view, window.session):
        _tell(asked, [_timed(asked, run) for run in range(runs)], connection, runs)
    connection.close()
    window.close_without_asking()


def _tell(asked: Asked, times: list[tuple[float, float]], connection: sqlite3.Connection, runs: int) -> None:
    taken, worked = (median(column) for column in zip(*times, strict=True))
    verdict = "fits" if taken <= asked.most else "TOO SLOW"
    beside = ""
    if asked.sql:
        plain = median(_queried(connection, asked.sql) for _ in range(min(runs, 5)))
        beside = f"   SQLite {plain:8.1f} ms, {taken / plain:5.2f} of it"
    print(f"  {asked.title:38} {taken:7.1f} ms (work {worked:6.1f}) of {asked.most:4.0f}: {verdict}{beside}")


def _timed(asked: Asked, run: int) -> tuple[float, float]:
    """Return the milliseconds that went by, and those that this program worked."""
    began, worked = time.perf_counter(), time.process_time()
    asked.act(run)
    return 1000 * (time.perf_counter() - began), 1000 * (time.process_time() - worked)


def _queried(connection: sqlite3.Connection, sql: str) -> float:
    began = time.perf_counter()
    connection.execute(sql).fetchall()
    return 1000 * (time.perf_counter() - began)


def _asked(view: TableView, session: Session) -> tuple[Asked, ...]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from neocapgui.figures.facts_tables import transactions_table
    from neocapgui.figures.grid.found import Sought, found
    from neocapgui.figures.grid.sifted import Filter, Order, Sifting
    from neocapgui.figures.kinds import PLAIN

    shown, down, across = view.shown, view.verticalScrollBar(), view.horizontalScrollBar()
    names = "SELECT t.id FROM transactions t JOIN stakeholders s ON s.id = t.stakeholder"

    def repaint(place: int, bar: QScrollBar = down) -> None:
        bar.setValue(place)
        view.viewport().repaint()

    def sifting(one: Sifting) -> Callable[[int], object]:
        """Return what asks it anew, as after an edit: nothing is remembered of the columns."""

        def ask(run: int) -> None:
            shown.stored = transactions_table(session.ledger, session.lens)
            shown.sift(one)

        return ask

    def select(run: int) -> None:
        view.point_at(run, 4)
        QTest.keyClick(view, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier)

    return (
        Asked("Repaint, a line further", lambda run: repaint(30_000 + 28 * run), FRAME),
        Asked("Repaint, a page further", lambda run: repaint(60_000 + 700 * run), FRAME),
        Asked("Repaint, somewhere else", lambda run: repaint(99_991 * (run + 1) % down.maximum()), FRAME),
        Asked("Repaint, sideways", lambda run: repaint(17 * run, across), FRAME),
        Asked(
            "Sort by shares",
            sifting(Sifting(Order("Shares"))),
            SMOOTH,
            "SELECT id FROM transactions ORDER BY CAST(quantity AS REAL)",
        ),
        Asked(
            "Sort by stakeholder",
            sifting(Sifting(Order("Stakeholder", True))),
            SMOOTH,
            f"{names} ORDER BY s.name COLLATE NOCASE DESC",
        ),
        Asked(
            "Filter by text",
            sifting(Sifting(filters=(Filter("Stakeholder", contains="er 12"),))),
            SMOOTH,
            f"{names} WHERE s.name LIKE '%er 12%'",
        ),
        Asked(
            "Filter by choice",
            sifting(Sifting(filters=(Filter("Kind", among=frozenset({"Transfer"})),))),
            SMOOTH,
            "SELECT id FROM transactions WHERE kind IN ('transfer')",
        ),
        Asked(
            "Filter by range",
            sifting(Sifting(filters=(Filter("Shares", least="1000", most="2000"),))),
            SMOOTH,
            "SELECT id FROM transactions WHERE CAST(quantity AS REAL) BETWEEN 1000 AND 2000",
        ),
        Asked("All lines again", lambda run: shown.sift(Sifting()), SMOOTH),
        Asked(
            "Find a figure in every column", lambda run: found(shown.stored, Sought("12345"), PLAIN), SMOOTH
        ),
        Asked("Select and sum up a column", select, 100),
    )


if __name__ == "__main__":
    main()
