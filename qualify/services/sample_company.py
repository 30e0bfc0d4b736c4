"""A small made-up company for the sandbox: people, waiting, half-done and finished assessments."""

from datetime import timedelta
from decimal import Decimal
from itertools import cycle
from typing import NamedTuple

from qualify.access import Role
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.errors import InvalidInput
from qualify.scoring import plain
from qualify.services.assessments import opening as openings
from qualify.services.assessments import overview
from qualify.services.authorization import Actor, acting
from qualify.services.context import Context
from qualify.services.notices import queue
from qualify.services.people import directory
from qualify.services.reviews import answering, submission
from qualify.services.reviews.screen import Reference, Turn
from qualify.storage import assessments as stored
from qualify.storage import audit, line_managers
from qualify.storage import people as stored_people
from qualify.storage.schema import is_unused, tables
from qualify.storage.tables import ExamScore


class Colleague(NamedTuple):
    """Somebody in the made-up company; `telegram_id` is None for a person who was not invited yet."""

    telegram_id: int | None
    staff_no: str
    name: str
    department: str
    position: str
    roles: tuple[Role, ...]


EMPLOYEE, ASSESSOR, ADMIN = (Role.EMPLOYEE,), (Role.EMPLOYEE, Role.ASSESSOR), (Role.EMPLOYEE, Role.ADMIN)
COLLEAGUES = (
    Colleague(1001, "Q001", "林雪", "人力资源部", "人力资源主管", ADMIN),
    Colleague(1002, "Q002", "周明", "政企客户部", "部门经理", ASSESSOR),
    Colleague(1003, "Q003", "吴倩", "技术支援部", "服务总监", ASSESSOR),
    Colleague(1004, "Q004", "陈晨", "政企客户部", "客户经理", EMPLOYEE),
    Colleague(1005, "Q005", "赵磊", "技术支援部", "服务经理", EMPLOYEE),
    Colleague(1006, "Q006", "孙悦", "技术支援部", "服务经理", EMPLOYEE),
    Colleague(1007, "Q007", "何静", "政企客户部", "客户经理", EMPLOYEE),
    Colleague(None, "Q008", "马超", "政企客户部", "客户经理", EMPLOYEE),
)
MANAGERS = {"人力资源部": "", "政企客户部": "Q002", "技术支援部": "Q003"}
"""Who leads each department."""
A, B = "service-manager", "client-manager"
OPERATOR = Actor(None, "sandbox")


class SampleAssessment(NamedTuple):
    """An assessment of the made-up company and how far its reviews are: the steps answered, or None for all."""

    standard: str
    level: str
    subject: str
    assessors: tuple[str, ...]
    due_in_days: int
    answered: int | None


OPENED = (
    SampleAssessment(B, "3", "Q004", ("Q002",), 7, 0),
    SampleAssessment(A, "4", "Q005", ("Q002",), 10, 0),
    SampleAssessment(B, "4", "Q007", ("Q003",), 3, 30),
    SampleAssessment(A, "3", "Q006", ("Q003",), 14, None),
    SampleAssessment(B, "2", "Q004", ("Q002", "Q003"), 21, 0),
)


def seed(context: Context) -> bool:
    """Fill an empty database with the made-up company; False, and nothing changed, when there are people already."""
    if directory.listed(context, OPERATOR):
        return False
    _hire(context)
    _examine(context)
    for opened in (*OPENED, *_others(context)):
        if opened.standard in {standard.id for standard in context.standards.all()}:
            _open(context, opened)
    while due := queue.take_due(context):
        for notice, _ in due:
            queue.settle(context, notice, "seeded")
    return True


def _others(context: Context) -> list[SampleAssessment]:
    """One review of each standard that a company brings itself, at its lowest level."""
    own = {standard.id: standard for standard in context.standards.all() if standard.id not in (A, B)}
    return [SampleAssessment(name, standard.levels[0].id, "Q004", ("Q002",), 7, 0) for name, standard in own.items()]


def is_made_up(context: Context) -> bool:
    """Whether this database holds the made-up company: its Telegram ids must never meet the real Telegram.

    The audit log, which can't be rewritten, says so whatever became of the people. A database that an earlier release
    filled is known by an account that still belongs to its colleague. The schema may be older or newer than this
    release's.
    """
    pairs = [(colleague.telegram_id, colleague.staff_no) for colleague in COLLEAGUES if colleague.telegram_id]
    with context.database.reading() as connection:
        there = tables(connection)
        marked = "audit" in there and audit.has(connection, "seed", "company")
        return marked or (there >= {"account", "person"} and stored_people.has_account(connection, pairs))


def refuse_others(context: Context) -> None:
    """Raises InvalidInput unless the database is unused or holds the made-up company. Changes nothing, so that it can
    be called before a migration.

    The sandbox lets anybody act as anybody, and its Telegram has none of the accounts of a real company.
    """
    with context.database.reading() as connection:
        unused = is_unused(connection)
    if not unused and not is_made_up(context):
        raise InvalidInput("settings-not-made-up")


def _hire(context: Context) -> None:
    """The people, and in the same transaction the mark by which the database is known as the sandbox's for good."""
    with acting(context, OPERATOR) as work:
        work.keep("seed", "company")
        connection = work.connection
        for colleague in COLLEAGUES:
            person = {key: getattr(colleague, key) for key in ("staff_no", "name", "department", "position")}
            person_id = stored_people.save_person(connection, person)
            manager = MANAGERS[colleague.department]
            line_managers.set_managers(connection, {person_id: "" if manager == colleague.staff_no else manager})
            stored_people.set_roles(connection, person_id, colleague.roles)
            if colleague.telegram_id is not None:
                stored_people.add_account(connection, colleague.telegram_id, "zh-CN")
                stored_people.join(connection, colleague.telegram_id, person_id)


def _examine(context: Context) -> None:
    """Knowledge scores for the two service managers."""
    listed = {"Q005": (Decimal(84), Decimal(402)), "Q006": (Decimal(78), Decimal(365))}
    taken_on = context.today() - timedelta(days=40)
    with context.database.transaction() as connection:
        for staff_no, scores in listed.items():
            person = stored_people.by_staff_no(connection, staff_no)
            assert person is not None
            rows = [
                ExamScore(person_id=person.id, standard=A, subject=subject, score=score, taken_on=taken_on)
                for subject, score in zip(("specialist", "product"), scores, strict=True)
            ]
            stored.save_exam_scores(connection, rows)


def _open(context: Context, opened: SampleAssessment) -> None:
    opening = openings.Opening(
        opened.standard,
        opened.level,
        opened.subject,
        tuple((staff_no, Decimal(1)) for staff_no in opened.assessors),
        context.today() + timedelta(days=opened.due_in_days),
        sign_off=len(opened.assessors) > 1,
    )
    assessment_id = openings.open_assessment(context, OPERATOR, opening)
    if opened.answered == 0:
        return
    telegram_ids = {colleague.staff_no: colleague.telegram_id or 0 for colleague in COLLEAGUES}
    for staff_no, review in zip(opened.assessors, overview.view(context, OPERATOR, assessment_id).reviews, strict=True):
        _answer(context, telegram_ids[staff_no], review.id, opened.answered)


def _answer(context: Context, telegram_id: int, review_id: int, steps: int | None) -> None:
    """Answer like a fair assessor: mostly met, some partly, a few not; confirm every suggestion."""
    marks = cycle(("met", "met", "partly", "met", "met", "met", "not_met"))
    turn = answering.open_review(context, telegram_id, review_id)
    answered = 0
    while (screen := turn.screen) is not None and (steps is None or answered < steps):
        reference = Reference(review_id, *screen.reference)
        if screen.step.kind is StepKind.SUMMARY:
            turn = submission.submit(context, telegram_id, reference)
        else:
            turn = answering.press(context, telegram_id, reference, _fair(context, screen, next(marks)))
        assert turn.refusal is None, turn.refusal
        answered += 1
    _pause(context, telegram_id, turn)


def _fair(context: Context, screen: Screen, mark: str) -> Action:
    match screen.step.kind:
        case StepKind.CRITERION:
            return Action(Act.MARK, "met" if screen.criterion and screen.criterion.key else mark)
        case StepKind.RATING:
            assert screen.suggestion is not None
            return Action(Act.RATE, plain(screen.suggestion))
        case StepKind.SCORE:
            return Action(Act.TEXT, " ".join(str(84 + index) for index, _ in enumerate(screen.subjects)))
        case _ if screen.cases:
            return Action(Act.DONE)
        case _:
            adopted = context.today() - timedelta(days=120)
            return Action(Act.TEXT, f"{adopted.isoformat()} 一次通宵割接的复盘")


def _pause(context: Context, telegram_id: int, turn: Turn) -> None:
    if turn.screen is not None:
        answering.pause(context, telegram_id)
