"""A document made ready beside a window: read, its file locked, or who has it open already."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from neocapgui.document.refusal import one_line
from neocapgui.gui.files.in_use import FileLock, Keeper
from neocapgui.gui.loading import load_for_reading

if TYPE_CHECKING:
    from neocapgui.document.document import Document


class Taking(Enum):
    """What is done where somebody else has the file open."""

    ASK = "ask"
    READ_ONLY = "read-only"
    ANYWAY = "anyway"


@dataclass(frozen=True, slots=True)
class Opened:
    """A document ready to be shown, the lock on its file, and why it cannot be saved there."""

    document: Document
    lock: FileLock | None = None
    only_read: str = ""


def opened(read: Callable[[], Document], taking: Taking = Taking.ASK) -> Opened | Keeper:
    """Read a document and lock its file; may run in a thread.

    Where somebody else has the file open, it is opened read-only or anyway if that is wanted; otherwise the
    one who has it is returned, and the document is closed again.
    """
    load_for_reading()
    document = read()
    try:
        path = document.path
        if path is None:
            return Opened(document)
        if forbidden := _forbidden(path):
            return Opened(document, None, forbidden)
        lock = FileLock(path)
        keeper = lock.take_over(datetime.now()) if taking is Taking.ANYWAY else lock.take(datetime.now())
        if keeper is None:
            return Opened(document, lock)
        if taking is not Taking.ASK:
            return Opened(document, None, f"{keeper.sentence} It is shown here to be read.")
    except BaseException:
        document.close(keep=document.is_modified)
        raise
    document.close()
    return keeper


def _forbidden(path: Path) -> str:
    """Return why nothing may be written in the place of a file; "" where it may or it is gone."""
    if not os.path.isfile(path):
        return ""
    real = Path(os.path.realpath(path))
    name = one_line(path.name)
    if not os.access(real, os.W_OK) or not real.stat().st_mode & 0o222:
        return f"{name} can only be read: the file is write-protected."
    if not os.access(real.parent, os.W_OK | os.X_OK):
        return f"{name} can only be read: nothing can be written in its folder."
    return ""
