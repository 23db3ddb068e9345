"""What the installers tell a system of the program: its kind of file, its version, its licences."""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from neocapgui import __version__
from neocapgui.document import schema
from tests.packaging.asking import PACKAGING, ROOT, packaging_says

SPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


def text(*parts: str) -> str:
    return PACKAGING.joinpath(*parts).read_text("utf-8")


def test_a_scenario_is_known_by_its_header_and_not_by_its_name() -> None:
    kind = ElementTree.fromstring(text("linux", "neocapgui.xml")).find(f"{SPACE}mime-type")
    assert kind is not None
    assert kind.get("type") == "application/x-neocapgui"
    assert kind.find(f"{SPACE}glob") is None
    inner = kind.find(f"{SPACE}magic/{SPACE}match/{SPACE}match")
    assert inner is not None
    assert (inner.get("offset"), inner.get("value")) == ("68", schema.APPLICATION_ID.to_bytes(4).decode())


def test_the_desktop_entry_opens_files_of_that_kind() -> None:
    lines = dict(
        line.split("=", 1) for line in text("linux", "neocapgui.desktop").splitlines() if "=" in line
    )
    assert lines["MimeType"] == "application/x-neocapgui;"
    assert lines["Exec"] == "neocapgui %F"
    ElementTree.fromstring(text("linux", "org.neocapgui.neocapgui.metainfo.xml"))


def test_on_windows_it_is_offered_for_db_files_and_claims_none() -> None:
    script = text("windows", "neocapgui.nsi")
    assert r'HKCU "Software\Classes\.db\OpenWithProgids" "${KIND}"' in script
    assert not re.search(r'WriteRegStr \w+ "Software\\Classes\\\.db" ', script)
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script


def test_uninstalling_leaves_what_belongs_to_the_user() -> None:
    for name in ("uninstall.sh", "postrm"):
        assert "local/share/neocapgui" not in text("linux", name)
    uninstall = text("windows", "neocapgui.nsi").partition('Section "Uninstall"')[2]
    assert "APPDATA" not in uninstall
    assert '$INSTDIR"\n' in uninstall
    assert 'RMDir /r "$INSTDIR"' not in uninstall  # a scenario may have been saved there


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["dynamic"] == ["version"]
    for file in sorted(PACKAGING.rglob("*")):
        if file.is_file() and file.suffix in (".py", ".spec", ".nsi", ".sh", ".xml", ".desktop"):
            for line in file.read_text("utf-8").splitlines():
                assert __version__ not in line or line.lstrip().startswith((";", "#")), f"{file.name}: {line}"


def test_what_is_built_is_what_is_pinned() -> None:
    pins = dict(line.split("==") for line in text("requirements.txt").splitlines() if "==" in line)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=]", line)[0] for line in project["dependencies"]}
    assert needed <= pins.keys()
    for line in project["optional-dependencies"]["build"]:
        name, _, version = line.partition("==")
        assert pins[name] == version


def test_every_licence_has_its_text() -> None:
    pytest.importorskip("packaging.requirements")
    page = packaging_says(
        f"import licences, pathlib; print(licences.page(licences.components(pathlib.Path({str(ROOT)!r}))))"
    )
    for name in ("neocapgui", "PySide6_Essentials", "numpy", "pyqtgraph", "sqlite-utils", "Python", "Inter"):
        assert re.search(rf"^  {name}\b.*: \S", page, re.MULTILINE), name
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in page
    assert "SIL OPEN FONT LICENSE" in page


def test_the_icons_are_drawn_from_the_one_picture(tmp_path: Path) -> None:
    packaging_says(
        "from icons import icon_file; from pathlib import Path;"
        f" [icon_file(Path({str(ROOT)!r}), Path({str(tmp_path)!r}), ending) for ending in ('.ico', '.icns')]"
    )
    assert (tmp_path / "neocapgui.ico").read_bytes()[:6] == bytes([0, 0, 1, 0, 6, 0])
    icns = (tmp_path / "neocapgui.icns").read_bytes()
    assert icns[:4] == b"icns"
    assert int.from_bytes(icns[4:8]) == len(icns)


@pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="Debian packages are made on Debian")
def test_two_packages_of_one_program_are_equal_byte_for_byte(tmp_path: Path) -> None:
    for name, made in (("one", 1_000_000_000), ("two", 2_000_000_000)):
        frozen = tmp_path / name / "frozen"
        frozen.mkdir(parents=True)
        (frozen / "neocapgui").write_text("program", "utf-8")
        os.utime(frozen / "neocapgui", (made, made))
        (tmp_path / name / "licences.txt").write_text("licences", "utf-8")
        folders = ", ".join(
            f"Path({str(folder)!r})" for folder in (ROOT, frozen, tmp_path / name, tmp_path / name)
        )
        packaging_says(f"from pathlib import Path; from linux_installers import deb; deb({folders}, '0.1.0')")
    one, two = (next((tmp_path / name).glob("*.deb")).read_bytes() for name in ("one", "two"))
    assert one == two
