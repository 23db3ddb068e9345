"""How a cell is painted and typed into."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QHelpEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from neocapgui.figures.kinds import NUMBERS
from neocapgui.gui import look
from neocapgui.gui.tables.column_widths import BARS, PAD
from neocapgui.gui.tables.popup_list import popup_list
from neocapgui.gui.tables.table_model import TableModel
from neocapgui.gui.typeface import half_bold

Index = QModelIndex | QPersistentModelIndex
_BAR_HEIGHT = 7
_LEAST_BAR = 2
_SELECTED = QStyle.StateFlag.State_Selected
_FOCUSED = QStyle.StateFlag.State_HasFocus
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_WAYS = {  # down, right: where a key that ends typing goes
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
_MANY = "many"  # the property of an editor whose text goes into all selected cells


class CellDelegate(QStyledItemDelegate):
    """Paints figures, bars and refused text; gives each cell a plain line to type in."""

    spread = Signal(str)  # a text for all selected cells
    ended = Signal(int, int)  # typing ended with a key that goes so many rows down, so many columns right

    def __init__(self, model: TableModel, parent: QWidget) -> None:
        """Paint the cells of a model."""
        super().__init__(parent)
        self._model = model
        self._editor: QLineEdit | None = None
        self._bold: dict[str, QFont] = {}
        self.bar = BARS[0]  # pixels that bars have in their columns

    @property
    def editor(self) -> QLineEdit | None:
        """The line that is being typed in, if one is open."""
        return self._editor

    def end(self, down: int, right: int) -> None:
        """Take over what was typed, close the line and go on."""
        editor = self._editor
        if editor is None:
            return
        self.commitData.emit(editor)
        if self._editor is editor:  # still there: showing the table anew has not closed it
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.ended.emit(down, right)

    def _half_bold(self, font: QFont) -> QFont:
        return self._bold.setdefault(font.key(), half_bold(font))

    def _draw_bar(self, painter: QPainter, rect: QRect, part: float, color: QColor) -> None:
        room = self.bar - 2 * PAD
        width = max(_LEAST_BAR, round(room * min(1.0, part)))
        top = rect.center().y() - _BAR_HEIGHT // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRect(rect.right() - self.bar + PAD, top, width, _BAR_HEIGHT), 2.5, 2.5)

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        roles, model = look.current(), self._model
        row, number = index.row(), index.column()
        column, rect, state = model.column(number), option.rect, option.state
        if state & _SELECTED:
            painter.fillRect(rect, look.color(roles.accent_ground))
        elif row % 2:
            painter.fillRect(rect, look.color(roles.stripe))
        text = model.text(row, number)
        color, font = roles.text, option.font
        if model.is_total(row):
            font = self._half_bold(font)
        elif not text and number == 0 and model.is_blank(row):
            text, color = "New line", roles.faint
        room = rect.adjusted(PAD, 0, -PAD, 0)
        if column.has_bar:
            room.setRight(rect.right() - self.bar)
            part = model.part(row, number)
            if part is not None:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw_bar(painter, rect, part, look.color(roles.bands[0]))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        refusal = model.refusal(index)
        if text:
            painter.setPen(look.color(roles.red if refusal else color))
            painter.setFont(font)
            is_number = column.kind in NUMBERS
            if not is_number:
                metrics = option.fontMetrics
                if metrics.horizontalAdvance(text) > room.width():
                    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, _RIGHT if is_number else _LEFT, text)
        if refusal:
            painter.setPen(look.color(roles.red))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        elif state & _FOCUSED:
            painter.setPen(look.color(roles.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        text = self._model.text(index.row(), index.column()) if index.isValid() else ""
        refusal = self._model.refusal(index) if index.isValid() else ""
        is_cut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - 2 * PAD
        QToolTip.showText(event.globalPos(), refusal or (text if is_cut else ""), view)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), option.fontMetrics.height() + 12)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model.column(index.column())
        editor = QLineEdit(parent)
        editor.setObjectName("cell_editor")
        editor.setAccessibleName(column.title)
        if column.kind in NUMBERS:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        if column.choices is not None:
            completer = QCompleter(list(column.choices.names()), editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setMaxVisibleItems(12)
            completer.setPopup(popup_list())
            completer.activated.connect(lambda _: self.end(0, 0))
            editor.setCompleter(completer)
            editor.returnPressed.connect(lambda: self.end(1, 0))
        self._editor = editor
        return editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, QLineEdit):
            return
        if editor.property(_MANY):
            self.spread.emit(editor.text())
        else:
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and isinstance(editor, QLineEdit):
            is_pressed = event.type() == QEvent.Type.KeyPress
            key, held = Qt.Key(event.key()), event.modifiers()
            way = _WAYS.get(key)
            if way is not None and is_pressed:
                if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    if held & Qt.KeyboardModifier.ControlModifier:
                        editor.setProperty(_MANY, True)
                        way = (0, 0)
                    elif held & Qt.KeyboardModifier.ShiftModifier:
                        way = (-1, 0)
                self.end(*way)
                return True
            opens = key == Qt.Key.Key_Down and held & Qt.KeyboardModifier.AltModifier
            completer = editor.completer()
            if opens and is_pressed and completer is not None:
                completer.setCompletionPrefix("")
                completer.complete()
                return True
        return super().eventFilter(editor, event)
