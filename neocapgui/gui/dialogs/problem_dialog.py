"""The window that tells of a mistake of the program: what happened, what was kept, and the whole report."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from neocapgui.gui.looks.typeface import figures_font

_NOTE = (
    "This is the whole report. It holds no names, amounts or files of yours, and it was sent to nobody: "
    "it stands in {}. Whoever looks after the program will want to see it."
)


class ProblemDialog(QDialog):
    """Shows one report before anybody else sees it."""

    def __init__(
        self, sentence: str, kept: str, report: str, log: Path, parent: QWidget | None = None
    ) -> None:
        """Show what happened, what was kept, and the report that stands in the log."""
        super().__init__(parent)
        self.setObjectName("dialog.problem")
        self.setWindowTitle("A problem in neocapgui")
        self.setModal(True)
        self.resize(680, 440)
        self.text, self.kept, self.report = sentence, kept, report
        preview = QPlainTextEdit(report)
        preview.setObjectName("problem.report")
        preview.setAccessibleName("Report")
        preview.setReadOnly(True)
        preview.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        preview.setFont(figures_font(self.font()))
        self._copied = _label("", "dim")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setObjectName("problem.copy")
        folder = buttons.addButton("Open folder", QDialogButtonBox.ButtonRole.ActionRole)
        folder.setObjectName("problem.folder")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 14)
        layout.setSpacing(10)
        parts = (_label(sentence, "strong"), _label(kept, ""), preview, _label(_NOTE.format(log.name), "dim"))
        for part in (*parts, self._copied, buttons):
            layout.addWidget(part)
        self._copied.hide()
        copy.clicked.connect(self._copy)
        folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log.parent))))
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)
        self._copied.setText("The report is on the clipboard.")
        self._copied.show()


def _label(text: str, look: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("look", look)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
