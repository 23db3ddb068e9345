"""Choices that belong together: they stay side by side, and wrap among themselves where there is no room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_SHRINKS = QSizePolicy.PolicyFlag.ShrinkFlag.value


class ChoiceGroup(QWidget):
    """Holds some choices in a row that is broken only where the whole is narrower.

    What is lower than its row stands in the middle of it. The choices are its children and are placed by it
    without a layout: the items of a layout written in Python can be freed while it still holds them.
    """

    def __init__(self, choices: Sequence[QWidget], spacing: int = 8, parent: QWidget | None = None) -> None:
        """Hold the choices in their order, with the same air between them and between rows."""
        super().__init__(parent)
        self._spacing = spacing
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for choice in choices:
            self.add(choice)

    def add(self, choice: QWidget) -> None:
        """Hold one more choice, after all others."""
        is_hidden = choice.isHidden() and choice.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
        choice.setParent(self)
        choice.setVisible(not is_hidden)
        self.updateGeometry()

    @property
    def choices(self) -> list[QWidget]:
        """The choices in their order, those included that are hidden now."""
        return [one for one in self.children() if isinstance(one, QWidget) and not one.isWindow()]

    def _shown(self) -> list[QWidget]:
        return [one for one in self.choices if not one.isHidden()]

    def _place(self, room: QRect, is_trial: bool) -> int:
        """Put everything into some room, or only see how high it gets; return the height."""
        x, y = room.left(), room.top()
        row: list[tuple[QWidget, QRect]] = []
        for choice in self._shown():
            hint = _wanted(choice)
            wide = min(hint.width(), max(room.width(), _least(choice).width()))
            if row and x + wide > room.right() + 1:
                x, y = room.left(), y + _end(row, is_trial) + self._spacing
                row = []
            row.append((choice, QRect(x, y, wide, hint.height())))
            x += wide + self._spacing
        return y + _end(row, is_trial) - room.top()

    def _ask_for_rows(self) -> None:
        """Be as high as the rows are in this width."""
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.updateGeometry()

    # Qt overrides

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), is_trial=True)

    def sizeHint(self) -> QSize:
        hints = [_wanted(choice) for choice in self._shown()]
        air = self._spacing * max(0, len(hints) - 1)
        return QSize(sum(one.width() for one in hints) + air, max((one.height() for one in hints), default=0))

    def minimumSizeHint(self) -> QSize:
        least = QSize(0, 0)
        for choice in self._shown():
            least = least.expandedTo(_least(choice))
        return least

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_rows()
        self._place(self.rect(), is_trial=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask_for_rows()
        self._place(self.rect(), is_trial=False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # the choices ask for other room than before
            self._ask_for_rows()
            self._place(self.rect(), is_trial=False)
        return super().event(event)


def _wanted(choice: QWidget) -> QSize:
    """Return the size that a choice has in its row."""
    hint = choice.sizeHint().expandedTo(choice.minimumSizeHint())
    return hint.boundedTo(choice.maximumSize()).expandedTo(choice.minimumSize())


def _least(choice: QWidget) -> QSize:
    """Return the size below which a choice cannot be used."""
    can_shrink = choice.sizePolicy().horizontalPolicy().value & _SHRINKS
    least = choice.minimumSizeHint() if can_shrink else _wanted(choice)
    return least.boundedTo(choice.maximumSize()).expandedTo(choice.minimumSize())


def _end(row: list[tuple[QWidget, QRect]], is_trial: bool) -> int:
    """Put what stands in a row in the middle of its height, or only see how high it is; return that."""
    height = max((box.height() for _, box in row), default=0)
    for choice, box in row if not is_trial else ():
        choice.setGeometry(box.translated(0, (height - box.height()) // 2))
    return height
