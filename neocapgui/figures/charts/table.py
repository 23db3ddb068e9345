"""The table behind each chart: every figure that is drawn, exactly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from neocapgui.engine.lens import Lens
from neocapgui.engine.wording import plain
from neocapgui.figures.charts.bridge import BridgeChart, bridge_lines
from neocapgui.figures.charts.compared import Compared, Side, compared
from neocapgui.figures.charts.group_diagram import GroupDiagram
from neocapgui.figures.charts.overhang import OverhangChart
from neocapgui.figures.charts.stacked import Chart, Unit, Wanted, chart_wanted
from neocapgui.figures.kinds import Kind
from neocapgui.figures.likeness import folded
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.ledger.ledger import Ledger

_AS_USUAL = Wanted()
_CURVE_COLUMNS = (
    Column("Market price", Kind.PRICE),
    Column("Conversion price", Kind.PRICE),
    Column("Governed by", Kind.TEXT),
    Column("Shares if all is converted", Kind.SHARES),
    Column("Part of the class", Kind.STAKE, help="Of the class after the issue"),
    Column("Limits allow", Kind.SHARES),
)


def table_behind(figure: Chart | Compared | OverhangChart | BridgeChart | GroupDiagram) -> Table:
    """Return the table behind any chart."""
    if isinstance(figure, GroupDiagram):
        return figure.table
    return _BEHIND[type(figure)](figure)


def ownership_over_time(ledger: Ledger, lens: Lens, wanted: Wanted = _AS_USUAL) -> Table:
    """The figures of the ownership chart; a row's key is its day."""
    return chart_table(chart_wanted(ledger, lens, wanted))


def compared_over_time(
    ledger: Ledger, lens: Lens, own: Side, other: Side, wanted: Wanted = _AS_USUAL
) -> Table:
    """The figures of the ownership chart of two scenarios; a row's key is its day and its scenario."""
    return compared_table(compared(ledger, lens, own, other, wanted))


def chart_table(chart: Chart) -> Table:
    """Return the figures of a chart, a line for each day and a column for each band."""
    kind = _kind(chart)
    return Table(
        chart.name,
        chart.title,
        (
            Column("Day", Kind.DATE),
            Column("What happened", Kind.TEXT, width=46),
            *(Column(band.name, kind, help=chart.axis) for band in chart.bands),
            Column("All shares", Kind.COUNTED if chart.is_restated else Kind.SHARES),
        ),
        Lines(range(len(chart.days)), lambda position: _row(chart, position)),
        plain(chart.subtitle),
        empty=plain(chart.empty),
    )


def compared_table(figure: Compared) -> Table:
    """Return the figures of two charts in one table: by day, that of the scenario above before the other.

    A column for each name that has a band in either; a row's key is its day and which of the two it is of.
    """
    charts = [panel.chart for panel in figure.panels]
    shown = next((chart for chart in charts if not chart.empty), charts[0])
    titles: dict[str, str] = {}  # by the name in which both agree
    for chart in charts:
        for band in chart.bands:
            titles.setdefault(folded(band.name), band.name)
    places = [{folded(band.name): place for place, band in enumerate(chart.bands)} for chart in charts]
    lines = sorted((day, of, at) for of, chart in enumerate(charts) for at, day in enumerate(chart.days))

    def row(line: tuple[date, int, int]) -> Row:
        day, of, position = line
        chart = charts[of]
        _, said, *figures, total = _row(chart, position).cells
        own = [figures[places[of][name]] if name in places[of] else None for name in titles]
        return Row((day, figure.panels[of].title, said, *own, total), key=(day, of))

    return Table(
        figure.name,
        figure.title,
        (
            Column("Day", Kind.DATE),
            Column("Scenario", Kind.TEXT, width=24),
            Column("What happened", Kind.TEXT, width=34),
            *(Column(title, _kind(shown), help=shown.axis) for title in titles.values()),
            Column("All shares", Kind.COUNTED if shown.is_restated else Kind.SHARES),
        ),
        Lines(lines, row),
        figure.subtitle,
        empty=" ".join(dict.fromkeys(chart.empty for chart in charts if chart.empty)),
    )


def _kind(chart: Chart) -> Kind:
    if chart.unit is Unit.PERCENT:
        return Kind.STAKE
    return Kind.COUNTED if chart.is_restated else Kind.SHARES


def _row(chart: Chart, position: int) -> Row:
    measured = chart.course.stake if chart.unit is Unit.PERCENT else chart.course.shares
    bands = range(len(chart.bands))
    return Row(
        (
            chart.days[position],
            chart.event(position),
            *(measured(position, band) or None for band in bands),
            sum(chart.course.shares(position, band) for band in bands) or None,
        ),
        key=chart.days[position],
    )


def curve_table(chart: OverhangChart) -> Table:
    """Return the points of a curve over market prices, the lowest price first."""
    rows = [
        Row(
            (
                point.market_price,
                point.conversion_price,
                point.governs,
                point.shares,
                point.part,
                point.issuable,
            ),
            key=point.market_price,
        )
        for point in chart.points
    ]
    return Table(
        chart.name, chart.title, _CURVE_COLUMNS, tuple(rows), plain(chart.subtitle), empty=chart.empty
    )


_BEHIND: dict[type[Any], Callable[[Any], Table]] = {
    Chart: chart_table,
    Compared: compared_table,
    OverhangChart: curve_table,
    BridgeChart: bridge_lines,
}
