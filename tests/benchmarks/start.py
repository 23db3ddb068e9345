"""How long a start takes until the window is on the screen, beside other desktop programs, in one run.

python -m tests.benchmarks.start [--frozen dist/neocapgui/neocapgui] [--runs 10]

Every program is started by turns on a display of its own (Xvfb), once unmeasured and then `--runs` times. The
clock stops when a window with the awaited title is mapped: ours with the scenario in it, that of GnuCash and
of DB Browser for SQLite empty. What is not installed is left out and named.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

SAMPLE = "neotherapeutics-as-filed"
_LONGEST = 60  # seconds


@dataclass(frozen=True, slots=True)
class Started:
    """A program to be started, and the title of the window that is waited for (a regular expression)."""

    name: str
    command: tuple[str, ...]
    title: str


def main() -> None:
    """Print the median of each program and its ratio to GnuCash."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--frozen", type=Path, help="the frozen program")
    parser.add_argument("--runs", type=int, default=10)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _display() as display:
        scenario = Path(folder) / "neo.db"
        source = (sys.executable, "-m", "neocapgui")
        subprocess.run([*source, "sample", SAMPLE, str(scenario)], check=True, stdout=subprocess.DEVNULL)
        programs = [
            *_installed(Started("GnuCash, empty", ("gnucash", "--nofile"), "Unsaved Book")),
            *_installed(Started("DB Browser, empty", ("sqlitebrowser",), "DB Browser")),
            Started("neocapgui, scenario, from source", (*source, str(scenario)), r"neo\.db"),
            Started("neocapgui, empty, from source", source, "^neocapgui$"),
        ]
        if chosen.frozen is not None:
            frozen = str(chosen.frozen.absolute())
            programs.append(Started("neocapgui, scenario, frozen", (frozen, str(scenario)), r"neo\.db"))
            programs.append(Started("neocapgui, empty, frozen", (frozen,), "^neocapgui$"))
        times: dict[str, list[float]] = {program.name: [] for program in programs}
        for run in range(chosen.runs + 1):
            for program in programs:
                taken = _time(
                    program, Path(folder) / program.name.replace(", ", "-").replace(" ", "-"), display
                )
                if run:
                    times[program.name].append(taken)
    _tell(times)


def _installed(program: Started) -> Iterator[Started]:
    if shutil.which(program.command[0]) is None:
        print(f"{program.command[0]} is not installed and is left out.")
    else:
        yield program


def _time(program: Started, home: Path, display: str) -> float:
    """Return the seconds from the start of a process to its window; the home is kept from run to run."""
    home.mkdir(exist_ok=True)
    known = ("LANG", "LC_ALL", "PATH", "VIRTUAL_ENV")
    given = {name: os.environ[name] for name in known if name in os.environ}
    given |= {"HOME": str(home), "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": str(home)}
    began = time.perf_counter()
    process = subprocess.Popen(
        program.command,
        env=given,
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        while time.perf_counter() - began < _LONGEST:
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", program.title],
                env=given,
                capture_output=True,
                check=False,
            )
            if found.stdout.strip():
                return time.perf_counter() - began
        raise SystemExit(f"{program.name}: no window “{program.title}” within {_LONGEST} s.")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def _display() -> Iterator[str]:
    """Give a display that nobody else uses."""
    read, write = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def _tell(times: dict[str, list[float]]) -> None:
    medians = {name: median(taken) for name, taken in times.items()}
    compared = medians.get("GnuCash, empty")
    for name, middle in medians.items():
        ratio = f"   {middle / compared:5.2f} of GnuCash" if compared else ""
        least, most = min(times[name]), max(times[name])
        print(f"{name:36} {middle * 1000:6.0f} ms  ({least * 1000:.0f} to {most * 1000:.0f}){ratio}")


if __name__ == "__main__":
    main()
