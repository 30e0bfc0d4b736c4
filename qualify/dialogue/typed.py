"""Typed answers: exam scores one by one or in one line, published cases as date and title."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from qualify.errors import InvalidInput
from qualify.scoring import Case, check_score, number
from qualify.standard import Subject

NOT_TAKEN = frozenset({"-", "—", "–", "缺考", "未参加", "absent", "none"})
_DATE = re.compile(r"^\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[\s,,::]*(.*)$", re.DOTALL)
MAX_TITLE = 200


def read_scores(text: str, subjects: tuple[Subject, ...]) -> list[Decimal | None]:
    """One score for the first subject, or one for every subject, separated by spaces or commas; "-" = not taken.

    Raises InvalidInput for anything else: a wrong count, not a number, out of range.
    """
    words = re.split(r"[\s,;、]+", unicodedata.normalize("NFKC", text).strip(" \t\r\n,;、"))
    if len(words) not in (1, len(subjects)):
        raise InvalidInput("error-scores-count", given=str(len(words)), expected=str(len(subjects)))
    return [_score(word, subject) for word, subject in zip(words, subjects, strict=False)]


def _score(word: str, subject: Subject) -> Decimal | None:
    if word.lower() in NOT_TAKEN:
        return None
    score = number(word.removesuffix("分"), subject.id)
    check_score(subject, score)
    return score


def read_cases(text: str, today: date) -> list[Case]:
    """One case a line, each "2026-03-01 title"; all of them or, with the line that is wrong named, none."""
    return [_case(line, today) for line in text.splitlines() if line.strip()]


def _case(line: str, today: date) -> Case:
    found = _DATE.match(unicodedata.normalize("NFKC", line))
    if found is None:
        raise InvalidInput("error-case-shape", given=line.strip()[:60])
    year, month, day, title = found.groups()
    try:
        adopted = date(int(year), int(month), int(day))
    except ValueError:
        raise InvalidInput("error-date", given=f"{year}-{month}-{day}") from None
    title = " ".join(title.split())
    if not title:
        raise InvalidInput("error-case-title", date=adopted.isoformat())
    if len(title) > MAX_TITLE:
        raise InvalidInput("error-case-title-long", maximum=str(MAX_TITLE))
    if adopted > today:
        raise InvalidInput("error-case-future", date=adopted.isoformat())
    return Case(adopted, title)
