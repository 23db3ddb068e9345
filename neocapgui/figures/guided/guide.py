"""What a guide is: the fields it asks for, what it proposes, the edit it makes and what it remarks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date
from typing import Any

from neocapgui.engine.lens import Lens
from neocapgui.figures.choices import Choices
from neocapgui.figures.kinds import PLAIN, Kind, NotUnderstood, Style, day_text, parsed, shown
from neocapgui.figures.tables import Table
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked for."""

    name: str  # `shares`: of the widget `field.shares`
    title: str
    kind: Kind
    choices: Choices | None = None  # of a CHOICE or REFERENCE
    help: str = ""  # what belongs there, in a sentence
    hint: str = ""  # shown in the empty field where nothing is proposed
    _: KW_ONLY
    is_wide: bool = False  # its texts are long
    may_be_new: bool = False  # a name that is not known yet becomes a Newcomer

    def text(self, value: Any, style: Style = PLAIN) -> str:
        """Return what the field shows for a value."""
        if isinstance(value, Newcomer):
            return value.name
        return shown(self.kind, value, style) if self.choices is None else self.choices.name_of(value)

    def value(self, text: str, style: Style = PLAIN) -> Any:
        """Return the value that was typed, or raise NotUnderstood."""
        if self.choices is None:
            return parsed(self.kind, text, style)
        try:
            return self.choices.value_of(text)
        except NotUnderstood:
            if not self.may_be_new:
                raise
            return Newcomer(" ".join(text.split()))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A stakeholder that is not recorded yet, by the name that was typed."""

    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is taken for a field that is left empty, and where it comes from: `by the terms`."""

    value: Any
    why: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about what was entered; one that is contrary speaks against the terms or the record."""

    text: str
    is_contrary: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What a line on a page is about, as far as it is about one of each; nothing for a menu of the window."""

    issuer: int | None = None
    security: int | None = None
    stakeholder: int | None = None
    right: int | None = None


ANYTHING = About()


class Unanswered(NotUnderstood):
    """Something is not entered that nothing is proposed for; or what stands in one field cannot be."""

    def __init__(self, field: str, sentence: str) -> None:
        """Say which field it is, and in a full sentence what is asked."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """What a guide is asked about: the facts, the point of view, and the values of its fields.

    `given` has no name for an empty field. `proposed` sees only what was typed; all others see what was
    typed and, for what was not, what is proposed.
    """

    ledger: Ledger
    lens: Lens
    given: Mapping[str, Any] = field(default_factory=dict)
    style: Style = PLAIN

    def get(self, name: str) -> Any:
        """Return the value of a field, or None."""
        return self.given.get(name)

    def need(self, name: str, sentence: str) -> Any:
        """Return the value of a field; without one the sentence says what to enter."""
        value = self.given.get(name)
        if value is None or value == "":
            raise Unanswered(name, sentence)
        return value

    @property
    def day(self) -> date:
        """The day of the entry: that of the field `day`, or else the day looked at."""
        day = self.given.get("day")
        return day if isinstance(day, date) else self.lens.as_of

    @property
    def style_day(self) -> str:
        """The day of the entry as it is written."""
        return day_text(self.day, self.style)

    @property
    def on_day(self) -> Lens:
        """The point of view at the end of the day of the entry."""
        return replace(self.lens, as_of=self.day)


def sentence(words: str) -> str:
    """Return words with one full stop, though they end with a name that has its own.

    >>> sentence("20 stay with Montrose Investments Ltd.")
    '20 stay with Montrose Investments Ltd.'
    """
    return words if words.endswith(".") else f"{words}."


def _nothing(form: Form) -> tuple[Any, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Guide:
    """One way of entering what happened, as functions of what stands in its fields.

    `begun` gives the values with which it begins for a line of a page, or None where it does not fit.
    `edit` raises NotUnderstood (best Unanswered) or EditRefused. `tables` are shown beside the preview.
    What the checks would find afterwards is remarked on its own, but for the codes that `tells` names: of
    these the guide's own remarks speak.
    """

    begun: Callable[[Ledger, Lens, About], Mapping[str, Any] | None]
    fields: Callable[[Form], tuple[Field, ...]]
    proposed: Callable[[Form], Mapping[str, Proposal]]
    edit: Callable[[Form], Edit]
    remarks: Callable[[Form], tuple[Remark, ...]] = _nothing
    tables: Callable[[Form], tuple[Table, ...]] = _nothing
    tells: frozenset[str] = frozenset()
