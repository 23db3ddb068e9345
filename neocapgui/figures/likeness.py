"""How well what was typed fits a name: whole words before parts of words, parts before scattered letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_EXACT, _HEAD, _WORD, _INITIALS, _PART, _SCATTERED = 1_000, 800, 600, 450, 350, 100
_LEAST_SCATTERED = 3  # letters; fewer, wherever they stand, fit nearly everything
_WIDEST = 4  # letters from the first to the last, for each that was typed; beyond that it is chance
_LENGTH_COUNTS = 60  # letters of a name beyond which a longer one is no worse
_WORDS = re.compile(r"[^\W_]+")
_MOST = 120  # letters of what was typed that are looked at


def folded(text: str) -> str:
    """Return a text without case and accents, as it is compared.

    >>> folded("Société Générale")
    'societe generale'
    """
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def may_be_like(sought: str) -> Callable[[str], bool]:
    """Return a quick look at whether typed letters can fit a name at all; what it lets by may still not fit.

    >>> look = may_be_like("cap tb")
    >>> look("cap table"), look("captain")
    (True, False)
    """
    words = sought[:_MOST].split()
    looks = [re.compile(".*?".join(map(re.escape, word)), re.DOTALL).search for word in words]
    return lambda name: all(look(name) for look in looks)


def likeness(sought: str, name: str) -> int | None:
    """Return how well typed letters fit a name, both folded; the greater the better, None for not at all.

    Each word that was typed must fit: as the whole name, its head, the head of a word, the initials of its
    words, a part, or at the least as letters in that order, close together, from the head of a word on.
    Of names that fit alike the shorter is the better.

    >>> likeness("cap", "cap table") > likeness("cap", "recapitalization")
    True
    >>> likeness("ct", "cap table") > likeness("cpt", "cap table")
    True
    >>> likeness("x", "cap table") is None
    True
    """
    sought = " ".join(sought[:_MOST].split())
    if not sought:
        return 0
    words = sought.split()
    whole = _fit(sought, name) if len(words) == 1 or sought in name else None
    if len(words) > 1:
        fits = [_fit(word, name) for word in words]
        if None not in fits:
            each = sum(fit for fit in fits if fit is not None) // len(words) - len(words)
            whole = each if whole is None else max(whole, each)
    return None if whole is None else whole - min(len(name), _LENGTH_COUNTS)


def _fit(word: str, name: str) -> int | None:
    """Return how well letters without a gap of their own fit; the earlier in the name the better."""
    if word == name:
        return _EXACT
    at = name.find(word)
    if at == 0:
        return _HEAD + (40 if not name[len(word) : len(word) + 1].isalnum() else 0)
    heads = [match.start() for match in _WORDS.finditer(name)]
    while at > 0:
        if at in heads:
            whole = not name[at + len(word) : at + len(word) + 1].isalnum()
            return _WORD + (40 if whole else 0) - min(heads.index(at), 20)
        at = name.find(word, at + 1)
    if len(word) > 1 and "".join(name[head] for head in heads).startswith(word):
        return _INITIALS
    at = name.find(word)
    if at > 0:
        return _PART - min(at, 50)
    return _scattered(word, name, heads)


def _scattered(word: str, name: str, heads: list[int]) -> int | None:
    """Return how close together the letters stand, from the head of some word on."""
    if len(word) < _LEAST_SCATTERED:
        return None
    widths = []
    for start in heads:
        at = start if name[start] == word[0] else -1
        for letter in word[1:]:
            at = name.find(letter, at + 1) if at >= 0 else -1
        if 0 <= at < start + _WIDEST * len(word):
            widths.append(at - start + 1)
    return _SCATTERED - (min(widths) - len(word)) if widths else None
