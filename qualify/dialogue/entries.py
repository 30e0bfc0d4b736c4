"""What a review is made of: entries in the order in which they were given, and the answers they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from qualify.scoring import Answers, Case, Mark, read_date


class Given(StrEnum):
    """The kind of an entry. GOTO moves the cursor and gives no answer."""

    MARK = "mark"
    RATING = "rating"
    REASON = "reason"
    SCORE = "score"
    CASE = "case"
    CASE_REMOVED = "case_removed"
    GOTO = "goto"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing given: for a mark `key` is the criterion, for a score the subject; an empty score is "not taken"."""

    given: Given
    element: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a review stands. `frontier` is the first step on the way without an answer, `cursor` the earlier
    (or side) step in hand when the assessor went there; `revision` counts the entries so far."""

    frontier: int = 0
    cursor: int | None = None
    revision: int = 0

    @property
    def current(self) -> int:
        """The step in hand."""
        return self.frontier if self.cursor is None else self.cursor


def answers_of(entries: Iterable[Entry]) -> Answers:
    """The answers that stand after all entries, given oldest first: a later one replaces an earlier one."""
    marks: dict[str, Mark] = {}
    ratings: dict[str, Decimal] = {}
    reasons: dict[str, str] = {}
    scores: dict[str, Decimal | None] = {}
    cases: list[Case] = []
    for entry in entries:
        match entry.given:
            case Given.MARK:
                marks[entry.key] = Mark(entry.value)
            case Given.RATING:
                ratings[entry.element] = Decimal(entry.value)
                reasons.pop(entry.element, None)  # a new rating needs a reason of its own
            case Given.REASON:
                reasons[entry.element] = entry.value
            case Given.SCORE:
                scores[entry.key] = Decimal(entry.value) if entry.value else None
            case Given.CASE:
                cases.append(Case(read_date(entry.value), entry.key))
            case Given.CASE_REMOVED:
                cases.pop()
            case Given.GOTO:
                pass
    return Answers(marks=marks, ratings=ratings, reasons=reasons, scores=scores, cases=tuple(cases))
