"""Names that are likely the same holder written in another way: another legal form, order or one letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from neocapgui.figures.likeness import folded

_LEGAL_FORMS = """
ag and co company corp corporation dr et gmbh holding holdings inc incorporated kg limited llc llp lp ltd
mr mrs ms nv of plc sa sarl sas sicav spa the trust und
"""
_LEGAL = frozenset(_LEGAL_FORMS.split())
_PARTS = re.compile(r"[\W_]+")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")  # L.P. is LP
_TELLING = re.compile(r"\d|^[ivx]+$|^.$")  # words that tell holders apart by one letter: Fund II, Series A
_LEAST_LETTERS = 7  # of a name in which one other letter may be a slip


@lru_cache(maxsize=100_000)
def bones(name: str) -> str:
    """Return what is left of a name without legal form, marks and order of words.

    >>> bones("ACME Limited") == bones("Acme, Ltd."), bones("Smith, John") == bones("John Smith")
    (True, True)
    """
    words = _PARTS.sub(" ", _DOTTED.sub("", folded(name))).split()
    left = [word for word in words if word not in _LEGAL]
    return " ".join(sorted(left or words))


class NearNames:
    """Names known so far, asked for one that is likely the same."""

    def __init__(self, names: Iterable[str] = (), looks_for_slips: bool = True) -> None:
        """Know some names; slips of one letter are looked for only where that is quick."""
        self._looks_for_slips = looks_for_slips
        self._by_bones: dict[str, str] = {}
        self._by_slip: dict[str, str] = {}
        for name in names:
            self.learn(name)

    def learn(self, name: str) -> None:
        """Know one more name."""
        own = bones(name)
        self._by_bones.setdefault(own, name)
        for slip in _slips(own) if self._looks_for_slips else ():
            self._by_slip.setdefault(slip, own)

    def like(self, name: str) -> str:
        """Return the known name that is likely the same holder, or nothing.

        >>> NearNames(["ACME Limited", "Harbor Fund II"]).like("Acme Ltd")
        'ACME Limited'
        >>> NearNames(["Harbor Fund II"]).like("Harbor Fund III")
        ''
        """
        own = bones(name)
        if own in self._by_bones:
            return self._by_bones[own]
        for slip in _slips(own) if self._looks_for_slips else ():
            other = self._by_slip.get(slip)
            if other is not None and _telling(other) == _telling(own):
                return self._by_bones[other]
        return ""


def _slips(own: str) -> Iterator[str]:
    """Yield a name with each letter left out, and whole: two names that share one differ by one letter."""
    letters = own.replace(" ", "")
    if len(letters) < _LEAST_LETTERS:
        return
    yield letters
    for place in range(len(letters)):
        yield letters[:place] + letters[place + 1 :]


def _telling(own: str) -> list[str]:
    return [word for word in own.split() if _TELLING.search(word)]
