"""The text of each topic, with what is made from tables: keys of the grid, guided entries, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from neocapgui.engine.lens import Lens
from neocapgui.figures.grid.contract import CONTRACT
from neocapgui.figures.guided.guide import Form
from neocapgui.figures.guided.guides import GUIDES, GuideEntry
from neocapgui.figures.likeness import folded
from neocapgui.gui.help.topics import GUIDED, TOPICS, slug, written
from neocapgui.ledger.ledger import Ledger

_SECTION = re.compile(r"^(#{1,2}) (.+)$", re.MULTILINE)
_ANCHOR = re.compile(r"\s*\{#([\w.-]+)\}")
_MARKS = re.compile(
    r"\[([^]]*)\]\([^)]*\)|\s*\{#[\w.-]+\}|\{\{[a-z_.]+\}\}|^- |^\|[-|]+$|[*`|]", re.MULTILINE
)
_SNIPPET = 110  # letters


def text_of(topic: str) -> str:
    """Return a topic in Markdown, whole."""
    made = {GUIDED: _guides, "grid": _grid}.get(topic)
    return written(topic) + ("" if made is None else "\n\n" + made())


@dataclass(frozen=True, slots=True)
class Passage:
    """A section of the help in which something was found."""

    place: str  # topic#anchor
    title: str
    snippet: str


def passages(sought: str) -> list[Passage]:
    """Return the sections in which every word stands, those that have it in their heading first."""
    words = folded(sought).split()
    if not words:
        return []
    ranked: list[tuple[int, Passage]] = []
    for topic in TOPICS:
        for heading, anchor, body in _sections(text_of(topic.name)):
            head, text = folded(heading), folded(f"{topic.title} {heading} {body}")
            if all(word in text for word in words):
                rank = (
                    0 if head == folded(sought).strip() else 1 if all(word in head for word in words) else 2
                )
                title = topic.title if heading == topic.title else f"{topic.title}  ›  {heading}"
                passage = Passage(f"{topic.name}#{anchor}", title, _cut(body, words))
                ranked.append((rank, passage))
    return [passage for _, passage in sorted(ranked, key=lambda one: one[0])]


def _sections(text: str) -> Iterator[tuple[str, str, str]]:
    """Return heading, anchor and plain text of each section."""
    found = list(_SECTION.finditer(text))
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(text)
        named = _ANCHOR.search(match[2])
        heading = _ANCHOR.sub("", match[2])
        body = _MARKS.sub(lambda mark: mark[1] or "", text[match.end() : end])
        yield heading, named[1] if named else slug(heading), " ".join(body.split())


def _cut(body: str, words: list[str]) -> str:
    at = next((at for at in (folded(body).find(word) for word in words) if at >= 0), 0)
    start = max(0, at - _SNIPPET // 3)
    start = body.find(" ", start) + 1 if start else 0
    return ("…" if start else "") + body[start : start + _SNIPPET] + "…"


def _guides() -> str:
    return "\n\n".join(_guide(entry) for entry in GUIDES)


def _guide(entry: GuideEntry) -> str:
    lines = [f"## {entry.title} {{#{entry.name}}}", entry.help]
    fields = entry.guide.fields(Form(Ledger(), Lens(date(2000, 1, 1))))
    told = [
        f"- **{field.title}** {{#{entry.name}.{field.name}}}: {_sentence(field.help or field.hint)}"
        for field in fields
    ]
    return "\n\n".join([*lines, "\n".join(told)] if told else lines)


def _sentence(text: str) -> str:
    said = text.strip() or "see above"
    return said if said.endswith((".", "!", "?")) else f"{said}."


def _grid() -> str:
    """Return the contract of all tables, the one that its tests run."""
    head = "## What each key does {#keys}\n\n| Key or gesture | Result |\n|---|---|\n"
    return head + "\n".join(f"| {promise.gesture} | {promise.result} |" for promise in CONTRACT)
