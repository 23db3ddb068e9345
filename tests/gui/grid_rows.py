"""The promises of the grid: each test is marked with those it holds to, and runs in three languages.

    @row(6)
    def test_one_copied_cell_fills_the_selection(locale: str, qtbot: QtBot) -> None:
        with grid("transactions", locale, qtbot) as view: ...

`EDITABLE` names every table into which something can be typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

import pytest
from pytestqt.qtbot import QtBot

from neocapgui.engine.lens import Lens
from neocapgui.figures.facts_tables import (
    approvals_table,
    conversion_rights_table,
    issuers_table,
    prices_table,
    published_counts_table,
    securities_table,
    stake_entries_table,
    stakeholders_table,
    transactions_table,
)
from neocapgui.figures.grid.contract import CONTRACT
from neocapgui.figures.kinds import Style
from neocapgui.figures.tables import Table
from neocapgui.ledger.facts import Approval, ConversionRight, Price, PublishedCount, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis, SecurityKind
from neocapgui.ledger.transactions import Transaction

LOCALES = ("en_US", "de_CH", "fr_FR")
KEPT: dict[int, list[str]] = {one.number: [] for one in CONTRACT}  # by number: the tests that hold to it
EDITABLE: dict[str, Callable[[Ledger, Lens], Table]] = {
    "issuers": issuers_table,
    "stakeholders": stakeholders_table,
    "securities": securities_table,
    "conversion_rights": conversion_rights_table,
    "prices": prices_table,
    "approvals": approvals_table,
    "published_counts": published_counts_table,
    "transactions": transactions_table,
    "stakes": stake_entries_table,
}

Test = TypeVar("Test", bound=Callable[..., Any])


def row(*numbers: int) -> Callable[[Test], Test]:
    """Mark a test as one that holds to these promises, and run it in every language (`locale`)."""

    def mark(test: Test) -> Test:
        for number in numbers:
            KEPT[number].append(test.__qualname__)
        marked: Test = pytest.mark.parametrize("locale", LOCALES)(test)
        return marked

    return mark


def holds(*numbers: int) -> Callable[[Test], Test]:
    """Mark a test that runs in every language by itself as one that holds to these promises."""

    def mark(test: Test) -> Test:
        for number in numbers:
            KEPT[number].append(test.__qualname__)
        return test

    return mark


every_table = pytest.mark.parametrize("name", EDITABLE)


def style_in(locale: str) -> Style:
    """Return the marks of a language as the program takes them from the system."""
    from PySide6.QtCore import QLocale

    from neocapgui.gui.looks.locale_style import style_of

    return style_of(QLocale(locale))


@contextmanager
def grid(name: str, locale: str, qtbot: QtBot, ledger: Ledger | None = None) -> Iterator[Any]:
    """Show one of the editable tables in a language, with facts in each; it follows its session.

    Its session is at `view.session`.
    """
    from neocapgui.document.document import Document
    from neocapgui.gui.session import Session
    from neocapgui.gui.tables.table_view import TableView

    session = Session(Document.create(full_ledger() if ledger is None else ledger), style_in(locale))
    question = EDITABLE[name]
    view = TableView(session, session.ask(question))
    for signal in (session.edited, session.lens_changed):
        signal.connect(lambda: view.show_table(session.ask(question)))
    qtbot.addWidget(view)
    view.resize(900, 400)
    with qtbot.waitExposed(view):
        view.show()
    yield view
    session.document.close()


def full_ledger() -> Ledger:
    """Return Acme with a fact in every table, and a holder that is the company itself."""
    from tests.gui.conftest import COMMON, acme_ledger

    acme, preferred, itself = acme_ledger(), 2, 3
    day = date(2022, 3, 3)
    more = Transaction(4, day, "issuance", 1, None, preferred, itself, quantity=Decimal(70))
    return replace(
        acme,
        stakeholders={**acme.stakeholders, itself: Stakeholder(itself, "Acme itself", "issuer", 1)},
        securities={
            **acme.securities,
            preferred: Security(preferred, 1, "Preferred", SecurityKind.PREFERRED, date(2022, 1, 1)),
        },
        conversion_rights={
            1: ConversionRight(1, preferred, COMMON, ConversionBasis.RATIO, ratio=Fraction(2)),
            2: ConversionRight(2, preferred, COMMON, ConversionBasis.FIXED, price=Decimal("1.25")),
        },
        prices={
            1: Price(1, COMMON, date(2022, 3, 1), close=Decimal("4.10")),
            2: Price(2, COMMON, date(2022, 3, 2), close=Decimal("4.20")),
        },
        approvals={1: Approval(1, 1, "board", "More shares"), 2: Approval(2, 1, "board", "Fewer shares")},
        published_counts={
            1: PublishedCount(1, date(2022, 2, 1), COMMON, Decimal(4000)),
            2: PublishedCount(2, day, COMMON, Decimal(4000)),
        },
        transactions=type(acme.transactions).of([*acme.transactions, more]),
    )
