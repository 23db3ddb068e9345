"""Vectors about vesting."""

from __future__ import annotations

from neocapgui.engine.calculations.vesting import (
    Frequency,
    Instalment,
    Step,
    VestingEvent,
    event_vesting,
    schedule,
    tranches,
    vested,
    vested_by_duration,
)
from neocapgui.ledger.terms import Allocation
from tests.vectors.inputs import Inputs, UnknownInput


def _tranche(inputs: Inputs) -> dict[str, object]:
    quantity, count = inputs.number("quantity"), inputs.integer("tranches")
    return {"tranches": tranches(quantity, count, Allocation(inputs.text("allocation_type").lower()))}


def _day_of_month(inputs: Inputs) -> int | None:
    try:
        return inputs.integer("day_of_month", None)
    except UnknownInput:
        if inputs.text("day_of_month") != "start":
            raise
        return None


def _schedule(inputs: Inputs) -> dict[str, object]:
    steps = [
        Step(step.integer("months"), step.integer("occurrences"), step.number("portion"))
        for step in inputs.items("steps")
    ]
    shown, days = inputs.integer("show", None), inputs.days("as_of", [])
    instalments = schedule(
        inputs.number("quantity"),
        inputs.day("vesting_start"),
        steps,
        Allocation(inputs.text("allocation_type").lower()),
        day_of_month=_day_of_month(inputs),
        cliff_months=inputs.integer("cliff_months", None),
        grant_day=inputs.day("grant_date", None),
    )
    results: dict[str, object] = {
        "first_date": instalments[0].day,
        "first_quantity": instalments[0].quantity,
        "last_date": instalments[-1].day,
        "instalments": len(instalments),
        "total": sum(part.quantity for part in instalments),
        "vested": {day.isoformat(): vested(instalments, day) for day in days},
    }
    if shown is not None:
        results["rows"] = [[part.day, part.quantity] for part in instalments[:shown]]
    return results


def _vested_at(inputs: Inputs) -> dict[str, object]:
    shares = vested_by_duration(
        inputs.number("quantity"),
        inputs.day("start"),
        inputs.day("as_of"),
        cliff_months=inputs.integer("cliff_months"),
        duration_months=inputs.integer("duration_months"),
        frequency=inputs.choice("frequency", Frequency),
    )
    return {"vested": shares}


def _event_vesting(inputs: Inputs) -> dict[str, object]:
    events = [
        VestingEvent(
            event.number("quantity", None), event.number("portion", None), event.flag("remainder", False)
        )
        for event in inputs.items("events")
    ]
    answer = event_vesting(inputs.number("quantity"), events)
    return {"amounts": answer.amounts, "vested": answer.vested, "unvested": answer.unvested}


def _explicit_vestings(inputs: Inputs) -> dict[str, object]:
    stated = [Instalment(entry.day("date"), entry.number("amount")) for entry in inputs.items("vestings")]
    return {
        "total": sum(part.quantity for part in stated),
        "vested": {day.isoformat(): vested(stated, day) for day in inputs.days("as_of")},
    }


CALCULATIONS = {
    "tranche": _tranche,
    "schedule": _schedule,
    "vested_at": _vested_at,
    "event_vesting": _event_vesting,
    "explicit_vestings": _explicit_vestings,
}
