"""What the step in hand shows, as data: the caller who draws it chooses the words and the buttons."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from qualify.dialogue.answering import subjects_asked, together
from qualify.dialogue.cases import Twins, counted, kindless, listed, open_twins, outside
from qualify.dialogue.entries import Position
from qualify.dialogue.machine import acts
from qualify.dialogue.outlook import (
    AboveOutcome,
    Differing,
    ExamOutcome,
    Outlook,
    above_outcome,
    differing,
    exam_outcome,
    outlook,
)
from qualify.dialogue.plan import Plan, Step, StepKind, is_offered
from qualify.dialogue.situation import Act, Situation
from qualify.scoring import (
    Case,
    Mark,
    points_possible,
    suggest,
    target,
)
from qualify.standard import Criterion, Element, ScaleRating, Standard, Subject, Text, criteria_at


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One element in the summary. `open`: some of its steps have no answer yet. `unsettled`: see
    `Situation.is_unsettled`."""

    element: Element
    rating: Decimal | None
    target: Decimal
    suggestion: Decimal | None
    unsettled: bool
    open: bool


class CriterionLine(NamedTuple):
    """One criterion of the element in hand. `mark` is None while it is open, `offered` says that it is the next
    level's, `key` that the level isn't granted without it, `together` that all met speaks for it."""

    criterion: Criterion
    number: int
    mark: Mark | None
    offered: bool
    key: bool
    in_hand: bool
    together: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything a screen says about the step in hand. Fields that don't fit the step's kind are empty.

    `number` counts elements from 1, `ordinal` of `ordinals` the criteria (or subjects) of the element. `lines` are its
    criteria, with those of the next level once they are looked at; `together` are the criteria that all met speaks
    for. `offers` are the acts that the step takes; `outlook` is what this review alone would come to, `above` and
    `exam` what an element's next level and its scores do. Of the cases, `others` are those that only others listed,
    `twins` and `kindless` what is asked about, and `counted` how many count for each rule.
    """

    plan: Plan
    step: Step
    position: Position
    percent: int
    visiting: bool
    offers: frozenset[Act]
    number: int = 0
    element: Element | None = None
    criterion: Criterion | None = None
    summary: Text | None = None
    ordinal: int = 0
    ordinals: int = 0
    offered: bool = False
    lines: tuple[CriterionLine, ...] = ()
    mark: Mark | None = None
    marks: tuple[Mark, ...] = ()
    suggestion: Decimal | None = None
    rating: Decimal | None = None
    ratings: tuple[Decimal, ...] = ()
    above: AboveOutcome | None = None
    subjects: tuple[Subject, ...] = ()
    scores: tuple[tuple[Subject, Decimal | None], ...] = ()
    exam: ExamOutcome | None = None
    differing: tuple[Differing, ...] = ()
    cases: tuple[Case, ...] = ()
    others: tuple[Case, ...] = ()
    outside: tuple[Case, ...] = ()
    counted: tuple[int, ...] = ()
    twins: Twins | None = None
    kindless: Case | None = None
    rows: tuple[SummaryRow, ...] = ()
    complete: bool = False
    outlook: Outlook | None = None

    @property
    def together(self) -> tuple[Criterion, ...]:
        """The criteria that one press may answer."""
        return tuple(line.criterion for line in self.lines if line.together)

    @property
    def reference(self) -> tuple[int, int]:
        """What a button of this screen carries: the step and the revision."""
        return self.step.index, self.position.revision


def view(here: Situation) -> Screen:
    """The screen of the step in hand."""
    position, step = here.position, here.step
    common = {
        "plan": here.plan,
        "step": step,
        "position": position,
        "percent": here.plan.progress(position),
        "visiting": position.cursor is not None,
        "offers": acts(here),
    }
    return Screen(**common, **_details(here))  # type: ignore[arg-type]  # the keys are Screen's fields


def _details(here: Situation) -> dict[str, object]:
    match here.step.kind:
        case StepKind.SUMMARY:
            return {"rows": rows(here), "complete": may_submit(here), "outlook": outlook(here)}
        case StepKind.CASES:
            return _cases(here)
        case StepKind.CRITERION:
            return _of_element(here) | _criterion(here)
        case StepKind.SCORE:
            return _of_element(here) | _subjects(here)
        case StepKind.RATING | StepKind.REASON:
            return _of_element(here) | _rating(here)


def _of_element(here: Situation) -> dict[str, object]:
    return {"element": here.element, "number": here.plan.number_of(here.step.element)}


def _criterion(here: Situation) -> dict[str, object]:
    offered, asked, every = is_offered(here.step), here.plan.alike(here.step), _lines(here)
    in_hand = next(line for line in every if line.in_hand)
    return {
        "criterion": in_hand.criterion,
        "lines": every,
        "summary": here.element.levels[_level(here, offered=offered)].summary,
        "ordinal": in_hand.number,
        "ordinals": len(asked),
        "offered": offered,
        "mark": in_hand.mark,
    }


def _lines(here: Situation) -> tuple[CriterionLine, ...]:
    """Every criterion of the element in hand; those of the next level once one of them is in hand or answered."""
    plan, marks, rest = here.plan, here.answers.marks, together(here)
    steps = [step for step in plan.of_element(here.step.element) if step.kind is StepKind.CRITERION]
    lines: list[CriterionLine] = []
    for offered in (False, True):
        asked = [step for step in steps if step.side is offered]
        written = {each.id: each for each in criteria_at(here.element, _level(here, offered=offered))}
        if not offered or any(step is here.step or step.key in marks for step in asked):
            lines += [
                CriterionLine(
                    written[step.key],
                    number,
                    marks.get(step.key),
                    offered,
                    key=plan.is_key(step),
                    in_hand=step is here.step,
                    together=step in rest,
                )
                for number, step in enumerate(asked, start=1)
            ]
    return tuple(lines)


def _level(here: Situation, *, offered: bool) -> str:
    """The level that asks for the criteria: the review's own, or the one above it."""
    above = here.plan.standard.next_level(here.plan.level)
    return above.id if offered and above else here.plan.level


def _subjects(here: Situation) -> dict[str, object]:
    subjects, asked, scores = here.element.subjects, subjects_asked(here), here.answers.scores
    return {
        "subjects": asked,
        "ordinal": subjects.index(asked[0]) + 1,
        "ordinals": len(subjects),
        "scores": tuple((subject, scores[subject.id]) for subject in subjects if subject.id in scores),
        "exam": exam_outcome(here, here.element, scores),
        "differing": differing(here, here.element, scores),
    }


def _cases(here: Situation) -> dict[str, object]:
    cases = here.answers.cases
    return {
        "cases": cases,
        "others": listed(here)[len(cases) :],
        "outside": outside(here),
        "counted": counted(here),
        "twins": open_twins(here),
        "kindless": kindless(here),
    }


def _rating(here: Situation) -> dict[str, object]:
    plan, answers, element = here.plan, here.answers, here.element
    criteria = criteria_at(element, plan.level)
    return {
        "marks": tuple(answers.marks.get(criterion.id, Mark.NOT_OBSERVED) for criterion in criteria),
        "suggestion": suggest(plan.standard, element, plan.level, answers.marks),
        "rating": answers.ratings.get(element.id),
        "ratings": possible_ratings(plan.standard, element, plan.level),
        "above": above_outcome(plan, element, answers.marks),
    }


def possible_ratings(standard: Standard, element: Element, level: str) -> tuple[Decimal, ...]:
    """Every rating the element can get at the level, lowest first."""
    if isinstance(standard.rating, ScaleRating):
        return tuple(Decimal(label.value) for label in standard.rating.labels)
    step = standard.rating.step
    return tuple(step * n for n in range(int(points_possible(standard, element, level) / step) + 1))


def rows(here: Situation) -> tuple[SummaryRow, ...]:
    """The summary: every element with its rating so far."""
    return tuple(_row(here, element) for element in here.plan.elements)


def _row(here: Situation, element: Element) -> SummaryRow:
    plan, answers, still = here.plan, here.answers, bool(here.open_of(element.id))
    if element.kind == "exam":
        exam = exam_outcome(here, element, answers.scores)
        rating = suggestion = None if exam is None else exam.rating
    else:
        suggestion = suggest(plan.standard, element, plan.level, answers.marks)
        rating = answers.ratings.get(element.id)
    return SummaryRow(
        element=element,
        rating=rating,
        target=target(plan.standard, element, plan.level),
        suggestion=suggestion,
        unsettled=here.is_unsettled(element),
        open=still,
    )


def may_submit(here: Situation) -> bool:
    """Whether the review is complete: the summary is in hand, nothing is left to answer, every rating is settled."""
    if here.position.current != here.plan.summary.index or here.position.cursor is not None:
        return False
    return not any(here.is_unsettled(element) for element in here.plan.elements)
