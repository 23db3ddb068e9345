"""The heading of a page: its noun, and under it the dim line that says issuer, basis and day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from neocapgui.gui.widgets.choice_group import ChoiceGroup
from neocapgui.gui.widgets.plain_text import tip


class PageHeading(QWidget):
    """A title with a dim line under it, and controls at the right."""

    def __init__(
        self,
        title: str,
        subtitle: str = "",
        controls: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Show the texts beside the controls."""
        super().__init__(parent)
        self._title, self._subtitle = FittedLabel("heading"), FittedLabel("dim")
        texts = self._texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(self._title)
        texts.addWidget(self._subtitle)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(texts, 0, 0)
        self._controls = ChoiceGroup(controls)
        self._is_beside = True
        self._grid.addWidget(self._controls, 0, 1, Qt.AlignmentFlag.AlignTop)
        self._controls.setVisible(bool(controls))
        self.show_texts(title, subtitle)

    def show_texts(self, title: str, subtitle: str = "") -> None:
        """Show another title and another line under it."""
        self._title.show_text(title)
        self._subtitle.show_text(subtitle)
        self._subtitle.setVisible(bool(subtitle))
        self._place_controls()

    def title_width(self) -> int:
        """Return the pixels that the whole title needs."""
        return self._title.wanted_width()

    def line_that_needs(self, room: int) -> QWidget | None:
        """Give the dim line away where it needs more pixels than there are beside the title; else keep it."""
        if self._subtitle.isHidden() or self._subtitle.wanted_width() <= room:
            self._texts.addWidget(self._subtitle)
            return None
        self._texts.removeWidget(self._subtitle)
        return self._subtitle

    def _place_controls(self) -> None:
        """Put the controls beside the title where it has room there, otherwise under it."""
        wanted = self._title.wanted_width() + self._controls.sizeHint().width() + 8
        is_beside = wanted <= max(self.width(), 1)
        if is_beside != self._is_beside:
            self._is_beside = is_beside
            self._grid.removeWidget(self._controls)
            place = (0, 1, 1, 1, Qt.AlignmentFlag.AlignTop) if is_beside else (1, 0, 1, 2)
            self._grid.addWidget(self._controls, *place)
        if not self._controls.isHidden():  # else the line is placed by what stands around the heading
            line = self.line_that_needs(self.width() - is_beside * (self._controls.sizeHint().width() + 8))
            if line is not None:
                self._grid.addWidget(line, 2, 0, 1, 2)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_controls()


class FittedLabel(QLabel):
    """One line of text that ends with an ellipsis where there is no room; the whole is its tool tip."""

    def __init__(self, look: str, parent: QWidget | None = None) -> None:
        """Show nothing yet, in one of the looks of the style sheet."""
        super().__init__(parent)
        self._whole = ""
        self.setProperty("look", look)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # never half its height

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def wanted_width(self) -> int:
        """Return the pixels that the whole text needs."""
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self._whole)

    def _fit(self) -> None:
        room = self.contentsRect().width()
        fitting = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(fitting)
        self.setToolTip("" if fitting == self._whole else tip(self._whole))

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
