"""The Qt that is installed keeps its count of None: PySide6 6.12.0 on Python 3.11 loses one a repaint."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

REPAINTS = 10_000


def test_ten_thousand_repaints_lose_no_reference_to_none(qtbot: QtBot) -> None:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    class Small(QWidget):
        painted = 0

        # Qt overrides

        def paintEvent(self, event: QPaintEvent) -> None:
            self.painted += 1

    widget = Small()
    qtbot.addWidget(widget)
    widget.resize(8, 8)
    with qtbot.waitExposed(widget, timeout=60_000):
        widget.show()
    before, painted = sys.getrefcount(None), widget.painted
    for _ in range(REPAINTS):
        widget.repaint()
    assert widget.painted - painted >= REPAINTS
    assert abs(sys.getrefcount(None) - before) < REPAINTS // 10
