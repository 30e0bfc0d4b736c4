"""The audit log in the chat: when, who, what, about whom, from what to what."""

import ast
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.render.admin.audit import FIELDS, audit_message
from qualify.access import Role
from qualify.paths import STANDARDS
from qualify.services.assessments import amendments
from qualify.services.assessments import opening as openings
from qualify.services.assessments.opening import Opening
from qualify.services.audit_log import AuditLine, AuditPage
from qualify.services.authorization import Actor
from qualify.services.imports import people_list
from qualify.services.imports.tables import Sent
from qualify.services.people import roles
from qualify.standard import shipped
from qualify.storage.tables import Audit
from qualify.texts import LANGUAGES, keys
from qualify.workflow import AssessmentState, Event
from tests.company import OPERATOR
from tests.driver import Bot
from tests.phone import Phone
from tests.test_architecture import MODULES, ROOT, nodes

pytest_plugins = ["tests.bot_fixtures"]
LIN_XUE = Actor(1)
SHIPPED = shipped(STANDARDS)


async def blocks(phone: Phone) -> list[str]:
    """What the newest page says, one block a line of the log."""
    await phone.say("/admin")
    await phone.say("/admin")  # below what became due
    await phone.press("操作记录")
    title, *found = phone.last.split("\n\n")
    assert title == "🧾 操作记录"
    return found


async def test_what_was_done_is_told_in_words(bot: Bot, admin: Phone) -> None:
    roles.set_roles(bot.context, LIN_XUE, "Q004", {Role.EMPLOYEE, Role.ASSESSOR})
    roles.set_active(bot.context, OPERATOR, "Q005", active=False)
    people_list.import_people(bot.context, OPERATOR, Sent("a.csv", "工号,姓名\nQ006,孙越\n".encode()))
    assert (await blocks(admin))[:3] == [
        "2026-11-22 12:00 · 命令行（tests）\n导入人员 · 孙越\n姓名：孙悦 → 孙越",
        "2026-11-22 12:00 · 命令行（tests）\n停用或恢复 · 赵磊\n在职：是 → 否",
        "2026-11-22 12:00 · 林雪\n修改角色 · 陈晨\n角色：员工 → 评审员、员工",
    ]


async def test_so_is_the_life_of_an_assessment(bot: Bot, admin: Phone) -> None:
    due = bot.context.today() + timedelta(days=9)
    opening = Opening("client-manager", "4", "Q005", (("Q002", Decimal(1)), ("Q003", Decimal(2))), due)
    assessment_id = openings.open_assessment(bot.context, LIN_XUE, opening)
    amendments.extend(bot.context, LIN_XUE, assessment_id, due + timedelta(days=1))
    assert [block.partition("\n")[2] for block in (await blocks(admin))[:2]] == [
        f"延期 · 赵磊（评估 {assessment_id}）\n截止：2026-12-01 → 2026-12-02",
        f"开启评估 · 赵磊（评估 {assessment_id}）\n"
        "标准：客户经理能力素质模型；级别：4级（初级）；申请日期：2026-11-22；截止：2026-12-01；"
        "评审员：Q002、Q003；需要签署：是",
    ]


async def test_older_lines_stand_on_later_pages(bot: Bot, admin: Phone) -> None:
    list_of_20 = "工号,姓名\n" + "".join(f"N{n},新人{n}\n" for n in range(20))
    people_list.import_people(bot.context, OPERATOR, Sent("a.csv", list_of_20.encode()))
    first = await blocks(admin)
    assert len(first) == 6
    await admin.press("更早")
    assert admin.last.split("\n\n")[1] not in first
    while admin.offers("更早"):
        await admin.press("更早")
    await admin.press("« 最新")
    assert admin.last.split("\n\n")[1:] == first


async def test_page_after_page_every_line_is_there_once(bot: Bot, admin: Phone) -> None:
    count = len(await blocks(admin))
    while admin.offers("更早"):
        await admin.press("更早")
        count += len(admin.last.split("\n\n")) - 1
    with bot.context.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM audit").scalar_one() == count


def test_states_and_reasons_are_told_in_words_that_can_do_no_harm() -> None:
    told = line("assessment", "withdraw", '{"state": "open"}', '{"state": "withdrawn", "reason": "<离职>"}')
    message = audit_message(
        AuditPage([told._replace(about="赵磊")], False), SHIPPED, ZoneInfo("UTC"), "zh-CN", newest=True
    )
    assert "撤销评估 · 赵磊（评估 7）\n状态：未开始 → 已撤销；原因：&lt;离职&gt;" in message.text


@pytest.mark.parametrize(("grade", "words"), [("professional", "职业等"), ("of another day", "of another day")])
def test_a_grade_is_told_by_its_name_where_a_standard_has_it(grade: str, words: str) -> None:
    told = line("assessment", "sign_off", after=f'{{"grade": "{grade}"}}')
    message = audit_message(AuditPage([told], False), SHIPPED, ZoneInfo("UTC"), "zh-CN", newest=True)
    assert message.text.endswith(f"级内等：{words}")


def test_an_empty_log_says_so() -> None:
    message = audit_message(AuditPage([], False), SHIPPED, ZoneInfo("UTC"), "zh-CN", newest=True)
    assert "还没有记录。" in message.text
    assert len(message.rows) == 1


# ——— complete


def kept() -> set[tuple[str, str]]:
    """Record and action of everything that services keep."""
    found = set()
    for _, node in nodes([module for module in MODULES if module.is_relative_to(ROOT / "qualify")]):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr == "keep":
            action, record = node.args[:2]
            if isinstance(action, ast.Constant) and isinstance(record, ast.Constant):
                found.add((str(record.value), str(action.value)))
    return found | {("assessment", event.value) for event in events()}


def events() -> set[Event]:
    """Every event that is moved along and kept."""
    calls = [node for _, node in nodes(MODULES) if isinstance(node, ast.Call)]
    moved = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "move_and_keep"]
    return {Event[call.args[2].attr] for call in moved if isinstance(call.args[2], ast.Attribute)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_kept_can_be_told(language: str) -> None:
    known = set(keys(language))
    assert len(kept()) > 15
    wanted = {f"audit-{record}-{action}".replace("_", "-") for record, action in kept()}
    assert wanted - known == set()
    assert {f"audit-field-{field}".replace("_", "-") for field in FIELDS} - known == set()


def line(record: str, action: str, before: str = "{}", after: str = "{}") -> AuditLine:
    at = datetime(2026, 11, 22, 20, tzinfo=UTC)
    told = Audit(id=1, at=at, action=action, record=record, record_id=7, before=before, after=after)
    return AuditLine(told, "某" * 300, "<b>" * 100)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_longest_lines_fits_a_message(language: str) -> None:
    words = '{"state": "%s", "roles": ["admin", "assessor"], "name": "%s", "reason": "%s", "answer": "%s"}'
    before = words % (AssessmentState.OPEN.value, "甲" * 500, "乙" * 1000, "丙" * 1000)
    after = words % (AssessmentState.EXPIRED.value, "丁" * 500, "戊" * 1000, "己" * 1000)
    lines = [line(record, action, before, after) for record, action in sorted(kept())]
    for start in range(0, len(lines), 6):
        page = AuditPage(lines[start : start + 6], True)
        message = audit_message(page, SHIPPED, ZoneInfo("Asia/Shanghai"), language, newest=False)
        assert "2026-11-23 04:00" in message.text, "the company's time"
        assert len(message.text) < 4096
