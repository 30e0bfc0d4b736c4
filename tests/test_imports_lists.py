"""Lists as HR people really send them: what each file in `fixtures/lists` comes to, and others of its kind."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import numbers
from openpyxl.workbook.workbook import Workbook as Book

from qualify.services.imports.people_list import COLUMNS
from qualify.services.imports.score_list import SCORE_COLUMNS
from qualify.services.imports.tables import Column, Sent, Table, heading_of, read_day, read_table
from qualify.texts import LANGUAGES, say, staff_number
from tests.company import refused

LISTS = Path(__file__).parent / "fixtures" / "lists"
TWO = [["P001", "测试甲", "客服部"], ["P002", "测试乙", "客服部"]]


def table(name: str, content: bytes | None = None) -> Table:
    columns: Sequence[Column] = SCORE_COLUMNS if "scores" in name else COLUMNS
    file = Sent(name, (LISTS / name).read_bytes() if content is None else content)
    return read_table(file, columns, {"staff_no": staff_number, "taken_on": lambda text: read_day(text).isoformat()})


def rows(read: Table, width: int = 3) -> list[list[str]]:
    return [[*row.values.values()][:width] for row in read.rows]


def faults(read: Table) -> list[tuple[int, str, str]]:
    for fault in read.faults:
        for language in LANGUAGES:
            assert say(language, fault.error.key, **fault.error.values)
    return [(fault.row, fault.column, fault.error.key) for fault in read.faults]


def packed(book: Book) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def book(*lines: Sequence[object]) -> Book:
    made = Workbook()
    for line in lines:
        made.worksheets[0].append(list(line))
    return made


HEADS = ["工号", "姓名", "部门"]


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("01-wps-dimension-a1.xlsx", TWO),
        ("02d-last-row-styled.xlsx", TWO),
        ("03-merged-department.xlsx", [*TWO, ["P003", "测试丙", "客服部"]]),
        ("03a-before-merge.csv", [*TWO, ["P003", "测试丙", "客服部"]]),
        ("04b-hidden-old-list.xlsx", [["P001", "测试甲", "新部门"]]),
        ("07-leading-zeros.xlsx", [["000123", "测试甲", "客服部"], ["000124", "测试乙", "客服部"]]),
        ("09-x000d.xlsx", [["P001", "测试甲", "客服部 一组"]]),
        ("11-semicolon.csv", [["P001", "Test A", "Support"]]),
        ("12-bom.csv", [["P001", "测试甲", "客服部"]]),
        ("13b-fullwidth-update.csv", [["P001", "测试甲", "销售部"]]),
        ("14-title-row.xlsx", TWO),
        ("19-same-names.csv", [[f"P00{n}", "张伟", "客服部"] for n in (1, 2, 3)]),
        ("21l-scores.xlsx", [["P001", "service-manager", "specialist"], ["P001", "service-manager", "product"]]),
        ("21p-scores-1904.xlsx", [["P001", "service-manager", "specialist"]]),
        ("23b-optional-heading.csv", [["P001", "测试甲", "客服部"]]),
        ("28-manager-unknown.csv", [["P001", "测试甲", "P999"], ["P002", "测试乙", "P002"]]),
    ],
)
def test_a_list_is_read_as_people_see_it(name: str, people: list[list[str]]) -> None:
    read = table(name)
    assert (rows(read), faults(read)) == (people, [])


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("05-error-cell.xlsx", (2, "department", "error-cell-formula")),
        ("17-unquoted-comma.csv", (2, "staff_no", "error-row-long")),
        ("21-scores-serial-date.csv", (2, "taken_on", "error-date-serial")),
    ],
)
def test_what_can_t_be_used_is_a_fault_at_its_row(name: str, fault: tuple[int, str, str]) -> None:
    assert faults(table(name)) == [fault]


def test_a_file_that_could_be_read_in_two_ways_is_refused() -> None:
    with refused("error-table-twice") as twice:
        table("10-duplicate-headings.csv")
    assert twice.value.values["columns"] == "C 部门、D 部门"
    assert faults(table("18-open-quote.csv")) == [(2, "staff_no", "error-row-quote")]


def test_dates_of_both_systems_are_the_days_that_are_seen() -> None:
    for name in ("21l-scores.xlsx", "21p-scores-1904.xlsx"):
        assert {row.values["taken_on"] for row in table(name).rows} == {"2026-03-01"}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"], ids=["comma", "semicolon", "tab", "bar"])
@pytest.mark.parametrize("told", [False, True])
def test_any_separator_is_found_out_or_told(separator: str, *, told: bool) -> None:
    lines = [HEADS, *TWO]
    text = "\r\n".join([*([f"sep={separator}"] if told else []), *map(separator.join, lines)])
    read = table("a.csv", text.encode())
    assert rows(read) == TWO
    assert read.rows[0].number == 2 + told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_any_encoding_of_a_spreadsheet_is_found_out(encoding: str) -> None:
    text = "\r\n".join(map(",".join, [HEADS, *TWO]))
    assert rows(table("a.csv", text.encode(encoding))) == TWO


def test_a_title_above_and_a_total_below_are_no_people() -> None:
    lines = [["花名册"], [], HEADS, *TWO, ["合计", "2"], ["", "总计：2人", ""]]
    data = io.StringIO()
    csv.writer(data).writerows(lines)
    for name, content in (("a.csv", data.getvalue().encode()), ("a.xlsx", packed(book(*lines)))):
        read = table(name, content)
        assert (rows(read), faults(read), read.rows[0].number) == (TWO, [], 4)


def test_several_sheets_that_look_like_the_list_are_named_and_hidden_ones_left_out() -> None:
    made = book(HEADS, *TWO)
    other = made.create_sheet("旧名单")
    other.append(HEADS)
    with refused("error-table-sheets") as refusal:
        table("a.xlsx", packed(made))
    assert refusal.value.values["sheets"] == "Sheet、旧名单"
    other.sheet_state = "veryHidden"
    assert rows(table("a.xlsx", packed(made))) == TWO
    made.create_sheet("说明", 0).append(["请先看这里"])
    assert rows(table("a.xlsx", packed(made))) == TWO


def test_what_is_merged_over_lines_stands_in_each_and_makes_no_lines() -> None:
    made = book(HEADS, *TWO, ["P003", "测试丙"])
    made.worksheets[0].merge_cells("C2:C9")
    assert [row[2] for row in rows(table("a.xlsx", packed(made)))] == ["客服部"] * 3


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (123, "000000", "000123"),
        (1234567, "000000", "1234567"),
        (7, '"P"000', "P007"),
        (7, "0", "7"),
        (7, "@", "7"),
        (0.885, "0.0%", "88.5%"),
        (88.5, "0.00", "88.5"),
        (1234, "#,##0", "1234"),
        (True, "General", "TRUE"),
    ],
)
def test_a_number_is_what_the_cell_shows(value: object, format_: str, shown: str) -> None:
    made = book(HEADS, ["P001", "甲", value])
    made.worksheets[0]["C2"].number_format = format_
    assert rows(table("a.xlsx", packed(made))) == [["P001", "甲", shown]]


def test_a_formula_that_failed_or_was_never_computed_is_a_fault_where_it_is_needed() -> None:
    lines = [*HEADS, "备注"], ["P001", "甲", "=A1", "=B1"], ["P002", "=NA()", "乙", "#REF!"], ["P003", "丙", "#REF!"]
    read = table("a.xlsx", packed(book(*lines)))
    assert faults(read) == [
        (2, "department", "error-cell-uncomputed"),
        (3, "name", "error-cell-uncomputed"),
        (4, "department", "error-cell-formula"),
    ]


@pytest.mark.parametrize("number", [110101199001011234, 1e15, "1.10101E+17"])
def test_a_long_number_that_was_ruined_is_a_fault(number: object) -> None:
    made = book(HEADS, [number, "甲", "部"])
    made.worksheets[0]["A2"].number_format = numbers.FORMAT_GENERAL
    assert faults(table("a.xlsx", packed(made))) == [(2, "staff_no", "error-cell-long-number")]
    assert rows(table("a.csv", "工号,姓名,部门\n110101199001011234,甲,部".encode()))[0][0] == "110101199001011234"


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("*姓名", "姓名"),
        ("角色（必填）", "角色"),
        ("ＮＡＭＥ：", "name"),
        ("姓 名", "姓名"),
        ("员工", "员工"),
    ],
)
def test_a_heading_is_its_plain_word(heading: str, word: str) -> None:
    assert heading_of(heading) == heading_of(word)


@pytest.mark.parametrize(
    ("text", "key"),
    [("46082", "error-date-serial"), ("46082.5", "error-date-serial")],
)
def test_a_day_that_can_t_be_meant_is_refused(text: str, key: str) -> None:
    with refused(key):
        read_day(text)
