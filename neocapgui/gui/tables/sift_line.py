"""The line above a table that says how it is sorted and filtered, and takes it back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from neocapgui.figures.grid.filter_words import filter_words
from neocapgui.figures.grid.sifted import Filter, Sifting
from neocapgui.gui.tables.shown_table import ShownTable

_LONGEST = 48  # characters of a chip
_NARROWEST = 56  # pixels of a chip where there is little room


class SiftLine(QWidget):
    """One chip for the order and for each filter; it is only seen while there is one."""

    left = Signal()  # a chip was taken away: typing goes on in the table

    def __init__(self, shown: ShownTable, parent: QWidget | None = None) -> None:
        """Say how a table is looked at."""
        super().__init__(parent)
        self._shown = shown
        self.setObjectName("sifting")
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._chips: list[QWidget] = []
        self._said: object = None
        self.refresh()

    def refresh(self) -> None:
        """Say how the table is looked at now."""
        shown, active = self._shown, self._shown.active
        seen, count = len(shown.table.rows), len(shown.stored.rows)
        said = (active, seen, count, shown.is_moved, shown.layout.hidden)
        if said == self._said:
            return
        self._said = said
        for chip in self._chips:
            self._layout.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        while self._layout.count():
            self._layout.takeAt(0)
        if active.order is not None:
            falling = "falling" if active.order.is_falling else "rising"
            self._add(f"Sorted by {active.order.column}, {falling}", replace(shown.sifting, order=None))
        for one in active.filters:
            self._add(filter_words(one), shown.sifting.with_filter(Filter(one.column)))
        if active.problems:
            self._add("With problems", replace(shown.sifting, problems=False))
        if active.hides:
            label = QLabel(f"{seen:,} of {count:,} lines")
            label.setObjectName("sifting.count")
            label.setProperty("look", "dim")
            self._put(label)
        if shown.is_moved and self._chips:
            again = self._button(
                "sifting.again", "Apply again", "Put changed and new lines where they belong."
            )
            again.clicked.connect(self._settle)
        self._layout.addStretch(1)
        if len(active.filters) + active.problems + (active.order is not None) > 1 or active.hides:
            clear = self._button("sifting.clear", "Clear", "Show all lines as they are stored.")
            clear.clicked.connect(lambda: self._sift(Sifting()))
        self.setVisible(bool(self._chips))

    def _add(self, text: str, without: Sifting) -> None:
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        chip = self._button("sifting.chip", f"{short}  ×", f"{text}. Click to take it away.", "chip")
        chip.setMinimumWidth(_NARROWEST)
        chip.setAccessibleName(f"{text}; take away")
        chip.clicked.connect(lambda: self._sift(without))

    def _button(self, name: str, text: str, help: str, look: str = "flat") -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        button.setToolTip(help)
        button.setProperty("look", look)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._put(button)
        return button

    def _put(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)
        widget.show()
        self._chips.append(widget)

    def _settle(self) -> None:
        self._shown.settle()
        self.left.emit()

    def _sift(self, sifting: Sifting) -> None:
        self._shown.sift(sifting)
        self.left.emit()
