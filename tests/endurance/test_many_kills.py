"""At least two hundred programs killed while they edit and save: nothing acknowledged is lost."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.children import CAN_FORK
from tests.killing import Killer, check_left, killer, moments
from tests.tracing import CAN_TRACE

pytestmark = [
    pytest.mark.skipif(not CAN_FORK, reason="This system forks no processes"),
    pytest.mark.timeout(1800),
]


@pytest.fixture(scope="module")
def killing(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    with killer(tmp_path_factory.mktemp("killed"), sound, "neocapgui.gui.app", "pyqtgraph") as one:
        yield one


def test_killed_at_any_moment(killing: Killer, bounded: Callable[[int], int]) -> None:
    for seed, after in moments(bounded(90), 11):
        check_left(killing.kill("edit_and_save", seed, kill_after=after))


def test_killed_before_it_ever_saved(killing: Killer, bounded: Callable[[int], int]) -> None:
    for seed, after in moments(bounded(30), 12):
        check_left(killing.kill("begin_and_edit", seed, kill_after=after))


def test_killed_in_its_own_window(killing: Killer, bounded: Callable[[int], int]) -> None:
    for seed, after in moments(bounded(20), 13):
        check_left(killing.kill("work_in_a_window", seed, kill_after=after * 4))


@pytest.mark.skipif(not CAN_TRACE, reason="Calls are counted on Linux with x86-64 only")
def test_killed_right_before_a_call_that_changes_a_file(
    killing: Killer, bounded: Callable[[int], int]
) -> None:
    chance = random.Random(14)
    for _ in range(bounded(4)):
        seed = chance.randrange(10**9)
        calls = killing.kill("edit_and_save", seed, kill_at_call=0).life.calls
        for number in chance.sample(range(1, calls + 1), 20):
            check_left(killing.kill("edit_and_save", seed, kill_at_call=number))
