"""The closed forms of a term sheet: percentages, cheques, pool and pro rata, without solving a round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from inspect import signature

from neocapgui.engine.calculations.refusal import CalculationRefused
from neocapgui.engine.calculations.rounding import Exact, Mode, cents, rounded_to


@dataclass(frozen=True, slots=True)
class ClosedForm:
    """A figure of a term sheet, and its formula in words and in figures."""

    name: str
    words: str
    formula: Callable[..., Fraction]  # its parameters are the names of the inputs

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the inputs."""
        return tuple(signature(self.formula).parameters)


CLOSED_FORMS = {
    form.name: form
    for form in (
        ClosedForm(
            "post_money",
            "pre-money + new money",
            lambda pre_money, new_money: pre_money + new_money,
        ),
        ClosedForm(
            "new_investor_fraction",
            "new money / post-money",
            lambda pre_money, new_money: new_money / (pre_money + new_money),
        ),
        ClosedForm(
            "pre_money_for_fraction",
            "new money / fraction sold - new money",
            lambda new_money, fraction: new_money / fraction - new_money,
        ),
        ClosedForm(
            "retained",
            "stake x pre-money / post-money",
            lambda stake, pre_money, new_money: stake * pre_money / (pre_money + new_money),
        ),
        ClosedForm(
            "diluted_twice",
            "stake x (1 - first dilution) x (1 - second dilution)",
            lambda stake, first, second: stake * (1 - first) * (1 - second),
        ),
        ClosedForm(
            "retained_after_pool",
            "stake x (1 - investors' fraction - pool fraction)",
            lambda stake, investor_fraction, pool_fraction: stake * (1 - investor_fraction - pool_fraction),
        ),
        ClosedForm(
            "safe_fraction",
            "SAFE amount / post-money cap",
            lambda safe_amount, post_money_cap: safe_amount / post_money_cap,
        ),
        ClosedForm(
            "effective_pre_money",
            "pre-money - pool fraction x post-money",
            lambda pre_money, pool_fraction, new_money: pre_money - pool_fraction * (pre_money + new_money),
        ),
        ClosedForm(
            "pro_rata_amount",
            "stake x new money",
            lambda stake, new_money: stake * new_money,
        ),
        ClosedForm(
            "cheque_for_target",
            "target x post-money - stake x pre-money",
            lambda target, pre_money, new_money, stake: target * (pre_money + new_money) - stake * pre_money,
        ),
        ClosedForm(
            "price",
            "pre-money / pre-money shares",
            lambda pre_money, pre_shares: pre_money / pre_shares,
        ),
        ClosedForm(
            "new_shares",
            "new money / price",
            lambda new_money, pre_money, pre_shares: new_money / (pre_money / pre_shares),
        ),
        ClosedForm(
            "post_pool_increase_after_round",  # a pool created after the money: everybody bears it
            "shares after the round x pool fraction / (1 - pool fraction)",
            lambda post_shares, pool_fraction: post_shares * pool_fraction / (1 - pool_fraction),
        ),
    )
}


def term_sheet_figure(name: str, given: Mapping[str, Exact]) -> Fraction:
    """Return one of `CLOSED_FORMS` from the inputs that it needs; others are not looked at.

    Money in, money or shares out; stakes, dilutions and the pool are fractions of the company.
    Exact, nothing rounded. Refusals: `bad_input` where the formula divides by zero. Source:
    the definitions of pre-money, post-money and fully diluted stakes.

    >>> term_sheet_figure("retained", {"stake": Fraction(2, 5), "pre_money": 12, "new_money": 3})
    Fraction(8, 25)
    """
    form = CLOSED_FORMS[name]
    inputs = {need: Fraction(given[need]) for need in form.needs}
    try:
        return form.formula(**inputs)
    except ZeroDivisionError:
        figures = ", ".join(f"{need} {figure}" for need, figure in inputs.items())
        raise CalculationRefused(
            "bad_input", f"{form.name} = {form.words} has no value at {figures}."
        ) from None


@dataclass(frozen=True, slots=True)
class ProRata:
    """What a holder with a pro rata right may buy of a new series."""

    fraction: Fraction
    shares: Fraction
    amount: Fraction


def pro_rata(
    holder_shares: Exact,
    company_capitalization: Exact,
    new_series_shares: Exact,
    price: Exact,
    share_rounding: Mode = Mode.FLOOR,
) -> ProRata:
    """Return the pro rata of a holder whose as-converted shares count in the company capitalization.

    Fraction = holder's shares / capitalization; shares = fraction x new series, rounded; amount =
    whole shares x price, to cents. They come out of the round's total unless the letter says
    otherwise. Refusals: `bad_input`. Source: Y Combinator, pro rata side letter.

    >>> right = pro_rata(588_235, 11_764_705, 4_486_719, Fraction("1.1144"))
    >>> right.shares, right.amount
    (Fraction(224335, 1), Fraction(6249973, 25))
    """
    for is_wrong, sentence in (
        (company_capitalization <= 0, f"The company capitalization is {company_capitalization} shares."),
        (holder_shares < 0, f"The holder has {holder_shares} shares."),
        (new_series_shares < 0, f"The new series has {new_series_shares} shares."),
        (price < 0, f"The price is {price}."),
    ):
        if is_wrong:
            raise CalculationRefused("bad_input", sentence)
    fraction = Fraction(holder_shares) / Fraction(company_capitalization)
    shares = rounded_to(fraction * Fraction(new_series_shares), 0, share_rounding)
    return ProRata(fraction, shares, cents(shares * Fraction(price)))
