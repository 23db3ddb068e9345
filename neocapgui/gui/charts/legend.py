"""The names of a chart's bands beside their colours, with the figures of one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from neocapgui.gui.charts.striping import paint_stripes
from neocapgui.gui.looks.look import color, current
from neocapgui.gui.looks.typeface import figures_font

_SWATCH = 10
_GAP = 7
_BETWEEN = 22  # entries
_LINE, _AIR = 21, 4  # pixels of a line at least, and between the letters of two
_WIDEST, _LETTER = 330, 16  # pixels of an entry at most, where letters are so high
_NARROW = 205  # pixels that an entry has at least, where all would not be shown otherwise
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a legend."""

    name: str
    figure: str
    color: QColor
    stripes: int = 0  # of a band that shares its colour with another: which way they go


class Legend(QWidget):
    """Shows entries in columns of one width; the pointed one stands out."""

    pointed = Signal(object)  # the number of an entry, or None

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no entry yet."""
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._ranks: tuple[int, ...] = ()
        self._pointed: int | None = None
        self._figure_width = 0
        self._most = 99
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setFont(figures_font(self.font()))
        self.setAccessibleName("Legend")

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown."""
        return self._entries

    @property
    def written(self) -> list[str]:
        """The names for which there is room."""
        count = len(self._entries)
        return [self._entries[number].name for number, _ in self._boxes() if number < count]

    def show_entries(self, entries: Sequence[Entry], ranks: Sequence[int]) -> None:
        """Show other entries; `ranks` are their numbers, those first that stay where there is little room."""
        if (tuple(entries), tuple(ranks)) == (self._entries, self._ranks):
            return
        self._ranks = tuple(ranks)
        grew = len(entries) != len(self._entries)
        metrics = QFontMetrics(self.font())
        width = max((metrics.horizontalAdvance(entry.figure) for entry in entries), default=0)
        self._entries = tuple(entries)
        self._figure_width = width if grew else max(width, self._figure_width)
        self.setAccessibleDescription(", ".join(f"{entry.name} {entry.figure}" for entry in entries))
        self.updateGeometry()
        self.update()

    def limit(self, rows: int) -> None:
        """Show at most so many lines; the last place says how many entries are left out."""
        if rows != self._most:
            self._most = rows
            self.updateGeometry()
            self.update()

    def point_at(self, number: int | None) -> None:
        """Let an entry stand out, or none."""
        if number != self._pointed:
            self._pointed = number
            self.update()

    @property
    def line(self) -> int:
        """The pixels that a line takes with these letters."""
        return max(_LINE, self.fontMetrics().height() + _AIR)

    @property
    def _widest(self) -> int:
        return max(_WIDEST, _WIDEST * self.fontMetrics().height() // _LETTER)

    def wear(self, font: QFont) -> None:
        """Write in other letters."""
        self.setFont(font)
        metrics = QFontMetrics(font)
        self._figure_width = max(
            (metrics.horizontalAdvance(entry.figure) for entry in self._entries), default=0
        )
        self.updateGeometry()

    def _columns(self, width: int) -> int:
        metrics = QFontMetrics(self.font())
        names = max((metrics.horizontalAdvance(entry.name) for entry in self._entries), default=0)
        wanted = min(_SWATCH + 2 * _GAP + names + self._figure_width, self._widest)
        least = min(wanted, self._widest * _NARROW // _WIDEST)
        columns = max(1, (width + _BETWEEN) // max(wanted + _BETWEEN, 1))
        while columns * self._most < len(self._entries) and _part_of(width, columns + 1) >= least:
            columns += 1  # rather are names cut than left out
        return min(columns, max(len(self._entries), 1))

    def _rows(self, width: int) -> int:
        if not self._entries:
            return 0
        columns = self._columns(width)
        most = max(self._most, 2) if columns == 1 else self._most  # a name before “and 12 more”
        return min(-(-len(self._entries) // columns), most)

    def _boxes(self) -> list[tuple[int, QRect]]:
        """Return the entries that are shown and where each stands; columns are filled one after the other."""
        columns, rows = self._columns(self.width()), max(self._rows(self.width()), 1)
        width = min(_part_of(self.width(), columns), self._widest)
        line = self.line
        boxes = [
            QRect(column * (width + _BETWEEN), row * line, width, line)
            for column in range(columns)
            for row in range(rows)
        ]
        count = len(self._entries)
        shown = range(count) if count <= len(boxes) else sorted(self._ranks[: len(boxes) - 1])
        return [*zip(shown, boxes, strict=False)] + [(count, boxes[-1])] * (count > len(boxes))

    # Qt overrides

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._rows(width) * self.line

    def sizeHint(self) -> QSize:
        return QSize(_WIDEST, self.heightForWidth(max(self.width(), _WIDEST)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.line if self._entries else 0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        found = (number for number, box in self._boxes() if box.contains(at) and number < len(self._entries))
        self.pointed.emit(next(found, None))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        roles, painter = current(), QPainter(self)
        metrics = QFontMetrics(self.font())
        boxes = self._boxes()
        for number, box in boxes:
            if number == len(self._entries):
                painter.setPen(color(roles.dim))
                painter.drawText(box, _LEFT, f"and {number - len(boxes) + 1} more")
                continue
            entry = self._entries[number]
            top = box.center().y() - _SWATCH // 2 + 1
            swatch = QRect(box.left(), top, _SWATCH, _SWATCH)
            painter.fillRect(swatch, entry.color)
            steps = ([box.left()], [box.left() + _SWATCH], [top], [top + _SWATCH])
            paint_stripes(painter, entry.color, entry.stripes, steps)
            box.setLeft(box.left() + _SWATCH + _GAP)
            painter.setPen(color(roles.text))
            painter.drawText(box, _RIGHT, entry.figure)
            if entry.figure:
                box.setRight(box.right() - self._figure_width - _GAP)
            painter.setPen(color(roles.text if number == self._pointed else roles.dim))
            name = metrics.elidedText(entry.name, Qt.TextElideMode.ElideMiddle, box.width())
            painter.drawText(box, _LEFT, name)


def _part_of(width: int, columns: int) -> int:
    """Return the pixels that each of some columns has."""
    return (width + _BETWEEN) // columns - _BETWEEN
