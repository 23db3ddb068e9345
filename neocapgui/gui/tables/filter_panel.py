"""The small window under the head of a column in which its lines are sorted and filtered."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from neocapgui.figures.grid.filter_words import counted_choices
from neocapgui.figures.grid.sifted import RANGED, Filter, Order, Sifting, end_of_range
from neocapgui.figures.kinds import Kind, NotUnderstood, Style
from neocapgui.figures.tables import Column, Table, cells_of

_LISTED = 400  # different texts that are listed; more are narrowed by typing
_WIDE, _HIGH = 290, 190
_BLANKS = {"All cells": None, "Only blank cells": True, "No blank cells": False}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class FilterPanel(QFrame):
    """Asks how one column of a table is to sort and filter; Enter takes it, Escape leaves all as it was."""

    chosen = Signal(object)  # a Sifting
    hide_wanted = Signal(str)  # the title of a column
    columns_wanted = Signal()

    def __init__(self, table: Table, column: int, sifting: Sifting, style: Style, parent: QWidget) -> None:
        """Ask about a column of the stored table, beginning with how it is looked at now."""
        super().__init__(parent, Qt.WindowType.Popup)
        self._column: Column = table.columns[column]
        self._sifting, self._style = sifting, style
        self._held = sifting.filter_of(self._column.title)
        self._choices = counted_choices(cells_of(table, column), self._column, style)
        self._contains, self._least, self._most = QLineEdit(), QLineEdit(), QLineEdit()
        self._blanks, self._list, self._trouble = QComboBox(), QListWidget(), QLabel()
        self._is_first = column == 0
        self._picked: set[str] = set(self._choices if self._held.among is None else self._held.among)
        self._lay_out()
        self._show_choices()

    def open_at(self, place: QPoint) -> None:
        """Open with the upper left corner at a place of the screen, as far as it has room."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        top = max(room.top(), min(place.y(), room.bottom() - self.height()))
        self.move(left, top)
        self.show()
        (self._contains if self._column.kind not in RANGED else self._least).setFocus()

    def _lay_out(self) -> None:
        self.setObjectName("filter")
        self.setProperty("look", "panel")
        self.setAccessibleName(f"Sort and filter {self._column.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 12)
        layout.setSpacing(8)
        title = QLabel(self._column.title)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setProperty("look", "strong")
        layout.addWidget(title)
        layout.addLayout(self._sort_buttons())
        self._name(self._contains, "filter.contains", "Contains", self._held.contains)
        self._contains.setPlaceholderText("Contains…")
        self._contains.textEdited.connect(self._show_choices)
        layout.addWidget(self._contains)
        if self._column.kind in RANGED:
            layout.addLayout(self._range_fields())
        self._list.setObjectName("filter.choices")
        self._list.setAccessibleName(f"What {self._column.title} may be")
        self._list.setFixedHeight(_HIGH)
        self._list.itemChanged.connect(self._pick)
        layout.addLayout(self._all_or_none())
        layout.addWidget(self._list)
        self._blanks.setObjectName("filter.blanks")
        self._blanks.setAccessibleName("Blank cells")
        self._blanks.addItems(list(_BLANKS))
        self._blanks.setCurrentIndex(list(_BLANKS.values()).index(self._held.is_blank))
        layout.addWidget(self._blanks)
        self._trouble.setProperty("look", "red_text")
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        layout.addWidget(self._trouble)
        layout.addLayout(self._end_buttons())

    def _sort_buttons(self) -> QHBoxLayout:
        order = self._sifting.order
        row = QHBoxLayout()
        row.setSpacing(6)
        is_day = self._column.kind is Kind.DATE
        rising, falling = ("Oldest first", "Latest first") if is_day else ("Rising", "Falling")
        for name, text, wanted in (
            ("rising", rising, Order(self._column.title)),
            ("falling", falling, Order(self._column.title, True)),
            ("stored", "As stored", None),
        ):
            button = _button(f"filter.{name}", text)
            button.setCheckable(True)
            button.setChecked(order == wanted)
            button.clicked.connect(lambda _=False, wanted=wanted: self._sort(wanted))
            row.addWidget(button)
        return row

    def _range_fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._name(self._least, "filter.least", "From", self._held.least)
        self._name(self._most, "filter.most", "To", self._held.most)
        for label, one in (("From", self._least), ("to", self._most)):
            word = QLabel(label)
            word.setBuddy(one)
            row.addWidget(word)
            row.addWidget(one, 1)
        return row

    def _all_or_none(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        for name, text, state in (("all", "All", True), ("none", "None", False)):
            button = _button(f"filter.{name}", text)
            button.clicked.connect(lambda _=False, state=state: self._pick_all(state))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _end_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        if not self._is_first:
            hide = _button("filter.hide", "Hide column")
            hide.clicked.connect(self._hide)
            row.addWidget(hide)
        columns = _button("filter.columns", "Columns…")
        columns.clicked.connect(self._ask_columns)
        row.addWidget(columns)
        row.addStretch(1)
        clear = _button("filter.clear", "Clear")
        clear.setEnabled(not self._held.asks_nothing)
        clear.clicked.connect(lambda: self._take(Filter(self._column.title)))
        apply = _button("filter.apply", "Apply")
        apply.setDefault(True)
        apply.clicked.connect(self.apply)
        row.addWidget(clear)
        row.addWidget(apply)
        return row

    def _name(self, line: QLineEdit, name: str, says: str, text: str) -> None:
        line.setObjectName(name)
        line.setAccessibleName(f"{self._column.title}: {says}")
        line.setText(text)

    def _show_choices(self) -> None:
        """List what fits what is typed; what is not listed keeps its mark."""
        sought = self._contains.text().casefold()
        fitting = [text for text in self._choices if sought in text.casefold()]
        self._list.blockSignals(True)
        self._list.clear()
        for text in fitting[:_LISTED]:
            item = QListWidgetItem(f"{text or 'Blank'}  ({self._choices[text]:,})")
            item.setData(Qt.ItemDataRole.UserRole, text)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(_CHECKED if text in self._picked else _UNCHECKED)
            self._list.addItem(item)
        if len(fitting) > _LISTED:
            more = QListWidgetItem(f"{len(fitting) - _LISTED:,} more: type above to narrow the list")
            more.setFlags(Qt.ItemFlag.NoItemFlags)
            self._list.addItem(more)
        self._list.blockSignals(False)

    def _pick(self, item: QListWidgetItem) -> None:
        text = item.data(Qt.ItemDataRole.UserRole)
        if item.checkState() == _CHECKED:
            self._picked.add(text)
        else:
            self._picked.discard(text)

    def _pick_all(self, is_picked: bool) -> None:
        sought = self._contains.text().casefold()
        fitting = {text for text in self._choices if sought in text.casefold()}
        self._picked = self._picked | fitting if is_picked else self._picked - fitting
        self._show_choices()

    def _sort(self, order: Order | None) -> None:
        self.chosen.emit(Sifting(order, self._sifting.filters, self._sifting.problems))
        self.close()

    def _hide(self) -> None:
        self.close()
        self.hide_wanted.emit(self._column.title)

    def _ask_columns(self) -> None:
        self.close()
        self.columns_wanted.emit()

    def apply(self) -> None:
        """Filter as is asked; a range that is none is told, and the panel stays."""
        is_ranged = self._column.kind in RANGED
        try:
            ends = [end_of_range(self._column, one.text(), self._style) for one in (self._least, self._most)]
            if is_ranged and None not in ends and ends[0] > ends[1]:
                raise NotUnderstood(f"Nothing lies between {self._least.text()} and {self._most.text()}.")
        except NotUnderstood as answer:
            self._trouble.setText(str(answer))
            self._trouble.show()
            return
        is_all = self._picked >= set(self._choices)
        self._take(
            Filter(
                self._column.title,
                self._contains.text().strip(),
                None if is_all else frozenset(self._picked),
                self._least.text().strip() if is_ranged else "",
                self._most.text().strip() if is_ranged else "",
                list(_BLANKS.values())[self._blanks.currentIndex()],
            )
        )

    def _take(self, filter: Filter) -> None:
        self.chosen.emit(self._sifting.with_filter(filter))
        self.close()

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.apply()
        else:
            super().keyPressEvent(event)


def _button(name: str, text: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button
