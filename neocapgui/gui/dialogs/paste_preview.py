"""The preview of a paste: what each cell was taken for, what is wrong with it, and what is chosen for all."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from neocapgui.document.refusal import EditCancelled
from neocapgui.figures.pasting.pasted_numbers import Point
from neocapgui.figures.pasting.reading import Answers
from neocapgui.figures.pasting.understood import (
    Plan,
    Understood,
    corrected,
    holder_count,
    proposals,
    proposed,
    understood,
)
from neocapgui.gui.dialogs.paste_choices import MarkQuestion, Newcomers, SharedFields
from neocapgui.gui.editing import Trouble
from neocapgui.gui.session import Session
from neocapgui.gui.tables.paste_table import PasteTable
from neocapgui.gui.tables.pasting import Pasting
from neocapgui.gui.waiting import Waiting

_SIZE = (1240, 760)
_ROOM = 40  # pixels of the screen that are left around the dialog
_LEAST = (620, 420)
_WIDE = 1_100  # pixels from which the new holders are listed beside the lines unasked
_UNIFORM = 2_000  # new holders beyond which each has one line in their list
_SHARES = (1_000, 290)  # of the lines and of the list of holders, side by side
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LEFT_OUT = "left out"


class PastePreview(QDialog):
    """Shows what a paste will do, lets cells be typed anew, and carries it out as one edit."""

    def __init__(self, session: Session, pasting: Pasting, plan: Plan, parent: QWidget | None = None) -> None:
        """Show a plan of the session."""
        super().__init__(parent)
        self.setObjectName("dialog.paste")
        self.setWindowTitle(plan.label)
        self._session, self._pasting = session, pasting
        self._block: Understood | None = None
        self._work = Waiting(self)
        self._is_applied = False  # once the edit is being made, unless it is refused
        self._said, self._remarks, self._detail, self._refusal, self._new = (_label() for _ in range(5))
        self._question, self._shared, self._newcomers = MarkQuestion(), SharedFields(), Newcomers(self)
        self._table, self._holders, self._target = PasteTable(), QListView(), QComboBox()
        self._next, self._previous = QPushButton("&Next problem"), QPushButton("P&revious")
        self._who = QPushButton()
        self._who.setCheckable(True)
        self._buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        self._cancel = self._buttons.addButton("&Cancel", roles.RejectRole)
        self._good = self._buttons.addButton("Apply g&ood cells", roles.AcceptRole)
        self._apply = self._buttons.addButton("&Apply", roles.AcceptRole)
        self._dress()
        self._lay_out()
        self._connect()
        self._read(plan, None)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def block(self) -> Understood | None:
        """What was understood; None while that is found out."""
        return self._block

    @property
    def table(self) -> PasteTable:
        """The lines of the paste."""
        return self._table

    @property
    def shared(self) -> SharedFields:
        """What all new lines share."""
        return self._shared

    @property
    def newcomers(self) -> Newcomers:
        """Who will be recorded."""
        return self._newcomers

    def answer(self, question: str, said: str) -> None:
        """Take what only the user knows, and read everything anew."""
        self._work.settle()
        if self._block is None:
            return
        before = self._block.answers
        answers = (
            replace(before, point=Point(said)) if question == "point" else replace(before, day_order=said)
        )
        self._read(self._block.plan, answers)

    def next_problem(self, step: int = 1) -> None:
        """Go to the next cell that is no value, or if there is none to the next to look at; round the end."""
        if self._block is None:
            return
        places = self._block.problems or self._block.remarked
        if not places:
            return
        index = self._table.currentIndex()
        here = (index.row(), index.column() - 1)
        if step > 0:
            place = next((one for one in places if one > here), places[0])
        else:
            place = next((one for one in reversed(places) if one < here), places[-1])
        self._table.point_at(*place)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def place_column(self, at: int, title: str) -> None:
        """Let a column of the block go into another column of the table, or nowhere."""
        self._work.settle()
        if self._block is None:
            return
        plan = self._block.plan
        titles = [column.title for column in plan.table.columns]
        place = titles.index(title) if title in titles else None
        columns = tuple(
            place if number == at else (None if one == place else one)
            for number, one in enumerate(plan.columns)
        )
        if columns != plan.columns:
            self._read(replace(plan, columns=columns), self._block.answers)

    def apply(self) -> None:
        """Carry the paste out; cells that are no value stay in the table as they were pasted."""
        if self._is_applied:
            return
        self._work.settle()
        block = self._block
        if block is None:
            return
        self._is_applied = True
        given, same = self._shared.texts, self._newcomers.same
        self._session.edited.disconnect(self.reject)
        self._pasting.apply(block, given, same, self._follow)
        if self._is_applied and self.result() != QDialog.DialogCode.Accepted:
            self._hold()

    def _hold(self) -> None:
        """Let nothing but Cancel be pressed while the edit is made of many lines."""
        self._said.setText(
            f"{len(self._block.lines) if self._block else 0:,} lines are being made into entries…"
        )
        for part in self._typed:
            part.setEnabled(False)

    def _follow(self, trouble: Trouble | None) -> None:
        """Close when the paste stands or was given up; say why it was refused."""
        block = self._block
        if trouble is None or block is None:
            super().accept()
            return
        if isinstance(trouble, EditCancelled):
            super().reject()
            return
        self._is_applied = False
        self._session.edited.connect(self.reject)
        for part in self._typed:
            part.setEnabled(True)
        self._said.setText(block.summary)
        self._offer(block)
        self._refusal.setText(str(trouble))
        self._refusal.show()

    @property
    def _typed(self) -> tuple[QWidget, ...]:
        """What can be answered, typed and pressed besides Cancel."""
        return (
            *(self._question, self._shared, self._parts, self._target),
            *(self._who, self._next, self._previous, self._good, self._apply),
        )

    def _dress(self) -> None:
        for label, role in (
            (self._said, "strong"),
            (self._remarks, "dim"),
            (self._detail, "dim"),
            (self._refusal, "red"),
            (self._new, "section"),
        ):
            label.setProperty("look", role)
        self._said.setObjectName("paste.summary")
        self._remarks.setObjectName("paste.remarks")
        self._detail.setObjectName("paste.detail")
        self._holders.setModel(self._newcomers)
        self._holders.setAccessibleName("New holders")
        self._holders.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._target.setAccessibleName("Column that the pasted column goes into")
        self._target.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._next.setToolTip("Go to the next cell with a problem (F8)")
        self._previous.setToolTip("Go to the cell with a problem before this one (Shift+F8)")
        self._detail.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 2)
        self._detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._detail.setFixedHeight(self._detail.minimumHeight())
        for button in (self._next, self._previous, self._good, self._who):
            button.setAutoDefault(False)
        self._who.setToolTip("Show or hide the list of the holders that will be recorded.")
        self._refusal.hide()
        self._who.hide()  # until there are new holders

    def _lay_out(self) -> None:
        aside = QWidget()
        column = QVBoxLayout(aside)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._new)
        column.addWidget(self._holders, 1)
        self._aside = aside
        self._parts = QSplitter()
        self._parts.addWidget(self._table)
        self._parts.addWidget(aside)
        self._parts.setChildrenCollapsible(False)
        self._parts.setSizes(list(_SHARES))
        self._parts.setStretchFactor(0, 1)
        goes = QHBoxLayout()
        goes.setSpacing(8)
        label = QLabel("Column goes &into")
        label.setProperty("look", "dim")
        label.setBuddy(self._target)
        goes.addWidget(label)
        goes.addWidget(self._target)
        goes.addStretch(1)
        goes.addWidget(self._who)
        goes.addWidget(self._previous)
        goes.addWidget(self._next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        for part in (self._said, self._remarks, self._question, self._shared):
            layout.addWidget(part)
        layout.addWidget(self._parts, 1)
        layout.addWidget(self._detail)
        layout.addLayout(goes)
        layout.addWidget(self._refusal)
        layout.addWidget(self._buttons)
        room = self.screen().availableSize()
        self.setMinimumSize(*_LEAST)
        around = self.parentWidget()
        most = room if around is None else room.boundedTo(around.window().size())
        self.resize(min(_SIZE[0], most.width() - _ROOM), min(_SIZE[1], most.height() - _ROOM))

    def _connect(self) -> None:
        self._buttons.rejected.connect(self.reject)
        self._good.clicked.connect(self.apply)
        self._apply.clicked.connect(self.apply)
        self._question.answered.connect(self.answer)
        self._table.pointed.connect(self._tell)
        self._table.paste_model.corrected.connect(self._correct)
        self._target.activated.connect(self._place_current)
        self._who.toggled.connect(self._aside.setVisible)
        self._next.clicked.connect(lambda: self.next_problem())
        self._previous.clicked.connect(lambda: self.next_problem(-1))
        for keys, step in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self.next_problem(step))
        for signal in (self._session.opened, self._session.edited):
            signal.connect(self.reject)
        self.finished.connect(self.deleteLater)

    def _read(self, plan: Plan, answers: Answers | None) -> None:
        ledger, style = self._session.ledger, self._session.style
        self._begin(lambda: _found(understood(plan, ledger, style, answers)))

    def _correct(self, row: int, at: int, text: str) -> None:
        self._work.settle()  # what was corrected before stays so
        block = self._block
        if block is not None:
            self._begin(lambda: _found(corrected(block, row, at, text)))

    def _begin(self, task: Callable[[], Understood]) -> None:
        self._work.begin(task, self._take, self._wait)

    def _wait(self) -> None:
        self._said.setText("The pasted lines are being read…")
        for button in (self._apply, self._good):
            button.setEnabled(False)

    def _take(self, done: Future[Understood]) -> None:
        block = self._block = done.result()
        is_first = self._table.paste_model.block is None
        self._table.paste_model.show_block(block)
        self._said.setText(block.summary)
        remarks = (*block.plan.remarks, block.say_left_out(), self._say_added(block))
        self._remarks.setText(" ".join(filter(None, remarks)))
        self._remarks.setVisible(bool(self._remarks.text()))
        self._question.ask(block)
        self._shared.show_fields(proposals(block.plan), proposed(block.plan, block.ledger, block.style))
        self._newcomers.show_all(block.newcomers)
        self._say_newcomers(block)
        self._offer(block)
        if is_first:
            self._table.point_at(*(block.problems[0] if block.problems else (0, 0)))
        self._tell()

    def _say_added(self, block: Understood) -> str:
        added, lines = block.plan.added, len(block.lines)
        if not added:
            return ""
        if added == lines:
            return ""
        here = lines - added
        return (
            f"{added:,} more line{'s' if added > 1 else ''} than stand here from the selected one on "
            f"({here:,}): applying adds {'them' if added > 1 else 'it'}."
        )

    def _say_newcomers(self, block: Understood) -> None:
        alike = sum(bool(one.like) for one in block.newcomers)
        count = len(block.newcomers)
        text = holder_count(count)
        was_hidden = not self._who.isVisibleTo(self)
        self._who.setText(f"{count:,} new &holder{'s' if count != 1 else ''}")
        self._who.setVisible(bool(count))
        self._holders.setUniformItemSizes(count > _UNIFORM)
        if was_hidden or not count:
            self._who.setChecked(bool(count) and (bool(alike) or self.width() >= _WIDE))
            self._aside.setVisible(self._who.isChecked())
        if alike:
            who = "1 is" if alike == 1 else f"{alike:,} are"
            text += f" {who} perhaps known already: tick the same."
        self._new.setText(text)

    def _offer(self, block: Understood) -> None:
        count, has_problems = len(block.problems), bool(block.problems)
        self._apply.setEnabled(not has_problems)
        self._apply.setToolTip(
            "Some cells are no values: correct them, or apply the good ones." if has_problems else ""
        )
        self._good.setVisible(has_problems)
        self._good.setEnabled(True)
        stay = "1 cell stays" if count == 1 else f"{count:,} cells stay"
        self._good.setToolTip(f"{stay} in the table as pasted, marked red, to be corrected there.")
        for button, is_default in ((self._apply, not has_problems), (self._good, has_problems)):
            button.setDefault(is_default)
        has_places = has_problems or bool(block.remarked)
        self._next.setEnabled(has_places)
        self._previous.setEnabled(has_places)

    def _tell(self) -> None:
        index, model = self._table.currentIndex(), self._table.paste_model
        self._detail.setText(model.explained(index))
        at = index.column() - 1
        block = self._block
        is_cell = block is not None and 0 <= at < len(block.plan.columns)
        self._target.setEnabled(is_cell)
        if block is None or not is_cell:
            return
        titles = [column.title for column in block.plan.table.columns if column.is_editable]
        if [self._target.itemText(number) for number in range(self._target.count())] != [_LEFT_OUT, *titles]:
            self._target.clear()
            self._target.addItems([_LEFT_OUT, *titles])
        column = block.column(at)
        self._target.setCurrentText(_LEFT_OUT if column is None else column.title)

    def _place_current(self) -> None:
        self.place_column(self._table.currentIndex().column() - 1, self._target.currentText())

    # Qt overrides

    def accept(self) -> None:
        self.apply()

    def reject(self) -> None:
        if self._is_applied:
            self._said.setText("Nothing more is recorded…")
            self._session.give_up()  # what became of it follows
            return
        self._work.drop()
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.apply()
            event.accept()
            return
        super().keyPressEvent(event)


def _found(block: Understood) -> Understood:
    """Return a block of which everything that takes time is found out."""
    _ = (block.left_out, block.problems, block.remarked, block.newcomers, block.open_question, block.summary)
    return block


def _label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
