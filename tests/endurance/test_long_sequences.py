"""Hundreds of long sequences of edits, undo, redo, save and recovery agree with a plain list of ledgers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.document.test_state_machine import DocumentMachine

pytestmark = pytest.mark.timeout(1800)


def test_long_sequences_agree_with_the_model(bounded: Callable[[int], int]) -> None:
    run_state_machine_as_test(
        DocumentMachine,
        settings=settings(max_examples=bounded(100), stateful_step_count=50, deadline=None),
    )
