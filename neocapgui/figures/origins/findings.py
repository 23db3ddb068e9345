"""Where the numbers of a finding come from: the figures it compares, down to their entries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from neocapgui.engine.finding import Finding
from neocapgui.engine.timeline import last_day
from neocapgui.figures.checks.finding_rules import rule_of
from neocapgui.figures.kinds import Kind
from neocapgui.figures.origins.explained import explained
from neocapgui.figures.origins.holdings import Asked, holding, vouched
from neocapgui.figures.origins.origin import FOUND, Origin
from neocapgui.figures.sentences import sentence
from neocapgui.ledger.terms import Certainty


def finding_origin(asked: Asked, finding: Finding) -> Origin:
    """Return a finding with its rule and, where it compares figures, where these come from."""
    rule = rule_of(finding.code)
    parts: tuple[Origin, ...] = ()
    if finding.code in _COMPARED:
        parts = tuple(one for one in _COMPARED[finding.code](asked, finding) if one is not None)
    title = sentence(finding.said, asked.style)
    note = f"Rule: {rule.definition}" if rule.definition else ""
    return Origin(
        title, rule.name, Kind.TEXT, FOUND, (*parts, *_place(asked, finding)), note, "", finding.place
    )


def _place(asked: Asked, finding: Finding) -> tuple[Origin, ...]:
    record = (
        asked.ledger.transactions.get(finding.place.id) if finding.place.table == "transactions" else None
    )
    fact = record or getattr(asked.ledger, finding.place.table, {}).get(finding.place.id)
    certainty = getattr(fact, "certainty", None)
    if fact is None or not isinstance(certainty, Certainty):
        return ()
    source = vouched(certainty, getattr(fact, "source", ""))
    return (Origin("Where it stands", "", Kind.TEXT, FOUND, (), "", source, finding.place),)


def _whole(asked: Asked) -> Asked:
    """Return the same on the last day of the ledger, as the checks look at it."""
    return asked.on(replace(asked.lens, as_of=last_day(asked.ledger) or date.max))


def _counts(asked: Asked, finding: Finding) -> tuple[Origin | None, ...]:
    security = asked.ledger.securities.get(finding.place.id)
    if security is None:
        return ()
    whole = _whole(asked)
    lens = replace(whole.lens, issuer=security.issuer)
    return (explained(asked.ledger, lens, "cap_table_by_security", security.id, "Available", asked.style),)


def _published(asked: Asked, finding: Finding) -> tuple[Origin | None, ...]:
    key = finding.place.id
    return (explained(asked.ledger, asked.lens, "published_counts", key, "Result", asked.style),)


def _notice(asked: Asked, finding: Finding) -> tuple[Origin | None, ...]:
    record = asked.ledger.transactions.get(finding.place.id)
    if record is None:
        return ()
    lens = replace(asked.lens, as_of=record.date)
    return (explained(asked.ledger, lens, "notices", record.id, "Difference", asked.style),)


def _taken(asked: Asked, finding: Finding) -> tuple[Origin | None, ...]:
    record, row = (
        asked.ledger.transactions.get(finding.place.id),
        asked.ledger.transactions.row_of(finding.place.id),
    )
    if record is None or row is None or record.stakeholder is None or record.security is None:
        return ()
    then = asked.on(replace(asked.lens, as_of=record.date))
    found = holding(then, record.stakeholder, record.security, row + 1)
    return (replace(found, title=f"{found.title}, after this entry"),)


_COMPARED: dict[str, Callable[[Asked, Finding], tuple[Origin | None, ...]]] = {
    "over_authorized": _counts,
    "reserve_short": _counts,
    "assertion_missed": _published,
    "conversion_shares_differ": _notice,
    "insufficient_quantity": _taken,
}
