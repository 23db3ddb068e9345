"""How the tables and charts of a document were looked at last: kept on this machine, never in the facts."""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from neocapgui.gui.user_folder import user_folder, write_private

_FOLDER = "views"
_ENDING = ".json"
_LONGEST = 400_000  # bytes of a file that are read and written; ours has some thousand
_LONGEST_KEY = 100  # characters
_MOST_KEYS = 200
_DEEPEST = 6  # lists and mappings inside one another
_YEAR = 366 * 24 * 3600  # seconds without a look, after which a document's views are forgotten
_MONTH = 31 * 24 * 3600


def kept(document_id: str, key: str) -> Any:
    """Return what was kept for a document under a key, as JSON holds it; None where nothing was.

    What stands in the file is only plain texts, numbers, lists and mappings, and whoever asks looks at it
    before believing it. A file that is none of ours, or longer than ours, says nothing.
    """
    return _read(_file(document_id)).get(key)


def keep(document_id: str, key: str, value: Any) -> None:
    """Keep a value for a document under a key (0600, whole or not at all); None forgets it.

    What cannot be written, or is too much, is not kept: nothing depends on it.
    """
    if not document_id or len(key) > _LONGEST_KEY or not _is_plain(value, _DEEPEST):
        return
    file = _file(document_id)
    said = _read(file)
    if said.get(key) == value:
        return
    said = {name: held for name, held in said.items() if name != key}
    if value is not None:
        said[key] = value
    while len(said) > _MOST_KEYS:
        said.pop(next(iter(said)))  # what was kept longest ago
    text = json.dumps(said, ensure_ascii=False, indent=1)
    if len(text.encode(errors="replace")) <= _LONGEST:
        with suppress(OSError):
            write_private(file, text)


def note_opened(document_id: str, now: float | None = None) -> None:
    """Note that a document is looked at, and forget the views of those that were not for a year.

    `now` is in seconds since 1970; the clock where it is not given.
    """
    now = time.time() if now is None else now
    file = _file(document_id)
    with suppress(OSError):
        if file.stat().st_mtime < now - _MONTH:
            os.utime(file, (now, now))
    with suppress(OSError):
        for other in file.parent.glob(f"*{_ENDING}"):
            with suppress(OSError):
                if other.lstat().st_mtime < now - _YEAR:
                    other.unlink()


def _file(document_id: str) -> Path:
    """Return the file of a document; its number, which a file may state as it likes, is never a path."""
    return (
        user_folder() / _FOLDER / f"{sha256(document_id.encode(errors='replace')).hexdigest()[:40]}{_ENDING}"
    )


def _read(file: Path) -> dict[str, Any]:
    try:
        if not file.is_file() or file.stat().st_size > _LONGEST:
            return {}
        said = json.loads(file.read_text(encoding="utf-8"), parse_constant=_no_number)
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {
        key: value for key, value in said.items() if len(key) <= _LONGEST_KEY and _is_plain(value, _DEEPEST)
    }


def _no_number(text: str) -> None:
    raise ValueError(text)


def _is_plain(value: Any, deep: int) -> bool:
    """Whether JSON gives a value back as it is, with lists and mappings at most so deep."""
    if isinstance(value, dict):
        return deep > 0 and all(
            isinstance(key, str) and _is_plain(one, deep - 1) for key, one in value.items()
        )
    if isinstance(value, list):
        return deep > 0 and all(_is_plain(one, deep - 1) for one in value)
    return value is None or isinstance(value, (bool, int, str))
