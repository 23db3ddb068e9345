"""Effective stakes are explained in time however many hold one another, and unknown ones told as such."""

from __future__ import annotations

import pytest

from neocapgui.engine.lens import Basis, Lens
from neocapgui.figures.origins.effective import CHAINS, effective_stake
from neocapgui.figures.origins.holdings import Asked
from neocapgui.figures.origins.origin import FOUND, NOT_LISTED, Origin, every, figure, words
from tests.engine.test_linked_groups import DAY, PUBLIC, all_hold_all, companies

LENS = Lens(DAY, 1, Basis.OUTSTANDING)


def right(origin: Origin) -> bool:
    """Whether every figure of a tree is what its rule makes of the figures beneath it."""
    return all(
        one.rule.result([part.value for part in one.parts]) == one.value
        for one in every(origin)
        if one.rule.result is not None and one.parts
    )


@pytest.mark.parametrize("count", [3, 8, 12, 30])
def test_companies_that_all_hold_one_another_are_each_explained_once(count: int) -> None:
    found = effective_stake(Asked(all_hold_all(count), LENS), 1, 2)
    assert right(found)
    explained = [one for one in every(found) if one.title.startswith("Effective") and one.parts]
    assert len({one.title for one in explained}) == len(explained)
    assert len(list(every(found))) < 5_000
    through = [part for part in found.parts if part.title.startswith("Through")]
    assert len(through) == min(count - 2, CHAINS + 1)
    rest = [one for one in found.parts if one.rule is NOT_LISTED]
    assert [one.title for one in rest] == (
        [f"Through {count - 2 - CHAINS} other companies together"] if count - 2 > CHAINS else []
    )


def test_a_company_met_again_is_shown_as_found_with_the_reason() -> None:
    ledger = companies(4, [(1, 2, 60), (2, 3, 50), (3, 2, 20), (2, 4, 30), (3, 4, 30), (PUBLIC, 4, 40)])
    found = effective_stake(Asked(ledger, LENS), 1, 4)
    assert right(found)
    notes = {one.note for one in every(found) if one.rule is FOUND and one.title.startswith("Effective")}
    assert notes == {"solved with the loop above it", "explained where it is met first"}


def test_an_unknown_stake_is_told_as_unknown_with_its_reason() -> None:
    too_many = effective_stake(Asked(all_hold_all(90), LENS), 1, 2)
    assert (too_many.value, figure(too_many), too_many.parts) == (None, "", ())
    assert words(too_many) == (
        "not known: the companies hold one another in too many ways to be looked through"
    )
    ring = companies(4, [(3, 2, 10), (4, 3, 10), (2, 4, 10), (4, 1, 5), (PUBLIC, 1, 5)])
    closed = effective_stake(Asked(ring, LENS), 4, 1)
    assert closed.value == 0.5
    outside = companies(4, [(3, 2, 10), (2, 3, 10), (1, 4, 10), (2, 4, 10)])
    unknown = effective_stake(Asked(outside, LENS), 1, 4)
    assert unknown.value is None
    assert words(unknown) == (
        "not known: companies of the group own one another completely, and nobody outside owns any of them"
    )
