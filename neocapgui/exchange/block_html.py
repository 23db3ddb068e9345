"""A block of cells as an HTML table: written with number formats, and read where there is no text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

from neocapgui.exchange.block_text import even
from neocapgui.exchange.safe_text import unguarded
from neocapgui.figures.kinds import NUMBERS, Kind

_TEXT = r"\@"
_FORMATS = {  # as Excel writes them in the styles of its own HTML
    Kind.SHARES: r"\#\,\#\#0",
    Kind.COUNTED: r"\#\,\#\#0",
    Kind.WHOLE: "0",
    Kind.PRICE: r"\#\,\#\#0\.00\#\#\#\#\#\#",
    Kind.MONEY: r"\#\,\#\#0\.00",
    Kind.STAKE: r"0\.00",
    Kind.RATE: r"0\.00\#\#\#\#%",
    Kind.DATE: r"yyyy\-mm\-dd",
}
_FRACTIONS = r"\#\,\#\#0\.\#\#\#\#\#\#"
_MOST_SPAN = 1_000  # columns or rows that one cell may claim to cover


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a copied block: its text in the marks of the language, and its number without any."""

    kind: Kind
    text: str
    number: str = ""  # canonical: 1234.5


def block_html(rows: Iterable[Sequence[Cell]], heads: Sequence[str] = ()) -> str:
    """Return a block as a table that keeps numbers numbers, texts texts and days days.

    >>> '<td style="text-align:right;mso-number-format:\\'' in block_html([[Cell(Kind.SHARES, "12", "12")]])
    True
    """
    lines = [
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>',
        '<meta charset="utf-8">',
        "</head><body><table>",
    ]
    if heads:
        cells = "".join(f"<th style=\"mso-number-format:'{_TEXT}'\">{_safe(head)}</th>" for head in heads)
        lines.append(f"<tr>{cells}</tr>")
    lines += ["<tr>" + "".join(map(_cell, row)) + "</tr>" for row in rows]
    lines.append("</table></body></html>")
    return "\n".join(lines)


def _cell(cell: Cell) -> str:
    number = _FORMATS.get(cell.kind, _TEXT)
    if cell.kind in (Kind.SHARES, Kind.COUNTED) and "." in cell.number:
        number = _FRACTIONS
    align = "right" if cell.kind in NUMBERS else "left"
    exact = f' x:num="{cell.number}" sdval="{cell.number}"' if cell.number else ""
    return f"<td style=\"text-align:{align};mso-number-format:'{number}'\"{exact}>{_safe(cell.text)}</td>"


def _safe(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def block_of_html(html: str, decimal_mark: str = ".") -> list[list[str]]:
    """Return the first table of an HTML page as a block; merged cells have their text at the top left.

    Where a spreadsheet wrote down the exact number beside the shown one, that number is taken, with the
    decimal mark of the language.

    >>> block_of_html('<table><tr><td colspan=2>A<td sdval="1.25">1.3</table>', ",")
    [['A', '', '1,25']]
    """
    reader = _Reader(decimal_mark)
    reader.feed(html.replace("\0", ""))
    reader.close()
    return even(reader.rows())


class _Reader(HTMLParser):
    def __init__(self, decimal_mark: str) -> None:
        super().__init__(convert_charrefs=True)
        self._mark = decimal_mark
        self._cells: dict[tuple[int, int], str] = {}
        self._row, self._column = -1, 0
        self._text: list[str] | None = None
        self._exact = ""
        self._span = (1, 1)
        self._depth = 0
        self._is_over = False

    def rows(self) -> list[list[str]]:
        """Return what was read, line by line."""
        self._end_cell()
        lines: list[list[str]] = [[] for _ in range(self._row + 1)]
        for (row, column), text in sorted(self._cells.items()):
            if row > self._row:
                break  # a cell that covers more lines than there are
            lines[row] += [""] * (column - len(lines[row])) + [text]
        return lines

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and not self._is_over:
            self._depth += 1
        if not self._depth or self._is_over:
            return
        if tag == "tr":
            self._end_cell()
            self._row, self._column = self._row + 1, 0
        elif tag in ("td", "th"):
            self._end_cell()
            self._begin_cell({name: value or "" for name, value in attrs})
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table" and self._depth:
            self._end_cell()
            self._depth -= 1
            self._is_over = not self._depth

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(re.sub(r"[\r\n\t ]+", " ", data))

    def _begin_cell(self, told: dict[str, str]) -> None:
        self._row = max(self._row, 0)
        self._text = []
        self._exact = _exact_number(told)
        self._span = _span(told.get("rowspan", "")), _span(told.get("colspan", ""))

    def _end_cell(self) -> None:
        if self._text is None:
            return
        text = "".join(self._text)
        text = "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n")
        self._text = None
        if self._exact and _is_shown_as(text, self._exact):
            text = self._exact.replace(".", self._mark)
        while (self._row, self._column) in self._cells:
            self._column += 1
        high, wide = self._span
        for row in range(self._row, self._row + high):
            for column in range(self._column, self._column + wide):
                self._cells[row, column] = ""
        self._cells[self._row, self._column] = unguarded(text)
        self._column += wide


def _span(text: str) -> int:
    return min(int(text), _MOST_SPAN) if re.fullmatch("[1-9][0-9]{0,5}", text) else 1


def _is_shown_as(text: str, number: str) -> bool:
    """Whether a shown text is a number, and no day, percentage or amount with its currency."""
    is_plain = re.fullmatch(r"[-(\u2212]?[\d.,'\u2019 \u00a0\u202f]+[-)]?", text.strip())
    whole = number.lstrip("-").partition(".")[0]
    return bool(is_plain) and re.sub(r"\D", "", text).startswith(whole)


def _exact_number(told: dict[str, str]) -> str:
    """Return the number that Excel, LibreOffice or Google Sheets noted in a cell, in canonical text."""
    for name in ("x:num", "sdval"):
        if re.fullmatch(r"-?\d+(\.\d+)?", told.get(name, "")):
            return told[name]
    noted = re.search(r'"3":(-?\d+(?:\.\d+)?)\s*[,}]', told.get("data-sheets-value", ""))
    if noted is not None:
        return noted[1]
    return ""
