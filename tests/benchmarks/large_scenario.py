"""A scenario of any size, made of columns: issuances and transfers of many holders over twenty years."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from neocapgui.ledger.columns import (
    DECIMALS,
    MISSING,
    NOTHING,
    REFERENCES,
    TEXTS,
    Figures,
    TextColumn,
    TextPool,
    Transactions,
)
from neocapgui.ledger.facts import Issuer, Scenario, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import KIND_CODE

FIRST, LAST = date(2000, 1, 3), date(2019, 12, 31)
_CLASSES = 4


def large_scenario(transactions: int, seed: int = 1) -> Ledger:
    """Return a scenario of so many transactions and a tenth as many holders; the same for the same seed.

    A third are transfers of a part of what the giver got in an earlier issuance, so that nobody ever
    holds less than nothing; the rest are issuances at a price, in four classes of stock.
    """
    chance = np.random.default_rng(seed)
    holders = max(2, transactions // 10)
    issued = transactions - transactions // 3
    giving = chance.choice(issued, transactions - issued, replace=False)
    quantities = chance.integers(100, 100_000, issued)
    owners = chance.integers(1, holders + 1, issued)
    classes = chance.integers(1, _CLASSES + 1, issued)
    span = LAST.toordinal() - FIRST.toordinal()
    days = np.sort(chance.integers(0, span // 2, issued))
    later = span // 2 + np.sort(chance.integers(0, span // 2, transactions - issued))
    kinds = np.repeat([KIND_CODE["issuance"], KIND_CODE["transfer"]], [issued, transactions - issued])
    numbers: dict[str, Any] = {
        "id": np.arange(1, transactions + 1),
        "date": (FIRST.toordinal() + np.concatenate([days, later])).astype(np.int32),
        "order": np.zeros(transactions, np.int32),
        "kind": kinds.astype(np.int8),
        "certainty": np.zeros(transactions, np.int8),
        "recorded": np.full(transactions, NOTHING, np.int32),
        "ratio_new": np.zeros(transactions, np.int64),
        "ratio_old": np.zeros(transactions, np.int64),
        **{name: np.full(transactions, NOTHING, np.int32) for name in REFERENCES},
    }
    numbers["security"] = np.concatenate([classes, classes[giving]]).astype(np.int32)
    numbers["stakeholder"] = np.concatenate([owners, owners[giving]]).astype(np.int32)
    numbers["counterparty"][issued:] = chance.integers(1, holders + 1, transactions - issued)
    figures = {name: Figures(np.full(transactions, MISSING), 0) for name in DECIMALS}
    figures["quantity"] = Figures(np.concatenate([quantities, quantities[giving] // 2]), 0)
    prices = np.full(transactions, MISSING)
    prices[:issued] = chance.integers(100, 3_000, issued)
    figures["price"] = Figures(prices, 2)
    return Ledger(
        scenario={1: Scenario(1, f"{transactions:,} transactions")},
        issuers={1: Issuer(1, "Large Company, Inc.", FIRST)},
        stakeholders={id: Stakeholder(id, f"Holder {id}") for id in range(1, holders + 1)},
        securities={
            id: Security(id, 1, f"Class {id}", SecurityKind.COMMON, FIRST) for id in range(1, _CLASSES + 1)
        },
        transactions=Transactions(numbers, figures, _texts(transactions)).in_order(),
    )


def _texts(transactions: int) -> dict[str, TextColumn]:
    pool = TextPool()
    source = pool.add("register of the transfer agent")
    columns = {name: TextColumn(np.full(transactions, NOTHING, np.int32), pool) for name in TEXTS}
    columns["source"] = TextColumn(np.full(transactions, source, np.int32), pool)
    certificates = [pool.add(f"C-{number}") for number in range(1, transactions + 1)]
    columns["certificate"] = TextColumn(np.array(certificates, np.int32), pool)
    return columns
