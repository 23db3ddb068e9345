"""A scenario in CSV files: what is written is read back, and bad files are refused by place."""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.exchange.scenario_text import (
    FIELDS,
    Field,
    ScenarioTextError,
    from_text,
    read_folder,
    to_text,
    write_folder,
)
from neocapgui.ledger.columns import Transactions
from neocapgui.ledger.edits import with_value
from neocapgui.ledger.facts import Issuer, Security, Stakeholder
from neocapgui.ledger.ledger import TABLES, Ledger
from neocapgui.ledger.terms import Exercise, Rounding, SecurityKind
from neocapgui.ledger.transactions import KIND, Transaction

AWKWARD = st.text(st.characters(codec="utf-8") | st.sampled_from(" ,\"'=+-@\r\n\t/#"), max_size=6)
ANY_TEXT = AWKWARD | st.sampled_from(("A", "A #1", "A / B", "B", "'=x", "-5"))
DECIMALS = st.decimals(-(10**12), 10**12, places=4, allow_nan=False, allow_infinity=False)
VALUES: dict[type[Any], st.SearchStrategy[Any]] = {
    str: ANY_TEXT,
    int: st.integers(-1000, 1000),
    bool: st.booleans(),
    date: st.dates(),
    Decimal: DECIMALS,
    Fraction: st.fractions(-(10**6), 10**6, max_denominator=10**6),
}


def values(field: Field) -> st.SearchStrategy[Any]:
    hint = field.hint
    drawn: st.SearchStrategy[Any]
    if field.choices:
        drawn = st.sampled_from(list(field.choices))
    elif get_origin(hint) is tuple:
        drawn = st.lists(VALUES[get_args(hint)[0]], max_size=3).map(tuple)
    elif issubclass(hint, StrEnum):
        drawn = st.sampled_from(list(hint))
    else:
        drawn = VALUES[hint]
    if field.default is MISSING:
        return drawn.filter(lambda value: value != "")
    return st.just(field.default) | drawn


STRATEGIES = {field: values(field) for kind in TABLES for field in FIELDS[kind].values()}


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Any ledger whose facts are numbered in their order."""
    counts = {kind: 1 if table == "scenario" else draw(st.integers(0, 2)) for kind, table in TABLES.items()}
    for kind in TABLES:  # who refers to nothing cannot be there
        needs = [f.refers_to for f in FIELDS[kind].values() if f.refers_to and f.default is MISSING]
        if not all(counts[need] for need in needs):
            counts[kind] = 0
    tables = {
        TABLES[kind]: {id: draw(facts(kind, id, counts)) for id in range(1, count + 1)}
        for kind, count in counts.items()
    }
    records = sorted(tables.pop("transactions").values(), key=lambda record: (record.date, record.order))
    numbered = [dataclasses.replace(record, id=id) for id, record in enumerate(records, 1)]
    return Ledger(**tables, transactions=Transactions.of(numbered))


@st.composite
def facts(draw: st.DrawFn, kind: type[Any], id: int, counts: dict[type[Any], int]) -> Any:
    told = {}
    for path, field in FIELDS[kind].items():
        if field.refers_to is None:
            told[path] = draw(STRATEGIES[field])
        else:
            known = range(1, counts[field.refers_to] + 1)
            told[path] = draw(st.sampled_from([*([] if field.default is MISSING else [None]), *known]))
    fact = kind(id=id, **{path: value for path, value in told.items() if "." not in path})
    for path, value in told.items():
        fact = with_value(fact, path, value) if "." in path else fact
    return fact


def told(ledger: Ledger) -> dict[str, list[Any]]:
    tables = {table: getattr(ledger, table) for table in TABLES.values()}
    return {
        table: list(facts if table == "transactions" else facts.values()) for table, facts in tables.items()
    }


@given(ledgers())
def test_what_is_written_is_read_back(ledger: Ledger) -> None:
    assert told(from_text(to_text(ledger))) == told(ledger)


def test_a_folder_is_written_and_read_whole(tmp_path: Any) -> None:
    (tmp_path / "prices.csv").write_text("security,date\n")
    ledger = Ledger(stakeholders={1: Stakeholder(1, "Ada"), 2: Stakeholder(2, "Müller, Söhne")})
    write_folder(ledger, tmp_path)
    assert told(read_folder(tmp_path)) == told(ledger)
    assert not (tmp_path / "prices.csv").exists(), "a kind without facts has no file"


def test_the_columns_are_the_fields_that_are_used() -> None:
    warrant = Security(
        2, 1, "Warrant", SecurityKind.WARRANT, exercise=Exercise(into=1, price=Decimal("3.50")), note="=1+1"
    )
    common = Security(1, 1, "Common", SecurityKind.COMMON, rounding=Rounding.DOWN)
    ledger = Ledger(issuers={1: Issuer(1, "Acme")}, securities={1: common, 2: warrant})
    assert to_text(ledger)["securities.csv"] == (
        "issuer,name,kind,rounding,exercise.into,exercise.price,note\n"
        "Acme,Common,common,down,,,\n"
        "Acme,Warrant,warrant,nearest,Acme / Common,3.50,'=1+1\n"
    )


def test_facts_of_one_name_are_told_apart_by_keys() -> None:
    ledger = Ledger(
        stakeholders={1: Stakeholder(1, "Ada", issuer=2)},
        issuers={1: Issuer(1, "Acme"), 2: Issuer(2, "Acme")},
    )
    files = to_text(ledger)
    assert files["issuers.csv"] == "key,name\nAcme #1,Acme\nAcme #2,Acme\n"
    assert files["stakeholders.csv"] == "name,issuer\nAda,Acme #2\n"


def test_a_key_stands_for_a_long_name_and_days_and_numbers_may_be_typed_as_people_do() -> None:
    ledger = from_text(
        {
            "scenario.csv": "title\nTwo\n",
            "issuers.csv": 'key,name,formed\nAcme,"Acme, Inc.",1 Oct 1999\n,Beta,\n',
            "securities.csv": "issuer,name,kind,votes\nAcme,Common,common,\nBeta,Common,common,2\n",
            "stakeholders.csv": "name\nAda\n",
            "transactions.csv": (
                "date,kind,security,stakeholder,quantity,ratio,value\r\n"
                '2001-08-31,issuance,Acme / Common,Ada,"1,250.5",,\r\n'
                ",,,,,,\r\n"
                "2002-09-05,split,Acme / Common,,,1/25,cash\r\n"
            ),
        }
    )
    assert ledger.issuers[1] == Issuer(1, "Acme, Inc.", date(1999, 10, 1))
    assert [security.votes for security in ledger.securities.values()] == [0, 2]
    assert list(ledger.transactions) == [
        Transaction(1, date(2001, 8, 31), "issuance", security=1, stakeholder=1, quantity=Decimal("1250.5")),
        Transaction(2, date(2002, 9, 5), "split", security=1, ratio=Fraction(1, 25), value="cash"),
    ]


BAD = {
    "title,colour\nA,red\n": "scenario.csv, line 1: there is no column “colour”; there can be title, ",
    "title,title\nA,B\n": "scenario.csv, line 1: the column “title” stands there 2 times.",
    "title\nA,B\n": "scenario.csv, line 2: 2 cells stand under 1 columns.",
    "title,currency\n,USD\n": "scenario.csv, line 2, title: this must not be blank.",
    "currency\nUSD\n": "scenario.csv, line 2, title: this must not be blank.",
    'title\n"A"B\n': "scenario.csv, line 2: this is no line of a CSV file (",
}


@pytest.mark.parametrize("text", BAD)
def test_a_bad_table_is_refused_by_its_place(text: str) -> None:
    with pytest.raises(ScenarioTextError) as refusal:
        from_text({"scenario.csv": text})
    assert str(refusal.value).startswith(BAD[text])


BAD_ROWS = {
    ("issuers.csv", "name,formed\nAcme,31 Feb 2001\n"): (
        "issuers.csv, line 2, formed: “31 Feb 2001” is not a day such as 2001-08-31 or 31 Aug 2001."
    ),
    ("issuers.csv", "name,certainty\nAcme,sure\n"): (
        "issuers.csv, line 2, certainty: “sure” is none of published, inferred, assumed, planned."
    ),
    ("issuers.csv", 'name,note\nAcme,"two\nlines"\nAcme,\n'): (
        "issuers.csv, line 4, name: “Acme” stands on line 2 too; give one of the two another key."
    ),
    ("stakeholders.csv", "name,issuer\nAda,Beta\n"): (
        "stakeholders.csv, line 2, issuer: “Beta” does not stand in issuers.csv."
    ),
    ("securities.csv", "issuer,name,kind\nBeta,Common,common\n"): (
        "securities.csv, line 2, issuer: “Beta” does not stand in issuers.csv."
    ),
    ("transactions.csv", "date,kind,quantity\n2001-08-31,issuance,ten\n"): (
        "transactions.csv, line 2, quantity: “ten” is not a number such as 1,234.5."
    ),
    ("transactions.csv", "date,kind,ratio\n2001-08-31,split,1/99999999999999999999\n"): (
        "transactions.csv, line 2, ratio: “1/99999999999999999999” has too many digits."
    ),
    ("transactions.csv", "date,kind\n2001-08-31,gift\n"): (
        f"transactions.csv, line 2, kind: “gift” is none of {', '.join(KIND)}."
    ),
}


@pytest.mark.parametrize("place", BAD_ROWS, ids=lambda place: place[1].splitlines()[-1])
def test_a_bad_cell_is_refused_by_its_line_and_column(place: tuple[str, str]) -> None:
    with pytest.raises(ScenarioTextError) as refusal:
        from_text({"scenario.csv": "title\nA\n", place[0]: place[1]})
    assert str(refusal.value) == BAD_ROWS[place]


def test_a_folder_without_a_scenario_or_with_other_text_is_refused(tmp_path: Any) -> None:
    with pytest.raises(ScenarioTextError, match=r"There is no scenario\.csv"):
        read_folder(tmp_path)
    (tmp_path / "scenario.csv").write_bytes(b"title\nA\xff\n")
    with pytest.raises(ScenarioTextError, match=r"scenario\.csv, line 2: this is not UTF-8 text\."):
        read_folder(tmp_path)


def test_every_field_can_be_blank_or_told() -> None:
    """A field that may be None has None as its default: a blank cell is nothing else."""
    for kind in TABLES:
        for field in dataclasses.fields(kind):
            if "None" in str(field.type):
                assert field.default is None
