"""Where stakes come from: an owner's shares, all shares on the basis, and chains through companies."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from neocapgui.engine.holdings import holdings
from neocapgui.engine.itself import stakeholders_being
from neocapgui.engine.lens import Basis
from neocapgui.engine.ownership import POOL, Ownership, ownership
from neocapgui.engine.reserves import reservations, unallocated
from neocapgui.figures.cap_table import BASIS_TITLES
from neocapgui.figures.kinds import Kind, day_text
from neocapgui.figures.origins.holdings import Asked, count_of, holder_name, holding
from neocapgui.figures.origins.origin import FOUND, NOT_LISTED, PRODUCT, QUOTIENT, SUM, Origin
from neocapgui.figures.origins.terms import weight
from neocapgui.ledger.terms import SecurityKind

OWNERS = 12  # of a company that are listed one by one, the largest


def basis_words(asked: Asked) -> str:
    """Return the convention a figure is counted by: as converted, at the end of 31 Aug 2001."""
    title = BASIS_TITLES[asked.lens.basis]
    return f"{title}, at the end of {day_text(asked.lens.as_of, asked.style)}, treasury shares left out"


def owner_shares(asked: Asked, stakeholder: int) -> Origin:
    """Return where an owner's shares on the basis come from: each holding times what a unit counts for."""
    company = ownership(asked.ledger, asked.lens)
    title = f"{holder_name(asked, stakeholder)}, shares {BASIS_TITLES[asked.lens.basis]}"
    if stakeholder == POOL:
        return _pool(asked, title)
    held = holdings(asked.ledger, asked.lens)
    parts = []
    for id, each in company.weights.items():
        if held.of(stakeholder, id):
            parts.append(_counted(asked, holding(asked, stakeholder, id), id, each))
    missing = "; ".join(
        f"{asked.ledger.securities[one.security].name} is not counted: {one.reason}"
        for one in company.uncounted
        if held.of(stakeholder, one.security)
    )
    return Origin(title, company.of(stakeholder).shares, Kind.COUNTED, SUM, tuple(parts), missing)


def _counted(asked: Asked, quantity: Origin, id: int, each: Fraction) -> Origin:
    security = asked.ledger.securities[id]
    if each == 1 and (security.kind is SecurityKind.COMMON or asked.lens.basis is Basis.OUTSTANDING):
        return quantity
    title = f"{security.name}, in shares it counts for"
    factor = weight(asked, security, each)
    return Origin(title, quantity.value * each, Kind.COUNTED, PRODUCT, (quantity, factor))


def counted_holding(asked: Asked, stakeholder: int, security: int) -> Origin:
    """Return where the shares come from that one holding counts for on the basis."""
    each = ownership(asked.ledger, asked.lens).weights.get(security, Fraction(0))
    return _counted(asked, holding(asked, stakeholder, security), security, each)


def _pool(asked: Asked, title: str) -> Origin:
    terms, totals = asked.terms, holdings(asked.ledger, asked.lens).totals()
    plans = [
        one
        for one in asked.ledger.securities_of(asked.lens.issuer or 0)
        if one.kind is SecurityKind.OPTION_PLAN
    ]
    parts = []
    for plan in plans:
        left = unallocated(terms, totals, plan)
        note = "reserved less options outstanding less shares bought, not below 0"
        parts.append(Origin(f"{plan.name}, not granted", left, Kind.SHARES, FOUND, (), note))
    total = sum((part.value for part in parts), Fraction(0))
    return Origin(title, total, Kind.COUNTED, SUM, tuple(parts))


def all_shares(asked: Asked) -> Origin:
    """Return where all shares on the basis come from: the owners, the largest one by one."""
    company = ownership(asked.ledger, asked.lens)
    parts = [owner_shares(asked, owner.stakeholder) for owner in company[:OWNERS]]
    rest = company.total - sum((part.value for part in parts), Fraction(0))
    if rest:
        count = len(company) - OWNERS
        parts.append(Origin(f"{count:,} other owners together", rest, Kind.COUNTED, NOT_LISTED))
    name = _company(asked)
    title = f"All shares of {name}, {BASIS_TITLES[asked.lens.basis]}"
    return Origin(
        title, company.total, Kind.COUNTED, SUM, tuple(parts), basis_words(asked) + _left_out(asked, company)
    )


def _company(asked: Asked) -> str:
    issuer = asked.ledger.issuers.get(asked.lens.issuer or 0)
    return issuer.name if issuer is not None else "the company"


def _left_out(asked: Asked, company: Ownership) -> str:
    names = [f"{asked.ledger.securities[one.security].name} ({one.reason})" for one in company.uncounted]
    return f"; not counted: {'; '.join(names)}" if names else ""


def stake_of(asked: Asked, stakeholder: int) -> Origin:
    """Return where an owner's stake comes from: its shares divided by all shares, both on the basis."""
    owner = ownership(asked.ledger, asked.lens).of(stakeholder)
    title = f"Stake of {holder_name(asked, stakeholder)} in {_company(asked)}"
    parts = (owner_shares(asked, stakeholder), all_shares(asked))
    return Origin(title, owner.stake, Kind.STAKE, QUOTIENT, parts, basis_words(asked))


def whole(asked: Asked) -> Origin:
    """Return the whole of a company, which is divided by itself."""
    total = all_shares(asked)
    return Origin(
        f"All of {_company(asked)}", Fraction(1), Kind.STAKE, QUOTIENT, (total, total), basis_words(asked)
    )


def class_shares(asked: Asked, security: int) -> Origin:
    """Return where the shares that a class counts for on the basis come from."""
    each = ownership(asked.ledger, asked.lens).weights.get(security, Fraction(0))
    found = count_of(asked, security, f"{asked.ledger.securities[security].name}, outstanding")
    return _counted(asked, found, security, each)


def class_stake(asked: Asked, security: int) -> Origin:
    """Return where the part of the company that a class stands for comes from."""
    shares, total = class_shares(asked, security), all_shares(asked)
    value = shares.value / total.value if total.value else Fraction(0)
    title = f"Part of {_company(asked)} that is {asked.ledger.securities[security].name}"
    return Origin(title, value, Kind.STAKE, QUOTIENT, (shares, total), basis_words(asked))


def reserved_shares(asked: Asked, security: int) -> Origin:
    """Return for which plans and instruments shares of a class are reserved."""
    terms, totals = asked.terms, holdings(asked.ledger, asked.lens).totals()
    parts = []
    for one in asked.ledger.securities.values():
        for into, shares in reservations(terms, totals, one):
            if into == security and shares:
                parts.append(
                    Origin(f"For {one.name}", shares, Kind.SHARES, FOUND, (), _why_reserved(asked, one.kind))
                )
    total = sum((part.value for part in parts), Fraction(0))
    title = f"{asked.ledger.securities[security].name}, reserved"
    return Origin(title, total, Kind.COUNTED, SUM, tuple(parts))


def _why_reserved(asked: Asked, kind: SecurityKind) -> str:
    if kind is SecurityKind.OPTION_PLAN:
        return "what the plan can still grant"
    if kind in (SecurityKind.OPTION, SecurityKind.WARRANT, SecurityKind.RIGHT):
        return "what those outstanding buy, rounded up"
    return "the larger of what its paper registers and what it turns into by its terms, rounded up"


# Groups


def group_shares(asked: Asked, owner: int, issuer: int) -> Origin:
    """Return where the shares come from that one company of the group has of another."""
    inside = asked.on(replace(asked.lens, issuer=issuer))
    parts = [
        owner_shares(inside, who)
        for who in stakeholders_being(asked.ledger, owner)
        if ownership(inside.ledger, inside.lens).of(who).shares
    ]
    if len(parts) == 1:
        return parts[0]
    total = sum((part.value for part in parts), Fraction(0))
    title = f"{asked.ledger.issuers[owner].name} in {asked.ledger.issuers[issuer].name}"
    return Origin(title, total, Kind.COUNTED, SUM, tuple(parts))


def direct_stake(asked: Asked, owner: int, issuer: int) -> Origin:
    """Return where the direct stake of one company of the group in another comes from."""
    inside = asked.on(replace(asked.lens, issuer=issuer))
    company = ownership(inside.ledger, inside.lens)
    being = [who for who in stakeholders_being(asked.ledger, owner) if company.of(who).shares]
    if len(being) == 1:
        return stake_of(inside, being[0])
    parts = tuple(stake_of(inside, who) for who in being)
    total = sum((part.value for part in parts), Fraction(0))
    title = f"Stake of {asked.ledger.issuers[owner].name} in {asked.ledger.issuers[issuer].name}"
    return Origin(title, total, Kind.STAKE, SUM, parts, basis_words(inside))
