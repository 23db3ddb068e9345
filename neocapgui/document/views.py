"""The views that let any SQLite browser read a scenario, with names in the place of numbers.

SQL cannot restate a holding for a split, holder by holder with the rounding of the paper, so the views never
do: they add up what the papers say as `quantity_unsplit`, and `remark` says where that is not today's figure.
"""

from __future__ import annotations

_LEDGER = """CREATE VIEW v_ledger AS
SELECT
    entry.id,
    entry.date,
    entry."order",
    entry.kind,
    coalesce(issuers.name, company.name) AS issuer,
    security.name AS security,
    stakeholder.name AS stakeholder,
    counterparty.name AS counterparty,
    entry.quantity,
    entry.price,
    entry.amount,
    into_security.name AS into_security,
    entry.into_quantity,
    entry.ratio_new || ':' || entry.ratio_old AS ratio,
    entry.value,
    entry.certificate,
    approvals.subject AS approval,
    entry.certainty,
    entry.recorded,
    entry.source,
    entry.note
FROM transactions AS entry
LEFT JOIN issuers ON issuers.id = entry.issuer
LEFT JOIN securities AS security ON security.id = entry.security
LEFT JOIN issuers AS company ON company.id = security.issuer
LEFT JOIN stakeholders AS stakeholder ON stakeholder.id = entry.stakeholder
LEFT JOIN stakeholders AS counterparty ON counterparty.id = entry.counterparty
LEFT JOIN securities AS into_security ON into_security.id = entry.into_security
LEFT JOIN approvals ON approvals.id = entry.approval
ORDER BY entry.date, entry."order", entry.id"""

_SECURITIES = """CREATE VIEW v_securities AS
SELECT
    paper.id,
    issuers.name AS issuer,
    paper.name AS security,
    paper.kind,
    paper.issued,
    paper.par,
    paper.authorized,
    paper.votes,
    paper.stated_value,
    paper.rounding,
    plan.name AS plan,
    paper.reserve,
    exercised.name AS exercise_into,
    paper.exercise_price,
    paper.exercise_shares_per_unit,
    paper.exercise_expires,
    paper.vesting_starts,
    paper.vesting_cliff_months,
    paper.vesting_duration_months,
    (
        SELECT group_concat(target.name || ' (' || way.basis || ')', ', ')
        FROM conversion_rights AS way
        JOIN securities AS target ON target.id = way."into"
        WHERE way.security = paper.id
    ) AS converts_into,
    paper.certainty,
    paper.source,
    paper.note
FROM securities AS paper
JOIN issuers ON issuers.id = paper.issuer
LEFT JOIN securities AS plan ON plan.id = paper.plan
LEFT JOIN securities AS exercised ON exercised.id = paper.exercise_into
ORDER BY issuers.name, paper.id"""

_PRICES = """CREATE VIEW v_prices AS
SELECT
    issuers.name AS issuer,
    securities.name AS security,
    prices.date,
    prices.close,
    prices.vwap,
    prices.low,
    prices.high,
    prices.volume,
    prices.source
FROM prices
JOIN securities ON securities.id = prices.security
JOIN issuers ON issuers.id = securities.issuer
ORDER BY issuers.name, securities.name, prices.date"""

_PUBLISHED_COUNTS = """CREATE VIEW v_published_counts AS
SELECT
    issuers.name AS issuer,
    securities.name AS security,
    published_counts.date,
    published_counts.shares,
    published_counts.source,
    published_counts.note
FROM published_counts
JOIN securities ON securities.id = published_counts.security
JOIN issuers ON issuers.id = securities.issuer
ORDER BY published_counts.date, issuers.name, securities.name"""


def _legs(kinds: tuple[str, ...], sign: int, holder: str, security: str, quantity: str) -> str:
    named = ", ".join(f"'{kind}'" for kind in kinds)
    return (
        f"SELECT id, date, certainty, {sign} AS sign, {holder} AS stakeholder, {security} AS security,"
        f" {quantity} AS quantity FROM transactions WHERE kind IN ({named}) AND {holder} IS NOT NULL"
    )


_GIVES = (
    "transfer",
    "conversion",
    "exchange",
    "exercise",
    "expiry",
    "repurchase",
    "cancellation",
)

_MOVEMENTS = "CREATE VIEW v_movements AS\n" + "\nUNION ALL ".join(
    (
        _legs(("opening", "issuance"), +1, "stakeholder", "security", "quantity"),
        _legs(_GIVES, -1, "stakeholder", "security", "quantity"),
        _legs(("transfer", "exchange", "repurchase"), +1, "counterparty", "security", "quantity"),
        _legs(
            ("conversion", "exchange", "exercise", "in_kind"),
            +1,
            "stakeholder",
            "into_security",
            "into_quantity",
        ),
    )
)

# A sum in SQL is exact only in 64 bits. Counts below 10^12 with at most nine decimals are added as whole
# shares and as billionths; where a count needs more the sum is NULL and `remark` says so.
_HOLDINGS = """CREATE VIEW v_holdings AS
WITH parts AS (
    SELECT
        security,
        stakeholder,
        CASE WHEN quantity LIKE '-%' THEN -sign ELSE sign END AS sign,
        ltrim(substr(quantity, 1, instr(quantity || '.', '.') - 1), '-') AS whole,
        substr(quantity, instr(quantity || '.', '.') + 1) AS fraction
    FROM v_movements
    WHERE quantity IS NOT NULL AND certainty <> 'planned'
),
sums AS (
    SELECT
        security,
        stakeholder,
        max(length(whole) > 12 OR length(fraction) > 9) AS is_wide,
        sum(CASE WHEN length(whole) <= 12 THEN sign * CAST(whole AS INTEGER) END) AS shares,
        sum(sign * CAST(substr(fraction || '000000000', 1, 9) AS INTEGER)) AS billionths
    FROM parts
    GROUP BY security, stakeholder
),
carried AS (
    SELECT
        security,
        stakeholder,
        is_wide,
        shares + (billionths - (billionths % 1000000000 + 1000000000) % 1000000000) / 1000000000 AS shares,
        (billionths % 1000000000 + 1000000000) % 1000000000 AS billionths
    FROM sums
),
signed AS (
    SELECT
        security,
        stakeholder,
        is_wide,
        CASE WHEN shares < 0 THEN '-' ELSE '' END AS sign,
        CASE WHEN shares < 0 THEN -shares - (billionths > 0) ELSE shares END AS shares,
        CASE WHEN shares < 0 AND billionths > 0 THEN 1000000000 - billionths ELSE billionths END AS billionths
    FROM carried
),
held AS (
    SELECT
        security,
        stakeholder,
        CASE WHEN is_wide THEN NULL ELSE
            sign || shares || rtrim(rtrim('.' || printf('%09d', billionths), '0'), '.')
        END AS quantity,
        (
            SELECT count(*) FROM transactions
            WHERE transactions.security = signed.security AND kind = 'split' AND certainty <> 'planned'
        ) AS splits
    FROM signed
)
SELECT
    issuers.name AS issuer,
    securities.name AS security,
    stakeholders.name AS stakeholder,
    held.quantity AS quantity_unsplit,
    CASE
        WHEN held.quantity IS NULL THEN 'a count here is too long to be added in SQL'
        WHEN held.splits > 0 THEN
            'the security was split, so this sum of what the papers say is not the holding of today'
        ELSE ''
    END AS remark,
    held.security AS security_id,
    held.stakeholder AS stakeholder_id
FROM held
JOIN securities ON securities.id = held.security
JOIN issuers ON issuers.id = securities.issuer
JOIN stakeholders ON stakeholders.id = held.stakeholder
WHERE held.quantity IS NULL OR held.splits > 0 OR held.quantity <> '0'
ORDER BY issuers.name, securities.name, stakeholders.name"""

# The part of one security, never of the company: that needs splits and conversions. Shares an issuer holds of
# itself are not outstanding and left out.
_OWNERSHIP = """CREATE VIEW v_ownership AS
WITH outstanding AS (
    SELECT v_holdings.*
    FROM v_holdings
    JOIN securities ON securities.id = v_holdings.security_id
    JOIN stakeholders ON stakeholders.id = v_holdings.stakeholder_id
    WHERE stakeholders.issuer IS NOT securities.issuer
),
totals AS (
    SELECT security_id, sum(CAST(quantity_unsplit AS REAL)) AS total, max(remark <> '') AS is_unsure
    FROM outstanding
    GROUP BY security_id
)
SELECT
    issuer,
    security,
    stakeholder,
    quantity_unsplit,
    CASE WHEN is_unsure OR total <= 0 THEN NULL ELSE
        printf('%.4f', 100.0 * CAST(quantity_unsplit AS REAL) / total)
    END AS percent_of_security,
    remark
FROM outstanding
JOIN totals ON totals.security_id = outstanding.security_id
ORDER BY issuer, security, CAST(quantity_unsplit AS REAL) DESC"""

VIEWS_1 = (_LEDGER, _SECURITIES, _PRICES, _PUBLISHED_COUNTS, _MOVEMENTS, _HOLDINGS, _OWNERSHIP)
VIEWS_2 = VIEWS_1
