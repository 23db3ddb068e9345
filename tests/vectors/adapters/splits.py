"""Splits, minimum bid price, reserved shares."""

from __future__ import annotations

from neocapgui.engine.calculations.headroom import Reserved, reserve_check
from neocapgui.engine.calculations.minimum_bid import bid_status, split_ratio
from neocapgui.engine.calculations.rounding import Mode
from neocapgui.engine.calculations.splitting import (
    SplitRatio,
    aggregate_and_holder_total,
    cumulative_reverse_ratio,
    reverse_forward,
    split,
    split_price,
    split_shares,
)
from neocapgui.ledger.terms import Rounding
from tests.vectors.inputs import Inputs

Results = dict[str, object]


def _ratio(i: Inputs) -> SplitRatio:
    return SplitRatio(i.number("new"), i.number("old"))


def _split(i: Inputs) -> Results:
    ratio = _ratio(i)

    def instrument(one: Inputs) -> Results:
        shares, mode = one.number("shares", None), one.choice("share_rounding", Mode, None)
        results: Results = {"id": one.text("id")}
        if shares is not None:
            results["shares"] = split_shares(shares, ratio, mode)
        places = one.integer("price_places", None)
        results["price"] = split_price(
            one.number("price"), ratio, places, one.choice("price_rounding", Mode, Mode.HALF_UP)
        )
        return results

    fraction = i.choice("fraction", Rounding)
    answer = split(i.number_map("holders"), ratio, fraction, cash_price=i.number("cash_price", None))
    authorized, adjusts = i.number("authorized", None), i.flag("authorized_adjusts", False)
    results: Results = {
        "holders": answer.holders,
        "outstanding": answer.outstanding,
        "aggregate_exact": answer.aggregate_exact,
        "instruments": [instrument(one) for one in i.items("instruments", ())],
    }
    if fraction is Rounding.CASH:
        results |= {"cash": answer.cash, "cash_total": answer.cash_total}
    if authorized is not None:
        results["authorized"] = split_shares(authorized, ratio) if adjusts else authorized
    return results


def _reverse_forward(i: Inputs) -> Results:
    answer = reverse_forward(
        i.number_map("holders"),
        _ratio(i.part("reverse")),
        _ratio(i.part("forward")),
        i.choice("fraction", Rounding),
        i.number("cash_per_pre_split_share"),
    )
    return {"holders": answer.holders, "cash": answer.cash, "outstanding": answer.outstanding}


def _cumulative_split(i: Inputs) -> Results:
    ratio = cumulative_reverse_ratio([_ratio(entry) for entry in i.items("ratios")])
    price, shares = i.number("price", None), i.number("shares", None)
    results: Results = {"cumulative_reverse_ratio": ratio}
    if price is not None:
        results["restated_price"] = split_price(price, SplitRatio(1, ratio))
    if shares is not None:
        results["restated_shares_exact"] = split_shares(shares, SplitRatio(1, ratio))
    return results


def _aggregate_vs_holder(i: Inputs) -> Results:
    answer = aggregate_and_holder_total(i.number("total"), _ratio(i), i.number("holder_level_extra"))
    return {
        "aggregate_rounded_up": answer.aggregate_rounded_up,
        "holder_level_total": answer.holder_level_total,
    }


def _reserve_check(i: Inputs) -> Results:
    answer = reserve_check(
        i.number("authorized"),
        i.number("outstanding"),
        [Reserved(r.text("id"), r.number("shares"), r.number("multiple", 1)) for r in i.items("reserved")],
        treasury=i.number("treasury", 0),
    )
    return {
        "reserved_total": answer.reserved_total,
        "available": answer.available,
        "shortfall": answer.shortfall,
        "sufficient": answer.sufficient,
    }


def _min_bid_ratio(i: Inputs) -> Results:
    answer = split_ratio(
        i.number("price"),
        i.number("target"),
        approved=i.integers("approved", ()),
        prior_two_years=i.integers("prior_two_years", ()),
    )
    results: Results = {"smallest_whole_ratio": answer.smallest_whole_ratio, "ratio": answer.ratio}
    if answer.ratio is not None:
        results |= {
            "indicative_price": answer.indicative_price,
            "cumulative_two_years": answer.cumulative_two_years,
            "at_or_above_250": answer.at_or_above_limit,
        }
    return results


def _min_bid_status(i: Inputs) -> Results:
    answer = bid_status(
        [(close.day("date"), close.number("close")) for close in i.items("closes")],
        i.number("minimum"),
        deficiency_days=i.integer("deficiency_days"),
        cure_days=i.integer("cure_days"),
    )
    return {"deficient_on": answer.deficient_on, "cured_on": answer.cured_on}


CALCULATIONS = {
    "split": _split,
    "reverse_forward": _reverse_forward,
    "cumulative_split": _cumulative_split,
    "aggregate_vs_holder": _aggregate_vs_holder,
    "reserve_check": _reserve_check,
    "min_bid_ratio": _min_bid_ratio,
    "min_bid_status": _min_bid_status,
}
