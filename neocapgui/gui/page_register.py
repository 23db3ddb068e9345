"""The pages of the window, in the order of the list; each is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from neocapgui.gui.session import Session


@runtime_checkable
class FilledInSteps(Protocol):
    """A page with much on it: made empty where that is asked for, it is filled in steps that are not felt."""

    def filling(self) -> Iterator[None]:
        """Fill the page, with a pause after each part."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page: the name in its ids, its title, the class that shows it and what it is for."""

    name: str
    title: str
    factory: str  # module:class
    help: str
    tables: tuple[str, ...] = ()  # of the facts that can be edited there

    def begun(self, session: Session) -> tuple[QWidget, Iterator[None]]:
        """Return the page for a session, and what is still to be gone through until it is filled."""
        module, _, name = self.factory.partition(":")
        factory: Callable[..., QWidget] = getattr(import_module(module), name)
        page = factory(session, is_filled=False) if _fills_in_steps(factory) else factory(session)
        page.setObjectName(f"page.{self.name}")
        return page, page.filling() if isinstance(page, FilledInSteps) else iter(())


def _fills_in_steps(factory: object) -> bool:
    return isinstance(factory, type) and issubclass(factory, FilledInSteps)


def _page(name: str, title: str, class_name: str, help: str, *tables: str) -> PageEntry:
    return PageEntry(name, title, f"neocapgui.gui.pages.{name}_page:{class_name}", help, tables)


PAGES: tuple[PageEntry, ...] = (
    _page("overview", "Overview", "OverviewPage", "The company on the day at a glance."),
    _page(
        "cap_table",
        "Cap table",
        "CapTablePage",
        "Who holds what, by holder or by security.",
        "stakeholders",
        "published_counts",
    ),
    _page(
        "securities",
        "Securities",
        "SecuritiesPage",
        "The classes and instruments with their terms.",
        "securities",
        "conversion_rights",
        "approvals",
    ),
    _page(
        "transactions",
        "Transactions",
        "TransactionsPage",
        "The ledger: what happened, in order.",
        "transactions",
    ),
    _page("conversions", "Conversions", "ConversionsPage", "What each convertible is worth on the day."),
    _page("group", "Group", "GroupPage", "The companies and their stakes in one another.", "issuers"),
    _page("prices", "Prices", "PricesPage", "Market closes and averages.", "prices"),
    _page("charts", "Charts", "ChartsPage", "Ownership over time, and other charts."),
    _page("findings", "Findings", "FindingsPage", "What contradicts itself in the facts."),
    _page("history", "History", "HistoryPage", "Every edit, with its time."),
)
