"""Decides between the window and the sub-commands; what needs no window loads no Qt."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

_COMMANDS = frozenset(
    {"sample", "report", "check", "diff", "dump", "import", "export", "--help", "-h", "--version"}
)
_BAD_INPUT = 2
_ENCODED = re.compile(rb"%([0-9A-Fa-f]{2})")  # a byte of a path in a URI
_DRIVE = re.compile(r"/[A-Za-z]:") if os.name == "nt" else re.compile(r"(?!)")  # of a path on Windows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit is 0 when all is fine, 1 for findings, 2 for what cannot be used."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in _COMMANDS:
        return _answered(given)
    try:
        files, sample, is_test = _asked(given)
    except ValueError as refusal:
        return _refused(str(refusal))
    from neocapgui.gui.display import trouble_with_display
    from neocapgui.gui.starting import Starting, load_qt

    trouble = trouble_with_display()
    if trouble:
        return _refused(trouble)
    with Starting() as starting:
        load_qt()
        if is_test:
            from neocapgui.gui.self_test import self_test

            return self_test()
        from neocapgui.gui.app import run

        return run(files, sample)
    return _refused(starting.trouble)


def _answered(given: Sequence[str]) -> int:
    try:
        from neocapgui import command_line

        return command_line.main(given)
    except KeyboardInterrupt:  # also while what is needed is still being loaded
        return _refused("neocapgui was interrupted; no file was changed by halves.")


def _asked(given: Sequence[str]) -> tuple[list[Path], str | None, bool]:
    """Return the files, the sample, and whether the self-test is asked for."""
    files: list[Path] = []
    sample: str | None = None
    is_test = False
    rest = list(given)
    while rest:
        word, is_assigned, value = rest.pop(0).partition("=")
        if word + is_assigned == "--":  # what comes after it is files, whatever they begin with
            files += map(Path, rest)
            break
        if word == "--self-test":
            is_test = True
        elif word == "--sample":
            if not is_assigned and not rest:
                raise ValueError("--sample needs the name of a sample; neocapgui sample --list names them.")
            sample = value if is_assigned else rest.pop(0)
        elif word.startswith("-"):
            raise ValueError(f"There is no option {word}; neocapgui --help lists what there is.")
        else:
            files.append(_file(word + is_assigned + value))
    return files, sample, is_test


def _file(word: str) -> Path:
    """Return the file that a path names, or a URI (RFC 8089) as some file managers hand it over.

    Refuses (ValueError) a URI of a file on another machine, and one that no file can have.
    """
    if not word.lower().startswith("file:/"):
        return Path(word)
    machine, path = "", word[len("file:") :]
    if path.startswith("//"):
        machine, _, path = path[2:].partition("/")
        path = f"/{path}"
    if machine.lower() not in ("", "localhost"):
        raise ValueError(f"{word} is on another machine; give its path on this one.")
    held = _ENCODED.sub(lambda found: bytes.fromhex(found[1].decode()), os.fsencode(path))
    if b"\0" in held:
        raise ValueError(f"{word} is no file that can be opened.")
    path = os.fsdecode(held)
    return Path(path[1:] if _DRIVE.match(path) else path)


def _refused(sentence: str) -> int:
    if sys.stderr is not None:  # as it is in a program without a console
        sys.stderr.write(_printable(sentence) + "\n")
    return _BAD_INPUT


def _printable(sentence: str) -> str:
    from neocapgui.document.refusal import one_line

    return one_line(sentence)


if __name__ == "__main__":
    sys.exit(main())
