"""What a window offers to open: recent files, unsaved and discarded work, samples; on a page and in menus."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from neocapgui.gui.actions import Actions
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.recovery import KEPT_DAYS, Leftover
from neocapgui.gui.start.page import StartPage


class Offers(QObject):
    """Keeps the start page and the menus of a window alike, and asks before anything would go."""

    file_wanted = Signal(object)  # a Path
    sample_wanted = Signal(str)
    recovery_wanted = Signal(object)  # a Leftover to open again
    discard_wanted = Signal(object)  # a Leftover to put aside; the user was asked
    back_wanted = Signal(object)  # a discarded Leftover to offer again
    deletion_wanted = Signal(object)  # a discarded Leftover to delete for good; the user was asked

    def __init__(self, window: QWidget, preferences: Preferences, actions: Actions) -> None:
        """Make the page and the menus of a window."""
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._actions = actions
        self._clear = actions["file.clear_recent"]
        self._page: StartPage | None = None
        self._named: list[tuple[str, str]] = []  # samples
        self._unsaved: list[Leftover] = []
        self._discarded: list[Leftover] = []
        self._recent = QMenu("Open recent", window)
        self._left = QMenu("Open unsaved work", window)
        self._samples = QMenu("Open a sample", window)
        self.menus = (self._recent, self._left, self._samples)
        self._left.setEnabled(False)
        self._clear.triggered.connect(self._clear_recent)
        self._recent.aboutToShow.connect(self.show_recent)
        self.show_recent()

    @property
    def page(self) -> StartPage:
        """The start page, made when it is first asked for: a window that opens with a file never shows it."""
        if self._page is None:
            page = self._page = self._made()
            page.show_samples(self._named)
            page.show_leftovers(self._unsaved)
            page.show_discarded(self._discarded)
            self._list_recent(page)
        return self._page

    def show_samples(self, samples: Iterable[tuple[str, str]]) -> None:
        """List samples by name and title."""
        self._named = list(samples)
        if self._page is not None:
            self._page.show_samples(self._named)
        self._samples.clear()
        for name, title in self._named:
            action = self._samples.addAction(title)
            action.setObjectName(f"file.sample.{name}")
            action.triggered.connect(lambda _=False, name=name: self.sample_wanted.emit(name))

    def show_leftovers(self, leftovers: Iterable[Leftover]) -> None:
        """List work that was not saved when a program ended."""
        self._unsaved = list(leftovers)
        if self._page is not None:
            self._page.show_leftovers(self._unsaved)
        self._left.clear()
        self._left.setEnabled(bool(self._unsaved))
        for leftover in self._unsaved:
            action = self._left.addAction(_escaped(f"{leftover.name}    {leftover.note}"))
            action.triggered.connect(lambda _=False, leftover=leftover: self.recovery_wanted.emit(leftover))

    def show_discarded(self, discarded: Iterable[Leftover]) -> None:
        """List work that can be brought back."""
        self._discarded = list(discarded)
        if self._page is not None:
            self._page.show_discarded(self._discarded)

    def show_recent(self) -> None:
        """List the files used last."""
        paths = self._preferences.recent_files
        if self._page is not None:
            self._list_recent(self._page)
        self._recent.clear()
        for path in paths:
            is_there = os.path.isfile(path)  # also where a disk is out of reach
            why = "" if is_there else "  (is not there any more)"
            action = self._recent.addAction(_escaped(f"{path.name}    {path.parent}{why}"))
            action.setEnabled(is_there)
            action.triggered.connect(lambda _=False, path=path: self.file_wanted.emit(path))
        self._recent.setEnabled(bool(paths))
        self._clear.setEnabled(bool(paths))

    def _made(self) -> StartPage:
        actions = self._actions
        page = StartPage(
            actions["file.new"], actions["file.open"], self._clear, actions["help.first_scenario"]
        )
        page.file_wanted.connect(self.file_wanted)
        page.sample_wanted.connect(self.sample_wanted)
        page.recovery_wanted.connect(self.recovery_wanted)
        page.back_wanted.connect(self.back_wanted)
        page.changes_wanted.connect(self._show_changes)
        page.discard_wanted.connect(self._ask_discard)
        page.deletion_wanted.connect(self._ask_deletion)
        page.pin_wanted.connect(self._pin)
        page.forget_wanted.connect(self._forget)
        page.remember_wanted.connect(self._remember)
        return page

    def _list_recent(self, page: StartPage) -> None:
        paths, preferences = self._preferences.recent_files, self._preferences
        page.show_recent(
            paths, [one for one in paths if preferences.is_pinned(one)], preferences.remembers_files
        )

    def _clear_recent(self) -> None:
        self._preferences.forget_files()
        self.show_recent()

    def _pin(self, path: Path, is_pinned: bool) -> None:
        self._preferences.pin(path, is_pinned)
        self.show_recent()

    def _forget(self, path: Path) -> None:
        self._preferences.forget_file(path)
        self.show_recent()

    def _remember(self, remembers: bool) -> None:
        self._preferences.remembers_files = remembers
        self.show_recent()

    def _show_changes(self, leftover: Leftover) -> None:
        from neocapgui.gui.dialogs.unsaved_dialog import UnsavedDialog

        dialog = UnsavedDialog(leftover, self._window)
        dialog.recovery_wanted.connect(self.recovery_wanted)
        dialog.open()

    def _ask_discard(self, leftover: Leftover) -> None:
        count = leftover.count
        what = f"{count:,} edit{'s' if count != 1 else ''}" if count else "what is left"
        self._ask(
            "dialog.discard",
            f"Discard {what} of {leftover.name}?",
            f"{'They are' if count > 1 else 'It is'} in no file. For {KEPT_DAYS} days the work can be "
            "brought back on the start page, under Discarded work.",
            "Discard",
            lambda: self.discard_wanted.emit(leftover),
        )

    def _ask_deletion(self, leftover: Leftover) -> None:
        self._ask(
            "dialog.delete",
            f"Delete the discarded work of {leftover.name} for good?",
            f"It holds {leftover.note}. Nothing can bring it back.",
            "Delete",
            lambda: self.deletion_wanted.emit(leftover),
        )

    def _ask(self, name: str, question: str, more: str, title: str, follow: Callable[[], None]) -> None:
        box = QMessageBox(QMessageBox.Icon.NoIcon, "neocapgui", question, parent=self._window)
        box.setObjectName(name)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(more)
        button = box.addButton(title, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))

        def answer() -> None:
            box.deleteLater()
            if box.clickedButton() is button:
                follow()

        box.finished.connect(answer)
        box.open()


def _escaped(title: str) -> str:
    """Return a title that Qt takes for no key: a sign & in a name is one."""
    return title.replace("&", "&&")
