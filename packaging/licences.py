"""The licences page of everything that is bundled, and the bill of materials: made from what is installed."""

from __future__ import annotations

import json
import sys
import sysconfig
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import Distribution, distribution, distributions
from pathlib import Path

from bundle import born
from packaging.requirements import Requirement
from system_libraries import common_licences, system_packages

_HERE = Path(__file__).parent
_OWN = "neocapgui"
_QT = ("pyside6-essentials", "shiboken6")  # their wheels carry no text: LGPL-3.0, which stands on the GPL-3.0
_QT_PARTS = "What Qt is made of: https://doc.qt.io/qt-6/licenses-used-in-qt.html"
_NOT_BUNDLED = ("pip", "setuptools")  # a dependency by name, left out of the frozen program
_LOADER = "pyinstaller"  # its first lines start every frozen program
_LONG = 80  # letters; what is longer is no name of a licence but its words


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that is bundled."""

    name: str
    version: str
    licence: str
    text: str
    address: str  # as a package URL, https://github.com/package-url/purl-spec


def components(root: Path, sources: Collection[str] = ()) -> tuple[Component, ...]:
    """Return the program and all that is bundled with it, each with its licence.

    That is what it depends on by name, Python and the typeface; and whatever the files come from that go into
    the bundle, which only its build can tell: further packages of Python, and libraries of the system.
    """
    found = [_component(distribution(name)) for name in sorted(_needed(_OWN) | _holding(sources))]
    python = sys.version.split()[0]
    found.append(Component("Python", python, "PSF-2.0", _python_licence(), f"pkg:generic/python@{python}"))
    font = (root / "resources" / "fonts" / "OFL.txt").read_text("utf-8")
    found.append(Component("Inter typeface", "4", "OFL-1.1", font, "pkg:generic/inter@4"))
    for version in sorted({file.rpartition(".")[2] for file in sources if "libicudata.so." in file}):
        text = (_HERE / "licences" / "ICU.txt").read_text("utf-8")
        found.append(Component("ICU", version, "ICU", text, f"pkg:generic/icu@{version}"))
    version, own = distribution(_OWN).version, (root / "LICENSE").read_text("utf-8")
    program = Component(_OWN, version, "MIT", own, f"pkg:generic/{_OWN}@{version}")
    return (program, *found, *_of_the_system(root, sources))


def page(found: Collection[Component]) -> str:
    """Return the licences page as plain text."""
    parts = ["What neocapgui is made of, and under which licences.\n"]
    parts += [f"  {one.name} {one.version}: {one.licence}" for one in found]
    for one in found:
        parts += ["", "=" * 78, f"{one.name} {one.version}: {one.licence}", "=" * 78, "", one.text.strip()]
    for name, text in common_licences(one.text for one in found).items():
        parts += ["", "=" * 78, f"{name}, to which some of the above point", "=" * 78, "", text.strip("\n")]
    return "\n".join(parts) + "\n"


def bill_of_materials(found: Collection[Component]) -> str:
    """Return the bill of materials as CycloneDX 1.5 JSON, https://cyclonedx.org/docs/1.5/json/."""
    own, *others = (
        {
            "type": "library",
            "bom-ref": one.address,
            "name": one.name,
            "version": one.version,
            "licenses": [{"license": {"name": one.licence}}],
            "purl": one.address,
        }
        for one in found
    )
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.5.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(born(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {**own, "type": "application"},
        },
        "components": others,
        "dependencies": [{"ref": own["bom-ref"], "dependsOn": [one["bom-ref"] for one in others]}],
    }
    return json.dumps(bill, indent=1, sort_keys=True) + "\n"


def _holding(sources: Collection[str]) -> set[str]:
    """Return the names of the distributions of Python that files come from."""
    wanted = {str(Path(source).resolve()) for source in sources}
    found = {_LOADER} if wanted else set()
    for one in distributions():
        name = _plain(one.metadata["Name"])
        if name != _OWN and name not in _NOT_BUNDLED:
            files = (str(Path(str(one.locate_file(file))).resolve()) for file in one.files or ())
            if not wanted.isdisjoint(files):
                found.add(name)
    return found


def _of_the_system(root: Path, sources: Collection[str]) -> list[Component]:
    """Return what comes neither with Python nor with a package of it."""
    python = {str(root.resolve()), sys.prefix, sys.base_prefix} - {
        "/usr"
    }  # where the system's own Python stands
    places = (*python, sysconfig.get_path("stdlib"))
    others = [
        source
        for source in sources
        if ".so" in Path(source).name and not str(Path(source).resolve()).startswith(places)
    ]
    return [
        Component(
            one.name,
            one.version,
            one.licences,
            f"In {', '.join(one.files)}, from the system that the program was built on.\n\n{one.text}",
            f"pkg:deb/debian/{one.name}@{one.version}",
        )
        for one in system_packages(others)
    ]


def _needed(name: str) -> set[str]:
    """Return the names of all distributions that one needs on this system, with those that they need."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for line in distribution(waiting.pop()).requires or ():
            requirement = Requirement(line)
            other = _plain(requirement.name)
            is_here = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
            if is_here and other not in found and other not in _NOT_BUNDLED:
                found.add(other)
                waiting.append(other)
    return found


def _component(found: Distribution) -> Component:
    name = found.metadata["Name"]
    texts = list(_texts(found))
    if _plain(name) in _QT:
        licence = "LGPL-3.0-only, used as shared libraries that can be replaced"
        texts = [(_HERE / "licences" / f"{kind}.txt").read_text("utf-8") for kind in ("LGPL-3.0", "GPL-3.0")]
        texts.append(_QT_PARTS)
    else:
        stated = (_first(found, "License-Expression"), _classified(found), _first(found, "License"))
        licence = next((words for words in stated if 0 < len(words) < _LONG), "see below")
    if _plain(name) == _LOADER:
        licence = "GPL-2.0-or-later WITH Bootloader-exception"
    if not texts:
        raise SystemExit(f"{name} {found.version} brings no text of its licence.")
    address = f"pkg:pypi/{_plain(name)}@{found.version}"
    return Component(name, found.version, licence, "\n\n".join(texts), address)


def _plain(name: str) -> str:
    """Return the name of a distribution as registries compare it."""
    return name.lower().replace("_", "-")


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
