"""The check sheet as a table, as lines of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neocapgui.engine.finding import Finding
from neocapgui.figures.checks.findings_table import where
from neocapgui.figures.checks.sheet import CheckSheet, Line, Outcome, Section, Trouble
from neocapgui.figures.choices import Words
from neocapgui.figures.kinds import PLAIN, Kind, Style, grouped
from neocapgui.figures.sentences import sentence
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Ledger

_COLUMNS = (
    Column("What was checked", Kind.TEXT, width=43),
    Column("Outcome", Kind.CHOICE, choices=Words.of(Outcome), width=9),
    Column("How many", Kind.WHOLE, width=8),
    Column("Numbers", Kind.TEXT, help="What was counted, and how it compares", width=45),
)
_BELOW = "\u2003"  # stands before a line that belongs to the one above


def verdict(sheet: CheckSheet, style: Style = PLAIN) -> str:
    """Return the whole sheet in a sentence."""
    checks = sum(len(section.lines) for section in sheet.sections)
    failed = sum(1 for section in sheet.sections for line in section.lines if line.outcome != Outcome.PASSED)
    if not failed:
        return f"All {grouped(checks, style)} checks pass."
    count = len(sheet.findings) + len(sheet.troubles)
    found = f"{grouped(count, style)} finding{'' if count == 1 else 's'}"
    return f"{grouped(checks - failed, style)} of {grouped(checks, style)} checks pass; {found}."


def message(found: Finding | Trouble, style: Style = PLAIN) -> str:
    """Return the sentence of what was found, its figures and days as a style writes them."""
    return sentence(found.said, style) if isinstance(found, Finding) else found.message


def check_table(sheet: CheckSheet, only_failed: bool = False, style: Style = PLAIN) -> Table:
    """Return the sheet as a table; what was found stands below its check, with the finding as the key."""
    rows = tuple(row for section in sheet.sections for row in _rows(section, only_failed, style))
    return Table("check_sheet", "Check", _COLUMNS, rows, verdict(sheet, style), empty="Every check passes.")


def _rows(section: Section, only_failed: bool, style: Style) -> Iterator[Row]:
    lines = [line for line in section.lines if line.outcome is not Outcome.PASSED or not only_failed]
    if lines:
        yield Row((section.title, section.outcome, None, ""), is_total=True)
    for line in lines:
        numbers = sentence(line.counted, style)
        numbers = numbers[:1].upper() + numbers[1:]
        yield Row((_BELOW + sentence(line.said, style), line.outcome, line.checked or None, numbers))
        for finding in line.findings:
            yield Row(
                (2 * _BELOW + message(finding, style), Outcome(finding.severity), None, ""), key=finding
            )


def check_lines(sheet: CheckSheet, style: Style = PLAIN) -> list[str]:
    """Return the sheet as lines for a terminal or a letter."""
    lines: list[str] = []
    for section in sheet.sections:
        lines += ["", section.title] if lines else [section.title]
        for line in section.lines:
            lines.append(_text(line, style))
            lines += [f"           {found.severity}: {message(found, style)}" for found in line.findings]
    return lines


def _text(line: Line, style: Style) -> str:
    count = f" ({grouped(line.checked, style)})" if line.checked > 1 else ""
    numbers = f": {sentence(line.counted, style)}" if line.counted else ""
    return f"  {line.outcome:<7}  {sentence(line.said, style)}{count}{numbers}"


def sections_json(sheet: CheckSheet) -> list[dict[str, Any]]:
    """Return the sections with every check; what was found stands with the message of the finding."""
    return [
        {
            "name": section.name,
            "title": section.title,
            "outcome": str(section.outcome),
            "checks": [
                {
                    "check": line.check,
                    "checked": str(line.checked),
                    "outcome": str(line.outcome),
                    "numbers": line.numbers,
                    "findings": [finding.message for finding in line.findings],
                }
                for line in section.lines
            ],
        }
        for section in sheet.sections
    ]


def found_json(ledger: Ledger, sheet: CheckSheet) -> list[dict[str, Any]]:
    """Return all findings with their places in words, those of the ledger first."""
    found = [_found(ledger, one) for one in sheet.findings]
    return found + [_found(ledger, one) for one in sheet.troubles]


def _found(ledger: Ledger, one: Finding | Trouble) -> dict[str, Any]:
    place = where(ledger, one) if isinstance(one, Finding) else "file"
    return {"code": one.code, "severity": str(one.severity), "message": one.message, "where": place}
