"""What is on the clipboard typed into a table: plain cells at once, many cells after a preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from neocapgui.document.refusal import EditCancelled
from neocapgui.exchange.block_html import block_of_html
from neocapgui.exchange.block_text import block_of
from neocapgui.figures.kinds import NotUnderstood, Style
from neocapgui.figures.pasting.placed import Target, placed
from neocapgui.figures.pasting.recording import Recording, recording
from neocapgui.figures.pasting.understood import Plan, Understood, proposed, understood
from neocapgui.figures.tables import Table
from neocapgui.gui.editing import MANY, Then, Trouble
from neocapgui.gui.session import Session
from neocapgui.gui.tables.previews import Previews
from neocapgui.gui.tables.table_model import TableModel
from neocapgui.gui.tables.unaccepted import Place, Refusal, Unaccepted
from neocapgui.gui.waiting import Waiting
from neocapgui.ledger.edits import Edit
from neocapgui.ledger.ledger import TABLES, Ledger

_QUICK = 200_000  # characters that are parted into cells before anybody notices
_MOST_LINES = 10  # of one column that are pasted without a preview


@dataclass(frozen=True, slots=True)
class _Read:
    """What a paste is going to be."""

    plan: Plan
    is_one: bool = False  # one cell into one cell
    read: Understood | None = None  # None of what is shown in any case before it is carried out


def _read(
    block: list[list[str]], target: Target, whole: Table, seen: Table, ledger: Ledger, style: Style
) -> _Read:
    plan = placed(block, target, whole, seen, ledger, style)
    is_one = len(block) == len(block[0]) == 1
    if is_one and len(plan.facts) == 1 and not plan.heads:
        return _Read(plan, is_one=True)
    is_much = not is_one and (len(block[0]) > 1 or len(block) > _MOST_LINES)
    if is_much or (plan.added and not target.is_new(seen)):
        return _Read(plan)
    return _Read(plan, read=understood(plan, ledger, style))


def clipboard_texts(content: QMimeData) -> tuple[str, str]:
    """Return the text on the clipboard and its HTML, which is taken only if there is no text."""
    text = content.text() if content.hasText() else ""
    if text.strip("\0\ufeff"):
        return text, ""
    return "", content.html() if content.hasHtml() else ""


def block_in(text: str, html: str, style: Style) -> list[list[str]]:
    """Return what was copied as a block of cells."""
    return block_of(text) if text else block_of_html(html, style.decimal_mark) if html else []


class Pasting(QObject):
    """Pastes into one table."""

    asked = Signal(object)  # the Plan that a preview should show first
    said = Signal(str)
    pasted = Signal(int, str)  # the fact and the title of the column to look at now

    def __init__(self, session: Session, model: TableModel, whole: Callable[[], Table]) -> None:
        """Paste into a model of a session; the whole table has the columns that are hidden, too."""
        super().__init__(model)
        self._session = session
        self._model = model
        self.whole = whole
        self._reading = Waiting(self)
        self.said.connect(model.told)
        previews = Previews.of(session)
        self.asked.connect(lambda plan: previews.wanted.emit(self, plan))

    def paste(self, rows: Sequence[int], columns: Sequence[int], is_adding: bool = False) -> None:
        """Type what is on the clipboard from the first selected cell on; a larger selection is filled.

        `is_adding` puts all of it into new lines at the end. What is more than one column or ten lines, has
        a problem, or brings new lines that nobody asked for, is shown first.
        """
        text, html = clipboard_texts(QGuiApplication.clipboard().mimeData())
        session, seen, whole = self._session, self._model.table, self.whole()
        target = Target(rows, columns, is_adding)
        style, ledger = session.style, session.ledger

        def read() -> _Read | None:
            block = block_in(text, html, style)
            return _read(block, target, whole, seen, ledger, style) if rows and block else None

        def paste(done: Future[_Read | None]) -> None:
            if session.ledger is not ledger or self._model.table is not seen:  # the rows may be other facts
                self.said.emit("The table changed while what was copied was being read: paste it again.")
                return
            if is_long:
                self.said.emit("")
            try:
                self._paste(done.result(), target)
            except NotUnderstood as refusal:
                self._model.refused.emit(str(refusal))

        is_long = len(text) + len(html) > _QUICK or len(rows) > MANY
        if not is_long:
            done: Future[_Read | None] = Future()
            try:
                done.set_result(read())
            except NotUnderstood as refusal:
                done.set_exception(refusal)
            paste(done)
        else:
            self._reading.begin(read, paste, lambda: self.said.emit("What was copied is being read…"))

    def _paste(self, found: _Read | None, target: Target) -> None:
        if found is None:
            self.said.emit("The clipboard holds no text to paste.")
        elif found.is_one:
            self._type_one(found.plan, target)
        elif found.read is None or found.read.problems or found.read.remarked:
            self.asked.emit(found.plan)
        else:
            read, begins_new = found.read, target.is_new(found.plan.table)
            self.apply(read, proposed(found.plan, read.ledger, read.style) if begins_new else {})

    def apply(
        self,
        read: Understood,
        given: Mapping[str, str] | None = None,
        same: Mapping[str, str] | None = None,
        then: Then | None = None,
    ) -> None:
        """Carry out a paste as one edit; cells that are no value stay as they were pasted.

        `then` follows with why it was refused or given up, or with None; see `Session.do_beside`.
        """
        made: list[Recording] = []

        def make() -> Edit:
            made.append(recording(read, given, same))
            return made[0].edit

        def follow(trouble: Trouble | None) -> None:
            if trouble is None:
                self._follow(read, made[0])
            elif then is None and not isinstance(trouble, EditCancelled):
                self._model.refused.emit(str(trouble))
            if then is not None:
                then(trouble)

        self._session.do_beside(read.plan.label, len(read.lines), make, follow)

    def _follow(self, read: Understood, made: Recording) -> None:
        """Keep what was no value, and go to what was pasted."""
        kept, name = Unaccepted.of(self._session), _table_of(read.plan.table, made.edit.changes[-1:])
        replaced = _replaced(kept, name, read)
        if made.edit.changes:
            kept.correct(replaced)
        else:
            for place in replaced:
                kept.drop(place)
        for cell in made.left:
            kept.keep((name, cell.fact, cell.column), Refusal(cell.text.strip(), cell.sentence))
        self._point(read, made)
        self.said.emit(_told(read, len(made.left)))

    def _point(self, read: Understood, made: Recording) -> None:
        """Go to the first cell that is no value, or else to the first line that was pasted, at its left."""
        places = [place for place in read.plan.columns if place is not None]
        if made.left:
            self.pasted.emit(made.left[0].fact, made.left[0].column)
        elif made.first is not None and places:
            self.pasted.emit(made.first, read.plan.table.columns[min(places)].title)

    def _type_one(self, plan: Plan, target: Target) -> None:
        """Type one pasted cell: a text that is no value stays in it, as a typed one does."""
        model = self._model
        if not target.columns:
            return
        read = understood(plan, self._session.ledger, self._session.style)
        reading, fact = read.lines[0][0], plan.facts[0]
        if reading.asks or reading.remark or (reading.problem and fact is None):
            self.asked.emit(plan)
        elif not reading.text.strip():
            model.setData(model.index(target.rows[0], target.columns[0]), "")
        else:
            self.apply(read)


def _table_of(table: Table, changes: Sequence[object]) -> str:
    for change in changes:
        kind = getattr(change, "kind", None)
        if kind in TABLES:
            return TABLES[kind]
    return table.name


def _replaced(kept: Unaccepted, name: str, read: Understood) -> list[Place]:
    """Return where refused texts were pasted over."""
    if kept.is_empty:
        return []
    titles = [column.title for at in range(len(read.plan.columns)) if (column := read.column(at)) is not None]
    places = [(name, fact.id, title) for fact in read.plan.facts if fact is not None for title in titles]
    return [place for place in places if kept.get(place) is not None]


def _told(read: Understood, left: int) -> str:
    lines = len(read.lines)
    done = f"{lines:,} line{'s' if lines != 1 else ''} pasted"
    if not left:
        return f"{done}."
    cells = "1 cell is no value and stays" if left == 1 else f"{left:,} cells are no values and stay"
    return f"{done}; {cells} as pasted, marked red."
