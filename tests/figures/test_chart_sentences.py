"""What charts say in words speaks the language of its reader, and is neutral for other programs."""

from __future__ import annotations

import re
from datetime import date

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.engine.wording import plain
from neocapgui.exchange.samples import sample
from neocapgui.figures.charts.bridge import Steps, bridge_chart
from neocapgui.figures.charts.compared import Side, compared
from neocapgui.figures.charts.drawing import Figure, drawing
from neocapgui.figures.charts.marks import Words
from neocapgui.figures.charts.overhang import overhang_chart
from neocapgui.figures.charts.stacked import ownership_chart
from neocapgui.figures.charts.table import table_behind
from neocapgui.figures.kinds import Style
from neocapgui.figures.sentences import sentence

GERMAN = Style(
    decimal_mark=",",
    group_mark=".",
    day_mark=".",
    months=("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
)
FILED, FLOATING = sample("neotherapeutics-as-filed"), sample("preferred-at-a-floating-price")
DAY = date(2001, 9, 19)
PARENT = next(who.id for who in FILED.stakeholders.values() if who.issuer == 1)
FIGURES: dict[str, Figure] = {
    "ownership": ownership_chart(FILED, Lens(DAY, 1)),
    "two scenarios": compared(FILED, Lens(DAY, 1), Side("One"), Side("Two", "", FILED)),
    "curve": overhang_chart(FLOATING, Lens(date(2023, 3, 28), 1)),
    "bridge by event": bridge_chart(FILED, Lens(DAY, 2), PARENT, date(2001, 1, 1)),
    "bridge by kind": bridge_chart(FILED, Lens(DAY, 2), PARENT, date(2001, 1, 1), None, Steps.KIND),
    "nothing held": bridge_chart(FILED, Lens(date(1996, 9, 30), 2), PARENT, date(1996, 9, 25)),
}
SAID = {
    "ownership": ("25 Sept. 1996 to ", "On 19 Sept. 2001: "),
    "two scenarios": ("25 Sept. 1996 to ", "On 19 Sept. 2001: "),
    "curve": ("28 März 2023", "Last price "),
    "bridge by event": ("1 Jan. 2001 to 19 Sept. 2001", "% at 19 Sept. 2001"),
    "bridge by kind": ("1 Jan. 2001 to 19 Sept. 2001", "% at 19 Sept. 2001"),
    "nothing held": ("from 25 Sept. 1996 to 30 Sept. 1996",),
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_chart_in_words_has_figures_and_days_as_the_reader_writes_them(name: str) -> None:
    figure = FIGURES[name]
    drawn = drawing(figure, 720, 400, GERMAN)
    for part in SAID[name]:
        assert part in drawn.description
    written = [drawn.description, *(mark.text for mark in drawn.marks if isinstance(mark, Words))]
    for text in written:
        assert not re.search(r"\d\.\d\d?\b(?!\.\d)|\d,\d{3}\b|\d (?:Sep|Mar|Aug|Jan) \d", text), text
        assert "\x02" not in text


@pytest.mark.parametrize("name", FIGURES)
def test_a_chart_in_words_has_one_neutral_form_and_so_has_the_table_behind_it(name: str) -> None:
    figure = FIGURES[name]
    drawn, table = drawing(figure, 720, 400), table_behind(figure)
    assert drawn.description == figure.alt == plain(figure.said) == sentence(figure.said)
    for text in (drawn.description, table.subtitle, table.empty):
        assert "\x02" not in text
