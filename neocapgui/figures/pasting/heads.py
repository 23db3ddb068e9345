"""Which column of a table a column of a pasted block is: by its head, or by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from neocapgui.figures.kinds import NUMBERS, Kind, NotUnderstood, Style
from neocapgui.figures.likeness import folded
from neocapgui.figures.pasting.pasted_days import pasted_day
from neocapgui.figures.pasting.pasted_numbers import TwoReadings, figure
from neocapgui.figures.tables import Column, Table

# What lists of transfer agents and other spreadsheets call the fields of our facts, folded.
_CALLED = {
    "date": "date|issue date|date of issue|date issued|issued|transaction date|trade date|acquired|as of|"
    "datum|ausgabedatum|date d emission",
    "kind": "type|transaction|transaction type|holder type|security type|art|typ|genre",
    "security": "class|share class|class of shares|stock class|security class|series|gattung|aktienart|titre|"
    "categorie",
    "stakeholder": "name|holder|holder name|name of holder|shareholder|shareholder name|stockholder|"
    "investor|owner|registered holder|registered owner|registration|aktionar|inhaber|actionnaire|titulaire|"
    "nom",
    "name": "name|holder|holder name|shareholder|stockholder|investor|owner|registered holder|"
    "registered owner|company name|aktionar|inhaber|actionnaire|titulaire|nom",
    "quantity": "number|number of shares|no of shares|quantity|qty|units|share balance|shares held|"
    "shares issued|balance|aktien|anzahl|anzahl aktien|stuck|actions|nombre d actions|nombre",
    "shares": "number of shares|outstanding|shares outstanding|aktien|actions",
    "price": "price per share|issue price|purchase price|preis|preis je aktie|prix|prix par action",
    "amount": "total|total amount|consideration|proceeds|betrag|montant",
    "certificate": "cert|cert no|cert number|certificate no|certificate number|certificate id|zertifikat|"
    "zertifikat nr|certificat|no de certificat",
    "counterparty": "to|transferee|buyer|received by|an|kaufer|acheteur",
    "source": "document|filing|quelle",
    "note": "notes|remark|remarks|comment|comments|memo|bemerkung|remarque",
    "ratio": "split ratio|verhaltnis",
    "close": "closing price|last|schluss|cloture",
    "issuer": "issuer|company",
    "formed": "incorporated|founded",
}
_WORDS = {word for words in _CALLED.values() for word in words.split("|")} | {
    "certificate",
    "counterparty",
    "kind",
    "note",
    "price",
    "security",
    "shares",
    "source",
    "stakeholder",
}
_PARTS = re.compile(r"[\W_]+")
_SAMPLED = 60  # lines of a block that are looked at for what stands in them
_NEARLY_ALL = 0.7


def matched(table: Table, head: Sequence[str]) -> tuple[int | None, ...] | None:
    """Return the column of the table for each head of a block, None for one that fits none.

    None altogether where the line is no line of heads: of several cells at least two, and half, must be words
    that heads are, and one must fit.
    """
    columns: list[int | None] = []
    for text in head:
        place = _place_of(table.columns, text)
        columns.append(None if place in columns else place)
    named = sum(column is not None for column in columns)
    known = sum(
        place is not None or _words(text) in _WORDS for place, text in zip(columns, head, strict=True)
    )
    texts = sum(bool(text.strip()) for text in head)
    is_head = (named and known >= 2) or (named and len(head) == 1 and _is_title(table.columns, head[0]))
    return tuple(columns) if is_head and known * 2 >= texts else None


def _words(text: str) -> str:
    return " ".join(_PARTS.sub(" ", folded(text)).split())


def _place_of(columns: Sequence[Column], text: str) -> int | None:
    said = _words(text.removesuffix("(shares)"))
    if not said:
        return None
    for place, column in enumerate(columns):
        if said == _words(column.title):
            return place
    for place, column in enumerate(columns):
        if said in _CALLED.get(column.field, "").split("|"):
            return place
    return None


def _is_title(columns: Sequence[Column], text: str) -> bool:
    return any(_words(text) == _words(column.title) for column in columns)


def guessed(table: Table, rows: Sequence[Sequence[str]], style: Style) -> tuple[int | None, ...]:
    """Return the columns that fit what stands in a block without heads: a day, a count, a name, a paper.

    A list of holders has at least a name and a count or a day; anything else is not guessed at.
    """
    sample = [row for row in rows if any(cell.strip() for cell in row)][:_SAMPLED]
    width = len(sample[0]) if sample else 0
    places = {column.field: place for place, column in enumerate(table.columns) if column.is_editable}
    wanted = [field for field in ("date", "quantity", "stakeholder", "certificate") if field in places]
    if "stakeholder" not in wanted or width < 2:
        return (None,) * width
    columns = list(with_known_words(table, sample, (None,) * width))
    for field in ("date", "stakeholder", "quantity", "certificate"):
        scores = [
            _score(field, [row[at] for row in sample], style) if columns[at] is None else 0.0
            for at in range(width)
        ]
        best = max(range(width), key=lambda at: scores[at])
        if field in wanted and scores[best] >= _NEARLY_ALL:
            columns[best] = places[field]
    return tuple(columns)


def with_known_words(
    table: Table, rows: Sequence[Sequence[str]], columns: Sequence[int | None]
) -> tuple[int | None, ...]:
    """Return the columns with each that has no place yet put where nearly all its words are known.

    Only kinds of transactions and securities are known so: a few of their words fill a whole column.
    """
    found = list(columns)
    sample = [row for row in rows if any(cell.strip() for cell in row)][:_SAMPLED]
    for place, column in enumerate(table.columns):
        if column.field not in ("kind", "security") or column.choices is None or place in found:
            continue
        known = {name.casefold() for name in column.choices.names()}
        for at in (at for at, taken in enumerate(found) if taken is None):
            texts = [text for row in sample if (text := " ".join(row[at].split()).casefold())]
            if texts and sum(text in known for text in texts) >= _NEARLY_ALL * len(texts):
                found[at] = place
                break
    return tuple(found)


def _score(field: str, cells: Sequence[str], style: Style) -> float:
    """Return which part of some cells look like a field; of two alike the more varied is the better."""
    texts = [cell.strip() for cell in cells if cell.strip()]
    if not texts:
        return 0.0
    looks = {"date": _is_day, "quantity": _is_count, "stakeholder": _is_name, "certificate": _is_paper}
    return sum(looks[field](text, style) for text in texts) / len(texts) + len(set(texts)) / len(texts) / 10


def _is_day(text: str, style: Style) -> bool:
    try:
        return pasted_day(text, style) is not None
    except NotUnderstood:
        return False


def _is_count(text: str, style: Style) -> bool:
    try:
        found = figure(text, style)
    except TwoReadings:
        return True
    except NotUnderstood:
        return False
    return found is not None and found.value >= 0 and found.value == int(found.value) and not found.is_percent


def _is_name(text: str, style: Style) -> bool:
    return not _is_day(text, style) and sum(map(str.isalpha, text)) >= 3 and " " in text


def _is_paper(text: str, style: Style) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]{0,5}[-/ #]?\d{1,12}", text))


def is_number_column(column: Column) -> bool:
    """Whether a column holds numbers, and no words to choose from."""
    return column.kind in NUMBERS and column.choices is None and column.kind is not Kind.RATIO
