"""The letters: the system's own, and figures that all have the same width."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF

from neocapgui.gui.resources import resource

BUNDLED = "Inter"
# What a system without a font of its own falls back to.
_NO_CHOICE = frozenset({"DejaVu Sans", "Bitstream Vera Sans", "Sans Serif", "Sans"})
_TABULAR = QFont.Tag("tnum")
HALF_BOLD = QFont.Weight.DemiBold


@cache
def _bundled() -> bool:
    """Whether the font that comes with the program could be loaded."""
    files = sorted(resource("fonts").glob("*.otf"))
    return bool(files) and all(QFontDatabase.addApplicationFont(str(file)) >= 0 for file in files)


def text_font(system: QFont) -> QFont:
    """Return the font of the program: the system's, or the bundled one where the system has chosen none."""
    if QFontInfo(system).family() not in _NO_CHOICE or not _bundled():
        return system
    font = QFont(BUNDLED)
    font.setPointSizeF(max(9.75, system.pointSizeF()))
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def figures_font(text: QFont) -> QFont:
    """Return a font for tables: the text's where its figures have one width, otherwise the bundled one."""
    font = QFont(text)
    font.setFeature(_TABULAR, 1)
    if not _is_tabular(font) and _bundled():
        font.setFamily(BUNDLED)
    return font


def _is_tabular(font: QFont) -> bool:
    metrics = QFontMetricsF(font)
    return len({round(metrics.horizontalAdvance(figure), 1) for figure in "0123456789"}) == 1


def half_bold(font: QFont) -> QFont:
    """Return the same font as totals and headings wear it."""
    bold = QFont(font)
    bold.setWeight(HALF_BOLD)
    return bold
