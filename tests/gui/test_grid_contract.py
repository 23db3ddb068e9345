"""Every promise of the grid is held to by a test; a figure that is calculated says where it comes from."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from neocapgui.exchange.samples import sample
from neocapgui.figures.grid.contract import CONTRACT
from neocapgui.figures.origins.explained import explained
from neocapgui.gui.actions import COMMAND, keys_of
from neocapgui.gui.dialogs.explain_dialog import ExplainDialog
from tests.gui.grid_rows import KEPT, row, style_in
from tests.gui.pages import NOTICE_DAY, opened

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@row(22)
def test_a_calculated_figure_is_explained_by_its_key(locale: str, qtbot: QtBot) -> None:
    keys = [key.toString() for key in keys_of(COMMAND["view.explain"])]
    assert keys == ["F4", "Ctrl+Shift+E"]
    with opened(sample("neotherapeutics-as-filed"), NOTICE_DAY) as session:
        marks = style_in(locale)
        found = explained(session.ledger, session.lens, "group", (1, 2), "Direct %", marks)
        assert found is not None
        dialog = ExplainDialog(found, marks)
        qtbot.addWidget(dialog)
        said = [label.text() for label in dialog.findChildren(QLabel)]
        assert f"89{marks.decimal_mark}18 %" in said


def test_every_promise_of_the_grid_is_held_to_by_a_test() -> None:
    for file in sorted(Path(__file__).parent.glob("test_grid_*.py")):
        import_module(f"tests.gui.{file.stem}")
    missing = [f"{one.number} {one.gesture}" for one in CONTRACT if not KEPT[one.number]]
    assert missing == []
    assert [one.number for one in CONTRACT] == list(range(1, 23))
