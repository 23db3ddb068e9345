"""Whether a name is probably another one written differently: “Acme Ltd” and “ACME Limited”."""

from __future__ import annotations

import re
from collections.abc import Iterable

from neocapgui.figures.likeness import folded

_WORDS = re.compile(r"[^\W_]+")
_FORMS = {  # forms of companies that are written in several ways, and words that say nothing
    "limited": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "company": "co",
    "and": "",
    "the": "",
}
_SPELT_OUT = re.compile(r"\b(?:[a-z]\.){2,}|\b[a-z](?:\.[a-z])+\b")  # L.L.C., S.A
_LEAST_SLIP = 7  # letters of a name from which one wrong letter is a slip and not another name


def near_name(name: str, names: Iterable[str]) -> str | None:
    """Return the first of some names that is probably meant by another; None for the same name, or none.

    Case, accents, marks, “the”, “and” and “&” do not count, and the form of a company counts as one however
    it is written; a form that is left out does not tell two apart. From seven letters on neither does one
    letter that is wrong, missing, too many or has changed places with the next; digits always do.

    >>> near_name("Acme Ltd", ["Acorn Inc", "ACME Limited"])
    'ACME Limited'
    >>> near_name("Fund II", ["Fund III"]) is None
    True
    """
    known = list(names)
    if any(name.strip().casefold() == one.strip().casefold() for one in known):
        return None
    own = _words(name)
    if not own:
        return None
    for other in known:
        if _is_near(own, _words(other)):
            return other
    return None


_KINDS = frozenset(
    {"ltd", "inc", "corp", "co", "llc", "plc", "gmbh", "ag", "sa", "nv", "bv", "lp", "llp", "sarl"}
)


def _words(name: str) -> tuple[str, ...]:
    text = _SPELT_OUT.sub(lambda match: match[0].replace(".", ""), folded(name).replace("'", ""))
    plain = (_FORMS.get(word, word) for word in _WORDS.findall(text))
    return tuple(word for word in plain if word)


def _is_near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    bare, other_bare = _bare(one), _bare(other)
    forms, other_forms = set(one) & _KINDS, set(other) & _KINDS
    if forms and other_forms and forms != other_forms:
        return False
    if bare == other_bare or "".join(bare) == "".join(other_bare):
        return bool(bare)
    return _is_slip(" ".join(bare), " ".join(other_bare))


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _KINDS)


def _is_slip(one: str, other: str) -> bool:
    """Whether two names differ by one letter, or by two that changed places."""
    if min(len(one), len(other)) < _LEAST_SLIP or abs(len(one) - len(other)) > 1:
        return False
    head = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None
    )
    if head is None:
        rest = one[len(other) :] + other[len(one) :]
        return rest.isalpha() and len(one) != len(other) and not _is_last_word(one, other, rest)
    left, right = one[head:], other[head:]
    wrong = {*left[:2], *right[:2]} if left[1:2] == right[:1] else {left[:1], right[:1]}
    if not all(letter.isalpha() or letter == " " for letter in wrong if letter):
        return False
    ways = (
        left[1:] == right[1:],
        left[1:] == right,
        left == right[1:],
        left[1:2] + left[:1] + left[2:] == right,
    )
    return any(ways) and not _is_numeral(one, other, head)


def _is_last_word(one: str, other: str, rest: str) -> bool:
    """Whether a further letter at the end belongs to a numeral or is an initial: Fund II, Series A."""
    last = max(one, other, key=len).split(" ")[-1]
    return len(last) == 1 or set(last) <= set("ivx")


def _is_numeral(one: str, other: str, place: int) -> bool:
    """Whether what differs stands in a word of one letter, or in a Roman number."""
    for name in (one, other):
        word = name[name.rfind(" ", 0, place) + 1 :].split(" ")[0]
        if len(word) == 1 or (word and set(word) <= set("ivx")):
            return True
    return False
