"""What a cell can be chosen from: the words of a term, or facts by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any, Protocol

from neocapgui.engine.same import Same
from neocapgui.figures.kinds import NotUnderstood, quoted
from neocapgui.figures.likeness import folded
from neocapgui.ledger.facts import Approval, Issuer, Security
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
        raise NotUnderstood(f"{quoted(text)} is none of: {', '.join(self._words.values())}.")

    def names(self) -> Iterable[str]:
        """Return the words."""
        return self._words.values()


class Named:
    """Facts of one kind by their names; a security of another issuer is told apart by its issuer."""

    def __init__(self, ledger: Ledger, kind: type[Any], near: int | None = None) -> None:
        """Offer the facts of a kind; securities of the issuer `near` go by their bare names."""
        self.kind = kind
        self._ledger = ledger
        self._near = near

    def name_of(self, value: Any) -> str:
        """Return the name of the fact with that number."""
        return "" if value is None else names_of(self._ledger, self.kind, self._near).get(value, f"{value}?")

    def value_of(self, text: str) -> Any:
        """Return the number of the fact that is called so, near or in full."""
        typed = text.strip().casefold()
        if not typed:
            return None
        for near in (self._near, None):
            numbers = _numbers(_facts(self._ledger, self.kind), TABLES[self.kind], near)
            if typed in numbers:
                return numbers[typed]
        kind = TABLES[self.kind].replace("_", " ")
        raise NotUnderstood(f"{quoted(text)} is not one of the {kind} of this scenario.")

    def names(self) -> Iterable[str]:
        """Return the names in alphabetical order."""
        return sorted(names_of(self._ledger, self.kind, self._near).values(), key=str.casefold)


def names_of(ledger: Ledger, kind: type[Any], near: int | None = None) -> Mapping[int, str]:
    """Return what each fact of a kind is called where it is chosen or named; every name is different."""
    return _names(_facts(ledger, kind), TABLES[kind], near)


def _facts(ledger: Ledger, kind: type[Any]) -> Same:
    return Same(getattr(ledger, TABLES[kind]), ledger.issuers)


@lru_cache(maxsize=16)
def _names(facts: Same, table: str, near: int | None) -> dict[int, str]:
    values, issuers = facts.values
    is_security = table == TABLES[Security]
    named = _security_names(values, issuers, near) if is_security else _plain_names(values)
    return dict(told_apart(named))


@lru_cache(maxsize=16)
def _numbers(facts: Same, table: str, near: int | None) -> dict[str, int]:
    numbers = {name.casefold(): id for id, name in _names(facts, table, near).items()}
    if table == TABLES[Security]:  # a name that only one security bears is enough
        bare: dict[str, list[int]] = {}
        for security in facts.values[0].values():
            bare.setdefault(security.name.casefold(), []).append(security.id)
        numbers = {name: ids[0] for name, ids in bare.items() if len(ids) == 1} | numbers
    return numbers


def _plain_names(facts: Mapping[int, Any]) -> Iterable[tuple[int, str]]:
    return ((one.id, one.subject if isinstance(one, Approval) else one.name) for one in facts.values())


def _security_names(
    securities: Mapping[int, Security], issuers: Mapping[int, Issuer], near: int | None
) -> Iterable[tuple[int, str]]:
    several = len({security.issuer for security in securities.values()}) > 1
    for security in securities.values():
        issuer = issuers[security.issuer].name.partition(",")[0].partition(" ")[0]
        is_plain = security.issuer == near or not several
        yield security.id, security.name if is_plain else f"{issuer} · {security.name}"


def told_apart(named: Iterable[tuple[int, str]]) -> Iterable[tuple[int, str]]:
    """Return numbered names of which each is different, whatever the case."""
    taken: set[str] = set()
    for id, name in named:
        own = name
        while own.casefold() in taken:
            own = f"{own} ({id})"
        taken.add(own.casefold())
        yield id, own


def narrowed(names: Iterable[str], sought: str, most: int = 50) -> list[str]:
    """Return the names with typed letters in them: first at the head, then at that of a word, then inside.

    >>> narrowed(["Harbor Fund", "Ada", "Fund One", "Refund"], "fund")
    ['Fund One', 'Harbor Fund', 'Refund']
    """
    letters = folded(sought.strip())
    ranks: tuple[list[str], ...] = ([], [], [])
    for name in names:
        plain = folded(name)
        at = plain.find(letters)
        if at >= 0:
            ranks[0 if not at else 1 if f" {letters}" in plain else 2].append(name)
    return [name for rank in ranks for name in rank][:most]


def completed(names: Iterable[str], typed: str) -> str:
    """Return what is missing at the end of a text that begins a name; "" where it begins none.

    >>> completed(["Ada", "Bob"], "b")
    'ob'
    """
    begun = typed.casefold()
    if not begun.strip():
        return ""
    return next((name[len(typed) :] for name in names if name[: len(typed)].casefold() == begun), "")
