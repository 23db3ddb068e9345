"""What helps in a window: palette, help on what has the focus, list of commands, the first scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QBoxLayout, QDialog, QMainWindow, QWidget

from neocapgui.gui.actions import Actions
from neocapgui.gui.help import topics as help_topics
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.shortcuts import Shortcuts, shown_keys

if TYPE_CHECKING:
    from neocapgui.figures.first_scenario import Step
    from neocapgui.gui.first_steps import FirstSteps
    from neocapgui.gui.help.window import HelpWindow
    from neocapgui.gui.panels.workplace import Workplace
    from neocapgui.gui.search.command_palette import Palette
    from neocapgui.gui.search.finder import Finder
    from neocapgui.gui.search.search_field import SearchField
    from neocapgui.gui.session import Session

_TOPIC_KEYS = "help.topic.keys"  # the action that a dialog is given


class HelpDesk(QObject):
    """Serves one window; its parts are made when they are first asked for."""

    new_wanted = Signal()  # an empty scenario, to begin the first scenario in

    def __init__(
        self, window: QMainWindow, actions: Actions, preferences: Preferences, beside: QBoxLayout
    ) -> None:
        """Serve a window; the first scenario stands at the end of the layout `beside`."""
        super().__init__(window)
        self._window = window
        self._actions = actions
        self._preferences = preferences
        self._beside = beside
        self._shortcuts = Shortcuts.of(preferences)
        self._shortcuts.follow(actions)
        self._session: Session | None = None
        self._workplace: Workplace | None = None
        self._finder: Finder | None = None
        self._palette: Palette | None = None
        self._help: HelpWindow | None = None
        self._steps: FirstSteps | None = None
        self._wants_steps = False
        for id, do in {
            "palette.open": self.open_palette,
            "help.topic": self.show_topic,
            "help.contents": lambda: self.show_help(help_topics.FIRST),
            "help.glossary": lambda: self.show_help(help_topics.GLOSSARY),
            "help.shortcuts": self.show_commands,
            "help.first_scenario": self.lead,
        }.items():
            actions[id].triggered.connect(lambda _=False, do=do: do())
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._serve_dialog)

    def serve(self, session: Session, workplace: Workplace) -> SearchField:
        """Serve also what is in a session, and return the field that searches in it."""
        from neocapgui.gui.search.search_field import SearchField

        self._session, self._workplace = session, workplace
        finder = self._found()
        finder.search_in(session)
        finder.went_to.connect(workplace.go_to)
        if self._wants_steps:
            QTimer.singleShot(0, self, self.lead)  # once the window has put the focus where it begins
        return SearchField(finder, shown_keys(self._shortcuts.keys("palette.open")[:1]))

    def show_commands(self) -> None:
        """List every command with its keys, which can be changed there."""
        from neocapgui.gui.dialogs.command_list import CommandList

        CommandList(self._shortcuts, self._window).open()

    def open_palette(self) -> None:
        """Let something be found by a few letters."""
        from neocapgui.gui.search.command_palette import Palette

        if self._palette is None:
            self._palette = Palette(self._found(), self._window)
        self._palette.open()

    def show_topic(self) -> None:
        """Open the help on what has the focus."""
        self.show_help(topic_of(QApplication.focusWidget() or self._window))

    def show_help(self, place: str) -> None:
        """Open the help at a topic, `securities`, or a place in it, `securities#securities.votes`."""
        from neocapgui.gui.help.window import HelpWindow

        if self._help is None:
            self._help = HelpWindow(self._shown_keys)
            self._window.destroyed.connect(self._help.deleteLater)
        self._help.show_topic(place)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    def lead(self) -> None:
        """Lead through the first scenario: in the one on the screen, or in an empty one."""
        from neocapgui.gui.first_steps import FirstSteps

        self._wants_steps = True
        session, workplace = self._session, self._workplace
        if session is None or workplace is None:
            self.new_wanted.emit()
            return
        if self._steps is None:
            steps = self._steps = FirstSteps(session, self._preferences)
            self._beside.addWidget(steps)
            steps.left.connect(self._leave)
            steps.place_wanted.connect(self._show_place)
            workplace.page_shown.connect(steps.see)
            steps.see(workplace.pages.current)
        if not self._steps.isVisible():
            self._steps.begin_again()
        self._steps.show()
        self._steps.go_on()

    def close(self) -> None:
        """Close the help when its window closes."""
        if self._help is not None:
            self._help.close()

    def _leave(self) -> None:
        self._wants_steps = False
        if self._steps is not None:
            self._steps.hide()

    def _show_place(self, step: Step) -> None:
        """Go where a step is done, and put the keyboard there."""
        from neocapgui.engine.finding import Place
        from neocapgui.gui.tables.fact_places import NEW

        if self._workplace is None:
            return
        if step.table:
            self._workplace.go_to(Place(step.table, NEW))
        elif step.page:
            self._workplace.show_page(step.page)
        else:
            self._actions["file.save"].trigger()

    def _found(self) -> Finder:
        from neocapgui.gui.search.finder import Finder

        if self._finder is None:
            self._finder = Finder(self._actions, self._preferences, self)
            self._finder.help_wanted.connect(self.show_help)
        return self._finder

    def _shown_keys(self, command: str) -> str:
        return shown_keys(self._shortcuts.keys(command)[:1])

    def _serve_dialog(self, before: QWidget | None, now: QWidget | None) -> None:
        """Let the help's key work in a dialog of the window too, where the window's own keys do not."""
        dialog = None if now is None else now.window()
        if not isinstance(dialog, QDialog) or dialog.findChild(QAction, _TOPIC_KEYS) is not None:
            return
        above = dialog.parentWidget()
        if above is None or above.window() is not self._window:
            return
        action = QAction(dialog)
        action.setObjectName(_TOPIC_KEYS)
        action.setShortcuts(self._shortcuts.keys("help.topic") or [QKeySequence("F1")])
        action.triggered.connect(self.show_topic)
        dialog.addAction(action)


def topic_of(widget: QWidget) -> str:
    """Return the help on a widget: of the column, field, page, dialog or part of the window around it."""
    names: list[str] = []
    here: QWidget | None = widget
    while here is not None:
        column = _column_of(here)
        if column:
            return column
        names.append(here.objectName())
        here = here.parentWidget()
    dialog = next((name for name in names if name.startswith("dialog.")), "")
    return next(
        (place for name in names if (place := help_topics.of_widget(name, dialog))), help_topics.FIRST
    )


def _column_of(widget: QWidget) -> str:
    """Return the help on the column of the current cell, where the widget is a table."""
    from neocapgui.gui.tables.table_view import TableView

    if not isinstance(widget, TableView) or not widget.currentIndex().isValid():
        return ""
    column = widget.table_model.column(widget.currentIndex().column())
    return help_topics.of_column(widget.table_model.table.name, column.field)
