"""Texts are cut to the room there is, however long they are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from neocapgui.figures.charts.marks import fitted, text_width


def one_by_one(text: str, room: float, size: float) -> str:
    """Return what fits, by taking away one letter after another."""
    if text_width(text, size) <= room:
        return text
    kept = text
    while kept and text_width(kept.rstrip() + "…", size) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if kept.rstrip() else ""


@given(st.text("il WMé界 ", max_size=60), st.floats(-5, 200), st.floats(4, 20))
def test_as_much_is_kept_as_fits(text: str, room: float, size: float) -> None:
    assert fitted(text, room, size) == one_by_one(text, room, size)


def test_a_name_as_long_as_a_book_is_cut_at_once() -> None:
    assert fitted("i" * 10_000_000, 60, 9) == fitted("i" * 100, 60, 9)
