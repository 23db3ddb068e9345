"""Where the results of a calculation differ from those expected (README, "Comparing")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.vectors.inputs import as_number

# Maps of which the definition says that zeros may be left out.
ZEROS_LEFT_OUT = {("lookthrough", "effective"), ("control_chain", "economic")}

MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """One result that is not as expected; `path` is dotted."""

    path: str
    expected: object
    got: object

    def __str__(self) -> str:
        return f"{self.path}: expected {shown(self.expected)}, got {shown(self.got)}"


def shown(value: object) -> str:
    """Return a result in one line, rationals as 16/3."""
    match value:
        case _ if value is MISSING:
            return "nothing"
        case Mapping():
            return "{" + ", ".join(f"{key}: {shown(below)}" for key, below in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(shown(below) for below in value) + "]"
    return str(value)


def differences(
    calculation: str, expected: Mapping[str, Any], got: object, tolerance: Mapping[str, Fraction]
) -> list[Difference]:
    """Return every listed result that is missing or differs, in the order listed."""

    def compare(path: str, wanted: Any, result: Any) -> Iterator[Difference]:
        if isinstance(wanted, Mapping):
            yield from compare_map(path, wanted, result)
        elif isinstance(wanted, list):
            if not isinstance(result, list | tuple) or len(result) != len(wanted):
                yield Difference(path, wanted, result)
                return
            for number, (one, other) in enumerate(zip(wanted, result, strict=True)):
                yield from compare(f"{path}.{number}", one, other)
        elif not _agree(wanted, result, allowed(path)):
            yield Difference(path, wanted, result)

    def compare_map(path: str, wanted: Mapping[str, Any], result: Any) -> Iterator[Difference]:
        zeros = (calculation, path.split(".")[0]) in ZEROS_LEFT_OUT
        if result is MISSING and zeros:
            result = {}
        if not isinstance(result, Mapping):
            yield Difference(path, wanted, result)
            return
        indifferent = wanted.get("indifferent") or ()
        for key, one in wanted.items():
            below = f"{path}.{key}" if path else key
            if key == "decisions" and isinstance(one, Mapping):
                one = {name: label for name, label in one.items() if name not in indifferent}
            absent = 0 if zeros and not isinstance(one, Mapping) else MISSING
            yield from compare(below, one, result.get(key, absent))

    def allowed(path: str) -> Fraction:
        fitting = [key for key in tolerance if path == key or path.startswith(f"{key}.")]
        return tolerance[max(fitting, key=len)] if fitting else tolerance.get("default", Fraction(0))

    return list(compare("", expected, got))


def _agree(wanted: object, result: object, tolerance: Fraction) -> bool:
    if result is None or isinstance(result, bool):
        return wanted is result
    if isinstance(result, int | float | Decimal | Fraction):
        try:
            return abs(as_number(wanted) - Fraction(result)) <= tolerance
        except (ValueError, OverflowError):  # the result is not finite, or a name is expected
            return False
    return wanted == (result.isoformat() if isinstance(result, date) else result)
