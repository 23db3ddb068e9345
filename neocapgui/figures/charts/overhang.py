"""What a floating conversion hangs over its class with, as a curve over market prices, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.market_range import AtMarket, PriceCurve, price_curve
from neocapgui.engine.wording import marked, plain
from neocapgui.figures.cap_table import said_subtitle
from neocapgui.figures.charts.palette import GREY, Tone, tone
from neocapgui.figures.charts.stacked import Reading
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import PLAIN, Kind, Style, grouped, percent, shown
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import ConversionBasis

_GOVERNS = {"variable": "market price governs", "floor": "floor governs", "fixed": "fixed price governs"}


@dataclass(frozen=True, slots=True)
class Landmark:
    """A market price that is named in the chart."""

    name: str  # `last`, `floor`, `fixed`, `limits`
    market_price: Fraction
    before: str  # what is said, before the price

    def text(self, style: Style = PLAIN) -> str:
        """What is written beside it; a price of more than four decimals is rounded, with an ellipsis."""
        return f"{self.before} {grouped(self.market_price, style, 2, 4)}"


@dataclass(frozen=True, slots=True, eq=False)
class OverhangChart:
    """Shares if all is converted, over market prices; of the class after the issue on the other axis."""

    name: str  # stable: `overhang`
    title: str
    subtitle: str  # its day marked for the reader's language
    security: str
    into: str
    tone: Tone
    curve: PriceCurve | None  # None where there is nothing to draw
    landmarks: tuple[Landmark, ...]  # in sight or not, the lowest price first
    empty: str = ""  # what is missing where there is nothing to draw

    @property
    def points(self) -> tuple[AtMarket, ...]:
        """The points of the curve, the lowest market price first; exact."""
        return () if self.curve is None else self.curve.points

    @property
    def is_limited(self) -> bool:
        """Whether limits hold shares back anywhere in the range."""
        return any(point.issuable < point.shares for point in self.points)

    def line(self, measure: str) -> NDArray[np.float64]:
        """Return a field of all points (`market_price`, `shares`, `issuable`); for drawing only."""
        return np.array([float(getattr(point, measure)) for point in self.points], np.float64)

    def nearest(self, market_price: float) -> int:
        """Return the position of the point that stands nearest to a market price."""
        return int(np.argmin(np.abs(self.line("market_price") - market_price)))

    @property
    def today(self) -> int | None:
        """The position of the last known price; None where the curve does not have it."""
        last = None if self.curve is None else self.curve.last
        return None if last is None else self.points.index(last)

    @property
    def named(self) -> tuple[int, ...]:
        """The positions of the points whose price has a name, the lowest price first."""
        prices = {landmark.market_price for landmark in self.landmarks}
        return tuple(at for at, point in enumerate(self.points) if point.market_price in prices)

    def percent_of_class(self, shares: int, style: Style = PLAIN) -> str:
        """Return what part of the class so many new shares are: shares / (outstanding + shares)."""
        whole = shares + (Fraction(0) if self.curve is None else self.curve.outstanding)
        return percent(shares / whole if whole else Fraction(0), style, 1) + " %"

    def reading(self, position: int, style: Style = PLAIN) -> Reading:
        """Return what is said of a point; percent rounded half up, prices to four decimals, for display."""
        point = self.points[position]
        held_back = point.shares - point.issuable
        price = grouped(point.conversion_price, style, 2, 4)
        named = [one.before.lower() for one in self.landmarks if one.market_price == point.market_price]
        return Reading(
            ", ".join((f"Market price {grouped(point.market_price, style, 2, 4)}", *named)),
            f"Conversion price {price}: {_GOVERNS[point.governs]}",
            self.security,
            shown(Kind.SHARES, point.shares, style),
            percent(point.part, style),
            f"Limits allow {shown(Kind.SHARES, point.issuable, style) or '0'}" if held_back else "",
        )

    @property
    def said(self) -> str:
        """The chart in words, for those who do not see it; figures marked for their language."""
        if self.curve is None:
            return f"{self.title}. {self.empty}"
        ends = [self._said(point) for point in (self.points[0], self.curve.last, self.points[-1]) if point]
        named = " ".join(f"{one.before} {_price(one.market_price)}." for one in self.landmarks)
        return f"{self.title}. {self.subtitle}. {' '.join(ends)} {named}"

    @property
    def alt(self) -> str:
        """The chart in words in the neutral form."""
        return plain(self.said)

    def _said(self, point: AtMarket) -> str:
        shares, part = marked(shown(Kind.SHARES, point.shares)), marked(percent(point.part))
        return f"At a market price of {_price(point.market_price)}: {shares} shares, {part} % of the class."


def _price(price: Fraction) -> str:
    return marked(grouped(price, PLAIN, 2, 4))


def floating_rights(ledger: Ledger, lens: Lens) -> tuple[ConversionRight, ...]:
    """Return the rights of the lens's issuer whose price is found from the market."""
    return tuple(
        right
        for right in ledger.conversion_rights.values()
        if right.basis is ConversionBasis.FLOATING and ledger.securities[right.security].issuer == lens.issuer
    )


def overhang_chart(ledger: Ledger, lens: Lens, right: int | None = None) -> OverhangChart:
    """Return the curve of one floating conversion, or of the first that has one.

    Every point is exact, and so are the prices at which floor, fixed price and limits begin.
    """
    rights = floating_rights(ledger, lens)
    chosen = [one for one in rights if one.id == right] or rights
    found = next((curve for one in chosen if (curve := price_curve(ledger, lens, one)) is not None), None)
    title = "Shares over market prices"
    if found is None:
        return OverhangChart("overhang", title, "", "", "", GREY, None, (), nothing_floats(ledger, lens))
    names = names_of(ledger, Security, lens.issuer)
    security, into = names[found.right.security], names[found.right.into]
    return OverhangChart(
        "overhang",
        title,
        f"{security} into {into}  ·  {said_subtitle(ledger, lens)}",
        security,
        into,
        tone(ledger, found.right.security, by_security=True),
        found,
        _landmarks(found),
    )


def _landmarks(curve: PriceCurve) -> tuple[Landmark, ...]:
    last = None if curve.last is None else curve.last.market_price
    said = (
        ("floor", curve.floor_below, "Floor governs below"),
        ("last", last, "Last price"),
        ("limits", curve.limited_below, "Limits hold back below"),
        ("fixed", curve.fixed_above, "Fixed price governs above"),
    )
    found = [Landmark(name, price, before) for name, price, before in said if price is not None]
    return tuple(sorted(found, key=lambda landmark: landmark.market_price))


def nothing_floats(ledger: Ledger, lens: Lens) -> str:
    """Return why there is no curve: nothing floats, nothing is outstanding, or no price is known."""
    rights = floating_rights(ledger, lens)
    if not rights:
        return "No conversion price of this company is found from the market by a known formula."
    held = holdings(ledger, lens)
    if not any(held.total(right.security) > 0 for right in rights):
        return "Nothing that converts at a floating price is outstanding on this day."
    return "No market price is known on this day, or the terms give no conversion price at it."


def price_ticks(
    low: Fraction, high: Fraction, most: int, style: Style = PLAIN
) -> tuple[tuple[Fraction, str], ...]:
    """Return at most `most` round prices between two: a step of 1, 2 or 5 with zeros, or decimals.

    >>> [text for _, text in price_ticks(Fraction("0.167"), Fraction("5.01"), 6)]
    ['1.00', '2.00', '3.00', '4.00', '5.00']
    """
    power = Fraction(1)
    while (high - low) / power < most and power > Fraction(1, 10**6):
        power /= 10
    while True:
        for step in (power, 2 * power, 5 * power):
            numbers = range(ceil(low / step), floor(high / step) + 1)
            if len(numbers) <= most:
                return tuple((step * number, shown(Kind.PRICE, step * number, style)) for number in numbers)
        power *= 10
