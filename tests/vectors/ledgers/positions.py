"""Papers entered one after another as a ledger's transactions: holdings by holder and class, and plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

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
from tests.vectors.ledgers.book import Book, decimal

_CREATING = ("issuance", "option_grant")
# Where the paper that the other side receives is an issuance of its own, the entry names no other side.
_TAKING = {
    "transfer": "transfer",
    "cancellation": "cancellation",
    "repurchase": "repurchase",
    "conversion": "conversion",
    "option_cancellation": "cancellation",
}


@dataclass(slots=True)
class _Paper:
    """A certificate or grant: whose, of which security, and what is left on it."""

    holder: int
    security: Security
    left: Fraction

    @property
    def held(self) -> dict[str, int]:
        return {"stakeholder": self.holder, "security": self.security.id}


@dataclass(slots=True)
class _Entry:
    """The papers of a case in the order of their days, as they are entered."""

    book: Book = field(default_factory=Book)
    classes: dict[str, Security] = field(default_factory=dict)
    plans: dict[str, Security] = field(default_factory=dict)
    papers: dict[str, _Paper] = field(default_factory=dict)
    received: list[Inputs] = field(default_factory=list)  # issuances that an exercise has brought already
    is_short: bool = False  # a certificate gave more than was left on it

    def share_class(self, name: str) -> Security:
        return self.classes.setdefault(name, self.book.security(SecurityKind.COMMON, rounding=Rounding.NONE))

    def plan(self, name: str) -> Security:
        if name not in self.plans:
            grants = Exercise(self.share_class(f"shares of {name}").id)
            self.plans[name] = self.book.security(SecurityKind.OPTION_PLAN, exercise=grants)
        return self.plans[name]

    def enter(self, entry: Inputs, kind: str, same_day: list[Inputs]) -> None:
        day = entry.day("date")
        match kind:
            case "issuance":
                if not any(entry is one for one in self.received):
                    self._created(entry, self.share_class(entry.text("class")), "issuance")
            case "option_grant":
                plan = self.plan(entry.text("plan"))
                grant = self.book.security(SecurityKind.OPTION, plan=plan.id, exercise=plan.exercise)
                self._created(entry, grant, "issuance")
            case "pool_reserved":
                shares = decimal(entry.number("shares"))
                self.book.happened("reserve", day, security=self.plan(entry.text("plan")).id, quantity=shares)
            case "split_in_place":
                self._split(entry)
            case "retraction" | "reissuance":
                self._close(day, entry.text("security"))
            case "option_exercise":
                self._exercised(entry, same_day)
            case _:
                self._taken(entry, _TAKING[kind])

    def _created(self, entry: Inputs, security: Security, kind: str) -> None:
        paper = _Paper(self.book.holder(entry.text("holder")), security, entry.number("quantity"))
        self.papers[entry.text("security")] = paper
        self.book.happened(kind, entry.day("date"), **paper.held, quantity=decimal(paper.left))

    def _paper(self, name: str) -> _Paper:
        if name not in self.papers:
            raise Unrecorded(Why.NEVER_ISSUED)
        return self.papers[name]

    def _less(self, paper: _Paper, quantity: Fraction) -> None:
        self.is_short = self.is_short or quantity > paper.left
        paper.left -= quantity

    def _taken(self, entry: Inputs, kind: str, **more: Any) -> None:
        day, quantity, paper = entry.day("date"), entry.number("quantity"), self._paper(entry.text("security"))
        self.book.happened(kind, day, **paper.held, quantity=decimal(quantity), **more)
        self._less(paper, quantity)
        if entry.text("balance_security", None) is not None and paper.left >= 0:
            self._close(day, entry.text("security"))

    def _close(self, day: date, name: str) -> None:
        """Cancel what is left on a paper that is given up, for another one or for nothing."""
        paper = self._paper(name)
        self.book.happened("cancellation", day, **paper.held, quantity=decimal(paper.left))
        del self.papers[name]

    def _split(self, entry: Inputs) -> None:
        share_class = self.share_class(entry.text("class"))
        ratio = entry.number("new") / entry.number("old")
        if any(plan.exercise.into == share_class.id for plan in self.plans.values()):
            raise Unrecorded(Why.PLAN_SPLIT)
        self.book.happened("split", entry.day("date"), security=share_class.id, ratio=ratio)
        for paper in self.papers.values():
            if paper.security.id == share_class.id:
                paper.left *= ratio

    def _exercised(self, entry: Inputs, same_day: list[Inputs]) -> None:
        ...


QUESTIONS: dict[str, Calculation] = {}
