"""A block of a table as a picture: as it stands on screen, in the light colours, twice as fine."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter

from neocapgui.figures.kinds import NUMBERS
from neocapgui.gui.looks.roles import LIGHT
from neocapgui.gui.looks.typeface import figures_font, half_bold
from neocapgui.gui.tables.column_widths import BARS, PAD, head_lines
from neocapgui.gui.tables.table_model import TableModel

_FINE = 2  # pixels of the picture for each of the screen
_AIR = 12  # pixels that the letters of a line and its edges are apart
_BAR_HEIGHT = 7
_WIDEST = 360  # pixels of one column; longer texts end with an ellipsis
_TALLEST = 8_000
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def block_picture(model: TableModel, rows: Sequence[int], columns: Sequence[int], font: QFont) -> QImage:
    """Return a block with the heads of its columns."""
    font = figures_font(font)
    metrics, bold = QFontMetrics(font), half_bold(font)
    heads = [head_lines(model.column(number).title) for number in columns]
    widths = [_width(model, rows, number, bold) for number in columns]
    line = metrics.height() + _AIR
    head = max(map(len, heads)) * metrics.height() + _AIR
    height = min(head + line * len(rows), _TALLEST)
    picture = QImage(sum(widths) * _FINE, height * _FINE, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(_FINE)
    picture.fill(QColor(LIGHT.panel))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.fillRect(QRectF(0, 0, sum(widths), head), QColor(LIGHT.head))
    left = 0
    for number, width, lines in zip(columns, widths, heads, strict=True):
        column = model.column(number)
        side = Qt.AlignmentFlag.AlignRight if column.kind in NUMBERS else Qt.AlignmentFlag.AlignLeft
        bar = BARS[0] if column.has_bar else 0
        painter.setFont(bold)
        painter.setPen(QColor(LIGHT.dim))
        painter.drawText(QRectF(left + PAD, 0, width - bar - 2 * PAD, head), side | _MIDDLE, "\n".join(lines))
        for at, row in enumerate(rows):
            top = head + at * line
            if top + line > height:
                break
            if at % 2:
                painter.fillRect(QRectF(left, top, width, line), QColor(LIGHT.stripe))
            painter.setFont(bold if model.is_total(row) else font)
            painter.setPen(QColor(LIGHT.text))
            room = QRectF(left + PAD, top, width - bar - 2 * PAD, line)
            text = metrics.elidedText(
                model.text(row, number), Qt.TextElideMode.ElideRight, int(room.width()) + 1
            )
            painter.drawText(room, side | _MIDDLE, text)
            part = model.part(row, number) if bar else None
            if part is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(LIGHT.bands[0]))
                length = max(2.0, (bar - 2 * PAD) * min(1.0, part))
                painter.drawRoundedRect(
                    QRectF(left + width - bar + PAD, top + (line - _BAR_HEIGHT) / 2, length, _BAR_HEIGHT),
                    2.5,
                    2.5,
                )
        left += width
    painter.end()
    return picture


def _width(model: TableModel, rows: Sequence[int], number: int, font: QFont) -> int:
    metrics = QFontMetrics(font)
    texts = [*head_lines(model.column(number).title), *(model.text(row, number) for row in rows)]
    bar = BARS[0] if model.column(number).has_bar else 0
    return min(max(map(metrics.horizontalAdvance, texts)), _WIDEST) + 2 * PAD + bar + 1
