"""Shares in the issuer's own hand are not outstanding: no limit counts them, and nothing of them converts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from neocapgui.engine.convertibles import convertibles
from neocapgui.engine.holdings import Holding, holdings, outstanding
from neocapgui.engine.lens import Lens
from neocapgui.ledger.terms import ConversionBasis, Limits
from tests.engine.ledgers import (
    ACME_ITSELF,
    ADA,
    BETA_ITSELF,
    BETA_SHARES,
    BOB,
    PREFERRED,
    TWO_FOR_ONE,
    cast,
    issued,
)

LENS = Lens(date(2022, 12, 31), 1)
LIMITED = replace(PREFERRED, limits=Limits(ownership=Decimal("0.0999")))
AT_ONE = replace(TWO_FOR_ONE, basis=ConversionBasis.RATIO, ratio=Fraction(6000))


def test_a_holders_limit_is_a_part_of_the_shares_outstanding() -> None:
    """9.99 % of 10,000,000 after the issue are 1,109,876, whatever the company has bought back."""
    book = cast(
        LIMITED,
        AT_ONE,
        issued(1, "01-02", ADA, 200, security=PREFERRED.id),
        issued(2, "01-02", BOB, 10_000_000),
        issued(3, "01-02", ACME_ITSELF, 5_000_000),
    )
    (found,) = convertibles(book, LENS, 1)
    (bound,) = found.held_back
    assert [bound.issuable, bound.held_back] == [1_109_876, 90_124]


def test_what_the_issuer_took_back_does_not_convert() -> None:
    book = cast(
        PREFERRED,
        TWO_FOR_ONE,
        issued(1, "01-02", ADA, 200, security=PREFERRED.id),
        issued(2, "01-02", ACME_ITSELF, 30, security=PREFERRED.id),
    )
    (found,) = convertibles(book, LENS, 1)
    assert [found.outstanding, found.shares] == [200, 400]


def test_only_the_issuers_own_securities_are_left_out_of_its_hand() -> None:
    book = cast(
        issued(1, "01-02", ADA, 5),
        issued(2, "01-02", ACME_ITSELF, 7),
        issued(3, "01-02", ACME_ITSELF, 11, security=BETA_SHARES.id),
        issued(4, "01-02", BETA_ITSELF, 13),
    )
    assert list(outstanding(book, holdings(book, LENS))) == [
        Holding(ADA.id, 1, Fraction(5)),
        Holding(ACME_ITSELF.id, BETA_SHARES.id, Fraction(11)),
        Holding(BETA_ITSELF.id, 1, Fraction(13)),
    ]
    without = cast(issued(1, "01-02", ADA, 5))
    held = holdings(without, LENS)
    assert outstanding(without, held) is held
