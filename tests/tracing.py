"""A child process stopped before each call of the system, so that it can be killed right there (Linux)."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
import time
from collections.abc import Callable

_TRACEME, _PEEKUSER, _SYSCALL, _SETOPTIONS = 0, 3, 24, 0x4200
_MARK_CALLS, _DIE_TOGETHER = 0x1, 0x100000
_CALL_STOP = signal.SIGTRAP | 0x80
_NUMBER = 15 * 8  # where the registers that a child had on x86-64 keep the number of its call

# The calls of x86-64 after which a file or folder may be another (asm/unistd_64.h): write, pwrite64, fsync,
# fdatasync, truncate, ftruncate, rename, unlink, chmod, fchmod, openat, unlinkat, renameat, renameat2.
_CHANGING = frozenset({1, 18, 74, 75, 76, 77, 82, 87, 90, 91, 257, 263, 264, 316})

CAN_TRACE = sys.platform == "linux" and platform.machine() == "x86_64"


def be_traced() -> None:
    """Stop this process until its parent lets it go on from call to call."""
    if _ptrace(_TRACEME, 0, 0, 0) < 0:
        raise OSError(ctypes.get_errno(), "This process may not be traced")
    os.kill(os.getpid(), signal.SIGSTOP)


def run(child: int, kill_at: int, until: float, has_begun: Callable[[], bool]) -> int:
    """Let a child run to its so-manieth changing call after it has begun and kill it right before that.

    Returns how many such calls it came to; 0 lets it run to its end.
    """
    if not _stopped(child):
        return 0
    _ptrace(_SETOPTIONS, child, 0, _MARK_CALLS | _DIE_TOGETHER)
    calls, is_entry, begun, passed_on = 0, True, False, 0
    while time.monotonic() < until:
        _ptrace(_SYSCALL, child, 0, passed_on)
        why = _stopped(child)
        if not why:
            break
        passed_on = 0
        if why != _CALL_STOP:
            passed_on = why if why != signal.SIGTRAP else 0
            continue
        if is_entry and _ptrace(_PEEKUSER, child, _NUMBER, 0) in _CHANGING:
            begun = begun or has_begun()
            calls += begun
            if begun and calls == kill_at:
                break
        is_entry = not is_entry
    return calls


def _stopped(child: int) -> int:
    """Return the signal at which a child stops next, or 0 when it has ended and is to be waited for."""
    found = os.waitid(os.P_PID, child, os.WEXITED | os.WSTOPPED | os.WNOWAIT)
    if found is None or found.si_code not in (os.CLD_TRAPPED, os.CLD_STOPPED):
        return 0
    return int(found.si_status)


def _ptrace(request: int, child: int, address: int, data: int) -> int:
    answer: int = _libc().ptrace(request, child, ctypes.c_void_p(address), ctypes.c_void_p(data))
    return answer


_LIBRARY: list[ctypes.CDLL] = []


def _libc() -> ctypes.CDLL:
    if not _LIBRARY:
        library = ctypes.CDLL(None, use_errno=True)
        library.ptrace.restype = ctypes.c_long
        _LIBRARY.append(library)
    return _LIBRARY[0]
