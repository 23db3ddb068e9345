"""Builds the frozen program and the installers for the system it runs on; every step can be run by itself.

python packaging/build.py                    everything that can be made here
python packaging/build.py frozen deb ...     some steps, in this order

Steps: frozen, deb, tarball, appimage, nsis, dmg, checksums. Results stand in dist/.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import libraries
import linux_installers
import macos_image
import windows_installer
from bundle import born

ROOT = Path(__file__).parent.parent
WORK = Path(os.environ.get("NEOCAPGUI_BUILD", ROOT / "build"))
DIST = Path(os.environ.get("NEOCAPGUI_DIST", ROOT / "dist"))
FROZEN = DIST / "neocapgui"  # the folder of the frozen program


def version() -> str:
    """Return the version, which stands in one place."""
    text = (ROOT / "neocapgui" / "__init__.py").read_text("utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def make_frozen() -> None:
    """Freeze the program into one folder, with its page of licences and, beside it, the bill of materials."""
    DIST.mkdir(parents=True, exist_ok=True)
    command = [
        "--noconfirm",
        "--log-level",
        "WARN",
        "--distpath",
        str(DIST),
        "--workpath",
        str(WORK / "frozen"),
    ]
    _run(
        [sys.executable, "-m", "PyInstaller", *command, str(ROOT / "packaging" / "neocapgui.spec")],
        {**os.environ, "SOURCE_DATE_EPOCH": str(born()), "NEOCAPGUI_BUILD": str(WORK), "PYTHONHASHSEED": "1"},
    )
    if sys.platform == "linux":
        libraries.tidied(FROZEN)
    shutil.copy(WORK / "materials.cdx.json", DIST / f"neocapgui-{version()}.cdx.json")


def make_checksums() -> None:
    """Write the SHA-256 of everything that is handed out."""
    files = sorted(path for path in DIST.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (DIST / "SHA256SUMS").write_text("".join(lines), "utf-8")


STEPS: dict[str, Callable[[], None]] = {
    "frozen": make_frozen,
    "deb": lambda: linux_installers.deb(ROOT, FROZEN, WORK, DIST, version()),
    "tarball": lambda: linux_installers.tarball(ROOT, FROZEN, WORK, DIST, version()),
    "appimage": lambda: linux_installers.appimage(ROOT, FROZEN, WORK, DIST, version()),
    "nsis": lambda: windows_installer.installer(ROOT, FROZEN, WORK, DIST, version()),
    "dmg": lambda: macos_image.dmg(WORK, DIST, version()),
    "checksums": make_checksums,
}
_HERE = {
    "linux": ("frozen", "deb", "tarball", "appimage", "checksums"),
    "win32": ("frozen", "nsis", "checksums"),
    "darwin": ("frozen", "dmg", "checksums"),
}


def _run(command: list[str], given: dict[str, str] | None = None) -> None:
    print(" ".join(command), flush=True)
    subprocess.run(command, check=True, env=given)


def main() -> int:
    """Make what was asked for; the exit is 1 when a step failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument(
        "steps", nargs="*", choices=[*STEPS, []], help="what to make; everything if nothing is named"
    )
    steps = parser.parse_args().steps or _HERE.get(sys.platform, ("frozen",))
    for name in steps:
        print(f"==> {name}", flush=True)
        try:
            STEPS[name]()
        except (subprocess.CalledProcessError, OSError) as trouble:
            print(f"{name} failed: {trouble}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
