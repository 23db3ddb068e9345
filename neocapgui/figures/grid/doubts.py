"""A new name that is probably one known already, and using that one instead."""

from __future__ import annotations

from typing import Any

from neocapgui.figures.grid.entry import entered
from neocapgui.figures.kinds import Style
from neocapgui.figures.near_names import near_name
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.edits import Edit, apply, in_turn, naming, remove
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import TABLES, Ledger, value_at

_MANY = 2_000  # names beyond which only those with the same first letter are compared
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
        if len(known) > _MANY:
            known = [one for one in known if one[:1].casefold() == name[:1].casefold()]
        other = near_name(name, known)
        if other is None:
            continue
        if column.choices is not None:
            return name, f"{name} is recorded as a new {_SINGULAR[kind]}. Did you mean {other}?", other
        return name, f"{name} is nearly called like the {_SINGULAR[kind]} {other}.", ""
    return None


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
