"""What is issued by an entry: the paper, to whom, how many, for how much; two of three imply the third."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from neocapgui.engine.calculations.rounding import cents, rounded_shares, rounded_to
from neocapgui.figures.guided.asking import as_decimal, in_cents
from neocapgui.figures.guided.guide import Form, Newcomer, Unanswered
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Rounding, SecurityKind

MOST = 12  # holders of one entry; a longer list is pasted into the table of transactions
BUYING = frozenset({SecurityKind.WARRANT, SecurityKind.OPTION, SecurityKind.RIGHT})
_PRICE_PLACES = (2, 3, 4)  # decimals among which a price is looked for


@dataclass(frozen=True, slots=True)
class Allotment:
    """What one holder gets: the field that names him, who he is, and how many."""

    field: str
    holder: int | Newcomer
    shares: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Issued:
    """The paper of an entry, known or new, and the money for it."""

    ledger: Ledger
    given: Mapping[str, Any]

    @classmethod
    def of(cls, form: Form) -> Issued:
        """Return what a form speaks of, as far as it is filled in."""
        return cls(form.ledger, form.given)

    @property
    def security(self) -> Security | None:
        """The paper where it is known already."""
        id = self.given.get("security")
        return self.ledger.securities.get(id) if isinstance(id, int) else None

    @property
    def is_new(self) -> bool:
        """Whether the paper is recorded with this entry."""
        return isinstance(self.given.get("security"), Newcomer)

    @property
    def kind(self) -> SecurityKind | None:
        """What kind of paper it is."""
        return self.security.kind if self.security is not None else self.given.get("kind")

    @property
    def rounding(self) -> Rounding:
        """What becomes of a fraction."""
        fact = self.security
        return fact.rounding if fact is not None else self.given.get("rounding") or Rounding.NEAREST

    @property
    def name(self) -> str:
        """What the paper is called."""
        new = self.given.get("security")
        return new.name if isinstance(new, Newcomer) else "" if self.security is None else self.security.name

    @property
    def price(self) -> Fraction | None:
        """The price of a share or unit."""
        return None if self.given.get("price") is None else Fraction(self.given["price"])

    @property
    def amount(self) -> Fraction | None:
        """The money in all."""
        return None if self.given.get("amount") is None else Fraction(self.given["amount"])

    @property
    def total(self) -> Fraction:
        """The shares of all holders together."""
        return sum((Fraction(self.given.get(name) or 0) for _, name in lines()), Fraction(0))

    def allotments(self) -> tuple[Allotment, ...]:
        """Return what each holder gets; whoever is named needs a count, and is named once."""
        found: list[Allotment] = []
        for who, count in lines():
            holder, shares = self.given.get(who), self.given.get(count)
            if holder is None and not found:
                raise Unanswered("holder", "Choose or type to whom it is issued.")
            if holder is None:
                continue
            if not shares:
                raise Unanswered(count, "Type how many it is, or the price and the amount.")
            if any(_same(holder, one.holder) for one in found):
                raise Unanswered(who, "This holder stands in the list already.")
            found.append(Allotment(who, holder, Fraction(shares)))
        return tuple(found)

    def implied_shares(self, others: Fraction = Fraction(0)) -> Fraction | None:
        """Return amount / price as the paper rounds it, less what others get; None where it says nothing."""
        if self.amount is None or not self.price:
            return None
        shares = rounded_shares(self.amount / self.price, self.rounding) - others
        return shares if shares > 0 else None

    def implied_price(self) -> Decimal | None:
        """Return the shortest price at which the money makes the shares, or the exact one, or None.

        A price is looked for among those of two to four decimals; one that no short decimal writes is
        not made up.
        """
        total, amount = self.total, self.amount
        if not total or not amount or amount < 0:
            return None
        for places in _PRICE_PLACES:
            price = rounded_to(amount / total, places)
            if price and (
                rounded_shares(amount / price, self.rounding) == total or cents(price * total) == amount
            ):
                return as_decimal(price)
        return as_decimal(amount / total)

    def implied_amount(self) -> Fraction | None:
        """Return shares x price, each holder's to the cent; None without a price."""
        counts = [Fraction(self.given.get(name) or 0) for _, name in lines()]
        return None if self.price is None else sum((cents(self.price * one) for one in counts), Fraction(0))

    @property
    def follows(self) -> bool:
        """Whether the money is made of the shares, because the paper lets it follow them."""
        is_so = self.rounding is Rounding.AMOUNT_FOLLOWS
        return is_so and self.price is not None and self.implied_shares() == self.total

    def amounts(self, allotted: tuple[Allotment, ...]) -> tuple[Decimal | None, ...]:
        """Return each holder's money to the cent; together they are the money in all.

        Money that is stated in all is divided by shares: what all holders up to one pay is rounded half
        up, so that no cent is lost or made.
        """
        each = None if self.price is None else [cents(self.price * one.shares) for one in allotted]
        if each is not None and (self.follows or self.amount in (None, sum(each))):
            return tuple(in_cents(money) for money in each)
        if self.amount is None:
            return tuple(None for _ in allotted)
        total, amount = sum((one.shares for one in allotted), Fraction(0)), self.amount
        so_far = paid = Fraction(0)
        found = []
        for one in allotted:
            so_far += one.shares
            until = cents(amount * so_far / total)
            found.append(in_cents(until - paid))
            paid = until
        return tuple(found)


def lines() -> Iterator[tuple[str, str]]:
    """Return the fields of each holder: who, and how many."""
    for number in range(1, MOST + 1):
        mark = "" if number == 1 else f"_{number}"
        yield f"holder{mark}", f"quantity{mark}"


def _same(one: int | Newcomer, other: int | Newcomer) -> bool:
    if isinstance(one, Newcomer) and isinstance(other, Newcomer):
        return one.name.casefold() == other.name.casefold()
    return one == other
