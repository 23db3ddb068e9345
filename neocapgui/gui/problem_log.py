"""The one text file that mistakes of the program end in: bounded, and without names, amounts or messages."""

from __future__ import annotations

import errno
import os
import platform
import re
import sys
import sysconfig
import traceback
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path, PurePath
from types import TracebackType

import neocapgui
from neocapgui.document.own_folder import is_plain_file
from neocapgui.gui.user_folder import private

LOG = "problems.log"
_OLD = "problems.old.log"
_LONGEST = 2_000_000  # bytes; then the log begins anew, and the one before it is kept beside it
_LONGEST_NOTE = 20_000  # characters of one note
_MOST_FRAMES = 40  # of a chain of calls; of a longer one the middle is left out
_MOST_CAUSES = 5

# Words of Qt's own messages: its classes, and English in small letters. All else may be the user's.
_OWN_WORD = re.compile(
    r"(Q\w*(::~?\w+)*(\(\))?|[a-z]{1,14}(n't)?|I|A|This|The|Could|Cannot|Failed|No)[,.:;]?"
)


class ProblemLog:
    """Takes notes; a disk that takes none does not bring a second problem."""

    def __init__(self, folder: Path) -> None:
        """Write into a folder, which need not be there yet."""
        self.path = folder / LOG

    def add(self, text: str) -> bool:
        """Add a note, and return whether it was written."""
        try:
            private(self.path.parent)
            if not is_plain_file(self.path) and os.path.lexists(self.path):
                return False  # a link leads to somebody's own file, and a pipe takes nothing
            if self.path.exists() and self.path.stat().st_size > _LONGEST:
                os.replace(self.path, self.path.with_name(_OLD))
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with os.fdopen(os.open(self.path, flags, 0o600), "a", encoding="utf-8", errors="replace") as log:
                log.write(text if len(text) <= _LONGEST_NOTE else f"{text[:_LONGEST_NOTE]}…\n")
        except OSError:
            return False
        return True


def heading() -> str:
    """Return the line that every note begins with: when, and in which program."""
    core = sys.modules.get("PySide6.QtCore")
    qt = f"Qt {core.qVersion()}" if core is not None else "no Qt yet"
    return (
        f"{datetime.now().astimezone().isoformat(timespec='seconds')}  neocapgui {neocapgui.__version__}, "
        f"Python {platform.python_version()}, {qt}, {platform.system()}\n"
    )


def note(error: BaseException, where: TracebackType | None) -> str:
    """Return what the log keeps of a mistake: what kind, and the lines of the program; no name or amount.

    The message of the error is left out, because it may hold what the user has entered.
    """
    lines = list(_told(error, where))
    cause, count = _cause(error), 0
    while cause is not None and count < _MOST_CAUSES:
        lines += ["  after", *_told(cause, cause.__traceback__)]
        cause, count = _cause(cause), count + 1
    return heading() + "\n".join(lines) + "\n"


def kind_of(error: BaseException, where: TracebackType | None) -> str:
    """Return by what a mistake is known again: its type and the place where it was made."""
    last = where
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{_place(last.tb_frame.f_code.co_filename)}:{last.tb_lineno}" if last is not None else "nowhere"
    return f"{_name(error)} at {place}"


def scrubbed(message: str) -> str:
    """Return a message of Qt without what may be the user's: paths, names, numbers.

    >>> scrubbed("QFile::open: Could not open /home/ann/Acme.db of Montrose, 12,345 bytes")
    'QFile::open: Could not open … of … bytes'
    """
    words = (word if _OWN_WORD.fullmatch(word) else "…" for word in message[:2000].split())
    kept: list[str] = []
    for word in words:
        if word != "…" or kept[-1:] != ["…"]:
            kept.append(word)
    return " ".join(kept)


def scrubbed_dump(dump: str) -> str:
    """Return what Python wrote of a native crash with its files named without the folders of the user."""
    return re.sub(r'File "([^"]*)"', lambda found: f'File "{_place(found[1])}"', dump)


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _told(error: BaseException, where: TracebackType | None) -> Iterator[str]:
    sqlite = getattr(error, "sqlite_errorname", "")
    code = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else str(sqlite)
    yield f"  {_name(error)}{f' ({code})' if code else ''}"
    frames = traceback.extract_tb(where)
    half = _MOST_FRAMES // 2
    for number, frame in enumerate(frames):
        if len(frames) > _MOST_FRAMES and half <= number < len(frames) - half:
            if number == half:
                yield f"    … {len(frames) - _MOST_FRAMES} calls"
            continue
        yield f"    {_place(frame.filename)}:{frame.lineno} in {frame.name}"


def _place(file: str) -> str:
    """Return a file of the program, or of what it is built on, without the folders of the user above it."""
    if file.startswith("<") or not PurePath(file).is_absolute():
        return file
    package = PurePath(neocapgui.__file__).parent
    for root in (package.parent, *map(PurePath, sysconfig.get_paths().values())):
        try:
            return PurePath(file).relative_to(root).as_posix()
        except ValueError:
            continue
    return PurePath(file).name
