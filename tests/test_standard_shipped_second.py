"""Version 2 of the shipped standards: the source's lines, the marks, what is told beside the criteria.

The tables were read from the sources by hand: a cell has a number for each line of the source at that level, the number
of criteria that the line became. Where the source marks a continuation (上条续) it is the same line; in the service
manager's standard a line is a numbered item with what stands below it, or a paragraph without a number.
"""

import re

import pytest

from qualify.paths import STANDARDS
from qualify.standard import (
    CaseKind,
    Criterion,
    Standard,
    all_criteria,
    all_subjects,
    criteria_at,
    inherited_from,
    lines_at,
    load,
    parse,
)

CLIENT_LINES = {  # levels 4, 3, 2, 1; 186 lines in 56 cells
    "成就导向": ("1 1 1 1", "1 1 1 1", "1 1 1 1", "1 1 1 1"),
    "抗挫能力": ("1 1 1", "1 1 1", "1 1 1 1", "1 1 1 1"),
    "沟通倾听能力": ("1 1 1", "1 1 1", "2 1 1", "1 1 1 1"),
    "书面表达能力": ("1 1 1", "1 1 1", "1 1 1", "1 1 1"),
    "人际交往能力": ("1 1 1", "1 1 1", "1 1 1 1", "1 1 1 1"),
    "执行能力": ("1 1", "1 1 1", "1 1 1 1", "1 1 1 1"),
    "情绪控制能力": ("1 1 1", "1 1 1", "1 1 1", "1 1"),
    "协调能力": ("1 1 1", "1 1 1", "1 1 1 1", "1 1 1"),
    "信息收集能力": ("1 1", "1 1 1", "1 2 1", "1 2 1"),
    "需求分析能力": ("1 1 2 1", "1 2 2 1", "1 2 2 1", "1 1 1"),
    "定制策略能力": ("1 3", "1 1 3", "3 1 2 1", "2 1 1 1 1"),
    "主动营销能力": ("2 2 2", "3 2 2 1", "3 2 2 1", "1 1 1"),
    "客户保持能力": ("3 2 2", "3 2 2", "2 2 2 2", "2 2 1 1"),
    "客户关系能力": ("2 2 2", "3 2 3", "3 3 3", "2 3 4"),
}

SERVICE_LINES = {  # levels 3, 4, 5; in "项目策划" level 4's third line, "the rest as level 3", is inheritance
    "收集、分析与处理客户信息": ("7", "3", "4"),
    "客户关系现状评估": ("3", "4", "3"),
    "客户关系公关策划": ("3 3 2", "2 2 2 2", "2 3 1 2"),
    "客户拜访": ("1 1 1 2 2 2", "1 1 2 1 2 2", "1 2 1 1 1"),
    "组建专家组或用户协会并组织活动": ("2 2 2 1", "1 2 1 1", ""),
    "其他客户关系维系活动": ("6", "6", "1 3 1"),
    "效果评估": ("2 1 3", "3 3", "3"),
    "服务销售市场环境分析": ("4 2 1", "2 2 2 2", "2 2 2 2"),
    "制定服务产品规划": ("", "2 2", "2 2 2"),
    "制定服务产品宣传推广计划": ("", "1 1 2", "1 2 1 1"),
    "服务产品推广计划实施过程": ("1 2 2", "1 2 2 2", ""),
    "项目策划": ("1 1 1 2 3 1", "1 3", "2 1 2 1 2"),
    "项目过程控制": ("2 2 1 2 1 1 1", "2 1 2 2 2", "1 2 1 2 2 1 1"),
    "技术商务谈判": ("2 1 2 2 1 1 1", "1 1 1 1 2 1 1", ""),
    "项目指导与监控": ("", "", "2 1 3"),
    "服务交付与回款": ("1 2 1", "2 1 2", ""),
    "市场支持": ("1 1", "1 1 1", "1 1 1 1"),
    "服务模式宣传推广": ("1 1 2 3", "1 2 1 2 1", "2 1"),
    "客户问题管理": ("2 1 2", "1 2 2", ""),
    "组织用户培训": ("2 1", "3", ""),
}

SPLIT = {  # criteria of version 1 that held two demands -> how many they became
    "needs-analysis": {"4.3": 2, "3.2": 2, "3.3": 2, "2.2": 2},
    "tailored-strategy": {"4.2": 2, "3.3": 2, "2.2": 2, "2.4": 2, "1.1": 2},
    "active-marketing": {"4.1": 2, "4.2": 2, "3.1": 3, "3.2": 2, "2.1": 3, "2.2": 2},
    "retention": {"4.2": 2, "3.2": 2},
}
MENDED = {"tailored-strategy.4.3": "在指导下", "customer-relations.2.9": "指导行业团队"}  # the words they had lost


@pytest.fixture(scope="module")
def client() -> Standard:
    return load(STANDARDS / "client-manager" / "v2.yaml")


@pytest.fixture(scope="module")
def service() -> Standard:
    return load(STANDARDS / "service-manager" / "v2.yaml")


def first(standard: Standard) -> Standard:
    return load(STANDARDS / standard.id / "v1.yaml")


def written(standard: Standard) -> dict[str, Criterion]:
    return {criterion.id: criterion for criterion in all_criteria(standard)}


def marked(standard: Standard, mark: str) -> set[str]:
    return {criterion.id for criterion in all_criteria(standard) if getattr(criterion, mark)}


def lines_of(standard: Standard) -> dict[str, tuple[str, ...]]:
    """Element -> a cell a level: how many of its own criteria each line became."""
    levels = [level.id for level in standard.levels]
    return {
        element.name.zh: tuple(
            cell([each.line for each in element.levels[level].criteria]) if level in element.levels else ""
            for level in levels
        )
        for element in standard.all_elements()
        if element.kind == "behaviour"
    }


def cell(lines: list[int | None]) -> str:
    return " ".join(str(lines.count(line)) for line in dict.fromkeys(lines))


def test_client_manager_has_the_lines_of_the_source(client: Standard) -> None:
    assert lines_of(client) == CLIENT_LINES
    cells = [each for row in CLIENT_LINES.values() for each in row]
    assert (len(cells), sum(len(each.split()) for each in cells)) == (56, 186)


def test_service_manager_has_the_lines_of_the_source(service: Standard) -> None:
    assert lines_of(service) == SERVICE_LINES


def test_a_continued_line_is_one_line_and_inherited_lines_stay_lines_of_their_own(
    client: Standard, service: Standard
) -> None:
    speaking = lines_at(client.element("communication"), "2")
    assert [[each.id[-1] for each in line] for line in speaking] == [["1", "2"], ["3"], ["4"]]
    planning = lines_at(service.element("project-planning"), "4")
    assert [len(line) for line in planning] == [1, 1, 1, 2, 3, 1, 1, 3]


def test_what_asks_for_the_same_as_in_version_1_keeps_its_id_and_words(client: Standard, service: Standard) -> None:
    assert {name: each.text for name, each in written(service).items()} == {
        name: each.text for name, each in written(first(service)).items()
    }
    old, new = written(first(client)), written(client)
    changed = {f"{element}.{number}" for element, split in SPLIT.items() for number in split} | MENDED.keys()
    assert old.keys() - new.keys() == changed
    assert {name for name in old.keys() & new.keys() if old[name].text != new[name].text} == set()
    for element, split in SPLIT.items():
        for number, parts in split.items():
            for letter in "abc"[:parts]:
                assert new[f"{element}.{number}{letter}"].line
    added = sum(parts for split in SPLIT.values() for parts in split.values()) + len(MENDED)
    assert len(new.keys() - old.keys()) == added


def test_the_two_criteria_that_had_lost_a_word_have_it_again(client: Standard) -> None:
    old, new = written(first(client)), written(client)
    for name, words in MENDED.items():
        assert words not in old[name].text.zh
        assert words in new[f"{name}a"].text.zh


def test_twin_lines_of_active_marketing_are_split_alike_at_all_levels(client: Standard) -> None:
    element = client.element("active-marketing")
    talks = {level: [each.text.zh for each in lines_at(element, level)[1]] for level in ("4", "3", "2")}
    assert talks["4"] == talks["3"] == ["能与客户有效沟通", "能向客户演示方案"]
    assert [len(line) for line in talks.values()] == [2, 2, 2]
    chains = [[each.text.en for each in lines_at(element, level)[0]] for level in ("4", "3")]
    assert chains[1][:2] == chains[0]


def test_what_the_source_lost_and_was_filled_in_again_is_marked(client: Standard, service: Standard) -> None:
    assert marked(service, "restored") == {
        "product-planning.5.1",
        "product-planning.5.2",
        "project-planning.5.3",
        "project-control.5.7",
        "project-control.5.8",
        "negotiation.4.2",
    }
    assert marked(client, "restored") == set()


def test_descriptors_of_the_least_are_weaknesses_and_what_is_done_under_guidance(
    client: Standard, service: Standard
) -> None:
    weaknesses = {"resilience.4.1", "resilience.4.2", "resilience.3.2", "composure.4.1"}
    for standard, others in ((client, weaknesses), (service, set())):
        guided = {each.id for each in all_criteria(standard) if re.search("在(他人|领导)?指导下", each.text.zh)}
        assert guided
        assert marked(standard, "minimum") == guided | others


def test_criteria_that_level_4_takes_over_stand_first(service: Standard) -> None:
    for name in ("customer-information", "project-planning"):
        element = service.element(name)
        homes = [inherited_from(element, "4", each.id) for each in criteria_at(element, "4")]
        own = len(element.levels["4"].criteria)
        assert homes == ["3"] * (len(homes) - own) + [None] * own


def test_client_manager_says_what_a_competence_and_each_category_is(client: Standard, service: Standard) -> None:
    assert client.definition is not None
    assert all(words in client.definition.zh for words in ("知识", "技能", "职业素养", "培训"))
    assert [module.definition is not None for module in client.modules] == [True] * 3
    assert service.definition is None  # its source defines none
    assert {module.definition for module in service.modules} == {None}


def test_what_is_lost_is_said_where_it_would_stand(client: Standard, service: Standard) -> None:
    (chapter,), (part,) = client.lost, service.lost
    assert all(words in chapter.zh for words in ("第八章", "动态调整", "何时", "级别", "方法"))
    assert "基本条件" in part.zh


def test_service_manager_names_the_rule_of_its_examination(service: Standard) -> None:
    (knowledge,) = service.exams
    assert knowledge.regulation is not None
    assert "技字2001（423）" in knowledge.regulation.zh
    assert knowledge.definition is not None
    assert "排名" in knowledge.definition.zh


def test_service_manager_counts_two_kinds_of_case_adopted_by_technical_support(service: Standard) -> None:
    (cases,) = service.deductions
    assert [kind.name.zh for kind in cases.kinds] == ["管理案例", "服务销售案例"]
    assert all(isinstance(kind, CaseKind) for kind in cases.kinds)
    assert cases.adopted_by is not None
    assert cases.adopted_by.zh == "技术支援部"


def test_reading_lists_name_the_examination_they_prepare_for(client: Standard, service: Standard) -> None:
    assert [each.prepares_for for each in service.reading] == ["specialist"] * 6 + ["product"] * 3
    assert sum(len(each.topics) for each in service.reading) == 38
    exams = [element.id for element in client.all_elements() if element.kind == "exam"]
    assert [each.prepares_for for each in client.reading] == [None, *exams]


def test_subjects_weigh_the_same_at_every_level_until_an_organisation_decides(client: Standard) -> None:
    weights = {subject.weight_at(level.id) for subject in all_subjects(client) for level in client.levels}
    assert weights == {1}


@pytest.mark.parametrize("standard_id", ["client-manager", "service-manager"])
def test_eligibility_is_only_an_example_and_a_legal_one(standard_id: str) -> None:
    text = (STANDARDS / standard_id / "v2.yaml").read_text(encoding="utf-8")
    assert parse(text, "x").eligibility == ()
    asked = parse(re.sub(r"^# (eligibility:|  - \{kind)", r"\1", text, flags=re.MULTILINE), "x").eligibility
    assert [rule.kind for rule in asked] == ["service-years", "appraisals", "level-held"]


@pytest.mark.parametrize("version", [1, 2])
@pytest.mark.parametrize("standard_id", ["client-manager", "service-manager"])
def test_no_criterion_ends_with_a_full_stop(standard_id: str, version: int) -> None:
    standard = load(STANDARDS / standard_id / f"v{version}.yaml")
    texts = (text for each in all_criteria(standard) for text in (each.text.zh, each.text.en))
    assert [text for text in texts if text[-1] in "。.;；" and not text.endswith("etc.")] == []
