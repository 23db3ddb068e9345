"""What the seal of the file says, above the panels, until it is accepted or the file is another."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from neocapgui.document.refusal import DocumentError
from neocapgui.engine.finding import Place
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.session import Session
from neocapgui.gui.widgets.banner import Banner, Step
from neocapgui.ledger.edits import EditRefused
from neocapgui.ledger.ledger import TABLES

_SUBJECT = "seal"
_DOUBTED = ("damaged", "edited")


class SealNotice(QObject):
    """Says which rows are not as they were saved, goes to the first of them, and takes them for meant."""

    refused = Signal(str)

    def __init__(self, session: Session, workplace: Workplace, banner: Banner) -> None:
        """Speak for a session in a window."""
        super().__init__(session)
        self._session = session
        self._workplace = workplace
        self._banner = banner
        for signal in (session.opened, session.edited, session.saved):
            signal.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say what the document has to say about its file as it stands now."""
        document = self._session.document
        sentence = " ".join(document.warnings)
        if sentence == self._banner.sentence(_SUBJECT):
            return
        steps: list[Step] = []
        if self._place() is not None:
            steps.append(("notice.show", "Show row", self._show))
        if document.seal_state.kind in _DOUBTED:
            steps.append(("notice.accept", "Accept", self._accept))
        self._banner.say(_SUBJECT, sentence, *steps)

    def _place(self) -> Place | None:
        """Return the first fact on the screen that the seal names."""
        ledger = self._session.ledger
        for table, row, what in self._session.document.seal_state.rows:
            if what != "removed" and table in TABLES.values():
                facts = getattr(ledger, table)
                if table == "transactions" or row in facts:
                    return Place(table, row)
        return None

    def _show(self) -> None:
        place = self._place()
        if place is not None:
            self._workplace.go_to(place)

    def _accept(self) -> None:
        try:
            self._session.accept()
        except (EditRefused, DocumentError) as refusal:
            self.refused.emit(str(refusal))
