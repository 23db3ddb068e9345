"""Moments as they are read on this machine: in its own zone, with the months of its language."""

from __future__ import annotations

from datetime import datetime

from neocapgui.figures.kinds import Style, day_text


def moment(at: datetime, style: Style) -> str:
    """Return a moment with its day: 22 Nov 2026 14:02."""
    local = at.astimezone()
    return f"{day_text(local.date(), style)} {local:%H:%M}"


def written_moment(at: str, style: Style) -> str:
    """Return a moment that is written in ISO form; what is no such form is shown as it is written."""
    try:
        return moment(datetime.fromisoformat(at), style)
    except (ValueError, OverflowError, OSError):  # a file may say anything
        return at[:20]


def lately(at: datetime, style: Style) -> str:
    """Return a moment without its day where that is today: 14:02."""
    local = at.astimezone()
    return f"{local:%H:%M}" if local.date() == datetime.now().date() else moment(at, style)
