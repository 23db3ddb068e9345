"""Takes pictures of the real window with the sample: for the README, or of every page for a look.

python packaging/pictures.py                       the two pictures of the README
python packaging/pictures.py --pages FOLDER        every page, two sizes, light and dark
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap

SAMPLE = "neotherapeutics-as-filed"
AS_OF = date(2001, 8, 31)
SIZES = ((1440, 900), (1024, 700))
_WAIT = 700  # milliseconds, until a page with its charts stands as it will stay
README_PICTURES = Path(__file__).parent.parent / "resources" / "pictures"


def main() -> None:
    """Start the program, show each page, keep what stands in the window."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, metavar="FOLDER")
    parser.add_argument("--only", nargs="*", default=None, help="names of pages")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["NEOCAPGUI_HOME"] = home
        if chosen.pages is None:
            README_PICTURES.mkdir(exist_ok=True)
            for theme, page, picture in pictures(SIZES[:1], ["cap_table"]):
                picture.save(str(README_PICTURES / f"window-{theme}.png"))
                print(f"{page}, {theme}")
        else:
            chosen.pages.mkdir(parents=True, exist_ok=True)
            for name, page, picture in pictures(SIZES, chosen.only):
                picture.save(str(chosen.pages / f"{page}-{name}-{picture.width()}.png"))


def pictures(
    sizes: tuple[tuple[int, int], ...], only: list[str] | None
) -> Iterator[tuple[str, str, QPixmap]]:
    """Return (theme, page, picture) of the pages at the sizes, in both themes."""
    from neocapgui.gui.app import Application, Program
    from neocapgui.gui.looks.look import Theme
    from neocapgui.gui.page_register import PAGES

    started = Application()
    program = Program(started)
    window = program.open_window()
    program.open_sample(SAMPLE, window)
    program.settle()
    _settle()
    session = window.session
    if session is None:
        raise SystemExit(f"The sample {SAMPLE} could not be opened.")
    session.look(replace(session.lens, as_of=AS_OF))
    for theme in (Theme.LIGHT, Theme.DARK):
        program.look.choose(theme)
        for width, height in sizes:
            window.resize(width, height)
            for page in PAGES:
                if only is not None and page.name not in only:
                    continue
                window.carry_out(f"page.{page.name}")
                _settle()
                yield theme.value, page.name, window.grab()


def _settle() -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(_WAIT, loop.quit)
    loop.exec()


if __name__ == "__main__":
    main()
