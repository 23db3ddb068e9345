"""A calculation beside the same question asked of a ledger: where they disagree, the figure is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum

from neocapgui.engine.calculations.refusal import CalculationRefused
from tests.vectors.comparison import MISSING, shown
from tests.vectors.inputs import Inputs

Results = dict[str, object]
Calculation = Callable[[Inputs], Results]


class Why(StrEnum):
    """Why a ledger is not asked for a figure; there is no other way to be silent."""

    NO_DECIMAL = "a count, price or amount of the ledger is a decimal number, and this one does not end"
    RATIO = "a split of the ledger has a ratio above 0 of whole numbers of 64 bits"
    AMENDED = "authorized shares change by an amendment, which states the number itself"
    MONEY_OF_A_NOTICE = "what a notice pays for a fraction of a share is not asked of the ledger"
    NOTHING_LENT = "nothing accrues on nothing"
    WINDOWS = "a floating right has one look-back window, which ends with the day looked at"
    COLUMN = "the price list has no such column"
    MODE = "a floating price is rounded half up, to at least no decimals"
    ROUNDED_CLASS = "as-converted counts of the ledger are not rounded class by class"
    MORE_THAN_ALL = "nobody holds more than is outstanding"
    UNNAMED_CAP = "an exchange cap is a stated part of the shares at signing"
    OWN_SHARES = "a company's own shares are no stake in its group"
    ONLY_ITSELF = "a company that is held only by itself has no owners"
    CERTIFICATE = "the ledger holds by holder and class, not by certificate"
    NEVER_ISSUED = "an entry names whose shares it takes, and this paper belongs to nobody"
    EXERCISE = "an exercise names the shares it brings, and no issuance of its day, holder and count is given"
    PLAN_SPLIT = "a split restates the plan that grants the shares"
    GRANTED_TOO_MUCH = "a plan that granted more than its reserve can grant nothing"


class Unrecorded(Exception):
    """The inputs cannot be entered as facts."""

    def __init__(self, why: Why) -> None:
        super().__init__(str(why))
        self.why = why


class Untold(Exception):
    """The ledger gives no figure; the sentence is what the user reads in its place."""


def on_the_ledger(
    calculations: Mapping[str, Calculation], questions: Mapping[str, Calculation]
) -> dict[str, Calculation]:
    """Return the calculations, each of those that have a question checked against its answer."""
    return {
        name: agreed(calculation, questions[name]) if name in questions else calculation
        for name, calculation in calculations.items()
    }


def agreed(calculation: Calculation, question: Calculation) -> Calculation:
    """Return both as one: the figures are the ledger's wherever it gives one, and must be the same."""

    def both(inputs: Inputs) -> Results:
        try:
            calculated = calculation(inputs)
        except CalculationRefused as refused:
            _refused_as_well(question, inputs, refused)
            raise
        try:
            told = question(inputs)
        except Unrecorded:
            return calculated
        except (CalculationRefused, Untold) as silent:
            raise AssertionError(f"the ledger gives nothing: {silent}") from silent
        for line in _disagreements("", told, calculated):
            raise AssertionError(line)
        return _merged(calculated, told)

    return both


def _refused_as_well(question: Calculation, inputs: Inputs, refused: CalculationRefused) -> None:
    """Hold the ledger against a refusal; inputs that contradict themselves are no facts to enter."""
    if refused.code == "bad_input":
        return
    try:
        told = question(inputs)
    except Unrecorded:
        return
    except CalculationRefused as other:
        if other.code != refused.code:
            raise AssertionError(f"{refused.code} is refused, and by the ledger {other.code}") from other
    except Untold as silent:
        if str(silent) not in ("", str(refused)):
            raise AssertionError(f"{refused} is said, and by the ledger {silent}") from silent
    else:
        raise AssertionError(f"{refused.code} is refused, but the ledger gives {shown(told)}")


def _disagreements(path: str, told: object, calculated: object) -> Iterator[str]:
    if isinstance(told, Why):
        return
    if isinstance(told, Mapping) and isinstance(calculated, Mapping):
        for key in {**told, **(calculated if path else {})}:  # a result may be left out, its parts may not
            one, other = told.get(key, MISSING), calculated.get(key, MISSING)
            yield from _disagreements(f"{path}.{key}" if path else key, one, other)
    elif isinstance(told, list) and isinstance(calculated, list) and len(told) == len(calculated):
        for number, (one, other) in enumerate(zip(told, calculated, strict=True)):
            yield from _disagreements(f"{path}.{number}", one, other)
    elif told != calculated:
        yield f"{path}: the ledger gives {shown(told)}, the calculation {shown(calculated)}"


def _merged(calculated: Results, told: Results) -> Results:
    """Return all figures, those of the ledger in the place of the calculated ones."""
    merged = dict(calculated)
    for key, one in told.items():
        below = calculated[key]
        if isinstance(one, dict) and isinstance(below, dict):
            merged[key] = _merged(below, one)
        elif not isinstance(one, Why | list):  # an entry of a list may leave figures out
            merged[key] = one
    return merged
