"""What is taken off for published cases that are missing, and which cases count."""

from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from qualify.errors import InvalidInput
from qualify.scoring.model import Case, DeductionResult
from qualify.standard import Deduction


def window_start(rule: Deduction, application_date: date) -> date:
    """The first day on which an adopted case still counts: `window_months` calendar months before, that day in.

    In a month that is too short for the day it is that month's last day.
    """
    return application_date - relativedelta(months=rule.window_months)


def deduct(rule: Deduction, level: str, cases: Sequence[Case], application_date: date | None) -> DeductionResult:
    """The points off at the level; each of `cases` counts if it was adopted in the window, both ends in, and is of a
    kind that counts (one whose kind isn't known is). Raises InvalidInput when there is no application date to count
    from."""
    if application_date is None:
        raise InvalidInput("error-application-date-needed")
    since = window_start(rule, application_date)
    kinds = {kind.id for kind in rule.kinds}
    fitting = [case for case in cases if not kinds or not case.kind or case.kind in kinds]
    found = tuple(case for case in fitting if since <= case.adopted <= application_date)
    required = rule.required.get(level, 0)
    return DeductionResult(
        id=rule.id,
        points=rule.points * max(0, required - len(found)),
        found=len(found),
        required=required,
        since=since,
        until=application_date,
        cases=found,
        outside=tuple(case for case in fitting if case not in found),
    )
