"""Names that are probably one written differently: “Acme Ltd” and “ACME Limited”, or one letter wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from neocapgui.figures.likeness import folded

_FORMS = {  # forms of companies that are written in several ways, and words that say nothing
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "company": "co",
    **dict.fromkeys(("and", "dr", "et", "mr", "mrs", "ms", "of", "the", "und"), ""),
}
_COMPANIES = frozenset({"ag", "bv", "co", "corp", "gmbh", "inc", "ltd", "nv", "plc", "sa", "sarl", "spa"})
_KINDS = _COMPANIES | {"kg", "llc", "llp", "lp", "sas", "sicav"}
_WORDS = re.compile(r"[^\W_]+")
_SPELT_OUT = re.compile(r"\b(?:[a-z]\.){2,}|\b[a-z](?:\.[a-z])+\b")  # L.L.C., S.A
_TELLING = re.compile(r"\d|^[ivx]+$|^.$")  # words that tell names apart by one letter: Fund II, Series A
_LEAST_SLIP = 7  # letters of a name from which one wrong letter is a slip and not another name


class NearNames:
    """Names known so far, asked for one that is probably the same."""

    def __init__(self, names: Iterable[str] = (), looks_for_slips: bool = True) -> None:
        """Know some names; slips of one letter are looked for only where that is quick."""
        self._looks_for_slips = looks_for_slips
        self._by_bones: dict[str, list[str]] = {}
        self._by_slip: dict[str, list[str]] = {}
        for name in names:
            self.learn(name)

    def learn(self, name: str) -> None:
        """Know one more name."""
        own = _read(name)
        self._by_bones.setdefault(own.bones, []).append(name)
        for slip in self._slips(own):
            self._by_slip.setdefault(slip, []).append(name)

    def like(self, name: str) -> str | None:
        """Return the first known name that is probably the same, as `near_name` tells it.

        >>> known = NearNames(["ACME Limited", "Harbor Fund II", "John Smith"])
        >>> known.like("Acme Ltd"), known.like("Smith, John"), known.like("Harbor Fund III")
        ('ACME Limited', 'John Smith', None)
        """
        own = _read(name)
        same = self._by_bones.get(own.bones, ())
        slipped = (one for slip in self._slips(own) for one in self._by_slip.get(slip, ()))
        return next((one for one in (*same, *slipped) if _is_near(own, _read(one))), None)

    def _slips(self, name: _Name) -> Iterator[str]:
        """Yield a name whole and with each letter left out: two that differ by one share one of them."""
        if self._looks_for_slips:
            yield name.letters
            for place in range(len(name.letters) if len(name.letters) >= _LEAST_SLIP else 0):
                yield name.letters[:place] + name.letters[place + 1 :]


def near_name(name: str, names: Iterable[str]) -> str | None:
    """Return the first of some names that is probably meant by another; None for the same name, or none.

    Case, accents, marks, the order of words, “the”, “and” and “&” do not count, and the form of a company
    counts as one however it is written; a form that is left out does not tell two apart. From seven letters
    on neither does one letter that is wrong, missing, too many or has changed places with the next; digits,
    initials and Roman numbers always do.

    >>> near_name("Acme Ltd", ["Acorn Inc", "ACME Limited"])
    'ACME Limited'
    >>> near_name("Fund II", ["Fund III"]) is None
    True
    """
    known = list(names)
    if any(name.strip().casefold() == one.strip().casefold() for one in known):
        return None
    own = _read(name)
    return next((other for other in known if _is_near(own, _read(other))), None)


@dataclass(frozen=True, slots=True)
class _Name:
    """What of a name is compared."""

    bones: str  # its words without forms and marks, in the order of the alphabet
    letters: str  # the same in the order they are written, without gaps
    telling: tuple[str, ...]
    forms: frozenset[str]


@lru_cache(maxsize=100_000)
def _read(name: str) -> _Name:
    text = _SPELT_OUT.sub(lambda match: match[0].replace(".", ""), folded(name).replace("'", ""))
    words = [word for word in (_FORMS.get(one, one) for one in _WORDS.findall(text)) if word]
    bare = [word for word in words if word not in _KINDS]
    telling = tuple(sorted(word for word in bare if _TELLING.search(word)))
    return _Name(" ".join(sorted(bare)), "".join(bare), telling, _KINDS.intersection(words))


def _is_near(one: _Name, other: _Name) -> bool:
    if one.forms and other.forms and one.forms != other.forms:
        return False
    if one.bones == other.bones:
        return bool(one.bones)
    return one.telling == other.telling and _is_slip(one.letters, other.letters)


def _is_slip(one: str, other: str) -> bool:
    """Whether two names have the same letters, or differ by one, or by two neighbours that changed places."""
    if one == other:
        return True
    if min(len(one), len(other)) < _LEAST_SLIP or abs(len(one) - len(other)) > 1:
        return False
    while one[:1] == other[:1]:
        one, other = one[1:], other[1:]
    while one[-1:] == other[-1:] and one and other:
        one, other = one[:-1], other[:-1]
    return max(len(one), len(other)) == 1 or (len(one) == 2 and one == other[::-1])
