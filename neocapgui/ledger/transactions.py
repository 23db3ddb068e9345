"""What happened to securities: the record, and one table of what each kind needs and moves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from decimal import Decimal
from fractions import Fraction

from neocapgui.ledger.terms import Certainty


@dataclass(frozen=True, slots=True)
class Transaction:
    """One dated entry of the ledger, uniform for every kind; what a kind does not need is None.

    Within a day entries follow `order`, then their number.
    """

    id: int
    date: Day
    kind: str  # the name of a row of KINDS
    order: int = 0
    issuer: int | None = None  # only where no security is concerned: a rename, a change of status
    security: int | None = None
    stakeholder: int | None = None
    counterparty: int | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None  # per share
    amount: Decimal | None = None  # money in all
    into_security: int | None = None
    into_quantity: Decimal | None = None
    ratio: Fraction | None = None  # of a split: new shares for each old one
    value: str = ""  # the new name, the new status, what a split does with fractions
    certificate: str = ""
    approval: int | None = None
    certainty: Certainty = Certainty.PUBLISHED
    recorded: Day | None = None  # the day it became known
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """One hand that gives or takes: whose, of which security, how much; names of record fields."""

    sign: int
    holder: str
    security: str
    quantity: str


def _into(holder: str, security: str = "security", quantity: str = "quantity") -> Leg:
    return Leg(+1, holder, security, quantity)


def _out_of(holder: str, security: str = "security", quantity: str = "quantity") -> Leg:
    return Leg(-1, holder, security, quantity)


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of transaction is called, needs, may say, and moves."""

    name: str
    title: str
    needs: tuple[str, ...]
    may: tuple[str, ...] = ()
    legs: tuple[Leg, ...] = ()  # a leg whose holder is not named moves nothing
    raises_capital: bool = False  # whether its amount is money paid in to the issuer
    per_share: str = "quantity"  # the count that price x count = amount speaks of
    ocf: str = ""  # the object type of the Open Cap Format, where it has one


_HOLDING = ("security", "stakeholder", "quantity")
_PAID = ("price", "amount", "certificate", "approval")
_TURNS = (_out_of("stakeholder"), _into("stakeholder", "into_security", "into_quantity"))
_TURN_NEEDS = (*_HOLDING, "into_security", "into_quantity")

KINDS: tuple[Kind, ...] = (
    Kind("opening", "Opening balance", _HOLDING, ("price", "amount", "certificate"), (_into("stakeholder"),)),
    Kind("issuance", "Issuance", _HOLDING, _PAID, (_into("stakeholder"),), True, ocf="TX_{}_ISSUANCE"),
    Kind(
        "transfer",
        "Transfer",
        (*_HOLDING, "counterparty"),
        ("price", "amount", "certificate"),
        (_out_of("stakeholder"), _into("counterparty")),
        ocf="TX_{}_TRANSFER",
    ),
    Kind(
        "conversion",
        "Conversion",
        _TURN_NEEDS,
        ("price", "amount", "certificate"),
        _TURNS,
        per_share="into_quantity",
        ocf="TX_{}_CONVERSION",
    ),
    Kind(
        "exchange",
        "Exchange",
        _TURN_NEEDS,
        ("counterparty", "price", "amount", "certificate"),
        (*_TURNS, _into("counterparty")),  # the surrendered paper passes to the counterparty, if one is named
        per_share="into_quantity",
    ),
    Kind(
        "exercise",
        "Exercise",
        _TURN_NEEDS,
        _PAID,
        _TURNS,
        True,
        per_share="into_quantity",
        ocf="TX_{}_EXERCISE",
    ),
    Kind("expiry", "Expiry", _HOLDING, (), (_out_of("stakeholder"),)),
    Kind(
        "repurchase",
        "Repurchase",
        _HOLDING,
        ("counterparty", "price", "amount"),
        (_out_of("stakeholder"), _into("counterparty")),  # kept as treasury shares if the issuer is named
        ocf="TX_{}_REPURCHASE",
    ),
    Kind("cancellation", "Cancellation", _HOLDING, (), (_out_of("stakeholder"),), ocf="TX_{}_CANCELLATION"),
    Kind("split", "Split", ("security", "ratio"), ("value", "price", "approval"), ocf="TX_STOCK_CLASS_SPLIT"),
    Kind(
        "authorized",
        "Authorized shares change",
        ("security", "quantity"),
        ("approval",),
        ocf="TX_STOCK_CLASS_AUTHORIZED_SHARES_ADJUSTMENT",
    ),
    Kind(
        "conversion_price",
        "Conversion price change",
        ("security", "price"),
        ("into_security",),
        ocf="TX_STOCK_CLASS_CONVERSION_RATIO_ADJUSTMENT",
    ),
    Kind(
        "reserve",
        "Plan reserve change",
        ("security", "quantity"),
        ("approval",),
        ocf="TX_STOCK_PLAN_POOL_ADJUSTMENT",
    ),
    Kind(
        "in_kind",
        "Dividend or interest in kind",
        ("security", "stakeholder", "into_security", "into_quantity"),
        ("price", "amount"),
        (_into("stakeholder", "into_security", "into_quantity"),),
        per_share="into_quantity",
    ),
    Kind("status", "Status change", ("issuer", "value"), ("amount",)),
    Kind("rename", "Rename", ("issuer", "value")),
)

KIND: dict[str, Kind] = {kind.name: kind for kind in KINDS}
KIND_CODE: dict[str, int] = {kind.name: code for code, kind in enumerate(KINDS)}

STATUSES = ("active", "ceased operations", "dissolved", "merged")


def missing_fields(transaction: Transaction) -> tuple[str, ...]:
    """Return what the kind needs and the record does not say."""
    return tuple(field for field in KIND[transaction.kind].needs if getattr(transaction, field) in (None, ""))
