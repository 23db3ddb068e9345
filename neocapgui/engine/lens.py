"""The point of view a question is asked from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """Which shares count as shares of the company."""

    OUTSTANDING = "outstanding"
    VOTING = "voting"
    AS_CONVERTED = "as_converted"
    FULLY_DILUTED = "fully_diluted"


@dataclass(frozen=True, slots=True)
class Lens:
    """A point of view; never stored with the facts and never undone.

    A result holds at the end of the day `as_of`. `known` leaves out what was recorded later than that
    day. `planned` counts planned events as if they had happened.
    """

    as_of: date
    issuer: int | None = None
    basis: Basis = Basis.AS_CONVERTED
    planned: bool = False
    known: date | None = None
