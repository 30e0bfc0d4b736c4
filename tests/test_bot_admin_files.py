"""Lists of people and scores that an administrator sends in the chat: tried, shown, taken in whole, or refused."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from bot import jobs
from bot.handlers.admin import files
from bot.sandbox.errors import ApiError, bad_request
from bot.sandbox.files import MOST_DOWNLOAD_BYTES
from qualify.access import Role
from qualify.services import typed_answers
from qualify.services.imports.received import MOST_ROWS
from qualify.services.people import directory, joining
from qualify.services.people import roles as roles_service
from qualify.storage import people as stored_people
from tests.company import OPERATOR, listed_scores
from tests.driver import ADMIN, EMPLOYEE, STRANGER, Bot, bot_on, evidence, zhou_at_work
from tests.phone import Phone, buttons
from tests.test_bot_jobs import held_up, presses

pytest_plugins = ["tests.bot_fixtures"]

TWENTY = [[f"N{n:03}", f"新人{n}", "政企客户部", "评审员" if n % 2 else ""] for n in range(18)]
CHANGED = [["Q004", "陈晨", "技术支援部", ""], ["Q005", "赵磊磊", "技术支援部", ""]]
PEOPLE = [["工号", "姓名", "部门", "角色"], *TWENTY, *CHANGED]
SCORES = [
    ["staff_no", "standard", "subject", "score", "taken_on"],
    ["Q005", "service-manager", "specialist", "91", "2026-11-01"],
    ["Q005", "service-manager", "product", "455", "2026/11/1"],
]


def csv(lines: list[list[str]], encoding: str = "utf-8") -> bytes:
    return "".join(",".join(line) + "\n" for line in lines).encode(encoding)


def xlsx(lines: list[list[str]]) -> bytes:
    book, data = Workbook(), BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(data)
    return data.getvalue()


def staff(bot: Bot) -> dict[str, tuple[str, str, frozenset[Role]]]:
    return {
        person.staff_no: (person.name, person.department, roles)
        for person, roles, _ in directory.listed(bot.context, OPERATOR)
    }


def scores(bot: Bot) -> dict[str, Decimal]:
    with bot.context.database.reading() as connection:
        person = stored_people.by_staff_no(connection, "Q005")
        assert person is not None
    return listed_scores(bot.context, person.id, date(2026, 11, 22))


def asked(bot: Bot) -> str:
    """What the administrator was asked."""
    who = joining.find(bot.context, ADMIN)
    assert who is not None
    return who.asked


def audited(bot: Bot) -> int:
    with bot.context.database.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM audit WHERE action = 'import'").scalar_one())


# ——— people


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.csv", csv(PEOPLE)),
        ("名单.csv", csv(PEOPLE, "gb18030")),
        ("名单.CSV", csv(PEOPLE, "utf-8-sig")),
        ("名单.xlsx", xlsx(PEOPLE)),
    ],
    ids=["utf-8", "gb18030", "utf-8-sig", "xlsx"],
)
async def test_twenty_people_come_from_one_file(bot: Bot, admin: Phone, name: str, content: bytes) -> None:
    before = staff(bot)
    await admin.send_document(name, content)
    assert admin.last == (
        f"📄 {name}\n共 20 人：新增 18，更新 2，不变 0\n"
        "新增：新人0、新人1、新人2、新人3、新人4、新人5、新人6、新人7、新人8、新人9、…\n"
        "陈晨（Q004） 部门：政企客户部 → 技术支援部\n赵磊（Q005） 姓名：赵磊 → 赵磊磊\n\n还没有导入任何内容。要导入吗？"
    )
    assert (admin.labels, staff(bot)) == (["✅ 导入 20", "放弃"], before)
    await admin.press("✅ 导入 20")
    assert admin.last == "✅ 已导入。\n共 20 人：新增 18，更新 2，不变 0"
    assert len(staff(bot)) == len(before) + 18
    assert staff(bot)["N001"] == ("新人1", "政企客户部", {Role.ASSESSOR})
    assert staff(bot)["Q005"] == ("赵磊磊", "技术支援部", {Role.EMPLOYEE})
    await admin.press("人员")
    assert "共 26 人" in admin.last


async def test_pressed_twice_a_file_is_taken_in_once(bot: Bot, admin: Phone) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    take = admin.button("导入 20")
    await admin.press_twice("导入 20")
    assert audited(bot) == 20
    await admin.press_data(*take)
    assert admin.toast == "这个文件已经处理过，或者你又发了新的。要导入请再发一次。"
    assert audited(bot) == 20


async def test_a_file_that_changes_nothing_is_not_offered(admin: Phone) -> None:
    await admin.send_document("名单.csv", csv([["工号", "姓名"], ["Q004", "陈晨"]]))
    assert admin.last.endswith("共 1 人：新增 0，更新 0，不变 1\n内容与现有的一致，不用导入。")
    assert admin.labels == ["‹ 返回"]


async def test_a_file_left_alone_is_gone(bot: Bot, admin: Phone) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    take = admin.button("导入 20")
    await admin.press("放弃")
    assert admin.last == "好的，没有导入任何内容。"
    await admin.press_data(*take)
    assert "已经处理过" in admin.toast
    assert audited(bot) == 0


async def test_an_older_files_button_takes_nothing_in(bot: Bot, admin: Phone) -> None:
    await admin.send_document("旧.csv", csv(PEOPLE))
    older = admin.button("导入 20")
    await admin.send_document("新.csv", csv([["工号", "姓名"], ["N900", "许诺"]]))
    await admin.press_data(*older)
    assert "又发了新的" in admin.toast
    assert audited(bot) == 0


async def test_whatever_else_is_done_takes_the_file_back(bot: Bot, admin: Phone) -> None:
    for deed in ("/help", "/admin"):
        await admin.send_document("名单.csv", csv(PEOPLE))
        take = admin.button("导入 20")
        await admin.say(deed)
        await admin.press_data(*take)
        assert "已经处理过" in admin.toast
    assert audited(bot) == 0


async def test_words_while_a_file_waits_are_answered_and_the_file_waits_further(bot: Bot, admin: Phone) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    await admin.say("好的")
    assert admin.last == "文件还没有导入。请点上面的“导入”或“放弃”。"
    await admin.press("导入 20")
    assert audited(bot) == 20


async def test_a_file_waits_also_through_a_restart(bot: Bot, admin: Phone) -> None:
    await admin.send_document("名 单.csv", csv(PEOPLE))
    async with bot_on(bot.context, bot.sandbox) as later:
        await later.phone(admin.user_id).press("导入 20")
    assert audited(bot) == 20


async def test_what_changed_since_is_checked_when_the_file_is_taken_in(bot: Bot, admin: Phone) -> None:
    roles_service.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN})
    await admin.send_document("名单.csv", csv([["工号", "姓名", "角色"], ["Q001", "林雪", "员工"]]))
    roles_service.set_roles(bot.context, OPERATOR, "Q002", {Role.ASSESSOR})
    await admin.press("导入 1")
    assert "至少要留一位在职的管理员" in admin.last
    assert staff(bot)["Q001"][2] == {Role.EMPLOYEE, Role.ADMIN}


async def test_a_list_may_hand_the_administration_over(bot: Bot, admin: Phone) -> None:
    handed_over = [["Q001", "林雪", "员工"], ["Q002", "周明", "管理员"]]
    await admin.send_document("名单.csv", csv([["工号", "姓名", "角色"], *handed_over]))
    await admin.press("导入 2")
    assert staff(bot)["Q001"][2] == {Role.EMPLOYEE}
    await admin.say("/admin")
    assert "你没有权限" in admin.last


async def test_the_last_administrator_is_not_taken_away_by_a_list(bot: Bot, admin: Phone) -> None:
    await admin.send_document("名单.csv", csv([["工号", "姓名", "角色"], ["Q001", "林雪", "员工"]]))
    assert "至少要留一位在职的管理员" in admin.last
    assert admin.labels == []


# ——— while it goes on beside everything else


async def test_a_confirmed_import_that_a_stop_breaks_off_still_waits_for_its_button(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "FINISH_SECONDS", 0)
        held_up(patch)
        await presses(bot, admin, "导入 20")
        assert admin.toast == "正在导入，好了告诉你。"
        await bot.app.runtime.jobs.finish()
    assert "没做完" in admin.last
    assert "the bot stopped" in bot.complained()
    async with bot_on(bot.context, bot.sandbox) as later:
        await later.phone(admin.user_id).press("导入 20")
    assert admin.messages()[-2]["text"] == "✅ 已导入。\n共 20 人：新增 18，更新 2，不变 0"
    assert audited(bot) == 20


async def test_whatever_is_done_while_it_is_taken_in_does_not_take_it_back(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    gate = held_up(monkeypatch)
    await presses(bot, admin, "导入 20")
    for words, answer in (("/help", "/admin"), ("好的", "上一件还在进行")):
        bot.sandbox.say(admin.user_id, words)
        await bot.poller.poll(0)
        assert answer in admin.last
    bot.sandbox.send_document(admin.user_id, "又一份.csv", csv(PEOPLE))
    await bot.poller.poll(0)
    assert "上一件还在进行" in admin.last
    gate.set()
    await bot.settle()
    assert audited(bot) == 20


async def test_a_file_waits_from_the_moment_it_came_and_not_longer_than_it_can_be_taken_in(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    for table, waits in (([["工号", "姓名"], ["N1", ""]], False), (PEOPLE, True)):
        with monkeypatch.context() as patch:
            gate = held_up(patch)
            bot.sandbox.send_document(admin.user_id, "名单.csv", csv(table))
            await bot.poller.poll(0)
            assert asked(bot).startswith("file ")
            gate.set()
            await bot.settle()
        assert bool(asked(bot)) == waits


async def test_a_file_that_takes_too_long_to_read_is_given_up(
    admin: Phone, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_SECONDS", 0)
    await admin.send_document("名单.csv", csv(PEOPLE))
    assert admin.last == "名单.csv 读了 0 秒还没读完。请另存为 CSV，或分成几个文件发。"
    assert asked(bot) == ""


async def test_a_question_that_came_in_between_is_not_lost(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = held_up(monkeypatch)
    bot.sandbox.send_document(admin.user_id, "名单.csv", csv(PEOPLE))
    await bot.poller.poll(0)
    typed_answers.ask(bot.context, admin.user_id, "people-search")
    gate.set()
    await bot.settle()
    assert asked(bot) == "people-search"
    await admin.press("导入 20")
    assert "已经处理过，或者你又发了新的" in admin.toast


async def test_a_file_whose_question_was_answered_otherwise_meanwhile_is_not_taken_in(
    bot: Bot, admin: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    gate = held_up(monkeypatch)
    await presses(bot, admin, "导入 20")
    typed_answers.take_back(bot.context, admin.user_id)
    gate.set()
    await bot.settle()
    assert admin.last == "这个文件已经处理过，或者你又发了新的。要导入请再发一次。"
    assert audited(bot) == 0


# ——— scores


async def test_scores_are_taken_in_equally(bot: Bot, admin: Phone) -> None:
    before = scores(bot)
    await admin.send_document("成绩.xlsx", xlsx(SCORES))
    assert admin.last == (
        "📄 成绩.xlsx\n共 2 个成绩\n"
        "＋ 赵磊（Q005） 服务经理专业知识 2026-11-01 91\n＋ 赵磊（Q005） 综合类产品知识 2026-11-01 455\n\n"
        "还没有导入任何内容。要导入吗？"
    )
    assert scores(bot) == before
    await admin.press("✅ 导入 2")
    assert admin.last == "✅ 已导入。\n共 2 个成绩"
    assert scores(bot) == {"specialist": Decimal(91), "product": Decimal(455)}
    assert audited(bot) == 1


async def test_scores_that_became_wrong_meanwhile_are_refused_with_their_faults(bot: Bot, admin: Phone) -> None:
    await admin.send_document("成绩.csv", csv(SCORES))
    before = scores(bot)
    roles_service.set_active(bot.context, OPERATOR, "Q005", active=False)
    await admin.press("导入 2")
    assert "第 2 行“工号”：没有工号为 Q005 的在职人员。" in admin.screen
    assert scores(bot) == before


# ——— faults


async def test_every_fault_is_named_by_row_and_column_with_what_would_be_right(bot: Bot, admin: Phone) -> None:
    before = staff(bot)
    table = [["工号", "姓名", "角色"], ["N1", "", "经理"], ["N2", "马超", "员工"], ["N2", "许诺", "员工"]]
    await admin.send_document("名单.csv", csv(table))
    assert admin.last == (
        "名单.csv 有 3 处需要修改，没有导入任何内容。\n\n第 2 行“姓名”：不能为空\n"
        "第 2 行“角色”：没有角色“经理”，可用：employee, assessor, admin, 员工, 评审员, 管理员。\n"
        "第 4 行“工号”：与第 3 行重复\n\n改好后再发一次就行。"
    )
    assert (admin.labels, staff(bot)) == ([], before)


async def test_an_english_speaker_reads_english_columns(admin: Phone) -> None:
    await admin.say("/settings")
    await admin.press("English")
    await admin.send_document("scores.csv", csv([SCORES[0], ["Q005", "service-manager", "specialist", "191", "soon"]]))
    assert "Row 2, “taken_on”" in admin.last
    assert "工号" not in admin.last


async def test_of_many_and_long_faults_the_first_are_listed_and_the_others_counted(admin: Phone) -> None:
    table = [["工号", "姓名", "角色"], *([f"N{n}", "某人", "经" * 900] for n in range(40))]
    await admin.send_document("名单.csv", csv(table))
    assert admin.last.count("没有角色") == 15
    assert "还有 25 处。" in admin.last


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"a,b\n1,2\n", "名单要有 工号、姓名"),
        ("a.csv", b"\x00\x01\x02", "a.csv 打不开。请发送 UTF-8 或 GB18030 编码的 CSV 文件，或 XLSX 文件。"),
        ("a.xlsx", b"PK no workbook", "a.xlsx 打不开。"),
        ("a.csv", "工号,姓名,科目\nQ005,赵磊,x\n".encode(), "成绩单要有 工号、标准、科目、成绩、考试日期"),
        ("a.csv", "工号,姓名\n".encode(), "a.csv 除了列名没有内容。"),
        ("a.csv", b"staff_no,name\n" + b"N1,x\n" * (MOST_ROWS + 1), f"一次最多 {MOST_ROWS} 行"),
    ],
)
async def test_a_file_that_cannot_be_used_gets_a_clear_sentence(
    bot: Bot, admin: Phone, name: str, content: bytes, words: str
) -> None:
    before = staff(bot)
    await admin.send_document(name, content)
    assert words in admin.last
    assert (admin.labels, staff(bot)) == ([], before)


async def test_a_file_too_big_to_be_fetched_is_refused_unfetched(bot: Bot, admin: Phone) -> None:
    await admin.send_document("a.csv", bytes(MOST_DOWNLOAD_BYTES + 1))
    assert admin.last == "文件太大，最大 20 MB。请分成几个文件发。"
    assert bot.sandbox.sent("getFile") == []


async def test_one_that_telegram_finds_too_big_as_well(bot: Bot, admin: Phone) -> None:
    bot.sandbox.fail_next("getFile", bad_request("file is too big"))
    await admin.send_document("a.csv", csv(PEOPLE))
    assert "文件太大" in admin.last


async def test_a_file_that_cannot_be_fetched_now_may_be_tried_again(bot: Bot, admin: Phone) -> None:
    away = ApiError(502, "Bad Gateway")
    bot.sandbox.fail_next("getFile", away, times=6)
    await admin.send_document("a.csv", csv(PEOPLE))
    assert admin.last == "没能取到这个文件。请稍后再试，或再发一次。"
    await admin.send_document("a.csv", csv(PEOPLE))
    bot.sandbox.fail_next("getFile", away, times=6)
    await admin.press("导入 20")
    assert "没能取到这个文件" in admin.last
    await admin.press("导入 20")
    assert audited(bot) == 20


# ——— who and when


async def test_with_a_review_in_hand_a_file_is_evidence_until_the_menu_is_opened(bot: Bot) -> None:
    roles_service.set_roles(bot.context, OPERATOR, "Q002", {Role.ASSESSOR, Role.ADMIN})
    phone = await zhou_at_work(bot)
    await phone.send_document("名单.csv", csv(PEOPLE))
    assert [each.kind for each in evidence(bot)] == ["document"]
    await phone.say("/admin")
    await phone.send_document("名单.csv", csv(PEOPLE))
    assert "新增 18" in phone.last
    assert len(evidence(bot)) == 1


async def test_a_forwarded_file_is_taken_as_well(admin: Phone) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    (sent,) = [
        message["message_id"] for message in admin.messages() if "document" in message and not message["from"]["is_bot"]
    ]
    await admin.forward(sent)
    assert "新增 18" in admin.last


async def test_others_who_send_a_file_get_what_they_always_got(bot: Bot) -> None:
    for user_id, words in ((EMPLOYEE, "我没看懂"), (STRANGER, "open the invitation link")):
        await bot.phone(user_id).send_document("名单.csv", csv(PEOPLE))
        assert words in bot.phone(user_id).last
    assert bot.sandbox.sent("getFile") == []
    phone = await zhou_at_work(bot)
    await phone.send_document("名单.csv", csv(PEOPLE))
    assert len(evidence(bot)) == 1


async def test_who_was_an_administrator_takes_nothing_in_any_more(bot: Bot, admin: Phone) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    roles_service.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN})
    roles_service.set_roles(bot.context, OPERATOR, "Q001", {Role.EMPLOYEE})
    await admin.press("导入 20")
    assert admin.toast == "你没有权限做这件事。如果需要，请联系管理员。"
    assert audited(bot) == 0


async def test_a_forged_button_without_a_file_is_stale(bot: Bot, admin: Phone) -> None:
    for data in ("a:file-apply", "a1:file-apply", "a:file-drop", "a1.2:file-drop"):
        await admin.press_data(admin.messages()[-1]["message_id"], data)
        assert "已经处理过" in admin.toast


async def test_the_buttons_say_what_they_do(admin: Phone) -> None:
    await admin.send_document("名单.csv", csv(PEOPLE))
    take, leave = buttons(admin.messages()[-1])
    assert (take["style"], leave.get("style")) == ("success", None)


# ——— what the preview says holds


async def test_who_is_away_comes_back_by_a_button_of_its_own_only(bot: Bot, admin: Phone) -> None:
    def is_here() -> bool:
        return {person.staff_no: person.active for person, *_ in directory.listed(bot.context, OPERATOR)}["Q006"]

    roles_service.set_active(bot.context, OPERATOR, "Q006", active=False)
    name = staff(bot)["Q006"][0]
    lines = csv([["工号", "姓名", "联系电话"], ["ｑ006", name, "13800000000"]])
    await admin.send_document("a.csv", lines)
    assert f"名单里有已停用的人：{name}（Q006）。" in admin.last
    assert "没有用到的列：联系电话" in admin.last
    await admin.press("✅ 导入 1")
    assert not is_here()
    await admin.send_document("a.csv", lines)
    await admin.press("1 人恢复在职")
    assert is_here()
    assert admin.last.startswith("✅ 已导入。")


async def test_what_changed_since_the_preview_is_shown_and_asked_again(bot: Bot, admin: Phone) -> None:
    await admin.send_document("a.csv", csv([["工号", "姓名"], ["Q005", "赵磊磊"]]))
    roles_service.set_active(bot.context, OPERATOR, "Q005", active=False)
    await admin.press("✅ 导入 1")
    assert "预览之后人员资料有了变化，没有导入任何内容。" in admin.screen
    assert staff(bot)["Q005"][0] == "赵磊"
    await admin.press("✅ 导入 1")
    assert staff(bot)["Q005"][0] == "赵磊磊"


async def test_a_guessed_encoding_is_said_and_a_long_preview_comes_as_a_file(admin: Phone) -> None:
    lines = [["工號", "姓名"], *([f"T{number}", "張偉"] for number in range(11))]
    await admin.send_document("a.csv", csv(lines, "big5"))
    assert "编码是猜的（Big5）" in admin.last
    (file,) = [each["document"] for each in admin.messages() if "document" in each and each["from"]["is_bot"]]
    assert file["file_name"] == "全部变化.txt"


async def test_a_template_is_one_press_away_and_may_come_back_as_it_is(bot: Bot, admin: Phone) -> None:
    before = staff(bot)
    await admin.say("/admin")
    await admin.press("人员")
    await admin.press("人员模板")
    await admin.press("成绩模板")
    files = [each for each in admin.messages() if "document" in each]
    assert [(each["document"]["file_name"], each["caption"]) for each in files] == [
        ("人员.xlsx", "填好后直接发到这里。"),
        ("考试成绩.xlsx", "填好后直接发到这里。"),
    ]
    for file in files:
        await admin.forward(file["message_id"])
        assert "除了列名没有内容" in admin.last
    assert staff(bot) == before
