"""Lists as HR people really send them: each file of `fixtures/lists` comes to what its kind should come to."""

from pathlib import Path

import pytest

from qualify.services.imports import people_list, score_list
from qualify.services.imports.tables import InvalidTable, Sent
from qualify.services.people import directory
from qualify.storage import people as stored
from qualify.storage.tables import ExamScore, Person
from tests.company import OPERATOR, Company, refused

pytest_plugins = ["tests.company_fixtures"]
LISTS = Path(__file__).parent / "fixtures" / "lists"


def taken(company: Company, name: str) -> list[tuple[str, ...]]:
    """Take the list in; those whom it names then, by staff number, name, department, position, level."""
    done = people_list.import_people(company.context, OPERATOR, LISTS / name)
    numbers = [*done.added, *done.changed, *done.same]
    return [known(company, staff_no) for staff_no in sorted(numbers)]


def known(company: Company, staff_no: str) -> tuple[str, ...]:
    with company.context.database.reading() as connection:
        person = directory.known(connection, staff_no)
    return person.staff_no, person.name, person.department, person.position, person.level


def faults(company: Company, file: Path | Sent, take: object = people_list.import_people) -> list[tuple[int, str, str]]:
    before = company.count(Person), company.count(ExamScore)
    with pytest.raises(InvalidTable) as error:
        take(company.context, OPERATOR, file)  # type: ignore[operator]
    assert (company.count(Person), company.count(ExamScore)) == before
    return [(fault.row, fault.column, fault.error.key) for fault in error.value.faults]


P001, P002 = ("P001", "测试甲", "客服部", "服务经理", "三级"), ("P002", "测试乙", "客服部", "服务经理", "三级")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("01-wps-dimension-a1.xlsx", [P001, P002]),
        ("02d-last-row-styled.xlsx", [P001, P002]),
        ("04b-hidden-old-list.xlsx", [("P001", "测试甲", "新部门", "", "")]),
        ("09-x000d.xlsx", [("P001", "测试甲", "客服部 一组", "", "")]),
        ("11-semicolon.csv", [("P001", "Test A", "Support", "", "")]),
        ("14-title-row.xlsx", [P001, P002]),
        (
            "19-same-names.csv",
            [(number, "张伟", "客服部", "", "") for number in ("P001", "P002", "P003")],
        ),
        ("23b-optional-heading.csv", [("P001", "测试甲", "客服部", "", "")]),
    ],
)
def test_people_are_read_as_they_were_meant(small_company: Company, name: str, expected: list[tuple[str, ...]]) -> None:
    assert taken(small_company, name) == expected


def test_merged_cells_hold_for_every_row_and_nothing_is_emptied(small_company: Company) -> None:
    taken(small_company, "03a-before-merge.csv")
    assert [each[2] for each in taken(small_company, "03-merged-department.xlsx")] == ["客服部"] * 3


def test_leading_noughts_stay_as_the_cell_shows_them_and_the_manager_is_found(small_company: Company) -> None:
    assert [each[0] for each in taken(small_company, "07-leading-zeros.xlsx")] == ["000123", "000124"]
    with small_company.context.database.reading() as connection:
        assert stored.standing(connection, ["000124"]).people["000124"].columns["manager"] == "000123"


def test_full_width_staff_numbers_are_the_same_ones(small_company: Company) -> None:
    taken(small_company, "12-bom.csv")
    assert taken(small_company, "13b-fullwidth-update.csv") == [("P001", "测试甲", "销售部", "", "")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("05-error-cell.xlsx", [(2, "department", "error-cell-formula")]),
        ("17-unquoted-comma.csv", [(2, "staff_no", "error-row-long")]),
        ("18-open-quote.csv", [(2, "staff_no", "error-row-quote")]),
        ("28-manager-unknown.csv", [(2, "manager", "error-manager-unknown"), (3, "manager", "error-manager-self")]),
    ],
)
def test_faults_are_named_by_row_and_column(
    small_company: Company, name: str, expected: list[tuple[int, str, str]]
) -> None:
    assert faults(small_company, LISTS / name) == expected


def test_two_columns_for_one_thing_are_refused_and_named(small_company: Company) -> None:
    with refused("error-table-twice") as refusal:
        people_list.import_people(small_company.context, OPERATOR, LISTS / "10-duplicate-headings.csv")
    assert refusal.value.values["columns"] == "C 部门、D 部门"


def test_scores_have_real_dates_and_a_bare_number_is_refused_with_what_would_be_right(small_company: Company) -> None:
    people_list.import_people(small_company.context, OPERATOR, LISTS / "12-bom.csv")
    file = LISTS / "21-scores-serial-date.csv"
    assert faults(small_company, file, score_list.import_scores) == [(2, "taken_on", "error-date-serial")]
    assert score_list.import_scores(small_company.context, OPERATOR, LISTS / "21p-scores-1904.xlsx") == 1
    assert score_list.import_scores(small_company.context, OPERATOR, LISTS / "21l-scores.xlsx") == 2
    assert small_company.count(ExamScore) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工号,姓名\n'009,甲\n", "009"),
        ('工号,姓名\n="007",甲\n', "007"),
        ("工号\t姓名\np001\t甲\n", "P001"),
        ("sep=;\n工号;姓名\nP\u200b001;甲\n", "P001"),
        ("某公司花名册,\n\n＊工 号,姓名(必填)\nＰ 001,甲\n合计,1\n", "P001"),
        ("工号,姓名\nP001,甲\n工号,姓名\n总计：1人,\n", "P001"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_what_surrounds_a_list_and_how_it_was_saved_changes_nothing(
    small_company: Company, text: str, expected: str, encoding: str
) -> None:
    file = Sent("a.csv", text.encode(encoding, "ignore"))
    assert people_list.import_people(small_company.context, OPERATOR, file).added == [expected]


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("1.10101E+17", "error-cell-long-number"),
        ("110101199003074000", "error-cell-long-number"),
        ("erased-1", "error-staff-no-reserved"),
    ],
)
def test_staff_numbers_that_are_lost_are_refused(small_company: Company, cell: str, key: str) -> None:
    assert faults(small_company, Sent("a.csv", f"工号,姓名\n{cell},甲\n".encode())) == [(2, "staff_no", key)]


@pytest.mark.parametrize("day", ["2206-03-01", "1900-01-01"])
def test_days_on_which_nobody_was_examined_are_refused(small_company: Company, day: str) -> None:
    file = Sent("a.csv", f"工号,标准,科目,成绩,考试日期\nE1,service-manager,specialist,80,{day}\n".encode())
    assert faults(small_company, file, score_list.import_scores) == [(2, "taken_on", "error-date-far")]


# What lists say beside people's facts


def listed(company: Company, text: str, **options: bool) -> people_list.Imported:
    return people_list.import_people(company.context, OPERATOR, Sent("a.csv", text.encode()), **options)


def is_here(company: Company, staff_no: str) -> bool:
    with company.context.database.reading() as connection:
        return directory.known(connection, staff_no).active


def test_who_has_left_is_not_added_and_what_nobody_needs_is_named(small_company: Company) -> None:
    planned = people_list.plan_people(small_company.context, OPERATOR, LISTS / "23c-status-column.csv")
    assert planned.preview.ignored == ["联系电话"]
    assert planned.preview.leavers == ["P002"]
    assert [each[0] for each in taken(small_company, "23c-status-column.csv")] == ["P001"]
    with small_company.context.database.reading() as connection:
        assert stored.by_staff_no(connection, "P002") is None


def test_who_is_here_leaves_by_the_list_and_comes_back_only_when_asked(small_company: Company) -> None:
    assert listed(small_company, "工号,姓名,状态\nE1,陈晨,离职\n").changed == ["E1"]
    assert not is_here(small_company, "E1")
    assert listed(small_company, "工号,姓名,状态\nE1,陈晨,离职\n").same == ["E1"]
    for text in ("工号,姓名\nE1,陈晨\n", "工号,姓名,状态\nE1,陈晨,在职\n"):
        planned = people_list.plan_people(small_company.context, OPERATOR, Sent("a.csv", text.encode()))
        assert planned.preview.away == [("E1", "陈晨")]
        assert listed(small_company, text).same == ["E1"]
        assert not is_here(small_company, "E1")
    assert listed(small_company, "工号,姓名\nE1,陈晨\n", bring_back=True).changed == ["E1"]
    assert is_here(small_company, "E1")


def test_the_last_administrator_does_not_leave_by_a_list(small_company: Company) -> None:
    with refused("error-last-admin"):
        listed(small_company, "工号,姓名,状态\nA1,林雪,离职\n")


def test_a_word_that_is_no_status_is_refused(small_company: Company) -> None:
    file = Sent("a.csv", "工号,姓名,状态\nE1,陈晨,周末\n".encode())
    assert faults(small_company, file) == [(2, "status", "error-status")]


def test_a_former_number_finds_the_person_and_the_list_may_come_again(small_company: Company) -> None:
    person_id = small_company.id("E1")
    text = "工号,原工号,姓名,上级\nN1,e1,陈晨,\nN2,,马超,E1\n"
    assert listed(small_company, text) == people_list.Imported(["N2"], ["N1"], [])
    with small_company.context.database.reading() as connection:
        person = stored.by_staff_no(connection, "N1")
        assert person is not None
        assert person.id == person_id
        assert stored.standing(connection, ["N2"]).people["N2"].columns["manager"] == "N1"
    assert listed(small_company, text.replace("E1\n", "N1\n")).same == ["N1", "N2"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("N1,X9,陈晨", [(2, "former_staff_no", "error-former-unknown")]),
        ("A1,E1,陈晨", [(2, "former_staff_no", "error-staff-no-taken")]),
        ("N1,E1,陈晨\nN2,E1,陈晨", [(3, "former_staff_no", "error-cell-repeated")]),
    ],
)
def test_a_former_number_that_can_not_be_is_refused(
    small_company: Company, rows: str, expected: list[tuple[int, str, str]]
) -> None:
    assert faults(small_company, Sent("a.csv", f"工号,原工号,姓名\n{rows}\n".encode())) == expected


def test_what_changed_since_the_preview_asks_again(small_company: Company) -> None:
    file = Sent("a.csv", "工号,姓名\nE1,陈晨晨\n".encode())
    before = people_list.plan_people(small_company.context, OPERATOR, file).preview
    (difference,) = before.differences
    assert difference == ("E1", "陈晨", False, {"name": ("陈晨", "陈晨晨")})
    listed(small_company, "工号,姓名\nE1,陈小晨\n")
    with refused("error-list-changed"):
        people_list.import_people(small_company.context, OPERATOR, file, expected=before.fingerprint)
    assert known(small_company, "E1")[1] == "陈小晨"
    again = people_list.plan_people(small_company.context, OPERATOR, file).preview
    people_list.import_people(small_company.context, OPERATOR, file, expected=again.fingerprint)
    assert known(small_company, "E1")[1] == "陈晨晨"
