"""What is chosen once for a whole paste: what a mark means, what all new lines share, who is who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from neocapgui.figures.kinds import quoted
from neocapgui.figures.pasting.pasted_numbers import Point
from neocapgui.figures.pasting.understood import Newcomer, Understood, same_as
from neocapgui.figures.tables import Column
from neocapgui.gui.widgets.choice_group import ChoiceGroup
from neocapgui.gui.widgets.plain_text import tip

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_MORE_LETTERS = 6  # of middling width, beside the text of a field


class MarkQuestion(QWidget):
    """Asks once what only the user can know: what a point does, or which figure of a day is the month."""

    answered = Signal(str, str)  # the question, the answer

    def __init__(self) -> None:
        """Ask nothing yet."""
        super().__init__()
        self._question = ""
        self._said = QLabel()
        self._said.setTextFormat(Qt.TextFormat.PlainText)
        self._ways = QRadioButton(), QRadioButton()
        self._answers = ("", "")
        group = QButtonGroup(self)
        group.setExclusive(True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(10, 6, 10, 6)
        self._said.setWordWrap(True)
        outer.addWidget(self._said)
        outer.addWidget(ChoiceGroup(self._ways, 14))
        for button in self._ways:
            group.addButton(button)
            button.clicked.connect(self._answer)
        self.setProperty("look", "amber")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("paste.question")
        self.hide()

    def ask(self, block: Understood) -> None:
        """Ask what is open in a block; what was asked once stays in sight with its answer."""
        question = block.open_question
        if not question:
            return
        if question != self._question:
            self._question = question
            example = block.example(question)
            if question == "point":
                mark = "point" if "." in example else "comma"
                texts = f"&Groups: a {mark} parts thousands", f"&Decimals: a {mark} begins them"
                self._answers = (Point.GROUPS.value, Point.DECIMALS.value)
                self._said.setText(f"What is {quoted(example)} in these numbers?")
            else:
                texts = "The &day comes first", "The &month comes first"
                self._answers = ("DMY", "MDY")
                self._said.setText(f"How is {quoted(example)} written?")
            for button, text in zip(self._ways, texts, strict=True):
                button.setText(text)
            self._clear()
        self.show()

    def _clear(self) -> None:
        group = self._ways[0].group()
        group.setExclusive(False)
        for button in self._ways:
            button.setChecked(False)
        group.setExclusive(True)

    def _answer(self) -> None:
        for button, answer in zip(self._ways, self._answers, strict=True):
            if button.isChecked():
                self.answered.emit(self._question, answer)


class SharedFields(ChoiceGroup):
    """The fields that all new lines share, because the list does not have them: kind, security, day."""

    def __init__(self) -> None:
        """Show no field yet."""
        super().__init__(())
        self._fields: dict[str, QComboBox | QLineEdit] = {}
        self.hide()

    @property
    def texts(self) -> dict[str, str]:
        """What is chosen, as it would be typed, by field."""
        return {
            name: field.currentText() if isinstance(field, QComboBox) else field.text()
            for name, field in self._fields.items()
        }

    def show_fields(self, columns: Sequence[Column], texts: Mapping[str, str]) -> None:
        """Offer some columns; what was chosen before stays."""
        wanted = [column for column in columns if column.field in texts]
        if [column.field for column in wanted] == list(self._fields):
            return
        before = self.texts
        for shown in self.choices:
            shown.hide()
            shown.deleteLater()
        self._fields = {}
        if wanted:
            self.add(_dim("All new lines:"))
        for column in wanted:
            label = QLabel(f"&{column.title}")
            field = _choice(column) if column.choices is not None else QLineEdit()
            text = before.get(column.field, texts[column.field])
            if isinstance(field, QComboBox):
                if field.findText(text) < 0:
                    field.insertItem(0, text)
                field.setCurrentText(text)
            else:
                field.setText(text)
                field.setMinimumWidth((len(text) + _MORE_LETTERS) * field.fontMetrics().averageCharWidth())
                field.setPlaceholderText(column.help if column.field == "source" else "")
            field.setObjectName(f"paste.{column.field}")
            field.setAccessibleName(f"{column.title} of all new lines")
            label.setBuddy(field)
            self._fields[column.field] = field
            self.add(_together(label, field))
        self.setVisible(bool(wanted))


def _choice(column: Column) -> QComboBox:
    field = QComboBox()
    field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    field.setMinimumContentsLength(14)
    if column.choices is not None:
        field.addItems(list(column.choices.names()))
    return field


def _together(label: QLabel, field: QWidget) -> QWidget:
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label)
    row.addWidget(field)
    return pair


def _dim(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", "dim")
    return label


class Newcomers(QAbstractListModel):
    """The holders that will be recorded; one that is likely known already can be said to be the same."""

    def __init__(self, parent: QObject | None = None) -> None:
        """List nobody yet."""
        super().__init__(parent)
        self._newcomers: tuple[Newcomer, ...] = ()
        self._same: set[str] = set()

    @property
    def same(self) -> dict[str, str]:
        """Who is whom: the name of a new holder, in small letters, and of the one that it is."""
        return {
            one.name.casefold(): one.like
            for one in self._newcomers
            if one.like and one.name.casefold() in self._same
        }

    def show_all(self, newcomers: tuple[Newcomer, ...]) -> None:
        """List some; what was said of them before holds."""
        if newcomers == self._newcomers:
            return
        self.beginResetModel()
        self._newcomers = newcomers
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._newcomers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._newcomers[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            lines = f"  ·  {one.lines:,} lines" if one.lines > 1 else ""
            return (same_as(one) if one.like else one.name) + lines
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{one.name} is the same as {one.like}." if one.like else one.name)
        if role == Qt.ItemDataRole.CheckStateRole and one.like:
            is_same = one.name.casefold() in self._same
            return Qt.CheckState.Checked if is_same else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        name = self._newcomers[index.row()].name.casefold()
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._same.add(name)
        else:
            self._same.discard(name)
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        is_alike = index.isValid() and bool(self._newcomers[index.row()].like)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if is_alike else flags
