"""What other programs put on the clipboard, and a table at hand to paste it into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from neocapgui.gui.dialogs.paste_preview import PastePreview
from neocapgui.gui.tables.pasting import Pasting
from neocapgui.gui.tables.previews import Previews
from neocapgui.ledger.transactions import Transaction
from tests.gui.test_blocks import Hand
from tests.gui.test_table_model import Question, model_of

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.figures.pasting.understood import Plan
    from neocapgui.gui.session import Session


FIXTURES = Path(__file__).parent / "clipboard"


def payload(name: str) -> str:
    return (FIXTURES / name).read_bytes().decode("utf-8")


def put(text: str = "", html: str = "") -> None:
    content = QMimeData()
    if text:
        content.setText(text)
    if html:
        content.setHtml(html)
    QGuiApplication.clipboard().setMimeData(content)


class Desk:
    """A table, the hand on it, and the previews that are asked for."""

    def __init__(self, session: Session, question: Question, qtbot: QtBot) -> None:
        self.session = session
        self.model = model_of(session, question)
        self.hand = Hand(session, self.model)
        self.plans: list[tuple[Pasting, Plan]] = []
        self.told: list[str] = []
        self._qtbot = qtbot
        Previews.of(session).wanted.connect(lambda pasting, plan: self.plans.append((pasting, plan)))
        self.model.told.connect(self.told.append)
        self.model.refused.connect(self.told.append)

    def paste(self, row: int, column: int, text: str, is_adding: bool = False) -> None:
        put(text)
        self.hand.select(row, column, row, column)
        self.hand.commands.paste(is_adding)

    def preview(self) -> PastePreview:
        (pasting, plan) = self.plans.pop()
        dialog = PastePreview(self.session, pasting, plan)
        self._qtbot.addWidget(dialog)
        self._qtbot.waitUntil(lambda: dialog.block is not None)
        return dialog

    @property
    def end(self) -> int:
        return len(self.model.table.rows)


def entered(session: Session) -> list[Transaction]:
    """Return the transactions in the order they were recorded."""
    rows = session.ledger.transactions
    return sorted((rows[row] for row in range(len(rows))), key=lambda one: one.id)


def remarks_of(dialog: PastePreview) -> str:
    label = dialog.findChild(QLabel, "paste.remarks")
    assert isinstance(label, QLabel)
    return label.text()


def holder(session: Session, one: Transaction) -> str:
    return "" if one.stakeholder is None else session.ledger.stakeholders[one.stakeholder].name
