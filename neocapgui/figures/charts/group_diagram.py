"""The diagram of the group as a figure: companies, the stakes between them, and moves that are still open."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from neocapgui.engine.group import Company, direct_stakes, group, tree
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.possible_moves import PossibleMove, possible_moves
from neocapgui.engine.status import standing
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.group_table import group_table
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, percent, shown
from neocapgui.figures.tables import Table
from neocapgui.ledger.ledger import Ledger

_ACTIVE = "active"
_MOST_COMPANIES = 3_000
_MOST_MORE = 300  # stakes than companies: a tree has fewer stakes than companies


@dataclass(frozen=True, slots=True)
class Member:
    """A company of the diagram, with what stands under its name."""

    issuer: int
    name: str
    lines: tuple[str, ...]  # its status, what the top company has in effect, what others hold
    moves: tuple[str, ...]  # what its papers could become
    is_at_rest: bool  # ceased, dissolved, merged or not yet formed
    says: str  # all of it, as it is read out


@dataclass(frozen=True, slots=True)
class StakeLink:
    """The direct stake of one company in another."""

    owner: int
    issuer: int
    labels: tuple[str, ...]  # shares, and votes where they differ
    says: str


@dataclass(frozen=True, slots=True)
class MoveLink:
    """Papers of one company that could become papers of another."""

    issuer: int
    into_issuer: int
    says: str


@dataclass(frozen=True, slots=True)
class GroupDiagram:
    """Who holds which part of whom in the group, to be laid out and drawn."""

    name: str  # stable: `group_diagram`
    title: str
    subtitle: str
    members: tuple[Member, ...]
    links: tuple[StakeLink, ...]
    moves: tuple[MoveLink, ...]
    table: Table = field(compare=False)  # the same figures as lines
    empty: str = ""

    @property
    def said(self) -> str:
        """The diagram in words, for those who do not see it, in the style it was made in."""
        if self.empty:
            return f"{self.title}. {self.subtitle}. {self.empty}"
        parts = [one.says for one in self.members]
        parts += [one.says for one in self.links]
        parts += [one.says for one in self.moves]
        return f"{self.title}. {self.subtitle}. " + " ".join(parts)

    @property
    def alt(self) -> str:
        """The diagram in words, as on every chart."""
        return self.said


def group_diagram(ledger: Ledger, lens: Lens, style: Style = PLAIN) -> GroupDiagram:
    """Return the companies of the group with their direct stakes on the lens's basis and day.

    Stakes are exact, and rounded half up only where they are written. Votes stand beside the shares
    where they differ; on the basis of votes the shares, as converted, stand beside them.
    """
    if not ledger.issuers:
        return _diagram(
            ledger, lens, style, (), (), (), "There is no company yet. Enter the first one under Companies."
        )
    other = Basis.AS_CONVERTED if lens.basis is Basis.VOTING else Basis.VOTING
    beside = {
        (owner, issuer): stake
        for owner, issuer, _, stake in direct_stakes(ledger, replace(lens, basis=other))
    }
    names = {issuer: standing(ledger, lens, issuer).name for issuer in ledger.issuers}
    direct = {(one.owner, one.issuer): one.direct for one in group(ledger, lens) if one.direct}
    pairs = dict.fromkeys([*direct, *beside])
    if len(names) > _MOST_COMPANIES or len(pairs) > len(names) + _MOST_MORE:
        return _diagram(ledger, lens, style, (), (), (), _too_many(len(names), len(pairs)))
    links = tuple(
        _link(pair, direct.get(pair, Fraction(0)), beside.get(pair, Fraction(0)), names, lens, style)
        for pair in pairs
    )
    open_moves = possible_moves(ledger, lens)
    members = tuple(_members(ledger, lens, names, direct, open_moves, style))
    moves = {
        (one.issuer, one.into_issuer): MoveLink(
            one.issuer,
            one.into_issuer,
            _sentence(f"Papers of {names[one.issuer]} could become papers of {names[one.into_issuer]}"),
        )
        for one in open_moves
    }
    return _diagram(ledger, lens, style, members, links, tuple(moves.values()))


def _too_many(companies: int, stakes: int) -> str:
    return (
        f"{companies:,} companies with {stakes:,} stakes in one another are too many for a diagram that can"
        " be read: the table lists them."
    )


def _diagram(
    ledger: Ledger,
    lens: Lens,
    style: Style,
    members: tuple[Member, ...],
    links: tuple[StakeLink, ...],
    moves: tuple[MoveLink, ...],
    empty: str = "",
) -> GroupDiagram:
    said = (
        f"{BASIS_TITLES[lens.basis]}  ·  {day_text(lens.as_of, style)}  ·  own shares of a company excluded"
    )
    return GroupDiagram(
        "group_diagram", "Group", said, members, links, moves, group_table(ledger, lens), empty
    )


def _link(
    pair: tuple[int, int],
    stake: Fraction,
    other: Fraction,
    names: dict[int, str],
    lens: Lens,
    style: Style,
) -> StakeLink:
    owner, issuer = pair
    own, beside = ("of votes", "of shares") if lens.basis is Basis.VOTING else ("of shares", "of votes")
    shown_stake, shown_other = percent(stake, style), percent(other, style)
    labels = [f"{shown_stake} %"]
    says = f"{names[owner]} holds {shown_stake} % {own} of {names[issuer]}"
    if stake != other:
        labels = [f"{shown_stake} % {own}", f"{shown_other} % {beside}"]
        says += f" and {shown_other} % {beside}"
    return StakeLink(owner, issuer, tuple(labels), _sentence(says))


def _members(
    ledger: Ledger,
    lens: Lens,
    names: dict[int, str],
    direct: dict[tuple[int, int], Fraction],
    moves: tuple[PossibleMove, ...],
    style: Style,
) -> list[Member]:
    held: dict[int, Fraction] = {}
    for (_, issuer), stake in direct.items():
        held[issuer] = held.get(issuer, Fraction(0)) + stake
    top = 0
    found = []
    for company in tree(ledger, lens):
        if company.parent is None:
            top = company.issuer
        lines = _lines(ledger, lens, company, names[top], direct.get((top, company.issuer)), held, style)
        leaving = tuple(
            _move_text(ledger, names, one, style) for one in moves if one.issuer == company.issuer
        )
        now = standing(ledger, lens, company.issuer)
        says = " ".join(_sentence(one) for one in (", ".join((now.name, *lines)), *leaving))
        found.append(Member(company.issuer, now.name, lines, leaving, now.status != _ACTIVE, says))
    return found


def _lines(
    ledger: Ledger,
    lens: Lens,
    company: Company,
    top: str,
    direct: Fraction | None,
    held: dict[int, Fraction],
    style: Style,
) -> tuple[str, ...]:
    now = standing(ledger, lens, company.issuer)
    lines = []
    if now.status != _ACTIVE:
        since = "" if now.since is None or now.since > lens.as_of else f" since {day_text(now.since, style)}"
        lines.append(f"{now.status[:1].upper()}{now.status[1:]}{since}")
    if company.effective is not None and company.effective != (direct or Fraction(0)):
        lines.append(f"{percent(company.effective, style)} % in effect of {top}")
    own = held.get(company.issuer)
    if own is not None and own < 1:
        lines.append(f"Others hold {percent(1 - own, style)} %")
    return tuple(lines)


def _move_text(ledger: Ledger, names: dict[int, str], move: PossibleMove, style: Style) -> str:
    paper, into = ledger.securities[move.security], ledger.securities[move.into]
    units = shown(Kind.SHARES, move.units, style)
    said = f"{units} {paper.name} could become "
    if move.shares is None:
        return f"{said}{into.name} of {names[move.into_issuer]}: {move.reason}"
    shares = shown(Kind.SHARES, move.shares, style)
    ratio = "" if move.per_unit is None else f", {_for_each(move.per_unit, style)}"
    return f"{said}{shares} {into.name} of {names[move.into_issuer]}{ratio}"


def _for_each(per_unit: Fraction, style: Style) -> str:
    new = shown(Kind.SHARES, per_unit.numerator, style)
    if per_unit.denominator == 1:
        return f"{new} for each"
    return f"{new} for {shown(Kind.SHARES, per_unit.denominator, style)}"


def _sentence(text: str) -> str:
    """Return a text with a full stop at its end, also where it ends with an abbreviation."""
    return text if text.endswith(".") else f"{text}."
