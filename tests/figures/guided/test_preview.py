"""What the preview says will be is what the ledger holds after the edit; taking it back restores all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import ownership
from neocapgui.figures.guided.preview import entry_lens, preview
from neocapgui.figures.tables import Table
from neocapgui.ledger.edits import Edit, add, apply
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import TABLES, Fact, Ledger
from neocapgui.ledger.terms import Certainty, SecurityKind
from neocapgui.ledger.transactions import Transaction
from tests.figures.guided.asked import asked, before

# A guide, the eve of what it records, and what is typed.
STORY = {
    "notice": (
        date(2001, 8, 15),
        {"right": "7% Series C Preferred Stock into Common Stock", "face": "700,000", "price": "3.48"},
    ),
    "redeem": (date(2001, 9, 19), {"security": "7% Series C Preferred Stock", "units": "10"}),
    "exchange": (date(2001, 6, 25), {"security": "NeoGene · Series B Preferred Stock"}),
    "buy": (
        date(2001, 8, 13),
        {
            "security": "NeoGene · Series A Convertible Preferred Stock",
            "holder": "All 2 holders",
            "buyer": "NeoTherapeutics, Inc.",
        },
    ),
    "issue": (
        date(2001, 3, 8),
        {
            "security": "Common Stock",
            "holder": "A new fund",
            "quantity": "1,250,000",
            "price": "4",
            "coverage": "10 %",
        },
    ),
    "split": (date(2002, 9, 5), {"security": "Common Stock", "ratio": "1:25", "fractions": "cash"}),
    "exercise": (date(2001, 5, 16), {"security": "Warrant of 8 March 2001 at $5.00", "units": "25,000"}),
}
DAY = date(2022, 3, 3)


def holds_after(ledger: Ledger, lens: Lens, edit: Edit, table: Table) -> None:
    """Hold every line of a preview against the ledger before and after the edit."""
    seen, after = entry_lens(lens, edit), apply(ledger, edit)
    was, will = holdings(ledger, seen), holdings(after, seen)
    changed = set()
    for row in table.rows:
        _, _, one, change, other, stake, stake_after = row.cells
        first, second = row.key
        if first == "total":
            assert (one, other) == (was.total(second), will.total(second))
        elif first == "others":
            assert stake != stake_after
            continue
        else:
            changed.add((first, second))
            assert (one, other) == (was.of(first, second), will.of(first, second))
            issuer = after.securities[second].issuer
            company = ownership(after, Lens(seen.as_of, issuer, seen.basis, seen.planned))
            assert stake_after == company.of(first).stake
        assert one + change == other
    pairs = {(one.stakeholder, one.security) for one in (*was, *will)}
    assert changed == {pair for pair in pairs if was.of(*pair) != will.of(*pair)}


def same(ledger: Ledger, other: Ledger) -> bool:
    return all(
        list(getattr(ledger, table)) == list(getattr(other, table))
        if table == "transactions"
        else getattr(ledger, table) == getattr(other, table)
        for table in TABLES.values()
    )


@pytest.mark.parametrize("guide", STORY)
@pytest.mark.parametrize("basis", Basis)
def test_the_preview_of_a_guide_is_what_comes_and_undo_restores_what_was(guide: str, basis: Basis) -> None:
    day, texts = STORY[guide]
    ledger, lens = before(day), Lens(day, 1, basis)
    answer = asked(ledger, lens, guide, **texts)
    assert answer.edit is not None, answer.lack
    holds_after(ledger, lens, answer.edit, answer.tables[0])
    after = apply(ledger, answer.edit)
    assert not same(ledger, after)
    assert same(ledger, apply(after, answer.edit.inverse()))


def company() -> Ledger:
    """Two companies with three holders, of whom the first is the parent of the other company."""
    facts: tuple[Fact, ...] = (
        Issuer(1, "Parent"),
        Issuer(2, "Daughter"),
        Stakeholder(1, "Parent", "issuer", 1),
        Stakeholder(2, "Ada"),
        Stakeholder(3, "Bob"),
        Security(1, 1, "Common", SecurityKind.COMMON),
        Security(2, 2, "Common", SecurityKind.COMMON),
        *(
            Transaction(
                10 * who + security, date(2022, 1, who), "issuance", security=security, stakeholder=who,
                quantity=Decimal(1_000 * who + security),
            )
            for who in (1, 2, 3)
            for security in (1, 2)
        ),
    )  # fmt: skip
    return apply(Ledger(), add("Record", facts))


moves = st.lists(
    st.tuples(
        st.sampled_from(["issuance", "transfer", "cancellation", "repurchase"]),
        st.sampled_from([1, 2]),
        st.sampled_from([1, 2, 3]),
        st.sampled_from([1, 2, 3]),
        st.decimals(min_value="0.01", max_value=900, places=2),
    ),
    min_size=1,
    max_size=5,
)


@given(moves)
def test_whatever_is_entered_the_preview_is_what_comes(
    entered: list[tuple[str, int, int, int, Decimal]],
) -> None:
    ledger, lens = company(), Lens(DAY, 1)
    records = [
        Transaction(
            100 + place, DAY, kind, security=security, stakeholder=who, quantity=quantity,
            counterparty=other if kind == "transfer" else None,
        )
        for place, (kind, security, who, other, quantity) in enumerate(entered)
    ]  # fmt: skip
    edit = add("Enter", records)
    holds_after(ledger, lens, edit, preview(ledger, lens, edit))


def test_what_is_only_planned_is_shown_as_if_it_happened() -> None:
    ledger, lens = company(), Lens(date(2022, 1, 1), 1)
    planned = Transaction(
        100, DAY, "cancellation", security=1, stakeholder=2, quantity=Decimal(1), certainty=Certainty.PLANNED
    )
    table = preview(ledger, lens, add("Plan", [planned]))
    assert table.rows[0].cells[:5] == ("Ada", "Common", Fraction(2_001), Fraction(-1), Fraction(2_000))
    assert table.subtitle == "as converted  ·  end of 3 Mar 2022"


def test_an_entry_that_moves_nothing_says_so() -> None:
    ledger, lens = company(), Lens(DAY, 1)
    rename = Transaction(100, DAY, "rename", issuer=1, value="Elder")
    table = preview(ledger, lens, add("Rename", [rename]))
    assert (list(table.rows), table.empty) == ([], "Nobody's holding changes.")
