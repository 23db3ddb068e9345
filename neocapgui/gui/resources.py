"""Where the files that come with the program stand: fonts, icons, samples."""

from __future__ import annotations

from pathlib import Path

import neocapgui


def resource(*parts: str) -> Path:
    """Return a file of `resources/`: in a source checkout, an installed wheel or a frozen program."""
    package = Path(neocapgui.__file__).parent
    places = (package / "resources", package.parent / "resources")
    folder = next((place for place in places if place.is_dir()), places[0])
    return folder.joinpath(*parts)
