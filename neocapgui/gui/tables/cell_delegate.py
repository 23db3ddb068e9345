"""How a cell is painted and typed into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from neocapgui.figures.kinds import NUMBERS
from neocapgui.figures.tables import Row
from neocapgui.gui.looks import look
from neocapgui.gui.looks.typeface import half_bold
from neocapgui.gui.tables.cell_editor import CellEditor
from neocapgui.gui.tables.column_widths import BARS, MARK, NEW_LINE, PAD
from neocapgui.gui.tables.table_model import TableModel
from neocapgui.gui.widgets.plain_text import tip

Index = QModelIndex | QPersistentModelIndex
_BAR_HEIGHT = 7
_LEAST_BAR = 2
_SWATCH = 10  # pixels, as in the legend of a chart
_SELECTED = QStyle.StateFlag.State_Selected.value  # as numbers: a flag is slow, and asked of every cell
_FOCUSED = QStyle.StateFlag.State_HasFocus.value
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_WAYS = {  # down, right: where a key that ends typing goes
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}
_STEPS = {  # where the arrows go from a cell that was opened by typing
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellDelegate(QStyledItemDelegate):
    """Paints figures, bars and refused text; gives each cell a plain line to type in."""

    spread = Signal(str)  # a text for all selected cells
    ended = Signal(int, int)  # typing ended with a key that goes so many rows down, so many columns right
    stepped = Signal(int, int)  # typing ended with an arrow, which ends a run of Tabs as well
    lost = Signal(str)  # what was being typed into a line that is gone

    def __init__(self, model: TableModel, parent: QAbstractItemView) -> None:
        """Paint the cells of a model."""
        super().__init__(parent)
        self._view = parent
        self._model = model
        self._editor: CellEditor | None = None
        self._is_silent = False  # while a line is closed without taking over what was typed
        self.is_taking = False  # while what was typed is taken over
        self._bold: dict[str, QFont] = {}
        self.bar = BARS[0]  # pixels that bars have in their columns
        self.swatch: Callable[[Row], QColor | None] = lambda row: None  # the colour a line has in a chart

    @property
    def editor(self) -> CellEditor | None:
        """The line that is being typed in, if one is open."""
        return self._editor

    def end(self, down: int, right: int) -> None:
        """Take over what was typed, close the line and go on."""
        if self._close():
            self.ended.emit(down, right)

    def drop(self) -> None:
        """Close the line and leave what was typed."""
        if self._editor is not None:
            self._is_silent = True
            self.closeEditor.emit(self._editor, QStyledItemDelegate.EndEditHint.NoHint)
            self._is_silent = False

    def _close(self) -> bool:
        editor = self._editor
        if editor is None:
            return False
        editor.hide_list()
        self.commitData.emit(editor)
        if self._editor is editor:  # still there: showing the table anew has not closed it
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        return True

    def _enter_today(self, editor: CellEditor) -> None:
        today = self._model.day_text(date.today())
        if editor.is_in_place:
            editor.insert(today)
        else:
            editor.setText(today)

    def _take_key(self, editor: CellEditor, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        """Do what a key does in an open cell; return whether it was one of ours."""
        bare = held & ~Qt.KeyboardModifier.KeypadModifier
        way, step = _WAYS.get(key), _STEPS.get(key)
        if way is not None:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if held & Qt.KeyboardModifier.ControlModifier:
                    editor.is_for_all = True
                    way = (0, 0)
                elif held & Qt.KeyboardModifier.ShiftModifier:
                    way = (-1, 0)
            self.end(*way)
        elif key == Qt.Key.Key_Down and bare == Qt.KeyboardModifier.AltModifier:
            editor.list_all()
        elif key == Qt.Key.Key_F2:
            editor.is_in_place = not editor.is_in_place
        elif key == Qt.Key.Key_Semicolon and bare == Qt.KeyboardModifier.ControlModifier:
            self._enter_today(editor)
        elif step is not None and not bare and not editor.is_in_place:
            if self._close():
                self.stepped.emit(*step)
        else:
            return False
        return True

    def _mark(
        self, painter: QPainter, room: QRect, is_doubt: bool, is_number: bool, color: str
    ) -> tuple[QRect, str]:
        """Draw the mark of a cell that is refused or doubted; return the room and tone of its text."""
        roles = look.current()
        left = room.left() if is_number else room.right() - MARK + 2
        tone = roles.amber if is_doubt else roles.red
        sign = QRect(left, room.top(), MARK - 2, room.height())
        _draw_mark(painter, sign, look.color(tone), look.color(roles.panel))
        rest = room.adjusted(MARK if is_number else 0, 0, 0 if is_number else -MARK, 0)
        return rest, color if is_doubt else roles.red

    def _half_bold(self, font: QFont) -> QFont:
        return self._bold.setdefault(font.key(), half_bold(font))

    def _draw_bar(self, painter: QPainter, rect: QRect, part: float, color: QColor) -> None:
        room = self.bar - 2 * PAD
        width = max(_LEAST_BAR, round(room * min(1.0, part)))
        top = rect.center().y() - _BAR_HEIGHT // 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRect(rect.right() - self.bar + PAD, top, width, _BAR_HEIGHT), 2.5, 2.5)

    def _draw_swatch(self, painter: QPainter, room: QRect, row: int, column: int) -> int:
        """Draw the colour of a line in its first cell, if it has one; return the pixels that it takes."""
        line = self._model.row(row) if column == 0 else None
        color = None if line is None else self.swatch(line)
        if color is None:
            return 0
        painter.fillRect(room.left(), room.center().y() - _SWATCH // 2, _SWATCH, _SWATCH, color)
        return _SWATCH + PAD

    # Qt overrides

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        roles, model = look.current(), self._model
        row, number = index.row(), index.column()
        column, rect, state = model.column(number), option.rect, option.state.value
        if state & _SELECTED:
            painter.fillRect(rect, look.color(roles.accent_ground))
        elif row % 2:
            painter.fillRect(rect, look.color(roles.stripe))
        if model.is_hit(row, number):
            painter.fillRect(rect.adjusted(1, 1, -1, -1), look.color(roles.amber_ground))
        text = model.text(row, number)
        color, font = roles.text, option.font
        if model.is_total(row):
            font = self._half_bold(font)
        elif not text and number == 0 and model.is_blank(row):
            text, color = NEW_LINE, roles.faint
        room = rect.adjusted(PAD, 0, -PAD, 0)
        room.setLeft(room.left() + self._draw_swatch(painter, room, row, number))
        if column.has_bar:
            room.setRight(rect.right() - self.bar)
            part = model.part(row, number)
            if part is not None:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw_bar(painter, rect, part, look.color(roles.bands[0]))
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        problem = model.problem(index)
        is_number = column.kind in NUMBERS
        if problem is not None:
            room, color = self._mark(painter, room, problem.is_doubt, is_number, color)
        if text:
            painter.setPen(look.color(color))
            painter.setFont(font)
            if not is_number or problem is not None:
                text = _cut(text, option.fontMetrics, room.width())
            painter.drawText(room, _RIGHT if is_number else _LEFT, text)
        if problem is not None:
            _draw_edge(painter, rect, roles.amber if problem.is_doubt else roles.red)
        if state & _FOCUSED:
            inner = rect.adjusted(1, 1, -1, -1) if problem is None else rect.adjusted(2, 2, -2, -2)
            _draw_edge(painter, inner, roles.accent, 2)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        text = self._model.text(index.row(), index.column()) if index.isValid() else ""
        is_cut = option.fontMetrics.horizontalAdvance(text) > option.rect.width() - 2 * PAD
        QToolTip.showText(event.globalPos(), tip(self._model.advice(index) or (text if is_cut else "")), view)
        return True

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(option.rect.width(), option.fontMetrics.height() + 12)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = CellEditor.of(self._model.column(index.column()), parent, self._model.key_of(index.row()))
        editor.left.connect(self.end)
        self._editor = editor
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, CellEditor) and not editor.is_filled:  # else the table was shown anew meanwhile
            editor.is_filled = True
            editor.setText(self._model.typed_text(index.row(), index.column()))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self._editor:
            self._editor = None
        super().destroyEditor(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if not isinstance(editor, CellEditor) or self._is_silent:
            return
        text = editor.text()
        self.is_taking = True
        try:
            if editor.is_for_all:
                self.spread.emit(text)
                return
            row = index.row()
            if self._model.key_of(row) != editor.key:
                found = self._model.row_with(editor.key)
                if found is None:
                    self.lost.emit(text)
                    return
                row = found
            model.setData(self._model.index(row, index.column()), text)
        finally:
            self.is_taking = False

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        if isinstance(editor, CellEditor):
            editor.stand_in(option.rect, self._view.viewport().width())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        is_taken = False
        if event.type() == QEvent.Type.FocusOut and QApplication.activeWindow() is None:
            return False  # one looks something up in another program, and goes on typing afterwards
        if isinstance(event, QKeyEvent) and isinstance(editor, CellEditor):
            is_pressed = event.type() == QEvent.Type.KeyPress
            is_taken = is_pressed and self._take_key(editor, Qt.Key(event.key()), event.modifiers())
        return is_taken or super().eventFilter(editor, event)


def _draw_mark(painter: QPainter, room: QRect, tone: QColor, letter: QColor) -> None:
    """Draw a small disc with an exclamation mark, which tells without its colour."""
    size = min(room.width(), room.height()) - 1
    disc = QRect(room.left(), room.center().y() - size // 2, size, size)
    font = QFont(painter.font())
    font.setPixelSize(max(7, size - 3))
    font.setWeight(QFont.Weight.Bold)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone)
    painter.drawEllipse(disc)
    painter.setPen(letter)
    painter.setFont(font)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, "!")
    painter.restore()


def _draw_edge(painter: QPainter, rect: QRect, tone: str, width: int = 1) -> None:
    pen = QPen(look.color(tone), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.adjusted(0, 0, -1, -1))


def _cut(text: str, metrics: QFontMetrics, room: int) -> str:
    """Return a text as far as there is room for it."""
    if metrics.horizontalAdvance(text) <= room:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
