"""The charts page follows the session, and pyqtgraph comes only with the first chart."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from neocapgui.figures.charts.stacked import By, Unit
from neocapgui.gui.charts.ownership_chart import OwnershipChart
from neocapgui.gui.pages.charts_page import ChartsPage
from neocapgui.ledger.edits import add, remove
from neocapgui.ledger.facts import Issuer
from tests.gui.pages import drawn_charts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.session import Session

IMPORTS = """
import sys
import neocapgui.gui.charts.ownership_chart
import neocapgui.gui.pages.charts_page
sys.exit("pyqtgraph" in sys.modules)
"""


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ChartsPage:
    return drawn_charts(qtbot, session, 900, 700)


def press(page: ChartsPage, name: str) -> None:
    button = page.findChild(QToolButton, f"view.{name}")
    assert isinstance(button, QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_pyqtgraph_comes_only_with_the_first_chart() -> None:
    assert subprocess.run([sys.executable, "-c", IMPORTS], timeout=100, check=False).returncode == 0


def test_a_chart_that_is_not_seen_is_not_drawn(qtbot: QtBot, session: Session) -> None:
    chart = OwnershipChart(session)
    qtbot.addWidget(chart)
    chart.refresh()
    assert chart.stacked is None


def test_the_page_shows_the_company_of_the_session(page: ChartsPage, session: Session) -> None:
    assert page.objectName() == "page.charts"
    assert page.issuers.currentText() == "Acme"
    assert page.chart.stacked is not None
    assert page.chart.stacked.chart is page.chart.chart
    assert [band.name for band in page.chart.chart.bands] == ["Ada", "Bob"]
    assert page.view.objectName() == "table.ownership_over_time"
    assert page.view.table_model.rowCount() == 2


def test_bands_and_unit_are_chosen_for_chart_and_table(page: ChartsPage) -> None:
    press(page, By.SECURITY)
    press(page, Unit.SHARES)
    assert page.chart.stacked is not None
    shown = page.chart.stacked.chart
    assert shown is not None
    assert [band.name for band in shown.bands] == ["Common"]
    assert shown.unit is Unit.SHARES
    titles = [column.title for column in page.view.table_model.table.columns]
    assert titles == ["Day", "What happened", "Common", "All shares"]
    assert page.view.table_model.table.rows[1].cells[2:] == (4000, 4000)


def days(page: ChartsPage) -> list[date]:
    """Return the days of the chart that is drawn."""
    assert page.chart.stacked is not None
    assert page.chart.stacked.chart is not None
    return list(page.chart.stacked.chart.days)


def test_an_edit_and_its_undo_are_followed(page: ChartsPage, session: Session) -> None:
    transfer = session.ledger.transactions.get(3)
    assert transfer is not None
    session.do(remove("Remove transfer", [transfer]))
    assert days(page) == [date(2022, 1, 1)]
    session.undo()
    assert days(page) == [date(2022, 1, 1), date(2022, 3, 3)]


def test_another_company_is_chosen_for_the_whole_window(page: ChartsPage, session: Session) -> None:
    assert not page.issuers.isEnabled()
    session.do(add("Add Beta", [Issuer(2, "Beta")]))
    page.issuers.activated.emit(page.issuers.findText("Beta"))
    assert session.lens.issuer == 2
    assert page.issuers.currentText() == "Beta"
    assert page.chart.stacked is not None
    assert page.chart.stacked.sentence.startswith("Nobody ever held shares of Beta")
    assert not page.view.isVisible()


def test_a_day_chosen_in_the_chart_is_looked_at_everywhere(page: ChartsPage, session: Session) -> None:
    assert page.chart.stacked is not None
    page.chart.stacked.point_at(0, 0)
    QTest.keyClick(page.chart.stacked, Qt.Key.Key_Return)
    assert session.lens.as_of == date(2022, 1, 1)
    assert page.chart.stacked.chart is not None
    assert page.chart.stacked.chart.as_of == date(2022, 1, 1)


def test_a_line_of_the_table_looks_at_its_day(page: ChartsPage, session: Session) -> None:
    page.view.activated_row.emit(page.view.table_model.table.rows[0])
    assert session.lens.as_of == date(2022, 1, 1)


def test_a_chart_that_was_hidden_shows_the_session_when_it_is_seen_again(
    page: ChartsPage, session: Session
) -> None:
    page.hide()
    session.look_on(date(2022, 2, 2))
    page.show()
    assert page.chart.stacked is not None
    assert page.chart.stacked.chart is not None
    assert page.chart.stacked.chart.as_of == date(2022, 2, 2)


def test_the_ultimate_owners_are_chosen_for_chart_and_table(page: ChartsPage) -> None:
    page.owners.activated.emit(page.owners.findText("Ultimate owners"))
    assert page.chart.stacked is not None
    shown = page.chart.stacked.chart
    assert shown is not None
    assert shown.axis.endswith("by ultimate owner")
    assert "ultimate owners" in page.view.table_model.table.subtitle
    press(page, By.SECURITY)
    assert not page.owners.isEnabled()


def test_the_choice_of_owners_is_kept_with_the_document(page: ChartsPage, session: Session) -> None:
    page.owners.activated.emit(page.owners.findText("Ultimate owners"))
    again = ChartsPage(session)
    assert again.owners.currentData() == "ultimate"
    assert again.chart.wanted.is_ultimate
    again.deleteLater()


@pytest.mark.parametrize("width", [1200, 790, 690, 560])
def test_choices_that_belong_together_stand_side_by_side(page: ChartsPage, width: int) -> None:
    page.resize(width, 700)
    QApplication.processEvents()

    def middle(widget: QWidget) -> int:
        return widget.mapTo(page, widget.rect().center()).y()

    for group in (
        (page.bands,),
        (page.owners, page.gather),
        (page.unit, page.restated),
        (page.comparing.button,),
    ):
        assert max(map(middle, group)) - min(map(middle, group)) <= 1
        for choice in group:
            assert choice.width() >= choice.minimumSizeHint().width()
            assert page.rect().contains(choice.mapTo(page, choice.rect().bottomRight()))
