"""Ledgers for the tests of the file: a small one written out, and random ones of every kind of fact."""

from __future__ import annotations

from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

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
from neocapgui.ledger.ledger import REFERENCES, TABLES, Ledger
from neocapgui.ledger.terms import (
    Certainty,
    ConversionBasis,
    Exercise,
    LookBack,
    SecurityKind,
    Statistic,
)
from neocapgui.ledger.transactions import KINDS, Transaction


def table(*facts: Any) -> dict[int, Any]:
    """Return facts by their numbers."""
    return {fact.id: fact for fact in facts}


def acme() -> Ledger:
    """Return a parent, its subsidiary and a few years of their papers."""
    return Ledger(
        scenario=table(Scenario(1, "Acme and Beta", "Two companies", "EUR")),
        issuers=table(Issuer(1, "Acme, Inc.", date(1999, 3, 1)), Issuer(2, "Beta GmbH")),
        stakeholders=table(
            Stakeholder(1, "Ada", "individual"),
            Stakeholder(2, "Bob"),
            Stakeholder(3, "Acme, Inc.", "issuer", 1),
        ),
        securities=table(
            Security(1, 1, "Common", SecurityKind.COMMON, par=Decimal("0.001"), votes=Decimal(1)),
            Security(2, 1, "Series A", SecurityKind.PREFERRED, stated_value=Decimal("1000")),
            Security(3, 2, "Anteile", SecurityKind.COMMON, note="Gesellschafterliste, €"),
            Security(
                4,
                1,
                "Warrant 2001",
                SecurityKind.WARRANT,
                exercise=Exercise(1, Decimal("4.1250"), expires=date(2006, 9, 4)),
            ),
        ),
        conversion_rights=table(
            ConversionRight(
                1,
                2,
                1,
                ConversionBasis.FLOATING,
                look_back=LookBack(days=10, statistic=Statistic.LOWEST, multiplier=Decimal("0.92")),
                resets=(date(2001, 1, 2), date(2001, 7, 2)),
            ),
            ConversionRight(2, 4, 1, ConversionBasis.RATIO, Fraction(1, 3)),
        ),
        prices=table(Price(1, 1, date(2001, 9, 19), Decimal("3.48"), volume=Decimal(120_000))),
        approvals=table(Approval(1, 1, "stockholders", "Reverse split", meeting_date=date(2002, 6, 1))),
        published_counts=table(PublishedCount(1, date(2001, 8, 10), 1, Decimal(1000), "10-Q, cover")),
        transactions=Transactions.of(
            (
                Transaction(
                    1, date(2000, 1, 3), "issuance", 0, None, 1, 1, quantity=Decimal(750), price=Decimal(2)
                ),
                Transaction(2, date(2000, 1, 3), "issuance", 1, None, 1, 2, quantity=Decimal(250)),
                Transaction(
                    3, date(2000, 5, 1), "issuance", security=3, stakeholder=3, quantity=Decimal("99.5")
                ),
                Transaction(
                    4,
                    date(2001, 9, 19),
                    "conversion",
                    security=2,
                    stakeholder=2,
                    quantity=Decimal(700),
                    price=Decimal("3.48"),
                    into_security=1,
                    into_quantity=Decimal(201_149),
                    certificate="A-7",
                    certainty=Certainty.INFERRED,
                    recorded=date(2001, 10, 1),
                    source="Notice of 2001-09-19",
                    note="„genau“",
                ),
                Transaction(5, date(2002, 7, 1), "split", security=1, ratio=Fraction(1, 25), approval=1),
                Transaction(6, date(2002, 8, 1), "rename", issuer=2, value="Gamma GmbH"),
                Transaction(7, date(2001, 3, 1), "transfer", 0, None, 1, 1, 2, Decimal("12.5")),
            )
        ),
    )


def same(one: Ledger, other: Ledger) -> bool:
    """Return whether two ledgers record the same facts; the order of a table's facts does not count."""
    return facts(one) == facts(other)


def facts(ledger: Ledger) -> dict[str, Any]:
    """Return everything a ledger records, in a form that can be compared."""
    return {
        name: list(held) if kind is Transaction else dict(held)
        for kind, name in TABLES.items()
        for held in [getattr(ledger, name)]
    }


def content(path: Path) -> tuple[bytes, int]:
    """Return what must not change of a file that is only read: its bytes and its time."""
    return path.read_bytes(), path.stat().st_mtime_ns


texts = st.one_of(
    st.sampled_from(
        ("", "Ada", "=1+1", "a,b;c\td\ne", "Ünïcødé €", "𝄞", "\u202e", "'; DROP TABLE issuers --")
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1f"), max_size=20),
)
figures = st.one_of(
    st.integers(-(10**6), 10**6).map(Decimal),
    st.decimals(-(10**9), 10**9, places=4),
    st.integers(10**29, 10**30).map(Decimal),
    st.integers(-(10**20), 10**20).map(lambda units: Decimal(units).scaleb(-9)),
    st.sampled_from(tuple(map(Decimal, ("0", "-0.0", "0.10", "1E+3", "1E-9", "999999999999999999", "-0.5")))),
)
days = st.one_of(st.dates(), st.sampled_from((date.min, date.max, date(2000, 2, 29))))
ratios = st.fractions(0, 10**6, max_denominator=10**6).filter(bool)
numbers = st.integers(-(2**31) + 1, 2**31 - 1)

_BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    int: numbers,
    str: texts,
    bool: st.booleans(),
    Decimal: figures,
    date: days,
    Fraction: ratios,
    tuple[date, ...]: st.lists(days, max_size=3).map(tuple),
}


def _values(hint: Any) -> st.SearchStrategy[Any]:
    said = [type_ for type_ in get_args(hint) if type_ is not NoneType]
    if NoneType in get_args(hint):
        return st.none() | _values(said[0])
    if isinstance(hint, type) and is_dataclass(hint):
        return facts_of(hint)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    return _BY_TYPE[hint]


def facts_of(kind: type[Any], /, **said: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return any fact of a kind, or any value inside one; each of its fields is anything its type allows."""
    hints = get_type_hints(kind)
    parts = {
        field.name: said.get(field.name, _values(hints[field.name]))
        if field.default is MISSING
        else st.just(field.default) | said.get(field.name, _values(hints[field.name]))
        for field in fields(kind)
    }
    return st.builds(kind, **parts)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Return any ledger whose references lead somewhere."""
    ids = {kind: draw(st.lists(st.integers(1, 99), max_size=3, unique=True)) for kind in TABLES}
    ids[Scenario] = [1]
    held: dict[str, Any] = {}
    for kind, paths in REFERENCES.items():
        if any(_reference(kind, path, ids[target]) is None for path, target in paths.items()):
            ids[kind] = []
    for kind, name in TABLES.items():
        made = [draw(a_fact(kind, id, ids)) for id in ids[kind]]
        held[name] = Transactions.of(made) if kind is Transaction else table(*made)
    return Ledger(**held)


def a_fact(kind: type[Any], id: int, ids: dict[type[Any], list[int]]) -> st.SearchStrategy[Any]:
    """Return any fact of a kind with a number, naming nothing but facts with the given numbers."""
    said: dict[str, st.SearchStrategy[Any]] = {"id": st.just(id)}
    for path, target in REFERENCES[kind].items():
        ways = _reference(kind, path, ids[target])
        name, _, inside = path.partition(".")
        if ways is not None:
            said[name] = facts_of(get_type_hints(kind)[name], **{inside: ways}) if inside else ways
    if kind is Transaction:
        said["kind"] = st.sampled_from([kind.name for kind in KINDS])
    return facts_of(kind, **said)


def _reference(kind: type[Any], path: str, ids: list[int]) -> st.SearchStrategy[Any] | None:
    name, _, inside = path.partition(".")
    hint = get_type_hints(kind)[name]
    if inside or NoneType in get_args(hint):
        return st.none() | st.sampled_from(ids) if ids else st.none()
    return st.sampled_from(ids) if ids else None
