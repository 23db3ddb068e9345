"""The question before a window closes in which cells hold text that was not taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from neocapgui.engine.finding import Place
from neocapgui.gui.dialogs.file_questions import CANCEL, Choice, Role, ask
from neocapgui.gui.session import Session
from neocapgui.gui.tables.fact_places import NEW
from neocapgui.gui.tables.taking_over import take_over_typing
from neocapgui.gui.tables.unaccepted import Unaccepted

_NAMED = 3  # texts that are quoted


def ask_about_unaccepted(
    window: QWidget, session: Session, show: Callable[[Place], None], leave: Callable[[], None]
) -> bool:
    """Ask whether text that was not taken may go; return whether there was anything to ask about.

    What is being typed is taken over first, also while another program has the keyboard.
    `show` brings the first such cell into sight; `leave` follows where the text may go.
    """
    take_over_typing(window)
    unaccepted = Unaccepted.of(session)
    found = [(place, unaccepted.get(place)) for place in unaccepted.places()]
    refused = [(place, one) for place, one in found if one is not None and not one.is_doubt]
    if not refused:
        return False
    texts = ", ".join(f"“{one.text[:40]}”" for _, one in refused[:_NAMED])
    more = f" and {len(refused) - _NAMED:,} more" if len(refused) > _NAMED else ""
    count = "1 cell holds" if len(refused) == 1 else f"{len(refused):,} cells hold"
    (table, line, _), _ = refused[0]
    ask(
        window,
        "dialog.unaccepted_cells",
        "Text that was not taken",
        f"{count} text that was not taken: {texts}{more}.",
        "It is in no file: closing the window loses it. Everything else is kept.",
        Choice("Show me", lambda: show(_place(table, line)), is_default=True),
        Choice("Close anyway", leave, Role.DestructiveRole),
        CANCEL,
    )
    return True


def _place(table: str, line: Any) -> Place:
    return Place(table, line if isinstance(line, int) else NEW)
