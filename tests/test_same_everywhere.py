"""The same scenario gives the same report in every locale, time zone and order of recording."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from neocapgui.document.document import Document
from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.figures.report import report
from neocapgui.ledger.edits import Change, Edit, EditRefused, apply
from neocapgui.ledger.facts import Scenario
from neocapgui.ledger.ledger import TABLES, Fact, Ledger

# SHA-256 of the JSON of `report --planned` on the last day. They move only with a sample, or with an answer.
DIGESTS = {
    "neotherapeutics-as-announced": "b40fd83b1a57af3ba7b56bb9167fbc9e6e54b1442ab11c2365016d65c9147c14",
    "neotherapeutics-as-filed": "80011d5f8c521704d8c2d384e5860ddae47640acf643345fada89f17ee047936",
    "preferred-at-a-floating-price": "983941c098bc6ec9a1c24f03e5b9c84db128fb954f1e20c2dd6e1fbc087abaa0",
}
SURROUNDINGS = [  # LC_ALL, TZ, PYTHONHASHSEED
    ("C", "UTC", "0"),
    ("de_DE.UTF-8", "Europe/Berlin", "1"),
    ("tr_TR.UTF-8", "Asia/Istanbul", "2"),
    ("fa_IR.UTF-8", "Asia/Kolkata", "77"),
    ("ja_JP.UTF-8", "Pacific/Kiritimati", "4294967295"),
    ("en_US.UTF-8", "America/St_Johns", "random"),
]
REPORT_ALL = """
import hashlib, io, sys
from contextlib import redirect_stdout
from pathlib import Path
from neocapgui.__main__ import main

for path in sys.argv[1:]:
    said = io.StringIO()
    with redirect_stdout(said):
        assert main(["report", path, "--planned", "--format", "json"]) == 0
    print(Path(path).stem, hashlib.sha256(said.getvalue().encode()).hexdigest())
"""


def digest(ledger: Ledger) -> str:
    """Return the digest of the report as the command line prints it."""
    days = ledger.transactions.numbers["date"]
    answer = report(ledger, Lens(date.fromordinal(int(days.max())), planned=True))
    return hashlib.sha256((json.dumps(answer, indent=1, ensure_ascii=False) + "\n").encode()).hexdigest()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The samples as files."""
    folder = tmp_path_factory.mktemp("everywhere")
    paths = [folder / f"{one.name}.db" for one in SAMPLES]
    for path in paths:
        with Document.create(sample(path.stem), folder) as document:
            document.save(path)
    return paths


def test_the_digests_are_those_of_every_sample() -> None:
    assert {one.name: digest(sample(one.name)) for one in SAMPLES} == DIGESTS


@pytest.mark.parametrize(("locale", "zone", "seed"), SURROUNDINGS)
def test_neither_locale_nor_zone_nor_hashing_moves_a_result(
    files: list[Path], locale: str, zone: str, seed: str
) -> None:
    surroundings = {**os.environ, "LC_ALL": locale, "LANG": locale, "TZ": zone, "PYTHONHASHSEED": seed}
    answer = subprocess.run(
        [sys.executable, "-c", REPORT_ALL, *map(str, files)],
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert answer.stderr == ""
    assert dict(line.split() for line in answer.stdout.splitlines()) == DIGESTS


@pytest.mark.parametrize("name", DIGESTS)
@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_facts_were_recorded_moves_no_result(name: str, seed: int) -> None:
    shuffled = apply(Ledger(scenario={}), Edit("All at once", tuple(mixed(sample(name), seed))))
    assert digest(shuffled) == DIGESTS[name]


def mixed(ledger: Ledger, seed: int) -> Iterator[Change]:
    """Return the recording of every fact in a random order."""
    facts = [fact for table in TABLES.values() for fact in _values(ledger, table)]
    random.Random(seed).shuffle(facts)
    yield from (Change(None, fact) for fact in facts)


def _values(ledger: Ledger, table: str) -> list[Fact]:
    held = getattr(ledger, table)
    return list(held.values()) if isinstance(held, dict) else list(held)


@pytest.mark.parametrize("name", DIGESTS)
def test_a_file_whose_rows_were_written_backwards_gives_the_same(name: str, tmp_path: Path) -> None:
    ledger = sample(name)
    backwards = {
        table: dict(reversed(list(getattr(ledger, table).items())))
        for table in TABLES.values()
        if table != "transactions"
    }
    with Document.create(Ledger(**backwards, transactions=ledger.transactions), tmp_path) as document:
        document.save(tmp_path / "a.db")
        assert digest(document.ledger) == DIGESTS[name]
    with Document.open(tmp_path / "a.db", tmp_path) as document:
        assert digest(document.ledger) == DIGESTS[name]


@pytest.mark.parametrize("name", DIGESTS)
def test_edits_and_their_undoing_leave_every_result_as_it_was(name: str) -> None:
    ledger = sample(name)
    for table in TABLES.values():
        for fact in _values(ledger, table)[:3]:
            if isinstance(fact, Scenario):
                continue
            edit = Edit("Remove", (Change(fact, None),))
            with suppress(EditRefused):  # what others name stays
                taken = apply(ledger, edit)
                assert digest(apply(taken, edit.inverse())) == DIGESTS[name]


@pytest.mark.parametrize("language", ["C", "de_DE", "tr_TR", "fa_IR", "fr_CH", "hi_IN"])
def test_the_language_of_the_window_moves_no_result(qapp: object, language: str) -> None:
    from PySide6.QtCore import QLocale

    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        assert {one.name: digest(sample(one.name)) for one in SAMPLES} == DIGESTS
    finally:
        QLocale.setDefault(before)
