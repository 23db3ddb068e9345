"""The table of transactions read into the columns of a ledger at once, exact at any size."""

from __future__ import annotations

import sqlite3
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from neocapgui.document import fields, rows
from neocapgui.document.canonical import Block
from neocapgui.document.fields import SHORT, Field, Names, Whole
from neocapgui.document.values import FIGURE, LARGEST_ID, LARGEST_NUMBER, LONGEST_TEXT, TEXT
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
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import KINDS, Transaction

_KINDS = Names([kind.name for kind in KINDS])
_CERTAINTIES = Names([certainty.value for certainty in Certainty])
_Digits = tuple[Integers, Integers]
MOST_TEXT = 200_000_000  # bytes of all transactions as text; a million take some 120
_AT_ONCE = 1 << 20  # bytes
_LARGEST = 10**18  # beyond it figures are kept as Python integers, as the columns do


def _numbers(field: Field, least: int = -LARGEST_NUMBER, most: int = LARGEST_NUMBER) -> Whole:
    numbers = fields.numbers(field)
    if numbers.min(initial=1) < least or numbers.max(initial=1) > most:
        raise ValueError("holds a number that is out of range")
    return numbers


def _ids(field: Field) -> Whole:
    return _numbers(field, least=1, most=LARGEST_ID)


# Of each column of numbers: how its field is read, what stands for an empty one (None: never), and its type.
_NUMBERS: dict[str, tuple[Callable[[Field], Whole], int | None, type[Any]]] = {
    "id": (_ids, None, np.int64),
    "date": (fields.days, None, np.int32),
    "order": (_numbers, None, np.int32),
    "kind": (_KINDS.places, None, np.int8),
    "certainty": (_CERTAINTIES.places, None, np.int8),
    "recorded": (fields.days, NOTHING, np.int32),
    "ratio_new": (fields.numbers, 0, np.int64),
    "ratio_old": (fields.numbers, 0, np.int64),
    **dict.fromkeys(REFERENCES, (_ids, NOTHING, np.int32)),
}


@dataclass(slots=True)
class _Gathered:
    """What the blocks read so far hold, column by column."""

    numbers: dict[str, list[Integers]] = field(default_factory=lambda: {name: [] for name in _NUMBERS})
    figures: dict[str, list[_Digits]] = field(default_factory=lambda: {name: [] for name in DECIMALS})
    texts: bytearray = field(default_factory=bytearray)
    ends: list[Integers] = field(
        default_factory=list
    )  # of the free texts and of the field before them, by row
    named: dict[str, list[Integers]] = field(default_factory=lambda: {name: [] for name in TEXTS})
    rows: int = 0

    def add(self, block: Block, columns: Sequence[str]) -> None:
        """Read one block; refuses (ValueError) nonsense without saying where it is."""
        _check_unicode(block.text)
        cut = dict(zip(columns, fields.cut(block.text, len(columns)), strict=True))
        numbers = {name: _column(cut[name], *how) for name, how in _NUMBERS.items()}
        _reduce_ratios(numbers, cut)
        for name, column in numbers.items():
            self.numbers[name].append(column)
        for name in DECIMALS:
            self.figures[name].append(_digits(cut[name]))
        self._add_texts(block, cut)

    def _add_texts(self, block: Block, cut: dict[str, Field]) -> None:
        ending = list(cut)[-len(TEXTS) - 1 :]
        before = len(self.texts) - int(cut["id"].starts[0])
        self.ends.append((np.stack([cut[name].ends for name in ending], axis=1) + before).ravel())
        rows = len(self.ends[-1]) // len(ending)
        for name in TEXTS:
            for text in cut[name].at(np.flatnonzero(cut[name].lengths > LONGEST_TEXT)).texts():
                TEXT.read(text)  # only to refuse what is too long
            numbers = np.arange(self.rows, self.rows + rows, dtype=np.int32) * len(ending) + ending.index(
                name
            )
            self.named[name].append(np.where(cut[name].lengths > 0, numbers, np.int32(NOTHING)))
        self.texts += block.text
        self.rows += rows

    def transactions(self) -> Transactions:
        """Return everything read as the columns of a ledger; what was gathered is given up on the way."""
        pool = TextPool(self.texts, np.concatenate(self.ends))
        self.ends.clear()
        return Transactions(
            {name: np.concatenate(self.numbers.pop(name)) for name in _NUMBERS},
            {name: _figures(self.figures.pop(name)) for name in DECIMALS},
            {name: TextColumn(np.concatenate(self.named.pop(name)), pool) for name in TEXTS},
        ).in_order()


def read(connection: sqlite3.Connection, blocks: Iterable[Block], columns: Sequence[str]) -> Transactions:
    """Return the transactions whose table stands in blocks of text, its free texts last.

    Refuses (ValueError) nonsense, naming the row; only then are the rows of a block looked at one by one.
    """
    gathered = _Gathered()
    for block in blocks:
        if len(gathered.texts) + len(block.text) > MOST_TEXT:
            raise ValueError(f"its transactions are longer than the {MOST_TEXT:,} bytes that can be held")
        try:
            gathered.add(block, columns)
        except ValueError as error:
            for _ in rows.facts(connection, Transaction, "id BETWEEN ? AND ?", block.first, block.last):
                pass  # one of them refuses
            raise ValueError(f"one of transactions {block.first} to {block.last} {error}") from error
    return gathered.transactions() if gathered.texts else Transactions.of(())


def _check_unicode(text: bytes) -> None:
    """Refuse (UnicodeError) what is no UTF-8, a part at a time: decoded it may take four times the memory."""
    decoder = getincrementaldecoder("utf-8")()
    for start in range(0, len(text), _AT_ONCE):
        decoder.decode(text[start : start + _AT_ONCE])
    decoder.decode(b"", final=True)


def _column(field: Field, read: Callable[[Field], Whole], empty: int | None, dtype: type[Any]) -> Integers:
    if empty is None:
        return read(field).astype(dtype)
    present = np.flatnonzero(field.lengths)
    column = np.full(len(field.starts), empty, dtype)
    if len(present):
        column[present] = read(field.at(present))
    return column


def _reduce_ratios(numbers: dict[str, Integers], cut: dict[str, Field]) -> None:
    new, old = numbers["ratio_new"], numbers["ratio_old"]
    is_new, is_old = (cut[name].lengths > 0 for name in ("ratio_new", "ratio_old"))
    if (is_new != is_old).any() or (is_old != (old > 0)).any():
        raise ValueError("holds no ratio")
    common = np.maximum(np.gcd(new, old), 1)
    numbers.update(ratio_new=new // common, ratio_old=old // common)


def _digits(field: Field) -> _Digits:
    """Return the digits of each figure (MISSING for none) and its decimal places."""
    lengths = field.lengths
    digits: Integers = np.full(len(lengths), MISSING, np.int64)
    places = np.zeros(len(lengths), np.uint8)
    short = np.flatnonzero((lengths > 0) & (lengths <= SHORT))
    if len(short):
        digits[short], places[short] = fields.figures(field.at(short))
    long = np.flatnonzero(lengths > SHORT)
    if len(long):
        digits = digits.astype(object)
        for row, text in zip(long.tolist(), field.at(long).texts(), strict=True):
            FIGURE.read(text)  # only to refuse what is no number
            whole, _, fraction = text.partition(".")
            digits[row], places[row] = int(whole + fraction), len(fraction)
            if digits[row] == MISSING:  # the one figure that looks like none: with a decimal more it does not
                digits[row], places[row] = MISSING * 10, len(fraction) + 1
    return digits, places


def _figures(parts: Sequence[_Digits]) -> Figures:
    digits = np.concatenate([part for part, _ in parts])
    behind = np.concatenate([part for _, part in parts])
    places = int(behind.max(initial=0))
    if places == 0:
        return Figures(digits, 0)
    present = np.flatnonzero(digits != MISSING)
    held, missing = digits[present], places - behind[present]
    largest = int(np.abs(held).max(initial=0))
    if held.dtype == object or largest * 10 ** int(missing.max(initial=0)) > _LARGEST:
        held = held.astype(object) * 10 ** missing.astype(object)
        digits = digits.astype(object if np.abs(held).max(initial=0) > _LARGEST else np.int64)
    else:
        held = held * 10 ** missing.astype(np.int64)
    digits[present] = held
    return Figures(digits, places)
