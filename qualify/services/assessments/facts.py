"""The facts of an assessment, which are nobody's opinion: scores of examinations, published cases, and what whoever
signs has settled about them.

A score fits an application when it was taken on or before its date, for a paper of its level or one that is the same
for all levels, and isn't older than the company lets it be. The latest day that fits counts.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta
from sqlalchemy import Connection

from qualify.dialogue import answers_of
from qualify.scoring import (
    NOTHING_KNOWN,
    Answers,
    Case,
    Facts,
    Known,
    Result,
    ReviewInput,
    facts_of,
    likely_twins,
    read_date,
    written_alike,
)
from qualify.services.assessments.lifecycle import Held, counts
from qualify.services.context import Context
from qualify.storage import assessments, reviews, settlements
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Assessment, ExamScore, Settlement

Twins = tuple[Case, Case]
SCORE, CASES = "score", "cases"
"""What is settled: which score of a subject stands, and whether two cases are one."""
SAME, DISTINCT = "same", "distinct"


def latest_fitting(scores: Iterable[ExamScore], level: str, applied: date, months: int | None) -> dict[str, ExamScore]:
    """By subject the score of a list that counts for an application for the level. `months` is how old it may be, in
    calendar months, that day in; None for however old. The scores come with the earliest day first."""
    since = date.min if months is None else applied - relativedelta(months=months)
    return {each.subject: each for each in scores if since <= each.taken_on <= applied and each.level in ("", level)}


def unsettled(result: Result) -> int:
    """How many conflicts and likely twins wait for whoever signs."""
    return len(result.conflicts) + len(result.twins)


class Settled(NamedTuple):
    """What was settled: of each subject which score stands and among which that was decided, of two cases whether they
    are the same."""

    scores: Mapping[str, tuple[Decimal | None, frozenset[Decimal | None]]]
    cases: Mapping[Twins, bool]


def score_settlement(stands: Decimal | None, among: Iterable[Decimal | None]) -> str:
    """Which score stands, and among which that was decided, as it is stored."""
    given = sorted(among, key=lambda score: (score is not None, score or Decimal(0)))
    return json.dumps({"stands": _text(stands), "among": [_text(score) for score in given]})


def case_settlement(cases: Twins) -> str:
    """Two cases as they are stored, whichever of them is named first."""
    return json.dumps([[case.adopted.isoformat(), case.title, case.kind] for case in sorted(cases)], ensure_ascii=False)


def _text(score: Decimal | None) -> str | None:
    return None if score is None else f"{score.normalize():f}"


def settled_of(kept: Iterable[Settlement]) -> Settled:
    """What was settled last about each subject and each two cases; it comes with the oldest first."""
    scores: dict[str, tuple[Decimal | None, frozenset[Decimal | None]]] = {}
    cases: dict[Twins, bool] = {}
    for each in kept:
        if each.kind == SCORE:
            said = json.loads(each.value)
            scores[each.subject] = (_score(said["stands"]), frozenset(map(_score, said["among"])))
        else:
            first, second = (Case(read_date(adopted), title, kind) for adopted, title, kind in json.loads(each.subject))
            cases[first, second] = each.value == SAME
    return Settled(scores, cases)


def _score(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def known_of(
    context: Context, connection: Connection, assessment: Assessment, given: Collection[Answers] = ()
) -> Known:
    """What is known of the assessment beside its reviews. What was settled about a score holds only among those that
    it was decided among: where a list, or one of the answers `given`, says something new it is open again."""
    return _known(connection, assessment, _listed(context, connection, assessment), given)


def _known(
    connection: Connection, assessment: Assessment, listed: Mapping[str, ExamScore], given: Collection[Answers]
) -> Known:
    settled = settled_of(settlements.of_assessments(connection, [assessment.id]).get(assessment.id, ()))
    scores = {subject: each.score for subject, each in listed.items()}
    return Known(
        scores=scores,
        settled={
            subject: stands
            for subject, (stands, among) in settled.scores.items()
            if _given(subject, scores, given) <= among
        },
        same=tuple(pair for pair, same in settled.cases.items() if same),
        distinct=tuple(pair for pair, same in settled.cases.items() if not same),
    )


def _given(subject: str, listed: Mapping[str, Decimal], given: Collection[Answers]) -> set[Decimal | None]:
    """The different scores that are there for the subject; that it wasn't taken is no score where there is another."""
    found = {answers.scores[subject] for answers in given if subject in answers.scores}
    found |= {listed[subject]} if subject in listed else set()
    return found - {None} or found


def _listed(context: Context, connection: Connection, about: Assessment | ReviewRow) -> dict[str, ExamScore]:
    theirs = assessments.exam_scores(connection, [about.subject_id])
    of_standard = (each for each in theirs if each.standard == about.standard)
    return latest_fitting(of_standard, about.level, about.application_date, context.rules.score_months)


class KnownScore(NamedTuple):
    """A score that is known while somebody rates; `taken_on` is None where another assessor gave it."""

    subject: str
    score: Decimal
    taken_on: date | None


class KnownFacts(NamedTuple):
    """What somebody who rates is told: the facts as scoring takes them, each score with where it is from, and the
    cases that others listed."""

    known: Known
    scores: tuple[KnownScore, ...]
    cases: tuple[Case, ...]


NO_FACTS = KnownFacts(NOTHING_KNOWN, (), ())


def known_for(context: Context, connection: Connection, row: ReviewRow) -> KnownFacts:
    """What lists and the other assessors gave, without saying who: for the screen of a review. Who is assessed reads
    nothing of what assessors gave; nor does anybody learn what they gave themselves in a self-assessment."""
    shared = [] if row.is_own else reviews.facts_beside(connection, row.assessment_id, row.id)
    others = [answers_of(entries) for entries in shared]
    listed = _listed(context, connection, row)
    scores = {subject: KnownScore(subject, each.score, each.taken_on) for subject, each in listed.items()}
    for answers in others:
        for subject, score in answers.scores.items():
            if score is not None:
                scores.setdefault(subject, KnownScore(subject, score, None))
    cases = dict.fromkeys(case for answers in others for case in answers.cases)
    known = Known(scores={subject: each.score for subject, each in scores.items()})
    return KnownFacts(known, tuple(scores.values()), tuple(cases))


class Claim(NamedTuple):
    """One score that is there for a subject: None = not taken. `listed_on` is the day of the list that has it, and
    `reviews` are those in which it was given."""

    score: Decimal | None
    listed_on: date | None
    reviews: tuple[int, ...]


class ScoreMatter(NamedTuple):
    """Different scores for one examination. `stands` is the one that counts: as it was settled, or until it is."""

    subject: str
    claims: tuple[Claim, ...]
    is_settled: bool
    stands: Decimal | None


class CaseMatter(NamedTuple):
    """Two cases that are likely one, and the reviews in which each was listed; `same` is None until it is settled."""

    cases: Twins
    reviews: tuple[tuple[int, ...], tuple[int, ...]]
    same: bool | None

    @property
    def is_settled(self) -> bool:
        """Whether somebody has said what they are."""
        return self.same is not None


Matter = ScoreMatter | CaseMatter


def given_in(connection: Connection, file: Held) -> dict[int, Answers]:
    """What was given in each of the reviews that count."""
    return {
        review.id: answers_of(reviews.entries(connection, review.id)) for review, _ in file.reviews if counts(review)
    }


def inputs_of(file: Held, given: Mapping[int, Answers]) -> list[ReviewInput]:
    """What was given in the reviews, as scoring takes it."""
    return [
        ReviewInput(answers=given[review.id], weight=review.weight, assessor=name)
        for review, name in file.reviews
        if review.id in given
    ]


def matters(context: Context, connection: Connection, file: Held) -> list[Matter]:
    """What whoever signs has to settle, and what was settled: first the scores, then the cases."""
    assessment = file.assessment
    given = given_in(connection, file)
    listed = _listed(context, connection, assessment)
    known = _known(connection, assessment, listed, given.values())
    standard = context.standard(assessment.standard, assessment.version, assessment.structure)
    inputs = inputs_of(file, given)
    found: Facts = facts_of(standard, assessment.level, inputs, known, assessment.application_date)
    scores = {**found.scores, **known.settled}
    subjects = dict.fromkeys([*(each.subject for each in found.conflicts), *known.settled])
    decided = dict.fromkeys(known.same, True) | dict.fromkeys(known.distinct, False)
    twins = [pair for pair in map(_pair, found.twins) if pair not in decided]
    return [
        *(_score_matter(subject, listed, given, known, scores.get(subject)) for subject in subjects),
        *(CaseMatter(pair, _listing(pair, given), None) for pair in twins),
        *(CaseMatter(pair, _listing(pair, given), same) for pair, same in decided.items()),
    ]


def _pair(cases: Sequence[Case]) -> Twins:
    first, second = sorted(cases)
    return first, second


def _score_matter(
    subject: str,
    listed: Mapping[str, ExamScore],
    given: Mapping[int, Answers],
    known: Known,
    stands: Decimal | None,
) -> ScoreMatter:
    by_list = listed.get(subject)
    scores = _given(subject, known.scores, given.values())
    claims = tuple(
        Claim(
            score,
            by_list.taken_on if by_list is not None and by_list.score == score else None,
            tuple(number for number, answers in given.items() if (subject, score) in answers.scores.items()),
        )
        for score in sorted(scores, key=lambda score: (score is None, score or Decimal(0)))
    )
    return ScoreMatter(subject, claims, subject in known.settled, stands)


def _listing(pair: Twins, given: Mapping[int, Answers]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The reviews in which each of the two was listed; where none has it in these words (any more), those that likely
    mean it."""
    first, second = (_listers(case, given, written_alike) or _listers(case, given, likely_twins) for case in pair)
    return first, second


def _listers(case: Case, given: Mapping[int, Answers], means: Callable[[Case, Case], bool]) -> tuple[int, ...]:
    return tuple(number for number, answers in given.items() if any(means(case, each) for each in answers.cases))


LISTS = 0
"""Where scores of lists come from, beside the reviews, which are named by their ids."""


def open_by_source(matters: Iterable[Matter]) -> dict[int, list[tuple[ScoreMatter, Claim]]]:
    """The scores that wait to be settled, by who gave one of them: the id of a review, or LISTS."""
    found: dict[int, list[tuple[ScoreMatter, Claim]]] = {}
    for matter in matters:
        if isinstance(matter, ScoreMatter) and not matter.is_settled:
            for claim in matter.claims:
                for source in (*claim.reviews, *([] if claim.listed_on is None else [LISTS])):
                    found.setdefault(source, []).append((matter, claim))
    return found
