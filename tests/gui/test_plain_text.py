"""Whatever a file says is shown as it was typed: no name and no text is taken for markup."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import Qt as QtText
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QGraphicsTextItem,
    QGraphicsView,
    QLabel,
    QTableView,
    QTextEdit,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from neocapgui.document.document import Document
from neocapgui.exchange.samples import sample
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.session import Session
from neocapgui.gui.widgets.plain_text import tip
from neocapgui.ledger.edits import correct
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.transactions import Transaction

MARKUP = "<img src=x>\n<b>bold</b> <a href='file:///'>\u202eevil"
TEXTS = (
    "name",
    "title",
    "description",
    "note",
    "source",
    "jurisdiction",
    "subject",
    "body",
    "value",
    "certificate",
)


def hostile() -> Ledger:
    """Return a sample all of whose texts look like markup."""
    ledger = sample("neotherapeutics-as-filed")
    tables: dict[str, Any] = {}
    for kind, table in TABLES.items():
        facts = getattr(ledger, table)
        made = [
            replace(fact, **{name: f"{MARKUP} {fact.id}" for name in TEXTS if getattr(fact, name, "")})
            for fact in (facts if kind is Transaction else facts.values())
        ]
        tables[table] = type(facts).of(made) if kind is Transaction else {fact.id: fact for fact in made}
    return Ledger(**tables)


def as_markup(window: QWidget) -> list[str]:
    """Return every text on the screen that Qt would take for markup."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        if (
            isinstance(widget, QLabel)
            and widget.textFormat() != Qt.TextFormat.PlainText
            and _is_markup(widget.text())
        ):
            found.append(f"{widget.objectName()} of {widget.parent()}: {widget.text()[:60]}")
        if isinstance(widget, QTextEdit) and "<img" in widget.toHtml():
            found.append(widget.objectName())
        if "<img" in widget.toolTip() or "<b>" in widget.toolTip():
            found.append(f"tool tip of {widget.objectName()} {widget}: {widget.toolTip()[:60]}")
        if "<img" in widget.whatsThis() or "<img" in widget.statusTip():
            found.append(f"help of {widget.objectName()}")
        for action in widget.actions():
            if "<img" in action.toolTip():
                found.append(
                    f"tool tip of {action.objectName()} {action.text()[:40]}: {action.toolTip()[:60]}"
                )
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += _cells(widget)
        if isinstance(widget, QGraphicsView):
            found += [
                f"drawn in {widget}: {item.toPlainText()[:60]}"
                for item in widget.items()
                if isinstance(item, QGraphicsTextItem) and _has_objects(item)
            ]
    return found


def _has_objects(item: QGraphicsTextItem) -> bool:
    """Return whether a drawn text holds a picture or a link, which none of ours does."""
    return "<img" in item.toHtml() or "<a href" in item.toHtml()


def _cells(view: QAbstractItemView) -> list[str]:
    model, found = view.model(), []
    for row in range(min(model.rowCount(), 20)):
        for column in range(
            model.columnCount(QModelIndex()) if isinstance(view, QTableView | QTreeView) else 1
        ):
            said = model.data(model.index(row, column, QModelIndex()), Qt.ItemDataRole.ToolTipRole)
            if isinstance(said, str) and _is_markup(said) and "<img" in said:
                found.append(f"tool tip of a cell of {view.objectName()}: {said[:60]}")
    return found


def _session(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def _is_markup(text: str) -> bool:
    return QtText.mightBeRichText(text)


@pytest.fixture
def hostile_window(window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window that shows a scenario full of markup, under a name that is markup as well."""
    document = Document.create(hostile())
    document.save(tmp_path / "<img src=x> <b>.db")
    window.show_document(document)
    window.settle()
    return window


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_no_page_takes_a_name_for_markup(hostile_window: MainWindow, name: str) -> None:
    _session(hostile_window).do(
        correct(
            "<img src=x> <b>edit</b>",
            _session(hostile_window).ledger.issuers[1],
            replace(_session(hostile_window).ledger.issuers[1], note="<b>changed</b>"),
        )
    )
    stack = hostile_window.findChild(PageStack)
    assert stack is not None
    stack.show_page(name)
    for view in hostile_window.findChildren(QAbstractItemView):
        if view.isVisible() and view.model() is not None and view.model().rowCount():
            view.setCurrentIndex(view.model().index(0, 0))
    QApplication.processEvents()
    assert as_markup(hostile_window) == []


def test_no_question_takes_a_name_for_markup(hostile_window: MainWindow) -> None:
    session = _session(hostile_window)
    session.do(correct("<b>x</b>", session.ledger.issuers[1], replace(session.ledger.issuers[1], note="n")))
    hostile_window._files.ask_to_leave(session, lambda: None)
    hostile_window._files.tell("<img src=x>.db could not be opened: <b>it is damaged</b>.")
    assert as_markup(hostile_window) == []


def test_a_tool_tip_shows_what_was_typed(qtbot: QtBot) -> None:
    assert tip("Ada & Bob < 3") == "Ada & Bob < 3"
    assert tip("<b>Ada</b>") == "<p>&lt;b&gt;Ada&lt;/b&gt;</p>"
