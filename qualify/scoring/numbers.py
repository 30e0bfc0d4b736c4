"""Exact arithmetic: fractions inside, decimals outside, one rounding rule (half up) everywhere."""

from decimal import Decimal
from fractions import Fraction
from math import floor

HALF = Fraction(1, 2)
TENTH = Decimal("0.1")


def round_half_up(value: Fraction | Decimal | int, step: Decimal = Decimal(1)) -> Decimal:
    """`value` to the nearest multiple of `step`; exactly between two, to the higher one."""
    return step * floor(Fraction(value) / Fraction(step) + HALF)


def plain(value: Decimal) -> str:
    """The number as people write it: no exponent, no idle zeros ("4.5", "5", "0")."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_number(value: Decimal | None) -> int | float | None:
    """The number for JSON: an int when it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def percent(share: Fraction) -> str:
    """A share as a percentage with at most one decimal, without the sign ("66.7", "70")."""
    return plain(round_half_up(share * 100, TENTH))
