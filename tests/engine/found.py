"""What the checks find in the cast of the tests and a few more facts."""

from __future__ import annotations

from datetime import date

from neocapgui.engine.checks import findings
from neocapgui.engine.finding import Finding
from neocapgui.engine.lens import Lens
from neocapgui.ledger.ledger import Fact
from tests.engine.ledgers import cast

LENS = Lens(date(2022, 1, 1))


def found(*facts: Fact, planned: bool = False) -> list[Finding]:
    """Return all findings of a ledger."""
    return list(findings(cast(*facts), Lens(LENS.as_of, planned=planned)))


def only(*facts: Fact, planned: bool = False) -> Finding:
    """Return the one finding of a ledger; more or none is an error of the test."""
    (finding,) = found(*facts, planned=planned)
    return finding
