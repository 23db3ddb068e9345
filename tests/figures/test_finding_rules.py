"""Every finding that the engine can make has a rule that says what is demanded."""

from __future__ import annotations

import ast
from pathlib import Path

import neocapgui
from neocapgui.figures.checks.finding_rules import RULES, rule_of

ENGINE = Path(neocapgui.__file__).parent / "engine"


def codes() -> set[str]:
    """Return the first argument of every Finding, and of what makes one, in the engine."""
    found = set()
    for file in ENGINE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            is_made = isinstance(node, ast.Call) and ast.unparse(node.func) in ("Finding", "_remark")
            if is_made and isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


def test_every_finding_has_a_rule_and_every_rule_a_finding() -> None:
    assert codes() == set(RULES)


def test_a_rule_is_a_full_sentence_under_a_short_name() -> None:
    for rule in RULES.values():
        assert rule.definition.endswith(".")
        assert 0 < len(rule.name) <= 30
    assert rule_of("nothing of the kind").definition == ""
