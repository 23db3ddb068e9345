"""Issue, split, authorized shares, approval and status on screen: typed, previewed, recorded, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from neocapgui.document.document import Document
from neocapgui.engine.holdings import holdings
from neocapgui.engine.reserves import counts
from neocapgui.exchange.samples import sample
from neocapgui.figures.kinds import Style
from neocapgui.gui.dialogs.guided_dialog import GuidedDialog
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.session import Session
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.facts import Approval
from neocapgui.ledger.ledger import TABLES, Ledger
from tests.figures.guided.asked import before
from tests.gui.guided import field, fill, guided
from tests.gui.pages import button, cell, cells, choose, opened, point, said, shown, table

SPLIT = date(2002, 9, 5)
ENTRIES = {
    "issue": {
        "security": "Series Z Preferred Stock",
        "holder": "A new fund",
        "quantity": "1,250,000",
        "price": "4",
        "holder_2": "Societe Generale",
        "quantity_2": "10",
        "coverage": "10 %",
        "exercise_price": "5",
    },
    "split": {"security": "Common Stock", "ratio": "1:25", "fractions": "cash", "price": "4"},
    "authorized": {"security": "Common Stock", "quantity": "50,000,000"},
    "approval": {"subject": "Financings", "amount": "10,000,000", "covers": "are made under it"},
    "status": {"issuer": "NeoGene Technologies, Inc.", "saving": "2,400,000"},
}


@pytest.fixture
def eve(qapp: QApplication) -> Iterator[Session]:
    """The sample as filed, before its reverse split, on the day of it."""
    with opened(before(SPLIT), SPLIT) as session:
        yield session


@pytest.fixture
def filed(window: MainWindow) -> MainWindow:
    """A window with the sample as filed, on the eve of its reverse split."""
    window.show_document(Document.create(sample("neotherapeutics-as-filed")))
    window.settle()
    assert window.session is not None
    window.session.look_on(date(2002, 9, 4))
    return window


def offered(view: TableView) -> dict[str, QAction]:
    """Return the guided entries in the menu of the current line."""
    at = view.viewport().mapToGlobal(view.visualRect(view.currentIndex()).center())
    QApplication.sendEvent(
        view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, view.rect().center(), at)
    )
    menu = view.findChildren(QMenu)[-1]
    return {one.objectName(): one for one in menu.actions() if one.objectName().startswith("line.")}


def facts(ledger: Ledger) -> dict[str, list[object]]:
    return {
        name: list(getattr(ledger, name) if name == "transactions" else getattr(ledger, name).values())
        for name in TABLES.values()
    }


@pytest.mark.parametrize("guide", ENTRIES)
def test_one_entry_is_one_step_and_undo_restores_every_fact(eve: Session, qtbot: QtBot, guide: str) -> None:
    was = facts(eve.ledger)
    dialog = guided(qtbot, eve, guide)
    for name, text in ENTRIES[guide].items():
        if dialog.findChild(QLineEdit, f"field.{name}") is not None:
            fill(dialog, **{name: text})
    preview = next(view for view in dialog.findChildren(TableView) if view.objectName() == "table.preview")
    expected = [(row.key, row.cells[4]) for row in preview.table_model.table.rows]
    button(dialog, "&Record").click()
    assert len(eve.history.done) == 1
    held = eve.ask(holdings)
    for (who, security), after in expected:
        if who != "others":
            assert after == (held.total(security) if who == "total" else held.of(who, security))
    assert facts(eve.ledger) != was
    eve.undo()
    assert facts(eve.ledger) == was


def test_the_split_of_2002_shows_every_holder_and_every_term(eve: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, eve, "split")
    fill(dialog, **ENTRIES["split"])
    views = {view.objectName(): view for view in dialog.findChildren(TableView)}
    holders = views["table.split_holders_1"]
    row = cells(holders, "Stakeholder").index("Societe Generale")
    assert [cell(holders, row, title) for title in ("Shares before", "Shares after", "Cash in lieu")] == [
        "483,635",
        "19,345",
        "1.60",
    ]
    terms = views["table.restated"]
    row = cells(terms, "Instrument").index("Warrant of 8 March 2001 at $5.00")
    assert cell(terms, row, "Price after") == "125.00"
    button(dialog, "&Record").click()
    stack = shown(qtbot, eve, "conversions")
    choose(stack, "splits")
    split = table(stack, "splits")
    row = cells(split, "Stakeholder").index("Societe Generale")
    assert cell(split, row, "Shares after") == "19,345"


def test_a_split_is_recorded_by_keys_alone(eve: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, eve, "split")
    dialog.show()
    qtbot.waitUntil(field(dialog, "security").hasFocus)
    QTest.keyClicks(field(dialog, "security"), "Common Stock")
    dialog.refresh()
    for _ in range(2):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert field(dialog, "ratio").hasFocus()
    QTest.keyClicks(field(dialog, "ratio"), "1:25")
    QTest.keyClick(field(dialog, "ratio"), Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert eve.history.done[-1].edit.label == "Record the 1:25 reverse split of Common Stock"


def test_figures_are_german_where_the_session_is(eve: Session, qtbot: QtBot) -> None:
    eve.style = Style(",", ".", "DMY", ".")
    dialog = guided(qtbot, eve, "issue")
    fill(dialog, security="Common Stock", holder="Societe Generale", quantity="1.250.000", price="4,00")
    assert field(dialog, "amount").placeholderText() == "5.000.000,00   shares x price"
    assert "1.250.000 x 4,00 = 5.000.000,00." in said(dialog).replace("×", "x")
    fill(dialog, coverage="10 %", exercise_price="5,50")
    assert field(dialog, "warrant").placeholderText().startswith("Warrants of 5 Sep 2002 at 5.50")


def test_more_shares_than_the_charter_has_are_remarked_and_recorded(eve: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, eve, "authorized")
    fill(dialog, security="Common Stock", quantity="20,000,000")
    assert "That is 22,545,613 fewer than the 39,318,022 issued and 3,227,591 reserved" in said(dialog)
    button(dialog, "&Record").click()
    found = next(one for one in counts(eve.ledger, eve.lens, 1) if one.security == 1)
    assert found.authorized == 20_000_000


# From lines and pages


def test_the_line_of_a_class_offers_issue_split_and_authorized(filed: MainWindow) -> None:
    filed.carry_out("page.securities")
    view = table(filed, "securities")
    point(view, 0, "Security")
    names = offered(view)
    assert {"line.issue", "line.split", "line.authorized"} <= set(names)
    names["line.split"].trigger()
    dialog = filed.findChild(GuidedDialog)
    assert isinstance(dialog, GuidedDialog)
    assert dialog.objectName() == "dialog.split"
    assert field(dialog, "security").text() == "Common Stock"


def test_the_line_of_a_holder_offers_an_issue_to_him(filed: MainWindow) -> None:
    filed.carry_out("page.cap_table")
    view = table(filed, "cap_table")
    point(view, cells(view, "Stakeholder").index("Societe Generale"), "Common Stock")
    names = offered(view)
    assert "line.split" not in names
    names["line.issue"].trigger()
    dialog = filed.findChild(GuidedDialog)
    assert isinstance(dialog, GuidedDialog)
    assert (field(dialog, "security").text(), field(dialog, "holder").text()) == (
        "Common Stock",
        "Societe Generale",
    )


def test_the_line_of_a_stake_offers_the_status_of_its_company(filed: MainWindow) -> None:
    filed.carry_out("page.group")
    view = table(filed, "group")
    point(view, 0, "Company")
    names = offered(view)
    assert {"line.status"} <= set(names)
    names["line.status"].trigger()
    dialog = filed.findChild(GuidedDialog)
    assert isinstance(dialog, GuidedDialog)
    assert field(dialog, "issuer").text() == "NeoGene Technologies, Inc."


@pytest.mark.parametrize(
    ("page", "view", "text", "guide"),
    [
        ("securities", "terms", "Record an issue", "issue"),
        ("securities", "approvals", "Record an approval", "approval"),
        ("conversions", "splits", "Record a split", "split"),
        ("conversions", "notices", "Record a notice", "notice"),
        ("group", "companies", "Record a status", "status"),
    ],
)
def test_a_button_of_the_page_opens_the_entry(
    eve: Session, qtbot: QtBot, page: str, view: str, text: str, guide: str
) -> None:
    stack = shown(qtbot, eve, page)
    choose(stack, view)
    with qtbot.waitSignal(Guiding.of(eve).wanted) as seen:
        button(stack, text).click()
    assert seen.args[0].name == guide


def test_conversion_rights_have_no_entry_of_their_own(eve: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, eve, "securities")
    choose(stack, "rights")
    assert not [one for one in stack.findChildren(QPushButton) if "Record" in one.text() and one.isVisible()]


def test_where_nobody_s_holding_changes_no_empty_table_stands_below(eve: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, eve, "status", issuer="neojb")
    assert any("Nobody's holding changes." in label.text() for label in dialog.findChildren(QLabel))
    assert [view for view in dialog.findChildren(TableView) if view.isVisibleTo(dialog)] == []


def test_an_empty_scenario_leads_to_the_company_first(qapp: QApplication, qtbot: QtBot) -> None:
    with opened(Ledger()) as session:
        for guide, sentence in (
            ("issue", "Choose what is issued, or type the name of a new paper."),
            ("split", "Choose the class of shares that is split."),
            ("authorized", "Choose the class whose authorized number changes."),
            ("approval", "Choose the company whose approval it is."),
            ("status", "Choose the company whose status it is."),
        ):
            assert sentence in said(guided(qtbot, session, guide))
        dialog = guided(qtbot, session, "issue")
        fill(dialog, security="Common", holder="Ada", quantity="10")
        assert "Add a company first: it issues the paper." in said(dialog)


def test_an_approval_is_recorded_with_the_financings_under_it(eve: Session, qtbot: QtBot) -> None:
    eve.look_on(date(2002, 7, 31))
    dialog = guided(qtbot, eve, "approval")
    fill(dialog, subject="Sale of July", meeting="1 Jul 2002", body="board", amount="2,000,000")
    fill(dialog, covers="are made under it")
    assert "1 financing brought 1,100,000.00 for 6,470,588 shares" in said(dialog)
    button(dialog, "&Record").click()
    made = max(eve.ledger.approvals.values(), key=lambda one: one.id)
    assert isinstance(made, Approval)
    assert made.subject == "Sale of July"
    assert [one.quantity for one in eve.ledger.transactions if one.approval == made.id] == [6_470_588]
