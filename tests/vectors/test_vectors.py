"""Every case of the vectors, through the calculations of the program."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import pytest

from neocapgui.engine.calculations.refusal import CalculationRefused
from tests.vectors import adapters, ledgers
from tests.vectors.cases import Case
from tests.vectors.comparison import differences, shown
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, on_the_ledger


def _listed(folder: ModuleType, table: str) -> dict[str, Calculation]:
    """Return what the tables of a name say in all modules of a folder."""
    found: dict[str, Calculation] = {}
    for module in pkgutil.iter_modules(folder.__path__):
        entries = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), table, {})
        twice = found.keys() & entries.keys()
        if twice:
            raise ValueError(
                f"{module.name}.py: {', '.join(sorted(twice))} stands twice in {folder.__name__}."
            )
        found |= entries
    return found


QUESTIONS = _listed(ledgers, "QUESTIONS")
CALCULATIONS = on_the_ledger(_listed(adapters, "CALCULATIONS"), QUESTIONS)


def troubles(case: Case) -> Iterator[str]:
    """Go through what is wrong with the case, each in one line; nothing where all is as expected."""
    if case.trouble:
        yield case.trouble
        return
    if case.calculation not in CALCULATIONS:
        yield f"calculation: {case.calculation} is unknown"
        return
    inputs = Inputs(case.inputs)
    try:
        got = CALCULATIONS[case.calculation](inputs)
    except CalculationRefused as refused:
        if refused.code != case.expected_error:
            wanted = case.expected_error or shown(case.expected)
            yield f"(refusal): expected {wanted}, got {refused.code}: {refused}"
    except AssertionError as disagreement:
        yield f"(ledger): {disagreement}"
        return
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError) as error:
        yield f"(failure): expected {case.expected_error or 'a result'}, got {type(error).__name__}: {error}"
        return
    else:
        if case.expected is None:
            yield f"(refusal): expected {case.expected_error}, got {shown(got)}"
        else:
            wrong = differences(case.calculation, case.expected, got, case.tolerance)
            yield from (str(difference) for difference in wrong)
    for path in inputs.unread():
        yield f"inputs.{path}: expected a defined input, got one that is unknown"


def test_vector(vector: Case) -> None:
    lines = list(troubles(vector))
    if lines:
        more = f" (and {len(lines) - 1} more)" if lines[1:] else ""
        pytest.fail(f"{vector.id}: {' '.join(lines[0].split())}{more}", pytrace=False)
