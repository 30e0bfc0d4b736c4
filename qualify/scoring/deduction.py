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


def fits(rule: Deduction, case: Case, application_date: date) -> bool:
    """Whether the case counts: adopted in the window, both ends in, and of a kind that counts (one whose kind isn't
    known is)."""
    return _is_of_its_kinds(rule, case) and window_start(rule, application_date) <= case.adopted <= application_date


def _is_of_its_kinds(rule: Deduction, case: Case) -> bool:
    return not rule.kinds or not case.kind or case.kind in {kind.id for kind in rule.kinds}


def deduct(rule: Deduction, level: str, cases: Sequence[Case], application_date: date | None) -> DeductionResult:
    """The points off at the level for `cases`, each of them another one. Raises InvalidInput when there is no
    application date to count from."""
    if application_date is None:
        raise InvalidInput("error-application-date-needed")
    found = tuple(case for case in cases if fits(rule, case, application_date))
    required = rule.required.get(level, 0)
    return DeductionResult(
        id=rule.id,
        points=rule.points * max(0, required - len(found)),
        found=len(found),
        required=required,
        since=window_start(rule, application_date),
        until=application_date,
        cases=found,
        outside=tuple(case for case in cases if _is_of_its_kinds(rule, case) and case not in found),
    )
