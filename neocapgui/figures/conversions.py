"""What each convertible is worth in shares today, and the notices, redemptions and exchanges so far."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.engine.calculations.rounding import rounded_shares
from neocapgui.engine.convertibles import Convertible, convertibles, notices
from neocapgui.engine.lens import Lens
from neocapgui.engine.market_range import AtMarket, price_range
from neocapgui.engine.rights import TermsInForce
from neocapgui.figures.cap_table import subtitle
from neocapgui.figures.charts.overhang import floating_rights, nothing_floats
from neocapgui.figures.choices import names_of
from neocapgui.figures.facts_tables import transaction_columns
from neocapgui.figures.kinds import Kind, grouped
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.facts import Security
from neocapgui.ledger.ledger import Ledger, value_at
from neocapgui.ledger.transactions import Transaction

_COLUMNS = (
    Column("Security", Kind.TEXT, width=32),
    Column("Into", Kind.TEXT, width=32),
    Column("Outstanding", Kind.SHARES, help="Units outstanding on the day"),
    Column("Face", Kind.MONEY, help="Units x stated value"),
    Column("Price today", Kind.PRICE, help="Conversion price by the terms in force, restated for splits"),
    Column("Governs", Kind.TEXT, help="Which term decides the price", width=14),
    Column("Shares if converted", Kind.SHARES, help="All units at once, rounded as the paper says"),
    Column("Accrued", Kind.MONEY, help="Interest or dividends on the face since the first issue"),
    Column("Held back", Kind.COUNTED, help="Shares that a limit keeps from being issued"),
    Column("Remark", Kind.TEXT, width=56),
)


def conversions_table(ledger: Ledger, lens: Lens) -> Table:
    """Every conversion and exchange right of the lens's issuer on its day."""
    names = names_of(ledger, Security, lens.issuer)
    rows = tuple(
        Row(
            (
                names[line.security],
                names[line.turn.into],
                line.outstanding or None,
                line.face or None,
                line.turn.price,
                line.turn.governs,
                line.shares or None,
                line.accrued or None,
                sum((one.held_back for one in line.held_back), Fraction(0)) or None,
                _remark(ledger, line),
            ),
            key=line.security,
        )
        for line in convertibles(ledger, lens, lens.issuer)
    )
    return Table(
        "conversions",
        "Conversions",
        _COLUMNS,
        rows,
        subtitle(ledger, lens),
        empty="No security of this company converts. Conversion rights are entered on the Securities page.",
    )


def _remark(ledger: Ledger, line: Convertible) -> str:
    if not line.outstanding:
        return "None outstanding"
    for reason in (line.turn.reason, line.accrued_reason):
        if reason:
            return reason[:1].upper() + reason[1:]
    if line.held_back:
        bound = line.held_back[0]
        whom = "" if bound.stakeholder is None else f" of {ledger.stakeholders[bound.stakeholder].name}"
        return f"The {bound.limit}{whom} allows {grouped(bound.issuable)}"
    if line.is_exchange:
        return "Exchange into another company's security"
    return "Price of the last notice; the formula is not known" if line.turn.notice else ""


def notices_table(ledger: Ledger, lens: Lens) -> Table:
    """Conversion notices, exchanges, repurchases and payments in kind so far, beside what terms imply."""
    shown = ("date", "kind", "security", "stakeholder", "quantity", "price", "amount")
    by_field = {column.field: column for column in transaction_columns(ledger, lens.issuer)}
    columns = (
        *(by_field[field] for field in (*shown, "into_security", "into_quantity")),
        Column("By the terms", Kind.SHARES, help="Shares the terms imply at the stated price"),
        Column("Difference", Kind.SHARES, help="Stated less implied"),
        *(by_field[field] for field in ("certainty", "source", "note")),
    )
    rows = tuple(_notice_row(ledger, lens, record, columns) for record in notices(ledger, lens, lens.issuer))
    return Table(
        "notices",
        "Notices, redemptions and exchanges",
        columns,
        rows,
        subtitle(ledger, lens),
        empty="No conversion, exchange or repurchase is recorded up to this day.",
    )


def _notice_row(ledger: Ledger, lens: Lens, record: Transaction, columns: tuple[Column, ...]) -> Row:
    implied = implied_shares(ledger, lens, record)
    difference = None
    if implied is not None and record.into_quantity is not None:
        difference = Fraction(record.into_quantity) - implied
    calculated = iter((implied, difference))
    cells = tuple(value_at(record, column.field) if column.field else next(calculated) for column in columns)
    return Row(cells, record, record.id)


def implied_shares(ledger: Ledger, lens: Lens, record: Transaction) -> Fraction | None:
    """Return the shares a conversion implies at its own stated price, rounded as its paper says."""
    if record.kind != "conversion" or not record.price or record.quantity is None or record.security is None:
        return None
    security = ledger.securities[record.security]
    stated = TermsInForce.on(ledger, lens).stated_value(security)
    if stated is None:
        return None
    return rounded_shares(Fraction(record.quantity) * stated / Fraction(record.price), security.rounding)


_RANGE_COLUMNS = (
    Column("Security", Kind.TEXT, width=32),
    Column("Market price", Kind.PRICE),
    Column("Conversion price", Kind.PRICE),
    Column("Governs", Kind.TEXT, width=12),
    Column("Shares", Kind.COUNTED, help="If all is converted at that price"),
    Column("Part of the class", Kind.STAKE, has_bar=True, help="Of the class after the issue"),
    Column("Held back", Kind.COUNTED, help="Of the shares, what limits keep from being issued"),
)


def price_range_table(ledger: Ledger, lens: Lens) -> Table:
    """What each floating conversion of the lens's issuer would take over a range of market prices."""
    names = names_of(ledger, Security, lens.issuer)
    rows = [
        _range_row(right.id, names[right.security], point)
        for right in floating_rights(ledger, lens)
        for point in price_range(ledger, lens, right)
    ]
    return Table(
        "price_range",
        "Floating conversions over market prices",
        _RANGE_COLUMNS,
        tuple(rows),
        subtitle(ledger, lens),
        empty=nothing_floats(ledger, lens),
    )


def _range_row(right: int, name: str, point: AtMarket) -> Row:
    cells = (point.market_price, point.conversion_price, point.governs, point.shares, point.part)
    held_back = point.shares - point.issuable
    return Row((name, *cells, held_back), key=(right, point.market_price))
