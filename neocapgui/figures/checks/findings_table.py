"""The findings and remarks as a table, their counts in words, and the place of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from neocapgui.engine.finding import Finding, Severity
from neocapgui.figures.checks.finding_rules import rule_of
from neocapgui.figures.choices import Words
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, grouped
from neocapgui.figures.sentences import in_style, sentence
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import described
from neocapgui.ledger.facts import ConversionRight, PublishedCount
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.transactions import KIND, Transaction

_SEVERITY = Column("Severity", Kind.CHOICE, choices=Words.of(Severity), width=10)
_RULE = Column("Rule", Kind.TEXT, help="What the check demands", width=20)
_FINDING = Column("Finding", Kind.TEXT, width=110)
_MENDS = Column("Mends", Kind.TEXT, help="The edit that would mend it: Ctrl+Enter carries it out", width=24)
_MEND = "Mend: "
_FIGURE, _DAY = r"-?[\d,]+(?:\.\d+)?", r"\d{1,2} [A-Z][a-z]{2} \d{4}"
_MEND_FIGURES = tuple(  # where a figure or day stands in what a mend is called; all else may be a name
    map(
        re.compile,
        (
            rf"(take the (?:price |amount )?)({_FIGURE})( .*)",
            rf"(authorize )({_FIGURE})( .*)",
            rf"(let .* begin on )({_DAY})((?: and the other with it)?)",
            rf"(remove the second .* of )({_DAY})()",
        ),
    )
)


def findings_table(found: Sequence[Finding], style: Style = PLAIN) -> Table:
    """What contradicts what; a row's key is its finding."""
    can_mend = any(finding.mend for finding in found)
    return Table(
        "findings",
        "Findings",
        (_SEVERITY, _RULE, _FINDING, _MENDS) if can_mend else (_SEVERITY, _RULE, _FINDING),
        tuple(_row(finding, can_mend, style) for finding in found),
        "Facts that contradict each other or the terms. A double-click goes to the place.",
        empty="Nothing contradicts anything: every check passes.",
    )


def _row(finding: Finding, can_mend: bool, style: Style) -> Row:
    said = (finding.severity, rule_of(finding.code).name, sentence(finding.said, style))
    return Row((*said, mend_words(finding, style)) if can_mend else said, key=finding)


def mend_words(finding: Finding, style: Style = PLAIN) -> str:
    """Return what the button that mends a finding says: Take the 201,149 shares the terms imply.

    The figure or the day in it is written as a style writes it; names are left alone.
    """
    said = finding.mend.label.removeprefix(_MEND) if finding.mend is not None else ""
    match = next((found for one in _MEND_FIGURES if (found := one.fullmatch(said))), None)
    if match is not None:
        said = match[1] + in_style(match[2], style) + match[3]
    return said[:1].upper() + said[1:]


def counted_words(found: Iterable[Finding], style: Style = PLAIN) -> str:
    """Return how many findings there are of each severity, the gravest first: 1 error, 2 warnings."""
    counts = Counter(finding.severity for finding in found)
    return ", ".join(
        f"{grouped(counts[one], style)} {one}{'s' * (counts[one] > 1)}" for one in Severity if counts[one]
    )


def company_of(ledger: Ledger, finding: Finding) -> int | None:
    """Return the issuer whose facts a finding is about, where it is about one."""
    place, security = finding.place, None
    if place.table == "transactions":
        record = ledger.transactions.get(place.id)
        if record is not None and record.issuer is not None:
            return record.issuer
        security = None if record is None else record.security
    elif place.table == "securities":
        security = place.id
    else:
        fact = getattr(ledger, place.table, {}).get(place.id)
        if place.table in ("approvals", "stakeholders"):
            issuer: int | None = getattr(fact, "issuer", None)
            return issuer
        security = getattr(fact, "security", None)
    found = ledger.securities.get(security or 0)
    return None if found is None else found.issuer


def company_name(ledger: Ledger, finding: Finding) -> str:
    """Return the name of the issuer whose facts a finding is about; blank where it is about none."""
    issuer = ledger.issuers.get(company_of(ledger, finding) or 0)
    return "" if issuer is None else issuer.name


def where(ledger: Ledger, finding: Finding, style: Style = PLAIN) -> str:
    """Return the place of a finding in words: conversion of 15 Aug 2001, into quantity."""
    place = finding.place
    kind = _FACT_KINDS[place.table]
    fact = ledger.transactions.get(place.id) if kind is Transaction else ledger.get(kind, place.id)
    if isinstance(fact, Transaction):
        name = f"{KIND[fact.kind].title.lower()} of {day_text(fact.date, style)}"
    elif isinstance(fact, PublishedCount):
        name = f"published count of {day_text(fact.date, style)}"
    elif isinstance(fact, ConversionRight) and fact.security in ledger.securities:
        name = f"conversion right of {ledger.securities[fact.security].name}"
    else:
        name = described(kind, place.id, fact)
    return name + (f", {place.field.replace('_', ' ').replace('.', ', ')}" if place.field else "")


_FACT_KINDS = {table: kind for kind, table in TABLES.items()}
