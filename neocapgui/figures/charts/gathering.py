"""The course of an ownership as a chart shows it: small holders gathered, by class, restated for splits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import lcm

import numpy as np

from neocapgui.engine.course import OTHERS, Course
from neocapgui.engine.lens import Lens
from neocapgui.engine.look_through_course import UNTRACED
from neocapgui.engine.movements import movements
from neocapgui.engine.ownership import POOL
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.splicing import Integers
from neocapgui.ledger.terms import SecurityKind

MOST = 60  # bands that are looked at one by one
CLASSES = tuple(SecurityKind)
CLASS_TITLES = {
    SecurityKind.COMMON: "Common stock",
    SecurityKind.PREFERRED: "Preferred stock",
    SecurityKind.CONVERTIBLE: "Convertible notes",
    SecurityKind.SAFE: "SAFEs",
    SecurityKind.WARRANT: "Warrants",
    SecurityKind.OPTION_PLAN: "Plans",
    SecurityKind.OPTION: "Options",
    SecurityKind.RIGHT: "Rights",
}


class Gather(StrEnum):
    """Which bands stand by themselves; the others are gathered in one."""

    TOP_12 = "top_12"
    TOP_8 = "top_8"
    TOP_5 = "top_5"
    TOP_3 = "top_3"
    FROM_1 = "from_1"
    FROM_5 = "from_5"
    FROM_10 = "from_10"

    @property
    def most(self) -> int:
        """How many bands stand by themselves at most."""
        return int(self.removeprefix("top_")) if self.startswith("top_") else MOST

    @property
    def least(self) -> Fraction:
        """The part of the company that a band must have had on some day to stand by itself."""
        return Fraction(int(self.removeprefix("from_")), 100) if self.startswith("from_") else Fraction(0)

    @property
    def offered(self) -> str:
        """How it is offered."""
        if self.startswith("top_"):
            return f"{self.most} largest"
        return f"From {int(self.removeprefix('from_'))} %"


def gathered(found: Course, gather: Gather) -> Course:
    """Return a course in which whoever never had enough is among the others; nothing is lost.

    The part is that of the best day, exactly; what plans can grant stays by itself.
    """
    if not gather.least or not len(found.days):
        return found
    small = [
        place
        for place, band in enumerate(found.bands)
        if band not in (OTHERS, UNTRACED, POOL) and not _ever_has(found, place, gather.least)
    ]
    if not small:
        return found
    rest = small + [place for place, band in enumerate(found.bands) if band == OTHERS]
    kept = [place for place in range(len(found.bands)) if place not in rest]
    pool = [place for place in kept if found.bands[place] in (UNTRACED, POOL)]
    own = [place for place in kept if place not in pool]
    columns = [found.units[:, own], found.units[:, rest].sum(axis=1)[:, None], found.units[:, pool]]
    bands = (*(found.bands[place] for place in own), OTHERS, *(found.bands[place] for place in pool))
    return replace(found, bands=bands, units=np.concatenate(columns, axis=1))


def _ever_has(found: Course, place: int, least: Fraction) -> bool:
    parts = found.units[:, place].astype(object) * least.denominator
    return bool((parts >= found.totals.astype(object) * least.numerator)[found.totals > 0].any())


def by_class(ledger: Ledger, found: Course) -> Course:
    """Return a course by security as one by kind of paper; a band's key is the kind's place in CLASSES."""
    kinds: dict[int, list[int]] = {}
    for place, band in enumerate(found.bands):
        kind = band if band in (OTHERS, POOL) else CLASSES.index(ledger.securities[band].kind) + 1
        kinds.setdefault(kind, []).append(place)
    order = sorted(kinds, key=lambda kind: (kind in (OTHERS, POOL), kind == POOL, kind))
    if not order:
        return found
    units = np.stack([found.units[:, kinds[kind]].sum(axis=1) for kind in order], axis=1)
    return replace(found, bands=tuple(order), units=units)


def restated(ledger: Ledger, lens: Lens, found: Course) -> Course:
    """Return a course in the shares of the last day: every count times the ratios of all later splits.

    The splits are those of the issuer's common (the first class of it that was split); rounding to whole
    shares is not repeated, so a restated count may have a fraction. The parts of the company stay.
    """
    ratios = split_ratios(ledger, lens)
    if not ratios or not len(found.days):
        return found
    factors: list[Fraction] = []
    for day in found.days:
        factor = Fraction(1)
        for of, ratio in ratios:
            factor *= ratio if of > day else 1
        factors.append(factor)
    denominator = lcm(*(factor.denominator for factor in factors))
    scaled = np.array([int(factor * denominator) for factor in factors], object)
    units: Integers = found.units.astype(object) * scaled[:, None]
    return replace(found, units=units, totals=units.sum(axis=1), scale=found.scale * denominator)


def split_ratios(ledger: Ledger, lens: Lens) -> tuple[tuple[date, Fraction], ...]:
    """Return day and ratio of the splits of the issuer's common, or else of its first paper with any."""
    numbers = ledger.transactions.numbers
    rows = movements(ledger, lens).splits
    own = {security.id: security for security in ledger.securities_of(lens.issuer or 0)}
    split = dict.fromkeys(int(numbers["security"][row]) for row in rows.tolist())
    ranked = sorted(
        (id for id in split if id in own), key=lambda id: (own[id].kind is not SecurityKind.COMMON, id)
    )
    return tuple(
        (
            date.fromordinal(int(numbers["date"][row])),
            Fraction(int(numbers["ratio_new"][row]), int(numbers["ratio_old"][row])),
        )
        for row in rows.tolist()
        if ranked and int(numbers["security"][row]) == ranked[0]
    )
