"""The check sheet: everything that can be checked of a document, each check with its outcome and numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Protocol

import numpy as np

from neocapgui.engine.assertions import Assertion, assertions
from neocapgui.engine.checks import findings
from neocapgui.engine.finding import Finding, Severity
from neocapgui.engine.identity_checks import (
    Account,
    Whole,
    account_broken,
    accounts,
    whole_broken,
    wholes,
)
from neocapgui.engine.lens import Lens
from neocapgui.engine.reserves import Counts, counts
from neocapgui.engine.timeline import last_day
from neocapgui.engine.wording import marked, plain, told, told_day
from neocapgui.figures.kinds import grouped
from neocapgui.ledger.columns import NOTHING
from neocapgui.ledger.ledger import REFERENCES, TABLES, Ledger, value_at
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import KIND_CODE, Transaction

_LISTED = 100  # lines of one check; more of the same that pass are told in one line


class Outcome(StrEnum):
    """How a check ended, from the best to the worst."""

    PASSED = "passed"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


_OUTCOMES = tuple(Outcome)


class Sealed(Protocol):
    """What a seal says of a file."""

    @property
    def kind(self) -> str:
        """One of "whole", "edited" (by another program), "damaged", "unsealed"."""
        ...

    @property
    def sentences(self) -> tuple[str, ...]:
        """Which rows are not as they were sealed, with table and number."""
        ...


@dataclass(frozen=True, slots=True)
class FileState:
    """What opening the file found out about it, as plain values."""

    parts: int = 0  # tables, indices and views that stand as the program makes them
    seal: str = ""  # the kind of `Sealed`; "" for a document that was never saved
    sealed: tuple[str, ...] = ()  # what the seal says
    sentences: tuple[str, ...] = ()  # what else is to be said: rows left out, a newer format

    @classmethod
    def of(cls, seal: Sealed | None, warnings: Iterable[str], parts: int) -> FileState:
        """Return the state of a file with this seal (None for no file) and these warnings."""
        if seal is None:
            return cls(sentences=tuple(warnings))
        further = tuple(sentence for sentence in warnings if sentence not in seal.sentences)
        return cls(parts, seal.kind, seal.sentences, further)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with the file itself, where no fact is to go to."""

    code: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Line:
    """One check: what was looked at, how much of it, how it ended, and the numbers."""

    said: str  # what was looked at, its figures and days marked for the reader's language
    checked: int
    outcome: Outcome
    counted: str = ""  # the numbers, marked likewise
    findings: tuple[Finding | Trouble, ...] = ()

    @property
    def check(self) -> str:
        """What was looked at in the neutral form: for reports and other programs."""
        return plain(self.said)

    @property
    def numbers(self) -> str:
        """The numbers in the neutral form."""
        return plain(self.counted)


@dataclass(frozen=True, slots=True)
class Section:
    """Checks of one subject."""

    name: str  # stable: `accounting`
    title: str
    lines: tuple[Line, ...]

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of its checks."""
        return max((line.outcome for line in self.lines), key=_OUTCOMES.index, default=Outcome.PASSED)


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """All sections, and what was found in the order of the sheet."""

    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]  # of the ledger: the checks' in their order, then the identities'
    troubles: tuple[Trouble, ...]  # of the file

    @property
    def is_clean(self) -> bool:
        """Whether every check passed."""
        return not self.findings and not self.troubles


@dataclass(frozen=True, slots=True)
class _Rule:
    """A line made of the findings of some codes."""

    section: str
    check: str
    codes: tuple[str, ...]
    checked: Callable[[Ledger], int]


def _of_kind(*kinds: str) -> Callable[[Ledger], int]:
    codes = [KIND_CODE[kind] for kind in kinds]
    return lambda ledger: int(np.isin(ledger.transactions.numbers["kind"], codes).sum())


def _of_securities(*kinds: SecurityKind) -> Callable[[Ledger], int]:
    return lambda ledger: sum(1 for one in ledger.securities.values() if one.kind in kinds)


def _entries(ledger: Ledger) -> int:
    return len(ledger.transactions)


_RULES = (
    _Rule("structure", "Entries say what their kind needs", ("incomplete",), _entries),
    _Rule(
        "references",
        "Holders that are issuers are issuers of this file, and not dissolved",
        ("holder_unknown", "issuer_dissolved"),
        lambda ledger: len(ledger.stakeholders),
    ),
    _Rule("accounting", "Nobody gives more than is held", ("insufficient_quantity",), _entries),
    _Rule("accounting", "Splits divide by a ratio above 0", ("split_ratio",), _of_kind("split")),
    _Rule("terms", "Entries are not earlier than their security", ("before_issue",), _entries),
    _Rule("terms", "Price times shares makes the amount", ("amount_differs",), _entries),
    _Rule(
        "terms",
        "Conversions and exchanges state what their terms imply",
        ("conversion_price_differs", "conversion_shares_differ"),
        _of_kind("conversion", "exchange"),
    ),
    _Rule(
        "terms",
        "No conversion leads beyond a limit of its paper",
        ("ownership_limit_exceeded", "exchange_cap_exceeded"),
        _of_kind("conversion", "exchange"),
    ),
    _Rule(
        "terms",
        "Prices are known where terms ask for them",
        ("price_missing",),
        lambda ledger: len(ledger.conversion_rights),
    ),
    _Rule(
        "terms",
        "Issues and exercises stay within their approval",
        ("approval_exceeded", "approval_missing"),
        lambda ledger: len(ledger.approvals),
    ),
    _Rule(
        "terms",
        "Options are exercised after they vest, by known vesting terms",
        ("vesting_unknown", "exercised_before_vested"),
        _of_securities(SecurityKind.OPTION, SecurityKind.WARRANT, SecurityKind.RIGHT),
    ),
)
_BY_PLACE = ("over_authorized", "reserve_short", "assertion_missed")  # stand beside their own numbers
RULED = frozenset(code for rule in _RULES for code in rule.codes) | frozenset(_BY_PLACE)


def check_sheet(ledger: Ledger, lens: Lens, file: FileState) -> CheckSheet:
    """Return the sheet of a document; of the lens count only planned events and what was known.

    Accounts run over all days; stakes, authorized and reserved shares are those of the last day. A check
    fails with the gravest of its findings; nothing is checked twice under two names.
    """
    whole = Lens(date.max, planned=lens.planned, known=lens.known)
    last = Lens(last_day(ledger) or date.max, planned=lens.planned, known=lens.known)
    found = findings(ledger, whole)
    own, parts = accounts(ledger, whole), wholes(ledger, last)
    broken = [(one, tuple(account_broken(ledger, one))) for one in own]
    unequal = [(one, tuple(whole_broken(ledger, one))) for one in parts]
    structure, seal = _structure(ledger, file), _seal(ledger, file)
    ruled = {
        section: [_ruled(rule, ledger, found) for rule in _RULES if rule.section == section]
        for section in ("structure", "references", "accounting", "terms")
    }
    unruled = tuple(one for one in found if one.code not in RULED)
    sections = (
        Section("structure", "Structure", (*structure, *ruled["structure"])),
        Section("seal", "Seal", (seal,)),
        Section("references", "References", (_references(ledger), *ruled["references"])),
        Section(
            "accounting",
            "Accounting identities",
            (
                *ruled["accounting"],
                *_bounded([_account(ledger, one, wrong) for one, wrong in broken], "securities add up"),
                _transfers(own, broken),
                *_bounded(_authorized(ledger, last, found), "securities within their charter"),
                *_bounded([_whole(ledger, one, wrong) for one, wrong in unequal], "stakes that make 1"),
            ),
        ),
        Section("terms", "Terms", (*ruled["terms"], *_others(unruled))),
        Section("published", "Published counts", tuple(_published(ledger, whole, found))),
    )
    added = tuple(one for _, wrong in (*broken, *unequal) for one in wrong)
    troubles = tuple(one for line in (*structure, seal) for one in line.findings if isinstance(one, Trouble))
    return CheckSheet(sections, (*found, *added), troubles)


def worst(found: Iterable[Finding | Trouble]) -> Outcome:
    """Return how a check ended that found this."""
    return max((Outcome(one.severity) for one in found), key=_OUTCOMES.index, default=Outcome.PASSED)


def _ruled(rule: _Rule, ledger: Ledger, found: Sequence[Finding]) -> Line:
    mine = tuple(one for one in found if one.code in rule.codes)
    return Line(rule.check, rule.checked(ledger), worst(mine), _how_many(mine), mine)


def _how_many(found: Sequence[Finding | Trouble]) -> str:
    return f"{told(len(found))} finding{'' if len(found) == 1 else 's'}" if found else ""


def _others(found: tuple[Finding, ...]) -> list[Line]:
    return [Line("Other checks", len(found), worst(found), _how_many(found), found)] if found else []


def _structure(ledger: Ledger, file: FileState) -> list[Line]:
    facts = {table: len(getattr(ledger, table)) for table in TABLES.values()}
    named = ", ".join(
        f"{told(count)} {table.replace('_', ' ')}" for table, count in facts.items() if count > 1
    )
    wrong = tuple(Trouble("file", Severity.WARNING, sentence) for sentence in file.sentences)
    read = Line(
        "Facts are read by the rules of their fields", sum(facts.values()), worst(wrong), named, wrong
    )
    if not file.parts:
        return [read]
    parts = "Tables, indices and views are those of the format, and no page is damaged"
    return [Line(parts, file.parts, Outcome.PASSED), read]


def _seal(ledger: Ledger, file: FileState) -> Line:
    if not file.seal:
        return Line("The document has no file yet, and so no seal", 0, Outcome.PASSED)
    rows = sum(len(getattr(ledger, table)) for table in TABLES.values())
    severity = Severity.ERROR if file.seal == "damaged" else Severity.WARNING
    said = file.sealed or (() if file.seal == "whole" else ("The file is not as it was sealed.",))
    wrong = tuple(Trouble("seal", severity, sentence) for sentence in said)
    numbers = _how_many(wrong) or "the seal is whole"
    return Line("Every row is as it was when the file was saved", rows, worst(wrong), numbers, wrong)


def _references(ledger: Ledger) -> Line:
    """Count what facts name; a ledger that names what is not recorded cannot come into being."""
    named = 0
    for kind, paths in REFERENCES.items():
        for path in paths:
            if kind is Transaction:
                named += int((ledger.transactions.numbers[path] != NOTHING).sum())
            else:
                facts = getattr(ledger, TABLES[kind]).values()
                named += sum(1 for fact in facts if value_at(fact, path) is not None)
    return Line("Every fact that is named is recorded", named, Outcome.PASSED)


def _security(ledger: Ledger, id: int) -> str:
    security = ledger.securities[id]
    return f"{security.name} of {ledger.issuers[security.issuer].name}"


def _shares(value: Fraction) -> str:
    return marked(grouped(value, most=6))


def _account(ledger: Ledger, one: Account, wrong: tuple[Finding, ...]) -> Line:
    said = f"{_shares(one.given)} issued − {_shares(one.taken)} retired"
    if one.restated:
        said += f" {'+' if one.restated > 0 else '−'} {_shares(abs(one.restated))} by splits"
    sign = "=" if not one.difference else "≠"
    own = tuple(finding for finding in wrong if finding.code == "holdings_differ")
    return Line(
        f"Account of {_security(ledger, one.security)}",
        1,
        worst(own),
        f"{said} {sign} {_shares(one.held)} held",
        own,
    )


def _transfers(own: Sequence[Account], broken: Sequence[tuple[Account, tuple[Finding, ...]]]) -> Line:
    passed = sum((one.passed for one in own), Fraction(0))
    received = sum((one.received for one in own), Fraction(0))
    wrong = tuple(finding for _, found in broken for finding in found if finding.code == "transfers_differ")
    sign = "=" if passed == received else "≠"
    numbers = f"{_shares(passed)} passed on {sign} {_shares(received)} received"
    checked = sum(1 for one in own if one.passed)
    return Line("Transfers give what they take", checked, worst(wrong), numbers, wrong)


def _authorized(ledger: Ledger, last: Lens, found: Sequence[Finding]) -> list[Line]:
    mine: dict[int, list[Finding]] = {}
    for one in found:
        if one.code in ("over_authorized", "reserve_short"):
            mine.setdefault(one.place.id, []).append(one)
    lines = []
    for issuer in ledger.issuers:
        for count in counts(ledger, last, issuer):
            wrong = tuple(mine.get(count.security, ()))
            if count.authorized is not None or wrong:
                check = f"Charter of {_security(ledger, count.security)}"
                lines.append(Line(check, 1, worst(wrong), _against(count), wrong))
    return lines


def _against(count: Counts) -> str:
    said = f"{_shares(count.issued)} issued, {_shares(count.reserved)} reserved"
    return said if count.authorized is None else f"{said}, {_shares(count.authorized)} authorized"


def _whole(ledger: Ledger, one: Whole, wrong: tuple[Finding, ...]) -> Line:
    name, basis = ledger.issuers[one.issuer].name, one.basis.replace("_", " ")
    owners = f"{told(one.owners)} owner{'' if one.owners == 1 else 's'}"
    numbers = (
        f"{owners} of {_shares(one.owned)} shares: stakes make {one.stakes}" if one.owned else "no shares"
    )
    if one.uncounted:
        numbers += f"; {told(one.uncounted)} cannot be counted on this basis"
    return Line(f"{basis.capitalize()} stakes of {name}", 1, worst(wrong), numbers, wrong)


def _published(ledger: Ledger, whole: Lens, found: Sequence[Finding]) -> list[Line]:
    missed = {one.place.id: one for one in found if one.code == "assertion_missed"}
    lines = []
    for held in assertions(ledger, whole):
        wrong = (missed[held.count.id],) if held.count.id in missed else ()
        check = f"{_security(ledger, held.count.security)} on {told_day(held.count.date)}"
        outcome = worst(wrong) if not held.difference or wrong else Outcome.WARNING  # beyond what is listed
        lines.append(Line(check, 1, outcome, _held(held), wrong))
    if not lines:
        return [Line("No share count is published", 0, Outcome.PASSED)]
    return _bounded(lines, "published counts are met")


def _held(one: Assertion) -> str:
    stated, ledger = _shares(Fraction(one.count.shares)), _shares(one.ledger)
    if not one.difference:
        return f"{stated} stated = {ledger} in the ledger"
    more = "more" if one.difference > 0 else "fewer"
    return f"{stated} stated ≠ {ledger} in the ledger: {_shares(abs(one.difference))} {more}"


def _bounded(lines: Sequence[Line], what: str) -> list[Line]:
    """Return the lines that do not pass and the first others; what is left passes in one line."""
    passing = [line for line in lines if line.outcome is Outcome.PASSED]
    if len(passing) <= _LISTED:
        return list(lines)
    hidden = {id(line) for line in passing[_LISTED:]}
    shown = [line for line in lines if id(line) not in hidden]
    rest = f"{told(len(hidden))} further {what}"
    return [*shown, Line(rest, sum(line.checked for line in passing[_LISTED:]), Outcome.PASSED)]
