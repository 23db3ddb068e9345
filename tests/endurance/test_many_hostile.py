"""A thousand hostile files through open, check and report: every one answered in time and left as it was."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.children import CAN_FORK
from tests.hostile.corpus import cases
from tests.hostile.trial import trials

pytestmark = [
    pytest.mark.skipif(not CAN_FORK or sys.platform == "darwin", reason="Memory is measured on Linux"),
    pytest.mark.timeout(3600),
]
_SPARE = 1.1  # some numbers stand for no file


def test_no_hostile_file_does_harm(sound: Path, tmp_path: Path, bounded: Callable[[int], int]) -> None:
    found = trials(tmp_path, sound, cases(int(bounded(1000) * _SPARE) + 1, 2))
    assert len(found) >= bounded(1000)
    assert [trial for trial in found if trial.faults] == []
