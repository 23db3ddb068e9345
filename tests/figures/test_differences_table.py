"""Every changed field has its line, in the words of the tables on screen, and nothing is rounded away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from neocapgui.figures.differences_table import MOST, change_lines
from neocapgui.figures.kinds import Style
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.differences import differences
from neocapgui.ledger.edits import Edit, add, apply, correct, remove, together, with_value
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import TABLES, Ledger, value_at
from neocapgui.ledger.terms import Certainty
from neocapgui.ledger.transactions import Transaction
from tests.document.ledgers import a_fact, acme, ledgers


def lines(before: Ledger, edit: Edit, style: Style | None = None) -> list[tuple[str, ...]]:
    """Return the lines of an edit."""
    said = {} if style is None else {"style": style}
    return [row.cells for row in change_lines(before, apply(before, edit), edit, **said).rows]


def notice() -> Transaction:
    """Return the conversion of Acme."""
    record = acme().transactions.get(4)
    assert record is not None
    return record


def test_one_line_is_made_for_each_field_in_the_words_of_the_ledger() -> None:
    after = replace(
        notice(),
        into_quantity=Decimal(201_150),
        date=date(2001, 9, 20),
        stakeholder=1,
        certainty=Certainty.PUBLISHED,
        certificate="",
    )
    where = "Transaction 4, conversion, 20 Sep 2001, Ada"
    assert lines(acme(), correct("", notice(), after)) == [
        (where, "changed", "Day", "19 Sep 2001", "20 Sep 2001"),
        (where, "changed", "Stakeholder", "Bob", "Ada"),
        (where, "changed", "Into shares", "201,149", "201,150"),
        (where, "changed", "Certificate", "A-7", ""),
        (where, "changed", "Certainty", "inferred", "published"),
    ]


def test_facts_that_come_and_go_have_a_line_with_what_they_say() -> None:
    edit = together("", [remove("", [notice()]), add("", [Issuer(3, "Gamma", date(2002, 1, 2))])])
    table = change_lines(acme(), apply(acme(), edit), edit)
    assert [row.cells for row in table.rows] == [
        (
            "Transaction 4, conversion, 19 Sep 2001, Bob",
            "removed",
            "",
            "Security Acme · Series A; Shares 700; Price 3.48; Into Acme · Common; Into shares 201,149;"
            " Certificate A-7; and 4 more",
            "",
        ),
        ("Company 3, Gamma", "added", "", "", "Formed 2 Jan 2002"),
    ]
    assert table.subtitle == "2 facts differ: 1 added, 1 removed."


def test_figures_are_not_rounded_and_nothing_is_not_zero() -> None:
    security = acme().securities[1]
    after = replace(security, par=Decimal("0.0010000000001"), authorized=Decimal(0), votes=Decimal("0.00001"))
    assert [line[2:] for line in lines(acme(), correct("", security, after))] == [
        ("Par", "0.001", "0.0010000000001"),
        ("Authorized", "", "0"),
        ("Votes", "1", "0.00001"),
    ]
    amount = replace(notice(), amount=Decimal("1000.005"))
    assert lines(acme(), correct("", notice(), amount))[0][2:] == ("Amount", "", "1,000.005")


def test_marks_and_days_are_those_of_the_language() -> None:
    german = Style(decimal_mark=",", group_mark=".", months=("Jan", "Feb", "März", *("Mai",) * 9))
    after = replace(notice(), into_quantity=Decimal("201150.5"))
    assert lines(acme(), correct("", notice(), after), german) == [
        ("Transaction 4, conversion, 19 Mai 2001, Bob", "changed", "Into shares", "201.149", "201.150,5")
    ]


def test_facts_of_one_name_are_told_apart_by_their_numbers() -> None:
    ledger = acme()
    before = apply(ledger, correct("", notice(), replace(notice(), stakeholder=2)))
    renamed = together(
        "",
        [
            correct("", ledger.stakeholders[1], replace(ledger.stakeholders[1], name="Bob")),
            correct("", ledger.stakeholders[2], replace(ledger.stakeholders[2], name="Ada")),
            correct("", notice(), replace(notice(), stakeholder=1)),
        ],
    )
    assert lines(before, renamed)[-1][2:] == ("Stakeholder", "Bob (2)", "Bob (1)")


def test_long_texts_begin_shortly_before_they_differ() -> None:
    same = "word " * 200
    edit = correct("", notice(), replace(notice(), note=f"{same}ends."))
    before = apply(acme(), correct("", notice(), replace(notice(), note=f"{same}goes on.")))
    after = apply(acme(), edit)
    (line,) = change_lines(before, after, differences(before, after)).rows
    assert line.cells[3:] == (f"…{'word ' * 6}goes on.", f"…{'word ' * 6}ends.")


@settings(max_examples=40)
@given(ledgers(), st.data())
def test_every_field_that_differs_has_a_line_with_two_different_texts(
    ledger: Ledger, data: st.DataObject
) -> None:
    kind = data.draw(st.sampled_from([kind for kind in TABLES if getattr(ledger, TABLES[kind])]))
    table = getattr(ledger, TABLES[kind])
    before = data.draw(st.sampled_from(list(table) if kind is Transaction else list(table.values())))
    ids = {
        each: [fact.id for fact in (held if each is Transaction else held.values())]
        for each, name in TABLES.items()
        for held in [getattr(ledger, name)]
    }
    after = data.draw(a_fact(kind, before.id, ids))
    assume(before != after and abs(getattr(after, "order", 0)) <= 10**9)
    edit = correct("", before, after)
    found = change_lines(ledger, apply(ledger, edit), edit).rows
    assert {row.key.field for row in found} == {
        path for path in leaves(after) if value_at(before, path) != value_at(after, path)
    }
    assert all(row.cells[2] for row in found)
    assert all(row.cells[3] != row.cells[4] for row in found)


def leaves(value: Any, inside: str = "") -> Iterator[str]:
    """Return the paths of all plain fields of a fact."""
    for field in fields(value):
        held = getattr(value, field.name)
        if is_dataclass(held):
            yield from leaves(held, f"{inside}{field.name}.")
        else:
            yield inside + field.name


OTHERS: dict[type[Any], Any] = {
    bool: lambda said: not said,
    int: lambda said: said + 1,
    str: lambda said: said + "x",
    Decimal: lambda said: said + 1,
    date: lambda said: date(1999, 12, 31),
    Fraction: lambda said: said + 1,
    tuple: lambda said: (*said, date(2030, 1, 1)),
}


@pytest.mark.parametrize("kind", [kind for kind in TABLES if kind is not Transaction])
def test_no_field_of_a_fact_is_called_by_its_name_in_the_program(kind: type[Any]) -> None:
    ledger = acme()
    before = next(iter(getattr(ledger, TABLES[kind]).values()))
    for path in leaves(before):
        said = value_at(before, path)
        if path == "id" or said is None or isinstance(said, Enum):
            continue
        after = with_value(before, path, OTHERS[type(said)](said))
        edit = correct("", before, after)
        (row,) = change_lines(ledger, ledger, edit).rows
        assert row.cells[2]
        assert "_" not in row.cells[2]
        assert "." not in row.cells[2]


def test_a_huge_edit_has_so_many_lines_and_a_count_of_the_rest() -> None:
    edit = add("Import", [Stakeholder(id, f"Holder {id}") for id in range(10, 10 + MOST + 1234)])
    table = change_lines(acme(), apply(acme(), edit), edit)
    assert len(table.rows) == MOST + 1
    assert table.rows[-1].cells == ("and 1,234 more facts", "", "", "", "")
    assert table.subtitle == "3,234 facts differ: 3,234 added."
    exactly = add("Import", [Stakeholder(id, "A") for id in range(10, 10 + MOST)])
    assert len(change_lines(acme(), apply(acme(), exactly), exactly).rows) == MOST


def test_an_edit_of_nothing_says_so() -> None:
    table = change_lines(acme(), acme(), Edit("Accept", ()))
    assert (len(table.rows), table.subtitle) == (0, "")
    assert table.empty == "Nothing differs: both record the same facts."


def test_a_name_is_a_text_and_never_marked_up() -> None:
    edit = add("", [Security(9, 1, "<img src=x>", acme().securities[1].kind)])
    assert lines(acme(), edit)[0][0] == "Security 9, <img src=x>"


def test_a_ledger_of_transactions_alone_has_words_too() -> None:
    ledger = Ledger(transactions=Transactions.of([Transaction(1, date(2000, 1, 3), "split")]))
    edit = remove("", list(ledger.transactions))
    assert lines(ledger, edit)[0][:2] == ("Transaction 1, split, 3 Jan 2000", "removed")
