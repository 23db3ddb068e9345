"""The time before the first window: what goes wrong then is noted, and told in one sentence."""

from __future__ import annotations

import builtins
import gc
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from neocapgui.gui.problem_log import ProblemLog, note
from neocapgui.gui.user_folder import user_folder

# New objects after which Python looks for circles among the youngest, the young and all: at its own 700, 10
# and 10 a start spends a fifteenth of its time on that, and finds nothing.
_CIRCLES = (50_000, 20, 50)
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
        """Let Qt look for its plugins nowhere in the working folder, which may be a stranger's."""
        self.trouble = ""  # why there is no window
        gc.set_threshold(*_CIRCLES)
        for name in _PLUGIN_PATHS:
            if name in os.environ:
                kept = [path for path in os.environ[name].split(os.pathsep) if os.path.isabs(path)]
                os.environ[name] = os.pathsep.join(kept)
                if not kept:
                    del os.environ[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> bool:
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
