"""The sample scenarios that come with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import neocapgui
from neocapgui.exchange.scenario_text import from_text, read_folder
from neocapgui.ledger.ledger import Ledger


class SampleUnknown(LookupError):
    """There is no sample of that name; the message is one sentence that lists the names."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A scenario that comes with the program."""

    name: str  # of its folder: what the command line and the start page call it by
    title: str
    folder: Path


def _samples_folder() -> Path:
    package = Path(neocapgui.__file__).parent
    places = (package, package.parent)  # an installed wheel; a source checkout or a frozen program
    return next((place for place in places if (place / "resources" / "samples").is_dir()), package) / (
        "resources/samples"
    )


def _listed(folder: Path) -> tuple[Sample, ...]:
    """Return the samples of a folder by name; one that has no scenario.csv is none."""
    return tuple(
        Sample(path.parent.name, from_text({path.name: path.read_text("utf-8")}).title, path.parent)
        for path in sorted(folder.glob("*/scenario.csv"))
    )


SAMPLES: tuple[Sample, ...] = _listed(_samples_folder())


def sample(name: str) -> Ledger:
    """Return the ledger of a sample; a name that is none is refused with the list of names.

    >>> sample("neotherapeutics-as-announced").title
    'NeoTherapeutics as announced'
    """
    for one in SAMPLES:
        if one.name == name:
            return read_folder(one.folder)
    names = ", ".join(one.name for one in SAMPLES)
    raise SampleUnknown(f"There is no sample “{name}”; there are {names or 'none'}.")
