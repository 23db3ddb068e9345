"""A part of a page: a title that leads to the page that says more, and what stands under it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from neocapgui.figures.tables import Table
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TitleLink(QToolButton):
    """The title of a part; a click, Enter or the space bar leads to its page."""

    def __init__(self, title: str, help: str) -> None:
        """Show a title."""
        super().__init__()
        self.setProperty("look", "title")
        self.setText(f"{title} ›")
        self.setAccessibleName(title)
        self.setToolTip(help)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


class Part(QWidget):
    """A widget under its title, with room at the right for what belongs to it."""

    led_to = Signal(str)  # the name of the page that says more

    def __init__(
        self, title: str, page: str, help: str, body: QWidget, beside: QWidget | None = None
    ) -> None:
        """Put a widget under a title that leads to a page."""
        super().__init__()
        self._page = page
        self.title = TitleLink(title, help)
        self.title.clicked.connect(self.lead_on)
        self.note = QLabel()
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setProperty("look", "dim")
        self.note.setWordWrap(True)
        self.note.hide()
        self._beside = beside
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.title)
        row.addStretch(1)
        if beside is not None:
            row.addWidget(beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(body)
        layout.addWidget(self.note)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)

    def say(self, text: str) -> None:
        """Say a sentence under the widget, or nothing."""
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def lead_on(self) -> None:
        """Go to the page that says more."""
        self.led_to.emit(self._page)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside is not None:  # under the title where there is too little room for both
            needed = self.title.sizeHint().width() + self._beside.sizeHint().width()
            is_narrow = self.width() < needed
            way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
            self._row.setDirection(way)

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if self._beside is None:
            return least
        widest = max(self.title.minimumSizeHint().width(), self._beside.minimumSizeHint().width())
        return QSize(min(least.width(), widest), least.height())


class TablePart(Part):
    """A small table that is as high as its lines, under its title; Enter on a line leads to the page."""

    def __init__(self, session: Session, table: Table, page: str, help: str) -> None:
        """Show a table."""
        self.view = TableView(session, table)
        self.view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.view.setMinimumWidth(0)
        super().__init__(table.title, page, help, self.view)
        self.view.activated_row.connect(self.lead_on)
        self.show_table(table)

    def show_table(self, table: Table) -> None:
        """Show another answer."""
        self.view.show_table(table)
        line = self.view.verticalHeader().defaultSectionSize()
        lines = self.view.table_model.rowCount()
        self.view.setFixedHeight(self.view.horizontalHeader().sizeHint().height() + lines * line + 2)
        self.view.setVisible(bool(table.rows))
        self.say("" if table.rows else table.empty)
