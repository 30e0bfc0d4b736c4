"""What the answers so far come to, and what stands in the way: told while somebody rates, before they hand in.

Nothing here decides anything: the result is scored when all reviews are in, from the same answers by the same rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from qualify.dialogue.cases import listed, outside
from qualify.dialogue.entries import Entry, EntryKind
from qualify.dialogue.plan import Plan
from qualify.dialogue.situation import Outcome, Situation
from qualify.scoring import Case, ElementResult, Mark, Result, ReviewInput, exam_mean, rate_exam, score
from qualify.scoring.rating import marks_above, mean_of_hundred, share_above
from qualify.standard import Criterion, Element, ScaleRating, Subject


class ExamOutcome(NamedTuple):
    """What an exam element's scores come to: the weighted mean of 100, exact and as the bands take it (None where no
    subject was taken), and the rating."""

    element: Element
    exact: Fraction | None
    mean: Decimal | None
    rating: Decimal


def _standing(here: Situation, scores: Mapping[str, Decimal | None]) -> dict[str, Decimal | None]:
    """The scores as this review alone has them: one that was given, also where a known one differs; the known one where
    none was, or "not taken" was given."""
    return {**here.known.scores, **{subject: each for subject, each in scores.items() if each is not None}}


def exam_outcome(here: Situation, element: Element, scores: Mapping[str, Decimal | None]) -> ExamOutcome | None:
    """What the scores come to beside the known ones; None while a subject is open."""
    if any(subject.id not in scores for subject in element.subjects):
        return None
    standard, level, standing = here.plan.standard, here.plan.level, _standing(here, scores)
    mean = exam_mean(element.subjects, level, standing)
    exact = mean_of_hundred(element.subjects, level, standing)
    return ExamOutcome(element, exact, mean, rate_exam(standard, element, level, mean))


class Differing(NamedTuple):
    """A score that was given beside another that is known. None = given as not taken: then the known one counts."""

    subject: Subject
    given: Decimal | None
    known: Decimal


def differing(here: Situation, element: Element, scores: Mapping[str, Decimal | None]) -> tuple[Differing, ...]:
    """The element's subjects in which the scores say something else than what is known."""
    known = here.known.scores
    return tuple(
        Differing(subject, scores[subject.id], known[subject.id])
        for subject in element.subjects
        if subject.id in scores and subject.id in known and scores[subject.id] != known[subject.id]
    )


class UnmetKey(NamedTuple):
    """A key condition whose answer keeps the level from being granted: partly, not met, or not observed."""

    criterion: Criterion
    mark: Mark


def unmet_keys(plan: Plan, marks: Mapping[str, Mark]) -> tuple[UnmetKey, ...]:
    """The key conditions at the level that were answered with anything but met, in order."""
    keys = plan.keys.items()
    return tuple(UnmetKey(each, marks[key]) for key, each in keys if marks.get(key, Mark.MET) is not Mark.MET)


class AboveOutcome(NamedTuple):
    """What the next level's criteria of an element come to: how many of those asked are met, the share of their lines
    (0…1) and the share that the rating above the target needs."""

    met: int
    asked: int
    share: Fraction
    needed: Decimal
    rating: Decimal

    @property
    def reaches(self) -> bool:
        """Whether the rating above the target is suggested, as long as this level's criteria are all met."""
        return self.share >= self.needed


def above_outcome(plan: Plan, element: Element, marks: Mapping[str, Mark]) -> AboveOutcome | None:
    """What was answered at the next level; None where nothing was."""
    above, rating = marks_above(plan.standard, element, plan.level, marks), plan.standard.rating
    share = share_above(plan.standard, element, plan.level, marks)
    if not above.keys() & marks.keys() or share is None:
        return None
    assert isinstance(rating, ScaleRating)
    assert rating.exceeding is not None
    met = list(above.values()).count(Mark.MET)
    return AboveOutcome(met, len(above), share, rating.exceeding.next_level_share, Decimal(rating.exceeding.rating))


class News(NamedTuple):
    """What an answer leads to that is said at once, on the screen that follows it."""

    exam: ExamOutcome | None = None
    differing: tuple[Differing, ...] = ()
    unmet: tuple[UnmetKey, ...] = ()


def news_of(here: Situation, outcome: Outcome) -> News:
    """What is to be said of the answers that `outcome` stores: how an exam came out once its last subject is given, a
    score that differs from a known one, a key condition that isn't met."""
    marks = {entry.key: Mark(entry.value) for entry in outcome.entries if entry.given is EntryKind.MARK}
    scores = {entry.key: _score(entry) for entry in outcome.entries if entry.given is EntryKind.SCORE}
    unmet = unmet_keys(here.plan, marks)
    if not scores:
        return News(unmet=unmet)
    exam = exam_outcome(here, here.element, here.answers.scores | scores)
    return News(exam, differing(here, here.element, scores), unmet)


def _score(entry: Entry) -> Decimal | None:
    return Decimal(entry.value) if entry.value else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What this review alone would come to: `result` with the facts that are known beside it, which says all once the
    review `is_whole`. `rated` are the elements rated so far. `unmet` are the key conditions answered so far that keep
    the level from being granted, `outside` the listed cases that don't count, `differing` the scores that others give
    otherwise."""

    result: Result
    is_whole: bool
    rated: tuple[ElementResult, ...]
    unmet: tuple[UnmetKey, ...]
    outside: tuple[Case, ...]
    differing: tuple[Differing, ...]

    @property
    def warns(self) -> bool:
        """Whether it is asked again before the review is handed in."""
        return bool(self.unmet or self.outside)

    @property
    def got(self) -> Decimal:
        """The sum of what is rated so far."""
        return sum((each.rating or Decimal(0) for each in self.rated), Decimal(0))

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many of what is rated so far stand above, at and below their target."""
        gaps = [each.gap for each in self.rated if each.gap is not None]
        return sum(gap < 0 for gap in gaps), sum(gap == 0 for gap in gaps), sum(gap > 0 for gap in gaps)


def outlook(here: Situation) -> Outlook | None:
    """What the answers so far come to, as if nobody else rated; None without an application date, which cases count
    from."""
    if here.application_date is None:
        return None
    plan, answers = here.plan, here.answers
    everything = answers.model_copy(update={"cases": listed(here), "scores": _standing(here, answers.scores)})
    settled = here.known.model_copy(update={"scores": {}})  # they are among the answers now
    result = score(plan.standard, plan.level, [ReviewInput(answers=everything)], here.application_date, settled)
    exams = [element for element in plan.elements if element.kind == "exam"]
    rated = {element.id for element in plan.elements if _is_rated(here, element)}
    return Outlook(
        result=result,
        is_whole=here.position.frontier == plan.summary.index,
        rated=tuple(each for each in result.elements if each.id in rated),
        unmet=unmet_keys(plan, answers.marks),
        outside=outside(here),
        differing=tuple(each for element in exams for each in differing(here, element, answers.scores)),
    )


def _is_rated(here: Situation, element: Element) -> bool:
    if element.kind == "exam":
        return not here.open_of(element.id)
    return element.id in here.answers.ratings
