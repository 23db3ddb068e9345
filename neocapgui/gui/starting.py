"""The time before the first window: what goes wrong then is noted, and told in one sentence."""

from __future__ import annotations

import builtins
import gc
import os
import signal
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from neocapgui.gui.problem_log import ProblemLog, note
from neocapgui.gui.user_folder import user_folder

# New objects after which Python looks for circles among the youngest, the young and all: at its own 700, 10
# and 10 a start spends a fifteenth of its time on that, and finds nothing.
_CIRCLES = (50_000, 20, 50)
# numpy's linear algebra, of which nothing here is asked, begins a thread for each core of the machine, and
# each is busy with nothing at first, while the window has to be drawn.
_ONE_THREAD = "OPENBLAS_NUM_THREADS"
_PLUGIN_PATHS = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")


def load_qt() -> str:
    """Load Qt's binding and return Qt's version; the import statement stays Python's own.

    The binding puts one in its place that reads the source of every module imported later, in search of
    switches (`__feature__`) that are used nowhere here; every import takes a third longer with it.
    """
    plain = builtins.__import__
    from PySide6 import QtCore

    builtins.__import__ = plain
    return QtCore.qVersion()


class Starting:
    """Answers what is raised while the program starts."""

    def __init__(self) -> None:
        """Look for Qt's plugins nowhere in the working folder, which may be a stranger's; spare the cores."""
        self.trouble = ""  # why there is no window
        gc.set_threshold(*_CIRCLES)
        os.environ.setdefault(_ONE_THREAD, "1")
        for name in _PLUGIN_PATHS:
            if name in os.environ:
                kept = [path for path in os.environ[name].split(os.pathsep) if os.path.isabs(path)]
                os.environ[name] = os.pathsep.join(kept)
                if not kept:
                    del os.environ[name]
        self._interrupt = signal.getsignal(signal.SIGINT)

    def __enter__(self) -> Self:
        """Let Ctrl+C in a terminal end the program at once, as any other signal does.

        Python's own way raises at whatever line is at work, between the disk and the screen of an edit maybe,
        and the program goes on after it; what was edited is on the disk, and is offered at the next start.
        """
        if self._interrupt is signal.default_int_handler:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> bool:
        if self._interrupt is signal.default_int_handler:
            signal.signal(signal.SIGINT, self._interrupt)
        if error is None or not isinstance(error, Exception):
            return False
        log, is_noted = Path(), False
        with suppress(OSError, RuntimeError):  # RuntimeError: no home folder is known
            log = user_folder()
            is_noted = ProblemLog(log).add(note(error, where))
        self.trouble = "neocapgui could not start because of a mistake of its own; " + (
            f"a note without names or amounts is in {ProblemLog(log).path}."
            if is_noted
            else f"the mistake is {type(error).__name__}, and no note could be written in {log}."
        )
        return True
