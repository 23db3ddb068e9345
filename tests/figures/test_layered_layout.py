"""Boxes in layers: trees without crossings, loops that end, equal answers for equal questions."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest

from neocapgui.figures.charts.layered_layout import Layout, layered

WIDTH, GAP = 10.0, 2.0
Link = tuple[int, int]


def _laid(count: int, links: list[Link]) -> Layout[int]:
    return layered(range(count), links, dict.fromkeys(range(count), WIDTH), GAP)


def _forest(random: Random, count: int) -> list[Link]:
    links = [(random.randrange(one), one) for one in range(1, count) if random.random() < 0.9]
    random.shuffle(links)
    return links


def _crossing(layout: Layout[int], one: Link, other: Link) -> bool:
    """Whether two straight lines between the same two layers cross."""
    if layout.layers[one[0]] != layout.layers[other[0]] or one[0] == other[0] or one[1] == other[1]:
        return False
    above = layout.middles[one[0]] - layout.middles[other[0]]
    below = layout.middles[one[1]] - layout.middles[other[1]]
    return above * below < 0


@pytest.mark.parametrize("seed", range(60))
def test_a_forest_has_no_crossing_and_no_box_upon_another(seed: int) -> None:
    random = Random(seed)
    count = random.randrange(1, 40)
    links = _forest(random, count)
    layout = _laid(count, links)
    assert layout.is_forest
    assert not any(_crossing(layout, one, other) for one, other in combinations(links, 2))
    for owner, issuer in links:
        assert layout.layers[issuer] == layout.layers[owner] + 1
    for layer in set(layout.layers.values()):
        places = sorted(layout.middles[node] for node in range(count) if layout.layers[node] == layer)
        assert all(right - left >= WIDTH + GAP - 1e-6 for left, right in pairwise(places))
    assert all(WIDTH / 2 - 1e-6 <= middle <= layout.width for middle in layout.middles.values())


@pytest.mark.parametrize("seed", range(60))
def test_lines_across_of_two_owners_never_run_into_one_another(seed: int) -> None:
    """Elbows share one height under each layer: the spans of two owners must stay apart."""
    random = Random(seed)
    count = random.randrange(2, 40)
    links = _forest(random, count)
    layout = _laid(count, links)
    spans: dict[int, list[float]] = {}
    for owner, issuer in links:
        spans.setdefault(owner, [layout.middles[owner]]).append(layout.middles[issuer])
    for one, other in combinations(spans, 2):
        if layout.layers[one] == layout.layers[other]:
            assert max(spans[one]) < min(spans[other]) or max(spans[other]) < min(spans[one])


@pytest.mark.parametrize("seed", range(40))
def test_any_links_at_all_are_laid_out_the_same_each_time(seed: int) -> None:
    random = Random(seed)
    count = random.randrange(1, 25)
    links = [(random.randrange(count), random.randrange(count)) for _ in range(random.randrange(60))]
    layout = _laid(count, links)
    assert layout == _laid(count, links)
    assert set(layout.middles) == set(range(count))
    for owner, issuer in set(links):
        if owner != issuer and (owner, issuer) not in layout.back:
            assert layout.layers[owner] < layout.layers[issuer]
    for layer in set(layout.layers.values()):
        places = sorted(layout.middles[node] for node in range(count) if layout.layers[node] == layer)
        assert all(right - left >= WIDTH + GAP - 1e-6 for left, right in pairwise(places))


def test_two_that_own_each_other_have_one_link_down_and_one_back() -> None:
    layout = _laid(2, [(0, 1), (1, 0)])
    assert (layout.layers, set(layout.back), layout.is_forest) == ({0: 0, 1: 1}, {(1, 0)}, False)


def test_a_company_of_two_owners_stands_between_them() -> None:
    layout = _laid(3, [(0, 2), (1, 2)])
    assert layout.middles[2] == pytest.approx((layout.middles[0] + layout.middles[1]) / 2)


def test_a_line_that_passes_a_layer_keeps_clear_of_its_boxes() -> None:
    layout = _laid(3, [(0, 1), (1, 2), (0, 2)])
    (through,) = layout.through[0, 2]
    assert abs(through - layout.middles[1]) >= WIDTH / 2
