"""A second start of the program hands its files to the one that runs, over a pipe of this user alone."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QDir, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_GREETING, _END, _ANSWER = b"neocapgui 1", b"\0\n", b"neocapgui 1 opens them\n"
_LONGEST = 1 << 16  # bytes of a message
_MOST = 100  # files
_PATIENCE = 2_000  # milliseconds for an answer, after which the running program is taken to hang


def server_name(folder: Path) -> str:
    """Return the name of the pipe: another for each user and each folder of the program's own files."""
    user = os.environ.get("USERNAME", "") if os.name == "nt" else str(os.getuid())
    whose = f"{user}\n{os.path.realpath(folder)}"
    return f"neocapgui-{hashlib.blake2b(os.fsencode(whose), digest_size=12).hexdigest()}"


def message(files: Iterable[Path]) -> bytes:
    """Return what is handed over: the paths of files to open; none asks the window to the front."""
    return b"\0".join((_GREETING, *(os.fsencode(path) for path in files))) + _END


def understood(received: bytes) -> tuple[Path, ...] | None:
    """Return the files that a message names; None where it is no message of ours.

    Only absolute paths of files that are there are taken, and not too many.

    >>> understood(message([]))
    ()
    >>> understood(b"neocapgui 1\\0acme.db\\0\\n") is None
    True
    """
    if len(received) > _LONGEST or not received.endswith(_END):
        return None
    greeting, *names = received.removesuffix(_END).split(b"\0")
    if greeting != _GREETING or len(names) > _MOST:
        return None
    try:
        paths = tuple(Path(os.fsdecode(name)) for name in names)
        is_fine = all(path.is_absolute() and path.is_file() for path in paths)
    except (OSError, ValueError):
        return None
    return paths if is_fine else None


def handed_over(folder: Path, files: Sequence[Path]) -> bool:
    """Hand files to the program that runs already; return whether it answered that it has them.

    A file that is not there is handed to nobody: the sentence about it belongs to this start.
    """
    absolute = [path.absolute() for path in files]
    sent = message(absolute)
    if understood(sent) is None or not _is_own(server_name(folder)):
        return False
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder))
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write(sent)
    socket.flush()
    received = b""
    while not received.endswith(b"\n") and len(received) < len(_ANSWER):
        if not socket.waitForReadyRead(_PATIENCE):
            return False
        received += bytes(socket.readAll().data())
    socket.disconnectFromServer()
    return received == _ANSWER


class Reception(QObject):
    """Listens for what later starts hand over; without a pipe every start has a program of its own."""

    asked = Signal(object)  # a tuple of Paths to open; none: come to the front

    def __init__(self, folder: Path, parent: QObject) -> None:
        """Listen for the starts with the same folder of own files."""
        super().__init__(parent)
        name = server_name(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)
        if not self._server.listen(name) and not _answers(name):
            QLocalServer.removeServer(name)  # left behind by a program that was killed
            self._server.listen(name)

    @property
    def is_listening(self) -> bool:
        """Whether later starts reach this program."""
        return self._server.isListening()

    def close(self) -> None:
        """Hear no more."""
        self._server.close()

    def _welcome(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            _Conversation(socket, self)


class _Conversation(QObject):
    """One message of a later start: read to its end, understood or refused, answered, over."""

    def __init__(self, socket: QLocalSocket, reception: Reception) -> None:
        super().__init__(reception)
        self._socket = socket
        self._reception = reception
        self._received = b""
        socket.setParent(self)
        socket.setReadBufferSize(_LONGEST + 1)
        socket.readyRead.connect(self._hear)
        socket.disconnected.connect(self.deleteLater)
        QTimer.singleShot(_PATIENCE, self, socket.abort)  # who says nothing is not waited for
        self._hear()

    def _hear(self) -> None:
        self._received += bytes(self._socket.readAll().data())
        if not self._received.endswith(_END) and len(self._received) <= _LONGEST:
            return
        files = understood(self._received)
        self._received = b""
        if files is None:
            self._socket.abort()
            return
        self._socket.write(_ANSWER)
        self._socket.flush()
        self._reception.asked.emit(files)
        self._socket.disconnectFromServer()


def _answers(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return socket.waitForConnected(_PATIENCE)


def _is_own(name: str) -> bool:
    """Return whether a pipe is of this user: in the folder of temporary files anybody could make one."""
    if os.name == "nt":
        return True  # there the pipe itself lets only its user in
    with suppress(OSError):
        found = Path(QDir.tempPath(), name).lstat()
        return found.st_uid == os.getuid() and stat.S_ISSOCK(found.st_mode)
    return False
