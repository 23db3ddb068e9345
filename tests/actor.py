"""A program that does with a file what it is told, line by line: `python -m tests.actor`."""

from __future__ import annotations

import select
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from neocapgui.document.document import Document, DocumentError
from neocapgui.ledger.edits import correct

_ROOT = Path(__file__).parents[1]


class Actor:
    """A process of its own, and what it answers."""

    def __init__(self) -> None:
        """Start the process."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.actor"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
        )

    def ask(self, *words: str) -> None:
        """Tell it what to do, and do not wait."""
        assert self._process.stdin is not None
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()

    def answer(self) -> str:
        """Return what it answers: "done", or the sentence why not."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def has_answered(self, within: float) -> bool:
        """Return whether it answers within so many seconds."""
        assert self._process.stdout is not None
        return bool(select.select([self._process.stdout], [], [], within)[0])

    def do(self, *words: str) -> str:
        """Tell it what to do and return its answer."""
        self.ask(*words)
        return self.answer()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()


def _play() -> None:
    document: Document | None = None
    for line in sys.stdin:
        verb, *details = line.rstrip("\n").split("\t")
        answer = "done"
        try:
            if verb == "open":
                if document is not None:
                    document.close()
                document = Document.open(Path(details[0]))
            elif document is None:
                answer = "nothing is open"
            elif verb == "edit":
                issuer = document.ledger.issuers[1]
                document.do(correct("Rename", issuer, replace(issuer, name=details[0])))
            elif document.path is not None:
                document.save(document.path)
        except DocumentError as refused:
            answer = str(refused)
        sys.stdout.write(answer + "\n")
        sys.stdout.flush()
    if document is not None:
        document.close()


if __name__ == "__main__":
    _play()
