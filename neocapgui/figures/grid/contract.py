"""What every table keeps to under the hands: 22 promises, shown in Help and held to by the tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Promise:
    """One row of the contract: what is done, and what comes of it."""

    number: int
    gesture: str
    result: str


CONTRACT: tuple[Promise, ...] = (
    Promise(
        1,
        "Type on a cell",
        "Replaces what stands there. F2 edits it in place with the caret at the end; Esc restores it.",
    ),
    Promise(2, "Double-click", "Edits in place."),
    Promise(
        3,
        "Enter, Shift+Enter, Tab, Shift+Tab",
        "Takes what was typed and goes down, up, right, left. After a run of Tabs, Enter goes back to the "
        "column where the run began. In a selection the keys go round inside it.",
    ),
    Promise(
        4,
        "Ctrl+arrow, Ctrl+Shift+arrow, Home, End, Ctrl+Home, Ctrl+End, Page keys, Ctrl+A, Shift+Space, "
        "Ctrl+Space",
        "As in a spreadsheet: to the edge of what is filled in, with Shift also selecting; to the ends of "
        "the line or the table; a screen on; everything, the lines, the columns.",
    ),
    Promise(
        5,
        "Ctrl+C",
        "Copies the block as text (tabs, quotes only where a cell needs them), as a table with number "
        "formats, and as a picture.",
    ),
    Promise(6, "Ctrl+V of one cell", "Fills all selected cells."),
    Promise(
        7,
        "Ctrl+V of a block",
        "Is repeated where the selection is a multiple of it, otherwise starts at the top left. Where lines "
        "are missing, they are offered; Ctrl+Shift+V always adds them.",
    ),
    Promise(
        8,
        "Copied numbers",
        "Are exact, with the decimal mark of your language, no group marks and no hidden spaces.",
    ),
    Promise(
        9,
        "Pasted numbers",
        "Understood as spreadsheets write them: the marks of your language, (1,234), a minus behind, "
        "%, a fitting currency, an apostrophe before, any group marks. What can be read in two ways is asked "
        "once.",
    ),
    Promise(
        10,
        "Ctrl+D, Ctrl+R, the fill handle, double-click on the handle",
        "Fills down, right, as far as it is drawn, as far as the column beside it reaches. Days and numbered "
        "names go on as a series; hold Ctrl, or choose Copy afterwards, to repeat them.",
    ),
    Promise(11, "Ctrl+Enter", "Puts what was typed into all selected cells."),
    Promise(
        12,
        "Delete, Ctrl+X",
        "Empties the cells; Ctrl+X copies them before. Lines go only by Ctrl+- or the menu, which says how "
        "many.",
    ),
    Promise(
        13,
        "Ctrl+Z, Ctrl+Y, Ctrl+Shift+Z",
        "Takes back, does again. What was done at once is one step with a name: “Undo Paste 12 × 3 into "
        "Holdings”.",
    ),
    Promise(
        14,
        "Ctrl+;",
        "Enters today's date. A typed day is understood as 2001-08-31, as 31 Aug 2001 and in the short form "
        "of your language.",
    ),
    Promise(
        15,
        "Selecting",
        "The status bar tells how many, sum, average, least and greatest; a click copies the figure.",
    ),
    Promise(
        16,
        "= in a number cell",
        "Works out + - * / and brackets over figures and the columns of the line, exactly: =1250000/0.8, "
        "=Shares*Price, =[Into shares]*2. F2 shows the sum again.",
    ),
    Promise(
        17,
        "Typing what is no value",
        "The cell keeps the text, with a red edge and a mark, and says which rule it broke and what may have "
        "been meant; Alt+Enter takes that. Nothing is lost and nothing else is held up; such cells can be "
        "listed.",
    ),
    Promise(
        18,
        "Ctrl+F, Ctrl+H, Ctrl+G",
        "Finds, replaces after a preview, goes to a holder, a security or a round.",
    ),
    Promise(
        19,
        "Sorting and filtering from the column head",
        "Never changes what is stored or the order it is stored in, loses nothing that was typed, and is "
        "always seen to be in force.",
    ),
    Promise(
        20,
        "Columns",
        "The first one and the heads stay in sight; others can be hidden and moved, and stay so for the "
        "scenario.",
    ),
    Promise(21, "Alt+Down", "Opens the list of choices; typing narrows it, Enter takes one, Esc leaves."),
    Promise(
        22,
        "F4 or Ctrl+Shift+E on a calculated cell",
        "Explains it: the steps with their inputs, the rule, and the clause it comes from.",
    ),
)
