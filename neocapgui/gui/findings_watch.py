"""Keeps the findings of a session: at once in a small scenario, beside the window in a large one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from neocapgui.engine.checks import findings
from neocapgui.engine.finding import Finding
from neocapgui.engine.lens import Lens
from neocapgui.engine.remarks import remarks
from neocapgui.gui.beside import Beside
from neocapgui.gui.session import Session
from neocapgui.ledger.ledger import Ledger

_Found = tuple[tuple[Finding, ...], tuple[Finding, ...]]
_SMALL = 4_000  # transactions and other facts that are checked within a frame or two


class FindingsWatch(QObject):
    """Knows what contradicts what in the session's ledger, or that it is being found."""

    found = Signal()  # the findings are those of the ledger as it stands
    outdated = Signal()  # the ledger has moved on and is being checked

    def __init__(self, session: Session) -> None:
        """Watch a session."""
        super().__init__(session)
        self._session = session
        self._asked: tuple[Ledger, Lens] | None = None
        self._beside = Beside(self)
        self.findings: tuple[Finding, ...] = ()
        self.remarks: tuple[Finding, ...] = ()  # what deserves a look; nothing is wrong
        self.is_current = False
        for signal in (session.opened, session.edited, session.lens_changed):
            signal.connect(self.refresh)
        self.refresh()

    @classmethod
    def of(cls, session: Session) -> FindingsWatch:
        """Return the one watch of a session."""
        return session.findChild(cls) or cls(session)

    def refresh(self) -> None:
        """Check the ledger if anything that matters to the checks has moved; the day does not."""
        lens = self._session.lens
        asked = (self._session.ledger, Lens(date.max, planned=lens.planned, known=lens.known))
        if self._asked is not None and asked[0] is self._asked[0] and asked[1] == self._asked[1]:
            return
        self._asked = asked
        if _size(asked[0]) <= _SMALL:
            self._take(asked, _looked_through(*asked))
            return
        self.is_current = False
        self.outdated.emit()
        self._beside.work(lambda: _looked_through(*asked), lambda found: self._take(asked, found))

    def _take(self, asked: tuple[Ledger, Lens], found: _Found) -> None:
        if asked is not self._asked:
            return
        (self.findings, self.remarks), self.is_current = found, True
        self.found.emit()


def _size(ledger: Ledger) -> int:
    """Return how many facts there are of which checks look at each."""
    tables = (ledger.issuers, ledger.securities, ledger.conversion_rights)
    return len(ledger.transactions) + len(ledger.published_counts) + sum(map(len, tables))


def _looked_through(ledger: Ledger, lens: Lens) -> _Found:
    return findings(ledger, lens), remarks(ledger, lens)
