"""What the step in hand shows, as data: the words and the buttons are chosen by whoever draws it."""

from dataclasses import dataclass
from decimal import Decimal

from qualify.dialogue.entries import Position
from qualify.dialogue.machine import Situation, is_offered, may_offer, previous, subjects_from
from qualify.dialogue.plan import Kind, Plan, Step
from qualify.scoring import Answers, Case, Mark, exam_mean, points_possible, rate_exam, suggest, target
from qualify.standard import Criterion, Element, ScaleRating, Standard, Subject, Text, criteria_at


@dataclass(frozen=True, slots=True)
class Row:
    """One element in the summary. `unsettled`: the rating differs from the suggestion without a reason."""

    element: Element
    rating: Decimal | None
    target: Decimal
    suggestion: Decimal | None
    unsettled: bool
    reached: bool


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything a screen says about the step in hand. Fields that don't fit the step's kind are empty.

    `number` counts elements from 1, `ordinal` of `ordinals` the criteria (or subjects) of the element.
    """

    plan: Plan
    step: Step
    position: Position
    percent: int
    visiting: bool
    can_go_back: bool
    number: int = 0
    element: Element | None = None
    criterion: Criterion | None = None
    summary: Text | None = None
    ordinal: int = 0
    ordinals: int = 0
    offered: bool = False
    mark: Mark | None = None
    marks: tuple[Mark, ...] = ()
    suggestion: Decimal | None = None
    rating: Decimal | None = None
    ratings: tuple[Decimal, ...] = ()
    may_offer: bool = False
    subjects: tuple[Subject, ...] = ()
    scores: tuple[tuple[Subject, Decimal | None], ...] = ()
    cases: tuple[Case, ...] = ()
    rows: tuple[Row, ...] = ()
    complete: bool = False

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
        "percent": here.plan.progress(position.frontier),
        "visiting": position.cursor is not None,
        "can_go_back": previous(here) is not None,
    }
    return Screen(**common, **_details(here))  # type: ignore[arg-type]  # the keys are Screen's fields


def _details(here: Situation) -> dict[str, object]:
    match here.step.kind:
        case Kind.SUMMARY:
            return {"rows": rows(here.plan, here.answers, here.position), "complete": may_submit(here)}
        case Kind.CASES:
            return {"cases": here.answers.cases}
        case Kind.CRITERION:
            return _of_element(here) | _criterion(here)
        case Kind.SCORE:
            return _of_element(here) | _subjects(here)
        case Kind.RATING | Kind.REASON:
            return _of_element(here) | _rating(here)


def _of_element(here: Situation) -> dict[str, object]:
    element = here.plan.standard.element(here.step.element)
    return {"element": element, "number": here.plan.elements.index(element) + 1}


def _criterion(here: Situation) -> dict[str, object]:
    plan, step = here.plan, here.step
    element = plan.standard.element(step.element)
    offered = is_offered(step)
    above = plan.standard.next_level(plan.level)
    level = above.id if offered and above else plan.level
    criteria = criteria_at(element, level)
    ordinal = [criterion.id for criterion in criteria].index(step.key)
    return {
        "criterion": criteria[ordinal],
        "summary": element.levels[level].summary,
        "ordinal": ordinal + 1,
        "ordinals": len(criteria),
        "offered": offered,
        "mark": here.answers.marks.get(step.key),
    }


def _subjects(here: Situation) -> dict[str, object]:
    subjects = here.plan.standard.element(here.step.element).subjects
    rest = subjects_from(here)
    scores = here.answers.scores
    return {
        "subjects": rest,
        "ordinal": len(subjects) - len(rest) + 1,
        "ordinals": len(subjects),
        "scores": tuple((subject, scores[subject.id]) for subject in subjects if subject.id in scores),
    }


def _rating(here: Situation) -> dict[str, object]:
    plan, answers = here.plan, here.answers
    element = plan.standard.element(here.step.element)
    criteria = criteria_at(element, plan.level)
    return {
        "marks": tuple(answers.marks.get(criterion.id, Mark.NOT_OBSERVED) for criterion in criteria),
        "suggestion": suggest(plan.standard, element, plan.level, answers.marks),
        "rating": answers.ratings.get(element.id),
        "ratings": possible_ratings(plan.standard, element, plan.level),
        "may_offer": may_offer(here),
    }


def possible_ratings(standard: Standard, element: Element, level: str) -> tuple[Decimal, ...]:
    """Every rating the element can get at the level, lowest first."""
    if isinstance(standard.rating, ScaleRating):
        return tuple(Decimal(label.value) for label in standard.rating.labels)
    step = standard.rating.step
    return tuple(step * n for n in range(int(points_possible(standard, element, level) / step) + 1))


def rows(plan: Plan, answers: Answers, position: Position) -> tuple[Row, ...]:
    """The summary: every element with its rating so far."""
    return tuple(_row(plan, element, answers, position) for element in plan.elements)


def _row(plan: Plan, element: Element, answers: Answers, position: Position) -> Row:
    standard, level = plan.standard, plan.level
    steps = plan.of_element(element.id)
    reached = steps[0].index < position.frontier
    passed = steps[-1].index < position.frontier
    suggestion = _exam_rating(plan, element, answers) if element.kind == "exam" else None
    rating, unsettled = (suggestion if passed else None), False
    if element.kind == "behaviour":
        suggestion = suggest(standard, element, level, answers.marks)
        rating = answers.ratings.get(element.id)
        unsettled = passed and rating != suggestion and element.id not in answers.reasons
    meets = target(standard, element, level)
    return Row(element, rating, meets, suggestion, unsettled, reached)


def _exam_rating(plan: Plan, element: Element, answers: Answers) -> Decimal:
    return rate_exam(plan.standard, element, plan.level, exam_mean(element.subjects, answers.scores))


def may_submit(here: Situation) -> bool:
    """Whether the review is complete: everything on the way is answered and every rating is settled."""
    at_end = here.position.frontier == here.plan.summary.index
    return at_end and not any(row.unsettled for row in rows(here.plan, here.answers, here.position))
