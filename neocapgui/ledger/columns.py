"""The columns that hold the transactions of a ledger: integers and pooled text, exact at a million rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from neocapgui.ledger.splicing import Integers, compact, deleted, inserted, writable
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KIND_CODE, KINDS, Transaction

NOTHING = -1  # no reference, no day
MISSING = np.iinfo(np.int64).min  # no figure
_FEW = 8  # transactions up to which each is looked for by itself
_LARGEST = 10**18  # beyond it figures are kept as Python integers

REFERENCES = ("issuer", "security", "stakeholder", "counterparty", "into_security", "approval")
DECIMALS = ("quantity", "price", "amount", "into_quantity")
TEXTS = ("value", "certificate", "source", "note")
_CERTAINTIES = tuple(Certainty)
_CERTAINTY_CODE = {certainty: code for code, certainty in enumerate(_CERTAINTIES)}
PLANNED = _CERTAINTY_CODE[Certainty.PLANNED]
_FIELDS = tuple(field.name for field in fields(Transaction))


def plain(units: int, places: int) -> Decimal:
    """Return `units` x 10^-places without trailing zeros, exact at any size."""
    while places and units % 10 == 0:
        units //= 10
        places -= 1
    return Decimal(f"{units}E-{places}") if places else Decimal(units)  # as made, whatever the precision


def decimal_places(figure: Decimal) -> int:
    """Return how many decimals a figure needs: 2 for 3.480; one more where it would look like none at all."""
    numerator, denominator = figure.as_integer_ratio()
    places = 0
    while 10**places % denominator:
        places += 1
    return places + int(numerator * 10**places // denominator == MISSING)


def _fitting(units: Sequence[int]) -> Integers:
    wide = any(unit != MISSING and abs(unit) > _LARGEST for unit in units)
    return np.array(units, dtype=object if wide else np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """A column of exact decimals as whole units of 10^-places; MISSING where there is none."""

    units: Integers
    places: int

    @classmethod
    def of(cls, figures: Sequence[Decimal | None]) -> Figures:
        """Hold the figures at the least number of decimals that keeps them all exact."""
        places = max((decimal_places(figure) for figure in figures if figure is not None), default=0)
        return cls(_fitting([_units(figure, places) for figure in figures]), places)

    def __len__(self) -> int:
        return len(self.units)

    def at(self, row: int) -> Decimal | None:
        """Return one figure as a decimal."""
        units = int(self.units[row])
        return None if units == MISSING else plain(units, self.places)

    def all_at(self, rows: Integers) -> list[Decimal | None]:
        """Return the figures of many rows."""
        places = self.places
        return [None if unit == MISSING else plain(unit, places) for unit in self.units[rows].tolist()]

    def at_places(self, places: int) -> Figures:
        """Return the same figures with at least so many decimals."""
        if places <= self.places:
            return self
        factor = 10 ** (places - self.places)
        present = self.units != MISSING
        largest = int(np.abs(self.units[present]).max(initial=0))
        wide = max(largest, 1) * factor > _LARGEST
        units = self.units.astype(object) if wide else writable(self.units)
        units[present] *= factor
        return Figures(units, places)

    def _for(self, figures: Sequence[Decimal | None]) -> tuple[Figures, Integers]:
        incoming = Figures.of(figures)
        places = max(self.places, incoming.places)
        held, new = self.at_places(places), incoming.at_places(places)
        if object in (held.units.dtype, new.units.dtype):
            return Figures(held.units.astype(object), places), new.units.astype(object)
        return held, new.units

    def put(self, rows: Sequence[int], figures: Sequence[Decimal | None]) -> Figures:
        """Return the column with other figures in some rows."""
        held, new = self._for(figures)
        units = writable(held.units)
        units[list(rows)] = new
        return Figures(units, held.places)

    def inserted(self, rows: Sequence[int], figures: Sequence[Decimal | None]) -> Figures:
        """Return the column with figures put in before some rows."""
        held, new = self._for(figures)
        return Figures(inserted(held.units, rows, new), held.places)

    def without(self, rows: Sequence[int]) -> Figures:
        """Return the column without some rows."""
        return Figures(deleted(self.units, rows), self.places)


def _units(figure: Decimal | None, places: int) -> int:
    if figure is None:
        return MISSING
    numerator, denominator = figure.as_integer_ratio()
    scale: int = 10**places
    return numerator * (scale // denominator)  # which goes even: see `decimal_places`


class TextPool:
    """Texts by number: those read from the file as one block of bytes, later ones one by one.

    A number once given keeps its text for ever, so older ledgers are not touched by newer ones.
    """

    __slots__ = ("_block", "_ends", "_later")

    def __init__(self, block: bytes | bytearray = b"", ends: Integers | None = None) -> None:
        """Hold a block of UTF-8 texts and where each one ends (the separator stands there)."""
        self._block = block
        self._ends = np.empty(0, np.int64) if ends is None else ends
        self._later: list[str] = []

    def add(self, text: str) -> int:
        """Keep a text and return its number."""
        if not text:
            return NOTHING
        later: list[str] = self._later
        later.append(text)
        place = len(later) - 1
        while later[place] is not text:  # another thread has put its own behind it
            place -= 1
        return len(self._ends) + place

    def spans(self, numbers: Integers) -> tuple[bytes | bytearray, Integers, Integers]:
        """Return the block, and where some texts of it start and end; later texts end where they start."""
        count = len(self._ends)
        if not count:
            none: Integers = np.zeros(len(numbers), np.int64)
            return self._block, none, none
        held = np.minimum(numbers, count - 1)
        starts = np.where(held > 0, self._ends[held - 1] + 1, 0)
        ends = np.where(numbers < count, self._ends[held], starts)
        return self._block, starts, ends

    def __getitem__(self, number: int) -> str:
        if number < 0:
            return ""
        first = len(self._ends)
        if number >= first:
            return self._later[number - first]
        start = int(self._ends[number - 1]) + 1 if number else 0
        return self._block[start : int(self._ends[number])].decode()


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """A column of texts: for each row the number of its text in a pool."""

    numbers: Integers
    pool: TextPool

    def at(self, row: int) -> str:
        """Return one text."""
        return self.pool[int(self.numbers[row])]

    def all_at(self, rows: Integers) -> list[str]:
        """Return the texts of many rows."""
        pool = self.pool
        return [pool[number] if number >= 0 else "" for number in self.numbers[rows].tolist()]

    def put(self, rows: Sequence[int], texts: Sequence[str]) -> TextColumn:
        """Return the column with other texts in some rows."""
        numbers = writable(self.numbers)
        numbers[list(rows)] = [self.pool.add(text) for text in texts]
        return TextColumn(numbers, self.pool)

    def inserted(self, rows: Sequence[int], texts: Sequence[str]) -> TextColumn:
        """Return the column with texts put in before some rows."""
        added = np.array([self.pool.add(text) for text in texts], self.numbers.dtype)
        return TextColumn(inserted(self.numbers, rows, added), self.pool)

    def without(self, rows: Sequence[int]) -> TextColumn:
        """Return the column without some rows."""
        return TextColumn(deleted(self.numbers, rows), self.pool)


class Transactions:
    """All transactions of a ledger in the order they happened; a value that never changes."""

    __slots__ = ("figures", "numbers", "texts")

    def __init__(
        self, numbers: dict[str, Integers], figures: dict[str, Figures], texts: dict[str, TextColumn]
    ) -> None:
        """Hold columns that are already in order (see `in_order`).

        `numbers`: id, date (day ordinal), order, kind and certainty (codes), recorded (day ordinal or
        NOTHING), ratio_new and ratio_old (0 for none), and each of REFERENCES (an id or NOTHING).
        """
        self.numbers = numbers
        self.figures = figures
        self.texts = texts

    @classmethod
    def of(cls, transactions: Iterable[Transaction]) -> Transactions:
        """Hold some records."""
        records = sorted(transactions, key=_place)
        pool = TextPool()
        return cls(
            {name: np.array(values, dtype) for name, (values, dtype) in _number_columns(records).items()},
            {name: Figures.of([getattr(record, name) for record in records]) for name in DECIMALS},
            {
                name: TextColumn(
                    np.array([pool.add(getattr(record, name)) for record in records], np.int32), pool
                )
                for name in TEXTS
            },
        )

    def in_order(self) -> Transactions:
        """Return the same rows sorted by day, order within the day and number, in little memory."""
        numbers = self.numbers
        order = np.lexsort((numbers["id"], numbers["order"], numbers["date"]))
        rows: Any = slice(None) if np.array_equal(order, np.arange(len(order))) else order
        return Transactions(
            {name: compact(column[rows]) for name, column in numbers.items()},
            {
                name: Figures(compact(column.units[rows]), column.places)
                for name, column in self.figures.items()
            },
            {
                name: TextColumn(compact(column.numbers[rows]), column.pool)
                for name, column in self.texts.items()
            },
        )

    def __len__(self) -> int:
        return len(self.numbers["id"])

    def __getitem__(self, row: int) -> Transaction:
        return self.records((row,))[0]

    def records(self, rows: Sequence[int] | Integers) -> list[Transaction]:
        """Return the transactions of some rows, made column by column."""
        at = np.asarray(rows, np.int64)
        numbers = {name: column[at].tolist() for name, column in self.numbers.items()}
        columns: dict[str, list[Any]] = {
            "id": numbers["id"],
            "date": [date.fromordinal(day) for day in numbers["date"]],
            "kind": [KINDS[code].name for code in numbers["kind"]],
            "order": numbers["order"],
            "certainty": [_CERTAINTIES[code] for code in numbers["certainty"]],
            "recorded": [date.fromordinal(day) if day > 0 else None for day in numbers["recorded"]],
            "ratio": [
                Fraction(new, old) if old else None
                for new, old in zip(numbers["ratio_new"], numbers["ratio_old"], strict=True)
            ],
        }
        columns |= {name: [None if id < 0 else id for id in numbers[name]] for name in REFERENCES}
        columns |= {name: self.figures[name].all_at(at) for name in DECIMALS}
        columns |= {name: self.texts[name].all_at(at) for name in TEXTS}
        return [Transaction(*fields) for fields in zip(*(columns[name] for name in _FIELDS), strict=True)]

    def __iter__(self) -> Iterator[Transaction]:
        return (self[row] for row in range(len(self)))

    def row_of(self, id: int) -> int | None:
        """Return where a transaction stands, or None."""
        found = np.flatnonzero(self.numbers["id"] == id)
        return int(found[0]) if len(found) else None

    def rows_of(self, ids: Sequence[int]) -> list[int | None]:
        """Return where each of some transactions stands, or None; many are found in one sort."""
        if len(ids) <= _FEW:
            return [self.row_of(id) for id in ids]
        own = self.numbers["id"]
        if not len(own):
            return [None] * len(ids)
        order = np.argsort(own, kind="stable")
        rows = order[np.minimum(np.searchsorted(own, ids, sorter=order), len(own) - 1)]
        return [row if own[row] == id else None for row, id in zip(rows.tolist(), ids, strict=True)]

    def get(self, id: int) -> Transaction | None:
        """Return a transaction by its number, or None."""
        row = self.row_of(id)
        return None if row is None else self[row]

    def next_id(self) -> int:
        """Return a number that no transaction has."""
        return int(self.numbers["id"].max(initial=0)) + 1

    def until(self, day: date) -> int:
        """Return how many transactions are dated on or before the day."""
        return self._row_after(day, "right")

    def since(self, day: date) -> int:
        """Return how many transactions are dated before the day."""
        return self._row_after(day, "left")

    def _row_after(self, day: date, side: Literal["left", "right"]) -> int:
        dates = self.numbers["date"]
        return int(np.searchsorted(dates, dates.dtype.type(day.toordinal()), side=side))

    def rows_naming(self, field: str, id: int) -> Integers:
        """Return the rows whose reference field names an id."""
        return np.flatnonzero(self.numbers[field] == id)

    def ids_in(self, field: str, ids: Sequence[int]) -> list[int]:
        """Return which of some ids a reference field names anywhere."""
        sought = np.asarray(ids, np.int64)
        found: list[int] = sought[np.isin(sought, self.numbers[field])].tolist()
        return found

    def lacking(self, field: str) -> Integers:
        """Return for each row whether a field says nothing."""
        lacking: Integers
        if field in self.figures:
            lacking = self.figures[field].units == MISSING
        elif field in self.texts:
            lacking = self.texts[field].numbers == NOTHING
        elif field == "ratio":
            lacking = self.numbers["ratio_old"] == 0
        else:
            lacking = self.numbers[field] == NOTHING
        return lacking

    def changed(self, before: Sequence[Transaction], after: Sequence[Transaction]) -> Transactions:
        """Return the columns with the records of `before` gone and those of `after` there.

        The caller has made sure that `before` stands in the ledger as it says.
        """
        coming = {record.id: record for record in after}
        kept = [
            record for record in before if record.id in coming and _place(record) == _place(coming[record.id])
        ]
        staying = {record.id for record in kept}
        result = self._corrected(kept, [coming[record.id] for record in kept])
        result = result._without([record for record in before if record.id not in staying])
        return result._with([record for record in after if record.id not in staying])

    def _corrected(self, before: Sequence[Transaction], after: Sequence[Transaction]) -> Transactions:
        if not after:
            return self
        rows = [row for row in self.rows_of([record.id for record in after]) if row is not None]
        numbers, figures, texts = dict(self.numbers), dict(self.figures), dict(self.texts)
        old, new = _number_columns(before), _number_columns(after)
        for name, (values, _) in new.items():
            if values != old[name][0]:
                numbers[name] = writable(numbers[name])
                numbers[name][rows] = values
        for name in DECIMALS:
            column = [getattr(record, name) for record in after]
            if column != [getattr(record, name) for record in before]:
                figures[name] = figures[name].put(rows, column)
        for name in TEXTS:
            column = [getattr(record, name) for record in after]
            if column != [getattr(record, name) for record in before]:
                texts[name] = texts[name].put(rows, column)
        return Transactions(numbers, figures, texts)

    def _without(self, gone: Sequence[Transaction]) -> Transactions:
        if not gone:
            return self
        rows = [row for row in self.rows_of([record.id for record in gone]) if row is not None]
        return Transactions(
            {name: deleted(column, rows) for name, column in self.numbers.items()},
            {name: column.without(rows) for name, column in self.figures.items()},
            {name: column.without(rows) for name, column in self.texts.items()},
        )

    def _with(self, coming: Sequence[Transaction]) -> Transactions:
        if not coming:
            return self
        records = sorted(coming, key=_place)
        numbers = {
            name: np.array(values, dtype) for name, (values, dtype) in _number_columns(records).items()
        }
        rows = self._rows_for(records, numbers)
        return Transactions(
            {name: inserted(self.numbers[name], rows, values) for name, values in numbers.items()},
            {
                name: column.inserted(rows, [getattr(record, name) for record in records])
                for name, column in self.figures.items()
            },
            {
                name: column.inserted(rows, [getattr(record, name) for record in records])
                for name, column in self.texts.items()
            },
        )

    def _rows_for(self, records: Sequence[Transaction], numbers: Mapping[str, Integers]) -> Sequence[int]:
        """Return before which row each of some records that are in order belongs; many in one sort."""
        if len(records) <= _FEW:
            return [self._row_for(record) for record in records]
        keys = [np.concatenate((self.numbers[name], numbers[name])) for name in ("id", "order", "date")]
        coming = np.flatnonzero(np.lexsort(keys) >= len(self))
        rows: list[int] = (coming - np.arange(len(records))).tolist()
        return rows

    def _row_for(self, record: Transaction) -> int:
        row = self.since(record.date)
        last = self.until(record.date)
        for name, value in (("order", record.order), ("id", record.id)):
            column = self.numbers[name][row:last]
            sought = column.dtype.type(value)
            last = row + int(np.searchsorted(column, sought, side="right"))
            row += int(np.searchsorted(column, sought, side="left"))
        return row


def _place(record: Transaction) -> tuple[int, int, int]:
    return (record.date.toordinal(), record.order, record.id)


def _number_columns(records: Sequence[Transaction]) -> dict[str, tuple[list[int], Any]]:
    ratios = [record.ratio for record in records]
    columns: dict[str, tuple[list[int], Any]] = {
        "id": ([record.id for record in records], np.int64),
        "date": ([record.date.toordinal() for record in records], np.int32),
        "order": ([record.order for record in records], np.int32),
        "kind": ([KIND_CODE[record.kind] for record in records], np.int8),
        "certainty": ([_CERTAINTY_CODE[record.certainty] for record in records], np.int8),
        "recorded": (
            [record.recorded.toordinal() if record.recorded else NOTHING for record in records],
            np.int32,
        ),
        "ratio_new": ([0 if ratio is None else ratio.numerator for ratio in ratios], np.int64),
        "ratio_old": ([0 if ratio is None else ratio.denominator for ratio in ratios], np.int64),
    }
    for name in REFERENCES:
        held = [getattr(record, name) for record in records]
        columns[name] = ([NOTHING if id is None else id for id in held], np.int32)
    return columns
