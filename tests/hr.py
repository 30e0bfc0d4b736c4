"""What an administrator does in the chat, for tests that read like sentences."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from decimal import Decimal

from qualify.access import Role
from qualify.services.assessments import listing, opening
from qualify.services.assessments.opening import Opening
from qualify.storage import people as stored
from qualify.storage.tables import Assessment
from tests.company import OPERATOR, POINTS, SCALE, looked_up
from tests.deeds import hands_in, not_met, partly_met
from tests.driver import ADMIN, ASSESSOR, SECOND_ASSESSOR, Bot
from tests.phone import Phone

STALE = "这一屏已经过期，请看最新的一屏。"
ASSESSORS = ("Q002", "Q003")


async def hr_at(bot: Bot, *labels: str, user_id: int = ADMIN) -> Phone:
    """The administrator's phone, after /admin and these buttons."""
    phone = bot.phone(user_id)
    await phone.start()
    await phone.say("/admin")
    await phone.press(*labels)
    return phone


async def case_of(bot: Bot, assessment_id: int, user_id: int = ADMIN) -> Phone:
    """The administrator's phone with this case on it."""
    phone = await hr_at(bot, user_id=user_id)
    await phone.press_data(phone.messages()[-1]["message_id"], f"a{assessment_id}:case")
    return phone


async def fill_in(
    phone: Phone,
    *,
    standard: str = "客户经理",
    level: str = "3级",
    department: str = "政企",
    assessors: Sequence[str] = ("周明", "吴倩"),
    due: str = "2 周",
) -> None:
    """Fill the whole form in, for a department."""
    await phone.press("标准", standard, "级别", level, "对象", "整个部门", department, "评审员")
    for name in assessors:
        await phone.press(name)
    await phone.press("返回", "截止", due)


def opened(
    bot: Bot,
    subject: str = "Q008",
    standard: str = SCALE,
    level: str = "3",
    assessors: Iterable[str] = ASSESSORS,
    *,
    days: int = 14,
    **how: bool,
) -> int:
    """An assessment that was opened before; its number."""
    weighed = tuple((staff_no, Decimal(1)) for staff_no in assessors)
    due = bot.context.today() + timedelta(days=days)
    return opening.open_assessment(bot.context, OPERATOR, Opening(standard, level, subject, weighed, due, **how))


def reviewed(bot: Bot, subject: str = "Q008", *, standard: str = SCALE, level: str = "3", **how: bool) -> int:
    """An assessment whose two assessors see things differently, and have both handed in; its number."""
    assessment_id = opened(bot, subject, standard, level, **how)
    first, second, *_ = reviews_of(bot, assessment_id)
    hands_in(bot, ASSESSOR, first)
    hands_in(bot, SECOND_ASSESSOR, second, partly_met if standard == POINTS else not_met)
    return assessment_id


def reviews_of(bot: Bot, assessment_id: int) -> list[int]:
    """The reviews of an assessment, in the order of its assessors."""
    return [review.id for review, _ in looked_up(bot.context, assessment_id)[2]]


def assessment(bot: Bot, assessment_id: int) -> Assessment:
    """The assessment as it is stored."""
    return looked_up(bot.context, assessment_id)[0]


def how_many(bot: Bot) -> int:
    """How many assessments there are."""
    return len(listing.listed(bot.context, OPERATOR))


def hires(bot: Bot, *staff_numbers: str, department: str = "新业务部", role: Role = Role.EMPLOYEE) -> None:
    """People who come into the company; each is called like the staff number, with a word before it."""
    with bot.context.database.transaction() as connection:
        for number in staff_numbers:
            person = {"staff_no": number, "name": f"员工{number}", "department": department}
            stored.set_roles(connection, stored.save_person(connection, person), (role,))


def set_roles(bot: Bot, staff_no: str, *roles: Role) -> None:
    """Give a person other roles."""
    with bot.context.database.transaction() as connection:
        person = stored.by_staff_no(connection, staff_no)
        assert person is not None
        stored.set_roles(connection, person.id, roles)
