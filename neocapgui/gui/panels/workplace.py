"""What stands between top bar and status line: group, pages, inspector and timeline of a session."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.panels.behind import CatchingUp, Veil
from neocapgui.gui.panels.group_tree import GroupTree
from neocapgui.gui.panels.inspector import Inspector
from neocapgui.gui.panels.page_list import PageList
from neocapgui.gui.panels.page_stack import PageStack
from neocapgui.gui.panels.play_button import PlayButton
from neocapgui.gui.panels.timeline_bar import TimelineBar
from neocapgui.gui.session import Session
from neocapgui.gui.turns import Step, Turns
from neocapgui.gui.widgets.switch import Switch

_LEFT = 274
_RIGHT = 300
_AIR = 10
_LEAST_LEFT, _LEAST_RIGHT = 22, 27  # letters of middling width
_FOLDED = 140  # letters for all panels below which the inspector folds away
_CLOSE = 100  # letters below which the left panel is as narrow as it gets, too


class Workplace(QWidget):
    """The panels of a session."""

    page_shown = Signal(str)
    findings_counted = Signal(int, bool, str)  # how many, whether that is up to date, and of which severity
    inspector_shown = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Lay out the panels of a session."""
        super().__init__(parent)
        self._session = session
        self._wants_inspector = True
        self._was_narrow = self._was_close = False
        self.group = GroupTree(session)
        self.page_list = PageList()
        self.pages = PageStack(session)
        self.inspector = Inspector(session)
        self.timeline = TimelineBar(session)
        self._left = QSplitter(Qt.Orientation.Vertical)
        self._left.addWidget(self.group)
        self._left.addWidget(self.page_list)
        self._left.setStretchFactor(1, 1)
        self._across = QSplitter(Qt.Orientation.Horizontal)
        for panel in (self._left, self.pages, self.inspector):
            self._across.addWidget(panel)
        for splitter in (self._left, self._across):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(_AIR)
        self._across.setStretchFactor(1, 1)
        self._across.setSizes([_LEFT, 1000, _RIGHT])
        self.pages.setMinimumWidth(360)
        self._give_panels_room()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._across, 1)
        over_time = QHBoxLayout()
        over_time.setSpacing(2)
        over_time.addWidget(PlayButton(self.timeline), 0, Qt.AlignmentFlag.AlignTop)
        over_time.addWidget(self.timeline, 1)
        layout.addLayout(over_time)
        self._connect()
        Veil(session, self.group)
        Veil(session, self.pages, has_words=True)
        Veil(session, self.inspector)
        CatchingUp(session, self)

    def show_page(self, name: str) -> None:
        """Bring a page to the front and go on typing there: in its first table, or else its first field."""
        with self.inspector.waiting():
            self.pages.show_page(name)
            tables = _tables_in(self.pages)
            if tables:
                tables[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            else:
                _take_focus(self.pages)

    def first_showing(self, name: str) -> Iterator[Step]:
        """Yield steps that make a page out of sight and show it, unless another one is in front by then.

        Where none is named it is the first of the list.
        """
        name = name or PAGES[0].name
        yield from self.pages.making_of(name)
        yield partial(self._show_first, name)

    def _show_first(self, name: str) -> None:
        from neocapgui.gui.first_company import go_to_first_step

        if not self.pages.current:
            self.show_page(name)
            begins = name == PAGES[0].name  # else one goes on typing on the page on which one left off
            if not go_to_first_step(self.pages) and begins and self.page_list.isVisible():
                self.page_list.setFocus()

    def prepare_pages(self) -> None:
        """Make all pages that were not shown yet, in steps between other events."""
        steps = chain.from_iterable(self.pages.making_of(page.name) for page in PAGES)
        Turns(steps, lambda: None, self).begin_later()

    def go_to(self, place: Place) -> None:
        """Go to the place of a fact, or to the empty line; a holder or security is explained beside it."""
        ledger = self._session.ledger
        if place.table == "issuers" and place.id in ledger.issuers:
            self._session.look_at(place.id)
        elif place.table == "securities" and place.id in ledger.securities:
            self._session.look_at(ledger.securities[place.id].issuer)
        self.pages.show_place(place)
        if place.table == "stakeholders" and place.id in ledger.stakeholders:
            self.inspector.show_selected(place.id, None)
        elif place.table == "securities" and place.id in ledger.securities:
            self.inspector.show_selected(None, place.id)

    def show_group(self, is_shown: bool) -> None:
        """Show or hide the left panel."""
        self._left.setVisible(is_shown)

    def show_inspector(self, is_shown: bool) -> None:
        """Show or hide the right panel."""
        self._wants_inspector = is_shown
        self._set_inspector(is_shown)

    def prefer_inspector(self, is_preferred: bool) -> None:
        """Show the right panel if that is preferred and there is room for it."""
        self._wants_inspector = is_preferred
        self._set_inspector(is_preferred and not self._was_narrow)

    def go_on(self) -> None:
        """Give the focus to the next part of the window."""
        areas = [
            area
            for area in (self.group, self.page_list, self.pages, self.inspector, self.timeline)
            if area.isVisible()
        ]
        focused = self.window().focusWidget()
        inside = [area is focused or (focused is not None and area.isAncestorOf(focused)) for area in areas]
        here = inside.index(True) if True in inside else -1
        for step in range(1, len(areas) + 1):
            if _take_focus(areas[(here + step) % len(areas)]):
                return

    def step_view(self, way: int) -> None:
        """Show the next view of the table that has the focus, or the one before, and go on typing there."""
        around: QWidget | None = self.window().focusWidget()
        if around is None or not self.pages.isAncestorOf(around):
            around = self.pages
        while around is not None:
            switches = [one for one in around.findChildren(Switch) if one.isVisible() and one.isEnabled()]
            if switches:
                switches[0].step(way)
                tables = _tables_in(around)
                (tables[0] if tables else switches[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)
                return
            around = None if around is self.pages else around.parentWidget()

    def _connect(self) -> None:
        self.page_list.chosen.connect(self.pages.show_page)
        self.page_list.entered.connect(self.show_page)
        self.pages.shown.connect(self.page_list.show_page)
        self.pages.shown.connect(self.page_shown)
        self.pages.selected.connect(self.inspector.show_selected)
        self.pages.stake_chosen.connect(self.inspector.show_stake)
        self.pages.went_to.connect(self.go_to)
        self.pages.page_wanted.connect(self.show_page)
        self.pages.beside_shown.connect(self.timeline.show_beside)
        self.inspector.went_to.connect(self.go_to)
        self.timeline.went_to.connect(self.go_to)

    def watch_findings(self) -> None:
        """Count the findings from now on."""
        from neocapgui.gui.findings_watch import FindingsWatch

        watch = FindingsWatch.of(self._session)
        watch.found.connect(self._count_findings)
        watch.outdated.connect(self._count_findings)
        self._count_findings()

    def _count_findings(self) -> None:
        """Say how many findings there are, and whether that is up to date."""
        from neocapgui.figures.checks.findings_table import counted_words
        from neocapgui.gui.findings_watch import FindingsWatch

        watch = FindingsWatch.of(self._session)
        count, is_current = len(watch.findings), watch.is_current
        self.page_list.show_count("findings", count if is_current else None)
        self.findings_counted.emit(count, is_current, counted_words(watch.findings, self._session.style))

    def _set_inspector(self, is_shown: bool) -> None:
        self.inspector.setVisible(is_shown)
        self.inspector_shown.emit(is_shown)

    def _give_panels_room(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        self._left.setMinimumWidth(_LEAST_LEFT * letter)
        self.inspector.setMinimumWidth(_LEAST_RIGHT * letter)

    def _fold(self) -> None:
        """Fold the inspector away where there is too little room for all panels."""
        is_narrow = self.width() < _FOLDED * self.fontMetrics().averageCharWidth()
        if is_narrow != self._was_narrow:
            self._was_narrow = is_narrow
            self._set_inspector(self._wants_inspector and not is_narrow)
        is_close = self.width() < _CLOSE * self.fontMetrics().averageCharWidth()
        if is_close != self._was_close:
            self._was_close = is_close
            left = self._left.minimumWidth() if is_close else _LEFT
            self._across.setSizes([left, max(1, self.width() - left), _RIGHT])

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._give_panels_room()
            self._fold()


def _take_focus(area: QWidget) -> bool:
    for widget in (area, *area.findChildren(QWidget)):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


def _tables_in(area: QWidget) -> list[QWidget]:
    """Return the tables in an area that are seen."""
    from neocapgui.gui.tables.table_view import TableView  # late: the panels are on the screen before a table

    return [table for table in area.findChildren(TableView) if table.isVisible()]
