"""Checks of one paper against another: notices against terms, amounts against prices, sums against limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np

from neocapgui.engine.approved import made_under, used
from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.entries import entry_rows, in_batches
from neocapgui.engine.finding import LISTED, Finding, Place, Severity, abridged, at
from neocapgui.engine.holding_checks import sentence_start
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.mends import price_by_shares, take_amount, take_price, take_shares
from neocapgui.engine.rights import TermsInForce, Turn, right_used
from neocapgui.engine.wording import brief, told, told_day
from neocapgui.ledger.columns import MISSING, NOTHING
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.facts import ConversionRight
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import ConversionBasis, Rounding
from neocapgui.ledger.transactions import KIND, KINDS, Transaction

_AT_ONCE = 50_000  # products of any size that are held at once
_Uses = dict[int, list[int]]


def conversion_differs(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find conversions and exchanges whose stated shares or price are not what the terms imply.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> notice = Transaction(1, date(2001, 8, 31), "conversion", security=2, quantity=Decimal(700_000),
    ...                      price=Decimal("3.48"), into_security=1, into_quantity=Decimal(201_150))
    >>> note = Security(2, 1, "Note", SecurityKind.CONVERTIBLE, stated_value=Decimal(1))
    >>> right = ConversionRight(1, 2, 1, ConversionBasis.FIXED, price=Decimal("3.48"))
    >>> notices = Transactions.of([notice])
    >>> ledger = Ledger(securities={2: note}, conversion_rights={1: right}, transactions=notices)
    >>> [one.message.rpartition(": ")[2] for one in conversion_differs(ledger, Lens(notice.date))]
    ['a difference of 1.']
    """
    rows = entry_rows(ledger, lens, ["conversion", "exchange"])
    for terms, record in _with_terms(ledger, lens, rows):
        right = right_used(ledger, record.security or 0, record.into_security, record.date)
        if right is None or record.quantity is None or record.into_quantity is None:
            continue
        yield from _price_differs(terms, right, record)
        yield from _shares_differ(terms, right, record)


def _with_terms(ledger: Ledger, lens: Lens, rows: Integers) -> Iterator[tuple[TermsInForce, Transaction]]:
    """Return the entries of some rows, each with the terms of its day, which those of one day share."""
    terms = TermsInForce.on(ledger, lens)
    for record in in_batches(ledger.transactions, rows):
        if record.date != terms.lens.as_of:
            terms = TermsInForce.on(ledger, replace(lens, as_of=record.date))
        yield terms, record


def _price_differs(terms: TermsInForce, right: ConversionRight, record: Transaction) -> Iterator[Finding]:
    if record.price is None or right.basis not in (ConversionBasis.FIXED, ConversionBasis.FLOATING):
        return
    turn = terms.turn(right)
    if turn.price is not None and turn.price != Fraction(record.price):
        price, security = told(turn.price, 2), terms.ledger.securities[right.security]
        yield Finding(
            "conversion_price_differs",
            Severity.WARNING,
            f"{sentence_start(record)} is at {told(record.price, 2)} a share; the terms imply {price}.",
            at(record, "price"),
            take_price(security, terms.stated_value(security), record, turn.price),
        )


def _shares_differ(terms: TermsInForce, right: ConversionRight, record: Transaction) -> Iterator[Finding]:
    """Hold the stated shares against the stated price where there is one, or else against the terms."""
    security = terms.ledger.securities[right.security]
    quantity, stated = Fraction(record.quantity or 0), terms.stated_value(security)
    if record.price and stated is not None and right.basis is not ConversionBasis.RATIO:
        money: Fraction | None = quantity * stated
        exact = quantity * stated / Fraction(record.price)
    else:
        money = None
        turn: Turn = terms.turn(right)
        if turn.shares_per_unit is None:
            return
        exact = quantity * turn.shares_per_unit
    implied = rounded_shares(exact, security.rounding)
    difference = Fraction(record.into_quantity or 0) - implied
    if difference:
        if money is None:
            why = f"{told(quantity)} x {told(terms.turn(right).shares_per_unit or 0)}"
        else:
            why = f"{told(money)} / {told(record.price or 0, 2)}"
        yield Finding(
            "conversion_shares_differ",
            Severity.WARNING,
            f"{sentence_start(record)} states {told(record.into_quantity or 0)} shares; the terms imply "
            f"{told(implied)} ({why} = {told(exact, 0, 2)}, {ROUNDED[security.rounding]}): "
            f"a difference of {told(difference)}.",
            at(record, "into_quantity"),
            take_shares(record, implied),
        )


ROUNDED = {
    Rounding.NEAREST: "nearest share",
    Rounding.DOWN: "rounded down",
    Rounding.UP: "rounded up",
    Rounding.CASH: "rounded down, the fraction in cash",
    Rounding.NONE: "not rounded",
    Rounding.AMOUNT_FOLLOWS: "rounded up, the amount follows",
}


def amount_differs(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find entries whose amount is not shares x price within what rounding to whole shares explains.

    Whole shares can differ from the exact count by less than one, so the amount by less than one price;
    where the amount follows the shares, and for prices of whole instruments, only by half a cent.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> sold = Transaction(1, date(2001, 3, 8), "issuance", security=1, quantity=Decimal(1_250_000),
    ...                    price=Decimal(4), amount=Decimal(5_100_000))
    >>> (found,) = amount_differs(Ledger(transactions=Transactions.of([sold])), Lens(sold.date))
    >>> found.message.split("; ")[1]
    '1,250,000 x 4.00 is 5,000,000.00: a difference of 100,000.00.'
    """
    transactions = ledger.transactions
    figures = transactions.figures
    stated = (figures["amount"].units != MISSING) & (figures["price"].units != MISSING)
    for row, stands_for in abridged(_unequal(ledger, np.flatnonzero(stated))):
        record = transactions[row]
        count, amount = getattr(record, KIND[record.kind].per_share), record.amount or 0
        product = Fraction(record.price or 0) * Fraction(count)
        yield Finding(
            "amount_differs",
            Severity.WARNING,
            f"{sentence_start(record)} states an amount of {told(amount, 2)}; "
            f"{told(count)} x {told(record.price or 0, 2)} is {told(product, 2)}: a difference of "
            f"{told(Fraction(amount) - product, 2)}.",
            at(record, "amount"),
            take_amount(record, product),
            stands_for,
        )


def _unequal(ledger: Ledger, rows: Integers) -> Integers:
    """Return of some rows that state amount and price those whose amount rounding does not explain."""
    transactions = ledger.transactions
    figures, numbers = transactions.figures, transactions.numbers
    amount, price, codes = figures["amount"], figures["price"], numbers["kind"]
    following = [one.id for one in ledger.securities.values() if one.rounding is Rounding.AMOUNT_FOLLOWS]
    found = [rows[:0]]
    for count in ("quantity", "into_quantity"):
        speaks = np.array([kind.per_share == count for kind in KINDS])
        own, shares = rows[speaks[codes[rows]]], figures[count]
        places = max(amount.places, price.places + shares.places)
        for start in range(0, len(own), _AT_ONCE):
            some = own[start : start + _AT_ONCE]
            some = some[shares.units[some] != MISSING]
            stated, each, held = (one.units[some].astype(object) for one in (amount, price, shares))
            product = each * held * 10 ** (places - price.places - shares.places)
            difference = np.abs(stated * 10 ** (places - amount.places) - product)
            into = numbers["into_security"][some]
            paper = np.where((count != "quantity") & (into > 0), into, numbers["security"][some])
            is_large = difference >= each * 10 ** (places - price.places)
            unexplained = (200 * difference > 10**places) & (np.isin(paper, following) | is_large)
            found.append(some[unexplained.astype(bool)])
    return np.sort(np.concatenate(found))


def price_missing(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find floating conversions, outstanding or noticed, whose market price is not entered.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Security
    >>> from neocapgui.ledger.terms import SecurityKind
    >>> right = ConversionRight(1, 2, 1, ConversionBasis.FLOATING)
    >>> sold = Transaction(1, date(2001, 8, 31), "issuance", security=2, stakeholder=1, quantity=Decimal(700))
    >>> ledger = Ledger(securities={2: Security(2, 1, "Note", SecurityKind.CONVERTIBLE)},
    ...                 conversion_rights={1: right}, transactions=Transactions.of([sold]))
    >>> [one.message for one in price_missing(ledger, Lens(sold.date))]
    ['Note converts at a floating price: its look-back window is not entered.']
    """
    totals = holdings(ledger, lens).totals()
    terms = TermsInForce.on(ledger, lens)
    uses = _uses(ledger, lens)
    for right in ledger.conversion_rights.values():
        if right.basis is not ConversionBasis.FLOATING:
            continue
        security = ledger.securities[right.security]
        for then, record in _recorded(ledger, lens, uses, right):
            turn = then.turn(right)
            if turn.shares_per_unit is None:
                yield _missing(f"{sentence_start(record)}: {turn.reason}", at(record, "price"))
        if totals.get(security.id) and terms.is_open(right):
            today = terms.turn(right)
            if today.shares_per_unit is None:
                yield _missing(
                    f"{security.name} converts at a floating price: {today.reason}",
                    Place("conversion_rights", right.id),
                )
    yield from _notice_price_missing(ledger, lens, uses)


def _notice_price_missing(ledger: Ledger, lens: Lens, uses: _Uses) -> Iterator[Finding]:
    number = 0
    for right in ledger.conversion_rights.values():
        if right.basis is not ConversionBasis.NOTICE:
            continue
        for terms, record in _recorded(ledger, lens, uses, right):
            if record.price is None:
                yield _missing(
                    f"{sentence_start(record)} states no price, and the formula of "
                    f"{ledger.securities[right.security].name} is not known",
                    at(record, "price"),
                    price_by_shares(terms, right, record) if number < LISTED else None,
                )
                number += 1


def _uses(ledger: Ledger, lens: Lens) -> _Uses:
    """Return the rows of the conversions that use each right whose price is not fixed, by its number."""
    asked = (ConversionBasis.FLOATING, ConversionBasis.NOTICE)
    securities = {right.security for right in ledger.conversion_rights.values() if right.basis in asked}
    found: _Uses = {}
    rows, numbers = (
        entry_rows(ledger, lens, ["conversion"], security=sorted(securities)),
        ledger.transactions.numbers,
    )
    named = (numbers[name][rows].tolist() for name in ("security", "into_security", "date"))
    for row, security, into, day in zip(rows.tolist(), *named, strict=True):
        right = right_used(ledger, security, None if into == NOTHING else into, date.fromordinal(day))
        if right is not None:
            found.setdefault(right.id, []).append(row)
    return found


def _recorded(
    ledger: Ledger, lens: Lens, uses: _Uses, right: ConversionRight
) -> Iterator[tuple[TermsInForce, Transaction]]:
    """Return the conversions that use a right, each with the terms of its day."""
    return _with_terms(ledger, lens, np.array(uses.get(right.id, ()), np.int64))


def _missing(reason: str, place: Place, mend: Edit | None = None) -> Finding:
    return Finding("price_missing", Severity.NOTE, f"{reason.rstrip('.')}.", place, mend)


def approval_exceeded(ledger: Ledger, lens: Lens) -> Iterator[Finding]:
    """Find approvals whose limits of money or shares the entries made under them exceed.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from neocapgui.ledger.columns import Transactions
    >>> from neocapgui.ledger.facts import Approval
    >>> sold = Transaction(1, date(2001, 3, 8), "issuance", security=1, quantity=Decimal(150), approval=1)
    >>> limit = Approval(1, 1, "board", "Sale", shares_limit=Decimal(100))
    >>> ledger = Ledger(approvals={1: limit}, transactions=Transactions.of([sold]))
    >>> [one.message for one in approval_exceeded(ledger, Lens(sold.date))]
    ['Sale: 150 shares were used, 50 more than the 100 approved.']
    """
    for approval in ledger.approvals.values():
        records = made_under(ledger, lens, approval.id)
        if not records:
            continue
        spent = used(records)
        for limit, sum_of, field, unit in (
            (approval.amount_limit, spent.money, "amount_limit", approval_currency(ledger)),
            (approval.shares_limit, spent.shares, "shares_limit", "shares"),
        ):
            if limit is not None and sum_of > limit:
                yield Finding(
                    "approval_exceeded",
                    Severity.WARNING,
                    f"{brief(approval.subject)}: {told(sum_of)} {unit} were used, "
                    f"{told(sum_of - Fraction(limit))} more than the {told(limit)} approved.",
                    Place("approvals", approval.id, field),
                )
        late = [record for record in records if approval.meeting_date and record.date < approval.meeting_date]
        if approval.outcome == "rejected" or late:
            record = records[0] if approval.outcome == "rejected" else late[0]
            reason = (
                "which was rejected"
                if approval.outcome == "rejected"
                else (f"which was decided only on {told_day(approval.meeting_date or record.date)}")
            )
            yield Finding(
                "approval_missing",
                Severity.WARNING,
                f"{sentence_start(record)} relies on “{brief(approval.subject)}”, {reason}.",
                at(record, "approval"),
            )


def approval_currency(ledger: Ledger) -> str:
    """Return the currency that amounts of the scenario are in.

    >>> from neocapgui.ledger.facts import Scenario
    >>> approval_currency(Ledger(scenario={1: Scenario(1, "NeoTherapeutics", currency="USD")}))
    'USD'
    """
    return next((scenario.currency for scenario in ledger.scenario.values()), "")
