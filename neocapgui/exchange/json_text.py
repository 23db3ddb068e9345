"""Plain data as JSON, part by part: what has a million lines is never in memory as one text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from types import NoneType
from typing import Any

_NO_LIST = (str, dict, int, float, NoneType)
_written = json.JSONEncoder(ensure_ascii=False).encode


def json_parts(value: Any, margin: str = "") -> Iterator[str]:
    """Yield the parts of the text, indented by one, without a line break at the end.

    An iterator is a list that is made while it is written.

    >>> print("".join(json_parts({"a": iter([{"b": 1, "c": None}]), "d": []})))
    {
     "a": [
      {
       "b": 1,
       "c": null
      }
     ],
     "d": []
    }
    """
    if not _has_list(value):
        yield _whole(value, margin)
    elif isinstance(value, dict):
        named = ((f"{_written(name)}: ", item) for name, item in value.items())
        yield from _between("{", "}", named, margin)
    else:
        yield from _between("[", "]", (("", item) for item in value), margin)


def _between(left: str, right: str, items: Iterable[tuple[str, Any]], margin: str) -> Iterator[str]:
    yield left
    inner = f"{margin} "
    start, end = f"\n{inner}", right
    for name, item in items:
        if _has_list(item):
            yield f"{start}{name}"
            yield from json_parts(item, inner)
        else:
            yield f"{start}{name}{_whole(item, inner)}"
        start, end = f",\n{inner}", f"\n{margin}{right}"
    yield end


def _has_list(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_list, value.values()))
    return not isinstance(value, _NO_LIST)


def _whole(value: Any, margin: str) -> str:
    """Return what has no list in it as one text."""
    if not isinstance(value, dict) or not value:
        return _written(value)
    inner = f"{margin} "
    body = f",\n{inner}".join([f"{_written(name)}: {_whole(item, inner)}" for name, item in value.items()])
    return f"{{\n{inner}{body}\n{margin}}}"
