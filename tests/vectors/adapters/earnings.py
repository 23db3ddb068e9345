"""Vectors of share counts for earnings per share."""

from __future__ import annotations

from neocapgui.engine.calculations.earnings import (
    Award,
    ContingentTerms,
    PotentialShares,
    ReportingPeriod,
    contingent_shares,
    diluted_earnings,
    incremental_shares,
    treasury_stock,
    two_class,
)
from neocapgui.engine.calculations.weighted_shares import (
    Basis,
    BonusFactor,
    Event,
    Issue,
    Repurchase,
    Split,
    Stretch,
    rights_issue,
    weighted_average,
    weighted_average_periods,
)
from tests.vectors.inputs import Inputs, UnknownInput


def _event(i: Inputs) -> Event:
    day, kind = i.day("date"), i.text("type")
    match kind:
        case "issue":
            return Issue(day, i.number("shares"))
        case "repurchase":
            return Repurchase(day, i.number("shares"))
        case "split":
            return Split(day, i.number("new"), i.number("old"))
        case "bonus_factor":
            return BonusFactor(day, i.number("new"), i.number("old"))
    raise UnknownInput(f"an event of {day} is of an unknown type {kind}")


def _weighted_average(i: Inputs) -> dict[str, object]:
    answer = weighted_average(
        i.day("period_start"),
        i.day("period_end"),
        i.number("opening"),
        [_event(entry) for entry in i.items("events")],
        i.choice("basis", Basis),
    )
    return {"weighted_average": answer.shares, "closing": answer.closing}


def _weighted_average_periods(i: Inputs) -> dict[str, object]:
    stretches = [
        Stretch(entry.number("shares"), entry.number("length"), entry.number("factor", 1))
        for entry in i.items("periods")
    ]
    return {"weighted_average": weighted_average_periods(stretches)}


def _rights_issue(i: Inputs) -> dict[str, object]:
    answer = rights_issue(
        i.number("fair_value_before"),
        i.number("shares_before"),
        i.number("rights_shares"),
        i.number("exercise_price"),
    )
    return {"theoretical_ex_rights": answer.theoretical_ex_rights, "factor": answer.factor}


def _treasury_stock(i: Inputs) -> dict[str, object]:
    awards = [
        Award(
            entry.text("id"),
            entry.number("shares"),
            entry.number("strike"),
            entry.number("unrecognised_compensation", 0),
            entry.number("fraction_of_period", 1),
        )
        for entry in i.items("instruments")
    ]
    answer = treasury_stock(i.number("average_price"), awards)
    return {"incremental": dict(answer.incremental), "total": answer.total}


def _potential(i: Inputs) -> PotentialShares:
    name, kind, shares = i.text("id"), i.text("kind"), i.number("shares")
    match kind:
        case "option":
            award = Award(name, shares, i.number("strike"))
            return PotentialShares(name, incremental_shares(award, i.number("average_price")))
        case "convertible":
            return PotentialShares(name, shares, i.number("income_effect"))
    raise UnknownInput(f"{name} is of an unknown kind {kind}")


def _diluted_eps(i: Inputs) -> dict[str, object]:
    answer = diluted_earnings(
        i.number("income_continuing"),
        i.number("weighted_average"),
        [_potential(entry) for entry in i.items("potential")],
        i.number("preferred_dividends", 0),
        i.number("discontinued", None),
    )
    result: dict[str, object] = {
        "basic": answer.basic,
        "order": [addition.id for addition in answer.sequence],
        "per_incremental_share": {
            addition.id: addition.per_incremental_share for addition in answer.sequence
        },
        "included": list(answer.included),
        "diluted_shares": answer.diluted_shares,
        "diluted": answer.diluted,
    }
    if i.has("discontinued"):
        result |= {
            "basic_net": answer.basic_net,
            "diluted_net": answer.diluted_net,
            "diluted_discontinued": answer.diluted_discontinued,
        }
    return result


def _contingent_shares(i: Inputs) -> dict[str, object]:
    terms = ContingentTerms(
        i.number("ordinary_shares"),
        i.number("shares_per_site"),
        i.number("profit_threshold"),
        i.number("profit_step"),
        i.number("shares_per_step"),
    )
    periods = [
        ReportingPeriod(
            entry.number("profit"),
            entry.number("ytd_profit"),
            entry.number("months"),
            entry.numbers("site_months_in_basic"),
            entry.integer("sites_open_at_end"),
        )
        for entry in i.items("periods")
    ]
    return {
        "periods": [
            {
                "basic_shares": figures.basic_shares,
                "basic": figures.basic,
                "diluted_shares": figures.diluted_shares,
                "diluted": figures.diluted,
            }
            for figures in contingent_shares(terms, periods)
        ]
    }


def _two_class(i: Inputs) -> dict[str, object]:
    answer = two_class(
        i.number("net_income"),
        i.number("common_shares"),
        i.number("preferred_as_converted"),
        i.number("common_dividends"),
        i.number("preferred_fixed_dividends") + i.number("preferred_participating_dividends"),
        preferred_bears_losses=True,  # the definition of the vectors shares whatever is undistributed
    )
    return {
        "undistributed": answer.undistributed,
        "to_common": answer.to_common,
        "to_preferred": answer.to_preferred,
        "basic": answer.basic,
    }


CALCULATIONS = {
    "weighted_average": _weighted_average,
    "weighted_average_periods": _weighted_average_periods,
    "rights_issue": _rights_issue,
    "treasury_stock": _treasury_stock,
    "diluted_eps": _diluted_eps,
    "contingent_shares": _contingent_shares,
    "two_class": _two_class,
}
