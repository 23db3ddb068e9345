"""The rule behind each finding: its name, and its definition in a sentence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FindingRule:
    """What a check demands, whoever breaks it."""

    name: str
    definition: str


CHECK_RULES: dict[str, FindingRule] = {
    "incomplete": FindingRule(
        "Complete entries",
        "Every entry says all that its kind needs; what it does not say counts as nothing.",
    ),
    "split_ratio": FindingRule("Split ratio", "A split gives more than nothing for each old share."),
    "insufficient_quantity": FindingRule(
        "No more than is held", "Nobody gives away, converts or loses more of a security than he holds then."
    ),
    "before_issue": FindingRule(
        "Order of days", "No entry of a security is earlier than the day on which the security was created."
    ),
    "over_authorized": FindingRule(
        "Authorized shares", "No more shares of a class are issued than its charter authorizes on that day."
    ),
    "reserve_short": FindingRule(
        "Reserved shares", "Shares issued and shares reserved together stay within the authorized number."
    ),
    "assertion_missed": FindingRule(
        "Published counts",
        "The shares outstanding by the ledger are those that a paper states for the end of the day.",
    ),
    "holder_unknown": FindingRule(
        "Companies as holders", "A holder that is a company of the file names that company, and still stands."
    ),
    "issuer_dissolved": FindingRule(
        "Dissolved companies", "Nobody holds securities of a company that is dissolved."
    ),
    "conversion_price_differs": FindingRule(
        "Conversion price", "A notice is at the price that the terms give for its day."
    ),
    "conversion_shares_differ": FindingRule(
        "Conversion shares",
        "The shares of a notice are its money divided by its price, rounded as the paper says.",
    ),
    "amount_differs": FindingRule(
        "Amount, shares and price",
        "An amount is shares times price, within what rounding to whole shares explains.",
    ),
    "price_missing": FindingRule(
        "Prices that are needed",
        "A floating price can be found: its window, its prices or the notice's own are there.",
    ),
    "approval_exceeded": FindingRule(
        "Limits of approvals", "What is done under an approval stays within its money and its shares."
    ),
    "approval_missing": FindingRule(
        "Standing approvals", "An entry relies on an approval that was given, and given before it."
    ),
    "ownership_limit_exceeded": FindingRule(
        "Holder's limit", "After a conversion its holder has no more of the class than the paper allows."
    ),
    "exchange_cap_exceeded": FindingRule(
        "Exchange cap",
        "All conversions of a paper together take no more shares than the cap fixed at signing.",
    ),
    "exercised_before_vested": FindingRule("Vesting", "Nothing is exercised before it has vested."),
    "vesting_unknown": FindingRule("Vesting", "The terms of a grant say when it vests."),
    "transfers_differ": FindingRule("Transfers", "What one hand gives another hand gets."),
    "holdings_differ": FindingRule("Accounts", "What was issued less what was taken back is what is held."),
    "stakes_differ": FindingRule("Stakes", "The stakes of all owners together are the whole company."),
}
REMARK_RULES: dict[str, FindingRule] = {  # nothing fails for these
    "entered_twice": FindingRule(
        "Entered once", "An event is entered once: two entries alike in every field are looked at."
    ),
    "no_floor": FindingRule("Floor", "A floating price has a floor."),
    "floor_far_below": FindingRule("Floor", "A floor is at least half of the market price."),
    "long_look_back": FindingRule("Look-back", "A window looks back no longer than a month of trading."),
    "lowest_of_window": FindingRule("Look-back", "A price is an average, not the lowest of a window."),
    "stacked_discounts": FindingRule("Discount", "A discount is taken once."),
    "down_only": FindingRule("Resets", "A price that follows the market follows it up as well as down."),
    "uncapped_reserve": FindingRule("Reserve", "The shares to be reserved have an end."),
    "no_ownership_limit": FindingRule("Holder's limit", "A floating paper limits what one holder may have."),
    "no_exchange_cap": FindingRule("Exchange cap", "A floating paper keeps to the cap of the listing rules."),
    "unpriced_class": FindingRule(
        "Market price", "What a paper turns into by the market is common stock that has a market."
    ),
    "formula_unknown": FindingRule("Formula", "The formula of a floating price stands in a paper."),
    "adjustable_warrant": FindingRule("Adjustable", "What a warrant buys, and at what price, is fixed."),
    "most_favoured": FindingRule("Later papers", "Terms do not depend on those of later papers."),
    "default_terms": FindingRule("Default", "Terms do not get worse when money is short."),
}
RULES = {**CHECK_RULES, **REMARK_RULES}
UNNAMED = FindingRule("", "")


def rule_of(code: str) -> FindingRule:
    """Return the rule behind a finding by its code.

    >>> rule_of("before_issue").name
    'Order of days'
    """
    return RULES.get(code, UNNAMED)


def what_was_checked() -> str:
    """Return in a sentence what the checks look at, for a page on which nothing was found.

    >>> what_was_checked()[:40]
    'Checked were: complete entries, split ra'
    """
    names = dict.fromkeys(rule.name for rule in CHECK_RULES.values())
    return f"Checked were: {', '.join(name[:1].lower() + name[1:] for name in names)}."
