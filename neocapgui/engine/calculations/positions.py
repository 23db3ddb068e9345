"""Who holds how many shares of which class on a day, replayed security by security from the papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact


class Taking(StrEnum):
    """The ways in which a quantity leaves a security."""

    TRANSFER = "transfer"
    CANCELLATION = "cancellation"
    REPURCHASE = "repurchase"
    CONVERSION = "conversion"
    EXERCISE = "exercise"  # exercised options stay deducted from their plan
    RELEASE = "release"


class Closing(StrEnum):
    """The ways in which a security ends as a whole."""

    RETRACTION = "retraction"
    REISSUANCE = "reissuance"


@dataclass(frozen=True, slots=True)
class Issued:
    """Shares come into being in one security of one holder."""

    day: date
    security: str
    holder: str
    share_class: str
    quantity: Exact


@dataclass(frozen=True, slots=True)
class Granted:
    """Options on the shares of a plan come into being in one security of one holder."""

    day: date
    security: str
    holder: str
    plan: str
    quantity: Exact


@dataclass(frozen=True, slots=True)
class Taken:
    """A quantity leaves a security.

    Where the paper names a balance security, the source is closed entirely: the rest is issued again
    under that name, and what the other side receives is an issuance of its own as well.
    """

    day: date
    how: Taking
    security: str
    quantity: Exact
    balance_security: str | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A security is retracted or reissued: it ends on this day, not before."""

    day: date
    how: Closing
    security: str


@dataclass(frozen=True, slots=True)
class SplitInPlace:
    """Every `old` shares of a class become `new`; the securities keep their names."""

    day: date
    share_class: str
    new: Exact
    old: Exact


@dataclass(frozen=True, slots=True)
class Reserved:
    """The reserve of a plan is now `shares` in all: a new total, no increment."""

    day: date
    plan: str
    shares: Exact


Paper = Issued | Granted | Taken | Closed | SplitInPlace | Reserved


@dataclass(frozen=True, slots=True)
class SecurityHeld:
    """What one security holds at the end of the day: shares of a class, or options of a plan."""

    security: str
    holder: str
    of: str  # the class or the plan
    is_option: bool
    quantity: Fraction


@dataclass(frozen=True, slots=True)
class PlanBalance:
    """The counts of one plan with a reserve."""

    reserved: Fraction
    outstanding: Fraction  # granted - exercised - cancelled
    exercised: Fraction

    @property
    def available(self) -> Fraction:
        """Reserved - outstanding - exercised: exercised options stay deducted, cancelled ones return."""
        return self.reserved - self.outstanding - self.exercised


@dataclass(frozen=True, slots=True)
class Positions:
    """The securities that hold something at the end of a day, in the order issued, and the plans."""

    securities: tuple[SecurityHeld, ...]
    plans: dict[str, PlanBalance]

    def by_class(self) -> dict[str, dict[str, Fraction]]:
        """Return the shares of each holder in each class; no line is zero."""
        table: dict[str, dict[str, Fraction]] = {}
        for held in self.securities:
            if not held.is_option:
                line = table.setdefault(held.of, {})
                line[held.holder] = line.get(held.holder, Fraction(0)) + held.quantity
        return table

    def class_totals(self) -> dict[str, Fraction]:
        """Return the shares of each class in all hands."""
        return {name: sum(line.values(), Fraction(0)) for name, line in self.by_class().items()}


def positions(papers: Iterable[Paper], as_of: date) -> Positions:
    """Return what every security holds at the end of `as_of`, in shares, unrounded.

    Papers of later days are not looked at, not even for refusals. On one day issuances and grants come
    first, the others follow in the order given. Refuses `insufficient_quantity` where a paper takes more
    than the security holds or closes one that is not open, and as `bad_input` a negative quantity, a
    split ratio that is not above zero, or a security issued while it is open. Source: Open Cap Format.

    >>> june = date(2023, 6, 1)
    >>> papers = [Issued(date(2023, 1, 1), "a1", "x", "common", 3_000),
    ...           Taken(june, Taking.TRANSFER, "a1", 1_000), Issued(june, "b1", "y", "common", 1_000)]
    >>> positions(papers, date(2023, 12, 31)).by_class()
    {'common': {'x': Fraction(2000, 1), 'y': Fraction(1000, 1)}}
    """
    replay = _Replay()
    known = [paper for paper in papers if paper.day <= as_of]
    for paper in sorted(known, key=lambda paper: (paper.day, not isinstance(paper, Issued | Granted))):
        replay.post(paper)
    outstanding: dict[str, Fraction] = {}
    for held in replay.open.values():
        if held.is_option:
            outstanding[held.of] = outstanding.get(held.of, Fraction(0)) + held.quantity
    nothing = Fraction(0)
    return Positions(
        tuple(held for held in replay.open.values() if held.quantity),
        {
            plan: PlanBalance(shares, outstanding.get(plan, nothing), replay.exercised.get(plan, nothing))
            for plan, shares in replay.reserved.items()
        },
    )


@dataclass(slots=True)
class _Replay:
    """The open securities and the plans after the papers posted so far."""

    open: dict[str, SecurityHeld] = field(default_factory=dict)
    exercised: dict[str, Fraction] = field(default_factory=dict)
    reserved: dict[str, Fraction] = field(default_factory=dict)

    def post(self, paper: Paper) -> None:
        match paper:
            case Issued(_, security, holder, share_class, quantity):
                self._create(SecurityHeld(security, holder, share_class, False, Fraction(quantity)))
            case Granted(_, security, holder, plan, quantity):
                self._create(SecurityHeld(security, holder, plan, True, Fraction(quantity)))
            case Taken():
                self._take(paper)
            case Closed(day, how, security):
                if security not in self.open:
                    raise CalculationRefused(
                        "insufficient_quantity", f"{security} is not open on {day}: no {how} can close it."
                    )
                del self.open[security]
            case SplitInPlace():
                self._split(paper)
            case Reserved(_, plan, shares):
                _refuse_negative(f"the reserve of {plan}", shares)
                self.reserved[plan] = Fraction(shares)

    def _create(self, created: SecurityHeld) -> None:
        _refuse_negative(f"the quantity of {created.security}", created.quantity)
        if created.security in self.open:
            raise CalculationRefused("bad_input", f"{created.security} is issued while it is still open.")
        self.open[created.security] = created

    def _take(self, paper: Taken) -> None:
        _refuse_negative(f"the {paper.how} of {paper.security}", paper.quantity)
        source = self.open.get(paper.security)
        held = source.quantity if source else Fraction(0)
        if source is None or paper.quantity > held:
            raise CalculationRefused(
                "insufficient_quantity",
                f"{paper.security} holds {held} on {paper.day}: no {paper.how} can take {paper.quantity}.",
            )
        if source.is_option and paper.how is Taking.EXERCISE:
            before = self.exercised.get(source.of, Fraction(0))
            self.exercised[source.of] = before + Fraction(paper.quantity)
        rest = held - Fraction(paper.quantity)
        if paper.balance_security is not None or not rest:
            del self.open[paper.security]
        else:
            self.open[paper.security] = replace(source, quantity=rest)

    def _split(self, paper: SplitInPlace) -> None:
        if paper.new <= 0 or paper.old <= 0:
            raise CalculationRefused(
                "bad_input", f"{paper.share_class} cannot be split {paper.new} for {paper.old}."
            )
        ratio = Fraction(paper.new) / Fraction(paper.old)
        for name, held in self.open.items():
            if held.of == paper.share_class and not held.is_option:
                self.open[name] = replace(held, quantity=held.quantity * ratio)


def _refuse_negative(name: str, quantity: Exact) -> None:
    if quantity < 0:
        raise CalculationRefused("bad_input", f"{name[0].upper()}{name[1:]} cannot be {quantity}.")


@dataclass(frozen=True, slots=True)
class Balance:
    """What remains of a set of securities."""

    issued: Fraction  # of the securities neither retracted nor reissued
    consumed: Fraction

    @property
    def outstanding(self) -> Fraction:
        """Issued less consumed."""
        return self.issued - self.consumed


def security_balance(
    issues: Iterable[tuple[str, Exact]], withdrawn: Iterable[str], consumed: Iterable[Exact]
) -> Balance:
    """Return what remains of the issues of a set of securities, whatever the order of the entries.

    `issues` are securities and their quantities, `withdrawn` the securities retracted or reissued, which
    count nothing of their issue, `consumed` the quantities cancelled, converted, repurchased, transferred
    out, exercised and released. Refuses `insufficient_quantity` where more is consumed than was issued.

    >>> security_balance([("s-1", 500), ("s-2", 300)], ["s-2"], [40, 60]).outstanding
    Fraction(400, 1)
    """
    gone = set(withdrawn)
    issued = taken = Fraction(0)
    for security, quantity in issues:
        _refuse_negative(f"the quantity of {security}", quantity)
        if security not in gone:
            issued += Fraction(quantity)
    for quantity in consumed:
        _refuse_negative("a quantity consumed", quantity)
        taken += Fraction(quantity)
    if taken > issued:
        raise CalculationRefused(
            "insufficient_quantity",
            f"{taken} are consumed of the {issued} that the securities were issued with.",
        )
    return Balance(issued, taken)
