"""Export, copy and the figures behind a chart, from the buttons, the menu and the commands."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from neocapgui.engine.lens import Basis
from neocapgui.figures.charts.gathering import Gather
from neocapgui.figures.charts.stacked import By, Unit, Wanted
from neocapgui.figures.kinds import day_text
from neocapgui.gui.charts.chart_export_dialog import ChartExportDialog
from neocapgui.gui.charts.chart_frame import ChartFrame, chart_around
from neocapgui.gui.charts.footer import footer_of
from neocapgui.gui.dialogs.chart_table_dialog import ChartTableDialog
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.pages.charts_page import ChartsPage
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Issuer
from tests.gui.pages import drawn_charts


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ChartsPage:
    return drawn_charts(qtbot, session, 700, 600)


def opened(kind: type[QDialog], parent: QWidget) -> QDialog:
    return next(one for one in parent.findChildren(kind) if one.isVisible())


def test_a_chart_is_saved_in_each_form(page: ChartsPage, tmp_path: Path) -> None:
    for number, (suffix, start) in enumerate({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}.items()):
        dialog = ChartExportDialog(page.frame.session, page.frame.figure, page)
        dialog.form.setCurrentIndex(number)
        assert dialog.scale.isEnabled() == (suffix == "png")
        assert dialog.proposed == f"Ownership over time Acme 2022-03-03.{suffix}"
        assert dialog.save_to(tmp_path / dialog.proposed)
        assert (tmp_path / dialog.proposed).read_bytes().startswith(start)
    assert len(list(tmp_path.iterdir())) == 3


def test_the_choices_of_the_export_are_kept_for_the_document(page: ChartsPage, tmp_path: Path) -> None:
    dialog = ChartExportDialog(page.frame.session, page.frame.figure, page)
    dialog.form.setCurrentIndex(1)
    dialog.scale.setCurrentIndex(2)
    dialog.size_choice.setCurrentIndex(1)
    assert dialog.save_to(tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).width() == 2080
    again = ChartExportDialog(page.frame.session, page.frame.figure, page)
    choices = (again.form, again.size_choice, again.scale)
    assert [choice.currentIndex() for choice in choices] == [1, 1, 2]
    again.close()


def test_what_cannot_be_saved_is_said_and_the_dialog_stays(page: ChartsPage, tmp_path: Path) -> None:
    dialog = ChartExportDialog(page.frame.session, page.frame.figure, page)
    dialog.open()
    assert not dialog.save_to(tmp_path / "nowhere" / "a.svg")
    assert dialog.isVisible()
    said = [label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")]
    assert "a.svg could not be saved: the folder nowhere is not there." in said
    dialog.close()


def test_the_clipboard_has_picture_svg_pdf_and_figures_at_once(page: ChartsPage) -> None:
    page.frame.copy()
    content = QGuiApplication.clipboard().mimeData()
    assert content.hasImage()
    assert bytes(content.data("image/svg+xml").data()).startswith(b"<?xml")
    assert bytes(content.data("application/pdf").data()).startswith(b"%PDF")
    assert content.text().splitlines()[0] == "Day\tWhat happened\tAda\tBob\tAll shares"
    assert content.text().splitlines()[1] == "2022-01-01\tIssuance × 2 of Common\t75\t25\t4000"
    assert "<table>" in content.html()


def test_the_figures_behind_the_chart_stand_in_a_table_under_its_words(page: ChartsPage) -> None:
    page.frame.show_table()
    dialog = opened(ChartTableDialog, page)
    assert isinstance(dialog, ChartTableDialog)
    assert dialog.words.text() == page.frame.figure.alt
    assert dialog.view.table_model.rowCount() == 2
    dialog.close()


def test_the_buttons_and_the_menu_do_the_same(page: ChartsPage) -> None:
    button = page.frame.buttons.findChild(QToolButton, "button.chart.export")
    assert isinstance(button, QToolButton)
    button.click()
    opened(ChartExportDialog, page).close()
    QApplication.sendEvent(
        page.frame, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    )
    menu = page.frame.findChild(QMenu, "menu.chart")
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["Export…", "Copy", "Figures"]
    menu.close()
    assert chart_around(page.chart) is page.frame


def test_a_scenario_that_is_not_as_saved_says_so_at_the_foot(session: Session, tmp_path: Path) -> None:
    day = day_text(session.lens.as_of)
    assert footer_of(session) == f"Acme  ·  as of {day}  ·  not saved yet"
    session.save(tmp_path / "Acme.db")
    digest = sha256((tmp_path / "Acme.db").read_bytes()).hexdigest()[:16]
    assert footer_of(session) == f"Acme  ·  Acme.db  ·  as of {day}  ·  SHA-256 {digest}"
    session.do(add("Add Bolt", [Issuer(9, "Bolt")]))
    assert footer_of(session) == f"Acme  ·  Acme.db  ·  as of {day}  ·  with edits that are not saved"


def test_the_commands_act_on_the_chart_that_is_seen(qtbot: QtBot, window: MainWindow) -> None:
    window.carry_out("page.charts")
    window.carry_out("chart.copy")
    assert QGuiApplication.clipboard().mimeData().hasFormat("image/svg+xml")
    window.carry_out("chart.table")
    opened(ChartTableDialog, window).close()


def test_the_bridge_shows_whose_stake_moved_and_by_what(page: ChartsPage, session: Session) -> None:
    page.views.choose("bridge")
    bridge = page.bridge
    assert bridge is not None
    bridge.first.setDate(QDate(2022, 1, 1))
    assert bridge.holders.currentText() == "Ada"
    assert [column.figure() for column in bridge.figure.columns] == ["75.00 %", "-12.50", "62.50 %"]
    assert bridge.drawn.figure is bridge.figure
    assert [row.cells[1] for row in bridge.view.table_model.table.rows][1] == "Transfer of Common, Ada"
    bridge.holders.activated.emit(bridge.holders.findText("Bob"))
    assert [column.figure() for column in bridge.figure.columns] == ["25.00 %", "+12.50", "37.50 %"]
    bridge.last.setDate(QDate(2022, 2, 2))
    assert session.lens.as_of.isoformat() == "2022-02-02"
    assert [column.figure() for column in bridge.figure.columns] == ["25.00 %", "25.00 %"]
    again = ChartsPage(session)
    assert again.bridge is not None
    assert again.bridge.holders.currentText() == "Bob"
    again.deleteLater()


def test_choices_of_the_chart_are_kept_and_shown(page: ChartsPage, session: Session) -> None:
    page.bands.choose(By.CLASS)
    page.unit.choose(Unit.SHARES)
    page.gather.activated.emit(page.gather.findData(Gather.FROM_5))
    page.restated.setChecked(True)
    session.count_by(Basis.VOTING)
    assert page.chart.wanted == Wanted(By.CLASS, Unit.SHARES, Gather.FROM_5, is_restated=True)
    assert [band.name for band in page.chart.chart.bands] == ["Common stock"]
    assert page.view.table_model.table.columns[2].title == "Common stock"
    again = ChartsPage(session)
    assert again.chart.wanted == page.chart.wanted
    again.deleteLater()


def test_the_controls_fit_into_a_small_window(page: ChartsPage) -> None:
    page.unit.choose(Unit.SHARES)
    page.resize(660, 500)
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
    assert page.minimumSizeHint().width() <= 680
    for choice in (page.bands, page.unit, page.gather, page.restated):
        assert choice.width() >= choice.minimumSizeHint().width()


def test_each_chart_stands_in_a_frame(page: ChartsPage) -> None:
    assert isinstance(page.frame, ChartFrame)
