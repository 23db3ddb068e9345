"""How many shares may be issued: to one holder, under an exchange's cap, or without a vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

from neocapgui.engine.calculations.demands import not_negative, positive, written
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, rounded_shares
from neocapgui.ledger.terms import Rounding

Name = TypeVar("Name")

# Nasdaq Rule 5635(d), as in force since 2018: 20% or more of the shares outstanding before the
# transaction, and the average of five closes beside the last one.
APPROVAL_FRACTION = Fraction(1, 5)
MINIMUM_PRICE_CLOSES = 5


@dataclass(frozen=True, slots=True)
class Blocked:
    """A request for shares under a limit of beneficial ownership."""

    requested: Fraction
    max_issuable: Fraction
    issued: Fraction
    held_back: Fraction
    percent_after: Fraction  # a fraction of the shares outstanding after the issue


def ownership_blocker(outstanding: Exact, held: Exact, limit: Exact, requested_shares: Exact) -> Blocked:
    """Return how much of a request may be issued where a holder may own no more than a limit after it.

    The largest whole x, at least 0, with (held + x) / (outstanding + x) <= limit, that is
    (limit x outstanding - held) / (1 - limit) rounded down; `outstanding` is before the issue, the limit
    a fraction (0.0999) of the shares after it. Issued is the lower of it and the request. Refuses
    `bad_input`: a limit that is not from 0 to below 1, no shares at all, negative counts.

    >>> answer = ownership_blocker(10_000_000, 0, Fraction("0.0999"), 1_200_000)
    >>> int(answer.issued), int(answer.held_back)  # 9.99% of the shares before would be 999,000
    (1109876, 90124)
    """
    before, has = not_negative("count outstanding", outstanding), not_negative("count held", held)
    asked, part = not_negative("count requested", requested_shares), not_negative("limit", limit)
    if part >= 1:
        raise CalculationRefused("bad_input", f"A limit of {written(part)} of the company is no limit.")
    most = Fraction(max(0, floor((part * before - has) / (1 - part))))
    issued = min(most, asked)
    after = positive("count outstanding after the issue", before + issued)
    return Blocked(asked, most, issued, asked - issued, (has + issued) / after)


@dataclass(frozen=True, slots=True)
class BlockedConversion:
    """A conversion of face under a limit of beneficial ownership."""

    shares: Blocked
    face_converted: Fraction
    face_remaining: Fraction


def blocked_conversion(
    outstanding: Exact,
    held: Exact,
    limit: Exact,
    face: Exact,
    price: Exact,
    fraction: Rounding = Rounding.DOWN,
) -> BlockedConversion:
    """Return how much of a face converts under `ownership_blocker`; the request is face / price, rounded.

    The whole face is converted if nothing is held back, otherwise shares issued x price, not rounded;
    the rest of the face stays.

    >>> answer = blocked_conversion(4_000_000, 100_000, Fraction("0.0499"), 500_000, Fraction("2.25"))
    >>> int(answer.shares.issued), str(answer.face_remaining)
    (104831, '1056521/4')
    """
    offered, per_share = not_negative("face", face), positive("price", price)
    shares = ownership_blocker(outstanding, held, limit, rounded_shares(offered / per_share, fraction))
    converted = shares.issued * per_share if shares.held_back else offered
    return BlockedConversion(shares, converted, offered - converted)


@dataclass(frozen=True, slots=True)
class BeneficialHolder:
    """What a holder has, and could acquire within 60 days."""

    held: Exact
    acquirable: Exact = 0


def beneficial_ownership(
    outstanding: Exact, holders: Mapping[Name, BeneficialHolder]
) -> dict[Name, Fraction]:
    """Return each holder's part: (held + acquirable) / (outstanding + that holder's own acquirable).

    What others could acquire changes nothing. Refuses `bad_input`: no shares, negative counts.

    Source: SEC Rule 13d-3(d)(1).

    >>> beneficial_ownership(9_500_000, {"lender": BeneficialHolder(0, 500_000)})
    {'lender': Fraction(1, 20)}
    """
    before = not_negative("count outstanding", outstanding)
    parts = {}
    for name, holder in holders.items():
        more = not_negative(f"count acquirable by {name}", holder.acquirable)
        has = not_negative(f"count held by {name}", holder.held)
        parts[name] = (has + more) / positive("count outstanding", before + more)
    return parts


@dataclass(frozen=True, slots=True)
class Capped:
    """A request for shares under the cap of an exchange."""

    cap_shares: Fraction
    available: Fraction
    issued: Fraction
    excess: Fraction  # of the request


def exchange_cap(
    outstanding_at_signing: Exact, already_issued: Exact, requested: Exact, *, cap: Exact | None = None
) -> Capped:
    """Return how much of a request may be issued without a vote under the cap fixed at signing.

    The cap is a fraction (0.1999) of the shares outstanding at signing, rounded down; where the text
    says "less than 20%" there is none, and it is the most whole shares below 20%. All shares issued
    under the deal use it up. Refuses `bad_input`: no shares at signing, negative figures.

    >>> answer = exchange_cap(20_777_181, 483_635, 4_000_000, cap=Fraction("0.1999"))
    >>> int(answer.cap_shares), int(answer.issued), int(answer.excess)
    (4153358, 3669723, 330277)
    """
    signed = positive("count outstanding at signing", outstanding_at_signing)
    below_approval = ceil(APPROVAL_FRACTION * signed) - 1
    most = below_approval if cap is None else floor(not_negative("cap", cap) * signed)
    asked = not_negative("count requested", requested)
    available = max(Fraction(0), most - not_negative("count already issued", already_issued))
    issued = min(available, asked)
    return Capped(Fraction(most), available, issued, asked - issued)


@dataclass(frozen=True, slots=True)
class MinimumPrice:
    """Whether a deal needs a vote for its price and size."""

    minimum_price: Fraction
    below_minimum_price: bool
    percent_of_outstanding: Fraction  # a fraction
    approval_required: bool


def minimum_price_test(
    closes: Sequence[Exact],
    deal_price: Exact,
    potential_shares: Exact,
    outstanding: Exact,
    *,
    approval_fraction: Exact = APPROVAL_FRACTION,
) -> MinimumPrice:
    """Return whether a sale needs the stockholders' approval.

    Minimum Price = the lower of the last close before signing and the average of the five (oldest
    first). Approval is needed strictly below it for 20% or more of the shares outstanding before.
    Refuses `bad_input`: other than five closes, figures that are not above 0.

    Source: Nasdaq Rule 5635(d).

    >>> closes = [Fraction(close) for close in ("4.10", "4.00", "3.90", "3.80", "4.20")]
    >>> minimum_price_test(closes, Fraction("3.99"), 1_600_000, 8_000_000).approval_required
    True
    """
    if len(closes) != MINIMUM_PRICE_CLOSES:
        raise CalculationRefused(
            "bad_input", f"The Minimum Price takes {MINIMUM_PRICE_CLOSES} closes, not {len(closes)}."
        )
    prices = [positive("close", close) for close in closes]
    minimum = min(prices[-1], sum(prices, Fraction(0)) / len(prices))
    below = not_negative("deal price", deal_price) < minimum
    before = positive("count outstanding", outstanding)
    part = not_negative("count of potential shares", potential_shares) / before
    return MinimumPrice(minimum, below, part, below and part >= approval_fraction)
