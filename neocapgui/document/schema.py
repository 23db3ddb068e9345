"""The tables of a scenario file, as each version has them."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from neocapgui.document.views import VIEWS_2

APPLICATION_ID = 0x4E435031  # "NCP1" in the header of the file; never changes
VERSION = 2  # `user_version`; one more with every migration

# Every reference is checked at the end of the transaction, for an edit may name what it records later. None
# says RESTRICT, which SQLite checks at once; what is still named at the end is refused without it as well.

TABLES_1 = (
    """CREATE TABLE scenario (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        title TEXT NOT NULL,
        description TEXT NOT NULL,
        currency TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE issuers (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        name TEXT NOT NULL,
        formed TEXT,
        jurisdiction TEXT NOT NULL,
        source TEXT NOT NULL,
        certainty TEXT NOT NULL CHECK (certainty IN ('published', 'inferred', 'assumed', 'planned')),
        note TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE stakeholders (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        issuer INTEGER REFERENCES issuers (id) DEFERRABLE INITIALLY DEFERRED,
        note TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE securities (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        issuer INTEGER NOT NULL REFERENCES issuers (id) DEFERRABLE INITIALLY DEFERRED,
        name TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN (
            'common', 'preferred', 'convertible', 'safe', 'warrant', 'option_plan', 'option', 'right'
        )),
        issued TEXT,
        par TEXT,
        authorized TEXT,
        votes TEXT NOT NULL,
        votes_as_converted INTEGER NOT NULL CHECK (votes_as_converted IN (0, 1)),
        stated_value TEXT,
        rounding TEXT NOT NULL CHECK (
            rounding IN ('nearest', 'down', 'up', 'cash', 'none', 'amount_follows')
        ),
        plan INTEGER REFERENCES securities (id) DEFERRABLE INITIALLY DEFERRED,
        reserve TEXT,
        accrual_rate TEXT,
        accrual_method TEXT NOT NULL CHECK (accrual_method IN ('simple', 'compound', 'pik')),
        accrual_day_count TEXT NOT NULL CHECK (accrual_day_count IN ('actual/365f', 'actual/360', '30/360')),
        accrual_periods_per_year INTEGER,
        accrual_cumulative INTEGER NOT NULL CHECK (accrual_cumulative IN (0, 1)),
        exercise_into INTEGER REFERENCES securities (id) DEFERRABLE INITIALLY DEFERRED,
        exercise_price TEXT,
        exercise_shares_per_unit TEXT NOT NULL,
        exercise_starts TEXT,
        exercise_expires TEXT,
        exercise_adjustable INTEGER NOT NULL CHECK (exercise_adjustable IN (0, 1)),
        exercise_listed INTEGER NOT NULL CHECK (exercise_listed IN (0, 1)),
        vesting_starts TEXT,
        vesting_cliff_months INTEGER,
        vesting_duration_months INTEGER,
        vesting_period_months INTEGER NOT NULL,
        vesting_day_of_month INTEGER,
        vesting_allocation TEXT NOT NULL CHECK (vesting_allocation IN (
            'cumulative_rounding', 'cumulative_round_down', 'front_loaded', 'back_loaded',
            'front_loaded_to_single_tranche', 'back_loaded_to_single_tranche', 'fractional'
        )),
        liquidation_seniority INTEGER,
        liquidation_multiple TEXT NOT NULL,
        liquidation_participation TEXT NOT NULL
            CHECK (liquidation_participation IN ('none', 'full', 'capped')),
        liquidation_cap_multiple TEXT,
        redemption_price TEXT,
        redemption_premium TEXT,
        redemption_day TEXT,
        limits_ownership TEXT,
        limits_exchange_cap TEXT,
        limits_outstanding_at_signing TEXT,
        source TEXT NOT NULL,
        certainty TEXT NOT NULL CHECK (certainty IN ('published', 'inferred', 'assumed', 'planned')),
        note TEXT NOT NULL
    ) STRICT""",
    # `resets` holds days with a space between them.
    """CREATE TABLE conversion_rights (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        security INTEGER NOT NULL REFERENCES securities (id) DEFERRABLE INITIALLY DEFERRED,
        "into" INTEGER NOT NULL REFERENCES securities (id) DEFERRABLE INITIALLY DEFERRED,
        basis TEXT NOT NULL CHECK (basis IN ('ratio', 'fixed', 'floating', 'notice')),
        ratio_new TEXT,
        ratio_old TEXT CHECK ((ratio_new IS NULL) = (ratio_old IS NULL)),
        price TEXT,
        floor TEXT,
        floor_restated INTEGER NOT NULL CHECK (floor_restated IN (0, 1)),
        look_back_field TEXT NOT NULL CHECK (look_back_field IN ('close', 'vwap', 'low', 'high')),
        look_back_days INTEGER,
        look_back_ends TEXT NOT NULL CHECK (look_back_ends IN ('on_conversion_date', 'day_before')),
        look_back_statistic TEXT NOT NULL
            CHECK (look_back_statistic IN ('lowest', 'average', 'average_of_lowest', 'last')),
        look_back_lowest INTEGER,
        look_back_multiplier TEXT NOT NULL,
        look_back_places INTEGER,
        resets TEXT NOT NULL,
        starts TEXT,
        ends TEXT,
        source TEXT NOT NULL,
        certainty TEXT NOT NULL CHECK (certainty IN ('published', 'inferred', 'assumed', 'planned')),
        note TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE prices (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        security INTEGER NOT NULL REFERENCES securities (id) DEFERRABLE INITIALLY DEFERRED,
        date TEXT NOT NULL,
        close TEXT,
        vwap TEXT,
        low TEXT,
        high TEXT,
        volume TEXT,
        source TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE approvals (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        issuer INTEGER NOT NULL REFERENCES issuers (id) DEFERRABLE INITIALLY DEFERRED,
        body TEXT NOT NULL,
        subject TEXT NOT NULL,
        record_date TEXT,
        meeting_date TEXT,
        amount_limit TEXT,
        shares_limit TEXT,
        outcome TEXT NOT NULL,
        source TEXT NOT NULL,
        certainty TEXT NOT NULL CHECK (certainty IN ('published', 'inferred', 'assumed', 'planned')),
        note TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE published_counts (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        date TEXT NOT NULL,
        security INTEGER NOT NULL REFERENCES securities (id) DEFERRABLE INITIALLY DEFERRED,
        shares TEXT NOT NULL,
        source TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT""",
    # The kinds are not listed in a CHECK: a new kind is a row of KINDS and no migration. The certainties are
    # compared one by one, for quick_check takes three times as long over an IN. The four free texts stand
    # last, where the bulk reader wants them.
    """CREATE TABLE transactions (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        date TEXT NOT NULL,
        "order" INTEGER NOT NULL,
        kind TEXT NOT NULL,
        issuer INTEGER REFERENCES issuers (id) DEFERRABLE INITIALLY DEFERRED,
        security INTEGER REFERENCES securities (id) DEFERRABLE INITIALLY DEFERRED,
        stakeholder INTEGER REFERENCES stakeholders (id) DEFERRABLE INITIALLY DEFERRED,
        counterparty INTEGER REFERENCES stakeholders (id) DEFERRABLE INITIALLY DEFERRED,
        quantity TEXT,
        price TEXT,
        amount TEXT,
        into_security INTEGER REFERENCES securities (id) DEFERRABLE INITIALLY DEFERRED,
        into_quantity TEXT,
        ratio_new TEXT,
        ratio_old TEXT CHECK ((ratio_new IS NULL) = (ratio_old IS NULL)),
        approval INTEGER REFERENCES approvals (id) DEFERRABLE INITIALLY DEFERRED,
        certainty TEXT NOT NULL CHECK (
            certainty = 'published' OR certainty = 'inferred'
            OR certainty = 'assumed' OR certainty = 'planned'
        ),
        recorded TEXT,
        value TEXT NOT NULL,
        certificate TEXT NOT NULL,
        source TEXT NOT NULL,
        note TEXT NOT NULL
    ) STRICT""",
    # The history: what was done and stands, and (is_undone) what was taken back and can be done again.
    """CREATE TABLE edits (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        is_undone INTEGER NOT NULL CHECK (is_undone IN (0, 1))
    ) STRICT""",
    # A fact of a table before and after an edit, as JSON of its columns; NULL where it was not there.
    """CREATE TABLE changes (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        edit INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
        fact_table TEXT NOT NULL,
        fact INTEGER NOT NULL,
        before TEXT,
        after TEXT CHECK (before IS NOT NULL OR after IS NOT NULL)
    ) STRICT""",
    """CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
)

# References are followed backwards when a fact is removed; a partial index is small where few rows name one.
INDICES_1 = (
    "CREATE INDEX transactions_by_security ON transactions (security)",
    "CREATE INDEX transactions_by_stakeholder ON transactions (stakeholder)",
    *(
        f"CREATE INDEX transactions_by_{column} ON transactions ({column}) WHERE {column} IS NOT NULL"
        for column in ("issuer", "counterparty", "into_security", "approval")
    ),
    "CREATE INDEX prices_by_security ON prices (security, date)",
    "CREATE INDEX published_counts_by_security ON published_counts (security, date)",
    "CREATE INDEX changes_by_edit ON changes (edit)",
    "CREATE INDEX changes_by_fact ON changes (fact_table, fact)",
)

# A checksum of each row, by which a broken seal names the rows: those of a block of numbers together, with a
# bit for each number that says whether the row is there.
ADDED_2 = (
    """CREATE TABLE row_seals (
        id INTEGER PRIMARY KEY CHECK (id > 0),
        fact_table TEXT NOT NULL,
        first INTEGER NOT NULL,
        present BLOB NOT NULL,
        checksums BLOB NOT NULL
    ) STRICT""",
)
TABLES_2 = (*TABLES_1, *ADDED_2)
INDICES_2 = INDICES_1

# What sqlite-utils makes to remember which migrations a file has been through, word for word.
BOOKKEEPING = (
    """CREATE TABLE "_sqlite_migrations" (
       "id" INTEGER PRIMARY KEY,
       "migration_set" TEXT,
       "name" TEXT,
       "applied_at" TEXT
    ) STRICT""",
    """CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
        ON "_sqlite_migrations" ("migration_set", "name")""",
)
MIGRATION_SET = "neocapgui"


def create_tables(connection: sqlite3.Connection) -> None:
    """Make the tables of a new file; the indices and views come after the rows (`create_indices`)."""
    for statement in (*BOOKKEEPING, *TABLES_2):
        connection.execute(statement)
    keep_books(connection, VERSION)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")


def keep_books(connection: sqlite3.Connection, version: int) -> None:
    """Write that a file has been through every step up to a version, whatever stood there."""
    connection.execute("DELETE FROM _sqlite_migrations")
    connection.executemany(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
        ((MIGRATION_SET, f"version_{step}", str(datetime.now(UTC))) for step in range(1, version + 1)),
    )


def create_indices(connection: sqlite3.Connection) -> None:
    """Make the indices and the views of a new file."""
    for statement in (*INDICES_2, *VIEWS_2):
        connection.execute(statement)


def structure(connection: sqlite3.Connection) -> dict[str, str]:
    """Return what a file is made of: `table issuers` and so on, each with its definition.

    Spaces and quote marks of names are left out: SQLite changes them when a table is altered.
    """
    return {
        f"{kind} {name}": "".join(str(sql or "").replace('"', "").split())
        for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_schema")
    }


def tables(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Return the tables that hold facts and history, each with its columns, by name."""
    names = [
        str(name)
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        if name not in ("meta", "row_seals", "_sqlite_migrations") and not str(name).startswith("sqlite_")
    ]
    return {name: columns(connection, name) for name in names}


def columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Return the columns of a table in the order of its definition."""
    return tuple(
        str(name)
        for (name,) in connection.execute("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
    )
