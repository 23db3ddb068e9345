"""What the windows will need is loaded before it is asked for, beside them and in steps that are not felt."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import partial
from itertools import chain

from PySide6.QtCore import QObject, Signal

from neocapgui.gui.beside import Beside
from neocapgui.gui.charts.loading import ChartsLibrary
from neocapgui.gui.loading import (
    load_for_calculating,
    load_for_reading,
    loading_of_the_commands,
    loading_of_the_panels,
)
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.turns import Step, Turns

# What dialogs need and no page does.
_FIGURES = (
    "checks.sheet",
    "differences_table",
    "origins.explained",
    "guided.answered",
    "pasting.recording",
)
_DIALOGS = ("check_dialog", "explain_dialog", "guided_dialog", "paste_preview", "versions_dialog")


class Warming(QObject):
    """Loads first what reads documents, in a thread; then panels, pages and charts, between other events."""

    can_read = Signal()  # documents can be read without loading anything more
    ended = Signal()  # everything is loaded

    def __init__(self, parent: QObject) -> None:
        """Load nothing yet."""
        super().__init__(parent)
        self._beside = Beside(self)
        self._has_begun = False

    def load_for_reading(self) -> None:
        """Load only what reads a document, while its window is made; the rest would keep it waiting."""
        self._beside.work(load_for_reading, lambda _: None)

    def begin(self) -> None:
        """Begin, unless that was done before."""
        if not self._has_begun:
            self._has_begun = True
            self._beside.work(_load_without_qt, lambda _: self._go_on())

    def _go_on(self) -> None:
        self.can_read.emit()
        charts = ChartsLibrary.of_program()
        pages = chain(loading_of_the_panels(), loading_of_the_commands(), _loading_of_the_pages())
        Turns(pages, partial(charts.when_loaded, self._go_on_with_dialogs, self), self).begin()

    def _go_on_with_dialogs(self) -> None:
        """Load the figures of dialogs in the thread, then the dialogs."""
        self._beside.work(
            lambda: [importlib.import_module(f"neocapgui.figures.{name}") for name in _FIGURES],
            lambda _: Turns(_loading_of_the_dialogs(), self.ended.emit, self).begin(),
        )


def _load_without_qt() -> None:
    load_for_reading()
    load_for_calculating()


def _loading_of_the_pages() -> Iterator[Step]:
    for page in PAGES:
        yield partial(importlib.import_module, page.factory.partition(":")[0])


def _loading_of_the_dialogs() -> Iterator[Step]:
    for name in _DIALOGS:
        yield partial(importlib.import_module, f"neocapgui.gui.dialogs.{name}")
