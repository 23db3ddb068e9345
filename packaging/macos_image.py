"""The disk image for macOS: the bundle signed from the inside out where there is an identity, then packed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from macos_keychain import KEYCHAIN

_ENTITLEMENTS = Path(__file__).parent / "macos" / "entitlements.plist"


def dmg(work: Path, dist: Path, version: str) -> None:
    """Make dist/neocapgui-VERSION-MACHINE.dmg of dist/neocapgui.app; signing and notarising need secrets."""
    if sys.platform != "darwin":
        raise OSError("a disk image is made on macOS only")
    bundle, target = dist / "neocapgui.app", dist / f"neocapgui-{version}-{os.uname().machine}.dmg"
    identity = os.environ.get("NEOCAPGUI_SIGNING_IDENTITY", "")
    if identity:
        _sign(bundle, identity)
    else:
        print("NEOCAPGUI_SIGNING_IDENTITY is not given: the bundle is not signed.")
    stage = work / "dmg"  # what the opened image shows: the program, and where to drag it
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    _run("ditto", bundle, stage / bundle.name)  # keeps links and signatures
    (stage / "Applications").symlink_to("/Applications")
    _run("hdiutil", "create", "-volname", "neocapgui", "-srcfolder", stage, "-ov", "-format", "UDZO", target)
    if identity:
        _run("codesign", "--sign", identity, "--timestamp", target)
    profile = os.environ.get("NEOCAPGUI_NOTARY_PROFILE", "")
    if identity and profile:
        kept = ("--keychain-profile", profile, *(("--keychain", KEYCHAIN) if KEYCHAIN.is_file() else ()))
        _run("xcrun", "notarytool", "submit", target, *kept, "--wait")
        _run("xcrun", "stapler", "staple", target)
    else:
        print("NEOCAPGUI_NOTARY_PROFILE is not given: the image is not notarised.")


def _sign(bundle: Path, identity: str) -> None:
    """Sign every library, then the program, then the bundle around them."""
    inside = sorted(
        (path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()),
        key=lambda path: -len(path.parts),
    )
    code = [path for path in inside if path.suffix in (".dylib", ".so") or os.access(path, os.X_OK)]
    flags = ("--force", "--options", "runtime", "--timestamp", "--entitlements", _ENTITLEMENTS)
    for path in (*code, bundle):
        _run("codesign", "--sign", identity, *flags, path)
    _run("codesign", "--verify", "--deep", "--strict", bundle)


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    print(" ".join(words), flush=True)
    subprocess.run(words, check=True)
