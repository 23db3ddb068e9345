"""Vectors about positions and the views of one capitalization table."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.engine.calculations.capitalization import ClassTerms, authorized_counts, capitalization
from neocapgui.engine.calculations.class_ratio import ClassConversion, class_ratio
from neocapgui.engine.calculations.positions import (
    Closed,
    Closing,
    Granted,
    Issued,
    Paper,
    Reserved,
    SplitInPlace,
    Taken,
    Taking,
    positions,
    security_balance,
)
from tests.vectors.inputs import Inputs, UnknownInput


def _created(entry: Inputs, kind: str) -> Paper:
    day, security, holder = entry.day("date"), entry.text("security"), entry.text("holder")
    if kind == "issuance":
        return Issued(day, security, holder, entry.text("class"), entry.number("quantity"))
    return Granted(day, security, holder, entry.text("plan"), entry.number("quantity"))


def _taken(entry: Inputs, kind: str) -> Paper:
    balance = entry.text("balance_security", None)
    how = Taking(kind.removeprefix("option_"))
    return Taken(entry.day("date"), how, entry.text("security"), entry.number("quantity"), balance)


def _closed(entry: Inputs, kind: str) -> Paper:
    return Closed(entry.day("date"), Closing(kind), entry.text("security"))


def _split(entry: Inputs, kind: str) -> Paper:
    return SplitInPlace(entry.day("date"), entry.text("class"), entry.number("new"), entry.number("old"))


def _reserved(entry: Inputs, kind: str) -> Paper:
    return Reserved(entry.day("date"), entry.text("plan"), entry.number("shares"))


PAPERS = {
    "issuance": _created,
    "option_grant": _created,
    "transfer": _taken,
    "cancellation": _taken,
    "repurchase": _taken,
    "conversion": _taken,
    "option_exercise": _taken,
    "option_cancellation": _taken,
    "retraction": _closed,
    "reissuance": _closed,
    "split_in_place": _split,
    "pool_reserved": _reserved,
}


def _paper(entry: Inputs) -> Paper:
    kind = entry.text("type")
    if kind not in PAPERS:
        raise UnknownInput(f"type: {kind} is unknown")
    return PAPERS[kind](entry, kind)


def _positions(inputs: Inputs) -> dict[str, object]:
    papers = [_paper(entry) for entry in inputs.items("transactions")]
    answer = positions(papers, inputs.day("as_of"))
    results: dict[str, object] = {"positions": answer.by_class(), "class_totals": answer.class_totals()}
    if answer.plans:
        results["plans"] = {
            plan: {
                "reserved": balance.reserved,
                "outstanding": balance.outstanding,
                "exercised": balance.exercised,
                "available": balance.available,
            }
            for plan, balance in answer.plans.items()
        }
    return results


def _class_terms(entry: Inputs) -> ClassTerms:
    return ClassTerms(
        entry.text("id"),
        entry.number("issued"),
        treasury=entry.number("treasury", 0),
        ratio=entry.number("ratio", 1),
        round_conversion=entry.flag("round_conversion", False),
        votes_per_share=entry.number("votes_per_share", 1),
        votes_as_converted=entry.flag("votes_as_converted", False),
    )


def _shares(inputs: Inputs, key: str) -> list[Fraction]:
    return [entry.number("shares") for entry in inputs.items(key, [])]


def _capitalization(inputs: Inputs) -> dict[str, object]:
    holders = {
        name: (entry.number("outstanding", 0), entry.number("fully_diluted", 0))
        for name, entry in inputs.map("holders", {}).items()
    }
    table = capitalization(
        [_class_terms(entry) for entry in inputs.items("classes")],
        options=_shares(inputs, "options"),
        warrants=_shares(inputs, "warrants"),
        convertibles=_shares(inputs, "convertibles"),
        pool_available=inputs.number("pool_available", 0),
    )
    return {
        "issued": table.issued,
        "outstanding": table.outstanding,
        "votes": table.votes,
        "as_converted": table.as_converted,
        "fully_diluted": table.fully_diluted,
        "fully_diluted_without_pool": table.fully_diluted_without_pool,
        "percent": {
            name: {
                "of_outstanding": table.of_outstanding(outstanding),
                "of_fully_diluted": table.of_fully_diluted(fully_diluted),
            }
            for name, (outstanding, fully_diluted) in holders.items()
        },
    }


def _authorised(inputs: Inputs) -> dict[str, object]:
    counts = authorized_counts(
        inputs.number("authorized"),
        inputs.number("issued"),
        cancelled=inputs.number("cancelled", 0),
        retired=inputs.number("retired", 0),
        treasury=inputs.number("treasury", 0),
        retired_not_reissuable=inputs.flag("retired_not_reissuable", False),
    )
    return {
        "authorized": counts.authorized,
        "issued": counts.issued,
        "outstanding": counts.outstanding,
        "unissued": counts.unissued,
        "issuable_including_treasury": counts.issuable_including_treasury,
    }


def _class_ratio(inputs: Inputs) -> dict[str, object]:
    conversions = []
    for entry in inputs.items("classes"):
        share_class, into = entry.text("id"), entry.text("converts_to", None)
        numerator, denominator = entry.number("numerator", 1), entry.number("denominator", 1)
        if into is not None:
            conversions.append(ClassConversion(share_class, into, numerator, denominator))
    answer = class_ratio(inputs.text("class"), conversions)
    return {"common_class": answer.common_class, "ratio": answer.ratio}


def _security_balance(inputs: Inputs) -> dict[str, object]:
    issues: list[tuple[str, Fraction]] = []
    withdrawn: list[str] = []
    consumed: list[Fraction] = []
    for entry in inputs.items("transactions"):
        match kind := entry.text("type"):
            case "issuance":
                issues.append((entry.text("security"), entry.number("quantity")))
            case "retraction" | "reissuance":
                withdrawn.append(entry.text("security"))
            case "cancellation" | "conversion" | "repurchase" | "transfer_out" | "exercise" | "release":
                entry.text("security", None)  # which one gives the quantity changes nothing of the sum
                consumed.append(entry.number("quantity"))
            case _:
                raise UnknownInput(f"type: {kind} is unknown")
    return {"outstanding": security_balance(issues, withdrawn, consumed).outstanding}


CALCULATIONS = {
    "positions": _positions,
    "capitalization": _capitalization,
    "authorised": _authorised,
    "class_ratio": _class_ratio,
    "security_balance": _security_balance,
}
