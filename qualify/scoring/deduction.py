"""What is taken off for published cases that are missing, and which cases count."""

from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from qualify.errors import InvalidInput
from qualify.scoring.model import Case, DeductionResult, ReviewInput
from qualify.standard import Deduction


def window_start(rule: Deduction, application_date: date) -> date:
    """The first day on which an adopted case still counts: `window_months` calendar months before, that day in.

    In a month that is too short for the day it is that month's last day.
    """
    return application_date - relativedelta(months=rule.window_months)


def deduct(
    rule: Deduction, level: str, reviews: Sequence[ReviewInput], application_date: date | None
) -> DeductionResult:
    """The points off at the level. Raises InvalidInput when there is no application date to count from."""
    if application_date is None:
        raise InvalidInput("error-application-date-needed")
    since = window_start(rule, application_date)
    found = _found(reviews, since, application_date)
    required = rule.required.get(level, 0)
    return DeductionResult(
        id=rule.id,
        points=rule.points * max(0, required - found),
        found=found,
        required=required,
        since=since,
        until=application_date,
    )


def _found(reviews: Sequence[ReviewInput], since: date, until: date) -> int:
    """How many cases were adopted in the window, both ends in; each counts once, however many assessors listed it."""
    listed = [[case for case in review.answers.cases if since <= case.adopted <= until] for review in reviews]
    return sum(_adopted_on(day, listed) for day in {case.adopted for cases in listed for case in cases})


def _adopted_on(day: date, listed: Sequence[Sequence[Case]]) -> int:
    """The different titles of the day, but no fewer than any one assessor knows of: titles may be left out."""
    titles = [[_title(case) for case in cases if case.adopted == day] for cases in listed]
    different = {title for known in titles for title in known if title}
    return max(len(different), *(len(set(known) - {""}) + known.count("") for known in titles))


def _title(case: Case) -> str:
    """The title without what people type differently for the same case."""
    return " ".join(case.title.split()).casefold()
