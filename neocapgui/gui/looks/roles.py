"""The roles of colour: one colour for each meaning, light, dark and in high contrast."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Roles:
    """A colour for each meaning; nothing on screen takes a colour from anywhere else."""

    is_dark: bool
    window: str
    panel: str
    line: str
    stripe: str
    head: str  # the ground of column heads
    text: str
    dim: str  # text that explains
    faint: str  # what cannot be used now
    accent: str  # selection and the as-of day
    accent_ground: str
    amber: str  # findings
    amber_ground: str
    green: str  # what is verified
    red: str  # what is refused, and nothing else
    red_ground: str
    is_contrast: bool = False
    bands: tuple[str, ...] = ("#4b77b7", "#7aa6c2", "#5aa28c", "#c9a24b", "#b5698a", "#8d80b8", "#9aa3ad")


LIGHT = Roles(
    is_dark=False,
    window="#f5f6f8",
    panel="#ffffff",
    line="#dfe3e8",
    stripe="#fafbfc",
    head="#f0f2f5",
    text="#1b2430",
    dim="#5b6776",
    faint="#a9b1bb",
    accent="#1f5fbf",
    accent_ground="#e7effb",
    amber="#a15c00",
    amber_ground="#fdf2dc",
    green="#1c7a4d",
    red="#b42318",
    red_ground="#fdeceb",
)
DARK = Roles(
    is_dark=True,
    window="#16191e",
    panel="#1e2228",
    line="#323841",
    stripe="#21262d",
    head="#262b33",
    text="#e6eaf0",
    dim="#a3adba",
    faint="#5c6570",
    accent="#7fb0ff",
    accent_ground="#22324c",
    amber="#f0b95a",
    amber_ground="#3a2f1c",
    green="#63c796",
    red="#ff8f85",
    red_ground="#43221f",
)
LIGHT_CONTRAST = replace(
    LIGHT,
    is_contrast=True,
    window="#ffffff",
    stripe="#f7f8fa",
    line="#6b7684",
    text="#000000",
    dim="#36404d",
    faint="#6b7684",
    accent="#0a357a",
    accent_ground="#cfe0fa",
    amber="#6b3d00",
    green="#0b5232",
    red="#86150d",
)
DARK_CONTRAST = replace(
    DARK,
    is_contrast=True,
    window="#000000",
    panel="#0b0d10",
    stripe="#14171b",
    line="#8b95a1",
    text="#ffffff",
    dim="#d3d9e0",
    faint="#8b95a1",
    accent="#c4dbff",
    accent_ground="#1f3b66",
    amber="#ffd692",
    green="#9be8c0",
    red="#ffc0ba",
)
