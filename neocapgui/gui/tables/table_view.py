"""A table on screen: quiet lines, figures that are never cut, and the keys that hands know from spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QStatusTipEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QToolTip, QWidget

from neocapgui.figures.entry import removed
from neocapgui.figures.kinds import NUMBERS
from neocapgui.gui.session import Session
from neocapgui.gui.tables.blocks import block_of, block_text, raw_text, typed
from neocapgui.gui.tables.cell_delegate import CellDelegate
from neocapgui.gui.tables.column_heads import ColumnHeads
from neocapgui.gui.tables.column_widths import fitted, needed_widths
from neocapgui.gui.tables.selection_sum import summed_up
from neocapgui.gui.tables.table_model import REFUSALS, TableModel
from neocapgui.gui.typeface import figures_font

Index = QModelIndex | QPersistentModelIndex
_MEASURED = 200  # lines whose texts are measured at once; further ones when they come into sight
_SUMMED = 50_000  # cells of a selection beyond which only their number is told
_KEEP = QItemSelectionModel.SelectionFlag.NoUpdate
_ONLY = QItemSelectionModel.SelectionFlag.ClearAndSelect
