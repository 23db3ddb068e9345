"""The box that says what program this is, in which version and under which licences."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QMessageBox, QWidget

from neocapgui import __version__


def about_box(parent: QWidget) -> QMessageBox:
    """Return the box, ready to be opened."""
    box = QMessageBox(
        QMessageBox.Icon.NoIcon,
        "About neocapgui",
        f"neocapgui {__version__}",
        QMessageBox.StandardButton.Ok,
        parent,
    )
    box.setObjectName("dialog.about")
    box.setInformativeText(
        "A desktop editor for the capitalization tables of a group of companies. MIT licence.\n\n"
        f"Python {platform.python_version()}; Qt {qVersion()} and PySide6 under the LGPL-3.0; "
        "the Inter typeface under the SIL Open Font License."
    )
    box.finished.connect(box.deleteLater)
    return box
