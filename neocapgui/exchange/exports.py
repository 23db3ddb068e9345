"""What a scenario can be exported as without a screen: a format for each ending of a file name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from neocapgui.engine.lens import Lens
from neocapgui.exchange.json_text import json_parts
from neocapgui.exchange.safe_text import csv_text
from neocapgui.exchange.svg import svg_text
from neocapgui.figures.charts.drawing import drawing
from neocapgui.figures.charts.stacked import ownership_chart
from neocapgui.figures.report import FLAT_FIGURES, flat_rows, report
from neocapgui.ledger.ledger import Ledger

_SLIDE = 720.0, 405.0  # points
_PICTURES = (".pdf", ".png")  # what only a painter makes


class NotOffered(ValueError):
    """There is no export to such a file; the message is one sentence that names what there is."""


@dataclass(frozen=True, slots=True)
class Export:
    """One format: its ending, what it holds, and how it is made."""

    suffix: str
    holds: str
    content: Callable[[Ledger, Lens, str], str]


def _chart(ledger: Ledger, lens: Lens, footer: str) -> str:
    looked = lens if lens.issuer is not None else replace(lens, issuer=next(iter(ledger.issuers), None))
    return svg_text(drawing(ownership_chart(ledger, looked), *_SLIDE, footer=footer))


def _rows(ledger: Ledger, lens: Lens, footer: str) -> str:
    return csv_text(*flat_rows(report(ledger, lens, iter)), figures=FLAT_FIGURES)


def _report(ledger: Ledger, lens: Lens, footer: str) -> str:
    return "".join(json_parts(report(ledger, lens, iter))) + "\n"


EXPORTS = (
    Export(".svg", "ownership over time as a chart", _chart),
    Export(".csv", "the report as a table", _rows),
    Export(".json", "the report", _report),
)


def export_for(name: str) -> Export:
    """Return the format of a file by its ending, or refuse (NotOffered) with what there is.

    >>> export_for("Acme.SVG").holds
    'ownership over time as a chart'
    """
    found = next((one for one in EXPORTS if name.lower().endswith(one.suffix)), None)
    if found is not None:
        return found
    offered = "; ".join(f"{one.suffix} ({one.holds})" for one in EXPORTS)
    if name.lower().endswith(_PICTURES):
        raise NotOffered(
            f"{name} needs the window, where charts are saved as PDF and PNG; without it there are {offered}."
        )
    raise NotOffered(f"{name} cannot be exported: its ending is none of {offered}.")
