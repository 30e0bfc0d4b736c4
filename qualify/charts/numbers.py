"""Numbers as the charts write them."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

UNRATED = "–"
_CENT = Decimal("0.01")


def short(value: Decimal | None) -> str:
    """At most two decimals, without closing zeros: "5", "4.5"; "–" for None."""
    if value is None:
        return UNRATED
    rounded = value.quantize(_CENT, ROUND_HALF_UP)
    return f"{rounded:f}".rstrip("0").rstrip(".")


def mean(values: Sequence[Decimal]) -> Decimal | None:
    """The mean to two decimals, half up; None of nothing."""
    if not values:
        return None
    return (sum(values, Decimal(0)) / len(values)).quantize(_CENT, ROUND_HALF_UP)
