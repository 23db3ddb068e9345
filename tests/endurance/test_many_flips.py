"""Five hundred flipped bits in the sample as filed: every one in a number is noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flipping import Flipper, flips

pytestmark = pytest.mark.timeout(1800)


def test_no_flipped_bit_of_a_number_goes_unnoticed(
    as_filed: Path, tmp_path: Path, bounded: Callable[[int], int]
) -> None:
    flipper = Flipper(as_filed, tmp_path)
    every = flips(as_filed, bounded(500), 7)
    for flip in every:
        flipper.check(flip)
    assert flipper.refused + flipper.noticed + flipper.unused == len(every)
