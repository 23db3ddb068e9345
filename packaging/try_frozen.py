"""Tries the frozen program as a user has it: no network, an empty home, a folder that it cannot write to.

python packaging/try_frozen.py [PROGRAM]      PROGRAM is dist/neocapgui/neocapgui if nothing is said
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLE = "neotherapeutics-as-filed"
_FINDINGS = 1  # the exit of `check` where it finds something: this sample has two true findings


def main() -> int:
    """Run the self-test and the commands; the exit is 1 when something is not as it must be."""
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else _built()
    console = given.with_name("neocapgui-console.exe")
    with tempfile.TemporaryDirectory(prefix="neocapgui-") as folder:
        home, scenario = Path(folder) / "home", Path(folder) / "a scenario.db"
        home.mkdir()
        commands = console if console.is_file() else given
        _run(home, [commands, "sample", SAMPLE, scenario])
        answer = json.loads(
            _run(home, [commands, "report", scenario, "--as-of", "2001-09-19", "--format", "json"])
        )
        stakes = {line["percent"] for line in answer["group"]}
        if answer["format"] != "neocapgui-report/1" or "89.18" not in stakes:
            raise SystemExit(f"The report is not that of the sample: {sorted(stakes)}")
        _run(home, [commands, "check", scenario], exits=_FINDINGS)
        print(_run(home, [*_display(), given, "--self-test"]).splitlines()[-1])
        left = sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
        print(f"Left in the home: {', '.join(left) or 'nothing'}")
        if own := [path for path in left if "neocapgui" in path]:  # others are those of the system, of fonts
            raise SystemExit(f"The program left files of its own: {', '.join(own)}")
    return 0


def _built() -> Path:
    dist = Path(os.environ.get("NEOCAPGUI_DIST", ROOT / "dist"))
    if sys.platform == "darwin":
        return dist / "neocapgui.app" / "Contents" / "MacOS" / "neocapgui"
    return dist / "neocapgui" / ("neocapgui.exe" if sys.platform == "win32" else "neocapgui")


def _display() -> list[str]:
    """Return what gives a window a display where there is none, and what takes the network away."""
    words = []
    if sys.platform == "linux" and shutil.which("unshare") and _may_unshare():
        words += ["unshare", "--map-root-user", "--net"]
    if sys.platform == "linux" and not os.environ.get("DISPLAY"):
        words += ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1440x900x24"]
    return words


def _may_unshare() -> bool:
    tried = subprocess.run(["unshare", "--map-root-user", "--net", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def _run(home: Path, words: list[object], exits: int = 0) -> str:
    known = ("DISPLAY", "PATH", "SYSTEMROOT", "TEMP", "TMP", "XAUTHORITY")
    given = {name: os.environ[name] for name in known if name in os.environ}
    given |= {"HOME": str(home), "USERPROFILE": str(home), "LOCALAPPDATA": str(home), "APPDATA": str(home)}
    command = [str(word) for word in words]
    answer = subprocess.run(
        command,
        env=given,
        cwd=home,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=180,
    )
    if answer.returncode != exits or "Traceback" in answer.stdout + answer.stderr:
        raise SystemExit(
            f"{' '.join(command)} ended with {answer.returncode}:\n{answer.stdout}{answer.stderr}"
        )
    return answer.stdout


if __name__ == "__main__":
    sys.exit(main())
