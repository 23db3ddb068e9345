"""What the imports cannot show: no clock, no files and no evaluated text."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.source import PROGRAM, PURE_ROOMS, place, source_files, tree

CLOCK = frozenset({"fromtimestamp", "now", "today", "utcnow"})
OUTSIDE = frozenset({"input", "open", "print"})
EVALUATION = frozenset({"__import__", "compile", "eval", "exec"})

PURE_FILES = tuple(file for room in PURE_ROOMS for file in source_files(PROGRAM / room))


def calls(file: Path) -> list[tuple[str, bool, int]]:
    """Return what a file calls: the name, whether it is a method, the line."""
    found = []
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                found.append((node.func.attr, True, node.lineno))
            elif isinstance(node.func, ast.Name):
                found.append((node.func.id, False, node.lineno))
    return found


@pytest.mark.parametrize("file", PURE_FILES, ids=place)
def test_a_pure_room_asks_neither_clock_nor_files(file: Path) -> None:
    impure = [
        place(file, line)
        for name, is_method, line in calls(file)
        if name in (CLOCK if is_method else OUTSIDE)
    ]
    assert impure == []


def test_no_text_is_ever_run_as_code() -> None:
    evaluated = [
        place(file, line)
        for file in source_files()
        for name, is_method, line in calls(file)
        if not is_method and name in EVALUATION
    ]
    assert evaluated == []
