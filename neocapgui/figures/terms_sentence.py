"""The terms of a security in one plain sentence or two, as one person tells them to another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.lens import Lens
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.vested import vests_at_once
from neocapgui.figures.choices import names_of
from neocapgui.figures.currencies import currency_of, price_text
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, grouped, shown
from neocapgui.figures.terms_summary import said
from neocapgui.ledger.facts import ConversionRight, Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import AccrualMethod, ConversionBasis, SecurityKind, WindowEnd

_BOUGHT = frozenset({SecurityKind.WARRANT, SecurityKind.OPTION, SecurityKind.RIGHT})
_METHODS = {
    AccrualMethod.SIMPLE: "simple",
    AccrualMethod.COMPOUND: "compound",
    AccrualMethod.PIK: "paid in kind",
}


def sentence_of(ledger: Ledger, lens: Lens, security: int, style: Style = PLAIN) -> str:
    """Return the terms of a security in plain language; each part ends with a full stop.

    Prices are those the paper states, with the sign of the scenario's currency; where splits restated
    them since, what they are on the lens's day is said behind them.
    """
    fact, terms = ledger.securities[security], TermsInForce.on(ledger, lens)
    told = _Telling(terms, fact, style, currency_of(ledger))
    parts = [
        part
        for tell in (told.opening, told.rights, told.exercise, told.income, told.limits)
        for part in tell()
    ]
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in parts if part)


class _Telling:
    """Tells the terms of one security in force on a day."""

    def __init__(self, terms: TermsInForce, fact: Security, style: Style, currency: str) -> None:
        self._terms, self._fact, self._style, self._currency = terms, fact, style, currency
        self._names = names_of(terms.ledger, Security)

    def opening(self) -> Iterator[str]:
        fact, style = self._fact, self._style
        if fact.kind is SecurityKind.COMMON:
            parts = [f"{fact.name}"]
            if fact.authorized is not None:
                parts.append(f"{grouped(fact.authorized, style)} authorized when it was created")
            if fact.votes:
                parts.append(
                    "one vote a share" if fact.votes == 1 else f"{grouped(fact.votes, style)} votes a share"
                )
            yield ", ".join(parts)
        elif fact.kind is SecurityKind.OPTION_PLAN and fact.reserve is not None:
            into = fact.exercise.into
            of = f" of {self._into(into)}" if into is not None else ""
            yield f"{grouped(fact.reserve, style)} shares{of} are reserved for grants"
        elif fact.kind is SecurityKind.SAFE and fact.stated_value is not None:
            yield f"{self._money(fact.stated_value)} a unit, to be turned into shares later"

    def rights(self) -> Iterator[str]:
        for right in self._terms.ledger.rights_of(self._fact.id):
            yield self._right(right)

    def _right(self, right: ConversionRight) -> str:
        into, fixed = self._into(right.into), (ConversionBasis.FIXED, ConversionBasis.FLOATING)
        if right.basis is ConversionBasis.RATIO and right.ratio is not None:
            text = f"Converts into {grouped(right.ratio, self._style, 0, 8)} {into} a unit"
        else:
            text = f"{said(right, self._style, self._currency)}, into {into}"
        if right.basis is ConversionBasis.FLOATING:
            is_own = right.look_back.ends is WindowEnd.ON_CONVERSION_DATE
            text += f"; the trading days end {'with' if is_own else 'before'} the day of the notice"
        if right.price is not None and right.basis in fixed:
            text += self._now("the price is", self._terms.fixed_price(right), Fraction(right.price))
        if right.floor is not None and right.floor_restated and right.basis is ConversionBasis.FLOATING:
            floor = Fraction(right.floor)
            issued = self._fact.issued
            text += self._now("the floor is", floor / self._terms.restated(right.into, issued), floor)
        if right.resets:
            count = len(right.resets)
            text += f"; the price is found anew on {count} reset day{'s' * (count > 1)}"
        return text + self._span(right.starts, right.ends)

    def _into(self, security: int) -> str:
        fact = self._terms.ledger.securities[security]
        return fact.name if fact.issuer == self._fact.issuer else self._names[security]

    def exercise(self) -> Iterator[str]:
        fact, terms = self._fact, self._fact.exercise
        if fact.kind not in _BOUGHT or terms.into is None:
            return
        count = grouped(terms.shares_per_unit, self._style, 0, 6)
        text = f"Each buys {count} {self._into(terms.into)}"
        if terms.price is None:
            text += " at a price that is not entered"
        else:
            text += f" for {self._money(terms.price)} a share"
        yield text + self._span(terms.starts, terms.expires) + self._bought_now()
        if terms.adjustable:
            yield "Its shares or its price are set by a formula later"
        vesting = fact.vesting
        if not vests_at_once(vesting):
            over = f" over {_months(vesting.duration_months)}" if vesting.duration_months else ""
            cliff = f", nothing in the first {_months(vesting.cliff_months)}" if vesting.cliff_months else ""
            yield f"Vests{over}{cliff}"

    def income(self) -> Iterator[str]:
        accrual, redemption, style = self._fact.accrual, self._fact.redemption, self._style
        if accrual.rate:
            rate = shown(Kind.RATE, accrual.rate, style)
            what = "Dividends" if self._fact.kind is SecurityKind.PREFERRED else "Interest"
            day_count = accrual.day_count.replace("365f", "365")
            yield f"{what} of {rate} a year, {_METHODS[accrual.method]}, days counted {day_count}"
        if redemption.day is not None or redemption.price is not None or redemption.premium is not None:
            text = "Redeemed"
            if redemption.price is not None:
                text += f" at {self._money(redemption.price)} a unit"
            if redemption.premium is not None:
                text += f" with a premium of {shown(Kind.RATE, redemption.premium, style)}"
            yield text + (f" on {day_text(redemption.day, style)}" if redemption.day else "")

    def limits(self) -> Iterator[str]:
        limits, style = self._fact.limits, self._style
        said_of = []
        if limits.ownership is not None:
            said_of.append(f"no holder above {shown(Kind.RATE, limits.ownership, style)}")
        if limits.exchange_cap is not None:
            cap = shown(Kind.RATE, limits.exchange_cap, style)
            said_of.append(f"in all not above {cap} of the shares at signing")
        if said_of:
            yield ", ".join(said_of)

    def _money(self, value: Decimal | Fraction) -> str:
        return price_text(Fraction(value), self._style, self._currency)

    def _now(self, what: str, now: Fraction | None, stated: Fraction) -> str:
        """Return what splits have made of a price, where they have made anything of it."""
        return "" if now is None or now == stated else f"; after splits {what} {self._money(now)}"

    def _bought_now(self) -> str:
        """Return what splits have made of what one unit buys."""
        fact, terms = self._fact, self._terms
        count, price = terms.bought_per_unit(fact), terms.exercise_price(fact)
        if count == Fraction(fact.exercise.shares_per_unit):
            return ""
        at = "" if price is None else f" for {self._money(price)} each"
        return f"; after splits {grouped(count, self._style, 0, 6)} shares{at}"

    def _span(self, starts: date | None, ends: date | None) -> str:
        since = f" from {day_text(starts, self._style)}" if starts is not None else ""
        until = f" until {day_text(ends, self._style)}" if ends is not None else ""
        return f"; {(since + until).strip()}" if since or until else ""


def _months(months: int | None) -> str:
    return f"{months} month{'s' * (months != 1)}"
