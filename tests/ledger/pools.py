"""Pools of texts as a file gives them: one block of bytes."""

from __future__ import annotations

from itertools import accumulate

import numpy as np

from neocapgui.ledger.columns import TextPool

_SEPARATOR = b"\x1f"


def pool_of(*texts: str) -> TextPool:
    """Hold texts as they stand in a file."""
    blocks = [text.encode() for text in texts]
    ends = [end + place for place, end in enumerate(accumulate(map(len, blocks)))]
    return TextPool(_SEPARATOR.join(blocks), np.array(ends, np.int64))
