"""What somebody is told who cannot see the window well, and what can be reached without a mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QMenu,
    QPushButton,
    QTabBar,
    QToolButton,
    QWidget,
)

from neocapgui.document.document import Document
from neocapgui.figures.guided.guides import GUIDES
from neocapgui.figures.kinds import Kind
from neocapgui.gui.looks import look
from neocapgui.gui.looks.look import Theme
from neocapgui.gui.looks.roles import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Roles
from neocapgui.gui.page_register import PAGES
from neocapgui.gui.tables.table_view import TableView
from neocapgui.gui.widgets.switch import Switch
from neocapgui.ledger.ledger import Ledger

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow

_ROLE = Qt.ItemDataRole.AccessibleTextRole
_OF_QT = ("qt_spinbox_lineedit", "qt_toolbar_ext_button", "qt_calendar")


@pytest.fixture
def empty_window(program: Program, qtbot: QtBot) -> MainWindow:
    """A window with a scenario in which nothing stands."""
    window = program.open_window()
    window.show_document(Document.create(Ledger()))
    window.settle()
    return window


@pytest.fixture(autouse=True)
def light_again() -> Iterator[None]:
    yield
    look.wear(LIGHT)


def nameless(top: QWidget) -> list[str]:
    """Return the widgets that take the focus by Tab and have no name for those who listen."""
    found = []
    for widget in (top, *top.findChildren(QWidget)):
        if not widget.isVisible() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if widget.objectName().startswith(_OF_QT) or widget.focusProxy() is not None:
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told is not None else widget.accessibleName()
        if not name.strip():
            found.append(f"{type(widget).__name__} “{widget.objectName()}” in {chain(widget)}")
    return found


def chain(widget: QWidget) -> str:
    names: list[str] = []
    above: QWidget | None = widget
    while above is not None and len(names) < 6:
        names.append(above.objectName() or type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names)


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_whatever_takes_the_focus_on_a_page_has_a_name(window: MainWindow, page: str) -> None:
    window.carry_out(f"page.{page}")
    QApplication.processEvents()
    assert nameless(window) == []


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_whatever_takes_the_focus_on_an_empty_page_has_a_name(empty_window: MainWindow, page: str) -> None:
    empty_window.carry_out(f"page.{page}")
    QApplication.processEvents()
    assert nameless(empty_window) == []


DIALOGS = (
    "help.shortcuts",
    "help.about",
    "document.check",
    "document.versions",
    "edit.go_to",
    *(f"entry.{guide.name}" for guide in GUIDES),
)


def opened(window: MainWindow, command: str, qtbot: QtBot) -> QDialog:
    """Return the dialog that a command opens."""
    window.carry_out("page.transactions")
    window.carry_out(command)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(QDialog)))
    return next(one for one in window.findChildren(QDialog) if one.isVisible())


@pytest.mark.parametrize("command", DIALOGS)
def test_whatever_takes_the_focus_in_a_dialog_has_a_name(
    window: MainWindow, qtbot: QtBot, command: str
) -> None:
    dialog = opened(window, command, qtbot)
    assert nameless(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("command", DIALOGS)
def test_every_dialog_has_a_title_and_is_left_by_escape(
    window: MainWindow, qtbot: QtBot, command: str
) -> None:
    dialog = opened(window, command, qtbot)
    assert dialog.windowTitle().strip()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize("command", [f"entry.{guide.name}" for guide in GUIDES])
def test_every_guide_has_a_default_and_a_cancel_button(
    window: MainWindow, qtbot: QtBot, command: str
) -> None:
    dialog = opened(window, command, qtbot)
    buttons = dialog.findChildren(QPushButton)
    assert sum(one.isDefault() for one in buttons) == 1
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    roles = {box.buttonRole(one) for one in box.buttons()}
    assert QDialogButtonBox.ButtonRole.RejectRole in roles
    dialog.reject()


def letters(texts: list[str]) -> list[str]:
    """Return the letters that are underlined in some texts."""
    plain = [text.replace("&&", "") for text in texts]
    return [text[text.index("&") + 1].casefold() for text in plain if "&" in text]


def test_no_two_menus_open_by_the_same_letter(window: MainWindow) -> None:
    taken = letters([action.text() for action in window.menuBar().actions()])
    assert len(taken) == len(set(taken)) == len(window.menuBar().actions())


def test_no_two_commands_have_the_same_keys(window: MainWindow) -> None:
    seen: dict[str, str] = {}
    for id, action in window._actions.by_id.items():
        for keys in action.shortcuts():
            assert keys.toString() not in seen, (id, seen[keys.toString()], keys.toString())
            seen[keys.toString()] = id


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_each_cell_tells_its_line_its_column_and_its_value(window: MainWindow, page: str) -> None:
    window.carry_out(f"page.{page}")
    for view in (one for one in window.findChildren(TableView) if one.isVisible()):
        model = view.table_model
        for row in range(min(3, model.rowCount())):
            for column in range(model.columnCount()):
                index = model.index(row, column)
                said = str(model.data(index, _ROLE))
                assert model.column(column).title in said
                assert (model.text(row, column) or "empty") in said or model.is_blank(row)
                if column and not model.is_blank(row):
                    assert said.startswith(model.text(row, 0))


def test_a_stake_is_told_in_percent_and_a_refused_cell_says_why(window: MainWindow, qtbot: QtBot) -> None:
    window.carry_out("page.cap_table")
    view = next(one for one in window.findChildren(TableView) if one.isVisible())
    model = view.table_model
    stakes = [n for n in range(model.columnCount()) if model.column(n).kind is Kind.STAKE]
    assert str(model.data(model.index(0, stakes[0]), _ROLE)).endswith("percent")
    window.carry_out("page.transactions")
    view = next(one for one in window.findChildren(TableView) if one.isVisible())
    model = view.table_model
    model.setData(model.index(0, 0), "no day at all")
    said = str(model.data(model.index(0, 0), _ROLE))
    assert "no day at all" in said
    assert len(said) > len("no day at all") + 20


def reached(top: QWidget, press: Callable[[], None], most: int) -> list[QWidget]:
    """Return what takes the focus one after the other until the first comes again."""
    seen: list[QWidget] = []
    for _ in range(most):
        press()
        now = QApplication.focusWidget()
        if now is None or now in seen:
            break
        seen.append(now)
    return seen


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_no_page_holds_the_focus(window: MainWindow, page: str) -> None:
    window.carry_out(f"page.{page}")
    places = reached(window, lambda: window.carry_out("view.next_area"), 12)
    assert len(places) >= 3


def test_enter_in_the_list_of_pages_goes_on_in_the_page(window: MainWindow, qtbot: QtBot) -> None:
    window.carry_out("page.transactions")
    pages = window.findChild(QWidget, "pages")
    assert pages is not None
    pages.setFocus()
    QTest.keyClick(pages, Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), TableView)


def test_the_next_view_of_a_table_is_reached_by_key_and_typing_goes_on_there(window: MainWindow) -> None:
    window.carry_out("page.securities")
    switch = next(one for one in window.findChildren(Switch) if one.isVisible())
    seen = [switch.current]
    for _ in range(3):
        window.carry_out("view.next_view")
        focused = QApplication.focusWidget()
        assert isinstance(focused, TableView)
        assert focused.currentIndex().isValid()
        seen.append(switch.current)
    assert len(set(seen)) == 3
    assert seen[0] == seen[3]
    window.carry_out("view.previous_view")
    assert switch.current == seen[2]


@pytest.mark.parametrize("page", [page.name for page in PAGES])
def test_every_button_says_what_it_does(window: MainWindow, page: str) -> None:
    window.carry_out(f"page.{page}")
    silent = [
        f"“{one.text()}” {one.objectName()} in {chain(one)}"
        for kind in (QPushButton, QToolButton)
        for one in window.findChildren(kind)
        if one.isVisible() and not one.toolTip() and not isinstance(one.parentWidget(), (QTabBar, QMenu))
    ]
    assert silent == []


SAYS_MORE = (
    "cap_table",
    "securities",
    "transactions",
    "conversions",
    "group",
    "prices",
    "overview",
)


@pytest.mark.parametrize("page", SAYS_MORE)
def test_an_empty_page_has_what_begins_it(empty_window: MainWindow, page: str) -> None:
    empty_window.carry_out(f"page.{page}")
    QApplication.processEvents()
    shown = next(one for one in empty_window.findChildren(QWidget, f"page.{page}") if one.isVisible())
    buttons = [one for one in shown.findChildren(QPushButton) if one.isVisible() and one.isEnabled()]
    tables = [one for one in shown.findChildren(TableView) if one.isVisible()]
    begins = [one for one in tables if one.table_model.table.blank is not None]
    assert buttons or begins


@pytest.mark.parametrize("roles", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST])
def test_the_focus_is_seen_on_a_button_and_a_field(window: MainWindow, qtbot: QtBot, roles: Roles) -> None:
    look.wear(roles)
    window.carry_out("page.transactions")
    buttons = [one for one in window.findChildren(QToolButton) if one.isVisible() and one.isEnabled()]
    fields = [window.findChild(QWidget, "as_of"), window.findChild(QWidget, "search")]
    for widget in (buttons[0], *fields):
        assert widget is not None
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(widget.hasFocus)
        image = widget.grab().toImage()
        ratio = image.devicePixelRatio()
        middle = image.height() // 2
        edge = [image.pixelColor(int(x * ratio), middle).name() for x in range(2)]
        assert edge == [roles.accent, roles.accent], (type(widget).__name__, edge)


def test_high_contrast_is_worn_and_kept(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    from neocapgui.gui.preferences import Preferences

    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.contrast")
    assert look.current() in (LIGHT_CONTRAST, DARK_CONTRAST)
    assert Preferences().theme is Theme.CONTRAST
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.light")


def test_areas_of_qt_that_only_scroll_take_no_focus(window: MainWindow) -> None:
    for page in PAGES:
        window.carry_out(f"page.{page.name}")
        plain: list[Any] = [
            one
            for one in window.findChildren(QAbstractScrollArea)
            if type(one).__name__ == "QScrollArea"
            and one.isVisible()
            and one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not one.accessibleName()
        ]
        assert plain == []
