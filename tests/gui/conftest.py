"""A small company on screen: Acme, of which Ada has three quarters and Bob one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from neocapgui.document.document import Document
from neocapgui.figures.kinds import PLAIN
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.edits import correct
from neocapgui.ledger.facts import Issuer, Scenario, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.gui.loop_watch import HANG, LoopWatch

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QApplication, QWidget
    from pytestqt.qtbot import BeforeCloseFunc, _WaitWidgetContextManager
    from pytestqt.wait_signal import SignalBlocker

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow
    from neocapgui.gui.session import Session

COMMON, ADA, BOB = 1, 1, 2
PATIENCE = 60_000  # milliseconds


def acme_ledger() -> Ledger:
    """Return 3,000 shares issued to Ada and 1,000 to Bob, of which she gave him 500 a day later."""
    return Ledger(
        scenario={1: Scenario(1, "Acme")},
        issuers={1: Issuer(1, "Acme")},
        stakeholders={ADA: Stakeholder(ADA, "Ada"), BOB: Stakeholder(BOB, "Bob")},
        securities={
            COMMON: Security(COMMON, 1, "Common", SecurityKind.COMMON, date(2022, 1, 1), votes=Decimal(1))
        },
        transactions=Transactions.of(
            [
                Transaction(1, date(2022, 1, 1), "issuance", 0, None, COMMON, ADA, quantity=Decimal(3000)),
                Transaction(2, date(2022, 1, 1), "issuance", 1, None, COMMON, BOB, quantity=Decimal(1000)),
                Transaction(
                    3,
                    date(2022, 3, 3),
                    "transfer",
                    0,
                    None,
                    COMMON,
                    ADA,
                    counterparty=BOB,
                    quantity=Decimal(500),
                ),
            ]
        ),
    )


@pytest.fixture(scope="session")
def loop_watch(qapp: QApplication) -> LoopWatch:
    """What watches how long the event loop is kept from the user."""
    return LoopWatch()


@pytest.fixture(autouse=True)
def nobody_waits(loop_watch: LoopWatch) -> Iterator[None]:
    """Fail where the event loop stood still while a test waited; `test_gaps` holds it to less."""
    with loop_watch.watching():
        yield
    assert loop_watch.longest <= HANG, f"The event loop stood still for {loop_watch.longest:.3f} s."


class PatientBot(QtBot):
    """Waits as long as a busy machine may need: only what never comes is a failure.

    It holds what it is given: a widget that only a circle of references holds is collected at any moment,
    also while Qt lays it out, which ends the program.
    """

    def __init__(self, request: pytest.FixtureRequest) -> None:
        super().__init__(request)
        self._held: list[QWidget] = []

    def addWidget(self, widget: QWidget, *, before_close_func: BeforeCloseFunc | None = None) -> None:
        super().addWidget(widget, before_close_func=before_close_func)
        self._held.append(widget)

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(
        self,
        signal: SignalInstance,
        *,
        timeout: int = PATIENCE,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE) -> _WaitWidgetContextManager:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """What waits and clicks in tests, with patience."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def nothing_outlives_its_test(qapp: QApplication) -> Iterator[None]:
    """Delete at once what was to be deleted later, and empty the clipboard, which would outlive Python."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().clear()


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    """Acme, looked at on the day of its last entry."""
    from neocapgui.gui.session import Session

    session = Session(Document.create(acme_ledger()), PLAIN)
    yield session
    session.document.close()


@pytest.fixture(params=["en_US", "de_CH", "fr_FR"])
def spoken(request: pytest.FixtureRequest, qapp: object) -> Iterator[Session]:
    """Acme, whose first issuance is of 1,234,567 shares, in one of three languages."""
    from PySide6.QtCore import QLocale

    from neocapgui.gui.looks.locale_style import style_of
    from neocapgui.gui.session import Session
    from tests.gui import frames

    ledger = acme_ledger()
    first = ledger.transactions[0]
    session = Session(Document.create(ledger), style_of(QLocale(request.param)))
    session.do(correct("More", first, replace(first, quantity=Decimal(1_234_567))))
    yield session
    frames.HELD.clear()
    session.document.close()


@pytest.fixture
def program(qapp: QApplication, home: Path) -> Iterator[Program]:
    """The program with preferences of its own and no window."""
    from neocapgui.gui import loading
    from neocapgui.gui.app import Program

    loading.load_for_reading()
    loading.load_for_calculating()
    for step in (*loading.loading_of_the_panels(), *loading.loading_of_the_commands()):
        step()  # as it is once a window has stood for a moment
    program = Program(qapp)
    yield program
    for window in list(program.windows):
        window.close_without_asking()
    program.look.enlarge(100)  # else the next test has large letters
    program.deleteLater()


@pytest.fixture
def window(program: Program, qtbot: QtBot) -> MainWindow:
    """A window with Acme in it."""
    window = program.open_window()
    window.resize(1440, 900)
    window.show_document(Document.create(acme_ledger()))
    window.settle()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def neo(qapp: QApplication) -> Iterator[Session]:
    """The sample as filed, with no window."""
    from tests.gui.pages import neo_session

    yield from neo_session()
