"""The colours: legible in every theme, and worn by everything at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from neocapgui.gui.looks import look
from neocapgui.gui.looks.look import Look, Theme
from neocapgui.gui.looks.roles import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST, Roles
from neocapgui.gui.looks.typeface import figures_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from neocapgui.gui.app import Program
    from neocapgui.gui.main_window import MainWindow

GROUNDS = ("window", "panel", "stripe", "head", "accent_ground")
ENOUGH, ENOUGH_IN_HIGH_CONTRAST, ENOUGH_FOR_MARKS = 4.5, 7.0, 3.0  # WCAG 2.2: 1.4.3, 1.4.6, 1.4.11
PAIRS = [
    *(("text", ground) for ground in GROUNDS),
    *(("dim", ground) for ground in GROUNDS),
    ("accent", "window"),
    ("accent", "panel"),
    ("accent", "accent_ground"),
    ("amber", "window"),
    ("amber", "panel"),
    ("amber", "amber_ground"),
    ("green", "window"),
    ("green", "panel"),
    ("red", "panel"),
    ("red", "stripe"),
    ("red", "red_ground"),
    ("red", "accent_ground"),
]


def luminance(name: str) -> float:
    """Return the relative luminance of a colour as WCAG 2.2 defines it."""
    color = QColor(name)
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (color.redF(), color.greenF(), color.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(autouse=True)
def light_again() -> Iterator[None]:
    yield
    look.wear(LIGHT)


def test_contrast_is_measured_as_defined() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize(("letters", "ground"), PAIRS)
@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
def test_letters_can_be_read(roles: Roles, letters: str, ground: str) -> None:
    assert contrast(getattr(roles, letters), getattr(roles, ground)) >= ENOUGH


@pytest.mark.parametrize(("letters", "ground"), PAIRS)
@pytest.mark.parametrize("roles", [LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark"])
def test_in_high_contrast_letters_stand_out(roles: Roles, letters: str, ground: str) -> None:
    assert contrast(getattr(roles, letters), getattr(roles, ground)) >= ENOUGH_IN_HIGH_CONTRAST


@pytest.mark.parametrize("roles", [LIGHT_CONTRAST, DARK_CONTRAST], ids=["light", "dark"])
def test_in_high_contrast_edges_can_be_seen(roles: Roles) -> None:
    assert contrast(roles.line, roles.panel) >= ENOUGH_FOR_MARKS


@pytest.mark.parametrize("roles", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST])
def test_the_palette_of_qt_is_made_of_the_roles(roles: Roles) -> None:
    palette = look.palette_of(roles)
    assert palette.color(QPalette.ColorRole.Window).name() == roles.window
    assert palette.color(QPalette.ColorRole.Text).name() == roles.text
    assert palette.color(QPalette.ColorRole.Highlight).name() == roles.accent_ground


def test_the_user_chooses_and_everything_follows(window: MainWindow, program: Program, qtbot: QtBot) -> None:
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.dark")
    assert look.current() is DARK
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    dark = QColor(window.grab().toImage().pixel(3, window.height() // 2))
    assert dark.name() == DARK.window
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.light")
    assert look.current() is LIGHT


def test_charts_wear_the_new_colours_before_the_window_is_shown_in_them(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    from pyqtgraph import PlotWidget

    qtbot.waitUntil(lambda: window.findChild(PlotWidget) is not None)
    plot = window.findChild(PlotWidget)
    assert plot is not None
    for command, roles in (("view.dark", DARK), ("view.light", LIGHT)):
        window.carry_out(command)
        assert not window.updatesEnabled()
        qtbot.waitUntil(window.updatesEnabled)
        assert plot.backgroundBrush().color().name() == roles.panel


def sheet() -> str:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application.styleSheet()


def test_between_two_themes_nobody_sees_a_window_without_one(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.dark")
        assert not window.updatesEnabled()
        assert sheet() == ""
    assert window.updatesEnabled()
    assert sheet() != ""


def test_a_theme_taken_back_at_once_leaves_nothing_behind(
    window: MainWindow, program: Program, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(program.look.changed):
        window.carry_out("view.dark")
        window.carry_out("view.light")
    assert look.current() is LIGHT
    assert window.updatesEnabled()


class Paints(QObject):
    """Counts the paintings of one widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_a_window_whose_request_to_paint_came_between_two_themes_is_painted_all_the_same(
    program: Program, qtbot: QtBot
) -> None:
    """Qt drops a request that comes while updates are off, and makes no other for a dirty window."""
    widget = QWidget()
    qtbot.addWidget(widget)
    paints = Paints(widget)
    widget.show()
    qtbot.waitUntil(lambda: paints.count > 0)
    with qtbot.waitSignal(program.look.changed):
        widget.update()
        program.look.choose(Theme.DARK)
        QApplication.sendPostedEvents(widget, QEvent.Type.UpdateRequest.value)
        paints.count = 0
    qtbot.waitUntil(lambda: paints.count > 0)


def test_the_choice_is_remembered(window: MainWindow) -> None:
    from neocapgui.gui.preferences import Preferences

    window.carry_out("view.dark")
    assert Preferences().theme is Theme.DARK


def test_what_the_system_wears_is_followed(qapp: QApplication) -> None:
    worn = Look(qapp, Theme.SYSTEM)
    worn.follow()
    assert look.current() in (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)


def test_the_figures_of_tables_have_one_width(qapp: QApplication) -> None:
    metrics = QFontMetricsF(figures_font(qapp.font()))
    assert len({round(metrics.horizontalAdvance(figure), 1) for figure in "0123456789"}) == 1
