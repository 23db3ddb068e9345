"""No network but the pipe to the window that is already open, and nothing that runs what a file says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import PROGRAM, place, source_files, tree

# The one file that speaks to another start of the program, on this machine and by this user only.
PIPE = PROGRAM / "gui" / "hand_over.py"
PIPE_NAMES = frozenset({"QLocalServer", "QLocalSocket"})

# The one file that asks libraries of the system, whether there is a display; no document names them.
DISPLAY = PROGRAM / "gui" / "display.py"

NETWORK = frozenset(
    [
        "aiohttp",
        "asyncio",
        "ftplib",
        "http",
        "httpx",
        "imaplib",
        "nntplib",
        "poplib",
        "requests",
        "smtplib",
        "socket",
        "socketserver",
        "ssl",
        "telnetlib",
        "urllib",
        "urllib3",
        "webbrowser",
        "websockets",
        "xmlrpc",
    ]
)
RUNNING = frozenset(
    [
        "cffi",
        "cloudpickle",
        "code",
        "codeop",
        "ctypes",
        "dbm",
        "dill",
        "joblib",
        "jsonpickle",
        "marshal",
        "multiprocessing",
        "pickle",
        "pty",
        "runpy",
        "shelve",
        "subprocess",
        "yaml",
    ]
)
QT_MODULES = frozenset(
    [
        "QtNetwork",
        "QtNetworkAuth",
        "QtWebEngineCore",
        "QtWebEngineWidgets",
        "QtWebSockets",
        "QtWebChannel",
        "QtHttpServer",
        "QtQml",
        "QtQuick",
        "QtDBus",
        "QtBluetooth",
        "QtRemoteObjects",
        "QtUiTools",
    ]
)
# QSettings makes objects of what its files say, and so could run code from them.
QT_NAMES = frozenset(["QProcess", "QLibrary", "QPluginLoader", "QSettings", "QJSEngine", "QUiLoader"])
CALLS = frozenset({"__import__", "compile", "eval", "exec"})
OF_OS = frozenset(
    [
        "execl",
        "execle",
        "execlp",
        "execv",
        "execve",
        "execvp",
        "fork",
        "popen",
        "posix_spawn",
        "posix_spawnp",
        "spawnl",
        "spawnv",
        "startfile",
        "system",
    ]
)

TREES = {file: tree(file) for file in source_files()}


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    """Return every part of the program's source."""
    for file, whole in TREES.items():
        for node in ast.walk(whole):
            yield file, node


def imports() -> Iterator[tuple[Path, str, str]]:
    """Return of every import, wherever it stands, the file, the place and the full name."""
    for file, node in nodes():
        if isinstance(node, ast.Import):
            yield from ((file, place(file, node.lineno), alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (
                (file, place(file, node.lineno), f"{node.module or ''}.{alias.name}") for alias in node.names
            )


def test_no_file_imports_network_or_what_runs_text_as_code() -> None:
    wrong = [
        f"{where} {name}"
        for file, where, name in imports()
        if name.partition(".")[0] in NETWORK | RUNNING and (file, name) != (DISPLAY, "ctypes")
    ]
    assert wrong == []


def test_qt_opens_no_network_but_the_pipe_and_starts_no_program() -> None:
    wrong = []
    for file, where, name in imports():
        parts = name.split(".")
        is_pipe = file == PIPE and parts[:2] == ["PySide6", "QtNetwork"] and set(parts[2:]) <= PIPE_NAMES
        if parts[0] == "PySide6" and not is_pipe and set(parts) & (QT_MODULES | QT_NAMES):
            wrong.append(f"{where} {name}")
    assert wrong == []


def test_no_text_becomes_code_and_no_program_is_started() -> None:
    wrong = []
    for file, node in nodes():
        if (isinstance(node, ast.Name) and node.id in CALLS) or (
            isinstance(node, ast.Attribute) and ast.unparse(node.value) == "os" and node.attr in OF_OS
        ):
            wrong.append(place(file, node.lineno))
    assert wrong == []


def test_the_desktop_is_handed_only_a_file_or_folder_of_this_machine() -> None:
    for file, node in nodes():
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("openUrl"):
            said = [ast.unparse(argument).partition("(")[0] for argument in node.args]
            assert said == ["QUrl.fromLocalFile"], place(file, node.lineno)


def test_the_modules_that_are_named_as_text_are_our_own() -> None:
    for file, node in nodes():
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "import_module":
            said = ast.unparse(node.args[0])
            is_own = said.startswith(("f'neocapgui.", "'neocapgui."))
            assert is_own or file == PROGRAM / "gui" / "page_register.py", place(file, node.lineno)
    from neocapgui.gui.page_register import PAGES

    assert all(page.factory.startswith("neocapgui.gui.pages.") for page in PAGES)
