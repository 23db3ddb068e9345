"""A guide with texts in its fields: what was understood, what is proposed, what will happen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from neocapgui.engine.checks import findings
from neocapgui.engine.finding import Finding, Severity
from neocapgui.engine.lens import Lens
from neocapgui.figures.guided.guide import Field, Form, Guide, Proposal, Remark, Unanswered
from neocapgui.figures.guided.preview import entry_lens, preview
from neocapgui.figures.kinds import PLAIN, NotUnderstood, Style
from neocapgui.figures.sentences import sentence
from neocapgui.figures.tables import Table
from neocapgui.ledger.edits import Edit, EditRefused, apply
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.transactions import Transaction

_ROUNDS = 16  # what can be chosen in one field depends on another; each holder of a list asks for a next
CHECKED = 2_000  # transactions up to which the checks look at what an entry would leave


@dataclass(frozen=True, slots=True, eq=False)
class Answered:
    """What came of the texts in the fields of a guide."""

    fields: tuple[Field, ...]
    form: Form  # what was typed and what is proposed, together
    proposed: Mapping[str, Proposal]  # for the fields that are empty
    errors: Mapping[str, str]  # by field, why its text is not understood or cannot be
    edit: Edit | None  # None while something is missing or wrong
    lack: str = ""  # what is still to be entered, or why the edit is refused
    lacking: str = ""  # the field in which it is to be entered
    remarks: tuple[Remark, ...] = ()
    tables: tuple[Table, ...] = ()  # the holdings before and after, and what else the guide shows


def answered(
    guide: Guide, ledger: Ledger, lens: Lens, texts: Mapping[str, str], style: Style = PLAIN
) -> Answered:
    """Return what the texts in the fields of a guide come to; an empty text takes what is proposed."""
    return _with_edit(guide, understood(guide, ledger, lens, texts, style))


def understood(
    guide: Guide, ledger: Ledger, lens: Lens, texts: Mapping[str, str], style: Style = PLAIN
) -> Answered:
    """Return what the texts mean and what is proposed beside them, without the edit and what it would do."""
    fields, given, errors = guide.fields(Form(ledger, lens, {}, style)), dict[str, Any](), dict[str, str]()
    for number in range(_ROUNDS):
        before = given, errors
        given, errors = _understood(fields, texts, style)
        offered = guide.proposed(Form(ledger, lens, given, style))
        proposed = {name: one for name, one in offered.items() if name not in given and one.value is not None}
        form = Form(ledger, lens, {**{name: one.value for name, one in proposed.items()}, **given}, style)
        fields = guide.fields(form)
        if number and (given, errors) == before:
            break
    shown = {one.name for one in fields}
    errors = {name: sentence for name, sentence in errors.items() if name in shown}
    return Answered(fields, form, proposed, errors, None)


def begun_texts(
    guide: Guide, ledger: Ledger, lens: Lens, begun: Mapping[str, Any], style: Style = PLAIN
) -> dict[str, str]:
    """Return the texts with which the fields of a guide begin for the values `begun` gave."""
    texts: dict[str, str] = {}
    for _ in range(_ROUNDS):
        fields = understood(guide, ledger, lens, texts, style).fields
        shown = {one.name: one.text(begun[one.name], style) for one in fields if one.name in begun}
        fresh = {name: text for name, text in shown.items() if text and name not in texts}
        if not fresh:
            break
        texts |= fresh
    return texts


def _understood(
    fields: tuple[Field, ...], texts: Mapping[str, str], style: Style
) -> tuple[dict[str, Any], dict[str, str]]:
    given: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for one in fields:
        text = texts.get(one.name, "")
        if not text.strip():
            continue
        try:
            given[one.name] = one.value(text, style)
        except NotUnderstood as answer:
            errors[one.name] = str(answer)
    return given, errors


def _with_edit(guide: Guide, asked: Answered) -> Answered:
    form, errors = asked.form, dict(asked.errors)
    fields, proposed = asked.fields, asked.proposed
    if errors:
        return asked
    try:
        edit = guide.edit(form)
        after = apply(form.ledger, edit)
    except Unanswered as answer:
        if answer.field in form.given and answer.field not in proposed:
            errors[answer.field] = str(answer)  # it is entered, and cannot be
            return Answered(fields, form, proposed, errors, None)
        return Answered(fields, form, proposed, errors, None, str(answer), answer.field)
    except (NotUnderstood, EditRefused) as answer:
        return Answered(fields, form, proposed, errors, None, str(answer))
    remarks = (*guide.remarks(form), *_found(guide, form, edit, after))
    moved, own = preview(form.ledger, form.lens, edit, form.style), guide.tables(form)
    tables = (moved, *own) if moved.rows or not own else (*own, moved)  # what says something stands first
    return Answered(fields, form, proposed, errors, edit, "", "", tuple(dict.fromkeys(remarks)), tables)


def _found(guide: Guide, form: Form, edit: Edit, after: Ledger) -> tuple[Remark, ...]:
    """Return what the checks would find after the entry and do not find now, each kind once.

    What stands at the entry itself comes first.
    """
    if len(after.transactions) > CHECKED:
        return ()
    lens = Lens(date.max, planned=entry_lens(form.lens, edit).planned)
    known = {(one.code, one.place) for one in _known_findings(form.ledger, lens)}
    found = [one for one in findings(after, lens) if (one.code, one.place) not in known]
    found = [one for one in found if one.code not in guide.tells and one.severity is not Severity.NOTE]
    own = {change.id for change in edit.changes if change.kind is Transaction}
    found.sort(key=lambda one: not (one.place.table == "transactions" and one.place.id in own))
    by_code: dict[str, list[str]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(sentence(one.said, form.style))
    return tuple(Remark(f"{first}{_more(rest)}", True) for first, *rest in by_code.values())


def _more(rest: list[str]) -> str:
    return f" ({len(rest):,} more like it.)" if rest else ""


@lru_cache(maxsize=2)
def _known_findings(ledger: Ledger, lens: Lens) -> tuple[Finding, ...]:
    return findings(ledger, lens)
