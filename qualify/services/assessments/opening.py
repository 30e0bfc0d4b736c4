"""Opening assessments: one, or a batch for a whole department."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.errors import InvalidInput
from qualify.services.assessments.amendments import check_due
from qualify.services.assessments.candidate_standings import settle
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context, fingerprint
from qualify.services.people.directory import person
from qualify.standard import Standard
from qualify.storage import assessments, notices, people
from qualify.storage import candidates as standings
from qualify.storage.tables import Assessment, NoticeKind, Person, Review
from qualify.texts import staff_number
from qualify.workflow import Part

SECOND = "error-assessment-second"
"""The refusal of a second assessment of one person by one standard that nobody has confirmed."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What an assessment is opened with; people by staff number, assessors with their weight in the mean.

    The `lead` is one of the assessors, the first by default. `self_assessment` asks the employee as well;
    without `sign_off` nobody signs, and the last submission publishes the result.
    """

    standard: str
    level: str
    subject: str
    assessors: tuple[tuple[str, Decimal], ...]
    due: date
    application_date: date | None = None
    lead: str | None = None
    self_assessment: bool = False
    sign_off: bool = True


class LeftOut(NamedTuple):
    """Whom of a department a batch is not for: people of these positions or levels, and these by staff number."""

    positions: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    staff_numbers: frozenset[str] = frozenset()

    def covers(self, person: Person) -> bool:
        """Whether the person is left out."""
        numbered = person.staff_no in self.staff_numbers
        return numbered or person.position in self.positions or person.level in self.levels


NOBODY = LeftOut()


class OpenedBatch(NamedTuple):
    """What came of a batch: the assessments by the staff numbers of their subjects, and who was left out because an
    assessment by the same standard isn't finished."""

    opened: dict[str, int]
    left_out: list[Person]


def open_assessment(context: Context, actor: Actor, opening: Opening, *, again: bool = True) -> int:
    """Open an assessment on the latest version of the standard; returns its id. Each assessor is owed a message.
    Without `again` it isn't opened where the person has an unfinished one by the standard: InvalidInput names that.

    Raises Forbidden, also where the actor is the subject and waives the signature, and NotFound or InvalidInput for an
    unknown standard, level or person, a due date that has passed, no assessors, a weight that isn't above 0, a lead who
    isn't among the assessors, and an assessor who is named twice, is the subject, or hasn't the role.
    """
    with acting(context, actor) as work:
        return open_one(work, opening, again=again)


def open_one(work: UnitOfWork, opening: Opening, *, again: bool) -> int:
    """What `open_assessment` does, within another intention."""
    work.authorize(Permission.OPEN)
    if not again:
        _refuse_second(work.connection, opening)
    now = work.context.now()
    opened, asked = _open(work, _checked(work.context, opening), opening, now)
    for assessor_id, review_id in asked.items():
        notices.owe(work.connection, assessor_id, NoticeKind.REVIEW, review_id, now)
    settle(work.context, work.connection)
    return opened


def _refuse_second(connection: Connection, opening: Opening) -> None:
    subject = person(connection, opening.subject)
    unfinished = assessments.unfinished_of(connection, [subject.id], opening.standard)
    if unfinished:
        raise InvalidInput(SECOND, name=subject.name, id=str(unfinished[subject.id]))


def open_batch(
    context: Context, actor: Actor, opening: Opening, department: str, without: LeftOut = NOBODY
) -> OpenedBatch:
    """Open one assessment for each active person of a department but those to be left out, all or none; the opening's
    subject is ignored. Each assessor is owed one message, however many reviews.

    No assessment is opened about the assessors themselves. Raises what `open_assessment` does (so an actor who waives
    the signature can't be one of the subjects), and InvalidInput when nobody is left.
    """
    with acting(context, actor) as work:
        return open_each(work, opening, department, without)


def open_each(work: UnitOfWork, opening: Opening, department: str, without: LeftOut = NOBODY) -> OpenedBatch:
    """What `open_batch` does, within another intention."""
    work.authorize(Permission.OPEN)
    standard = _checked(work.context, opening)
    rating = [staff_no for staff_no, _ in opening.assessors]
    subjects, left_out = candidates(work.connection, standard.id, department, rating, without)
    if not subjects:
        raise InvalidInput("error-batch-empty", department=department)
    now, opened = work.context.now(), {}
    told: dict[int, int] = {}
    batch_id = assessments.add_batch(work.connection, now)
    for subject in subjects:
        one = replace(opening, subject=subject.staff_no)
        opened[subject.staff_no], asked = _open(work, standard, one, now, batch_id)
        told = asked | told
    for assessor_id, review_id in told.items():
        if len(opened) == 1:
            notices.owe(work.connection, assessor_id, NoticeKind.REVIEW, review_id, now)
        else:
            notices.owe(work.connection, assessor_id, NoticeKind.REVIEWS, batch_id, now)
    settle(work.context, work.connection)
    return OpenedBatch(opened, left_out)


def candidates(
    connection: Connection, standard: str, department: str, assessors: Collection[str], without: LeftOut = NOBODY
) -> tuple[list[Person], list[Person]]:
    """Whom a batch is opened for, and who is left out because an assessment isn't finished. Assessors by staff number:
    they are in neither list, nor are those to be left out."""
    department_members = people.of_department(connection, department)
    members = [each for each in department_members if each.staff_no not in assessors and not without.covers(each)]
    busy = assessments.unfinished_of(connection, [each.id for each in members], standard)
    return [each for each in members if each.id not in busy], [each for each in members if each.id in busy]


def _checked(context: Context, opening: Opening) -> Standard:
    standard = context.standards.get(opening.standard)
    check_level(standard, opening.level)
    check_due(context, opening.due)
    if not opening.assessors:
        raise InvalidInput("error-assessors-missing")
    return standard


def _open(
    work: UnitOfWork, standard: Standard, opening: Opening, now: datetime, batch_id: int | None = None
) -> tuple[int, dict[int, int]]:
    """The assessment, and the reviews of its assessors by their ids; a self-assessment is owed its message already."""
    connection = work.connection
    subject = person(connection, opening.subject)
    if not opening.sign_off:
        work.authorize(Permission.WAIVE_SIGN_OFF, work.viewer.relation(subject.id), refusal="error-own-waived")
    assessors = [(person(connection, staff_no), weight) for staff_no, weight in opening.assessors]
    _check_assessors(connection, subject, assessors)
    lead = _lead(opening)
    assessment = _assessment(work.context, standard, opening, subject.id, now)
    assessment.batch_id = batch_id
    assessment.id = assessment_id = assessments.add(connection, assessment)
    standings.enter(connection, assessment)
    asked = {}
    for assessor, weight in assessors:
        part = Part.LEAD if staff_number(assessor.staff_no) == lead else Part.MEMBER
        given = Review(assessment_id=assessment_id, assessor_id=assessor.id, part=part, weight=weight)
        asked[assessor.id] = assessments.add_review(connection, given)
    if opening.self_assessment:
        own = Review(assessment_id=assessment_id, assessor_id=subject.id, part=Part.SELF)
        notices.owe(connection, subject.id, NoticeKind.REVIEW, assessments.add_review(connection, own), now)
    work.keep("open", "assessment", assessment_id, after=asdict(opening))
    return assessment_id, asked


def _lead(opening: Opening) -> str:
    named = opening.lead or opening.assessors[0][0]
    if staff_number(named) not in {staff_number(staff_no) for staff_no, _ in opening.assessors}:
        raise InvalidInput("error-lead", staff_no=named)
    return staff_number(named)


def _assessment(context: Context, standard: Standard, opening: Opening, subject_id: int, now: datetime) -> Assessment:
    return Assessment(
        standard=standard.id,
        version=standard.version,
        structure=fingerprint(standard),
        level=opening.level,
        subject_id=subject_id,
        application_date=opening.application_date or context.today(),
        due_date=opening.due,
        sign_off=opening.sign_off,
        opened_at=now,
    )


def check_level(standard: Standard, level: str) -> None:
    """Raises InvalidInput for a level that the standard doesn't have."""
    known = [each.id for each in standard.levels]
    if level not in known:
        raise InvalidInput("error-level-unknown", given=level, levels=", ".join(known))


def _check_assessors(connection: Connection, subject: Person, assessors: Sequence[tuple[Person, Decimal]]) -> None:
    if any(assessor.id == subject.id for assessor, _ in assessors):
        raise InvalidInput("error-own-assessor", name=subject.name)
    if len({assessor.id for assessor, _ in assessors}) < len(assessors):
        raise InvalidInput("error-assessor-twice")
    if any(not weight.is_finite() or weight <= 0 for _, weight in assessors):
        raise InvalidInput("error-weight")
    for assessor, _ in assessors:
        if Role.ASSESSOR not in people.roles_of(connection, assessor.id):
            raise InvalidInput("error-not-assessor", name=assessor.name)
