"""Files and classes are named after what they know, say so in their first line, and stay short."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import place, source_files, tree

LONGEST = 450  # lines of a file; a longer one has two subjects
SHAPELESS_CLASSES = {"base", "data", "handler", "helper", "manager", "service", "util"}
SHAPELESS_FILES = SHAPELESS_CLASSES | {"common", "core", "info", "misc"}

FILES = source_files()
each_file = pytest.mark.parametrize("file", FILES, ids=place)


def words(name: str) -> set[str]:
    """Return the words of a name, in the singular: {"table", "util"} for TableUtils and table_utils."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)
    return {part.lower().removesuffix("s") for part in parts}


@each_file
def test_a_file_is_not_named_after_its_shape(file: Path) -> None:
    assert not SHAPELESS_FILES & words(file.stem)
    assert not SHAPELESS_FILES & words(file.parent.name)


@each_file
def test_a_class_is_not_named_after_its_shape(file: Path) -> None:
    shapeless = {
        node.name: node.lineno
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef) and SHAPELESS_CLASSES & words(node.name)
    }
    assert shapeless == {}


@each_file
def test_a_file_says_what_it_is_in_its_first_line(file: Path) -> None:
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    assert re.fullmatch(r'r?"""[A-Z].*\.(""")?', first), first


@each_file
def test_a_file_has_one_subject(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST, f"{place(file)} has {lines} lines: split it by subject."
