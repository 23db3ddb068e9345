"""What is done to the bundle before it is handed out, and what is said of what it is made of."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6

from neocapgui.command_line import commands
from tests.packaging.asking import PACKAGING, ROOT, packaging_says

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Linux keeps its libraries in this format")
on_debian = pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="Debian knows whose a file is")


def dynamic(library: Path) -> list[str]:
    """Return the lines of a library that say what else it loads, and where it looks for that."""
    said = subprocess.run(
        ["readelf", "--dynamic", "--wide", str(library)], capture_output=True, text=True, check=True
    )
    return [line.partition("(")[2] for line in said.stdout.splitlines() if "(" in line]


@on_linux
@pytest.mark.skipif(shutil.which("readelf") is None, reason="readelf is not installed")
def test_a_library_forgets_the_folders_of_its_builder_and_nothing_else(tmp_path: Path) -> None:
    source = next(Path(shiboken6.__file__).parent.glob("Shiboken*.so"))
    target = tmp_path / "changed.so"
    packaging_says(
        "from libraries import without_search_path; from pathlib import Path;"
        f" Path({str(target)!r}).write_bytes(without_search_path(Path({str(source)!r}).read_bytes()))"
    )
    before, after = dynamic(source), dynamic(target)
    places = [line for line in before if line.startswith(("RPATH", "RUNPATH"))]
    assert len(places) == 1
    assert after == [line for line in before if line not in places]
    assert target.stat().st_size == source.stat().st_size


def test_the_package_asks_for_the_newest_c_library_that_a_part_wants(tmp_path: Path) -> None:
    (tmp_path / "old.so").write_bytes(b"\x7fELF\0GLIBC_2.2.5\0GLIBC_2.36\0GLIBC_PRIVATE\0")
    (tmp_path / "other.so").write_bytes(b"\x7fELF\0GLIBC_2.4\0GLIBC_2.17\0")
    (tmp_path / "words.txt").write_bytes(b"\0GLIBC_9.99\0")
    asked = (
        "from libraries import needed_glibc; from pathlib import Path;"
        f" print(needed_glibc(Path({str(tmp_path)!r})))"
    )
    assert packaging_says(asked).strip() == "2.36"
    (tmp_path / "old.so").unlink()
    assert packaging_says(asked).strip() == "2.34"  # what Qt is built for


@on_debian
def test_a_library_of_the_system_is_named_with_its_package_and_the_words_of_its_licence() -> None:
    said = packaging_says(
        "import json; from dataclasses import asdict; from system_libraries import system_packages;"
        " print(json.dumps([asdict(one) for one in system_packages(['/usr/bin/dpkg'])]))"
    )
    (one,) = json.loads(said)
    assert (one["name"], one["files"]) == ("dpkg", ["dpkg"])
    assert re.match(r"\d", one["version"])
    assert "GPL" in one["text"]


def test_the_bill_of_materials_names_each_part_once_and_hangs_all_on_the_program() -> None:
    pytest.importorskip("packaging.requirements")
    bill = json.loads(
        packaging_says(
            "import licences, pathlib;"
            f" print(licences.bill_of_materials(licences.components(pathlib.Path({str(ROOT)!r}))))"
        )
    )
    addresses = [part["purl"] for part in bill["components"]]
    assert len(addresses) == len(set(addresses)) > len(("Qt", "Python", "numpy", "Inter"))
    assert all(re.fullmatch(r"pkg:[a-z]+/[a-z0-9./-]+@[\w.+-]+", address) for address in addresses)
    (tree,) = bill["dependencies"]
    assert tree == {"ref": bill["metadata"]["component"]["bom-ref"], "dependsOn": addresses}
    assert all(part["licenses"][0]["license"]["name"] for part in bill["components"])


def test_every_package_that_is_bundled_is_pinned() -> None:
    pytest.importorskip("packaging.requirements")
    said = packaging_says(
        "import licences, pathlib;"
        f" print(*(one.address for one in licences.components(pathlib.Path({str(ROOT)!r}))))"
    )
    bundled = {address.partition("@")[0] for address in said.split() if address.startswith("pkg:pypi/")}
    pins = re.findall(r"^([\w.-]+)==", (PACKAGING / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    assert {name.removeprefix("pkg:pypi/") for name in bundled} <= {pin.lower() for pin in pins}


def test_the_start_runs_nothing_that_the_program_does_not_use() -> None:
    scripts = ["pyi_rth_inspect", "pyi_rth_pyside6", "pyi_rth_multiprocessing", "start"]
    said = packaging_says(
        "from bundle import without_unused_hooks as kept;"
        f" print([name for name, _, _ in kept([(name, '', '') for name in {scripts}])])"
    )
    assert said.strip() == "['pyi_rth_pyside6', 'start']"


def test_the_page_of_the_manual_names_every_command() -> None:
    page = (PACKAGING / "linux" / "neocapgui.1").read_text("utf-8")
    told = page.partition(".SH COMMANDS")[2].partition(".SH EXIT STATUS")[0]
    assert re.findall(r"^\.B (\w+)$", told, re.MULTILINE) == sorted(commands.commands)
