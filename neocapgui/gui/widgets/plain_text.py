"""Text that a file brought along, shown as it was typed: Qt takes what looks like markup for markup."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt

from neocapgui.document.refusal import one_line


def tip(text: str) -> str:
    """Return a text for a tool tip, which has no setting for plain text.

    >>> tip("Ada"), tip("<img src=x>")
    ('Ada', '<p>&lt;img src=x&gt;</p>')
    """
    if not Qt.mightBeRichText(text):
        return text
    return Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal)  # lines break at spaces


def as_markup(text: str) -> str:
    """Return a text for what takes all for markup, as the axes of a plot do: on one line, not too long.

    >>> as_markup("Shares of <b>Ada</b>")
    'Shares of &lt;b&gt;Ada&lt;/b&gt;'
    """
    return escape(one_line(text))
