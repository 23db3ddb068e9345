"""The group page: stakes, how one moved, companies, and the entry that records a status."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pytestqt.qtbot import QtBot

from neocapgui.engine.finding import Place
from neocapgui.figures.charts.group_diagram import group_diagram
from neocapgui.figures.guided.guide import Field, Form
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.gui.guiding import Guiding
from neocapgui.gui.pages.group_page import GroupPage
from neocapgui.gui.panels.workplace import Workplace
from neocapgui.gui.session import Session
from neocapgui.ledger.ledger import Ledger
from tests.gui.guided import fill, guided
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


def fields_of(session: Session, guide: str) -> tuple[Field, ...]:
    return GUIDE[guide].guide.fields(Form(session.ledger, session.lens))


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


def test_the_chosen_stake_is_told_to_the_inspector(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    with qtbot.waitSignal(stack.stake_chosen) as seen:
        point(table(stack, "group"), 1, "Company")
    assert seen.args == [1, 3]


def test_the_inspector_leaves_the_last_holder_for_the_chosen_stake(neo: Session, qtbot: QtBot) -> None:
    place = Workplace(neo)
    qtbot.addWidget(place)
    place.resize(1600, 900)
    place.show()
    place.show_page("cap_table")
    point(table(place.pages, "cap_table"), 1, "Stakeholder")
    assert "WHERE THIS COMES FROM" in said(place.inspector)
    place.show_page("group")
    point(table(place.pages, "group"), 1, "Company")
    assert "NeoTherapeutics, Inc. in NeoOncoRx, Inc.  ·  as converted" in said(place.inspector)
    point(table(place.pages, "group"), 0, "Company")
    assert "NeoTherapeutics, Inc. in NeoGene Technologies, Inc.  ·  as converted" in said(place.inspector)


def test_a_renamed_company_has_the_name_of_the_day_in_table_diagram_tree_and_dialogs(
    neo: Session, qtbot: QtBot
) -> None:
    stack = shown(qtbot, neo, "group")
    for day, name in (
        (date(2002, 1, 2), "NeoTherapeutics, Inc."),
        (date(2003, 1, 2), "Spectrum Pharmaceuticals, Inc."),
    ):
        neo.look_on(day)
        assert cell(table(stack, "group"), 0, "Owner") == name
        assert f"{name} in NeoGene Technologies, Inc." in said(stack)
        assert neo.ask(group_diagram, neo.style).members[0].says.startswith(name)
        for guide in ("status", "approval"):
            (whose,) = [one for one in fields_of(neo, guide) if one.name == "issuer"]
            assert whose.choices is not None
            assert [*whose.choices.names()][:1] == [name]
            assert whose.choices.value_of("NeoTherapeutics, Inc.") == whose.choices.value_of(name) == 1


def test_a_company_is_brought_into_sight(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    assert page(stack, GroupPage).show_place(Place("issuers", 3))
    companies = table(stack, "issuers")
    assert cell(companies, companies.currentIndex().row(), "Company") == "NeoOncoRx, Inc."


def test_a_status_is_recorded_with_what_it_saves(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    dialog = guided(qtbot, neo, "status")
    fill(dialog, issuer="NeoGene Technologies, Inc.", day="23 Jul 2001", saving="5,000,000")
    button(dialog, "&Record").click()
    record = next(one for one in neo.ledger.transactions if one.date == date(2001, 7, 23))
    assert (record.kind, record.issuer, record.value) == ("status", 2, "ceased operations")
    assert record.amount == Decimal(5_000_000)
    choose(stack, "status")
    assert cell(table(stack, "standings"), 1, "Status") == "ceased operations"
    assert cell(table(stack, "standings"), 1, "Saves a year") == "5,000,000.00"
    assert cell(table(stack, "group"), 0, "Status") == "ceased operations"


def test_a_status_on_no_day_is_refused(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "status")
    assert dialog.objectName() == "dialog.status"
    fill(dialog, day="soon")
    assert "“soon” is not a day such as 2001-08-31 or 31 Aug 2001." in said(dialog)
    assert not button(dialog, "&Record").isEnabled()
    assert not neo.history.done


def test_the_button_begins_with_the_company_of_the_chosen_stake(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "group")
    point(table(stack, "group"), 1, "Company")
    with qtbot.waitSignal(Guiding.of(neo).wanted) as seen:
        button(stack, "Record a status").click()
    assert seen.args[1] == {"issuer": 3}


def test_the_first_company_is_typed_on_this_page(qapp: object, qtbot: QtBot) -> None:
    with opened(Ledger()) as session:
        stack = shown(qtbot, session, "group")
        assert page(stack, GroupPage).show_place(Place("issuers", 0))
        companies = table(stack, "issuers")
        assert type_in(companies, companies.currentIndex().row(), "Company", "Acme")
        assert session.lens.issuer == 1
