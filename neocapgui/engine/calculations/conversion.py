"""How many shares an amount, a class of shares or a warrant turns into, and what is paid in money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from neocapgui.engine.calculations.demands import not_negative, positive, written
from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, cents, rounded_shares
from neocapgui.ledger.terms import Rounding

Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount given up for shares at a price."""

    amount: Fraction  # face and what has accrued on it, so far as it converts
    price: Fraction
    shares_exact: Fraction
    shares: Fraction
    cash_in_lieu: Fraction  # for the fraction of a share; 0 unless the rounding is `cash`


def fixed_conversion(
    face_amount: Exact,
    price: Exact,
    fraction: Rounding,
    *,
    accrued: Exact = 0,
    cash_price: Exact | None = None,
) -> Conversion:
    """Return what an amount of money converts into at a price per share.

    Shares = (face + accrued) / price, rounded as the instrument says. Under `cash` the fraction is
    paid at `cash_price` (without one, at the conversion price), half up to the cent. Refuses
    `bad_input`: a price that is not above 0, a negative amount.

    Source: NeoTherapeutics, Inc., Form 8-K of 4 September 2001, Exhibit 99.1: 700,000 at 3.48.

    >>> notice = fixed_conversion(700_000, Fraction("3.48"), Rounding.NEAREST)
    >>> str(notice.shares_exact), int(notice.shares)
    ('17500000/87', 201149)
    """
    amount = not_negative("face amount", face_amount) + not_negative("accrued amount", accrued)
    price = positive("conversion price", price)
    exact = amount / price
    shares = rounded_shares(exact, fraction)
    in_lieu = Fraction(0)
    if fraction is Rounding.CASH:
        per_share = price if cash_price is None else not_negative("price of a fraction", cash_price)
        in_lieu = cents((exact - shares) * per_share)
    return Conversion(amount, price, exact, shares, in_lieu)


@dataclass(frozen=True, slots=True)
class Subscription(Generic[Name]):
    """Shares bought for stated money, buyer by buyer."""

    shares: dict[Name, Fraction]
    amounts: dict[Name, Fraction]  # as stated, or as it follows from the shares
    total_shares: Fraction
    total_amount: Fraction


def subscription(
    price: Exact, amounts: Mapping[Name, Exact], fraction: Rounding, *, amount_follows_shares: bool = False
) -> Subscription[Name]:
    """Return the shares of each buyer: money / price, rounded buyer by buyer and never in the sum.

    Where the amount follows the shares, each buyer's money is restated as shares x price, half up
    to the cent. Refuses `bad_input`: a price that is not above 0, a negative amount.

    >>> bought = subscription(13, {"north": 1_750_000, "south": 1_750_000}, Rounding.DOWN)
    >>> int(bought.total_shares)  # not 269,231 as the sum of the money would give
    269230
    """
    price = positive("price", price)
    stated = {buyer: not_negative(f"amount of {buyer}", money) for buyer, money in amounts.items()}
    shares = {buyer: rounded_shares(money / price, fraction) for buyer, money in stated.items()}
    if amount_follows_shares or fraction is Rounding.AMOUNT_FOLLOWS:
        stated = {buyer: cents(count * price) for buyer, count in shares.items()}
    return Subscription(shares, stated, sum(shares.values(), Fraction(0)), sum(stated.values(), Fraction(0)))


def redemption(face: Exact, premium: Exact = 0, accrued: Exact = 0) -> Fraction:
    """Return the money paid to redeem: face x (1 + premium) + accrued, half up to the cent.

    The premium is a part of the face (0.1 is 110% in all) and is not paid on what has accrued.

    >>> redemption(250_000, Fraction("0.10"), Fraction("4375.005"))
    Fraction(27937501, 100)
    """
    return cents(
        not_negative("face", face) * (1 + Fraction(premium)) + not_negative("accrued amount", accrued)
    )


@dataclass(frozen=True, slots=True)
class FaceConverted:
    """A part of the face that its holder converts at the price of the notice."""

    face: Exact
    price: Exact
    accrued: Exact = 0


@dataclass(frozen=True, slots=True)
class FaceRedeemed:
    """A part of the face that the issuer takes back for money."""

    face: Exact
    premium: Exact = 0  # a part of the face
    accrued: Exact = 0


@dataclass(frozen=True, slots=True)
class Notices:
    """What became of a face amount, notice by notice."""

    conversions: tuple[Conversion, ...]
    redemptions: tuple[Fraction, ...]  # money
    faces_left: tuple[Fraction, ...]  # after each event
    total_shares: Fraction
    total_cash: Fraction  # of the redemptions
    remaining_face: Fraction


def conversion_notices(
    face_total: Exact,
    events: Sequence[FaceConverted | FaceRedeemed],
    fraction: Rounding,
    *,
    stated_value: Exact | None = None,
) -> Notices:
    """Return the shares and the money of notices and redemptions, in the order given.

    Each notice is rounded by itself. What has accrued converts or is paid on top and uses up no face.
    `stated_value` is that of a share which cannot be divided: every face must be a multiple of it.
    Refuses `exceeds_face_outstanding`: an event takes more face than is left at its turn;
    `not_a_multiple`: a face that is no multiple of the stated value; `bad_input`.

    Source: NeoTherapeutics, Inc., Form 8-K of 4 September 2001, Exhibit 99.1.

    >>> first, second = FaceConverted(700_000, Fraction("3.48")), FaceConverted(1_000_000, Fraction("3.54"))
    >>> answer = conversion_notices(2_000_000, [first, second, FaceRedeemed(300_000)], Rounding.NEAREST)
    >>> [int(figure) for figure in (answer.total_shares, answer.total_cash, answer.remaining_face)]
    [483635, 300000, 0]
    """
    left = not_negative("face in all", face_total)
    conversions: list[Conversion] = []
    redemptions: list[Fraction] = []
    faces_left: list[Fraction] = []
    for number, event in enumerate(events, start=1):
        face = not_negative(f"face of event {number}", event.face)
        if face > left:
            raise CalculationRefused(
                "exceeds_face_outstanding",
                f"Event {number} takes {written(face)} of face where {written(left)} is outstanding.",
            )
        if stated_value is not None and (face / positive("stated value", stated_value)).denominator != 1:
            raise CalculationRefused(
                "not_a_multiple",
                f"Event {number} takes {written(face)} of face, no multiple of {written(stated_value)}.",
            )
        if isinstance(event, FaceConverted):
            conversions.append(fixed_conversion(face, event.price, fraction, accrued=event.accrued))
        else:
            redemptions.append(redemption(face, event.premium, event.accrued))
        left -= face
        faces_left.append(left)
    return Notices(
        conversions=tuple(conversions),
        redemptions=tuple(redemptions),
        faces_left=tuple(faces_left),
        total_shares=sum((conversion.shares for conversion in conversions), Fraction(0)),
        total_cash=sum(redemptions, Fraction(0)),
        remaining_face=left,
    )


@dataclass(frozen=True, slots=True)
class ClassConversion:
    """Shares of one class turned into another at a ratio."""

    ratio: Fraction  # new shares for each old one
    shares_exact: Fraction
    shares: Fraction


def conversion_ratio(original_issue_price: Exact, conversion_price: Exact) -> Fraction:
    """Return the shares for each preferred share: original issue price / conversion price in force.

    >>> conversion_ratio(3, Fraction("2.80"))
    Fraction(15, 14)
    """
    return positive("original issue price", original_issue_price) / positive(
        "conversion price", conversion_price
    )


def class_conversion(shares: Exact, ratio: Exact, fraction: Rounding) -> ClassConversion:
    """Return what shares convert into at a ratio: shares x ratio, rounded as the instrument says.

    The Open Cap Format calls the roundings NORMAL (nearest), FLOOR (down) and CEILING (up). Refuses
    `bad_input`: a ratio that is not above 0, a negative count.

    >>> int(class_conversion(33, Fraction("1.5"), Rounding.NEAREST).shares)  # 49.5
    50
    """
    ratio = positive("conversion ratio", ratio)
    exact = not_negative("count of shares", shares) * ratio
    return ClassConversion(ratio, exact, rounded_shares(exact, fraction))


@dataclass(frozen=True, slots=True)
class UnitExchange:
    """An amount surrendered for units of a new security."""

    units: Fraction  # not rounded
    as_converted_exact: Fraction | None  # None without a conversion price
    as_converted_shares: Fraction | None


def unit_exchange(
    amount_surrendered: Exact,
    stated_value_per_unit: Exact,
    *,
    conversion_price: Exact | None = None,
    fraction: Rounding = Rounding.NONE,
) -> UnitExchange:
    """Return the units an amount is exchanged for, and the shares those convert into.

    Units = amount / stated value, not rounded; shares = units x stated value / conversion price of
    the new security, rounded. Refuses `bad_input`: a value or price that is not above 0.

    >>> exchange = unit_exchange(264_000, 1200, conversion_price=Fraction("3.50"), fraction=Rounding.DOWN)
    >>> int(exchange.units), int(exchange.as_converted_shares)
    (220, 75428)
    """
    amount = not_negative("amount surrendered", amount_surrendered)
    units = amount / positive("stated value of a unit", stated_value_per_unit)
    if conversion_price is None:
        return UnitExchange(units, None, None)
    exact = amount / positive("conversion price", conversion_price)
    return UnitExchange(units, exact, rounded_shares(exact, fraction))


@dataclass(frozen=True, slots=True)
class NetExercise:
    """Shares received where the strike is paid with shares."""

    shares_exact: Fraction
    shares: Fraction


def net_exercise(shares: Exact, strike: Exact, fair_value: Exact, fraction: Rounding) -> NetExercise:
    """Return the shares of a cashless exercise: shares x (fair value - strike) / fair value.

    Nothing where the fair value is not above the strike. Refuses `bad_input`: negative figures.

    >>> int(net_exercise(10_000, 2, 7, Rounding.DOWN).shares)
    7142
    """
    count = not_negative("count of shares", shares)
    paid, value = not_negative("strike", strike), not_negative("fair value", fair_value)
    exact = count * (value - paid) / value if value > paid else Fraction(0)
    return NetExercise(exact, rounded_shares(exact, fraction))
