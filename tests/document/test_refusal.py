"""What the system reports, in words: no number of an error and no path reaches the user."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from neocapgui.document.document import Document, DocumentError
from neocapgui.document.refusal import in_words, reason
from tests.document.ledgers import acme

DISK_AWAY = ("ENODEV", "ENXIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ETIMEDOUT")


@pytest.mark.parametrize("name", [name for name in DISK_AWAY if hasattr(errno, name)])
def test_a_disk_that_went_away_is_said_to_be_out_of_reach(name: str) -> None:
    error = OSError(getattr(errno, name), "Some words", "/media/stick/acme.db")
    assert reason(error) == "its disk is out of reach"


def test_no_error_of_the_system_is_told_by_its_number_or_path() -> None:
    for number in errno.errorcode:
        said = reason(OSError(number, os.strerror(number), "/home/zoe/acme.db"))
        assert "Errno" not in said
        assert "zoe" not in said


def test_too_many_open_files_are_told_in_words(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    with Document.create(acme(), tmp_path / "working") as document:
        document.save(tmp_path / "acme.db")
        before = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, before[1]))
        try:
            with pytest.raises(DocumentError) as refused:
                document.save(tmp_path / "acme.db")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, before)
        assert str(refused.value) == "acme.db could not be saved: too many files are open."
        document.save(tmp_path / "acme.db")


def test_a_thread_for_which_there_is_no_room_is_no_mistake_of_the_program() -> None:
    with pytest.raises(DocumentError) as refused, in_words("acme.db", "saved"):
        raise RuntimeError("can't start new thread")
    assert str(refused.value) == "acme.db could not be saved: memory ran out."
    with pytest.raises(RuntimeError), in_words("acme.db", "saved"):
        raise RuntimeError("a mistake")
