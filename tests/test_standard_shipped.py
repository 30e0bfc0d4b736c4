"""The two shipped standards say what their sources say. The numbers here were read from the sources by hand."""

import time
from decimal import Decimal

import pytest

from qualify.paths import STANDARDS
from qualify.standard import (
    Catalogue,
    Element,
    PointsRating,
    ScaleRating,
    Standard,
    all_criteria,
    check,
    criteria_at,
    released,
    structure_hash,
)

POINTS = {  # module -> element -> points at levels 3, 4, 5
    "客户信息收集与客户关系规划": {
        "收集、分析与处理客户信息": (5, 5, 5),
        "客户关系现状评估": (5, 5, 5),
        "客户关系公关策划": (5, 5, 5),
    },
    "客户关系维系活动组织与实施": {
        "客户拜访": (5, 5, 5),
        "组建专家组或用户协会并组织活动": (5, 5, 0),
        "其他客户关系维系活动": (5, 5, 10),
    },
    "客户关系维系活动效果评估": {"效果评估": (5, 5, 5)},
    "服务销售市场分析": {"服务销售市场环境分析": (5, 5, 5)},
    "服务产品规划、宣传、推广计划制定和组织实施": {
        "制定服务产品规划": (0, 3, 5),
        "制定服务产品宣传推广计划": (0, 3, 5),
        "服务产品推广计划实施过程": (10, 4, 0),
    },
    "服务销售项目运作": {
        "项目策划": (5, 5, 10),
        "项目过程控制": (5, 5, 5),
        "技术商务谈判": (5, 5, 0),
        "项目指导与监控": (0, 0, 5),
        "服务交付与回款": (5, 5, 0),
    },
    "技术服务平台建设": {
        "市场支持": (10, 10, 15),
        "服务模式宣传推广": (10, 10, 15),
        "客户问题管理": (7, 7, 0),
        "组织用户培训": (3, 3, 0),
    },
}

LINES = {  # behaviour -> lines of criteria in the source at levels 4, 3, 2, 1; every line is at least one criterion
    "成就导向": (4, 4, 4, 4),
    "抗挫能力": (3, 3, 4, 4),
    "沟通倾听能力": (3, 3, 3, 4),
    "书面表达能力": (3, 3, 3, 3),
    "人际交往能力": (3, 3, 4, 4),
    "执行能力": (2, 3, 4, 4),
    "情绪控制能力": (3, 3, 3, 2),
    "协调能力": (3, 3, 4, 3),
    "信息收集能力": (2, 3, 3, 3),
    "需求分析能力": (4, 4, 4, 3),
    "定制策略能力": (2, 3, 4, 5),
    "主动营销能力": (3, 4, 4, 3),
    "客户保持能力": (3, 3, 4, 4),
    "客户关系能力": (3, 3, 3, 3),
}

SUBJECTS = {
    "通用基础知识": ["电信行业概况", "企业概况", "法律法规", "企业规章制度"],
    "专业基础知识": ["管理基础知识", "市场营销专业知识", "电信技术知识", "电信产品知识"],
    "岗位基础知识": ["职业规范知识", "政企客户行业需求特点及趋势", "中国电信政企客户营销策略"],
    "岗位基本技能": ["计算机操作知识", "应用文写作知识", "电信业务英语词汇及营销常用英语"],
}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue(STANDARDS)


@pytest.fixture(scope="module")
def service(catalogue: Catalogue) -> Standard:
    return catalogue.get("service-manager", 1)


@pytest.fixture(scope="module")
def client(catalogue: Catalogue) -> Standard:
    return catalogue.get("client-manager", 1)


def nth(standard: Standard, number: int) -> Element:
    """The element by its number in the source, from 1."""
    return standard.all_elements()[number - 1]


def test_both_standards_are_released_and_unchanged(catalogue: Catalogue) -> None:
    hashes = {(each.id, each.version): structure_hash(each) for each in catalogue.all()}
    assert {name for name, _ in hashes} == {"service-manager", "client-manager"}
    assert released(STANDARDS) == hashes
    assert check([STANDARDS]) == []


def test_both_standards_load_within_a_second() -> None:
    start = time.perf_counter()
    Catalogue(STANDARDS)
    assert time.perf_counter() - start < 1


def test_service_manager_has_three_levels_low_to_high(service: Standard) -> None:
    assert [(level.id, level.name.zh) for level in service.levels] == [("3", "三级"), ("4", "四级"), ("5", "五级")]


def test_service_manager_has_the_points_of_the_source(service: Standard) -> None:
    assert isinstance(service.rating, PointsRating)
    assert service.rating.step == Decimal("0.5")
    assert {
        module.name.zh: {element.name.zh: tuple((element.points or {}).values()) for element in module.elements}
        for module in service.modules
    } == POINTS
    assert [len(service.modules), len(service.all_elements())] == [7, 20]


@pytest.mark.parametrize(("level", "asked"), [("3", 17), ("4", 19), ("5", 14)])
def test_service_manager_sums_to_100_at_each_level(service: Standard, level: str, asked: int) -> None:
    elements = service.elements_at(level)
    assert sum((element.points or {})[level] for element in elements) == 100
    assert len(elements) == asked


def test_service_manager_has_exactly_two_key_conditions(service: Standard) -> None:
    keys = [
        (number, level)
        for number in range(1, 21)
        for level, demands in nth(service, number).levels.items()
        for criterion in demands.criteria
        if criterion.key
    ]
    assert keys == [(6, "5"), (12, "4")]
    assert nth(service, 6).levels["5"].criteria[0].key
    assert nth(service, 12).levels["4"].criteria[0].key
    assert service.key_conditions is not None
    assert (service.key_conditions.effect, service.key_conditions.assumed) == ("not-granted", True)


def test_level_4_takes_over_level_3_where_the_source_says_so(service: Standard) -> None:
    inherits = {
        (number, level): demands.inherits
        for number in range(1, 21)
        for level, demands in nth(service, number).levels.items()
        if demands.inherits
    }
    assert inherits == {(1, "4"): "3", (12, "4"): "3"}
    for number in (1, 12):
        element = nth(service, number)
        own, whole = element.levels["4"].criteria, criteria_at(element, "4")
        assert whole == own + element.levels["3"].criteria
        assert len(whole) > len(own) > 0


def test_service_manager_takes_five_points_off_for_each_missing_case(service: Standard) -> None:
    (cases,) = service.deductions
    assert (cases.points, cases.required, cases.window_months) == (5, {"3": 1, "4": 2, "5": 3}, 18)


def test_service_manager_grades_from_85_70_and_60_are_marked_as_assumed(service: Standard) -> None:
    assert service.grades is not None
    assert service.grades.assumed
    assert [(band.name.zh, band.total) for band in service.grades.bands] == [
        ("职业等", 85),
        ("普通等", 70),
        ("基础等", 60),
        ("预备等", 0),
    ]


def test_service_manager_knowledge_is_half_specialist_and_half_product(service: Standard) -> None:
    (knowledge,) = service.exams
    specialist, product = knowledge.subjects
    assert (specialist.name.zh, specialist.max) == ("服务经理专业知识", 100)
    assert (product.name.zh, product.max) == ("综合类产品知识", 500)
    assert specialist.weight == product.weight


def test_client_manager_has_four_levels_low_to_high(client: Standard) -> None:
    assert [level.name.zh for level in client.levels] == ["4级（初级）", "3级（中级）", "2级（高级）", "1级（资深）"]


def test_client_manager_has_18_items_in_3_categories(client: Standard) -> None:
    assert [(module.name.zh, len(module.elements)) for module in client.modules] == [
        ("基本能力", 8),
        ("专业/技术能力", 4),
        ("职能行为能力", 6),
    ]
    kinds = [element.kind for element in client.all_elements()]
    assert (kinds.count("behaviour"), kinds.count("exam")) == (14, 4)


def test_client_manager_loses_no_line_of_the_source_in_any_of_56_cells(client: Standard) -> None:
    behaviours = {element.name.zh: element for element in client.all_elements() if element.kind == "behaviour"}
    assert list(behaviours) == list(LINES)
    assert sum(sum(lines) for lines in LINES.values()) == 186
    cells = [
        (name, level.id, least)
        for name, lines in LINES.items()
        for level, least in zip(client.levels, lines, strict=True)
    ]
    assert len(cells) == 56
    for name, level, least in cells:
        demands = behaviours[name].levels[level]
        assert demands.summary is not None, (name, level)
        assert len(demands.criteria) >= least, (name, level)
    assert len(all_criteria(client)) >= 186


def test_client_manager_exams_have_their_subjects_of_100_and_equal_weight(client: Standard) -> None:
    exams = [element for element in client.all_elements() if element.kind == "exam"]
    assert {exam.name.zh: [subject.name.zh for subject in exam.subjects] for exam in exams} == SUBJECTS
    assert {(subject.max, subject.weight) for exam in exams for subject in exam.subjects} == {(100, 1)}


def test_client_manager_rates_on_seven_labels_where_5_meets_the_target(client: Standard) -> None:
    assert isinstance(client.rating, ScaleRating)
    assert [(label.value, label.name.zh) for label in client.rating.labels] == [
        (0, "尚不具备"),
        (1, "差距很大"),
        (2, "差距明显"),
        (3, "大部分达标"),
        (4, "基本达标"),
        (5, "达标"),
        (6, "超标"),
    ]
    assert client.rating.target == 5
    assert client.grades is None


def test_client_manager_suggests_from_the_share_and_says_that_it_is_assumed(client: Standard) -> None:
    assert isinstance(client.rating, ScaleRating)
    suggestion, exceeding = client.rating.suggestion, client.rating.exceeding
    assert [(row.share, row.above, row.rating) for row in suggestion.rows] == [
        (1, False, 5),
        (Decimal("0.8"), False, 4),
        (Decimal("0.6"), False, 3),
        (Decimal("0.4"), False, 2),
        (0, True, 1),
        (0, False, 0),
    ]
    assert exceeding is not None
    assert (exceeding.rating, exceeding.next_level_share) == (6, Decimal("0.5"))
    assert suggestion.assumed
    assert exceeding.assumed


def test_client_manager_exam_bands_are_those_of_the_source(client: Standard) -> None:
    assert isinstance(client.rating, ScaleRating)
    assert client.rating.exam_bands is not None
    bands = [(band.score, band.rating) for band in client.rating.exam_bands.bands]
    assert bands == [(91, 6), (81, 5), (71, 4), (61, 3), (41, 2), (0, 1)]
    assert client.rating.exam_bands.untaken == 0
