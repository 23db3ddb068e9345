"""Every topic of the help, and which of them belongs to a page, a column, a dialog or a field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from neocapgui.figures.guided.guides import GUIDE
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.resources import resource

GLOSSARY = "glossary"
FIRST = "welcome"
GUIDED = "guided"


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of the help: the name of its file, its title, and the group in which it is listed."""

    name: str
    title: str
    group: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary, with the first sentence of what it says."""

    name: str
    anchor: str
    sentence: str


_BEGIN, _PAGES, _ENTERING, _MEANING, _FILES = (
    "To begin",
    "Pages",
    "Entering and finding",
    "What the figures mean",
    "Files and the program",
)

TOPICS: tuple[Topic, ...] = (
    Topic(FIRST, "Welcome", _BEGIN),
    Topic("first_scenario", "The first scenario", _BEGIN),
    Topic("window", "The window", _BEGIN),
    *(Topic(page.name, page.title, _PAGES) for page in PAGES),
    Topic("grid", "Tables and their keys", _ENTERING),
    Topic("numbers_dates", "Numbers and dates you can type", _ENTERING),
    Topic(GUIDED, "Guided entries", _ENTERING),
    Topic("finding_things", "Finding and doing by name", _ENTERING),
    Topic("shortcuts", "Commands and shortcuts", _ENTERING),
    Topic("bases", "Bases: how shares are counted", _MEANING),
    Topic("rounding", "Rounding", _MEANING),
    Topic("workings", "Where a figure comes from", _MEANING),
    Topic(GLOSSARY, "Glossary", _MEANING),
    Topic("saving", "Saving and recovery", _FILES),
    Topic("check", "Check", _FILES),
    Topic("versions", "Versions", _FILES),
    Topic("file", "The file and other tools", _FILES),
    Topic("command_line", "Command line", _FILES),
    Topic("problems", "When something goes wrong", _FILES),
)
TOPIC = {topic.name: topic for topic in TOPICS}

# Where the columns of each table in which facts are typed are explained, at the anchor table.field.
TABLES = {
    "issuers": "group",
    "stakeholders": "cap_table",
    "published_counts": "cap_table",
    "securities": "securities",
    "conversion_rights": "securities",
    "approvals": "securities",
    "transactions": "transactions",
    "stakes": "transactions",
    "prices": "prices",
}
_AS = {"stakes": "transactions"}  # a table with the columns of another

# By the name of the dialog; a guided entry's dialog has the name of its guide.
DIALOGS = {
    "dialog.about": FIRST,
    "dialog.changed_on_disk": "saving#changed",
    "dialog.chart_export": "charts#export",
    "dialog.chart_place": "charts#export",
    "dialog.chart_table": "charts#export",
    "dialog.check": "check",
    "dialog.columns": "grid#columns",
    "dialog.commands": "shortcuts",
    "dialog.compare": "charts#compare",
    "dialog.delete": "saving#recovery",
    "dialog.discard": "saving#recovery",
    "dialog.explain": "workings#explain",
    "dialog.export_csv": "charts#paper",
    "dialog.export_pdf": "charts#paper",
    "dialog.go_to": "grid#find",
    "dialog.licences": FIRST,
    "dialog.open": "saving",
    "dialog.paste": "grid#paste",
    "dialog.print": "charts#paper",
    "dialog.print_preview": "charts#paper",
    "dialog.problem": "problems",
    "dialog.replace": "grid#find",
    "dialog.revoke": "history#revoke",
    "dialog.save": "saving",
    "dialog.status": "guided",
    "dialog.trouble": "problems",
    "dialog.unsaved": "saving#leaving",
    "dialog.unsaved_work": "saving#recovery",
    "dialog.versions": "versions",
}

# Parts of the window by their object names, where nothing nearer has a topic.
PARTS = {
    "group": "window#group",
    "pages": "window#pages",
    "inspector": "workings",
    "timeline": "window#timeline",
    "as_of": "window#as-of",
    "search": "finding_things",
    "palette": "finding_things",
    "first_scenario": "first_scenario",
    "page.start": FIRST,
    "search.transactions": "transactions#search",
}


def of_column(table: str, field: str) -> str:
    """Return where a column of a table is explained: `securities#securities.votes`; nothing where nowhere."""
    topic = TABLES.get(table, "")
    if not topic:
        return ""
    anchor = f"{_AS.get(table, table)}.{field}"
    return f"{topic}#{anchor}" if field and anchor in anchors(topic) else topic


def of_widget(name: str, within: str = "") -> str:
    """Return the topic of a page, dialog, field or part of the window by its object name, or nothing.

    `within` is the name of the dialog around a field.
    """
    kind, _, rest = name.partition(".")
    if kind == "dialog" and rest in GUIDE:
        return f"{GUIDED}#{rest}"
    if kind == "field" and within.removeprefix("dialog.") in GUIDE:
        return f"{GUIDED}#{within.removeprefix('dialog.')}.{rest}"
    if kind == "page" and rest in TOPIC:
        return rest
    if kind == "table" and rest in TABLES:
        return TABLES[rest]
    return DIALOGS.get(name) or PARTS.get(name, "")


_ANCHOR = re.compile(r"\s*\{#([\w.-]+)\}")
_HEADING = re.compile(r"^(#{1,3}) (.+)$", re.MULTILINE)


def slug(text: str) -> str:
    """Return the anchor of a heading that names none: `as-converted`."""
    return "-".join(re.findall(r"\w+", text.casefold()))


@cache
def written(topic: str) -> str:
    """Return the text of a topic as it is written, in Markdown."""
    return resource("help", f"{topic}.md").read_text(encoding="utf-8")


@cache
def anchors(topic: str) -> frozenset[str]:
    """Return the places of a topic that can be gone to."""
    text = written(topic)
    named = _ANCHOR.findall(text)
    headed = [slug(_ANCHOR.sub("", heading)) for _, heading in _HEADING.findall(text)]
    return frozenset((*named, *headed))


@cache
def glossary() -> tuple[Term, ...]:
    """Return the words of the glossary in its order."""
    parts = re.split(r"^## ", written(GLOSSARY), flags=re.MULTILINE)[1:]
    return tuple(_term(part) for part in parts)


def explained(word: str) -> str:
    """Return the first sentence of the glossary about a word, or nothing."""
    return _sentences().get(word.casefold(), "")


@cache
def head_tip(title: str, help: str) -> str:
    """Return what the tool tip of a column's head says: its help, and what the glossary says of its title."""
    said = f"{help}." if help and help[-1] not in ".?!" else help
    more = explained(title)
    return f"{said} {more}".strip() if more and more != said else help


@cache
def _sentences() -> dict[str, str]:
    return {term.name.casefold(): term.sentence for term in glossary()}


def _term(part: str) -> Term:
    heading, _, text = part.partition("\n")
    name = _ANCHOR.sub("", heading).strip()
    anchor = _ANCHOR.search(heading)
    paragraph = " ".join(text.strip().partition("\n\n")[0].split())
    plain = re.sub(r"\[([^]]*)\]\([^)]*\)|[*`]", lambda found: found[1] or "", paragraph)
    sentence = re.match(r".+?[.](?=\s|$)", plain)
    return Term(name, anchor[1] if anchor else slug(name), sentence[0] if sentence else plain)
