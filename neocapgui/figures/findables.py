"""What can be gone to or done by its name, and which of it fits best to what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from typing import Any

from neocapgui.engine.finding import Finding, Place
from neocapgui.engine.lens import Lens
from neocapgui.engine.same import Same
from neocapgui.figures.choices import names_of
from neocapgui.figures.facts_tables import transactions_table
from neocapgui.figures.kinds import PLAIN, Kind, NotUnderstood, Style, day_text, parsed
from neocapgui.figures.ledger_search import lines_with
from neocapgui.figures.likeness import folded, likeness, may_be_like
from neocapgui.figures.sentences import sentence
from neocapgui.figures.tables import Column, Row
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import TABLES, Ledger

_KINDS = ((Issuer, "company"), (Security, "security"), (Stakeholder, "holder"))
_SHOWN_LINES = 8  # transactions offered; the page of transactions lists them all
_SAID = ("into_quantity", "quantity")  # of an entry, whichever is stated first
_TOLD = frozenset(
    (*_SAID, "date", "kind", "stakeholder", "into_security", "security", "value", "certificate")
)
# Of what fits alike, what is meant most often goes first.
_LEANING = {
    "page": 30,
    "company": 24,
    "holder": 22,
    "security": 22,
    "command": 20,
    "help": -60,  # what is done goes before what is read about
    "glossary": -640,  # also where it is called exactly so: typed among commands, exchange means to do it
}
_RECENT = 45  # what was chosen lately goes before what fits about as well
_ASIDE = 150  # a word beside the name, such as the menu of a command, counts less than the name
_LINE = 380  # an entry stands behind names that have the word as a word, before those with a part of it


@dataclass(frozen=True, slots=True)
class Findable:
    """One thing that can be gone to or done."""

    kind: str  # command, page, company, holder, security, day, transaction, finding, help, glossary
    key: Any  # the id of a command or topic, or a Place
    title: str
    aside: str = ""  # words beside the title by which it is found too: a menu, a date


def named(ledger: Ledger) -> tuple[Findable, ...]:
    """Return the companies, securities and holders of a ledger by their names."""
    return _named(tuple(Same(getattr(ledger, TABLES[kind]), ledger.issuers) for kind, _ in _KINDS))


@lru_cache(maxsize=2)
def _named(facts: tuple[Same, ...]) -> tuple[Findable, ...]:
    issuers, securities, stakeholders = (one.values[0] for one in facts)
    ledger = Ledger(issuers=issuers, securities=securities, stakeholders=stakeholders)
    return tuple(
        Findable(word, Place(TABLES[kind], id), name)
        for kind, word in _KINDS
        for id, name in names_of(ledger, kind).items()
    )


def contradictions(found: Iterable[Finding], style: Style = PLAIN) -> tuple[Findable, ...]:
    """Return findings by their sentences."""
    return tuple(Findable("finding", one.place, sentence(one.said, style)) for one in found)


def day_typed(sought: str, style: Style = PLAIN) -> tuple[Findable, ...]:
    """Return the day that was typed, 2001-08-31 or as the language writes it, as a point of view."""
    try:
        day = parsed(Kind.DATE, sought, style) if sum(map(str.isdigit, sought)) > 2 else None
    except NotUnderstood:
        day = None
    return () if day is None else (Findable("day", day, f"Look at {day_text(day, style)}"),)


def entries(ledger: Ledger, lens: Lens, sought: str, style: Style = PLAIN) -> tuple[Findable, ...]:
    """Return the latest transactions in which every word that was typed occurs, of all companies.

    A word is a part of a name, kind, certificate, source or note, a day, or a figure of exactly that value.
    """
    days = day_typed(sought, style)
    words = (days[0].key.isoformat(),) if days else tuple(sought.casefold().split())
    if not words or (len(sought.strip()) < 2):
        return ()
    places = lines_with(ledger, words, style)[-_SHOWN_LINES:]
    table = transactions_table(ledger, lens, True)
    return tuple(_entry(table.rows[place], table.columns, style) for place in reversed(places))


def _entry(row: Row, columns: Sequence[Column], style: Style) -> Findable:
    cells = {
        column.field: (column, cell)
        for column, cell in zip(columns, row.cells, strict=True)
        if column.field in _TOLD
    }

    def said(field: str) -> str:
        column, cell = cells[field]
        return column.text(cell, style)

    count = next((said(field) for field in _SAID if said(field)), "")
    what = " ".join(part for part in (count, said("into_security") or said("security")) if part)
    parts = (said("date"), said("kind"), said("stakeholder"), what, said("value"), said("certificate"))
    title = "  ·  ".join(part for part in parts if part)
    return Findable("transaction", Place("transactions", row.key), title)


class Index:
    """Things by their names, made ready to be compared."""

    def __init__(self, findables: Iterable[Findable]) -> None:
        """Hold them in the order in which they are listed where nothing was typed."""
        self._held = [
            (
                one,
                folded(one.title.removesuffix("…")),
                folded(f"{one.title} {one.aside}") if one.aside else "",
            )
            for one in findables
        ]

    def best(
        self,
        sought: str,
        recent: Sequence[tuple[str, Any]] = (),
        lines: Sequence[Findable] = (),
        most: int = 40,
    ) -> list[Findable]:
        """Return what fits best, the best first; where nothing was typed, what was chosen lately first.

        `recent` are kind and key of what was chosen, the latest first. `lines` are entries found besides:
        they stand behind the names that have what was typed as a word, before those that only have a part.
        """
        typed = folded(" ".join(sought.split()))
        lately = {which: place for place, which in enumerate(recent)}
        if not typed:
            held = (one for one, _, _ in self._held)
            return sorted(held, key=lambda one: lately.get((one.kind, one.key), len(lately)))[:most]
        scored: list[tuple[int, int, Findable]] = []
        may_fit = may_be_like(typed)
        for place, (one, name, more) in enumerate(self._held):
            if not may_fit(more or name):
                continue
            fit = likeness(typed, name)
            if more:
                beside = likeness(typed, more)
                if beside is not None:
                    fit = max(beside - _ASIDE, -_ASIDE if fit is None else fit)
            if fit is not None:
                lean = _LEANING.get(one.kind, 0) + (_RECENT if (one.kind, one.key) in lately else 0)
                scored.append((fit + lean, -place, one))
        ranked = nlargest(most, scored, key=lambda line: line[:2])
        sure = sum(score >= _LINE for score, _, _ in ranked)
        names = [one for _, _, one in ranked]
        return [*names[:sure], *lines, *names[sure:]]
