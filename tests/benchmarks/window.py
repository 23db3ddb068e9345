"""How long a large scenario takes in the real window: until all visible figures have followed.

QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.window --transactions 100000 --page cap_table
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import median

from tests.benchmarks.large_scenario import large_scenario
from tests.benchmarks.scale import AS_OF

TARGETS = {"open": {100_000: 1000, 1_000_000: 3000}, "edit": {100_000: 50, 1_000_000: 100}}
TARGETS["move the as-of day"] = {100_000: 16, 1_000_000: 50}


def main() -> None:
    """Open the window on a large scenario, edit, move the day; print the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, nargs="+", default=[100_000])
    parser.add_argument("--page", default="cap_table")
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["NEOCAPGUI_HOME"] = home
        for count in chosen.transactions:
            _measure(count, chosen.page, chosen.runs, Path(home) / f"{count}.db")


def _measure(count: int, page: str, runs: int, path: Path) -> None:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from neocapgui.document.document import Document
    from neocapgui.gui.app import Application, Program
    from neocapgui.ledger.edits import correct

    made = Document.create(large_scenario(count))
    made.save(path)
    made.close()
    application = QApplication.instance() or Application()
    assert isinstance(application, Application)
    program = Program(application)
    window = program.open_window()
    window.resize(1440, 900)

    def settled(action: Callable[[], object]) -> float:
        began = time.perf_counter()
        action()
        for _ in range(3):
            application.processEvents()
        return 1000 * (time.perf_counter() - began)

    def open_it() -> None:
        program.open_file(path, window)
        while window.session is None:  # a large file is read beside the window
            application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    opened = settled(open_it)
    session = window.session
    assert session is not None
    session.look(replace(session.lens, as_of=AS_OF))
    shown = settled(lambda: window.carry_out(f"page.{page}"))

    def edit(place: int) -> None:
        record = session.ledger.transactions[count // 3 + place]
        more = replace(record, quantity=(record.quantity or Decimal(0)) + 1)
        session.do(correct("Correct an issuance", record, more))

    def move(late: int) -> None:
        session.look_on(AS_OF - timedelta(days=late))

    edits = [settled(partial(edit, place)) for place in range(runs)]
    moves = [settled(partial(move, late)) for late in range(1, runs)]
    figures = {
        "open": opened,
        f"first {page}": shown,
        "edit": median(edits),
        "move the as-of day": median(moves),
    }
    print(f"{count:,} transactions, page {page}")
    for name, found in figures.items():
        target = TARGETS.get(name, {}).get(count)
        print(f"{name:24}{found:>9,.1f} ms" + (f"   target {target:,} ms" if target else ""))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB\n", flush=True)
    session.undo()
    window.close()


if __name__ == "__main__":
    main()
