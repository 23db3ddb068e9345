"""The small panel beside the pointer that says what a chart shows there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from neocapgui.figures.charts.stacked import Reading
from neocapgui.gui.looks.typeface import figures_font, half_bold

_WIDEST = 310
_AWAY = 14  # pixels from the pointer


class Swatch(QWidget):
    """A small square in a colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show no colour yet."""
        super().__init__(parent)
        self._color = QColor()
        self.setFixedSize(QSize(10, 10))

    def show_color(self, color: QColor) -> None:
        """Show another colour."""
        self._color = color
        self.update()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._color)


class ReadOut(QFrame):
    """Day, event, holder, shares, percent and the change since the event before."""

    def __init__(self, parent: QWidget) -> None:
        """Float over a chart, unseen until there is something to say."""
        super().__init__(parent)
        self._ground = parent
        self.setProperty("look", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAutoFillBackground(True)
        self._labels = labels = [QLabel(self) for _ in range(5)]
        self._day, self._event, self._name, self._figures, self._change = labels
        for label in labels:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self._figures)
        for label in (self._event, self._change):
            label.setProperty("look", "dim")
        self._swatch = Swatch(self)
        layout = self._grid = QGridLayout(self)
        layout.setContentsMargins(11, 8, 11, 9)
        layout.setHorizontalSpacing(7)
        layout.setVerticalSpacing(2)
        layout.addWidget(self._day, 0, 0, 1, 2)
        layout.addWidget(self._event, 1, 0, 1, 2)
        layout.setRowMinimumHeight(2, 4)
        layout.addWidget(self._swatch, 3, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._name, 3, 1)
        layout.addWidget(self._figures, 4, 1)
        layout.addWidget(self._change, 5, 1)
        layout.setColumnStretch(1, 1)
        self._text = ""
        self.wear(figures_font(self.font()))
        self.hide()

    def wear(self, font: QFont) -> None:
        """Write in other letters."""
        for label in self._labels:
            label.setFont(half_bold(font) if label in (self._day, self._name) else font)

    @property
    def text(self) -> str:
        """What is said now; nothing while the panel is not seen."""
        return self._text if self.isVisibleTo(self._ground) else ""

    def say(self, reading: Reading, color: QColor, at: QPoint) -> None:
        """Say what a chart reads at a point of the parent, beside that point."""
        if reading.text != self._text:
            self._text = reading.text
            self._day.setText(reading.day)
            self._event.setText(reading.event)
            self._event.setVisible(bool(reading.event))
            self._name.setText(reading.name)
            self._figures.setText(reading.figures)
            self._figures.setVisible(bool(reading.figures))
            self._change.setText(reading.change)
            self._change.setVisible(bool(reading.change))
            self._swatch.show_color(color)
            self._fit()
        self.move(self._beside(at))
        self.show()
        self.raise_()

    def _fit(self) -> None:
        """Be as wide as the longest line, and as high as all lines are in that width."""
        texts = [label.text() for label in self._labels if not label.isHidden()]
        metrics = self._labels[0].fontMetrics()
        bold = QFontMetrics(half_bold(self._labels[0].font()))
        widest = max(max(metrics.horizontalAdvance(text), bold.horizontalAdvance(text)) for text in texts)
        margins, layout = self._grid.contentsMargins(), self._grid
        beside = margins.left() + margins.right() + self._swatch.width() + layout.horizontalSpacing()
        width = min(widest + 2, _WIDEST) + beside
        self.resize(width, layout.totalHeightForWidth(width))

    def _beside(self, at: QPoint) -> QPoint:
        room = self._ground.rect()
        x = at.x() + _AWAY
        if x + self.width() > room.right():
            x = at.x() - _AWAY - self.width()
        y = at.y() + _AWAY
        if y + self.height() > room.bottom():
            y = at.y() - _AWAY - self.height()
        return QPoint(max(room.left(), x), max(room.top(), y))
