"""What is typed and sent in a review: notes, files, scores, cases, and words nobody expected."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.driver import (
    ASSESSOR,
    Bot,
    evidence,
    given_so_far,
)
from tests.phone import Phone, one_deed, walk

pytest_plugins = ["tests.bot_fixtures"]


# ——— notes and evidence


async def test_everything_sent_is_kept_with_the_element_in_hand(bot: Bot, assessor: Phone) -> None:
    await assessor.say("主持过三次回访 <b>&")
    await assessor.send_photo("现场照片")
    await assessor.send_document("证明（一）.pdf", b"%PDF", "证书")
    await assessor.send_voice()
    await assessor.forward(assessor.messages()[1]["message_id"])
    kept = evidence(bot)
    assert [(each.kind, each.text) for each in kept][:4] == [
        ("note", "主持过三次回访 <b>&"),
        ("photo", "现场照片"),
        ("document", "证书"),
        ("voice", ""),
    ]
    assert kept[4].kind == "forward"
    assert {each.element for each in kept} == {"achievement"}
    assert [bool(each.file_id) for each in kept] == [False, True, True, True, False]
    assert "这个要素现有备注与证据 5 份" in assessor.last
    await assessor.press("全部达到")
    assert "📎 备注与证据 5 份" in assessor.last


async def test_who_is_asked_why_sees_how_much_was_kept_of_the_element(assessor: Phone) -> None:
    await assessor.say("主持过三次回访")
    await assessor.press("全部达到", "4 基本达标")
    assert "请用一句话说明原因。" in assessor.last
    assert "📎 备注与证据 1 份" in assessor.last


async def test_a_note_is_kept_even_where_a_button_was_expected(bot: Bot, assessor: Phone) -> None:
    await assessor.press("全部达到")
    await assessor.say("5 分当之无愧")
    assert evidence(bot)[0].text == "5 分当之无愧"
    await assessor.say("5")
    assert "要素 2/18" in assessor.last, "a bare number at the rating is the rating"


async def test_what_is_sent_at_a_step_of_no_element_is_kept_with_the_review(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("四级")
    while not phone.offers("没有案例"):
        await one_deed(phone)
    await phone.send_photo("封面")
    assert "📎 已记下，这份评审现有备注与证据 1 份。" in phone.last
    await phone.press("没有案例")
    await phone.say("总体不错")
    assert "📎 已记下，这份评审现有备注与证据 2 份。" in phone.last


async def test_the_note_and_evidence_buttons_say_how(assessor: Phone) -> None:
    await assessor.press("📝 备注")
    assert assessor.toast == "直接把备注发给我，就会记在这个要素下。"
    await assessor.press("📎 证据")
    assert "直接发照片、文件、语音或转发消息" in assessor.toast


async def test_a_note_too_long_is_refused_and_the_question_asked_again(bot: Bot, assessor: Phone) -> None:
    await assessor.say("长" * 2001)
    assert evidence(bot) == []
    assert "备注请控制在 2000 个字以内。" in assessor.screen
    assert "第 1 条，共 4 条" in assessor.last


async def test_what_carries_nothing_to_keep_asks_the_question_again(bot: Bot, assessor: Phone) -> None:
    bot.sandbox._send(ASSESSOR, None, {"dice": {"emoji": "🎲", "value": 6}})
    await bot.settle()
    assert evidence(bot) == []
    assert "第 1 条，共 4 条" in assessor.last


# ——— typed answers


async def test_exam_scores_come_singly_in_one_line_or_not_at_all(bot: Bot, assessor: Phone) -> None:
    await assessor.press("总览", "回到未答处")
    while not assessor.offers("这一科没考"):
        await one_deed(assessor)
    await assessor.say("九十")
    assert "应是数字" in assessor.screen
    await assessor.say("90 80 70 60 50")
    assert "这里还差 4 科，收到 5 个成绩" in assessor.screen
    await assessor.say("88,5")
    assert "一科 88.5 分，或两科 88 分和 5 分" in assessor.screen
    await assessor.say("101")
    assert "应在 0 到 100 之间" in assessor.screen
    await assessor.say("９０")
    assert "✓ 电信行业概况 90" in assessor.last
    assert "还差 3 科" in assessor.last
    assert "企业概况（占 25%）" in assessor.last
    await assessor.press("这一科没考")
    await assessor.say("88.5分，没考")
    assert "专业基础知识" in assessor.last
    assert "通用基础知识：均分 44.6，取整 45 → 2" in assessor.last, "(90 + 0 + 88.5 + 0) ÷ 4 = 44.625"
    assert [value for _, value in given_so_far(bot)[-4:]] == ["90", "", "88.5", ""]


async def test_published_cases_are_typed_undone_and_finished(bot: Bot) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press("四级")
    while not phone.offers("没有案例"):
        await one_deed(phone)
    for rubbish, answer in (
        ("三月的那篇", "没看懂“三月的那篇”这一行"),
        ("2026-02-30 标题", "日期应写成"),
        ("2026-03-01", "请在日期 2026-03-01 后面写上案例标题"),
        ("2030-01-01 以后", "2030-01-01 还没到"),
        ("0001/1/1²", "收到的是“0001-01-01”"),
    ):
        await phone.say(rubbish)
        assert answer in phone.screen
        assert phone.offers("没有案例"), "asked again"
    await phone.say("2026-03-01 一次跨省割接的复盘\n2026年4月2日，多写了一篇")
    await phone.press("撤销最后一篇")
    assert "1. 2026-03-01 一次跨省割接的复盘" in phone.last
    assert "2. " not in phone.last
    await phone.press("就这 1 篇")
    assert "总分 95 分" in phone.last


WORDS = st.one_of(
    st.text(min_size=1, max_size=60),
    st.sampled_from(
        ["5", "٣", "²", "4.5", "-1", "NaN", "Infinity", "1e999999", "9" * 500, "½", "五", "-", "/", "<b>&amp;"]
    ),
    st.from_regex(r"[0-9]{1,4}[-./年][0-9]{1,2}[-./月][0-9]{1,2}.{0,9}", fullmatch=True),
    st.from_regex(r"([0-9]{1,3}(\.[0-9])?[ ,，、;]){0,4}[0-9]{1,3}", fullmatch=True),
).filter(lambda text: bool(text.strip()) and not text.startswith("/"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(WORDS, min_size=1, max_size=8),
    element=st.sampled_from(["1", "9"]),
    which=st.sampled_from(["3级", "四级"]),
)
async def test_any_words_at_any_question_are_answered(bot: Bot, words: list[str], element: str, which: str) -> None:
    phone = bot.phone(ASSESSOR)
    await phone.start()
    await phone.press(which)
    if not phone.offers("提交评审"):
        await walk(phone, all_met=True)
    await phone.press("案例" if which == "四级" else element)
    for text in words:
        await phone.say(text)
        assert phone.messages()[-1]["from"]["is_bot"]
        assert phone.labels or "请用一句话说明原因。" in phone.last
        if phone.offers("★") and "5" in text:
            await phone.press("4")
    assert bot.complaints == []
