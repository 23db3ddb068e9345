"""The cap table page: holders, securities, stakeholders, and the counts that papers state."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from neocapgui.engine.finding import Place
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.pages.cap_table_page import CapTablePage
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


def test_the_holders_stand_by_size_with_the_total_under_them(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "cap_table")
    view = table(stack, "cap_table")
    assert cells(view, "Stakeholder")[:2] == ["Public and other holders", "Montrose Investments Ltd."]
    total = view.table_model.rowCount() - 1
    assert cell(view, total, "Stakeholder") == "Total"
    assert cell(view, total, "Common Stock") == "21,260,816"


def test_a_figure_of_a_holding_is_selected_with_its_security(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "cap_table")
    view = table(stack, "cap_table")
    names = {one.name: one.id for one in neo.ledger.stakeholders.values()}
    papers = {one.name: one.id for one in neo.ledger.securities_of(neo.lens.issuer or 0)}
    row = cells(view, "Stakeholder").index("Societe Generale")
    with qtbot.waitSignal(stack.selected) as seen:
        point(view, row, "7% Series C Preferred Stock")
    assert seen.args == [names["Societe Generale"], papers["7% Series C Preferred Stock"]]
    with qtbot.waitSignal(stack.selected) as seen:
        point(view, row, "Stake %")
    assert seen.args == [names["Societe Generale"], None]


def test_a_line_by_security_is_selected_for_its_terms(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "cap_table")
    choose(stack, "by_security")
    view = table(stack, "cap_table_by_security")
    with qtbot.waitSignal(stack.selected) as seen:
        point(view, 0, "Outstanding")
    assert seen.args == [None, next(iter(neo.ledger.securities_of(1))).id]


def test_a_published_count_agrees_until_it_is_changed(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "cap_table")
    choose(stack, "by_security")
    counts = table(stack, "published_counts")
    assert cell(counts, 4, "Result") == "agrees"
    assert type_in(counts, 4, "Shares stated", "20,777,180")
    assert cell(counts, 4, "Result") == "1 more"


def test_the_chart_stands_only_under_the_holders(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "cap_table")
    chart = page(stack, OwnershipChart)
    assert chart.isVisibleTo(stack)
    choose(stack, "stakeholders")
    assert not chart.isVisibleTo(stack)


def test_the_page_follows_the_day(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "cap_table")
    view = table(stack, "cap_table")
    neo.look_on(neo.lens.as_of.replace(year=2000))
    assert cell(view, view.table_model.rowCount() - 1, "Common Stock") != "21,260,816"


@pytest.mark.parametrize(
    ("place", "name"),
    [
        (Place("stakeholders", 9), "stakeholders"),
        (Place("published_counts", 3, "shares"), "published_counts"),
    ],
)
def test_a_place_is_brought_into_sight(neo: Session, qtbot: QtBot, place: Place, name: str) -> None:
    stack = shown(qtbot, neo, "cap_table")
    assert page(stack, CapTablePage).show_place(place)
    view = table(stack, name)
    line = view.table_model.row(view.currentIndex().row())
    assert line is not None
    assert line.key == place.id


def test_an_empty_scenario_is_led_to_its_first_company(qapp: object, qtbot: QtBot) -> None:
    with opened(Ledger()) as session:
        stack = shown(qtbot, session, "cap_table")
        assert "no company yet" in said(stack)
        with qtbot.waitSignal(stack.went_to) as seen:
            button(stack, "Add the first company").click()
        assert seen.args == [Place("issuers", 0)]
