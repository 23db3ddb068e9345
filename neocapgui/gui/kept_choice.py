"""A switch that stands where it was left when the document was looked at last on this machine."""

from __future__ import annotations

from neocapgui.gui.session import Session
from neocapgui.gui.views_kept import keep, kept
from neocapgui.gui.widgets.switch import Switch


def keep_choice(session: Session, key: str, switch: Switch) -> None:
    """Choose what was kept for the document under a key, and keep what is chosen from now on."""

    def recall() -> None:
        name = kept(session.document.id, key)
        if isinstance(name, str) and switch.offers(name):
            switch.choose(name)

    recall()
    session.opened.connect(recall)
    switch.chosen.connect(lambda name: keep(session.document.id, key, str(name)))
