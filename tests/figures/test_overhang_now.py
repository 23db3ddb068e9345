"""The overhang on a day: shares, part of the class, what binds; zero, and said so, once nothing is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.overhang_now import overhang_table
from neocapgui.figures.overview import Card, overview
from neocapgui.ledger.ledger import Ledger

FILED = sample("neotherapeutics-as-filed")
FLOATING = sample("preferred-at-a-floating-price")


def _card(ledger: Ledger, lens: Lens, title: str) -> Card:
    (found,) = [card for card in overview(ledger, lens) if card.title == title]
    return found


def test_each_convertible_outstanding_has_a_line_with_its_price_and_its_part() -> None:
    january, series_c = overhang_table(FILED, Lens(date(2001, 8, 31), 1)).rows
    assert january.cells[1:3] == (None, None)
    assert january.cells[3] == "Its price is floating and no notice has stated one yet"
    assert series_c.cells[1] == 84_746
    assert series_c.cells[2] == Fraction(84_746, 21_260_816 + 84_746)
    assert series_c.cells[3] == "Price 3.54 (by the last notice)"


def test_floor_fixed_price_and_the_tightest_limit_are_named() -> None:
    (line,) = overhang_table(FLOATING, Lens(date(2023, 3, 28), 1)).rows
    assert line.cells[1] == 2_400_641
    assert line.cells[3] == (
        "Price 1.4996 (variable); floor 0.716; at most 6.15; holder's limit allows 454,747"
    )


def test_the_overhang_is_zero_and_said_so_once_all_is_converted() -> None:
    lens = Lens(date(2001, 9, 19), 1)
    table = overhang_table(FILED, lens)
    assert not table.rows
    assert table.empty == "Zero: nothing that converts or floats is outstanding on this day."
    card = _card(FILED, lens, "Convertible overhang")
    assert (card.value, card.note) == ("0", "nothing converts or floats")
    assert _card(FILED, replace(lens, as_of=date(2001, 9, 10)), "Convertible overhang").value == "84,746"


def test_what_converts_at_fixed_prices_only_is_said_not_to_float() -> None:
    table = overhang_table(FILED, Lens(date(2003, 12, 31), 1))
    assert [row.cells[3] for row in table.rows] == ["Price 2.35 (fixed)", "Price 5.00 (fixed)"]
    assert table.subtitle == "Nothing outstanding floats with the market."
    assert overhang_table(FILED, Lens(date(2003, 12, 31), 3)).empty == "No security of this company converts."


def test_the_headroom_stands_against_what_is_authorized() -> None:
    short = _card(FILED, Lens(date(2001, 8, 31), 1), "Common Stock short")
    assert (short.value, short.note, short.is_amber) == ("6,914,974", "of 25,000,000 authorized", True)
    free = _card(FLOATING, Lens(date(2023, 3, 28), 1), "Common Stock free to issue")
    assert (free.value, free.note, free.is_amber) == ("18,247,583", "of 40,000,000 authorized", False)


def test_every_card_leads_to_a_page() -> None:
    assert all(card.page for card in overview(FILED, Lens(date(2001, 8, 31), 1)))
