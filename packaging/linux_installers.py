"""The installers for Linux: a Debian package, a tarball with its install script, and an AppImage."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tarfile
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from bundle import born
from libraries import needed_glibc

HERE = Path(__file__).parent

MAINTAINER = "The neocapgui authors <neocapgui@localhost>"

# What the bundle loads and does not bring, because it must fit the kernel or the graphics card.
DEPENDS = "libegl1, libgl1, libxcb1, fontconfig"
RECOMMENDS = (
    "libcups2, libwayland-client0, libwayland-cursor0, libwayland-egl1, shared-mime-info, desktop-file-utils"
)


def deb(root: Path, frozen: Path, work: Path, dist: Path, version: str) -> None:
    """Make dist/neocapgui_VERSION_amd64.deb of the frozen folder."""
    stage = _emptied(work / "deb")
    shutil.copytree(frozen, stage / "usr" / "lib" / "neocapgui", symlinks=True)
    (stage / "usr" / "bin").mkdir(parents=True)
    (stage / "usr" / "bin" / "neocapgui").symlink_to("../lib/neocapgui/neocapgui")
    _desktop_files(root, stage / "usr" / "share", version)
    _documents(root, work, stage / "usr" / "share", version)
    control = stage / "DEBIAN"
    control.mkdir()
    size = sum(path.lstat().st_size for path in stage.rglob("*")) // 1024
    (control / "control").write_text(
        f"Package: neocapgui\nVersion: {version}\nArchitecture: {_architecture()}\n"
        f"Maintainer: {MAINTAINER}\nSection: misc\nPriority: optional\n"
        f"Installed-Size: {size}\n"
        f"Depends: libc6 (>= {needed_glibc(frozen)}), {DEPENDS}\nRecommends: {RECOMMENDS}\n"
        "Description: edit the capitalization tables of a group of companies\n"
        " Keeps the securities, conversions and subsidiary stakes of a group of\n"
        " companies in one file and shows who owns what on any day, with the source of\n"
        " every figure.\n",
        "utf-8",
    )
    for name in ("postinst", "postrm"):
        shutil.copy(HERE / "linux" / name, control / name)
        (control / name).chmod(0o755)
    for path in (stage, *stage.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
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


def _documents(root: Path, work: Path, share: Path, version: str) -> None:
    """Put under `share` what Debian wants to know of a package: licences, changes, a page of the manual."""
    about, manual = share / "doc" / "neocapgui", share / "man" / "man1"
    overrides = share / "lintian" / "overrides"
    for folder in (about, manual, overrides):
        folder.mkdir(parents=True)
    shutil.copy(HERE / "linux" / "copyright", about / "copyright")
    shutil.copy(work / "licences.txt", about / "licences.txt")
    shutil.copy(HERE / "linux" / "lintian-overrides", overrides / "neocapgui")
    day = format_datetime(datetime.fromtimestamp(born(), UTC))
    head, line = f"neocapgui ({version}) stable; urgency=medium", "  * What has changed: CHANGELOG.md.gz"
    _packed(f"{head}\n\n{line}\n\n -- {MAINTAINER}  {day}\n", about / "changelog.gz")
    _packed((root / "CHANGELOG.md").read_text("utf-8"), about / "CHANGELOG.md.gz")
    _packed((HERE / "linux" / "neocapgui.1").read_text("utf-8"), manual / "neocapgui.1.gz")


def _packed(text: str, target: Path) -> None:
    target.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


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
