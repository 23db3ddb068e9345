"""The conversions page: what converts today, the notices, and the dialog that records one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from neocapgui.engine.finding import Place
from neocapgui.exchange.samples import sample
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.gui.charts.overhang_pane import OverhangPane
from neocapgui.gui.guiding import Guiding
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

SERIES_C = "7% Series C Preferred Stock into Common Stock"


def test_the_notices_stand_beside_what_their_terms_imply(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "conversions")
    notices = table(stack, "notices")
    assert cells(notices, "By the terms")[1:] == ["201,149", "282,486"]
    assert type_in(notices, 1, "Into shares", "201,150")
    assert cell(notices, 1, "Difference") == "1"


def test_a_convertible_without_a_price_is_hinted_at(neo: Session, qtbot: QtBot) -> None:
    assert "Series A Preferred Stock of January 1999:" in said(shown(qtbot, neo, "conversions"))


def test_a_notice_is_selected_with_its_holder(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "conversions")
    with qtbot.waitSignal(stack.selected) as seen:
        point(table(stack, "notices"), 1, "Price")
    record = next(one for one in neo.ledger.transactions if one.into_quantity == 201_149)
    assert seen.args == [record.stakeholder, record.security]


def test_a_notice_takes_the_shares_its_terms_imply(neo: Session, qtbot: QtBot) -> None:
    dialog = guided(qtbot, neo, "notice")
    assert dialog.objectName() == "dialog.notice"
    fill(dialog, right=SERIES_C, units="30", price="3.54")
    assert "The terms imply 84,746: 300,000 / 3.54 = 84,745.76…, to the nearest share." in said(dialog)
    button(dialog, "&Record").click()
    record = next(one for one in neo.ledger.transactions if one.into_quantity == 84_746)
    assert (record.kind, record.quantity, record.price) == ("conversion", Decimal(30), Decimal("3.54"))
    assert record.amount == 300_000
    assert neo.history.done[-1].edit.label == "Record conversion of 7% Series C Preferred Stock"


def test_a_typed_count_that_differs_is_said_and_recorded_as_the_paper_says(
    neo: Session, qtbot: QtBot
) -> None:
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C, units="30", price="3.54", shares="84,745", source="Notice of 31 Aug 2001")
    assert "The notice says 84,745, 1 fewer; that is what is recorded." in said(dialog)
    button(dialog, "&Record").click()
    record = next(one for one in neo.ledger.transactions if one.into_quantity == 84_745)
    assert record.source == "Notice of 31 Aug 2001"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"units": "0"}, "Type how many units are converted."),
        ({"units": "some"}, "“some” is not a number"),
        ({"units": "1", "day": "soon"}, "“soon” is not a day"),
        ({"units": "1", "day": "1 Jan 1990"}, "is no right in force on 1 Jan 1990."),
    ],
)
def test_an_unfinished_notice_is_refused_in_a_sentence(
    neo: Session, qtbot: QtBot, typed: dict[str, str], sentence: str
) -> None:
    dialog = guided(qtbot, neo, "notice")
    fill(dialog, right=SERIES_C, **typed)
    ledger = neo.ledger
    dialog.accept()
    assert sentence in said(dialog)
    assert not button(dialog, "&Record").isEnabled()
    assert neo.ledger is ledger


def test_the_button_of_the_page_asks_for_a_notice(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "conversions")
    with qtbot.waitSignal(Guiding.of(neo).wanted) as seen:
        button(stack, "Record a notice").click()
    assert seen.args == [GUIDE["notice"], {}]


def test_an_empty_scenario_is_led_on(qapp: object, qtbot: QtBot) -> None:
    with opened(Ledger()) as session:
        stack = shown(qtbot, session, "conversions")
        with qtbot.waitSignal(stack.went_to) as seen:
            button(stack, "Add the first company").click()
        assert seen.args == [Place("issuers", 0)]


# Over market prices


@pytest.fixture
def floating(qapp: object) -> Iterator[Session]:
    with opened(sample("preferred-at-a-floating-price")) as session:
        yield session


def test_a_floating_conversion_has_a_curve_under_its_table(floating: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, floating, "conversions")
    pane = page(stack, OverhangPane)
    assert not pane.isVisibleTo(stack)
    choose(stack, "price_range")
    assert pane.isVisibleTo(stack)
    qtbot.waitUntil(lambda: pane.curve is not None)
    assert pane.curve is not None
    assert pane.curve.chart is pane.chart
    with qtbot.waitSignal(stack.selected) as seen:
        point(table(stack, "price_range"), 5, "Shares")
    assert seen.args == [None, 2]
    floating.look_on(date(2023, 2, 28))
    assert pane.curve.chart is pane.chart
    choose(stack, "notices")
    assert not pane.isVisibleTo(stack)


def test_where_nothing_floats_a_sentence_stands_in_its_place(neo: Session, qtbot: QtBot) -> None:
    stack = shown(qtbot, neo, "conversions")
    choose(stack, "price_range")
    assert not page(stack, OverhangPane).isVisibleTo(stack)
    assert "No conversion price of this company is found from the market by a known formula." in said(stack)
