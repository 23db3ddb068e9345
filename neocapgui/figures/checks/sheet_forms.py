"""The check sheet as a table, as lines of text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neocapgui.engine.finding import Finding
from neocapgui.figures.checks.findings_table import where
from neocapgui.figures.checks.sheet import CheckSheet, Line, Outcome, Section, Trouble
from neocapgui.figures.choices import Words
from neocapgui.figures.kinds import Kind
from neocapgui.figures.tables import Column, Row, Table
from neocapgui.ledger.ledger import Ledger

_COLUMNS = (
    Column("What was checked", Kind.TEXT, width=43),
    Column("Outcome", Kind.CHOICE, choices=Words.of(Outcome), width=9),
    Column("How many", Kind.WHOLE, width=8),
    Column("Numbers", Kind.TEXT, help="What was counted, and how it compares", width=45),
)
_BELOW = "\u2003"  # stands before a line that belongs to the one above


def verdict(sheet: CheckSheet) -> str:
    """Return the whole sheet in a sentence."""
    checks = sum(len(section.lines) for section in sheet.sections)
    failed = sum(1 for section in sheet.sections for line in section.lines if line.outcome != Outcome.PASSED)
    if not failed:
        return f"All {checks:,} checks pass."
    count = len(sheet.findings) + len(sheet.troubles)
    found = f"{count:,} finding{'' if count == 1 else 's'}"
    return f"{checks - failed:,} of {checks:,} checks pass; {found}."


def check_table(sheet: CheckSheet, only_failed: bool = False) -> Table:
    """Return the sheet as a table; what was found stands below its check, with the finding as the key."""
    rows = tuple(row for section in sheet.sections for row in _rows(section, only_failed))
    return Table("check_sheet", "Check", _COLUMNS, rows, verdict(sheet), empty="Every check passes.")


def _rows(section: Section, only_failed: bool) -> Iterator[Row]:
    lines = [line for line in section.lines if line.outcome is not Outcome.PASSED or not only_failed]
    if lines:
        yield Row((section.title, section.outcome, None, ""), is_total=True)
    for line in lines:
        numbers = line.numbers[:1].upper() + line.numbers[1:]
        yield Row((_BELOW + line.check, line.outcome, line.checked or None, numbers))
        for finding in line.findings:
            yield Row((2 * _BELOW + finding.message, Outcome(finding.severity), None, ""), key=finding)


def check_lines(sheet: CheckSheet) -> list[str]:
    """Return the sheet as lines for a terminal or a letter."""
    lines: list[str] = []
    for section in sheet.sections:
        lines += ["", section.title] if lines else [section.title]
        for line in section.lines:
            lines.append(_text(line))
            lines += [f"           {finding.severity}: {finding.message}" for finding in line.findings]
    return lines


def _text(line: Line) -> str:
    count = f" ({line.checked:,})" if line.checked > 1 else ""
    numbers = f": {line.numbers}" if line.numbers else ""
    return f"  {line.outcome:<7}  {line.check}{count}{numbers}"


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
