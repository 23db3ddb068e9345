"""The fields of a guided entry: each with its title, what is typed, what is proposed and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from neocapgui.figures.choices import completed
from neocapgui.figures.grid.repairs import repair, with_repair
from neocapgui.figures.guided.answered import Answered
from neocapgui.figures.guided.guide import Field
from neocapgui.figures.kinds import Kind, NotUnderstood, Style
from neocapgui.figures.tables import Column
from neocapgui.gui.looks import look
from neocapgui.gui.resources import resource
from neocapgui.gui.tables.popup_list import popup_list
from neocapgui.gui.widgets.mnemonics import mnemonics
from neocapgui.gui.widgets.plain_text import tip

_AIR = 12
_LETTERS = 30  # that a field has room for at least
_MOST_COLUMNS = 3
_LISTED = 12  # choices that are seen at once
_TAKEN = "rc"  # letters of the buttons
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FieldBox(QWidget):
    """One field: its title above, and under it, where there is one, why its text cannot be."""

    changed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        """Ask for a field."""
        super().__init__(parent)
        self._field = field
        self._names: tuple[str, ...] = ()
        self._before = ""  # what stood in the line before the last key
        self._meant = ""  # what its text, which is no value, probably means
        self.title, self.line, self._trouble = QLabel(), QLineEdit(), QLabel()
        self.line.setObjectName(f"field.{field.name}")
        self.line.setMinimumWidth(_LETTERS // 2 * self.fontMetrics().averageCharWidth())
        self.title.setBuddy(self.line)
        self._trouble.setProperty("look", "red_text")
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for part in (self.title, self.line, self._trouble):
            layout.addWidget(part)
        layout.addStretch(1)
        self.line.textChanged.connect(self.changed)
        self.line.installEventFilter(self)
        if field.choices is not None:
            self._offer_choices()
        self.is_wide = field.is_wide

    def show_field(self, field: Field, mnemonic: str) -> None:
        """Show what the field asks for now."""
        self._field = field
        self.title.setText(mnemonic)
        self.line.setAccessibleName(field.title)
        self.line.setAccessibleDescription(field.help)
        self.line.setToolTip(tip(field.help))
        self.line.setWhatsThis(field.help)
        if field.choices is not None:
            names = tuple(field.choices.names())
            if names != self._names:
                self._names = names
                self._list(names)

    def show_answer(self, field: Field, answer: Answered, style: Style) -> None:
        """Show in the empty field what is taken for it, and under it why its text cannot be."""
        proposal = answer.proposed.get(field.name)
        offered = "" if proposal is None else f"{field.text(proposal.value, style)}   {proposal.why}".rstrip()
        self.line.setPlaceholderText(offered or field.hint)
        sentence = answer.errors.get(field.name, "")
        self._meant = self._guess(field, style) if sentence else ""
        if self._meant:
            sentence = f"{with_repair(sentence, self._meant)} Alt+Enter takes it."
        self._trouble.setText(sentence)
        self._trouble.setVisible(bool(sentence))
        self.line.setAccessibleDescription(" ".join(filter(None, (sentence, field.help, offered))))

    def _guess(self, field: Field, style: Style) -> str:
        """Return what was probably meant where the text is no value; nothing where it is one."""
        text = self.line.text()
        try:
            field.value(text, style)
        except NotUnderstood:
            return repair(Column(field.title, field.kind, choices=field.choices), text, style) or ""
        return ""

    def open_list(self) -> None:
        """Open the list of what can be chosen, whatever is typed."""
        completer = self.line.completer()
        if completer is not None:
            self.line.setFocus()
            completer.setCompletionPrefix("")
            completer.complete()

    def _propose_rest(self, text: str) -> None:
        """Write the rest of the name that was begun, selected, so that the next key replaces it."""
        is_longer = len(text) > len(self._before) and self.line.cursorPosition() == len(text)
        self._before = text
        rest = completed(self._names, text) if is_longer else ""
        if rest:
            self.line.setText(text + rest)
            self.line.setSelection(len(text) + len(rest), -len(rest))

    def _complete(self) -> None:
        """Write out the choice that the letters typed stand for."""
        try:
            value = self._field.value(self.line.text())
        except NotUnderstood:
            return
        name = self._field.text(value)
        if name and name != self.line.text():
            self.line.setText(name)

    def _note_focus(self, event: QFocusEvent) -> None:
        self._before = self.line.text()
        if event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._complete()

    def _offer_choices(self) -> None:
        tone = "dark" if look.current().is_dark else "light"
        opens = QAction(QIcon(str(resource("icons", f"down-{tone}.svg"))), "Choose", self)
        opens.setToolTip("Choose from the list (Alt+Down)")
        opens.triggered.connect(self.open_list)
        self.line.addAction(opens, QLineEdit.ActionPosition.TrailingPosition)
        self.line.textEdited.connect(self._propose_rest)

    def _list(self, names: Sequence[str]) -> None:
        completer = QCompleter(list(names), self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(_LISTED)
        completer.setPopup(popup_list())
        self.line.setCompleter(completer)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_held = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if event.key() == Qt.Key.Key_Down and is_held and self._field.choices is not None:
                self.open_list()
                return True
            if event.key() in _ENTER and is_held and self._meant:
                self.line.setText(self._meant)
                return True
        if watched is self.line and isinstance(event, QFocusEvent) and self._field.choices is not None:
            self._note_focus(event)
        return super().eventFilter(watched, event)


class EntryFields(QWidget):
    """The fields of a guide, side by side where there is room; they come and go with what is typed."""

    changed = Signal()

    def __init__(self, style: Style, texts: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Begin with some texts by the names of the fields."""
        super().__init__(parent)
        self._style = style
        self._texts = dict(texts)
        self._boxes: dict[str, FieldBox] = {}
        self._shown: tuple[str, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_AIR)
        self._grid.setVerticalSpacing(8)

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields, those out of sight too."""
        return self._texts | {name: box.line.text() for name, box in self._boxes.items()}

    def show_answer(self, answer: Answered) -> None:
        """Show the fields that are asked for, each with what is proposed and what is wrong."""
        titles = mnemonics([field.title for field in answer.fields], _TAKEN)
        for field, title in zip(answer.fields, titles, strict=True):
            box = self._boxes.get(field.name)
            if box is None:
                box = self._boxes[field.name] = self._made(field)
            box.show_field(field, title)
            box.show_answer(field, answer, self._style)
        shown = tuple(field.name for field in answer.fields)
        if shown != self._shown:
            self._shown = shown
            self._place()

    def line(self, name: str) -> QLineEdit | None:
        """Return the line of a field, if it is asked for."""
        return self._boxes[name].line if name in self._shown else None

    def lines(self) -> list[QLineEdit]:
        """Return the lines of the fields that are asked for, in their order."""
        return [self._boxes[name].line for name in self._shown]

    def first_empty(self) -> QLineEdit | None:
        """Return the first line in which nothing stands yet."""
        lines = self.lines()
        return next((line for line in lines if not line.text()), lines[0] if lines else None)

    def _made(self, field: Field) -> FieldBox:
        box = FieldBox(field, self)
        right = field.kind in (Kind.SHARES, Kind.COUNTED, Kind.PRICE, Kind.MONEY)
        box.line.setAlignment(Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft)
        box.line.setText(self._texts.get(field.name, ""))
        box.line.setCursorPosition(0)
        box.changed.connect(self.changed)
        return box

    def _place(self) -> None:
        columns = self._columns or 1
        for box in self._boxes.values():
            self._grid.removeWidget(box)
        row = column = 0
        for name in self._shown:
            box = self._boxes[name]
            span = min(columns, 2) if box.is_wide else 1
            if column + span > columns:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, span)
            column += span
        for number in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(number, 1 if number < columns else 0)
        for number in range(self._grid.rowCount()):
            self._grid.setRowStretch(number, 0)
        self._grid.setRowStretch(row + 1, 1)
        for name, box in self._boxes.items():
            box.setVisible(name in self._shown)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = _LETTERS * self.fontMetrics().averageCharWidth() + _AIR
        columns = max(1, min(_MOST_COLUMNS, self.width() // needed))
        if columns != self._columns:
            self._columns = columns
            self._place()
