"""Opens a sample in a window, edits, undoes, saves, reopens, draws and exports: one line for each step."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPixmap

from neocapgui.document.document import Document
from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import SAMPLES
from neocapgui.figures.report import report
from neocapgui.gui.app import Application, Program
from neocapgui.gui.charts.chart_export_dialog import FORMS, ChartExportDialog
from neocapgui.gui.charts.chart_frame import ChartFrame
from neocapgui.gui.looks.look import Theme, current
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.preferences import user_folder
from neocapgui.gui.problem import LOG, ProblemBox
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import correct
from neocapgui.ledger.ledger import Ledger

_TITLE = "Self-test"
_TURN, _PATIENCE = 60, 30.0  # milliseconds, and seconds after which what has not come never will
_READABLE = ("xcb", "offscreen", "windows")  # where a program may read the screen without being asked
_BEGINNINGS = {"svg": (b"<svg ", b"<?xml"), "png": (b"\x89PNG\r",), "pdf": (b"%PDF-",)}


class Failed(AssertionError):
    """A step of the self-test did not give what it must; the message is one sentence."""


def self_test() -> int:
    """Run every step in a window; return 0 when all of them worked, otherwise 1.

    What the program keeps of its own is kept in a passing folder: nothing is left in those of the user.
    """
    with tempfile.TemporaryDirectory(prefix="neocapgui-", ignore_cleanup_errors=True) as folder:
        os.environ["NEOCAPGUI_HOME"] = str(Path(folder) / "home")
        application = Application()
        problems = ProblemBox(user_folder(), application)
        program = Program(application)
        steps = _Steps(program, Path(folder))
        failed = [name for name, step in steps.all() if not _worked(name, step)]
        if problems.count:
            failed.append(f"{problems.count} mistakes")
            _say((user_folder() / LOG).read_text("utf-8", "replace"))
        steps.close()
    _say(f"{len(failed)} steps failed: {', '.join(failed)}." if failed else "Everything worked.")
    return 1 if failed else 0


class _Steps:
    """The steps, in order; each stands on those before it."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self._folder = folder
        self._file = folder / "self-test.db"
        self._window: MainWindow | None = None

    def all(self) -> list[tuple[str, Callable[[], str]]]:
        return [
            ("open a sample", self._open),
            ("edit", self._edit),
            ("undo and redo", self._undo),
            ("save", self._save),
            ("reopen", self._reopen),
            *((f"page {page.name}", lambda page=page: self._draw(page.name)) for page in PAGES),
            ("export every chart", self._export),
            ("move the day", self._move),
            ("change the theme", self._change_theme),
        ]

    def close(self) -> None:
        for window in list(self._program.windows):
            if window.session is not None and window.session.document.is_modified:
                window.session.save(self._file)
            window.close()

    @property
    def _session(self) -> Session:
        if self._window is None or self._window.session is None:
            raise Failed("There is no scenario in the window.")
        return self._window.session

    def _open(self) -> str:
        self._window = self._program.open_window()
        self._program.open_sample(SAMPLES[0].name, self._window)
        self._program.settle()
        _settle()
        ledger = self._session.ledger
        return f"{ledger.title}, {len(ledger.transactions):,} transactions"

    def _edit(self) -> str:
        scenario = next(iter(self._session.ledger.scenario.values()))
        self._session.do(correct("Rename the scenario", scenario, replace(scenario, title=_TITLE)))
        _check(self._session.ledger.title == _TITLE, "The scenario was not renamed.")
        return "renamed the scenario"

    def _undo(self) -> str:
        self._session.undo()
        _check(self._session.ledger.title != _TITLE, "Undo did not take the name back.")
        self._session.redo()
        _check(self._session.ledger.title == _TITLE, "Redo did not bring the name again.")
        return f"{len(self._session.history.done)} edit in the history"

    def _save(self) -> str:
        self._session.save(self._file)
        _check(not self._session.document.is_modified, "The saved scenario still counts as modified.")
        return f"{self._file.stat().st_size:,} bytes, verified"

    def _reopen(self) -> str:
        with Document.open(self._file) as document:
            _check(document.ledger.title == _TITLE, "The file does not hold what was saved.")
            _check(len(document.history.done) == 1, "The file does not hold the history.")
            _check(document.seal_state.kind == "whole", "The seal of the file is not whole.")
            shown = digest_of(self._session.ledger, self._session.lens)
            _check(digest_of(document.ledger, self._session.lens) == shown, "The file gives other answers.")
            return f"{len(document.ledger.transactions):,} transactions, the same report: {shown[:12]}"

    def _draw(self, page: str) -> str:
        window = self._window
        if window is None:
            raise Failed("There is no window.")
        window.carry_out(f"page.{page}")
        _settle()
        drawn = window.grab()
        _check(not drawn.isNull(), f"The page {page} was not drawn.")
        return f"{drawn.width()} × {drawn.height()} pixels"

    def _export(self) -> str:
        """Save every chart that the pages have shown, in every form."""
        if self._window is None:
            raise Failed("There is no window.")
        frames = self._window.findChildren(ChartFrame)
        for number, frame in enumerate(frames):
            dialog = ChartExportDialog(self._session, frame.figure, self._window)
            for place, form in enumerate(FORMS):
                dialog.form.setCurrentIndex(place)
                file = self._folder / f"{number}.{form.suffix}"
                _check(dialog.save_to(file), f"The chart {frame.figure.title} was not saved.")
                begins = file.read_bytes()[:5]
                _check(begins in _BEGINNINGS[form.suffix], f"{file.name} is no {form.suffix.upper()} file.")
            dialog.reject()
        _check(len(frames) > 1, "The pages show no charts.")
        return f"{len(frames)} charts, each as {', '.join(form.suffix.upper() for form in FORMS)}"

    def _move(self) -> str:
        before = self._session.lens.as_of
        if self._window is not None:
            self._window.carry_out("lens.previous_event")
        _settle(lambda: self._session.lens.as_of < before)
        _check(self._session.lens.as_of < before, "The day did not move.")
        return self._session.lens.as_of.isoformat()

    def _change_theme(self) -> str:
        """Dark, and light again: the second time nothing moves, so that only what asks for it is painted."""
        said = [self._wear(theme) for theme in (Theme.DARK, Theme.LIGHT)]
        self._program.look.choose(self._program.preferences.theme)
        return ", ".join(said)

    def _wear(self, theme: Theme) -> str:
        if self._window is None:
            raise Failed("There is no window.")
        self._window.update()  # as most windows are when somebody chooses: something waits to be painted
        self._program.look.choose(theme)
        _settle(self._is_painted)
        shown = _on_screen(self._window)
        worn = QColor(current().window)
        _check(_ground(self._window.grab()) == worn, f"The window is not {theme}.")
        if shown.isNull():
            return f"{worn.name()}, the screen cannot be read here"
        _check(_ground(shown) == worn, f"The window is {theme}, but the screen does not show it.")
        return f"{worn.name()} on the screen"

    def _is_painted(self) -> bool:
        """Whether the new colours are put on and stand on the screen, or this cannot be read."""
        if self._window is None or not self._window.updatesEnabled():
            return False
        shown = _on_screen(self._window)
        return shown.isNull() or _ground(shown) == QColor(current().window)


def digest_of(ledger: Ledger, lens: Lens) -> str:
    """Return the digest of the whole report, by which two programs are known to give the same answers."""
    return sha256(json.dumps(report(ledger, lens), sort_keys=True).encode()).hexdigest()


def _worked(name: str, step: Callable[[], str]) -> bool:
    try:
        _say(f"{name}: {step()}")
    except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is looked for
        _say(f"{name}: FAILED. {type(error).__name__}: {error}")
        return False
    return True


def _check(is_so: bool, sentence: str) -> None:
    if not is_so:
        raise Failed(sentence)


def _ground(picture: QPixmap) -> QColor:
    """Return the colour beside the list of pages, where nothing is written."""
    return QColor(picture.toImage().pixel(2, picture.height() // 2))


def _on_screen(window: MainWindow) -> QPixmap:
    """Return what the screen shows of a window, painted or not; null where the screen cannot be read."""
    if QGuiApplication.platformName() not in _READABLE:
        return QPixmap()
    return window.screen().grabWindow(window.winId())


def _settle(has_come: Callable[[], bool] = lambda: True) -> None:
    """Let the window answer everything that waits, and what is awaited come on the busiest machine."""
    loop, ends = QEventLoop(), monotonic() + _PATIENCE
    watch = QTimer(interval=_TURN)
    watch.timeout.connect(lambda: loop.quit() if has_come() or monotonic() > ends else None)
    watch.start()
    loop.exec()


def _say(line: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
