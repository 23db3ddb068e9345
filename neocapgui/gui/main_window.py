"""The window of one scenario: menus, bar, panels and status line around a session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QLockFile, QTime, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QStatusTipEvent,
)
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from neocapgui.gui.actions import Actions
from neocapgui.gui.commands.of_looks import LookCommands
from neocapgui.gui.files.window_files import Files, dropped_files
from neocapgui.gui.first_size import first_size
from neocapgui.gui.help_desk import HelpDesk
from neocapgui.gui.loading import loading_of_the_commands
from neocapgui.gui.looks.locale_style import style_of
from neocapgui.gui.looks.look import Look
from neocapgui.gui.panels.status_line import StatusLine
from neocapgui.gui.panels.step_menu import StepMenu
from neocapgui.gui.panels.top_bar import TopBar
from neocapgui.gui.preferences import Preferences, user_folder
from neocapgui.gui.recovery import Leftover, let_go, lock_of
from neocapgui.gui.selection_tip import SelectionTip
from neocapgui.gui.start.offers import Offers
from neocapgui.gui.turns import Turns
from neocapgui.gui.widgets.banner import Banner, Step

if TYPE_CHECKING:
    from neocapgui.document.document import Document
    from neocapgui.gui.files.changed_on_disk import ChangedOnDisk
    from neocapgui.gui.files.in_use import FileLock
    from neocapgui.gui.panels.workplace import Workplace
    from neocapgui.gui.search.search_field import SearchField
    from neocapgui.gui.session import Session
    from neocapgui.gui.view_keeping import ViewKeeping

_SIZE = (1440, 900)
_SMALLEST = (660, 440)


class MainWindow(QMainWindow):
    """Shows one scenario, or the start page until there is one."""

    file_wanted = Signal(object)  # a Path to open, here or in another window
    sample_wanted = Signal(str)
    recovery_wanted = Signal(object)  # a Leftover to open again
    discard_wanted = Signal(object)  # a Leftover to put aside
    back_wanted = Signal(object)  # a discarded Leftover to offer again
    deletion_wanted = Signal(object)  # a discarded Leftover to delete for good
    version_wanted = Signal(object)  # the Path of a kept version to open as a copy
    new_wanted = Signal()
    quit_wanted = Signal()
    filled = Signal()  # all parts of a scenario are on the screen
    closed = Signal()

    def __init__(self, preferences: Preferences, look: Look, expects: bool = False) -> None:
        """Make a window without a scenario: with the start page, unless one is expected at once."""
        super().__init__()
        self._preferences = preferences
        self.session: Session | None = None
        self._workplace: Workplace | None = None
        self._search: SearchField | None = None
        self._disk: ChangedOnDisk | None = None
        self._views: ViewKeeping | None = None
        self._parts: Turns | None = None  # of the window that are still to be filled
        self._held = ""  # what the window waits for
        self._focused: QWidget | None = None  # where typing goes on after that
        self._saved = ""  # how and when it was saved
        self._lock: QLockFile | None = None  # on the working copy, which is this program's while it lives
        self._may_close = False
        self._may_leave_cells = False
        self._actions = Actions(self)
        self._files = Files(self, preferences)
        self._offers = Offers(self, preferences, self._actions)
        more = self._actions["page.history"]
        self._undo_steps = StepMenu("Undo several", "Undo", more, self)
        self._redo_steps = StepMenu("Redo several", "Redo", more, self)
        self._bar = TopBar(self._actions.by_id, self._undo_steps, self._redo_steps)
        self._banner = Banner()
        self._body = QStackedWidget()
        self._across = QHBoxLayout()
        self._desk = HelpDesk(self, self._actions, preferences, self._across)
        self._status = StatusLine()
        self.setObjectName("window")
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._actions.allow(False)
        LookCommands(self._actions, look, preferences, self)
        self._name()
        if not expects:
            self.show_start()

    @property
    def path(self) -> Path | None:
        """The file of the scenario on the screen, if it has one."""
        return self.session.document.path if self.session is not None else None

    def show_document(self, document: Document, lock: FileLock | None = None, only_read: str = "") -> None:
        """Put a scenario on the screen, with the lock of its file or why that cannot be written."""
        self._files.own.hold(lock, only_read)
        if self.session is not None:
            self.session.show(document)
            return
        # Loaded only now: an empty window is on the screen before numpy and the calculations are.
        from neocapgui.gui.files.changed_on_disk import ChangedOnDisk
        from neocapgui.gui.panels.workplace import Workplace
        from neocapgui.gui.session import Session

        self._actions.allow(True)
        session = self.session = Session(document, style_of(QLocale()), self)
        disk = self._disk = ChangedOnDisk(session, self._files, self._banner, self)
        self._actions["file.revert"].triggered.connect(disk.revert)
        self._bar.show()
        self._status.show()
        workplace = self._workplace = Workplace(session)
        self._body.addWidget(workplace)
        workplace.pages.setFocus()  # else the list of pages gets it, and shows a page before its turn
        self._body.setCurrentWidget(workplace)
        self._parts = Turns(self._filling(session, workplace), self._forget_parts, self)
        self._parts.begin_later()  # each in a turn of the event loop of its own
        for signal in (session.opened, session.edited, session.saved):
            signal.connect(self._tell_file)
        session.opened.connect(self._greet)
        self._greet()
        self._tell_file()

    def _filling(self, session: Session, workplace: Workplace) -> Iterator[Callable[[], object]]:
        """Yield what fills the window: the first page is made out of sight and shown when it is whole."""
        yield from loading_of_the_commands()
        yield partial(self._show_lens, session, workplace)
        yield partial(self._connect_session, session, workplace)
        yield workplace.watch_findings
        yield from workplace.first_showing(self._views.page if self._views is not None else "")

    def _show_lens(self, session: Session, workplace: Workplace) -> None:
        from neocapgui.gui.files.seal_notice import SealNotice
        from neocapgui.gui.panels.as_of_field import AsOfField

        SealNotice(session, workplace, self._banner).refused.connect(self._files.tell)
        self._search = self._desk.serve(session, workplace)
        self._bar.show_lens(AsOfField(session), self._search)
        workplace.page_shown.connect(lambda: self._status.say(""))
        self._status.findings_wanted.connect(lambda: workplace.show_page("findings"))
        workplace.findings_counted.connect(self._status.say_findings)
        workplace.inspector_shown.connect(self._actions["view.inspector"].setChecked)

    def _connect_session(self, session: Session, workplace: Workplace) -> None:
        from neocapgui.gui.commands.of_session import SessionCommands
        from neocapgui.gui.files.version_keeping import VersionKeeping
        from neocapgui.gui.view_keeping import ViewKeeping

        commands = SessionCommands(session, workplace, self._actions)
        commands.refused.connect(self._files.tell)
        commands.undo_named.connect(self._bar.say_undo)
        commands.copy_wanted.connect(self.version_wanted)
        commands.list_steps(self._undo_steps, self._redo_steps)
        VersionKeeping(session).troubled.connect(self._status.say)
        self._views = ViewKeeping(session, workplace)
        commands.refresh()
        for panel, show in (("group", workplace.show_group), ("inspector", workplace.prefer_inspector)):
            self._actions[f"view.{panel}"].setChecked(self._preferences.shows(panel))
            show(self._preferences.shows(panel))

    def carry_out(self, command: str) -> None:
        """Do what the command of that id does, `edit.undo`; what is under way on the document comes first."""
        if not command.startswith("file."):
            self.settle()
        self._actions[command].trigger()

    def close_without_asking(self) -> None:
        """Close, also with unsaved work; what is being written is waited for."""
        self._files.settle()
        self._may_close = True
        self.close()

    def _keeps_unaccepted(self, session: Session) -> bool:
        """Whether the window stays because of cells whose text was not taken: then it asks about them."""
        from neocapgui.gui.dialogs.unaccepted_question import ask_about_unaccepted

        if self._may_leave_cells or self._workplace is None:
            self._may_leave_cells = False
            return False

        def leave() -> None:
            self._may_leave_cells = True
            self.close()

        return ask_about_unaccepted(self, session, self._workplace.go_to, leave)

    def show_start(self) -> None:
        """Show the start page while there is no scenario."""
        if self.session is None and self._body.indexOf(self._offers.page) < 0:
            self._body.addWidget(self._offers.page)

    def say(self, sentence: str, is_trouble: bool = True) -> None:
        """Say something above the panels, or on the start page."""
        if self.session is None:
            self.show_start()
            self._offers.page.say(sentence, is_trouble)
        else:
            self._banner.say("said", sentence)

    def offer(self, subject: str, sentence: str, *steps: Step) -> None:
        """Say above the panels or the start page what can be done; an empty sentence takes it back."""
        self._banner.say(subject, sentence, *steps)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being written or read for this window."""
        return self._files.is_busy

    @property
    def is_filled(self) -> bool:
        """Whether all parts of a scenario are on the screen."""
        return self.session is not None and self._parts is None

    def settle(self) -> None:
        """Wait for what is being written or read, and show what came of it."""
        self._files.settle()
        if self._parts is not None:
            self._parts.settle()

    def _forget_parts(self) -> None:
        self._parts = None
        self.filled.emit()

    def prepare_pages(self) -> None:
        """Make the pages that were not shown yet, unseen and between other events."""
        if self._workplace is not None and self.is_filled:
            self._workplace.prepare_pages()

    def show_samples(self, samples: Iterable[tuple[str, str]]) -> None:
        """List samples by name and title, on the start page and in the menu."""
        self._offers.show_samples(samples)

    def show_leftovers(self, leftovers: Iterable[Leftover], discarded: Iterable[Leftover] = ()) -> None:
        """List work that was not saved when a program ended, and what was discarded."""
        self._offers.show_leftovers(leftovers)
        self._offers.show_discarded(discarded)

    def show_recent(self) -> None:
        """List the files used last, on the start page and in the menu."""
        self._offers.show_recent()

    def _lay_out(self) -> None:
        steps = (self._undo_steps, self._redo_steps)
        self._actions.fill(self.menuBar(), {"file.open": self._offers.menus, "edit.redo": steps})
        self._status.hide()
        self._bar.hide()
        ground = QWidget()
        layout = QVBoxLayout(ground)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        self._across.setSpacing(10)
        self._across.addWidget(self._body, 1)
        layout.addWidget(self._bar)
        layout.addWidget(self._banner)
        layout.addLayout(self._across, 1)
        layout.addWidget(self._status)
        self.setCentralWidget(ground)
        self.setMinimumSize(*_SMALLEST)
        if not self.restoreGeometry(self._preferences.geometry):
            self.resize(first_size(self, *_SIZE))

    def _connect(self) -> None:
        commands: dict[str, Callable[[], object]] = {
            "file.new": self.new_wanted.emit,
            "file.open": self._files.ask_open,
            "file.save": lambda: self._with_session(self._files.save),
            "file.save_as": lambda: self._with_session(self._files.save_as),
            "file.save_copy": lambda: self._with_session(self._files.save_copy),
            "file.close": self.close,
            "file.quit": self.quit_wanted.emit,
            "view.group": lambda: self._show_panel("group"),
            "view.inspector": lambda: self._show_panel("inspector"),
            "help.problems": _open_user_folder,
            "help.diagnostics": self._copy_diagnostics,
            "help.about": lambda: _open_about(self),
        }
        for id, command in commands.items():
            self._actions[id].triggered.connect(lambda _=False, command=command: command())
        self._files.chosen.connect(self.file_wanted)
        self._files.saved.connect(self._note_saved)
        self._files.told.connect(self.say)
        self._files.held.connect(self._hold)
        self._offers.file_wanted.connect(self.file_wanted)
        self._offers.sample_wanted.connect(self.sample_wanted)
        self._offers.recovery_wanted.connect(self.recovery_wanted)
        self._offers.discard_wanted.connect(self.discard_wanted)
        self._offers.back_wanted.connect(self.back_wanted)
        self._offers.deletion_wanted.connect(self.deletion_wanted)
        self._desk.new_wanted.connect(self.new_wanted)

    def _with_session(self, command: Callable[[Session], None]) -> None:
        if self.session is not None:
            command(self.session)

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
        if self._lock is not None:
            self._lock.unlock()  # of the document that stood here before
        self._lock = lock_of(document)
        self.say("")
        why = self._files.own.why_read_only(document)
        save_as = self._actions["file.save_as"].trigger
        self._banner.say("read_only", why, ("notice.save_as", "Save as…", save_as))
        if document.path is not None:
            self._preferences.remember_file(document.path)

    def _note_saved(self) -> None:
        time = QLocale().toString(QTime.currentTime(), "HH:mm")
        self._saved = f"Saved {time}, verified"
        self.say("")
        self._banner.say("read_only", "")
        self._tell_file()

    def _tell_file(self) -> None:
        if self.session is None:
            return
        document = self.session.document
        is_modified = document.is_modified
        self._name()
        self.setWindowModified(is_modified)
        state = "Not saved" if is_modified or document.path is None else self._saved
        self._actions["file.revert"].setEnabled(is_modified and document.path is not None)
        self._status.say_file(document.name, state, state.endswith("verified"))

    def _hold(self, waiting_for: str) -> None:
        """Let nothing be edited while a file is written; afterwards typing goes on where it was."""
        if self._workplace is None:
            return
        if waiting_for:
            self._focused = self.focusWidget() or self._focused
        self._held = waiting_for
        for part in (self._workplace, self._bar):
            part.setEnabled(not waiting_for)
        self._status.wait_for(waiting_for, self._files.stop if self._files.can_stop else None)
        if not waiting_for and self._focused is not None:
            with suppress(RuntimeError):  # it is not there any more
                self._focused.setFocus()
            self._focused = None

    def _name(self) -> None:
        if self.session is None:
            self.setWindowTitle("neocapgui")
            return
        document = self.session.document
        place = f"{document.path.absolute().parent}  —  " if document.path is not None else ""
        state = " (read-only)" if self._files.own.why_read_only(document) else ""
        self.setWindowTitle(f"{document.name}[*]{state}  —  {place}neocapgui")
        self.setWindowFilePath(str(document.path or ""))

    def _copy_diagnostics(self) -> None:
        from neocapgui.gui.diagnostics import diagnostics

        QApplication.clipboard().setText(diagnostics(self._preferences, self.session))
        self._status.say("The diagnostics are on the clipboard: versions, settings and counts.")

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        if isinstance(event, SelectionTip):
            self._status.say_selection(event.tip() or self._held, event.figures)
            return True
        if isinstance(event, QStatusTipEvent):
            self._status.say(event.tip() or self._held)
            return True
        if event.type() == QEvent.Type.WindowActivate and self._disk is not None:
            self._disk.look()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._held and event.text().strip():
            self._status.say(f"{self._held} What is typed meanwhile is not taken.")
            QApplication.beep()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        session = self.session
        if self._files.is_busy:
            event.ignore()
            self._files.afterwards(lambda: _close(self))
            return
        if session is not None and not self._may_close and self._keeps_unaccepted(session):
            event.ignore()
            return
        if session is not None and session.document.is_modified and not self._may_close:
            event.ignore()
            self._files.ask_to_leave(session, self.close_without_asking)
            return
        self._preferences.geometry = self.saveGeometry()
        if session is not None:
            let_go(session.document)
        if self._lock is not None:
            self._lock.unlock()
        self._files.own.release()
        self._desk.close()
        event.accept()
        self.closed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for path in dropped_files(event.mimeData()):
            self.file_wanted.emit(path)


def _open_about(window: MainWindow) -> None:
    from neocapgui.gui.dialogs.about import about_box

    about_box(window).open()


def _close(window: MainWindow) -> None:
    window.close()


def _open_user_folder() -> None:
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
