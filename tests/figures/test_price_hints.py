"""An outstanding convertible without a price is hinted at."""

from __future__ import annotations

from datetime import date

from neocapgui.engine.lens import Lens
from neocapgui.exchange.samples import sample
from neocapgui.figures.price_hints import missing_prices


def test_an_outstanding_convertible_without_a_price_is_hinted_at() -> None:
    (hint, *_) = missing_prices(sample("neotherapeutics-as-filed"), Lens(date(2001, 8, 10), 1))
    assert hint.sentence.startswith("Series A Preferred Stock of January 1999: ")
    assert not hint.needs_market
