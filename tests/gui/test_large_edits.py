"""A large edit is written beside the window: on the disk before it is seen, given up without a trace."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QToolButton, QWidget

from neocapgui.document import edited, working
from neocapgui.document.document import Document
from neocapgui.gui.panels.step_menu import StepMenu
from neocapgui.ledger.edits import Edit, remove
from tests.benchmarks.large_scenario import large_scenario
from tests.document.ledgers import facts
from tests.gui.slow_disk import rename, said, shown_box

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.dialogs.paste_preview import PastePreview
    from neocapgui.gui.main_window import MainWindow
    from neocapgui.gui.session import Session
    from neocapgui.gui.tables.table_view import TableView

COUNT = 1_200  # lines: more than are written within a blink
PRICE = 5  # the column
FILLED = "Fill down in Transactions"


@pytest.fixture
def large(program: Program, tmp_path: Path) -> MainWindow:
    """A window with more transactions than are edited at once."""
    with Document.create(large_scenario(COUNT), tmp_path / "made") as document:
        document.save(tmp_path / "large.db")
    program.open_file(tmp_path / "large.db")
    program.settle()
    window = program.windows[0]
    window.carry_out("page.transactions")
    return window


@pytest.fixture
def session(large: MainWindow) -> Session:
    assert large.session is not None
    return large.session


@pytest.fixture
def writing() -> threading.Event:
    """The event that says that an edit is being written, and not only made any more."""
    return threading.Event()


@pytest.fixture
def free(
    large: MainWindow, writing: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> Iterator[threading.Event]:
    """The event until which nothing of an edit reaches the disk."""
    event, write = threading.Event(), edited.write

    def slowly(*details: Any) -> None:
        writing.set()
        event.wait(60)
        write(*details)

    monkeypatch.setattr(edited, "write", slowly)
    yield event
    event.set()


def ledger_view(window: MainWindow) -> TableView:
    from neocapgui.gui.tables.table_view import TableView

    view = window.findChild(TableView, "table.transactions")
    assert isinstance(view, TableView)
    return view


def select_prices(window: MainWindow) -> TableView:
    view = ledger_view(window)
    first, last = view.table_model.index(0, PRICE), view.table_model.index(COUNT - 1, PRICE)
    view.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
    flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
    view.selectionModel().select(QItemSelection(first, last), flag)
    return view


def fill(window: MainWindow) -> None:
    select_prices(window).commands.fill_down()


def prices(session: Session) -> set[object]:
    return {one.price for one in session.ledger.transactions}


def on_disk(session: Session, tmp_path: Path) -> Any:
    """Return the facts that a crash at this moment would leave."""
    left = tmp_path / "left.db"
    left.write_bytes(session.document.working_copy.read_bytes())
    with Document.recover(left) as found:
        return facts(found.ledger)


def cancel(window: MainWindow) -> QToolButton:
    button = window.findChild(QToolButton, "status.cancel")
    assert button is not None
    return button


def sentences(window: MainWindow) -> set[str]:
    return {label.text() for label in window.findChildren(QLabel) if label.isVisible()}


def test_a_large_edit_says_what_it_is_and_is_not_seen_before_it_is_on_the_disk(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    before, shown = prices(session), ledger_view(large).table_model.text(1, PRICE)
    seen: list[Any] = []
    session.edited.connect(lambda: seen.append(on_disk(session, tmp_path)))
    fill(large)
    assert said(large, "status.message") == f"{FILLED}…"
    page = large.findChild(QWidget, "page.transactions")
    assert page is not None
    assert not page.isEnabled()
    assert prices(session) == before
    assert ledger_view(large).table_model.text(1, PRICE) == shown
    assert session.history.done == ()
    free.set()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert seen == [facts(session.ledger)]
    assert len(prices(session)) == 1
    assert len(session.history.done) == 1
    assert page.isEnabled()
    assert said(large, "status.message") == ""


def test_a_large_edit_its_undo_and_its_redo_can_each_be_given_up(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    def given_up(label: str) -> None:
        ledger, history = session.ledger, session.history
        assert said(large, "status.message") == f"{label}…"
        cancel(large).click()
        free.set()
        qtbot.waitUntil(lambda: not large.is_busy)
        assert f"{label}: given up, as you wished. Nothing was changed." in sentences(large)
        assert session.ledger is ledger
        assert session.history is history
        assert on_disk(session, tmp_path) == facts(ledger)
        free.clear()

    def done() -> None:
        free.set()
        qtbot.waitUntil(lambda: not large.is_busy)
        free.clear()

    before = facts(session.ledger)
    fill(large)
    given_up(FILLED)
    fill(large)
    done()
    after = facts(session.ledger)
    large.carry_out("edit.undo")
    given_up(f"Undo {FILLED}")
    large.carry_out("edit.undo")
    done()
    assert facts(session.ledger) == before == on_disk(session, tmp_path)
    large.carry_out("edit.redo")
    given_up(f"Redo {FILLED}")
    large.carry_out("edit.redo")
    done()
    assert facts(session.ledger) == after == on_disk(session, tmp_path)


@pytest.fixture
def made(session: Session) -> Iterator[threading.Event]:
    """The event until which an edit of many lines is being made, of which nothing is written yet."""
    event, lines = threading.Event(), list(session.ledger.transactions)

    def edit() -> Edit:
        event.wait(60)
        return remove("Remove many", lines)

    session.do_beside("Remove many", len(lines), edit, lambda _: None)
    yield event
    event.set()


def test_cancel_is_heard_at_once_while_an_edit_is_still_being_made(
    large: MainWindow, session: Session, made: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    before = facts(session.ledger)
    assert large.is_busy
    cancel(large).click()
    assert not large.is_busy
    assert "Remove many: given up, as you wished. Nothing was changed." in sentences(large)
    rename(large, "Other")  # does not wait for the thread
    assert not made.is_set()
    made.set()
    with qtbot.waitSignal(session.saved):
        large.carry_out("file.save")
    assert [entry.edit.label for entry in session.history.done] == ["Rename the scenario"]
    session.undo()
    assert facts(session.ledger) == before == on_disk(session, tmp_path)


def test_undo_while_an_edit_is_being_made_gives_it_up_and_takes_nothing_else_back(
    large: MainWindow, session: Session, qtbot: QtBot, request: pytest.FixtureRequest
) -> None:
    rename(large, "Other")
    event = request.getfixturevalue("made")
    undo = large._actions["edit.undo"]
    assert undo.text() == "Undo Remove many"
    undo.trigger()
    assert not large.is_busy
    assert undo.text() == "Undo Rename the scenario"
    event.set()
    assert [entry.edit.label for entry in session.history.done] == ["Rename the scenario"]
    assert len(session.ledger.transactions) == COUNT


def test_undo_while_a_large_edit_is_written_gives_it_up(
    large: MainWindow,
    session: Session,
    free: threading.Event,
    writing: threading.Event,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    free.set()
    rename(large, "Other")
    free.clear()
    writing.clear()
    before = facts(session.ledger)
    fill(large)
    undo = large._actions["edit.undo"]
    assert undo.isEnabled()
    qtbot.waitUntil(writing.is_set)
    undo.trigger()
    assert large.is_busy  # the window does not stand still meanwhile
    free.set()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert [entry.edit.label for entry in session.history.done] == ["Rename the scenario"]
    assert session.history.undone == ()
    assert facts(session.ledger) == before == on_disk(session, tmp_path)


def test_undo_that_comes_too_late_to_give_a_large_edit_up_takes_it_back_when_it_stands(
    large: MainWindow,
    session: Session,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event, writing, write = threading.Event(), threading.Event(), edited.write

    def to_the_end(connection: Any, edit: Any, record: Any, go_on: Any) -> None:
        writing.set()
        event.wait(60)
        write(connection, edit, record, working.on)

    rename(large, "Other")
    before = facts(session.ledger)
    monkeypatch.setattr(edited, "write", to_the_end)
    fill(large)
    qtbot.waitUntil(writing.is_set)
    large._actions["edit.undo"].trigger()
    event.set()
    qtbot.waitUntil(lambda: not large.is_busy and bool(session.history.undone))
    qtbot.waitUntil(lambda: not large.is_busy)
    assert [entry.edit.label for entry in session.history.done] == ["Rename the scenario"]
    assert [entry.edit.label for entry in session.history.undone] == [FILLED]
    assert facts(session.ledger) == before == on_disk(session, tmp_path)


def test_undo_while_a_large_undo_is_written_is_one_more_step_back(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot
) -> None:
    free.set()
    rename(large, "Other")
    fill(large)
    qtbot.waitUntil(lambda: not large.is_busy)
    free.clear()
    undo, redo = large._actions["edit.undo"], large._actions["edit.redo"]
    undo.trigger()
    assert large.is_busy
    assert redo.text() == f"Redo {FILLED}"
    undo.trigger()
    free.set()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert session.history.done == ()
    assert [entry.edit.label for entry in session.history.undone] == [FILLED, "Rename the scenario"]


def test_redo_while_a_large_undo_is_written_gives_it_up(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot
) -> None:
    free.set()
    fill(large)
    qtbot.waitUntil(lambda: not large.is_busy)
    free.clear()
    after = session.ledger
    large._actions["edit.undo"].trigger()
    large._actions["edit.redo"].trigger()
    free.set()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert session.ledger is after
    assert [entry.edit.label for entry in session.history.done] == [FILLED]


def test_redo_while_something_new_is_written_does_nothing(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot
) -> None:
    free.set()
    rename(large, "Other")
    session.undo()
    free.clear()
    fill(large)
    assert not large._actions["edit.redo"].isEnabled()
    session.redo_beside(1, lambda _: None)
    large._actions["edit.undo"].trigger()
    free.set()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert session.history.done == ()
    assert [entry.edit.label for entry in session.history.undone] == ["Rename the scenario"]


def test_several_steps_are_not_offered_while_an_edit_is_under_way(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot
) -> None:
    steps = large.findChildren(StepMenu)
    free.set()
    rename(large, "Other")
    assert any(one.isEnabled() for one in steps)
    free.clear()
    fill(large)
    assert not any(one.isEnabled() for one in steps)
    free.set()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert any(one.isEnabled() for one in steps)


def test_what_is_asked_for_while_a_large_edit_is_written_comes_after_it(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    fill(large)
    with qtbot.waitSignal(session.saved):
        large.carry_out("file.save")
        free.set()
    with Document.open(tmp_path / "large.db") as saved:
        assert len({one.price for one in saved.ledger.transactions}) == 1


def test_an_edit_that_comes_all_the_same_waits_for_a_large_one(
    large: MainWindow, session: Session, free: threading.Event
) -> None:
    fill(large)
    threading.Timer(0.2, free.set).start()
    rename(large, "Other")
    assert [entry.edit.label for entry in session.history.done] == [FILLED, "Rename the scenario"]
    assert session.ledger.title == "Other"
    assert len(prices(session)) == 1


def test_a_window_closed_while_a_large_edit_is_written_asks_when_it_stands(
    large: MainWindow, session: Session, program: Program, free: threading.Event, qtbot: QtBot
) -> None:
    fill(large)
    large.close()
    assert program.windows == [large]
    free.set()
    qtbot.waitUntil(lambda: bool(large.findChildren(QMessageBox, "dialog.unsaved")))
    assert len(session.history.done) == 1
    shown_box(large, "dialog.unsaved").reject()


def test_a_large_edit_that_is_refused_is_told_and_the_window_goes_on(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot
) -> None:
    refused: list[str] = []
    view = select_prices(large)
    view.table_model.refused.connect(refused.append)
    ledger = session.ledger
    view.commands.spread("nonsense")
    free.set()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert len(refused) == 1
    assert refused[0].startswith("Line 1, Price: ")
    assert session.ledger is ledger
    assert view.isEnabled()
    assert view.table_model.text(0, PRICE) == "nonsense"


def test_lines_removed_and_cells_emptied_in_thousands_are_one_step_each(
    large: MainWindow, session: Session, qtbot: QtBot
) -> None:
    told: list[str] = []
    view = select_prices(large)
    view.table_model.told.connect(told.append)
    before = facts(session.ledger)
    view.commands.clear()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert prices(session) == {None}
    select_prices(large).commands.remove_lines()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert len(session.ledger.transactions) == 0
    assert told == ["1,200 lines were removed from Transactions; Undo brings back what was removed."]
    assert [entry.edit.label for entry in session.history.done] == [
        "Clear cells of Transactions",
        "Remove 1,200 of transactions",
    ]
    session.undo(2)
    assert facts(session.ledger) == before


def pasted(window: MainWindow, qtbot: QtBot) -> PastePreview:
    """Paste as many lines as there are, for holders who are known, and return the preview."""
    from neocapgui.gui.dialogs.paste_preview import PastePreview

    lines = (f"2021-02-{line % 28 + 1:02}\tIssuance\tClass 1\tHolder 1\t{line + 1}" for line in range(COUNT))
    heads = "Day\tKind\tSecurity\tStakeholder\tShares"
    QGuiApplication.clipboard().setText("\n".join((heads, *lines)))
    ledger_view(window).commands.paste_adding()
    qtbot.waitUntil(lambda: bool(window.findChildren(PastePreview)))
    preview = window.findChildren(PastePreview)[-1]
    qtbot.waitUntil(lambda: preview.block is not None)
    return preview


def test_a_preview_stays_until_its_lines_are_on_the_disk(
    large: MainWindow, session: Session, free: threading.Event, qtbot: QtBot, tmp_path: Path
) -> None:
    preview, ends = pasted(large, qtbot), list[int]()
    preview.finished.connect(ends.append)
    preview.apply()
    assert ends == []
    summary = preview.findChild(QLabel, "paste.summary")
    assert summary is not None
    assert summary.text() == "1,200 lines are being made into entries…"
    QTest.keyClick(preview, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    free.set()
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [1]
    assert len(session.ledger.transactions) == 2 * COUNT
    assert [entry.edit.label for entry in session.history.done] == ["Paste 1,200 × 5 into Transactions"]
    assert on_disk(session, tmp_path) == facts(session.ledger)


def test_cancel_in_a_preview_whose_lines_are_being_written_records_nothing(
    large: MainWindow,
    session: Session,
    free: threading.Event,
    writing: threading.Event,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    preview, ends, ledger = pasted(large, qtbot), list[int](), session.ledger
    preview.finished.connect(ends.append)
    preview.apply()
    qtbot.waitUntil(writing.is_set)
    preview.reject()
    assert ends == []
    free.set()
    qtbot.waitUntil(lambda: bool(ends))
    assert ends == [0]
    assert session.ledger is ledger
    assert session.history.done == ()
    assert on_disk(session, tmp_path) == facts(ledger)


def test_one_value_pasted_into_thousands_of_cells_is_read_beside_the_window(
    large: MainWindow, session: Session, qtbot: QtBot
) -> None:
    QGuiApplication.clipboard().setText("7.25")
    view = select_prices(large)
    with qtbot.waitSignal(session.edited):
        view.commands.paste()
    qtbot.waitUntil(lambda: not large.is_busy)
    assert {str(price) for price in prices(session)} == {"7.25"}
    assert len(session.history.done) == 1
