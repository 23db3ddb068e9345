"""The help: every page, column, dialog and guide has a topic, and every link leads somewhere."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QApplication, QTextBrowser

from neocapgui.engine.lens import Basis, Lens
from neocapgui.figures.facts_tables import (
    approvals_table,
    conversion_rights_table,
    issuers_table,
    prices_table,
    securities_table,
    stake_entries_table,
    stakeholders_table,
    transactions_table,
)
from neocapgui.figures.grid.contract import CONTRACT
from neocapgui.figures.guided.guide import Form
from neocapgui.figures.guided.guides import GUIDES, GuideEntry
from neocapgui.figures.reconciliation import reconciliation_table
from neocapgui.figures.tables import Table
from neocapgui.gui.actions import COMMAND
from neocapgui.gui.help.pages import passages, text_of
from neocapgui.gui.help.text import html
from neocapgui.gui.help.topics import (
    DIALOGS,
    PARTS,
    TOPIC,
    TOPICS,
    Topic,
    explained,
    glossary,
    head_tip,
    of_column,
    of_widget,
    slug,
    written,
)
from neocapgui.gui.help.window import HelpWindow
from neocapgui.gui.looks.look import wear
from neocapgui.gui.looks.roles import DARK, LIGHT, Roles
from neocapgui.gui.page_register import PAGES, PageEntry
from neocapgui.gui.resources import resource
from neocapgui.gui.tables.table_view import TableView
from neocapgui.ledger.ledger import Ledger
from neocapgui.ledger.terms import Certainty, SecurityKind
from neocapgui.ledger.transactions import KINDS
from tests.gui.conftest import acme_ledger
from tests.house.source import PROGRAM, source_files

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from neocapgui.gui.main_window import MainWindow

LENS = Lens(date(2022, 3, 3), 1)
ANCHOR = re.compile(r"\s*\{#([\w.-]+)\}")
TABLES = (
    issuers_table(acme_ledger(), LENS),
    stakeholders_table(acme_ledger(), LENS),
    securities_table(acme_ledger(), LENS),
    conversion_rights_table(acme_ledger(), LENS),
    approvals_table(acme_ledger(), LENS),
    prices_table(acme_ledger(), LENS),
    transactions_table(acme_ledger(), LENS, True),
    stake_entries_table(acme_ledger(), LENS),
    reconciliation_table(acme_ledger(), LENS),
)

each_topic = pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)


def places(topic: str) -> set[str]:
    """Return the anchors of a topic as it is shown."""
    text = text_of(topic)
    headings = re.findall(r"^#{1,3} (.+)$", text, re.MULTILINE)
    return {*ANCHOR.findall(text), *(slug(ANCHOR.sub("", heading)) for heading in headings)}


def leads_somewhere(place: str) -> bool:
    topic, _, anchor = place.partition("#")
    return topic in TOPIC and (not anchor or anchor in places(topic))


@each_topic
def test_a_topic_has_a_file_that_begins_with_its_title(topic: Topic) -> None:
    assert written(topic.name).splitlines()[0] == f"# {topic.title}"


def test_every_file_of_the_help_is_a_topic() -> None:
    assert {file.stem for file in resource("help").glob("*.md")} == set(TOPIC)


@each_topic
def test_every_link_leads_somewhere(topic: Topic) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", text_of(topic.name)):
        place = f"{topic.name}{link}" if link.startswith("#") else link
        assert leads_somewhere(place), link


@each_topic
def test_every_command_whose_keys_are_named_exists(topic: Topic) -> None:
    assert set(re.findall(r"\{\{([^}]+)\}\}", text_of(topic.name))) <= set(COMMAND)


@each_topic
def test_no_mark_of_the_writing_is_seen_by_the_reader(topic: Topic) -> None:
    shown = re.sub(
        r"<pre>.*?</pre>|<code>.*?</code>|<[^>]+>", "", html(text_of(topic.name), lambda id: "Ctrl+X")
    )
    assert not re.search(r"\{#|\{\{|(?<![\w\]])\*\w|\]\(|^#", shown, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_has_a_topic(page: PageEntry) -> None:
    assert of_widget(f"page.{page.name}") == page.name


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_that_can_be_typed_into_is_explained(table: Table) -> None:
    typed = [column.field for column in table.columns if column.is_editable]
    assert typed
    for field in typed:
        place = of_column(table.name, field)
        assert "#" in place, f"{table.name}.{field}"
        assert leads_somewhere(place), place


@pytest.mark.parametrize("entry", GUIDES, ids=lambda entry: entry.name)
def test_every_guide_and_its_fields_have_a_place(entry: GuideEntry) -> None:
    dialog = f"dialog.{entry.name}"
    assert leads_somewhere(of_widget(dialog))
    for field in entry.guide.fields(Form(Ledger(), LENS)):
        assert leads_somewhere(of_widget(f"field.{field.name}", dialog)), field.name


def test_every_dialog_and_part_of_the_window_has_a_topic() -> None:
    sources = "".join(file.read_text(encoding="utf-8") for file in source_files(PROGRAM / "gui"))
    named = set(re.findall(r'setObjectName\("(dialog\.\w+)"\)', sources))
    assert named <= set(DIALOGS)
    for name, place in {**DIALOGS, **PARTS}.items():
        assert leads_somewhere(place), name


def test_the_grid_s_promises_are_those_that_are_tested() -> None:
    shown = text_of("grid")
    assert all(promise.result in shown for promise in CONTRACT)


def test_the_glossary_has_every_word_of_the_field_that_is_chosen_from() -> None:
    known = {term.name.casefold() for term in glossary()}
    assert len(known) >= 60
    words = {kind.value.replace("_", " ") for kind in SecurityKind}
    words |= {kind.title.casefold() for kind in KINDS}
    words |= {basis.value.replace("_", " ") for basis in Basis}
    words |= {"authorized", "issued", "outstanding", "reserved", "available", "stake", "holding"}
    words |= {"floor", "vwap", "par", "vesting", "face", "governs", "held back", "seniority", "participation"}
    assert words <= known
    assert all(one.value in explained("Certainty") for one in Certainty)


def test_each_word_is_explained_in_a_sentence_and_in_order() -> None:
    names = [term.name.casefold() for term in glossary()]
    assert names == sorted(names)
    assert len(set(names)) == len(names)
    assert all(term.sentence.endswith(".") for term in glossary())


def test_the_head_of_a_column_says_what_the_glossary_does() -> None:
    assert head_tip("VWAP", "") == "Volume-weighted average price: money traded / shares traded in a day."
    assert head_tip("Price", "Per share") == "Per share. Money for one share."
    assert head_tip("Nobody's word", "Per share") == "Per share"


def test_what_is_sought_is_found_with_headings_first() -> None:
    found = passages("reverse split")
    assert found[0].place == "glossary#reverse-split"
    assert passages("published counts")[0].place == "cap_table#published-counts"
    assert passages("zebra") == []


def test_the_text_of_the_help_is_escaped() -> None:
    assert "<img" not in html("# A\n\n<img src=x> & `a<b`", lambda id: "")


def test_help_opens_on_what_has_the_focus(window: MainWindow, qtbot: QtBot) -> None:
    window.carry_out("page.securities")
    table = window.findChild(TableView, "table.securities")
    assert table is not None
    fields = [column.field for column in table.table_model.table.columns]
    table.point_at(0, fields.index("votes"))
    table.setFocus()
    window.carry_out("help.topic")
    shown = help_windows()
    assert [one.place for one in shown] == ["securities#securities.votes"]
    shown[0].close()


def test_the_help_goes_back_and_forward_and_fetches_nothing(qtbot: QtBot) -> None:
    help = HelpWindow(lambda id: "Ctrl+X")
    qtbot.addWidget(help)
    help.show_topic("bases#voting")
    help.show_topic("glossary")
    help.show_topic("https://example.org")
    assert help.place == "glossary"
    help.back()
    assert help.place == "bases#voting"
    help.forward()
    assert help.place == "glossary"
    text = help.findChild(QTextBrowser, "help.text")
    assert text is not None
    assert not text.openExternalLinks()
    assert text.loadResource(2, QUrl("file:///etc/hostname")) is None


@pytest.mark.parametrize("roles", [DARK, LIGHT], ids=["dark", "light"])
def test_the_help_wears_what_the_program_wears(qtbot: QtBot, roles: Roles) -> None:
    help = HelpWindow(lambda id: "Ctrl+X")
    qtbot.addWidget(help)
    help.show()
    text = help.findChild(QTextBrowser, "help.text")
    assert text is not None
    wear(roles)
    qtbot.waitUntil(lambda: roles.accent in text.toHtml())


def help_windows() -> list[HelpWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, HelpWindow) and one.isVisible()]


def test_words_between_stars_are_slanted_and_their_stars_are_gone() -> None:
    shown = html("# Zoom\n\n0 or *Whole range* shows **all** prices; 2 * 3 * 4 stays.", lambda id: "")
    assert "<i>Whole range</i>" in shown
    assert "<b>all</b>" in shown
    assert "2 * 3 * 4" in shown
