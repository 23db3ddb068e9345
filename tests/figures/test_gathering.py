"""Small holders gathered, bands by class, and shares restated for later splits: nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from neocapgui.engine.course import OTHERS
from neocapgui.engine.lens import Basis, Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.gathering import Gather
from neocapgui.figures.charts.stacked import By, Chart, Unit, ownership_chart
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import SecurityKind
from neocapgui.ledger.transactions import Transaction

DAY = date(2001, 1, 1)
LENS = Lens(DAY, 1)
FILED = sample("neotherapeutics-as-filed")


def company() -> Ledger:
    """Ada has 940, Bob 50, Cleo 10; then a split of two for one, and then Cleo gets 2,000."""
    issues = [
        Transaction(who, DAY, "issuance", security=1, stakeholder=who, quantity=Decimal(shares))
        for who, shares in {1: 940, 2: 50, 3: 10}.items()
    ]
    split = Transaction(8, DAY + timedelta(40), "split", security=1, ratio=Fraction(2))
    late = Transaction(9, DAY + timedelta(80), "issuance", security=1, stakeholder=3, quantity=Decimal(2000))
    return Ledger(
        issuers={1: Issuer(1, "Acme")},
        stakeholders={id: Stakeholder(id, name) for id, name in {1: "Ada", 2: "Bob", 3: "Cleo"}.items()},
        securities={1: Security(1, 1, "Common", SecurityKind.COMMON, votes=Decimal(1))},
        transactions=Transactions.of([*issues, split, late]),
    )


def shares(chart: Chart, position: int) -> dict[str, Fraction]:
    return {band.name: chart.course.shares(position, place) for place, band in enumerate(chart.bands)}


def test_who_never_had_a_tenth_is_among_the_others() -> None:
    chart = ownership_chart(company(), LENS, gather=Gather.FROM_10)
    assert [band.name for band in chart.bands] == ["Ada", "Cleo", "Other holders"]
    assert shares(chart, 0) == {"Ada": 940, "Cleo": 10, "Other holders": 50}


def test_who_had_exactly_five_percent_stands_alone() -> None:
    chart = ownership_chart(company(), LENS, gather=Gather.FROM_5)
    assert [band.name for band in chart.bands] == ["Ada", "Cleo", "Bob"]


def test_the_three_largest_leave_the_others_in_one_band() -> None:
    chart = ownership_chart(FILED, Lens(date(2003, 1, 1), 1), gather=Gather.TOP_3)
    assert len(chart.bands) == 4
    assert chart.bands[-1].key == OTHERS


def test_shares_stand_as_they_were_or_restated_for_the_split_since() -> None:
    plain = ownership_chart(company(), LENS, unit=Unit.SHARES)
    restated = ownership_chart(company(), LENS, unit=Unit.SHARES, is_restated=True)
    assert shares(plain, 0)["Ada"] == 940
    assert shares(restated, 0)["Ada"] == 1880
    assert shares(plain, 1) == shares(restated, 1)
    assert shares(plain, 2) == shares(restated, 2)
    assert restated.axis == "Shares of Acme, as converted, restated for later splits"


def test_percent_is_the_same_restated_or_not() -> None:
    assert not ownership_chart(company(), LENS, is_restated=True).is_restated


@pytest.mark.parametrize("basis", list(Basis))
@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("gather", list(Gather))
def test_the_parts_sum_to_one_however_they_are_gathered(basis: Basis, by: By, gather: Gather) -> None:
    chart = ownership_chart(FILED, Lens(DAY, 1, basis), by, Unit.SHARES, gather, True)
    whole = ownership_chart(FILED, Lens(DAY, 1, basis), By.HOLDER, Unit.SHARES)
    for position in range(len(chart.days)):
        parts = [chart.course.stake(position, band) for band in range(len(chart.bands))]
        assert sum(parts) == sum(whole.course.stake(position, band) for band in range(len(whole.bands)))


def test_a_class_holds_all_its_securities() -> None:
    lens = Lens(DAY, 1, Basis.OUTSTANDING)
    by_class = ownership_chart(FILED, lens, By.CLASS, Unit.SHARES)
    by_security = ownership_chart(FILED, lens, By.SECURITY, Unit.SHARES)
    kinds = {security.id: security.kind for security in FILED.securities.values()}
    for position in range(len(by_class.days)):
        preferred = sum(
            (
                by_security.course.shares(position, place)
                for place, band in enumerate(by_security.bands)
                if kinds.get(band.key) is SecurityKind.PREFERRED
            ),
            Fraction(0),
        )
        assert shares(by_class, position).get("Preferred stock", Fraction(0)) == preferred
