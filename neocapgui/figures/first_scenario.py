"""The steps of a first scenario, and which of them a ledger shows to be done."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np

from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import KINDS

_BEGINS = frozenset({"opening", "issuance"})  # kinds that put the first shares into somebody's hand
_OF_RECORD = frozenset({"authorized", "status", "rename", "reserve"})  # kinds that move nobody's shares


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what to do in a sentence, where, and how a ledger shows that it is done."""

    name: str
    title: str
    sentence: str
    page: str  # where it is done; "" is the menu File
    table: str = ""  # in whose empty line
    is_done: Callable[[Ledger], bool] | None = None  # None: by being seen, or by saving


def _has_company(ledger: Ledger) -> bool:
    return any(issuer.name.strip() for issuer in ledger.issuers.values())


def _has_holder(ledger: Ledger) -> bool:
    return any(holder.issuer is None for holder in ledger.stakeholders.values())


def _has_security(ledger: Ledger) -> bool:
    return bool(ledger.securities)


def _has_issuance(ledger: Ledger) -> bool:
    return bool(_kinds(ledger) & _BEGINS)


def _has_event(ledger: Ledger) -> bool:
    return bool(_kinds(ledger) - _BEGINS - _OF_RECORD)


STEPS: tuple[Step, ...] = (
    Step(
        "company",
        "Name a company",
        "Type its name into the empty line of the table, then Enter.",
        "group",
        "issuers",
        _has_company,
    ),
    Step(
        "security",
        "Create a class of shares",
        "Type Common into the empty line; with Tab go on to its kind, the day it was created, and its votes.",
        "securities",
        "securities",
        _has_security,
    ),
    Step(
        "holder",
        "Record a holder",
        "Type a name into the empty line under Stakeholders. A new name in an entry is recorded as well.",
        "cap_table",
        "stakeholders",
        _has_holder,
    ),
    Step(
        "issuance",
        "Issue shares",
        "In the empty line type day, Issuance, security, holder and number of shares, each with Tab.",
        "transactions",
        "transactions",
        _has_issuance,
    ),
    Step(
        "cap_table",
        "See who owns what",
        "The cap table follows each entry. Try the bases above it, and the timeline below.",
        "cap_table",
    ),
    Step(
        "event",
        "Let something happen",
        "Record a transfer, a conversion or a split: as a line of the ledger, or from the menu Entry.",
        "transactions",
        "transactions",
        _has_event,
    ),
    Step(
        "save",
        "Save the scenario",
        "Choose a name and a folder. Every edit stays in the file's history and can be undone later.",
        "",
    ),
)


def steps_done(ledger: Ledger, seen: Collection[str], is_saved: bool) -> frozenset[str]:
    """Return the names of the steps that are done.

    `seen` are the pages that were looked at; the cap table counts as seen once something is issued.
    """
    done = {step.name for step in STEPS if step.is_done is not None and step.is_done(ledger)}
    if "cap_table" in seen and "issuance" in done:
        done.add("cap_table")
    if is_saved and "company" in done:
        done.add("save")
    return frozenset(done)


def next_step(done: Collection[str], skipped: Collection[str] = ()) -> Step | None:
    """Return the first step that is neither done nor skipped, or None where all are."""
    return next((step for step in STEPS if step.name not in done and step.name not in skipped), None)


def _kinds(ledger: Ledger) -> set[str]:
    return {KINDS[code].name for code in np.unique(ledger.transactions.numbers["kind"]).tolist()}
