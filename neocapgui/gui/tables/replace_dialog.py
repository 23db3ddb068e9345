"""Every replacement in a table, before and after, to be looked at before it is done as one edit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from neocapgui.figures.grid.found import Sought
from neocapgui.figures.grid.replacing import MOST, replacements, replacements_table
from neocapgui.figures.kinds import NotUnderstood
from neocapgui.gui.session import Session
from neocapgui.gui.tables.blocks import typed
from neocapgui.gui.tables.table_view import TableView

_SIZE = (820, 460)


class ReplaceDialog(QDialog):
    """Shows what replacing would do; Replace does it."""

    def __init__(
        self, session: Session, view: TableView, sought: Sought, by: str, parent: QWidget | None = None
    ) -> None:
        """Show the replacements of what is sought in a table as it is seen."""
        super().__init__(parent)
        self._session, self._model = session, view.table_model
        self._sought, self._by = sought, by
        self._table = self._model.table
        self._changes = replacements(self._table, sought, by, session.style)
        self._trouble = QLabel()
        self.setObjectName("dialog.replace")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Replace")
        self.resize(*_SIZE)
        lines = QLabel(self._sentence())
        lines.setTextFormat(Qt.TextFormat.PlainText)
        lines.setWordWrap(True)
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.setProperty("look", "red_text")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._replace = box.addButton(f"Replace {len(self._good):,}", QDialogButtonBox.ButtonRole.AcceptRole)
        self._replace.setObjectName("replace.do")
        self._replace.setEnabled(bool(self._good))
        self._replace.setDefault(True)
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(lines)
        layout.addWidget(TableView(session, replacements_table(self._table, self._changes, session.style)), 1)
        layout.addWidget(self._trouble)
        layout.addWidget(box)
        self._replace.setFocus()

    @property
    def _good(self) -> list[tuple[int, int, str]]:
        return [(one.line, one.column, one.after) for one in self._changes if not one.problem]

    def _sentence(self) -> str:
        good, bad = len(self._good), len(self._changes) - len(self._good)
        what = f"“{self._sought.text}” by “{self._by}”" if self._by else f"“{self._sought.text}” by nothing"
        said = f"Replace {what} in {good:,} cell{'' if good == 1 else 's'} of {self._table.title}."
        if bad:
            said += f" {bad:,} {'stays' if bad == 1 else 'stay'} as {'it is' if bad == 1 else 'they are'}."
        if len(self._changes) == MOST:
            said += f" At most {MOST:,} cells are replaced at once."
        return said

    # Qt overrides

    def accept(self) -> None:
        label = f"Replace “{self._sought.text}” in {len(self._good):,} of {self._table.title}"
        try:
            edit = typed(self._session.ledger, self._table, label, self._good, self._session.style)
        except NotUnderstood as answer:
            self._trouble.setText(str(answer))
            self._trouble.show()
            return
        super().accept()
        self._model.carry_out_beside(edit)
