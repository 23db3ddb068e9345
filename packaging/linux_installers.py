"""The installers for Linux: a Debian package, a tarball with its install script, and an AppImage."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from pathlib import Path

from bundle import born

HERE = Path(__file__).parent

# What the bundle loads and does not bring, because it must fit the kernel or the graphics card.
DEPENDS = "libc6 (>= 2.34), libegl1, libgl1, libxcb1, fontconfig"
RECOMMENDS = "libwayland-client0, libwayland-cursor0, libwayland-egl1, shared-mime-info, desktop-file-utils"


def deb(root: Path, frozen: Path, work: Path, dist: Path, version: str) -> None:
    """Make dist/neocapgui_VERSION_amd64.deb of the frozen folder."""
    stage = _emptied(work / "deb")
    shutil.copytree(frozen, stage / "usr" / "lib" / "neocapgui", symlinks=True)
    (stage / "usr" / "bin").mkdir(parents=True)
    (stage / "usr" / "bin" / "neocapgui").symlink_to("../lib/neocapgui/neocapgui")
    _desktop_files(root, stage / "usr" / "share", version)
    about = stage / "usr" / "share" / "doc" / "neocapgui"
    about.mkdir(parents=True)
    shutil.copy(work / "licences.txt", about / "copyright")
    shutil.copy(root / "CHANGELOG.md", about / "CHANGELOG.md")
    control = stage / "DEBIAN"
    control.mkdir()
    size = sum(path.lstat().st_size for path in stage.rglob("*")) // 1024
    (control / "control").write_text(
        f"Package: neocapgui\nVersion: {version}\nArchitecture: {_architecture()}\n"
        "Maintainer: The neocapgui authors <neocapgui@localhost>\nSection: misc\nPriority: optional\n"
        f"Installed-Size: {size}\nDepends: {DEPENDS}\nRecommends: {RECOMMENDS}\n"
        "Description: edit the capitalization tables of a group of companies\n"
        " Keeps the securities, conversions and subsidiary stakes of a group of companies\n"
        " in one file and shows who owns what on any day, with the source of every figure.\n",
        "utf-8",
    )
    for name in ("postinst", "postrm"):
        shutil.copy(HERE / "linux" / name, control / name)
        (control / name).chmod(0o755)
    for folder in (stage, *stage.rglob("*")):
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(0o755)
    for path in (stage, *stage.rglob("*")):
        os.utime(path, (born(), born()), follow_symlinks=False)
    target = dist / f"neocapgui_{version}_{_architecture()}.deb"
    _run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(stage), str(target)])


def tarball(root: Path, frozen: Path, work: Path, dist: Path, version: str) -> None:
    """Make a .tar.xz of the frozen folder with a script that installs it for one user."""
    stage = _emptied(work / "tarball") / f"neocapgui-{version}"
    shutil.copytree(frozen, stage / "program", symlinks=True)
    _desktop_files(root, stage / "share", version)
    for name in ("install.sh", "uninstall.sh"):
        shutil.copy(HERE / "linux" / name, stage / name)
        (stage / name).chmod(0o755)
    shutil.copy(work / "licences.txt", stage / "licences.txt")
    target = dist / f"neocapgui-{version}-linux-{_machine()}.tar.xz"
    with tarfile.open(target, "w:xz", preset=3) as archive:
        archive.add(stage, stage.name, filter=_anonymous)


def appimage(root: Path, frozen: Path, work: Path, dist: Path, version: str) -> None:
    """Make an AppImage with appimagetool; say so and go on where that is not to be had."""
    tool = shutil.which("appimagetool")
    if tool is None:
        print("appimagetool is not installed: no AppImage is made, the tarball takes its place.")
        return
    stage = _emptied(work / "neocapgui.AppDir")
    shutil.copytree(frozen, stage / "usr" / "lib" / "neocapgui", symlinks=True)
    _desktop_files(root, stage / "usr" / "share", version)
    shutil.copy(stage / "usr" / "share" / "applications" / "neocapgui.desktop", stage / "neocapgui.desktop")
    icons = stage / "usr" / "share" / "icons" / "hicolor"
    shutil.copy(icons / "256x256" / "apps" / "neocapgui.png", stage / "neocapgui.png")
    (stage / "AppRun").symlink_to("usr/lib/neocapgui/neocapgui")
    _run([tool, "--no-appstream", str(stage), str(dist / f"neocapgui-{version}-{_machine()}.AppImage")])


def _desktop_files(root: Path, share: Path, version: str) -> None:
    """Put what a desktop wants to know under `share`: entry, kind of file, description, icons."""
    for name, place in (
        ("neocapgui.desktop", "applications"),
        ("neocapgui.xml", "mime/packages"),
        ("org.neocapgui.neocapgui.metainfo.xml", "metainfo"),
    ):
        (share / place).mkdir(parents=True, exist_ok=True)
        day = datetime.fromtimestamp(born(), UTC).date()
        text = (HERE / "linux" / name).read_text("utf-8")
        text = text.replace("@VERSION@", version).replace("@DATE@", day.isoformat())
        (share / place / name).write_text(text, "utf-8")
    icons = share / "icons" / "hicolor"
    _run([sys.executable, str(HERE / "icons.py"), str(icons)])
    (icons / "scalable" / "apps").mkdir(parents=True)
    shutil.copy(root / "resources" / "icons" / "neocapgui.svg", icons / "scalable" / "apps" / "neocapgui.svg")


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who made the archive and when."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = born()
    return entry


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _machine() -> str:
    return os.uname().machine


def _architecture() -> str:
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(_machine(), _machine())


def _run(command: list[str]) -> None:
    print(" ".join(command), flush=True)
    subprocess.run(command, check=True, env={**os.environ, "SOURCE_DATE_EPOCH": str(born())})
