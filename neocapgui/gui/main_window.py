"""The window of one scenario: menus, bar, panels and status line, and what its actions do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QLocale, QTime, QUrl, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QStatusTipEvent
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from neocapgui.document.document import Document, DocumentError
from neocapgui.engine.lens import Basis
from neocapgui.gui.actions import Actions
from neocapgui.gui.as_of_field import AsOfField
from neocapgui.gui.dialogs.about import about_box
from neocapgui.gui.dialogs.command_list import CommandList
from neocapgui.gui.files import Files, dropped_files
from neocapgui.gui.locale_style import style_of
from neocapgui.gui.look import Look, Theme
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.preferences import Preferences, user_folder
from neocapgui.gui.search_field import SearchField
from neocapgui.gui.session import Session
from neocapgui.gui.start_page import StartPage
from neocapgui.gui.status_line import StatusLine
from neocapgui.gui.tables.cell_commands import CellCommands
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.top_bar import TopBar
from neocapgui.gui.workplace import Workplace
from neocapgui.ledger.edits import EditRefused

_SIZE = (1440, 900)
_SMALLEST = (900, 560)
_FIRST_PAGE = "overview"


class MainWindow(QMainWindow):
    """Shows one scenario, or the start page until there is one."""

    file_wanted = Signal(object)  # a Path to open, here or in another window
    sample_wanted = Signal(str)
    new_wanted = Signal()
    quit_wanted = Signal()
    closed = Signal()

    def __init__(self, preferences: Preferences, look: Look) -> None:
        """Make a window without a scenario."""
        super().__init__()
        self._preferences = preferences
        self._look = look
        self.session: Session | None = None
        self.workplace: Workplace | None = None
        self._saved_state = ""
        self._may_close = False
        self.actions_by_id = Actions(self)
        self.files = Files(self, preferences)
        self._recent = QMenu("Open recent", self)
        self._samples = QMenu("Open a sample", self)
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.actions_by_id.allow(False)
        self._check_theme()
        self._name()

    # What is on the screen

    def show_document(self, document: Document) -> None:
        """Put a scenario on the screen of a window that has none."""
        if self.session is not None:
            self.session.show(document)
            return
        session = self.session = Session(document, style_of(QLocale()), self)
        workplace = self.workplace = Workplace(session)
        actions = self.actions_by_id
        search = SearchField(session, actions.by_id)
        search.went_to.connect(workplace.go_to)
        self._search = search
        actions.allow(True)
        self._body.addWidget(workplace)
        self._body.setCurrentWidget(workplace)
        for signal in (session.opened, session.edited, session.saved, session.lens_changed):
            signal.connect(self._tell_session)
        workplace.page_shown.connect(lambda name: actions[f"page.{name}"].setChecked(True))
        workplace.findings_counted.connect(self._status.say_findings)
        workplace.inspector_shown.connect(actions["view.inspector"].setChecked)
        self._status.findings_wanted.connect(lambda: workplace.show_page("findings"))
        self._status.say_findings(*workplace.findings_counted_now)
        self._bar.show_lens(AsOfField(session), search)
        self._status.show()
        for panel, show in (("group", workplace.show_group), ("inspector", workplace.show_inspector)):
            is_shown = self._preferences.shows(panel)
            actions[f"view.{panel}"].setChecked(is_shown)
            show(is_shown)
        workplace.show_page(_FIRST_PAGE)
        self._tell_session()
        if document.warnings:
            self.say(" ".join(document.warnings))
        if document.path is not None:
            self._preferences.remember_file(document.path)

    def say(self, sentence: str) -> None:
        """Say something at the top of the window, until it is read and clicked away."""
        if self.session is None:
            self._start.say_trouble(sentence)
        else:
            self._notice.setText(sentence)
            self._notice.setVisible(bool(sentence))

    @property
    def path(self) -> Path | None:
        """The file of the scenario on the screen, if it has one."""
        return self.session.document.path if self.session is not None else None

    def show_samples(self, samples: Iterable[tuple[str, str]]) -> None:
        """List samples by name and title, on the start page and in the menu."""
        named = list(samples)
        self._start.show_samples(named)
        self._samples.clear()
        for name, title in named:
            action = self._samples.addAction(title)
            action.setObjectName(f"file.sample.{name}")
            action.triggered.connect(lambda _=False, name=name: self.sample_wanted.emit(name))

    def show_recent(self) -> None:
        """List the files used last, on the start page and in the menu."""
        paths = self._preferences.recent_files
        self._start.show_recent(paths)
        self._recent.clear()
        for path in paths:
            action = self._recent.addAction(f"{path.name}    {path.parent}")
            action.setEnabled(path.is_file())
            action.triggered.connect(lambda _=False, path=path: self.file_wanted.emit(path))
        self._recent.setEnabled(bool(paths))

    def _lay_out(self) -> None:
        actions = self.actions_by_id
        actions.fill(self.menuBar(), {"file.open": (self._recent, self._samples)})
        self._bar = TopBar(actions.by_id)
        self._notice = QLabel()
        self._notice.setObjectName("notice")
        self._notice.setProperty("look", "amber")
        self._notice.setWordWrap(True)
        self._notice.hide()
        self._body = QStackedWidget()
        self._start = StartPage(actions["file.new"], actions["file.open"])
        self._body.addWidget(self._start)
        self._status = StatusLine()
        self._status.hide()
        ground = QWidget()
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        for part in (self._bar, self._notice, self._body, self._status):
            layout.addWidget(part)
        layout.setStretchFactor(self._body, 1)
        self.setCentralWidget(ground)
        self.setMinimumSize(*_SMALLEST)
        if not self.restoreGeometry(self._preferences.geometry):
            room = self.screen().availableSize()
            self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))

    def _connect(self) -> None:
        for id, command in self._commands().items():
            self.actions_by_id[id].triggered.connect(command)
        self.files.chosen.connect(self.file_wanted)
        self.files.saved.connect(self._note_saved)
        self._start.file_wanted.connect(self.file_wanted)
        self._start.sample_wanted.connect(self.sample_wanted)
        self._look.changed.connect(self._check_theme)
        self.menuBar().findChild(QMenu, "menu.file").aboutToShow.connect(self.show_recent)
        self.show_recent()
