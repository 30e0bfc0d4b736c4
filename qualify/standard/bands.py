"""The rules of tables from best to worst: the scale's labels, suggestions, exam bands and grades within a level.

Every table must catch every value exactly once: thresholds fall from row to row and the last row catches 0. Only what
is counted against somebody rises, and the last row catches all of it.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from qualify.standard.model import BandGrades, CountingGrades, ScaleRating, Standard
from qualify.standard.problems import Finding, Path, finding

Threshold = tuple[Decimal, bool]
"""From this value; True: only above it, which is the stricter one."""


def band_findings(standard: Standard) -> Iterator[Finding]:
    """What is wrong with the tables of the rating and of the grades."""
    if isinstance(standard.rating, ScaleRating):
        for rule in (_labels, _suggestion, _exceeding, _exam_bands):
            yield from rule(standard.rating)
    yield from _grades(standard)


def _labels(rating: ScaleRating) -> Iterator[Finding]:
    for expected, label in enumerate(rating.labels):
        if label.value != expected:
            yield finding(("rating", "labels", expected, "value"), "label-order", given=label.value, right=expected)
            return  # every later one would only repeat it
    yield from labelled(rating, rating.target, ("rating", "target"))


def _suggestion(rating: ScaleRating) -> Iterator[Finding]:
    path: Path = ("rating", "suggestion", "rows")
    rows = rating.suggestion.rows
    yield from _falling(path, [(row.share, row.above) for row in rows], "share")
    yield from _falling_ratings(path, [row.rating for row in rows])
    for n, row in enumerate(rows):
        if row.rating > rating.target:
            place = (*path, n, "rating")
            yield finding(place, "suggestion-above-target", rating=row.rating, target=rating.target)
        if row.above and row.share == 1:
            yield finding((*path, n, "share"), "row-above-all")


def _exceeding(rating: ScaleRating) -> Iterator[Finding]:
    if rating.exceeding is None:
        return
    path, given = ("rating", "exceeding", "rating"), rating.exceeding.rating
    if given <= rating.target:
        yield finding(path, "exceeding-low", rating=given, target=rating.target)
    yield from labelled(rating, given, path)


def _exam_bands(rating: ScaleRating) -> Iterator[Finding]:
    if rating.exam_bands is None:
        return
    path: Path = ("rating", "exam_bands", "bands")
    bands = rating.exam_bands.bands
    yield from _falling(path, [(Decimal(band.score), False) for band in bands], "score")
    yield from _falling_ratings(path, [band.rating for band in bands])
    for n, band in enumerate(bands):
        yield from labelled(rating, band.rating, (*path, n, "rating"))
    yield from labelled(rating, rating.exam_bands.untaken, ("rating", "exam_bands", "untaken"))


def _grades(standard: Standard) -> Iterator[Finding]:
    if standard.grades is None:
        return
    if standard.rating.kind != "points":
        yield finding(("grades",), "grades-on-scale")
    if isinstance(standard.grades, BandGrades):
        yield from _falling(("grades", "bands"), [(band.total, False) for band in standard.grades.bands], "from")
    else:
        yield from _counted(standard.grades)


def _counted(grades: CountingGrades) -> Iterator[Finding]:
    """A grade that allows no more than the one before it would never be reached; the last one must allow everything."""
    shares = [grade.unmet for grade in grades.bands]
    for n, (before, this) in enumerate(pairwise(shares), start=1):
        if this <= before:
            yield finding(("grades", "bands", n, "unmet"), "counted-unreachable", given=this, before=before)
    if shares[-1] != 1:
        yield finding(("grades", "bands", len(shares) - 1, "unmet"), "counted-last", given=shares[-1])


def _falling(path: Path, thresholds: Sequence[Threshold], field: str) -> Iterator[Finding]:
    """A row that is not below the one before it would never be reached; the last one must leave nothing out."""
    for n, (before, this) in enumerate(pairwise(thresholds), start=1):
        if this >= before:
            yield finding((*path, n, field), "row-unreachable", field=field, given=this[0], before=before[0])
    if thresholds[-1] != (Decimal(0), False):
        yield finding((*path, len(thresholds) - 1, field), "row-last", field=field, given=thresholds[-1][0])


def _falling_ratings(path: Path, ratings: Sequence[int]) -> Iterator[Finding]:
    for n, (before, this) in enumerate(pairwise(ratings), start=1):
        if this >= before:
            yield finding((*path, n, "rating"), "rating-order", given=this, before=before)


def labelled(rating: ScaleRating, given: int, path: Path) -> Iterator[Finding]:
    """A value that is given somewhere is one of the scale's."""
    if given not in {label.value for label in rating.labels}:
        yield finding(
            path, "rating-unlabelled", given=given, legal=", ".join(str(each.value) for each in rating.labels)
        )
