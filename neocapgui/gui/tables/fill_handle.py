"""The small square at the corner of a selection: drawn over other cells it fills them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QMenu, QTableView, QToolButton

from neocapgui.gui.looks import look
from neocapgui.gui.session import Session
from neocapgui.gui.tables.cell_commands import CellCommands
from neocapgui.gui.tables.first_column import FirstColumn
from neocapgui.gui.tables.table_model import TableModel

_SIZE = 7  # pixels of the square
_REACH = 5  # pixels around its middle that the mouse takes for it
_FAR = 20_000  # lines that a double-click fills at most
_LEFT_BUTTON = Qt.MouseButton.LeftButton


class FillHandle(QObject):
    """Fills down, up, right or left from a selection, and afterwards offers the other way of doing it."""

    def __init__(self, session: Session, view: QTableView, model: TableModel, commands: CellCommands) -> None:
        """Stand at the corner of what is selected in a view."""
        super().__init__(view)
        self._session = session
        self._view = view
        self._model = model
        self._commands = commands
        self._first: FirstColumn | None = None  # that stays in sight, once the table was scrolled aside
        self._target: tuple[int, int] | None = None  # how far it is drawn: rows down, columns right
        self._is_drawn = False
        self.choice = QToolButton(view.viewport())
        self.choice.setObjectName("fill_choice")
        self.choice.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.choice.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.choice.hide()
        view.viewport().installEventFilter(self)
        view.viewport().setMouseTracking(True)
        session.edited.connect(self.choice.hide)

    def join(self, first: FirstColumn) -> None:
        """Stand also in the first column that stays in sight."""
        self._first = first
        first.paint_above = self._paint_on_first
        first.viewport().installEventFilter(self)
        first.viewport().setMouseTracking(True)
        self._view.selectionModel().selectionChanged.connect(lambda: first.viewport().update())

    def place(self) -> QRect | None:
        """Return where the square stands in the view's port, or None where there is none in sight."""
        part = self._part()
        if part is None or self._view.state() == QTableView.State.EditingState:
            return None
        last, covers = self._rect(part[1], part[3]), 0 if self._first is None else self._first.covers
        if not last.isValid() or (part[3] > 0 and last.right() < covers):
            return None
        across = last.right() - _SIZE // 2
        if covers and not part[3]:
            across -= _SIZE // 2 + 2  # wholly inside the column, whose edge would cut it
        return QRect(across, last.bottom() - _SIZE // 2, _SIZE, _SIZE)

    def _rect(self, row: int, column: int) -> QRect:
        """Return where a cell is seen, in the view's port: of the first column, where that stays in sight."""
        index = self._model.index(row, column)
        if column or self._first is None or not self._first.covers:
            return self._view.visualRect(index)
        rect = self._first.visualRect(index)
        return rect.translated(self._from_first(QPoint())) if rect.isValid() else rect

    def _from_first(self, point: QPoint) -> QPoint:
        """Return a point of the first column that stays in sight as a point of the view's port."""
        if self._first is None:
            return point
        return self._view.viewport().mapFromGlobal(self._first.viewport().mapToGlobal(point))

    def _paint_on_first(self, painter: QPainter) -> None:
        painter.translate(-self._from_first(QPoint()))
        self.paint(painter)

    def _paint_anew(self) -> None:
        self._view.viewport().update()
        if self._first is not None:
            self._first.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Draw the square, and while it is drawn the cells that would be filled."""
        place = self.place()
        if place is None:
            return
        roles = look.current()
        painter.fillRect(place.adjusted(-1, -1, 1, 1), look.color(roles.panel))
        painter.fillRect(place, look.color(roles.accent))
        part = self._part()
        if self._is_drawn and self._target is not None and part is not None:
            down, right = self._target
            top, bottom = part[0] + min(0, down), part[1] + max(0, down)
            left, end = part[2] + min(0, right), part[3] + max(0, right)
            first, last = self._rect(top, left), self._rect(bottom, end)
            painter.setPen(QPen(look.color(roles.accent), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(first.united(last).adjusted(0, 0, -1, -1))

    def fill(self, down: int, right: int, is_copied: bool = False) -> None:
        """Fill from the selection, select what was filled with it, and offer the other way."""
        part = self._part()
        if part is None or not (down or right):
            return
        can_go_on = self._commands.can_go_on(bool(down))

        def follow() -> None:
            self._select(part, down, right)
            if can_go_on:
                self._offer(part, down, right, is_copied)

        self._commands.fill(down, right, is_copied, follow)

    def fill_as_beside(self) -> None:
        """Fill down as far as the column beside the selection is filled in: the left one, else the right."""
        part = self._part()
        if part is None:
            return
        last = len(self._model.table.rows) - 1
        for column in (part[2] - 1, part[3] + 1):
            count = 0
            if 0 <= column < len(self._model.table.columns):
                while part[1] + count < min(last, part[1] + _FAR) and self._model.text(
                    part[1] + count + 1, column
                ):
                    count += 1
            if count:
                self.fill(count, 0)
                return

    def _part(self) -> tuple[int, int, int, int] | None:
        """Return top, bottom, left, right of a selection that can be filled from."""
        ranges = self._view.selectionModel().selection()
        if ranges.count() != 1:
            return None
        part = ranges.at(0)
        columns = self._model.table.columns[part.left() : part.right() + 1]
        if not any(column.is_editable for column in columns) or self._model.is_blank(part.bottom()):
            return None
        return part.top(), part.bottom(), part.left(), part.right()

    def _select(self, part: tuple[int, int, int, int], down: int, right: int) -> None:
        model, selection = self._model, self._view.selectionModel()
        first = model.index(part[0] + min(0, down), part[2] + min(0, right))
        last = model.index(part[1] + max(0, down), part[3] + max(0, right))
        selection.select(QItemSelection(first, last), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _offer(self, part: tuple[int, int, int, int], down: int, right: int, is_copied: bool) -> None:
        """Offer to copy what went on as a series, or the other way round: still one step of undo."""
        done = self._session.history.done
        label = done[-1].edit if done else None

        def anew(copied: bool) -> None:
            first, last = self._model.index(part[0], part[2]), self._model.index(part[1], part[3])
            self._view.setCurrentIndex(first)
            self._select((part[0], part[1], part[2], part[3]), 0, 0)
            if first.isValid() and last.isValid():
                self.fill(down, right, copied)

        def otherwise(copied: bool) -> Callable[[], None]:
            def do() -> None:
                now = self._session.history.done
                if copied == is_copied or not now or now[-1].edit is not label:
                    return
                self._session.undo_beside(1, lambda trouble: anew(copied) if trouble is None else None)

            return do

        menu = QMenu(self.choice)
        for title, copied in (("Go on as a series", False), ("Copy", True)):
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(copied == is_copied)
            action.triggered.connect(otherwise(copied))
        before = self.choice.menu()
        self.choice.setMenu(menu)
        if before is not None:
            before.deleteLater()
        self.choice.setText("Copied" if is_copied else "Series")
        self.choice.setToolTip("How the cells were filled; choose the other way here.")
        self.choice.adjustSize()
        place = self.place()
        if place is not None:
            room, size = self._view.viewport().rect(), self.choice.size()
            at = place.bottomRight() + QPoint(4, 4)
            beside = 0 if self._first is None else self._first.covers
            at.setX(max(beside, min(at.x(), room.right() - size.width())))
            at.setY(max(0, min(at.y(), room.bottom() - size.height())))
            self.choice.move(at)
            self.choice.show()

    def _is_at(self, point: QPoint) -> bool:
        place = self.place()
        return place is not None and place.adjusted(-_REACH, -_REACH, _REACH, _REACH).contains(point)

    def _drawn_to(self, point: QPoint) -> tuple[int, int] | None:
        """Return how far the square is drawn, along one way only."""
        part, view = self._part(), self._view
        if part is None:
            return None
        is_on_first = self._first is not None and 0 <= point.x() < self._first.covers
        row, column = view.rowAt(point.y()), 0 if is_on_first else view.columnAt(point.x())
        last_row, last_column = self._model.rowCount() - 1, len(self._model.table.columns) - 1
        if self._model.table.total is not None:
            last_row -= 1
        row = last_row if row < 0 and point.y() > 0 else min(max(row, 0), last_row)
        column = last_column if column < 0 and point.x() > 0 else max(column, 0)
        down = row - part[1] if row > part[1] else min(0, row - part[0])
        right = column - part[3] if column > part[3] else min(0, column - part[2])
        return (down, 0) if abs(down) >= abs(right) else (0, right)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        point, kind, port = event.position().toPoint(), event.type(), self._view.viewport()
        if self._first is not None and watched is self._first.viewport():
            point, port = self._from_first(point), self._first.viewport()
        if kind == QEvent.Type.MouseButtonDblClick and event.button() == _LEFT_BUTTON and self._is_at(point):
            self._is_drawn, self._target = False, None
            self.fill_as_beside()
            return True
        if kind == QEvent.Type.MouseButtonPress:
            self.choice.hide()
            if event.button() == _LEFT_BUTTON and self._is_at(point):
                self._is_drawn, self._target = True, (0, 0)
                return True
        elif kind == QEvent.Type.MouseMove:
            if self._is_drawn:
                self._target = self._drawn_to(point)
                self._paint_anew()
                return True
            is_at = not event.buttons() and self._is_at(point)
            port.setCursor(Qt.CursorShape.CrossCursor if is_at else Qt.CursorShape.ArrowCursor)
        elif kind == QEvent.Type.MouseButtonRelease and self._is_drawn:
            target, self._target, self._is_drawn = self._target, None, False
            self._paint_anew()
            if target is not None:
                self.fill(*target, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            return True
        return False
