"""Vectors of exits: waterfalls, breakpoints and the option pricing method."""

from __future__ import annotations

from neocapgui.engine.calculations.breakpoints import breakpoints
from neocapgui.engine.calculations.claims import (
    CapBasis,
    Common,
    Debt,
    Option,
    Participation,
    Pool,
    Preferred,
    Settlement,
    ShareClass,
)
from neocapgui.engine.calculations.option_pricing import Assumptions, opm_allocation, opm_backsolve
from neocapgui.engine.calculations.waterfall import waterfall
from tests.vectors.inputs import Inputs, UnknownInput


def _share_class(i: Inputs) -> ShareClass:
    name, kind = i.text("id"), i.text("type")
    match kind:
        case "common":
            return Common(name, i.number("shares"))
        case "option":
            return Option(name, i.number("shares"), i.number("strike"))
        case "pool":
            return Pool(name, i.number("shares", 0))
        case "preferred":
            return _preferred(name, i)
    raise UnknownInput(f"{name} is of an unknown type {kind}")


def _preferred(name: str, i: Inputs) -> Preferred:
    shares, invested = i.number("shares"), i.number("invested", None)
    price = i.number("oip", None) if invested is not None else i.number("oip")
    return Preferred(
        id=name,
        shares=shares,
        seniority=i.integer("seniority"),
        invested=invested if invested is not None else shares * (price or 0),
        multiple=i.number("multiple", 1),
        ratio=i.number("ratio", 1),
        participation=i.choice("participation", Participation, Participation.NONE),
        cap_multiple=i.number("cap_multiple", None),
        accrued=i.number("accrued", 0),
        settlement=i.choice("accrued_settlement", Settlement, Settlement.FORFEITED),
        cap_basis=i.choice("cap_basis", CapBasis, CapBasis.INCLUDES_DIVIDENDS),
        is_convertible=i.flag("convertible", True),
    )


def _classes(i: Inputs) -> list[ShareClass]:
    return [_share_class(entry) for entry in i.items("classes")]


def _debt(i: Inputs) -> list[Debt]:
    return [
        Debt(entry.text("id"), entry.number("claim"), entry.integer("seniority", 0))
        for entry in i.items("debt", [])
    ]


def _assumptions(i: Inputs) -> Assumptions:
    return Assumptions(i.number("volatility"), i.number("years"), i.number("risk_free"))


def _waterfall(i: Inputs) -> dict[str, object]:
    classes, places = _classes(i), i.integer("round_places", None)
    answer = waterfall(i.number("exit"), classes, _debt(i), i.number("costs", 0))
    exact = {payout.id: payout.total for payout in answer.payouts}
    result: dict[str, object] = {
        "payouts": exact if places is None else answer.rounded(places),
        "decisions": dict(answer.decisions),
    }
    if answer.indifferent:
        result["indifferent"] = list(answer.indifferent)
    if any(isinstance(share_class, Option) for share_class in classes):
        result["exercised"] = list(answer.exercised)
    return result


def _breakpoints(i: Inputs) -> dict[str, object]:
    answer = breakpoints(_classes(i), _debt(i))
    return {
        "breakpoints": [{"value": point.value, "kind": point.kind} for point in answer.breakpoints],
        "tranches": [{"from": tranche.start, "shares": dict(tranche.shares)} for tranche in answer.tranches],
    }


def _opm_allocation(i: Inputs) -> dict[str, object]:
    answer = opm_allocation(i.number("equity_value"), _assumptions(i), _classes(i), _debt(i))
    return {"values": dict(answer.values), "per_share": dict(answer.per_share)}


def _opm_backsolve(i: Inputs) -> dict[str, object]:
    answer = opm_backsolve(
        i.text("security"), i.number("price_per_share"), _assumptions(i), _classes(i), _debt(i)
    )
    return {"equity_value": answer.equity_value, "per_share": dict(answer.per_share)}


CALCULATIONS = {
    "waterfall": _waterfall,
    "breakpoints": _breakpoints,
    "opm_allocation": _opm_allocation,
    "opm_backsolve": _opm_backsolve,
}
