"""What is remembered of the views of a document: its own, on this machine, for a year, and never trusted."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from neocapgui.gui.views_kept import keep, kept, note_opened

YEAR = 366 * 24 * 3600


def the_file(home: Path) -> Path:
    (file,) = (home / "views").iterdir()
    return file


def test_what_is_kept_is_given_back_for_its_document_alone(home: Path) -> None:
    keep("a", "table.prices", {"widths": {"Day": 90}})
    keep("a", "page", "prices")
    assert kept("a", "table.prices") == {"widths": {"Day": 90}}
    assert kept("a", "page") == "prices"
    assert kept("b", "page") is None


def test_nothing_forgets_a_key(home: Path) -> None:
    keep("a", "page", "prices")
    keep("a", "page", None)
    assert kept("a", "page") is None


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps no such bits.")
def test_only_the_user_can_read_it(home: Path) -> None:
    keep("a", "page", "prices")
    assert stat.S_IMODE(the_file(home).stat().st_mode) == 0o600
    assert stat.S_IMODE(the_file(home).parent.stat().st_mode) == 0o700


def test_the_number_of_a_document_is_never_a_path(home: Path) -> None:
    keep("../../elsewhere", "page", "prices")
    assert the_file(home).parent == home / "views"
    assert kept("../../elsewhere", "page") == "prices"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "nonsense", '{"page": NaN}', "[" * 100_000, '{"page": "' + "x" * 500_000 + '"}', "\0\xff"],
)
def test_a_file_that_is_none_of_ours_says_nothing_and_is_replaced(home: Path, text: str) -> None:
    keep("a", "page", "prices")
    the_file(home).write_text(text, encoding="utf-8")
    assert kept("a", "page") is None
    keep("a", "page", "group")
    assert kept("a", "page") == "group"


def test_what_is_too_deep_too_long_or_no_plain_value_is_not_kept(home: Path) -> None:
    keep("a", "deep", [[[[[[[1]]]]]]])
    keep("a", "long", "x" * 500_000)
    keep("a", "float", 1.5)
    keep("a", "x" * 101, "page")
    assert [kept("a", key) for key in ("deep", "long", "float", "x" * 101)] == [None] * 4


def test_the_keys_kept_longest_ago_give_way(home: Path) -> None:
    for number in range(202):
        keep("a", f"key {number}", number)
    assert kept("a", "key 0") is None
    assert kept("a", "key 201") == 201
    assert len(json.loads(the_file(home).read_text(encoding="utf-8"))) == 200


def test_a_document_not_opened_for_a_year_is_forgotten(home: Path) -> None:
    keep("a", "page", "prices")
    keep("b", "page", "group")
    now = the_file_of("a", home).stat().st_mtime + YEAR - 100
    note_opened("a", now)
    note_opened("a", now + 200)
    assert kept("a", "page") == "prices"
    assert kept("b", "page") is None


def the_file_of(document: str, home: Path) -> Path:
    from neocapgui.gui.views_kept import _file

    return _file(document)
