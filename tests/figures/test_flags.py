"""Names above a plot stand in as few rows as they can, and no line runs over a name."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from neocapgui.figures.charts.flags import flags

places = st.lists(st.floats(0, 1000).map(round), min_size=1, max_size=7).map(sorted)


@given(places, st.floats(1, 120))
def test_no_line_runs_over_a_name_and_no_name_over_another(at: list[int], room: float) -> None:
    found = flags(at, [room] * len(at), -1000.0, 2000.0)  # with room at both sides
    assert [flag.at for flag in found] == at
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            if one.row == other.row:
                assert one.high < other.low or other.high < one.low
            higher, lower = (one, other) if one.row < other.row else (other, one)
            if higher.row < lower.row:
                assert not lower.low < higher.at < lower.high


@given(places, st.floats(1, 900))
def test_every_place_has_its_line_however_little_room_there_is(at: list[int], room: float) -> None:
    found = flags(at, [room] * len(at), 0.0, 1000.0)
    assert [flag.at for flag in found] == at
    rows = {flag.row for flag in found}
    assert rows == set(range(len(rows)))


def test_names_that_have_room_beside_each_other_stand_in_one_row() -> None:
    assert {flag.row for flag in flags([0, 100, 200, 300], [80] * 4, 0.0, 400.0)} == {0}


def test_without_places_there_are_no_flags() -> None:
    assert flags([], [], 0.0, 1.0) == []
