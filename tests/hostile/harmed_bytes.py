"""Files harmed byte by byte, by somebody or something that knows nothing of SQLite, or only too much."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable

Harm = Callable[[bytearray, random.Random], bytes]


def _field(place: int, form: str, *values: int) -> Harm:
    """Return the harm of putting one of some numbers into the header of the file."""

    def harm(held: bytearray, chance: random.Random) -> bytes:
        struct.pack_into(form, held, place, chance.choice(values))
        return bytes(held)

    return harm


def _cut(held: bytearray, chance: random.Random) -> bytes:
    return bytes(held[: chance.choice((1, 15, 16, 99, 100, 512, chance.randrange(len(held))))])


def _cut_and_counted(held: bytearray, chance: random.Random) -> bytes:
    pages = chance.randrange(1, len(held) // 4096)
    struct.pack_into(">I", held, 28, pages)
    return bytes(held[: pages * 4096])


def _lengthened(held: bytearray, chance: random.Random) -> bytes:
    return bytes(held) + chance.randbytes(chance.choice((1, 4096, 40960)))


def _flipped(held: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 5, 50))):
        held[chance.randrange(len(held))] ^= 1 << chance.randrange(8)
    return bytes(held)


def _flipped_headers(held: bytearray, chance: random.Random) -> bytes:
    """Flip bits where pages say what they are and where their cells lie."""
    for _ in range(chance.choice((1, 2, 5))):
        page = chance.randrange(len(held) // 4096)
        held[page * 4096 + (100 if page == 0 else 0) + chance.randrange(40)] ^= 1 << chance.randrange(8)
    return bytes(held)


def _page_overwritten(held: bytearray, chance: random.Random) -> bytes:
    start = chance.randrange(1, len(held) // 4096) * 4096
    held[start : start + 4096] = chance.choice((bytes(4096), b"\xff" * 4096, chance.randbytes(4096)))
    return bytes(held)


def _pages_exchanged(held: bytearray, chance: random.Random) -> bytes:
    one, other = (page * 4096 for page in chance.sample(range(1, len(held) // 4096), 2))
    held[one : one + 4096], held[other : other + 4096] = (
        held[other : other + 4096],
        held[one : one + 4096],
    )
    return bytes(held)


def _page_in_itself(held: bytearray, chance: random.Random) -> bytes:
    """Let the pages below a page be that page itself, or others: a tree that is none."""
    for start in range(0, len(held), 4096):
        at = start + (100 if start == 0 else 0)
        if held[at] in (2, 5):
            struct.pack_into(">I", held, at + 8, chance.choice((start // 4096 + 1, 1, 2**31, 0)))
    return bytes(held)


def _garbage_with_header(held: bytearray, chance: random.Random) -> bytes:
    return bytes(held[:100]) + chance.randbytes(chance.choice((10, 4000, 40_000)))


def _garbage(held: bytearray, chance: random.Random) -> bytes:
    beginnings = (
        b"",
        b"PK\3\4",
        b"%PDF-1.7\n",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xfe",
        b"SQLite format 3\0",
        b"<?xml",
    )
    return chance.choice(beginnings) + chance.randbytes(chance.choice((0, 1, 100, 50_000)))


def _other_words(held: bytearray, chance: random.Random) -> bytes:
    """Exchange a word of the schema or of a row for bytes of the same length."""
    word = chance.choice(
        (b"CREATE TABLE", b"issuance", b"common", b"published", b"INTEGER", b"2001-", b"STRICT")
    )
    new = chance.choice(
        (bytes(len(word)), b"\xff" * len(word), b"(" * len(word), chance.randbytes(len(word)))
    )
    return bytes(held).replace(word, new, chance.choice((1, -1)))


BYTES: dict[str, Harm] = {
    "cut": _cut,
    "cut and counted": _cut_and_counted,
    "lengthened": _lengthened,
    "flipped": _flipped,
    "flipped headers of pages": _flipped_headers,
    "a page overwritten": _page_overwritten,
    "pages exchanged": _pages_exchanged,
    "a tree that is none": _page_in_itself,
    "garbage behind a header": _garbage_with_header,
    "garbage": _garbage,
    "other words": _other_words,
    "page size": _field(16, ">H", 0, 1, 3, 256, 512, 1024, 8192, 32768, 65535),
    "log flags": _field(18, ">H", 0x0202, 0x0201, 0x0102, 0xFFFF, 0),
    "reserved bytes": _field(20, ">B", 1, 8, 200, 255),
    "page count": _field(28, ">I", 0, 1, 7, 2**31, 2**32 - 1),
    "free pages": _field(32, ">Q", 1 << 32 | 1, 5 << 32 | 5, 2**64 - 1, 3 << 32 | 2**31),
    "schema format": _field(44, ">I", 0, 1, 2, 5, 2**32 - 1),
    "vacuum": _field(52, ">I", 1, 3, 2**32 - 1),
    "encoding": _field(56, ">I", 0, 2, 3, 4, 2**32 - 1),
    "version": _field(60, ">i", 0, -1, 2, 3, 1000, 2**31 - 1, -(2**31)),
    "application": _field(68, ">I", 0, 1, 0x0F055112, 2**32 - 1),
}
