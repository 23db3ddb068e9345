"""One stake of a company in another on a day, in words and figures: for the inspector."""

from __future__ import annotations

from dataclasses import dataclass

from neocapgui.engine.group import group
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Lens
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.company_names import company_names
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, percent, shown
from neocapgui.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class StakeFigure:
    """One figure of a stake, and the column of the group's table by which it is explained."""

    title: str
    text: str
    column: str = ""  # "" for what is a name


@dataclass(frozen=True, slots=True)
class StakeTerms:
    """A stake in words and figures; without figures where the owner has nothing of the company."""

    title: str
    text: str  # its effective part, or else its direct one, in percent
    note: str
    pair: tuple[int, int]  # the issuers: who owns, and what
    figures: tuple[StakeFigure, ...]
    holders: tuple[int, ...]  # the stakeholders that the owner is


def stake_terms(ledger: Ledger, lens: Lens, owner: int, issuer: int, style: Style = PLAIN) -> StakeTerms:
    """Return the stake that issuer `owner` has in `issuer` at the end of the lens's day, on its basis.

    Percent are rounded half up, for display only.
    """
    names = company_names(ledger, lens)
    found = next((one for one in group(ledger, lens) if (one.owner, one.issuer) == (owner, issuer)), None)
    title = f"{names[owner]} in {names[issuer]}"
    note = f"{title}  ·  {BASIS_TITLES[lens.basis]}  ·  {day_text(lens.as_of, style)}"
    holders = stakeholders_being(ledger, owner)
    if found is None:
        return StakeTerms("Stake", "Nothing", note, (owner, issuer), (), holders)
    direct = f"{percent(found.direct, style)} %"
    effective = "" if found.effective is None else f"{percent(found.effective, style)} %"
    figures = (
        StakeFigure("Holder", names[owner]),
        StakeFigure("Company", names[issuer]),
        StakeFigure("Shares", shown(Kind.COUNTED, found.shares, style), "Shares"),
        StakeFigure("Direct", direct if found.direct else "", "Direct %"),
        StakeFigure("Effective", effective, "Effective %"),
    )
    said = tuple(one for one in figures if one.text)
    return StakeTerms("Stake", effective or direct, note, (owner, issuer), said, holders)
