"""A chart that rests looks, pixel for pixel, as the one that is read; the swap is never seen."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from neocapgui.engine.lens import Basis, Lens
from neocapgui.exchange.samples import SAMPLES, sample
from neocapgui.figures.charts.stacked import By, Chart, Unit, ownership_chart
from neocapgui.gui.charts.resting_chart import RestingChart
from neocapgui.gui.charts.stacked_chart import StackedChart


def chart_of(name: str, by: By = By.HOLDER, unit: Unit = Unit.PERCENT) -> Chart:
    ledger = sample(name)
    return ownership_chart(ledger, Lens(date(2003, 11, 11), 1, Basis.AS_CONVERTED), by, unit)


@pytest.mark.parametrize("size", [(344, 201), (500, 330), (417, 460)], ids=str)
@pytest.mark.parametrize(
    ("name", "by", "unit"),
    [(one.name, By.HOLDER, Unit.PERCENT) for one in SAMPLES]
    + [("neotherapeutics-as-filed", By.SECURITY, Unit.SHARES)],
)
def test_a_chart_that_rests_looks_as_the_one_that_is_read(
    qtbot: QtBot, name: str, by: By, unit: Unit, size: tuple[int, int]
) -> None:
    chart = chart_of(name, by, unit)
    read, resting = StackedChart(), RestingChart()
    for widget in (read, resting):
        qtbot.addWidget(widget)
        widget.resize(*size)
    read.legend.hide()
    with qtbot.waitExposed(read):
        read.show()
    read.show_chart(chart)
    resting.show_chart(chart)
    qtbot.waitUntil(lambda: read.grab().toImage() == resting.grab().toImage())
    assert resting.accessibleDescription() == read.accessibleDescription()
