"""The window never keeps the user waiting: no command holds the event loop for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from neocapgui.document.document import Document
from neocapgui.engine.lens import Basis
from neocapgui.exchange.samples import sample
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.warming import Warming
from neocapgui.ledger.edits import correct
from tests.gui.loop_watch import STEP, LoopWatch

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow
    from neocapgui.gui.session import Session

Step = tuple[str, Callable[[], object]]
ROUNDS = 2  # of everything that can be done again: what counts is the better one


def session_of(window: MainWindow) -> Session:
    assert window.session is not None
    return window.session


def rename(window: MainWindow, number: int) -> None:
    session = session_of(window)
    issuer = session.ledger.issuers[1]
    session.do(correct("Rename", issuer, replace(issuer, name=f"Company {number}")))


def steps(program: Program, window: MainWindow, file: Path) -> Iterator[Step]:
    """Yield what a user does in a day, each thing with its name."""
    yield "open", lambda: program.open_file(file, window)
    yield "warming", Warming(program).begin
    yield from (_page(window, f"first {page.name}", page.name) for page in PAGES)
    for _ in range(ROUNDS):
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


def test_a_day_at_the_window_never_keeps_the_user_waiting(
    program: Program, qtbot: QtBot, tmp_path: Path, loop_watch: LoopWatch
) -> None:
    file = tmp_path / "as filed.db"
    with Document.create(sample("neotherapeutics-as-filed")) as document:
        document.save(file)
    window = program.open_window()
    window.resize(1440, 900)
    program.offer_samples()
    qtbot.wait(1)
    gaps: dict[str, float] = {}
    for name, step in steps(program, window, file):
        with loop_watch.watching():
            QTimer.singleShot(0, step)
            qtbot.wait(20)
            if name == "open":
                qtbot.waitUntil(lambda: window.is_filled)
            elif name == "warming":
                qtbot.waitUntil(lambda: ChartsLibrary.of_program().is_loaded)
        gaps[name] = min(loop_watch.longest, gaps.get(name, 60.0))
    slow = {name: f"{gap * 1000:.0f} ms" for name, gap in gaps.items() if gap > STEP}
    assert slow == {}
    assert max(gaps.values()) > 0.001  # something was measured
