"""A document made ready beside a window: read, its file locked, or who has it open already."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from neocapgui.document.refusal import one_line
from neocapgui.gui.files.in_use import FileLock, Keeper
from neocapgui.gui.turns import Step

if TYPE_CHECKING:
    from neocapgui.document.document import Document

# What reading and the calculations need: nothing of it has to do with Qt, so it is loaded in any thread.
_READ_WITH = (
    "document.snapshots",
    "engine.checks",
    "exchange.block_html",
    "exchange.samples",
    "figures.conversions",
    "figures.findables",
    "figures.grid.filling",
    "figures.grid.repairs",
    "figures.grid.selected",
    "figures.grid.sifted",
    "figures.next_dates",
    "figures.origins.workings",
    "figures.overview",
    "figures.pasting.recording",
    "figures.terms_sentence",
)
# What the window needs to show it: loaded in the window's thread, for it makes classes of Qt.
_SHOWN_WITH = (
    "session",
    "panels.as_of_field",
    "tables.table_model",
    "tables.copying",
    "tables.pasting",
    "tables.cell_commands",
    "tables.cell_delegate",
    "tables.head_commands",
    "tables.line_menu",
    "tables.table_view",
    "panels.timeline_bar",
    "panels.inspector",
    "panels.workplace",
    "files.changed_on_disk",
    "files.seal_notice",
    "search.search_field",
    "files.version_keeping",
    "guided_entry",
    "commands.of_session",
    "pages.overview_page",
)


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


def load_for_reading() -> None:
    """Load what reads a document and calculates with it; may run in a thread."""
    import numpy as np

    np.unique(np.empty(0))  # which loads a part of numpy of its own
    for name in _READ_WITH:
        importlib.import_module(f"neocapgui.{name}")


def loading_of_the_panels() -> Iterator[Step]:
    """Yield steps that load what shows a document, one after another in the window's thread."""
    for name in _SHOWN_WITH:
        yield partial(importlib.import_module, f"neocapgui.gui.{name}")


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
