"""The libraries of the system that are bundled: which package each is of, and under which licence."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

_FEW = 3
_DOC, _COMMON = Path("/usr/share/doc"), Path("/usr/share/common-licenses")


@dataclass(frozen=True, slots=True)
class SystemPackage:
    """What one source package of Debian gives to the bundle."""

    name: str
    version: str
    licences: str  # the names that its own list of licences uses
    text: str
    files: list[str] = field(default_factory=list)


def system_packages(sources: Iterable[str]) -> list[SystemPackage]:
    """Return the source packages of Debian that files come from; a file of none is named as a warning.

    Empty where there is no Debian: a wheel brings its own libraries with their licences.
    """
    if shutil.which("dpkg-query") is None:
        return []
    found: dict[str, SystemPackage] = {}
    for file in sorted({str(Path(source).resolve()) for source in sources}):
        binary = _owner(file)
        if binary is None:
            print(f"{file} belongs to no package: its licence is not on the page.", file=sys.stderr)
            continue
        name, version = _asked(
            "--show", "--showformat=${source:Package} ${source:Upstream-Version}", binary
        ).split()
        if name not in found:
            text = (_DOC / binary.partition(":")[0] / "copyright").read_text("utf-8", "replace")
            found[name] = SystemPackage(name, version, _named(text), text)
        found[name].files.append(Path(file).name)
    return [found[name] for name in sorted(found)]


def common_licences(texts: Iterable[str]) -> dict[str, str]:
    """Return the words of the licences that texts only point to, because every Debian has them once."""
    names = {
        match.rstrip(".") for text in texts for match in re.findall(rf"{_COMMON}/([A-Za-z][\w.-]*)", text)
    }
    return {
        name: (_COMMON / name).read_text("utf-8", "replace")
        for name in sorted(names)
        if (_COMMON / name).is_file()
    }


def _owner(file: str) -> str | None:
    """Return the binary package of a file; an older system knows /usr/lib as /lib."""
    for path in (file, file.removeprefix("/usr")):
        answer = _asked("--search", path)
        lines = [line for line in answer.splitlines() if line.endswith(f": {path}")]
        if lines:
            return lines[0].split(": ")[0].split(",")[0]
    return None


def _named(text: str) -> str:
    """Return the short names of licences in a list that is made to be read by machines, if they are few."""
    names = dict.fromkeys(re.findall(r"^License: *(\S.*?) *$", text, re.MULTILINE))
    return ", ".join(names) if 0 < len(names) <= _FEW else "see below"


def _asked(*words: str) -> str:
    return subprocess.run(["dpkg-query", *words], capture_output=True, text=True, check=False).stdout
