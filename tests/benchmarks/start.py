"""How long a start takes until the window is on the screen, beside other desktop programs, in one run.

python -m tests.benchmarks.start [--frozen dist/neocapgui/neocapgui] [--runs 10]

Every program is started by turns on a display of its own (Xvfb), once unmeasured and then `--runs` times.
Four times are taken: when a window with the awaited title is mapped (ours with the scenario in it, that of
GnuCash and of DB Browser for SQLite empty), when the screen shows a half, and nearly all, of what it shows in
the end, and when its last pixel changes. What is not installed is left out and named. Whoever measures rests
between two looks: on a small machine it would else take the processor from what it measures.
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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint32]
Screen = Callable[[], Picture]  # what the screen shows now, in samples
Times = tuple[float, float, float, float]  # seconds until what _WHAT names

SAMPLE = "neotherapeutics-as-filed"
_LONGEST = 60  # seconds
_REST = 0.004  # seconds between two looks
_AFTERWARDS = 3.0  # seconds after the title in which a screen becomes what it stays
_WHAT = ("window", "half painted", "painted", "the last pixel")


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
    with tempfile.TemporaryDirectory() as folder, _display(Path(folder)) as (display, screen):
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
        times: dict[str, list[Times]] = {program.name: [] for program in programs}
        for run in range(chosen.runs + 1):
            for program in programs:
                home = Path(folder) / program.name.replace(", ", "-").replace(" ", "-")
                taken = _times(program, home, display, screen)
                if run:
                    times[program.name].append(taken)
    _tell(times)


def _installed(program: Started) -> Iterator[Started]:
    if shutil.which(program.command[0]) is None:
        print(f"{program.command[0]} is not installed and is left out.")
    else:
        yield program


def _times(program: Started, home: Path, display: str, screen: Screen) -> Times:
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
    seen: list[tuple[float, Picture]] = []

    def look() -> None:
        picture = screen()
        if not seen or not np.array_equal(picture, seen[-1][1]):
            seen.append((time.perf_counter() - began, picture))

    try:
        while time.perf_counter() - began < _LONGEST:
            look()
            found = subprocess.run(
                ["xdotool", "search", "--onlyvisible", "--name", program.title],
                env=given,
                capture_output=True,
                check=False,
            )
            if found.stdout.strip():
                titled = time.perf_counter() - began
                while time.perf_counter() - began < titled + _AFTERWARDS:
                    look()
                    time.sleep(_REST)
                return titled, _shown(seen, 0.5), _shown(seen, 0.97), seen[-1][0]
            time.sleep(_REST)
        raise SystemExit(f"{program.name}: no window “{program.title}” within {_LONGEST} s.")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _shown(seen: list[tuple[float, Picture]], part: float) -> float:
    """Return when a screen showed a part of its last picture, not counting the commonest colour."""
    last = seen[-1][1]
    colours, counts = np.unique(last, return_counts=True)
    is_drawn = last != colours[counts.argmax()]
    return next(at for at, picture in seen if (picture == last)[is_drawn].mean() >= part)


def _screen(folder: Path) -> Screen:
    """Return what looks at the screen: its memory is a file, https://www.x.org/archive/X11R7.7/doc/man/man1/Xvfb.1.xhtml."""
    content = np.memmap(folder / "Xvfb_screen0", dtype=np.uint8, mode="r")
    head = content[:100].view(">u4")  # as xwd has it: its own size first, the bytes of a line, the colours
    begin, line, height = int(head[0] + 12 * head[19]), int(head[12]), int(head[5])
    pixels = content[begin : begin + line * height].view("<u4").reshape(height, line // 4)
    return lambda: pixels[::3, ::2].copy()


@contextmanager
def _display(folder: Path) -> Iterator[tuple[str, Screen]]:
    """Give a display that nobody else uses."""
    read, write = os.pipe()
    with subprocess.Popen(
        [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1440x900x24",
            "-nolisten",
            "tcp",
            "-noreset",
            "-fbdir",
            str(folder),
        ],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        try:
            yield f":{number}", _screen(folder)
        finally:
            server.terminate()


def _tell(times: dict[str, list[Times]]) -> None:
    for place, what in enumerate(_WHAT):
        print(f"\n{what}")
        columns = {name: [one[place] for one in taken] for name, taken in times.items()}
        compared = median(columns["GnuCash, empty"]) if "GnuCash, empty" in columns else None
        for name, taken in columns.items():
            ratio = f"   {median(taken) / compared:5.2f} of GnuCash" if compared else ""
            least, most = min(taken), max(taken)
            print(
                f"{name:36} {median(taken) * 1000:6.0f} ms  ({least * 1000:.0f} to {most * 1000:.0f}){ratio}"
            )


if __name__ == "__main__":
    main()
