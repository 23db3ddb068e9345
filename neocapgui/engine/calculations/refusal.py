"""The refusal of a calculation whose inputs contradict its definition."""

from __future__ import annotations


class CalculationRefused(ValueError):
    """A calculation refuses rather than guess; everything stays as it was.

    `code` is the stable name of the reason (`insufficient_quantity`); the message is one full
    sentence that names the instrument and the number.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
