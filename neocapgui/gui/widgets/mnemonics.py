"""The letters that lead to fields with Alt: each a letter of its title that no other field has."""

from __future__ import annotations

from collections.abc import Sequence


def mnemonics(titles: Sequence[str], taken: str = "") -> list[str]:
    """Return titles with a letter marked in each that no other one has, as far as letters go round.

    The first letter of a word is taken before one inside it; `taken` are those of others.

    >>> mnemonics(["Day", "Date", "R & D"], taken="r")
    ['Da&y', 'D&ate', 'R && &D']
    """
    places = [_letters(title, taken.casefold()) for title in titles]
    owner: dict[str, int] = {}
    for number in range(len(titles)):
        _give(number, places, owner, set())
    marked = {number: places[number][letter] for letter, number in owner.items()}
    return [_marked(title, marked.get(number)) for number, title in enumerate(titles)]


def _letters(title: str, taken: str) -> dict[str, int]:
    """Return the letters of a title that can be marked, the best first, and where each stands."""
    begins = [at for at in range(len(title)) if at == 0 or title[at - 1] == " "]
    found: dict[str, int] = {}
    for at in (*begins, *range(len(title))):
        letter = title[at].casefold()
        if letter.isalpha() and letter not in taken:
            found.setdefault(letter, at)
    return found


def _give(number: int, places: list[dict[str, int]], owner: dict[str, int], tried: set[str]) -> bool:
    """Give a title a free letter, or one whose owner can take another."""
    free = next((letter for letter in places[number] if letter not in owner), None)
    if free is not None:
        owner[free] = number
        return True
    for letter in places[number]:
        if letter not in tried:
            tried.add(letter)
            if _give(owner[letter], places, owner, tried):
                owner[letter] = number
                return True
    return False


def _marked(title: str, place: int | None) -> str:
    if place is None:
        return title.replace("&", "&&")
    before, after = (part.replace("&", "&&") for part in (title[:place], title[place:]))
    return f"{before}&{after}"
