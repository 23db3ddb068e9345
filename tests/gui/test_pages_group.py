"""The group page: stakes, how one moved, companies, and the dialog that records a status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from neocapgui.engine.finding import Place
from neocapgui.gui.dialogs.status_dialog import StatusDialog
from neocapgui.gui.pages.group_page import GroupPage
from neocapgui.gui.session import Session
from neocapgui.ledger.ledger import Ledger
from tests.gui.pages import (
    button,
    cell,
    cells,
    choose,
    opened,
    page,
    point,
    said,
    shown,
    table,
    type_in,
)


def test_the_stake_in_the_subsidiary_and_the_steps_that_led_there(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    assert cell(table(stack, "group"), 0, "Direct %") == "89.18"
    steps = table(stack, "stake_steps")
    assert cells(steps, "After %") == ["87.50", "78.75", "75.72", "79.57", "89.18"]
    assert "NeoTherapeutics, Inc. in NeoGene Technologies, Inc." in said(stack)


def test_the_steps_follow_the_chosen_stake(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    point(table(stack, "group"), 1, "Company")
    assert "NeoTherapeutics, Inc. in NeoOncoRx, Inc." in said(stack)
    assert cells(table(stack, "stake_steps"), "After %") == ["100.00"]


def test_a_company_is_brought_into_sight(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    assert page(stack, GroupPage).show_place(Place("issuers", 3))
    companies = table(stack, "issuers")
    assert cell(companies, companies.currentIndex().row(), "Company") == "NeoOncoRx, Inc."


def test_a_status_is_recorded_with_what_it_saves(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    dialog = StatusDialog(neo)
    qtbot.addWidget(dialog)
    fields = {one.accessibleName(): one for one in dialog.findChildren(QLineEdit)}
    boxes = {one.accessibleName(): one for one in dialog.findChildren(QComboBox)}
    boxes["Company"].setCurrentText("NeoGene Technologies, Inc.")
    fields["From"].setText("23 Jul 2001")
    fields["Saves"].setText("5,000,000")
    button(dialog, "Record").click()
    record = next(one for one in neo.ledger.transactions if one.date == date(2001, 7, 23))
    assert (record.kind, record.issuer, record.value) == ("status", 2, "ceased operations")
    assert record.amount == Decimal(5_000_000)
    choose(stack, "status")
    assert cell(table(stack, "standings"), 1, "Status") == "ceased operations"
    assert cell(table(stack, "standings"), 1, "Saves a year") == "5,000,000.00"
    assert cell(table(stack, "group"), 0, "Status") == "ceased operations"


def test_a_status_without_a_day_is_refused(neo: Session, qtbot: QtBot) -> None:
    dialog = StatusDialog(neo)
    qtbot.addWidget(dialog)
    for field in dialog.findChildren(QLineEdit):
        field.clear()
    button(dialog, "Record").click()
    assert "Type the day from which the status holds." in said(dialog)
    assert not neo.history.done


def test_the_first_company_is_typed_on_this_page(qapp: object, qtbot: QtBot) -> None:
    with opened(Ledger()) as session:
        stack = shown(qtbot, session, "group")
        assert page(stack, GroupPage).show_place(Place("issuers", 0))
        companies = table(stack, "issuers")
        assert type_in(companies, companies.currentIndex().row(), "Company", "Acme")
        assert session.lens.issuer == 1
