"""Choosing the scenario that a chart is compared with: what is offered, read beside the window, and kept."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QToolButton, QWidget

from neocapgui.document import versions
from neocapgui.document.refusal import DocumentError, one_line
from neocapgui.document.versions import Version
from neocapgui.figures.charts.compared import Side, forget
from neocapgui.gui.beside import Beside
from neocapgui.gui.charts.other_scenario import read_file, read_sample, read_version, standing_of
from neocapgui.gui.files.window_files import KINDS_OF_FILES
from neocapgui.gui.moments import moment
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.session import Session
from neocapgui.gui.views_kept import keep, kept
from neocapgui.gui.waiting import Waiting

_KEPT = "charts.compare"
_FILE, _SAMPLE, _VERSION = "file", "sample", "version"
_MOST = 12  # files and versions that are offered
_OFFER, _STOP = "Compare with scenario…", "Stop comparing"


class Comparing(QObject):
    """Knows the other scenario of a chart, and has the buttons that choose it and let go of it.

    What is chosen is kept with the document on this machine. Of a file only a digest of its place is kept: it
    is found again while it stands among the files used last, and clearing these leaves no trace of it.
    """

    changed = Signal()  # there is another scenario, or none any more

    def __init__(
        self, session: Session, prepare: Callable[[Side], Callable[[], object]], parent: QWidget
    ) -> None:
        """Compare with nothing, or with what was kept; `prepare` gives what a thread is to calculate."""
        super().__init__(parent)
        self._session = session
        self._prepare = prepare
        self._window = parent
        self._waiting = Waiting(self)
        self._looking = Beside(self)
        self._path: Path | None = None  # of the file that is compared, if it is one
        self._standing: tuple[int, int, int] | None = None  # of that file when it was read
        self.side: Side | None = None
        self.menu = QMenu(parent)
        self.menu.setObjectName("menu.chart.compare")
        self.menu.aboutToShow.connect(self._offer)
        self.button, self.stop_button = QToolButton(), QToolButton()
        self.button.setObjectName("button.chart.compare")
        self.button.setText(_OFFER)
        self.button.setToolTip("Show the same chart of another scenario below this one")
        self.button.clicked.connect(self.offer)
        self.stop_button.setObjectName("button.chart.stop_comparing")
        self.stop_button.setText(_STOP)
        self.stop_button.setToolTip("Show the chart of this scenario alone")
        self.stop_button.clicked.connect(self.stop)
        for button in (self.button, self.stop_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop_button.hide()
        session.opened.connect(self._recall)

    def offer(self) -> None:
        """Open the menu of what can be compared with."""
        self.menu.popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def compare_file(self, path: Path) -> None:
        """Compare with the scenario of a file, as it stands on disk whenever one comes back to it."""
        self._keep(_FILE, _digest(path))
        self._path = path
        self._read(one_line(path.name), partial(self._read_file, path))

    def look_again(self) -> None:
        """Find out beside the window whether the file was changed since it was read; then read it anew.

        Meanwhile the chart stays as it is; of a file that is gone it stays as well.
        """
        path = self._path
        if path is not None and not self._waiting.is_busy:
            self._looking.work(partial(standing_of, path), partial(self._read_changed, path))

    def _read_changed(self, path: Path, standing: tuple[int, int, int] | None) -> None:
        if path == self._path and standing not in (None, self._standing) and not self._waiting.is_busy:
            self._read("", partial(self._read_file, path))

    def _read_file(self, path: Path) -> Side:
        self._standing = standing_of(path)  # before it is read: what changes meanwhile is read again
        return read_file(path)

    def compare_version(self, version: Version) -> None:
        """Compare with a kept version of this document."""
        said = f"version of {moment(version.at, self._session.style)}"
        self._path = None
        self._keep(_VERSION, version.path.name)
        self._read(said, partial(read_version, version.path, said))

    def compare_sample(self, name: str) -> None:
        """Compare with a sample of the program."""
        self._path = None
        self._keep(_SAMPLE, name)
        self._read(name, partial(read_sample, name))

    def stop(self) -> None:
        """Compare with nothing any more; what is being read is not waited for."""
        self._let_go()
        keep(self._session.document.id, _KEPT, None)
        if self.side is None:
            QApplication.sendEvent(
                self._window, QStatusTipEvent("No other scenario is shown below this one.")
            )
        self._show(None)

    def _let_go(self) -> None:
        self._waiting.drop()
        self._path = None

    def settle(self) -> None:
        """Wait for what is being read, and show it."""
        self._looking.settle()
        self._waiting.settle()

    def recall(self) -> None:
        """Compare with what was compared when the document was looked at last, if it can be had."""
        said = kept(self._session.document.id, _KEPT)
        kind, name = (said.get("kind"), said.get("name")) if isinstance(said, dict) else (None, None)
        if not isinstance(name, str) or not name:
            return
        if kind == _FILE:
            paths = (path for path in Preferences().recent_files if _digest(path) == name)
            path = next(paths, None)
            if path is not None and os.path.isfile(path):
                self.compare_file(path)
        elif kind == _SAMPLE:
            self.compare_sample(name)
        elif kind == _VERSION:
            found = next((one for one in self._versions() if one.path.name == name), None)
            if found is not None:
                self.compare_version(found)

    def _recall(self) -> None:
        """Begin anew with another document."""
        self._let_go()
        self._show(None)
        self.recall()

    def _keep(self, kind: str, name: str) -> None:
        keep(self._session.document.id, _KEPT, {"kind": kind, "name": name})

    def _read(self, name: str, reading: Callable[[], Side]) -> None:
        """Read the other scenario; with a name it is said meanwhile that this is being read."""

        def read() -> Side:
            side = reading()
            if side.ledger is not None:
                with suppress(Exception):  # what raises is left to who asks it in the window
                    self._prepare(side)()
            return side

        def take(done: Future[Side]) -> None:
            self._show(done.result())

        self._waiting.drop()  # another choice counts now

        def meanwhile() -> None:
            if name:
                self._show(Side(name, trouble=f"{name} is being read…"))

        self._waiting.begin(read, take, meanwhile)

    def _show(self, side: Side | None) -> None:
        before, self.side = self.side, side
        self.stop_button.setVisible(side is not None)
        self.changed.emit()
        if before is not None:  # its charts, or those that said it is being read
            self._session.let_go(before)
        if side is None:
            forget()

    def _versions(self) -> tuple[Version, ...]:
        try:
            return versions.kept(versions.versions_folder(), self._session.document.id)
        except DocumentError:
            return ()

    def _offer(self) -> None:
        from neocapgui.exchange.samples import SAMPLES

        self.menu.clear()
        self.menu.addAction("Choose a file…").triggered.connect(self._ask)
        own = self._session.document.path
        files = [path for path in Preferences().recent_files if path != own and os.path.isfile(path)][:_MOST]
        if files:
            self.menu.addSeparator()
        for path in files:
            action = self.menu.addAction(_escaped(f"{path.name}    {path.parent}"))
            action.triggered.connect(lambda _=False, path=path: self.compare_file(path))
        self.menu.addSeparator()
        kept_versions = self.menu.addMenu("A kept version")
        for version in self._versions()[:_MOST]:
            action = kept_versions.addAction(_escaped(moment(version.at, self._session.style)))
            action.triggered.connect(lambda _=False, version=version: self.compare_version(version))
        kept_versions.setEnabled(bool(kept_versions.actions()))
        samples = self.menu.addMenu("A sample")
        for one in SAMPLES:
            action = samples.addAction(_escaped(one.title))
            action.triggered.connect(lambda _=False, name=one.name: self.compare_sample(name))
        if self.side is not None:
            self.menu.addSeparator()
            self.menu.addAction(_STOP).triggered.connect(self.stop)

    def _ask(self) -> None:
        dialog = QFileDialog(
            self._window.window(), "Compare with a scenario", str(Preferences().folder), KINDS_OF_FILES
        )
        dialog.setObjectName("dialog.compare")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.compare_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _digest(path: Path) -> str:
    """Return what a place is known again by, without saying it."""
    return sha256(str(path.absolute()).encode(errors="replace")).hexdigest()


def _escaped(text: str) -> str:
    """Return a text as a menu shows it: an ampersand would mark a letter."""
    return text.replace("&", "&&")
