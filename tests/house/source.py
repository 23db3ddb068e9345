"""The program's own source, for the tests that read it."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "neocapgui"
PURE_ROOMS = ("ledger", "engine", "figures")


def source_files(folder: Path = PROGRAM) -> tuple[Path, ...]:
    """Return every Python file of the program, or of one room."""
    return tuple(sorted(folder.rglob("*.py")))


def tree(file: Path) -> ast.Module:
    """Return a file as its syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def place(file: Path, line: int = 0) -> str:
    """Return what a message calls a place in the source: neocapgui/ledger/facts.py:12."""
    path = file.relative_to(ROOT).as_posix()
    return f"{path}:{line}" if line else path
