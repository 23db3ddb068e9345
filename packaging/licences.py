"""The licences page of everything that is bundled, and the bill of materials: made from what is installed."""

from __future__ import annotations

import json
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

_HERE = Path(__file__).parent
_OWN = "neocapgui"
_QT = ("pyside6-essentials", "shiboken6")  # their wheels carry no text: LGPL-3.0, which stands on the GPL-3.0
_NOT_BUNDLED = ("pip", "setuptools")  # a dependency by name, left out of the frozen program


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that is bundled."""

    name: str
    version: str
    licence: str
    text: str


def components(root: Path) -> tuple[Component, ...]:
    """Return the program, all that it depends on, Python, and the typeface, each with its licence."""
    found = [_component(distribution(name)) for name in sorted(_needed(_OWN))]
    found.append(Component("Python", sys.version.split()[0], "PSF-2.0", _python_licence()))
    font = (root / "resources" / "fonts" / "OFL.txt").read_text("utf-8")
    found.append(Component("Inter typeface", "4", "OFL-1.1", font))
    own = Component(_OWN, distribution(_OWN).version, "MIT", (root / "LICENSE").read_text("utf-8"))
    return (own, *found)


def page(root: Path) -> str:
    """Return the licences page as plain text."""
    parts = ["What neocapgui is made of, and under which licences.\n"]
    parts += [f"  {one.name} {one.version}: {one.licence}" for one in components(root)]
    for one in components(root):
        parts += ["", "=" * 78, f"{one.name} {one.version}: {one.licence}", "=" * 78, "", one.text.strip()]
    return "\n".join(parts) + "\n"


def bill_of_materials(root: Path) -> str:
    """Return the bill of materials as CycloneDX 1.5 JSON, https://cyclonedx.org/docs/1.5/json/."""
    own, *others = components(root)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": own.name, "version": own.version}},
        "components": [
            {
                "type": "library",
                "name": one.name,
                "version": one.version,
                "licenses": [{"license": {"name": one.licence}}],
                "purl": f"pkg:pypi/{one.name}@{one.version}",
            }
            for one in others
        ],
    }
    return json.dumps(bill, indent=1, sort_keys=True) + "\n"


def _needed(name: str) -> set[str]:
    """Return the names of all distributions that one needs on this system, with those that they need."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for line in distribution(waiting.pop()).requires or ():
            requirement = Requirement(line)
            other = requirement.name.lower().replace("_", "-")
            is_here = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if is_here and other not in found and other not in _NOT_BUNDLED:
                found.add(other)
                waiting.append(other)
    return found


def _component(found: Distribution) -> Component:
    name = found.metadata["Name"]
    texts = list(_texts(found))
    if name.lower().replace("_", "-") in _QT:
        licence = "LGPL-3.0-only, used as shared libraries that can be replaced"
        texts = [(_HERE / "licences" / f"{kind}.txt").read_text("utf-8") for kind in ("LGPL-3.0", "GPL-3.0")]
    else:
        licence = _first(found, "License-Expression") or _classified(found) or "see below"
    if not texts:
        raise SystemExit(f"{name} {found.version} brings no text of its licence.")
    return Component(name, found.version, licence, "\n\n".join(texts))


def _texts(found: Distribution) -> Iterator[str]:
    for file in found.files or ():
        name = file.name.upper()
        if ".dist-info" in str(file) and name.startswith(("LICEN", "COPYING", "NOTICE")):
            yield Path(str(found.locate_file(file))).read_text("utf-8", "replace")


def _first(found: Distribution, field: str) -> str:
    return str(next(iter(found.metadata.get_all(field) or ()), ""))


def _classified(found: Distribution) -> str:
    """Return what the older classifiers say, where a package has no newer field."""
    lines = [str(line) for line in found.metadata.get_all("Classifier") or ()]
    return ", ".join(line.rpartition(" :: ")[2] for line in lines if line.startswith("License :: "))


def _python_licence() -> str:
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path("/usr/share/doc/python3/copyright"),
        Path(f"/usr/share/doc/python{sys.version_info[0]}.{sys.version_info[1]}/copyright"),
    )
    place = next((place for place in places if place.is_file()), None)
    if place is None:
        return "Python Software Foundation License Version 2, https://docs.python.org/3/license.html"
    return place.read_text("utf-8", "replace")
