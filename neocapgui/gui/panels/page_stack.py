"""The pages in the centre: each is made when it is first shown, and kept up to date only while it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.gui.page_register import PAGES, PageEntry
from neocapgui.gui.panels.scrolled_page import ScrolledPage
from neocapgui.gui.session import Session
from neocapgui.gui.turns import Step

_ENTRIES = {page.name: page for page in PAGES}
_MADE = object()


@runtime_checkable
class Refreshes(Protocol):
    """A page that can show the session anew."""

    def refresh(self) -> None:
        """Show the session as it stands."""


@runtime_checkable
class Selects(Protocol):
    """A page on which a stakeholder or a security can be pointed at."""

    selected: SignalInstance


@runtime_checkable
class ChoosesStakes(Protocol):
    """A page on which the stake of a company in another can be pointed at."""

    stake_chosen: SignalInstance


@runtime_checkable
class LeadsOn(Protocol):
    """A page from which one goes to the place of a fact."""

    went_to: SignalInstance


@runtime_checkable
class LeadsToPages(Protocol):
    """A page from which one goes to other pages."""

    page_wanted: SignalInstance


@runtime_checkable
class Compares(Protocol):
    """A page that can show another scenario beside this one."""

    beside_shown: SignalInstance


@runtime_checkable
class ShowsPlaces(Protocol):
    """A page that can bring a fact into sight; it says whether it has it."""

    def show_place(self, place: Place) -> bool:
        """Bring the fact into sight."""


@runtime_checkable
class CarriesOut(Protocol):
    """A page that has commands of its own among those of the window."""

    def carry_out(self, command: str) -> None:
        """Do what a command of the page does."""


class PageStack(QWidget):
    """Shows one page of a session at a time."""

    shown = Signal(str)  # the name of the page
    selected = Signal(object, object)  # a stakeholder, a security
    stake_chosen = Signal(int, int)  # who owns, and what: two issuers
    went_to = Signal(object)  # a Place
    page_wanted = Signal(str)  # the name of a page to go to
    beside_shown = Signal(object)  # the OtherDays of the scenario that is shown beside this one

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Hold the pages of a session; none is shown yet."""
        super().__init__(parent)
        self._session = session
        self._pages: dict[str, QWidget] = {}
        self._frames: dict[str, ScrolledPage] = {}
        self._making: dict[str, Iterator[None]] = {}  # pages that are made in part
        self._stale: set[str] = set()
        self._stack = QStackedWidget()
        self.current = ""
        self.setProperty("look", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 14)
        layout.addWidget(self._stack)
        self._stack.addWidget(QWidget())  # in front until the first page is whole
        for signal in (session.opened, session.edited, session.lens_changed):
            signal.connect(self.refresh)

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        if name == self.current:
            return
        for step in self.making_of(name):
            step()
        if name in self._stale:
            self._refresh(name)
        self.current = name
        self._stack.setCurrentWidget(self._frames[name])
        self.shown.emit(name)

    def making_of(self, name: str) -> Iterator[Step]:
        """Yield steps that make a page, or what is missing of it, before it is shown."""
        if name not in self._pages and name not in self._making:
            self._making[name] = self._make(_ENTRIES[name])
        while name in self._making:
            yield partial(self._go_on_making, name)

    def show_place(self, place: Place) -> None:
        """Go to the page that has a fact, and bring the fact into sight."""
        for page in PAGES:
            if place.table in page.tables:
                self.show_page(page.name)
                shown = self._pages[page.name]
                if isinstance(shown, ShowsPlaces):
                    shown.show_place(place)
                return

    def carry_out(self, name: str, command: str) -> None:
        """Do what a command of a page does; where another page is in front, only bring that page there."""
        was_shown = name == self.current
        self.show_page(name)
        page = self._pages[name]
        if was_shown and isinstance(page, CarriesOut):
            page.carry_out(command)

    def refresh(self) -> None:
        """Show the session anew on the page that is seen; the others follow when they are."""
        self._stale = {*self._pages, *self._making}
        if self.current:
            self._refresh(self.current)

    def _refresh(self, name: str) -> None:
        self._stale.discard(name)
        page = self._pages[name]
        if isinstance(page, Refreshes):
            page.refresh()

    def _go_on_making(self, name: str) -> None:
        making = self._making.get(name)
        has_more = False
        try:
            has_more = making is not None and next(making, _MADE) is not _MADE
        finally:  # also where a mistake has ended it
            if not has_more:
                self._making.pop(name, None)

    def _make(self, entry: PageEntry) -> Iterator[None]:
        page, filling = entry.begun(self._session)
        frame = self._frames[entry.name] = ScrolledPage(page, self._stack)
        self._stack.addWidget(frame)
        yield
        yield from filling
        if isinstance(page, Selects):
            page.selected.connect(self.selected)
        if isinstance(page, ChoosesStakes):
            page.stake_chosen.connect(self.stake_chosen)
        if isinstance(page, LeadsOn):
            page.went_to.connect(self.went_to)
        if isinstance(page, LeadsToPages):
            page.page_wanted.connect(self.page_wanted)
        if isinstance(page, Compares):
            page.beside_shown.connect(self.beside_shown)
        self._pages[entry.name] = page
