"""What a line of a table is about: the company, the security, the holder or the right that it names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.guide import ANYTHING, About
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.facts import (
    Approval,
    ConversionRight,
    Issuer,
    Price,
    PublishedCount,
    Security,
    Stakeholder,
)
from neocapgui.ledger.ledger import Fact, Ledger
from neocapgui.ledger.transactions import Transaction

_OF_SECURITIES = frozenset({"cap_table_by_security", "conversions"})  # their lines are kept by security
_OF_HOLDERS = frozenset({"cap_table", "splits"})  # by stakeholder
_OF_COMPANIES = frozenset({"standings"})  # by issuer


def about(ledger: Ledger, lens: Lens, table: Table, row: Row | None, column: Column) -> About:
    """Return what a line is about; in the cap table the column says of which security."""
    if row is None or row.is_total:
        return ANYTHING
    if row.fact is not None:
        return _about_fact(ledger, row.fact)
    if isinstance(row.key, tuple):
        return _about_pair(ledger, table.name, row.key)
    if isinstance(row.key, int):
        return _about_key(ledger, lens, table.name, row.key, column)
    return ANYTHING


def _about_fact(ledger: Ledger, fact: Fact) -> About:
    if isinstance(fact, Transaction):
        return About(fact.issuer, fact.security, fact.stakeholder)
    if isinstance(fact, ConversionRight):
        return replace(_about_security(ledger, fact.security), right=fact.id)
    if isinstance(fact, (Security, Price, PublishedCount)):
        return _about_security(ledger, fact.id if isinstance(fact, Security) else fact.security)
    if isinstance(fact, Stakeholder):
        return About(stakeholder=fact.id)
    return (
        About(issuer=getattr(fact, "issuer", fact.id)) if isinstance(fact, (Issuer, Approval)) else ANYTHING
    )


def _about_security(ledger: Ledger, security: int) -> About:
    return About(ledger.securities[security].issuer, security)


def _about_key(ledger: Ledger, lens: Lens, table: str, key: int, column: Column) -> About:
    if table in _OF_SECURITIES and key in ledger.securities:
        return _about_security(ledger, key)
    if table in _OF_COMPANIES and key in ledger.issuers:
        return About(issuer=key)
    if table in _OF_HOLDERS and key in ledger.stakeholders:
        return About(lens.issuer, _security_called(ledger, lens, column.title), key)
    return ANYTHING


def _about_pair(ledger: Ledger, table: str, key: tuple[Any, ...]) -> About:
    first, second = (*key, None)[:2]
    if table == "price_range" and first in ledger.conversion_rights:
        right = ledger.conversion_rights[first]
        return replace(_about_security(ledger, right.security), right=right.id)
    if table == "group" and second in ledger.issuers:
        owner = ledger.stakeholder_of(first)
        return About(second, stakeholder=None if owner is None else owner.id)
    return ANYTHING


def _security_called(ledger: Ledger, lens: Lens, title: str) -> int | None:
    own = [one for one in ledger.securities_of(lens.issuer or 0) if one.name == title]
    totals = holdings(ledger, lens).totals() if own else {}
    return next((one.id for one in own if totals.get(one.id)), None)
