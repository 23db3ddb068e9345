"""Opens guided entries over a window, and afterwards brings what was recorded into sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from neocapgui.figures.guided.guides import GuideEntry
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.transactions import Transaction


class GuidedEntry(QObject):
    """Opens the guide that is asked for; the day looked at follows an entry that lies after it."""

    def __init__(self, session: Session, ground: QWidget) -> None:
        """Serve a session whose tables stand on `ground`."""
        super().__init__(ground)
        self._session, self._ground = session, ground
        Guiding.of(session).wanted.connect(self.open)

    def open(self, entry: GuideEntry, begun: Mapping[str, Any]) -> None:
        """Open a guide that begins with some values."""
        from neocapgui.gui.dialogs.guided_dialog import GuidedDialog

        dialog = GuidedDialog(self._session, entry, begun, self._ground.window())
        dialog.recorded.connect(self._show)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _show(self, edit: Edit) -> None:
        """Look on the day of the entry if it lies after the day looked at, and point at the new line."""
        added = [change.after for change in edit.changes if change.before is None]
        records = [fact for fact in added if isinstance(fact, Transaction)]
        last = max((record.date for record in records), default=self._session.lens.as_of)
        if last > self._session.lens.as_of:
            self._session.look_on(last)
        fact = next(iter(records), added[-1] if added else None)
        if fact is None:
            return
        for view in self._ground.findChildren(TableView):
            if view.isVisible() and (row := view.table_model.row_of(fact.id)) is not None:
                line = view.table_model.row(row)
                if line is not None and line.fact == fact:
                    view.point_at(row)
                    view.setFocus()
                    return
