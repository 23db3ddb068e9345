"""A hundred hostile files through the program: no crash, no hang, no traceback, files untouched."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.children import CAN_FORK
from tests.hostile.corpus import KINDS, cases
from tests.hostile.trial import trials

pytestmark = [
    pytest.mark.skipif(not CAN_FORK or sys.platform == "darwin", reason="Memory is measured on Linux"),
    pytest.mark.timeout(600),
]


def test_a_hundred_hostile_files_are_answered_and_left_alone(sound: Path, tmp_path: Path) -> None:
    found = trials(tmp_path, sound, cases(max(100, len(KINDS)), 1))
    assert len(found) > 80
    assert [trial for trial in found if trial.faults] == []
