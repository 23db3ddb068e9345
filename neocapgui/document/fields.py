"""One block of rows cut into its fields, and a field of all rows turned into numbers at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from neocapgui.document.values import SEPARATOR

Bytes = NDArray[np.uint8]
Whole = NDArray[np.signedinteger[Any]]

SHORT = 18  # characters: whatever number they say fits 64 bits
_PADDING = b"0" * 24  # so that no window reaches beyond the bytes; at least SHORT and the longest name
_MINUS, _POINT, _ZERO = (np.uint8(ord(mark)) for mark in "-.0")
_EPOCH = 719_163  # the ordinal of 1970-01-01


@dataclass(frozen=True, slots=True)
class Field:
    """Where one field stands in the bytes of a block, row by row."""

    bytes: Bytes
    starts: Whole
    ends: Whole

    @property
    def lengths(self) -> Whole:
        """How long the field is in each row."""
        return self.ends - self.starts

    def at(self, rows: NDArray[Any]) -> Field:
        """Return the field in some rows only."""
        return Field(self.bytes, self.starts[rows], self.ends[rows])

    def texts(self) -> list[str]:
        """Return the field row by row; for the few that are not turned into numbers at once."""
        bounds = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return [self.bytes[start:end].tobytes().decode() for start, end in bounds]


def cut(text: bytes, width: int) -> list[Field]:
    """Return the fields of a block whose rows have `width` of them; refuses (ValueError) other counts."""
    bytes = np.frombuffer(_PADDING + text + _PADDING, np.uint8)
    marks = np.flatnonzero(bytes == ord(SEPARATOR))
    if len(marks) % width:
        raise ValueError("holds the mark that separates fields")
    ends = np.ascontiguousarray(marks.reshape(-1, width).T)
    before = np.concatenate([[len(_PADDING) - 1], ends[-1, :-1]])
    return [Field(bytes, start + 1, end) for start, end in zip([before, *ends[:-1]], ends, strict=True)]


def figures(field: Field) -> tuple[Whole, NDArray[np.uint8]]:
    """Return plain decimals of at most SHORT characters as digits and decimal places: 3.48 is 348 and 2."""
    is_negative = field.bytes[field.starts] == _MINUS
    starts = field.starts + is_negative
    lengths = field.ends - starts
    longest = int(lengths.max(initial=0))
    if lengths.min(initial=1) < 1 or longest > SHORT:
        raise ValueError("holds no number")
    said = np.zeros(len(starts), np.int64)
    places = np.zeros(len(starts), np.uint8)
    for back in range(longest, 0, -1):
        read = field.bytes[field.ends - back]
        is_inside = lengths >= back
        is_point = is_inside & (read == _POINT)
        digit = (read - _ZERO) * is_inside
        if is_point.any():
            if places[is_point].any() or back == 1 or (lengths[is_point] == back).any():
                raise ValueError("holds no number")
            places[is_point] = back - 1
            digit[is_point] = 0
            said *= np.where(is_point, 1, 10)
        else:
            said *= 10
        if digit.max() > 9:
            raise ValueError("holds no number")
        said += digit
    return np.where(is_negative, -said, said) if is_negative.any() else said, places


def numbers(field: Field) -> Whole:
    """Return whole numbers of at most SHORT characters."""
    digits, places = figures(field)
    if places.any():
        raise ValueError("holds no whole number")
    return digits


def days(field: Field) -> Whole:
    """Return days in ISO form as ordinals."""
    if (field.lengths != 10).any():
        raise ValueError("holds no day")
    windows = sliding_window_view(field.bytes, 10)[field.starts]
    digits = windows[:, [0, 1, 2, 3, 5, 6, 8, 9]] - _ZERO
    if (digits > 9).any() or (windows[:, [4, 7]] != _MINUS).any():
        raise ValueError("holds no day")
    tens = digits[:, ::2].astype(np.int64) * 10 + digits[:, 1::2]
    years, months, days = tens[:, 0] * 100 + tens[:, 1], tens[:, 2], tens[:, 3]
    month = (years - 1970) * 12 + months - 1
    first, after = _first_of(month), _first_of(month + 1)
    if ((years < 1) | (months < 1) | (months > 12) | (days < 1) | (days > after - first)).any():
        raise ValueError("holds no day")
    return first + days - 1 + _EPOCH


def _first_of(months: Whole) -> Whole:
    return months.view("datetime64[M]").astype("datetime64[D]").view(np.int64)


class Names:
    """A short list of names, and the place of each field's text in it."""

    def __init__(self, names: Sequence[str]) -> None:
        """Prepare names of at most twenty-four characters of ASCII."""
        self._width = -(-max(map(len, names)) // 8) * 8
        padded = b"".join(name.encode().ljust(self._width, b"\0") for name in names)
        self._words = np.frombuffer(padded, np.uint64).reshape(len(names), -1)
        keys = self._keys(self._words)
        self._order = np.argsort(keys)
        self._sorted = keys[self._order]

    def places(self, field: Field) -> Whole:
        """Return the place of each text in the list; refuses (ValueError) one that is not there."""
        lengths = field.lengths
        if (lengths > self._width).any():
            raise ValueError("holds an unknown name")
        windows = sliding_window_view(field.bytes, self._width)[field.starts]
        windows = np.where(np.arange(self._width) < lengths[:, None], windows, np.uint8(0))
        words = np.ascontiguousarray(windows).view(np.uint64)
        near = np.searchsorted(self._sorted, self._keys(words)).clip(max=len(self._order) - 1)
        found = self._order[near]
        if (self._words[found] != words).any():
            raise ValueError("holds an unknown name")
        return np.asarray(found)

    def _keys(self, words: NDArray[np.uint64]) -> NDArray[np.uint64]:
        # Any odd number that keeps the names apart serves; afterwards a text is compared with its name.
        keys = np.zeros(len(words), np.uint64)
        for word in words.T:
            keys = keys * np.uint64(0x9E3779B97F4A7C15) + word
        return keys
