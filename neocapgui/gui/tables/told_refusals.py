"""Why the text of a cell was not taken, told where the eyes are: over the cell, and in the status line."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPersistentModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QStatusTipEvent
from PySide6.QtWidgets import QApplication, QTableView, QToolTip

from neocapgui.gui.tables.table_model import TableModel
from neocapgui.gui.widgets.plain_text import tip

_WIDE = 420  # pixels after which a sentence goes on in the next line
_EDGE = 14  # pixels of a tool tip around its text, above and below
_BESIDE = 18  # pixels that a tool tip keeps off the place it is shown at


class ToldRefusals(QObject):
    """Tells a refusal once the keys have gone on, for going on would hide it; and again on coming back."""

    def __init__(self, view: QTableView, model: TableModel) -> None:
        """Tell what is refused in a view of a model."""
        super().__init__(view)
        self._view, self._model = view, model
        self._sentence, self._cell = "", QPersistentModelIndex()
        self._next = QTimer(self)  # the turn of the event loop after the key that was refused
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._tell)

    def refuse(self, sentence: str) -> None:
        """Tell why the current cell was refused."""
        self._sentence, self._cell = sentence, QPersistentModelIndex(self._view.currentIndex())
        self._next.start()

    def look(self) -> None:
        """Tell what is refused in the current cell, if anything is: somebody came back to it."""
        advice = self._model.advice(self._view.currentIndex())
        if advice and not self._next.isActive() and self._view.hasFocus():
            self.refuse(advice)

    def unsay(self) -> None:
        """Take back what was told: the cell was put right or given up."""
        self._next.stop()
        if QToolTip.text() == tip(self._sentence):
            QToolTip.hideText()
        self._sentence = ""

    def _tell(self) -> None:
        view = self._view
        QApplication.sendEvent(view, QStatusTipEvent(self._sentence))
        if not (view.isVisible() and self._cell.isValid()):
            return
        cell = view.visualRect(self._model.index(self._cell.row(), self._cell.column()))
        if view.viewport().rect().intersects(cell):
            at = cell.topLeft() - QPoint(0, _height(self._sentence) + _BESIDE)
            QToolTip.showText(view.viewport().mapToGlobal(at), tip(self._sentence), view)


def _height(sentence: str) -> int:
    words = Qt.TextFlag.TextWordWrap
    return (
        QFontMetrics(QToolTip.font()).boundingRect(QRect(0, 0, _WIDE, 1_000), int(words), sentence).height()
        + _EDGE
    )
