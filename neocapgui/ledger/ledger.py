"""Everything that is recorded about a group of companies, as one value that never changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import (
    Approval,
    ConversionRight,
    Issuer,
    Price,
    PublishedCount,
    Scenario,
    Security,
    Stakeholder,
)
from neocapgui.ledger.transactions import Transaction

Fact = (
    Scenario
    | Issuer
    | Stakeholder
    | Security
    | ConversionRight
    | Price
    | Approval
    | PublishedCount
    | Transaction
)

# What each fact is called as a table, and which of its fields name which other facts.
TABLES: dict[type[Any], str] = {
    Scenario: "scenario",
    Issuer: "issuers",
    Stakeholder: "stakeholders",
    Security: "securities",
    ConversionRight: "conversion_rights",
    Price: "prices",
    Approval: "approvals",
    PublishedCount: "published_counts",
    Transaction: "transactions",
}
REFERENCES: dict[type[Any], dict[str, type[Any]]] = {
    Scenario: {},
    Issuer: {},
    Stakeholder: {"issuer": Issuer},
    Security: {"issuer": Issuer, "plan": Security, "exercise.into": Security},
    ConversionRight: {"security": Security, "into": Security},
    Price: {"security": Security},
    Approval: {"issuer": Issuer},
    PublishedCount: {"security": Security},
    Transaction: {
        "issuer": Issuer,
        "security": Security,
        "stakeholder": Stakeholder,
        "counterparty": Stakeholder,
        "into_security": Security,
        "approval": Approval,
    },
}


def value_at(fact: Any, path: str) -> Any:
    """Return a field of a fact, or of a value inside it: `exercise.price`."""
    for name in path.split("."):
        fact = getattr(fact, name)
    return fact


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """The facts of a scenario by their numbers, and its transactions as columns."""

    scenario: Mapping[int, Scenario] = field(default_factory=lambda: {1: Scenario(1, "Untitled")})
    issuers: Mapping[int, Issuer] = field(default_factory=dict)
    stakeholders: Mapping[int, Stakeholder] = field(default_factory=dict)
    securities: Mapping[int, Security] = field(default_factory=dict)
    conversion_rights: Mapping[int, ConversionRight] = field(default_factory=dict)
    prices: Mapping[int, Price] = field(default_factory=dict)
    approvals: Mapping[int, Approval] = field(default_factory=dict)
    published_counts: Mapping[int, PublishedCount] = field(default_factory=dict)
    transactions: Transactions = field(default_factory=lambda: Transactions.of(()))
    _grouped: dict[str, dict[int, tuple[Any, ...]]] = field(default_factory=dict, init=False, repr=False)

    def get(self, kind: type[Any], id: int) -> Fact | None:
        """Return a fact of a kind by its number, or None."""
        found: Fact | None = getattr(self, TABLES[kind]).get(id)
        return found

    def next_id(self, kind: type[Any]) -> int:
        """Return a number that no fact of the kind has."""
        if kind is Transaction:
            return self.transactions.next_id()
        return max(getattr(self, TABLES[kind]), default=0) + 1

    def in_order(self) -> Ledger:
        """Return the same facts in the order of their numbers, as a file gives them back."""
        mixed: dict[str, Any] = {}
        for kind, table in TABLES.items():
            facts = getattr(self, table)
            if kind is not Transaction and any(one > other for one, other in pairwise(facts)):
                mixed[table] = dict(sorted(facts.items()))
        return replace(self, **mixed) if mixed else self

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return next((scenario.title for scenario in self.scenario.values()), "Untitled")

    def securities_of(self, issuer: int) -> tuple[Security, ...]:
        """Return the securities an issuer has created, in the order they were recorded."""
        return self._by("securities", "issuer").get(issuer, ())

    def granted_under(self, plan: int) -> tuple[Security, ...]:
        """Return the securities that are granted under an option plan."""
        return self._by("securities", "plan").get(plan, ())

    def rights_of(self, security: int) -> tuple[ConversionRight, ...]:
        """Return the conversion rights of a security."""
        return self._by("conversion_rights", "security").get(security, ())

    def stakeholder_of(self, issuer: int) -> Stakeholder | None:
        """Return the stakeholder that an issuer of this file is, where it holds anything."""
        return next(iter(self._by("stakeholders", "issuer").get(issuer, ())), None)

    def _by(self, table: str, field: str) -> dict[int, tuple[Any, ...]]:
        """Return the facts of a table by the fact that a field names, found once: nothing changes here."""
        key = f"{table}.{field}"
        if key not in self._grouped:
            groups: dict[int, list[Any]] = {}
            for fact in getattr(self, table).values():
                groups.setdefault(getattr(fact, field), []).append(fact)
            self._grouped[key] = {id: tuple(facts) for id, facts in groups.items()}
        return self._grouped[key]
