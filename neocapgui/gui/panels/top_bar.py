"""The bar above the panels: files, undo, the as-of day, the basis, and the search field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

_FILES = ("file.new", "file.open", "file.save")
_BASES = ("lens.outstanding", "lens.voting", "lens.as_converted", "lens.fully_diluted")
_LEAST_LABEL, _MOST_LABEL = 60, 240  # pixels for the label of an edit, beside the word Undo
_AIR = 24
_LEAST = 480  # pixels; below them buttons are cut


class TopBar(QWidget):
    """Buttons for the window's most used actions, and the fields that move the point of view."""

    def __init__(
        self, actions: dict[str, QAction], undo_steps: QMenu, redo_steps: QMenu, parent: QWidget | None = None
    ) -> None:
        """Make the bar; the fields are put in when a scenario is on the screen."""
        super().__init__(parent)
        self._actions = actions
        self._label = ""
        self._refit = QTimer(self, singleShot=True, interval=0)  # once for all that Qt tells of other letters
        self._refit.timeout.connect(self._fit)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._files = [_button(actions[id]) for id in _FILES]
        for button in self._files:
            self._layout.addWidget(button)
        self._layout.addSpacing(8)
        self._undo = _button(actions["edit.undo"], undo_steps)
        self._layout.addWidget(self._undo)
        self._redo = _button(actions["edit.redo"], redo_steps)
        self._layout.addWidget(self._redo)
        self._layout.addStretch(1)
        self._lens = QWidget()
        self._lens_layout = QHBoxLayout(self._lens)
        self._lens_layout.setContentsMargins(0, 0, 0, 0)
        self._lens_layout.setSpacing(6)
        self._layout.addWidget(self._lens)
        self._bases: Sequence[QToolButton] = ()
        self._by_need: tuple[Sequence[QWidget], ...] = ()  # what can be left out, the least needed first
        self._basis = QToolButton()
        self._lens.hide()
        for id in ("edit.undo", "edit.redo"):
            actions[id].changed.connect(self._fit)

    def show_lens(self, as_of: QWidget, search: QWidget) -> None:
        """Put in the fields of a session."""
        as_of_label = QLabel("As of")
        as_of_label.setProperty("look", "dim")
        self._bases = [_button(self._actions[id]) for id in _BASES]
        self._basis.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self._basis)
        for id in _BASES:
            menu.addAction(self._actions[id])
            self._actions[id].toggled.connect(self._name_basis)
        self._basis.setMenu(menu)
        self._basis.setAccessibleName("Basis")
        self._basis.setToolTip("Choose on which basis shares are counted (Alt+1 to Alt+4).")
        planned = QCheckBox("Planned")
        planned.setToolTip(self._actions["lens.planned"].toolTip())
        planned.setChecked(self._actions["lens.planned"].isChecked())
        planned.toggled.connect(self._actions["lens.planned"].setChecked)
        self._actions["lens.planned"].toggled.connect(planned.setChecked)
        for widget in (as_of_label, as_of):
            self._lens_layout.addWidget(widget)
        self._lens_layout.addSpacing(6)
        for widget in (*self._bases, self._basis, planned, search):
            self._lens_layout.addWidget(widget)
        new, opens, _ = self._files
        self._by_need = (self._bases, (as_of_label,), (opens,), (new,), (planned,), (self._redo,))
        self._name_basis()
        self._lens.show()
        self._fit()

    def say_undo(self, label: str) -> None:
        """Say on the button what Undo takes back."""
        self._label = label
        self._fit()

    def _name_basis(self) -> None:
        chosen = next((self._actions[id] for id in _BASES if self._actions[id].isChecked()), None)
        self._basis.setText(f"{chosen.text()}  ▾" if chosen is not None else "Basis  ▾")

    def _fit(self) -> None:
        """Show everything where there is room; what is left out where there is little stands in the menus."""
        self._undo.setText("Undo")
        self._redo.setText("Redo")
        wanted = _LEAST_LABEL + _AIR if self._label else 0  # Undo says what it takes back before all else
        for left_out in range(len(self._by_need) + 1):
            for place, widgets in enumerate(self._by_need):
                for widget in widgets:
                    widget.setVisible(place >= left_out)
            self._basis.setVisible(left_out > 0 and bool(self._bases))
            self._lens_layout.invalidate()
            self._lens.updateGeometry()
            self._layout.invalidate()
            spare = self.width() - self._layout.minimumSize().width()
            if spare >= wanted:
                break
            if left_out > 1:
                wanted = 0
        room = min(_MOST_LABEL, spare - _AIR)
        label = self._undo.fontMetrics().elidedText(self._label, Qt.TextElideMode.ElideRight, max(0, room))
        self._undo.setText(f"Undo  {label}" if label and room >= _LEAST_LABEL else "Undo")

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._refit.start()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, super().minimumSizeHint().height())


def _button(action: QAction, steps: QMenu | None = None) -> QToolButton:
    button = QToolButton()
    if steps is not None:
        button.setMenu(steps)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
