"""Whether a window can be opened on this machine, asked before Qt is started, which would only abort."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec
from pathlib import Path

_NO_DISPLAY = "There is no display to open a window on"
_NO_LIBRARY = "Qt needs a system library that is not installed ({})"
_INSTEAD = "; neocapgui report FILE.db gives the same answers as text."


def trouble_with_display() -> str:
    """Return why no window can be opened, as one sentence that names the way without; "" if one can."""
    problem = _missing_library("PySide6", "QtWidgets.abi3.so") or _trouble_with_screen()
    return problem + _INSTEAD if problem else ""


def _trouble_with_screen() -> str:
    platform = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if sys.platform != "linux" or platform not in ("", "xcb", "wayland"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY") and platform != "xcb":
        return ""
    if not os.environ.get("DISPLAY") or not _answers():
        return _NO_DISPLAY
    return _missing_library("PySide6", "Qt", "plugins", "platforms", "libqxcb.so")


def _answers() -> bool:
    """Whether the screen that DISPLAY names can be reached."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # then the plugin names the library that is missing
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    has_error = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not has_error


def _missing_library(package: str, *parts: str) -> str:
    """Return what a library of Qt is missing, if that is so."""
    found = find_spec(package)
    file = Path(found.origin).parent.joinpath(*parts) if found and found.origin else None
    if file is None or not file.is_file():
        return ""  # laid out differently, as in a frozen program, which brings its libraries
    try:
        ctypes.CDLL(str(file))
    except OSError as missing:
        return _NO_LIBRARY.format(str(missing).partition(":")[0])
    return ""
