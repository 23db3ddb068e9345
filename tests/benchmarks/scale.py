"""How long a large scenario takes, beside the same questions asked of the file by plain SQL.

    python -m tests.benchmarks.scale --transactions 100000

Every figure is the median of some runs in one process; the ratio to plain SQL in the same run is what
counts, since machines differ. Nothing here is a test: it prints, and never fails.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

from neocapgui.document.document import Document
from neocapgui.engine.course import course
from neocapgui.engine.group import tree
from neocapgui.engine.lens import Lens
from neocapgui.figures.cap_table import cap_table
from neocapgui.ledger.edits import correct
from neocapgui.ledger.ledger import Ledger
from tests.benchmarks.large_scenario import large_scenario

AS_OF = date(2015, 6, 30)
SEEN_ROWS = 40

HOLDINGS = """
SELECT holder, security, SUM(moved) FROM (
    SELECT stakeholder AS holder, security,
           CAST(quantity AS INTEGER) * CASE kind WHEN 'issuance' THEN 1 ELSE -1 END AS moved
    FROM transactions WHERE date <= :day
    UNION ALL
    SELECT counterparty, security, CAST(quantity AS INTEGER)
    FROM transactions WHERE kind = 'transfer' AND date <= :day
) GROUP BY holder, security
"""
OVER_TIME = """
SELECT date, stakeholder, SUM(SUM(CAST(quantity AS INTEGER))) OVER (PARTITION BY stakeholder ORDER BY date)
FROM transactions GROUP BY date, stakeholder
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: the program's time and plain SQL's, in seconds."""

    name: str
    ours: float
    sql: float | None
    target: dict[int, float]  # by number of transactions


def seconds(action: Callable[[], Any], runs: int) -> float:
    """Return the median time of some runs."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        found.append(time.perf_counter() - began)
    return median(found)


def first_page(ledger: Ledger, lens: Lens) -> None:
    """Ask for what the window shows at first: the group, and the visible lines of the cap table."""
    tree(ledger, lens)
    table = cap_table(ledger, lens)
    for place in range(min(SEEN_ROWS, len(table.rows))):
        assert table.rows[place].cells


def measured(path: Path, runs: int) -> list[Measured]:
    """Return every question, asked of the program and of the file by plain SQL."""
    began = time.perf_counter()
    document = Document.open(path)
    opened = time.perf_counter() - began
    lens = Lens(AS_OF, next(iter(document.ledger.issuers)))
    page = seconds(lambda: first_page(document.ledger, lens), 1)
    days = iter(range(1, 10_000))

    def edit() -> None:
        row = len(document.ledger.transactions) // 3 + next(days)
        record = document.ledger.transactions[row]
        more = replace(record, quantity=(record.quantity or Decimal(0)) + 1)
        document.do(correct("Correct an issuance", record, more))
        first_page(document.ledger, lens)

    def move() -> None:
        first_page(document.ledger, replace(lens, as_of=AS_OF - timedelta(days=next(days))))

    edited, moved = seconds(edit, runs), seconds(move, runs)
    over_time = seconds(lambda: course(document.ledger, lens), 1)
    saved = seconds(lambda: document.save(path.with_name("saved.db")), 1)
    document.close()
    with closing(sqlite3.connect(path)) as plain:
        return [
            Measured(
                "open",
                opened,
                seconds(lambda: plain.execute("SELECT * FROM transactions").fetchall(), 1),
                {100_000: 1.0, 1_000_000: 3.0},
            ),
            Measured("first page", page, seconds(lambda: _holdings(plain, AS_OF), 1), {}),
            Measured(
                "edit, figures follow",
                edited,
                seconds(lambda: _edit_by_sql(plain), runs),
                {100_000: 0.05, 1_000_000: 0.1},
            ),
            Measured(
                "move the as-of day",
                moved,
                seconds(lambda: _holdings(plain, AS_OF - timedelta(days=next(days))), runs),
                {100_000: 0.016, 1_000_000: 0.05},
            ),
            Measured(
                "ownership over time", over_time, seconds(lambda: plain.execute(OVER_TIME).fetchall(), 1), {}
            ),
            Measured("save", saved, seconds(lambda: _copy(plain, path.with_name("copy.db")), 1), {}),
        ]


def _holdings(plain: sqlite3.Connection, day: date) -> list[Any]:
    return plain.execute(HOLDINGS, {"day": day.isoformat()}).fetchall()


def _edit_by_sql(plain: sqlite3.Connection) -> None:
    with plain:
        plain.execute("UPDATE transactions SET quantity = CAST(quantity AS INTEGER) + 1 WHERE id = 5")
    _holdings(plain, AS_OF)


def _copy(plain: sqlite3.Connection, target: Path) -> None:
    plain.execute("VACUUM INTO ?", [str(target)])


def main() -> None:
    """Make the scenario, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--transactions", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    for count in chosen.transactions:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.db"
            made = Document.create(large_scenario(count), Path(folder))
            made.save(path)
            made.close()
            _print(f"{count:,} transactions, {path.stat().st_size / 2**20:,.0f} MiB")
            _print(f"{'':24}{'ours':>10}{'plain SQL':>12}{'ratio':>8}{'target':>10}")
            for one in measured(path, chosen.runs):
                sql = "" if one.sql is None else f"{1000 * one.sql:,.1f} ms"
                ratio = "" if one.sql is None else f"{one.ours / one.sql:.2f}"
                target = f"{1000 * one.target[count]:,.0f} ms" if count in one.target else ""
                _print(f"{one.name:24}{1000 * one.ours:>7,.1f} ms{sql:>12}{ratio:>8}{target:>10}")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        _print(f"most memory so far: {peak:,.0f} MiB\n")


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
