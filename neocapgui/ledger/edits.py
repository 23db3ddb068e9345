"""Every change of the record as a value that has an inverse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from neocapgui.ledger.ledger import REFERENCES, TABLES, Fact, Ledger, value_at
from neocapgui.ledger.transactions import KIND, Transaction

_LARGEST_ORDER = 10**9
_LARGEST_RATIO = 10**18
_FEW = 8  # facts up to which each is looked for by itself


class EditRefused(ValueError):
    """The facts forbid the edit; the message is one full sentence for the user."""


@dataclass(frozen=True, slots=True)
class Change:
    """One fact before and after; None where it is not there."""

    before: Fact | None
    after: Fact | None

    @property
    def kind(self) -> type[Any]:
        """Which kind of fact changes."""
        return type(self.before if self.after is None else self.after)

    @property
    def id(self) -> int:
        """The number of the fact that changes."""
        fact = self.before if self.after is None else self.after
        if fact is None:
            raise ValueError("A change of nothing into nothing is no change.")
        return fact.id


@dataclass(frozen=True, slots=True)
class Edit:
    """A named list of changes that happen together or not at all."""

    label: str  # what the Undo menu says: "Correct conversion notice"
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        """Return the edit that takes this one back."""
        return Edit(
            self.label, tuple(Change(change.after, change.before) for change in reversed(self.changes))
        )


def add(label: str, facts: Iterable[Fact]) -> Edit:
    """Record new facts."""
    return Edit(label, tuple(Change(None, fact) for fact in facts))


def correct(label: str, before: Fact, after: Fact) -> Edit:
    """Put one fact in the place of another of the same number."""
    return Edit(label, (Change(before, after),))


def remove(label: str, facts: Iterable[Fact]) -> Edit:
    """Take facts away."""
    return Edit(label, tuple(Change(fact, None) for fact in facts))


def together(label: str, edits: Sequence[Edit]) -> Edit:
    """Make one edit, and so one step of undo, of several."""
    return Edit(label, tuple(change for edit in edits for change in edit.changes))


def in_turn(label: str, edits: Iterable[Edit]) -> Edit:
    """Make one edit of several that were done one after another: of each fact its first and last state.

    What came and went again, or is as it was, is no change.
    """
    states: dict[tuple[type[Any], int], Change] = {}
    for edit in edits:
        for change in edit.changes:
            key = change.kind, change.id
            before = states[key].before if key in states else change.before
            states[key] = Change(before, change.after)
    return Edit(label, tuple(change for change in states.values() if change.before != change.after))


def with_value(fact: Any, path: str, value: Any) -> Any:
    """Return a fact with another value in a field, or in a value inside it: `exercise.price`."""
    name, _, rest = path.partition(".")
    return replace(fact, **{name: with_value(getattr(fact, name), rest, value) if rest else value})


def apply(ledger: Ledger, edit: Edit) -> Ledger:
    """Return the ledger after the edit; refuse one that does not fit or breaks a reference."""
    by_kind: dict[type[Any], list[Change]] = {}
    for change in edit.changes:
        by_kind.setdefault(change.kind, []).append(change)
    after = ledger
    for kind, changes in by_kind.items():
        after = _replaced(after, kind, changes)
    _check_references(ledger, after, by_kind)
    return after


def _replaced(ledger: Ledger, kind: type[Any], changes: Sequence[Change]) -> Ledger:
    if kind is Transaction:
        return _transactions_replaced(ledger, changes)
    facts = dict(getattr(ledger, TABLES[kind]))
    for change in changes:
        _check_stands(change, facts.get(change.id))
        if change.after is None:
            del facts[change.id]
        else:
            facts[change.id] = change.after
    if any(change.before is None for change in changes):
        facts = dict(sorted(facts.items()))  # what was removed and comes back has its old place
    table: dict[str, Any] = {TABLES[kind]: facts}
    return replace(ledger, **table)


def _transactions_replaced(ledger: Ledger, changes: Sequence[Change]) -> Ledger:
    first: dict[int, Transaction | None] = {}
    last: dict[int, Transaction | None] = {}
    transactions, ids = ledger.transactions, list(dict.fromkeys(change.id for change in changes))
    held = {id: row for id, row in zip(ids, transactions.rows_of(ids), strict=True) if row is not None}
    standing = dict(zip(held, transactions.records(list(held.values())), strict=True))
    for change in changes:
        id = change.id
        _check_stands(change, last[id] if id in last else standing.get(id))
        after = change.after
        if isinstance(after, Transaction):
            _check_holds(after)
        first.setdefault(id, change.before if isinstance(change.before, Transaction) else None)
        last[id] = after if isinstance(after, Transaction) else None
    columns = ledger.transactions.changed(
        [record for record in first.values() if record is not None],
        [record for record in last.values() if record is not None],
    )
    return replace(ledger, transactions=columns)


def _check_holds(record: Transaction) -> None:
    """Refuse what the columns of the ledger cannot hold."""
    if record.kind not in KIND:
        raise EditRefused(f"{record.kind} is no kind of transaction.")
    if abs(record.order) > _LARGEST_ORDER:
        raise EditRefused(f"An order within the day goes to {_LARGEST_ORDER:,}, not to {record.order:,}.")
    ratio = record.ratio
    if ratio is not None and max(abs(ratio.numerator), ratio.denominator) > _LARGEST_RATIO:
        raise EditRefused("A ratio has at most 18 digits on each side.")


def _check_stands(change: Change, standing: Fact | None) -> None:
    if standing == change.before:
        return
    name = described(change.kind, change.id, standing or change.before)
    if change.before is None:
        raise EditRefused(f"{name} is already recorded.")
    if standing is None:
        raise EditRefused(f"{name} is no longer recorded.")
    raise EditRefused(f"{name} has been changed since; later edits stand on it.")


def described(kind: type[Any], id: int, fact: Fact | None) -> str:
    """Return what a sentence calls a fact: its name, or its kind and number."""
    for field in ("name", "subject", "title"):
        named = getattr(fact, field, "")
        if named:
            return str(named)
    return f"{_SINGULAR[TABLES[kind]].capitalize()} {id}"


_SINGULAR = {
    "scenario": "scenario",
    "issuers": "issuer",
    "stakeholders": "stakeholder",
    "securities": "security",
    "conversion_rights": "conversion right",
    "prices": "price",
    "approvals": "approval",
    "published_counts": "published count",
    "transactions": "transaction",
}


def _check_references(before: Ledger, after: Ledger, by_kind: Mapping[type[Any], Sequence[Change]]) -> None:
    for kind, changes in by_kind.items():
        last = {change.id: change.after for change in changes}
        _check_point_somewhere(after, kind, [fact for fact in last.values() if fact is not None])
        gone = [id for id, fact in last.items() if fact is None]
        for id in gone if len(gone) <= _FEW else _named_among(after, kind, gone):
            _check_not_named(after, kind, id, before.get(kind, id))


def _check_point_somewhere(ledger: Ledger, kind: type[Any], facts: Sequence[Fact]) -> None:
    for path, named in REFERENCES[kind].items():
        recorded, of = getattr(ledger, TABLES[named]), attrgetter(path)
        if all(id is None or id in recorded for id in set(map(of, facts))):
            continue
        fact = next(fact for fact in facts if of(fact) is not None and of(fact) not in recorded)
        own = described(kind, fact.id, fact)
        raise EditRefused(f"{own} names {_SINGULAR[TABLES[named]]} {of(fact)}, which is not recorded.")


def _named_among(ledger: Ledger, kind: type[Any], ids: Sequence[int]) -> list[int]:
    """Return which of many facts other facts name: all of them found in one look at each table."""
    named: set[int | None] = set()
    for other, references in REFERENCES.items():
        for path in (path for path, target in references.items() if target is kind):
            if other is Transaction:
                named.update(ledger.transactions.ids_in(path, ids))
            else:
                named.update(map(attrgetter(path), getattr(ledger, TABLES[other]).values()))
    return [id for id in ids if id in named]


def naming(ledger: Ledger, kind: type[Any], id: int) -> dict[str, int]:
    """Return how many facts of each table name a fact."""
    counts: dict[str, int] = {}
    for other, references in REFERENCES.items():
        paths = [path for path, target in references.items() if target is kind]
        count = _counter(other)(ledger, other, paths, id)
        if count:
            counts[TABLES[other]] = count
    return counts


def _counter(kind: type[Any]) -> Callable[[Ledger, type[Any], Sequence[str], int], int]:
    return _count_rows if kind is Transaction else _count_facts


def _count_rows(ledger: Ledger, kind: type[Any], paths: Sequence[str], id: int) -> int:
    rows: set[int] = set()
    for path in paths:
        rows.update(ledger.transactions.rows_naming(path, id).tolist())
    return len(rows)


def _count_facts(ledger: Ledger, kind: type[Any], paths: Sequence[str], id: int) -> int:
    facts = getattr(ledger, TABLES[kind]).values()
    return sum(1 for fact in facts if any(value_at(fact, path) == id for path in paths))


def _check_not_named(ledger: Ledger, kind: type[Any], id: int, gone: Fact | None) -> None:
    counts = naming(ledger, kind, id)
    if counts:
        parts = [
            f"{count:,} {table.replace('_', ' ') if count > 1 else _SINGULAR[table]}"
            for table, count in counts.items()
        ]
        stands = "names" if sum(counts.values()) == 1 else "name"
        raise EditRefused(
            f"{described(kind, id, gone)} cannot be removed: {' and '.join(parts)} {stands} it."
        )
