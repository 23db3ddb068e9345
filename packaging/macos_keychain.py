"""Keeps the certificate that signs on macOS in a keychain of its own, from before the build to its end.

python packaging/macos_keychain.py add       the certificate, and what is needed for notarising if given
python packaging/macos_keychain.py remove    the keychain, whatever came of the build

The secrets stand in the environment and are printed nowhere. Without them nothing is done, and a line says
so.
"""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

KEYCHAIN = Path.home() / "Library" / "Keychains" / "neocapgui-build.keychain-db"
_LONGEST_BUILD = 21_600  # seconds after which the keychain locks itself
_CERTIFICATE, _OPENS_IT = "NEOCAPGUI_CERTIFICATE", "NEOCAPGUI_CERTIFICATE_PASSWORD"  # a .p12 file in base64
_PROFILE = "NEOCAPGUI_NOTARY_PROFILE"  # the name under which the words for notarising are kept
_NOTARY = ("NEOCAPGUI_NOTARY_APPLE_ID", "NEOCAPGUI_NOTARY_TEAM", "NEOCAPGUI_NOTARY_PASSWORD")

Command = tuple[str, ...]


def adding(certificate: Path, word: str, given: Mapping[str, str], others: tuple[str, ...]) -> list[Command]:
    """Return the commands that make the keychain and put the certificate into it.

    `word` opens the keychain, `others` are the keychains that are searched already and stay so.
    """
    keychain = str(KEYCHAIN)
    commands: list[Command] = [
        ("security", "create-keychain", "-p", word, keychain),
        ("security", "set-keychain-settings", "-lut", str(_LONGEST_BUILD), keychain),
        ("security", "unlock-keychain", "-p", word, keychain),
        (
            *("security", "import", str(certificate), "-k", keychain, "-f", "pkcs12"),
            *("-P", given[_OPENS_IT], "-T", "/usr/bin/codesign"),
        ),
        # Without this codesign asks in a window whether it may use the key.
        (
            *("security", "set-key-partition-list", "-S", "apple-tool:,apple:,codesign:"),
            *("-s", "-k", word, keychain),
        ),
        ("security", "list-keychains", "-d", "user", "-s", keychain, *others),
    ]
    if all(given.get(name) for name in (_PROFILE, *_NOTARY)):
        account, team, password = (given[name] for name in _NOTARY)
        commands.append(
            (
                *("xcrun", "notarytool", "store-credentials", given[_PROFILE], "--apple-id", account),
                *("--team-id", team, "--password", password, "--keychain", keychain),
            )
        )
    return commands


def add(given: Mapping[str, str]) -> str:
    """Make the keychain, and return the line that says what was done."""
    if not all(given.get(name) for name in (_CERTIFICATE, _OPENS_IT)):
        return f"{_CERTIFICATE} and {_OPENS_IT} are not given: no certificate is imported."
    if sys.platform != "darwin":
        return "There are keychains on macOS only: no certificate is imported."
    try:
        content = base64.b64decode("".join(given[_CERTIFICATE].split()), validate=True)
    except binascii.Error:
        raise SystemExit(f"{_CERTIFICATE} is not base64: write it with base64 -i certificate.p12.") from None
    listed = subprocess.run(
        ["security", "list-keychains", "-d", "user"], check=True, capture_output=True, text=True
    ).stdout
    others = tuple(line.strip().strip('"') for line in listed.splitlines() if KEYCHAIN.name not in line)
    with tempfile.TemporaryDirectory() as folder:
        certificate = Path(folder) / "certificate.p12"
        certificate.touch(0o600)
        certificate.write_bytes(content)
        for command in adding(certificate, secrets.token_hex(16), given, others):
            _run(command)
    return f"The certificate is in {KEYCHAIN.name}."


def remove() -> str:
    """Delete the keychain if there is one, and return the line that says what was done."""
    if sys.platform != "darwin":
        return "There are keychains on macOS only: none is removed."
    gone = subprocess.run(["security", "delete-keychain", str(KEYCHAIN)], check=False, capture_output=True)
    return f"{KEYCHAIN.name} was {'not there' if gone.returncode else 'removed'}."


def _run(command: Command) -> None:
    """Run a command, and name no more of it than what it does: its words are secrets."""
    named = " ".join(command[:2])
    print(named, flush=True)
    if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
        raise SystemExit(f"{named} failed; without it nothing can be signed.")


def main() -> int:
    """Do what was asked for; the exit is 2 where that is neither add nor remove."""
    steps = {"add": lambda: add(os.environ), "remove": remove}
    if len(sys.argv) != 2 or sys.argv[1] not in steps:
        print(__doc__, file=sys.stderr)
        return 2
    print(steps[sys.argv[1]]())
    return 0


if __name__ == "__main__":
    sys.exit(main())
