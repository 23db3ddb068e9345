"""Vectors about groups of companies."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.engine.calculations.capitalization import outstanding_for_group
from neocapgui.engine.calculations.control import controlled_companies
from neocapgui.engine.calculations.group_income import group_income
from neocapgui.engine.calculations.lookthrough import (
    attributed_values,
    effective_interests,
    effective_interests_of,
    total_values,
)
from neocapgui.engine.calculations.mutual_holdings import Stake
from tests.vectors.inputs import Inputs


def _stakes(inputs: Inputs) -> list[Stake]:
    return [
        Stake(holding.text("holder"), holding.text("company"), holding.number("fraction"))
        for holding in inputs.items("holdings")
    ]


def _lookthrough(inputs: Inputs) -> dict[str, object]:
    companies, stakes = inputs.texts("companies"), _stakes(inputs)
    remainder = inputs.text("remainder", None)
    assets = inputs.number_map("asset_values", {})
    interests = effective_interests(companies, stakes, remainder)
    holders = [stake.holder for stake in stakes] + ([remainder] if remainder is not None else [])
    owners = [holder for holder in dict.fromkeys(holders) if holder not in companies]
    effective = {owner: dict.fromkeys(companies, Fraction(0)) for owner in owners}
    for interest in interests:
        effective[interest.owner][interest.company] = interest.effective
    results: dict[str, object] = {"effective": effective}
    if inputs.has("asset_values"):
        results["attributed_value"] = dict.fromkeys(owners, 0) | attributed_values(interests, assets)
        results["total_value"] = total_values(companies, stakes, assets)
    return results


def _consolidated_income(inputs: Inputs) -> dict[str, object]:
    income = group_income(inputs.text("parent"), inputs.number_map("separate_income"), _stakes(inputs))
    return {
        "total_incomes": {line.company: line.total for line in income.companies},
        "controlling_share": income.controlling_share,
        "noncontrolling": income.noncontrolling,
        "consolidated_income": income.consolidated,
    }


def _parent_outstanding(inputs: Inputs) -> dict[str, object]:
    outstanding = outstanding_for_group(
        inputs.number("issued"), inputs.number_map("held_by_subsidiaries"), inputs.number("treasury", 0)
    )
    return {"outstanding_for_group": outstanding}


def _control_chain(inputs: Inputs) -> dict[str, object]:
    owner, companies, stakes = inputs.text("owner"), inputs.texts("companies"), _stakes(inputs)
    return {
        "controlled": [control.company for control in controlled_companies(owner, companies, stakes)],
        "economic": effective_interests_of(owner, companies, stakes),
    }


CALCULATIONS = {
    "lookthrough": _lookthrough,
    "consolidated_income": _consolidated_income,
    "parent_outstanding": _parent_outstanding,
    "control_chain": _control_chain,
}
