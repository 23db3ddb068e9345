"""Every table of facts on every page: a value is taken, nonsense stays with its reason, undo works."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from neocapgui.gui.session import Session
from tests.gui.pages import cell, choose, column, shown, table, type_in

EDITABLE = [
    ("cap_table", "stakeholders", "stakeholders", "Note", "Seen", None),
    ("cap_table", "by_security", "published_counts", "Shares stated", "5,361,800", "many"),
    ("securities", "terms", "securities", "Authorized", "30,000,000", "-1"),
    ("securities", "rights", "conversion_rights", "Fixed price", "20.5", "cheap"),
    ("securities", "approvals", "approvals", "Meeting", "6 Sep 2002", "31 Sep 2002"),
    ("transactions", "company", "transactions", "Price", "7.75", "7,5"),
    ("transactions", "all", "transactions", "Kind", "Transfer", "Gift"),
    ("conversions", "", "notices", "Into shares", "201,150", "1:2"),
    ("group", "companies", "issuers", "Formed", "3 Mar 1999", "yesterday"),
    ("group", "entries", "stakes", "Shares", "101", "a few"),
    ("prices", "", "prices", "Close", "12.75", "(1)"),
]


@pytest.mark.parametrize(("page", "view", "name", "title", "good", "bad"), EDITABLE)
def test_a_value_is_taken_and_undone(
    neo: Session, qtbot: QtBot, page: str, view: str, name: str, title: str, good: str, bad: str | None
) -> None:
    stack = shown(qtbot, neo, page)
    if view:
        choose(stack, view)
    facts = table(stack, name)
    before = cell(facts, 0, title)
    assert type_in(facts, 0, title, good)
    assert neo.history.done
    assert cell(facts, 0, title) != before
    neo.undo()
    assert cell(facts, 0, title) == before


@pytest.mark.parametrize(
    ("page", "view", "name", "title", "good", "bad"), [row for row in EDITABLE if row[5]]
)
def test_nonsense_stays_in_its_cell_with_the_reason(
    neo: Session, qtbot: QtBot, page: str, view: str, name: str, title: str, good: str, bad: str
) -> None:
    stack = shown(qtbot, neo, page)
    if view:
        choose(stack, view)
    facts = table(stack, name)
    ledger = neo.ledger
    assert not type_in(facts, 0, title, bad)
    assert cell(facts, 0, title) == bad
    assert facts.table_model.refusal(facts.table_model.index(0, column(facts, title)))
    assert neo.ledger is ledger


@pytest.mark.parametrize(
    ("page", "view", "name", "title", "text"),
    [
        ("cap_table", "stakeholders", "stakeholders", "Stakeholder", "Newcomer Fund"),
        ("cap_table", "by_security", "published_counts", "Shares stated", "1,000"),
        ("securities", "terms", "securities", "Security", "Series F Preferred"),
        ("securities", "rights", "conversion_rights", "Ratio", "2:1"),
        ("securities", "approvals", "approvals", "Subject", "Option plan of 2004"),
        ("transactions", "company", "transactions", "Shares", "10"),
        ("group", "companies", "issuers", "Company", "NeoNew, Inc."),
        ("prices", "", "prices", "Close", "3.21"),
    ],
)
def test_typing_into_the_empty_line_records_a_fact(
    neo: Session, qtbot: QtBot, page: str, view: str, name: str, title: str, text: str
) -> None:
    stack = shown(qtbot, neo, page)
    if view:
        choose(stack, view)
    facts = table(stack, name)
    lines = len(facts.table_model.table.rows)
    assert type_in(facts, lines, title, text)
    assert len(facts.table_model.table.rows) == lines + 1
    neo.undo()
    assert len(facts.table_model.table.rows) == lines
