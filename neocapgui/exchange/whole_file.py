"""A file written whole or not at all, and the digest by which a file is known again."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

_BLOCK = 1 << 20
_SHOWN = 16  # figures of a digest that are shown


def write_whole(path: Path, content: bytes) -> None:
    """Put content in the place of a file: the old one stays until the new one is on the disk.

    Refuses (OSError) with the old file untouched; a folder, pipe or device is not replaced.
    """
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise OSError(f"the folder {target.parent.name} is not there")
    if target.exists() and not target.is_file():
        raise OSError("it is no file")
    if target.exists() and not os.access(target, os.W_OK):
        raise OSError("the file is read-only")
    beside = target.with_name(f".{uuid4().hex}.exporting")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def digest_of(path: Path) -> str:
    """Return the first figures of a file's SHA-256, as other programs find it."""
    found = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()[:_SHOWN]
