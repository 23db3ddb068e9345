"""What a cell can be chosen from: the words of a term, or facts by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

from neocapgui.engine.same import Same
from neocapgui.figures.kinds import NotUnderstood
from neocapgui.ledger.facts import Approval, Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import TABLES, Ledger


class Choices(Protocol):
    """Values and what is shown for each."""

    def name_of(self, value: Any) -> str:
        """Return what is shown for a value; nothing is a blank."""

    def value_of(self, text: str) -> Any:
        """Return the value that is called so, whatever the case; None for a blank; or NotUnderstood."""

    def names(self) -> Iterable[str]:
        """Return what can be chosen, in a sensible order."""


class Words:
    """The words of a term: published, inferred, assumed, planned."""

    def __init__(self, words: Mapping[Any, str], is_optional: bool = False) -> None:
        """Offer values with what is shown for each."""
        self._words = dict(words)
        self._optional = is_optional

    @classmethod
    def of(cls, term: type[StrEnum]) -> Words:
        """Offer the members of a term, shown in plain words."""
        return cls({member: member.value.replace("_", " ") for member in term})

    def name_of(self, value: Any) -> str:
        """Return what is shown for a value."""
        return str(self._words.get(value, "" if value is None else value))

    def value_of(self, text: str) -> Any:
        """Return the value that is called so."""
        typed = text.strip().casefold()
        if not typed and self._optional:
            return None
        for value, word in self._words.items():
            if word.casefold() == typed:
                return value
        raise NotUnderstood(f"“{text}” is none of: {', '.join(self._words.values())}.")

    def names(self) -> Iterable[str]:
        """Return the words."""
        return self._words.values()


class Named:
    """Facts of one kind by their names; a security of several issuers is told apart by its issuer."""

    def __init__(self, ledger: Ledger, kind: type[Any]) -> None:
        """Offer the facts of a kind."""
        self.kind = kind
        self._ledger = ledger

    def name_of(self, value: Any) -> str:
        """Return the name of the fact with that number."""
        return "" if value is None else _names(self._ledger, TABLES[self.kind]).get(value, f"{value}?")

    def value_of(self, text: str) -> Any:
        """Return the number of the fact that is called so."""
        typed = text.strip().casefold()
        if not typed:
            return None
        numbers = _numbers(self._ledger, TABLES[self.kind])
        if typed not in numbers:
            kind = TABLES[self.kind].replace("_", " ")
            raise NotUnderstood(f"“{text.strip()}” is not one of the {kind} of this scenario.")
        return numbers[typed]

    def names(self) -> Iterable[str]:
        """Return the names in alphabetical order."""
        return sorted(_names(self._ledger, TABLES[self.kind]).values(), key=str.casefold)


def names_of(ledger: Ledger, kind: type[Any]) -> Mapping[int, str]:
    """Return what each fact of a kind is called where it is chosen or named; every name is different."""
    return _names(ledger, TABLES[kind])


def _names(ledger: Ledger, table: str) -> dict[int, str]:
    return _remembered(Same(getattr(ledger, table), ledger.issuers), table)


@lru_cache(maxsize=16)
def _remembered(facts: Same, table: str) -> dict[int, str]:
    return dict(_NAMES[table](*facts.values))


@lru_cache(maxsize=16)
def _numbers(ledger: Ledger, table: str) -> dict[str, int]:
    numbers = {name.casefold(): id for id, name in _names(ledger, table).items()}
    if table == TABLES[Security]:  # a name that only one security bears is enough
        bare: dict[str, list[int]] = {}
        for security in ledger.securities.values():
            bare.setdefault(security.name.casefold(), []).append(security.id)
        numbers = {name: ids[0] for name, ids in bare.items() if len(ids) == 1} | numbers
    return numbers


def _security_names(
    securities: Mapping[int, Security], issuers: Mapping[int, Issuer]
) -> Iterable[tuple[int, str]]:
    several = len({security.issuer for security in securities.values()}) > 1
    for security in securities.values():
        issuer = issuers[security.issuer].name.partition(",")[0].partition(" ")[0]
        yield security.id, f"{issuer} · {security.name}" if several else security.name


def _distinct(named: Iterable[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    taken: set[str] = set()
    for id, name in named:
        own = name if name.casefold() not in taken else f"{name} ({id})"
        taken.add(own.casefold())
        yield id, own


_NAMES: dict[str, Any] = {
    TABLES[Issuer]: lambda facts, issuers: _distinct((one.id, one.name) for one in facts.values()),
    TABLES[Stakeholder]: lambda facts, issuers: _distinct((one.id, one.name) for one in facts.values()),
    TABLES[Security]: lambda facts, issuers: _distinct(_security_names(facts, issuers)),
    TABLES[Approval]: lambda facts, issuers: _distinct((one.id, one.subject) for one in facts.values()),
}
