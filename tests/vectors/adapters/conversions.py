"""Conversions, floating prices, accrual, ownership limits, redemption, exchange, make-whole."""

from __future__ import annotations

from enum import StrEnum

from neocapgui.engine.calculations.accrual import accrual
from neocapgui.engine.calculations.conversion import (
    FaceConverted,
    FaceRedeemed,
    class_conversion,
    conversion_notices,
    conversion_ratio,
    fixed_conversion,
    net_exercise,
    redemption,
    subscription,
    unit_exchange,
)
from neocapgui.engine.calculations.floating import (
    FloatingTerms,
    Reset,
    SplitDay,
    TradingDay,
    Window,
    floating_price,
    price_resets,
)
from neocapgui.engine.calculations.limits import (
    BeneficialHolder,
    beneficial_ownership,
    blocked_conversion,
    exchange_cap,
    minimum_price_test,
    ownership_blocker,
)
from neocapgui.engine.calculations.make_whole import MakeWholeTable, make_whole
from neocapgui.engine.calculations.parent_interest import Taken, interest_change
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Mode
from neocapgui.engine.calculations.splitting import SplitRatio
from neocapgui.ledger.terms import AccrualMethod, DayCount, Rounding, Statistic, WindowEnd
from tests.vectors.inputs import Inputs

Results = dict[str, object]


class OpenCapRounding(StrEnum):
    NORMAL = "NORMAL"
    FLOOR = "FLOOR"
    CEILING = "CEILING"


OPEN_CAP_ROUNDINGS = {
    OpenCapRounding.NORMAL: Rounding.NEAREST,
    OpenCapRounding.FLOOR: Rounding.DOWN,
    OpenCapRounding.CEILING: Rounding.UP,
}


class EventType(StrEnum):
    CONVERSION = "conversion"
    REDEMPTION = "redemption"


class Passing(StrEnum):
    ACQUIRED = "acquired_by_parent"
    RETIRED = "retired"


def _fixed_conversion(i: Inputs) -> Results:
    fraction = i.choice("fraction", Rounding)
    answer = fixed_conversion(
        i.number("face_amount"),
        i.number("conversion_price"),
        fraction,
        accrued=i.number("accrued", 0),
        cash_price=i.number("cash_price", None),
    )
    results: Results = {
        "amount_converted": answer.amount,
        "shares_exact": answer.shares_exact,
        "shares": answer.shares,
    }
    if fraction is Rounding.CASH:
        results["cash_in_lieu"] = answer.cash_in_lieu
    return results


def _subscription(i: Inputs) -> Results:
    answer = subscription(
        i.number("price"),
        i.number_map("amounts"),
        i.choice("fraction", Rounding),
        amount_follows_shares=i.flag("amount_follows_shares", False),
    )
    return {"shares": answer.shares, "total_shares": answer.total_shares, "total_amount": answer.total_amount}


def _conversion_notices(i: Inputs) -> Results:
    def event(e: Inputs) -> FaceConverted | FaceRedeemed:
        if e.choice("type", EventType) is EventType.CONVERSION:
            return FaceConverted(e.number("face"), e.number("price"), e.number("accrued", 0))
        return FaceRedeemed(e.number("face"), e.number("premium", 0), e.number("accrued", 0))

    answer = conversion_notices(
        i.number("face_total"), [event(e) for e in i.items("events")], i.choice("fraction", Rounding)
    )
    return {
        "shares": [conversion.shares for conversion in answer.conversions],
        "cash": list(answer.redemptions),
        "total_shares": answer.total_shares,
        "total_cash": answer.total_cash,
        "remaining_face": answer.remaining_face,
    }


def _class_conversion(i: Inputs) -> Results:
    rounding = OPEN_CAP_ROUNDINGS[i.choice("rounding", OpenCapRounding)]
    shares, ratio = i.number("shares"), i.number("ratio", None)
    if ratio is None:
        ratio = conversion_ratio(i.number("original_issue_price"), i.number("conversion_price"))
    answer = class_conversion(shares, ratio, rounding)
    return {"ratio": answer.ratio, "shares_exact": answer.shares_exact, "shares": answer.shares}


def _floating_conversion(i: Inputs) -> Results:
    def window(w: Inputs) -> Window:
        return Window(
            field=w.text("field"),
            days=w.integer("days"),
            ends=w.choice("ends", WindowEnd),
            statistic=w.choice("statistic", Statistic),
            lowest=w.integer("k", None),
            as_of=w.day("as_of", None),
        )

    def trading_day(d: Inputs) -> TradingDay:
        columns = [name for name in d.names() if name != "date" and d.has(name)]
        return TradingDay(d.day("date"), {name: d.number(name) for name in columns})

    rounding = i.part("price_rounding", None)
    terms = FloatingTerms(
        windows=[window(w) for w in i.items("windows")],
        multiplier=i.number("multiplier"),
        places=rounding.integer("places") if rounding else None,
        mode=rounding.choice("mode", Mode) if rounding else Mode.HALF_UP,
        floor=i.number("floor", None),
        fixed_price=i.number("fixed_price", None),
        floor_restated=i.flag("floor_restated", True),
    )
    splits = [SplitDay(s.day("date"), _ratio(s)) for s in i.items("splits", ())]
    face, accrued, fraction = i.number("face_amount"), i.number("accrued", 0), i.choice("fraction", Rounding)
    day, prices = i.day("conversion_date"), [trading_day(d) for d in i.items("prices")]
    answer = floating_price(terms, prices, day, splits)
    return {
        "reference_price": answer.reference_price,
        "variable_price": answer.variable_price,
        "conversion_price": answer.conversion_price,
        "governs": answer.governs,
        "shares": fixed_conversion(face, answer.conversion_price, fraction, accrued=accrued).shares,
    }


def _ratio(i: Inputs) -> SplitRatio:
    return SplitRatio(i.number("new"), i.number("old"))


def _price_reset(i: Inputs) -> Results:
    prices = price_resets(
        i.number("initial_price"),
        [Reset(r.number("market_price"), r.number("percent", 1)) for r in i.items("resets")],
        downward_only=i.flag("downward_only"),
        places=i.integer("places"),
        floor=i.number("floor", None),
    )
    return {"prices": list(prices)}


def _accrual(i: Inputs) -> Results:
    answer = accrual(
        i.number("principal"),
        i.number("annual_rate"),
        i.choice("method", AccrualMethod),
        i.choice("day_count", DayCount),
        i.day("start"),
        i.day("end"),
        periods_per_year=i.integer("periods_per_year", None),
    )
    return {
        "days": answer.days,
        "year_fraction": answer.year_fraction,
        "accrued_interest": answer.accrued_interest,
        "principal_outstanding": answer.principal_outstanding,
        "claim": answer.claim,
    }


def _redemption(i: Inputs) -> Results:
    return {"cash": redemption(i.number("face"), i.number("premium", 0), i.number("accrued", 0))}


def _unit_exchange(i: Inputs) -> Results:
    price = i.number("conversion_price", None)
    fraction = i.choice("fraction", Rounding, Rounding.NONE)
    if price is not None:
        fraction = i.choice("fraction", Rounding)
    answer = unit_exchange(
        i.number("amount_surrendered"),
        i.number("stated_value_per_unit"),
        conversion_price=price,
        fraction=fraction,
    )
    results: Results = {"units_issued": answer.units}
    if price is not None:
        results["as_converted_shares"] = answer.as_converted_shares
    return results


def _interest_change(i: Inputs) -> Results:
    events = [
        Taken(e.text("from"), e.number("shares"), retired=e.choice("type", Passing) is Passing.RETIRED)
        for e in i.items("events")
    ]
    answer = interest_change(i.text("parent"), i.number_map("holdings"), events)
    return {"before": answer.before, "after": answer.after}


def _make_whole(i: Inputs) -> Results:
    answer = make_whole(
        MakeWholeTable(i.numbers("stock_prices"), i.days("dates"), i.table("table")),
        base_rate=i.number("base_rate"),
        max_rate=i.number("max_rate", None),
        rate_places=i.integer("rate_places"),
        principal=i.number("principal"),
        stock_price=i.number("stock_price"),
        effective_date=i.day("effective_date"),
        fraction=i.choice("fraction", Rounding),
    )
    return {
        "additional_shares": answer.additional_shares,
        "conversion_rate": answer.conversion_rate,
        "shares": answer.shares,
    }


def _net_exercise(i: Inputs) -> Results:
    answer = net_exercise(
        i.number("shares"), i.number("strike"), i.number("fair_value"), i.choice("fraction", Rounding)
    )
    return {"shares_exact": answer.shares_exact, "shares": answer.shares}


def _ownership_blocker(i: Inputs) -> Results:
    base = i.number("outstanding"), i.number("held"), i.number("limit")
    fraction = i.choice("fraction", Rounding, Rounding.DOWN)
    results: Results = {}
    if i.has("requested_shares") == i.has("face"):
        raise CalculationRefused("bad_input", "The request is in shares or in face, one of them.")
    if i.has("face"):
        converted = blocked_conversion(*base, i.number("face"), i.number("price"), fraction)
        shares = converted.shares
        results = {"face_converted": converted.face_converted, "face_remaining": converted.face_remaining}
    else:
        shares = ownership_blocker(*base, i.number("requested_shares"))
    return results | {
        "max_issuable": shares.max_issuable,
        "issued": shares.issued,
        "held_back": shares.held_back,
        "percent_after": shares.percent_after,
    }


def _beneficial_ownership(i: Inputs) -> Results:
    holders = {
        name: BeneficialHolder(holder.number("held"), holder.number("acquirable"))
        for name, holder in i.map("holders").items()
    }
    return {"percent": beneficial_ownership(i.number("outstanding"), holders)}


def _exchange_cap(i: Inputs) -> Results:
    answer = exchange_cap(
        i.number("outstanding_at_signing"),
        i.number("already_issued"),
        i.number("requested"),
        cap=i.number("cap", None),
    )
    return {
        "cap_shares": answer.cap_shares,
        "available": answer.available,
        "issued": answer.issued,
        "excess": answer.excess,
    }


def _minimum_price_test(i: Inputs) -> Results:
    answer = minimum_price_test(
        i.numbers("closes"), i.number("deal_price"), i.number("potential_shares"), i.number("outstanding")
    )
    return {
        "minimum_price": answer.minimum_price,
        "below_minimum_price": answer.below_minimum_price,
        "percent_of_outstanding": answer.percent_of_outstanding,
        "approval_required": answer.approval_required,
    }


CALCULATIONS = {
    "fixed_conversion": _fixed_conversion,
    "subscription": _subscription,
    "conversion_notices": _conversion_notices,
    "class_conversion": _class_conversion,
    "floating_conversion": _floating_conversion,
    "price_reset": _price_reset,
    "accrual": _accrual,
    "redemption": _redemption,
    "unit_exchange": _unit_exchange,
    "interest_change": _interest_change,
    "make_whole": _make_whole,
    "net_exercise": _net_exercise,
    "ownership_blocker": _ownership_blocker,
    "beneficial_ownership": _beneficial_ownership,
    "exchange_cap": _exchange_cap,
    "minimum_price_test": _minimum_price_test,
}
