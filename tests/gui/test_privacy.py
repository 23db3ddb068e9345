"""After a session nothing of the user folder but the documents says a name, an amount or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from neocapgui.gui.problem_log import LOG, ProblemLog, note, scrubbed

if TYPE_CHECKING:
    from neocapgui.gui.app import Program

DOCUMENTS = ("working", "discarded", "versions")


def test_a_session_leaves_no_name_no_amount_and_no_file_name(
    program: Program, home: Path, tmp_path: Path
) -> None:
    program.preferences.remembers_files = False
    window = program.open_window()
    program.open_sample("neotherapeutics-as-filed", window)
    program.settle()
    session = window.session
    assert session is not None
    ledger = session.ledger
    secrets = {holder.name for holder in ledger.stakeholders.values()}
    secrets |= {issuer.name for issuer in ledger.issuers.values()} | {ledger.title, "Quarterly secret"}
    secrets |= {str(one.quantity) for one in ledger.transactions if one.quantity and one.quantity > 9999}
    session.save(tmp_path / "Quarterly secret.db")
    log = ProblemLog(home)
    for secret in sorted(secrets):
        try:
            raise ValueError(f"{secret} is not a number")
        except ValueError as error:
            log.add(note(error, error.__traceback__))
        log.add(
            scrubbed(f'QFile::open: "{secret}" in {tmp_path}/{secret.replace(" ", "_")}.db: 12,345') + "\n"
        )
    window.close()
    read = 0
    for file in home.rglob("*"):
        if file.is_file() and file.relative_to(home).parts[0] not in DOCUMENTS:
            said = file.read_text(encoding="utf-8", errors="replace") + file.name
            found = [secret for secret in secrets if secret in said and len(secret) > 3]
            assert found == [], file.name
            read += 1
    assert read >= 2
    assert (home / LOG).is_file()
