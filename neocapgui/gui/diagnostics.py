"""What whoever looks after the program wants to know first: versions, settings and counts, and no data."""

from __future__ import annotations

import locale
import platform
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from neocapgui import __version__
from neocapgui.document import working
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.problem_log import LOG
from neocapgui.gui.user_folder import trouble_with_user_folder, user_folder

if TYPE_CHECKING:
    from neocapgui.gui.session import Session


def diagnostics(preferences: Preferences, session: Session | None) -> str:
    """Return a text of some lines that holds no name, no amount, no file name and no folder."""
    return "\n".join(f"{name}: {value}" for name, value in _lines(preferences, session)) + "\n"


def _lines(preferences: Preferences, session: Session | None) -> Iterator[tuple[str, object]]:
    yield "neocapgui", f"{__version__}{', frozen' if getattr(sys, 'frozen', False) else ''}"
    yield "Python", f"{platform.python_version()}, {platform.architecture()[0]}"
    yield "Qt", f"{qVersion()}, {QGuiApplication.platformName()}"
    yield "SQLite", working.SQLITE_VERSION
    yield "System", f"{platform.system()} {platform.release()} {platform.machine()}"
    yield "Locale", f"{QLocale().name()}, {locale.getencoding()}"
    for number, screen in enumerate(QGuiApplication.screens(), 1):
        size = screen.size()
        yield f"Screen {number}", f"{size.width()} × {size.height()} at {screen.devicePixelRatio():g}"
    yield "Theme", preferences.theme.value
    yield "Recent files", f"{len(preferences.recent_files)}, {'on' if preferences.remembers_files else 'off'}"
    yield "User folder", "cannot be written to" if trouble_with_user_folder() else "can be written to"
    yield "Problem log", _size_of_log()
    if session is None:
        yield "Scenario", "none"
        return
    ledger, history = session.ledger, session.history
    yield "Issuers", f"{len(ledger.issuers):,}"
    yield "Stakeholders", f"{len(ledger.stakeholders):,}"
    yield "Securities", f"{len(ledger.securities):,}"
    yield "Transactions", f"{len(ledger.transactions):,}"
    yield "History", f"{len(history.done):,} edits, {len(history.undone):,} taken back"
    yield "File", "never saved" if session.document.path is None else "saved"
    yield "Unsaved edits", "yes" if session.document.is_modified else "no"
    yield "Warnings at opening", len(session.document.warnings)


def _size_of_log() -> str:
    try:
        return f"{(user_folder() / LOG).stat().st_size:,} bytes"
    except OSError:
        return "empty"
