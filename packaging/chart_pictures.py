"""Draws every chart of the samples in every theme, size and form, to be looked at.

python packaging/chart_pictures.py FOLDER          PNG at 1x and 2x, SVG and PDF
"""

from __future__ import annotations

import argparse
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neocapgui.figures.charts.drawing import Figure

DAY = date(2001, 9, 19)
SIZES = {"small": (525.0, 315.0), "large": (1050.0, 600.0)}  # points: 700 x 420 and 1400 x 800 pixels
FOOT = "NeoTherapeutics as filed  ·  neotherapeutics.db  ·  as of 19 Sep 2001  ·  SHA-256 0123456789abcdef"


def main() -> None:
    """Write the pictures into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--only", nargs="*", default=None, help="names of charts")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as home:
        os.environ["NEOCAPGUI_HOME"] = home
        draw(chosen.folder, chosen.only)


def draw(folder: Path, only: list[str] | None) -> None:
    """Draw each chart: in four themes as PNG, and for paper as SVG and PDF."""
    from neocapgui.exchange.svg import svg_text
    from neocapgui.figures.charts.drawing import drawing
    from neocapgui.gui.app import Application
    from neocapgui.gui.charts.painting import inks_of, pdf_bytes, png_bytes
    from neocapgui.gui.looks.look import Look
    from neocapgui.gui.looks.roles import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST

    application = Application()
    Look(application)
    themes = {
        "light": LIGHT,
        "dark": DARK,
        "light-contrast": LIGHT_CONTRAST,
        "dark-contrast": DARK_CONTRAST,
    }
    for name, figure in charts().items():
        if only is not None and name not in only:
            continue
        for size, points in SIZES.items():
            drawn = drawing(figure, *points, footer=FOOT)
            for theme, roles in themes.items():
                for scale in (1, 2):
                    path = folder / f"{name}-{size}-{theme}-{scale}x.png"
                    path.write_bytes(png_bytes(drawn, scale, inks_of(roles)))
            (folder / f"{name}-{size}.svg").write_text(svg_text(drawn), encoding="utf-8")
            (folder / f"{name}-{size}.pdf").write_bytes(pdf_bytes(drawn))
        print(name)


def charts() -> dict[str, Figure]:
    """Return the charts of the samples by name."""
    from neocapgui.engine.lens import Basis, Lens
    from neocapgui.exchange.samples import sample
    from neocapgui.figures.charts.bridge import bridge_chart
    from neocapgui.figures.charts.gathering import Gather
    from neocapgui.figures.charts.group_diagram import group_diagram
    from neocapgui.figures.charts.overhang import overhang_chart
    from neocapgui.figures.charts.stacked import By, Unit, ownership_chart
    from neocapgui.figures.charts.stake import stake_chart

    filed = sample("neotherapeutics-as-filed")
    floating = sample("preferred-at-a-floating-price")
    parent = next(who.id for who in filed.stakeholders.values() if who.issuer == 1)
    lens, gather = Lens(DAY, 1), Gather.TOP_12
    return {
        "holders": ownership_chart(filed, lens),
        "classes": ownership_chart(filed, Lens(DAY, 1, Basis.FULLY_DILUTED), By.CLASS),
        "shares": ownership_chart(filed, lens, By.SECURITY, Unit.SHARES),
        "restated": ownership_chart(filed, lens, By.HOLDER, Unit.SHARES, gather, True),
        "ultimate": ownership_chart(filed, Lens(DAY, 2), By.HOLDER, Unit.PERCENT, gather, False, True),
        "stake": stake_chart(filed, lens, 1, 2),
        "bridge": bridge_chart(filed, Lens(DAY, 2), parent, date(2001, 1, 1)),
        "group": group_diagram(filed, Lens(date(2001, 6, 30), 1)),
        "group-later": group_diagram(filed, Lens(date(2003, 12, 31), 1)),
        "overhang": overhang_chart(floating, Lens(date(2023, 3, 28), 1)),
        "nothing-floats": overhang_chart(filed, lens),
    }


if __name__ == "__main__":
    main()
