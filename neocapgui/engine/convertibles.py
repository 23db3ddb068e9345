"""What each convertible outstanding turns into on a day, by which term, and what holds it back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.accrued import accrued
from neocapgui.engine.calculations.limits import exchange_cap, ownership_blocker
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.entries import entries
from neocapgui.engine.holdings import Holdings, holdings, outstanding
from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce, Turn
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import Transaction


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What a limit keeps from being issued if all is converted today."""

    limit: str  # `holder's limit` or `exchange cap`
    issuable: Fraction
    held_back: Fraction
    stakeholder: int | None = None  # whom a holder's limit binds


@dataclass(frozen=True, slots=True)
class Convertible:
    """One conversion right of a security on a day."""

    security: int
    outstanding: Fraction  # units
    face: Fraction | None  # units x stated value
    turn: Turn
    shares: Fraction | None  # all units converted at once, rounded holder by holder as the paper says
    is_exchange: bool  # into a security of another issuer
    accrued: Fraction | None = None  # interest or dividends on the face since the first issue
    accrued_reason: str = ""  # why none could be told
    held_back: tuple[HeldBack, ...] = ()


def convertibles(ledger: Ledger, lens: Lens, issuer: int | None = None) -> tuple[Convertible, ...]:
    """Return every conversion and exchange right, of one issuer or of all, as of the lens's day.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import ConversionBasis, SecurityKind
    >>> day = date(2001, 8, 31)
    >>> sold = Transaction(1, day, "issuance", security=2, stakeholder=1, quantity=Decimal(700_000))
    >>> note = Security(2, 1, "Note", SecurityKind.CONVERTIBLE, stated_value=Decimal(1))
    >>> ledger = Ledger(securities={1: Security(1, 1, "Common", SecurityKind.COMMON), 2: note},
    ...     conversion_rights={1: ConversionRight(1, 2, 1, ConversionBasis.FIXED, price=Decimal("3.48"))},
    ...     transactions=Transactions.of([sold]))
    >>> [(int(one.face), int(one.shares)) for one in convertibles(ledger, Lens(day))]
    [(700000, 201149)]
    """
    terms, held = TermsInForce.on(ledger, lens), outstanding(ledger, holdings(ledger, lens))
    totals = held.totals()
    result = []
    for right in ledger.conversion_rights.values():
        security = ledger.securities[right.security]
        if issuer is not None and security.issuer != issuer:
            continue
        if security.issued is not None and security.issued > lens.as_of:
            continue
        units = totals.get(security.id, Fraction(0))
        turn, stated = terms.turn(right), terms.stated_value(security)
        face = None if stated is None else units * stated
        by_holder = _by_holder(held, security, turn)
        interest, reason = accrued(ledger, lens, security, face)
        result.append(
            Convertible(
                security.id,
                units,
                face,
                turn,
                None if turn.shares_per_unit is None else sum(by_holder.values(), Fraction(0)),
                ledger.securities[right.into].issuer != security.issuer,
                interest,
                reason,
                _held_back(terms, held, security, right, by_holder),
            )
        )
    return tuple(result)


def _by_holder(held: Holdings, security: Security, turn: Turn) -> dict[int, Fraction]:
    """Return the whole shares each holder would get, rounded as the paper says."""
    if turn.shares_per_unit is None:
        return {}
    return {
        holding.stakeholder: rounded_shares(holding.quantity * turn.shares_per_unit, security.rounding)
        for holding in held.of_security(security.id)
    }


def _held_back(
    terms: TermsInForce,
    held: Holdings,
    security: Security,
    right: ConversionRight,
    by_holder: dict[int, Fraction],
) -> tuple[HeldBack, ...]:
    asked = sum(by_holder.values(), Fraction(0))
    if not asked:
        return ()
    found = []
    for who, shares in by_holder.items():
        most = most_for_holder(held, security, right, who)
        if most is not None and shares > most:
            found.append(HeldBack("holder's limit", most, shares - most, who))
    left = left_under_cap(terms, security, right)
    if left is not None and asked > left:
        found.append(HeldBack("exchange cap", left, asked - left))
    return tuple(found)


def most_for_holder(held: Holdings, security: Security, right: ConversionRight, who: int) -> Fraction | None:
    """Return the shares one holder's limit of ownership lets be issued to him, or None without a limit.

    `held` is what is outstanding, without treasury shares. A limit or a holding that cannot be is none.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import ConversionBasis, Limits, SecurityKind
    >>> day = date(2001, 8, 31)
    >>> others = Transaction(1, day, "opening", security=1, stakeholder=1, quantity=Decimal(900))
    >>> held = holdings(Ledger(transactions=Transactions.of([others])), Lens(day))
    >>> note = Security(2, 1, "Note", SecurityKind.CONVERTIBLE, limits=Limits(ownership=Decimal("0.1")))
    >>> print(most_for_holder(held, note, ConversionRight(1, 2, 1, ConversionBasis.FIXED), who=2))
    100
    """
    limit, shares = security.limits.ownership, held.total(right.into)
    if limit is None or not shares:
        return None
    with suppress(CalculationRefused):
        return ownership_blocker(shares, held.of(who, right.into), limit, 0).max_issuable
    return None


def left_under_cap(terms: TermsInForce, security: Security, right: ConversionRight) -> Fraction | None:
    """Return the shares of the day that the exchange cap still lets be issued, or None without a cap.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import ConversionBasis, Limits, SecurityKind
    >>> lens, limits = Lens(date(2001, 8, 31)), Limits(None, Decimal("0.2"), Decimal(1_000_000))
    >>> notice = Transaction(1, lens.as_of, "conversion", security=2, stakeholder=1, quantity=Decimal(700),
    ...                      into_security=1, into_quantity=Decimal(50_000))
    >>> terms = TermsInForce.on(Ledger(transactions=Transactions.of([notice])), lens)
    >>> note = Security(2, 1, "Note", SecurityKind.CONVERTIBLE, limits=limits)
    >>> print(left_under_cap(terms, note, ConversionRight(1, 2, 1, ConversionBasis.FIXED)))
    150000
    """
    limits = security.limits
    if limits.exchange_cap is None or not limits.outstanding_at_signing:
        return None
    signing = Fraction(limits.outstanding_at_signing) * terms.restated(right.into, security.issued)
    issued = _already_issued(terms, security, right)
    with suppress(CalculationRefused):
        return exchange_cap(signing, issued, 0, cap=limits.exchange_cap).available
    return None


def _already_issued(terms: TermsInForce, security: Security, right: ConversionRight) -> Fraction:
    notices = entries(
        terms.ledger, terms.lens, ["conversion"], security=security.id, into_security=right.into
    )
    counts = ((notice.into_quantity or Decimal(0), notice.date) for notice in notices)
    return sum((Fraction(count) * terms.restated(right.into, day) for count, day in counts), Fraction(0))


_NOTICES = ("conversion", "exchange", "repurchase", "in_kind")


def notices(ledger: Ledger, lens: Lens, issuer: int | None = None) -> tuple[Transaction, ...]:
    """Return the conversions, exchanges, repurchases and payments in kind up to the lens's day.

    >>> from datetime import date
    >>> from neocapgui.ledger.columns import Transactions
    >>> sold = Transaction(1, date(2001, 8, 13), "issuance", security=2, stakeholder=1, quantity=Decimal(700))
    >>> notice = Transaction(2, date(2001, 8, 31), "conversion", security=2, stakeholder=1,
    ...                      quantity=Decimal(700), into_security=1, into_quantity=Decimal(201_149))
    >>> ledger = Ledger(transactions=Transactions.of([sold, notice]))
    >>> [[one.id for one in notices(ledger, Lens(date(2001, 8, day)))] for day in (30, 31)]
    [[], [2]]
    """
    records = entries(ledger, lens, _NOTICES)
    if issuer is None:
        return records
    own = {security.id for security in ledger.securities_of(issuer)}
    return tuple(record for record in records if record.security in own or record.into_security in own)
