"""Where the program keeps what is its own: working copies, versions, settings, notes of its mistakes."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

PORTABLE = "neocapgui-portable.txt"  # beside the frozen program: nothing is kept elsewhere then
_BESIDE = "neocapgui-data"


def is_plain_file(path: Path) -> bool:
    """Whether a file stands at a path itself: no link that leads elsewhere, and no pipe to wait at."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def own_folder() -> Path:
    """Return NEOCAPGUI_HOME, the folder beside a portable program, or the user's folder for programs.

    A frozen program is portable where a file `neocapgui-portable.txt` stands beside it, whatever it holds.
    """
    if home := os.environ.get("NEOCAPGUI_HOME"):
        return Path(home)
    program = Path(sys.executable).parent
    if getattr(sys, "frozen", False) and (program / PORTABLE).is_file():
        return program / _BESIDE
    from platformdirs import user_data_path

    return user_data_path("neocapgui", appauthor=False)
