"""Child processes by the hundred: everything is imported once, and each child is forked, watched and killed.

`python -m tests.children` is the process that forks; `Children` is the hand that asks it from a test.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests import tracing

ROOT = Path(__file__).parents[1]
CAN_FORK = hasattr(os, "fork")


@dataclass(frozen=True, slots=True)
class Life:
    """What became of one child."""

    said: tuple[str, ...]  # the lines that it got out before it ended
    exit: int  # below 0: the number of the signal that ended it
    is_late: bool  # it was ended because it took longer than it may
    seconds: float  # of the processor: how busy the machine is does not count
    memory: int  # the most that it held, in kibibytes
    calls: int  # of the system that would change a file, where they were counted


class Children:
    """Asks for children, one at a time; the process that forks them ends with the `with` block."""

    def __init__(self, home: Path, modules: Sequence[str]) -> None:
        """Start the process that forks, which imports some modules once for all children."""
        surroundings = dict(os.environ) | {"NEOCAPGUI_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.children", *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=surroundings,
        )

    def live(
        self,
        deed: str,
        *details: Any,
        at_most: float = 60.0,
        kill_after: float | None = None,
        kill_at_call: int | None = None,
    ) -> Life:
        """Let a child do `module:function` with `say` and some details, and return what became of it.

        It is killed (signal 9) so many seconds after its first line, or right before the so-manieth call that
        would change a file after it; 0 calls only counts them.
        """
        asked = [deed, details, at_most, kill_after, kill_at_call]
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        return Life(**answer | {"said": tuple(answer["said"])})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()  # it ends when nothing more is asked


def _live(
    deed: str, details: Sequence[Any], at_most: float, kill_after: float | None, kill_at_call: int | None
) -> Life:
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ear)
        _be(deed, details, mouth, is_traced=kill_at_call is not None)
    os.close(mouth)
    began = time.monotonic()
    heard = _Heard(ear)
    calls = 0
    is_late = False
    if kill_at_call is not None:
        calls = tracing.run(child, kill_at_call, began + at_most, heard.has_line)
        is_late = time.monotonic() > began + at_most
    elif not heard.listen(began + at_most, lines=1):
        is_late = True
    else:
        ends = began + at_most if kill_after is None else time.monotonic() + kill_after
        is_late = not heard.listen(ends) and kill_after is None
    with suppress(ProcessLookupError):  # it may have ended by itself
        os.kill(child, signal.SIGKILL)
    _, status, used = os.wait4(child, 0)
    heard.listen(time.monotonic() + 10)
    os.close(ear)
    return Life(
        heard.lines,
        os.waitstatus_to_exitcode(status),
        is_late,
        used.ru_utime + used.ru_stime,
        used.ru_maxrss,
        calls,
    )


class _Heard:
    """What a child has said so far."""

    def __init__(self, ear: int) -> None:
        self._ear, self._text = ear, b""

    def listen(self, until: float, lines: int | None = None) -> bool:
        """Listen until so many lines were said, or all; return False where it takes too long."""
        while lines is None or self._text.count(b"\n") < lines:
            if not select.select([self._ear], [], [], max(0.0, until - time.monotonic()))[0]:
                return False
            part = os.read(self._ear, 1 << 16)
            if not part:
                return True
            self._text += part
        return True

    def has_line(self) -> bool:
        """Return whether anything was said by now."""
        return bool(self._text) or self.listen(0, lines=1)

    @property
    def lines(self) -> tuple[str, ...]:
        """The whole lines that were said."""
        return tuple(self._text.decode(errors="replace").split("\n")[:-1])


def _be(deed: str, details: Sequence[Any], mouth: int, is_traced: bool) -> None:
    """Do what the child is there for, and end without a word to anybody."""
    answer = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)  # the answers of the process that forks go their own way
        if is_traced:
            tracing.be_traced()
        module, _, name = deed.partition(":")

        def say(line: str) -> None:
            os.write(mouth, f"{line}\n".encode())

        answer = int(getattr(importlib.import_module(module), name)(say, *details) or 0)
    finally:
        error = sys.exc_info()[1]
        if error is not None:
            sys.excepthook(type(error), error, error.__traceback__)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(answer)


def _serve(modules: Sequence[str]) -> None:
    for module in modules:
        importlib.import_module(module)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(_live(*json.loads(line)))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1:])
