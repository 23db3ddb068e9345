"""The report of a scenario on a day: the same answers as the screen, as plain data (neocapgui-report/1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.assertions import assertions
from neocapgui.engine.calculations.demands import written
from neocapgui.engine.calculations.rounding import rounded_to
from neocapgui.engine.capital import capital_raised
from neocapgui.engine.checks import findings
from neocapgui.engine.entries import entries
from neocapgui.engine.finding import Finding
from neocapgui.engine.group import group
from neocapgui.engine.holdings import followed, holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import owners
from neocapgui.engine.reserves import counts
from neocapgui.engine.splits import SplitEvent, split_outcome, splits
from neocapgui.engine.status import standing
from neocapgui.figures.cap_table import UNALLOCATED
from neocapgui.figures.checks.findings_table import where
from neocapgui.figures.kinds import percent
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers

FORMAT = "neocapgui-report/1"
Json = dict[str, Any]
Lines = Callable[[Iterator[Json]], Iterable[Json]]  # how many lines are held
FLAT_FIGURES = frozenset({"quantity", "numerator", "denominator", "percent"})  # columns of `flat_rows`
_MOST_HOLDERS = 250_000  # of all splits together that are listed: some seconds, some hundred megabytes
_BITS_OF_A_PLACE = 200
_LEFT_OUT = (
    "The holders of all splits are too many, or their counts too long, to list them: these are left out."
)
_PLACES = 6  # decimals of a share count that no decimal writes exactly; its stake is exact all the same


def report(ledger: Ledger, lens: Lens, lines: Lines = list) -> Json:
    """Return the whole report: every issuer, the group, the assertions and the findings.

    Decimals are strings; ratios are exact, as numerator and denominator, beside a rounded percent. Holders
    and owners, of which there can be hundreds of thousands, are lists; with `iter` for `lines` each is made
    when its turn comes, for whoever goes through them once.
    """
    return {
        "format": FORMAT,
        "as_of": lens.as_of.isoformat(),
        "issuers": [_issuer(ledger, lens, issuer, lines) for issuer in ledger.issuers],
        "group": _group(ledger, lens),
        "assertions": assertions_json(ledger, lens),
        "findings": findings_json(ledger, findings(ledger, lens)),
    }


def decimal_text(value: Fraction) -> str:
    """Return a count as a decimal; one that never ends is rounded half up to six decimals."""
    if value.denominator == 1:
        return str(value.numerator)
    text = written(value)
    return text if "/" not in text else written(rounded_to(value, _PLACES))


def ratio_json(stake: Fraction) -> Json:
    """Return a part exactly, as a pair of whole numbers."""
    return {"numerator": str(stake.numerator), "denominator": str(stake.denominator)}


def _issuer(ledger: Ledger, lens: Lens, issuer: int, lines: Lines) -> Json:
    stands, held = standing(ledger, lens, issuer), holdings(ledger, lens)
    own = {security.id for security in ledger.securities_of(issuer)}
    return {
        "name": ledger.issuers[issuer].name,
        "name_in_force": stands.name,
        "status": stands.status,
        "annual_saving": _decimal(stands.annual_saving),
        "securities": [
            {
                "name": ledger.securities[count.security].name,
                "kind": str(ledger.securities[count.security].kind),
                "authorized": None if count.authorized is None else decimal_text(count.authorized),
                "issued": decimal_text(count.issued),
                "outstanding": decimal_text(count.outstanding),
                "reserved": decimal_text(count.reserved),
            }
            for count in counts(ledger, lens, issuer)
        ],
        "holdings": _of_any_length(held.units, lines)(
            {
                "stakeholder": ledger.stakeholders[holding.stakeholder].name,
                "security": ledger.securities[holding.security].name,
                "quantity": decimal_text(holding.quantity),
            }
            for holding in held.of_securities(own)
        ),
        "splits": _splits(ledger, lens, own),
        "raised": _raised(ledger, lens, issuer),
        "repurchased": _repurchased(ledger, lens, own),
        "ownership": {str(basis): _ownership(ledger, lens, issuer, basis, lines) for basis in Basis},
    }


def _splits(ledger: Ledger, lens: Lens, own: set[int]) -> list[Json]:
    """Return every split so far with each holder before and after, and the cash for its fraction."""
    if own.isdisjoint(followed(ledger, lens).splits):
        return []
    past = [event for event in splits(ledger, lens) if event.security in own and event.date <= lens.as_of]
    listed = _listed_splits(ledger, lens, past)
    return [
        {
            "date": event.date.isoformat(),
            "security": ledger.securities[event.security].name,
            "ratio": ratio_json(event.ratio),
            "fractions": str(event.treatment),
            "holders": [
                {
                    "stakeholder": ledger.stakeholders[line.stakeholder].name,
                    "before": decimal_text(line.before),
                    "exact": decimal_text(line.exact),
                    "after": decimal_text(line.after),
                    "old_shares_left_over": decimal_text(line.fraction / event.ratio),
                    "cash_in_lieu": None if line.cash is None else decimal_text(line.cash),
                }
                for line in (split_outcome(ledger, lens, event) if event.row in listed else ())
            ],
        }
        | ({} if event.row in listed else {"holders_left_out": _LEFT_OUT})
        for event in past
    ]


def _listed_splits(ledger: Ledger, lens: Lens, past: Sequence[SplitEvent]) -> set[int]:
    """Return the rows of the splits whose holders are listed: the latest, as far as there is room.

    A holder takes one place; where splits have made figures of hundreds of digits, many.
    """
    known, room, listed = followed(ledger, lens), _MOST_HOLDERS, set[int]()
    digits = dict[int, int]()  # bits of what all splits of a security so far have made of one share
    sizes = []
    for event in past:
        digits[event.security] = digits.get(event.security, 0) + (
            event.ratio.numerator.bit_length() + event.ratio.denominator.bit_length() - 2
        )
        sizes.append(
            len(known.passage(event.security).pairs) * (1 + digits[event.security] // _BITS_OF_A_PLACE) ** 2
        )
    for event, size in zip(reversed(past), reversed(sizes), strict=True):
        room -= size
        if room >= 0:
            listed.add(event.row)
    return listed


def _raised(ledger: Ledger, lens: Lens, issuer: int) -> list[Json]:
    """Return the money paid in so far for issues and exercises, by calendar year."""
    years: dict[int, Fraction] = {}
    for one in capital_raised(ledger, lens, issuer, date.min, lens.as_of):
        years[one.date.year] = years.get(one.date.year, Fraction(0)) + one.amount
    return [{"year": str(year), "amount": _decimal(amount)} for year, amount in years.items()]


def _repurchased(ledger: Ledger, lens: Lens, own: set[int]) -> list[Json]:
    """Return what was bought back or redeemed so far; the amount is null where no paper states one."""
    return [
        {
            "date": record.date.isoformat(),
            "stakeholder": ledger.stakeholders[record.stakeholder].name if record.stakeholder else None,
            "security": ledger.securities[record.security].name,
            "quantity": _decimal(record.quantity),
            "amount": _decimal(record.amount),
        }
        for record in entries(ledger, lens, ["repurchase"], security=sorted(own))
        if record.security is not None
    ]


def _decimal(value: Fraction | Decimal | None) -> str | None:
    return None if value is None else decimal_text(Fraction(value))


def _ownership(ledger: Ledger, lens: Lens, issuer: int, basis: Basis, lines: Lines) -> Iterable[Json]:
    looked = replace(lens, issuer=issuer, basis=basis)
    found = owners(ledger, looked, issuer, holdings(ledger, looked))
    return _of_any_length(found.units, lines)(
        {
            "stakeholder": ledger.stakeholders[owner.stakeholder].name if owner.stakeholder else UNALLOCATED,
            "shares": decimal_text(owner.shares),
            "stake": ratio_json(owner.stake),
            "percent": percent(owner.stake),
        }
        for owner in found
    )


def _of_any_length(units: Integers, lines: Lines) -> Lines:
    """Return how lines are held: counts that may have too many digits to be written are tried at once."""
    return list if units.dtype == object else lines


def _group(ledger: Ledger, lens: Lens) -> list[Json]:
    lines = []
    for basis in Basis:
        for line in group(ledger, replace(lens, basis=basis)):
            lines.append(
                {
                    "owner": ledger.issuers[line.owner].name,
                    "issuer": ledger.issuers[line.issuer].name,
                    "basis": str(basis),
                    "direct": ratio_json(line.direct),
                    "effective": None if line.effective is None else ratio_json(line.effective),
                    "percent": percent(line.direct if line.effective is None else line.effective),
                }
            )
    return lines


def assertions_json(ledger: Ledger, lens: Lens) -> list[Json]:
    """Return every published count beside the ledger's, with the difference to one share."""
    return [
        {
            "date": one.count.date.isoformat(),
            "issuer": ledger.issuers[ledger.securities[one.count.security].issuer].name,
            "security": ledger.securities[one.count.security].name,
            "stated": decimal_text(Fraction(one.count.shares)),
            "ledger": decimal_text(one.ledger),
            "difference": decimal_text(one.difference),
            "source": one.count.source,
        }
        for one in assertions(ledger, lens)
    ]


def findings_json(ledger: Ledger, found: Iterable[Finding]) -> list[Json]:
    """Return the findings with their places in words."""
    return [
        {
            "code": finding.code,
            "severity": str(finding.severity),
            "message": finding.message,
            "where": where(ledger, finding),
        }
        for finding in found
    ]


def flat_rows(answer: Mapping[str, Any]) -> tuple[tuple[str, ...], Iterator[Sequence[str]]]:
    """Return the holdings and ownership of a report as one flat table, for a spreadsheet."""
    head = ("issuer", "basis", "stakeholder", "security", "quantity", "numerator", "denominator", "percent")
    return head, _flat(answer)


def _flat(answer: Mapping[str, Any]) -> Iterator[Sequence[str]]:
    for issuer in answer["issuers"]:
        name = issuer["name"]
        for line in issuer["holdings"]:
            yield name, "holding", line["stakeholder"], line["security"], line["quantity"], "", "", ""
        for basis, lines in issuer["ownership"].items():
            for line in lines:
                part = line["stake"]
                stake = part["numerator"], part["denominator"], line["percent"]
                yield name, basis, line["stakeholder"], "", line["shares"], *stake


def text_lines(answer: Mapping[str, Any]) -> list[str]:
    """Return a report as lines for a terminal."""
    lines = [f"As of {answer['as_of']}"]
    for issuer in answer["issuers"]:
        lines += ["", f"{issuer['name']} ({issuer['status']})"]
        for security in issuer["securities"]:
            lines.append(f"  {security['name']:<46} {_grouped(security['outstanding']):>18} outstanding")
        for line in issuer["ownership"]["as_converted"]:
            lines.append(
                f"    {line['stakeholder']:<44} {_grouped(line['shares']):>18} {line['percent']:>7} %"
            )
    lines += ["", "Group, as converted"]
    for line in answer["group"]:
        if line["basis"] == Basis.AS_CONVERTED:
            lines.append(f"  {line['owner']} in {line['issuer']}: {line['percent']} %")
    count = len(answer["findings"])
    lines += ["", f"{count:,} finding{'' if count == 1 else 's'}"]
    lines += [f"  {finding['severity']}: {finding['message']}" for finding in answer["findings"]]
    return lines


def _grouped(text: str) -> str:
    whole, mark, decimals = text.removeprefix("-").partition(".")
    return f"{'-' if text.startswith('-') else ''}{int(whole):,}{mark}{decimals}"
