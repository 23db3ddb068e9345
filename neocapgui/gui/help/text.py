"""The help's Markdown as the rich text that Qt shows; it is the program's own text and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from neocapgui.gui.help.topics import slug
from neocapgui.gui.looks.roles import Roles

_ANCHOR = re.compile(r"\s*\{#([\w.-]+)\}")
_KEYS = re.compile(r"\{\{([a-z_.]+)\}\}")
_INLINE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])"), r"<i>\1</i>"),
    (re.compile(r"(?<!\w)_([^_]+)_(?!\w)"), r"<i>\1</i>"),
    (re.compile(r"\[([^]]+)\]\(([\w.#-]+)\)"), r'<a href="\2">\1</a>'),
    (_ANCHOR, r'<a name="\1"></a>'),
)


def style_of_help(roles: Roles) -> str:
    """Return the style sheet of the help in some colours."""
    return f"""
body {{ color: {roles.text}; }}
h1 {{ font-size: x-large; font-weight: 600; margin-top: 2px; margin-bottom: 10px; }}
h2 {{ font-size: large; font-weight: 600; margin-top: 20px; margin-bottom: 6px; }}
h3 {{ font-size: medium; font-weight: 600; margin-top: 14px; margin-bottom: 4px; }}
p {{ margin-top: 0; margin-bottom: 9px; line-height: 130%; }}
li {{ margin-bottom: 5px; line-height: 130%; }}
a {{ color: {roles.accent}; text-decoration: none; }}
code {{ background-color: {roles.head}; }}
pre {{ background-color: {roles.head}; margin-bottom: 9px; }}
th {{ color: {roles.dim}; font-weight: 500; text-align: left; background-color: {roles.head}; }}
td {{ border-bottom: 1px solid {roles.line}; }}
"""


def html(markdown: str, keys: Callable[[str], str]) -> str:
    """Return a topic as rich text: headings, paragraphs, lists, tables, code, links and anchors.

    `{{edit.undo}}` becomes the keys that the command has now.
    """
    named = _KEYS.sub(lambda found: keys(found[1]) or "no keys", markdown)
    blocks = re.split(r"\n\s*\n", named.strip())
    return "<body>" + "\n".join(line for block in blocks for line in _block(block)) + "</body>"


def inline(text: str) -> str:
    """Return one line with its emphasis, code and links."""
    safe = escape(text, quote=False)
    for pattern, shown in _INLINE:
        safe = pattern.sub(shown, safe)
    return safe


def _block(block: str) -> Iterator[str]:
    lines = block.splitlines()
    if all(line.startswith("    ") for line in lines):
        yield "<pre>" + escape("\n".join(line[4:] for line in lines), quote=False) + "</pre>"
    elif lines[0].startswith("#"):
        yield _heading(lines[0])
        if lines[1:]:
            yield from _block("\n".join(lines[1:]))
    elif lines[0].startswith("|"):
        yield _table(lines)
    elif re.match(r"- |\d+\. ", lines[0]):
        yield _list(lines)
    else:
        yield f"<p>{inline(' '.join(line.strip() for line in lines))}</p>"


def _heading(line: str) -> str:
    marks, _, text = line.partition(" ")
    named = _ANCHOR.search(text)
    plain = _ANCHOR.sub("", text)
    anchor = named[1] if named else slug(plain)
    level = len(marks)
    return f'<h{level}><a name="{anchor}"></a>{inline(plain)}</h{level}>'


def _list(lines: list[str]) -> str:
    kind = "ul" if lines[0].startswith("- ") else "ol"
    items: list[str] = []
    for line in lines:
        begun = re.match(r"(?:- |\d+\. )(.*)", line)
        if begun:
            items.append(begun[1])
        else:
            items[-1] += " " + line.strip()
    return f"<{kind}>" + "".join(f"<li>{inline(item)}</li>" for item in items) + f"</{kind}>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head, body = rows[0], rows[2:]
    out = ['<table cellspacing="0" cellpadding="6" width="100%">']
    if any(head):
        out.append("<tr>" + "".join(f"<th>{inline(cell)}</th>" for cell in head) + "</tr>")
    out += ["<tr>" + "".join(f"<td>{inline(cell)}</td>" for cell in row) + "</tr>" for row in body]
    return "".join([*out, "</table><p></p>"])
