"""The short style sheet: what Qt's palette cannot say about panels, buttons and fields.

A widget says what it is by its property `look`: panel, heading, section, figure, dim, card, amber, flat,
title (of a part of a page, that leads on).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontInfo, QFontMetrics

from neocapgui.gui.looks.roles import Roles
from neocapgui.gui.resources import resource

# In high contrast what is chosen has an edge, so that it is not told by its ground alone.
_MORE_EDGES = """
QListView::item:selected, QTreeView::item:selected {{ border: 1px solid {edge}; }}
QListView::item:selected {{ padding: 5px 8px; }}
QTreeView::item:selected {{ padding: 2px 1px; }}
QMenu::item:selected, QMenuBar::item:selected {{ border: 1px solid {edge}; }}
QToolButton:checked, QPushButton:checked, QPushButton:default {{
    border: 2px solid {edge}; padding: 4px 13px; font-weight: 700;
}}
QToolButton:checked:focus, QPushButton:checked:focus, QPushButton:default:focus {{
    border: 3px double {edge}; padding: 3px 12px;
}}
"""


def style_sheet(roles: Roles, font: QFont) -> str:
    """Return the sheet for some colours; sizes of letters follow the font of the program."""
    tone = "dark" if roles.is_dark else "light"
    down, check = (_url(resource("icons", f"{name}-{tone}.svg")) for name in ("down", "check"))
    size = QFontInfo(font).pointSizeF()
    heading, section, figure = (f"{size * factor:.1f}pt" for factor in (1.25, 0.92, 1.75))
    line = QFontMetrics(font).height()
    box, arrow, drop = (max(least, round(line * part)) for least, part in ((14, 0.8), (12, 0.7), (20, 1.2)))
    return f"""
*[look="panel"] {{ background: {roles.panel}; border: 1px solid {roles.line}; border-radius: 6px; }}
*[look="card"] {{ background: {roles.stripe}; border: 1px solid {roles.line}; border-radius: 5px; }}
*[look="amber"], *[look="red"] {{ border-radius: 5px; padding: 8px 10px; }}
*[look="amber"] {{ background: {roles.amber_ground}; color: {roles.amber}; }}
*[look="red"] {{ background: {roles.red_ground}; color: {roles.red}; }}
*[look="heading"] {{ font-size: {heading}; font-weight: 600; color: {roles.text}; }}
*[look="section"] {{ font-size: {section}; font-weight: 600; color: {roles.dim}; }}
*[look="figure"] {{ font-size: {figure}; font-weight: 500; color: {roles.text}; }}
*[look="strong"] {{ font-weight: 600; color: {roles.text}; }}
*[look="dim"] {{ color: {roles.dim}; }}
*[look="medium"] {{ font-weight: 500; }}
*[look="amber_text"] {{ color: {roles.amber}; }}
*[look="red_text"] {{ color: {roles.red}; }}
QFrame[look="line"] {{ border: 1px solid transparent; border-radius: 5px; }}
QFrame[look="line"]:hover {{ background: {roles.head}; }}
QFrame[look="line"]:focus, QFrame[look="card"]:focus {{ border: 2px solid {roles.accent}; }}
QFrame[look="amber"]:focus {{ border: 2px solid {roles.accent}; padding: 6px 8px; }}
QFrame[look="line"] QLabel:disabled {{ color: {roles.faint}; }}
*[look="green"] {{ color: {roles.green}; }}

QToolButton, QPushButton {{
    background: {roles.panel}; color: {roles.text}; border: 1px solid {roles.line}; border-radius: 5px;
    padding: 5px 14px; font-weight: 500;
}}
QToolButton:hover, QPushButton:hover {{ background: {roles.head}; }}
QToolButton:pressed, QPushButton:pressed {{ background: {roles.accent_ground}; }}
QToolButton:checked, QPushButton:checked, QPushButton:default {{
    background: {roles.accent_ground}; border-color: {roles.accent}; color: {roles.accent};
}}
QToolButton:focus, QPushButton:focus {{ border: 2px solid {roles.accent}; padding: 4px 13px; }}
QToolButton:disabled, QPushButton:disabled {{ color: {roles.faint}; }}
QFileDialog QToolButton, QFileDialog QToolButton:focus {{ padding: 3px; }}
QPrintPreviewDialog QToolButton, QPrintPreviewDialog QToolButton:focus {{ padding: 3px; }}
QToolButton[look="flat"] {{ background: transparent; border: 1px solid transparent; padding: 3px 8px; }}
QToolButton[look="flat"]:hover {{ background: {roles.head}; }}
QToolButton[look="flat"]:focus {{ border: 2px solid {roles.accent}; padding: 2px 7px; }}
QToolButton[look="title"] {{
    background: transparent; border: 1px solid transparent; padding: 2px 4px; font-weight: 600;
}}
QToolButton[look="title"]:hover {{ background: {roles.head}; }}
QToolButton[look="title"]:focus {{ border: 2px solid {roles.accent}; padding: 1px 3px; }}
QToolButton[look="chip"] {{
    background: {roles.accent_ground}; color: {roles.accent}; padding: 3px 8px;
    border-color: {roles.accent_ground};
}}
QToolButton[look="chip"]:hover {{ border-color: {roles.accent}; }}
QToolButton[look="chip"]:focus {{ border: 2px solid {roles.accent}; padding: 2px 7px; }}
QToolButton::menu-indicator {{ image: none; }}
QToolButton[popupMode="1"], QToolButton[popupMode="1"]:focus {{ padding-right: {drop + 10}px; }}
QToolButton::menu-button {{ border: none; border-left: 1px solid {roles.line}; width: {drop}px; }}
QToolButton::menu-button:hover {{ background: {roles.accent_ground}; border-radius: 0 5px 5px 0; }}
QToolButton::menu-arrow {{ image: {down}; width: {arrow}px; height: {arrow}px; }}

QLineEdit, QAbstractSpinBox, QComboBox {{
    background: {roles.panel}; color: {roles.text}; border: 1px solid {roles.line}; border-radius: 5px;
    padding: 4px 8px; selection-background-color: {roles.accent_ground}; selection-color: {roles.text};
}}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {{
    border: 2px solid {roles.accent}; padding: 3px 7px;
}}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus,
QPrintPreviewDialog QComboBox QLineEdit, QPrintPreviewDialog QComboBox QLineEdit:focus {{
    border: none; padding: 0; background: transparent;
}}
QDateEdit::drop-down, QComboBox::drop-down {{ border: none; width: {drop}px; }}
QDateEdit::down-arrow, QComboBox::down-arrow {{ image: {down}; width: {arrow}px; height: {arrow}px; }}
QTableView QLineEdit, QTableView QLineEdit:focus {{
    border: 2px solid {roles.accent}; border-radius: 0; padding: 0 6px;
}}

QTableView, QTreeView, QListView {{
    background: {roles.panel}; color: {roles.text}; border: none; outline: none;
    selection-background-color: {roles.accent_ground}; selection-color: {roles.text};
}}
QHeaderView, QHeaderView::section {{ background: {roles.head}; border: none; color: {roles.dim}; }}
QTableView[look="spaced"]::item {{ padding: 5px 8px; }}
QTableView[look="spaced"] QHeaderView::section {{ padding: 5px 11px; }}
QTableCornerButton::section {{ background: {roles.head}; border: none; }}
*[look="popup"] {{ border: 1px solid {roles.line}; padding: 2px; }}
QListView::item {{ border-radius: 5px; padding: 6px 9px; color: {roles.text}; }}
QTreeView::item {{ padding: 3px 2px; }}
QListView::item:hover, QTreeView::item:hover {{ background: {roles.head}; }}
QListView::item:selected, QTreeView::item:selected {{
    background: {roles.accent_ground}; color: {roles.text};
}}

{_MORE_EDGES.format(edge=roles.accent) if roles.is_contrast else ""}
QListView::item:focus, QTreeView::item:focus {{ border: 2px solid {roles.accent}; }}
QListView::item:focus {{ padding: 4px 7px; }}
QTreeView::item:focus {{ padding: 1px 0; }}
QTextBrowser:focus, QTextEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {roles.accent}; }}

QSplitter::handle {{ background: transparent; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[look="ground"] {{ background: transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {roles.line}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::handle:hover {{ background: {roles.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMenuBar {{ background: {roles.window}; color: {roles.text}; }}
QMenuBar::item {{ background: transparent; padding: 4px 9px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {roles.accent_ground}; }}
QMenu {{ background: {roles.panel}; color: {roles.text}; border: 1px solid {roles.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 28px 5px 24px; border-radius: 4px; }}
QMenu::item:selected {{ background: {roles.accent_ground}; color: {roles.text}; }}
QMenu::item:disabled {{ color: {roles.faint}; }}
QMenu::separator {{ height: 1px; background: {roles.line}; margin: 4px 8px; }}
QToolTip {{
    background: {roles.panel}; color: {roles.text}; border: 1px solid {roles.line}; padding: 1px 3px;
}}
QCheckBox {{ color: {roles.text}; spacing: 6px; }}
QCheckBox::indicator {{
    width: {box}px; height: {box}px; border: 1px solid {roles.dim}; border-radius: 4px;
    background: {roles.panel};
}}
QCheckBox::indicator:hover {{ border-color: {roles.accent}; }}
QCheckBox::indicator:focus {{
    border: 2px solid {roles.accent}; width: {box - 2}px; height: {box - 2}px;
}}
QCheckBox::indicator:checked {{
    background: {roles.accent_ground}; border-color: {roles.accent}; image: {check};
}}
QCheckBox:disabled {{ color: {roles.faint}; }}
QListView::indicator {{
    width: {box}px; height: {box}px; border: 1px solid {roles.dim}; border-radius: 4px;
    background: {roles.panel};
}}
QListView::indicator:checked {{
    background: {roles.accent_ground}; border-color: {roles.accent}; image: {check};
}}
QRadioButton {{ color: {roles.text}; spacing: 6px; }}
QRadioButton::indicator {{
    width: {box - 2}px; height: {box - 2}px; border: 1px solid {roles.dim}; border-radius: {box // 2}px;
    background: {roles.panel};
}}
QRadioButton::indicator:checked {{ background: {roles.accent}; border-color: {roles.accent}; }}
QRadioButton:focus {{ color: {roles.accent}; text-decoration: underline; }}
QRadioButton::indicator:focus {{
    border: 2px solid {roles.accent}; width: {box - 4}px; height: {box - 4}px;
}}
"""


def _url(file: Path) -> str:
    """Return a file as the sheet names it, in quotes: a bare “Söhne” makes Qt drop the whole sheet."""
    path = file.as_posix().replace("\\", r"\\").replace('"', r"\"")
    return f'url("{path}")'
