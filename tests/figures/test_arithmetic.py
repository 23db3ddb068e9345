"""Sums typed into cells: exact, bounded, and nothing but + - * / and brackets."""

from __future__ import annotations

import ast
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neocapgui.figures.arithmetic import SumRefused, calculated
from neocapgui.figures.kinds import NUMBERS, PLAIN, Kind, NotUnderstood, Style, parsed

GERMAN = Style(decimal_mark=",", group_mark=".")
FIGURES = st.integers(0, 10**12).map(str) | st.decimals(0, 1000, places=3).map(str)
SUMS = st.recursive(
    FIGURES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map("".join),
        inner.map("({})".format),
        inner.map("-{}".format),
    ),
    max_leaves=8,
)


def plainly(text: str) -> Fraction:
    """Work a sum out by brute force: Python's own grammar, on fractions."""

    def value(node: ast.expr) -> Fraction:
        if isinstance(node, ast.Constant):
            return Fraction(str(ast.get_source_segment(text, node)))
        if isinstance(node, ast.UnaryOp):
            return -value(node.operand)
        assert isinstance(node, ast.BinOp)
        left, right = value(node.left), value(node.right)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case _:
                return left / right

    return value(ast.parse(text, mode="eval").body)


def typed(kind: Kind, text: str) -> tuple[object, str]:
    """Return what a cell holds once something was typed, or the sentence why it was refused."""
    try:
        return parsed(kind, text, PLAIN), ""
    except NotUnderstood as refusal:
        return None, str(refusal)


@given(SUMS)
def test_a_sum_is_what_its_grammar_says(text: str) -> None:
    try:
        found = calculated(text, Fraction)
    except SumRefused as refusal:
        why = str(refusal)
    else:
        assert found == plainly(text)
        return
    assert len(text) > 200 or "divide by 0" in why or "brackets" in why


@given(st.text(max_size=220))
def test_any_text_is_a_sum_or_is_refused_in_a_sentence(text: str) -> None:
    for kind in NUMBERS:
        value, why = typed(kind, "=" + text)
        assert value is not None or why.endswith(".")
        assert len(why) < 500


@given(st.text(alphabet="()+-*/0123456789.^ =e_", max_size=220))
def test_what_looks_like_a_sum_never_hangs_or_breaks(text: str) -> None:
    value, why = typed(Kind.MONEY, "=" + text)
    assert isinstance(value, Decimal) or why.endswith(".")


@pytest.mark.parametrize(
    ("kind", "text", "style", "value"),
    [
        (Kind.SHARES, "=1250000/0.8", PLAIN, Decimal(1562500)),
        (Kind.SHARES, "=1.250.000/0,8", GERMAN, Decimal(1562500)),
        (Kind.PRICE, "=700000/201149*201149/700000", PLAIN, Decimal(1)),
        (Kind.MONEY, "= 1,000 × (2 − 5)", PLAIN, Decimal(-3000)),
        (Kind.RATIO, "=2/50", PLAIN, Fraction(1, 25)),
        (Kind.RATE, "=10/4", PLAIN, Decimal("0.025")),
        (Kind.TEXT, "=1+1", PLAIN, "=1+1"),
    ],
)
def test_a_sum_in_a_cell_is_its_exact_value(kind: Kind, text: str, style: Style, value: object) -> None:
    assert parsed(kind, text, style) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("=9**9**9", "A sum knows + - * / and brackets, but no powers."),
        ("=9^9", "A sum knows + - * / and brackets, but no powers."),
        ("=1/0", "A sum cannot divide by 0."),
        ("=1/(2-2)", "A sum cannot divide by 0."),
        ("=1/3", "“=1/3” is 0.33333333…, which no decimal writes exactly: round it."),
        ("=", "The sum ends where a figure is expected."),
        ("=(1", "A bracket of the sum is not closed."),
        ("=1 2", "The sum goes on with “2” where a sign is expected."),
        ("=1.2.3", "“1.2.3” is not a number such as 1,234.5."),
        ("=__import__('os')", "“__import__” is neither a figure nor a column of this line."),
        ("=2-5", "A number of shares cannot be negative: -3."),
        ("=" + "(" * 30 + "1" + ")" * 30, "A sum has at most 20 brackets inside each other."),
        ("=" + "1+" * 200 + "1", "A sum has at most 200 characters, not 401."),
        (
            "=1/1" + "0" * 190 + "/9",
            "“=1/1" + "0" * 56 + "…” is 0…, which no decimal writes exactly: round it.",
        ),
    ],
)
def test_what_is_no_sum_is_refused_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        parsed(Kind.SHARES, text, PLAIN)
    assert str(refusal.value) == said


def test_the_columns_of_a_line_can_be_named() -> None:
    line = {
        "Shares": Fraction(201_149),
        "Into shares": Fraction(5),
        "Price": Fraction("3.48"),
        "Amount": None,
    }
    assert calculated("shares * price", Fraction, named=line) == Fraction("699998.52")
    assert calculated("Into Shares+1", Fraction, named=line) == 6
    with pytest.raises(SumRefused, match="needs amount, which is empty in this line"):
        calculated("Amount/2", Fraction, named=line)
    with pytest.raises(SumRefused, match="“sharesx” is neither"):
        calculated("sharesx", Fraction, named=line)
