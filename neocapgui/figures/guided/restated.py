"""The terms of every instrument before and after a split: prices, floors, ratios, reserves, authorized."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.reserves import authorized, plan_reserve
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.terms import ConversionBasis, SecurityKind

_COLUMNS = (
    Column("Instrument", Kind.TEXT, width=36),
    Column("Term", Kind.TEXT, width=28),
    Column("Price before", Kind.PRICE, help="Money a share or unit, without the split"),
    Column("Price after", Kind.PRICE, help="Money a share or unit, with the split; not rounded"),
    Column("Shares before", Kind.SHARES, help="A count of shares, without the split"),
    Column("Shares after", Kind.SHARES, help="A count of shares, with the split; not rounded"),
)


@dataclass(frozen=True, slots=True)
class _Term:
    """One term of an instrument before and after, as a price or as a count."""

    name: str
    before: Fraction | None
    after: Fraction | None
    is_price: bool = True
    stays: bool = False  # shown although it is the same


def restated_table(
    before: TermsInForce, after: TermsInForce, held: Mapping[int, Fraction], split: tuple[int, ...]
) -> Table:
    """Every term that a split of some classes restates, of what anybody holds and of the plans; exact."""
    names = names_of(after.ledger, Security, after.lens.issuer)
    rows = [
        Row(_cells(names[security.id], term), key=(security.id, place))
        for security in before.ledger.securities.values()
        if held.get(security.id) or security.kind is SecurityKind.OPTION_PLAN
        for place, term in enumerate(_changed(before, after, security, split))
    ]
    return Table(
        "restated",
        "New terms",
        _COLUMNS,
        tuple(rows),
        "Terms of what is held, and of plans",
        empty="No price or count of any instrument changes.",
    )


def _cells(name: str, term: _Term) -> tuple[str | Fraction | None, ...]:
    figures = (term.before, term.after)
    return (
        (name, term.name, *figures, None, None) if term.is_price else (name, term.name, None, None, *figures)
    )


def _changed(
    before: TermsInForce, after: TermsInForce, security: Security, split: tuple[int, ...]
) -> Iterator[_Term]:
    terms = [*_own(before, after, security, split), *_bought(before, after, security)]
    for right in before.ledger.rights_of(security.id):
        terms += _converted(before, after, security, right, split)
    terms += _reserved(before, after, security)
    return (term for term in terms if term.stays or term.before != term.after)


def _own(
    before: TermsInForce, after: TermsInForce, security: Security, split: tuple[int, ...]
) -> Iterator[_Term]:
    """Yield the terms of a class that is itself split."""
    yield _Term("Stated value", before.stated_value(security), after.stated_value(security))
    price = security.redemption.price
    if price is not None:
        was, will = (
            Fraction(price) / terms.restated(security.id, security.issued) for terms in (before, after)
        )
        yield _Term("Redemption price", was, will)
    number = authorized(before, security)
    if security.id in split and number is not None:
        yield _Term("Authorized, unchanged", number, authorized(after, security), False, True)


def _bought(before: TermsInForce, after: TermsInForce, security: Security) -> Iterator[_Term]:
    """Yield the terms on which a warrant, an option or a right buys."""
    if security.exercise.into is None or security.kind is SecurityKind.OPTION_PLAN:
        return
    yield _Term("Exercise price", before.exercise_price(security), after.exercise_price(security))
    yield _Term("Shares a unit", before.bought_per_unit(security), after.bought_per_unit(security), False)


def _converted(
    before: TermsInForce,
    after: TermsInForce,
    security: Security,
    right: ConversionRight,
    split: tuple[int, ...],
) -> Iterator[_Term]:
    """Yield the terms of one way of turning into another security."""
    if not before.is_open(right):
        return
    one, other = before.turn(right), after.turn(right)
    if right.basis is ConversionBasis.RATIO:
        yield _Term("Conversion ratio", one.shares_per_unit, other.shares_per_unit, False)
        return
    yield _Term("Conversion price", one.price, other.price)
    yield _Term("Shares a unit", one.shares_per_unit, other.shares_per_unit, False)
    if right.basis is not ConversionBasis.FIXED:
        yield _Term("Upper limit of the price", before.fixed_price(right), after.fixed_price(right))
    if right.floor is not None and right.basis is ConversionBasis.FLOATING:
        floor, restates = Fraction(right.floor), right.floor_restated
        was, will = (
            floor / (terms.restated(right.into, security.issued) if restates else 1)
            for terms in (before, after)
        )
        is_split = not restates and right.into in split
        name = "Floor, not restated by its terms" if is_split else "Floor"
        yield _Term(name, was, will, stays=is_split)


def _reserved(before: TermsInForce, after: TermsInForce, security: Security) -> Iterator[_Term]:
    """Yield the shares reserved for a plan or registered for an instrument."""
    if security.kind is SecurityKind.OPTION_PLAN:
        if security.reserve is not None:
            yield _Term(
                "Reserve of the plan", plan_reserve(before, security), plan_reserve(after, security), False
            )
        return
    turn = before.conversion(security)
    into = security.exercise.into if turn is None else turn.into
    if security.reserve is not None and into is not None:
        reserve, said = Fraction(security.reserve), security.issued
        was, will = (reserve * terms.restated(into, said) for terms in (before, after))
        yield _Term("Shares registered", was, will, False)
