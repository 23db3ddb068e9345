"""The stake of one company in another over time as a chart: its band, and all other holders together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from neocapgui.engine.course import OTHERS, Course
from neocapgui.engine.group import group
from neocapgui.engine.lens import Lens
from neocapgui.engine.thresholds import course_with
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.charts.palette import GREY, tone
from neocapgui.figures.charts.stacked import Band, Chart, ownership_chart
from neocapgui.figures.company_names import company_names
from neocapgui.ledger.ledger import Ledger


def stake_chart(ledger: Ledger, lens: Lens, owner: int | None = None, issuer: int | None = None) -> Chart:
    """Return the stake that issuer `owner` has in `issuer` over all days, on the lens's basis, in percent.

    Without a pair: of the first stake of the group on the lens's day. Stakes are exact; each holds from
    the end of its day.
    """
    if owner is None or issuer is None:
        first = next(iter(group(ledger, lens)), None)
        if first is None:
            return _nothing(ledger, lens, "No company of this file holds another on this day.")
        owner, issuer = first.owner, first.issuer
    looked = replace(lens, issuer=issuer)
    who = ledger.stakeholder_of(owner)
    found = None if who is None else course_with(ledger, looked, who.id)
    whole = ownership_chart(ledger, looked)
    if who is None or found is None or whole.empty:
        return _nothing(ledger, looked, "Nothing of this company was ever in that hand.")
    course, band = found
    names = company_names(ledger, lens)
    name = names[owner]
    bands = (Band(who.id, name, tone(ledger, who.id)), Band(OTHERS, "All others", GREY))
    return replace(
        whole,
        name="stake_over_time",
        title="Stake over time",
        subtitle=f"{name} in {names[issuer]}  ·  {BASIS_TITLES[lens.basis]}",
        bands=bands,
        course=_parted(course, band),
    )


def _parted(course: Course, band: int) -> Course:
    """Return a course of one band and of all others as one."""
    own = course.units[:, band]
    units = np.stack([own, course.totals - own], axis=1)
    return replace(course, bands=(course.bands[band], OTHERS), units=units)


def _nothing(ledger: Ledger, lens: Lens, sentence: str) -> Chart:
    chart = ownership_chart(Ledger(), lens)
    return replace(chart, name="stake_over_time", title="Stake over time", empty=sentence)
