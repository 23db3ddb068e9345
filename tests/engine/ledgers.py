"""Ledgers for the tests: a small cast of companies and holders, and random books, sound or contradictory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.edits import with_value
from neocapgui.ledger.facts import (
    Approval,
    ConversionRight,
    Issuer,
    Price,
    PublishedCount,
    Security,
    Stakeholder,
)
from neocapgui.ledger.ledger import TABLES, Fact, Ledger
from neocapgui.ledger.terms import (
    Accrual,
    AccrualMethod,
    Certainty,
    ConversionBasis,
    DayCount,
    Exercise,
    Limits,
    Liquidation,
    LookBack,
    Participation,
    PriceField,
    Redemption,
    Rounding,
    SecurityKind,
    Statistic,
    WindowEnd,
)
from neocapgui.ledger.transactions import KINDS, Transaction
from tests.engine.naive_replay import Held, divide, in_order, movements, taken

# A cast that most tests share. Numbers have gaps, as they have after facts were removed.

ACME, BETA = Issuer(1, "Acme, Inc."), Issuer(4, "Beta GmbH")
ADA, BOB, CLEO = Stakeholder(1, "Ada"), Stakeholder(2, "Bob"), Stakeholder(5, "Cleo")
ACME_ITSELF = Stakeholder(7, "Acme, Inc.", "issuer", issuer=1)
BETA_ITSELF = Stakeholder(8, "Beta GmbH", "issuer", issuer=4)

COMMON = Security(1, 1, "Common Stock", SecurityKind.COMMON, votes=Decimal(1))
PREFERRED = Security(2, 1, "Series A", SecurityKind.PREFERRED, stated_value=Decimal(100))
BETA_SHARES = Security(6, 4, "Shares", SecurityKind.COMMON, votes=Decimal(1))
TWO_FOR_ONE = ConversionRight(1, 2, 1, ConversionBasis.RATIO, ratio=Fraction(2))

CAST: tuple[Fact, ...] = (
    ACME,
    BETA,
    ADA,
    BOB,
    CLEO,
    ACME_ITSELF,
    BETA_ITSELF,
    COMMON,
    PREFERRED,
    BETA_SHARES,
)


def ledger_of(*facts: Fact) -> Ledger:
    """Return the ledger of some facts, whatever their kinds."""
    tables: dict[str, Any] = {table: {} for table in TABLES.values() if table != "scenario"}
    for fact in facts:
        tables.setdefault(TABLES[type(fact)], {})[fact.id] = fact
    tables["transactions"] = Transactions.of(tables["transactions"].values())
    return Ledger(**tables)


def cast(*facts: Fact) -> Ledger:
    """Return a ledger with the whole cast and some more facts; one with the number of another replaces it."""
    return ledger_of(*CAST, *facts)


def day(text: str) -> date:
    """Return a day of the year 2022, written as month and day, or any day in full."""
    return date.fromisoformat(text if len(text) > 5 else f"2022-{text}")


def issued(id: int, on: str, who: Stakeholder, shares: Decimal | int | str, **more: Any) -> Transaction:
    """Return an issuance, of common stock unless it is said otherwise."""
    more = {"security": COMMON.id} | more
    return Transaction(id, day(on), "issuance", stakeholder=who.id, quantity=Decimal(shares), **more)


def passed(
    id: int, on: str, who: Stakeholder, to: Stakeholder, shares: Decimal | int | str, **more: Any
) -> Transaction:
    """Return a transfer, of common stock unless it is said otherwise."""
    more = {"security": COMMON.id, "counterparty": to.id} | more
    return Transaction(id, day(on), "transfer", stakeholder=who.id, quantity=Decimal(shares), **more)


def split(id: int, on: str, ratio: Fraction | str, value: str = "", **more: Any) -> Transaction:
    """Return a split, of common stock unless it is said otherwise."""
    more = {"security": COMMON.id} | more
    return Transaction(id, day(on), "split", ratio=Fraction(ratio), value=value, **more)


def converted(
    id: int, on: str, who: Stakeholder, units: Decimal | int | str, into: Decimal | int | str, **more: Any
) -> Transaction:
    """Return a conversion of preferred into common stock, unless it is said otherwise."""
    more = {"security": PREFERRED.id, "into_security": COMMON.id} | more
    return Transaction(
        id,
        day(on),
        "conversion",
        stakeholder=who.id,
        quantity=Decimal(units),
        into_quantity=Decimal(into),
        **more,
    )


# Random books

FIRST = date(2022, 1, 1)
SPAN = 12  # days: few, so that several entries fall on one
ISSUERS = (ACME, BETA)
HOLDERS = (ADA, BOB, CLEO, ACME_ITSELF, BETA_ITSELF)
PAPERS = (1, 2, 6, 9)  # numbers of securities, with gaps

days = st.integers(0, SPAN).map(lambda after: FIRST + timedelta(after))
roundings = st.sampled_from(Rounding)
ratios = st.builds(Fraction, st.integers(1, 30), st.integers(1, 30))
small = st.integers(0, 40).map(Decimal)
decimals = st.builds(
    lambda units, places: Decimal(units).scaleb(-places), st.integers(0, 10**6), st.integers(0, 5)
)
huge = st.integers(10**18 - 5, 10**25).map(Decimal)
figures = st.one_of(small, small, decimals, huge)
whole_figures = st.one_of(small, small, st.integers(0, 10**9).map(Decimal))


@st.composite
def securities(draw: st.DrawFn) -> tuple[Security, ...]:
    """Return four securities of two issuers, each with its own rounding."""
    kinds = (SecurityKind.COMMON, SecurityKind.PREFERRED, SecurityKind.COMMON, SecurityKind.PREFERRED)
    return tuple(
        Security(
            id,
            1 if id < 6 else 4,
            f"Paper {id}",
            kind,
            votes=Decimal(draw(st.integers(0, 10))),
            rounding=draw(roundings),
        )
        for id, kind in zip(PAPERS, kinds, strict=True)
    )


@st.composite
def records(draw: st.DrawFn, id: int, quantities: st.SearchStrategy[Decimal] = figures) -> Transaction:
    """Return an entry of any kind that names whatever it may, or does not."""
    kind = draw(st.sampled_from(("issuance",) * 6 + ("split",) * 2 + tuple(kind.name for kind in KINDS)))
    holder = st.sampled_from([one.id for one in HOLDERS])
    paper = st.sampled_from(PAPERS)
    record = Transaction(
        id,
        draw(days),
        kind,
        order=draw(st.integers(0, 2)),
        certainty=draw(st.sampled_from((Certainty.PUBLISHED,) * 4 + tuple(Certainty))),
        recorded=draw(st.one_of(st.none(), days)),
        security=draw(paper),
        stakeholder=draw(holder),
    )
    if kind == "split":
        treatment = draw(st.sampled_from(("", *map(str, Rounding), "as the board says")))
        return replace(record, stakeholder=None, ratio=draw(ratios), value=treatment)
    if kind in ("status", "rename"):
        return replace(
            record, security=None, stakeholder=None, issuer=draw(st.sampled_from((1, 4))), value="x"
        )
    record = replace(record, quantity=draw(quantities))
    if kind in ("transfer", "exchange", "repurchase"):
        record = replace(record, counterparty=draw(st.one_of(st.none(), holder)))
    if kind in ("conversion", "exchange", "exercise", "in_kind"):
        record = replace(record, into_security=draw(paper), into_quantity=draw(quantities))
    if draw(st.integers(0, 19)) == 0:  # something is not entered yet
        missing = draw(
            st.sampled_from(("security", "stakeholder", "quantity", "into_quantity", "into_security"))
        )
        record = with_value(record, missing, None)
    return record


@st.composite
def books(
    draw: st.DrawFn, quantities: st.SearchStrategy[Decimal] = figures, most: int = 14, least: int = 0
) -> list[Transaction]:
    """Return entries with numbers in any order and with gaps."""
    numbers = draw(st.lists(st.integers(1, 60), unique=True, min_size=least, max_size=most))
    return [draw(records(id, quantities)) for id in numbers]


def with_papers(papers: Iterable[Security], book: Sequence[Transaction], *more: Fact) -> Ledger:
    """Return the ledger of some securities and entries between the cast."""
    return ledger_of(*ISSUERS, *HOLDERS, *papers, *book, *more)


@st.composite
def contradictory_ledgers(draw: st.DrawFn, quantities: st.SearchStrategy[Decimal] = figures) -> Ledger:
    """Return a ledger in which anybody may give what he does not have."""
    rights = draw(st.lists(conversion_rights(), max_size=3))
    numbered = [replace(right, id=place) for place, right in enumerate(rights, 1)]
    return with_papers(draw(securities()), draw(books(quantities)), *numbered)


@st.composite
def sound_ledgers(draw: st.DrawFn, quantities: st.SearchStrategy[Decimal] = figures) -> Ledger:
    """Return a ledger in which nobody, on any lens, ever holds less than nothing."""
    book = [
        replace(record, certainty=Certainty.PUBLISHED, recorded=None) for record in draw(books(quantities))
    ]
    papers = draw(securities())
    return with_papers(papers, without_overdrawing(book, papers))


def without_overdrawing(book: Sequence[Transaction], papers: Sequence[Security]) -> list[Transaction]:
    """Return the entries that take no more than is held at their turn."""
    policies = {paper.id: str(paper.rounding) for paper in papers}
    held: Held = defaultdict(Fraction)
    kept = []
    for record in in_order(book):
        if not any(taken(held, record)):
            kept.append(record)
            divide(held, record, policies)
            for who, paper, more in movements(record):
                if who is not None and paper is not None:
                    held[who, paper] += more
    return kept


@st.composite
def conversion_rights(draw: st.DrawFn) -> ConversionRight:
    """Return a right of any security into any other, also in circles, with terms that may say nothing."""
    basis = draw(st.sampled_from(ConversionBasis))
    return ConversionRight(
        0,
        draw(st.sampled_from(PAPERS)),
        draw(st.sampled_from(PAPERS)),
        basis,
        ratio=draw(st.one_of(st.none(), ratios)),
        price=draw(st.one_of(st.none(), small)),
        floor=draw(st.one_of(st.none(), small)),
    )


# Whole scenarios, with terms, prices, approvals and counts that may contradict one another and themselves

amounts = st.one_of(st.none(), st.integers(-2, 30).map(Decimal), decimals)
some_day = st.one_of(st.none(), st.sampled_from((date.min, date.max)), days)
maybe_number = st.one_of(st.none(), st.integers(-1, 3))
maybe_paper = st.one_of(st.none(), st.sampled_from(PAPERS))


@st.composite
def securities_with_terms(draw: st.DrawFn, id: int) -> Security:
    """Return a security of any kind, with terms that may make no sense."""
    return Security(
        id,
        1 if id < 6 else 4,
        f"Paper {id}",
        draw(st.sampled_from(SecurityKind)),
        issued=draw(some_day),
        par=draw(amounts),
        authorized=draw(amounts),
        votes=Decimal(draw(st.integers(-1, 3))),
        votes_as_converted=draw(st.booleans()),
        stated_value=draw(amounts),
        rounding=draw(roundings),
        plan=draw(maybe_paper),
        reserve=draw(amounts),
        accrual=Accrual(
            draw(amounts),
            draw(st.sampled_from(AccrualMethod)),
            draw(st.sampled_from(DayCount)),
            draw(maybe_number),
        ),
        exercise=Exercise(draw(maybe_paper), draw(amounts), draw(small), draw(some_day), draw(some_day)),
        liquidation=Liquidation(
            draw(maybe_number), draw(small), draw(st.sampled_from(Participation)), draw(amounts)
        ),
        redemption=Redemption(draw(amounts), draw(amounts), draw(some_day)),
        limits=Limits(draw(amounts), draw(amounts), draw(amounts)),
    )


@st.composite
def rights_with_terms(draw: st.DrawFn, id: int) -> ConversionRight:
    """Return a conversion right of any basis, with terms that may make no sense."""
    look_back = LookBack(
        draw(st.sampled_from(PriceField)),
        draw(maybe_number),
        draw(st.sampled_from(WindowEnd)),
        draw(st.sampled_from(Statistic)),
        draw(maybe_number),
        Decimal(draw(st.integers(-1, 3))),
        draw(maybe_number),
    )
    return ConversionRight(
        id,
        draw(st.sampled_from(PAPERS)),
        draw(st.sampled_from(PAPERS)),
        draw(st.sampled_from(ConversionBasis)),
        ratio=draw(st.one_of(st.none(), st.fractions(-1, 3, max_denominator=9))),
        price=draw(amounts),
        floor=draw(amounts),
        floor_restated=draw(st.booleans()),
        look_back=look_back,
        starts=draw(some_day),
        ends=draw(some_day),
    )


@st.composite
def scenarios(draw: st.DrawFn) -> Ledger:
    """Return a whole scenario whose facts may contradict one another in every way the file can hold."""
    more: list[Fact] = [draw(rights_with_terms(id)) for id in range(1, 1 + draw(st.integers(0, 4)))]
    more += [
        Price(id, draw(st.sampled_from(PAPERS)), draw(days), draw(amounts), draw(amounts), draw(amounts))
        for id in range(1, 1 + draw(st.integers(0, 4)))
    ]
    more += [
        PublishedCount(id, draw(days), draw(st.sampled_from(PAPERS)), draw(figures))
        for id in range(1, 1 + draw(st.integers(0, 2)))
    ]
    outcome = st.sampled_from(("pending", "approved", "rejected"))
    more.append(
        Approval(1, 1, "board", "Shares", None, draw(some_day), draw(amounts), draw(amounts), draw(outcome))
    )
    book = [
        replace(
            record,
            price=draw(amounts),
            amount=draw(amounts),
            approval=draw(st.sampled_from((None, None, 1))),
            ratio=draw(st.one_of(st.just(record.ratio), st.fractions(-2, 2, max_denominator=5))),
        )
        for record in draw(books(least=draw(st.sampled_from((0, 6)))))
    ]
    return with_papers([draw(securities_with_terms(id)) for id in PAPERS], book, *more)
