"""What the fields of facts are called, and what they say, in the words of the tables on screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from neocapgui.engine.lens import Lens
from neocapgui.engine.same import Same
from neocapgui.figures.choices import Named
from neocapgui.figures.facts_tables import (
    approvals_table,
    conversion_rights_table,
    issuers_table,
    prices_table,
    published_counts_table,
    securities_table,
    stakeholders_table,
    transaction_columns,
)
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, grouped, shown
from neocapgui.figures.tables import Column
from neocapgui.ledger.columns import decimal_places
from neocapgui.ledger.edits import described
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
from neocapgui.ledger.ledger import TABLES, Fact, Ledger, value_at
from neocapgui.ledger.transactions import KIND, Transaction

_SCENARIO: tuple[Column, ...] = (
    Column("Title", Kind.TEXT, "title"),
    Column("Description", Kind.TEXT, "description"),
    Column("Currency", Kind.TEXT, "currency"),
)
_TABLES = {
    Issuer: issuers_table,
    Stakeholder: stakeholders_table,
    Security: securities_table,
    ConversionRight: conversion_rights_table,
    Price: prices_table,
    Approval: approvals_table,
    PublishedCount: published_counts_table,
}
_KIND_OF = {table: kind for kind, table in TABLES.items()}
_ON_SCREEN = {Scenario: "Scenario", Issuer: "Company {}"}
_IN_THE_NAME: dict[type[Any], tuple[str, ...]] = {
    Issuer: ("name",),
    Stakeholder: ("name",),
    Security: ("name",),
    ConversionRight: ("security", "into"),
    Price: ("date", "security"),
    Approval: ("subject",),
    PublishedCount: ("date", "security"),
    Transaction: ("date", "kind", "stakeholder"),
}
_LONGEST = 120  # characters of a text that is shown whole
_AROUND = 30  # characters before the first difference of two long texts
_FILLED = 6  # fields named of a fact that comes or goes


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a fact, or of a value inside it, before and after."""

    field: str  # `exercise.price`
    title: str  # as the table on screen calls it
    before: Any
    after: Any


class FactWords:
    """The facts of one ledger in words, references by their names in it."""

    def __init__(self, ledger: Ledger, style: Style = PLAIN) -> None:
        """Speak of the facts of a ledger."""
        self._ledger = ledger
        self._style = style

    def name(self, kind: type[Any], id: int, fact: Fact | None) -> str:
        """Return what a line calls a fact: Transaction 41, conversion, 10 Jul 2001, Montrose Investments."""
        parts = [_ON_SCREEN[kind].format(id) if kind in _ON_SCREEN else described(kind, id, None)]
        if isinstance(fact, Transaction):
            parts += [KIND[fact.kind].title.lower(), day_text(fact.date, self._style)]
            parts.append(self._called(Stakeholder, fact.stakeholder) or self._called(Security, fact.security))
        elif isinstance(fact, Price | PublishedCount):
            parts += [day_text(fact.date, self._style), self._called(Security, fact.security)]
        elif isinstance(fact, ConversionRight):
            parts.append(f"{self._called(Security, fact.security)} into {self._called(Security, fact.into)}")
        elif fact is not None and not isinstance(fact, Scenario):
            called = described(kind, id, fact)
            parts.append("" if called == described(kind, id, None) else called)
        return ", ".join(_clipped(part) for part in parts if part)

    def summary(self, fact: Fact) -> str:
        """Return what a fact says in its first fields that say anything: Shares 201,149; Price 3.48."""
        said = []
        kind = type(fact)
        for field, column in columns_of(self._ledger, kind).items():
            value = value_at(fact, field)
            is_plain = field in _IN_THE_NAME.get(kind, ()) or value == _default(kind, field)
            text = "" if is_plain else self.text(kind, field, value)
            if text:
                said.append(f"{column.title} {_clipped(text)}")
        more = len(said) - _FILLED
        return "; ".join(said[:_FILLED]) + (f"; and {more} more" if more > 0 else "")

    def text(self, kind: type[Any], field: str, value: Any) -> str:
        """Return what a field says as its column shows it, but no figure is rounded and 0 is no blank."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Yes" if value else "No"
        column = columns_of(self._ledger, kind).get(field)
        if isinstance(value, Decimal):
            return _exactly(value, column.kind if column else Kind.SHARES, self._style)
        if column is not None:
            return column.text(value, self._style)
        return shown(Kind.WHOLE if isinstance(value, int) else Kind.TEXT, value, self._style)

    def told_apart(self, kind: type[Any], field: str, value: Any) -> str:
        """Return what a field says, with the number of the fact that it names."""
        text, column = self.text(kind, field, value), columns_of(self._ledger, kind).get(field)
        is_name = column is not None and isinstance(column.choices, Named) and value is not None
        return f"{text} ({value})" if is_name else text

    def _called(self, kind: type[Any], id: int | None) -> str:
        return Named(self._ledger, kind).name_of(id)


def field_changes(ledger: Ledger, before: Fact, after: Fact) -> Iterator[FieldChange]:
    """Return the fields in which two states of a fact differ, in the order of their table on screen."""
    columns = columns_of(ledger, type(after))
    paths = dict.fromkeys([*columns, *_paths(after), *_paths(before)])
    for field in paths:
        old, new = value_at(before, field), value_at(after, field)
        if old != new:
            column = columns.get(field)
            yield FieldChange(field, column.title if column else _title(field), old, new)


def columns_of(ledger: Ledger, kind: type[Any]) -> Mapping[str, Column]:
    """Return the columns in which the facts of a kind are entered, by the field of each."""
    named = Same(ledger.stakeholders, ledger.securities, ledger.issuers, ledger.approvals)
    return _columns(named, TABLES[kind])


@lru_cache(maxsize=2 * len(TABLES))
def _columns(named: Same, table: str) -> Mapping[str, Column]:
    kind = _KIND_OF[table]
    stakeholders, securities, issuers, approvals = named.values
    ledger = Ledger(stakeholders=stakeholders, securities=securities, issuers=issuers, approvals=approvals)
    if kind is Scenario:
        columns = _SCENARIO
    elif kind is Transaction:
        columns = transaction_columns(ledger)
    else:
        columns = _TABLES[kind](ledger, Lens(date.max)).columns
    return {column.field: column for column in columns}


def shortened(one: str, other: str) -> tuple[str, str]:
    """Return two different texts; of long ones what stands from shortly before they begin to differ."""
    if max(len(one), len(other)) <= _LONGEST:
        return one, other
    shorter = min(len(one), len(other))
    same = next((place for place in range(shorter) if one[place] != other[place]), shorter)
    start = max(0, same - _AROUND)
    before = "…" if start else ""
    return before + _clipped(one[start:]), before + _clipped(other[start:])


def _exactly(figure: Decimal, kind: Kind, style: Style) -> str:
    places, least = decimal_places(figure), 2 if kind in (Kind.PRICE, Kind.MONEY) else 0
    if kind is Kind.RATE:
        return grouped(Fraction(figure) * 100, style, 0, places) + " %"
    return grouped(figure, style, least, max(places, least))


def _clipped(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _paths(value: Any, inside: str = "") -> Iterator[str]:
    for field in fields(value):
        held = getattr(value, field.name)
        if is_dataclass(held):
            yield from _paths(held, f"{inside}{field.name}.")
        elif inside or field.name != "id":
            yield f"{inside}{field.name}"


def _default(kind: type[Any], path: str) -> Any:
    name, _, inside = path.partition(".")
    default = next(field.default for field in fields(kind) if field.name == name)
    return value_at(default, inside) if inside else default


def _title(field: str) -> str:
    return field.replace(".", " ").replace("_", " ").capitalize()
