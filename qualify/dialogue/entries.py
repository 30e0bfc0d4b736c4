"""What a review is made of: entries in the order in which they were given, and the answers they add up to."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from qualify.scoring import Answers, Case, Mark, read_date


class EntryKind(StrEnum):
    """The kind of an entry. GOTO tells where the review went, CONVERTED by which version it goes on: neither gives an
    answer."""

    MARK = "mark"
    RATING = "rating"
    REASON = "reason"
    SCORE = "score"
    CASE = "case"
    CASE_REMOVED = "case_removed"
    GOTO = "goto"
    CONVERTED = "converted"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing given. `element` is empty for cases and GOTO; an empty score is "not taken".

    `key` is the criterion of a mark, the subject of a score, the title of a case; `value` is what was given:
    the mark, the number, the words, the case's date (YYYY-MM-DD), the index of the step gone to.
    """

    given: EntryKind
    element: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a review stands. `frontier` is the first step on the way without an answer, `cursor` the step in hand
    of a visit (never the frontier itself); `revision` counts the entries so far. `ahead` are the steps beyond the
    frontier that were answered on a visit, in order."""

    frontier: int = 0
    cursor: int | None = None
    revision: int = 0
    ahead: tuple[int, ...] = ()

    @property
    def current(self) -> int:
        """The step in hand."""
        return self.frontier if self.cursor is None else self.cursor


def answers_of(entries: Iterable[Entry]) -> Answers:
    """The answers that stand after all entries, given oldest first: a later one replaces an earlier one.

    A reason speaks about one rating beside certain marks: it falls when either changes. A case stands once.
    """
    marks: dict[str, Mark] = {}
    ratings: dict[str, Decimal] = {}
    reasons: dict[str, str] = {}
    scores: dict[str, Decimal | None] = {}
    cases: list[Case] = []
    for entry in entries:
        match entry.given:
            case EntryKind.MARK:
                if marks.get(entry.key) != entry.value:
                    reasons.pop(entry.element, None)
                marks[entry.key] = Mark(entry.value)
            case EntryKind.RATING:
                reasons.pop(entry.element, None)
                ratings[entry.element] = Decimal(entry.value)
            case EntryKind.REASON:
                reasons[entry.element] = entry.value
            case EntryKind.SCORE:
                scores[entry.key] = Decimal(entry.value) if entry.value else None
            case EntryKind.CASE:
                listed = Case(read_date(entry.value), entry.key)
                if listed not in cases:
                    cases.append(listed)
            case EntryKind.CASE_REMOVED:
                cases.pop()
            case EntryKind.GOTO | EntryKind.CONVERTED:
                pass
    return Answers(marks=marks, ratings=ratings, reasons=reasons, scores=scores, cases=tuple(cases))
