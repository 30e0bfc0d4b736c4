"""A company for the load: every chat belongs to an assessor who owes reviews, made through the services."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from qualify.access import Role
from qualify.paths import STANDARDS
from qualify.services import Context, open_context
from qualify.services.assessments import Opening, open_assessment
from qualify.services.notices import settle, take_due
from qualify.storage import people
from qualify.storage.schema import migrate
from tests.company import OPERATOR

STANDARD = "client-manager"
LEVELS = ("3", "2", "4")  # 83, 94 and 77 presses each


def found(database_url: str) -> Context:
    """An empty company."""
    context = open_context(database_url, STANDARDS, ZoneInfo("Asia/Shanghai"))
    migrate(context.database)
    return context


def assign(context: Context, chats: range, levels: Sequence[str] = LEVELS) -> None:
    """For every chat an assessor, a subject and one review a level, which the assessor is owed a notice of."""
    due = context.today() + timedelta(days=30)
    with context.database.together():  # one commit for all
        _hire(context, chats)
        for chat in chats:
            for level in levels:
                opening = Opening(STANDARD, level, f"S{chat}", ((f"A{chat}", Decimal(1)),), due)
                open_assessment(context, OPERATOR, opening)


def tell_nobody(context: Context) -> None:
    """Nobody is to be written to while presses are measured: what is owed counts as sent."""
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
            people.join(connection, chat, assessor)
