"""Every guide in one list: commands, the menu Entry and the menus of lines are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from neocapgui.figures.guided.guide import Guide


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """One guide: the name in its ids, what it does in words, and where it stands."""

    name: str  # of the command `entry.notice`, the dialog `dialog.notice` and, mostly, of its file
    title: str  # “Record a conversion notice”
    help: str
    begins_part: bool = False  # a line stands above it in the menu
    file: str = ""  # where that is not its name

    @property
    def guide(self) -> Guide:
        """The guide itself; its file is only loaded when somebody asks."""
        guide: Guide = import_module(f"neocapgui.figures.guided.{self.file or self.name}").GUIDE
        return guide


GUIDES: tuple[GuideEntry, ...] = (
    GuideEntry(
        "notice",
        "Record a conversion notice",
        "Record a notice of conversion or exchange; the terms propose price and shares.",
    ),
    GuideEntry(
        "redeem",
        "Record a redemption or repurchase",
        "Record that the company takes its own paper back: face, premium, what has accrued, the amount.",
    ),
    GuideEntry(
        "exchange",
        "Record an exchange into the parent's security",
        "Record that a holder gives up a subsidiary's security for one of its parent, in both at once.",
    ),
    GuideEntry(
        "buy",
        "Record a purchase from a holder",
        "Record that somebody buys a stake from a holder: a fund from a fund, a parent from another holder.",
    ),
    GuideEntry(
        "exercise",
        "Record an exercise",
        "Record an exercise of warrants, options or rights; the terms propose price, shares and amount.",
    ),
    GuideEntry(
        "issue",
        "Record an issue",
        "Record an issue of shares, notes or warrants: to whom, how many, for how much; warrants with it.",
        begins_part=True,
    ),
    GuideEntry(
        "split",
        "Record a split or reverse split",
        "Record a split: its ratio, what becomes of fractions; all holders and terms before and after.",
    ),
    GuideEntry(
        "authorized",
        "Change the authorized shares",
        "Record an amendment of the charter that changes how many shares of a class are authorized.",
    ),
    GuideEntry(
        "approval",
        "Record an approval",
        "Record a decision of the board or the stockholders with its limits of money and shares.",
        begins_part=True,
    ),
    GuideEntry(
        "status",
        "Record a status",
        "Record that a company ceases operations, is dissolved or merged, and what that saves.",
    ),
)
GUIDE = {entry.name: entry for entry in GUIDES}
