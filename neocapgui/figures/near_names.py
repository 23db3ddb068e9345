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
_LEAST_LACKING = 8  # letters of a name in a list from which another with one letter more is doubted
_LEAST_WORD = 5  # letters of the word that has the slip: Jan and Jana, Sen and Senn are two names


class NearNames:
    """Names of a list and those known so far, asked for one that is really near.

    A list names hundreds at once, and among them are Ida Abel and Ada Abel: it is doubted less than one name
    that is typed. Only a letter that is missing is a slip here, and only in a longer name that begins alike.
    """

    def __init__(self, names: Iterable[str] = (), looks_for_slips: bool = True) -> None:
        """Know some names; a letter that is missing is looked for only where that is quick."""
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
        """Return the first known name that is probably the same but for its form, marks, order or a letter.

        Of two names with the same first letter the longer has one more, and the shorter at least eight; the
        word that differs has at least five.

        >>> known = NearNames(["ACME Limited", "Harbor Fund II", "John Smith", "Ida Abel"])
        >>> known.like("Acme Ltd"), known.like("Smith, John"), known.like("Harbour Fund II")
        ('ACME Limited', 'John Smith', 'Harbor Fund II')
        >>> known.like("Harbor Fund III"), known.like("Ada Abel")
        (None, None)
        """
        own = _read(name)
        for one in self._by_bones.get(own.bones, ()):
            if _is_near(own, _read(one)):
                return one
        slipped = (one for slip in self._slips(own) for one in self._by_slip.get(slip, ()))
        return next((one for one in slipped if _lacks_a_letter(own, _read(one))), None)

    def _slips(self, name: _Name) -> Iterator[str]:
        """Yield a name whole and with each letter left out: two of which one lacks a letter share one."""
        if self._looks_for_slips:
            yield name.letters
            for place in range(len(name.letters) if len(name.letters) > _LEAST_LACKING else 0):
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


def _lacks_a_letter(one: _Name, other: _Name) -> bool:
    """Whether two names of a list differ by one letter that is missing, or only by the gaps between words."""
    if one.letters == other.letters:
        return _is_near(one, other)
    lengths = sorted((len(one.letters), len(other.letters)))
    if lengths[0] < _LEAST_LACKING or lengths[1] - lengths[0] != 1 or one.letters[0] != other.letters[0]:
        return False
    words = set(one.bones.split()) ^ set(other.bones.split())  # those in which the two differ
    return all(len(word) >= _LEAST_WORD for word in words) and _is_near(one, other)


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
