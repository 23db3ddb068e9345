"""The explanation of a figure as a tree: its rule, the figures that make it, their entries and sources."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from neocapgui.figures.kinds import Style
from neocapgui.figures.origins.origin import Origin, figure, text_lines, words
from neocapgui.gui.looks import look
from neocapgui.gui.looks.typeface import figures_font
from neocapgui.gui.widgets.plain_text import tip

_SIZE = (980, 560)
_ROOM = 40  # pixels that are left around it in its window
_HEADS = ("What it is", "Figure", "  How", "Source")
_ORIGIN = Qt.ItemDataRole.UserRole
_OPEN = 2  # levels that are open at first
_NAMES = (42, 58)  # parts in a hundred that the names have at least, and at most
_SOURCE = 0.4  # of what names and figures leave, at most
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ExplainDialog(QDialog):
    """Shows where a figure comes from, step by step, and leads to the entry of each step."""

    went_to = Signal(object)  # the Place of a fact

    def __init__(self, origin: Origin, style: Style, parent: QWidget | None = None) -> None:
        """Explain a figure in the marks of a language."""
        super().__init__(parent)
        self.setObjectName("dialog.explain")
        self.setWindowTitle("Where this comes from")
        self._origin, self._style = origin, style
        self._title, self._figure, self._rule = (
            _label(origin.title, "section"),
            _label(figure(origin, style), "figure"),
            _label(words(origin, style), "dim"),
        )
        self._figure.setFont(figures_font(self._figure.font()))
        self._tree = QTreeWidget()
        self._is_fitting = self._is_drawn = False  # the columns: by the dialog just now, and by hand
        self._words = _label("", "card")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = buttons.addButton("Copy as text", QDialogButtonBox.ButtonRole.ActionRole)
        self._go = buttons.addButton("Go to this entry", QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setObjectName("explain.copy")
        self._go.setObjectName("explain.go")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(8)
        for part in (self._title, self._figure, self._rule, self._tree, self._words, buttons):
            layout.addWidget(part)
        layout.setStretchFactor(self._tree, 1)
        self._words.setMargin(8)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setMinimumHeight(3 * self._words.fontMetrics().lineSpacing() + 18)  # so nothing moves
        self._lay_out_tree()
        self._copy.clicked.connect(self._copy_text)
        self._go.clicked.connect(self._go_there)
        buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self._fit(parent)

    def _lay_out_tree(self) -> None:
        tree = self._tree
        tree.setObjectName("explain.tree")
        tree.setAccessibleName("Steps")
        tree.setColumnCount(len(_HEADS))
        tree.setHeaderLabels(_HEADS)
        tree.headerItem().setTextAlignment(1, _RIGHT)
        tree.setFont(figures_font(self.font()))
        tree.setUniformRowHeights(True)
        tree.setIndentation(14)
        tree.setAlternatingRowColors(False)
        tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        tree.header().setStretchLastSection(False)
        top = self._line(self._origin)
        tree.addTopLevelItem(top)
        self._open(top, _OPEN)
        tree.itemExpanded.connect(self._fit_columns)
        tree.header().sectionResized.connect(self._note_drawn)
        tree.currentItemChanged.connect(self._point)
        tree.itemDoubleClicked.connect(self._go_there)
        tree.installEventFilter(self)
        tree.viewport().installEventFilter(self)
        copy = QAction(self, shortcut=QKeySequence(QKeySequence.StandardKey.Copy))
        copy.triggered.connect(self._copy_text)
        self.addAction(copy)
        tree.setCurrentItem(top)
        tree.setFocus()

    def _line(self, origin: Origin) -> QTreeWidgetItem:
        number = figure(origin, self._style)
        line = QTreeWidgetItem([origin.title, number, words(origin, self._style), origin.source])
        line.setTextAlignment(1, _RIGHT)
        for column in (2, 3):
            line.setForeground(column, look.color(look.current().dim))
        for column in range(len(_HEADS)):
            line.setToolTip(column, tip(line.text(column)))
        line.setData(0, _ORIGIN, origin)
        spoken = ", ".join(
            part for part in (number, origin.title, words(origin, self._style), origin.source) if part
        )
        line.setData(0, Qt.ItemDataRole.AccessibleTextRole, spoken)
        for part in origin.parts:
            line.addChild(self._line(part))
        return line

    def _open(self, line: QTreeWidgetItem | None, levels: int) -> None:
        if line is not None and levels > 0:
            line.setExpanded(True)
            for place in range(line.childCount()):
                self._open(line.child(place), levels - 1)

    def _chosen(self) -> Origin | None:
        line = self._tree.currentItem()
        found = line.data(0, _ORIGIN) if line is not None else None
        return found if isinstance(found, Origin) else None

    def _point(self) -> None:
        origin = self._chosen()
        self._go.setEnabled(origin is not None and origin.place is not None)
        self._go.setToolTip(
            "" if self._go.isEnabled() else "This step is calculated: its parts lead to entries."
        )
        if origin is not None:
            said = [
                f"{figure(origin, self._style)}  {origin.title}".strip(),
                words(origin, self._style),
                origin.source,
            ]
            self._words.setText("\n".join(part for part in said if part))

    def _go_there(self) -> None:
        origin = self._chosen()
        if origin is not None and origin.place is not None:
            self.went_to.emit(origin.place)
            self.accept()

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(text_lines(self._origin, self._style)))

    def _fit(self, parent: QWidget | None) -> None:
        room = parent.size() if parent is not None else self.screen().availableSize()
        self.resize(min(_SIZE[0], room.width() - _ROOM), min(_SIZE[1], room.height() - _ROOM))

    def _fit_columns(self) -> None:
        """Give names and figures the room they need, within bounds, unless the columns were drawn by hand."""
        if self._is_drawn:
            return
        self._is_fitting = True
        tree, whole = self._tree, self._tree.viewport().width()
        for column in (0, 1, 3):
            tree.resizeColumnToContents(column)
        least, most = (whole * part // 100 for part in _NAMES)
        tree.setColumnWidth(0, min(max(tree.columnWidth(0), least), most))
        rest = whole - tree.columnWidth(0) - tree.columnWidth(1)
        source = min(tree.columnWidth(3), int(rest * _SOURCE))
        tree.setColumnWidth(2, rest - source)
        tree.setColumnWidth(3, source)
        self._is_fitting = False

    def _note_drawn(self) -> None:
        self._is_drawn = self._is_drawn or not self._is_fitting

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is not self._tree:
            self._fit_columns()
            return False
        is_enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        line = self._tree.currentItem()
        if is_enter and event.type() == QEvent.Type.KeyPress and line is not None:
            if self._go.isEnabled():
                self._go_there()
            else:
                line.setExpanded(not line.isExpanded())
            return True
        return super().eventFilter(watched, event)


def _label(text: str, look: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setProperty("look", look)
    if not text and look != "card":  # shown before it has its place a label would be a window
        label.hide()
    return label
