"""A drawing painted: a picture in pixels, a page of PDF, and what the clipboard takes of a chart."""

from __future__ import annotations

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QLocale,
    QMarginsF,
    QMimeData,
    QPointF,
    QSizeF,
    Qt,
)
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from neocapgui.exchange.svg import svg_text
from neocapgui.exchange.table_text import table_html, table_tsv
from neocapgui.figures.charts.inks import PAPER, Inks
from neocapgui.figures.charts.marks import Anchor, Area, Drawing, Stroke, Words
from neocapgui.figures.kinds import Style
from neocapgui.figures.tables import Table
from neocapgui.gui.looks.roles import Roles
from neocapgui.gui.looks.typeface import half_bold

PIXELS = 96 / 72  # of a point at 1x
SCALES = (1, 2, 3)
SVG, PDF = "image/svg+xml", "application/pdf"
_INCH = 0.0254  # metres
_LARGE = 100.0  # points: letters are measured large, and drawn at their size


def inks_of(roles: Roles) -> Inks:
    """Return the colours of a theme for a picture that is to look as the screen does."""
    return Inks(
        roles.panel, roles.text, roles.dim, roles.line, roles.accent, roles.amber, roles.green, roles.bands
    )


def paint(painter: QPainter, drawing: Drawing, inks: Inks = PAPER) -> None:
    """Draw all marks; the painter's unit is the point, its origin the top left of the drawing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    face = QGuiApplication.font()  # of figures of one width a PDF would not tell which they are
    face.setFeature(QFont.Tag("liga"), 0)  # a search for “filed” finds no ligature
    for mark in drawing.marks:
        if isinstance(mark, Area):
            # Edges that lie on a pixel's border are sharp; bands side by side would else shine through.
            painter.setRenderHint(
                QPainter.RenderHint.Antialiasing, mark.part not in ("band", "paper", "ground")
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(inks.of(mark.fill, mark.pale))))
            painter.drawPolygon(_polygon(mark.points))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        elif isinstance(mark, Stroke):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(_pen(mark, inks))
            painter.drawPolyline(_polygon(mark.points))
        else:
            _write(painter, mark, inks, face)
    painter.restore()


def picture(drawing: Drawing, scale: int = 1, inks: Inks = PAPER) -> QImage:
    """Return a drawing in pixels: 96 to the inch, twice or three times as many at 2x and 3x."""
    factor = PIXELS * scale
    size = QSizeF(drawing.width * factor, drawing.height * factor).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(inks.panel))
    painter = QPainter(image)
    painter.scale(factor, factor)
    paint(painter, drawing, inks)
    painter.end()
    image.setDotsPerMeterX(round(72 * factor / _INCH))
    image.setDotsPerMeterY(round(72 * factor / _INCH))
    image.setText("Title", drawing.title)
    image.setText("Description", drawing.description)
    return image


def png_bytes(drawing: Drawing, scale: int = 1, inks: Inks = PAPER) -> bytes:
    """Return a drawing as a PNG file."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture(drawing, scale, inks))
    return bytes(held.data())


def pdf_bytes(drawing: Drawing, inks: Inks = PAPER) -> bytes:
    """Return a drawing as one page of PDF of its own size, as lines and letters and not as pixels."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    size = QPageSize(
        QSizeF(drawing.width, drawing.height), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch
    )
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    writer.setTitle(drawing.title)
    writer.setCreator("neocapgui")
    painter = QPainter(writer)
    painter.scale(writer.width() / drawing.width, writer.height() / drawing.height)
    paint(painter, drawing, inks)
    painter.end()
    buffer.close()
    return bytes(held.data())


def page_size(locale: QLocale | None = None) -> tuple[float, float]:
    """Return the size of a page across in points: Letter where inches are used, A4 elsewhere."""
    system = (locale or QLocale()).measurementSystem()
    is_letter = system is QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if is_letter else QPageSize.PageSizeId.A4)
    points = size.size(QPageSize.Unit.Point)
    return points.height(), points.width()


def clipboard_content(drawing: Drawing, table: Table, style: Style, inks: Inks = PAPER) -> QMimeData:
    """Return a chart in all forms at once: picture, SVG, PDF, and its figures as text and as a table."""
    content = QMimeData()
    content.setImageData(picture(drawing, 2, inks))
    content.setData(SVG, QByteArray(svg_text(drawing, inks).encode()))
    content.setData(PDF, QByteArray(pdf_bytes(drawing, inks)))
    content.setText(table_tsv(table, style))
    content.setHtml(table_html(table, style))
    return content


def _polygon(points: tuple[tuple[float, float], ...]) -> QPolygonF:
    return QPolygonF([QPointF(across, down) for across, down in points])


def _pen(mark: Stroke, inks: Inks) -> QPen:
    pen = QPen(QColor(inks.of_line(mark)), mark.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if mark.dash:
        pen.setDashPattern([part / mark.width for part in mark.dash])
    return pen


def _write(painter: QPainter, mark: Words, inks: Inks, face: QFont) -> None:
    """Write a text at its size whatever the letters are; a face too wide for its room is squeezed."""
    font = half_bold(face) if mark.is_strong else QFont(face)
    font.setPixelSize(int(_LARGE))
    advance = QFontMetricsF(font).horizontalAdvance(mark.text)
    if not advance:
        return
    small = mark.size / _LARGE
    squeeze = min(1.0, mark.width / (advance * small))
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: advance / 2, Anchor.END: advance}[mark.anchor]
    painter.save()
    painter.translate(*mark.place)
    if mark.is_upright:
        painter.rotate(-90)
    painter.scale(small * squeeze, small)
    painter.setFont(font)
    painter.setPen(QColor(inks.on(mark.ink)))
    painter.drawText(QPointF(-shift, 0), mark.text)
    painter.restore()
