"""The counts of one capitalization table: authorized, issued, outstanding, votes, fully diluted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, toward_zero


@dataclass(frozen=True, slots=True)
class ClassTerms:
    """A class of shares: how many there are, what they convert into and how they vote."""

    id: str
    issued: Exact
    treasury: Exact = 0  # issued shares in the issuer's own hands
    ratio: Exact = 1  # common shares for each share
    round_conversion: bool = False  # the class's as-converted shares are rounded down
    votes_per_share: Exact = 1
    votes_as_converted: bool = False


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """The counts of one class."""

    id: str
    issued: Fraction
    outstanding: Fraction
    votes: Fraction
    as_converted: Fraction


@dataclass(frozen=True, slots=True)
class Capitalization:
    """The counts of all classes together, and of what may become shares."""

    classes: tuple[ClassCounts, ...]
    options: Fraction  # outstanding, vested or not
    warrants: Fraction
    convertibles: Fraction  # common shares the other convertibles would become
    pool_available: Fraction  # reserved and not granted

    @property
    def issued(self) -> Fraction:
        """All shares issued, those in treasury too."""
        return sum((line.issued for line in self.classes), Fraction(0))

    @property
    def outstanding(self) -> Fraction:
        """All shares issued, less those in treasury."""
        return sum((line.outstanding for line in self.classes), Fraction(0))

    @property
    def votes(self) -> Fraction:
        """The votes of all shares outstanding."""
        return sum((line.votes for line in self.classes), Fraction(0))

    @property
    def as_converted(self) -> Fraction:
        """Common shares if every class converted."""
        return sum((line.as_converted for line in self.classes), Fraction(0))

    @property
    def fully_diluted_without_pool(self) -> Fraction:
        """As converted, with options, warrants and other convertibles."""
        return self.as_converted + self.options + self.warrants + self.convertibles

    @property
    def fully_diluted(self) -> Fraction:
        """As converted, with options, warrants, other convertibles and the unallocated pool."""
        return self.fully_diluted_without_pool + self.pool_available

    def of_outstanding(self, shares: Exact) -> Fraction | None:
        """Return the part `shares` are of the shares outstanding; None where there are none."""
        return Fraction(shares) / self.outstanding if self.outstanding else None

    def of_fully_diluted(self, shares: Exact) -> Fraction | None:
        """Return the part `shares` are of the fully diluted count; None where it is zero."""
        return Fraction(shares) / self.fully_diluted if self.fully_diluted else None


def capitalization(
    classes: Iterable[ClassTerms],
    *,
    options: Iterable[Exact] = (),
    warrants: Iterable[Exact] = (),
    convertibles: Iterable[Exact] = (),
    pool_available: Exact = 0,
) -> Capitalization:
    """Return the counts of a table, in shares and votes.

    As converted = shares outstanding times the ratio, rounded down class by class where the charter says
    so. A class votes by its votes per share, or by its as-converted count. Treasury shares neither vote
    nor convert. Refuses as `bad_input` a negative count, and more treasury shares than were issued.

    >>> table = capitalization([ClassTerms("common", 8_000_000), ClassTerms("series_a", 2_000_000)],
    ...                        pool_available=1_000_000)
    >>> table.of_outstanding(2_000_000), table.of_fully_diluted(2_000_000)
    (Fraction(1, 5), Fraction(2, 11))
    """
    return Capitalization(
        tuple(_counts(terms) for terms in classes),
        options=_total("options", options),
        warrants=_total("warrants", warrants),
        convertibles=_total("convertibles", convertibles),
        pool_available=_total("shares in the unallocated pool", [pool_available]),
    )


def _counts(terms: ClassTerms) -> ClassCounts:
    _nonnegative(f"count of {terms.id} issued", terms.issued)
    _nonnegative(f"count of {terms.id} in treasury", terms.treasury)
    _nonnegative(f"conversion ratio of {terms.id}", terms.ratio)
    _nonnegative(f"number of votes of a share of {terms.id}", terms.votes_per_share)
    issued = Fraction(terms.issued)
    outstanding = issued - Fraction(terms.treasury)
    _nonnegative(f"count of {terms.id} outstanding (issued less treasury)", outstanding)
    as_converted = outstanding * Fraction(terms.ratio)
    if terms.round_conversion:
        as_converted = Fraction(toward_zero(as_converted))
    votes = as_converted if terms.votes_as_converted else outstanding * Fraction(terms.votes_per_share)
    return ClassCounts(terms.id, issued, outstanding, votes, as_converted)


def _total(name: str, counts: Iterable[Exact]) -> Fraction:
    total = Fraction(0)
    for count in counts:
        _nonnegative(f"count of {name}", count)
        total += Fraction(count)
    return total


def _nonnegative(name: str, value: Exact) -> None:
    if value < 0:
        raise CalculationRefused("bad_input", f"The {name} cannot be {value}, which is below zero.")


@dataclass(frozen=True, slots=True)
class AuthorizedCounts:
    """The four named counts of one class under its charter."""

    authorized: Fraction  # what the charter still allows in all
    issued: Fraction
    outstanding: Fraction
    treasury: Fraction

    @property
    def unissued(self) -> Fraction:
        """Authorized and not issued; below zero where more was issued than the charter allows."""
        return self.authorized - self.issued

    @property
    def issuable_including_treasury(self) -> Fraction:
        """What can be issued with the treasury shares, which can be issued again."""
        return self.unissued + self.treasury


def authorized_counts(
    authorized: Exact,
    issued: Exact,
    *,
    cancelled: Exact = 0,
    retired: Exact = 0,
    treasury: Exact = 0,
    retired_not_reissuable: bool = False,
) -> AuthorizedCounts:
    """Return what a class may still issue, in shares; `issued` is gross, all that was ever issued.

    Issued = gross - cancelled - retired. Retired shares reduce the authorized number only where the
    charter forbids their reissue. An issue above the authorized number is no refusal: `unissued` is
    then below zero. Refuses as `bad_input` a negative count, and more treasury shares than are issued.

    >>> counts = authorized_counts(12_000, 9_000, cancelled=500, retired=1_500, treasury=700,
    ...                     retired_not_reissuable=True)
    >>> [int(count) for count in (counts.authorized, counts.issued, counts.outstanding, counts.unissued)]
    [10500, 7000, 6300, 3500]
    """
    given = {
        "authorized shares": authorized,
        "shares issued": issued,
        "cancelled shares": cancelled,
        "retired shares": retired,
        "treasury shares": treasury,
    }
    for name, count in given.items():
        _nonnegative(f"count of {name}", count)
    net = Fraction(issued) - Fraction(cancelled) - Fraction(retired)
    _nonnegative("count of shares issued, less those cancelled and retired,", net)
    outstanding = net - Fraction(treasury)
    _nonnegative("count of shares outstanding (issued less treasury)", outstanding)
    allowed = Fraction(authorized) - (Fraction(retired) if retired_not_reissuable else 0)
    return AuthorizedCounts(allowed, net, outstanding, Fraction(treasury))


def outstanding_for_group(
    issued: Exact, held_by_subsidiaries: Mapping[str, Exact], treasury: Exact = 0
) -> Fraction:
    """Return the parent's shares outstanding for the group: issued - treasury - held by subsidiaries.

    US GAAP and IFRS treat the parent's shares in its subsidiaries' hands as treasury shares; unlike those
    they stay outstanding in law, usually without votes. Refuses as `bad_input` a negative count.

    >>> outstanding_for_group(5_000_000, {"works": 150_000, "trade": 100_000}, treasury=100_000)
    Fraction(4650000, 1)
    """
    _nonnegative("count of shares issued", issued)
    _nonnegative("count of treasury shares", treasury)
    outstanding = (
        Fraction(issued)
        - Fraction(treasury)
        - _total("parent's shares in a subsidiary", held_by_subsidiaries.values())
    )
    _nonnegative("count of shares outstanding for the group", outstanding)
    return outstanding
