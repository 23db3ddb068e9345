"""What the menu of a line offers: a repair, the commands of its cells, the guided entries that fit it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint
from PySide6.QtWidgets import QAbstractItemView, QMenu

from neocapgui.figures.guided.lines import about
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.gui.actions import COMMAND
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.session import Session
from neocapgui.gui.tables.cell_commands import BY_ID, CellCommands
from neocapgui.gui.tables.table_model import TableModel


def offer_repair(menu: QMenu, model: TableModel, index: QModelIndex) -> None:
    """Offer what may have been meant by a text that was not taken, or is doubted."""
    problem = model.problem(index)
    if problem is not None and problem.repair:
        action = menu.addAction(f"Use {problem.repair}")
        action.setObjectName("line.repair")
        action.triggered.connect(lambda: model.take_repair(index))
        menu.addSeparator()


def offer_commands(menu: QMenu, commands: CellCommands, can_type: bool) -> None:
    """Offer what is done to the selected cells; removing says how many lines go."""
    for id, command in BY_ID.items():
        count = commands.count_lines() if id == "edit.remove_lines" else 0
        action = menu.addAction(f"Remove {count:,} lines" if count > 1 else COMMAND[id].title)
        action.setEnabled(can_type or id == "edit.copy")
        action.triggered.connect(lambda _=False, command=command: command(commands))


def offer_entries(menu: QMenu, session: Session, table: Table, row: Row | None, column: Column) -> None:
    """Add the guides that fit a line; each begins with the security and the holder of the line."""
    guiding = Guiding.of(session)
    line = about(session.ledger, session.lens, table, row, column)
    entries = [entry for entry, _ in guiding.offers(line)]
    if entries:
        menu.addSeparator()
    for entry in entries:
        action = menu.addAction(f"{entry.title}…")
        action.setObjectName(f"line.{entry.name}")
        action.setToolTip(entry.help)
        action.triggered.connect(lambda _=False, name=entry.name: guiding.want(name, line))


def beside_current(view: QAbstractItemView) -> QPoint:
    """Return where a menu asked for by a key opens: under the current cell, on the screen."""
    cell = view.visualRect(view.currentIndex())
    return view.viewport().mapToGlobal(cell.bottomLeft())
