"""The dialog that records a notice of conversion or exchange, and proposes the shares it must state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from neocapgui.document.refusal import DocumentError
from neocapgui.figures.kinds import Kind, NotUnderstood, day_text, grouped, parsed
from neocapgui.figures.notice_entry import Notice, holders, implied, recorded, right_name
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import EditRefused
from neocapgui.ledger.facts import ConversionRight

_WIDTH = 380


class NoticeDialog(QDialog):
    """Asks for the right, the holder, the day, the units, and the price and shares the notice states."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Ask about the conversion rights of the company that the session looks at."""
        super().__init__(parent)
        self.setObjectName("dialog.notice")
        self.setWindowTitle("Record a notice")
        self._session = session
        self._rights = _rights_of(session)
        self._right, self._holder = QComboBox(), QComboBox()
        for right in self._rights:
            self._right.addItem(right_name(session.ledger, right))
        self._day = QLineEdit(day_text(session.lens.as_of, session.style))
        self._units, self._price, self._shares, self._source = (QLineEdit() for _ in range(4))
        self._price.setPlaceholderText("as the notice states it; blank takes today's by the terms")
        self._shares.setPlaceholderText("blank takes what the terms imply")
        self._source.setPlaceholderText("the document it stands in")
        self._words, self._trouble = QLabel(), QLabel()
        for label, look in ((self._words, "dim"), (self._trouble, "red")):
            label.setProperty("look", look)
            label.setWordWrap(True)
        self._trouble.hide()
        self._lay_out()
        self._right.setCurrentIndex(self._first_held())
        self._right.currentIndexChanged.connect(self._list_holders)
        self._holder.currentIndexChanged.connect(self._propose)
        self._day.editingFinished.connect(self._list_holders)
        for field in (self._day, self._units, self._price, self._shares):
            field.textChanged.connect(self._propose)
        self._list_holders()

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(18, 16, 18, 14)
        form.setSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for title, field in (
            ("Right", self._right),
            ("Day", self._day),
            ("Holder", self._holder),
            ("Units", self._units),
            ("Price", self._price),
            ("Shares", self._shares),
            ("Source", self._source),
        ):
            field.setAccessibleName(title)
            field.setMinimumWidth(_WIDTH)
            form.addRow(title, field)
        self._words.setMinimumHeight(2 * self._words.fontMetrics().lineSpacing())
        form.addRow(self._words)
        form.addRow(self._trouble)
        buttons = QDialogButtonBox()
        buttons.addButton("Cancel", QDialogButtonBox.ButtonRole.RejectRole)
        record = buttons.addButton("Record", QDialogButtonBox.ButtonRole.AcceptRole)
        record.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)

    def _first_held(self) -> int:
        """Return the first right of a security that somebody holds on the day looked at."""
        session = self._session
        held = (bool(holders(session.ledger, session.lens, right.security)) for right in self._rights)
        return next((place for place, is_held in enumerate(held) if is_held), 0)

    def _list_holders(self) -> None:
        """List who holds the security on the day of the notice."""
        day = self._typed_day()
        if day is None or not self._rights:
            return
        session, chosen = self._session, self._holder.currentData()
        security = self._rights[self._right.currentIndex()].security
        self._holder.clear()
        for id, name, units in holders(session.ledger, replace(session.lens, as_of=day), security):
            self._holder.addItem(f"{name}  ({grouped(units, session.style)})", id)
        self._holder.setCurrentIndex(max(0, self._holder.findData(chosen)))
        self._propose()

    def _typed_day(self) -> date | None:
        try:
            day = parsed(Kind.DATE, self._day.text(), self._session.style)
        except NotUnderstood:
            return None
        return day if isinstance(day, date) else None

    def _notice(self) -> Notice:
        """Return the notice as it is typed, or raise NotUnderstood."""
        style = self._session.style
        day = parsed(Kind.DATE, self._day.text(), style)
        units = parsed(Kind.SHARES, self._units.text(), style)
        if not self._rights:
            raise NotUnderstood("This company has no conversion right: enter one on the Securities page.")
        if day is None:
            raise NotUnderstood("Type the day of the notice.")
        if self._holder.currentData() is None:
            raise NotUnderstood("Nobody holds this security on that day.")
        if not units:
            raise NotUnderstood("Type how many units are converted.")
        return Notice(
            self._rights[self._right.currentIndex()],
            day,
            self._holder.currentData(),
            units,
            parsed(Kind.PRICE, self._price.text(), style),
            parsed(Kind.SHARES, self._shares.text(), style),
            self._source.text().strip(),
        )

    def _propose(self) -> None:
        """Say what the terms imply, and by how much the typed shares differ."""
        self._trouble.hide()
        session = self._session
        try:
            notice = self._notice()
        except NotUnderstood as answer:
            self._words.setText(str(answer))
            return
        found = implied(session.ledger, session.lens, notice, session.style)
        words = found.words
        if found.shares is not None and notice.shares is not None and notice.shares != found.shares:
            more = Fraction(notice.shares) - found.shares
            difference = grouped(abs(more), session.style, 0, 4)
            words += f" The typed count is {difference} {'more' if more > 0 else 'less'}."
        self._words.setText(words)

    # Qt overrides

    def accept(self) -> None:
        session = self._session
        try:
            session.do(recorded(session.ledger, session.lens, self._notice()))
        except (NotUnderstood, EditRefused, DocumentError) as answer:
            self._trouble.setText(str(answer))
            self._trouble.show()
            return
        super().accept()


def _rights_of(session: Session) -> list[ConversionRight]:
    own = {one.id for one in session.ledger.securities_of(session.lens.issuer or 0)}
    return [right for right in session.ledger.conversion_rights.values() if right.security in own]
