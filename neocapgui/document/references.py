"""Whether every fact that names another names one that is there."""

from __future__ import annotations

from typing import Any

import numpy as np

from neocapgui.ledger.columns import NOTHING
from neocapgui.ledger.ledger import REFERENCES, TABLES, Ledger, value_at
from neocapgui.ledger.transactions import Transaction


def check_references(ledger: Ledger) -> None:
    """Refuse (ValueError) a ledger in which something names what is not recorded, naming both."""
    for kind, paths in REFERENCES.items():
        for path, target in paths.items():
            if kind is Transaction:
                _check_column(ledger, path, target)
            else:
                _check_facts(ledger, kind, path, target)


def _check_facts(ledger: Ledger, kind: type[Any], path: str, target: type[Any]) -> None:
    there = getattr(ledger, TABLES[target])
    for fact in getattr(ledger, TABLES[kind]).values():
        id = value_at(fact, path)
        if id is not None and id not in there:
            raise ValueError(_sentence(kind, fact.id, path, target, id))


def _check_column(ledger: Ledger, path: str, target: type[Any]) -> None:
    numbers = ledger.transactions.numbers
    there = np.fromiter(getattr(ledger, TABLES[target]), np.int64)
    wrong = np.flatnonzero((numbers[path] != NOTHING) & ~np.isin(numbers[path], there))
    if len(wrong):
        row = wrong[0]
        raise ValueError(
            _sentence(Transaction, int(numbers["id"][row]), path, target, int(numbers[path][row]))
        )


def _sentence(kind: type[Any], fact: int, path: str, target: type[Any], id: int) -> str:
    column = path.replace(".", "_")
    return f"{TABLES[kind]} {fact}: {column} names {id}, which is not among the {TABLES[target]}"
