"""The company's working days: those of its country's calendar in the years that it knows, else Monday to Friday."""

from datetime import date
from enum import StrEnum

import chinese_calendar

from qualify.reminders import WorkingDays, is_weekday

IN_CHINA = frozenset({"Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "Asia/Kashgar", "PRC"})
"""The time zones of the calendar's country."""


class Workdays(StrEnum):
    """Whose days off are kept."""

    CHINA = "china"
    WEEKENDS = "weekends"

    @property
    def is_working_day(self) -> WorkingDays:
        """What says of a day whether it is a working day."""
        return is_working_day_in_china if self is Workdays.CHINA else is_weekday


def is_working_day_in_china(day: date) -> bool:
    """Whether people work on this day in China: public holidays are off, the days that make up for them aren't. For a
    year whose holidays haven't been announced to the calendar: whether it is one from Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return is_weekday(day)
