"""Typed answers: numbers, reasons, exam scores one by one or in one line, published cases as date and title.

Read as people type on a phone: full-width digits and signs count like plain ones, words stay as they were written.
Whatever is typed, the only error is InvalidInput, and what it quotes is short.
"""

import re
from datetime import date
from decimal import Decimal

from qualify.errors import InvalidInput
from qualify.scoring import Case, check_score, read_date
from qualify.standard import Subject

MAX_REASON = 1000
MAX_TITLE = 200
_QUOTED = 60

_NOT_TAKEN = re.compile(r"[-－–—]+|缺考|未考|未参加|absent|none", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s,，;；、分]+")
_DOTS = str.maketrans("．。", "..")  # a Chinese keyboard gives 。 for the full stop
_NUMBER = re.compile(r"\d{1,9}(\.\d{0,9})?|\.\d{1,9}")
_DATES = (
    re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号](.*)"),
    re.compile(
        r"(\d{4})\s*[-－–./．。／]\s*(\d{1,2})\s*[-－–./．。／]\s*(\d{1,2})"
        r"(?![\dA-Za-z])(.*)"  # "2026-3-15G" may be the 1st or the 15th: ask again
    ),
)
_BETWEEN = " ,，:：、—–－-"


def is_number(text: str) -> bool:
    """Whether the text is one number as people type it: "4.5", "４．５", "4分"; no sign, no letters."""
    return _NUMBER.fullmatch(_bare(text)) is not None


def read_number(text: str, name: str) -> Decimal:
    """The number; `name` says in the refusal what it is for. Raises InvalidInput."""
    if not is_number(text):
        raise InvalidInput("error-number", name=name, given=_quoted(text))
    return Decimal(_bare(text))


def _bare(text: str) -> str:
    return text.translate(_DOTS).strip().removesuffix("分").rstrip()


def read_reason(text: str) -> str:
    """The reason without the space around it. Raises InvalidInput for one without a word, or too long."""
    reason = text.strip()
    if len(reason) > MAX_REASON or not has_words(reason):
        raise InvalidInput("error-reason-length", maximum=str(MAX_REASON))
    return reason


def read_scores(text: str, subjects: tuple[Subject, ...]) -> list[Decimal | None]:
    """One score for the first subject, or one for every subject, separated by spaces or commas; "-" = not taken.

    Raises InvalidInput for anything else: a wrong count, not a number, out of range.
    """
    words = [word for word in _SEPARATORS.split(text) if word]
    if len(words) not in (1, len(subjects)):
        if len(subjects) == 1:
            raise InvalidInput("error-scores-one", given=str(len(words)))
        raise InvalidInput("error-scores-count", given=str(len(words)), expected=str(len(subjects)))
    return [_score(word, subject) for word, subject in zip(words, subjects, strict=False)]


def _score(word: str, subject: Subject) -> Decimal | None:
    if _NOT_TAKEN.fullmatch(word):
        return None
    score = read_number(word, subject.id)
    check_score(subject, score)
    return score


def read_cases(text: str, today: date) -> list[Case]:
    """One case a line (at least one), each "2026-03-01 title": all of them or, with the wrong line named, none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise InvalidInput("error-case-shape", given="")
    return [_case(line, today) for line in lines]


def _case(line: str, today: date) -> Case:
    found = next(filter(None, (pattern.fullmatch(line) for pattern in _DATES)), None)
    if found is None:
        raise InvalidInput("error-case-shape", given=_quoted(line))
    year, month, day = (int(digits) for digits in found.groups()[:3])
    adopted = read_date(f"{year:04}-{month:02}-{day:02}")  # by the rule that reads it back from storage
    if adopted > today:
        raise InvalidInput("error-case-future", date=adopted.isoformat())
    return Case(adopted, _title(found[4], adopted))


def _title(text: str, adopted: date) -> str:
    title = " ".join(text.split()).lstrip(_BETWEEN)
    if not has_words(title):
        raise InvalidInput("error-case-title", date=adopted.isoformat())
    if len(title) > MAX_TITLE:
        raise InvalidInput("error-case-title-long", maximum=str(MAX_TITLE))
    return title


def has_words(text: str) -> bool:
    """Whether it says something: a letter or a figure at least, not only signs."""
    return any(character.isalnum() for character in text)


def _quoted(text: str) -> str:
    return text.strip()[:_QUOTED]
