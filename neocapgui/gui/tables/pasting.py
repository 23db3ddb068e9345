"""What is on the clipboard typed into a table: plain cells at once, many cells after a preview."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication

from neocapgui.exchange.block_html import block_of_html
from neocapgui.exchange.block_text import block_of
from neocapgui.figures.kinds import NotUnderstood, Style
from neocapgui.figures.pasting.heads import guessed, matched, with_known_words
from neocapgui.figures.pasting.recording import Recording, recording
from neocapgui.figures.pasting.understood import Plan, Understood, proposed, understood
from neocapgui.figures.tables import Table
from neocapgui.gui.session import Session
from neocapgui.gui.tables.previews import Previews
from neocapgui.gui.tables.table_model import REFUSALS, TableModel
from neocapgui.gui.tables.unaccepted import Place, Refusal, Unaccepted
from neocapgui.gui.waiting import Waiting
from neocapgui.ledger.ledger import TABLES, Fact

_QUICK = 200_000  # characters that are parted into cells before anybody notices
_MOST_LINES = 10  # of one column that are pasted without a preview
_SAMPLED = 200  # lines by which two ways to place a block are compared


@dataclass(frozen=True, slots=True)
class Target:
    """What is selected in a table when something is pasted."""

    rows: Sequence[int]
    columns: Sequence[int]


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
        target, session = Target(rows, columns), self._session
        text, html = clipboard_texts(QGuiApplication.clipboard().mimeData())
        style, ledger, table = session.style, session.ledger, self._model.table
        if len(text) + len(html) <= _QUICK:
            self._paste(block_in(text, html, style), target, is_adding)
            return

        def paste(done: Future[list[list[str]]]) -> None:
            if session.ledger is ledger and self._model.table is table:  # else the rows may be other facts
                self.said.emit("")
                self._paste(done.result(), target, is_adding)
            else:
                self.said.emit("The table changed while what was copied was being read: paste it again.")

        self._reading.begin(
            lambda: block_in(text, html, style),
            paste,
            lambda: self.said.emit("What was copied is being read…"),
        )

    def _paste(self, block: list[list[str]], target: Target, is_adding: bool) -> None:
        if not target.rows or not block:
            self.said.emit("The clipboard holds no text to paste.")
            return
        try:
            plan = self._plan(block, target, is_adding)
        except NotUnderstood as refusal:
            self._model.refused.emit(str(refusal))
            return
        is_one = len(block) == len(block[0]) == 1
        if is_one and len(plan.facts) == 1 and not plan.heads:
            self._type_one(plan, target)
            return
        is_much = not is_one and (len(block[0]) > 1 or len(block) > _MOST_LINES)
        begins_new = is_adding or self._model.is_blank(target.rows[0])
        if is_much or (plan.added and not begins_new):
            self.asked.emit(plan)
            return
        read = understood(plan, self._session.ledger, self._session.style)
        if read.problems or read.remarked:
            self.asked.emit(plan)
        else:
            self.apply(read, proposed(plan, read.ledger, read.style) if begins_new else {})

    def apply(
        self, read: Understood, given: Mapping[str, str] | None = None, same: Mapping[str, str] | None = None
    ) -> str:
        """Carry out a paste as one edit; cells that are no value stay as they were pasted.

        Return why it was refused, or nothing.
        """
        try:
            made = recording(read, given, same)
        except REFUSALS as refusal:
            return str(refusal)
        return self.record(read, made)

    def record(self, read: Understood, made: Recording) -> str:
        """Do the edit that a paste becomes, as `apply` does; return why it was refused, or nothing."""
        try:
            if made.edit.changes:
                self._session.do(made.edit)
        except REFUSALS as refusal:
            return str(refusal)
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
        return ""

    def _point(self, read: Understood, made: Recording) -> None:
        """Go to the first cell that is no value, or else to the first line that was pasted."""
        first = next((column for at in range(len(read.plan.columns)) if (column := read.column(at))), None)
        if made.left:
            self.pasted.emit(made.left[0].fact, made.left[0].column)
        elif made.first is not None and first is not None:
            self.pasted.emit(made.first, first.title)

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
            refusal = self.apply(read)
            if refusal:
                model.refused.emit(refusal)

    def _plan(self, block: list[list[str]], target: Target, is_adding: bool) -> Plan:
        whole = self.whole()
        columns = matched(whole, block[0]) if len(block) > 1 else None
        if columns is not None:
            heads, cells = tuple(block[0]), block[1:]
            columns = with_known_words(whole, cells, columns)
            facts = self._facts(target.rows[0], len(cells), is_adding)
            return said_of(Plan(whole, cells, facts, columns, heads), self._model.table)
        return self._placed(block, target, is_adding)

    def _placed(self, block: list[list[str]], target: Target, is_adding: bool) -> Plan:
        """Place a block without heads: it fills or tiles the selection, or starts at its top left."""
        table = self._model.table
        high, wide = len(block), len(block[0])
        rows, columns = target.rows, target.columns
        fills = len(rows) % high == 0 and len(columns) % wide == 0 and not is_adding
        down, right = (len(rows), len(columns)) if fills else (high, wide)
        left, room = columns[0], len(table.columns) - columns[0]
        facts = self._facts(rows[0], down, is_adding)
        if (down, right) == (high, wide):
            found = self._guess(block, left, facts)
            if found is not None:
                return said_of(found, table)
        if right > room:
            raise NotUnderstood(
                f"{right} columns were copied and {room} stand here from {table.columns[left].title} on: "
                "select a cell farther left."
            )
        cells = [
            [block[row % high][column % wide] for column in range(right)]
            if right != wide
            else block[row % high]
            for row in range(down)
        ]
        return said_of(Plan(table, cells, facts, tuple(range(left, left + right))), table)

    def _guess(self, block: list[list[str]], left: int, facts: Sequence[Fact | None]) -> Plan | None:
        """Return a plan by what stands in the block, where cell for cell it makes less sense."""
        table, session = self._model.table, self._session
        columns = guessed(table, block, session.style)
        if len(columns) < 2 or sum(column is not None for column in columns) < 2 or facts[0] is not None:
            return None
        places = tuple(
            place if place < len(table.columns) else None for place in range(left, left + len(columns))
        )
        plan = Plan(table, block, facts, columns, is_guessed=True)
        if None in places:
            return plan
        sample = facts[:_SAMPLED]
        tried = [
            understood(Plan(table, block[: len(sample)], sample, way), session.ledger, session.style)
            for way in (places, columns)
        ]
        by_place, by_guess = (len(one.problems) for one in tried)
        return plan if by_guess < by_place else None

    def _facts(self, top: int, count: int, is_adding: bool) -> list[Fact | None]:
        """Return what each pasted line is typed into."""
        model, table = self._model, self._model.table
        if is_adding:
            if table.blank is None:
                raise NotUnderstood(f"{table.title} takes no new lines.")
            return [None] * count
        facts: list[Fact | None] = []
        for row in range(top, min(top + count, len(table.rows))):
            line = model.row(row)
            if line is None or line.fact is None:
                raise NotUnderstood(f"Line {row + 1} of {table.title} is calculated and cannot be typed.")
            facts.append(line.fact)
        more = count - len(facts)
        if more and table.blank is None:
            raise NotUnderstood(f"{table.title} has {len(table.rows):,} lines, and none can be added.")
        return facts + [None] * more


def said_of(plan: Plan, seen: Table) -> Plan:
    """Return a plan that says which columns it leaves out, and which hidden ones it types into.

    Refuses (NotUnderstood) one whose columns are all calculated.
    """
    columns: list[int | None] = []
    calculated, hidden, unknown = [], [], []
    titles = {column.title for column in seen.columns}
    for at, place in enumerate(plan.columns):
        column = None if place is None else plan.table.columns[place]
        if column is None:
            unknown.append(plan.heads[at] if plan.heads else f"column {at + 1}")
        elif not column.is_editable:
            calculated.append(column.title)
            place = None
        elif column.title not in titles:
            hidden.append(column.title)
        columns.append(place)
    if all(place is None for place in columns):
        if not calculated:
            raise NotUnderstood(f"{plan.table.title} has no column for {_list(unknown)}: nothing was pasted.")
        are = "it is" if len(calculated) == 1 else "they are"
        raise NotUnderstood(f"{_list(calculated)} cannot be pasted into: {are} calculated.")
    remarks = []
    if plan.is_guessed:
        remarks.append("The columns were found by what stands in them.")
    elif plan.heads:
        remarks.append("The first line names the columns; each goes where its name is.")
    if calculated:
        remarks.append(f"{_list(calculated)} {_are(calculated)} calculated here and left out.")
    if hidden:
        remarks.append(f"{_list(hidden)} {_are(hidden)} hidden here and pasted into as well.")
    if unknown:
        remarks.append(f"No column fits {_list(unknown)}: left out.")
        if plan.table.name == "stakeholders":
            remarks.append("Pasted into Transactions, a list of holders is recorded with its shares.")
    return replace(plan, columns=tuple(columns), remarks=tuple(remarks))


def _are(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _list(names: Sequence[str]) -> str:
    quoted = [f"“{name}”" for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


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
