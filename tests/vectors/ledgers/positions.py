"""Papers entered one after another as a ledger's transactions: holdings by holder and class, and plans."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.reserves import plan_reserve, unallocated
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.running import shortfalls
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Exercise, Rounding, SecurityKind
from tests.vectors.inputs import Inputs
from tests.vectors.ledgers.agreement import Calculation, Results, Unrecorded, Why
from tests.vectors.ledgers.book import Book, decimal, split_ratio

_FIRST_OF_A_DAY = {"option_grant": 0, "issuance": 1}
# Where the paper that the other side receives is an issuance of its own, the entry names no other side.
_TAKING = {
    "transfer": "transfer",
    "cancellation": "cancellation",
    "repurchase": "repurchase",
    "conversion": "conversion",
    "option_cancellation": "cancellation",
}

_LATER = ("issuance", "option_grant", *_TAKING)  # what is entered after the day looked at as well


@dataclass(slots=True)
class _Paper:
    """A certificate or grant: whose, of which security, and what is left on it."""

    holder: int
    security: Security
    left: Fraction


@dataclass(slots=True)
class _Entries:
    """The papers of a case as they are entered, day after day."""

    bought: list[tuple[Inputs, Inputs]]  # each exercise, with the issuance of the shares it brings
    book: Book = field(default_factory=Book)
    classes: dict[str, Security] = field(default_factory=dict)
    plans: dict[str, Security] = field(default_factory=dict)
    papers: dict[str, _Paper] = field(default_factory=dict)
    is_short: bool = False  # a certificate gave more than was left on it

    def share_class(self, name: str) -> Security:
        if name not in self.classes:
            self.classes[name] = self.book.security(SecurityKind.COMMON, rounding=Rounding.NONE)
        return self.classes[name]

    def plan(self, name: str) -> Security:
        if name not in self.plans:
            shares = Exercise(self.share_class(f"Shares of {name}").id)
            self.plans[name] = self.book.security(SecurityKind.OPTION_PLAN, exercise=shares)
        return self.plans[name]

    def enter(self, entry: Inputs) -> None:
        day = entry.day("date")
        match kind := entry.text("type"):
            case "issuance":
                self._issued(entry)
            case "option_grant":
                self._granted(entry)
            case "pool_reserved":
                shares = decimal(entry.number("shares"))
                self.book.happened("reserve", day, security=self.plan(entry.text("plan")).id, quantity=shares)
            case "split_in_place":
                self._split(entry)
            case "retraction" | "reissuance":
                self._close(day, entry.text("security"))
            case "option_exercise":
                self._exercised(entry)
            case _:
                self._happened(_TAKING[kind], day, entry.text("security"), entry.number("quantity"))
                self._less(entry)

    def _create(self, entry: Inputs, security: Security) -> None:
        paper = _Paper(self.book.holder(entry.text("holder")), security, entry.number("quantity"))
        self.papers[entry.text("security")] = paper

    def _paper(self, name: str) -> _Paper:
        if name not in self.papers:
            raise Unrecorded(Why.NEVER_ISSUED)
        return self.papers[name]

    def _happened(
        self, kind: str, day: date, name: str, quantity: Fraction, into: Security | None = None
    ) -> None:
        """Enter what happened to a paper; what it brings is as many shares as it takes."""
        paper, count = self._paper(name), decimal(quantity)
        brought = {} if into is None else {"into_security": into.id, "into_quantity": count}
        self.book.happened(
            kind, day, stakeholder=paper.holder, security=paper.security.id, quantity=count, **brought
        )

    def _granted(self, entry: Inputs) -> None:
        plan = self.plan(entry.text("plan"))
        grant = self.book.security(SecurityKind.OPTION, plan=plan.id, exercise=plan.exercise)
        self._create(entry, grant)
        self._happened("issuance", entry.day("date"), entry.text("security"), entry.number("quantity"))

    def _issued(self, entry: Inputs) -> None:
        """Enter an issuance, or the exercise that brings the same shares."""
        share_class, day = self.share_class(entry.text("class")), entry.day("date")
        self._create(entry, share_class)
        for exercise, brought in self.bought:
            if brought is entry:
                self._happened(
                    "exercise", day, exercise.text("security"), exercise.number("quantity"), share_class
                )
                return
        self._happened("issuance", day, entry.text("security"), entry.number("quantity"))

    def _exercised(self, entry: Inputs) -> None:
        """The shares stand in the ledger already; what is left to be exercised is less."""
        if not any(exercise is entry for exercise, _ in self.bought):
            raise Unrecorded(Why.EXERCISE)
        self._less(entry)

    def _less(self, entry: Inputs) -> None:
        """Take a quantity from what is left on a paper; one that is given up is replaced by another."""
        name, quantity = entry.text("security"), entry.number("quantity")
        paper = self._paper(name)
        paper.left -= quantity
        self.is_short = self.is_short or paper.left < 0
        if paper.left == 0:
            del self.papers[name]
        elif paper.left > 0 and entry.text("balance_security", None) is not None:
            self._close(entry.day("date"), name)

    def _close(self, day: date, name: str) -> None:
        """Cancel what is left on a paper that is given up."""
        self._happened("cancellation", day, name, self._paper(name).left)
        del self.papers[name]

    def _split(self, entry: Inputs) -> None:
        share_class, day = self.share_class(entry.text("class")), entry.day("date")
        if any(brought.text("class") == entry.text("class") for _, brought in self.bought):
            raise Unrecorded(Why.PLAN_SPLIT)
        ratio = split_ratio(entry.number("new"), entry.number("old"))
        self.book.happened("split", day, security=share_class.id, ratio=ratio)
        for paper in self.papers.values():
            if paper.security == share_class:
                paper.left *= ratio


def _bought(entries: list[Inputs]) -> list[tuple[Inputs, Inputs]]:
    """Return each exercise with an issuance of its day, holder and count, where there is one."""
    grants = {
        entry.text("security"): entry.text("holder")
        for entry in entries
        if entry.text("type") == "option_grant"
    }
    issues = [entry for entry in entries if entry.text("type") == "issuance"]
    found = []
    for exercise in entries:
        if exercise.text("type") != "option_exercise":
            continue
        whose = exercise.day("date"), grants.get(exercise.text("security")), exercise.number("quantity")
        for place, issue in enumerate(issues):
            if (issue.day("date"), issue.text("holder"), issue.number("quantity")) == whose:
                found.append((exercise, issues.pop(place)))
                break
    return found


def _by_class(ledger: Ledger, lens: Lens, classes: dict[str, Security]) -> dict[str, dict[str, Fraction]]:
    held = holdings(ledger, lens)
    table = {
        name: {
            ledger.stakeholders[one.stakeholder].name: one.quantity for one in held.of_security(security.id)
        }
        for name, security in classes.items()
    }
    return {name: line for name, line in table.items() if line}


def _plan(terms: TermsInForce, totals: Mapping[int, Fraction], plan: Security) -> Results:
    grants = [one for one in terms.ledger.securities.values() if one.plan == plan.id]
    reserved, available = plan_reserve(terms, plan), unallocated(terms, totals, plan)
    outstanding = sum((totals.get(grant.id, Fraction(0)) for grant in grants), Fraction(0))
    left = reserved - outstanding - available
    return {
        "reserved": reserved,
        "outstanding": outstanding,
        "exercised": left if available else Why.GRANTED_TOO_MUCH,
        "available": available or Why.GRANTED_TOO_MUCH,
    }


def positions(i: Inputs) -> Results:
    """All papers, also of later days, which the lens does not look at."""
    as_of, entries = i.day("as_of"), i.items("transactions")
    in_order = sorted(entries, key=lambda one: (one.day("date"), _FIRST_OF_A_DAY.get(one.text("type"), 2)))
    known = [entry for entry in in_order if entry.day("date") <= as_of]
    entered = _Entries(_bought(known))
    for entry in known:
        entered.enter(entry)
    classes, is_short = dict(entered.classes), entered.is_short
    for entry in in_order[len(known) :]:
        with suppress(Unrecorded):
            if entry.text("type") in _LATER:
                entered.enter(entry)
    ledger, lens = entered.book.ledger, Lens(as_of)
    for short in shortfalls(ledger, lens):
        if short.row < ledger.transactions.until(as_of):
            raise CalculationRefused("insufficient_quantity", f"{short.short} more is taken than is held.")
    if is_short:
        raise Unrecorded(Why.CERTIFICATE)
    table = _by_class(ledger, lens, classes)
    results: Results = {
        "positions": table,
        "class_totals": {name: sum(line.values(), Fraction(0)) for name, line in table.items()},
    }
    terms, totals = TermsInForce.on(ledger, lens), holdings(ledger, lens).totals()
    reserved = [entry.text("plan") for entry in known if entry.text("type") == "pool_reserved"]
    if reserved:
        results["plans"] = {plan: _plan(terms, totals, entered.plan(plan)) for plan in reserved}
    return results


QUESTIONS: dict[str, Calculation] = {"positions": positions}
