"""A program killed while it edits and saves loses nothing that it had said was done."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.children import CAN_FORK
from tests.killing import Killer, check_left, killer, moments
from tests.tracing import CAN_TRACE

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="This system forks no processes")


@pytest.fixture(scope="module")
def killing(sound: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killer]:
    with killer(tmp_path_factory.mktemp("killed"), sound) as one:
        yield one


@pytest.mark.parametrize(("seed", "after"), moments(8, 1))
def test_a_program_killed_at_any_moment(killing: Killer, seed: int, after: float) -> None:
    check_left(killing.kill("edit_and_save", seed, kill_after=after))


@pytest.mark.parametrize(("seed", "after"), moments(4, 2))
def test_a_program_killed_before_it_ever_saved(killing: Killer, seed: int, after: float) -> None:
    check_left(killing.kill("begin_and_edit", seed, kill_after=after))


@pytest.mark.skipif(not CAN_TRACE, reason="Calls are counted on Linux with x86-64 only")
def test_a_program_killed_right_before_a_call_that_changes_a_file(killing: Killer) -> None:
    calls = killing.kill("edit_and_save", 5, kill_at_call=0).life.calls
    assert calls > 200
    for number in random.Random(6).sample(range(1, calls + 1), 8):
        killed = killing.kill("edit_and_save", 5, kill_at_call=number)
        assert killed.life.calls == number
        check_left(killed)
