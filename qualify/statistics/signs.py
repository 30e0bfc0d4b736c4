"""Signs that it is time to look at a standard again (standard B, chapter 8: when to adjust; the source has the heading
only, so every limit is an organisation's to set). A sign proposes nothing: it says what speaks for and against.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from qualify.standard import PointsRating, Standard, all_criteria
from qualify.statistics.intervals import Estimate
from qualify.statistics.items import ItemKind, ItemStatistics, LevelStatistics


class SignKind(StrEnum):
    """What has been noticed."""

    MET_BY_MOST = "met-by-most"
    MET_BY_FEW = "met-by-few"
    UNOBSERVED = "unobserved"
    APART = "apart"
    YEARLY = "yearly"


class Doubt(StrEnum):
    """What speaks against taking a sign at its word."""

    UNSURE = "unsure"  # the limit lies within the confidence interval
    KEY = "key"  # a key condition: all who are granted the level meet it
    TELLS = "tells"  # it tells people apart all the same: its item–rest correlation is above 0


@dataclass(frozen=True)
class SignRules:
    """The limits that an organisation sets, shares as 0…1, both ends in. `most_apart` is how many elements and criteria
    of a level are named at most where assessors disagree; `yearly` month and day on which a standard is looked at
    whatever the figures say."""

    met_by_most: float = 0.9
    met_by_few: float = 0.1
    unobserved: float = 0.3
    most_apart: int = 3
    yearly: tuple[int, int] = (12, 1)

    def yearly_date(self, first: date, last: date) -> date | None:
        """The day in this period, both ends in, on which standards are looked at; None where it has none."""
        days = [date(year, *self.yearly) for year in range(first.year, last.year + 1)]
        return next((day for day in days if first <= day <= last), None)


class Sign(NamedTuple):
    """Something noticed of an element or criterion: the figure that shows it, and what speaks against it."""

    kind: SignKind
    item: ItemStatistics
    figure: Estimate
    doubts: tuple[Doubt, ...]


def signs(standard: Standard, found: LevelStatistics, rules: SignRules) -> tuple[Sign, ...]:
    """What is noticed at a level, kind by kind, the plainest first in each. Without enough results: nothing.

    Where assessors disagree most: the average deviation is more than critical, by how many times says which most.
    By points an element is met with all its points, which few reach and nobody has to: that few do is no sign.
    """
    keys = {criterion.id for criterion in all_criteria(standard) if criterion.key}
    by_points = isinstance(standard.rating, PointsRating)
    noticed = list[Sign]()
    for kind, notice in NOTICING.items():
        of_kind = [
            (weight, Sign(kind, item, figure, tuple(_doubts(kind, item, figure, rules, is_key=item.id in keys))))
            for item in found.items
            if not (by_points and kind is SignKind.MET_BY_FEW and item.kind is ItemKind.ELEMENT)
            for figure, weight in notice(item, rules)
        ]
        of_kind.sort(key=lambda each: -each[0])
        most = rules.most_apart if kind is SignKind.APART else len(of_kind)
        noticed += [sign for _, sign in of_kind[:most]]
    return tuple(noticed)


Noticed = Iterator[tuple[Estimate, float]]
"""The figure that shows a sign, and how plainly; nothing where there is none."""


def _met_by_most(item: ItemStatistics, rules: SignRules) -> Noticed:
    if item.met is not None and item.met.value >= rules.met_by_most:
        yield item.met, item.met.value


def _met_by_few(item: ItemStatistics, rules: SignRules) -> Noticed:
    if item.met is not None and item.met.value <= rules.met_by_few:
        yield item.met, -item.met.value


def _unobserved(item: ItemStatistics, rules: SignRules) -> Noticed:
    if item.unobserved is not None and item.unobserved.value >= rules.unobserved:
        yield item.unobserved, item.unobserved.value


def _apart(item: ItemStatistics, rules: SignRules) -> Noticed:  # noqa: ARG001  # which are the most is seen among all
    if item.deviation is not None and item.deviation.value > item.critical:
        yield item.deviation, item.deviation.value / item.critical


NOTICING: dict[SignKind, Callable[[ItemStatistics, SignRules], Noticed]] = {
    SignKind.MET_BY_MOST: _met_by_most,
    SignKind.MET_BY_FEW: _met_by_few,
    SignKind.UNOBSERVED: _unobserved,
    SignKind.APART: _apart,
}


def _doubts(
    kind: SignKind, item: ItemStatistics, figure: Estimate, rules: SignRules, *, is_key: bool
) -> Iterator[Doubt]:
    limits = {
        SignKind.MET_BY_MOST: rules.met_by_most,
        SignKind.MET_BY_FEW: rules.met_by_few,
        SignKind.UNOBSERVED: rules.unobserved,
        SignKind.APART: item.critical,
    }
    if figure.low < limits[kind] < figure.high:
        yield Doubt.UNSURE
    if is_key and kind is SignKind.MET_BY_MOST:
        yield Doubt.KEY
    if item.discrimination is not None and item.discrimination.low > 0:
        yield Doubt.TELLS
