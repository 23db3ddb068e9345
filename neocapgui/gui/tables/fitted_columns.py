"""Columns as wide as what stands in them, measured as it comes into sight, and drawn wider by hand."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from neocapgui.figures.kinds import NUMBERS
from neocapgui.gui.tables.cell_delegate import CellDelegate
from neocapgui.gui.tables.column_heads import ColumnHeads
from neocapgui.gui.tables.column_widths import fitted, needed_widths
from neocapgui.gui.tables.first_column import FirstInSight
from neocapgui.gui.tables.shown_table import ShownTable
from neocapgui.gui.tables.table_model import TableModel

_MEASURED = 200  # lines whose texts are measured at once; further ones when they come into sight


class FittedColumns:
    """Gives columns their widths; one that was drawn by hand keeps it, but cuts no number."""

    def __init__(
        self,
        view: QTableView,
        model: TableModel,
        shown: ShownTable,
        heads: ColumnHeads,
        first: FirstInSight,
        delegate: CellDelegate,
    ) -> None:
        """Fit the columns of a view, and remember those that are drawn wider or narrower."""
        self._view, self._model, self._shown = view, model, shown
        self._heads, self._first, self._delegate = heads, first, delegate
        self._needed: list[int] = []
        self._measured: set[int] = set()  # lines of which the widths are known
        self._is_fitting = False
        heads.sectionResized.connect(self._keep_width)
        view.verticalScrollBar().valueChanged.connect(self.measure_seen)

    def measure_anew(self) -> None:
        """Forget what was measured: other columns are shown, or in another face."""
        self._needed = []
        self._measured.clear()
        rows = self._model.rowCount()
        self.measure([*range(min(_MEASURED, rows)), *range(max(_MEASURED, rows - 2), rows)])

    def measure_again(self) -> None:
        """Measure the lines in sight once more; what the others needed still counts."""
        self._measured.clear()
        self.measure_seen()

    def measure(self, rows: range | list[int]) -> None:
        """Make room for what stands in some lines."""
        found = needed_widths(self._model, self._view.font(), rows)
        if len(found) == len(self._needed):
            found = [max(pair) for pair in zip(found, self._needed, strict=True)]
        if found != self._needed:
            self._needed = found
            self.fit()

    def measure_seen(self) -> None:
        """Make room for what stands in the lines in sight."""
        first = self._view.rowAt(0)
        last = self._view.rowAt(self._view.viewport().height() - 1)
        if first >= 0:
            seen = range(first, (last if last >= 0 else self._model.rowCount() - 1) + 1)
            rows = [row for row in seen if row not in self._measured]
            if rows:
                self._measured.update(rows)
                self.measure(rows)

    def fit(self) -> None:
        """Share the room of the view among the columns."""
        columns = self._model.table.columns
        if len(columns) != len(self._needed):
            return
        self._is_fitting = True
        needed = [width + self._heads.marks(number) for number, width in enumerate(self._needed)]
        widths, bar = fitted(columns, needed, self._view.viewport().width())
        self._delegate.bar = self._heads.bar = bar
        for number, (column, width) in enumerate(zip(columns, widths, strict=True)):
            self._view.setColumnWidth(number, self._shown.layout.widths.get(column.title, width))
        self._is_fitting = False
        self._first.follow()

    def _keep_width(self, section: int, old: int, new: int) -> None:
        if self._is_fitting or section >= len(self._needed):
            return
        column = self._model.column(section)
        least = self._needed[section] if column.kind in NUMBERS else 0
        self._shown.draw_width(column.title, max(new, least))
        if new < least:
            self._view.setColumnWidth(section, least)
