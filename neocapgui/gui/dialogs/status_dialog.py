"""The dialog that records a change of a company's status, and what it saves."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from neocapgui.document.refusal import DocumentError
from neocapgui.figures.kinds import Kind, NotUnderstood, day_text, parsed
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import Edit, EditRefused, add
from neocapgui.ledger.transactions import STATUSES, Transaction


class StatusDialog(QDialog):
    """Asks for the company, its new status, the day, the saving a year and the source."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Ask about a company of the session; the one it looks at is offered first."""
        super().__init__(parent)
        self.setObjectName("dialog.status")
        self.setWindowTitle("Record a status")
        self._session = session
        self._company = QComboBox()
        for issuer in session.ledger.issuers.values():
            self._company.addItem(issuer.name, issuer.id)
        self._company.setCurrentIndex(max(0, self._company.findData(session.lens.issuer)))
        self._status = QComboBox()
        self._status.addItems([status for status in STATUSES if status != "active"] + ["active"])
        self._day = QLineEdit(day_text(session.lens.as_of, session.style))
        self._saving = QLineEdit()
        self._saving.setPlaceholderText("a year, if the paper says so")
        self._source = QLineEdit()
        self._source.setPlaceholderText("the document it stands in")
        self._trouble = QLabel()
        self._trouble.setProperty("look", "red")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(18, 16, 18, 14)
        form.setSpacing(10)
        for title, field in (
            ("Company", self._company),
            ("Status", self._status),
            ("From", self._day),
            ("Saves", self._saving),
            ("Source", self._source),
        ):
            field.setAccessibleName(title)
            field.setMinimumWidth(280)
            form.addRow(title, field)
        form.addRow(self._trouble)
        buttons = QDialogButtonBox()
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        record = buttons.addButton("Record", QDialogButtonBox.ButtonRole.AcceptRole)
        record.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _edit(self) -> Edit:
        """Return the edit for what was typed, or raise NotUnderstood."""
        session, style = self._session, self._session.style
        day = parsed(Kind.DATE, self._day.text(), style)
        if day is None:
            raise NotUnderstood("Type the day from which the status holds.")
        record = Transaction(
            session.ledger.next_id(Transaction),
            day,
            "status",
            issuer=self._company.currentData(),
            value=self._status.currentText(),
            amount=parsed(Kind.MONEY, self._saving.text(), style),
            source=self._source.text().strip(),
        )
        return add(f"Record {self._company.currentText()} as {record.value}", [record])

    # Qt overrides

    def accept(self) -> None:
        try:
            self._session.do(self._edit())
        except (NotUnderstood, EditRefused, DocumentError) as answer:
            self._trouble.setText(str(answer))
            self._trouble.show()
            return
        super().accept()
