"""Scenarios that are well made and say what no company ever did."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from types import NoneType
from typing import Any, get_args, get_type_hints

from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import (
    ConversionRight,
    Issuer,
    Price,
    PublishedCount,
    Scenario,
    Security,
    Stakeholder,
)
from neocapgui.ledger.ledger import REFERENCES, TABLES, Ledger
from neocapgui.ledger.terms import ConversionBasis, LookBack, SecurityKind
from neocapgui.ledger.transactions import KINDS, Transaction

Facts = Callable[[random.Random], Ledger]

_FIGURES = (
    "0",
    "1",
    "-1",
    "0.5",
    "-0.000001",
    "1e-190",
    "-7e100",
    "3",
    "1000000",
    "100.25",
    "9" * 180,
    "-" + "9" * 150,
)
_DAYS = (date.min, date.max, date(1, 1, 2), date(2000, 2, 29), date(2001, 9, 19), date(9999, 12, 30))
_TEXTS = (
    "",
    "x",
    "=1+1",
    "a\nb",
    "\u202e",
    "\ud7ff",
    "'; DROP TABLE issuers; --",
    "<img src=x>",
    "y" * 5000,
    "0",
    "nan",
)
_WHOLE = (0, 1, -1, 2, 12, 365, 2**31 - 1, -(2**31) + 1)
_RATIOS = ((1, 10**17), (10**17, 1), (1, 1), (-1, 25), (1, 25), (10**18, 10**18 - 1), (0, 5))
_TRANSACTIONS = tuple(kind.name for kind in KINDS)


def _value(hint: Any, chance: random.Random) -> Any:
    inside = [one for one in get_args(hint) if one is not NoneType]
    if NoneType in get_args(hint):
        return None if chance.random() < 0.5 else _value(inside[0], chance)
    if isinstance(hint, type) and is_dataclass(hint):
        return _fact(hint, chance)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return chance.choice(list(hint))
    plain: dict[Any, Callable[[], Any]] = {
        int: lambda: chance.choice(_WHOLE),
        str: lambda: chance.choice(_TEXTS),
        bool: lambda: chance.random() < 0.5,
        Decimal: lambda: Decimal(chance.choice(_FIGURES)),
        date: lambda: chance.choice(_DAYS),
        Fraction: lambda: Fraction(*chance.choice(_RATIOS)),
        tuple[date, ...]: lambda: tuple(chance.choices(_DAYS, k=chance.randrange(3))),
    }
    return plain[hint]()


def _fact(kind: type[Any], chance: random.Random, /, **said: Any) -> Any:
    hints = get_type_hints(kind)
    parts = {
        field.name: said[field.name] if field.name in said else _value(hints[field.name], chance)
        for field in fields(kind)
        if field.name in said or field.default is MISSING or chance.random() < 0.6
    }
    return kind(**parts)


def anything(chance: random.Random) -> Ledger:
    """Return facts of every kind whose fields hold anything that their types allow."""
    ids: dict[type[Any], list[int]] = {kind: list(range(1, chance.randrange(2, 6))) for kind in TABLES}
    ids[Scenario] = [1]
    ids[Transaction] = list(range(1, chance.choice((5, 60))))
    held: dict[str, Any] = {}
    for kind, name in TABLES.items():
        made = []
        for id in ids[kind]:
            said: dict[str, Any] = {"id": id}
            for path, target in REFERENCES[kind].items():
                field, _, inside = path.partition(".")
                hint = get_type_hints(kind)[field]
                if inside:
                    said[field] = _fact(hint, chance, **{inside: chance.choice([None, *ids[target]])})
                else:
                    nothing = [None] if NoneType in get_args(hint) else []
                    said[field] = chance.choice([*nothing, *ids[target], *ids[target]])
            if kind is Transaction:
                said["kind"] = chance.choice(_TRANSACTIONS)
            made.append(_fact(kind, chance, **said))
        held[name] = Transactions.of(made) if kind is Transaction else {fact.id: fact for fact in made}
    return Ledger(**held)


def _ledger(
    issuers: int,
    stakeholders: list[Stakeholder],
    securities: list[Security],
    transactions: list[Transaction],
    rights: tuple[ConversionRight, ...] = (),
    **more: Any,
) -> Ledger:
    return Ledger(
        scenario={1: Scenario(1, "Absurd")},
        issuers={number: Issuer(number, f"Issuer {number}") for number in range(1, issuers + 1)},
        stakeholders={one.id: one for one in stakeholders},
        securities={one.id: one for one in securities},
        conversion_rights={one.id: one for one in rights},
        transactions=Transactions.of(transactions),
        **more,
    )


def _common(number: int, issuer: int = 1) -> Security:
    return Security(number, issuer, f"Common {number}", SecurityKind.COMMON, votes=Decimal(1))


def _issuance(number: int, security: int, holder: int, shares: Decimal, day: date) -> Transaction:
    return Transaction(number, day, "issuance", number % 10**9, None, security, holder, quantity=shares)


def holder_loop(chance: random.Random) -> Ledger:
    """Return companies that own each other in a ring, wholly or nearly so."""
    count = chance.choice((2, 3, 12, 200))
    shares = [Decimal(chance.choice((1, 1000, 10**15))) for _ in range(count)]
    day = date(2001, 1, 1)
    outside = chance.choice((0, 1))
    return _ledger(
        count,
        [Stakeholder(n, f"Issuer {n}", "issuer", n) for n in range(1, count + 1)]
        + [Stakeholder(count + 1, "Somebody")],
        [_common(n, n) for n in range(1, count + 1)],
        [_issuance(n, n, n % count + 1, shares[n - 1], day) for n in range(1, count + 1)]
        + [_issuance(count + 1, 1, count + 1, Decimal(1), day)] * outside,
    )


def own_shares_only(chance: random.Random) -> Ledger:
    """Return a company all of whose shares it holds itself."""
    shares = Decimal(chance.choice(_FIGURES))
    return _ledger(
        1, [Stakeholder(1, "Itself", "issuer", 1)], [_common(1)], [_issuance(1, 1, 1, shares, date.min)]
    )


def conversion_ring(chance: random.Random) -> Ledger:
    """Return securities each of which converts into the next, and the last into the first."""
    count = chance.choice((1, 2, 50, 3000))
    basis = chance.choice(list(ConversionBasis))
    securities = [
        Security(n, 1, f"Paper {n}", chance.choice((SecurityKind.PREFERRED, SecurityKind.CONVERTIBLE)))
        for n in range(1, count + 1)
    ]
    rights = tuple(
        ConversionRight(
            n, n, n % count + 1, basis, Fraction(3, 2), price=Decimal("0.01"), look_back=LookBack(days=5)
        )
        for n in range(1, count + 1)
    )
    held = [_issuance(n, n, 1, Decimal(10**9), date(2001, 1, 1)) for n in range(1, count + 1)]
    return _ledger(1, [Stakeholder(1, "Ada")], securities, held, rights)


def endless_splits(chance: random.Random) -> Ledger:
    """Return a company that splits its shares more often than any number can follow."""
    ratio = Fraction(*chance.choice(((10**17, 1), (1, 10**17), (3, 2), (7, 10**17), (10**18, 10**18 - 1))))
    count = chance.choice((3, 10, 400))
    day = date(2000, 1, 1)
    splits = [
        Transaction(n + 1, day + timedelta(days=n), "split", n, None, 1, ratio=ratio)
        for n in range(1, count + 1)
    ]
    start = _issuance(1, 1, 1, Decimal(chance.choice(("1", "0.3", "9" * 150, "-1"))), day)
    return _ledger(1, [Stakeholder(1, "Ada")], [_common(1)], [start, *splits])


def ends_of_time(chance: random.Random) -> Ledger:
    """Return a company on the first and the last day that there is, with a vesting that never ends."""
    any_holder = [Stakeholder(n, chance.choice(_TEXTS)) for n in (1, 2)]
    securities = [_common(1), *(_fact(Security, chance, id=n, issuer=1, plan=None) for n in (2, 3))]
    moves = [
        Transaction(
            n,
            chance.choice((date.min, date.max)),
            chance.choice(_TRANSACTIONS),
            n,
            None,
            chance.choice((1, 2, 3)),
            1,
            2,
            Decimal(chance.choice(_FIGURES)),
            into_security=1,
            into_quantity=Decimal(chance.choice(_FIGURES)),
        )
        for n in range(1, 30)
    ]
    counts = {1: PublishedCount(1, chance.choice(_DAYS), 1, Decimal(chance.choice(_FIGURES)), "x")}
    prices = {n: Price(n, 1, chance.choice(_DAYS), Decimal(chance.choice(_FIGURES))) for n in (1, 2)}
    cut = [_without_references(one) for one in securities]
    return _ledger(1, any_holder, cut, moves, published_counts=counts, prices=prices)


def _without_references(security: Security) -> Security:
    from dataclasses import replace

    return replace(security, exercise=replace(security.exercise, into=None))


def crowd(chance: random.Random) -> Ledger:
    """Return thousands of holders, classes or companies, most of them for one share."""
    holders, classes, issuers = chance.choice(((5000, 1, 1), (10, 3000, 1), (10, 2000, 2000)))
    day = date(2001, 1, 1)
    number = max(holders, classes)
    return _ledger(
        issuers,
        [
            Stakeholder(n, f"Holder {n}", "", n if n <= issuers and issuers > 1 else None)
            for n in range(1, holders + 1)
        ],
        [_common(n, (n - 1) % issuers + 1) for n in range(1, classes + 1)],
        [
            _issuance(
                n, (n - 1) % classes + 1, (n - 1) % holders + 1, Decimal(chance.choice((1, -1, 0))), day
            )
            for n in range(1, number + 1)
        ],
    )


def nothing(_: random.Random) -> Ledger:
    """Return a scenario of which nobody has said anything."""
    return Ledger()


FACTS: dict[str, Facts] = {
    "anything": anything,
    "anything at all": anything,
    "a ring of owners": holder_loop,
    "own shares only": own_shares_only,
    "a ring of conversions": conversion_ring,
    "endless splits": endless_splits,
    "ends of time": ends_of_time,
    "a crowd": crowd,
    "nothing": nothing,
}
