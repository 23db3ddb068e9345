"""What deserves a look although nothing contradicts it: harsh terms, and entries that stand there twice."""

from __future__ import annotations

from neocapgui.engine.finding import Finding
from neocapgui.engine.lens import Lens
from neocapgui.engine.repeated import repeated_entries
from neocapgui.engine.term_lint import remarks_on_terms
from neocapgui.ledger.ledger import Ledger


def remarks(ledger: Ledger, lens: Lens) -> tuple[Finding, ...]:
    """Return the remarks on a ledger; they are no findings, and no check fails for them.

    >>> from datetime import date
    >>> remarks(Ledger(), Lens(date(2001, 8, 31)))
    ()
    """
    return (*repeated_entries(ledger, lens), *remarks_on_terms(ledger, lens))
