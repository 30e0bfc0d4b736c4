"""Answers given as a JSON file, read and checked against the standard: nothing unknown, nothing out of range."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from qualify.errors import InvalidInput
from qualify.scoring.model import Answers, Case, Mark
from qualify.scoring.numbers import plain
from qualify.scoring.rating import points_possible
from qualify.standard import Element, ScaleRating, Standard, Subject, all_subjects, criteria_at

FIELDS = frozenset({"application_date", "criteria", "ratings", "reasons", "exams", "cases"})
CASE_FIELDS = frozenset({"date", "title"})
LONGEST_DATE = 40  # of what is quoted back
LARGEST = 10  # digits before the point, and twice that after it: no number that people or programs write needs more


def read_answers(standard: Standard, level: str, data: object) -> tuple[Answers, date | None]:
    """The answers and the application date of an answers file (its shape: README, "Score a file").

    Raises InvalidInput naming the first thing that is wrong and what would be right.
    """
    if not isinstance(data, dict):
        raise InvalidInput("error-answers-object")
    _known(data, FIELDS)
    answers = Answers(
        marks={key: _mark(key, value) for key, value in _mapping(data, "criteria").items()},
        ratings={key: number(value, key) for key, value in _mapping(data, "ratings").items()},
        reasons={key: _words(value, f"reasons.{key}") for key, value in _mapping(data, "reasons").items()},
        scores={key: None if value is None else number(value, key) for key, value in _mapping(data, "exams").items()},
        cases=tuple(_case(value) for value in _list(data, "cases")),
    )
    check_answers(standard, level, answers)
    given = data.get("application_date")
    return answers, None if given is None else read_date(given)


def check_answers(standard: Standard, level: str, answers: Answers) -> None:
    """Refuse marks, ratings, reasons and scores that the standard doesn't know at this level, or out of range."""
    elements = {element.id: element for element in standard.elements_at(level)}
    criteria = answerable(standard, level)
    for criterion in answers.marks:
        if criterion not in criteria:
            raise InvalidInput("error-answers-criterion", id=criterion, level=level)
    for element_id in (*answers.ratings, *answers.reasons):
        if element_id not in elements:
            raise InvalidInput("error-answers-element", id=element_id, level=level)
    for element_id, rating in answers.ratings.items():
        check_rating(standard, elements[element_id], level, rating)
    _check_scores(standard, answers.scores)


def _check_scores(standard: Standard, scores: Mapping[str, Decimal | None]) -> None:
    subjects = {subject.id: subject for subject in all_subjects(standard)}
    for subject_id, score in scores.items():
        if subject_id not in subjects:
            raise InvalidInput("error-answers-subject", id=subject_id, subjects=", ".join(sorted(subjects)))
        if score is not None:
            check_score(subjects[subject_id], score)


@lru_cache(maxsize=64)
def answerable(standard: Standard, level: str) -> frozenset[str]:
    """Every criterion that may be answered in a review for this level: the level's, and on a scale the next's."""
    above = standard.next_level(level) if isinstance(standard.rating, ScaleRating) else None
    levels = (level, above.id) if above else (level,)
    return frozenset(
        criterion.id
        for element in standard.elements_at(level)
        for asked in levels
        for criterion in criteria_at(element, asked)
    )


def check_rating(standard: Standard, element: Element, level: str, rating: Decimal) -> None:
    """Refuse a rating below 0, above what is possible, or between two steps."""
    possible = points_possible(standard, element, level)
    step = Decimal(1) if isinstance(standard.rating, ScaleRating) else standard.rating.step
    if not 0 <= rating <= possible or rating % step:
        raise InvalidInput(
            "error-rating-range", id=element.id, given=plain(rating), maximum=plain(possible), step=plain(step)
        )


def check_score(subject: Subject, score: Decimal) -> None:
    """Refuse an exam score outside 0…max."""
    if not 0 <= score <= subject.max:
        raise InvalidInput("error-score-range", id=subject.id, given=plain(score), maximum=plain(subject.max))


def number(value: object, name: object) -> Decimal:
    """A finite decimal from a JSON number or a typed string; `name` says in the refusal what it was for."""
    try:
        read = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
    except InvalidOperation:
        read = Decimal("NaN")
    if not _is_written_out(read):
        raise InvalidInput("error-number", name=str(name), given=str(value))
    return read or Decimal(0)  # -0 is 0


def _is_written_out(read: Decimal) -> bool:
    """Whether exact arithmetic may go on with it: "1e999999999" is finite too, and no memory holds its digits."""
    exponent = read.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -2 * LARGEST and read.adjusted() < LARGEST


def read_date(value: object) -> date:
    """A calendar date written YYYY-MM-DD, from 1900 on: no other notation, no week or day numbers."""
    try:
        read = date.fromisoformat(str(value))
    except ValueError:
        read = date.min
    if read.year < 1900 or read.isoformat() != str(value):
        raise InvalidInput("error-date", given=str(value)[:LONGEST_DATE])
    return read


def read_period(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """The days given, both in. Raises InvalidInput for what is no day, and when the last comes before the first."""
    first = None if since is None else read_date(since)
    last = None if until is None else read_date(until)
    if first and last and last < first:
        raise InvalidInput("error-period", since=first.isoformat(), until=last.isoformat())
    return first, last


def _known(data: Mapping[object, object], fields: frozenset[str]) -> None:
    for field in data:
        if field not in fields:
            raise InvalidInput("error-answers-field", field=str(field), fields=", ".join(sorted(fields)))


def _mark(criterion: str, value: object) -> Mark:
    try:
        return Mark(value)  # type: ignore[arg-type]  # anything but a mark's name raises ValueError
    except ValueError:
        raise InvalidInput("error-answers-mark", id=criterion, given=str(value), marks=", ".join(Mark)) from None


def _case(value: object) -> Case:
    if not isinstance(value, dict):
        return Case(read_date(value))
    _known(value, CASE_FIELDS)
    return Case(read_date(value.get("date")), _words(value.get("title", ""), "cases.title"))


def _words(value: object, field: str) -> str:
    if not isinstance(value, str):
        raise InvalidInput("error-answers-shape", field=field, shape='"…"')
    return value.strip()


def _mapping(data: Mapping[str, Any], field: str) -> dict[str, object]:
    value = data.get(field)
    if not isinstance(value, dict | None):
        raise InvalidInput("error-answers-shape", field=field, shape="{…}")
    return {str(key): each for key, each in (value or {}).items()}


def _list(data: Mapping[str, Any], field: str) -> list[object]:
    value = data.get(field)
    if not isinstance(value, list | None):
        raise InvalidInput("error-answers-shape", field=field, shape="[…]")
    return value or []
