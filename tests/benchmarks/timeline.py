"""How long the event loop is held while the timeline is dragged over a large scenario, page by page.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.timeline --transactions 100000 1000000

A hold is the time between two beats of a timer, in processor time, since machines are shared: that of the
window's thread alone, and that of the program, in which the thread beside the window may have held it up. On
a machine that is not shared the hold lies between the two. Sixty days are gone over, one every 16 ms. Nothing
here is a test: it prints, and never fails.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.large_scenario import large_scenario
from tests.benchmarks.scale import AS_OF

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from neocapgui.gui.main_window import MainWindow

_DAYS, _PACE = 60, 16  # days gone over, and milliseconds for each: as often as a screen is painted
_FAR = 29  # days from one to the next
_QUIET = 1.0  # seconds without a hold, after which a page has settled


class Holds:
    """The times between the beats of a timer."""

    def __init__(self) -> None:
        """Begin to beat."""
        from PySide6.QtCore import Qt, QTimer

        self.times: list[tuple[float, float]] = []  # of the window's thread and of all, in seconds
        self._last = time.thread_time(), time.process_time()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(1)

    def _beat(self) -> None:
        now = time.thread_time(), time.process_time()
        self.times.append((now[0] - self._last[0], now[1] - self._last[1]))
        self._last = now

    def begin(self) -> None:
        """Forget what was."""
        self.times.clear()
        self._last = time.thread_time(), time.process_time()

    def longest(self, clock: int) -> float:
        """Return the longest hold in milliseconds: 0 of the window's thread, 1 of all."""
        return 1000 * max((one[clock] for one in self.times), default=0.0)


def wait(application: QApplication, is_over: Callable[[], bool]) -> None:
    """Let the window live until something is over."""
    from PySide6.QtCore import QEventLoop

    while not is_over():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def rest(application: QApplication, seconds: float) -> None:
    """Let the window live for a time."""
    began = time.perf_counter()
    wait(application, lambda: time.perf_counter() - began > seconds)


def dragged(application: QApplication, window: MainWindow, page: str, bridge_from: date | None) -> str:
    """Drag the handle while a page is in front, and return what it cost as a line."""
    from PySide6.QtCore import QDate, QTimer

    from neocapgui.gui.pages.charts_page import ChartsPage
    from neocapgui.gui.panels.timeline_bar import TimelineBar

    session, timeline = window.session, window.findChild(TimelineBar)
    assert session is not None
    assert isinstance(timeline, TimelineBar)
    session.look_on(AS_OF)
    window.carry_out(f"page.{page}")
    charts = window.findChild(ChartsPage)
    if isinstance(charts, ChartsPage):
        charts.views.choose("over_time" if bridge_from is None else "bridge")
        if charts.bridge is not None and bridge_from is not None:
            charts.bridge.first.setDate(QDate(bridge_from.year, bridge_from.month, bridge_from.day))
    holds = Holds()
    rest(application, _QUIET)
    days = iter([AS_OF - timedelta(_FAR * place) for place in range(1, _DAYS + 1)])
    shown: list[date] = []
    at_end: list[float] = []

    def step() -> None:
        day = next(days, None)
        if day is None:
            moving.stop()
            at_end.append(time.perf_counter())
        else:
            timeline.setValue(day.toordinal())

    def show() -> None:
        shown.append(session.lens.as_of)

    session.lens_changed.connect(show)
    moving = QTimer(interval=_PACE)
    moving.timeout.connect(step)
    holds.begin()
    moving.start()
    last = AS_OF - timedelta(_FAR * _DAYS)
    wait(application, lambda: bool(at_end) and session.lens.as_of == last)
    followed = max(0.0, time.perf_counter() - at_end[0])
    rest(application, 0.1)
    session.lens_changed.disconnect(show)
    return (
        f"{page if bridge_from is None else 'charts: bridge':16}{holds.longest(0):>10,.1f} ms"
        f"{holds.longest(1):>13,.1f} ms{len(shown):>12}{1000 * followed:>10,.1f} ms"
    )


def main() -> None:
    """Open the window on large scenarios and drag; print a line for each page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, nargs="+", default=[100_000])
    parser.add_argument("--pages", nargs="*", default=[])
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["NEOCAPGUI_HOME"] = home
        for count in chosen.transactions:
            _measure(count, chosen.pages, Path(home) / f"{count}.db")


def _measure(count: int, pages: list[str], path: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from neocapgui.document.document import Document
    from neocapgui.gui.app import Application, Program
    from neocapgui.gui.findings_watch import FindingsWatch
    from neocapgui.gui.page_register import PAGES

    made = Document.create(large_scenario(count))
    made.save(path)
    made.close()
    application = QApplication.instance() or Application()
    assert isinstance(application, Application)
    program = Program(application)
    window = program.open_window()
    window.resize(1440, 900)
    program.open_file(path, window)
    wait(application, lambda: window.session is not None)
    session = window.session
    assert session is not None
    wait(application, lambda: FindingsWatch.of(session).is_current)
    print(f"{count:,} transactions")
    names = ("longest hold", "of all threads", "days shown", "followed in")
    heads = zip(names, (13, 16, 12, 13), strict=True)
    print(f"{'':16}" + "".join(f"{head:>{wide}}" for head, wide in heads), flush=True)
    for page in PAGES:
        if not pages or page.name in pages:
            print(dragged(application, window, page.name, None), flush=True)
            if page.name == "charts":
                print(dragged(application, window, page.name, date(2000, 1, 1)), flush=True)
    window.close()


if __name__ == "__main__":
    main()
