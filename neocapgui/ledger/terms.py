"""Values inside facts: rounding, accrual, exercise, vesting, liquidation, redemption, limits, look-back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Rounding(StrEnum):
    """What becomes of a fraction of a share; a term of the instrument, applied holder by holder."""

    NEAREST = "nearest"  # half away from zero: 2.5 becomes 3
    DOWN = "down"  # the fraction is lost
    UP = "up"  # the next whole share
    CASH = "cash"  # whole shares, and money for the fraction
    NONE = "none"  # fractional shares stay
    AMOUNT_FOLLOWS = "amount_follows"  # the next whole share, and the money follows the shares


class Certainty(StrEnum):
    """How sure we are of a fact."""

    PUBLISHED = "published"  # the figure stands in a document that was read
    INFERRED = "inferred"  # arithmetic from published figures
    ASSUMED = "assumed"  # chosen, because no document gives it
    PLANNED = "planned"  # not yet happened; counts only where the lens says so


class SecurityKind(StrEnum):
    """What kind of paper a security is."""

    COMMON = "common"
    PREFERRED = "preferred"
    CONVERTIBLE = "convertible"  # a convertible note or debenture, counted in units of its face
    SAFE = "safe"
    WARRANT = "warrant"
    OPTION_PLAN = "option_plan"
    OPTION = "option"  # a grant under a plan
    RIGHT = "right"


class ConversionBasis(StrEnum):
    """What the price of a conversion right comes from."""

    RATIO = "ratio"  # shares for each unit
    FIXED = "fixed"  # stated value / a fixed price
    FLOATING = "floating"  # stated value / a price found from the market
    NOTICE = "notice"  # a floating price whose formula is not known: each notice states its own


class AccrualMethod(StrEnum):
    """How interest or dividends grow."""

    SIMPLE = "simple"
    COMPOUND = "compound"
    PIK = "pik"  # paid in kind: added to the principal


class DayCount(StrEnum):
    """How days become a part of a year (ISDA 2006, section 4.16)."""

    ACTUAL_365F = "actual/365f"
    ACTUAL_360 = "actual/360"
    THIRTY_360 = "30/360"


class Statistic(StrEnum):
    """What is taken of the prices of a look-back window."""

    LOWEST = "lowest"
    AVERAGE = "average"
    AVERAGE_OF_LOWEST = "average_of_lowest"
    LAST = "last"


class PriceField(StrEnum):
    """A column of the price list."""

    CLOSE = "close"
    VWAP = "vwap"
    LOW = "low"
    HIGH = "high"


class WindowEnd(StrEnum):
    """Whether the day of the notice is the last day of a look-back window."""

    ON_CONVERSION_DATE = "on_conversion_date"
    DAY_BEFORE = "day_before"


class Allocation(StrEnum):
    """How whole shares are allocated to vesting instalments: the allocation types of the Open Cap Format."""

    CUMULATIVE_ROUNDING = "cumulative_rounding"
    CUMULATIVE_ROUND_DOWN = "cumulative_round_down"
    FRONT_LOADED = "front_loaded"
    BACK_LOADED = "back_loaded"
    FRONT_LOADED_TO_SINGLE_TRANCHE = "front_loaded_to_single_tranche"
    BACK_LOADED_TO_SINGLE_TRANCHE = "back_loaded_to_single_tranche"
    FRACTIONAL = "fractional"


class Participation(StrEnum):
    """Whether a preferred shares in the rest after its preference."""

    NONE = "none"
    FULL = "full"
    CAPPED = "capped"


@dataclass(frozen=True, slots=True)
class Accrual:
    """Interest on a debt or dividends on a preferred; a rate of 0.07 is seven percent a year."""

    rate: Decimal | None = None
    method: AccrualMethod = AccrualMethod.SIMPLE
    day_count: DayCount = DayCount.ACTUAL_365F
    periods_per_year: int | None = None
    cumulative: bool = True


@dataclass(frozen=True, slots=True)
class Exercise:
    """What a warrant, option or right buys, at what price and until when."""

    into: int | None = None  # the security bought
    price: Decimal | None = None  # per share, as the certificate states it
    shares_per_unit: Decimal = Decimal(1)
    starts: date | None = None
    expires: date | None = None
    adjustable: bool = False  # the number of shares or the price is set by a formula later
    listed: bool = False  # publicly traded


@dataclass(frozen=True, slots=True)
class Vesting:
    """When a grant vests, in equal instalments; one that states no day, cliff or duration vests at once."""

    starts: date | None = None  # None: on the day of the grant
    cliff_months: int | None = None  # until then nothing vests, and then all that has fallen due
    duration_months: int | None = None  # None: all of it at once, after the cliff if there is one
    period_months: int = 1  # from one instalment to the next
    day_of_month: int | None = None  # None: the day of the start; 31 is the last day of a month
    allocation: Allocation = Allocation.CUMULATIVE_ROUNDING


@dataclass(frozen=True, slots=True)
class Liquidation:
    """What a class gets before and beside the common in a sale or liquidation."""

    seniority: int | None = None  # the lower number is paid first
    multiple: Decimal = Decimal(1)  # of the stated value
    participation: Participation = Participation.NONE
    cap_multiple: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Redemption:
    """When and at what price the issuer may or must take the paper back."""

    price: Decimal | None = None  # per unit; None is the stated value
    premium: Decimal | None = None  # a part of the price: 0.1 is ten percent
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What may not be issued to one holder, or without a vote."""

    ownership: Decimal | None = None  # 0.0999: the holder's part after the issue
    exchange_cap: Decimal | None = None  # 0.1999: a part of the shares outstanding at signing
    outstanding_at_signing: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LookBack:
    """Which market prices make a floating conversion price."""

    field: PriceField = PriceField.VWAP
    days: int | None = None  # trading days, that is days of the price list
    ends: WindowEnd = WindowEnd.DAY_BEFORE
    statistic: Statistic = Statistic.LOWEST
    lowest: int | None = None  # how many of the lowest are averaged
    multiplier: Decimal = Decimal(1)  # 0.92: ninety-two percent of the market
    places: int | None = None  # decimals of the price, half up; None is not rounded
