"""A new name that is probably one known already, and using that one instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from neocapgui.figures.grid.entry import entered
from neocapgui.figures.kinds import Style
from neocapgui.figures.near_names import near_name
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Edit, apply, in_turn, naming, remove
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.history import Entry
from neocapgui.ledger.ledger import TABLES, Ledger, value_at
from neocapgui.ledger.transactions import Transaction

_MANY = 2_000  # names beyond which only those with the same first letter are compared
_LOOKED_BACK = 100  # edits among which a typing error is found that is corrected now
_SINGULAR = {Issuer: "company", Security: "security", Stakeholder: "holder"}


def doubted(ledger: Ledger, edit: Edit, column: Column) -> tuple[str, str, str] | None:
    """Return the name that an edit records anew, a sentence, and the known name that may be meant.

    `ledger` is as it stands before the edit. The known name can be used instead (`instead`) where the new
    one was recorded with the line that names it; otherwise it is only told.
    """
    for change in edit.changes:
        kind, fact = change.kind, change.after
        name = getattr(fact, "name", "")
        if kind not in _SINGULAR or not name or getattr(change.before, "name", "") == name:
            continue
        known = [one.name for one in getattr(ledger, TABLES[kind]).values() if one.id != change.id]
        if isinstance(fact, Stakeholder) and fact.issuer is None:
            known += [issuer.name for issuer in ledger.issuers.values() if issuer.name not in known]
        if len(known) > _MANY:
            known = [one for one in known if one[:1].casefold() == name[:1].casefold()]
        other = near_name(name, known)
        if other is None:
            continue
        if column.choices is not None:
            return name, f"{name} is recorded as a new {_SINGULAR[kind]}. Did you mean {other}?", other
        return name, f"{name} is nearly called like the {_SINGULAR[kind]} {other}.", ""
    return None


def without_misspelt(ledger: Ledger, edit: Edit, done: Sequence[Entry]) -> Edit:
    """Return an edit that also takes away a holder who came by a typing error that it corrects.

    That is a holder who was recorded by typing the name into the very line, is as he was then, and whom
    nothing names after the edit; `done` are the edits of the history, of which the latest are looked at.
    """
    parts = [edit]
    for change in edit.changes:
        before, after = change.before, change.after
        if not isinstance(before, Transaction) or not isinstance(after, Transaction):
            continue
        for was, is_now in (
            (before.stakeholder, after.stakeholder),
            (before.counterparty, after.counterparty),
        ):
            holder = None if was is None or was == is_now else ledger.get(Stakeholder, was)
            if isinstance(holder, Stakeholder) and _came_with(holder, change.id, done):
                left = apply(ledger, edit)
                if not naming(left, Stakeholder, holder.id):
                    parts.append(remove("", [holder]))
    return edit if len(parts) == 1 else in_turn(edit.label, parts)


def _came_with(holder: Stakeholder, transaction: int, done: Sequence[Entry]) -> bool:
    """Whether a holder was recorded by what was typed into the line of a transaction."""
    for entry in reversed(done[-_LOOKED_BACK:]):
        changes = entry.edit.changes
        if len(changes) == 2 and any(one.before is None and one.after == holder for one in changes):
            return any(one.kind is Transaction and one.id == transaction for one in changes)
    return False


def instead(ledger: Ledger, table: Table, row: Row, column: Column, name: str, style: Style) -> Edit:
    """Return the edit that names a known holder in a line, and takes away the new one that nothing names.

    Raises NotUnderstood where the name is no choice of the column.
    """
    before: Any = value_at(row.fact, column.field)
    edit = entered(ledger, table, row, column, name, style) or Edit("", ())
    after = apply(ledger, edit)
    fact = after.get(Stakeholder, before) if before is not None else None
    parts = [edit]
    if isinstance(fact, Stakeholder) and not naming(after, Stakeholder, fact.id):
        parts.append(remove("", [fact]))
    return in_turn(f"Use {name} instead", parts)
