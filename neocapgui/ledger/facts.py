"""What the papers say: issuers, stakeholders, securities, prices, approvals, published counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from neocapgui.ledger.terms import (
    Accrual,
    Certainty,
    ConversionBasis,
    Exercise,
    Limits,
    Liquidation,
    LookBack,
    Redemption,
    Rounding,
    SecurityKind,
    Vesting,
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """What this file is about; there is exactly one."""

    id: int
    title: str
    description: str = ""
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class Issuer:
    """A company of the group, under the name it was formed with or first recorded by."""

    id: int
    name: str
    formed: date | None = None
    jurisdiction: str = ""
    source: str = ""
    certainty: Certainty = Certainty.PUBLISHED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Whoever can hold a security; one that is an issuer of this file holds a subsidiary stake."""

    id: int
    name: str
    kind: str = "institution"  # individual, institution, issuer, group (holders not told apart)
    issuer: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Security:
    """A class of shares or an instrument, with the terms its paper states on the day of issue.

    Prices and counts in the terms are those of `issued`; later splits restate them when asked.
    """

    id: int
    issuer: int
    name: str
    kind: SecurityKind
    issued: date | None = None  # when the class or instrument came into being
    par: Decimal | None = None
    authorized: Decimal | None = None  # at `issued`; later changes are transactions
    votes: Decimal = Decimal(0)  # per share
    votes_as_converted: bool = False
    stated_value: Decimal | None = None  # or face, or original issue price, per unit
    rounding: Rounding = Rounding.NEAREST
    plan: int | None = None  # the option plan a grant belongs to
    reserve: Decimal | None = None  # shares reserved: of a plan in all, of an instrument as registered
    accrual: Accrual = Accrual()
    exercise: Exercise = Exercise()
    vesting: Vesting = Vesting()
    liquidation: Liquidation = Liquidation()
    redemption: Redemption = Redemption()
    limits: Limits = Limits()
    source: str = ""
    certainty: Certainty = Certainty.PUBLISHED
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConversionRight:
    """One way a security turns into another, of the same issuer or (an exchange) of a different one."""

    id: int
    security: int
    into: int
    basis: ConversionBasis
    ratio: Fraction | None = None  # shares for each unit
    price: Decimal | None = None  # fixed price; beside a floating price the upper limit
    floor: Decimal | None = None
    floor_restated: bool = True  # whether a split restates the floor
    look_back: LookBack = LookBack()
    resets: tuple[date, ...] = ()
    starts: date | None = None
    ends: date | None = None
    source: str = ""
    certainty: Certainty = Certainty.PUBLISHED
    note: str = ""


@dataclass(frozen=True, slots=True)
class Price:
    """What the market paid for a security on one day, per share as traded that day."""

    id: int
    security: int
    date: date
    close: Decimal | None = None
    vwap: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    volume: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A decision of the board or the stockholders, and the limits it sets."""

    id: int
    issuer: int
    body: str  # board or stockholders
    subject: str
    record_date: date | None = None
    meeting_date: date | None = None
    amount_limit: Decimal | None = None
    shares_limit: Decimal | None = None
    outcome: str = "pending"  # pending, approved, rejected
    source: str = ""
    certainty: Certainty = Certainty.PUBLISHED
    note: str = ""


@dataclass(frozen=True, slots=True)
class PublishedCount:
    """Shares outstanding as a paper states them, for the ledger to be held against (a balance assertion)."""

    id: int
    date: date
    security: int
    shares: Decimal
    source: str = ""
    note: str = ""
