"""Explanations, read as the employee reads them: each number with its origin, what is assumed, and the way up."""

from decimal import Decimal

import pytest

from qualify.reporting import standard_pages
from qualify.reporting.explanation import Explanation, explain
from qualify.scoring import Known, Mark, Result, score
from qualify.standard import Standard
from qualify.texts import LANGUAGES
from tests.builders import APPLIED, CLIENT, SERVICE, all_marked, cases, ratings_of, reviewed, scored, signs

SIGN = "※"
KEY = "project-planning.4.1"


def in_both(standard: Standard, result: Result) -> dict[str, Explanation]:
    return {language: explain(standard, result, language) for language in LANGUAGES}


def element(standard: Standard, result: Result, element_id: str) -> dict[str, list[str]]:
    return {language: words.elements[element_id] for language, words in in_both(standard, result).items()}


def closing(standard: Standard, result: Result) -> dict[str, list[str]]:
    return {language: words.closing for language, words in in_both(standard, result).items()}


def without_assumptions(standard: Standard) -> Standard:
    """The same standard as if its source settled everything."""
    text = standard.model_dump_json(by_alias=True).replace('"assumed":true', '"assumed":false')
    return Standard.model_validate_json(text)


def test_points_are_explained_from_answer_to_suggestion_and_change() -> None:
    result = scored(
        SERVICE,
        "3",
        marks=signs(SERVICE, "3", {"other-activities": "+//-.."}),
        ratings={"other-activities": Decimal(3)},
        reasons={"other-activities": "现场效果好"},
    )
    assert element(SERVICE, result, "other-activities") == {
        "zh-CN": [
            "其他客户关系维系活动：3 / 5 分",
            "达到 1、部分达到 2（算半条）、未达到 1、未观察到 2（不计入）※1 → 达到率 2 ÷ 4 = 50%"
            " → × 满分 5 分，四舍五入到 0.5※2 → 建议 2.5 分",
            "评审员改为 3 分，原因：现场效果好",
        ],
        "en": [
            "Other relationship activities: 3 of 5 points",
            "1 met, 2 partly met (half each), 1 not met, 2 not observed (left out)※1 → share 2 ÷ 4 = 50%"
            " → × 5 points, rounded half up to 0.5※2 → suggested 2.5",
            "Changed to 3 by the assessor, because: 现场效果好",
        ],
    }


def test_a_rating_without_observations_is_the_assessors_own() -> None:
    result = scored(SERVICE, "3", ratings={"user-training": Decimal(2)})
    assert element(SERVICE, result, "user-training") == {
        "zh-CN": ["组织用户培训：2 / 3 分", "各条都未观察到，没有建议分", "评审员直接评为 2 分，原因：未说明"],
        "en": [
            "Organising user training: 2 of 3 points",
            "Nothing was observed, so there is no suggestion",
            "Rated 2 by the assessor directly, because: no reason given",
        ],
    }
    assert element(SERVICE, result, "negotiation")["zh-CN"][0] == "技术商务谈判：未评分，按 0 分计"


def test_several_assessors_are_named_with_their_weight_and_their_mean() -> None:
    lead = reviewed("2", "张", marks=signs(SERVICE, "3", {"customer-problems": "++///"}))
    member = reviewed("1", "李", marks=signs(SERVICE, "3", {"customer-problems": "+----"}))
    assert element(SERVICE, scored(SERVICE, "3", lead, member), "customer-problems")["zh-CN"] == [
        "客户问题管理：3.8 / 7 分",
        "张（权重 2）：达到 2、部分达到 3（算半条）※1 → 达到率 3.5 ÷ 5 = 70%"
        " → × 满分 7 分，四舍五入到 0.5※2 → 建议 5 分",
        "李（权重 1）：达到 1、未达到 4 → 达到率 1 ÷ 5 = 20% → × 满分 7 分，四舍五入到 0.5※2 → 建议 1.5 分",
        "各评审员按权重平均，保留一位小数※3：评分 3.8 分、建议 3.8 分、达到率 53.3%",
    ]
    with_absent = scored(SERVICE, "3", lead, reviewed("1", "李"))
    assert element(SERVICE, with_absent, "customer-problems")["en"][-1] == (
        "Assessors' mean by weight (without those who gave no rating), one decimal※3: rating 5, suggested 5, share 70%"
    )


@pytest.mark.parametrize(
    ("answers", "above", "zh", "en"),
    [
        (
            "+++/",
            None,
            ["达到 3、部分达到 1（算半条）※1 → 达到率 3.5 ÷ 4 = 87.5%，不低于 80%※2 → 建议 4 分"],
            ["3 met, 1 partly met (half each)※1 → share 3.5 ÷ 4 = 87.5%, 80% or more※2 → suggested 4"],
        ),
        (
            "/---",
            None,
            ["部分达到 1（算半条）、未达到 3※1 → 达到率 0.5 ÷ 4 = 12.5%，高于 0%※2 → 建议 1 分"],
            ["1 partly met (half each), 3 not met※1 → share 0.5 ÷ 4 = 12.5%, more than 0%※2 → suggested 1"],
        ),
        (
            "++++",
            "++-/",
            ["达到 4 → 达到率 4 ÷ 4 = 100%，高一级达到 2/4 条，要求 50%※1 → 建议 6 分"],
            ["4 met → share 4 ÷ 4 = 100%, 2 of 4 met at the next level, 50% needed※1 → suggested 6"],
        ),
        (
            "++++",
            "+--.",
            [
                "达到 4 → 达到率 4 ÷ 4 = 100%，全部达到※1 → 建议 5 分",
                "高一级达到 1/4 条，要求 50%：本级全部达到且高一级达到要求，才建议 6 分※2",
            ],
            [
                "4 met → share 4 ÷ 4 = 100%, all of it met※1 → suggested 5",
                "1 of 4 met at the next level, 50% needed: "
                "6 is suggested only when this level is fully met and the next as far as needed※2",
            ],
        ),
    ],
)
def test_the_scale_is_explained_with_the_row_that_decided(
    answers: str, above: str | None, zh: list[str], en: list[str]
) -> None:
    marks = signs(CLIENT, "4", {"achievement": answers}) | (signs(CLIENT, "3", {"achievement": above}) if above else {})
    lines = element(CLIENT, scored(CLIENT, "4", marks=marks), "achievement")
    for language, expected in (("zh-CN", zh), ("en", en)):
        assert lines[language][1:] == expected


@pytest.mark.parametrize(
    ("scores", "zh", "assumed"),
    [
        (
            {"ethics": 85, "customer-trends": 85, "strategy": 85},
            "职业规范知识 85、政企客户行业需求特点及趋势 85、中国电信政企客户营销策略 85"
            " → 加权平均 85 分 → 81 分起的一档 → 5 分",
            False,  # the bands are the source's
        ),
        (
            {"ethics": "90.5", "customer-trends": 91, "strategy": 90},
            "职业规范知识 90.5、政企客户行业需求特点及趋势 91、中国电信政企客户营销策略 90"
            " → 加权平均 90.5，四舍五入为 91 分※2 → 91 分起的一档 → 6 分",
            True,  # the source knows no decimals
        ),
        (
            {"ethics": 60, "customer-trends": 60},
            "职业规范知识 60、政企客户行业需求特点及趋势 60、中国电信政企客户营销策略 未参加（计 0 分）※1"
            " → 加权平均 40 分 → 0 分起的一档 → 1 分",
            True,  # nor what a subject not taken counts
        ),
        ({}, "各科都没有参加考试※1 → 0 分", True),
    ],
)
def test_an_examination_says_what_was_rounded_and_filled_in(scores: dict[str, object], zh: str, assumed: bool) -> None:
    given = {subject: Decimal(str(score)) for subject, score in scores.items()}
    result = scored(CLIENT, "4", scores=given)
    assert element(CLIENT, result, "role-knowledge")["zh-CN"][1] == zh
    assert (SIGN in element(CLIENT, result, "role-knowledge")["en"][1]) is assumed


def test_weights_of_subjects_are_named_where_they_differ() -> None:
    text = CLIENT.model_dump_json(by_alias=True).replace('"weight":"1"', '"weight":"3"', 1)
    weighted = Standard.model_validate_json(text)
    result = scored(weighted, "4", scores={"industry": Decimal(90), "company": Decimal(70)})
    line = element(weighted, result, "general-knowledge")["zh-CN"][1]
    assert line.startswith(
        "电信行业概况 90（占 50%）、企业概况 70（占 16.7%）、法律法规 未参加（计 0 分）※1（占 16.7%）"
    )
    assert "加权平均 56.667，四舍五入为 57 分※2 → 41 分起的一档 → 2 分" in line  # (3 × 90 + 70) ÷ 6


def test_the_closing_goes_from_the_sum_to_the_way_up() -> None:
    result = scored(
        SERVICE,
        "4",
        marks=all_marked(SERVICE, "4") | signs(SERVICE, "4", {"service-promotion": "-------"}),
        scores={"specialist": Decimal(85), "product": Decimal(400)},
        cases=cases(1),
    )
    assert closing(SERVICE, result) == {
        "zh-CN": [
            "各要素合计 90 / 100 分。",
            "案例发表：申请日前 18 个月（2025-05-22 至 2026-11-22，含首尾两天）"
            "被采用 1 篇，要求 2 篇，少 1 篇 × 5 分，扣 5 分。",
            "✓ 2026-11-22 案例 0",
            "90 − 5，总分 85 分。",
            "总分 85 分，从 85 分起为职业等※2 → 四级 · 职业等。",
            "知识综合得分：服务经理专业知识 85 × 50% + 综合类产品知识 400 ÷ 500 × 100 × 50% = 82.5 分。",
        ],
        "en": [
            "All elements together: 90 of 100 points.",
            "Published cases: 1 adopted in the 18 months before the application "
            "(2025-05-22 to 2026-11-22, both days included), 2 required; 1 missing × 5 points: 5 off.",
            "✓ 2026-11-22 案例 0",
            "90 − 5: total 85 points.",
            "Total 85, Professional starts at 85※2 → Level 4 · Professional.",
            "Knowledge composite: Service manager specialist knowledge 85 × 50% + "
            "General product knowledge 400 ÷ 500 × 100 × 50% = 82.5.",
        ],
    }


def test_what_blocks_a_level_is_said_with_the_answers_and_comes_first_on_the_way_up() -> None:
    marks = all_marked(SERVICE, "4")
    ratings = ratings_of("4", "83.5")
    reviews = [reviewed(marks=marks | {KEY: mark}, ratings=ratings, cases=cases(2)) for mark in (Mark.MET, Mark.PARTLY)]
    lines = closing(SERVICE, scored(SERVICE, "4", *reviews))
    assert lines["zh-CN"][-6:] == [
        "总分 83.5 分。",
        "只看总分 83.5 分，从 70 分起为普通等※4。",
        "有关键条件未满足，本次不授予四级※5。",
        "未满足的关键条件：有一次以上重大服务销售项目的经验（评审员的回答：达到、部分达到）。",
        "知识综合得分：还缺服务经理专业知识、综合类产品知识的成绩。",
        "先满足关键条件，就能授予四级 · 普通等。还差 1.5 分到职业等（85 分起），最省力：客户问题管理 +1.5。",
    ]
    assert lines["en"][-1] == (
        "First meet the key condition: then Level 4 · Ordinary is granted. "
        "1.5 short of Professional (from 85); the shortest way: Managing customer problems +1.5."
    )


def test_the_way_up_names_how_many_cases() -> None:
    small = {element.id: (element.points or {})["5"] - 1 for element in SERVICE.elements_at("5")}
    marks = {"other-activities.5.1": Mark.MET}
    lines = closing(SERVICE, scored(SERVICE, "5", marks=marks, ratings=small))  # 86 − 15 = 71
    assert lines["zh-CN"][-1].startswith("还差 14 分到职业等（85 分起），最省力：案例发表再补 3 篇 +15。")
    assert "the shortest way: Published cases: 3 more, +15." in lines["en"][-1]


def test_of_many_gains_three_are_named_and_all_are_counted() -> None:
    ratings = dict.fromkeys((each.id for each in CLIENT.all_elements()), Decimal(4))
    count = len(CLIENT.elements_at("4"))
    lines = closing(CLIENT, scored(CLIENT, "4", ratings=ratings))
    names = [each.name for each in CLIENT.elements_at("4")[:3]]
    assert lines["zh-CN"][-1] == f"离达标最近，各差 1 分：{'；'.join(name.zh for name in names)}等 {count} 项。"
    listed = "; ".join(name.en for name in names)
    assert lines["en"][-1] == f"Nearest to the standard, 1 short each: {listed} and others, {count} in all."


def test_a_total_held_at_nought_says_so() -> None:
    lines = closing(SERVICE, scored(SERVICE, "5", ratings=ratings_of("5", "9.5")))
    assert "9.5 − 15 不足 0，总分按 0 分计。" in lines["zh-CN"]
    assert "9.5 − 15 is below 0: the total counts as 0 points." in lines["en"]
    assert "还差 65.5 分到基础等（60 分起）" in lines["zh-CN"][-1]
    exactly = closing(SERVICE, scored(SERVICE, "5", ratings=ratings_of("5", "15")))
    assert "15 − 15，总分 0 分。" in exactly["zh-CN"]


def test_the_scale_closes_with_the_count_and_the_nearest() -> None:
    ratings = dict.fromkeys((each.id for each in CLIENT.all_elements()), Decimal(5))
    ratings |= {"achievement": Decimal(6), "writing": Decimal(4), "execution": Decimal(4), "retention": Decimal(2)}
    assert closing(CLIENT, scored(CLIENT, "4", ratings=ratings)) == {
        "zh-CN": ["超标 1 项，达标 14 项，未达标 3 项。", "离达标最近，各差 1 分：书面表达能力；执行能力。"],
        "en": [
            "1 above the standard, 14 at it, 3 below.",
            "Nearest to the standard, 1 short each: Written expression; Execution.",
        ],
    }


def test_what_the_signs_stand_for_is_said_once_at_the_end() -> None:
    marks = all_marked(SERVICE, "4", Mark.PARTLY)  # a key condition too: nothing is granted
    one, two = reviewed(marks=marks), reviewed(marks=marks)
    words = explain(SERVICE, scored(SERVICE, "4", one, two), "zh-CN")
    assert words.notes == [
        "原文没有规定，由这里约定",
        "※1 部分达到算 ½，未观察到不计入。",
        "※2 建议分是满分 × 达到率，四舍五入到 0.5 分。",
        "※3 几位评审员的评分按权重取平均，中间不舍入；总分最后四舍五入到 0.1。",
        "※4 级内等怎样划分。",
        "※5 关键条件未达到，就不授予这个级别。",
    ]
    assert words.lines()[-6:] == words.notes


def test_what_a_standard_settles_itself_carries_no_sign() -> None:
    settled = without_assumptions(CLIENT)
    marks = signs(CLIENT, "4", {"achievement": "++++"}) | signs(CLIENT, "3", {"achievement": "++--"})
    marked = signs(CLIENT, "4", {"resilience": "++-"})
    result = scored(settled, "4", marks=marks | marked, scores={"ethics": Decimal("90.5")})
    words = explain(settled, result, "zh-CN")
    assert words.notes == []
    assert not [line for line in words.lines() if SIGN in line]
    ours = explain(CLIENT, scored(CLIENT, "4", marks=marks | marked, scores={"ethics": Decimal("90.5")}), "zh-CN")
    assert ours.notes == [
        "原文没有规定，由这里约定",
        "※1 什么时候建议“6 超标”。",
        "※2 从达到率到建议分的对照。",
        "※3 缺考的科目按 0 分计；一科都没考，评为 0 尚不具备。",
        "※4 考试的加权平均分有小数，先四舍五入到整数。",
    ]


def test_whoever_reads_a_standard_and_whoever_reads_a_result_read_the_same_words() -> None:
    marks = all_marked(SERVICE, "4", Mark.PARTLY)
    result = scored(SERVICE, "4", reviewed(marks=marks), reviewed(marks=marks))
    for language in LANGUAGES:
        (page,) = standard_pages.agreed(SERVICE, language)
        heading, *notes = explain(SERVICE, result, language).notes
        assert page.heading == heading
        assert [note.split(" ", 1)[1] for note in notes] == [line.removeprefix("· ") for line in page.lines[:-1]]
        assert page.lines[-1].startswith(("· 同一自然年", "· Who applies")), "the ranking isn't in a result"


def test_a_conflict_says_who_gave_which_score_and_which_one_counts_until_it_is_settled() -> None:
    reviews = [reviewed("1", name, scores={"ethics": Decimal(score)}) for name, score in (("周明", 85), ("吴倩", 45))]
    result = score(CLIENT, "4", reviews, APPLIED, Known(scores={"ethics": Decimal(45)}))
    assert {language: words[1] for language, words in closing(CLIENT, result).items()} == {
        "zh-CN": "❗ 职业规范知识有不同的成绩：45（吴倩、成绩单）、85（周明）。由签署人裁定，暂按 45 分计。",
        "en": "❗ Professional conduct has different scores: 45 (吴倩, the list), 85 (周明). "
        "Whoever signs decides; until then 45 counts.",
    }
    (conflict,) = result.conflicts
    before = conflict.model_copy(update={"counts": None, "listed": None, "reviews": ()})  # as it was once stored
    lines = closing(CLIENT, result.model_copy(update={"conflicts": (before,)}))
    assert lines["zh-CN"][1] == "❗ 职业规范知识有不同的成绩：45、85。由签署人裁定，暂按其中一个计。"


def test_a_mean_between_two_labels_is_shown_without_a_word() -> None:
    reviews = [reviewed(ratings={"writing": Decimal(rating)}) for rating in (5, 4)]
    assert element(CLIENT, scored(CLIENT, "4", *reviews), "writing")["zh-CN"][0] == "书面表达能力：4.5 分 · 标准 5 分"
