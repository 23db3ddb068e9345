"""The library that draws charts, loaded beside the window: its import takes half a second."""

from __future__ import annotations

import gc
import importlib
import sys
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from shiboken6 import isValid

from neocapgui.gui.beside import Beside
from neocapgui.gui.turns import Step, Turns

_NAME = "pyqtgraph"
_QT = ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets")
_DRAWING = (
    "bands",
    "legend",
    "zoomed_plot",
    "day_plot",
    "read_out",
    "stacked_chart",
    "landmarks",
    "price_plot",
    "curve_chart",
)


class ChartsLibrary(QObject):
    """Knows whether charts can be drawn.

    The library copies every class of Qt, and Qt's own binding makes a class when it is first asked for, in no
    more than one thread. So the classes are made here, a few at a time, before the library is imported in a
    thread.
    """

    loaded = Signal()

    def __init__(self, parent: QObject) -> None:
        """Load nothing yet."""
        super().__init__(parent)
        self._beside = Beside(self)
        self._is_under_way = False
        self._waiting: deque[tuple[QObject, Callable[[], None]]] = deque()
        self._soon = QTimer(self, interval=0)
        self._soon.timeout.connect(self._serve)

    @classmethod
    def of_program(cls) -> ChartsLibrary:
        """Return the one of the program."""
        application = QCoreApplication.instance()
        if application is None:
            raise RuntimeError("Charts are drawn in a program with windows.")
        return application.findChild(cls) or cls(application)

    @property
    def is_loaded(self) -> bool:
        """Whether a chart can be drawn at once."""
        return not self._is_under_way and _NAME in sys.modules

    def load(self) -> None:
        """Begin to load, unless that is done or under way."""
        if not self._is_under_way and not self.is_loaded:
            self._is_under_way = True
            Turns(_classes(), self._import, self).begin()

    def when_loaded(self, then: Callable[[], None], asker: QObject) -> None:
        """Go on with a method of `asker` once charts can be drawn, in a turn of the event loop of its own."""
        self._waiting.append((asker, then))
        if self.is_loaded:
            self._soon.start()
        else:
            self.load()

    def _serve(self) -> None:
        """Let one go on that waited, the first one that is still there."""
        while self._waiting:
            asker, then = self._waiting.popleft()
            if isValid(asker):
                then()
                return
        self._soon.stop()

    def _import(self) -> None:
        self._beside.work(partial(importlib.import_module, _NAME), self._go_on)

    def _go_on(self, _: ModuleType) -> None:
        Turns(_drawing(), self._end, self).begin()

    def _end(self) -> None:
        self._is_under_way = False
        gc.freeze()  # what is loaded stays: the collector of garbage need not go over it again and again
        self._soon.start()
        self.loaded.emit()


def _classes() -> Iterator[Step]:
    for name in _QT:
        yield partial(importlib.import_module, name)
        module = sys.modules[name]
        for attribute in dir(module):
            yield partial(getattr, module, attribute)


def _drawing() -> Iterator[Step]:
    for name in _DRAWING:
        yield partial(importlib.import_module, f"neocapgui.gui.charts.{name}")
