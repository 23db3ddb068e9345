"""What is left out of the frozen program is nothing that a running program loads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = """
import json, sys
from neocapgui.gui.self_test import self_test
answer = self_test()
sys.path.insert(0, {packaging!r})
from bundle import EXCLUDED, is_wanted
loaded = sorted(sys.modules)
out = [name for name in loaded if any(name == one or name.startswith(one + ".") for one in EXCLUDED)]
files = [str(getattr(sys.modules[name], "__file__", "") or "") for name in loaded]
qt = [file.partition("site-packages/")[2] for file in files if "PySide6" in file]
libraries = [file for file in qt if not is_wanted(file) and "QtTest" not in file]  # pyqtgraph goes on without
print(json.dumps([answer, out, libraries]))
"""


def test_the_denylist_names_nothing_that_is_used(qapp: object, home: Path) -> None:
    code = CODE.format(packaging=str(ROOT / "packaging"))
    answer = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
        cwd=ROOT,
    )
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout.splitlines()[-1]) == [0, [], []], answer.stdout
