"""The card beside the pages that leads through a first scenario and checks off what the user has done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from neocapgui.figures.first_scenario import STEPS, Step, next_step, steps_done
from neocapgui.gui.preferences import Preferences
from neocapgui.gui.session import Session

_WIDE = 34  # letters


class FirstSteps(QFrame):
    """Watches a session; the step that comes next says what to do and shows where."""

    place_wanted = Signal(object)  # a Step
    left = Signal()

    def __init__(self, session: Session, preferences: Preferences, parent: QWidget | None = None) -> None:
        """Watch a session; what was skipped is remembered."""
        super().__init__(parent)
        self._session = session
        self._preferences = preferences
        self._seen: set[str] = set()
        self._open: Step | None = None
        self._lines: dict[str, _StepLine] = {}
        self._about = QLabel()
        self.setObjectName("first_scenario")
        self.setAccessibleName("First scenario")
        self.setProperty("look", "panel")
        self._fit()
        self._lay_out()
        for signal in (session.opened, session.edited, session.saved):
            signal.connect(self.refresh)
        self.refresh()

    @property
    def done(self) -> frozenset[str]:
        """The names of the steps that are done in the scenario on the screen."""
        document = self._session.document
        is_saved = document.path is not None and not document.is_modified
        return steps_done(self._session.ledger, self._seen, is_saved)

    def see(self, page: str) -> None:
        """Note that a page was looked at."""
        if page not in self._seen:
            self._seen.add(page)
            self.refresh()

    def refresh(self) -> None:
        """Check off what is done, and open the step that comes next."""
        done, skipped = self.done, self._preferences.first_steps
        self._open = next_step(done, skipped)
        for step in STEPS:
            self._lines[step.name].show_as(step.name in done, step.name in skipped, step is self._open)
        count = len(done)
        if self._open is None:
            said = "That is the whole way: Help has a topic on each page (F1)."
        else:
            said = f"{count} of {len(STEPS)} steps done. They are checked off as you do them."
        self._about.setText(said)

    def begin_again(self) -> None:
        """Offer the skipped steps once more."""
        self._preferences.first_steps = frozenset()
        self.refresh()

    def go_on(self) -> None:
        """Put the keyboard on the button of the step that comes next."""
        if self._open is not None:
            self._lines[self._open.name].show_me.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _skip(self, step: Step) -> None:
        self._preferences.first_steps = self._preferences.first_steps | {step.name}
        self.refresh()
        self.go_on()

    def _lay_out(self) -> None:
        title = QLabel("First scenario")
        title.setProperty("look", "heading")
        close = QPushButton("Hide")
        close.setObjectName("first_scenario.hide")
        close.setToolTip("Hide this card; Help, First scenario, goes on where you left.")
        close.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(close)
        self._about.setProperty("look", "dim")
        self._about.setWordWrap(True)
        self._about.setObjectName("first_scenario.about")
        ground = QWidget()
        ground.setProperty("look", "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 6, 0)
        column.setSpacing(4)
        for number, step in enumerate(STEPS, 1):
            line = self._lines[step.name] = _StepLine(number, step)
            line.show_me.clicked.connect(lambda _=False, step=step: self.place_wanted.emit(step))
            line.skip.clicked.connect(lambda _=False, step=step: self._skip(step))
            column.addWidget(line)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(ground)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 8, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self._about)
        layout.addWidget(scroll, 1)

    def _fit(self) -> None:
        self.setFixedWidth(_WIDE * self.fontMetrics().averageCharWidth())

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()


class _StepLine(QFrame):
    """One step: its title and mark, and while it comes next, what to do and the buttons."""

    def __init__(self, number: int, step: Step) -> None:
        super().__init__()
        self._number, self._step = number, step
        self._title, self._sentence = QLabel(), QLabel(step.sentence)
        self.show_me, self.skip = QPushButton("Show me"), QPushButton("Skip")
        self._buttons = QWidget()
        self.setObjectName(f"first_scenario.{step.name}")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        self._sentence.setWordWrap(True)
        self._sentence.setProperty("look", "dim")
        self.show_me.setObjectName(f"first_scenario.{step.name}.show")
        self.show_me.setAccessibleName(f"Show me: {step.title}")
        self.skip.setObjectName(f"first_scenario.{step.name}.skip")
        self.skip.setAccessibleName(f"Skip: {step.title}")
        across = QHBoxLayout(self._buttons)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(6)
        across.addWidget(self.show_me)
        across.addWidget(self.skip)
        across.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(6)
        for part in (self._title, self._sentence, self._buttons):
            layout.addWidget(part)

    def show_as(self, is_done: bool, is_skipped: bool, is_next: bool) -> None:
        """Show the step as done, skipped, next or later."""
        mark = "✓" if is_done else f"{self._number}."
        state = "" if is_done or not is_skipped else "  (skipped)"
        self._title.setText(f"{mark}  {self._step.title}{state}")
        said = "done" if is_done else "skipped" if is_skipped else "comes next" if is_next else "to come"
        self._title.setAccessibleName(f"Step {self._number}, {self._step.title}: {said}")
        self._sentence.setVisible(is_next)
        self._buttons.setVisible(is_next)
        self.setProperty("look", "card" if is_next else "")
        self._title.setProperty("look", "green" if is_done else "strong" if is_next else "dim")
        for part in (self, self._title):
            part.style().unpolish(part)
            part.style().polish(part)
