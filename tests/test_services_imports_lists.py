"""Tables that people send: CSV and XLSX, people and examination scores; all of it is taken in, or nothing."""

import json
from collections.abc import Callable, Collection
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from sqlalchemy import Connection

from qualify.access import Role
from qualify.errors import InvalidInput
from qualify.reporting import import_preview
from qualify.services.imports import people_list, score_list
from qualify.services.imports.people_list import Imported
from qualify.services.imports.preview import ListChanged
from qualify.services.imports.tables import Column, InvalidTable, read_day, read_table
from qualify.services.people import directory
from qualify.services.people import roles as roles_service
from qualify.storage import assessments as stored
from qualify.storage import people as stored_people
from qualify.storage import search
from qualify.storage.tables import FACTS, Audit, ExamScore, Person
from qualify.texts import LANGUAGES, say
from tests.company import (
    OPERATOR,
    PEOPLE,
    POINTS,
    Company,
    listed_scores,
    meeting_before,
    refused,
    statements,
    together,
)

pytest_plugins = ["tests.company_fixtures"]
COLUMNS = (Column("name", "姓名", required=True), Column("note", "备注"))
SCORES = "工号,标准,科目,成绩,考试日期\n"


def workbook(*lines: list[object]) -> bytes:
    book, data = Workbook(), BytesIO()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(data)
    return data.getvalue()


def damaged(book: bytes) -> bytes:
    """The same with half a first sheet."""
    data = BytesIO()
    with ZipFile(BytesIO(book)) as whole, ZipFile(data, "w") as half:
        for part in whole.namelist():
            content = whole.read(part)
            half.writestr(part, content[: len(content) // 2] if "sheet1" in part else content)
    return data.getvalue()


def faults_of(error: pytest.ExceptionInfo[InvalidTable]) -> list[tuple[int, str, str]]:
    """Row, column and sentence key of each fault; every sentence can be said in every language."""
    for fault in error.value.faults:
        for language in LANGUAGES:
            problem = say(language, fault.error.key, **fault.error.values)
            assert problem in say(language, "table-fault", row=str(fault.row), column=fault.column, problem=problem)
    return [(fault.row, fault.column, fault.error.key) for fault in error.value.faults]


def everybody(company: Company) -> dict[str, tuple[str, str, frozenset[Role]]]:
    return {
        person.staff_no: (person.name, person.department, roles)
        for person, roles, _ in directory.listed(company.context, OPERATOR)
    }


def test_an_empty_cell_of_roles_leaves_a_person_what_they_are(company: Company) -> None:
    file = company.file("again.csv", "工号,姓名,角色\nA1,林雪,\nR1,周明,\nE1,陈晨,评审员\nN1,马超,\n")
    assert people_list.import_people(company.context, OPERATOR, file) == Imported(["N1"], ["E1"], ["A1", "R1"])
    roles = {staff_no: roles for staff_no, (_, _, roles) in everybody(company).items()}
    assert [roles[staff_no] for staff_no in ("A1", "R1", "E1", "N1")] == [
        {Role.ADMIN},
        {Role.ASSESSOR},
        {Role.ASSESSOR},
        {Role.EMPLOYEE},
    ]


def test_people_come_from_a_csv_file_with_chinese_or_english_headings_in_any_order(company: Company) -> None:
    file = company.file("new.csv", "Name,ROLES,工号,unknown\n马超,Admin；评审员,N1,x\n许诺,,N2,\n")
    assert people_list.import_people(company.context, OPERATOR, file).added == ["N1", "N2"]
    assert everybody(company)["N1"] == ("马超", "", {Role.ADMIN, Role.ASSESSOR})
    assert everybody(company)["N2"] == ("许诺", "", {Role.EMPLOYEE})


def test_a_second_import_changes_what_the_file_has_and_keeps_what_it_lacks(company: Company) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("less.csv", "staff_no,name\nA1,林雪儿\n"))
    assert everybody(company)["A1"] == ("林雪儿", "人力资源部", {Role.ADMIN})
    people_list.import_people(company.context, OPERATOR, company.file("roles.csv", "staff_no,name,roles\nA1,林雪,\n"))
    assert everybody(company)["A1"] == ("林雪", "人力资源部", {Role.ADMIN})
    assert company.count(Person) == 5


def test_a_dry_run_says_what_would_change_and_changes_nothing(company: Company) -> None:
    file = company.file("new.csv", "工号,姓名,部门\nN1,马超,\nE1,陈晨,\nE2,何静,政企客户部\n")
    before = everybody(company)
    lines = company.count(Audit)
    imported = people_list.import_people(company.context, OPERATOR, file, dry_run=True)
    assert imported == Imported(added=["N1"], changed=["E1"], same=["E2"])
    assert (everybody(company), company.count(Audit)) == (before, lines)
    assert people_list.import_people(company.context, OPERATOR, file) == imported
    assert people_list.import_people(company.context, OPERATOR, file) == Imported([], [], ["N1", "E1", "E2"])


def test_a_thousand_people_are_some_twenty_statements_and_a_dry_run_only_looks(company: Company) -> None:
    before = company.count(Audit)
    text = "工号,姓名,部门,角色\n" + "".join(f"N{n},新人{n},政企,评审员\n" for n in range(1000))
    for dry_run, most in ((True, 5), (False, 20), (False, 20)):
        table = company.file("new.csv", text)
        with statements(company.context.database) as seen:
            imported = people_list.import_people(company.context, OPERATOR, table, dry_run=dry_run)
        assert len(imported.added or imported.changed) == 1000
        assert len(seen) <= most, [sql for sql, _ in seen]
        if dry_run:
            assert {sql.split()[0] for sql, _ in seen} == {"SELECT"}
        else:
            text = text.replace("新人", "旧人").replace("评审员", "员工")
    assert company.count(Audit) == 2000 + before


def test_a_thousand_scores_are_few_statements_and_a_dry_run_only_looks(company: Company) -> None:
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(1000)]
    lines = [f"E1,{POINTS},specialist,84,{day.isoformat()}\n" for day in days]
    table = company.file("scores.csv", SCORES + "".join(lines))
    for dry_run, most in ((True, 5), (False, 13)):
        with statements(company.context.database) as seen:
            assert score_list.import_scores(company.context, OPERATOR, table, dry_run=dry_run) == 1000
        assert len(seen) <= most, [sql for sql, _ in seen]
        assert not dry_run or {sql.split()[0] for sql, _ in seen} == {"SELECT"}
    assert company.count(ExamScore) == 1000


def test_a_list_longer_than_a_statement_takes_is_compared_whole(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualify.storage.rows.MOST_VALUES", 2)
    file = company.file("all.csv", PEOPLE + "N1,马超,,评审员\nN2,许诺,,\nN3,孙悦,,\n")
    assert people_list.import_people(company.context, OPERATOR, file) == Imported(
        ["N1", "N2", "N3"], [], ["A1", "R1", "R2", "E1", "E2"]
    )
    assert people_list.import_people(company.context, OPERATOR, file).same[-3:] == ["N1", "N2", "N3"]
    assert everybody(company)["N1"] == ("马超", "", {Role.ASSESSOR})


def test_lines_of_the_log_are_in_the_order_of_the_rows_whether_new_or_changed(company: Company) -> None:
    people_list.import_people(
        company.context, OPERATOR, company.file("a.csv", "工号,姓名\nN1,马超\nE1,陈晨晨\nN2,许诺\n")
    )
    lines = company.lines(3)
    assert [json.loads(line.after)["name"] for line in lines] == ["许诺", "陈晨晨", "马超"]
    assert [json.loads(line.before) for line in lines] == [{}, {"name": "陈晨"}, {}]
    assert len({line.record_id for line in lines}) == 3


def test_who_came_by_a_list_is_found_and_who_was_renamed_by_the_new_name_only(company: Company) -> None:
    people_list.import_people(
        company.context, OPERATOR, company.file("a.csv", "工号,姓名,部门\nN1,马超,政企部\nN2,许诺,\n")
    )
    people_list.import_people(company.context, OPERATOR, company.file("b.csv", "工号,姓名\nN1,马岱\nE1,陈晨\n"))
    with company.context.database.reading() as connection:
        found = {
            word: [person.staff_no for person in search.matching(connection, word, 9, limit=99).people]
            for word in ("马超", "岱", "n1", "企部", "许诺", "晨")
        }
    assert found == {"马超": [], "岱": ["N1"], "n1": ["N1"], "企部": ["N1"], "许诺": ["N2"], "晨": ["E1"]}


def test_everything_known_of_a_person_has_its_heading(company: Company) -> None:
    words = {name for name, field in Person.model_fields.items() if field.default == ""}
    assert words == set(FACTS)
    assert [column.name for column in people_list.COLUMNS][:7] == ["staff_no", "name", *FACTS, "manager", "roles"]
    heading, line = (
        ",".join(("staff_no", "name", *FACTS)),
        ",".join(("N1", "马超", *(f"{name} 甲" for name in FACTS))),
    )
    people_list.import_people(company.context, OPERATOR, company.file("new.csv", f"{heading}\n{line}\n"))
    people_list.import_people(company.context, OPERATOR, company.file("new.csv", f"{heading}\n{line}乙\n"))
    (change,) = company.lines()
    assert json.loads(change.before) == {FACTS[-1]: f"{FACTS[-1]} 甲"}


CAREER_LIST = "工号,姓名,入职日期,考核\n"


def career(company: Company, staff_no: str) -> tuple[date | None, tuple[str, ...]]:
    with company.context.database.reading() as connection:
        person = stored_people.by_staff_no(connection, staff_no)
    assert person is not None
    return person.hired_on, person.appraisals


def test_a_list_says_when_people_came_and_how_they_were_appraised(company: Company) -> None:
    lines = "N1,马超,2024年2月29日,A、B、B\nE1,陈晨,2020/3/1,良好;优秀\nE2,何静,,\n"
    people_list.import_people(company.context, OPERATOR, company.file("new.csv", CAREER_LIST + lines))
    assert career(company, "N1") == (date(2024, 2, 29), ("A", "B", "B"))
    assert career(company, "E1") == (date(2020, 3, 1), ("良好", "优秀"))
    assert career(company, "E2") == (None, ())
    again = people_list.import_people(company.context, OPERATOR, company.file("new.csv", CAREER_LIST + lines))
    assert again.same == ["N1", "E1", "E2"]
    people_list.import_people(company.context, OPERATOR, company.file("new.csv", "工号,姓名\nN1,马超\n"))
    assert career(company, "N1") == (date(2024, 2, 29), ("A", "B", "B")), "a column that the file lacks stays"
    people_list.import_people(company.context, OPERATOR, company.file("new.csv", CAREER_LIST + "N1,马超,,\n"))
    assert career(company, "N1") == (None, ())


def test_the_preview_says_both_before_and_after(company: Company) -> None:
    lines = "E1,陈晨,2020-03-01,B\n"
    people_list.import_people(company.context, OPERATOR, company.file("new.csv", CAREER_LIST + lines))
    lines = "E1,陈晨,2020-04-01,A、B\nE2,何静,2021-01-01,\nN1,马超,2024-03-01,A\n"
    planned = people_list.plan_people(company.context, OPERATOR, company.file("new.csv", CAREER_LIST + lines))
    assert import_preview.changes(planned.preview.differences, "zh-CN") == [
        "陈晨（E1）  入职日期：2020-03-01 → 2020-04-01；考核：B → A、B",
        "何静（E2）  入职日期：（空） → 2021-01-01",
        "＋ 马超（N1）  入职日期 2024-03-01；考核 A；角色 员工",
    ]


def test_a_day_of_hiring_that_can_not_be_is_a_fault_of_its_cell(company: Company) -> None:
    lines = "E1,陈晨,45352,A\nE2,何静,1920-01-01,A\nN1,马超,去年,A\n"
    with pytest.raises(InvalidTable) as refusal:
        people_list.import_people(company.context, OPERATOR, company.file("new.csv", CAREER_LIST + lines))
    assert [(fault.row, fault.column, fault.error.key) for fault in refusal.value.faults] == [
        (2, "hired_on", "error-date-serial"),
        (3, "hired_on", "error-hired-far"),
        (4, "hired_on", "error-date"),
    ]


def between(company: Company, monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Once the next list was compared with the company, and before anything is stored, somebody does something."""
    look, waits = stored_people.standing, [deed]

    def looked(connection: Connection, staff_numbers: Collection[str]) -> stored_people.KnownPeople:
        found = look(connection, staff_numbers)
        if waits:
            waits.pop()()
        return found

    monkeypatch.setattr(stored_people, "standing", looked)


def test_what_somebody_changed_while_a_list_was_compared_is_met(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = company.file("new.csv", "工号,姓名,部门\nE1,陈晨,技术支援部\nE2,何静,政企客户部\nN1,马超,\n")
    faster = company.file("faster.csv", "工号,姓名,部门\nE2,何静静,政企客户部\nN1,马超,\n")
    between(company, monkeypatch, lambda: people_list.import_people(company.context, OPERATOR, faster))
    assert people_list.import_people(company.context, OPERATOR, file) == Imported([], ["E1", "E2"], ["N1"])
    assert (everybody(company)["E1"][1], everybody(company)["E2"][0]) == ("技术支援部", "何静")
    assert json.loads(company.lines()[0].before) == {"name": "何静静"}


def test_who_became_the_last_administrator_meanwhile_stays_one(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles_service.set_roles(company.context, OPERATOR, "R1", [Role.ADMIN])
    file = company.file("new.csv", "工号,姓名,角色\nA1,林雪,员工\nN1,马超,\n")
    between(company, monkeypatch, lambda: roles_service.set_active(company.context, OPERATOR, "R1", active=False))
    with refused("error-last-admin"):
        people_list.import_people(company.context, OPERATOR, file)
    assert everybody(company)["A1"][2] == {Role.ADMIN}
    assert company.count(Person) == 5


def test_scores_of_who_left_meanwhile_are_refused(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "".join(f"{staff_no},{POINTS},specialist,84,2026-03-01\n" for staff_no in ("E1", "E2"))
    file = company.file("scores.csv", SCORES + lines)
    between(company, monkeypatch, lambda: roles_service.set_active(company.context, OPERATOR, "E2", active=False))
    with pytest.raises(InvalidTable) as error:
        score_list.import_scores(company.context, OPERATOR, file)
    assert faults_of(error) == [(3, "staff_no", "error-person-unknown")]
    assert company.count(ExamScore) == 0


def test_a_dry_run_of_scores_counts_them_finds_their_faults_and_stores_none(company: Company) -> None:
    for line, faulty in (("E1,specialist,84", False), ("E9,specialist,84", True)):
        staff_no, subject, score = line.split(",")
        file = company.file("scores.csv", f"{SCORES}{staff_no},{POINTS},{subject},{score},2026-03-01\n")
        with refused("error-table") if faulty else nullcontext():
            assert score_list.import_scores(company.context, OPERATOR, file, dry_run=True) == 1
    assert company.count(ExamScore) == 0


def test_a_list_that_would_leave_no_administrator_is_refused(company: Company) -> None:
    file = company.file("roles.csv", "工号,姓名,角色\nA1,林雪,员工\n")
    with refused("error-last-admin"):
        people_list.import_people(company.context, OPERATOR, file)
    assert everybody(company)["A1"][2] == {Role.ADMIN}


def test_who_left_is_no_administrator_even_if_the_list_says_so(company: Company) -> None:
    roles_service.set_active(company.context, OPERATOR, "R1", active=False)
    file = company.file("roles.csv", "工号,姓名,角色\nA1,林雪,员工\nR1,周明,管理员\n")
    with refused("error-last-admin"):
        people_list.import_people(company.context, OPERATOR, file)
    file = company.file("roles.csv", "工号,姓名,角色\nA1,林雪,员工\nR1,周明,管理员\nN1,马超,管理员\n")
    assert people_list.import_people(company.context, OPERATOR, file).added == ["N1"]


def test_importing_somebody_who_left_does_not_let_them_in_again(company: Company) -> None:
    roles_service.set_active(company.context, OPERATOR, "E1", active=False)
    people_list.import_people(company.context, OPERATOR, company.file("people.csv", PEOPLE))
    assert [person.staff_no for person, _, _ in directory.listed(company.context, OPERATOR) if not person.active] == [
        "E1"
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_that_spreadsheets_save(small_company: Company, encoding: str) -> None:
    file = small_company.file("new.csv", "工号,姓名\r\n\r\nN1,马超\r\n , \r\n".encode(encoding))
    assert people_list.import_people(small_company.context, OPERATOR, file).added == ["N1"]
    assert everybody(small_company)["N1"][0] == "马超"


def test_excel_numbers_and_dates_are_read_as_people_see_them(small_company: Company) -> None:
    lines = workbook(
        ["工号", "标准", "科目", "成绩", "考试日期"],
        ["E1", POINTS, "specialist", 84.5, datetime(2026, 3, 1)],  # noqa: DTZ001  # as Excel stores a day
        [None, None, None, None, None],
        ["E1", POINTS, "product", 402.0, date(2026, 3, 2)],
    )
    assert score_list.import_scores(small_company.context, OPERATOR, small_company.file("scores.XLSX", lines)) == 2
    found = listed_scores(small_company.context, small_company.id("E1"), date(2026, 11, 1))
    assert {subject: str(score) for subject, score in found.items()} == {"specialist": "84.5", "product": "402"}


def test_staff_numbers_that_excel_made_numbers_of_have_no_decimals(small_company: Company) -> None:
    file = small_company.file("new.xlsx", workbook(["工号", "姓名"], [1008.0, "马超"], [1009, "许诺"]))
    assert people_list.import_people(small_company.context, OPERATOR, file).added == ["1008", "1009"]
    assert {"1008", "1009"} < everybody(small_company).keys()


@pytest.mark.parametrize("text", ["2026-03-01", "2026/3/1", "2026.3.01", "2026年3月1日"])
def test_a_day_is_read_as_spreadsheets_write_it(text: str) -> None:
    assert read_day(text) == date(2026, 3, 1)


@pytest.mark.parametrize("text", ["2026-02-30", "3/1/2026", "yesterday", "2026"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with refused("error-date"):
        read_day(text)


def test_every_fault_is_named_by_row_and_column_and_nobody_is_imported(company: Company) -> None:
    table = "工号,姓名,角色\nN1,马超,员工\n\nN2,,国王\nN1,许诺,员工\n,孙悦,\n"
    with pytest.raises(InvalidTable, match="error-table") as error:
        people_list.import_people(company.context, OPERATOR, company.file("wrong.csv", table))
    assert faults_of(error) == [
        (4, "name", "error-cell-empty"),
        (4, "roles", "error-role"),
        (5, "staff_no", "error-cell-repeated"),
        (6, "staff_no", "error-cell-empty"),
    ]
    assert company.count(Person) == 5


def test_every_fault_of_a_list_of_scores_is_named_and_no_score_is_imported(company: Company) -> None:
    roles_service.set_active(company.context, OPERATOR, "E2", active=False)
    lines = (
        f"E1,{POINTS},specialist,84,2026-03-01",
        f"E1,{POINTS},specialist,85,2026/3/1",
        f"E9,{POINTS},specialist,84,2026-03-01",
        "E1,pilot,specialist,84,2026-03-01",
        f"E1,{POINTS},juggling,84,2026-03-01",
        f"E1,{POINTS},specialist,101,2026-03-02",
        f"E1,{POINTS},specialist,many,soon",
        f"E2,{POINTS},product,-1,2026-03-01",
    )
    with pytest.raises(InvalidTable) as error:
        score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", SCORES + "\n".join(lines)))
    assert faults_of(error) == [
        (3, "staff_no", "error-cell-repeated"),
        (4, "staff_no", "error-person-unknown"),
        (5, "standard", "error-standard-unknown"),
        (6, "subject", "error-answers-subject"),
        (7, "score", "error-cell-range"),
        (8, "score", "error-cell-number"),
        (8, "taken_on", "error-date"),
        (9, "staff_no", "error-person-unknown"),
        (9, "score", "error-cell-range"),
    ]
    assert company.count(ExamScore) == 0
    for language in LANGUAGES:
        said = [
            say(language, each.error.key, **each.error.values) for each in error.value.faults if each.column == "score"
        ]
        assert not any("specialist" in words or "product" in words or "score" in words for words in said)


LEVELLED = "工号,标准,科目,成绩,考试日期,级别\n"


@pytest.mark.parametrize(("named", "level"), [("三级", "3"), ("Level 3", "3"), ("3", "3"), ("", "")])
def test_a_score_may_name_the_level_that_its_paper_was_for(small_company: Company, named: str, level: str) -> None:
    table = f"{LEVELLED}E1,{POINTS},specialist,84,2026-03-01,{named}\n"
    assert score_list.import_scores(small_company.context, OPERATOR, small_company.file("a.csv", table)) == 1
    with small_company.context.database.reading() as connection:
        (kept,) = stored.exam_scores(connection, [small_company.id("E1")])
    assert kept.level == level


def test_a_level_that_the_standard_does_not_have_is_refused_with_those_it_has(small_company: Company) -> None:
    table = f"{LEVELLED}E1,{POINTS},specialist,84,2026-03-01,六级\nE2,{POINTS},specialist,84,2026-03-01,5\n"
    with pytest.raises(InvalidTable) as error:
        score_list.import_scores(small_company.context, OPERATOR, small_company.file("a.csv", table))
    assert faults_of(error) == [(2, "level", "error-level-unknown")]
    assert error.value.faults[0].error.values == {"given": "六级", "levels": "3, 4, 5"}


def test_the_preview_says_that_a_paper_is_for_another_level(small_company: Company) -> None:
    for level, differs in (("", {"": Decimal(84)}), ("四级", {"level": "4"}), ("4", {})):
        file = small_company.file("a.csv", f"{LEVELLED}E1,{POINTS},specialist,84,2026-03-01,{level}\n")
        preview = score_list.plan_scores(small_company.context, OPERATOR, file).preview
        told = [after for each in preview.differences for _, after in each.fields.values()]
        assert told == list(differs.values())
        score_list.import_scores(small_company.context, OPERATOR, file)


def test_nobody_imports_a_score_of_their_own_but_the_command_line_may_import_everybodys(company: Company) -> None:
    lines = [f"{staff_no},{POINTS},specialist,84,2026-03-01" for staff_no in ("E1", "A1", "E2")]
    file = company.file("scores.csv", SCORES + "\n".join(lines))
    with pytest.raises(InvalidTable) as error:
        score_list.import_scores(company.context, company.actor("A1"), file)
    assert faults_of(error) == [(3, "staff_no", "error-own-score")]
    assert company.count(ExamScore) == 0
    assert score_list.import_scores(company.context, OPERATOR, file) == 3


def test_a_second_list_of_the_same_day_corrects_the_first_and_the_latest_day_counts(company: Company) -> None:
    for name, line in (("1", "84,2026-03-01"), ("2", "86,2026-03-01"), ("3", "70,2026-02-01"), ("4", "99,2026-12-01")):
        table = f"{SCORES}E1,{POINTS},specialist,{line}\n"
        assert score_list.import_scores(company.context, OPERATOR, company.file(f"{name}.csv", table)) == 1
    found = listed_scores(company.context, company.id("E1"), date(2026, 11, 1))
    assert found == {"specialist": Decimal(86)}
    assert company.count(ExamScore) == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gone.csv", None),
        ("bytes.csv", b"\xff\xfe\x00"),
        ("program.csv", b"name\n\x00\x01\n"),
        ("text.xlsx", b"name\n"),
        ("cut.xlsx", workbook(["name"], ["x"])[:-40]),
        ("damaged.xlsx", damaged(workbook(["name"], ["x"]))),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_in_words(
    tmp_path: Path, name: str, content: str | bytes | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with refused("error-table-unreadable"):
        read_table(file, COLUMNS, {})


@pytest.mark.parametrize("content", ["", "\n", "备注\nx\n", "马超,员工\n"])
def test_a_table_without_its_headings_is_refused_with_what_is_missing(tmp_path: Path, content: str) -> None:
    file = tmp_path / "people.csv"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"error-table-columns.*missing='name'"):
        read_table(file, COLUMNS, {})


def test_a_table_with_headings_only_is_empty_and_a_cell_may_hold_lines_and_commas(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("name,note\n", encoding="utf-8")
    assert read_table(file, COLUMNS, {}).rows == []
    file.write_text('name,note\n"a,\nb"\nc,d,\n', encoding="utf-8")
    assert [(row.number, row.values) for row in read_table(file, COLUMNS, {}).rows] == [
        (2, {"name": "a, b", "note": ""}),
        (3, {"name": "c", "note": "d"}),
    ]


def test_of_two_lists_at_the_same_moment_the_second_knows_what_it_replaces(company: Company) -> None:
    lists = [
        company.file(f"{score}.csv", f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,{score},2026-11-01\n")
        for score in (85, 90)
    ]
    agreed = [score_list.plan_scores(company.context, OPERATOR, each).preview.fingerprint for each in lists]

    def imports(file: Path, expected: int | None) -> str:
        try:
            score_list.import_scores(company.context, OPERATOR, file, expected=expected)
        except ListChanged as refusal:
            return refusal.key
        return ""

    with meeting_before(company.context, "SELECT pg_advisory_xact_lock"):
        said = together(*[partial(imports, *each) for each in zip(lists, agreed, strict=True)])
    assert sorted(said) == ["", "error-list-changed"]
    with meeting_before(company.context, "SELECT pg_advisory_xact_lock"):
        together(*[partial(imports, each, None) for each in lists])
    last, before = company.lines(2)
    (replaced,) = json.loads(last.before)["rows"]
    assert replaced["score"] == json.loads(before.after)["rows"][0]["score"]
