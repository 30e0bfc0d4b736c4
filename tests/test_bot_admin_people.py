"""The administrator's people in the chat: the list, finding, cards, invitations, roles, leaving, personal data."""

import json
from typing import Any

import pytest

from qualify.access import Role
from qualify.services.imports import people_list
from qualify.services.imports.tables import Sent
from qualify.services.people import directory, joining
from qualify.services.people import roles as roles_service
from tests.company import OPERATOR
from tests.driver import ASSESSOR, EMPLOYEE, NEWCOMER, STRANGER, Bot
from tests.hr import set_roles
from tests.phone import Phone, buttons

pytest_plugins = ["tests.bot_fixtures"]


def roles_of(bot: Bot, staff_no: str) -> frozenset[Role]:
    return next(roles for person, roles, _ in directory.listed(bot.context, OPERATOR) if person.staff_no == staff_no)


def hire(bot: Bot, *lines: str) -> None:
    """More people: "staff_no,name"."""
    table = Sent("more.csv", "\n".join(["staff_no,name", *lines]).encode())
    people_list.import_people(bot.context, OPERATOR, table)


def link_in(phone: Phone) -> str:
    (copied,) = [button["copy_text"]["text"] for button in buttons(phone.messages()[-1]) if "copy_text" in button]
    assert copied in phone.last
    return str(copied)


def document(bot: Bot, phone: Phone) -> tuple[str, bytes]:
    """The newest file in the chat."""
    files = [message["document"] for message in phone.messages() if "document" in message]
    return files[-1]["file_name"], bot.sandbox.files.get(files[-1]["file_id"]).content


# ——— the list


async def test_everybody_is_listed_with_who_has_not_joined_or_left(bot: Bot, admin: Phone) -> None:
    roles_service.set_active(bot.context, OPERATOR, "Q007", active=False)
    await admin.say("/admin")
    await admin.say("/admin")  # below the question what becomes of their assessment
    await admin.press("人员")
    assert admin.last == "👥 人员\n共 8 人，点名字查看。"
    assert [label for label in admin.labels if "Q00" in label][-2:] == ["何静 · Q007 · 已停用", "马超 · Q008 · 未加入"]
    assert not admin.offers("下一页"), "eight fit one page"


async def test_many_people_stand_on_pages(bot: Bot, admin: Phone) -> None:
    hire(bot, *(f"R{n:02},员工{n}" for n in range(12)))
    await admin.press("人员")
    assert not admin.offers("上一页")
    await admin.press("下一页", "下一页")
    assert [label.split(" · ")[1] for label in admin.labels if " · " in label] == ["R08", "R09", "R10", "R11"]
    assert not admin.offers("下一页")
    await admin.press("上一页")
    assert admin.offers("R07")


async def test_a_page_that_is_no_more_shows_the_last_one(admin: Phone) -> None:
    await admin.press("人员")
    await admin.press_data(admin.messages()[-1]["message_id"], "a99:people")
    assert admin.offers("马超")


async def test_the_way_back_from_a_card_leads_to_its_page(bot: Bot, admin: Phone) -> None:
    hire(bot, *(f"R{n:02},员工{n}" for n in range(12)))
    await admin.press("人员", "下一页", "R03", "返回")
    assert admin.offers("R03")
    await admin.press("R04", "角色", "评审员", "返回", "邀请", "返回", "停用", "恢复", "返回")
    assert admin.offers("R04"), "whatever was done on the way"
    await admin.press("R04", "抹去", "确定抹去", "返回")
    assert (admin.offers("R03"), admin.offers("R04")) == (True, False)


async def test_the_way_back_leads_to_the_menu(admin: Phone) -> None:
    await admin.press("人员", "陈晨", "返回", "返回")
    assert admin.last.startswith("管理\n")


# ——— finding


async def test_a_part_of_a_name_finds_people(admin: Phone) -> None:
    await admin.press("人员", "查找")
    assert "写一部分就行" in admin.last
    await admin.say("静")
    assert admin.last.startswith("🔍 静\n\n👥 人员（1）")
    await admin.press("何静")
    assert admin.last.startswith("何静 · Q007\n政企客户部 · 客户经理")


@pytest.mark.parametrize(("words", "count"), [("q00", 8), ("技术支援", 3), ("  Q004 ", 1)])
async def test_so_does_a_number_or_a_department(admin: Phone, words: str, count: int) -> None:
    await admin.press("人员", "查找")
    await admin.say(words)
    assert f"👥 人员（{count}）" in admin.last


async def test_nobody_found_is_said_and_another_word_can_follow(admin: Phone) -> None:
    await admin.press("人员", "查找")
    await admin.say("<诸葛>" + "长" * 200)
    assert admin.last.startswith("🔍 <诸葛>长长")
    assert "没有相符的人，也没有相符的评估" in admin.last
    await admin.say("周")
    assert admin.offers("周明")


async def test_of_very_many_matches_the_first_are_shown_and_counted(bot: Bot, admin: Phone) -> None:
    hire(bot, *(f"R{n:03},员工{n}" for n in range(80)))
    await admin.say("员工")
    assert "👥 人员（50+）" in admin.last
    await admin.press("全部 50")
    await admin.press("下一页")
    assert admin.offers("R01")


async def test_a_review_in_hand_is_paused_so_that_what_is_typed_is_looked_for(bot: Bot, assessor: Phone) -> None:
    set_roles(bot, "Q002", Role.ASSESSOR, Role.ADMIN)
    await assessor.press_data(assessor.messages()[-1]["message_id"], "a:find")
    await assessor.say("何静")
    assert assessor.last.startswith("🔍 何静")


# ——— one person


async def test_a_card_says_what_an_administrator_needs(admin: Phone) -> None:
    await admin.press("人员", "周明")
    assert admin.last == (
        "周明 · Q002\n政企客户部 · 部门经理\n\n角色：员工、评审员\nTelegram：已加入\n待完成的评审：3 份"
    )
    await admin.press("返回", "孙悦")
    assert admin.last.endswith("最近的评估：\n服务经理任职资格标准 · 三级 · 已发布")


async def test_a_card_knows_who_blocked_the_bot(bot: Bot, admin: Phone) -> None:
    joining.set_blocked(bot.context, EMPLOYEE, blocked=True)
    await admin.press("人员", "陈晨")
    assert "Telegram：已加入，但屏蔽了机器人" in admin.last


async def test_long_names_and_markup_are_cut_and_harmless(bot: Bot, admin: Phone) -> None:
    hire(bot, "<b>R1&,<i>" + "很长的名字" * 40)
    await admin.press("人员", "很长")
    assert admin.last.startswith("<i>很长的名字")
    assert "…" in admin.last
    await admin.press("邀请", "返回", "角色", "返回", "抹去")


async def test_nobody_shuts_themselves_out_or_erases_themselves(admin: Phone) -> None:
    await admin.press("人员", "林雪")
    assert admin.labels == ["🎭 角色", "🔢 换工号", "✏️ 修改", "📱 换账号", "‹ 返回"]
    await admin.press_data(admin.messages()[-1]["message_id"], "a1:person-erase-yes")
    assert admin.toast == "你没有权限做这件事。如果需要，请联系管理员。"
    await admin.press_data(admin.messages()[-1]["message_id"], "a1.0:person-active")
    assert "至少要留一位在职的管理员" in admin.toast


# ——— invitations


async def test_an_invitation_is_a_link_to_copy_that_lets_the_person_in_once(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "马超", "邀请")
    assert "14 天内有效，只能用一次，以前的链接已作废" in admin.last
    link = link_in(admin)
    assert link.startswith("https://t.me/qualify_bot?start=")
    await bot.phone(NEWCOMER).start(link.rpartition("=")[2])
    assert "欢迎，马超！" in bot.phone(NEWCOMER).screen
    await bot.phone(STRANGER).start(link.rpartition("=")[2])
    assert "was used, has expired" in bot.phone(STRANGER).last
    await admin.press("返回")
    assert not admin.offers("邀请"), "who has joined needs no invitation"


async def test_who_joined_meanwhile_or_left_is_not_invited(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "马超")
    invite = admin.button("邀请")
    roles_service.set_active(bot.context, OPERATOR, "Q008", active=False)
    await admin.press_data(*invite)
    assert admin.toast == "没有工号为 Q008 的在职人员。"
    roles_service.set_active(bot.context, OPERATOR, "Q008", active=True)
    await bot.phone(NEWCOMER).start(joining.invite(bot.context, OPERATOR, "Q008"))
    await admin.press_data(*invite)
    assert admin.toast == "马超已经绑定了 Telegram 账号，不需要邀请。"


# ——— roles


async def test_a_role_is_given_and_taken_by_a_press(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "陈晨", "角色")
    assert admin.labels == ["✅ 员工", "▫️ 评审员", "▫️ 管理员", "‹ 返回"]
    await admin.press_twice("评审员")
    assert roles_of(bot, "Q004") == {Role.EMPLOYEE, Role.ASSESSOR}, "pressed twice it is given once"
    await admin.press("员工")
    assert roles_of(bot, "Q004") == {Role.ASSESSOR}
    await admin.press("评审员")
    assert admin.toast == "请至少保留一个角色。"
    assert roles_of(bot, "Q004") == {Role.ASSESSOR}


async def test_the_last_administrator_stays_one(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "林雪", "角色", "管理员", "去掉我的")
    assert admin.toast == "至少要留一位在职的管理员。请先让另一个人成为管理员。"
    assert Role.ADMIN in roles_of(bot, "Q001")
    await admin.press("返回")
    assert admin.offers("✅ 管理员")


async def test_who_would_give_the_own_role_away_is_asked_first(bot: Bot, admin: Phone) -> None:
    roles_service.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN})
    await admin.press("人员", "林雪", "角色", "管理员")
    assert admin.last == "去掉你自己的管理员角色？去掉后管理菜单会收起，只有别的管理员能再给你。"
    assert [button.get("style") for button in buttons(admin.messages()[-1])] == ["danger", None]
    assert Role.ADMIN in roles_of(bot, "Q001"), "nothing has happened yet"
    await admin.press("返回")
    assert admin.offers("✅ 管理员")


async def test_whose_only_role_it_is_is_not_even_asked(bot: Bot, admin: Phone) -> None:
    roles_service.set_roles(bot.context, OPERATOR, "Q001", {Role.ADMIN})
    await admin.press("人员", "林雪", "角色", "管理员")
    assert admin.toast == "请至少保留一个角色。"
    assert admin.offers("✅ 管理员")


async def test_nobody_gives_somebody_elses_role_away_by_that_button(bot: Bot, admin: Phone) -> None:
    roles_service.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN})
    await admin.press_data(admin.messages()[-1]["message_id"], "a2:person-give-up")
    assert "这一屏已经过期" in admin.toast
    assert Role.ADMIN in roles_of(bot, "Q002")


async def test_who_gives_the_own_role_away_is_told_that_the_menu_is_closed(bot: Bot, admin: Phone) -> None:
    roles_service.set_roles(bot.context, OPERATOR, "Q002", {Role.ADMIN})
    await admin.press("人员", "林雪", "角色", "管理员", "去掉我的")
    assert admin.last == "林雪不再是管理员，管理菜单已收起。"
    assert admin.labels == [], "no button would do anything any more"
    await admin.say("/admin")
    assert admin.last == "你没有权限做这件事。如果需要，请联系管理员。"


@pytest.mark.parametrize("data", ["a4.2:person-active", "a4:person-active", "a4.1.0.0:person-active"])
async def test_somebody_is_only_let_in_or_shut_out(bot: Bot, admin: Phone, data: str) -> None:
    await admin.press_data(admin.messages()[-1]["message_id"], data)
    assert "这一屏已经过期" in admin.toast
    await admin.press("人员")
    assert not any("已停用" in label for label in admin.labels)


@pytest.mark.parametrize("data", [f"a{numbers}:person-role" for numbers in ("4.3.1", "4.0.2", "4.0.1.0.0", "4.0", "")])
async def test_a_role_that_no_button_offers_is_refused(bot: Bot, admin: Phone, data: str) -> None:
    await admin.press_data(admin.messages()[-1]["message_id"], data)
    assert "这一屏已经过期" in admin.toast
    assert roles_of(bot, "Q004") == {Role.EMPLOYEE}


# ——— leaving and coming back


async def test_somebody_who_leaves_is_shut_out_and_let_in_again(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "周明")
    await admin.press_twice("停用")
    assert "⏸ 已停用：不能使用，也收不到消息。" in admin.last
    await bot.phone(ASSESSOR).say("/reviews")
    assert "请打开管理员发给你的邀请链接" in bot.phone(ASSESSOR).last
    await admin.press("恢复")
    assert admin.offers("停用")
    await bot.phone(ASSESSOR).say("/reviews")
    assert "3 份评审" in bot.phone(ASSESSOR).last


# ——— one person at a time


async def test_somebody_new_is_added_with_one_line(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "添加")
    await admin.say("N1")
    assert "没看懂这一行，收到 1 项" in admin.last
    await admin.say("Q004，马超")
    assert "工号 Q004 已经是陈晨的" in admin.last
    await admin.say("N1，Ma Chao，政企客户部")
    assert admin.last.startswith("Ma Chao · N1\n政企客户部")
    assert admin.offers("邀请")
    await bot.again()
    assert roles_of(bot, "N1") == {Role.EMPLOYEE}
    await admin.press("返回", "添加")
    await admin.say("N2 许诺 政企客户部 主管 4")
    assert admin.last.startswith("许诺 · N2\n政企客户部 · 主管 · 4")


async def test_a_manager_is_typed_by_number_or_name_and_never_closes_a_circle(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "陈晨", "修改", "上级")
    assert admin.last == "陈晨的上级（工号或姓名）现在是：周明。请发新的，发“-”就清空："
    await admin.say("吴倩")
    assert "上级：吴倩 · Q003" in admin.last
    await admin.press("修改", "上级")
    await admin.say("Q004")
    assert "不能做自己的上级" in admin.last
    await admin.say("-")
    assert "上级" not in admin.last


async def test_a_field_is_changed_and_emptied_but_not_the_name(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "陈晨", "修改", "岗位")
    assert "陈晨的岗位现在是：客户经理" in admin.last
    await admin.say("主管")
    assert "主管" in admin.last
    await admin.press("修改", "岗位")
    await admin.say("-")
    assert "主管" not in admin.last
    await admin.press("修改", "姓名")
    await admin.say("-")
    assert admin.last == "姓名不能为空。"
    await admin.say("陈辰")
    assert admin.last.startswith("陈辰 · Q004")


async def test_a_day_of_hiring_and_appraisals_stand_on_the_card_once_they_are_known(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "陈晨")
    assert "入职" not in admin.last
    await admin.press("修改", "入职日期")
    assert admin.last == "陈晨的入职日期（如 2024-03-01）现在是：空。请发新的，发“-”就清空："
    await admin.say("去年")
    assert admin.last == "日期应写成 2026-03-01 这样，收到的是“去年”。"
    await admin.say("2024/3/1")
    await admin.press("修改", "考核")
    await admin.say("A, B、B")
    assert "\n入职 2024-03-01 · 考核 A、B、B\n" in admin.last
    await admin.press("修改", "考核")
    assert "现在是：A、B、B。" in admin.last
    await admin.say("-")
    assert "\n入职 2024-03-01\n" in admin.last
    await admin.say("/admin")
    await admin.press("操作记录")
    assert "考核：A、B、B" in admin.last


# ——— another account


async def test_a_lost_phone_is_changed_for_another_with_everything_on_it(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "周明", "换账号")
    assert "原账号立即停用" in admin.last
    link, old, new = link_in(admin), bot.phone(ASSESSOR), bot.phone(STRANGER)
    await old.start()
    await old.press("3级")
    await new.say(f"/start {link.partition('=')[2]}")
    assert "周明" in new.screen
    assert "陈晨" in new.last, "the review in hand is drawn anew"
    assert old.last.startswith("周明已换到另一个 Telegram 账号")
    await old.say("/reviews")
    assert "请打开管理员发给你的邀请链接" in old.last
    await bot.again()
    assert new.offers("达到")


# ——— another staff number


async def test_somebody_gets_another_staff_number_after_a_look_at_both(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "陈晨", "换工号")
    assert "陈晨现在的工号是 Q004" in admin.last
    await admin.say(" Q005 ")
    assert "工号 Q005 已经是" in admin.last, "another can be typed"
    await admin.say("T77")
    assert admin.last.startswith("陈晨的工号：Q004 → T77。")
    await admin.press_twice("换成 T77")
    assert admin.last.startswith("陈晨 · T77")
    await bot.again()
    assert [each.staff_no for each, _, _ in directory.listed(bot.context, OPERATOR)].count("T77") == 1


async def test_a_number_that_waits_is_taken_back_by_anything_else(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "陈晨", "换工号")
    await admin.say("T77")
    message_id, do = admin.button("换成 T77")
    await admin.press("返回")
    await admin.press_data(message_id, do)
    assert "这一屏已经过期" in admin.toast
    assert "T77" not in [each.staff_no for each, _, _ in directory.listed(bot.context, OPERATOR)]


# ——— personal data


async def test_everything_about_a_person_comes_as_a_document(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "孙悦", "导出个人数据")
    name, content = document(bot, admin)
    kept: dict[str, Any] = json.loads(content)
    assert name == "person-6.json"
    assert kept["person"]["name"] == "孙悦"
    assert [each["state"] for each in kept["assessments"]] == ["published"]
    assert "protect_content" not in bot.sandbox.sent("sendDocument")[-1], "it is meant to be handed on"


async def test_erasing_says_first_what_goes_and_what_stays(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "马超", "抹去")
    assert "会抹去：姓名、工号" in admin.last
    assert "会保留：不带姓名的评分与结果，以及操作记录（不能改动，里面仍有姓名）。" in admin.last
    (confirm,) = [button for button in buttons(admin.messages()[-1]) if "确定" in button["text"]]
    assert confirm["style"] == "danger"
    await admin.press("返回")
    assert admin.last.startswith("马超"), "nothing is erased yet"


async def test_erased_somebody_is_gone_from_the_list_and_a_stranger_in_the_chat(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "孙悦", "抹去")
    erase = admin.button("确定抹去孙悦")
    await admin.press_data(*erase)
    assert admin.last == "孙悦的个人数据已抹去。"
    await admin.press_data(*erase)
    assert admin.toast == "没有找到这个人，可能已被抹去。"
    await admin.press("返回")
    assert not admin.offers("孙悦")
    await bot.phone(1006).say("/result")
    assert "请打开管理员发给你的邀请链接" in bot.phone(1006).last


async def test_who_owes_reviews_is_not_erased(bot: Bot, admin: Phone) -> None:
    await admin.press("人员", "周明", "抹去", "确定抹去周明")
    assert "周明" in admin.toast
    assert admin.offers("确定抹去周明"), "the screen stays"
    await admin.press("返回")
    assert admin.last.startswith("周明")


async def test_an_invitation_nobody_asked_for_leaves_nothing_behind(bot: Bot, admin: Phone) -> None:
    with bot.context.database.reading() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM invite").scalar_one()
    await admin.press_data(admin.messages()[-1]["message_id"], "a99:person-invite")
    assert admin.toast == "没有找到这个人，可能已被抹去。"
    with bot.context.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM invite").scalar_one() == before
