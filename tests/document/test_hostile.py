"""Hostile files of every kind through the program: no crash, no hang, no traceback, files untouched."""

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


def test_a_hostile_file_of_every_kind_is_answered_and_left_alone(sound: Path, tmp_path: Path) -> None:
    found = trials(tmp_path, sound, cases(len(KINDS), 1))
    assert len(found) > len(KINDS) * 0.8
    assert [trial for trial in found if trial.faults] == []
