"""The README can be believed: two commands to begin with, and no link that leads nowhere."""

from __future__ import annotations

import re

import pytest

from tests.house.source import ROOT

PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")


def section(text: str, title: str) -> str:
    """Return what stands under a heading of the second rank."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def fenced(text: str) -> list[str]:
    """Return the fenced blocks of a text, without the fences."""
    return [block.strip() for block in re.findall(r"^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)]


def test_the_quick_start_is_two_commands_of_one_line() -> None:
    start = section((ROOT / "README.md").read_text(encoding="utf-8"), "Quick start")
    commands = fenced(start)
    assert len(commands) == 2
    assert start.count("```") == 4
    assert not any("\n" in command for command in commands)
    window, tests = commands
    assert window.endswith("neocapgui --sample neotherapeutics-as-filed")
    assert tests.endswith("python -m pytest")


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_is_linked_to_is_there(paper: str) -> None:
    text = (ROOT / paper).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#\s]+)", text) + re.findall(r'(?:src|srcset)="([^"]+)"', text)
    missing = [target for target in targets if "://" not in target and not (ROOT / target).exists()]
    assert missing == []
