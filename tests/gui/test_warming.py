"""What the windows will need is loaded before it is asked for, and a chart waits until it can be drawn."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.warming import Warming

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[2]

WARMED = """
import sys
from PySide6.QtCore import QTimer
from neocapgui.gui.app import Application, Program
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.warming import Warming
application = Application()
program = Program(application)
window = program.open_window()
warming = Warming(application)
warming.can_read.connect(program.offer_samples)
turns = []
timer = QTimer(interval=0)
timer.timeout.connect(lambda: turns.append("pyqtgraph" in sys.modules))
timer.start()
def look():
    if "neocapgui.gui.dialogs.versions_dialog" in sys.modules:
        application.quit()
watch = QTimer(interval=1)
watch.timeout.connect(look)
watch.start()
QTimer.singleShot(60_000, application.quit)
QTimer.singleShot(0, warming.begin)
application.exec()
assert ChartsLibrary.of_program().is_loaded
assert "neocapgui.gui.charts.stacked_chart" in sys.modules
assert "neocapgui.gui.pages.history_page" in sys.modules
assert turns.index(True) > 20, turns.index(True)
"""


def test_everything_is_loaded_between_turns_of_the_event_loop() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", WARMED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def test_warming_ends_where_charts_were_drawn_before_it(qapp: QApplication, qtbot: QtBot) -> None:
    """Whoever went to a chart at once had no page prepared: what was loaded already was waited for."""
    charts = ChartsLibrary.of_program()
    charts.load()
    qtbot.waitUntil(lambda: charts.is_loaded)
    around = QObject()
    warming = Warming(around)
    with qtbot.waitSignal(warming.ended):
        warming.begin()
