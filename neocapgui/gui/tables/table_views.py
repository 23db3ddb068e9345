"""Several tables in one place under one heading, of which one is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from neocapgui.engine.finding import Place
from neocapgui.engine.lens import Lens
from neocapgui.figures.cap_table import subtitle
from neocapgui.figures.sentences import dim_line
from neocapgui.figures.tables import Table
from neocapgui.gui.kept_choice import keep_choice
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW, show_fact
from neocapgui.gui.tables.line_buttons import LineButtons
from neocapgui.gui.tables.table_frame import TableFrame
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.choice_group import ChoiceGroup
from neocapgui.gui.widgets.page_heading import PageHeading
from neocapgui.gui.widgets.switch import Switch
from neocapgui.gui.widgets.wrapped_label import WrappedLabel
from neocapgui.ledger.facts import ConversionRight, Price, PublishedCount, Security
from neocapgui.ledger.ledger import Ledger

Question = Callable[[Ledger, Lens], Table]
_AIR = 8
_HEADING = 340  # pixels that a title with the line under it should have beside the buttons


@dataclass(frozen=True, slots=True)
class View:
    """One of the tables: its name and title in the switch, the question, and what a line of it is called."""

    name: str
    title: str
    question: Question
    line: str = ""  # "security", for “New security”; "" where nothing is entered
    facts: str = ""  # the table of facts that it shows: "securities"
    first: tuple[str, Place] | None = None  # the step that gives an empty table its first line, and where


class TableViews(QWidget):
    """Shows one of some tables of the session; a table is made when it is first shown."""

    pointed = Signal(object, object)  # Row or None, Column
    activated_row = Signal(object)  # Row or None
    chosen = Signal(str)  # the name of the view now shown
    went_to = Signal(object)  # the Place where an empty table gets its first line

    def __init__(
        self,
        session: Session,
        views: Sequence[View],
        about: str = "View",
        controls: Sequence[QWidget] = (),
        *,
        is_part: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Show the first of some views; `controls` stand at the right of the heading.

        Of a part of a page the line under the heading says nothing that the page says already.
        """
        super().__init__(parent)
        self._session = session
        self._views = {view.name: view for view in views}
        self._tables: dict[str, TableView] = {}
        self._frames: dict[str, TableFrame] = {}
        self._place: Place | None = None
        self._heading = PageHeading("")
        self._switch = Switch({view.name: view.title for view in views}, about)
        if len(views) < 2:  # shown before it has its place it would be a window, and have the keyboard
            self._switch.hide()
        self._lines = LineButtons()
        self._empty = WrappedLabel("dim")
        self._first = QPushButton()
        self._first.setObjectName("first_step")
        self._first.setAutoDefault(True)  # Enter presses it as well as the space bar
        self._stack = QStackedWidget()
        self._head = QGridLayout()
        self._head.setSpacing(_AIR)
        self._head.setColumnStretch(0, 1)
        self._head.addWidget(self._heading, 0, 0)
        self._tools = ChoiceGroup((*controls, self._lines))
        self._is_part = is_part
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(self._head)
        layout.addWidget(self._empty)
        layout.addWidget(self._first, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._stack, 1)
        layout.addStretch(0)
        self._layout = layout
        self._switch.chosen.connect(self._choose)
        if len(views) > 1:
            keep_choice(session, f"views.{views[0].name}.{views[1].name}", self._switch)
        self._first.clicked.connect(self._go_first)
        self._place_switch()
        self.refresh()

    @property
    def current(self) -> str:
        """The name of the view that is shown."""
        return self._switch.current

    @property
    def table_view(self) -> TableView:
        """The table that is shown."""
        return self._tables[self.current]

    def choose(self, name: str) -> None:
        """Show another view."""
        self._switch.choose(name)

    def ask(self, name: str, question: Question) -> None:
        """Show in one of the views the answer to another question."""
        self._views[name] = replace(self._views[name], question=question)
        if name == self.current:
            self.refresh()

    def refresh(self) -> None:
        """Show the session as it stands."""
        view = self._views[self.current]
        table = self._session.ask(view.question)
        shown = self._tables.get(view.name)
        if shown is None:
            shown = self._tables[view.name] = self._made(table)
            self._frames[view.name] = TableFrame(self._session, shown)
            self._stack.addWidget(self._frames[view.name])
        else:
            shown.show_table(table)
        self._stack.setCurrentWidget(self._frames[view.name])
        self._lines.act_on(shown, view.line)
        is_said = self._is_part and table.subtitle == subtitle(self._session.ledger, self._session.lens)
        self._heading.show_texts(table.title, "" if is_said else self._line(table))
        self._say_empty(table, view)
        self._place_switch()

    def _line(self, table: Table) -> str:
        return dim_line(table.subtitle, self._session.lens.as_of, self._session.style)

    def show_place(self, place: Place) -> bool:
        """Bring a fact into sight in the view that has it, looking at the company that it is of."""
        for view in self._views.values():
            if view.facts == place.table:
                self.choose(view.name)
                return show_fact(self.table_view, place) or self._show_elsewhere(place)
        return False

    def _show_elsewhere(self, place: Place) -> bool:
        ledger = self._session.ledger
        fact = getattr(ledger, place.table).get(place.id)
        if isinstance(fact, (ConversionRight, Price, PublishedCount)):
            self._session.look_at(ledger.securities[fact.security].issuer)
        elif isinstance(fact, Security):
            self._session.look_at(fact.issuer)
        else:
            return False
        self.refresh()
        return show_fact(self.table_view, place)

    def _say_empty(self, table: Table, view: View) -> None:
        """Where there is no line, say what to do, and offer to go where it is done."""
        is_empty, can_type = not len(table.rows), table.blank is not None
        sentence, step = self._first_step(table, view)
        self._empty.show_text(sentence)
        self._empty.setVisible(is_empty and bool(sentence))
        self._place = None
        if is_empty and not can_type and step is not None:
            title, self._place = step
            self._first.setText(title)
            self._first.setToolTip(f"{title}: go to the empty line where it is typed.")
        self._first.setVisible(self._place is not None)
        self._stack.setVisible(not is_empty or can_type)
        self._layout.setStretch(self._layout.count() - 1, 0 if self._stack.isVisibleTo(self) else 1)

    def _first_step(self, table: Table, view: View) -> tuple[str, tuple[str, Place] | None]:
        ledger, issuer = self._session.ledger, self._session.lens.issuer
        if table.blank is not None:
            return table.empty, None
        if issuer is None:
            return "This scenario has no company yet.", ("Add the first company", Place("issuers", NEW))
        if not ledger.securities_of(issuer):
            return "This company has no security yet.", ("Add the first security", Place("securities", NEW))
        return table.empty, view.first

    def _go_first(self) -> None:
        if self._place is not None:
            self.went_to.emit(self._place)

    def _made(self, table: Table) -> TableView:
        shown = TableView(self._session, table)
        shown.pointed.connect(self.pointed)
        shown.activated_row.connect(self.activated_row)
        return shown

    def _choose(self, name: str) -> None:
        self.refresh()
        self.chosen.emit(name)

    def _place_switch(self) -> None:
        """Put the switch beside the heading where there is room, else under it; the dim line likewise."""
        tools = self._tools.sizeHint().width()
        room = self.width() - (tools + _AIR if tools else 0)
        self._head.removeWidget(self._tools)
        if room >= self._heading.title_width():
            self._head.addWidget(self._tools, 0, 2, Qt.AlignmentFlag.AlignTop)
        else:  # larger letters than usual: the buttons have rows of their own
            room = self.width()
            self._head.addWidget(self._tools, 2, 0, 1, -1)
        switch = 0 if self._switch.isHidden() else self._switch.sizeHint().width() + _AIR
        is_beside = room - switch >= _HEADING
        line = self._heading.line_that_needs(room - switch * is_beside)
        self._head.removeWidget(self._switch)
        if line is not None:
            self._head.addWidget(line, 1, 0, 1, -1)
        if is_beside:
            self._head.addWidget(self._switch, 0, 1, Qt.AlignmentFlag.AlignTop)
        else:
            self._head.addWidget(self._switch, 3, 0, 1, -1, Qt.AlignmentFlag.AlignLeft)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_switch()
