"""Which colour of the palette each holder and each security has, the same in every chart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from neocapgui.engine.course import OTHERS, course, moving_days
from neocapgui.engine.lens import Basis, Lens
from neocapgui.engine.ownership import POOL
from neocapgui.figures.charts.stripes import WAYS
from neocapgui.ledger.ledger import Ledger

HUES = 6  # colours told apart by everybody; the next one of a palette is its grey
_MANY = 20_000  # transactions beyond which colours go by number, not by size
_MOVING = 20_000  # days on which terms may move times conversion rights, beyond which they do as well


class Shade(StrEnum):
    """How a hue is worn."""

    PLAIN = "plain"
    PALE = "pale"
    DEEP = "deep"


@dataclass(frozen=True, slots=True)
class Tone:
    """A role in the palette: one of its hues, or its grey, in a shade; with stripes where two would meet."""

    hue: int
    shade: Shade = Shade.PLAIN
    stripes: int = 0  # which way they go, one of WAYS


TONES = tuple(Tone(hue, shade) for shade in Shade for hue in range(HUES))
GREY = Tone(HUES)
PALE_GREY = Tone(HUES, Shade.PALE)


def tone(ledger: Ledger, key: int, by_security: bool = False) -> Tone:
    """Return the colour of a stakeholder or a security, of the others together, or of the pool.

    Those who ever were large owners of one company have different colours as long as there are enough;
    the others have theirs by number.

    >>> tone(Ledger(), 19) == tone(Ledger(), 1) == Tone(1), tone(Ledger(), OTHERS) == GREY
    (True, True)
    """
    if key in (OTHERS, POOL):
        return GREY if key == OTHERS else PALE_GREY
    return TONES[_places(ledger, by_security).get(key, key) % len(TONES)]


def apart_from(wanted: Tone, used: Collection[Tone]) -> Tone:
    """Return a colour as it is worn beside others: with stripes where it is one of them already.

    >>> apart_from(Tone(2), {Tone(1)}) == Tone(2), apart_from(Tone(2), {Tone(2)}).stripes
    (True, 1)
    """
    ways = (replace(wanted, stripes=way) for way in WAYS)
    return next((one for one in ways if one not in used), wanted)


def told_apart(wanted: Iterable[Tone]) -> tuple[Tone, ...]:
    """Return the colours of one chart, no two of them alike: the later of two has stripes."""
    used: list[Tone] = []
    for one in wanted:
        used.append(apart_from(one, used))
    return tuple(used)


@lru_cache(maxsize=4)
def _places(ledger: Ledger, by_security: bool) -> Mapping[int, int]:
    """Return the place in TONES of every large owner (or security).

    The largest few of a company get the plain hues, in the order of their numbers: an edit that moves
    one past the other leaves their colours. Owners of other companies are told apart from them as far as
    there are colours, for they meet where a company is looked through.
    """
    places: dict[int, int] = {}
    elsewhere = Counter[int]()
    for issuer in ledger.issuers if len(ledger.transactions) <= _MANY else ():
        if len(moving_days(ledger, issuer)) * (1 + len(ledger.conversion_rights)) > _MOVING:
            continue
        ranked = _ranked(ledger, issuer, by_security)
        used = Counter(places[key] for key in ranked if key in places)
        for some in (ranked[:HUES], ranked[HUES:]):
            for key in sorted(set(some) - set(places)):
                places[key] = min(range(len(TONES)), key=lambda place: (used[place], elsewhere[place], place))
                used[places[key]] += 1
        elsewhere += used
    return places


def _ranked(ledger: Ledger, issuer: int, by_security: bool) -> tuple[int, ...]:
    basis = Basis.FULLY_DILUTED if by_security else Basis.AS_CONVERTED
    lens = Lens(date.max, issuer, basis)
    bands = course(ledger, lens, len(TONES), by_security).bands
    return tuple(key for key in bands if key not in (OTHERS, POOL))
