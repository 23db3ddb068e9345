"""Which page and basis a document was left at: kept on this machine, and found again when it is opened."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neocapgui.engine.lens import Basis
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.session import Session
from neocapgui.gui.views_kept import keep, kept, note_opened

_PAGE, _BASIS = "page", "basis"
_PAGES = frozenset(page.name for page in PAGES)
_BASES = frozenset(str(basis) for basis in Basis)


class ViewKeeping(QObject):
    """Remembers the page and the basis; the day is that of the last entry each time."""

    def __init__(self, session: Session, workplace: Workplace) -> None:
        """Remember for the documents of a session."""
        super().__init__(session)
        self._session = session
        self._workplace = workplace
        self._recall()
        workplace.page_shown.connect(lambda name: keep(session.document.id, _PAGE, name))
        session.lens_changed.connect(self._keep_basis)
        session.opened.connect(self._recall)
        session.opened.connect(self._show_page)

    @property
    def page(self) -> str:
        """The page at which the document was left; "" where that is not known."""
        name = kept(self._session.document.id, _PAGE)
        return name if isinstance(name, str) and name in _PAGES else ""

    def _recall(self) -> None:
        note_opened(self._session.document.id)
        basis = kept(self._session.document.id, _BASIS)
        if isinstance(basis, str) and basis in _BASES:
            self._session.count_by(Basis(basis))

    def _show_page(self) -> None:
        if self.page:
            self._workplace.show_page(self.page)

    def _keep_basis(self) -> None:
        basis = str(self._session.lens.basis)
        if kept(self._session.document.id, _BASIS) != basis:
            keep(self._session.document.id, _BASIS, basis)
