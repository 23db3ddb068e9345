"""The program interrupted from the terminal it was started in: it ends at once, and every edit is offered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from neocapgui.gui.recovery import leftovers, reopen
from neocapgui.gui.starting import Starting
from tests.gui.slow_disk import acme_file

ROOT = Path(__file__).parents[2]
# Edits as fast as the window goes along, in the real program, and says each that is done.
BUSY = """
import os, sys
from PySide6.QtCore import QTimer
from neocapgui.gui import app
from neocapgui.ledger.edits import Change, Edit
from neocapgui.ledger.facts import Stakeholder

plain = app.Program.__init__

def begin(program, application):
    plain(program, application)
    timer = program.busy = QTimer(program)
    timer.timeout.connect(lambda: edit(program))
    timer.start(0)

def edit(program):
    for session in [window.session for window in program.windows if window.session is not None]:
        number = len(session.history.done) + 1
        session.do(Edit(f"Edit {number}", (Change(None, Stakeholder(900 + number, f"Z{number}")),)))
        os.write(1, b"%d\\n" % number)

app.Program.__init__ = begin
from neocapgui.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal to one process.")
@pytest.mark.parametrize("times", [1, 20])
def test_an_interrupt_ends_the_program_and_costs_no_edit(times: int, tmp_path: Path) -> None:
    file = acme_file(tmp_path / "acme.db")
    with subprocess.Popen(
        [sys.executable, "-c", BUSY, str(file)], cwd=ROOT, stdout=-1, stderr=-1, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        for _ in range(times):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        said = [line for line in process.stdout.read().splitlines() if line]
        wrong = process.stderr.read()
    assert process.returncode == -signal.SIGINT
    assert "Traceback" not in wrong
    done = int(said[-1]) if said else times
    (leftover,) = leftovers()
    assert leftover.count in (done, done + 1)
    with reopen(leftover) as document:
        assert f"Z{done}" in {one.name for one in document.ledger.stakeholders.values()}


def test_outside_the_program_an_interrupt_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Starting():
        assert signal.getsignal(signal.SIGINT) is signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) is before
