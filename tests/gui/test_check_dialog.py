"""The check sheet on screen: every outcome in words, the way to a finding, and the text for a letter."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialogButtonBox, QPushButton

from neocapgui.engine.finding import Finding
from neocapgui.gui.dialogs.check_dialog import CheckDialog
from neocapgui.gui.looks.locale_style import style_of
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import PublishedCount
from tests.gui.conftest import COMMON
from tests.gui.pages import cells, said

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow
    from neocapgui.gui.session import Session


def dialog_of(qtbot: QtBot, session: Session) -> CheckDialog:
    dialog = CheckDialog(session)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.shown):
        dialog.show()
    return dialog


def lines(dialog: CheckDialog) -> list[str]:
    (view,) = dialog.findChildren(TableView)
    return [text.strip() for text in cells(view, "What was checked")]


def push(dialog: CheckDialog, title: str) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == title)


def test_a_sound_document_passes_every_check(session: Session, qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, session)
    assert "checks pass." in said(dialog)
    (view,) = dialog.findChildren(TableView)
    assert set(cells(view, "Outcome")) == {"passed"}
    assert "Account of Common of Acme" in lines(dialog)
    assert "4,000 issued − 0 retired = 4,000 held" in cells(view, "Numbers")
    assert not push(dialog, "Go to the finding").isEnabled()
    assert not dialog.findChildren(QCheckBox)[0].isEnabled()


def test_the_first_finding_is_pointed_at_and_leads_to_its_place(neo: Session, qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, neo)
    assert "2 findings." in said(dialog)
    assert "26,351,951 are issued on 13 Mar 2002, 1,351,951 more" in said(dialog)
    with qtbot.waitSignal(dialog.went_to) as seen:
        push(dialog, "Go to the finding").click()
    (place,) = seen.args
    assert (place.table, place.field) == ("securities", "authorized")
    assert not dialog.isVisible()


def test_the_lines_that_pass_can_be_left_out(neo: Session, qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, neo)
    assert len(lines(dialog)) > 100
    dialog.findChildren(QCheckBox)[0].click()
    assert len(lines(dialog)) == 6
    assert {"Accounting identities", "Published counts"} < set(lines(dialog))
    (view,) = dialog.findChildren(TableView)
    keys = [row.key for row in view.table_model.table.rows if isinstance(row.key, Finding)]
    assert [key.code for key in keys] == ["over_authorized", "assertion_missed"]


def test_the_sheet_is_copied_as_text(neo: Session, qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, neo)
    push(dialog, "Copy as text").click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith(neo.document.name + "\n")
    for line in ("Accounting identities", "Seal", "155,555 passed on = 155,555 received"):
        assert line in text


def test_the_sheet_follows_an_edit_while_it_is_open(session: Session, qtbot: QtBot) -> None:
    dialog = dialog_of(qtbot, session)
    day = session.lens.as_of
    with qtbot.waitSignal(dialog.shown):
        session.do(add("State", [PublishedCount(1, day, COMMON, Decimal(4001), "10-Q")]))
    assert "1 finding." in said(dialog)
    with qtbot.waitSignal(dialog.shown):
        session.undo()
    assert "checks pass." in said(dialog)


def test_the_document_menu_opens_it_and_the_way_leads_to_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.carry_out("document.check")
    dialog = window.findChild(CheckDialog)
    assert isinstance(dialog, CheckDialog)
    qtbot.waitUntil(lambda: "checks pass." in said(dialog))
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    buttons.button(QDialogButtonBox.StandardButton.Close).click()
    assert not dialog.isVisible()


def test_the_sheet_and_its_text_have_the_marks_of_the_reader(neo: Session, qtbot: QtBot) -> None:
    neo.style = style_of(QLocale("de_DE"))
    dialog = dialog_of(qtbot, neo)
    assert "26.351.951 are issued on 13 März 2002, 1.351.951 more" in said(dialog)
    (view,) = dialog.findChildren(TableView)
    assert "20.777.181 stated = 20.777.181 in the ledger" in cells(view, "Numbers")
    push(dialog, "Copy as text").click()
    assert "2.726.019 stated ≠ 2.726.020 in the ledger: 1 more" in QGuiApplication.clipboard().text()
