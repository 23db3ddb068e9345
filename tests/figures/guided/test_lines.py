"""What a line of each table is about, so that the guides begin with its security and holder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.cap_table import cap_table, cap_table_by_security
from neocapgui.figures.conversions import conversions_table, notices_table
from neocapgui.figures.facts_tables import (
    approvals_table,
    conversion_rights_table,
    issuers_table,
    prices_table,
    securities_table,
    stakeholders_table,
    transactions_table,
)
from neocapgui.figures.group_table import group_table
from neocapgui.figures.guided.guide import ANYTHING, About
from neocapgui.figures.guided.guides import GUIDE
from neocapgui.figures.guided.lines import about
from neocapgui.figures.standings import standings_table
from neocapgui.figures.tables import Table
from neocapgui.ledger.ledger import Ledger

LEDGER = sample("neotherapeutics-as-filed")
LENS = Lens(date(2001, 8, 31), 1)
SERIES_C = next(one.id for one in LEDGER.securities.values() if one.name.startswith("7% Series C"))
RIGHT = next(one.id for one in LEDGER.conversion_rights.values() if one.security == SERIES_C)
GENERALE = next(one.id for one in LEDGER.stakeholders.values() if one.name == "Societe Generale")
Question = Callable[[Ledger, Lens], Table]


@pytest.mark.parametrize(
    ("question", "text", "column", "expected"),
    [
        (cap_table, "Societe Generale", "7% Series C Preferred Stock", About(1, SERIES_C, GENERALE)),
        (cap_table, "Societe Generale", "Stake %", About(1, None, GENERALE)),
        (cap_table_by_security, "7% Series C Preferred Stock", "Kind", About(1, SERIES_C)),
        (securities_table, "7% Series C Preferred Stock", "Kind", About(1, SERIES_C)),
        (conversion_rights_table, SERIES_C, "Into", About(1, SERIES_C, right=RIGHT)),
        (conversions_table, "7% Series C Preferred Stock", "Face", About(1, SERIES_C)),
        (stakeholders_table, "Societe Generale", "Kind", About(stakeholder=GENERALE)),
        (issuers_table, "NeoGene Technologies, Inc.", "Formed", About(issuer=2)),
        (standings_table, "NeoGene Technologies, Inc.", "Status", About(issuer=2)),
        (group_table, "NeoTherapeutics, Inc.", "Shares", About(2, stakeholder=1)),
    ],
)
def test_a_line_is_about_what_it_names(
    question: Question, text: object, column: str, expected: About
) -> None:
    table = question(LEDGER, LENS)
    row = next(row for row in table.rows if row.cells[0] == text)
    (where,) = [one for one in table.columns if one.title == column]
    assert about(LEDGER, LENS, table, row, where) == expected


def test_an_entry_is_about_its_security_and_its_holder() -> None:
    for table in (transactions_table(LEDGER, LENS), notices_table(LEDGER, LENS)):
        row = next(row for row in table.rows if getattr(row.fact, "into_quantity", None) == 201_149)
        assert about(LEDGER, LENS, table, row, table.columns[0]) == About(None, SERIES_C, GENERALE)


def test_facts_of_a_company_or_a_security_are_about_it() -> None:
    approvals, prices = approvals_table(LEDGER, LENS), prices_table(LEDGER, LENS)
    assert about(LEDGER, LENS, approvals, approvals.rows[0], approvals.columns[0]) == About(issuer=1)
    common = prices.rows[0].cells[0]
    assert about(LEDGER, LENS, prices, prices.rows[0], prices.columns[0]) == About(1, common)


def test_an_empty_line_and_a_total_are_about_nothing() -> None:
    table = cap_table(LEDGER, LENS)
    assert about(LEDGER, LENS, table, None, table.columns[0]) == ANYTHING
    assert about(LEDGER, LENS, table, table.total, table.columns[0]) == ANYTHING


def test_a_stake_in_a_subsidiary_offers_the_owner_to_buy_more() -> None:
    begun = GUIDE["buy"].guide.begun(LEDGER, Lens(date(2001, 8, 12), 1), About(2, stakeholder=1))
    assert begun == {"buyer": 1}


def test_a_holder_of_one_paper_of_a_company_begins_with_it() -> None:
    begun = GUIDE["redeem"].guide.begun
    assert begun(LEDGER, LENS, About(1, SERIES_C, GENERALE)) == {"security": SERIES_C, "holder": GENERALE}
    assert begun(LEDGER, LENS, About(2, None, GENERALE)) is None  # its Series B of NeoGene are given up
