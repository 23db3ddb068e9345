"""How long large edits hold the window: pasting, filling, clearing, removing many lines, and their undo.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.large_edits --transactions 100000 --lines 10000
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.large_scenario import large_scenario

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from neocapgui.gui.main_window import MainWindow
    from neocapgui.gui.session import Session
    from neocapgui.gui.tables.table_view import TableView

HEADS = ("Day", "Kind", "Security", "Stakeholder", "Shares", "Price", "Certificate")
PRICE = 5  # the column of the ledger that is typed into


class Clock:
    """Does things in the window and remembers how long its thread was held by the longest turn."""

    def __init__(self, application: QApplication, window: MainWindow, session: Session) -> None:
        """Watch one window."""
        self._application = application
        self._window = window
        self._session = session
        self._longest = 0.0
        print(f"  {'':24}{'longest turn':>14}{'until it stands':>17}{'and is seen':>13}")

    def turn(self, act: Callable[[], object]) -> None:
        """Do something in one turn of the event loop."""
        began = time.thread_time()
        act()
        self._longest = max(self._longest, time.thread_time() - began)

    def until(self, is_over: Callable[[], bool]) -> None:
        """Let the window live on until something has come about."""
        from PySide6.QtCore import QEventLoop

        while not is_over():
            self.turn(lambda: self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents))

    def measure(self, title: str, *acts: Callable[[], object], is_edit: bool = True) -> None:
        """Do one thing after another, each when the one before has been done; print how long it took."""
        self._longest, began = 0.0, time.perf_counter()
        before = self._session.history
        for act in acts:
            self.turn(act)
            self.until(lambda: not self._window.is_busy)
        if is_edit:
            self.until(lambda: self._session.history is not before)
        stood = time.perf_counter() - began
        for _ in range(20):
            self.turn(self._application.processEvents)
        seen = time.perf_counter() - began
        print(
            f"  {title:24}{1000 * self._longest:11,.0f} ms{1000 * stood:14,.0f} ms{1000 * seen:10,.0f} ms",
            flush=True,
        )


def main() -> None:
    """Open the window on a scenario, and edit many of its lines at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, nargs="+", default=[100, 100_000])
    parser.add_argument("--lines", type=int, nargs="+", default=[10_000, 100_000])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["NEOCAPGUI_HOME"] = home
        for count in chosen.transactions:
            for lines in chosen.lines:
                _measure(count, lines, Path(home) / f"{count}-{lines}.db")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def _pasted(count: int, holders: int) -> str:
    first = date(2001, 1, 1).toordinal()
    lines = [
        f"{date.fromordinal(first + 7919 * line % 6_000)}\tIssuance\tClass {1 + line % 4}"
        f"\tHolder {1 + line % holders}\t{100 + line}\t3.48\tP-{line}"
        for line in range(count)
    ]
    return "\n".join(("\t".join(HEADS), *lines))


def _measure(count: int, lines: int, path: Path) -> None:
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
    while not window.is_filled:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    session = window.session
    assert session is not None
    window.carry_out("page.transactions")
    for _ in range(20):
        application.processEvents()
    view = window.findChild(TableView, "table.transactions")
    assert isinstance(view, TableView)
    print(f"{lines:,} lines of a scenario of {count:,} transactions")
    clock = Clock(application, window, session)
    QApplication.clipboard().setText(_pasted(lines, len(session.ledger.stakeholders)))
    _edit(clock, window, view, lines)
    window.close_without_asking()


def _edit(clock: Clock, window: MainWindow, view: TableView, lines: int) -> None:
    from PySide6.QtCore import QItemSelection, QItemSelectionModel

    from neocapgui.figures.grid.sifted import Filter, Order, Sifting
    from neocapgui.gui.dialogs.paste_preview import PastePreview

    model, commands = view.table_model, view.commands

    def select() -> None:
        part = QItemSelection(model.index(0, PRICE), model.index(lines - 1, PRICE))
        view.selectionModel().select(part, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def preview() -> PastePreview | None:
        return window.findChild(PastePreview)

    def apply() -> None:
        dialog = preview()
        assert dialog is not None
        dialog.apply()

    def sift(one: Sifting) -> Callable[[], object]:
        return lambda: view.shown.sift(one)

    def undo() -> None:
        window.carry_out("edit.undo")

    def redo() -> None:
        window.carry_out("edit.redo")

    commands.paste_adding()
    clock.until(lambda: (dialog := preview()) is not None and dialog.block is not None)
    clock.measure("Apply a paste", apply)
    clock.measure("Undo it", undo)
    clock.measure("Redo it", redo)
    for title, act in (
        ("Fill down", commands.fill_down),
        ("Ctrl+Enter", lambda: commands.spread("5.25")),
        ("Clear cells", commands.clear),
        ("Remove lines", commands.remove_lines),
    ):
        clock.measure("Select", select, is_edit=False)
        clock.measure(title, act)
        clock.measure("Undo it", undo)
        clock.measure("Redo it", redo)
        undo()
        clock.until(lambda: not window.is_busy)
    for title, sifting in (
        ("Sort by shares", Sifting(Order("Shares"))),
        ("Sort by stakeholder", Sifting(Order("Stakeholder", True))),
        ("Filter by text", Sifting(filters=(Filter("Stakeholder", contains="er 12"),))),
        ("Filter by range", Sifting(filters=(Filter("Shares", least="1000", most="2000"),))),
        ("All lines again", Sifting()),
    ):
        clock.measure(title, sift(sifting), is_edit=False)


if __name__ == "__main__":
    main()
