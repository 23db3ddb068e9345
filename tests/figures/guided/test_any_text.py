"""Whatever stands in the fields of a guide, it answers: an edit that can be taken back, or a sentence."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.guided.answered import answered
from neocapgui.figures.guided.guides import GUIDES, GuideEntry
from neocapgui.ledger.edits import apply
from neocapgui.ledger.ledger import TABLES, Ledger
from tests.figures.guided.test_preview import STORY

FIGURES = ["0", "1", "-3", "25", "0.004", "1/3", "1:25", "2:1", "10 %", "700,000", "=2*3", "9" * 25, "1e9"]
WORDS = ["", "x", "Z Fund", "Common Stock", "Societe Generale", "NeoGene Technologies, Inc.", "cash", "up"]
MORE = ["Warrants", "planned", "board", "rejected", "every class of the company", "of the amount", "none"]
DAYS = ["31 Aug 2001", "2002-09-05", "1 Jan 0001", "31 Dec 9999", "soon"]
texts = st.sampled_from([*FIGURES, *WORDS, *MORE, *DAYS])
BEGUN = {guide: typed for guide, (_, typed) in STORY.items()} | {
    "authorized": {"security": "Common Stock", "quantity": "50,000,000"},
    "approval": {"subject": "Financings", "meeting": "1 Jul 2001", "amount": "5,000,000"},
    "status": {"issuer": "NeoGene Technologies, Inc."},
}


@cache
def neo() -> Ledger:
    return sample("neotherapeutics-as-filed")


@pytest.mark.parametrize("entry", GUIDES, ids=lambda entry: entry.name)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_guide_answers_whatever_stands_in_its_fields(entry: GuideEntry, data: st.DataObject) -> None:
    ledger = data.draw(st.sampled_from([neo(), Ledger()]), "ledger")
    lens = Lens(
        data.draw(st.sampled_from([date(2001, 8, 31), date(2002, 9, 5)])), 1 if ledger.issuers else None
    )
    typed = dict(BEGUN[entry.name] if data.draw(st.booleans(), "begun") else {})
    answer = answered(entry.guide, ledger, lens, typed)
    for _ in range(data.draw(st.integers(1, 6), "rounds")):
        field = data.draw(st.sampled_from(answer.fields), "field")
        names = [] if field.choices is None else list(field.choices.names())
        sensible = st.sampled_from(names) if names else texts
        typed[field.name] = data.draw(st.one_of(texts, sensible, sensible), field.name)
        answer = answered(entry.guide, ledger, lens, typed)
    if answer.edit is None:
        assert answer.lack or answer.errors
        return
    after = apply(ledger, answer.edit)
    again = apply(after, answer.edit.inverse())
    for table in TABLES.values():
        assert list(getattr(again, table)) == list(getattr(ledger, table))
    for one in answer.remarks:
        assert one.text.endswith((".", ".)")), one.text
    for shown in answer.tables:
        for row in shown.rows:
            assert len(
                [
                    column.text(cell, answer.form.style)
                    for column, cell in zip(shown.columns, row.cells, strict=True)
                ]
            )
