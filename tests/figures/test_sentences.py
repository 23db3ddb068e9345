"""Sentences with numbers and days are put together in the language of their reader, names untouched."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from neocapgui.engine.checks import findings
from neocapgui.engine.lens import Lens
from neocapgui.engine.remarks import remarks
from neocapgui.engine.wording import plain, told, told_day
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.figures.checks.findings_table import findings_table
from neocapgui.figures.findables import contradictions
from neocapgui.figures.kinds import PLAIN, Style
from neocapgui.figures.sentences import dim_line, sentence

GERMAN = Style(
    decimal_mark=",",
    group_mark=".",
    day_mark=".",
    months=("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
)
SAID = (
    f"The 1,000 Club of 3 May 2001 took {told(25_000_000)} at {told(Fraction(7, 2), 2)} on "
    f"{told_day(date(2001, 6, 25))}: {told(-1_250)}."
)


def test_figures_and_days_are_written_as_the_reader_writes_them_and_names_are_left_alone() -> None:
    assert sentence(SAID, GERMAN) == (
        "The 1,000 Club of 3 May 2001 took 25.000.000 at 3,50 on 25 Juni 2001: -1.250."
    )


def test_for_files_and_other_programs_there_is_one_neutral_form() -> None:
    assert plain(SAID) == sentence(SAID) == sentence(SAID, PLAIN)
    assert plain(SAID) == "The 1,000 Club of 3 May 2001 took 25,000,000 at 3.50 on 25 Jun 2001: -1,250."


@pytest.mark.parametrize("name", ["\x02x\x03", "\x02", "\x03\x02", "\x0231 Foo 2001\x03"])
def test_a_name_that_holds_such_marks_does_no_harm(name: str) -> None:
    assert sentence(f"{name} has {told(1_000)}.", GERMAN).endswith(" has 1.000.")


@pytest.mark.parametrize("name", [one.name for one in SAMPLES])
def test_every_finding_of_the_samples_has_a_neutral_message(name: str) -> None:
    ledger = sample(name)
    lens = Lens(date.max)
    for found in (*findings(ledger, lens), *remarks(ledger, lens)):
        assert "\x02" not in found.message
        assert "\x03" not in found.message
        assert "\x02" not in sentence(found.said, GERMAN)
        assert found.mend is None or "\x02" not in found.mend.label


def test_the_table_of_findings_and_the_search_speak_the_language_of_the_reader() -> None:
    ledger = sample("neotherapeutics-as-filed")
    found = findings(ledger, Lens(date.max))
    told_of = [row.cells[2] for row in findings_table(found, GERMAN).rows]
    assert told_of == [sentence(one.said, GERMAN) for one in found]
    assert [one.title for one in contradictions(found, GERMAN)] == told_of
    assert any("." in text.rstrip(".") for text in told_of)
    assert [row.cells[2] for row in findings_table(found).rows] == [one.message for one in found]


def test_the_line_under_a_heading_has_the_day_looked_at_in_the_language_of_the_reader() -> None:
    day = date(2001, 6, 25)
    assert dim_line("Alpha  ·  voting  ·  25 Jun 2001", day, GERMAN) == "Alpha  ·  voting  ·  25 Juni 2001"
    assert dim_line("whole file, all days", day, GERMAN) == "whole file, all days"
