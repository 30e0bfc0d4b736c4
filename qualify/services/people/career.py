"""What is known of somebody's time in the company: the day they came, and how they were appraised."""

import re
from datetime import date

from qualify.errors import InvalidInput
from qualify.services.imports.tables import read_day
from qualify.texts import one_line

FIRST_DAY = date(1940, 1, 1)
_APART = re.compile(r"[、,，;；/|\t\n]")


def read_hired_on(text: str) -> date | None:
    """The day somebody came, as spreadsheets write it; None for an empty text. Raises InvalidInput for what is no day,
    and for one so early that nobody who works today can have come then."""
    if not text.strip():
        return None
    day = read_day(text)
    if day < FIRST_DAY:
        raise InvalidInput("error-hired-far", given=text, first=FIRST_DAY.isoformat())
    return day


def read_appraisals(text: str) -> tuple[str, ...]:
    """The grades of somebody's appraisals, the last one first, with commas or the like between them."""
    return tuple(filter(None, map(one_line, _APART.split(text))))
