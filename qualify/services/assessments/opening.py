"""Opening assessments: one, or a batch for a whole department."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Role
from qualify.errors import InvalidInput
from qualify.services import standard_settings
from qualify.services.assessments import eligibility
from qualify.services.assessments.amendments import check_due
from qualify.services.assessments.candidate_standings import settle
from qualify.services.assessments.eligibility import Lacking
from qualify.services.assessments.lifecycle import checked_text
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

    The application date is today by default. The `lead` is one of the assessors, the first by default.
    `self_assessment` asks the employee as well; without `sign_off` nobody signs, and the last submission publishes the
    result. `exception` is why it is opened for who doesn't fulfil what the standard asks of applicants.
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
    exception: str = ""


class LeftOut(NamedTuple):
    """Whom of a department a batch is not for: people of these positions or levels, and these by staff number; those
    who are `ineligible` don't fulfil what the standard asks of applicants."""

    positions: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    staff_numbers: frozenset[str] = frozenset()
    ineligible: bool = False

    def covers(self, person: Person) -> bool:
        """Whether the person is left out by position, level or staff number."""
        numbered = person.staff_no in self.staff_numbers
        return numbered or person.position in self.positions or person.level in self.levels


NOBODY = LeftOut()


class OpenedBatch(NamedTuple):
    """What came of a batch: the assessments by the staff numbers of their subjects, and who was left out because an
    assessment by the same standard isn't finished, or as asked because they are ineligible."""

    opened: dict[str, int]
    left_out: list[Person]
    ineligible: Sequence[Person] = ()


class Ineligible(InvalidInput):
    """Somebody doesn't fulfil what the standard asks of applicants, and no reason was given why they may apply."""

    def __init__(self, found: Sequence[Lacking]) -> None:
        super().__init__("error-ineligible", name=found[0].person.name, count=len(found), problems=tuple(found))


def open_assessment(context: Context, actor: Actor, opening: Opening, *, again: bool = True) -> int:
    """Open an assessment by the version of the standard in force, with the settings in force; returns its id. Each
    assessor is owed a message. Without `again` it isn't opened where the person has an unfinished one by the standard:
    InvalidInput names that.

    Raises Forbidden, also where the actor is the subject and waives the signature; NotFound or InvalidInput for an
    unknown standard, level or person, a due date that has passed, an application date that hasn't come or can't be, no
    assessors, a weight that isn't above 0, a lead who isn't among the assessors, and an assessor who is named twice, is
    the subject, or hasn't the role; Ineligible for a subject who would be an exception and no reason for it.
    """
    with acting(context, actor) as work:
        return open_one(work, opening, again=again)


def open_one(work: UnitOfWork, opening: Opening, *, again: bool) -> int:
    """What `open_assessment` does, within another intention."""
    work.authorize(Permission.OPEN)
    standings.take_turns(work.connection)
    subject = person(work.connection, opening.subject)
    if _rates(subject, dict(opening.assessors)):
        raise InvalidInput("error-own-assessor", name=subject.name)
    if not again:
        _refuse_second(work.connection, subject, opening.standard)
    plan = _planned(work, opening)
    excepted = plan.excused(plan.lacking([subject]))
    opened, asked = _open(plan, subject, exception=subject.id in excepted)
    for assessor_id, review_id in asked.items():
        notices.owe(work.connection, assessor_id, NoticeKind.REVIEW, review_id, plan.now)
    settle(work.context, work.connection)
    return opened


def _refuse_second(connection: Connection, subject: Person, standard: str) -> None:
    unfinished = assessments.unfinished_of(connection, [subject.id], standard)
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
    standings.take_turns(work.connection)
    plan = _planned(work, opening)
    rating = [staff_no for staff_no, _ in opening.assessors]
    subjects, left_out = candidates(work.connection, plan.standard.id, department, rating, without)
    lacking = plan.lacking(subjects)
    ineligible = [each.person for each in lacking] if without.ineligible else []
    out = {each.id for each in ineligible}
    subjects = [each for each in subjects if each.id not in out]
    if not subjects:
        raise InvalidInput("error-batch-empty", department=department)
    excepted = plan.excused([] if without.ineligible else lacking)
    opened: dict[str, int] = {}
    told: dict[int, int] = {}
    batch_id = assessments.add_batch(work.connection, plan.now)
    for subject in subjects:
        exception = subject.id in excepted
        opened[subject.staff_no], asked = _open(plan, subject, batch_id, exception=exception)
        told = asked | told
    for assessor_id, review_id in told.items():
        if len(opened) == 1:
            notices.owe(work.connection, assessor_id, NoticeKind.REVIEW, review_id, plan.now)
        else:
            notices.owe(work.connection, assessor_id, NoticeKind.REVIEWS, batch_id, plan.now)
    settle(work.context, work.connection)
    return OpenedBatch(opened, left_out, ineligible)


def candidates(
    connection: Connection, standard: str, department: str, assessors: Collection[str], without: LeftOut = NOBODY
) -> tuple[list[Person], list[Person]]:
    """Whom a batch is opened for, and who is left out because an assessment isn't finished. Assessors by staff number:
    they are in neither list, nor are those to be left out."""
    department_members = people.of_department(connection, department)
    members = [each for each in department_members if not _rates(each, assessors) and not without.covers(each)]
    busy = assessments.unfinished_of(connection, [each.id for each in members], standard)
    return [each for each in members if each.id not in busy], [each for each in members if each.id in busy]


def _rates(person: Person, assessors: Iterable[str]) -> bool:
    """Whether the person is one of the assessors, however their staff numbers are written."""
    return staff_number(person.staff_no) in map(staff_number, assessors)


class _Plan(NamedTuple):
    """What is opened, whoever it is about: read and checked once, however many they are. What may be left out of the
    `opening` is in it."""

    work: UnitOfWork
    opening: Opening
    standard: Standard
    assessors: list[tuple[Person, Decimal]]
    lead: str
    applied: date
    now: datetime

    def lacking(self, subjects: Sequence[Person]) -> list[Lacking]:
        """Those of the people who don't fulfil what the standard asks of applicants."""
        context, connection = self.work.context, self.work.connection
        return eligibility.lacking(
            context, connection, self.standard, self.opening.level, subjects, applied=self.applied
        )

    def excused(self, exceptions: Sequence[Lacking]) -> set[int]:
        """The ids of those who lack something, excused by the opening's reason. Raises Ineligible without one."""
        if exceptions and not self.opening.exception:
            raise Ineligible(exceptions)
        return {each.person.id for each in exceptions}


def _planned(work: UnitOfWork, opening: Opening) -> _Plan:
    context = work.context
    standard = standard_settings.in_force(context, work.connection, opening.standard)
    applied = opening.application_date or context.today()
    check_level(standard, opening.level)
    check_due(context, opening.due)
    check_applied(context, applied)
    exception = opening.exception and check_exception(opening.exception)
    opening = replace(opening, application_date=applied, exception=exception)
    assessors = _assessors(work.connection, opening.assessors)
    return _Plan(work, opening, standard, assessors, _lead(opening), applied, context.now())


def _open(plan: _Plan, subject: Person, batch_id: int | None = None, *, exception: bool) -> tuple[int, dict[int, int]]:
    """The assessment, and the reviews of its assessors by their ids; a self-assessment is owed its message already.
    Only who is an exception has the reason for one."""
    work, standard, connection = plan.work, plan.standard, plan.work.connection
    opening = replace(plan.opening, subject=subject.staff_no, exception=plan.opening.exception if exception else "")
    if not opening.sign_off:
        work.authorize(Permission.WAIVE_SIGN_OFF, work.viewer.relation(subject.id), refusal="error-own-waived")
    assessment = Assessment(
        standard=standard.id,
        version=standard.version,
        structure=fingerprint(standard),
        level=opening.level,
        subject_id=subject.id,
        application_date=plan.applied,
        due_date=opening.due,
        sign_off=opening.sign_off,
        opened_at=plan.now,
        batch_id=batch_id,
        exception=opening.exception,
    )
    assessment.id = assessment_id = assessments.add(connection, assessment)
    standings.enter(connection, assessment)
    asked = {}
    for assessor, weight in plan.assessors:
        part = Part.LEAD if staff_number(assessor.staff_no) == plan.lead else Part.MEMBER
        given = Review(assessment_id=assessment_id, assessor_id=assessor.id, part=part, weight=weight)
        asked[assessor.id] = assessments.add_review(connection, given)
    if opening.self_assessment:
        own = Review(assessment_id=assessment_id, assessor_id=subject.id, part=Part.SELF)
        notices.owe(connection, subject.id, NoticeKind.REVIEW, assessments.add_review(connection, own), plan.now)
    work.keep("open", "assessment", assessment_id, after=asdict(opening))
    return assessment_id, asked


def _lead(opening: Opening) -> str:
    named = opening.lead or opening.assessors[0][0]
    if staff_number(named) not in {staff_number(staff_no) for staff_no, _ in opening.assessors}:
        raise InvalidInput("error-lead", staff_no=named)
    return staff_number(named)


FIRST_APPLIED = date(2000, 1, 1)


def check_applied(context: Context, applied: date) -> None:
    """Raises InvalidInput for an application date that hasn't come, or so long ago that it must be a slip."""
    if applied > context.today():
        raise InvalidInput("error-applied-future", date=applied.isoformat())
    if applied < FIRST_APPLIED:
        raise InvalidInput("error-applied-far", date=applied.isoformat(), first=FIRST_APPLIED.isoformat())


def check_exception(reason: str) -> str:
    """The reason for an exception as it is kept. Raises InvalidInput for no words, or too many."""
    return checked_text(reason, "error-exception-reason")


def check_level(standard: Standard, level: str) -> None:
    """Raises InvalidInput for a level that the standard doesn't have."""
    known = [each.id for each in standard.levels]
    if level not in known:
        raise InvalidInput("error-level-unknown", given=level, levels=", ".join(known))


def _assessors(connection: Connection, named: Sequence[tuple[str, Decimal]]) -> list[tuple[Person, Decimal]]:
    """Who rates, by staff number. Raises NotFound or InvalidInput for somebody who can't."""
    if not named:
        raise InvalidInput("error-assessors-missing")
    assessors = [(person(connection, staff_no), weight) for staff_no, weight in named]
    if len({assessor.id for assessor, _ in assessors}) < len(assessors):
        raise InvalidInput("error-assessor-twice")
    if any(not weight.is_finite() or weight <= 0 for _, weight in assessors):
        raise InvalidInput("error-weight")
    for assessor, _ in assessors:
        if Role.ASSESSOR not in people.roles_of(connection, assessor.id):
            raise InvalidInput("error-not-assessor", name=assessor.name)
    return assessors
