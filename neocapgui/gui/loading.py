"""What is loaded in which order, so that a document is on the screen before what can wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module

from neocapgui.gui.turns import Step

# Nothing of the first two has to do with Qt, so it is loaded in any thread.
_READ_WITH = (
    "document.document",
    "document.snapshots",
)
_CALCULATED_WITH = (
    "engine.checks",
    "figures.conversions",
    "figures.findables",
    "figures.grid.filling",
    "figures.grid.repairs",
    "figures.grid.selected",
    "figures.grid.sifted",
    "figures.next_dates",
    "figures.origins.workings",
    "figures.overview",
    "figures.terms_sentence",
    "exchange.samples",
)
# What follows makes classes of Qt, so the window's thread loads it: panels, then what acts in them.
_SHOWN_WITH = (
    "session",
    "panels.timeline_bar",
    "panels.inspector",
    "panels.workplace",
    "files.changed_on_disk",
)
_ACTED_WITH = (
    "panels.as_of_field",
    "tables.table_model",
    "tables.copying",
    "tables.cell_commands",
    "tables.cell_delegate",
    "tables.head_commands",
    "tables.line_menu",
    "tables.table_view",
    "findings_watch",
    "files.seal_notice",
    "search.search_field",
    "files.version_keeping",
    "guided_entry",
    "commands.of_session",
    "pages.overview_page",
)


def load_for_reading() -> None:
    """Load what reads a document; may run in a thread."""
    for name in _READ_WITH:
        import_module(f"neocapgui.{name}")


def load_for_calculating() -> None:
    """Load what calculates with a document; may run in a thread."""
    import numpy as np

    np.unique(np.empty(0))  # which loads a part of numpy of its own
    for name in _CALCULATED_WITH:
        import_module(f"neocapgui.{name}")


def loading_of_the_panels() -> Iterator[Step]:
    """Yield steps that load what shows a document, one after another in the window's thread."""
    for name in _SHOWN_WITH:
        yield partial(import_module, f"neocapgui.gui.{name}")


def loading_of_the_commands() -> Iterator[Step]:
    """Yield steps that load what acts in the panels, and the first page."""
    for name in _ACTED_WITH:
        yield partial(import_module, f"neocapgui.gui.{name}")
