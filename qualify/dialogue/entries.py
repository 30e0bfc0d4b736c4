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
    CASES_DISTINCT = "cases_distinct"
    GOTO = "goto"
    CONVERTED = "converted"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing given. `element` is empty for cases and GOTO; an empty score is "not taken".

    `key` is the criterion of a mark, the subject of a score, the title of a case; `value` is what was given:
    the mark, the number, the words, the case's date (YYYY-MM-DD) and, with a space between, its kind if that is known,
    the place of a removed case in the list ("" = the last), what two different cases are known by (`cases.mark_of`),
    the index of the step gone to.
    """

    given: EntryKind
    element: str
    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Position:
    """Where a review stands. `frontier` is the first step on the way without an answer, `cursor` the step in hand
    of a visit (never the frontier itself); `revision` counts the entries so far. `ahead` are the steps on the way
    beyond the frontier that have their answer already, in order."""

    frontier: int = 0
    cursor: int | None = None
    revision: int = 0
    ahead: tuple[int, ...] = ()

    @property
    def current(self) -> int:
        """The step in hand."""
        return self.frontier if self.cursor is None else self.cursor

    def has(self, index: int) -> bool:
        """Whether the step on the way has its answer."""
        return index < self.frontier or index in self.ahead


def answers_of(entries: Iterable[Entry]) -> Answers:
    """The answers that stand after all entries, given oldest first: a later one replaces an earlier one.

    A reason speaks about one rating beside certain marks: it falls when either changes. A case stands once; listed
    again with its kind, it has that.
    """
    marks: dict[str, Mark] = {}
    ratings: dict[str, Decimal] = {}
    reasons: dict[str, str] = {}
    scores: dict[str, Decimal | None] = {}
    cases: list[Case] = []
    distinct: list[str] = []
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
                _list(cases, entry)
            case EntryKind.CASE_REMOVED:
                place = int(entry.value) if entry.value else len(cases) - 1
                del cases[place : place + 1]  # nothing, where titles that told cases apart were erased
            case EntryKind.CASES_DISTINCT:
                distinct.append(entry.value)
            case EntryKind.GOTO | EntryKind.CONVERTED:
                pass
    return Answers(
        marks=marks, ratings=ratings, reasons=reasons, scores=scores, cases=tuple(cases), distinct=tuple(distinct)
    )


def rated(answers: Answers, entries: Iterable[Entry]) -> Answers:
    """The marks and ratings that stand once these entries were given too."""
    marks, ratings = dict(answers.marks), dict(answers.ratings)
    for entry in entries:
        if entry.given is EntryKind.MARK:
            marks[entry.key] = Mark(entry.value)
        elif entry.given is EntryKind.RATING:
            ratings[entry.element] = Decimal(entry.value)
    return Answers(marks=marks, ratings=ratings)


def _list(cases: list[Case], entry: Entry) -> None:
    day, _, kind = entry.value.partition(" ")
    case = Case(read_date(day), entry.key, kind)
    places = [n for n, each in enumerate(cases) if (each.adopted, each.title) == (case.adopted, case.title)]
    if not places:
        cases.append(case)
    elif kind:
        cases[places[0]] = case
