"""The certificate for macOS is imported before anything is signed, and skipped where no secrets are given."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.packaging.asking import PACKAGING, ROOT, packaging_says

SECRETS = {
    "NEOCAPGUI_CERTIFICATE": "Zm9v",
    "NEOCAPGUI_CERTIFICATE_PASSWORD": "opens the file",
    "NEOCAPGUI_NOTARY_PROFILE": "notary",
    "NEOCAPGUI_NOTARY_APPLE_ID": "ada@example.com",
    "NEOCAPGUI_NOTARY_TEAM": "TEAM",
    "NEOCAPGUI_NOTARY_PASSWORD": "a word of its own",
}


def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEOCAPGUI_")}
    return subprocess.run(
        [sys.executable, str(PACKAGING / "macos_keychain.py"), *arguments],
        env=kept | given,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_secrets_nothing_is_imported_and_a_line_says_so() -> None:
    answer = run("add")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout == (
        "NEOCAPGUI_CERTIFICATE and NEOCAPGUI_CERTIFICATE_PASSWORD are not given: "
        "no certificate is imported.\n"
    )


def test_what_is_neither_add_nor_remove_is_refused() -> None:
    assert run().returncode == run("sign").returncode == 2


def test_the_certificate_is_imported_before_codesign_may_use_it() -> None:
    code = f"from macos_keychain import *; commands = adding(Path('c.p12'), 'word', {SECRETS!r}, ('login',))"
    said = packaging_says(f"{code}; print([' '.join(one[:2]) for one in commands])")
    assert said.strip() == (
        "['security create-keychain', 'security set-keychain-settings', 'security unlock-keychain', "
        "'security import', 'security set-key-partition-list', 'security list-keychains', 'xcrun notarytool']"
    )
    searched = packaging_says(f"{code}; print(commands[5][-2:])")
    assert "neocapgui-build.keychain-db', 'login'" in searched


def test_without_words_for_notarising_only_the_certificate_is_imported() -> None:
    given = {name: value for name, value in SECRETS.items() if "NOTARY" not in name}
    code = f"from macos_keychain import *; commands = adding(Path('c.p12'), 'word', {given!r}, ())"
    assert packaging_says(f"{code}; print(len(commands))") == "6\n"


def test_the_workflow_imports_before_it_builds_and_removes_whatever_comes_of_it() -> None:
    workflow = (ROOT / ".github" / "workflows" / "build.yml").read_text("utf-8")
    steps = ("macos_keychain.py add", "packaging/build.py", "if: always()", "macos_keychain.py remove")
    places = [workflow.index(step) for step in steps]
    assert places == sorted(places)
    for name in SECRETS:
        assert f"secrets.{name} " in workflow, name
