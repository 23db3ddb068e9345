"""The cells of a paste on screen: painted beside what was pasted, and typed in as those of any table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from neocapgui.gui.looks import look
from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.gui.tables.column_widths import PAD
from neocapgui.gui.tables.paste_model import PROBLEM, REMARK, PasteModel, shows_source

Index = QModelIndex | QPersistentModelIndex
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_WAYS = {  # down, right: where a key that ends typing goes
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class PasteCells(QStyledItemDelegate):
    """Paints a cell as it was understood; gives it a line to type in that lists what can be chosen."""

    ended = Signal(int, int)  # typing ended with a key that goes so many rows down, so many columns right

    def __init__(self, model: PasteModel, parent: QTableView) -> None:
        """Paint the cells of a model."""
        super().__init__(parent)
        self._model = model
        self._view = parent
        self._editor: CellEditor | None = None

    @property
    def editor(self) -> CellEditor | None:
        """The line that is being typed in, if one is open."""
        return self._editor

    def _end(self, down: int, right: int) -> None:
        editor = self._editor
        if editor is None:
            return
        editor.hide_list()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.ended.emit(down, right)

    def _take_key(self, editor: CellEditor, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        """Do what a key does in an open cell; return whether it was one of ours."""
        bare = held & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if key == Qt.Key.Key_Down and bare == Qt.KeyboardModifier.AltModifier:
            editor.list_all()
            return True
        way = _WAYS.get(key)
        if way is None or bare:
            return False
        is_back = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held & Qt.KeyboardModifier.ShiftModifier
        self._end(-1 if is_back else way[0], way[1])
        return True

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        roles, model, rect = look.current(), self._model, option.rect
        reading, column = model.reading(index), model.column_of(index)
        text = str(model.data(index) or "")
        ground, color, sign = "", roles.text, ""
        if model.is_left_out(index.row()) or (reading is not None and column is None):
            color = roles.dim
        elif reading is not None and reading.problem:
            ground, color, sign = roles.red_ground, roles.red, PROBLEM
        elif reading is not None and reading.remark:
            ground, color, sign = roles.amber_ground, roles.amber, REMARK
        elif index.column() == 0:
            color = roles.dim
        elif reading is None:
            color = roles.red if PROBLEM in text else roles.amber
        if option.state & _SELECTED:
            painter.fillRect(rect, look.color(roles.accent_ground))
        elif ground:
            painter.fillRect(rect, look.color(ground))
        elif index.row() % 2:
            painter.fillRect(rect, look.color(roles.stripe))
        room = rect.adjusted(PAD, 0, -PAD, 0)
        painter.setFont(option.font)
        painter.setPen(look.color(color))
        metrics = option.fontMetrics
        if sign:
            painter.drawText(room, _LEFT, sign)
            room.setLeft(room.left() + metrics.horizontalAdvance(f"{sign}  "))
        align = model.data(index, int(Qt.ItemDataRole.TextAlignmentRole)) or _LEFT
        has_source = reading is not None and shows_source(reading, column, text)
        if has_source and text:
            align = _RIGHT
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(align), shown)
        if has_source and reading is not None:
            room.setRight(room.right() - metrics.horizontalAdvance(shown) - PAD)
            painter.setPen(look.color(roles.dim))
            source = " ".join(reading.text.split())
            painter.drawText(
                room, _LEFT, metrics.elidedText(source, Qt.TextElideMode.ElideRight, room.width())
            )
        if option.state & _FOCUSED:
            painter.setPen(look.color(roles.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column, place = self._model.column_of(index), (index.row(), index.column())
        editor = CellEditor(parent, place, None) if column is None else CellEditor.of(column, parent, place)
        editor.left.connect(self._end)
        self._editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        if isinstance(editor, CellEditor):
            editor.stand_in(option.rect, self._view.viewport().width())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and QApplication.activeWindow() is None:
            return False  # one looks something up in another program, and goes on typing afterwards
        is_taken = False
        if (
            isinstance(event, QKeyEvent)
            and isinstance(editor, CellEditor)
            and event.type() == QEvent.Type.KeyPress
        ):
            is_taken = self._take_key(editor, Qt.Key(event.key()), event.modifiers())
        return is_taken or super().eventFilter(editor, event)
