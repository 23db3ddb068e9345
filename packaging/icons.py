"""The icon of the program in the forms and sizes that the systems want, drawn from the one SVG."""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_ICO = (16, 24, 32, 48, 64, 256)
# The kinds whose content is a PNG, by size in pixels: https://en.wikipedia.org/wiki/Apple_Icon_Image_format
_ICNS = {16: b"icp4", 32: b"icp5", 64: b"icp6", 128: b"ic07", 256: b"ic08", 512: b"ic09"}


def drawn(source: Path, size: int) -> bytes:
    """Return the icon as a PNG of a size in pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QImage, QImageWriter, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(source)).render(painter, QRectF(0, 0, size, size))
    painter.end()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(content.data())


def icon_file(root: Path, work: Path, ending: str) -> Path:
    """Return the icon as a file of an ending: .ico for Windows, .icns for macOS."""
    source = root / "resources" / "icons" / "neocapgui.svg"
    file = work / f"neocapgui{ending}"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes({".ico": _ico, ".icns": _icns}[ending](source))
    return file


def _ico(source: Path) -> bytes:
    """Return the icon as Windows wants it: a head, a line for each size, and the pictures as PNG."""
    pictures = [(size, drawn(source, size)) for size in _ICO]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(head) + 16 * len(pictures)
    lines = b""
    for size, picture in pictures:
        lines += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return head + lines + b"".join(picture for _, picture in pictures)


def _icns(source: Path) -> bytes:
    """Return the icon as macOS wants it."""
    parts = b""
    for size, kind in _ICNS.items():
        picture = drawn(source, size)
        parts += kind + struct.pack(">I", len(picture) + 8) + picture
    return b"icns" + struct.pack(">I", len(parts) + 8) + parts


def main() -> None:
    """Write the PNGs of the desktop into a folder: python packaging/icons.py FOLDER."""
    root, folder = Path(__file__).parent.parent, Path(sys.argv[1])
    for size in SIZES:
        place = folder / f"{size}x{size}" / "apps" / "neocapgui.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(drawn(root / "resources" / "icons" / "neocapgui.svg", size))


if __name__ == "__main__":
    main()
