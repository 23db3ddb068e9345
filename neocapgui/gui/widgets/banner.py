"""What a file has to say above the panels: one sentence for each subject, with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

Step = tuple[str, str, Callable[[], None]]  # the name of the button, its title, what it does


class Banner(QWidget):
    """Sentences one below the other; a subject has one sentence at a time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Say nothing yet."""
        super().__init__(parent)
        self.setObjectName("banner")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._lines: dict[str, _Line] = {}
        self.hide()

    def say(self, subject: str, sentence: str, *steps: Step) -> None:
        """Say a sentence on a subject in the place of the one before; an empty one ends the subject."""
        before = self._lines.pop(subject, None)
        if before is not None:
            before.hide()
            before.deleteLater()
        if sentence:
            line = self._lines[subject] = _Line(subject, sentence, steps)
            self._layout.addWidget(line)
            line.show()  # the layout would only do so a turn later
        self.setVisible(bool(self._lines))

    def sentence(self, subject: str) -> str:
        """Return what is said on a subject."""
        line = self._lines.get(subject)
        return line.said.text() if line is not None else ""

    def clear(self) -> None:
        """Say nothing on any subject."""
        for subject in list(self._lines):
            self.say(subject, "")


class _Line(QFrame):
    """A sentence with buttons behind it."""

    def __init__(self, subject: str, sentence: str, steps: tuple[Step, ...]) -> None:
        super().__init__()
        self.setObjectName(f"banner.{subject}")
        self.setProperty("look", "amber")
        self.said = QLabel(sentence)
        self.said.setObjectName("notice" if subject == "said" else f"notice.{subject}")
        self.said.setProperty("look", "amber_text")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 3, 6, 3)
        layout.setSpacing(6)
        layout.addWidget(self.said, 1)
        for name, title, step in steps:
            button = QPushButton(title)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, step=step: step())
            layout.addWidget(button)
