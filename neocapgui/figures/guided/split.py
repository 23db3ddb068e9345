"""The guide to a split or reverse split: its ratio, what becomes of fractions, whom and what it changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from neocapgui.engine.calculations.minimum_bid import CUMULATIVE_LIMIT
from neocapgui.engine.calculations.month_arithmetic import months_after
from neocapgui.engine.calculations.splitting import SplitRatio, cumulative_reverse_ratio
from neocapgui.engine.holdings import holdings
from neocapgui.engine.lens import Lens
from neocapgui.engine.ownership import STOCK
from neocapgui.engine.rights import TermsInForce
from neocapgui.engine.splits import HolderAfterSplit, SplitEvent, split_outcome, splits
from neocapgui.figures.choices import Words, names_of
from neocapgui.figures.guided.asking import (
    day_field,
    held_securities,
    paper_fields,
    recorded,
    the_only,
    usual,
)
from neocapgui.figures.guided.guide import Field, Form, Guide, Proposal, Remark, Unanswered
from neocapgui.figures.guided.permitted import (
    TOLD,
    approval_field,
    begun_with_class,
    class_counts,
    class_field,
    classes_of_shares,
    issuer_of,
    on_approval,
    seen_from,
    stated,
)
from neocapgui.figures.guided.restated import restated_table
from neocapgui.figures.kinds import Kind, grouped
from neocapgui.figures.splits_table import split_table
from neocapgui.figures.tables import Table
from neocapgui.ledger.edits import Change, Edit, apply
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Rounding

_CLASSES = Words({False: "this class only", True: "every class of the company"})
_NAMED = 4  # holders that a remark names
_YEARS = 2  # over which the ratios of reverse splits are multiplied


def _fields(form: Form) -> tuple[Field, ...]:
    fields = [
        class_field(form, "The class of shares that is split."),
        day_field("The day on which the split takes effect; it comes last on that day."),
        Field(
            "ratio",
            "New for old",
            Kind.RATIO,
            help="New shares for old ones: 1:25 makes one of twenty-five, 2:1 makes two of one.",
            hint="1:25 is a reverse split",
        ),
    ]
    if len(_classes(form, True)) > 1:
        help = "Whether the other classes of the company are split alike."
        fields.append(Field("all", "Applies to", Kind.CHOICE, _CLASSES, help))
    fields.append(
        Field(
            "fractions",
            "Fractions",
            Kind.CHOICE,
            Words.of(Rounding),
            "What becomes of a fraction of a share, holder by holder.",
            "each class by its own terms",
        )
    )
    if form.get("fractions") is Rounding.CASH:
        help = "Price of one new share at which fractions are paid out."
        fields.append(Field("price", "Cash for a new share", Kind.PRICE, help=help, hint=_market(form)))
    return (*fields, approval_field(form, issuer_of(form, form.get("security"))), *paper_fields())


def _market(form: Form) -> str:
    """Return the last price, restated by the split, as a hint: the price paid is what the paper says."""
    ratio, security = form.get("ratio"), form.get("security")
    last = None if security is None else TermsInForce.on(form.ledger, form.on_day).last_price(security)
    if not last or not ratio:
        return "as the paper says"
    style = form.style
    return f"{grouped(last / ratio, style, 2, 4)} at the last price of {grouped(last, style, 2, 4)}"


def _classes(form: Form, is_all: bool) -> tuple[int, ...]:
    """Return the class that is split, and the others of the company that anybody holds where all are."""
    security = form.get("security")
    if security is None:
        return ()
    held, issuer = held_securities(form.ledger, form.on_day), issuer_of(form, security)
    others = [
        one.id
        for one in form.ledger.securities_of(issuer or 0)
        if one.kind in STOCK and one.id in held and one.id != security
    ]
    return (security, *others) if is_all else (security,)


def _proposed(form: Form) -> dict[str, Proposal]:
    held = held_securities(form.ledger, form.on_day)
    own = {
        id: name
        for id, name in classes_of_shares(form).items()
        if form.ledger.securities[id].issuer == form.lens.issuer and id in held
    }
    found = usual(form) | {"security": the_only(own, "the only class"), "all": Proposal(False)}
    security = form.ledger.securities.get(form.get("security") or found["security"].value or 0)
    if security is not None and not form.get("all"):
        found["fractions"] = Proposal(security.rounding, "by the terms of the class")
    return found


def _edit(form: Form) -> Edit:
    security = form.need("security", "Choose the class of shares that is split.")
    ratio: Fraction = form.need("ratio", "Type new shares for old ones: 1:25 makes one of twenty-five.")
    if ratio <= 0:
        raise Unanswered("ratio", "A ratio has shares on both sides, as 1:25 has.")
    if ratio == 1:
        raise Unanswered("ratio", "A split of one for one changes nothing.")
    fractions = form.get("fractions")
    records = [
        recorded(
            form,
            "split",
            further,
            security=id,
            ratio=ratio,
            value="" if fractions is None else str(fractions),
            price=stated(form, "price") if fractions is Rounding.CASH and id == security else None,
            approval=form.get("approval"),
        )
        for further, id in enumerate(_classes(form, bool(form.get("all"))))
    ]
    name, way = form.ledger.securities[security].name, "reverse split" if ratio < 1 else "split"
    whose = f"{len(records)} classes" if len(records) > 1 else name
    return Edit(
        f"Record the {written_ratio(ratio)} {way} of {whose}",
        tuple(Change(None, record) for record in records),
    )


def written_ratio(ratio: Fraction) -> str:
    """Return new shares for old as they are written.

    >>> written_ratio(Fraction(1, 25))
    '1:25'
    """
    return f"{ratio.numerator}:{ratio.denominator}"


@dataclass(frozen=True, slots=True, eq=False)
class _Outcome:
    """The ledger with the split, and what the split did to each holder of a class."""

    ledger: Ledger
    lens: Lens
    events: tuple[SplitEvent, ...]  # of this entry

    @classmethod
    def of(cls, form: Form) -> _Outcome:
        edit = _edit(form)
        after, lens = apply(form.ledger, edit), seen_from(form)
        ids = {change.id for change in edit.changes}
        return cls(after, lens, tuple(event for event in splits(after, lens) if event.id in ids))

    def holders(self, event: SplitEvent) -> tuple[HolderAfterSplit, ...]:
        return split_outcome(self.ledger, self.lens, event)


def _remarks(form: Form) -> tuple[Remark, ...]:
    outcome = _Outcome.of(form)
    return (
        Remark(_in_words(form)),
        *(remark for event in outcome.events for remark in _on_class(form, outcome, event)),
        *_on_two_years(form, outcome),
        *on_approval(form),
    )


def _in_words(form: Form) -> str:
    ratio: Fraction = form.get("ratio")
    new, old = (grouped(count, form.style) for count in (ratio.numerator, ratio.denominator))
    if ratio < 1:
        return f"{old} old shares become {new} new: a reverse split. Prices are multiplied, counts divided."
    become = "1 old share becomes" if ratio.denominator == 1 else f"{old} old shares become"
    return f"{become} {new} new: a forward split; a reverse split of {new} for {old} is typed {old}:{new}."


def _on_class(form: Form, outcome: _Outcome, event: SplitEvent) -> Iterator[Remark]:
    style, lines = form.style, outcome.holders(event)
    name = outcome.ledger.securities[event.security].name
    before, exact, after = (
        sum((getattr(line, field) for line in lines), Fraction(0)) for field in ("before", "exact", "after")
    )
    rounded = ""
    if exact != after:
        by = grouped(abs(after - exact), style, 0, 4)
        way = "more" if after > exact else "fewer"
        rounded = (
            f"; divided once it would be {grouped(exact, style, 0, 4)}: rounding each holder makes {by} {way}"
        )
    yield Remark(f"{grouped(before, style, 0, 4)} {name} become {grouped(after, style, 0, 4)}{rounded}.")
    yield from _on_cash(form, event, lines)
    lost = [line for line in lines if line.before > 0 and not line.after]
    if lost:
        yield Remark(_lost(form, name, lost), True)
    found = class_counts(outcome.ledger, outcome.lens, event.security)
    if found.authorized is not None and found.available is not None:
        left = grouped(abs(found.available), style, 0, 4)
        rest = f"{left} are available after it" if found.available >= 0 else f"{left} are too few after it"
        whole = f"{grouped(found.authorized, style, 0, 4)} {name} stay authorized"
        yield Remark(f"{whole}: a split alone does not change the number; {rest}.", found.available < 0)


def _on_cash(form: Form, event: SplitEvent, lines: tuple[HolderAfterSplit, ...]) -> Iterator[Remark]:
    style, fractions = form.style, [line for line in lines if line.fraction]
    if event.treatment is not Rounding.CASH or not fractions:
        return
    holders = "1 holder gets" if len(fractions) == 1 else f"{len(fractions):,} holders get"
    if event.price is None:
        yield Remark(f"{holders} cash for a fraction; without a price it is not known how much.", True)
        return
    paid = sum((line.cash for line in fractions if line.cash is not None), Fraction(0))
    price = grouped(event.price, style, 2, 8)
    yield Remark(f"{holders} {grouped(paid, style, 2, 2)} in all for fractions, at {price} for a new share.")


def _lost(form: Form, name: str, lost: list[HolderAfterSplit]) -> str:
    names = names_of(form.ledger, Stakeholder)
    named = [
        f"{names[line.stakeholder]} ({grouped(line.before, form.style, 0, 4)})" for line in lost[:_NAMED]
    ]
    more = f" and {len(lost) - _NAMED:,} more" if len(lost) > _NAMED else ""
    return f"All shares of {name} are lost by {', '.join(named)}{more}: too few for one new share."


def _on_two_years(form: Form, outcome: _Outcome) -> Iterator[Remark]:
    """Say what the reverse splits of two years multiply to.

    Source: Nasdaq Rule 5810(c)(3)(A)(iv), in force since 2020.
    """
    if form.get("ratio") >= 1:
        return
    since = months_after(form.day, -12 * _YEARS) if form.day.year > _YEARS else date.min
    past = [
        event
        for event in splits(outcome.ledger, outcome.lens)
        if event.security == form.get("security") and since < event.date <= form.day and event.ratio < 1
    ]
    ratios = [SplitRatio(event.ratio.numerator, event.ratio.denominator) for event in past]
    product, style = cumulative_reverse_ratio(ratios), form.style
    is_much = product >= CUMULATIVE_LIMIT
    if len(past) == 1 and not is_much:
        yield Remark("It is the only reverse split of this class within two years.")
        return
    many = "reverse splits" if len(past) > 1 else "reverse split"
    much = f"; from {CUMULATIVE_LIMIT}:1 on Nasdaq gives no time to cure a low bid" if is_much else ""
    yield Remark(
        f"{len(past)} {many} within two years make {grouped(product, style, 0, 2)}:1 together{much}.", is_much
    )


def _tables(form: Form) -> tuple[Table, ...]:
    outcome = _Outcome.of(form)
    before = TermsInForce.on(form.ledger, outcome.lens)
    after = TermsInForce.on(outcome.ledger, outcome.lens)
    several = len(outcome.events) > 1
    found = []
    for event in outcome.events:
        name = outcome.ledger.securities[event.security].name
        table = split_table(outcome.ledger, outcome.lens, event, form.style)
        title = f"Holders of {name}" if several else "Holder by holder"
        found.append(replace(table, name=f"split_holders_{event.security}", title=title))
    held = holdings(form.ledger, outcome.lens).totals()
    return (*found, restated_table(before, after, held, tuple(event.security for event in outcome.events)))


GUIDE = Guide(begun_with_class, _fields, _proposed, _edit, _remarks, _tables, TOLD)
