"""The securities page: terms to explain, and facts of other companies brought into sight."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from neocapgui.engine.finding import Place
from neocapgui.gui.pages.securities_page import SecuritiesPage
from neocapgui.gui.session import Session
from tests.gui.pages import button, cell, choose, page, point, shown, table


def test_a_security_and_the_security_of_a_right_are_selected(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "securities")
    with qtbot.waitSignal(stack.selected) as seen:
        point(table(stack, "securities"), 2, "Kind")
    assert seen.args == [None, neo.ledger.securities_of(1)[2].id]
    choose(stack, "rights")
    rights = table(stack, "conversion_rights")
    with qtbot.waitSignal(stack.selected) as seen:
        point(rights, 1, "Price")
    line = rights.table_model.row(1)
    assert line is not None
    assert seen.args == [None, getattr(line.fact, "security", None)]


def test_a_right_of_another_company_is_brought_into_sight(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "securities")
    theirs = next(
        one
        for one in neo.ledger.conversion_rights.values()
        if neo.ledger.securities[one.security].issuer != neo.lens.issuer
    )
    assert page(stack, SecuritiesPage).show_place(Place("conversion_rights", theirs.id))
    assert neo.lens.issuer == neo.ledger.securities[theirs.security].issuer
    rights = table(stack, "conversion_rights")
    line = rights.table_model.row(rights.currentIndex().row())
    assert line is not None
    assert line.fact == theirs


def test_an_approval_is_brought_into_sight(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "securities")
    approval = list(neo.ledger.approvals.values())[-1]
    assert page(stack, SecuritiesPage).show_place(Place("approvals", approval.id, "shares_limit"))
    view = table(stack, "approvals")
    assert cell(view, view.currentIndex().row(), "Subject") == approval.subject


def test_a_security_that_is_named_elsewhere_cannot_be_removed(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "securities")
    view = table(stack, "securities")
    point(view, 0, "Security")
    with qtbot.waitSignal(view.refused) as seen:
        button(stack, "Remove").click()
    assert "Common Stock cannot be removed" in str(seen.args)
    assert not neo.history.done
