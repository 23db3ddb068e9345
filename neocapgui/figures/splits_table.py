"""What the last split up to a day did to every holder, fraction by fraction."""

from __future__ import annotations

from fractions import Fraction

from neocapgui.engine.lens import Lens
from neocapgui.engine.splits import HolderAfterSplit, SplitEvent, split_outcome, splits
from neocapgui.figures.cap_table import subtitle
from neocapgui.figures.choices import names_of
from neocapgui.figures.kinds import PLAIN, Kind, Style, day_text, shown
from neocapgui.figures.tables import Column, Lines, Row, Table
from neocapgui.ledger.facts import Security, Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Rounding

_COLUMNS = (
    Column("Stakeholder", Kind.TEXT, width=36),
    Column("Shares before", Kind.SHARES),
    Column("Exact after", Kind.SHARES, help="Shares before x ratio"),
    Column("Shares after", Kind.SHARES, help="Rounded holder by holder as the split says"),
    Column("Fraction", Kind.SHARES, help="Of a new share, left over"),
    Column("Old shares left over", Kind.SHARES, help="The fraction, counted in shares before the split"),
    Column("Cash in lieu", Kind.MONEY, help="For the fraction at the price of a new share, to the cent"),
)


def last_split(ledger: Ledger, lens: Lens) -> SplitEvent | None:
    """Return the last split of a security of the lens's issuer on or before its day."""
    own = {security.id for security in ledger.securities_of(lens.issuer or 0)}
    past = [event for event in splits(ledger, lens) if event.security in own and event.date <= lens.as_of]
    return past[-1] if past else None


def splits_table(ledger: Ledger, lens: Lens) -> Table:
    """Every holder before and after the last split, with what is paid for fractions."""
    event = last_split(ledger, lens)
    if event is None:
        return Table(
            "splits",
            "Split by holder",
            _COLUMNS,
            (),
            subtitle(ledger, lens),
            empty="No security of this company has been split up to this day.",
        )
    return split_table(ledger, lens, event)


def split_table(ledger: Ledger, lens: Lens, event: SplitEvent, style: Style = PLAIN) -> Table:
    """Every holder before and after one split, with what is paid for fractions."""
    names = names_of(ledger, Stakeholder)
    outcome = split_outcome(ledger, lens, event)
    lines = Lines(outcome, lambda line: _row(line, names[line.stakeholder], event))
    about, total = _about(ledger, event, style), _total(outcome, event)
    return Table("splits", "Split by holder", _COLUMNS, lines, about, total)


def _row(line: HolderAfterSplit, name: str, event: SplitEvent) -> Row:
    left = line.fraction / event.ratio
    cells = (
        line.before,
        line.exact,
        line.after or None,
        line.fraction or None,
        left or None,
        line.cash or None,
    )
    return Row((name, *cells), key=line.stakeholder)


def _total(outcome: tuple[HolderAfterSplit, ...], event: SplitEvent) -> Row:
    before = sum((line.before for line in outcome), Fraction(0))
    exact = sum((line.exact for line in outcome), Fraction(0))
    after = sum((line.after for line in outcome), Fraction(0))
    fraction = sum((line.fraction for line in outcome), Fraction(0))
    paid = [line.cash for line in outcome if line.cash is not None]
    cash = sum(paid, Fraction(0)) if paid else None
    return Row(
        ("Total", before, exact, after, fraction, fraction / event.ratio, cash), key="total", is_total=True
    )


def _about(ledger: Ledger, event: SplitEvent, style: Style) -> str:
    ratio = shown(Kind.RATIO, event.ratio)
    parts = [names_of(ledger, Security)[event.security], f"{ratio} on {day_text(event.date, style)}"]
    parts.append(f"fractions: {event.treatment.replace('_', ' ')}")
    if event.treatment is Rounding.CASH and event.price is None:
        parts.append("no price is entered, so the cash cannot be told")
    return "  ·  ".join(parts)
