"""Makes the libraries of a frozen folder fit to be handed out: no traces of the machine that built them."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from pathlib import Path

# Of the ELF format of 64 bits, https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html
_DYNAMIC = 2  # the kind of a segment
_END, _RPATH, _RUNPATH = 0, 15, 29  # the kinds of an entry of that segment


def tidied(folder: Path) -> None:
    """Take out of the libraries of a folder what only their builder needs.

    That is the right to run them as programs, the folders in which a machine's own Python looks for libraries
    (a stranger may be able to write to them), and the notes for a debugger in what belongs to Python itself.
    The libraries of wheels are left as they came: they were made for any machine.
    """
    for path in sorted(folder.rglob("*.so*")):
        if path.is_symlink() or not path.is_file():
            continue
        path.chmod(0o644)
        if path.parent.name == "lib-dynload" or path.name.startswith("libpython"):
            if shutil.which("strip") is not None:
                subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
            path.write_bytes(without_search_path(path.read_bytes()))


def needed_glibc(folder: Path) -> str:
    """Return the oldest version of the C library that programs and libraries in a folder run with.

    Those of a wheel are content with an old one; those of the system want the one they were built with.
    """
    found = {(2, 34)}  # what Qt is built for
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if content.startswith(b"\x7fELF"):
                for major, minor in re.findall(rb"\0GLIBC_(\d+)\.(\d+)(?=[.\0])", content):
                    found.add((int(major), int(minor)))
    return "{}.{}".format(*max(found))


def without_search_path(library: bytes) -> bytes:
    """Return an ELF library that looks for others where the system and the program say, and nowhere else."""
    if library[:6] != b"\x7fELF\x02\x01":  # 64 bits, little end first
        return library
    changed = bytearray(library)
    (first,) = struct.unpack_from("<Q", library, 32)
    size, count = struct.unpack_from("<HH", library, 54)
    for number in range(count):
        kind, _, offset, _, _, length = struct.unpack_from("<IIQQQQ", library, first + number * size)
        if kind == _DYNAMIC:
            _drop_search_path(changed, offset, length)
    return bytes(changed)


def _drop_search_path(library: bytearray, offset: int, length: int) -> None:
    """Take the entry of the search path out of a dynamic segment and close the gap."""
    entries = [struct.unpack_from("<qQ", library, offset + at) for at in range(0, length, 16)]
    kept = [entry for entry in entries if entry[0] not in (_RPATH, _RUNPATH)]
    kept += [(_END, 0)] * (len(entries) - len(kept))
    library[offset : offset + length] = b"".join(struct.pack("<qQ", *entry) for entry in kept)
