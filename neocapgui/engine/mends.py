"""The edits that would mend a finding, each one step; None where only a person can decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import numpy as np

from neocapgui.engine.calculations.demands import written
from neocapgui.engine.calculations.rounding import cents, rounded_shares, rounded_to
from neocapgui.engine.entries import entries, entry_rows
from neocapgui.engine.lens import Lens
from neocapgui.engine.movements import SPLIT
from neocapgui.engine.reserves import counts_of
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.running import running_units
from neocapgui.engine.wording import day_text, figure
from neocapgui.ledger.columns import MISSING
from neocapgui.ledger.edits import Change, Edit, correct, together, with_value
from neocapgui.ledger.facts import ConversionRight, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.transactions import Transaction, missing_fields

_ENDLESS = 2**63 - 1
_PLACES = range(2, 7)  # decimals of a price that a notice may state


def decimal(value: Fraction) -> Decimal | None:
    """Return an exact number as a decimal, or None where no decimal writes it.

    >>> decimal(Fraction(7, 2)), decimal(Fraction(1, 3))
    (Decimal('3.5'), None)
    """
    text = written(value)
    return None if "/" in text else Decimal(text)


def take_shares(record: Transaction, implied: Fraction) -> Edit | None:
    """Take the shares the terms imply in the place of those a notice states."""
    count = decimal(implied)
    if count is None:
        return None
    label = f"Mend: take the {figure(implied)} shares the terms imply"
    return correct(label, record, replace(record, into_quantity=count))


def take_price(
    security: Security, stated: Fraction | None, record: Transaction, price: Fraction
) -> Edit | None:
    """Take the price the terms imply, where the shares of the notice are those of that price."""
    exact = decimal(price)
    if exact is None or stated is None or record.quantity is None or record.into_quantity is None:
        return None
    if rounded_shares(Fraction(record.quantity) * stated / price, security.rounding) != record.into_quantity:
        return None
    return correct(
        f"Mend: take the price {figure(price, 2)} of the terms", record, replace(record, price=exact)
    )


def take_amount(record: Transaction, product: Fraction) -> Edit | None:
    """Take shares x price, to the cent, in the place of the amount that an entry states."""
    amount = decimal(cents(product))
    if amount is None:
        return None
    label = f"Mend: take the amount {figure(amount, 2)} that shares and price give"
    return correct(label, record, replace(record, amount=amount))


def begin_earlier(ledger: Ledger, late: Sequence[Security], day: date) -> Edit | None:
    """Let securities that an entry names begin on the day of their first entry, where no split lies between.

    The terms of a security are those of the day on which it began: a split between the days would restate
    them.
    """
    numbers = ledger.transactions.numbers
    edits = []
    for security in late:
        names = (numbers["security"] == security.id) | (numbers["into_security"] == security.id)
        begins = date.fromordinal(int(numbers["date"][names].min(initial=day.toordinal())))
        born = security.issued or day
        is_split = (numbers["kind"] == SPLIT) & (numbers["date"] >= begins.toordinal())
        if (is_split & (numbers["date"] <= born.toordinal())).any():
            return None
        label = f"Mend: let {security.name} begin on {day_text(begins)}"
        edits.append(correct(label, security, replace(security, issued=begins)))
    return edits[0] if len(edits) == 1 else together(f"{edits[0].label} and the other with it", edits)


def _objects(values: Sequence[int | Fraction]) -> Integers:
    found: Integers = np.empty(len(values), object)
    found[:] = values
    return found


def authorized_steps(
    ledger: Ledger, lens: Lens, security: Security
) -> list[tuple[date, Fraction, Security | Transaction]]:
    """Return from which day each authorized number holds, in order, and the fact that states it."""
    steps: list[tuple[date, Fraction, Security | Transaction]] = []
    if security.authorized is not None:
        steps.append((security.issued or date.min, Fraction(security.authorized), security))
    for change in entries(ledger, lens, ["authorized"], security=security.id):
        if change.quantity is not None:
            steps.append((change.date, Fraction(change.quantity), change))
    return steps


def _steps_in_force(since: Sequence[int], days: Integers) -> Integers:
    """Return which authorized number holds on each of some days, given since when each does; -1 before.

    Amendments are in the order of their days; the number of the class itself comes before all of them.
    """
    stated = np.array(since, np.int64)
    if not len(stated):
        return np.full(len(days), -1, np.int64)
    after_first = np.searchsorted(stated[1:], days, side="right")
    places: Integers = np.where(after_first > 0, after_first, np.where(stated[0] <= days, 0, -1))
    return places


def first_over_authorized(
    ledger: Ledger, lens: Lens, security: Security
) -> tuple[date, Fraction, Fraction] | None:
    """Return the first day on which more is issued than is authorized, what is issued, and what may be.

    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> sold = Transaction(1, date(2001, 8, 10), "issuance", security=1, stakeholder=1, quantity=Decimal(150))
    >>> common = Security(1, 1, "Common", SecurityKind.COMMON, authorized=Decimal(100))
    >>> found = first_over_authorized(Ledger(transactions=Transactions.of([sold])), Lens(sold.date), common)
    >>> [str(one) for one in found or ()]
    ['2001-08-10', '150', '100']
    """
    changes, transactions = (
        entry_rows(ledger, lens, ["authorized"], security=security.id),
        ledger.transactions,
    )
    stated = transactions.figures["quantity"]
    changes = changes[stated.units[changes] != MISSING]
    if security.authorized is None and not len(changes):
        return None
    rows, units, one = running_units(ledger, lens, security.id)
    scale = one // 10**stated.places
    days: list[int] = transactions.numbers["date"][changes].tolist()
    limits: list[int | Fraction] = [limit * scale for limit in stated.units[changes].tolist()]
    if security.authorized is not None:
        days.insert(0, (security.issued or date.min).toordinal())
        limits.insert(0, Fraction(security.authorized) * one)
    places = _steps_in_force(days, transactions.numbers["date"][rows])
    most: Integers = _objects(limits)
    if units.dtype != object:  # no count of 64 bits is above what does not fit into them
        most = np.array([min(max(floor(limit), -_ENDLESS), _ENDLESS) for limit in most], np.int64)
    over = np.flatnonzero((units > most[places]) & (places >= 0))
    if not len(over):
        return None
    at = int(over[0])
    day = date.fromordinal(int(ledger.transactions.numbers["date"][rows[at]]))
    return day, Fraction(units.tolist()[at]) / one, Fraction(limits[int(places[at])]) / one


def authorize_enough(ledger: Ledger, lens: Lens, security: Security) -> Edit | None:
    """Raise every authorized number that is not enough to what was issued, and at the end reserved.

    Whether the charter says so, a paper must tell: the edit only covers what the ledger has.
    """
    steps = authorized_steps(ledger, lens, security)
    needed = [Fraction(0)] * len(steps)
    rows, units, one = running_units(ledger, lens, security.id)
    since = [day.toordinal() for day, *_ in steps]
    places = _steps_in_force(since, ledger.transactions.numbers["date"][rows])
    counted = np.flatnonzero(places >= 0)
    if len(counted):
        begins = np.flatnonzero(np.append(True, np.diff(places[counted]) != 0))
        largest = np.maximum.reduceat(units[counted], begins).tolist()
        for place, most in zip(places[counted][begins].tolist(), largest, strict=True):
            needed[place] = max(needed[place], Fraction(most) / one)
    found = counts_of(ledger, lens, security)
    if steps:
        needed[-1] = max(needed[-1], found.issued + found.reserved)
    changes = []
    for (_, limit, fact), need in zip(steps, needed, strict=True):
        enough = decimal(need)
        if need > limit and enough is not None:
            field = "authorized" if isinstance(fact, Security) else "quantity"
            changes.append(Change(fact, with_value(fact, field, enough)))
    most = max(needed, default=Fraction(0))
    label = f"Mend: authorize {figure(most)} {security.name}"
    return Edit(label, tuple(changes)) if changes else None


def name_the_company(ledger: Ledger, who: Stakeholder) -> Edit | None:
    """Name the company of the file that a holder is, by its name; without one it is an institution."""
    alike = [one for one in ledger.issuers.values() if one.name.casefold() == who.name.casefold()]
    if len(alike) == 1:
        return correct(f"Mend: {who.name} is that company", who, replace(who, issuer=alike[0].id))
    if alike:
        return None
    return correct(f"Mend: hold {who.name} for an institution", who, replace(who, kind="institution"))


def fill_in(ledger: Ledger, lens: Lens, record: Transaction) -> Edit | None:
    """Fill in the shares of a conversion that states none, at its price or else by the terms of its day."""
    if record.kind != "conversion" or missing_fields(record) != ("into_quantity",):
        return None
    terms = TermsInForce.on(ledger, replace(lens, as_of=record.date))
    security = ledger.securities[record.security or 0]
    stated, units = terms.stated_value(security), Fraction(record.quantity or 0)
    right = next((one for one in ledger.rights_of(security.id) if one.into == record.into_security), None)
    if record.price and stated is not None:
        exact: Fraction | None = units * stated / Fraction(record.price)
    else:
        each = terms.turn(right).shares_per_unit if right is not None else None
        exact = None if each is None else units * each
    shares = None if exact is None else decimal(Fraction(rounded_shares(exact, security.rounding)))
    if shares is None:
        return None
    label = f"Mend: take the {figure(shares)} shares the terms imply"
    return correct(label, record, replace(record, into_quantity=shares))


def price_by_shares(terms: TermsInForce, right: ConversionRight, record: Transaction) -> Edit | None:
    """Take the shortest price that gives the very shares a notice states, where it states no price."""
    security = terms.ledger.securities[right.security]
    stated = terms.stated_value(security)
    if stated is None or not record.quantity or not record.into_quantity:
        return None
    money = Fraction(record.quantity) * stated
    for places in _PLACES:
        price = rounded_to(money / Fraction(record.into_quantity), places)
        if price and rounded_shares(money / price, security.rounding) == record.into_quantity:
            exact, label = decimal(price), f"Mend: take the price {figure(price, 2)} that the shares imply"
            return None if exact is None else correct(label, record, replace(record, price=exact))
    return None
