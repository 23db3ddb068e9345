"""The same answers without a screen: sample, report, check, export, dump. No Qt is imported here."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import chain, islice
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
    from neocapgui.figures.checks.sheet import FileState

BAD_INPUT = 2
FOUND = 1
_PARTS = 1_000  # of a long answer, some hundred bytes each, that are written at once
_NOWHERE = "The answer could not be written: there is no standard output."


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
        _say("\n".join(f"{known.name}  {known.title}" for known in samples.SAMPLES))
        return
    if name is None or out is None:
        raise _BadInput("A sample needs a name and a file to write: neocapgui sample NAME OUT.db.")
    try:
        with in_words(out.name, "saved"):
            _check_place(out)
        with Document.create(samples.sample(name), _copies()) as document:
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
    from neocapgui.exchange.safe_text import csv_lines
    from neocapgui.figures.report import FLAT_FIGURES, flat_rows, report, text_lines

    answer = report(*_looked_at(file, as_of, planned), iter)
    if form == "json":
        _say_json(answer)
    elif form == "csv":
        _say_long(csv_lines(*flat_rows(answer), figures=FLAT_FIGURES))
    else:
        _say("\n".join(map(one_line, text_lines(answer))))


@commands.command()
@_FILE
@_PLANNED
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text")
def check(file: Path, planned: bool, form: str) -> int:
    """Check structure, seal, references, accounting, terms and published counts; exit 1 for findings."""
    from neocapgui.figures.checks.sheet import check_sheet
    from neocapgui.figures.checks.sheet_forms import check_lines, found_json, sections_json, verdict
    from neocapgui.figures.report import assertions_json

    document = _opened(file)
    ledger, lens = document.ledger, Lens(date.max, planned=planned)
    sheet = check_sheet(ledger, lens, _file_state(document))
    if form == "json":
        answer = {
            "format": "neocapgui-check/1",
            "assertions": assertions_json(ledger, lens),
            "findings": found_json(ledger, sheet),
            "sections": sections_json(sheet),
        }
        _say_json(answer)
    else:
        _say("\n".join(map(one_line, [*check_lines(sheet), "", verdict(sheet)])))
    return 0 if sheet.is_clean else FOUND


@commands.command()
@_FILE
@click.argument("out", type=click.Path(readable=False, path_type=Path))
@_DAY
@_PLANNED
@click.option("--issuer", metavar="NAME", help="The company of the chart; otherwise the first one.")
def export(file: Path, out: Path, as_of: date | None, planned: bool, issuer: str | None) -> None:
    """Write a chart or the report; the ending of OUT decides: .svg, .csv or .json."""
    from neocapgui.exchange.exports import NotOffered, export_for
    from neocapgui.exchange.whole_file import digest_of, write_whole
    from neocapgui.figures.footing import digest_text, footing

    try:
        format = export_for(out.name)
    except NotOffered as refusal:
        raise _BadInput(str(refusal)) from refusal
    if out.exists() and out.resolve() == file.resolve():
        raise _BadInput(f"{out.name} is the scenario itself; an export does not replace it.")
    ledger, lens = _looked_at(file, as_of, planned)
    lens = replace(lens, issuer=_issuer(ledger, issuer))
    footer = footing(ledger.title or file.stem, file.name, lens, digest_text(digest_of(file)))
    content = format.content(ledger, lens, footer)
    try:
        with in_words(out.name, "written"):
            write_whole(out, content.encode())
    except DocumentError as error:
        raise _BadInput(str(error)) from error
    click.echo(f"{one_line(str(out))} written.")


@commands.command()
@_FILE
@click.argument("out", required=False, type=click.Path(readable=False, path_type=Path))
def dump(file: Path, out: Path | None) -> None:
    """Write a scenario as plain SQL, for any SQLite: neocapgui dump FILE.db [OUT.sql]."""
    from neocapgui.document.dump import dump, dump_to

    try:
        if out is None:
            _say_parts(dump(file, _copies()))
            return
        dump_to(file, out, _copies())
    except DocumentError as error:
        raise _BadInput(str(error)) from error
    click.echo(f"{one_line(str(out))} written.")


@commands.command()
@click.argument("a", type=click.Path(readable=False, path_type=Path))
@click.argument("b", type=click.Path(readable=False, path_type=Path))
@_DAY
@_PLANNED
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="text")
def diff(a: Path, b: Path, as_of: date | None, planned: bool, form: str) -> int:
    """Compare the facts of two scenarios and what follows from them; exit 1 where they differ.

    A fact with the same number in the same table is the same fact. The history is not compared: where
    nothing else differs the exit is 0.
    """
    from neocapgui.figures import diff_report

    one, other = _opened(a), _opened(b)
    day = as_of or max(_last_day(one.ledger, planned), _last_day(other.ledger, planned))
    found = diff_report.diff(one.ledger, other.ledger, Lens(day, planned=planned))
    is_history_alike = one.history == other.history
    if form == "json":
        answer = {"format": diff_report.FORMAT, "a": _about(a, one), "b": _about(b, other)}
        answer |= diff_report.diff_json(found)
        _say_json(answer | {"is_history_alike": is_history_alike})
    else:
        for file, document in ((a, one), (b, other)):
            for warning in document.warnings:
                _say(one_line(f"warning: {file.name}: {warning}"))
        _say("\n".join(map(one_line, diff_report.diff_text(found))))
        if not found.count and not is_history_alike:
            _say("Only their histories differ, which is no difference of facts.")
    return FOUND if found.count else 0


def _about(file: Path, document: Document) -> dict[str, Any]:
    return {
        "file": one_line(file.name),
        "title": document.ledger.title,
        "id": document.id,
        "edits": len(document.history.done),
        "warnings": list(document.warnings),
    }


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
        document = Document.open(file, _copies())
    except DocumentError as error:
        raise _BadInput(str(error)) from error
    document.close()
    return document


def _copies() -> Path | None:
    """Return where private copies are made: None for the program's own place, or a passing one.

    A command keeps nothing, so it needs no place of the program's own: where nothing can be written there,
    as in a home that is write-protected or none, it makes do with the place of temporary files.
    """
    from tempfile import TemporaryDirectory

    from neocapgui.document import working

    with suppress(OSError, ValueError, RuntimeError):  # RuntimeError: no home is known
        probe, descriptor = working.new_file(working.folder())
        os.close(descriptor)
        working.remove(probe)
        return None
    with suppress(OSError):  # then the own place is named in the refusal
        context = click.get_current_context().find_root()
        return Path(context.with_resource(TemporaryDirectory(prefix="neocapgui-")))
    return None


def _file_state(document: Document) -> FileState:
    from neocapgui.document import migrations, schema
    from neocapgui.figures.checks.sheet import FileState

    parts = len(migrations.structure_of(schema.VERSION))
    return FileState.of(document.seal_state, document.warnings, parts)


def _looked_at(file: Path, as_of: date | None, planned: bool) -> tuple[Ledger, Lens]:
    ledger = _opened(file).ledger
    return ledger, Lens(as_of or _last_day(ledger, planned), planned=planned)


def _issuer(ledger: Ledger, name: str | None) -> int | None:
    """Return the company of a name, in any spelling of its letters; the first one where none is named."""
    if name is None:
        return next(iter(ledger.issuers), None)
    for id, issuer in ledger.issuers.items():
        if issuer.name.casefold() == name.casefold():
            return id
    names = ", ".join(issuer.name for issuer in ledger.issuers.values()) or "none"
    raise _BadInput(f"“{name}” is no company of this scenario; there are: {names}.")


def _last_day(ledger: Ledger, planned: bool) -> date:
    days = event_days(ledger, Lens(date.max, planned=planned))
    return days.day(len(days) - 1) if len(days) else date.today()


def _say(text: str) -> None:
    """Print an answer; one that has nowhere to go is no answer."""
    if sys.stdout is None:  # what Python does where the caller has closed it
        raise _BadInput(_NOWHERE)
    click.echo(text)


def _say_parts(parts: Iterable[str]) -> None:
    """Print what may be long, byte for byte the same on every system."""
    if sys.stdout is None:
        raise _BadInput(_NOWHERE)
    for part in parts:
        sys.stdout.buffer.write(part.encode())
    sys.stdout.buffer.flush()


def _say_long(parts: Iterable[str]) -> None:
    """Print an answer some parts at a time: as one text it would take several times the memory."""
    if sys.stdout is None:
        raise _BadInput(_NOWHERE)
    waiting = iter(parts)
    while some := "".join(islice(waiting, _PARTS)):
        sys.stdout.write(some)  # each write goes through to whoever reads


def _say_json(answer: Mapping[str, Any]) -> None:
    from neocapgui.exchange.json_text import json_parts

    _say_long(chain(json_parts(answer), "\n"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 fine, 1 findings, 2 bad input."""
    _prepare(sys.stdout)
    try:
        answer = commands.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except click.ClickException as error:
        return _refused(error.format_message())
    except (click.exceptions.Abort, KeyboardInterrupt):
        return _refused("neocapgui was interrupted; no file was changed by halves.")
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
