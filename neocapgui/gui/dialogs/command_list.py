"""The list of every command with its keys, to be searched and changed; tables' own keys stand below."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from neocapgui.figures.grid.contract import CONTRACT
from neocapgui.gui.actions import COMMAND, COMMANDS
from neocapgui.gui.shortcuts import Shortcuts, shown_keys

_HEADS = ("Menu", "Command", "Keys", "What it does")
_LETTERS = (18, 28, 22)  # that there is room for in a column; the last one has the rest
_KEYS = 2  # the column
_SHOWN_KEYS = 2  # a system may know more, such as those of old keyboards
_ASIDE = 16  # pixels of a cell that the look "spaced" leaves free beside its text


class CommandList(QDialog):
    """Lists the commands; a word typed above narrows the list, keys pressed below are given to a command."""

    def __init__(self, shortcuts: Shortcuts, parent: QWidget) -> None:
        """List all commands with the keys they have."""
        super().__init__(parent)
        self._shortcuts = shortcuts
        self.setObjectName("dialog.commands")
        self.setWindowTitle("Commands and shortcuts")
        room = parent.size()
        self.resize(min(940, room.width() - 40), min(680, room.height() - 40))
        self._sought = QLineEdit()
        self._table = QTableWidget(len(COMMANDS) + len(CONTRACT), len(_HEADS))
        self._new = QKeySequenceEdit()
        self._said = QLabel()
        self._give, self._take, self._reset, self._reset_all = (
            QPushButton(title) for title in ("Give these keys", "No keys", "Reset", "Reset all")
        )
        self._lay_out()
        self._fill()
        self._connect()
        self._table.setCurrentCell(0, 1)
        self._sought.setFocus()

    @property
    def chosen(self) -> str:
        """The id of the command in the current line; nothing where a key of tables stands there."""
        row = self._table.currentRow()
        return COMMANDS[row].id if 0 <= row < len(COMMANDS) else ""

    def _lay_out(self) -> None:
        self._sought.setObjectName("commands.sought")
        self._sought.setPlaceholderText("Narrow the list: a word, or keys such as Ctrl+S")
        self._sought.setAccessibleName("Narrow the list")
        self._sought.setClearButtonEnabled(True)
        self._table.setObjectName("commands")
        self._table.setAccessibleName("Commands and shortcuts")
        self._table.setHorizontalHeaderLabels(_HEADS)
        self._table.verticalHeader().hide()
        self._table.setProperty("look", "spaced")
        self._table.setItemDelegate(_Wrapped(self._table))
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        heads = self._table.horizontalHeader()
        heads.setStretchLastSection(True)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in enumerate(_LETTERS):
            heads.resizeSection(column, letters * letter)
        self._table.verticalHeader().setMinimumSectionSize(2 * self.fontMetrics().height())
        self._table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._new.setObjectName("commands.keys")
        self._new.setAccessibleName("New keys")
        self._new.setMaximumSequenceLength(1)
        self._new.setClearButtonEnabled(True)
        self._new.setMinimumWidth(150)
        self._said.setObjectName("commands.said")
        self._said.setWordWrap(True)
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._said.setMinimumHeight(2 * self._said.fontMetrics().height())
        for button, name in ((self._give, "give"), (self._take, "none"), (self._reset, "reset")):
            button.setObjectName(f"commands.{name}")
            button.setAutoDefault(False)
        self._reset_all.setObjectName("commands.reset_all")
        self._reset_all.setAutoDefault(False)
        label = QLabel("&New keys")
        label.setBuddy(self._new)
        across = QHBoxLayout()
        across.setSpacing(8)
        for part in (label, self._new, self._give, self._take, self._reset):
            across.addWidget(part)
        across.addStretch(1)
        across.addWidget(self._reset_all)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.addWidget(self._sought)
        layout.addWidget(self._table, 1)
        layout.addLayout(across)
        layout.addWidget(self._said)
        layout.addWidget(close)

    def _connect(self) -> None:
        self._sought.textChanged.connect(self._narrow)
        self._sought.returnPressed.connect(self._table.setFocus)
        self._table.currentCellChanged.connect(self._begin)
        self._table.cellDoubleClicked.connect(lambda: self._new.setFocus())
        self._new.keySequenceChanged.connect(self._judge)
        self._give.clicked.connect(self._give_keys)
        self._take.clicked.connect(lambda: self._change(None))
        self._reset.clicked.connect(self._reset_one)
        self._reset_all.clicked.connect(self._reset_every)
        self._shortcuts.changed.connect(self._show_keys)
        self.finished.connect(self.deleteLater)
        self._begin()

    def _fill(self) -> None:
        for row, command in enumerate(COMMANDS):
            keys = shown_keys(self._shortcuts.keys(command.id)[:_SHOWN_KEYS])
            self._put(row, (" › ".join(command.path), command.title, keys, command.help))
        for row, promise in enumerate(CONTRACT, len(COMMANDS)):
            self._put(row, ("In tables", promise.gesture, "", promise.result))

    def _put(self, row: int, texts: tuple[str, ...]) -> None:
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            self._table.setItem(row, column, item)

    def _show_keys(self, id: str) -> None:
        row = COMMANDS.index(COMMAND[id])
        item = self._table.item(row, _KEYS)
        if item is not None:
            item.setText(shown_keys(self._shortcuts.keys(id)[:_SHOWN_KEYS]))
        self._reset_all.setEnabled(any(self._shortcuts.is_changed(one.id) for one in COMMANDS))
        if id == self.chosen:
            self._reset.setEnabled(self._shortcuts.is_changed(id))
            self._take.setEnabled(bool(self._shortcuts.keys(id)))

    def _narrow(self, sought: str) -> None:
        words = sought.casefold().split()
        first = -1
        for row in range(self._table.rowCount()):
            items = (self._table.item(row, column) for column in range(len(_HEADS)))
            line = " ".join(item.text() for item in items if item is not None).casefold()
            is_shown = all(word in line for word in words)
            self._table.setRowHidden(row, not is_shown)
            if is_shown and first < 0:
                first = row
        self._table.setCurrentCell(first, 1)
        if first < 0:
            self._say(f"No command and no key has “{sought.strip()}”.")

    def _begin(self) -> None:
        """Ask for the keys of the command in the current line."""
        self._new.clear()
        id = self.chosen
        can_change = bool(id)
        for part in (self._new, self._give, self._take, self._reset):
            part.setEnabled(can_change)
        self._give.setEnabled(False)
        self._reset_all.setEnabled(any(self._shortcuts.is_changed(one.id) for one in COMMANDS))
        if can_change:
            self._take.setEnabled(bool(self._shortcuts.keys(id)))
            self._reset.setEnabled(self._shortcuts.is_changed(id))
            self._say(f"Press new keys for “{COMMAND[id].title}” in the field above.")
        elif self._table.currentRow() >= 0:
            self._say("The keys of tables cannot be changed.")

    def _judge(self, key: QKeySequence) -> None:
        """Say what would come of giving the pressed keys to the command."""
        id = self.chosen
        self._give.setText("Give these keys")
        if key.isEmpty() or not id:
            self._give.setEnabled(False)
            return
        shown, title = shown_keys([key]), COMMAND[id].title
        refusal = self._shortcuts.refusal(key)
        holder = self._shortcuts.holder(key, id)
        self._give.setEnabled(not refusal)
        if refusal:
            self._say(refusal, "amber_text")
        elif holder:
            other = COMMAND[holder].title
            self._give.setText("Take them over")
            self._say(f"{shown} belongs to “{other}”, which would be without it.", "amber_text")
        else:
            self._say(f"{shown} is free for “{title}”.")

    def _give_keys(self) -> None:
        key = self._new.keySequence()
        if not key.isEmpty() and self.chosen:
            self._change(key)

    def _change(self, key: QKeySequence | None) -> None:
        id = self.chosen
        if id:
            self._shortcuts.give(id, key)
            self._new.clear()
            has = f"has the keys {shown_keys([key])}" if key is not None else "has no keys"
            self._say(f"“{COMMAND[id].title}” {has}.")
            self._table.setFocus()

    def _reset_one(self) -> None:
        id = self.chosen
        if id:
            self._shortcuts.reset(id)
            keys = shown_keys(self._shortcuts.keys(id)[:_SHOWN_KEYS])
            self._say(f"“{COMMAND[id].title}” has {f'the keys {keys}' if keys else 'no keys'} again.")

    def _reset_every(self) -> None:
        self._shortcuts.reset_all()
        self._say("Every command has the keys it came with.")

    def _say(self, sentence: str, look: str = "dim") -> None:
        self._said.setProperty("look", look)
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self._said.setText(sentence)


class _Wrapped(QStyledItemDelegate):
    """Gives a line the height of its words as they wrap; Qt forgets the room that a style sheet takes."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        option.rect = option.rect.adjusted(0, 0, -_ASIDE, 0)
        return super().sizeHint(option, index)
