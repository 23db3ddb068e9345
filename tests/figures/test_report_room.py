"""A report names the holders of splits as far as there is room, the latest first, and says where it stops."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from neocapgui.engine.lens import Lens
from neocapgui.figures.report import report
from neocapgui.ledger.facts import Stakeholder
from tests.engine.ledgers import cast, issued, split

PEOPLE = [Stakeholder(id, f"Holder {id}") for id in range(10, 20)]
DAY = date(2022, 1, 1)


def test_splits_with_endless_counts_are_listed_from_the_last_one_on() -> None:
    entries = [issued(one.id, "01-01", one, Decimal(7)) for one in PEOPLE]
    days = [(DAY + timedelta(number)).isoformat() for number in range(1, 171)]
    entries += [split(100 + number, on, f"{10**17}") for number, on in enumerate(days)]
    (company, *_) = report(cast(*PEOPLE, *entries), Lens(date(2023, 1, 1)))["issuers"]
    listed = [bool(one["holders"]) for one in company["splits"]]
    assert len(listed) == 170
    assert listed == sorted(listed)
    assert any(listed)
    assert not all(listed)
    assert [("holders_left_out" in one) for one in company["splits"]] == [not one for one in listed]
    assert company["splits"][-1]["holders"][0]["after"] == "7" + "0" * 17 * 170


def test_splits_of_a_usual_company_are_listed_whole() -> None:
    entries = [issued(one.id, "01-01", one, Decimal(7)) for one in PEOPLE]
    entries += [split(100 + number, f"02-0{number}", "1/2") for number in (1, 2)]
    (company, *_) = report(cast(*PEOPLE, *entries), Lens(date(2023, 1, 1)))["issuers"]
    assert [len(one["holders"]) for one in company["splits"]] == [10, 10]
    assert all("holders_left_out" not in one for one in company["splits"])
