"""A company for the load: every chat belongs to an assessor who owes reviews, made through the services."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, text
from sqlmodel import SQLModel, col

from qualify.access import Role
from qualify.dialogue import Act, Action, StepKind
from qualify.paths import STANDARDS
from qualify.services import Context, open_context
from qualify.services.assessments.opening import Opening, open_assessment
from qualify.services.notices.queue import settle, take_due
from qualify.services.reviews import answering, submission
from qualify.storage import people
from qualify.storage.rows import rows
from qualify.storage.schema import migrate
from qualify.storage.tables import Assessment, Person, Review, StoredResult
from tests.company import OPERATOR, all_met, reference

STANDARD = "client-manager"
LEVELS = ("3", "2", "4")  # 83, 94 and 77 presses each


def found(database_url: str) -> Context:
    """Make an empty company in this database."""
    context = open_context(database_url, STANDARDS, ZoneInfo("Asia/Shanghai"))
    migrate(context.database)
    return context


def assign(context: Context, chats: range, levels: Sequence[str] = LEVELS) -> None:
    """Give every chat an assessor and a subject, and open one review a level, of which the assessor is owed a
    notice."""
    due = context.today() + timedelta(days=30)
    with context.database.together():  # one commit for all
        _hire(context, chats)
        for chat in chats:
            for level in levels:
                opening = Opening(STANDARD, level, f"S{chat}", ((f"A{chat}", Decimal(1)),), due)
                open_assessment(context, OPERATOR, opening)


def tell_nobody(context: Context) -> None:
    """Count all owed notices as sent, so that nobody is written to while presses are measured."""
    with context.database.together():
        while taken := take_due(context):
            for notice, _ in taken:
                settle(context, notice, "bench")


def _hire(context: Context, chats: range) -> None:
    with context.database.transaction() as connection:
        for chat in chats:
            people.save_person(connection, {"staff_no": f"S{chat}", "name": f"员工{chat}"})
            assessor = people.save_person(connection, {"staff_no": f"A{chat}", "name": f"评委{chat}"})
            people.set_roles(connection, assessor, (Role.EMPLOYEE, Role.ASSESSOR))
            people.add_account(connection, chat, "zh-CN")
            people.change_account(connection, chat, quiet_from=0, quiet_until=0)  # at night it is as by day
            people.join(connection, chat, assessor)


def finish(context: Context, count: int) -> None:
    """Add this many finished assessments of as many people, each rated by two assessors and published: one is really
    made, answer by answer, the others are its copies."""
    chats = range(1, 3)
    _hire(context, chats)
    due = context.today() + timedelta(days=30)
    opening = Opening(STANDARD, LEVELS[0], "S1", tuple((f"A{chat}", Decimal(1)) for chat in chats), due, sign_off=False)
    made = open_assessment(context, OPERATOR, opening)
    with context.database.reading() as connection:
        given = rows(connection, Review, col(Review.assessment_id) == made)
    for chat, review in zip(chats, given, strict=True):
        _answer(context, chat, review.id)
    with context.database.transaction() as connection:
        _copy(connection, made, count - 1)


def _answer(context: Context, chat: int, review_id: int) -> None:
    """Answer every criterion by itself, every other step as `all_met` does, and submit the review."""
    turn = answering.open_review(context, chat, review_id)
    while turn.screen is not None and turn.screen.step.kind is not StepKind.SUMMARY:
        is_criterion = turn.screen.step.kind is StepKind.CRITERION
        action = Action(Act.MARK, "met") if is_criterion else all_met(turn.screen)
        turn = answering.press(context, chat, reference(turn), action)
    submission.submit(context, chat, reference(turn), anyway=True)


def _copy(connection: Connection, made: int, times: int) -> None:
    (pattern,) = rows(connection, Assessment, col(Assessment.id) == made)
    (result,) = rows(connection, StoredResult, col(StoredResult.assessment_id) == made)
    given = rows(connection, Review, col(Review.assessment_id) == made)
    people_before = max(person.id for person in rows(connection, Person))
    numbers = range(1, times + 1)
    pairs = [(number, place) for number in numbers for place in range(len(given))]
    last = max(review.id for review in given)
    new = {pair: last + offset for offset, pair in enumerate(pairs, start=1)}

    def add(table: type[SQLModel], values: list[dict[str, object]]) -> None:
        connection.execute(insert(table), values)

    add(
        Person,
        [{"id": people_before + n, "staff_no": f"C{n}", "name": f"员工{n}", "department": "政企"} for n in numbers],
    )
    add(
        Assessment,
        [pattern.model_dump() | {"id": made + n, "subject_id": people_before + n} for n in numbers],
    )
    add(
        Review,
        [given[k].model_dump() | {"id": new[n, k], "assessment_id": made + n, "message_id": None} for n, k in pairs],
    )
    copied = text(
        "INSERT INTO entry (review_id, revision, given, element, key, value, frontier, cursor, person_id, at) "
        "SELECT :new, revision, given, element, key, value, frontier, cursor, person_id, at FROM entry "
        "WHERE review_id = :old"
    )
    connection.execute(copied, [{"new": new[n, k], "old": given[k].id} for n, k in pairs])
    add(
        StoredResult,
        [
            result.model_dump() | {"id": result.id + n, "assessment_id": made + n, "subject_id": people_before + n}
            for n in numbers
        ],
    )
