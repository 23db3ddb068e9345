"""Saving a chart as a picture: which form, how large, in which colours, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QStatusTipEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from neocapgui.document.refusal import DocumentError, in_words
from neocapgui.exchange.svg import svg_text
from neocapgui.exchange.whole_file import write_whole
from neocapgui.figures.charts.drawing import Figure, drawing
from neocapgui.figures.charts.inks import PAPER, Inks
from neocapgui.figures.charts.marks import Drawing
from neocapgui.gui.charts.footer import footer_of
from neocapgui.gui.charts.painting import SCALES, inks_of, page_size, paint, pdf_bytes, png_bytes
from neocapgui.gui.looks.look import current
from neocapgui.gui.session import Session
from neocapgui.gui.views_kept import keep, kept

_KEPT = "charts.export"
_PREVIEW = QSize(520, 330)
_LONGEST_NAME = 80  # characters


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file that a chart can be saved as."""

    suffix: str
    title: str
    content: Callable[[Drawing, int, Inks], bytes]


FORMS = (
    Form("svg", "SVG: lines and letters, for editing", lambda drawn, _, inks: svg_text(drawn, inks).encode()),
    Form("png", "PNG: a picture in pixels", png_bytes),
    Form("pdf", "PDF: a page for printing", lambda drawn, _, inks: pdf_bytes(drawn, inks)),
)
SIZES: dict[str, tuple[str, tuple[float, float] | None]] = {
    "slide": ("Slide, 16 to 9", (720.0, 405.0)),
    "text": ("Text column, 4 to 3", (520.0, 390.0)),
    "page": ("Page across", None),  # of the country's paper
}


class ChartExportDialog(QDialog):
    """Shows the chart as it will be, and saves it whole or not at all."""

    saved = Signal(object)  # the Path that was written

    def __init__(self, session: Session, figure: Figure, parent: QWidget | None = None) -> None:
        """Offer to save a chart as it stands."""
        super().__init__(parent)
        self.setObjectName("dialog.chart_export")
        self.setWindowTitle("Export chart")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._figure = session, figure
        self._footer = footer_of(session)
        self.form, self.scale, self.size_choice, self.colours = (QComboBox() for _ in range(4))
        for number, form in enumerate(FORMS):
            self.form.addItem(form.title, number)
        for scale in SCALES:
            self.scale.addItem(f"{scale}x ({96 * scale} pixels to the inch)", scale)
        for name, (title, _) in SIZES.items():
            self.size_choice.addItem(title, name)
        self.colours.addItem("For paper", "paper")
        self.colours.addItem("As on screen", "screen")
        self._preview = _Preview()
        self._trouble = QLabel()
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.setWordWrap(True)
        self._trouble.setProperty("look", "amber")
        self._trouble.hide()
        self._lay_out()
        self._recall()
        for choice in (self.form, self.scale, self.size_choice, self.colours):
            choice.currentIndexChanged.connect(self._follow)
        self._follow()

    @property
    def drawing(self) -> Drawing:
        """The chart as it will be saved."""
        size = SIZES[self.size_choice.currentData()][1] or page_size()
        return drawing(self._figure, *size, self._session.style, self._footer)

    @property
    def proposed(self) -> str:
        """The name that is proposed: chart, company and day."""
        lens, ledger = self._session.lens, self._session.ledger
        issuer = ledger.issuers.get(lens.issuer or 0)
        parts = [self._figure.title, issuer.name if issuer else "", lens.as_of.isoformat()]
        name = re.sub(r"[^\w.,() -]", "", " ".join(filter(None, parts)))[:_LONGEST_NAME].strip(" .")
        return f"{name}.{self._form.suffix}"

    def save_to(self, path: Path) -> bool:
        """Save the chart in a file; where that fails the dialog stays and says why."""
        try:
            with in_words(path.name, "saved"):
                write_whole(path, self._form.content(self.drawing, self.scale.currentData(), self._inks))
        except DocumentError as refusal:
            self._trouble.setText(str(refusal))
            self._trouble.show()
            return False
        keep(self._session.document.id, _KEPT, self._choices())
        self.saved.emit(path)
        window = self.parentWidget()
        if isinstance(window, QWidget):
            QApplication.sendEvent(window, QStatusTipEvent(f"{path.name} was saved."))
        self.accept()
        return True

    @property
    def _form(self) -> Form:
        return FORMS[self.form.currentData()]

    @property
    def _inks(self) -> Inks:
        return PAPER if self.colours.currentData() == "paper" else inks_of(current())

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.setHorizontalSpacing(14)
        for title, choice in (
            ("&Form", self.form),
            ("Si&ze", self.size_choice),
            ("&Pixels", self.scale),
            ("&Colours", self.colours),
        ):
            fields.addRow(title, choice)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addLayout(fields)
        row.addWidget(self._preview, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = buttons.addButton("Save as…", QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setDefault(True)
        buttons.accepted.connect(self._ask_place)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(12)
        layout.addLayout(row, 1)
        layout.addWidget(self._trouble)
        layout.addWidget(buttons)

    def _follow(self) -> None:
        self.scale.setEnabled(self._form.suffix == "png")
        self._preview.show_drawing(self.drawing, self._inks)

    def _choices(self) -> list[int]:
        return [choice.currentIndex() for choice in (self.form, self.scale, self.size_choice, self.colours)]

    def _recall(self) -> None:
        said = kept(self._session.document.id, _KEPT)
        choices = (self.form, self.scale, self.size_choice, self.colours)
        if isinstance(said, list) and len(said) == len(choices):
            for choice, number in zip(choices, said, strict=True):
                if type(number) is int and 0 <= number < choice.count():
                    choice.setCurrentIndex(number)

    def _ask_place(self) -> None:
        path = self._session.document.path
        start = (path.parent if path is not None else Path.home()) / self.proposed
        suffix = self._form.suffix
        dialog = QFileDialog(self, "Export chart", str(start), f"{suffix.upper()} (*.{suffix})")
        dialog.setObjectName("dialog.chart_place")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(str(start))
        dialog.fileSelected.connect(lambda name: self.save_to(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class _Preview(QWidget):
    """The chart as it will be, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing: Drawing | None = None
        self._inks = PAPER
        self.setMinimumSize(_PREVIEW)
        self.setAccessibleName("Preview")

    def show_drawing(self, drawn: Drawing, inks: Inks) -> None:
        """Show another picture."""
        self._drawing, self._inks = drawn, inks
        self.setAccessibleDescription(drawn.description)
        self.update()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing is None:
            return
        factor = min(self.width() / self._drawing.width, self.height() / self._drawing.height)
        painter = QPainter(self)
        painter.translate(
            (self.width() - self._drawing.width * factor) / 2,
            (self.height() - self._drawing.height * factor) / 2,
        )
        painter.scale(factor, factor)
        paint(painter, self._drawing, self._inks)
