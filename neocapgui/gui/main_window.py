"""The window of one scenario: menus, bar, panels and status line around a session."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QLockFile, Qt, QTime, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QStatusTipEvent
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QStackedWidget, QVBoxLayout, QWidget

from neocapgui.gui.actions import Actions
from neocapgui.gui.dialogs.about import about_box
from neocapgui.gui.dialogs.command_list import CommandList
from neocapgui.gui.files import Files, dropped_files
from neocapgui.gui.locale_style import style_of
from neocapgui.gui.look import Look, Theme
from neocapgui.gui.preferences import Preferences, user_folder
from neocapgui.gui.recovery import Leftover, lock_of
from neocapgui.gui.start_page import StartPage
from neocapgui.gui.status_line import StatusLine
from neocapgui.gui.top_bar import TopBar

if TYPE_CHECKING:
    from neocapgui.document.document import Document
    from neocapgui.gui.search_field import SearchField
    from neocapgui.gui.session import Session
    from neocapgui.gui.workplace import Workplace

_SIZE = (1440, 900)
_SMALLEST = (880, 560)
_FIRST_PAGE = "overview"


class MainWindow(QMainWindow):
    """Shows one scenario, or the start page until there is one."""

    file_wanted = Signal(object)  # a Path to open, here or in another window
    sample_wanted = Signal(str)
    recovery_wanted = Signal(object)  # a Leftover to open again
    discard_wanted = Signal(object)  # a Leftover to throw away
    new_wanted = Signal()
    quit_wanted = Signal()
    closed = Signal()

    def __init__(self, preferences: Preferences, look: Look) -> None:
        """Make a window without a scenario."""
        super().__init__()
        self._preferences = preferences
        self._look = look
        self.session: Session | None = None
        self._workplace: Workplace | None = None
        self._search: SearchField | None = None
        self._saved = ""  # how and when it was saved
        self._lock: QLockFile | None = None  # on the working copy, which is this program's while it lives
        self._may_close = False
        self._actions = Actions(self)
        self._files = Files(self, preferences)
        self._recent = QMenu("Open recent", self)
        self._samples = QMenu("Open a sample", self)
        self._left = QMenu("Open unsaved work", self)
        self._left.setEnabled(False)
        self._bar = TopBar(self._actions.by_id)
        self._notice = QLabel()
        self._body = QStackedWidget()
        self._start = StartPage(self._actions["file.new"], self._actions["file.open"])
        self._status = StatusLine()
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._actions.allow(False)
        self._check_theme()
        self._name()

    @property
    def path(self) -> Path | None:
        """The file of the scenario on the screen, if it has one."""
        return self.session.document.path if self.session is not None else None

    def show_document(self, document: Document) -> None:
        """Put a scenario on the screen."""
        if self.session is not None:
            self.session.show(document)
            return
        # Loaded only now: an empty window is on the screen before numpy and the calculations are.
        from neocapgui.gui.as_of_field import AsOfField
        from neocapgui.gui.search_field import SearchField
        from neocapgui.gui.session import Session
        from neocapgui.gui.session_commands import SessionCommands
        from neocapgui.gui.workplace import Workplace

        self._actions.allow(True)
        session = self.session = Session(document, style_of(QLocale()), self)
        self._bar.show()
        self._status.show()
        workplace = self._workplace = Workplace(session)
        self._body.addWidget(workplace)
        self._search = SearchField(session, self._actions.by_id)
        self._search.went_to.connect(workplace.go_to)
        self._bar.show_lens(AsOfField(session), self._search)
        workplace.page_shown.connect(lambda: self._status.say(""))
        self._status.findings_wanted.connect(lambda: workplace.show_page("findings"))
        workplace.findings_counted.connect(self._status.say_findings)
        workplace.inspector_shown.connect(self._actions["view.inspector"].setChecked)
        commands = SessionCommands(session, workplace, self._actions)
        commands.refused.connect(self._files.tell)
        commands.undo_named.connect(self._bar.say_undo)
        commands.refresh()
        for panel, show in (("group", workplace.show_group), ("inspector", workplace.show_inspector)):
            self._actions[f"view.{panel}"].setChecked(self._preferences.shows(panel))
            show(self._preferences.shows(panel))
        for signal in (session.opened, session.edited, session.saved):
            signal.connect(self._tell_file)
        session.opened.connect(self._greet)
        workplace.count_findings()
        self._body.setCurrentWidget(workplace)
        workplace.show_page(_FIRST_PAGE)
        workplace.page_list.setFocus()
        self._greet()
        self._tell_file()

    def carry_out(self, command: str) -> None:
        """Do what the command of that id does: `page.cap_table`, `edit.undo`."""
        self._actions[command].trigger()

    def close_without_asking(self) -> None:
        """Close, also with unsaved work."""
        self._may_close = True
        self.close()

    def say(self, sentence: str, is_trouble: bool = True) -> None:
        """Say something above the panels, or on the start page."""
        if self.session is None:
            self._start.say(sentence, is_trouble)
        else:
            self._notice.setText(sentence)
            self._notice.setVisible(bool(sentence))

    def show_samples(self, samples: Iterable[tuple[str, str]]) -> None:
        """List samples by name and title, on the start page and in the menu."""
        named = list(samples)
        self._start.show_samples(named)
        self._samples.clear()
        for name, title in named:
            action = self._samples.addAction(title)
            action.setObjectName(f"file.sample.{name}")
            action.triggered.connect(lambda _=False, name=name: self.sample_wanted.emit(name))

    def show_leftovers(self, leftovers: Iterable[Leftover]) -> None:
        """List work that was not saved when the program ended, on the start page and in the menu."""
        found = list(leftovers)
        self._start.show_leftovers(found)
        self._left.clear()
        self._left.setEnabled(bool(found))
        for leftover in found:
            action = self._left.addAction(f"{leftover.name}    {leftover.note}")
            action.triggered.connect(lambda _=False, leftover=leftover: self.recovery_wanted.emit(leftover))

    def show_recent(self) -> None:
        """List the files used last, on the start page and in the menu."""
        paths = self._preferences.recent_files
        self._start.show_recent(paths)
        self._recent.clear()
        for path in paths:
            is_there = path.is_file()
            why = "" if is_there else "  (is not there any more)"
            action = self._recent.addAction(f"{path.name}    {path.parent}{why}")
            action.setEnabled(is_there)
            action.triggered.connect(lambda _=False, path=path: self.file_wanted.emit(path))
        self._recent.setEnabled(bool(paths))

    def _lay_out(self) -> None:
        self._actions.fill(self.menuBar(), {"file.open": (self._recent, self._left, self._samples)})
        self._notice.setObjectName("notice")
        self._notice.setProperty("look", "amber")
        self._notice.setWordWrap(True)
        self._notice.hide()
        self._status.hide()
        self._bar.hide()
        self._body.addWidget(self._start)
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
        commands: dict[str, Callable[[], object]] = {
            "file.new": self.new_wanted.emit,
            "file.open": self._files.ask_open,
            "file.save": lambda: self._with_session(self._files.save),
            "file.save_as": lambda: self._with_session(self._files.save_as),
            "file.save_copy": lambda: self._with_session(self._files.save_copy),
            "file.close": self.close,
            "file.quit": self.quit_wanted.emit,
            "edit.find": self._find,
            "view.system": lambda: self._choose_theme(Theme.SYSTEM),
            "view.light": lambda: self._choose_theme(Theme.LIGHT),
            "view.dark": lambda: self._choose_theme(Theme.DARK),
            "view.group": lambda: self._show_panel("group"),
            "view.inspector": lambda: self._show_panel("inspector"),
            "help.shortcuts": lambda: CommandList(self).open(),
            "help.problems": _open_user_folder,
            "help.about": lambda: about_box(self).open(),
        }
        for id, command in commands.items():
            self._actions[id].triggered.connect(lambda _=False, command=command: command())
        self._files.chosen.connect(self.file_wanted)
        self._files.saved.connect(self._note_saved)
        self._start.file_wanted.connect(self.file_wanted)
        self._start.sample_wanted.connect(self.sample_wanted)
        self._start.recovery_wanted.connect(self.recovery_wanted)
        self._start.discard_wanted.connect(self.discard_wanted)
        self._look.changed.connect(self._check_theme)
        self._recent.aboutToShow.connect(self.show_recent)
        self.show_recent()

    def _with_session(self, command: Callable[[Session], None]) -> None:
        if self.session is not None:
            command(self.session)

    def _find(self) -> None:
        if self._search is not None:
            self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._search.selectAll()

    def _choose_theme(self, theme: Theme) -> None:
        self._preferences.theme = theme
        self._look.choose(theme)

    def _check_theme(self) -> None:
        self._actions[f"view.{self._look.theme}"].setChecked(True)

    def _show_panel(self, name: str) -> None:
        is_shown = self._actions[f"view.{name}"].isChecked()
        self._preferences.show(name, is_shown)
        if self._workplace is not None:
            show = {"group": self._workplace.show_group, "inspector": self._workplace.show_inspector}[name]
            show(is_shown)

    def _greet(self) -> None:
        """Say what the file has to say when it is opened, and remember it."""
        if self.session is None:
            return
        document = self.session.document
        self._saved = ""
        self._lock = lock_of(document)
        self.say(" ".join(document.warnings))
        if document.path is not None:
            self._preferences.remember_file(document.path)

    def _note_saved(self) -> None:
        time = QLocale().toString(QTime.currentTime(), "HH:mm")
        self._saved = f"Saved {time}, verified"
        self.say("")
        self._tell_file()

    def _tell_file(self) -> None:
        if self.session is None:
            return
        document = self.session.document
        is_modified = document.is_modified
        self._name()
        self.setWindowModified(is_modified)
        state = "Not saved" if is_modified or document.path is None else self._saved
        self._status.say_file(document.name, state, state.endswith("verified"))

    def _name(self) -> None:
        if self.session is None:
            self.setWindowTitle("neocapgui")
            return
        document = self.session.document
        place = f"{document.path.absolute().parent}  —  " if document.path is not None else ""
        self.setWindowTitle(f"{document.name}[*]  —  {place}neocapgui")
        self.setWindowFilePath(str(document.path or ""))

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QStatusTipEvent):
            self._status.say(event.tip())
            return True
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self.session
        if session is not None and session.document.is_modified and not self._may_close:
            event.ignore()
            self._files.ask_to_leave(session, self.close_without_asking)
            return
        self._preferences.geometry = self.saveGeometry()
        if session is not None:
            session.document.close()
        if self._lock is not None:
            self._lock.unlock()
        event.accept()
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for path in dropped_files(event.mimeData()):
            self.file_wanted.emit(path)


def _open_user_folder() -> None:
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
