"""A drawing as SVG 1.1: plain polygons, lines and real text, byte for byte the same for the same drawing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite

from neocapgui.figures.charts.inks import PAPER, Inks
from neocapgui.figures.charts.marks import Anchor, Area, Drawing, Mark, Point, Stroke, Words

FACES = "Inter, Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
_PLACES = 2  # decimals of a coordinate: a hundredth of a point
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = "http://www.w3.org/2000/svg"


def svg_text(drawing: Drawing, inks: Inks = PAPER) -> str:
    """Return a drawing as an SVG file; sizes are in points, attributes in the order of their names.

    Nothing is cut by a clip path, nothing is fetched, and no script runs: polygons, polylines and text.
    """
    width, height = _number(drawing.width), _number(drawing.height)
    head = _tag(
        "svg",
        {
            "aria-labelledby": "title desc",
            "font-family": FACES,
            "height": f"{height}pt",
            "role": "img",
            "version": "1.1",
            "viewBox": f"0 0 {width} {height}",
            "width": f"{width}pt",
            "xmlns": _SPACE,
        },
    )
    lines = [
        head,
        f'<title id="title">{_escaped(drawing.title)}</title>',
        f'<desc id="desc">{_escaped(drawing.description)}</desc>',
        *(line for mark in drawing.marks for line in _mark(mark, inks)),
        "</svg>",
    ]
    return _HEAD + "\n".join(lines) + "\n"


def _mark(mark: Mark, inks: Inks) -> Iterator[str]:
    if isinstance(mark, Area):
        attributes = {"fill": inks.of(mark.fill, mark.pale), "points": _points(mark.points)}
        if mark.part:
            attributes["class"] = mark.part
        if mark.says:
            yield f"{_tag('polygon', attributes)}<title>{_escaped(mark.says)}</title></polygon>"
        else:
            yield _tag("polygon", attributes, is_closed=True)
    elif isinstance(mark, Stroke):
        attributes = {
            "fill": "none",
            "points": _points(mark.points),
            "stroke": inks.of_line(mark),
            "stroke-width": _number(mark.width),
        }
        if mark.dash:
            attributes["stroke-dasharray"] = " ".join(map(_number, mark.dash))
        if mark.part:
            attributes["class"] = mark.part
        yield _tag("polyline", attributes, is_closed=True)
    else:
        yield _words(mark, inks)


def _words(mark: Words, inks: Inks) -> str:
    across, down = mark.place
    attributes = {
        "fill": inks.on(mark.ink),
        "font-size": _number(mark.size),
        "x": _number(across),
        "y": _number(down),
    }
    if mark.anchor is not Anchor.START:
        attributes["text-anchor"] = str(mark.anchor)
    if mark.is_strong:
        attributes["font-weight"] = "600"
    if mark.is_upright:
        attributes["transform"] = f"rotate(-90 {_number(across)} {_number(down)})"
    if "  " in mark.text:
        attributes["xml:space"] = "preserve"
    if mark.part:
        attributes["class"] = mark.part
    return f"{_tag('text', attributes)}{_escaped(mark.text)}</text>"


def _tag(name: str, attributes: Mapping[str, str], is_closed: bool = False) -> str:
    said = "".join(f' {key}="{_escaped(value)}"' for key, value in sorted(attributes.items()))
    return f"<{name}{said}{'/' if is_closed else ''}>"


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_number(across)},{_number(down)}" for across, down in points)


def _number(value: float) -> str:
    """Return a coordinate without needless figures.

    >>> _number(12.0), _number(0.125), _number(-0.001)
    ('12', '0.12', '0')
    """
    if not isfinite(value):
        raise ValueError("A drawing has no place for what is no number.")
    text = f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _escaped(text: str) -> str:
    """Return a text as XML writes it; control characters, which XML cannot hold, become spaces."""
    plain = "".join(letter if _is_xml(letter) else " " for letter in text)
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        plain = plain.replace(mark, entity)
    return plain


def _is_xml(letter: str) -> bool:
    code = ord(letter)
    return code in (0x9, 0xA, 0xD) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000
