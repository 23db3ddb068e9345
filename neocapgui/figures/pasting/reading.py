"""What one pasted cell means in its column: a value, or a sentence why it is none, or what to look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from neocapgui.figures.choices import Named
from neocapgui.figures.kinds import Kind, NotUnderstood, Style, grouped, no_ratio, parsed, quoted, shown
from neocapgui.figures.pasting.heads import is_number_column
from neocapgui.figures.pasting.pasted_days import can_turn_round, pasted_day
from neocapgui.figures.pasting.pasted_numbers import Figure, Point, TwoReadings, figure, fits
from neocapgui.figures.tables import Column
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger

_YES = frozenset({"true", "wahr", "vrai", "ja", "oui", "x", "✓", "✔"})
_NO = frozenset({"false", "falsch", "faux", "nein", "non"})
_LEAST_BEGUN = 3  # letters that are enough for a word if only one begins with them
_MEANT = {  # what other programs call the kinds of transactions
    "issue": "Issuance",
    "issued": "Issuance",
    "original issue": "Issuance",
    "new issue": "Issuance",
    "grant": "Issuance",
    "buyback": "Repurchase",
    "redemption": "Repurchase",
    "sale": "Transfer",
    "cancelled": "Cancellation",
    "expired": "Expiry",
    "exercised": "Exercise",
    "converted": "Conversion",
    "person": "individual",
    "natural person": "individual",
    "legal entity": "institution",
    "corporate": "institution",
}


class Reading(NamedTuple):
    """One cell as it was understood."""

    text: str  # as it was pasted
    value: Any = None
    problem: str = ""  # why it is no value
    remark: str = ""  # it is one, but somebody should look
    newcomer: str = ""  # the name of a holder who is not recorded yet
    asks: str = ""  # which question it waits for: "point", "order"


@dataclass(frozen=True, slots=True)
class Answers:
    """What only the user knows of a paste."""

    point: Point = Point.UNKNOWN
    day_order: str = ""
    is_order_open: bool = False  # days in figures are asked about: the block has both orders in it


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the cells of one paste; each different text of a column is read once."""

    ledger: Ledger
    style: Style
    answers: Answers = Answers()
    _read: dict[str, dict[str, Reading]] = field(default_factory=dict, repr=False)  # by title, by text

    def read(self, column: Column, text: str) -> Reading:
        """Return what a text means in a column; a blank is nothing."""
        read = self._read.get(column.title)
        if read is None:
            read = self._read[column.title] = {}
        found = read.get(text)
        if found is None:
            found = read[text] = self._anew(column, text)
        return found

    def _anew(self, column: Column, text: str) -> Reading:
        bare = text.strip("\u00a0\u202f\u2009\u2007 \t\r\n")
        if not bare:
            return Reading(text)
        try:
            return self._way(column, bare)(column, text, bare)
        except TwoReadings as open_question:
            return Reading(text, problem=str(open_question), asks="point")
        except NotUnderstood as refusal:
            return Reading(text, problem=str(refusal))

    def _way(self, column: Column, bare: str) -> Callable[[Column, str, str], Reading]:
        """Return how a column is read; a typed sum is worked out as it is in a cell."""
        if column.choices is not None:
            return self._chosen
        if column.kind is Kind.DATE:
            return self._day
        is_number = is_number_column(column) and not bare.startswith("=")
        return self._number if is_number else self._plain

    def _plain(self, column: Column, text: str, bare: str) -> Reading:
        if column.kind is Kind.FLAG and bare.casefold() in _YES | _NO:
            return Reading(text, bare.casefold() in _YES)
        value = column.value(bare, self.style)
        if column.kind is Kind.RATIO and value is not None and value <= 0:
            return Reading(text, problem=no_ratio(bare))
        return Reading(text, value)

    def _chosen(self, column: Column, text: str, bare: str) -> Reading:
        choices, name = column.choices, _one_space(bare)
        if choices is None:
            return Reading(text)
        try:
            return Reading(text, choices.value_of(name))
        except NotUnderstood:
            if isinstance(choices, Named):
                if choices.kind is not Stakeholder:
                    raise
                return Reading(text, newcomer=name)
            sought = name.casefold()
            names = list(choices.names())
            if _MEANT.get(sought) in names:
                return Reading(text, choices.value_of(_MEANT[sought]))
            begun = [word for word in names if word.casefold().startswith(sought)]
            if len(begun) == 1 and len(sought) >= _LEAST_BEGUN:
                return Reading(text, choices.value_of(begun[0]))
            raise

    def _day(self, column: Column, text: str, bare: str) -> Reading:
        answers = self.answers
        if answers.is_order_open and not answers.day_order and can_turn_round(bare):
            first = pasted_day(bare, self.style, "DMY")
            other = pasted_day(bare, self.style, "MDY")
            both = f"{shown(Kind.DATE, first, self.style)} or {shown(Kind.DATE, other, self.style)}"
            return Reading(text, problem=f"{quoted(bare)} can be {both}: say which.", asks="order")
        return Reading(text, pasted_day(bare, self.style, answers.day_order))

    def _number(self, column: Column, text: str, bare: str) -> Reading:
        found = figure(bare, self.style, self.answers.point)
        if found is None:
            return Reading(text, remark=f"{quoted(bare)} is read as nothing.")
        wrong = _wrong_unit(self.ledger, column, found, bare, self.style)
        if wrong:
            return Reading(text, problem=wrong)
        value, remark = found.value, found.remark
        if column.kind in (Kind.RATE, Kind.STAKE):
            sign, digits, exponent = value.as_tuple()
            if not found.is_percent and 0 < abs(value) < 1:
                percent = grouped(value, self.style)
                remark = f"{quoted(bare)} is read as {percent} %; a hundred times that needs the sign %."
            value = Decimal((sign, digits, int(exponent) - 2))
        elif column.kind is Kind.WHOLE:
            if value != int(value):
                raise NotUnderstood(f"{quoted(bare)} is not a whole number.")
            return Reading(text, int(value), remark=remark)
        elif column.kind in (Kind.SHARES, Kind.COUNTED) and value != int(value):
            remark = (
                f"{grouped(value, self.style)} is no whole number: {column.title} counts shares, not money."
            )
        return Reading(text, value, remark=remark)


def _wrong_unit(ledger: Ledger, column: Column, found: Figure, text: str, style: Style) -> str:
    kind, title = column.kind, column.title
    own = next((one.currency for one in ledger.scenario.values()), "USD")
    is_money = kind in (Kind.PRICE, Kind.MONEY)
    if found.currency and not is_money:
        return f"{quoted(text)} is money, and {title} holds {_CALLED[kind]}."
    if found.currency and not fits(found.currency, own):
        return f"{quoted(text)} is an amount in {found.currency}, and this scenario counts in {own}."
    if found.is_percent and kind not in (Kind.RATE, Kind.STAKE):
        what = "money" if is_money else _CALLED[kind]
        return f"{quoted(text)} is a percentage, and {title} holds {what}."
    if found.value < 0 and kind in (Kind.SHARES, Kind.COUNTED, Kind.PRICE):
        what = "A price" if kind is Kind.PRICE else "A number of shares"
        return f"{what} cannot be negative: {grouped(found.value, style)}."
    return ""


_CALLED = {
    Kind.SHARES: "a count of shares",
    Kind.COUNTED: "a count of shares",
    Kind.WHOLE: "a whole number",
    Kind.RATE: "a percentage",
    Kind.STAKE: "a percentage",
}


def _one_space(text: str) -> str:
    """Return a text without hidden spaces, on one line, as a name stands."""
    value: str = parsed(Kind.TEXT, text.replace("\r\n", " ").replace("\n", " ").replace("\r", " "))
    return value


def shown_value(column: Column, reading: Reading, style: Style) -> str:
    """Return what a cell that was understood will show; a new holder by name."""
    if reading.newcomer:
        return reading.newcomer
    return "" if reading.value is None else column.text(reading.value, style)
