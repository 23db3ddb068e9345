"""Asks the files of `packaging/`, which are no part of the program, in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging"


def packaging_says(code: str) -> str:
    """Return what a line of Python prints that has the files of `packaging/` at hand."""
    answer = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(PACKAGING)!r}); {code}"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=100,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout
