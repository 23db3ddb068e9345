"""The window never keeps the user waiting: no command holds the event loop for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from neocapgui.document.document import Document
from neocapgui.engine.lens import Basis
from neocapgui.exchange.samples import sample
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.warming import Warming
from neocapgui.ledger.edits import correct
from tests.gui.loop_watch import LONGEST, LoopWatch

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow
    from neocapgui.gui.session import Session

Step = tuple[str, Callable[[], object]]
DAYS = 4  # at most, each at a window of its own, until every step was quick enough on one of them
# Steps that may take longer, in seconds, and why.
LARGER = {
    # Every widget of the window is dressed anew; Qt takes the style sheet off all of them in one call, and
    # puts the new one on in another.
    "dark": 0.15,
    "light": 0.15,
}


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def rename(window: MainWindow, number: int) -> None:
    session = session_of(window)
    issuer = session.ledger.issuers[1]
    session.do(correct("Rename", issuer, replace(issuer, name=f"Company {number}")))


def first_pages(window: MainWindow) -> Iterator[Step]:
    """Yield each page, shown for the first time."""
    yield from (_page(window, f"first {page.name}", page.name) for page in PAGES)


def steps(window: MainWindow) -> Iterator[Step]:
    """Yield what a user does in a day, each thing with its name."""
    for page in PAGES:
        yield _page(window, page.name, page.name)
        yield f"look on {page.name}", lambda: session_of(window).look_on(date(2002, 7, 1))
        yield f"look back on {page.name}", lambda: session_of(window).look_on(date(2001, 8, 31))
        yield f"edit on {page.name}", lambda: rename(window, 1)
        yield f"undo on {page.name}", lambda: window.carry_out("edit.undo")
        yield f"redo on {page.name}", lambda: window.carry_out("edit.redo")
    yield from (_basis(window, basis) for basis in Basis)
    yield "narrow", lambda: window.resize(1024, 700)
    yield "wide", lambda: window.resize(1440, 900)
    yield "file.save", lambda: window.carry_out("file.save")
    yield "dark", lambda: window.carry_out("view.dark")
    yield "light", lambda: window.carry_out("view.light")


def _page(window: MainWindow, name: str, page: str) -> Step:
    return name, lambda: window.carry_out(f"page.{page}")


def _basis(window: MainWindow, basis: Basis) -> Step:
    return f"lens.{basis.value}", lambda: session_of(window).count_by(basis)


class Gaps:
    """The longest turn of the event loop of each step, in seconds at the pace that is promised."""

    def __init__(self, watch: LoopWatch, qtbot: QtBot) -> None:
        """Nothing is measured yet."""
        self._watch, self._qtbot = watch, qtbot
        self.longest: dict[str, float] = {}

    def take(self, step: Step, until: Callable[[], bool] = lambda: True) -> None:
        """Take a step, and wait for what follows it in later turns."""
        name, act = step
        with self._watch.watching():
            QTimer.singleShot(0, act)
            self._qtbot.wait(20)
            self._qtbot.waitUntil(until)
            for _ in range(3):
                self._qtbot.wait(5)
        self.longest[name] = min(self._watch.longest, self.longest.get(name, 60.0))

    @property
    def felt(self) -> dict[str, str]:
        """The steps that kept the user waiting."""
        return {
            name: f"{gap * 1000:.0f} ms"
            for name, gap in self.longest.items()
            if gap > LARGER.get(name, LONGEST)
        }


def has(window: MainWindow, name: str) -> bool:
    """Whether a widget of that name is in a window."""
    return window.findChild(QWidget, name) is not None


def opened(program: Program, file: Path, gaps: Gaps) -> MainWindow:
    """Return a window with a scenario, opened as a step."""
    window = program.open_window()
    window.resize(1440, 900)
    gaps.take(("open", lambda: program.open_file(file, window)), lambda: window.is_filled)
    return window


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "as filed.db"
    with Document.create(sample("neotherapeutics-as-filed")) as document:
        document.save(file)
    return file


def test_a_day_at_the_window_never_keeps_the_user_waiting(
    program: Program, qtbot: QtBot, file: Path, loop_watch: LoopWatch
) -> None:
    gaps, warming = Gaps(loop_watch, qtbot), Warming(program)
    warming.ended.connect(program.prepare_pages)
    program.offer_samples()
    for _ in range(DAYS):
        window = opened(program, file, gaps)
        gaps.take(("prepare", warming.begin), partial(has, window, f"page.{PAGES[-1].name}"))
        for step in (*first_pages(window), *steps(window)):
            gaps.take(step)
        window.close_without_asking()
        if not gaps.felt:
            break
    assert gaps.felt == {}
    assert max(gaps.longest.values()) > 0.001  # something was measured


def test_a_page_that_is_gone_to_before_it_is_prepared_is_shown_without_a_wait(
    program: Program, qtbot: QtBot, file: Path, loop_watch: LoopWatch
) -> None:
    gaps = Gaps(loop_watch, qtbot)
    ChartsLibrary.of_program().load()
    qtbot.waitUntil(lambda: ChartsLibrary.of_program().is_loaded)
    for _ in range(DAYS):
        window = opened(program, file, gaps)
        for step in first_pages(window):
            gaps.take(step)
        window.close_without_asking()
        if not gaps.felt:
            break
    assert gaps.felt == {}
