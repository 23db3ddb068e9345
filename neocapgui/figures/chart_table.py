"""The table behind a chart: every day with an event, and every figure that is drawn."""

from __future__ import annotations

from neocapgui.engine.lens import Lens
from neocapgui.figures.charts import By, Chart, Unit, ownership_chart
from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.ledger.ledger import Ledger


def ownership_over_time(ledger: Ledger, lens: Lens, by: By = By.HOLDER, unit: Unit = Unit.PERCENT) -> Table:
    """The figures of the ownership chart; a row's key is its day."""
    return chart_table(ownership_chart(ledger, lens, by, unit))


def chart_table(chart: Chart) -> Table:
    """Return the figures of a chart, a line for each day and a column for each band."""
    kind = Kind.STAKE if chart.unit is Unit.PERCENT else Kind.SHARES
    return Table(
        chart.name,
        chart.title,
        (
            Column("Day", Kind.DATE),
            Column("What happened", Kind.TEXT, width=46),
            *(Column(band.name, kind, help=chart.axis) for band in chart.bands),
            Column("All shares", Kind.SHARES),
        ),
        Lines(range(len(chart.days)), lambda position: _row(chart, position)),
        chart.subtitle,
        empty=chart.empty,
    )


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
