"""The boxes about files: a plain sentence, what follows from each answer, and no answer that loses work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

Role = QMessageBox.ButtonRole


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its title, and what follows."""

    title: str
    follow: Callable[[], None] | None = None
    role: Role = Role.ActionRole
    is_default: bool = False


def ask(window: QWidget, name: str, title: str, sentence: str, more: str, *choices: Choice) -> QMessageBox:
    """Ask in a box over a window; closing the box without an answer does nothing.

    The first button of the role of rejection answers Escape.
    """
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, sentence, parent=window)
    box.setObjectName(name)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(more)
    follows: list[tuple[QPushButton, Choice]] = []
    for choice in choices:
        button = box.addButton(choice.title, choice.role)
        follows.append((button, choice))
        if choice.is_default:
            box.setDefaultButton(button)
        if choice.role is Role.RejectRole:
            box.setEscapeButton(button)

    def answer() -> None:
        box.deleteLater()
        clicked = box.clickedButton()
        for button, choice in follows:
            if clicked is button and choice.follow is not None:
                choice.follow()

    box.finished.connect(answer)
    box.open()
    return box


CANCEL = Choice("Cancel", role=Role.RejectRole)
