"""Files of vectors, read into cases; a file or case that cannot be read is a case that fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.vectors.inputs import as_number, read_json

FORMAT = "captable-vectors/1"


@dataclass(frozen=True, slots=True)
class Case:
    """A worked example: the given figures, and the results or the code of the refusal."""

    id: str
    calculation: str = ""
    inputs: dict[str, Any] = field(default_factory=dict)
    expected: dict[str, Any] | None = None
    expected_error: str | None = None
    tolerance: dict[str, Fraction] = field(default_factory=dict)
    trouble: str | None = None  # why it cannot be run


def read_cases(folder: Path) -> list[Case]:
    """Return the cases of every *.json of the folder, in the order of the file names."""
    found = [case for file in sorted(folder.glob("*.json")) for case in _cases_of(file)]
    seen: set[str] = set()
    cases = []
    for case in found:
        cases.append(Case(case.id, trouble="the id stands twice") if case.id in seen else case)
        seen.add(case.id)
    return cases


def _cases_of(file: Path) -> Iterator[Case]:
    try:
        document = read_json(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        yield Case(file.name, trouble=f"cannot be read: {error}")
        return
    form = document.get("format") if isinstance(document, dict) else None
    if form != FORMAT:
        yield Case(file.name, trouble=f"format: expected {FORMAT}, got {form}")
        return
    entries = document.get("cases")
    if not isinstance(entries, list) or not entries:
        yield Case(file.name, trouble="holds no cases")
        return
    for number, entry in enumerate(entries):
        try:
            yield _case(entry)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            name = entry.get("id") if isinstance(entry, dict) else None
            yield Case(str(name or f"{file.name}.{number}"), trouble=f"is no case: {error!r}")


def _case(entry: dict[str, Any]) -> Case:
    expected, refusal = entry.get("expected"), entry.get("expected_error")
    if isinstance(expected, dict) == isinstance(refusal, str):
        raise ValueError("expected or expected_error, one of them")
    return Case(
        id=str(entry["id"]),
        calculation=entry["calculation"],
        inputs=dict(entry["inputs"]),
        expected=expected,
        expected_error=refusal,
        tolerance={path: as_number(value) for path, value in (entry.get("tolerance") or {}).items()},
    )
