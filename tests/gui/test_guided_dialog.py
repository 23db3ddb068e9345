"""The dialog of guided entries: typed by keyboard alone, previewed while one types, recorded as one edit."""

from __future__ import annotations

from datetime import date
from threading import Event, current_thread
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from neocapgui.document.document import Document
from neocapgui.engine.holdings import holdings
from neocapgui.exchange.samples import sample
from neocapgui.figures.guided.answered import Answered, answered
from neocapgui.figures.guided.guides import GUIDE, GUIDES, GuideEntry
from neocapgui.figures.kinds import Style
from neocapgui.gui.dialogs.guided_dialog import GuidedDialog
from neocapgui.gui.dialogs.guided_fields import FieldBox
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Stakeholder
from tests.gui.guided import field, fill, guided
from tests.gui.pages import button, cell, cells, point, said, table

SERIES_C = "7% Series C Preferred Stock into Common Stock"
each_guide = pytest.mark.parametrize("entry", GUIDES, ids=lambda entry: entry.name)


@pytest.fixture
def neo_window(window: MainWindow) -> MainWindow:
    """A window with the sample as filed, looked at on the day of the second notice."""
    window.show_document(Document.create(sample("neotherapeutics-as-filed")))
    window.settle()
    assert window.session is not None
    window.session.look_on(date(2001, 8, 31))
    return window


def opened_dialog(window: MainWindow) -> GuidedDialog:
    dialog = window.findChild(GuidedDialog)
    assert isinstance(dialog, GuidedDialog)
    return dialog


def menu_of(view: TableView) -> dict[str, QAction]:
    """Return the guided entries in the menu of the current line, as a key opens it."""
    at = view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), at)
    QApplication.sendEvent(view, event)
    menu = view.findChildren(QMenu)[-1]
    return {one.objectName(): one for one in menu.actions() if one.objectName().startswith("line.")}


@each_guide
def test_every_guide_has_names_helps_and_letters_for_all_its_fields(
    neo: Session, qtbot: QtBot, entry: GuideEntry
) -> None:
    dialog = guided(qtbot, neo, entry.name)
    boxes = [box for box in dialog.findChildren(FieldBox) if box.isVisibleTo(dialog)]
    assert dialog.objectName() == f"dialog.{entry.name}"
    assert len(boxes) >= 3
    for box in boxes:
        assert box.line.objectName().startswith("field.")
        assert box.line.accessibleName()
        assert box.line.toolTip().endswith("."), box.line.objectName()
        assert box.title.buddy() is box.line
        assert "&" in box.title.text(), box.title.text()
    letters = [box.title.text().partition("&")[2][0].casefold() for box in boxes]
    assert len(set(letters)) == len(letters)
    assert not {"r", "c"} & set(letters)


@each_guide
def test_every_guide_is_a_command_of_the_menu_entry(window: MainWindow, entry: GuideEntry) -> None:
    action = window.findChild(QAction, f"entry.{entry.name}")
    menu = window.findChild(QMenu, "menu.entry")
    assert action is not None
    assert menu is not None
    assert action in menu.actions()
    window.carry_out(f"entry.{entry.name}")
    assert opened_dialog(window).objectName() == f"dialog.{entry.name}"


def test_the_menu_stands_between_edit_and_view(window: MainWindow) -> None:
    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert titles[titles.index("Edit") : titles.index("View") + 1] == ["Edit", "Entry", "View"]


def test_what_the_terms_propose_stands_in_the_empty_field(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C, face="300,000", price="3.48")
    assert field(dialog, "shares").placeholderText() == "86,207   by the terms"
    assert field(dialog, "holder").placeholderText() == "Societe Generale   the only holder"
    assert field(dialog, "day").placeholderText() == "31 Aug 2001   the day looked at"
    assert field(dialog, "accrued").placeholderText() == "none"


def test_fields_come_and_go_with_what_is_chosen(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    assert dialog.findChild(QLineEdit, "field.price") is None
    fill(dialog, right=SERIES_C)
    assert field(dialog, "price").isVisibleTo(dialog)
    fill(dialog, right="NeoGene · Series B Preferred Stock into Common Stock")
    assert not field(dialog, "price").isVisibleTo(dialog)


def test_the_preview_follows_and_comes_true_and_undo_takes_it_back(neo: Session, qtbot: QtBot) -> None:
    before = list(neo.ledger.transactions)
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C, units="30", price="3.54")
    view = table(dialog, "preview")
    assert cells(view, "Change") == ["84,746", "-30", "", "84,746", "-30"]
    expected = [(row.key, row.cells[4]) for row in view.table_model.table.rows if row.cells[4] is not None]
    button(dialog, "&Record").click()
    held = neo.ask(holdings)
    for (who, security), after in expected:
        assert after == (held.total(security) if who == "total" else held.of(who, security))
    assert neo.history.done[-1].edit.label == "Record conversion of 7% Series C Preferred Stock"
    neo.undo()
    assert list(neo.ledger.transactions) == before


def test_the_preview_follows_by_itself_a_moment_after_the_last_key(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C)
    dialog.show()
    dialog.activateWindow()
    field(dialog, "price").setText("3.54")
    qtbot.waitUntil(lambda: field(dialog, "shares").placeholderText() == "84,746   by the terms")


def test_what_was_worked_out_before_an_edit_came_is_not_recorded_after_it(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, free = Event(), Event()

    def slowly(*asked: Any) -> Answered:
        if current_thread().name == "neocapgui-beside":
            begun.set()
            free.wait(60)
        return answered(*asked)

    dialog = guided(qtbot, session, "buy")
    fill(dialog, security="Common", holder="Ada", buyer="Zed Fund", quantity="1,000")
    monkeypatch.setattr("neocapgui.gui.dialogs.guided_dialog.answered", slowly)
    monkeypatch.setattr("neocapgui.gui.dialogs.guided_dialog._SMALL", 0)
    dialog._settle()
    assert begun.wait(60)
    session.do(add("Add Yves", [Stakeholder(session.ledger.next_id(Stakeholder), "Yves")]))
    free.set()
    dialog._beside.settle()
    button(dialog, "&Record").click()
    assert [who.name for who in session.ledger.stakeholders.values()][-2:] == ["Yves", "Zed Fund"]


def test_a_text_that_is_no_value_is_told_under_its_field_and_stays(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C, price="dear")
    box = field(dialog, "price").parentWidget()
    assert isinstance(box, FieldBox)
    assert "“dear” is not a number such as 1,234.5." in said(box)
    assert field(dialog, "price").text() == "dear"
    assert "Correct Price to go on." in said(dialog)
    assert not button(dialog, "&Record").isEnabled()
    fill(dialog, price="3.54")
    assert "dear" not in said(dialog)
    assert button(dialog, "&Record").isEnabled()


def test_keys_alone_record_a_notice(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(field(dialog, "right").hasFocus)
    QTest.keyClicks(field(dialog, "right"), "7% Series C")
    dialog.refresh()
    for _ in range(3):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert field(dialog, "face").hasFocus()
    QTest.keyClicks(field(dialog, "face"), "300000")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert field(dialog, "price").hasFocus()
    QTest.keyClicks(field(dialog, "price"), "3.54")
    QTest.keyClick(field(dialog, "price"), Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert any(one.into_quantity == 84_746 for one in neo.ledger.transactions)


def test_tab_goes_through_the_fields_to_the_preview_and_the_buttons(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    dialog.show()
    dialog.activateWindow()
    fill(dialog, right=SERIES_C, price="3.54")
    qtbot.waitUntil(field(dialog, "right").hasFocus)
    passed = []
    for _ in range(14):
        focused = dialog.focusWidget()
        passed.append(focused.objectName() or focused.accessibleName() or getattr(focused, "text", str)())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    fields = ["right", "day", "holder", "face", "units", "price", "shares", "accrued", "source", "certainty"]
    assert passed[:10] == [f"field.{name}" for name in fields]
    assert passed[10:13] == ["table.preview", "&Record", "&Cancel"]
    assert passed[13] == "field.right"


def test_the_field_that_is_typed_in_stays_in_sight_when_the_preview_takes_room(
    neo: Session, qtbot: QtBot
) -> None:
    dialog = guided(qtbot, neo, "notice")
    dialog.resize(640, 430)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    fill(dialog, right=SERIES_C, face="700,000")
    price = field(dialog, "price")
    price.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClicks(price, "3.48")
    dialog.refresh()
    qtbot.waitUntil(lambda: price.visibleRegion().boundingRect() == price.rect())


def test_enter_on_what_is_not_finished_goes_to_what_is_missing(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    dialog.show()
    dialog.activateWindow()
    fill(dialog, right=SERIES_C)
    QTest.keyClick(field(dialog, "right"), Qt.Key.Key_Return)
    assert dialog.isVisible()
    qtbot.waitUntil(field(dialog, "shares").hasFocus)
    assert "Type the price or the shares that the notice states." in said(dialog)


def test_escape_leaves_and_records_nothing(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    dialog.show()
    dialog.activateWindow()
    fill(dialog, right=SERIES_C, price="3.54")
    QTest.keyClick(field(dialog, "price"), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert not neo.history.done


def test_alt_down_opens_what_can_be_chosen(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    dialog.show()
    dialog.activateWindow()
    right = field(dialog, "right")
    qtbot.waitUntil(right.hasFocus)
    QTest.keyClick(right, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = right.completer().popup()
    assert popup is not None
    assert popup.isVisible()
    assert right.completer().completionModel().rowCount() >= 3
    popup.hide()
    QTest.keyClicks(right, "series c")
    assert [right.completer().completionModel().index(0, 0).data()] == [SERIES_C]
    popup.hide()


def test_figures_are_typed_and_shown_in_german(neo: Session, qtbot: QtBot) -> None:
    neo.style = Style(",", ".", "DMY", ".")
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C, face="300.000,00", price="3,54")
    assert field(dialog, "shares").placeholderText() == "84.746   by the terms"
    assert cell(table(dialog, "preview"), 0, "Change") == "84.746"


def test_what_speaks_against_the_terms_is_marked_with_a_sign(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C, units="30", price="3.54", shares="84,747")
    amber = [label for label in dialog.findChildren(QLabel) if label.property("look") == "amber"]
    assert amber[0].text().startswith("▲ The notice says 84,747, 1 more; that is what is recorded.")


def test_an_edit_that_is_refused_in_the_end_is_told_and_the_dialog_stays(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C, units="30", price="3.54")
    dialog.show()
    dialog.activateWindow()
    neo.document.close()
    dialog.accept()
    assert dialog.isVisible()


# From the lines of the pages


def test_the_line_of_a_security_offers_what_fits_it(neo_window: MainWindow) -> None:
    window = neo_window
    window.carry_out("page.conversions")
    view = table(window, "conversions")
    point(view, cells(view, "Security").index("7% Series C Preferred Stock"), "Face")
    offered = menu_of(view)
    assert [*offered][:2] == ["line.notice", "line.redeem"]
    offered["line.notice"].trigger()
    dialog = opened_dialog(window)
    assert field(dialog, "right").text() == SERIES_C


def test_the_line_of_a_holder_and_its_column_offer_what_he_can_do_with_it(neo_window: MainWindow) -> None:
    window = neo_window
    window.carry_out("page.cap_table")
    view = table(window, "cap_table")
    point(view, cells(view, "Stakeholder").index("Societe Generale"), "7% Series C Preferred Stock")
    menu_of(view)["line.notice"].trigger()
    dialog = opened_dialog(window)
    assert field(dialog, "holder").text() == "Societe Generale"
    assert field(dialog, "right").text() == SERIES_C


def test_a_line_to_which_nothing_fits_offers_nothing(neo_window: MainWindow) -> None:
    window = neo_window
    window.carry_out("page.prices")
    view = table(window, "prices")
    point(view, len(view.table_model.table.rows), "Close")
    assert menu_of(view) == {}


def test_shift_f10_opens_the_menu_of_the_line(neo_window: MainWindow) -> None:
    window = neo_window
    window.carry_out("page.conversions")
    view = table(window, "conversions")
    point(view, 0, "Face")
    QTest.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, QMenu)
    assert any(one.objectName() == "line.redeem" for one in popup.actions())
    popup.close()


# Afterwards


def test_the_day_looked_at_follows_an_entry_after_it_and_stays_otherwise(neo_window: MainWindow) -> None:
    window = neo_window
    session = window.session
    assert session is not None
    for day, looked in (("3 Sep 2001", date(2001, 9, 3)), ("31 Aug 2001", date(2001, 9, 3))):
        window.carry_out("entry.notice")
        dialog = window.findChildren(GuidedDialog)[-1]
        fill(dialog, day=day, right=SERIES_C, units="10", price="3.54")
        button(dialog, "&Record").click()
        assert session.lens.as_of == looked


def test_the_new_line_is_pointed_at_and_undo_names_what_was_done(neo_window: MainWindow) -> None:
    window = neo_window
    session = window.session
    assert session is not None
    window.carry_out("page.transactions")
    window.carry_out("entry.buy")
    dialog = opened_dialog(window)
    day = date(2001, 8, 10)
    session.look_on(day)
    dialog.refresh()
    fill(dialog, security="Common Stock", holder="Montrose", buyer="Zed Fund", quantity="1,000")
    button(dialog, "&Record").click()
    view = table(window, "transactions")
    row = view.currentIndex().row()
    assert (cell(view, row, "Kind"), cell(view, row, "Counterparty")) == ("Transfer", "Zed Fund")
    undo = window.findChild(QAction, "edit.undo")
    assert undo is not None
    assert undo.text() == "Undo Record purchase of Common Stock"


def test_a_guide_asked_for_by_its_name_begins_empty(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "redeem")
    assert GUIDE["redeem"].title == dialog.windowTitle()
    assert field(dialog, "security").text() == ""
    assert field(dialog, "security").accessibleName() == "Security"
