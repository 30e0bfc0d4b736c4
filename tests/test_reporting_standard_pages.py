"""A standard in words: everything that it says is on one of its pages, and nothing that it doesn't say."""

from typing import Any

import pytest

from qualify.paths import STANDARDS
from qualify.reporting import standard_pages
from qualify.reporting.standard_pages import Page
from qualify.standard import Standard, shipped
from qualify.texts import LANGUAGES

ZH = "zh-CN"


def text(words: str) -> dict[str, str]:
    return {"zh": words, "en": words}


def criterion(number: str, **more: Any) -> dict[str, Any]:
    return {"id": f"care.{number}", "text": text(f"做到 {number}"), **more}


SCALE: dict[str, Any] = {
    "kind": "scale",
    "target": 2,
    "labels": [{"value": value, "name": text(name)} for value, name in enumerate(("未达", "接近", "达标", "超标"))],
    "suggestion": {
        "assumed": True,
        "rows": [
            {"share": 1, "rating": 2},
            {"share": 0.5, "rating": 1},
            {"share": 0, "above": True, "rating": 1},
            {"share": 0, "rating": 0},
        ],
    },
    "exceeding": {"rating": 3, "next_level_share": 0.5, "assumed": True},
    "exam_bands": {"assumed": True, "untaken": 0, "bands": [{"score": 60, "rating": 2}, {"score": 0, "rating": 1}]},
}
CARE: dict[str, Any] = {
    "id": "care",
    "name": text("用心"),
    "definition": text("把事放在心上。"),
    "source": "第一章 1",
    "levels": {
        "low": {
            "summary": text("肯做"),
            "criteria": [
                criterion("low.1", line=1),
                criterion("low.2", line=1, minimum=True),
                criterion("low.3", line=2, key=True, restored=True),
            ],
        },
        "high": {"inherits": "low", "inherited": "before", "criteria": [criterion("high.1")]},
    },
}
TEST: dict[str, Any] = {
    "id": "test",
    "name": text("笔试"),
    "kind": "exam",
    "definition": text("知道多少。"),
    "subjects": [
        {"id": "law", "name": text("法规"), "weight": {"low": 1, "high": 3}},
        {"id": "trade", "name": text("业务"), "max": 150},
    ],
}
WHOLE: dict[str, Any] = {
    "id": "whole",
    "version": 3,
    "name": text("样例标准"),
    "definition": text("知识、技能与素养的整合。"),
    "source": text("样例文件"),
    "lost": [text("第八章“动态调整”的正文缺失，只有目录。")],
    "rating": SCALE,
    "levels": [
        {"id": "low", "name": text("初级"), "definition": text("要人带。")},
        {"id": "high", "name": text("高级"), "definition": text("能带人。")},
    ],
    "modules": [
        {"id": "basics", "name": text("基本能力"), "definition": text("人人都要有的。"), "elements": [CARE]},
        {"id": "knowledge", "name": text("知识"), "elements": [TEST]},
    ],
    "reading": [
        {"id": "acts", "name": text("法律"), "prepares_for": "law", "topics": [text("电信条例"), text("合同法")]},
        {"id": "hints", "name": text("须知"), "topics": [text("带上证件")]},
    ],
}
POINTED: dict[str, Any] = {
    **WHOLE,
    "rating": {"kind": "points", "step": 0.5},
    "modules": [
        {
            "id": "basics",
            "name": text("基本能力"),
            "elements": [
                {**CARE, "points": {"low": 100, "high": 60}},
                {**CARE, "id": "zeal", "name": text("热心"), "points": {"low": 0, "high": 40}},
            ],
        }
    ],
    "exams": [
        {
            "id": "contest",
            "name": text("大比武"),
            "regulation": text("技字 2001（423）"),
            "subjects": [
                {"id": "law", "name": text("法规"), "weight": 0.5},
                {"id": "trade", "name": text("业务"), "max": 500, "weight": 0.5},
            ],
        }
    ],
    "deductions": [
        {
            "id": "cases",
            "name": text("案例发表"),
            "points": 5,
            "required": {"low": 0, "high": 2},
            "window_months": 18,
            "adopted_by": text("技术支援部"),
            "kinds": [{"id": "m", "name": text("管理案例")}, {"id": "s", "name": text("服务销售案例")}],
        }
    ],
    "grades": {"rule": "bands", "assumed": True, "bands": [{"id": "good", "name": text("好等"), "from": 80}]},
    "key_conditions": {"effect": "not-granted", "assumed": True},
    "eligibility": [
        {"kind": "service-years", "years": {"low": 0, "high": 3}},
        {"kind": "appraisals", "last": {"high": 2}, "accepted": ["A", "B"]},
        {"kind": "level-held", "levels": {"high": "low"}, "months": 12},
    ],
}
BARE: dict[str, Any] = {
    "id": "bare",
    "version": 1,
    "name": text("素"),
    "rating": {"kind": "points"},
    "levels": [{"id": "only", "name": text("一级")}],
    "modules": [
        {
            "id": "m",
            "name": text("模块"),
            "elements": [
                {
                    "id": "e",
                    "name": text("要素"),
                    "points": {"only": 100},
                    "levels": {"only": {"criteria": [{"id": "e.1", "text": text("做到")}]}},
                }
            ],
        }
    ],
}


def made(fields: dict[str, Any]) -> Standard:
    return Standard.model_validate(fields)


def told(page: Page) -> list[str]:
    """Headings and lines, as they follow each other; what is ours has a star."""
    said: list[str] = []
    for part in page:
        heading = [part.heading + ("＊" if part.agreed else "")] if part.heading else []
        said += [*heading, *part.lines]
    return said


def asked(standard: Standard, element: str, level: str, *, above: bool = False) -> list[str]:
    return told(standard_pages.element(standard, standard.element(element), level, ZH, above=above))


# ——— what it is about, and what is asked


def test_the_first_page_defines_the_standard_its_parts_and_levels_and_says_what_is_lost() -> None:
    assert told(standard_pages.about(made(WHOLE), "high", ZH)) == [
        *("样例标准", "知识、技能与素养的整合。", "第 3 版", "出处：样例文件"),
        *("由这几部分组成", "基本能力（1 项）：人人都要有的。", "知识（1 项）"),
        *("级别，由低到高", "初级：要人带。", "▸ 高级：能带人。"),
        *("原文缺失", "第八章“动态调整”的正文缺失，只有目录。"),
    ]


def test_what_a_standard_does_not_say_is_left_out() -> None:
    bare = made(BARE)
    assert told(standard_pages.about(bare, "only", ZH)) == [
        *("素", "第 1 版", "由这几部分组成", "模块（1 项）", "级别，由低到高", "▸ 一级"),
    ]
    assert asked(bare, "e", "only") == ["要素 （100 分）", "一级的要求", "1. 做到"]
    assert standard_pages.exams(bare, "only", ZH) == []
    assert standard_pages.reading_lists(bare, ZH) == []
    headings = [part.heading for part in standard_pages.rated(bare, "only", ZH)]
    assert headings == ["先逐条回答", "每个要素评几分", "建议几分", "有几位评审员时"]


def test_elements_are_numbered_through_the_modules_as_in_a_review() -> None:
    assert told(standard_pages.elements(made(WHOLE), "low", ZH)) == ["基本能力", "1. 用心", "知识", "2. 笔试"]
    assert told(standard_pages.elements(made(POINTED), "low", ZH)) == ["基本能力", "1. 用心 （100 分）"]
    both = ["基本能力", "1. 用心 （60 分）", "2. 热心 （40 分）"]
    assert told(standard_pages.elements(made(POINTED), "high", ZH)) == both


def test_an_element_is_defined_its_criteria_have_their_marks_and_what_counts_as_one_is_said() -> None:
    assert asked(made(WHOLE), "care", "low") == [
        *("用心", "把事放在心上。"),
        *("初级的要求", "肯做"),
        "1. 做到 low.1",
        "2. 做到 low.2（做得更好也算达到）",
        "3. 做到 low.3（关键条件；原文此处缺失，按同类内容补回）",
        "第 1、2 条出自原文同一行，合占一条的分量。",
        *("类别和级别", "基本能力：人人都要有的。", "初级：要人带。"),
        "出处：第一章 1",
    ]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((1, 1, 1), ["第 1–3 条出自原文同一行，合占一条的分量。"]),
        ((1, 2, 1), ["第 1、3 条出自原文同一行，合占一条的分量。"]),
        ((1, 2, 3), []),
    ],
)
def test_what_shares_a_line_of_the_source_is_named_by_its_numbers(lines: tuple[int, ...], said: list[str]) -> None:
    criteria = [criterion(f"low.{n}", line=line) for n, line in enumerate(lines, start=1)]
    element = {**CARE, "levels": {"low": {"criteria": criteria}}}
    standard = made({**WHOLE, "modules": [{**WHOLE["modules"][0], "elements": [element]}]})
    assert [line for line in asked(standard, "care", "low") if "同一行" in line] == said


def test_criteria_taken_over_from_a_lower_level_stand_under_its_name_in_their_order() -> None:
    before = asked(made(WHOLE), "care", "high")
    assert before[2:9] == [
        *("高级的要求", "初级的要求，这一级同样适用："),
        *("1. 做到 low.1", "2. 做到 low.2（做得更好也算达到）"),
        *("3. 做到 low.3（关键条件；原文此处缺失，按同类内容补回）", "高级另外要求：", "4. 做到 high.1"),
    ]
    high = {**CARE["levels"]["high"], "inherited": "after"}
    element = {**CARE, "levels": {**CARE["levels"], "high": high}}
    after = made({**WHOLE, "modules": [{**WHOLE["modules"][0], "elements": [element]}]})
    assert asked(after, "care", "high")[3:6] == ["高级另外要求：", "1. 做到 high.1", "初级的要求，这一级同样适用："]


def test_who_learns_reads_the_next_level_below_and_what_it_takes_over_only_once() -> None:
    lines = asked(made(WHOLE), "care", "low", above=True)
    assert lines.count("1. 做到 low.1") == 1
    assert lines[8:12] == [
        *("高级的要求", "初级的要求（上面那些），这一级同样适用。", "高级另外要求：", "4. 做到 high.1"),
    ]
    assert "做到 high.1" not in "".join(asked(made(WHOLE), "care", "low"))
    assert asked(made(WHOLE), "care", "high", above=True) == asked(made(WHOLE), "care", "high"), "nothing is higher"


def test_an_element_that_a_level_does_not_rate_says_so() -> None:
    assert asked(made(POINTED), "zeal", "low")[:4] == ["热心", "把事放在心上。", "初级", "这一级不评这个要素。"]


# ——— how it is rated


def test_a_scale_is_told_with_what_meets_the_level_and_the_tables() -> None:
    lines = told(standard_pages.rated(made(WHOLE), "low", ZH))
    assert lines == [
        "先逐条回答＊",
        "达到算 1，部分达到算 ½，未达到算 0，未观察到不计入。得到的平均数就是达到率。",
        "出自原文同一行的几条，合占一条的分量。",
        *("每个要素评几分", "3 超标", "2 达标 ← 本级的标准", "1 接近", "0 未达"),
        *("建议几分＊", "达到率 100% → 2 达标", "达到率 50% 起 → 1 接近"),
        *("达到率高于 0% → 1 接近", "达到率 0% → 0 未达"),
        *("3 超标＊", "本级全部达到，高一级的条目也至少达到 50%。"),
        *("加权平均分 → 评分", "60–100 分 → 2 达标", "0–59 分 → 1 接近"),
        "平均分有小数，或者有缺考＊",
        *("考试的加权平均分有小数，先四舍五入到整数。", "缺考的科目按 0 分计；一科都没考，评为 0 未达。"),
        *("有几位评审员时＊", "几位评审员的评分按权重取平均，显示到一位小数。"),
    ]
    assert "这是最高一级：由评审员直接评，并说明原因。" in told(standard_pages.rated(made(WHOLE), "high", ZH))


def test_points_are_told_with_deductions_grades_key_conditions_and_who_may_apply() -> None:
    lines = told(standard_pages.rated(made(POINTED), "high", ZH))
    assert lines[3:] == [
        "每个要素评几分",
        "从 0 分到这个要素的满分，每 0.5 分一档。各要素相加，减去扣分，就是总分；最低 0 分，满分 100 分。",
        *("建议几分＊", "满分 × 达到率，四舍五入到 0.5 分。评审员可以改，要说明原因。"),
        *("有几位评审员时＊", "几位评审员的评分按权重取平均，中间不舍入；总分最后四舍五入到 0.1。"),
        *("案例发表", "这一级要求 2 篇，每少一篇扣 5 分。"),
        "只计申请日期前 18 个月内被采用的，首尾两天都算。",
        *("由技术支援部采用。", "算数的有：管理案例、服务销售案例。"),
        *("级内等的分数线＊", "好等：80 分起"),
        *("关键条件", "· 用心：做到 low.3", "· 热心：做到 low.3"),
        *("关键条件未达到时＊", "总分照常显示，但不授予这个级别。"),
        *("申请条件", "工龄满 3 年。", "最近 2 次考核都为：A、B。", "已取得初级，满 12 个月。"),
    ]


def test_what_a_level_does_not_ask_for_is_not_told_there() -> None:
    lines = told(standard_pages.rated(made(POINTED), "low", ZH))
    assert "案例发表" not in lines
    assert "申请条件" not in lines
    no_keys = made(BARE | {"key_conditions": {"effect": "not-granted", "assumed": True}})
    assert told(standard_pages.rated(no_keys, "only", ZH))[-2:] == ["关键条件", "这一级没有关键条件。"]


def test_grades_that_are_counted_say_how_much_may_be_unmet() -> None:
    counting = {"rule": "counting", "bands": [{"id": "g", "name": text("好等"), "unmet": 0.125}]}
    lines = told(standard_pages.rated(made(POINTED | {"grades": counting}), "high", ZH))
    assert lines[lines.index("级内等") + 1 :][:2] == [
        *("关键条件全部达到，再看其余条目有多少未达到：", "好等：不超过 12.5%"),
    ]


# ——— exams and reading lists


def test_an_exam_tells_full_marks_weights_at_the_level_and_what_to_read() -> None:
    """At the high level law weighs 3 of 3 + 1 = 75 %, at the low one 1 of 2."""
    assert told(standard_pages.exams(made(WHOLE), "high", ZH))[:5] == [
        *("笔试", "知道多少。", "法规：满分 100，占 75%", "复习：法律", "业务：满分 150，占 25%"),
    ]
    assert "法规：满分 100，占 50%" in told(standard_pages.exams(made(WHOLE), "low", ZH))
    page = asked(made(WHOLE), "test", "high")
    assert page[:6] == [
        *("笔试", "知道多少。", "考这些科目", "法规：满分 100，占 75%", "复习：法律", "业务：满分 150，占 25%"),
    ]


def test_an_exam_beside_the_elements_names_its_composite_and_its_regulation() -> None:
    assert told(standard_pages.exams(made(POINTED), "low", ZH)) == [
        *("大比武", "各科折成百分制，按比重合成知识综合得分，再排名次。"),
        *("法规：满分 100，占 50%", "复习：法律", "业务：满分 500，占 50%", "依据：技字 2001（423）"),
        *("跟谁排名＊", "同一自然年申请同一级别的人一起排名，同分同名次；成绩取申请日（含）以前最近一次。"),
    ]


def test_a_list_says_which_exam_asks_about_it() -> None:
    assert told(standard_pages.reading_lists(made(WHOLE), ZH)) == [
        *("法律", "考它的是：法规", "· 电信条例", "· 合同法"),
        *("须知", "· 带上证件"),
    ]


@pytest.mark.parametrize("names", ["contest", "test"])
def test_a_list_may_prepare_for_a_whole_exam_or_an_exam_element(names: str) -> None:
    fields = WHOLE if names == "test" else POINTED
    lists = [{**WHOLE["reading"][0], "prepares_for": names}]
    standard = made({**fields, "reading": lists})
    assert "考它的是：" in told(standard_pages.reading_lists(standard, ZH))[1]
    exam = told(standard_pages.exams(standard, "low", ZH))
    assert exam.index("复习：法律") == exam.index(next(line for line in exam if line.startswith("业务："))) + 1


def test_a_list_that_is_called_like_its_exam_does_not_say_so_twice() -> None:
    lists = [{**WHOLE["reading"][0], "name": text("笔试"), "prepares_for": "test"}]
    assert told(standard_pages.reading_lists(made({**WHOLE, "reading": lists}), ZH)) == [
        "笔试",
        "· 电信条例",
        "· 合同法",
    ]


# ——— what is agreed


def test_what_the_source_leaves_open_is_told_once_each() -> None:
    assert told(standard_pages.agreed(made(WHOLE), ZH)) == [
        "原文没有规定，由这里约定",
        "· 部分达到算 ½，未观察到不计入。",
        "· 从达到率到建议分的对照。",
        "· 什么时候建议“3 超标”。",
        *("· 考试的加权平均分有小数，先四舍五入到整数。", "· 缺考的科目按 0 分计；一科都没考，评为 0 未达。"),
        "· 几位评审员的评分按权重取平均，显示到一位小数。",
    ]
    assert told(standard_pages.agreed(made(POINTED), ZH))[2:] == [
        "· 建议分是满分 × 达到率，四舍五入到 0.5 分。",
        "· 几位评审员的评分按权重取平均，中间不舍入；总分最后四舍五入到 0.1。",
        "· 级内等怎样划分。",
        "· 关键条件未达到，就不授予这个级别。",
        "· 同一自然年申请同一级别的人一起排名，同分同名次；成绩取申请日（含）以前最近一次。",
    ]


def test_what_the_source_says_itself_has_no_mark_and_is_not_among_it() -> None:
    own = {name: {**SCALE[name], "assumed": False} for name in ("suggestion", "exceeding", "exam_bands")}
    standard = made(WHOLE | {"rating": SCALE | own})
    starred = [line for line in told(standard_pages.rated(standard, "low", ZH)) if line.endswith("＊")]
    assert starred == ["先逐条回答＊", "有几位评审员时＊"]
    assert len(told(standard_pages.agreed(standard, ZH))) == 3


# ——— the shipped ones


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standard", shipped(STANDARDS).all(), ids=lambda each: f"{each.id}-{each.version}")
def test_every_criterion_of_the_shipped_standards_is_read_at_its_level(standard: Standard, language: str) -> None:
    for level in standard.levels:
        for element in standard.elements_at(level.id):
            lines = "\n".join(told(standard_pages.element(standard, element, level.id, language)))
            written = element.levels[level.id].criteria if element.levels else ()
            assert all(each.text.in_language(language) in lines for each in written)
            assert all(each.name.in_language(language) in lines for each in element.subjects)
        for write in (standard_pages.about, standard_pages.elements, standard_pages.rated):
            assert write(standard, level.id, language)
