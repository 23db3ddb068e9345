"""Text that a file brought along, shown as it was typed: Qt takes what looks like markup for markup."""

from __future__ import annotations

from PySide6.QtGui import Qt


def tip(text: str) -> str:
    """Return a text for a tool tip, which has no setting for plain text.

    >>> tip("Ada"), tip("<img src=x>")
    ('Ada', '<p>&lt;img src=x&gt;</p>')
    """
    if not Qt.mightBeRichText(text):
        return text
    return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal)  # lines break at spaces
