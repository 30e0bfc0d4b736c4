"""What holds of an assessment whoever rates: an examination has one score, a published case counts once.

Lists and assessors give facts side by side. What agrees is taken; what differs is named, and whoever signs settles it.
Nothing of the kind is averaged or counted twice.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import product

from qualify.scoring.deduction import fits
from qualify.scoring.model import Case, Facts, Known, ReviewInput, ScoreConflict
from qualify.standard import Element, Exam, Standard

ALIKE = 0.7
"""From this similarity of two titles (0…1, `difflib`) they may well name one case."""
TELLING = 4
"""A title of so many characters that stands whole in another one may well name the same case."""
DAYS_APART = 31
"""Days of adoption further apart than this are those of two cases: people mix up days and months, not years."""
_DIGITS = re.compile(r"\d+")

Pair = tuple[Case, Case]
Key = tuple[date, str]
"""What a case is known by: the day it was adopted and its plain title."""


def facts_of(
    standard: Standard, level: str, reviews: Sequence[ReviewInput], known: Known, application_date: date | None = None
) -> Facts:
    """The facts that the reviews and what is known beside them come to, of what the level asks for; their order changes
    nothing.

    Of cases that are one, or likely one, the one that a deduction counts on the application date stands.
    """
    given = {subject: _given(subject, reviews, known) for subject in _subjects_at(standard, level)}
    listed = _each_once([review.answers.cases for review in reviews])
    if application_date is not None:
        on = application_date
        listed.sort(key=lambda case: not any(fits(rule, case, on) for rule in standard.deductions))
    cases, twins = _cases(listed, known)
    scores = {subject: _standing(subject, behind, known) for subject, behind in given.items()}
    return Facts(
        scores=scores,
        cases=cases,
        conflicts=tuple(
            ScoreConflict(
                subject=subject,
                scores=tuple(sorted(behind)),
                counts=scores[subject],
                listed=known.scores.get(subject),
                reviews=tuple(_places(subject, score, reviews) for score in sorted(behind)),
            )
            for subject, behind in given.items()
            if len(behind) > 1 and subject not in known.settled
        ),
        twins=twins,
    )


def _subjects_at(standard: Standard, level: str) -> Iterator[str]:
    """The subjects of the examinations beside the elements, and of those that the level rates."""
    exams: list[Exam | Element] = [*standard.exams, *standard.elements_at(level)]
    return (subject.id for exam in exams for subject in exam.subjects)


def _places(subject: str, score: Decimal, reviews: Sequence[ReviewInput]) -> tuple[int, ...]:
    """The places of the reviews that gave this score."""
    return tuple(place for place, review in enumerate(reviews) if review.answers.scores.get(subject) == score)


def _given(subject: str, reviews: Sequence[ReviewInput], known: Known) -> dict[Decimal, Decimal]:
    """Each score that somebody gave, with the weight of the assessors behind it. "Not taken" gives none."""
    behind = {known.scores[subject]: Decimal(0)} if subject in known.scores else {}
    for review in reviews:
        score = review.answers.scores.get(subject)
        if score is not None:
            behind[score] = behind.get(score, Decimal(0)) + review.weight
    return behind


def _standing(subject: str, behind: Mapping[Decimal, Decimal], known: Known) -> Decimal | None:
    """The score that stands: the settled one; else, until somebody settles it, the list's; else the one with most
    weight behind it, of equals the higher."""
    if subject in known.settled:
        return known.settled[subject]
    if subject in known.scores:
        return known.scores[subject]
    return max(behind, key=lambda score: (behind[score], score), default=None)


def likely_twins(one: Case, other: Case) -> bool:
    """Whether two cases are likely one that was written down twice: titles alike, or one within the other, adopted
    within a month of each other. Titles that number their cases differently ("…1", "…2") name two."""
    first, second = _plain(one.title), _plain(other.title)
    if not first or not second or abs((one.adopted - other.adopted).days) > DAYS_APART:
        return False
    numbers = [found for found in (_DIGITS.findall(first), _DIGITS.findall(second)) if found]
    if len(numbers) > 1 and numbers[0] != numbers[1]:
        return False
    if len(min(first, second, key=len)) >= TELLING and (first in second or second in first):
        return True
    return max(SequenceMatcher(None, *pair).ratio() for pair in ((first, second), (second, first))) >= ALIKE


def _plain(title: str) -> str:
    """The title without what people type differently for the same case: width, letter case, spaces and signs."""
    return "".join(each for each in unicodedata.normalize("NFKC", title).casefold() if each.isalnum())


def written_alike(one: Case, other: Case) -> bool:
    """Whether two cases are one for sure: the same day, and titles that differ at most in width, case, spaces and
    signs."""
    return _key(one) == _key(other)


def _key(case: Case) -> Key:
    return case.adopted, _plain(case.title)


def _cases(listed: Sequence[Case], known: Known) -> tuple[tuple[Case, ...], tuple[Pair, ...]]:
    """Each case once, by day, and the pairs that are likely one and not settled; of those the second doesn't count."""
    distinct = _pairs(known.distinct)
    counted: list[list[Case]] = []
    twins: list[Pair] = []
    for group in _joined(listed, _pairs(known.same)):
        unsettled = [pair for earlier in counted for pair in _unsettled(earlier, group, distinct)]
        twins += unsettled
        if not unsettled:
            counted.append(group)
    return tuple(sorted(group[0] for group in counted)), tuple(twins)


def _joined(listed: Sequence[Case], same: Collection[frozenset[Key]]) -> list[list[Case]]:
    """The cases in groups of what is settled to be one, also by way of a third; each group in their order."""
    groups: list[list[Case]] = []
    for case in listed:
        theirs = [group for group in groups if any(_pair(member, case) in same for member in group)]
        joined = sorted([*(member for group in theirs for member in group), case], key=listed.index)
        groups = sorted([*(group for group in groups if group not in theirs), joined], key=lambda g: listed.index(g[0]))
    return groups


def _unsettled(group: Sequence[Case], other: Sequence[Case], distinct: Collection[frozenset[Key]]) -> list[Pair]:
    """The first two cases of the groups that are likely one, unless any two are settled to be different."""
    pairs = list(product(group, other))
    if any(_pair(*pair) in distinct for pair in pairs):
        return []
    return [pair for pair in pairs if likely_twins(*pair)][:1]


def _pair(one: Case, other: Case) -> frozenset[Key]:
    return frozenset((_key(one), _key(other)))


def _pairs(settled: Iterable[Pair]) -> set[frozenset[Key]]:
    return {_pair(one, other) for one, other in settled}


def _each_once(listed: Sequence[Collection[Case]]) -> list[Case]:
    """Every case by day and title. Titles may be left out: of one day there are at least as many cases as the assessor
    who knows most of them listed."""
    by_day: dict[date, dict[str, Case]] = {}
    nameless: Counter[date] = Counter()
    for cases in listed:
        for case in cases:
            named = by_day.setdefault(case.adopted, {})
            if title := _plain(case.title):
                named[title] = min(named.get(title, case), case, key=lambda each: (not each.kind, each))
    for cases in listed:
        for day in {case.adopted for case in cases}:
            titles = [_plain(case.title) for case in cases if case.adopted == day]
            count = len(set(titles) - {""}) + titles.count("")
            nameless[day] = max(nameless[day], count - len(by_day[day]))
    return [
        case
        for day, named in sorted(by_day.items())
        for case in (*(named[title] for title in sorted(named)), *[Case(day)] * nameless[day])
    ]
