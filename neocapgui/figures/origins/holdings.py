"""Where holdings and counts of shares come from: entries, splits, and the holders of a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.entries import counted_rows
from neocapgui.engine.finding import Place, at
from neocapgui.engine.holdings import Holdings, holdings, rounding_policies
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.engine.replay import treatment
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text
from neocapgui.figures.origins.origin import FACT, NOT_LISTED, SUM, Origin, rounded
from neocapgui.figures.origins.workings import told
from neocapgui.ledger.facts import Security, Stakeholder
from neocapgui.ledger.history import History
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KIND, Transaction

ENTRIES = 200  # of one holding that are listed one by one; the earlier ones stand in one line
HOLDERS = 25  # of a class that are listed one by one, the largest


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of: the ledger from a point of view, in the marks of a language."""

    ledger: Ledger
    lens: Lens
    style: Style = PLAIN
    history: History | None = None

    @property
    def terms(self) -> TermsInForce:
        """The terms in force on the day."""
        return TermsInForce.on(self.ledger, self.lens)

    def on(self, lens: Lens) -> Asked:
        """Return the same, asked from another point of view."""
        return replace(self, lens=lens)


def vouched(certainty: Certainty, source: str) -> str:
    """Return what vouches for a fact: how sure it is, and the document.

    >>> vouched(Certainty.PUBLISHED, "8-K of 13 Aug 2001")
    'published · 8-K of 13 Aug 2001'
    """
    return f"{certainty} · {source}" if source else str(certainty)


def holder_name(asked: Asked, stakeholder: int) -> str:
    """Return the name of a stakeholder."""
    return names_of(asked.ledger, Stakeholder).get(stakeholder, "Available under plans")


def holding(asked: Asked, stakeholder: int, security: int, before: int | None = None) -> Origin:
    """Return where a holding comes from: entries in order, and each split as a step on what stood before.

    `before` is a row of the ledger; entries from it on are left out. What a split makes is rounded as the
    split says, for this holder by itself.
    """
    ledger, title = asked.ledger, holder_name(asked, stakeholder)
    name = ledger.securities[security].name
    rows = _rows(asked, stakeholder, security, before)
    policies = dict(rounding_policies(ledger))
    parts: list[Origin] = []
    shares = together = Fraction(0)
    unlisted = max(0, len(rows) - ENTRIES)
    for place, row in enumerate(rows):
        record = ledger.transactions[row]
        if record.kind == "split":
            if shares and record.ratio:
                standing = Origin(f"{title}: {name}", shares, Kind.SHARES, SUM, _listed(parts, together))
                policy, ratio = treatment(ledger.transactions, policies, row), Fraction(record.ratio)
                shares, together = Fraction(rounded_shares(shares * ratio, policy)), Fraction(0)
                day = day_text(record.date, asked.style)
                divided = (
                    standing,
                    entry_figure(asked, record, f"Split of {day}", ratio, Kind.RATIO, "ratio"),
                )
                after = f"{name} after the split of {day}"
                parts = [Origin(after, shares, Kind.SHARES, rounded(policy), divided)]
            continue
        moved = _moved(record, stakeholder, security)
        shares += moved
        if place < unlisted:
            together += moved
        elif moved:
            parts.append(_entry(asked, record, moved))
    return Origin(f"{title}: {name}", shares, Kind.SHARES, SUM, _listed(parts, together))


def _listed(parts: list[Origin], together: Fraction) -> tuple[Origin, ...]:
    if not together:
        return tuple(parts)
    return (Origin("Earlier entries together", together, Kind.SHARES, NOT_LISTED), *parts)


def _rows(asked: Asked, stakeholder: int, security: int, before: int | None) -> list[int]:
    transactions = asked.ledger.transactions
    stop = transactions.until(asked.lens.as_of) if before is None else before
    numbers = {name: column[:stop] for name, column in transactions.numbers.items()}
    own = numbers["security"] == security
    found = (numbers["stakeholder"] == stakeholder) & (own | (numbers["into_security"] == security))
    found |= (numbers["counterparty"] == stakeholder) & own
    found |= (numbers["ratio_old"] > 0) & own
    counted = counted_rows(asked.ledger, asked.lens)
    if counted is not None:
        found &= counted[:stop]
    rows: list[int] = np.flatnonzero(found).tolist()
    return rows


def _moved(record: Transaction, stakeholder: int, security: int) -> Fraction:
    moved = Fraction(0)
    for leg in KIND[record.kind].legs:
        quantity = getattr(record, leg.quantity)
        if (getattr(record, leg.holder), getattr(record, leg.security)) == (
            stakeholder,
            security,
        ) and quantity:
            moved += leg.sign * Fraction(quantity)
    return moved


def _entry(asked: Asked, record: Transaction, moved: Fraction) -> Origin:
    source = vouched(record.certainty, record.source)
    text = told(asked.ledger, asked.lens, record, asked.style)
    return Origin(text, moved, Kind.SHARES, FACT, (), "", source, at(record))


def entry_figure(
    asked: Asked, record: Transaction, title: str, value: Fraction, kind: Kind, field: str
) -> Origin:
    """Return a figure that an entry states in one of its fields."""
    source = vouched(record.certainty, record.source)
    return Origin(title, value, kind, FACT, (), "", source, at(record, field))


def stated(asked: Asked, fact: Security, title: str, field: str, kind: Kind, value: Fraction) -> Origin:
    """Return a figure that a paper states in the terms of a security."""
    place = Place("securities", fact.id, field)
    return Origin(
        title, value, kind, FACT, (), f"terms of {fact.name}", vouched(fact.certainty, fact.source), place
    )


def count_of(asked: Asked, security: int, title: str, has_treasury: bool = False) -> Origin:
    """Return where the shares of a class come from: the holdings of all holders, the largest first.

    Treasury shares, the issuer's own, are left out of what is outstanding and counted in what is issued.
    """
    held, ledger = holdings(asked.ledger, asked.lens), asked.ledger
    itself = () if has_treasury else stakeholders_being(ledger, ledger.securities[security].issuer)
    return class_total(asked, held, security, title, itself)


def class_total(
    asked: Asked, held: Holdings, security: int, title: str, left_out: Iterable[int] = ()
) -> Origin:
    """Return the sum of the holdings of a class, the largest holders one by one."""
    skipped = set(left_out)
    found = [one for one in held.of_security(security) if one.stakeholder not in skipped and one.quantity]
    found.sort(key=lambda one: (-one.quantity, one.stakeholder))
    parts = [holding(asked, one.stakeholder, security) for one in found[:HOLDERS]]
    rest = found[HOLDERS:]
    if rest:
        together = sum((one.quantity for one in rest), Fraction(0))
        parts.append(Origin(f"{len(rest):,} other holders together", together, Kind.SHARES, NOT_LISTED))
    total = sum((one.quantity for one in found), Fraction(0))
    return Origin(title, total, Kind.SHARES, SUM, tuple(parts), "treasury shares left out" if skipped else "")
