"""What goes into the frozen program and what stays out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePath

from icons import icon_file

Entry = tuple[str, str, str]  # the path in the bundle, the file it is copied from, and PyInstaller's kind

# Modules that something imports without the program needing them. `tests/packaging/test_denylist.py` holds
# the list against what a running program has really loaded.
EXCLUDED = (
    "IPython",
    "OpenGL",
    "PIL",
    "PyQt5",
    "PyQt6",
    "PySide2",
    "cupy",
    "distutils",
    "ensurepip",
    "h5py",
    "idlelib",
    "lib2to3",
    "matplotlib",
    "numba",
    "pandas",
    "pip",
    "pkg_resources",
    "pyqtgraph.examples",
    "pyqtgraph.jupyter",
    "pyqtgraph.opengl",
    "pytest",
    "readline",  # for a console; its library is under the GPL
    "scipy",
    "setuptools",
    "ssl",
    "tkinter",
    "turtle",
    "turtledemo",
    "wheel",
)

# What PyInstaller runs before the program for the sake of modules that ours does not use: starting further
# processes by `multiprocessing`, and looking for source files. They cost a twentieth of the start.
_UNUSED_HOOKS = frozenset(
    {"pyi_rth_inspect", "pyi_rth_multiprocessing", "pyi_rth_pkgutil", "pyi_rth_pyqtgraph_multiprocess"}
)

# Files of Qt, by the path inside the bundle. Of its platforms we need a window, a headless one for tests and
# the command line needs none; QtOpenGL and QtOpenGLWidgets stay, because pyqtgraph imports them at its start.
# The printers of the system are asked through its own libcups, with all that this needs.
_UNWANTED = tuple(
    re.compile(pattern)
    for pattern in (
        r"translations/",
        r"plugins/platforms/.*(eglfs|vnc|linuxfb|minimalegl|vkkhrdisplay)",
        r"plugins/egldeviceintegrations/",
        r"plugins/generic/",
        r"plugins/imageformats/.*(qgif|qtga|qtiff|qwbmp|qwebp|qpdf|qicns)",
        r"plugins/platformthemes/.*gtk3",
        r"plugins/(qmltooling|sqldrivers|tls|networkinformation|position|sensors|virtualkeyboard)/",
        r"plugins/platforminputcontexts/.*virtualkeyboard",
        r"lib(gtk|gdk)-3",
        r"lib(cups|avahi-client|avahi-common|gnutls|p11-kit|tasn1|idn2|unistring|hogweed|nettle|gmp)\.so",
        r"Qt6?(Quick|Qml|VirtualKeyboard|Pdf|EglFs|WebSockets|Test|Concurrent|Sql|Xml|Designer|Help)\w*\.",
        r"(QtQuick|QtQml|QtTest|QtSql|QtDesigner|QtHelp|QtXml|QtConcurrent)\.(abi3\.so|pyd)",
        r"opengl32sw\.dll",
    )
)


def born() -> int:
    """Return when files that are handed out say they were made: two builds of one version are equal.

    In seconds since 1970; SOURCE_DATE_EPOCH where that is given, or else 22 Nov 2026.
    """
    return int(os.environ.get("SOURCE_DATE_EPOCH", 1_795_305_600))


def is_wanted(name: str) -> bool:
    """Return whether a file belongs into the bundle, by its path there."""
    path = name.replace("\\", "/")
    return not any(pattern.search(path) for pattern in _UNWANTED)


def without_unused_hooks(scripts: Iterable[Entry]) -> list[Entry]:
    """Return the scripts of the program without those that run before it for nothing."""
    return [entry for entry in scripts if entry[0] not in _UNUSED_HOOKS]


def reached(binaries: Iterable[Entry]) -> list[Entry]:
    """Return the libraries that what was wanted still needs; a plugin left out takes its own with it.

    Begins with what is loaded by name: extension modules, plugins of Qt, and Python itself.
    """
    from PyInstaller.depend.bindepend import get_imports

    by_name = {PurePath(entry[0]).name: entry for entry in binaries}
    waiting = [entry for entry in by_name.values() if _is_loaded_by_name(entry)]
    kept = {PurePath(entry[0]).name for entry in waiting}
    while waiting:
        for name, _ in get_imports(waiting.pop()[1]):
            needed = PurePath(name).name
            if needed in by_name and needed not in kept:
                kept.add(needed)
                waiting.append(by_name[needed])
    return [entry for entry in binaries if PurePath(entry[0]).name in kept]


def _is_loaded_by_name(entry: Entry) -> bool:
    name, _, kind = entry
    return kind == "EXTENSION" or "/plugins/" in name.replace("\\", "/") or "python" in PurePath(name).name


def icon_for(platform: str, root: Path, work: Path) -> str | None:
    """Return the icon of the program as a platform wants it; Linux has it beside the desktop entry."""
    ending = {"win32": ".ico", "darwin": ".icns"}.get(platform)
    return None if ending is None else str(icon_file(root, work, ending))


def version_resource(version: str, work: Path) -> str:
    """Return a file with what Windows shows of a program under Properties, Details."""
    numbers = (*(int(part) for part in version.split(".")), 0)
    texts = {
        "CompanyName": "neocapgui",
        "FileDescription": "neocapgui, capitalization tables",
        "FileVersion": version,
        "InternalName": "neocapgui",
        "LegalCopyright": "MIT licence",
        "OriginalFilename": "neocapgui.exe",
        "ProductName": "neocapgui",
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in texts.items())
    file = work / "version.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0,"
        " OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)),"
        f" kids=[StringFileInfo([StringTable('040904B0', [{strings}])]),"
        " VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n",
        "utf-8",
    )
    return str(file)
