"""What is selected, told to whatever window a table stands in, as a line and as figures one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QStatusTipEvent

if TYPE_CHECKING:
    from neocapgui.figures.grid.selected import SummaryFigure


class SelectionTip(QStatusTipEvent):
    """A line for the status bar, whose figures can be copied."""

    def __init__(self, figures: tuple[SummaryFigure, ...]) -> None:
        """Tell the figures of a selection."""
        super().__init__("  ·  ".join(f"{one.name} {one.shown}" for one in figures))
        self.figures = figures
