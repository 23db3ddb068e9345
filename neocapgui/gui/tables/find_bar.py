"""The bar below a table in which something is sought, and replaced once it was looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from neocapgui.figures.grid.found import Sought
from neocapgui.gui.session import Session
from neocapgui.gui.tables.finding import Finding
from neocapgui.gui.tables.table_view import TableView

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_LEAST = 110  # pixels of a field


class FindBar(QWidget):
    """Finds as letters are typed; Enter goes on, Shift+Enter back, Escape closes."""

    closed = Signal()

    def __init__(self, session: Session, view: TableView, parent: QWidget | None = None) -> None:
        """Find in a table; the bar is not seen, nor filled, until it is opened."""
        super().__init__(parent)
        self.setObjectName("find")
        self._session = session
        self._view = view
        self._finding = Finding(session, view)
        self._title = ""  # of the column that was current when only it was to be looked in
        self._is_filled = False
        self.hide()

    @property
    def sought(self) -> Sought:
        """What is sought now."""
        column = self._title if self._column.isChecked() else ""
        return Sought(self._text.text(), self._case.isChecked(), self._whole.isChecked(), column)

    def open(self, replaces: bool = False) -> None:
        """Show the bar, ready for typing."""
        if not self._is_filled:
            self._fill()
        self._replacing.setVisible(replaces)
        self._replacing.setEnabled(any(column.is_editable for column in self._view.table_model.table.columns))
        self.show()
        self._text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._text.selectAll()
        self._finding.seek(self.sought)

    def go(self, steps: int) -> None:
        """Go to the next or the previous hit, opening the bar if nothing is sought."""
        if not self._is_filled or not self._text.text():
            self.open()
        else:
            if self.isHidden():
                self._finding.seek(self.sought)
            self._finding.go(steps)

    def close_bar(self) -> None:
        """Give the focus back to the table and mark nothing."""
        self.hide()
        self._finding.stop()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _fill(self) -> None:
        self._is_filled = True
        self._text, self._by = QLineEdit(), QLineEdit()
        self._case, self._whole = QCheckBox("Match case"), QCheckBox("Whole cell")
        self._column = QCheckBox("This column")
        self._count = QLabel()
        self._replacing = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for line, name, says in (
            (self._text, "find.text", "Find in this table"),
            (self._by, "replace.text", "Replace by"),
        ):
            line.setObjectName(name)
            line.setAccessibleName(says)
            line.setPlaceholderText(says)
            line.setMinimumWidth(_LEAST)
        for box, name in ((self._case, "case"), (self._whole, "whole"), (self._column, "column")):
            box.setObjectName(f"find.{name}")
        self._count.setObjectName("find.count")
        self._count.setProperty("look", "dim")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._text, 1)
        row.addWidget(
            self._button("find.previous", "↑", "Shift+F3", lambda: self._finding.go(-1), "Previous")
        )
        row.addWidget(self._button("find.next", "↓", "F3", lambda: self._finding.go(1), "Next"))
        row.addWidget(self._count)
        row.addWidget(self._button("find.close", "×", "Escape", self.close_bar, "Close the find bar"))
        ways = QHBoxLayout()
        ways.setSpacing(12)
        for box in (self._case, self._whole, self._column):
            ways.addWidget(box)
        ways.addStretch(1)
        below = QHBoxLayout(self._replacing)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(self._by, 1)
        below.addWidget(self._button("replace.preview", "Preview replacements…", "Enter", self._preview))
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row)
        layout.addLayout(ways)
        layout.addWidget(self._replacing)

    def _button(self, name: str, text: str, keys: str, command: object, says: str = "") -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(f"{says or text} ({keys})")
        button.setAccessibleName(says or text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(command)
        return button

    def _connect(self) -> None:
        self._text.textEdited.connect(self._seek)
        for box in (self._case, self._whole, self._column):
            box.toggled.connect(self._seek)
        self._by.returnPressed.connect(self._preview)
        self._finding.counted.connect(self._say_count)

    def _seek(self) -> None:
        index = self._view.currentIndex()
        if index.isValid() and not (self._column.isChecked() and self._title):
            self._title = self._view.table_model.column(index.column()).title
        if not self._column.isChecked():
            self._title = ""
        self._finding.seek(self.sought)
        self._finding.go(0)

    def _say_count(self, at: int, count: int) -> None:
        if not self._text.text():
            self._count.setText("")
        elif not count:
            self._count.setText("Not found")
        else:
            self._count.setText(f"{at:,} of {count:,}" if at else f"{count:,} found")

    def _preview(self) -> None:
        from neocapgui.gui.tables.replace_dialog import ReplaceDialog

        if self._text.text():
            ReplaceDialog(self._session, self._view, self.sought, self._by.text(), self.window()).open()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in _ENTER and self._text.hasFocus():
            self._finding.go(-1 if event.modifiers() & _SHIFT else 1)
        else:
            super().keyPressEvent(event)
