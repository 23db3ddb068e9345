"""A scenario as a folder of readable tables: one CSV file for each kind of fact, references by name.

The columns of a file are fields of its facts (`price`, `exercise.price`); a column that is left out means
the default for every row. A blank cell is the default too, except that blank text is empty text. A fact is
referred to by its name, a security by its issuer's and its own (`Acme / Common Stock`), or by its `key`
where the file has that column. Facts are numbered in the order of the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from neocapgui.figures.kinds import Kind, NotUnderstood, parsed
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.edits import with_value
from neocapgui.ledger.facts import Approval, Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import REFERENCES, TABLES, Ledger, value_at
from neocapgui.ledger.transactions import KIND, Transaction

KEY = "key"  # the column that calls a fact something shorter than its name

# What a fact is called: fields joined by a slash; one that refers to another fact stands as that one's name.
_CALLED: dict[type[Any], tuple[str, ...]] = {
    Issuer: ("name",),
    Stakeholder: ("name",),
    Security: ("issuer", "name"),
    Approval: ("subject",),
}
_ONE_OF: dict[type[Any], dict[str, tuple[str, ...]]] = {Transaction: {"kind": tuple(KIND)}}
_TYPED_AS: dict[type[Any], Kind] = {
    Decimal: Kind.MONEY,
    Fraction: Kind.RATIO,
    date: Kind.DATE,
    bool: Kind.FLAG,
    int: Kind.WHOLE,
}
_SHOWN_AS: dict[type[Any], Callable[[Any], str]] = {
    Decimal: lambda value: format(value, "f"),
    bool: lambda value: "yes" if value else "no",
    tuple: lambda value: " ".join(map(str, value)),
    type(None): lambda value: "",
}
_LARGEST: dict[type[Any], int] = {int: 2**31 - 1, Fraction: 2**63 - 1}  # what the columns can hold
# A spreadsheet would take such a text for a formula; an apostrophe before it prevents that.
_FORMULA = re.compile(r"'*[=+\-@\t\r\0]")
_QUOTED = re.compile(r'[,"\r\n]')

Names = dict[type[Any], dict[str, int]]  # what the facts of a kind are called, and their numbers


class ScenarioTextError(ValueError):
    """A file of the folder cannot be read; the message is one sentence with its name, line and column."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a file: a field of the fact, or of a value inside it."""

    path: str
    hint: Any
    default: Any  # MISSING where every row must say it
    refers_to: type[Any] | None
    choices: tuple[str, ...]  # none: any text will do


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: the cells by column."""

    file: str
    line: int
    cells: Mapping[str, str]

    def error(self, column: str, sentence: str) -> ScenarioTextError:
        """Return the error that says where the sentence is about."""
        return ScenarioTextError(f"{self.file}, line {self.line}, {column}: {sentence}")


def _fields(kind: type[Any]) -> dict[str, Field]:
    references, choices = REFERENCES[kind], _ONE_OF.get(kind, {})
    return {
        path: Field(path, hint, default, references.get(path), choices.get(path, ()))
        for path, hint, default in _leaves(kind, "", MISSING)
        if path != "id"
    }


def _leaves(kind: type[Any], prefix: str, within: Any) -> Iterator[tuple[str, Any, Any]]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        default = field.default if within is MISSING else getattr(within, field.name)
        if is_dataclass(hints[field.name]):
            yield from _leaves(hints[field.name], f"{prefix}{field.name}.", default)
        else:
            yield f"{prefix}{field.name}", _without_none(hints[field.name]), default


def _without_none(hint: Any) -> Any:
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    return hint if get_origin(hint) is tuple or not kinds else kinds[0]


# The columns each kind of fact can have: every field but its number, with values inside it flattened.
FIELDS: dict[type[Any], dict[str, Field]] = {kind: _fields(kind) for kind in TABLES}


def to_text(ledger: Ledger) -> dict[str, str]:
    """Return the text of each file by its name; a kind of which there are no facts has no file.

    Only columns that a fact uses are written. Facts of one name are told apart by a `key` column.

    >>> print(to_text(Ledger(stakeholders={1: Stakeholder(1, "Ada", "individual")}))["stakeholders.csv"])
    name,kind
    Ada,individual
    <BLANKLINE>
    """
    names: dict[type[Any], dict[int, str]] = {}
    files: dict[str, str] = {}
    for kind, table in TABLES.items():
        facts = _facts(ledger, kind)
        keys: dict[int, str] = {}
        if kind in _CALLED:
            names[kind], keys = _names_given(kind, facts, names)
        if facts:
            files[f"{table}.csv"] = _file_text(kind, facts, names, keys)
    return files


def from_text(files: Mapping[str, str]) -> Ledger:
    """Return the ledger that the files tell; refuse with a sentence what is not understood.

    >>> files = {"scenario.csv": "title\\nTwo founders\\n", "stakeholders.csv": "name\\nAda\\nBob\\n"}
    >>> [stakeholder.name for stakeholder in from_text(files).stakeholders.values()]
    ['Ada', 'Bob']
    """
    if "scenario.csv" not in files:
        raise ScenarioTextError("There is no scenario.csv, so this is no scenario.")
    rows = {
        kind: list(_rows(kind, f"{table}.csv", files.get(f"{table}.csv", "")))
        for kind, table in TABLES.items()
    }
    names: Names = {}
    for kind in _CALLED:
        names[kind] = _names_told(kind, rows[kind], names)
    tables: dict[str, Any] = {
        TABLES[kind]: {id: _fact(kind, id, row, names) for id, row in enumerate(told, 1)}
        for kind, told in rows.items()
    }
    tables["transactions"] = Transactions.of(tables["transactions"].values())
    return Ledger(**tables)


def read_folder(folder: Path) -> Ledger:
    """Return the ledger that the CSV files of a folder tell."""
    files: dict[str, str] = {}
    for table in TABLES.values():
        path = folder / f"{table}.csv"
        try:
            if path.is_file():
                files[path.name] = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise ScenarioTextError(f"{path.name}, line {line}: this is not UTF-8 text.") from error
        except OSError as error:
            raise ScenarioTextError(f"{path.name} could not be read: {error.strerror}.") from error
    return from_text(files)


def write_folder(ledger: Ledger, folder: Path) -> None:
    """Put the files of the ledger into a folder, and take away files of kinds that have no facts."""
    files = to_text(ledger)
    folder.mkdir(parents=True, exist_ok=True)
    for table in TABLES.values():
        path = folder / f"{table}.csv"
        if path.name in files:
            path.write_bytes(files[path.name].encode())
        else:
            path.unlink(missing_ok=True)


# Writing


def _facts(ledger: Ledger, kind: type[Any]) -> list[Any]:
    table = getattr(ledger, TABLES[kind])
    return list(table) if kind is Transaction else list(table.values())


def _names_given(
    kind: type[Any], facts: Sequence[Any], names: Mapping[type[Any], Mapping[int, str]]
) -> tuple[dict[int, str], dict[int, str]]:
    """Return what each fact is called, and the keys of those that would share a name."""
    plain = {fact.id: _called(fact, names) for fact in facts}
    count = Counter(plain.values())
    keys: dict[int, str] = {}
    for id, name in plain.items():
        if count[name] > 1:
            key = f"{name} #{id}"
            while key in count:
                key += "'"
            keys[id] = key
            count[key] += 1
    return {**plain, **keys}, keys


def _called(fact: Any, names: Mapping[type[Any], Mapping[int, str]]) -> str:
    kind = type(fact)
    columns = FIELDS[kind]
    return " / ".join(_cell(columns[path], fact, names) for path in _CALLED[kind])


def _cell(field: Field, fact: Any, names: Mapping[type[Any], Mapping[int, str]]) -> str:
    value = value_at(fact, field.path)
    if field.refers_to is not None:
        return "" if value is None else names[field.refers_to][value]
    return _SHOWN_AS.get(type(value), str)(value)


def _file_text(
    kind: type[Any],
    facts: Sequence[Any],
    names: Mapping[type[Any], Mapping[int, str]],
    keys: Mapping[int, str],
) -> str:
    used = [
        field
        for field in FIELDS[kind].values()
        if any(value_at(fact, field.path) != field.default for fact in facts)
    ]
    head = [field.path for field in used]
    lines = [[_cell(field, fact, names) for field in used] for fact in facts]
    if keys:
        head = [KEY, *head]
        lines = [[keys.get(fact.id, ""), *line] for fact, line in zip(facts, lines, strict=True)]
    return "".join(",".join(map(_quoted, line)) + "\n" for line in [head, *lines])


def _quoted(text: str) -> str:
    guarded = f"'{text}" if _FORMULA.match(text) and not _is_number(text) else text
    return '"' + guarded.replace('"', '""') + '"' if _QUOTED.search(guarded) else guarded


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-\d+(\.\d+)?", text) is not None


# Reading


def _rows(kind: type[Any], file: str, text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    head: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if any(cells):
                if head is None:
                    head = _head(kind, f"{file}, line {line}", cells)
                elif len(cells) != len(head):
                    raise ScenarioTextError(
                        f"{file}, line {line}: {len(cells)} cells stand under {len(head)} columns."
                    )
                else:
                    yield Row(file, line, dict(zip(head, map(_unguarded, cells), strict=True)))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ScenarioTextError(f"{file}, line {line}: this is no line of a CSV file ({error}).") from error


def _head(kind: type[Any], where: str, cells: list[str]) -> list[str]:
    known = [*([KEY] if kind in _CALLED else []), *FIELDS[kind]]
    for cell, count in Counter(cells).items():
        if cell not in known:
            raise ScenarioTextError(f"{where}: there is no column “{cell}”; there can be {', '.join(known)}.")
        if count > 1:
            raise ScenarioTextError(f"{where}: the column “{cell}” stands there {count} times.")
    return cells


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _names_told(kind: type[Any], rows: Sequence[Row], names: Names) -> dict[str, int]:
    told: dict[str, int] = {}
    for id, row in enumerate(rows, 1):
        name = row.cells.get(KEY) or _name_told(kind, row, names)
        if name in told:
            raise row.error(
                KEY if row.cells.get(KEY) else _CALLED[kind][-1],
                f"“{name}” stands on line {rows[told[name] - 1].line} too; give one of the two another key.",
            )
        told[name] = id
    return told


def _name_told(kind: type[Any], row: Row, names: Names) -> str:
    columns = FIELDS[kind]
    for path in _CALLED[kind]:
        _value(columns[path], row, names)  # a missing or unknown part is refused here, by its column
    return " / ".join(row.cells[path] for path in _CALLED[kind])


def _fact(kind: type[Any], id: int, row: Row, names: Names) -> Any:
    values = {path: _value(field, row, names) for path, field in FIELDS[kind].items()}
    fact = kind(id=id, **{path: value for path, value in values.items() if "." not in path})
    for path, value in values.items():
        if "." in path and path in row.cells:
            fact = with_value(fact, path, value)
    return fact


def _value(field: Field, row: Row, names: Names) -> Any:
    text = row.cells.get(field.path)
    is_text = field.hint is str or field.refers_to is not None
    if not text or (text.isspace() and not is_text):
        if field.default is MISSING:
            raise row.error(field.path, "this must not be blank.")
        return "" if text is not None and field.hint is str else field.default
    if field.refers_to is not None:
        return _number_of(field.refers_to, text, field, row, names)
    try:
        return _understood(field, field.hint, text)
    except NotUnderstood as error:
        raise row.error(field.path, str(error)) from error


def _number_of(kind: type[Any], name: str, field: Field, row: Row, names: Names) -> int:
    if name not in names[kind]:
        raise row.error(field.path, f"“{name}” does not stand in {TABLES[kind]}.csv.")
    return names[kind][name]


def _understood(field: Field, hint: Any, text: str) -> Any:
    if get_origin(hint) is tuple:
        return tuple(_understood(field, get_args(hint)[0], part) for part in text.split())
    if hint in _TYPED_AS:
        value = parsed(_TYPED_AS[hint], text)
        if hint in _LARGEST and max(abs(value.numerator), value.denominator) > _LARGEST[hint]:
            raise NotUnderstood(f"“{text}” has too many digits.")
        return value
    choices = list(map(str, hint)) if issubclass(hint, StrEnum) else field.choices
    if choices and text not in choices:
        raise NotUnderstood(f"“{text}” is none of {', '.join(choices)}.")
    return hint(text)
