"""The folder where the program keeps what is its own, for the eyes of its user alone."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from neocapgui.document.own_folder import own_folder


def user_folder() -> Path:
    """Return where the program keeps what is its own; the working copies stand in it, and the versions."""
    return own_folder()


def private(folder: Path) -> Path:
    """Return a folder that only its user can look into (0700), made with all above it that is missing.

    Refuses (OSError) where it cannot be made; one that cannot be closed to others stays as it is.
    """
    if not folder.is_dir():
        if not folder.parent.is_dir():
            private(folder.parent)
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
    if folder.stat().st_mode & 0o077:
        with suppress(OSError):
            folder.chmod(0o700)
    return folder


def trouble_with_user_folder() -> str:
    """Return why nothing can be kept safe here, as one sentence; "" where it can.

    Without a place for working copies no scenario is opened: an edit that a crash would lose is not taken.
    """
    folder = user_folder()
    probe = folder / "working" / f"{uuid4()}.probe"
    try:
        private(folder)
        private(probe.parent)
        os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        probe.unlink()
    except OSError as error:
        from neocapgui.document.refusal import reason

        return (
            f"No work can be kept safe in {folder}, because {reason(error)}; so no scenario can be opened"
            " for editing until NEOCAPGUI_HOME names a folder that can be written to."
        )
    return ""


def write_private(file: Path, text: str) -> None:
    """Put a text in the place of a file of this folder, whole, readable by its user alone (0600)."""
    private(file.parent)
    beside = file.with_name(f".{uuid4()}.writing")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as writing:
            writing.write(text)
        os.replace(beside, file)
    except OSError:
        with suppress(OSError):
            beside.unlink()
        raise
