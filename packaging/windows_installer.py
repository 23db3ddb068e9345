"""The installer for Windows, made by makensis: on Windows of the program, elsewhere of a stand-in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from icons import icon_file

_SCRIPT = Path(__file__).parent / "windows" / "neocapgui.nsi"
_USUAL = r"C:\Program Files (x86)\NSIS\makensis.exe"  # its own installer puts it on no path


def installer(root: Path, frozen: Path, work: Path, dist: Path, version: str) -> None:
    """Make neocapgui-VERSION-setup.exe; where there is no Windows program it is only proof of the script."""
    program, target = frozen, dist / f"neocapgui-{version}-setup.exe"
    if sys.platform != "win32":
        program, target = _stand_in(work / "stand-in"), work / target.name
    tool = shutil.which("makensis") or shutil.which(_USUAL)
    if tool is None:
        raise OSError("makensis is not installed")
    icon = icon_file(root, work, ".ico")
    given = {"VERSION": version, "PROGRAM": program, "ICON": icon, "OUT": target}
    flags = [f"-D{name}={value}" for name, value in given.items()]
    command = [tool, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *flags, str(_SCRIPT)]
    print(" ".join(command), flush=True)
    subprocess.run(command, check=True)
    print(f"{target.name}: {target.stat().st_size:,} bytes")


def _stand_in(folder: Path) -> Path:
    """Return a folder made like that of the program, with nothing in its files."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "_internal").mkdir(parents=True)
    for name in ("neocapgui.exe", "neocapgui-console.exe", "_internal/base_library.zip"):
        (folder / name).write_bytes(b"stand-in")
    return folder
