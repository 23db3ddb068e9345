"""How a table is laid out, sorted and filtered, as it is kept for a document on this machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from neocapgui.figures.grid.sifted import Filter, Order, Sifting
from neocapgui.gui.views_kept import keep, kept

_MOST = 500  # columns, filters and chosen texts that are believed
_LONGEST = 500  # characters of a title or a typed text
_WIDTHS = range(16, 4_000)  # pixels


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table as they were left: their order, which are hidden, and how wide."""

    columns: tuple[str, ...] = ()  # titles in the order wanted; others stand where they stood
    hidden: frozenset[str] = frozenset()
    widths: dict[str, int] = field(default_factory=dict)  # pixels, of those that were drawn wider or narrower


def kept_layout(document: str, table: str) -> tuple[Layout, Sifting]:
    """Return how a table of a document was left; whatever is not as it should be is as if it were not."""
    said = kept(document, f"table.{table}")
    if not isinstance(said, dict):
        return Layout(), Sifting()
    widths = said.get("widths")
    layout = Layout(
        _texts(said.get("columns")),
        frozenset(_texts(said.get("hidden"))),
        {
            title: width
            for title, width in (list(widths.items())[:_MOST] if isinstance(widths, dict) else ())
            if type(width) is int and width in _WIDTHS
        },
    )
    order = said.get("order")
    sifting = Sifting(
        Order(order["column"], order.get("falling") is True)
        if isinstance(order, dict) and _is_text(order.get("column"))
        else None,
        _filters(said.get("filters")),
        said.get("problems") is True,
    )
    return layout, sifting


def keep_layout(document: str, table: str, layout: Layout, sifting: Sifting) -> None:
    """Keep how a table of a document is looked at; a table as it came is forgotten."""
    said: dict[str, Any] = {
        "columns": list(layout.columns),
        "hidden": sorted(layout.hidden),
        "widths": layout.widths,
        "order": None
        if sifting.order is None
        else {"column": sifting.order.column, "falling": sifting.order.is_falling},
        "filters": [_said(one) for one in sifting.filters],
        "problems": sifting.problems,
    }
    said = {name: value for name, value in said.items() if value}
    keep(document, f"table.{table}", said or None)


def _said(filter: Filter) -> dict[str, Any]:
    said: dict[str, Any] = {"column": filter.column}
    for name in ("contains", "least", "most"):
        if text := getattr(filter, name):
            said[name] = text
    if filter.among is not None:
        said["among"] = sorted(filter.among)
    if filter.is_blank is not None:
        said["blank"] = filter.is_blank
    return said


def _filters(said: Any) -> tuple[Filter, ...]:
    filters = []
    for one in said[:_MOST] if isinstance(said, list) else ():
        if not isinstance(one, dict) or not _is_text(one.get("column")):
            continue
        texts = {name: one[name] for name in ("contains", "least", "most") if _is_text(one.get(name))}
        among = _among(one.get("among"))
        blank = one.get("blank")
        filters.append(
            Filter(one["column"], among=among, is_blank=blank if isinstance(blank, bool) else None, **texts)
        )
    return tuple(one for one in filters if not one.asks_nothing)


def _among(said: Any) -> frozenset[str] | None:
    """Return the chosen texts only if all of them can be believed: a part would hide other lines."""
    if not isinstance(said, list) or len(said) > _MOST or not all(_is_text(one) for one in said):
        return None
    return frozenset(said)


def _texts(said: Any) -> tuple[str, ...]:
    return tuple(one for one in said[:_MOST] if _is_text(one)) if isinstance(said, list) else ()


def _is_text(said: Any) -> bool:
    return isinstance(said, str) and len(said) <= _LONGEST
