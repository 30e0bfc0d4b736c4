"""Who may see which part of an assessment: one table of part × stage × who looks. Pure; `access` says who may do what.

Whether somebody may see a result at all, published or not, is an action of `access`. Beyond that:

- What was given in a review is its author's. To others it opens only as the table says: an administrator who rates in
  the same assessment reads nothing of their fellows' before all are in, and the person who is assessed reads nothing of
  it at all, whatever roles they have: what comes of it is in the published result.
- What was given in a review that was taken back from its assessor carries no weight, and is shown to nobody.
- The line manager of that person reads the published result, and of what was given nothing.
- Where the company hides assessors, the person who is assessed and their manager read numbers in the place of names; an
  administrator who is the manager reads the names.
- Everybody else, and an assessor who was taken out of an assessment, sees no more than `access` gives to anybody.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from qualify.access import Permission, Relation, Role, may
from qualify.workflow import CURRENT, OWED, AssessmentState, ReviewState


class Content(StrEnum):
    """What is cut: an assessor's marks and ratings; their notes and files; why their review was returned; what
    administrators weigh and decide (where assessors disagree, an appeal, the details of a decision); and everything
    that is kept, as the export of a person gives it out."""

    ANSWERS = "answers"
    NOTES = "notes"
    RETURN_REASON = "return_reason"
    DECISION = "decision"
    RECORDS = "records"


class Stage(StrEnum):
    """How far the assessment is: its reviews are owed, all in, or its result was published. What was withdrawn stays at
    "owed": its reviews never came in."""

    OWED = "owed"
    IN = "in"
    PUBLISHED = "published"


# Columns: the person who is assessed; an administrator who rates here too, who leads that person, any other; x = sees.
TABLE: Mapping[tuple[Content, Stage], str] = {
    (Content.ANSWERS, Stage.OWED): "            . . . .",
    (Content.ANSWERS, Stage.IN): "              . x x x",
    (Content.ANSWERS, Stage.PUBLISHED): "       x x x x",
    (Content.NOTES, Stage.OWED): "              . . x x",
    (Content.NOTES, Stage.IN): "                . x x x",
    (Content.NOTES, Stage.PUBLISHED): "         . x x x",
    (Content.RETURN_REASON, Stage.OWED): "      . x x x",
    (Content.RETURN_REASON, Stage.IN): "        . x x x",
    (Content.RETURN_REASON, Stage.PUBLISHED): " . x x x",
    (Content.DECISION, Stage.OWED): "           . x x x",
    (Content.DECISION, Stage.IN): "             . x x x",
    (Content.DECISION, Stage.PUBLISHED): "      . x x x",
    (Content.RECORDS, Stage.OWED): "            . . x x",
    (Content.RECORDS, Stage.IN): "              . x x x",
    (Content.RECORDS, Stage.PUBLISHED): "       . x x x",
}
_COLUMNS = (Relation.SUBJECT, Relation.ASSESSOR, Relation.MANAGER, Relation.OTHER)
_SEEN = {
    (*row, relation)
    for row, cells in TABLE.items()
    for relation, cell in zip(_COLUMNS, cells.split(), strict=True)
    if cell == "x"
}
OF_REVIEWS = frozenset({Content.ANSWERS, Content.NOTES})
"""What carries no weight once the review was taken back from its assessor."""


def stage_of(state: AssessmentState) -> Stage:
    """How far an assessment in this state is."""
    if state in OWED or state is AssessmentState.WITHDRAWN:
        return Stage.OWED
    return Stage.PUBLISHED if state in CURRENT or state is AssessmentState.EXPIRED else Stage.IN


def sees(part: Content, stage: Stage, roles: Iterable[Role], relation: Relation) -> bool:
    """Whether somebody with these roles, standing like this to the assessment, sees the part of what others gave."""
    return (relation is Relation.SUBJECT or Role.ADMIN in roles) and (part, stage, relation) in _SEEN


def sees_decision(roles: Iterable[Role], relation: Relation) -> bool:
    """Whether they read the details of what was decided about the assessment, however far it is."""
    return all(sees(Content.DECISION, stage, roles, relation) for stage in Stage)


def sees_given(
    part: Content, stage: Stage, roles: Iterable[Role], relation: Relation, review: ReviewState, *, is_author: bool
) -> bool:
    """Whether they see a part of one review: its author always does."""
    if is_author:
        return True
    if review is ReviewState.WITHDRAWN and part in OF_REVIEWS:
        return False
    return sees(part, stage, roles, relation)


def sees_result(roles: Iterable[Role], relation: Relation, *, published: bool) -> bool:
    """Whether they see a result of the assessment."""
    return may(Permission.SEE_RESULT if published else Permission.SEE_UNPUBLISHED, roles, relation)


def sees_names(roles: Iterable[Role], relation: Relation, *, hide_assessors: bool) -> bool:
    """Whether they read the assessors' names, and not numbers in their place."""
    led = relation is Relation.MANAGER and Role.ADMIN not in roles
    return not (hide_assessors and (relation is Relation.SUBJECT or led))
