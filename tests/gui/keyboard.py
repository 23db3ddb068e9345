"""A keyboard: its keys go to a window, which gives each to what has the focus by then."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def type_keys(window: QWidget, text: str) -> None:
    """Type letters, spaces and line feeds, which stand for Enter."""
    handle = window.windowHandle()
    assert isinstance(handle, QWindow)
    for letter in text:
        if letter == "\n":
            QTest.keyClick(handle, Qt.Key.Key_Return)
        else:
            QTest.keyClick(handle, letter)  # type: ignore[call-overload]  # which keeps its case
