"""JSON that is written part by part is the JSON of Python's own library."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.lens import Lens
from neocapgui.exchange.json_text import json_parts
from neocapgui.exchange.samples import sample
from neocapgui.figures.report import report

SINGLE = st.none() | st.booleans() | st.integers() | st.text()
PLAIN = st.recursive(SINGLE, lambda some: st.lists(some) | st.dictionaries(st.text(), some), max_leaves=20)


@given(PLAIN)
def test_the_parts_are_the_text_of_pythons_library(data: Any) -> None:
    assert "".join(json_parts(data)) == json.dumps(data, indent=1, ensure_ascii=False)


def test_a_report_whose_lines_are_made_while_they_are_written_is_the_same() -> None:
    ledger, lens = sample("neotherapeutics-as-filed"), Lens(date(2003, 11, 11))
    whole = json.dumps(report(ledger, lens), indent=1, ensure_ascii=False)
    assert "".join(json_parts(report(ledger, lens, iter))) == whole


def test_no_line_is_made_before_its_turn() -> None:
    made = list[int]()

    def lines() -> Any:
        for number in range(3):
            made.append(number)
            yield {"number": number}

    parts = json_parts({"lines": lines()})
    seen = [list(made) for _ in parts]
    assert seen[0] == []
    assert seen[-1] == [0, 1, 2]
    assert [0] in seen
