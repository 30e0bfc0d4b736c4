"""From a team's results to its heat map, and from one person's results to their trend."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from qualify.charts import Heat, HeatCell, HeatRow, Trend, TrendPoint
from qualify.scoring import Result
from qualify.services.assessments.overview import ResultView
from qualify.services.assessments.team import TeamPicture, TeamRow
from qualify.standard import ScaleRating, Standard, names
from qualify.texts import say

MOST_POINTS = 8
"""Results on one trend."""
LEAST_POINTS = 3
"""Fewer are no trend."""


def heat_of(picture: TeamPicture, today: date, language: str) -> Heat:
    """The chart of a team's picture: the elements that the newest version of the standard asks for at the level."""
    standard, level = picture.picture.standard, picture.picture.level
    named = names(standard, language)
    asked = [each.id for each in _newest(picture.rows, standard).elements]
    same = Counter(row.person.name for row in picture.rows)
    subtitle = [
        standard.name.in_language(language),
        standard.level(level).name.in_language(language),
        f"{today:%Y-%m}",
        say(language, "team-people", count=picture.picture.people),
    ]
    return Heat(
        title=say(language, "team-picture-title"),
        subtitle=" · ".join(subtitle),
        elements=tuple(named.get(element, element) for element in asked),
        rows=tuple(HeatRow(_name(row, same), _cells(row.result.result, asked)) for row in picture.rows),
        is_points=not isinstance(standard.rating, ScaleRating),
    )


def _newest(rows: Sequence[TeamRow], standard: Standard) -> Result:
    """The figures made by the newest version: its elements are the columns."""
    newest = max(rows, key=lambda row: (row.result.stored.version == standard.version, row.result.stored.version))
    return newest.result.result


def _name(row: TeamRow, same: Counter[str]) -> str:
    """The name; with the staff number where another one in the picture has it as well."""
    return row.person.name if same[row.person.name] == 1 else f"{row.person.name} {row.person.staff_no}"


def _cells(result: Result, asked: Sequence[str]) -> tuple[HeatCell, ...]:
    by_id = {each.id: each for each in result.elements}
    return tuple(
        HeatCell(by_id[element].rating, by_id[element].target) if element in by_id else HeatCell(None, Decimal(0))
        for element in asked
    )


def trends_of(past: Sequence[ResultView], language: str) -> list[tuple[Standard, Trend]]:
    """The trend by each standard of which there are enough results; those that were replaced are left out. `past` are
    one person's, the newest first."""
    by_standard: dict[str, list[ResultView]] = {}
    for each in past:
        if not each.is_replaced:
            by_standard.setdefault(each.stored.standard, []).append(each)
    enough = [several for several in by_standard.values() if len(several) >= LEAST_POINTS]
    return [(several[0].standard, _trend(several[:MOST_POINTS][::-1], language)) for several in enough]


def _trend(shown: Sequence[ResultView], language: str) -> Trend:
    newest = shown[-1]
    is_scale = isinstance(newest.standard.rating, ScaleRating)
    return Trend(
        name=newest.subject,
        title=say(language, "trend-title", kind="mean" if is_scale else "total"),
        points=tuple(TrendPoint(f"{one.made_on:%Y-%m}", _level(one, language), value_of(one.result)) for one in shown),
        standard=_mean([each.target for each in newest.result.elements]) if is_scale else None,
    )


def value_of(result: Result) -> Decimal:
    """The figure that a trend follows: the total, or the mean of the ratings to one decimal."""
    if result.total is not None:
        return result.total
    return _mean([each.rating for each in result.elements if each.rating is not None])


def _mean(values: Sequence[Decimal]) -> Decimal:
    return (sum(values, Decimal(0)) / max(len(values), 1)).quantize(Decimal("0.1"))


def _level(shown: ResultView, language: str) -> str:
    return shown.standard.level(shown.result.level).name.in_language(language)
