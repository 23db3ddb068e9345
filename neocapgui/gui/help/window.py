"""The help in a window of its own: contents and a search at the left, the text at the right, no network."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QFont, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from neocapgui.gui.help.pages import passages, text_of
from neocapgui.gui.help.text import html, style_of_help
from neocapgui.gui.help.topics import FIRST, TOPIC, TOPICS
from neocapgui.gui.looks import look

_PLACE = Qt.ItemDataRole.UserRole
_SIZE = (900, 680)
_LEFT = 270


class _Text(QTextBrowser):
    """Shows what it is given, and fetches nothing."""

    def loadResource(self, type: int, name: QUrl | str) -> None:
        return None


class HelpWindow(QWidget):
    """Shows a topic; every word of all topics can be looked for."""

    closed = Signal()

    def __init__(self, keys: Callable[[str], str]) -> None:
        """Show the first topic; `keys` says which keys a command has."""
        super().__init__(None, Qt.WindowType.Window)
        self._keys = keys
        self._past: list[str] = []
        self._coming: list[str] = []
        self.place = ""  # topic, or topic#anchor
        self._shown = ""  # the topic in the text
        self._sought = QLineEdit()
        self._list = QListWidget()
        self._text = _Text()
        self._back, self._forward, self._home = (
            QPushButton(title) for title in ("Back", "Forward", "Welcome")
        )
        self._lay_out()
        self._connect()
        self._list_topics()
        self.show_topic(FIRST)

    def show_topic(self, place: str) -> None:
        """Show a topic, or a place in it: `securities#securities.votes`."""
        if place.partition("#")[0] not in TOPIC or place == self.place:
            return
        if self.place:
            self._past.append(self.place)
        self._coming.clear()
        self._go(place)

    def back(self) -> None:
        """Go back to what was read before."""
        if self._past:
            self._coming.append(self.place)
            self._go(self._past.pop())

    def forward(self) -> None:
        """Go forward again."""
        if self._coming:
            self._past.append(self.place)
            self._go(self._coming.pop())

    def _go(self, place: str) -> None:
        self.place = place
        topic, _, anchor = place.partition("#")
        if topic != self._shown:
            self._draw(topic)
        if anchor:
            self._text.scrollToAnchor(anchor)
        else:
            self._text.verticalScrollBar().setValue(0)
        self._back.setEnabled(bool(self._past))
        self._forward.setEnabled(bool(self._coming))
        self.setWindowTitle(f"{TOPIC[topic].title}  —  Help")
        if not self._sought.text().strip():
            self._mark(topic)

    def _draw(self, topic: str) -> None:
        self._shown = topic
        self._text.document().setDefaultStyleSheet(style_of_help(look.current()))
        self._text.setHtml(html(text_of(topic), self._keys))

    def _mark(self, topic: str) -> None:
        for row in range(self._list.count()):
            item = self._list.item(row)
            if item.data(_PLACE) == topic:
                blocked = self._list.blockSignals(True)
                self._list.setCurrentRow(row)
                self._list.blockSignals(blocked)

    def _list_topics(self) -> None:
        self._list.clear()
        group = ""
        for topic in TOPICS:
            if topic.group != group:
                group = topic.group
                self._list.addItem(_heading(group))
            self._list.addItem(_line(topic.title, topic.name))

    def _seek(self, sought: str) -> None:
        blocked = self._list.blockSignals(True)
        if sought.strip():
            self._list.clear()
            found = passages(sought)
            for passage in found:
                self._list.addItem(_line(passage.title, passage.place, passage.snippet))
            if not found:
                self._list.addItem(_heading(f"Nothing has “{sought.strip()}”"))
        else:
            self._list_topics()
            self._mark(self._shown)
        self._list.blockSignals(blocked)

    def _seek_first(self) -> None:
        for row in range(self._list.count()):
            if self._list.item(row).data(_PLACE):
                self._list.setCurrentRow(row)
                self._choose(self._list.item(row))
                self._text.setFocus()
                return

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(_PLACE):
            self.show_topic(item.data(_PLACE))

    def _lay_out(self) -> None:
        self.setObjectName("help")
        room = self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width() - 40), min(_SIZE[1], room.height() - 60))
        self._sought.setObjectName("help.sought")
        self._sought.setPlaceholderText("Search the help")
        self._sought.setAccessibleName("Search the help")
        self._sought.setClearButtonEnabled(True)
        self._list.setObjectName("help.topics")
        self._list.setAccessibleName("Topics")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text.setObjectName("help.text")
        self._text.setAccessibleName("Help")
        self._text.setOpenLinks(False)
        self._text.setOpenExternalLinks(False)
        self._text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._text.document().setDocumentMargin(14)
        left = QWidget()
        down = QVBoxLayout(left)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addWidget(self._sought)
        down.addWidget(self._list, 1)
        across = QHBoxLayout()
        across.setSpacing(6)
        for button, name in ((self._back, "back"), (self._forward, "forward"), (self._home, "home")):
            button.setObjectName(f"help.{name}")
            across.addWidget(button)
        across.addStretch(1)
        right = QWidget()
        down = QVBoxLayout(right)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(8)
        down.addLayout(across)
        down.addWidget(self._text, 1)
        splitter = QSplitter()
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(10)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([_LEFT, _SIZE[0] - _LEFT])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(splitter)

    def _connect(self) -> None:
        self._sought.textChanged.connect(self._seek)
        self._sought.returnPressed.connect(self._seek_first)
        self._list.currentItemChanged.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        self._text.anchorClicked.connect(lambda url: self.show_topic(self._near(url)))
        self._back.clicked.connect(self.back)
        self._forward.clicked.connect(self.forward)
        self._home.clicked.connect(lambda: self.show_topic(FIRST))
        for keys, do in (
            (QKeySequence.StandardKey.Back, self.back),
            (QKeySequence.StandardKey.Forward, self.forward),
            (QKeySequence.StandardKey.Find, self._sought.setFocus),
            (QKeySequence.StandardKey.Close, self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.close)

    def _near(self, url: QUrl) -> str:
        text = url.toString()
        return f"{self._shown}{text}" if text.startswith("#") else text

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._shown:
            at = self._text.verticalScrollBar().value()
            self._draw(self._shown)
            self._text.verticalScrollBar().setValue(at)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()


def _heading(text: str) -> QListWidgetItem:
    item = QListWidgetItem(text.upper() if len(text) < 40 else text)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QFont(item.font())
    font.setWeight(QFont.Weight.DemiBold)
    item.setFont(font)
    return item


def _line(title: str, place: str, below: str = "") -> QListWidgetItem:
    item = QListWidgetItem(f"{title}\n{below}" if below else title)
    item.setData(_PLACE, place)
    return item
