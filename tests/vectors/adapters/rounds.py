"""The vectors' names for anti-dilution, priced rounds, SAFEs, notes and down rounds."""

from __future__ import annotations

from neocapgui.engine.calculations.antidilution import (
    Adjustment,
    ConvertibleSeries,
    Issue,
    Protection,
    adjustment,
    adjustments,
)
from neocapgui.engine.calculations.down_round import CappedNote, DownRoundTerms, SeriesBefore, down_round
from neocapgui.engine.calculations.round_instruments import (
    NEVER_CAPPED,
    NEVER_DISCOUNTED,
    Convertible,
    Form,
    NoteAtRound,
    note_conversion,
)
from neocapgui.engine.calculations.rounded_round import RoundedTerms, rounded_round
from neocapgui.engine.calculations.rounding import Mode
from neocapgui.engine.calculations.rounds import Cheque, Convention, Pool, PoolMode, RoundTerms, priced_round
from neocapgui.engine.calculations.term_sheet import CLOSED_FORMS, pro_rata, term_sheet_figure
from neocapgui.ledger.terms import Rounding
from tests.vectors.inputs import Inputs


def _series(name: str, inputs: Inputs, shares: str, protection: str) -> ConvertibleSeries:
    return ConvertibleSeries(
        name=name,
        shares=inputs.number(shares),
        original_issue_price=inputs.number("original_issue_price"),
        conversion_price=inputs.number("conversion_price"),
        protection=inputs.choice(protection, Protection),
        base=tuple(inputs.texts("base_includes", [])),
        price_places=inputs.integer("price_places", None),
    )


def _issue(inputs: Inputs) -> Issue:
    return Issue(inputs.number("shares_issued"), inputs.number("consideration"), inputs.flag("exempt", False))


def _after(adjusted: Adjustment) -> dict[str, object]:
    return {
        "triggered": adjusted.is_triggered,
        "conversion_price": adjusted.conversion_price,
        "ratio": adjusted.ratio,
        "as_converted_shares": adjusted.as_converted,
    }


def _antidilution(inputs: Inputs) -> dict[str, object]:
    series = _series("The series", inputs, "preferred_shares", "method")
    adjusted = adjustment(series, _issue(inputs), inputs.number_map("capitalization"))
    average = adjusted.average
    formula = {"A": average.counted, "B": average.bought, "C": average.issued} if average else {}
    return {"issue_price": adjusted.issue_price, **_after(adjusted), **formula}


def _antidilution_series(inputs: Inputs) -> dict[str, object]:
    all_series = [
        _series(name, below, "shares", "protection") for name, below in inputs.map("series").items()
    ]
    capitalization, other = inputs.number_map("capitalization"), inputs.number("other_fully_diluted")
    adjusted = adjustments(all_series, _issue(inputs), capitalization, other)
    return {
        "series": {series.name: _after(series) for series in adjusted.adjustments},
        "fully_diluted": adjusted.fully_diluted,
    }


def _convertible(inputs: Inputs, number: int) -> Convertible:
    """A type of the table without cap or discount has none, whatever else is given."""
    form = inputs.choice("type", Form)
    cap, discount = inputs.number("cap", None), inputs.number("discount", 0)
    return Convertible(
        id=inputs.text("id", f"instrument {number}"),
        form=form,
        amount=inputs.number("amount"),
        cap=None if form in NEVER_CAPPED else cap,
        discount=0 if form in NEVER_DISCOUNTED else discount,
        capitalization_shares=inputs.number("capitalization_shares", None),
        price=inputs.number("price", None),
        percent=inputs.number("percent", None),
    )


def _convertibles(inputs: Inputs, key: str) -> tuple[Convertible, ...]:
    return tuple(_convertible(below, number) for number, below in enumerate(inputs.items(key, [])))


def _cheques(inputs: Inputs) -> tuple[Cheque, ...]:
    return tuple(
        Cheque(below.text("holder", f"investor {number}"), below.number("amount"))
        for number, below in enumerate(inputs.items("new_money"))
    )


def _priced_round(inputs: Inputs) -> dict[str, object]:
    pool = inputs.part("pool")
    closed = priced_round(
        RoundTerms(
            pre_money=inputs.number("pre_money"),
            new_money=_cheques(inputs),
            outstanding=inputs.number_map("outstanding"),
            convention=inputs.choice("convention", Convention),
            pool=Pool(
                pool.choice("mode", PoolMode),
                shares=pool.number("shares", 0),
                fraction=pool.number("fraction", 0),
                granted_ids=tuple(pool.texts("granted_ids", [])),
            ),
            existing_unallocated_pool=inputs.number("existing_unallocated_pool", 0),
            convertibles=_convertibles(inputs, "convertibles"),
            mfn_elections=inputs.text_map("mfn_elections", {}),
        )
    )
    return {
        "price": closed.price,
        "fully_diluted": closed.fully_diluted,
        "pool_increase": closed.pool_increase,
        "company_capitalization": closed.company_capitalization,
        "new_money_shares": dict(closed.new_money_shares),
        "convertibles": {
            conversion.id: {
                "shares": conversion.shares,
                "price": conversion.price,
                "basis": conversion.basis.value,
            }
            for conversion in closed.conversions
        },
        "ownership": {holding.name: holding.stake for holding in closed.holdings},
    }


def _priced_round_rounded(inputs: Inputs) -> dict[str, object]:
    closed = rounded_round(
        RoundedTerms(
            pre_money=inputs.number("pre_money"),
            new_money=_cheques(inputs),
            outstanding_total=inputs.number("outstanding_total"),
            pool_fraction=inputs.number("pool_fraction"),
            price_places=inputs.integer("price_places"),
            safes=_convertibles(inputs, "safes"),
            existing_unallocated_pool=inputs.number("existing_unallocated_pool", 0),
            share_rounding=inputs.choice("share_rounding", Mode, Mode.FLOOR),
        )
    )
    return {
        "fully_diluted": closed.fully_diluted,
        "total_pool": closed.total_pool,
        "pool_increase": closed.pool_increase,
        "price": closed.price,
        "new_money_shares": list(closed.new_money_shares),
        "capitalization_before_new_money": closed.capitalization_before_new_money,
        "pre_money_capitalization": closed.pre_money_capitalization,
        "safe_prices": list(closed.safe_prices),
        "safe_shares": list(closed.safe_shares),
        "price_times_shares": closed.price_times_shares,
    }


def _round_identities(inputs: Inputs) -> dict[str, object]:
    asked = inputs.texts("want")
    given = {need: inputs.number(need) for name in asked for need in CLOSED_FORMS[name].needs}
    return {name: term_sheet_figure(name, given) for name in asked}


def _pro_rata(inputs: Inputs) -> dict[str, object]:
    right = pro_rata(
        inputs.number("safe_shares"),
        inputs.number("company_capitalization"),
        inputs.number("new_series_shares"),
        inputs.number("price"),
        inputs.choice("share_rounding", Mode),
    )
    return {"fraction": right.fraction, "shares": right.shares, "amount": right.amount}


def _note_conversion(inputs: Inputs) -> dict[str, object]:
    converted = note_conversion(
        NoteAtRound(
            principal=inputs.number("principal"),
            round_price=inputs.number("round_price"),
            accrued=inputs.number("accrued", 0),
            discount=inputs.number("discount", 0),
            cap=inputs.number("cap", None),
            capitalization_shares=inputs.number("capitalization_shares", None),
            rounding=inputs.choice("fraction", Rounding),
        )
    )
    capped = {} if converted.cap_price is None else {"cap_price": converted.cap_price}
    return {
        "amount": converted.amount,
        "discount_price": converted.discount_price,
        **capped,
        "conversion_price": converted.conversion_price,
        "basis": converted.basis.value,
        "shares": converted.shares,
    }


def _down_round_system(inputs: Inputs) -> dict[str, object]:
    inputs.number("granted_options", 0)  # a part of the plan; changes no result
    closed = down_round(
        DownRoundTerms(
            pre_money=inputs.number("pre_money"),
            new_money=inputs.number("new_money"),
            unprotected_shares=inputs.number("unprotected_shares"),
            base=inputs.number("A"),
            series=tuple(
                SeriesBefore(name, below.number("as_converted"), below.number("conversion_price"))
                for name, below in inputs.map("series").items()
            ),
            notes=tuple(
                CappedNote(
                    name, below.number("amount"), below.number("cap", None), below.number("discount", 0)
                )
                for name, below in inputs.map("notes", {}).items()
            ),
            pool_total_fraction=inputs.number("pool_total_fraction"),
            existing_pool_total=inputs.number("existing_pool_total"),
        )
    )
    return {
        "price": closed.price,
        "fully_diluted": closed.fully_diluted,
        "new_money_shares": closed.new_money_shares,
        "pool_total": closed.pool_total,
        "series": {
            series.name: {
                "conversion_price": series.conversion_price,
                "ratio_step": series.ratio_step,
                "as_converted": series.as_converted,
            }
            for series in closed.series
        },
        "notes": {
            note.id: {
                "cap_price": note.cap_price,
                "discount_price": note.discount_price,
                "basis": note.basis.value,
                "shares": note.shares,
            }
            for note in closed.notes
        },
    }


CALCULATIONS = {
    "antidilution": _antidilution,
    "antidilution_series": _antidilution_series,
    "priced_round": _priced_round,
    "priced_round_rounded": _priced_round_rounded,
    "round_identities": _round_identities,
    "pro_rata": _pro_rata,
    "note_conversion": _note_conversion,
    "down_round_system": _down_round_system,
}
