"""A standard as a workbook: nothing is lost on the way out and back, and every fault is told at its cell."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from qualify.errors import InvalidInput, InvalidStandard
from qualify.exports.templates import standard_workbook
from qualify.imports.standards import read_standard
from qualify.paths import STANDARDS
from qualify.standard import Standard, parse, problems_of, shipped, structure_hash
from qualify.standard.workbook import FilledSheet, GivenSheet, document_of, filled_sheets, standard_in, words
from qualify.standard.workbook.plans import plans
from qualify.texts import LANGUAGES, knows
from tests.test_standard_readme import EXAMPLE, IN_CHINESE

EVERY = (*shipped(STANDARDS).all(), parse(IN_CHINESE, "support/v1.yaml"))
SERVICE = shipped(STANDARDS).get("service-manager", 2)
CLIENT = shipped(STANDARDS).get("client-manager", 2)
Sheets = dict[str, list[list[str]]]


@cache
def _written(standard: Standard) -> Sheets:
    def lines(sheet: FilledSheet) -> list[list[str]]:
        return [["" if cell is None else str(cell) for cell in row] for row in (sheet.headings, *sheet.rows)]

    return {sheet.name: lines(sheet) for sheet in filled_sheets(standard, "zh-CN")}


def changed(standard: Standard, change: Callable[[Sheets], object]) -> Sheets:
    sheets = deepcopy(_written(standard))
    change(sheets)
    return sheets


def read(sheets: Sheets) -> Standard:
    return standard_in([GivenSheet(name, lines) for name, lines in sheets.items()], "v3.xlsx")


def faults(sheets: Sheets) -> list[str]:
    with pytest.raises(InvalidStandard) as refusal:
        read(sheets)
    return [problem.say("zh-CN") for problem in problems_of(refusal.value)]


def row_of(sheets: Sheets, sheet: str, cell: str) -> list[str]:
    return next(row for row in sheets[sheet] if cell in row)


def put(sheets: Sheets, sheet: str, row: int, heading: str, text: str) -> None:
    """Write into the cell of a row as a spreadsheet numbers it."""
    sheets[sheet][row - 1][sheets[sheet][0].index(heading)] = text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("standard", EVERY, ids=lambda each: f"{each.id}-{each.version}")
def test_a_standard_comes_back_from_its_workbook_whole(standard: Standard, language: str) -> None:
    back = read_standard("back.xlsx", standard_workbook(standard, language))
    assert structure_hash(back) == structure_hash(standard)
    assert document_of(back) == document_of(standard)


awkward = st.sampled_from(["=1+1", "'90s", "-a\nb", "[1]", "@x", "1.1E+17", "a\n\n  b", "7", "true", "80%", "a [b]"])
typed = awkward | st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cn"), exclude_characters="'_"), min_size=1
)


@settings(max_examples=25, deadline=None)
@given(st.lists(typed.map(str.strip).filter(bool), min_size=8))
def test_whatever_a_text_looks_like_it_comes_back_as_it_was(texts: list[str]) -> None:
    topics = [{"zh": text, "en": text} for text in texts]
    reading = {"id": "all", "name": {"zh": "=A1", "en": "-"}, "topics": topics}
    standard = Standard.model_validate(document_of(parse(EXAMPLE, "reception/v1.yaml")) | {"reading": [reading]})
    assert document_of(read_standard("a.xlsx", standard_workbook(standard, "en"))) == document_of(standard)


@pytest.mark.parametrize("text", ["长" * 40_000, "_x003D_", "'=1"])
def test_what_would_not_come_back_is_refused_and_never_changed(text: str) -> None:
    with pytest.raises(InvalidInput):
        standard_workbook(SERVICE.model_copy(update={"name": SERVICE.name.model_copy(update={"zh": text})}), "zh-CN")


def test_words_that_the_sheet_would_part_are_refused() -> None:
    support = parse(IN_CHINESE.replace("accepted: [A, B]", 'accepted: ["A、B"]'), "support/v1.yaml")
    with pytest.raises(InvalidInput):
        standard_workbook(support, "zh-CN")
    blank = parse(f"{EXAMPLE}\nlost: []\ndefinition:\n", "reception/v1.yaml")
    assert read_standard("a.xlsx", standard_workbook(blank, "en")) == blank


def test_every_fault_is_told_by_sheet_row_and_column_with_what_would_be_right() -> None:
    def spoil(sheets: Sheets) -> None:
        put(sheets, "标准", 3, "内容", "二")
        put(sheets, "要素", 4, "分值 · 三级 [3]", "很多")
        put(sheets, "要素", 5, "类别", "考")
        put(sheets, "条目", 6, "要素", "customer-visit")
        put(sheets, "条目", 7, "关键条件", "对")
        put(sheets, "条目", 8, "条目（英文）", "")
        put(sheets, "条目", 9, "编号", "")
        put(sheets, "扣分项", 2, "几个月内", "0")
        sheets["级内等"][0][-1] = "未达到的占比"
        sheets["我的备注"] = [["别忘了"]]

    assert faults(changed(SERVICE, spoil)) == [
        "「标准」第 3 行 B 列（内容）：“版本”要写整数，现在是 二。",
        "「要素」第 4 行 I 列（分值 · 三级 [3]）：“分值”要写数字，现在是 很多。",
        "「要素」第 5 行 E 列（类别）：“类别”不能是 考，可以写的是：行为, 考试。",
        "「条目」第 6 行 A 列（要素）：没有叫“customer-visit”的要素，"
        "可以写的是：客户拜访 [customer-visits], 收集、分析与处理客户信息 [customer-information]。",
        "「条目」第 7 行 F 列（关键条件）：请选“是”或“否”，现在是 对。",
        "「条目」第 8 行 E 列（条目（英文））：“条目”缺少英文，两种语言都要写。",
        "「条目」第 9 行 C 列（编号）：请填写“编号”，不能空着。",
        "「扣分项」第 2 行 J 列（几个月内）：“几个月内”要 ≥ 1，现在是 0。",
        "「级内等」第 1 行 E 列（未达到的占比）：这里没有“未达到的占比”，是不是：未达到占比？",
        "「我的备注」第 1 行：没有这种表。表名可以是：标准, 级别, 模块, 要素, 级别要求, 条目, 原文缺失, 等级名称, …。"
        "自己的备注请放到别的文件里。",
    ]


def test_a_rule_that_is_broken_is_told_where_it_is_broken() -> None:
    def spoil(sheets: Sheets) -> None:
        put(sheets, "要素", 4, "分值 · 三级 [3]", "4.5")
        put(sheets, "条目", 3, "编号", sheets["条目"][1][2])
        put(sheets, "条目", 6, "原文行", "7")
        put(sheets, "级内等", 5, "总分从", "10")

    told = faults(changed(SERVICE, spoil))
    assert [each.partition("：")[0] for each in told] == [
        "「级别」第 2 行 A 列（编号）",
        "「条目」第 3 行 C 列（编号）",
        "「条目」第 6 行 G 列（原文行）",
        "「条目」第 7 行 G 列（原文行）",
        "「级内等」第 5 行 D 列（总分从）",
    ]
    assert told[0].endswith("合计 99.5 分，应为 100 分，还差 0.5 分。")


@pytest.mark.parametrize(
    ("standard", "sheet", "told"),
    [
        (CLIENT, "等级名称", "「等级名称」第 1 行：“等级名称”表里至少要有一行。"),
        (CLIENT, "考试分段", "「考试分段」第 1 行：“考试分段”表里至少要有一行。"),
        (SERVICE, "模块", "「模块」第 1 行：“模块”表里至少要有一行。"),
        (SERVICE, "级别", "「级别」第 1 行：“级别”表里至少要有一行。"),
    ],
)
def test_a_sheet_without_rows_is_told_once_and_not_again_for_each_that_hangs_on_it(
    standard: Standard, sheet: str, told: str
) -> None:
    found = faults(changed(standard, lambda sheets: sheets[sheet].__delitem__(slice(1, None))))
    assert told in found
    assert len(found) < 8


def test_nothing_is_overlooked_that_would_be_lost() -> None:
    def overfill(sheets: Sheets) -> None:
        sheets["条目"][7].append("旁注")
        sheets["级别要求"].append(list(sheets["级别要求"][3]))
        put(sheets, "考试科目", 2, "权重 · 三级 [3]", "2")
        sheets["标准"].append(["版本", "9", ""])

    sheets = changed(SERVICE, overfill)
    assert [each.partition("：")[0] for each in faults(sheets)] == [
        f"「标准」第 {len(sheets['标准'])} 行 A 列（项目）",
        f"「级别要求」第 {len(sheets['级别要求'])} 行 B 列（级别）",
        "「条目」第 8 行 J 列",
        "「考试科目」第 2 行 I 列（权重）",
    ]


def test_people_write_as_they_do() -> None:
    def retype(sheets: Sheets) -> None:
        for row in sheets["条目"][1:]:
            row.reverse()
            row[-1] = row[-1].partition(" [")[0]  # the element's name alone
            row[-2] = words.id_in(row[-2]) or ""
        sheets["条目"][0].reverse()
        sheets["建议分"][2][0] = "８０％"
        row_of(sheets, "标准", "建议分由本单位约定")[1] = "YES"
        sheets["Criteria "] = sheets.pop("条目")
        sheets["条目 （旧）"] = []

    assert document_of(read(changed(CLIENT, retype))) == document_of(CLIENT)


def test_a_formula_that_failed_is_told_at_its_cell() -> None:
    book = load_workbook(BytesIO(standard_workbook(SERVICE, "zh-CN")))
    book["条目"]["C5"] = "=1/0"
    content = BytesIO()
    book.save(content)
    with pytest.raises(InvalidStandard) as refusal:
        read_standard("a.xlsx", content.getvalue())
    assert problems_of(refusal.value)[0].say("zh-CN").startswith("「条目」第 5 行 C 列（编号）：")


def test_a_workbook_of_something_else_says_what_to_do() -> None:
    book: Any = load_workbook(BytesIO(standard_workbook(SERVICE, "zh-CN")))
    for name in book.sheetnames[2:]:
        del book[name]
    content = BytesIO()
    book.save(content)
    with pytest.raises(InvalidInput) as refusal:
        read_standard("a.xlsx", content.getvalue())
    assert refusal.value.key == "error-workbook-other"


def test_closed_choices_are_chosen_from_a_list() -> None:
    book = load_workbook(BytesIO(standard_workbook(SERVICE, "zh-CN")))
    ranges = [each.sqref for each in book["条目"].data_validations.dataValidation]
    assert [str(each).split(":")[0] for each in ranges] == ["A2", "B2", "F2", "H2", "I2"]
    once = {str(each.sqref): each.formula1 for each in book["标准"].data_validations.dataValidation}
    assert [book["lists"][once["B7"].partition("!")[2].split(":")[0].replace("$", "")].value] == ["分值制"]


def test_every_sheet_column_and_choice_has_a_word() -> None:
    for plan in plans().values():
        assert knows(f"workbook-sheet-{plan.name}")
        assert knows(f"workbook-about-{plan.name}")
        for field in (*plan.belongings(), *plan.fields):
            assert not field.path or not words.field_name(plan, field, "zh-CN").isascii(), field
            assert all(not words.choice_name(field, each, "zh-CN").isascii() for each in words.choices(field)), field
