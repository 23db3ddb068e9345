"""Many small steps, done a few in each turn of the event loop, so that the window answers between them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QObject, QTimer

Step = Callable[[], object]

_FELT = 0.012  # seconds of one turn after which the next step waits for another


class Turns(QObject):
    """Does steps in their order; what can be done at once is done when it begins.

    What a step raises is told as any mistake of the program, and the steps after it follow all the same.
    """

    def __init__(self, steps: Iterable[Step], then: Step, parent: QObject) -> None:
        """Do some steps, and `then` what follows them; nothing is done yet."""
        super().__init__(parent)
        self._steps: Iterator[Step] = iter(steps)
        self._then = then
        self._is_over = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.begin)

    def begin(self) -> None:
        """Do as many steps as are not felt; the others follow by themselves."""
        began = time.perf_counter()
        try:
            for step in self._steps:
                step()
                if time.perf_counter() - began > _FELT:
                    return
            self._end()
        finally:
            if not self._is_over:
                self._soon.start()  # not before: what waits since then comes first

    def begin_later(self) -> None:
        """Begin in the next turn."""
        self._soon.start()

    def settle(self) -> None:
        """Do at once all that is left."""
        for step in self._steps:
            step()
        self._end()

    def _end(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._soon.stop()
            self._then()
            self.deleteLater()
