"""The history as a table: the latest edit first, what was taken back above it, the saved place marked."""

from __future__ import annotations

from neocapgui.figures.history_table import entry_of, history_table, line_of
from neocapgui.ledger.edits import add
from neocapgui.ledger.facts import Stakeholder
from neocapgui.ledger.history import Entry, History

NOON = "2026-01-05T12:00:00+01:00"


def history(count: int) -> History:
    """Return a history of so many edits."""
    made = History()
    for number in range(1, count + 1):
        made = made.after_doing(add(f"Add {number}", [Stakeholder(number, str(number))]), NOON)
    return made


def test_the_latest_edit_stands_first_and_what_was_taken_back_above_it() -> None:
    table = history_table(history(4).after_undo(2), saved_edit=1, saved_at="14:02")
    assert [row.cells for row in table.rows] == [
        (4, "2026-01-05 12:00", "Add 4", 1, "taken back"),
        (3, "2026-01-05 12:00", "Add 3", 1, "taken back"),
        (2, "2026-01-05 12:00", "Add 2", 1, "done"),
        (1, "2026-01-05 12:00", "Add 1", 1, "saved 14:02"),
    ]
    assert table.subtitle == "2 edits done  ·  2 taken back  ·  saved 14:02 after edit 1"


def test_a_saved_edit_that_was_taken_back_is_marked_as_both() -> None:
    table = history_table(history(2).after_undo(), saved_edit=2, saved_at="14:02")
    assert table.rows[0].cells[-1] == "taken back, saved 14:02"
    assert table.subtitle == "1 edit done  ·  1 taken back  ·  saved 14:02 after edit 2"


def test_an_empty_history_says_what_will_stand_there() -> None:
    table = history_table(History())
    assert (len(table.rows), table.subtitle) == (0, "0 edits done  ·  never saved")
    assert table.empty.startswith("Nothing has been edited yet.")
    assert history_table(History(), saved_edit=0, saved_at="14:02").subtitle == (
        "0 edits done  ·  saved 14:02 before the first edit"
    )


def test_each_edit_is_found_by_its_number() -> None:
    known = history(7).after_undo(3)
    rows = history_table(known).rows
    for number in range(1, 8):
        line, entry = line_of(known, number), entry_of(known, number)
        assert line is not None
        assert entry is not None
        assert rows[line].key == entry.number == number
    assert line_of(known, 8) is None
    assert entry_of(known, 0) is None


def test_of_a_hundred_thousand_edits_only_the_lines_that_are_seen_are_made() -> None:
    edit = add("Add", [Stakeholder(1, "Ada")])
    known = History(tuple(Entry(number, NOON, edit) for number in range(1, 100_001))).after_undo(40_000)
    asked = []

    def moment(at: str) -> str:
        asked.append(at)
        return at

    table = history_table(known, moment)
    assert len(table.rows) == 100_000
    assert [table.rows[line].key for line in (0, 40_000, 99_999)] == [100_000, 60_000, 1]
    assert (line_of(known, 60_001), line_of(known, 60_000)) == (39_999, 40_000)
    assert len(asked) == 3
