"""The group: its companies as a tree, with the effective percentage of the top company beside each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from neocapgui.engine.group import Company, tree
from neocapgui.engine.status import standing
from neocapgui.figures.kinds import percent
from neocapgui.gui.looks import look
from neocapgui.gui.looks.typeface import figures_font
from neocapgui.gui.session import Session
from neocapgui.gui.widgets.plain_text import tip

_AIR, _GAP = 8, 5  # pixels above and below, and between title and companies
_FEWEST, _MOST = 4, 9  # companies for which there is room without scrolling
_NUMBER = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class GroupTree(QWidget):
    """Shows the companies and chooses which one the session looks at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Show the group of the session."""
        super().__init__(parent)
        self._session = session
        self._lines: dict[int, QTreeWidgetItem] = {}  # by the issuer
        self._shown: tuple[object, ...] = ()  # what the lines say, and in which colours
        self._dressing = QTimer(self, singleShot=True, interval=0)  # once for all that Qt tells of a theme
        self._dressing.timeout.connect(self.refresh)
        self.setProperty("look", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = QLabel("GROUP")
        self._title.setProperty("look", "section")
        self._unit = QLabel("%")  # of the figures beside the companies
        self._unit.setProperty("look", "section")
        self._unit.setToolTip(tip("What the top company has of each in effect, in percent"))
        self._tree = QTreeWidget()
        self._tree.setObjectName("group")
        self._tree.setAccessibleName("Group")
        self._tree.setColumnCount(2)
        self._tree.setHeaderHidden(True)
        self._tree.setRootIsDecorated(False)
        self._tree.setItemsExpandable(False)
        self._tree.setIndentation(14)
        self._tree.setUniformRowHeights(True)
        self._tree.setFont(figures_font(self.font()))
        self._tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self._tree.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(0)  # no room is kept for percentages where there are none
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(7, _AIR, 7, _AIR)
        layout.setSpacing(_GAP)
        self._none = QLabel("No company yet. Add the first one on the Group page.")
        self._none.setProperty("look", "dim")
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        heads = QHBoxLayout()
        heads.addWidget(self._title)
        heads.addStretch(1)
        heads.addWidget(self._unit)
        heads.addSpacing(4)
        layout.addLayout(heads)
        layout.addWidget(self._none, 1)
        layout.addWidget(self._tree, 1)
        self._tree.currentItemChanged.connect(self._choose)
        for signal in (session.opened, session.edited, session.lens_changed):
            signal.connect(self.refresh)
        self.refresh()

    @property
    def asks(self) -> tuple[str, tuple[int, int], str] | None:
        """Table, key and column by which the chosen company's percentage is explained; a top one has none.

        The percentage is what the top company of the tree has of the company in effect.
        """
        line = self._tree.currentItem()
        above = None if line is None else line.parent()
        if line is None or above is None:
            return None
        while (higher := above.parent()) is not None:
            above = higher
        return "group", (int(above.data(0, _NUMBER)), int(line.data(0, _NUMBER))), "Effective %"

    def refresh(self) -> None:
        """Show the session as it stands."""
        session = self._session
        companies = session.ask(tree)
        names = [
            (session.ask(standing, one.issuer), session.ledger.issuers[one.issuer].name) for one in companies
        ]
        shown = (tuple(companies), tuple(names), look.current())
        with QSignalBlocker(self._tree):
            if shown != self._shown:
                self._shown = shown
                self._list(companies)
            chosen = self._lines.get(session.lens.issuer or 0)
            if chosen is not None:
                self._tree.setCurrentItem(chosen)

    def _list(self, companies: Iterable[Company]) -> None:
        self._tree.clear()
        lines = self._lines = {}
        for company in companies:
            line = self._line(company)
            lines[company.issuer] = line
            above = lines.get(company.parent) if company.parent is not None else None
            if above is None:
                self._tree.addTopLevelItem(line)
            else:
                above.addChild(line)
            line.setFirstColumnSpanned(not line.text(1))  # its name has the room of the percentages as well
        self._tree.expandAll()
        self._unit.setVisible(any(line.text(1) for line in lines.values()))
        self._none.setVisible(not lines)
        self._tree.setVisible(bool(lines))

    def _line(self, company: Company) -> QTreeWidgetItem:
        session = self._session
        now = session.ask(standing, company.issuer)
        part = "" if company.effective is None else _short(percent(company.effective, session.style))
        line = QTreeWidgetItem([now.name, part])
        line.setData(0, _NUMBER, company.issuer)
        line.setTextAlignment(1, _RIGHT)
        line.setForeground(1, look.color(look.current().dim))
        about = [session.ledger.issuers[company.issuer].name]
        if now.name not in about:
            about.append(f"now {now.name}")
        if now.status != "active":
            about.append(now.status)
            line.setForeground(0, look.color(look.current().dim))
            font = QFont(self._tree.font())
            font.setItalic(True)
            line.setFont(0, font)
        if part:
            about.append(f"{part} % in effect")
        line.setToolTip(0, tip(", ".join(about)))
        line.setData(0, Qt.ItemDataRole.AccessibleTextRole, ", ".join(about))
        return line

    def _choose(self, line: QTreeWidgetItem | None) -> None:
        if line is not None:
            self._session.look_at(int(line.data(0, _NUMBER)))

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dressing.start()

    def sizeHint(self) -> QSize:
        lines = min(_MOST, max(_FEWEST, len(self._session.ledger.issuers)))
        height = max(self._tree.sizeHintForRow(0), self._tree.fontMetrics().height())
        around = self._title.sizeHint().height() + _GAP + 2 * (_AIR + self._tree.frameWidth())
        return QSize(super().sizeHint().width(), lines * height + around)


def _short(text: str) -> str:
    """Return a percentage without decimals that say nothing: 100.00 is 100."""
    return text[:-3] if text[-2:] == "00" else text
