"""Reading a standard in the chat: /standard, ℹ️ while rating, and from a result what to learn next."""

import re

import pytest

from bot.buttons import MAX_BYTES, To, command
from bot.render.message import units
from bot.render.standard import CHOICES, SECTIONS, OpenStandard, Place, choice_message, element_message, section_message
from qualify.paths import STANDARDS
from qualify.services import reading, typed_answers
from qualify.services.people import joining, preferences
from qualify.services.reading import LevelChoice
from qualify.standard import Level, Standard, Text, shipped
from qualify.storage.columns import LARGEST_ID
from qualify.texts import LANGUAGES, say
from tests.driver import (
    ADMIN,
    ASSESSOR,
    EMPLOYEE,
    EMPLOYEE_A,
    EMPLOYEE_DONE,
    NEWCOMER,
    SECOND_ASSESSOR,
    STRANGER,
    Bot,
    zhou_at_work,
)
from tests.phone import Phone, buttons, walk

pytest_plugins = ["tests.bot_fixtures"]

STALE = say("zh-CN", "error-stale")
DEFINITION = "渴望成功、追求卓越，不断为自己定下更高、更新的目标。"
OF_LEVEL_3 = "基础知识全面，具备基本技能；在自己负责的范围内能独立操作和应用，不需要或只需少量指导。"
AT_LEVEL_3 = (
    "有上进心，不满足于现有成绩，力求做得更好",
    "持续改进工作质量，提升工作效率",
    "遇到困难任务不退缩，敢于担当",
    "不甘于平均业绩，目标切合实际又适度超越，争取领先",
)


@pytest.fixture
async def employee(bot: Bot) -> Phone:
    """An employee's phone, the levels to choose from on it."""
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    await phone.say("/standard")
    return phone


def numbers(phone: Phone) -> list[str]:
    return [label for label in phone.labels if label.isdigit()]


# ——— /standard


async def test_somebody_new_finds_what_an_element_asks_for_at_a_level_in_three_deeds(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_A)
    await phone.start()
    phone.deeds = 0
    await phone.say("/standard")
    await phone.press("3级（中级） · 客户经理能力素质模型")
    number = re.search(r"^(\d+)\. 成就导向$", phone.last, re.MULTILINE)
    assert number is not None
    await phone.press(number[1])
    assert phone.deeds == 3
    assert phone.last.startswith("客户经理能力素质模型 · 3级（中级）\n\n成就导向\n" + DEFINITION)
    for each in AT_LEVEL_3:
        assert each in phone.last
    assert OF_LEVEL_3 in phone.last


async def test_a_level_has_a_number_for_every_element_that_it_rates(bot: Bot, employee: Phone) -> None:
    choices = reading.choices(bot.context, 4)
    assert len(choices) == len(employee.labels) == 7
    for each, label in zip(choices, employee.labels, strict=True):
        await employee.press(label)
        asked = each.standard.elements_at(each.level.id)
        assert numbers(employee) == [str(number) for number in range(1, len(asked) + 1)]
        assert all(element.name.zh in employee.last for element in asked)
        await employee.press(numbers(employee)[-1])
        assert f"\n\n{asked[-1].name.zh}" in employee.last
        await employee.press("换标准或级别")


async def test_it_is_one_message_that_is_turned(bot: Bot, employee: Phone) -> None:
    before = len(employee.messages())
    await employee.press("3级", "1", "2 ›", "‹ 1", "⬆️ 2级", "⬇️ 3级", "全部要素", "怎么评", "全部要素", "换标准")
    assert employee.last.startswith("📘 想看哪一级的标准？")
    assert len(employee.messages()) == before


async def test_ones_own_level_comes_first(bot: Bot, employee: Phone) -> None:
    assert employee.labels[0] == "⭐ 2级（高级） · 客户经理能力素质模型", "of the newest assessment"
    assert [label for label in employee.labels if "⭐" in label] == employee.labels[:1]
    assert employee.last == "📘 想看哪一级的标准？⭐ 是你的。"
    for user_id, own in ((EMPLOYEE_DONE, "⭐ 三级 · 服务经理任职资格标准"), (ADMIN, None)):
        phone = bot.phone(user_id)
        await phone.start()
        await phone.say("/standard")
        assert (phone.labels[0] == own) is ("⭐" in phone.last)


async def test_every_section_leads_back(employee: Phone) -> None:
    await employee.press("四级")
    for label, told in (
        ("讲的是什么", "由这几部分组成"),
        ("怎么评", "· 项目策划：有一次以上重大服务销售项目的经验"),
        ("考试", "综合类产品知识：满分 500，占 50%"),
        ("复习范围", "岗位认知与办事处运作"),
        ("约定", "· 级内等怎样划分。"),
    ):
        await employee.press(label)
        assert told in employee.last
        await employee.press("全部要素")
        assert employee.last.startswith("服务经理任职资格标准 · 四级\n\n客户信息收集与客户关系规划\n1. ")


async def test_a_level_leads_to_those_around_it(employee: Phone) -> None:
    await employee.press("4级", "14")
    assert [label for label in employee.labels if "级" in label] == ["⬆️ 3级（中级）", "☰ 换标准或级别"]
    await employee.press("⬆️ 3级", "⬆️ 2级", "⬆️ 1级")
    assert employee.last.startswith("客户经理能力素质模型 · 1级（资深）\n\n需求分析能力")
    assert not employee.offers("⬆️")


async def test_an_element_that_the_level_does_not_rate_says_so_and_leads_on(employee: Phone) -> None:
    await employee.press("四级", "9")
    assert "\n\n制定服务产品规划 （3 分）\n" in employee.last
    await employee.press("⬇️ 三级")
    assert "三级\n这一级不评这个要素。" in employee.last
    assert employee.labels[1:4] == ["‹ 8", "☰ 全部要素", "9 ›"]
    await employee.press("9 ›")
    assert "服务产品推广计划实施过程 （10 分）" in employee.last


async def test_in_english_too(bot: Bot, employee: Phone) -> None:
    preferences.set_language(bot.context, EMPLOYEE, "en")
    await employee.say("/standard")
    assert employee.last == "📘 Which level would you like to read? ⭐ is yours."
    for label in ("Level 3 (intermediate)", "How it is rated", "All elements", "Exams", "All elements", "1"):
        await employee.press(label)
        assert not re.search("[一-鿿]", employee.last.partition("Source: ")[0])
    assert "Level 3 (intermediate) asks for\n" in employee.last


def chosen(standard: Standard, level: Level, *, number: int = 0, page: int = 0) -> OpenStandard:
    place = Place(reading.mark(standard), standard.levels.index(level), number, page)
    return OpenStandard(place, LevelChoice(standard, level))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standard", shipped(STANDARDS).all(), ids=lambda each: f"{each.id}-{each.version}")
def test_no_page_is_longer_than_a_message_and_the_pages_hold_everything(standard: Standard, language: str) -> None:
    for level in standard.levels:
        for number, _ in enumerate(standard.all_elements()):
            message = element_message(chosen(standard, level, number=number), language)
            assert units(message.text) <= 4096
        for word in SECTIONS:
            assert units(section_message(chosen(standard, level), word, language).text) <= 4096


def test_what_is_long_is_paged_between_lines_with_the_star_explained_at_the_end() -> None:
    standard = shipped(STANDARDS).get("service-manager", 1)
    reading_lists = tuple(
        each.model_copy(update={"topics": tuple(Text(zh=f"{each.name.zh}{n}" * 9, en="x") for n in range(9))})
        for each in standard.reading
    )
    long = standard.model_copy(update={"reading": reading_lists})
    texts: list[str] = []
    message = section_message(chosen(long, long.levels[0]), "lists", "zh-CN")
    while True:
        texts.append(message.text)
        labels = [each["text"] for row in message.rows for each in row]
        if "下一页 ›" not in labels:
            break
        message = section_message(chosen(long, long.levels[0], page=len(texts)), "lists", "zh-CN")
    assert len(texts) > 2
    assert texts[1].startswith(f"服务经理任职资格标准 · 三级（2/{len(texts)}）\n\n")
    assert all(topic.zh in "".join(texts) for each in reading_lists for topic in each.topics)
    up = next(each for row in message.rows for each in row if each["text"] == "☰ 全部要素")
    first_page = chosen(long, long.levels[0]).place
    assert up["callback_data"] == command(To.STANDARD, *first_page, word="level"), "what it leads to begins at page 1"
    rated = section_message(chosen(standard, standard.levels[0]), "rating", "zh-CN").text
    assert rated.endswith("\n\n＊ 原文没有规定，是这里的约定。")
    assert "＊" not in section_message(chosen(standard, standard.levels[0]), "about", "zh-CN").text


def test_many_levels_are_paged_and_an_earlier_version_says_so() -> None:
    standard = shipped(STANDARDS).get("client-manager", 1)
    many = [LevelChoice(standard, standard.levels[0], is_in_force=False)] * (CHOICES + 1)
    first = choice_message(many, 0, "zh-CN")
    assert [each["text"] for each in first.rows[-1]] == ["下一页 ›"]
    assert first.rows[0][0]["text"] == "4级（初级） · 客户经理能力素质模型（第 1 版）"
    last = choice_message(many, CHOICES, "zh-CN")
    assert len(last.rows) == 2
    assert last.rows[1][0] == {"text": "‹ 上一页", "callback_data": command(To.STANDARD, 0)}


# ——— while rating


def living(bot: Bot) -> tuple[int, str, list[str]]:
    """The message in hand: its number, its text, its labels."""
    phone = bot.phone(ASSESSOR)
    message = phone.messages()[-1]
    return message["message_id"], phone.last, phone.labels


async def looks_up(bot: Bot, phone: Phone) -> str:
    """Press ℹ️ and go back; what was read. Both in the living message, which is as it was."""
    before = living(bot)
    await phone.press("ℹ️ 标准")
    said = phone.last
    assert phone.messages()[-1]["message_id"] == before[0]
    await phone.press("‹ 回到评审")
    assert living(bot) == before
    return said


async def test_from_criterion_rating_and_reason_one_press_reads_the_element_and_one_leads_back(bot: Bot) -> None:
    phone = await zhou_at_work(bot)
    for press in ("✅ 达到", "其余全部达到", "4 基本达标"):
        said = await looks_up(bot, phone)
        assert said.startswith("客户经理能力素质模型 · 3级（中级）\n\n成就导向\n" + DEFINITION)
        assert all(each in said for each in (*AT_LEVEL_3, OF_LEVEL_3))
        await phone.press(press)
    assert "请用一句话说明原因" in phone.last
    assert DEFINITION in await looks_up(bot, phone)
    await phone.say("还差一点")
    assert "抗挫能力" in phone.last, "the reason was taken, and the next element is in hand"


async def test_at_the_next_levels_criteria_it_is_the_next_level_that_is_read(bot: Bot) -> None:
    phone = await zhou_at_work(bot)
    await phone.press("全部达到", "看看高一级")
    assert (await looks_up(bot, phone)).startswith("客户经理能力素质模型 · 2级（高级）\n\n成就导向\n")


async def test_whoever_reads_on_still_comes_back_to_the_review(bot: Bot) -> None:
    phone = await zhou_at_work(bot)
    before = living(bot)
    await phone.press("ℹ️ 标准", "2 ›", "⬆️ 2级", "全部要素", "考试", "全部要素", "⬇️ 3级", "9", "回到评审")
    assert living(bot) == before


async def test_where_scores_are_asked_it_tells_what_the_exam_is(bot: Bot) -> None:
    phone = await zhou_at_work(bot)
    while not phone.offers("这一科没考"):
        await phone.press("全部达到" if phone.offers("全部达到") else "★")
    assert "电信行业概况：满分 100，占 25%" in await looks_up(bot, phone)
    await walk(phone, all_met=True)
    assert not phone.offers("ℹ️"), "the summary has no element in hand"


async def test_a_note_that_is_sent_meanwhile_goes_to_the_element_and_the_review_is_shown(bot: Bot) -> None:
    phone = await zhou_at_work(bot)
    await phone.press("ℹ️ 标准")
    await phone.say("客户表扬过他")
    assert "📎 已记下，这个要素现有备注与证据 1 份。" in phone.last
    assert sum("ℹ️ 标准" in each["text"] for message in phone.messages() for each in buttons(message)) == 1


async def test_nobody_comes_to_a_review_that_is_not_theirs_by_reading(bot: Bot, employee: Phone) -> None:
    standard = bot.context.standards.get("client-manager")
    data = command(To.STANDARD, *Place(reading.mark(standard), 1, review=1), word="element")
    await employee.press_data(employee.messages()[-1]["message_id"], data)
    assert DEFINITION in employee.last
    await employee.press("回到评审")
    assert employee.toast == say("zh-CN", "error-review-unknown")
    assert "陈晨 ·" not in employee.last


# ——— from a result


async def test_a_result_leads_to_what_each_element_asks_for_at_this_and_the_next_level_in_two_presses(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    await phone.press("接下来学什么")
    assert re.search(r"^1\. 收集、分析与处理客户信息  [0-9.]+ / 5$", phone.last, re.MULTILINE)
    await phone.press("4")
    assert [line for line in phone.last.splitlines() if line.endswith("的要求")] == ["三级的要求", "四级的要求"]
    await phone.press("全部要素")
    assert "📚 接下来学什么" in phone.last
    await phone.press("回到结果说明")
    assert "结果说明（1/" in phone.last
    await phone.press("接下来学什么", "回到结果说明")
    assert "结果说明（1/" in phone.last


async def test_what_is_fully_met_stands_below_what_is_lacking(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE)
    await phone.start()
    assessor = await zhou_at_work(bot)
    await assessor.press("❌ 未达到", "✅ 达到", "✅ 达到", "✅ 达到", "★")
    await walk(assessor, all_met=True, score="85")
    await assessor.press("提交评审")
    await bot.settle()
    await phone.press("接下来学什么")
    before, _, after = phone.last.partition("已经够分\n")
    assert before.endswith("还可以提高\n1. 成就导向  3 / 5\n\n")
    assert len(after.splitlines()) == 17
    assert numbers(phone) == [str(number) for number in range(1, 19)]


async def test_a_result_that_one_may_not_see_opens_nothing(bot: Bot, employee: Phone) -> None:
    standard = bot.context.standards.get("service-manager")
    place = Place(reading.mark(standard), 0, result=1)
    for changed in (place, place._replace(result=999), place._replace(result=0)):
        data = command(To.STANDARD, *changed, word="learn")
        await employee.press_data(employee.messages()[-1]["message_id"], data)
        assert employee.toast == say("zh-CN", "error-result-unknown")
    assert "收集、分析" not in employee.screen


async def test_a_result_of_another_level_or_standard_is_refused(bot: Bot) -> None:
    phone = bot.phone(EMPLOYEE_DONE)
    await phone.say("/result")
    own, other = (reading.mark(bot.context.standards.get(each)) for each in ("service-manager", "client-manager"))
    for place in (Place(own, 1, result=1), Place(other, 0, result=1)):
        await phone.press_data(phone.messages()[-1]["message_id"], command(To.STANDARD, *place, word="learn"))
        assert phone.toast == STALE


# ——— buttons that nobody made


async def test_forged_places_are_refused_and_nothing_changes(bot: Bot, employee: Phone) -> None:
    mark = reading.mark(bot.context.standards.get("client-manager"))
    true = Place(mark)
    before = employee.screen
    forged: list[tuple[tuple[int, ...], str]] = [
        *(((), word) for word in ("level", "element", "learn", *SECTIONS)),
        *((true[:count], "level") for count in range(1, len(true))),
        *(((*true, 0), "level"), ((99,), ""), ((0, 0), ""), (true, "nonsense")),
        *((true._replace(standard=mark + 1), word) for word in ("level", "element", "rating")),
        *((true._replace(level=4), word) for word in ("level", "element", "rating")),
        *((true._replace(element=18), word) for word in ("element",)),
    ]
    for place, word in forged:
        await employee.press_data(employee.messages()[-1]["message_id"], command(To.STANDARD, *place, word=word))
        assert employee.toast == STALE, (place, word)
    assert employee.screen.startswith(before)


async def test_a_page_beyond_the_last_is_the_last(bot: Bot, employee: Phone) -> None:
    place = Place(reading.mark(bot.context.standards.get("client-manager")), page=77)
    await employee.press_data(employee.messages()[-1]["message_id"], command(To.STANDARD, *place, word="rating"))
    assert "📏 怎么评" in employee.last


async def test_who_has_not_joined_reads_nothing(bot: Bot) -> None:
    place = Place(reading.mark(bot.context.standards.get("client-manager")))
    for user_id in (STRANGER, NEWCOMER):
        phone = bot.phone(user_id)
        await phone.start()
        await phone.say("/standard")
        assert phone.labels == []
        for word in ("", "level", "element"):
            await phone.press_data(phone.messages()[-1]["message_id"], command(To.STANDARD, *place, word=word))
            assert phone.toast
        assert "能力" not in phone.screen


def test_the_largest_place_fits_a_button() -> None:
    data = command(To.STANDARD, *Place(LARGEST_ID, 99, 999, 99, LARGEST_ID, LARGEST_ID), word="element")
    assert len(data) < MAX_BYTES


async def test_reading_leaves_a_question_that_waits(bot: Bot, employee: Phone) -> None:
    typed_answers.ask(bot.context, EMPLOYEE, "appeal 1")
    await employee.press("3级", "1")
    found = joining.find(bot.context, EMPLOYEE)
    assert found is not None
    assert found.asked == "appeal 1"


async def test_everybody_has_the_command_and_help_names_it(bot: Bot) -> None:
    for user_id in (ADMIN, ASSESSOR, SECOND_ASSESSOR, EMPLOYEE):
        phone = bot.phone(user_id)
        await phone.say("/help")
        assert "/standard 标准要求什么、怎么评" in phone.last
        await phone.say("/standard")
        assert phone.last.startswith("📘 想看哪一级的标准？")
