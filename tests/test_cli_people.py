"""`qualify people`, `exams`: who there is, what they may do, and what they scored."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualify.services.imports import people_list
from qualify.services.people import roles
from qualify.storage.tables import ExamScore
from tests.cli import data, misused, refused, run, said
from tests.company import OPERATOR, POINTS, Company

pytest_plugins = ["tests.cli_fixtures"]
MORE = """工号,姓名,部门,岗位,级别,上级,角色
N1,Ma Chao,IT,主管,4,A1,评审员 管理员
E1,陈晨,IT,,,,
E2,何静,政企客户部,,,,
"""


def standing(staff_no: str) -> dict[str, object]:
    """The person as the list shows them."""
    found: dict[str, object] = next(each for each in data("people", "list") if each["staff_no"] == staff_no)
    return found


# People


def test_people_are_imported_and_listed(hired: Company) -> None:
    file = hired.file("more.csv", MORE)
    assert said("people", "import", str(file)) == "Imported: 1 added, 1 changed, 1 unchanged.\n"
    again = {"added": [], "changed": [], "unchanged": ["N1", "E1", "E2"], "dry_run": False}
    assert data("people", "import", str(file)) == again
    everybody = {each["staff_no"]: each for each in data("people", "list")}
    assert list(everybody) == ["A1", "E1", "E2", "N1", "R1", "R2"]
    assert everybody["N1"] == {
        "staff_no": "N1",
        "name": "Ma Chao",
        "department": "IT",
        "position": "主管",
        "level": "4",
        "hired_on": None,
        "appraisals": [],
        "manager": "A1",
        "active": True,
        "roles": ["admin", "assessor"],
        "joined": False,
    }


def test_a_dry_run_says_what_an_import_would_do_and_stores_nothing(hired: Company) -> None:
    words = ["people", "import", str(hired.file("more.csv", MORE)), "--dry-run"]
    before = data("people", "list"), data("audit", "list")
    assert said(*words).endswith("Importing will add 1, change 1 and leave 1 as they are.\n")
    assert data(*words) == {"added": ["N1"], "changed": ["E1"], "unchanged": ["E2"], "dry_run": True}
    assert (data("people", "list"), data("audit", "list")) == before


def test_a_dry_run_says_field_by_field_what_would_change(hired: Company) -> None:
    text = MORE.replace("工号,", "工号,鞋码,").replace("N1,", "N1,,").replace("E1,", "e1,,").replace("E2,", "E2,,")
    lines = said("people", "import", str(hired.file("more.csv", text)), "--dry-run").splitlines()
    assert lines[:3] == [
        "Rows read: 3",
        "Columns not used: 鞋码",
        "+ Ma Chao (N1)  department IT; position 主管; level 4; manager A1; roles admin, assessor",
    ]
    assert "陈晨 (E1)  department: " in lines[3]


def test_an_encoding_that_is_a_guess_must_be_trusted(hired: Company) -> None:
    file = hired.file("more.csv", "工號,姓名\nT1,張偉\n".encode("big5"))
    assert "Big5" in said("people", "import", str(file), "--dry-run")
    assert "--trust-encoding" in refused("people", "import", str(file))["message"]
    assert data("people", "import", str(file), "--trust-encoding")["added"] == ["T1"]


def test_who_is_away_comes_back_only_when_asked(hired: Company) -> None:
    roles.set_active(hired.context, OPERATOR, "E1", active=False)
    file = str(hired.file("more.csv", "工号,姓名\nE1,陈晨\n"))
    said("people", "import", file)
    assert standing("E1")["active"] is False
    said("people", "import", file, "--bring-back")
    assert standing("E1")["active"] is True


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_template_imports_as_it_is_and_with_what_was_filled_in(hired: Company, language: str) -> None:
    path = hired.folder / "template.xlsx"
    before = data("people", "list")
    said("people", "template", str(path), "--language", language)
    assert data("people", "import", str(path))["added"] == []
    assert data("people", "list") == before
    book = load_workbook(path)
    assert book.sheetnames[1:] == ["lists"]
    sheet = book.worksheets[0]
    assert [cell.number_format for cell in sheet[2]] == ["@"] * len(people_list.COLUMNS)
    for column, value in enumerate(["N7", "Ma Chao", "IT", "", "", "A1", str(sheet["G2"].value)], start=1):
        sheet.cell(3, column, value)
    book.save(path)
    assert data("people", "import", str(path))["added"] == ["N7"]
    said("exams", "template", str(path), "--language", language)
    assert data("exams", "import", str(path))["scores"] == 0
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for column, value in enumerate(["E1", sheet["B2"].value, sheet["C2"].value, "12", "2026-03-01"], start=1):
        sheet.cell(3, column, value)
    book.save(path)
    assert data("exams", "import", str(path))["scores"] == 1


def test_a_workbook_is_read_in_a_process_of_its_own(hired: Company) -> None:
    lists = Path(__file__).parent / "fixtures" / "lists"
    assert data("people", "import", str(lists / "07-leading-zeros.xlsx"))["added"] == ["000123", "000124"]
    assert "公式" in refused("people", "import", str(lists / "05-error-cell.xlsx"), "--language", "zh-CN")["faults"][0]


@pytest.mark.parametrize("written", ["e1", "Ｅ１", " E1", "'E1", "E\u200b1"])
def test_a_staff_number_is_found_however_it_is_written(hired: Company, written: str) -> None:
    said("people", "deactivate", written)
    assert standing("E1")["active"] is False
    said("people", "manager", "r1", written)
    assert standing("R1")["manager"] == "E1"


def test_the_list_of_people_lines_up_and_tells_who_left(hired: Company) -> None:
    people_list.import_people(hired.context, OPERATOR, hired.file("more.csv", "工号,姓名,部门\nN1,Ma Chao,IT\n"))
    roles.set_active(hired.context, OPERATOR, "E2", active=False)
    assert said("people", "manager", "E1", "周明") == "The manager of E1 is now: 周明.\n"
    assert said("people", "list", "--language", "zh-CN") == (
        "工号  姓名     部门        上级  角色    Telegram\n"
        "A1    林雪     人力资源部        管理员  已加入\n"
        "E1    陈晨     政企客户部  周明  员工    已加入\n"
        "E2    何静     政企客户部        员工    已停用\n"
        "N1    Ma Chao  IT                员工    未加入\n"
        "R1    周明     政企客户部        评审员  已加入\n"
        "R2    吴倩     技术支援部        评审员  已加入\n"
    )


def test_a_manager_is_given_and_taken_away(hired: Company) -> None:
    assert data("people", "manager", "E1", "R1") == {"staff_no": "E1", "manager": "R1"}
    assert standing("E1")["manager"] == "R1"
    assert said("people", "manager", "E1") == "E1 has no manager now.\n"
    assert standing("E1")["manager"] == ""
    assert refused("people", "manager", "E1", "X9")["error"] == "error-manager-unknown"


def test_every_fault_of_a_table_is_a_line_of_its_own(hired: Company) -> None:
    file = hired.file("wrong.csv", "staff_no,name,roles\nN1,,king\nN1,x,\n")
    refusal = refused("people", "import", str(file))
    assert (refusal["error"], len(refusal["faults"])) == ("error-table", 2)
    assert refusal["faults"][0] == "Row 2, “name”: must not be empty"
    assert run("people", "import", str(file)).stderr.splitlines() == [refusal["message"], *refusal["faults"]]


def test_roles_are_replaced_in_either_languages_words(hired: Company) -> None:
    assert said("people", "roles", "E1", "assessor", "员工") == "The roles of E1 are now: assessor, employee.\n"
    assert standing("E1")["roles"] == ["assessor", "employee"]
    assert data("people", "roles", "E1", "employee") == {"staff_no": "E1", "roles": ["employee"]}
    assert standing("E1")["roles"] == ["employee"]


def test_one_person_is_added_and_changed(hired: Company) -> None:
    assert said("people", "add", "N1", "马超", "--department", "IT") == "N1 is added.\n"
    assert said("people", "change", "N1", "--position", "主管", "--department", "-") == "N1 is changed.\n"
    person = standing("N1")
    assert [person[name] for name in ("name", "department", "position", "roles")] == ["马超", "", "主管", ["employee"]]


def test_a_day_of_hiring_and_appraisals_are_given_changed_and_emptied(hired: Company) -> None:
    said("people", "add", "N1", "马超", "--hired-on", "2024-02-29", "--appraisals", "A、B,B")
    assert [standing("N1")[name] for name in ("hired_on", "appraisals")] == ["2024-02-29", ["A", "B", "B"]]
    said("people", "change", "N1", "--appraisals", "C, A")
    assert [standing("N1")[name] for name in ("hired_on", "appraisals")] == ["2024-02-29", ["C", "A"]]
    said("people", "change", "N1", "--hired-on", "-", "--appraisals", "-")
    assert [standing("N1")[name] for name in ("hired_on", "appraisals")] == [None, []]
    for given, key in (("2024-02-30", "error-date"), ("1926-03-01", "error-hired-far"), ("45292", "error-date-serial")):
        assert refused("people", "change", "N1", "--hired-on", given)["error"] == key


def test_somebody_gets_another_staff_number(hired: Company) -> None:
    assert said("people", "renumber", "E1", "T77") == "Staff number E1 is now T77; the history stays.\n"
    assert standing("T77")["name"] == "陈晨"
    assert data("people", "renumber", "T77", "T78") == {"old": "T77", "staff_no": "T78"}


def test_somebody_is_deactivated_and_let_in_again(hired: Company) -> None:
    assert said("people", "deactivate", "E1") == "E1 is deactivated and gets no more messages.\n"
    assert standing("E1")["active"] is False
    assert data("people", "activate", "E1") == {"staff_no": "E1", "active": True}
    assert standing("E1")["active"] is True


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["roles", "X9", "admin"], "error-staff-no-unknown"),
        (["roles", "E1", "king"], "error-role"),
        (["roles", "E1", ""], "error-roles-none"),
        (["roles", "A1", "employee"], "error-last-admin"),
        (["deactivate", "A1"], "error-last-admin"),
        (["deactivate", "X9"], "error-staff-no-unknown"),
        (["activate", "X9"], "error-staff-no-unknown"),
        (["export", "X9", "X9.json"], "error-staff-no-unknown"),
        (["erase", "X9", "--yes"], "error-staff-no-unknown"),
        (["add", "E1", "马超"], "error-staff-no-taken"),
        (["add", "N1", " "], "error-name-empty"),
        (["change", "X9", "--name", "马超"], "error-staff-no-unknown"),
        (["change", "E1", "--name", ""], "error-name-empty"),
        (["renumber", "X9", "X10"], "error-staff-no-unknown"),
        (["renumber", "E1", "R1"], "error-staff-no-taken"),
        (["erase", "E1"], "error-erase-unconfirmed"),
    ],
)
def test_a_change_to_somebody_that_cannot_be_is_refused_and_nothing_changes(
    hired: Company, words: list[str], key: str
) -> None:
    before = data("people", "list"), data("audit", "list")
    assert refused("people", *words)["error"] == key
    assert (data("people", "list"), data("audit", "list")) == before
    assert not Path("X9.json").exists()


def test_roles_without_a_role_are_a_usage_error(hired: Company) -> None:
    assert "ROLE" in misused("people", "roles", "E1")


def test_everything_about_somebody_is_written_into_a_file(hired: Company) -> None:
    assert said("people", "export", "E1", "E1.json") == "Everything about E1 is in E1.json.\n"
    assert "陈晨" in Path("E1.json").read_text(encoding="utf-8")
    assert isinstance(json.loads(Path("E1.json").read_text(encoding="utf-8")), dict)
    assert refused("people", "export", "E1", "nowhere/E1.json")["error"] == "error-file-unwritable"


def test_somebody_is_erased_and_gone_from_the_list(hired: Company) -> None:
    assert said("people", "erase", "E1", "--yes").startswith("E1 is erased.")
    assert "E1" not in [each["staff_no"] for each in data("people", "list")]
    assert refused("people", "erase", "E1", "--yes")["error"] == "error-staff-no-unknown"


@pytest.mark.parametrize("command", ["people", "exams"])
def test_a_table_that_is_not_there_is_named(hired: Company, command: str) -> None:
    message = refused(command, "import", "nowhere.csv")["message"]
    assert message == "nowhere.csv can't be opened: there is no such file."
    assert refused(command, "import", ".")["message"] == ". can't be opened: it is a directory."


def test_exam_scores_are_imported(hired: Company) -> None:
    table = f"staff_no,standard,subject,score,taken_on\nE1,{POINTS},specialist,84,2026-03-01\n"
    file = hired.file("scores.csv", table)
    assert said("exams", "import", str(file)) == "1 score imported.\n"
    assert data("exams", "import", str(file)) == {"scores": 1, "dry_run": False}
    assert hired.count(ExamScore) == 1
    refusal = refused("exams", "import", str(hired.file("wrong.csv", table.replace("84", "101"))))
    assert refusal["faults"] == ["Row 2, “score”: 101 is not possible: 0 to 100."]


def test_a_dry_run_of_exam_scores_checks_them_and_stores_none(hired: Company) -> None:
    table = f"staff_no,standard,subject,score,taken_on\nE1,{POINTS},specialist,84,2026-03-01\n"
    words = ["exams", "import", str(hired.file("scores.csv", table)), "--dry-run"]
    assert said(*words) == (
        "Rows read: 1\n+ 陈晨 (E1)  Service manager specialist knowledge 2026-03-01 84\n"
        "All is right (1 score), and nothing was stored.\n"
    )
    assert data(*words) == {"scores": 1, "dry_run": True}
    assert hired.count(ExamScore) == 0
    wrong = hired.file("wrong.csv", table.replace("E1", "X9"))
    assert refused("exams", "import", str(wrong), "--dry-run")["error"] == "error-table"
