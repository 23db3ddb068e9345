"""The inspector: the terms of a security in a sentence, as labels with values, and what deserves a look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from neocapgui.exchange.samples import sample
from neocapgui.figures.origins.origin import Origin
from neocapgui.gui.explaining import NOT_CALCULATED, origin_at
from neocapgui.gui.panels.inspector import Inspector
from neocapgui.gui.panels.inspector_cards import Card
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import correct
from tests.gui.pages import opened, said


def inspector(qtbot: QtBot, session: Session) -> Inspector:
    shown = Inspector(session)
    qtbot.addWidget(shown)
    shown.resize(300, 700)
    shown.show()
    return shown


def cards(shown: Inspector) -> list[Card]:
    return [card for card in shown.findChildren(Card) if card.isVisibleTo(shown)]


def test_the_terms_stand_below_a_plain_sentence(qapp: object, qtbot: QtBot) -> None:
    with opened(sample("preferred-at-a-floating-price"), date(2023, 3, 28)) as session:
        shown = inspector(qtbot, session)
        shown.show_selected(None, 2)
        summary = shown.findChild(QLabel, "inspector.summary")
        assert isinstance(summary, QLabel)
        assert summary.text() == (
            "Converts at the lower of $6.15 and 92 % of the lowest VWAP of 10 trading days, not below "
            "$0.716, into Common Stock; the trading days end with the day of the notice; from 7 Feb 2023. No "
            "holder above 9.99 %, in all not above 19.99 % of the shares at signing."
        )
        names = [card.accessibleName() for card in cards(shown)]
        assert names[0].startswith("⚠ 4 remarks on these terms, below: floor, look-back, discount, resets")
        assert any(name.startswith("Class: Kind preferred; Created 7 Feb 2023; Par $0.001") for name in names)
        assert any(name.startswith("⚠ Remark: Look-back") for name in names)


def test_a_remark_leads_to_the_term_by_keyboard(qapp: object, qtbot: QtBot) -> None:
    with opened(sample("preferred-at-a-floating-price"), date(2023, 3, 28)) as session:
        shown = inspector(qtbot, session)
        shown.show_selected(None, 2)
        card = next(one for one in cards(shown) if one.accessibleName().startswith("⚠ Remark: Floor"))
        with qtbot.waitSignal(shown.went_to) as seen:
            QTest.keyClick(card, Qt.Key.Key_Return)
        assert seen.args is not None
        assert seen.args[0].field == "floor"


def test_the_terms_follow_an_edit_and_old_cards_go(qapp: object, qtbot: QtBot) -> None:
    with opened(sample("preferred-at-a-floating-price"), date(2023, 3, 28)) as session:
        shown = inspector(qtbot, session)
        shown.show_selected(None, 2)
        right = next(iter(session.ledger.conversion_rights.values()))
        session.do(correct("Raise the floor", right, replace(right, floor=Decimal("1.50"))))
        assert "not below $1.50" in said(shown)
        assert not any("Remark: Floor" in card.accessibleName() for card in cards(shown))


@pytest.mark.parametrize("security", [1, 2])
def test_nothing_is_shown_twice_when_asked_again(neo: Session, qtbot: QtBot, security: int) -> None:
    shown = inspector(qtbot, neo)
    shown.show_selected(None, security)
    before = cards(shown)
    shown.refresh()
    assert cards(shown) == before


def test_no_card_is_wider_than_the_room_it_has(qapp: object, qtbot: QtBot, neo: Session) -> None:
    """The source “10-QSB Q3 1996 (0000892569-96-002304)” has a word that once pushed its card too wide."""
    shown = inspector(qtbot, neo)
    shown.resize(286, 700)
    room = shown.findChild(QScrollArea)
    assert isinstance(room, QScrollArea)
    for security in neo.ledger.securities:
        shown.show_selected(None, security)
        for card in cards(shown):
            assert card.minimumSizeHint().width() <= room.viewport().width(), card.accessibleName()


def test_a_stake_is_shown_with_holder_company_shares_and_both_percentages(qapp: object, qtbot: QtBot) -> None:
    with opened(sample("neotherapeutics-as-filed"), date(2001, 8, 31)) as session:
        shown = inspector(qtbot, session)
        shown.show_selected(1, None)
        shown.show_stake(1, 2)
        assert [card.accessibleName() for card in cards(shown)] == [
            "Holder NeoTherapeutics, Inc.",
            "Company NeoGene Technologies, Inc.",
            "Shares 1,030,555",
            "Direct 89.18 %",
            "Effective 89.18 %",
        ]
        assert "NeoTherapeutics, Inc. in NeoGene Technologies, Inc.  ·  as converted  ·  31 Aug 2001" in said(
            shown
        )
        session.look_on(date(1998, 1, 1))
        assert "Nothing" in said(shown)
        assert not cards(shown)
        session.look_on(date(2003, 1, 2))
        assert cards(shown)[0].accessibleName() == "Holder Spectrum Pharmaceuticals, Inc."
        shown.show_selected(None, 1)
        assert "TERMS" in said(shown)


def test_the_figures_of_a_stake_are_explained_from_the_inspector(qapp: object, qtbot: QtBot) -> None:
    with opened(sample("neotherapeutics-as-filed"), date(2001, 8, 31)) as session:
        shown = inspector(qtbot, session)
        shown.show_stake(1, 2)
        by_name = {card.accessibleName().partition(" ")[0]: card for card in cards(shown)}
        for title, value in (("Direct", "206111/231111"), ("Effective", "206111/231111")):
            found = origin_at(session, by_name[title])
            assert isinstance(found, Origin)
            assert str(found.value) == value
        assert by_name["Effective"].focusPolicy() == Qt.FocusPolicy.StrongFocus
        assert origin_at(session, by_name["Holder"]) == NOT_CALCULATED
        assert by_name["Holder"].focusPolicy() == Qt.FocusPolicy.NoFocus
