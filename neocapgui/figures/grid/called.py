"""Which kind of paper a security is by its name: a new line begins with it, and it can be typed over."""

from __future__ import annotations

from neocapgui.ledger.terms import SecurityKind

_WORDS = (  # the first that a name has decides: convertible preferred is preferred stock
    (SecurityKind.PREFERRED, ("preferred", "preference", "pref")),
    (SecurityKind.WARRANT, ("warrant", "warrants")),
    (SecurityKind.OPTION_PLAN, ("plan", "pool")),
    (SecurityKind.OPTION, ("option", "options")),
    (SecurityKind.SAFE, ("safe", "safes")),
    (SecurityKind.CONVERTIBLE, ("convertible", "note", "notes", "debenture", "debentures", "bond", "bonds")),
    (SecurityKind.RIGHT, ("right", "rights")),
)


def kind_called(name: str) -> SecurityKind | None:
    """Return the kind that a name says; None where it says none, as Common or Class B does.

    >>> [str(kind_called(name)) for name in ("Series A Preferred", "2000 Stock Option Plan", "Class B")]
    ['preferred', 'option_plan', 'None']
    """
    words = {word.strip(".,()") for word in name.casefold().split()}
    return next((kind for kind, says in _WORDS if words.intersection(says)), None)
