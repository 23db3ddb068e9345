"""The same answers without a screen: sample, report, check. No Qt is imported here."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from neocapgui import __version__
from neocapgui.document.refusal import DocumentError, in_words, one_line, reason
from neocapgui.engine.lens import Lens
from neocapgui.engine.timeline import event_days
from neocapgui.ledger.ledger import Ledger

if TYPE_CHECKING:
    from neocapgui.document.document import Document

BAD_INPUT = 2
FOUND = 1


class _BadInput(click.ClickException):
    """One clear sentence on stderr, exit 2."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="neocapgui")
def commands() -> None:
    """Edit the capitalization tables of a group of companies.

    Without a command the window opens: neocapgui [FILE.db ...], or neocapgui --sample NAME.
    """


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise _BadInput(f"“{value}” is not a day such as 2001-09-19.") from None


_FILE = click.argument("file", type=click.Path(readable=False, path_type=Path))
_DAY = click.option("--as-of", type=_Day(), metavar="DATE", help="The day looked at; otherwise the last one.")
_PLANNED = click.option("--planned", is_flag=True, help="Count planned events as if they had happened.")


@commands.command()
@click.argument("name", required=False)
@click.argument("out", required=False, type=click.Path(readable=False, path_type=Path))
@click.option("--list", "is_list", is_flag=True, help="List the samples.")
def sample(name: str | None, out: Path | None, is_list: bool) -> None:
    """Write a sample scenario: neocapgui sample NAME OUT.db."""
    from neocapgui.document.document import Document
    from neocapgui.exchange import samples

    if is_list:
        for known in samples.SAMPLES:
            click.echo(f"{known.name}  {known.title}")
        return
    if name is None or out is None:
        raise _BadInput("A sample needs a name and a file to write: neocapgui sample NAME OUT.db.")
    try:
        with in_words(out.name, "saved"):
            _check_place(out)
        with Document.create(samples.sample(name)) as document:
            document.save(out)
    except (samples.SampleUnknown, DocumentError) as error:
        raise _BadInput(str(error)) from error
    click.echo(f"{one_line(str(out))} written.")


@commands.command()
@_FILE
@_DAY
@_PLANNED
@click.option("--format", "form", type=click.Choice(["json", "csv", "text"]), default="text")
def report(file: Path, as_of: date | None, planned: bool, form: str) -> None:
    """Print who owns what on a day."""
    from neocapgui.figures.report import flat_rows, report, text_lines

    answer = report(*_looked_at(file, as_of, planned))
    if form == "json":
        click.echo(_json(answer))
    elif form == "csv":
        click.echo(_csv(*flat_rows(answer)), nl=False)
    else:
        click.echo("\n".join(map(one_line, text_lines(answer))))


@commands.command()
@_FILE
@_PLANNED
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text")
def check(file: Path, planned: bool, form: str) -> int:
    """Check structure, seal, accounting, terms and assertions; exit 1 where something is found."""
    from neocapgui.engine.checks import findings
    from neocapgui.figures.report import assertions_json, findings_json

    document = _opened(file)
    ledger, lens = document.ledger, Lens(date.max, planned=planned)
    found = findings_json(ledger, findings(ledger, lens))
    found += [
        {"code": "seal", "severity": "warning", "message": warning, "where": "file"}
        for warning in document.warnings
    ]
    held = assertions_json(ledger, lens)
    if form == "json":
        click.echo(_json({"format": "neocapgui-check/1", "assertions": held, "findings": found}))
    else:
        met = sum(1 for one in held if one["difference"] == "0")
        counts = f"{met:,} of {len(held):,} published counts are met to the share."
        click.echo(counts if held else "No share count is published.")
        for one in found:
            click.echo(one_line(f"{one['severity']}: {one['message']} ({one['where']})"))
        click.echo(f"{len(found):,} finding{'' if len(found) == 1 else 's'}.")
    return FOUND if found else 0


def _check_place(out: Path) -> None:
    """Refuse to write a sample over what somebody else made: only an unedited scenario is replaced."""
    if not out.is_file() or not out.stat().st_size:
        return
    try:
        edits = len(_opened(out).history.done)
    except _BadInput:
        raise _BadInput(f"{out.name} is there and is no scenario; a sample does not replace it.") from None
    if edits:
        held = "1 edit" if edits == 1 else f"{edits:,} edits"
        raise _BadInput(f"{out.name} is a scenario with {held}; a sample does not replace it.")


def _opened(file: Path) -> Document:
    from neocapgui.document.document import Document

    try:
        document = Document.open(file)
    except DocumentError as error:
        raise _BadInput(str(error)) from error
    document.close()
    return document


def _looked_at(file: Path, as_of: date | None, planned: bool) -> tuple[Ledger, Lens]:
    ledger = _opened(file).ledger
    days = event_days(ledger, Lens(date.max, planned=planned))
    last = days.day(len(days) - 1) if len(days) else date.today()
    return ledger, Lens(as_of or last, planned=planned)


def _json(answer: Mapping[str, Any]) -> str:
    return json.dumps(answer, indent=1, ensure_ascii=False)


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _safe(cell: str) -> str:
    """Return a cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not _is_number(cell) else cell


def _is_number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 fine, 1 findings, 2 bad input."""
    _prepare(sys.stdout)
    try:
        answer = commands.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except click.ClickException as error:
        return _refused(error.format_message())
    except click.exceptions.Abort:
        return BAD_INPUT
    except SystemExit:  # click's answer where who read has stopped: `neocapgui report FILE.db | head`
        return 0
    except OSError as error:
        return _refused(f"The answer could not be written: {reason(error)}.")
    except Exception as error:  # our own mistake must not end in a traceback
        return _refused(f"neocapgui could not answer ({type(error).__name__}); the file is as it was.")
    return answer if isinstance(answer, int) else 0


def _prepare(stream: object) -> None:
    """Let files and pipes have UTF-8 on every system, and a terminal what it can show."""
    if isinstance(stream, io.TextIOWrapper):
        if stream.isatty():
            stream.reconfigure(errors="replace")
        else:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _refused(sentence: str) -> int:
    click.echo(one_line(sentence), err=True)
    return BAD_INPUT
