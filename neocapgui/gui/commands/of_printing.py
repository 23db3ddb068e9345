"""What the actions of a window do to get a page out of it: print, preview, save as PDF or CSV."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from neocapgui.document.refusal import DocumentError, in_words
from neocapgui.exchange.table_text import table_csv
from neocapgui.exchange.whole_file import write_whole
from neocapgui.figures.tables import Table
from neocapgui.gui.actions import Actions
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.session import Session
from neocapgui.gui.tables.focused_table import table_around
from neocapgui.gui.tables.table_view import TableView

_NO_PAGE = "No page is on the screen yet."
_NO_TABLE = "No table stands on this page: go to one with Ctrl and the number of its page."
_LONGEST_NAME = 80  # characters
_MARK = "\ufeff"  # spreadsheets take a file for UTF-8 by it


class PrintCommands(QObject):
    """Acts on the page in front, or on the table with the focus or else the first one that is seen."""

    refused = Signal(str)  # why nothing was done

    def __init__(self, session: Session, workplace: Workplace, actions: Actions) -> None:
        """Connect the actions of a window to its pages."""
        super().__init__(session)
        self._session = session
        self._workplace = workplace
        commands: dict[str, Callable[[], None]] = {
            "file.print": self.print_page,
            "file.print_preview": self.show_preview,
            "file.export_pdf": self._ask_pdf,
            "table.export_csv": self._ask_csv,
        }
        for id, command in commands.items():
            actions[id].triggered.connect(lambda _=False, command=command: command())

    def print_page(self) -> None:
        """Ask for a printer, and print the page in front on it."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from neocapgui.gui.printing import paint_sheets, sheets_of

        page = self._page()
        if page is None:
            return
        sheets = sheets_of(self._session, page)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(sheets[0].title)
        dialog = QPrintDialog(printer, self._workplace.window())
        dialog.setObjectName("dialog.print")
        dialog.accepted.connect(lambda: paint_sheets(printer, sheets))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.show()

    def show_preview(self) -> None:
        """Show the page in front as it would be printed."""
        from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

        from neocapgui.gui.printing import layout_of, paint_sheets, sheets_of

        page = self._page()
        if page is None:
            return
        sheets = sheets_of(self._session, page)
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(layout_of(sheets[0]))
        dialog = QPrintPreviewDialog(printer, self._workplace.window())
        dialog.setObjectName("dialog.print_preview")
        room = self._workplace.window().size()
        dialog.resize(min(900, room.width() - 40), min(700, room.height() - 40))
        dialog.paintRequested.connect(lambda _: paint_sheets(printer, sheets))  # which lives as long as this
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.show()

    def save_pdf(self, path: Path) -> None:
        """Write the page in front as PDF, all of it or nothing."""
        from neocapgui.gui.printing import sheets_of, sheets_pdf

        page = self._page()
        if page is not None:
            self._save(path, lambda: sheets_pdf(sheets_of(self._session, page)))

    def save_csv(self, path: Path) -> None:
        """Write the table in front as comma-separated text, all of its lines as they are shown."""
        table = self._table()
        if table is not None:
            self._save(path, lambda: (_MARK + table_csv(table)).encode())

    def _save(self, path: Path, content: Callable[[], bytes]) -> None:
        try:
            with in_words(path.name, "saved"):
                write_whole(path, content())
        except DocumentError as refusal:
            self.refused.emit(str(refusal))
            return
        QApplication.sendEvent(self._workplace.window(), QStatusTipEvent(f"{path.name} was saved."))

    def _ask_pdf(self) -> None:
        if self._page() is not None:
            title = self._workplace.pages.current.replace("_", " ").capitalize()
            self._ask("Export as PDF", title, "pdf", self.save_pdf)

    def _ask_csv(self) -> None:
        table = self._table()
        if table is not None:
            self._ask("Export table as CSV", table.title, "csv", self.save_csv)

    def _ask(self, title: str, what: str, suffix: str, save: Callable[[Path], None]) -> None:
        path = self._session.document.path
        name = _file_name(what, self._session)
        start = (path.parent if path is not None else Path.home()) / f"{name}.{suffix}"
        kinds = f"{suffix.upper()} (*.{suffix})"
        dialog = QFileDialog(self._workplace.window(), title, str(start), kinds)
        dialog.setObjectName(f"dialog.export_{suffix}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(str(start))
        dialog.fileSelected.connect(lambda name: save(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _page(self) -> QWidget | None:
        from neocapgui.gui.printing import page_in_front

        page = page_in_front(self._workplace.pages)
        if page is None:
            self.refused.emit(_NO_PAGE)
        return page

    def _table(self) -> Table | None:
        view = table_around(QApplication.focusWidget())
        if view is None or not self._workplace.pages.isAncestorOf(view):
            views = self._workplace.pages.findChildren(TableView)
            view = next((one for one in views if one.isVisible()), None)
        if view is None:
            self.refused.emit(_NO_TABLE)
            return None
        return view.shown.table


def _file_name(what: str, session: Session) -> str:
    """Return a name that is proposed: what it is, of which company, on which day."""
    issuer = session.ledger.issuers.get(session.lens.issuer or 0)
    parts = [what, issuer.name if issuer else "", session.lens.as_of.isoformat()]
    return re.sub(r"[^\w.,() -]", "", " ".join(filter(None, parts)))[:_LONGEST_NAME].strip(" .")
