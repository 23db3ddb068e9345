"""The box that says what program this is, in which version and under which licences."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, version

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from neocapgui import __version__
from neocapgui.gui.resources import resource

_SIZE = (720, 560)
_PARTS = ("PySide6-Essentials", "shiboken6", "pyqtgraph", "numpy", "sqlite-utils", "click", "platformdirs")


def about_box(parent: QWidget) -> QMessageBox:
    """Return the box, ready to be opened."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "About neocapgui", f"neocapgui {__version__}", parent=parent)
    box.setObjectName("dialog.about")
    box.setInformativeText(
        "A desktop editor for the capitalization tables of a group of companies. MIT licence.\n\n"
        f"Python {platform.python_version()}; Qt {qVersion()} and PySide6 under the LGPL-3.0; "
        "the Inter typeface under the SIL Open Font License."
    )
    licences = box.addButton("Licences", QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Close)
    box.setEscapeButton(QMessageBox.StandardButton.Close)

    def answer() -> None:
        if box.clickedButton() is licences:
            LicencesDialog(parent).open()
        box.deleteLater()

    box.finished.connect(answer)
    return box


class LicencesDialog(QDialog):
    """Shows the licences of everything that the program is made of."""

    def __init__(self, parent: QWidget) -> None:
        """Show them over a window."""
        super().__init__(parent)
        self.setObjectName("dialog.licences")
        self.setWindowTitle("Licences")
        text = QPlainTextEdit(licences())
        text.setReadOnly(True)
        text.setAccessibleName("Licences")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.addWidget(text)
        layout.addWidget(buttons)
        self.resize(*_SIZE)
        self.finished.connect(self.deleteLater)


def licences() -> str:
    """Return the page that is bundled with an installed program, or the list of what is here from source."""
    bundled = resource("licences.txt")
    if bundled.is_file():
        return bundled.read_text("utf-8")
    return "\n".join(("What neocapgui is made of, and under which licences.", "", *_here()))


def _here() -> Iterator[str]:
    yield f"neocapgui {__version__}: MIT"
    yield f"Python {platform.python_version()}: PSF-2.0"
    yield "Inter typeface: OFL-1.1"
    for name in _PARTS:
        try:
            said = metadata(name)
            licence = said["License-Expression"] if "License-Expression" in said else said["License"]
            yield f"{name} {version(name)}: {str(licence or 'see its own pages').splitlines()[0]}"
        except PackageNotFoundError:
            continue
