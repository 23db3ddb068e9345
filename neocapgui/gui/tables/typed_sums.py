"""The sums that were typed into cells, for F2 to show again: kept on this machine, never in the facts."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from PySide6.QtCore import QObject

from neocapgui.engine.calculations.demands import written
from neocapgui.gui.session import Session
from neocapgui.gui.views_kept import keep, kept
from neocapgui.ledger.ledger import TABLES, Fact

_KEY = "sums"
_MOST = 1_000  # sums of a document; the oldest go first


class TypedSums(QObject):
    """The sums of a session's document: each says what it came to, and is forgotten once that is another."""

    def __init__(self, session: Session) -> None:
        """Keep the sums of a session."""
        super().__init__(session)
        self._session = session
        self._sums = self._kept()
        session.opened.connect(self._begin)

    @classmethod
    def of(cls, session: Session) -> TypedSums:
        """Return the one of a session."""
        return session.findChild(cls) or cls(session)

    def text_of(self, fact: Fact | None, field: str, value: Any) -> str:
        """Return the sum that was typed for a figure; "" if there is none or the figure is another now."""
        if not self._sums or fact is None or value is None:
            return ""
        text, came_to = self._sums.get(_place(fact, field), ("", ""))
        return text if text and came_to == _figure(value) else ""

    @property
    def facts(self) -> frozenset[int]:
        """The numbers of the facts, of whatever table, of which a figure was typed as a sum."""
        return frozenset(int(place.split("/")[1]) for place in self._sums)

    def note(self, fact: Fact, field: str, text: str, value: Any) -> None:
        """Note what was typed for a figure: a sum is kept, anything else takes its place."""
        place, is_sum = _place(fact, field), text.lstrip().startswith("=") and value is not None
        if not is_sum and place not in self._sums:
            return
        self._sums.pop(place, None)
        if is_sum:
            self._sums[place] = text.strip(), _figure(value)
        while len(self._sums) > _MOST:
            self._sums.pop(next(iter(self._sums)))
        keep(self._session.document.id, _KEY, {place: list(said) for place, said in self._sums.items()})

    def _begin(self) -> None:
        self._sums = self._kept()

    def _kept(self) -> dict[str, tuple[str, str]]:
        said = kept(self._session.document.id, _KEY)
        if not isinstance(said, dict):
            return {}
        return {
            place: (pair[0], pair[1])
            for place, pair in said.items()
            if isinstance(pair, list) and len(pair) == 2 and all(isinstance(one, str) for one in pair)
        }


def _place(fact: Fact, field: str) -> str:
    return f"{TABLES[type(fact)]}/{fact.id}/{field}"


def _figure(value: Any) -> str:
    try:
        return written(Fraction(value))
    except (TypeError, ValueError):
        return ""
