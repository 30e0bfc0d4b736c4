"""`qualify migrate`, `people`, `invite`, `assess`, `exams`, `result` on a company's database."""

from datetime import date
from pathlib import Path

import pytest

from qualify.scoring import as_json
from qualify.services import assessments, people, results, reviews
from qualify.services.reviews import Attachment
from qualify.storage.schema import downgrade
from qualify.storage.tables import Assessment, ExamScore, Invite
from qualify.texts import LANGUAGES, say
from tests.cli import OWN_VARIABLES, data, misused, refused, run, said, sentences
from tests.company import ACCOUNTS, OPERATOR, POINTS, SCALE, Company

pytest_plugins = ["tests.company_fixtures"]
OPEN = ["assess", "open", "--standard", SCALE, "--level", "3", "--subject", "E1", "--due", "2027-01-31"]


@pytest.fixture(autouse=True)
def _english_in_an_empty_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in OWN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QUALIFY_LANGUAGE", "en")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def hired(small_company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """The small company, on the database that the command line is told about."""
    monkeypatch.setenv("DATABASE_URL", small_company.url)
    return small_company


# The database


def test_migrate_makes_the_tables_and_a_second_time_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///new/company.sqlite3")
    assert said("migrate") == said("migrate") == "The database is up to date.\n"
    assert said("migrate", "--language", "zh-CN") == "数据库已是最新。\n"
    assert Path("new/company.sqlite3").is_file()
    assert data("people", "list") == []


COMMANDS = [
    ["people", "list"],
    ["people", "import", "people.csv"],
    ["exams", "import", "people.csv"],
    ["invite", "E1"],
    [*OPEN, "--assessor", "R1"],
    ["assess", "list"],
    ["assess", "show", "1"],
    ["result", "show", "1"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_database_that_was_never_made_is_not_made_by_looking_for_it(
    command: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///mistyped.sqlite3")
    refusal = refused(*command)
    assert refusal["error"] == "error-database-unmigrated"
    assert refusal["message"].endswith("First run: python -m qualify migrate")
    assert str(tmp_path / "mistyped.sqlite3") in refusal["message"]
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_an_earlier_release_says_to_run_migrate(hired: Company) -> None:
    downgrade(hired.context.database, "base")
    assert refused("people", "list")["error"] == "error-database-unmigrated"
    said("migrate")
    assert data("people", "list") == []


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_empty_postgresql_database_says_to_run_migrate_and_keeps_its_password(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url.replace("postgres@", "postgres:hush-hush@"))
    refusal = refused("people", "list")
    assert refusal["error"] == "error-database-unmigrated"
    assert "hush-hush" not in refusal["message"]


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("company.sqlite3", "error-database-url"),
        ("mysql://host/name", "error-database-url"),
        ("postgresql://user:hush-hush@127.0.0.1:1/name", "error-database-unreachable"),
        ("sqlite:///file.txt", "error-database-unreachable"),
    ],
)
def test_a_database_that_cannot_be_used_is_refused_without_its_password(
    url: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("file.txt").write_text("This is a text and no database." * 40, encoding="utf-8")
    monkeypatch.setenv("DATABASE_URL", url)
    refusal = refused("people", "list")
    assert refusal["error"] == key
    assert "hush-hush" not in refusal["message"]


def test_a_database_that_fails_on_the_way_is_refused_with_its_reason(
    hired: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    with hired.context.database.transaction() as connection:
        connection.exec_driver_sql("DROP TABLE person_role")
    refusal = refused("people", "list")
    assert refusal["error"] == "error-database-unreachable"
    assert "no such table: person_role" in refusal["message"]


# People


def test_people_are_imported_and_listed(hired: Company) -> None:
    file = hired.file("more.csv", "工号,姓名,部门,岗位,级别,上级,角色\nN1,Ma Chao,IT,主管,4,A1,评审员 管理员\n")
    assert said("people", "import", str(file)) == "1 person imported.\n"
    assert data("people", "import", str(file)) == {"imported": 1}
    everybody = {each["staff_no"]: each for each in data("people", "list")}
    assert list(everybody) == ["A1", "E1", "E2", "N1", "R1", "R2"]
    assert everybody["N1"] == {
        "staff_no": "N1",
        "name": "Ma Chao",
        "department": "IT",
        "position": "主管",
        "level": "4",
        "manager": "A1",
        "active": True,
        "roles": ["admin", "assessor"],
        "joined": False,
    }


def test_the_list_of_people_lines_up_and_tells_who_left(hired: Company) -> None:
    people.import_people(hired.context, OPERATOR, hired.file("more.csv", "工号,姓名,部门\nN1,Ma Chao,IT\n"))
    people.set_active(hired.context, OPERATOR, "E2", active=False)
    assert said("people", "list", "--language", "zh-CN") == (
        "工号  姓名     部门        角色    Telegram\n"
        "A1    林雪     人力资源部  管理员  已加入\n"
        "E1    陈晨     政企客户部  员工    已加入\n"
        "E2    何静     政企客户部  员工    已停用\n"
        "N1    Ma Chao  IT          员工    未加入\n"
        "R1    周明     政企客户部  评审员  已加入\n"
        "R2    吴倩     技术支援部  评审员  已加入\n"
    )


def test_every_fault_of_a_table_is_a_line_of_its_own(hired: Company) -> None:
    file = hired.file("wrong.csv", "staff_no,name,roles\nN1,,king\nN1,x,\n")
    refusal = refused("people", "import", str(file))
    assert (refusal["error"], len(refusal["faults"])) == ("error-table", 2)
    assert refusal["faults"][0] == "Row 2, “name”: must not be empty"
    assert run("people", "import", str(file)).stderr.splitlines() == [refusal["message"], *refusal["faults"]]


@pytest.mark.parametrize("command", ["people", "exams"])
def test_a_table_that_is_not_there_is_named(hired: Company, command: str) -> None:
    message = refused(command, "import", "nowhere.csv")["message"]
    assert message == "nowhere.csv can't be opened: there is no such file."
    assert refused(command, "import", ".")["message"] == ". can't be opened: it is a directory."


def test_exam_scores_are_imported(hired: Company) -> None:
    table = f"staff_no,standard,subject,score,taken_on\nE1,{POINTS},specialist,84,2026-03-01\n"
    file = hired.file("scores.csv", table)
    assert said("exams", "import", str(file)) == "1 score imported.\n"
    assert data("exams", "import", str(file)) == {"imported": 1}
    assert hired.count(ExamScore) == 1
    refusal = refused("exams", "import", str(hired.file("wrong.csv", table.replace("84", "101"))))
    assert refusal["faults"] == ["Row 2, “score”: Score 101 for “specialist” is not possible: 0 to 100."]


# Invitations


@pytest.fixture
def newcomer(hired: Company) -> Company:
    people.import_people(hired.context, OPERATOR, hired.file("new.csv", "staff_no,name\nN1,马超\n"))
    return hired


def test_an_invitation_is_a_token_and_with_the_bots_name_a_link(newcomer: Company) -> None:
    token, link = said("invite", "N1", "--bot", "@your_bot").splitlines()
    assert link == f"https://t.me/your_bot?start={token}"
    token, hint = said("invite", "N1").splitlines()
    assert hint == say("en", "cli-invite-link", token=token)


def test_an_invitation_in_json_opens_the_door(newcomer: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data("invite", "N1")["link"] is None
    monkeypatch.setenv("BOT_USERNAME", "your_bot")
    given = data("invite", "N1")
    assert given == {
        "staff_no": "N1",
        "token": given["token"],
        "link": f"https://t.me/your_bot?start={given['token']}",
    }
    people.meet(newcomer.context, 99, "en")
    assert people.accept(newcomer.context, 99, given["token"]).name == "马超"


def test_who_cannot_be_invited_is_refused(newcomer: Company) -> None:
    before = newcomer.count(Invite)
    assert refused("invite", "X9")["error"] == "error-person-unknown"
    assert refused("invite", "E1")["error"] == "error-person-joined"
    assert refused("invite", "N1", "--bot", "https://t.me/your_bot")["error"] == "error-bot-username"
    assert newcomer.count(Invite) == before


# Assessments and results


def test_an_assessment_is_opened_listed_and_shown(hired: Company) -> None:
    words = [*OPEN, "--application-date", "2026-11-20", "--assessor", "R1:2.5", "--assessor", "R2"]
    assert said(*words) == "Assessment 1 is open.\n"
    assert data("assess", "list") == [
        {
            "id": 1,
            "standard": SCALE,
            "version": 1,
            "level": "3",
            "subject": "陈晨",
            "staff_no": "E1",
            "due_date": "2027-01-31",
            "state": "open",
            "reviews": 2,
            "submitted": 0,
        }
    ]
    shown = data("assess", "show", "1")
    waiting = {"state": "open", "submitted_at": None, "evidence": [], "evidence_count": {}}
    assert shown == {
        "id": 1,
        "standard": SCALE,
        "version": 1,
        "level": "3",
        "subject": {"staff_no": "E1", "name": "陈晨"},
        "application_date": "2026-11-20",
        "due_date": "2027-01-31",
        "state": "open",
        "reviews": [
            {"id": 1, "assessor": "周明", "weight": 2.5} | waiting,
            {"id": 2, "assessor": "吴倩", "weight": 1} | waiting,
        ],
    }


def test_assessments_are_shown_in_words_that_line_up(hired: Company) -> None:
    said(*OPEN, "--application-date", "2026-11-20", "--assessor", "R1:2.5", "--assessor", "R2")
    assert said("assess", "list", "--language", "zh-CN") == (
        "编号  截止        工号  被评人  标准               级别  已交评审\n"
        "1     2027-01-31  E1    陈晨    client-manager v1  3     0/2\n"
    )
    assert said("assess", "show", "1", "--language", "zh-CN") == (
        "1 · 陈晨 (E1) · client-manager v1 · 3\n"
        "进行中 · 申请日期 2026-11-20 · 截止 2027-01-31\n"
        "\n"
        "评审员  权重  状态    备注与证据\n"
        "周明    2.5   进行中  0\n"
        "吴倩    1     进行中  0\n"
    )


def test_an_assessment_shows_what_was_kept_with_each_review(hired: Company) -> None:
    review_id = hired.review()
    reviews.write(hired.context, ACCOUNTS["R1"], "主持过三次回访", message_id=1)
    reviews.attach(hired.context, ACCOUNTS["R1"], Attachment("photo", "现场", "file-7"), message_id=2)
    hired.walks("R1", review_id)
    reviews.write(hired.context, ACCOUNTS["R1"], "总体不错", message_id=3)
    (review,) = data("assess", "show", "1")["reviews"]
    assert review["evidence"] == [
        {"element": "achievement", "kind": "note", "text": "主持过三次回访"},
        {"element": "achievement", "kind": "photo", "text": "现场"},
        {"element": "", "kind": "note", "text": "总体不错"},
    ]
    assert review["evidence_count"] == {"achievement": 2, "": 1}
    assert [line.split() for line in said("assess", "show", "1").splitlines()[-2:]] == [
        ["assessor", "weight", "state", "notes", "and", "files"],
        ["周明", "1", "open", "3"],
    ]


def test_an_assessment_opened_without_an_application_date_applies_today(hired: Company) -> None:
    opened = data(*OPEN, "--assessor", "R1")
    assert opened == {"id": 1}
    found, _, _ = assessments.show(hired.context, 1)
    assert abs(found.application_date - date.today()).days <= 1  # noqa: DTZ011  # the company's day may be ahead


@pytest.mark.parametrize(
    ("option", "value", "key"),
    [
        ("--standard", "pilot", "error-standard-unknown"),
        ("--level", "9", "error-level-unknown"),
        ("--subject", "X9", "error-person-unknown"),
        ("--due", "31.1.2027", "error-date"),
        ("--due", "2027-02-30", "error-date"),
        ("--due", "20270131", "error-date"),
        ("--application-date", "yesterday", "error-date"),
        ("--application-date", "", "error-date"),
        ("--assessor", "X9", "error-person-unknown"),
        ("--assessor", "E1", "error-own-assessor"),
        ("--assessor", "E2", "error-not-assessor"),
        ("--assessor", "R1", "error-assessor-twice"),
        ("--assessor", "R2:0", "error-weight"),
        ("--assessor", "R2:-1", "error-weight"),
        ("--assessor", "R2:much", "error-number"),
        ("--assessor", "R2:", "error-number"),
        ("--assessor", "R2:Infinity", "error-number"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused_and_none_is_opened(
    hired: Company, option: str, value: str, key: str
) -> None:
    assert refused(*OPEN, "--assessor", "R1", option, value)["error"] == key
    assert hired.count(Assessment) == 0


def test_an_assessment_that_is_not_there_or_not_finished_is_named(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1")
    assert refused("assess", "show", "7")["message"] == "There is no assessment 7."
    assert refused("result", "show", "1")["error"] == "error-assessment-without-result"
    assert refused("result", "show", "7")["message"] == "There is no assessment 7."


@pytest.mark.parametrize("number", ["0", "2147483648", "99999999999999999999", "first", "1.5"])
@pytest.mark.parametrize("command", [["assess", "show"], ["result", "show"]], ids=" ".join)
def test_what_no_assessment_can_be_numbered_is_a_usage_error(hired: Company, command: list[str], number: str) -> None:
    assert "ASSESSMENT" in misused(*command, number)


def test_a_result_is_shown_as_json_in_the_shape_that_scoring_gives_it(hired: Company) -> None:
    (review_id,) = hired.opens(POINTS, "3")
    hired.finishes("R1", review_id)
    shown = results.of_assessment(hired.context, OPERATOR, 1)
    for language in LANGUAGES:
        expected = as_json(shown.standard, shown.result, language)
        assert data("result", "show", "1", "--language", language) == expected
    assert expected["total"] == 100


def test_a_result_is_shown_in_words_and_drawn(hired: Company) -> None:
    (review_id,) = hired.opens(POINTS, "3")
    hired.finishes("R1", review_id)
    lines = said("result", "show", "1", "--language", "zh-CN").splitlines()
    assert lines[0].startswith("陈晨 · 服务经理任职资格标准 v1 · ")
    assert (lines[1], lines[2].startswith(" "), lines[3].startswith("  ")) == ("", False, True)
    assert said("chart", "1", "chart.png", "--theme", "dark") == "Drawn: chart.png\n"
    assert Path("chart.png").read_bytes().startswith(b"\x89PNG")


def test_no_chart_is_drawn_of_an_assessment_without_a_result(hired: Company) -> None:
    said(*OPEN, "--assessor", "R1")
    unfinished = [say(language, "error-assessment-without-result", id="1") for language in LANGUAGES]
    unknown = [say(language, "error-assessment-unknown", id="7") for language in LANGUAGES]
    assert sentences("chart", "1", "chart.png") == unfinished
    assert sentences("chart", "7", "chart.png") == unknown
    assert not Path("chart.png").exists()
