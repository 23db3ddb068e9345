"""What stands on a page where there is no company yet: a sentence, and the button that begins."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.gui.tables.fact_places import NEW

_FIRST_STEP = "first_step"


def go_to_first_step(ground: QWidget) -> bool:
    """Put the keyboard on the button that begins an empty scenario; return whether one is seen."""
    for button in ground.findChildren(QPushButton, _FIRST_STEP):
        if button.isVisible():
            button.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


class FirstCompany(QWidget):
    """Says what to do first, and goes where it is done."""

    went_to = Signal(object)  # a Place

    def __init__(self, then: str) -> None:
        """Say what comes after the company, in a sentence."""
        super().__init__()
        said = QLabel(f"This scenario has no company yet. {then}")
        said.setTextFormat(Qt.TextFormat.PlainText)
        said.setProperty("look", "dim")
        said.setWordWrap(True)
        button = QPushButton("Add the first company")
        button.setObjectName(_FIRST_STEP)
        button.setToolTip("Go to the empty line of the companies, ready to type the name.")
        button.setAutoDefault(True)  # Enter presses it as well as the space bar
        button.clicked.connect(lambda: self.went_to.emit(Place("issuers", NEW)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(said)
        layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
