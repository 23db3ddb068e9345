"""The chart of another scenario below: read beside the window, zoomed and read together, kept, let go of."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from neocapgui.document.document import Document
from neocapgui.exchange.svg import svg_text
from neocapgui.figures.charts.compared import Compared, Side
from neocapgui.figures.charts.drawing import drawing
from neocapgui.figures.charts.stacked import By, Chart, Unit
from neocapgui.figures.charts.table import table_behind
from neocapgui.figures.tables import Table
from neocapgui.gui.charts import comparing
from neocapgui.gui.charts.other_scenario import read_file
from neocapgui.gui.charts.stacked_chart import StackedChart
from neocapgui.gui.main_window import MainWindow
from neocapgui.gui.pages.charts_page import ChartsPage
from neocapgui.gui.panels.timeline_bar import TimelineBar
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.printing import parts_of
from neocapgui.gui.session import Session
from neocapgui.ledger.edits import add, correct
from neocapgui.ledger.facts import Issuer, Scenario
from neocapgui.ledger.ledger import Ledger
from tests.gui.conftest import acme_ledger
from tests.gui.pages import drawn_charts


def announced() -> Ledger:
    """Return Acme as it was announced: Bob gets 2,000 shares on the first day, and nothing is passed on."""
    ledger = acme_ledger()
    more = replace(ledger.transactions[1], quantity=Decimal(2000))
    return replace(
        ledger,
        scenario={1: Scenario(1, "As announced")},
        transactions=type(ledger.transactions).of([ledger.transactions[0], more]),
    )


@pytest.fixture
def file(tmp_path: Path, home: Path) -> Path:
    """A file of Acme as it was announced."""
    path = tmp_path / "announced.db"
    with Document.create(announced()) as document:
        document.save(path)
    return path


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> ChartsPage:
    return drawn_charts(qtbot, session, 900, 900)


def compare(page: ChartsPage, path: Path) -> tuple[StackedChart, StackedChart]:
    """Compare with a file, and return both charts."""
    page.comparing.compare_file(path)
    page.comparing.settle()
    QApplication.processEvents()
    assert page.chart.stacked is not None
    assert page.chart.below is not None
    return page.chart.stacked, page.chart.below


def chart_of(shown: StackedChart) -> Chart:
    assert shown.chart is not None
    return shown.chart


def headings(page: ChartsPage) -> list[str]:
    """Return what stands above the charts."""
    labels = page.chart.findChildren(QLabel)
    return [label.accessibleName() for label in labels if label.accessibleName() and label.isVisible()]


def test_the_other_scenario_stands_below_under_its_name(page: ChartsPage, file: Path) -> None:
    above, below = compare(page, file)
    assert headings(page)[:2] == ["Acme", "not saved yet"]
    assert headings(page)[2] == "As announced"
    assert headings(page)[3].startswith("announced.db  ·  SHA-256 ")
    assert [band.name for band in chart_of(below).bands] == ["Ada", "Bob"]
    assert [band.tone for band in chart_of(below).bands] == [band.tone for band in chart_of(above).bands]
    assert chart_of(below).figures(0) == ("60.00", "40.00")
    titles = [column.title for column in page.view.table_model.table.columns]
    assert titles == ["Day", "Scenario", "What happened", "Ada", "Bob", "All shares"]


def test_the_heading_says_how_this_scenario_stands_in_its_file(
    page: ChartsPage, session: Session, file: Path, tmp_path: Path
) -> None:
    compare(page, file)
    session.save(tmp_path / "acme.db")
    assert headings(page)[:2] == ["Acme", "acme.db"]
    session.do(add("Add Beta", [Issuer(2, "Beta")]))
    assert headings(page)[1] == "acme.db  ·  with edits that are not saved"


def test_the_file_is_only_read_and_nothing_of_it_is_kept_open(
    page: ChartsPage, file: Path, home: Path
) -> None:
    before = file.read_bytes()
    working = set(home.rglob("*.db"))
    compare(page, file)
    assert file.read_bytes() == before
    assert {path.name for path in file.parent.iterdir()} == {file.name}
    assert set(home.rglob("*.db")) == working


def test_all_choices_are_those_of_both(page: ChartsPage, file: Path) -> None:
    above, below = compare(page, file)
    page.bands.choose(By.SECURITY)
    page.unit.choose(Unit.SHARES)
    for shown in (above, below):
        assert [band.name for band in chart_of(shown).bands] == ["Common"]
        assert chart_of(shown).unit is Unit.SHARES
    assert chart_of(above).top() == chart_of(below).top()


def test_the_day_looked_at_is_marked_in_both(page: ChartsPage, session: Session, file: Path) -> None:
    above, below = compare(page, file)
    session.look_on(date(2022, 2, 2))
    assert chart_of(above).as_of == chart_of(below).as_of == date(2022, 2, 2)
    below.point_at(0, 0)
    QTest.keyClick(below, Qt.Key.Key_Return)
    assert session.lens.as_of == date(2022, 1, 1)


def in_sight(shown: StackedChart) -> tuple[int, int]:
    window = shown.plot.in_sight
    assert window is not None
    return round(window.first), round(window.last)


def test_they_are_zoomed_together_and_stand_in_line(page: ChartsPage, file: Path) -> None:
    above, below = compare(page, file)
    first, last = date(2022, 1, 15), date(2022, 2, 20)
    below.plot.show_between(first, last)
    assert in_sight(above) == in_sight(below) == (first.toordinal(), last.toordinal())
    middle = date(2022, 2, 1).toordinal()
    assert above.plot.place(middle, 0).x() == below.plot.place(middle, 0).x()
    QTest.keyClick(above, Qt.Key.Key_0)
    assert above.plot.is_whole
    assert below.plot.is_whole
    QTest.keyClick(above, Qt.Key.Key_Plus)
    assert not below.plot.is_whole
    assert in_sight(above) == in_sight(below)


def test_a_zoom_from_before_stays_when_another_scenario_comes(page: ChartsPage, file: Path) -> None:
    assert page.chart.stacked is not None
    page.chart.stacked.plot.show_between(date(2022, 1, 15), date(2022, 2, 20))
    above, below = compare(page, file)
    assert in_sight(above) == in_sight(below)
    assert in_sight(above) == (date(2022, 1, 15).toordinal(), date(2022, 2, 20).toordinal())


def test_both_are_read_together_on_the_same_day(page: ChartsPage, file: Path) -> None:
    above, below = compare(page, file)
    above.point_at(1, 1)
    assert above.read_out.text == chart_of(above).reading(1, 1).text
    assert below.read_out.text == chart_of(below).reading(0, 1).text
    assert "Bob\n2,000 shares, 40.00 %" in below.read_out.text
    QTest.keyClick(above, Qt.Key.Key_Escape)
    assert (above.read_out.text, below.read_out.text) == ("", "")
    below.point_at(0, 0)
    assert above.read_out.text == chart_of(above).reading(0, 0).text


def passed_on(day: date) -> Ledger:
    """Return Acme in which Bob passes shares on to Ada on a day, and nothing else happens after the first."""
    ledger = announced()
    back = replace(acme_ledger().transactions[2], date=day, stakeholder=2, counterparty=1)
    return replace(ledger, transactions=type(ledger.transactions).of([*ledger.transactions, back]))


@pytest.fixture
def later_file(tmp_path: Path, home: Path) -> Path:
    """A file of Acme in which something happens on a day on which nothing does in the other."""
    path = tmp_path / "later.db"
    with Document.create(passed_on(date(2022, 2, 2))) as document:
        document.save(path)
    return path


def test_the_keys_stop_on_the_events_of_both(page: ChartsPage, session: Session, later_file: Path) -> None:
    above, below = compare(page, later_file)
    above.setFocus()
    session.look_on(date(2022, 1, 1))
    seen = []
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(above, key)
        seen.append((above.read_out.text.split("\n")[0], below.read_out.text.split("\n")[0]))
    assert seen == [
        ("1 Jan 2022", "1 Jan 2022"),
        ("1 Jan 2022", "2 Feb 2022"),
        ("3 Mar 2022", "2 Feb 2022"),
        ("3 Mar 2022", "2 Feb 2022"),
        ("1 Jan 2022", "2 Feb 2022"),
    ]
    QTest.keyClick(above, Qt.Key.Key_Return)
    assert session.lens.as_of == date(2022, 2, 2)
    page.comparing.stop()
    QTest.keyClick(above, Qt.Key.Key_Home)
    QTest.keyClick(above, Qt.Key.Key_Right)
    QTest.keyClick(above, Qt.Key.Key_Right)
    QTest.keyClick(above, Qt.Key.Key_Return)
    assert session.lens.as_of == date(2022, 3, 3)


def test_before_its_own_first_event_a_chart_reads_the_other_alone(
    page: ChartsPage, session: Session, tmp_path: Path
) -> None:
    path = tmp_path / "earlier.db"
    ledger = announced()
    first = replace(ledger.transactions[0], id=9, date=date(2021, 6, 1), quantity=Decimal(10))
    with Document.create(
        replace(ledger, transactions=type(ledger.transactions).of([first, *ledger.transactions]))
    ) as document:
        document.save(path)
    above, below = compare(page, path)
    above.setFocus()
    for _ in range(3):
        QTest.keyClick(above, Qt.Key.Key_Left)
    assert above.read_out.text == ""
    assert below.read_out.text.startswith("1 Jun 2021\n")
    QTest.keyClick(above, Qt.Key.Key_Right)
    assert above.read_out.text.startswith("1 Jan 2022\n")
    QTest.keyClick(above, Qt.Key.Key_Escape)
    assert below.read_out.text == ""


def test_the_timeline_stops_on_the_events_of_both_while_both_are_seen(
    window: MainWindow, qtbot: QtBot, later_file: Path
) -> None:
    window.carry_out("page.charts")
    page, timeline = window.findChild(ChartsPage), window.findChild(TimelineBar)
    session = window.session
    assert isinstance(page, ChartsPage)
    assert isinstance(timeline, TimelineBar)
    assert session is not None
    session.look_on(date(2022, 1, 1))
    page.comparing.compare_file(later_file)
    page.comparing.settle()
    window.carry_out("lens.next_event")
    qtbot.waitUntil(lambda: session.lens.as_of == date(2022, 2, 2))
    assert timeline.accessibleDescription() == "2 Feb 2022; an event of As announced"
    window.carry_out("page.cap_table")
    session.look_on(date(2022, 1, 1))
    window.carry_out("lens.next_event")
    qtbot.waitUntil(lambda: session.lens.as_of == date(2022, 3, 3))
    window.carry_out("page.charts")
    window.carry_out("lens.previous_event")
    qtbot.waitUntil(lambda: session.lens.as_of == date(2022, 2, 2))
    window.carry_out("chart.stop_comparing")
    window.carry_out("lens.next_event")
    qtbot.waitUntil(lambda: session.lens.as_of == date(2022, 3, 3))
    window.carry_out("lens.previous_event")
    qtbot.waitUntil(lambda: session.lens.as_of == date(2022, 1, 1))


def come_back(page: ChartsPage) -> None:
    """Let the page hear that somebody comes back to its window, and wait for what follows."""
    QApplication.sendEvent(page, QEvent(QEvent.Type.WindowActivate))
    page.comparing.settle()


def test_a_file_that_was_changed_meanwhile_is_read_again_when_one_comes_back(
    page: ChartsPage, file: Path, later_file: Path
) -> None:
    _, below = compare(page, file)
    assert len(chart_of(below).days) == 1
    before = page.comparing.side
    come_back(page)
    assert page.comparing.side is before
    later_file.replace(file)
    come_back(page)
    assert chart_of(below).days == (date(2022, 1, 1), date(2022, 2, 2))
    assert headings(page)[3].startswith("announced.db  ·  SHA-256 ")


def test_of_a_file_that_is_gone_the_chart_stays(page: ChartsPage, file: Path) -> None:
    _, below = compare(page, file)
    file.unlink()
    come_back(page)
    assert [band.name for band in chart_of(below).bands] == ["Ada", "Bob"]


def test_when_comparing_ends_its_charts_are_let_go(page: ChartsPage, file: Path) -> None:
    def held() -> set[int]:
        gc.collect()
        return {id(one) for one in gc.get_objects() if isinstance(one, Compared)}

    before = held()  # of tests before this one, which may go meanwhile
    compare(page, file)
    charts = held() - before
    assert charts
    page.comparing.stop()
    assert not held() & charts


def test_what_is_explained_is_never_a_figure_of_the_other_scenario(page: ChartsPage, file: Path) -> None:
    above, below = compare(page, file)
    page.activateWindow()
    above.setFocus()
    above.point_at(1, 1)
    assert page.chart.read_at == (1, 1)
    below.setFocus()
    below.point_at(0, 1)
    assert above.read_at == (0, 1)
    assert page.chart.read_at is None


def test_a_name_without_a_band_below_is_said_to_have_none(
    page: ChartsPage, session: Session, file: Path
) -> None:
    bob = session.ledger.stakeholders[2]
    session.do(correct("Rename", bob, replace(bob, name="Robert")))
    above, below = compare(page, file)
    robert = chart_of(above).band_named("Robert")
    assert robert is not None
    above.point_at(0, robert)
    assert below.read_out.text.endswith("Robert\nHas no band of its own here")


def test_a_company_that_the_other_does_not_know_is_told_in_its_place(
    page: ChartsPage, session: Session, file: Path
) -> None:
    compare(page, file)
    session.do(add("Add Beta", [Issuer(2, "Beta")]))
    session.look_at(2)
    assert page.chart.below is not None
    assert page.chart.below.sentence == "No company of As announced is called “Beta”."


def test_a_refused_file_says_why_in_its_place(page: ChartsPage, tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear Ada")
    above, below = compare(page, path)
    assert below.sentence == "letter.db is no scenario: it is not an SQLite file."
    assert chart_of(above).bands
    _, gone = compare(page, tmp_path / "gone.db")
    assert gone.sentence.startswith("gone.db")


def test_when_comparing_ends_the_chart_stands_alone(page: ChartsPage, file: Path) -> None:
    _, below = compare(page, file)
    button = page.findChild(QToolButton, "button.chart.stop_comparing")
    assert isinstance(button, QToolButton)
    assert button.isVisible()
    button.click()
    assert not button.isVisible()
    assert not below.isVisible()
    assert headings(page) == []
    assert isinstance(page.chart.figure, Chart)
    titles = [column.title for column in page.view.table_model.table.columns]
    assert titles == ["Day", "What happened", "Ada", "Bob", "All shares"]


def test_stop_while_the_other_is_read_waits_for_nothing(
    page: ChartsPage, file: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    go_on, is_read = Event(), Event()

    def read_slowly(path: Path) -> Side:
        go_on.wait(60)
        side = read_file(path)
        is_read.set()
        return side

    monkeypatch.setattr(comparing, "read_file", read_slowly)
    page.comparing.compare_file(file)
    assert page.comparing.side == Side(file.name, trouble="announced.db is being read…")
    page.comparing.stop()
    assert not is_read.is_set()
    assert page.comparing.side is None
    go_on.set()
    qtbot.waitUntil(is_read.is_set)
    page.comparing.settle()
    QApplication.processEvents()
    assert page.comparing.side is None
    assert page.chart.other is None


def test_in_a_low_window_the_table_folds_away_and_is_still_printed(
    page: ChartsPage, session: Session, file: Path
) -> None:
    compare(page, file)
    page.resize(900, 640)
    QApplication.processEvents()
    assert page.view.visibleRegion().isEmpty()
    assert page.view.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert [type(part) for part in parts_of(session, page)] == [Table, Compared]
    page.resize(900, 1100)
    QApplication.processEvents()
    assert not page.view.visibleRegion().isEmpty()
    assert page.view.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_export_and_clipboard_have_both(page: ChartsPage, file: Path) -> None:
    compare(page, file)
    figure = page.frame.figure
    assert isinstance(figure, Compared)
    text = svg_text(drawing(figure, 720, 405))
    assert "As announced" in text
    assert "SHA-256" in text
    page.frame.copy()
    content = QGuiApplication.clipboard().mimeData()
    assert content.hasImage()
    assert content.hasFormat("application/pdf")
    lines = content.text().splitlines()
    assert lines[0] == "Day\tScenario\tWhat happened\tAda\tBob\tAll shares"
    assert len(lines) == 1 + len(table_behind(figure).rows) == 4


def test_a_sample_is_compared_and_comes_again_with_the_document(page: ChartsPage, session: Session) -> None:
    page.comparing.compare_sample("preferred-at-a-floating-price")
    page.comparing.settle()
    assert page.chart.other is not None
    title = page.chart.other.title
    again = ChartsPage(session)
    again.comparing.settle()
    assert again.chart.other is not None
    assert again.chart.other.title == title
    again.comparing.stop()
    third = ChartsPage(session)
    assert third.chart.other is None
    again.deleteLater()
    third.deleteLater()


def test_a_file_comes_again_only_while_it_is_among_those_used_last(
    page: ChartsPage, session: Session, file: Path, home: Path
) -> None:
    Preferences().remember_file(file)
    compare(page, file)
    again = ChartsPage(session)
    again.comparing.settle()
    assert again.chart.other is not None
    again.deleteLater()
    said = "".join(one.read_text(encoding="utf-8") for one in home.rglob("views/*"))
    assert "charts.compare" in said
    assert file.name not in said
    Preferences().forget_files()
    third = ChartsPage(session)
    third.comparing.settle()
    assert third.chart.other is None
    third.deleteLater()


def test_a_kept_version_is_compared(page: ChartsPage, session: Session, tmp_path: Path) -> None:
    kept = session.document.keep_version(datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "saved")
    bob = session.ledger.transactions[1]
    session.do(correct("More", bob, replace(bob, quantity=Decimal(5000))))
    page.comparing.compare_version(kept)
    page.comparing.settle()
    assert page.chart.other is not None
    assert page.chart.other.title.startswith("Acme, version of ")
    assert page.chart.below is not None
    below = chart_of(page.chart.below)
    figures = below.figures(0)
    assert {band.name: figures[at] for at, band in enumerate(below.bands)} == {"Ada": "75.00", "Bob": "25.00"}


def test_the_menu_offers_files_used_last_versions_and_samples(
    page: ChartsPage, session: Session, file: Path
) -> None:
    Preferences().remember_file(file)
    page.comparing.offer()
    said = [action.text() for action in page.comparing.menu.actions() if action.text()]
    assert said == ["Choose a file…", f"announced.db    {file.parent}", "A kept version", "A sample"]
    page.comparing.menu.actions()[0].trigger()
    page.comparing.menu.close()
    dialog = page.findChild(QFileDialog, "dialog.compare")
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    page.comparing.settle()
    assert page.chart.other is not None
    assert page.chart.other.title == "As announced"


def test_the_commands_go_to_the_page_and_do_it(window: MainWindow, qtbot: QtBot, file: Path) -> None:
    window.carry_out("page.cap_table")
    window.carry_out("chart.compare")
    page = window.findChild(ChartsPage)
    assert isinstance(page, ChartsPage)
    assert page.isVisible()
    menu = window.findChild(QMenu, "menu.chart.compare")
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible)
    menu.close()
    page.comparing.compare_file(file)
    page.comparing.settle()
    assert page.chart.other is not None
    window.carry_out("chart.stop_comparing")
    assert page.chart.other is None


def test_the_bridge_gives_way_to_the_comparison(window: MainWindow) -> None:
    window.carry_out("page.charts")
    page = window.findChild(ChartsPage)
    assert isinstance(page, ChartsPage)
    page.views.choose("bridge")
    window.carry_out("chart.compare")
    assert page.views.current == "over_time"
    page.comparing.menu.close()


def test_another_document_in_the_window_begins_alone(page: ChartsPage, session: Session, file: Path) -> None:
    compare(page, file)
    session.show(Document.create(acme_ledger()))
    assert page.chart.other is None
    assert page.chart.below is not None
    assert not page.chart.below.isVisible()


def test_sixty_repaints_of_both_are_quiet(page: ChartsPage, file: Path) -> None:
    above, below = compare(page, file)
    for number in range(60):
        above.plot.show_between(date(2022, 1, 1 + number % 20), date(2022, 3, 1))
        (above, below)[number % 2].point_at(0, number % 2)
        page.repaint()
        QApplication.processEvents()
