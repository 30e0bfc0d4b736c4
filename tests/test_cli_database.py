"""Every command that needs the company's database: it must be there, up to date, and whole; and who acts on it."""

import getpass
from pathlib import Path

import pytest

from qualify.services.people import roles
from qualify.storage.schema import downgrade
from tests.cli import data, refused, said, sentences
from tests.company import OPERATOR, SCALE, Company

pytest_plugins = ["tests.cli_fixtures"]
pytestmark = pytest.mark.usefixtures("english")
OPEN = ["--standard", SCALE, "--level", "3", "--assessor", "R1", "--due", "2027-01-31"]


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
    ["people", "roles", "E1", "admin"],
    ["people", "activate", "E1"],
    ["people", "deactivate", "E1"],
    ["people", "export", "E1", "E1.json"],
    ["people", "erase", "E1", "--yes"],
    ["exams", "import", "people.csv"],
    ["invite", "E1"],
    ["assess", "open", "--subject", "E1", *OPEN],
    ["assess", "batch", "--department", "IT", *OPEN],
    ["assess", "extend", "1", "--due", "2027-01-31"],
    ["assess", "withdraw", "1"],
    ["assess", "reassign", "1", "--from", "R1", "--to", "R2"],
    ["assess", "list"],
    ["assess", "show", "1"],
    ["sign-off", "1"],
    ["return", "1", "--reason", "why"],
    ["publish", "1"],
    ["appeals", "list"],
    ["appeals", "answer", "1", "--text", "why"],
    ["appeals", "reopen", "1", "--reason", "why"],
    ["progress"],
    ["remind", "R1"],
    ["notices", "list"],
    ["ranking", "--standard", SCALE, "--level", "3"],
    ["export", "all.xlsx"],
    ["audit", "list"],
    ["result", "show", "1"],
]
FOR_ADMINISTRATORS = [words for words in COMMANDS if words[0] != "result"]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_database_that_was_never_made_is_not_made_by_looking_for_it(
    command: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///mistyped.sqlite3")
    Path("people.csv").write_text("staff_no,name\n", encoding="utf-8")
    refusal = refused(*command)
    assert refusal["error"] == "error-database-unmigrated"
    assert refusal["message"].endswith("First run: python -m qualify migrate")
    assert str(tmp_path / "mistyped.sqlite3") in refusal["message"]
    assert [file.name for file in tmp_path.iterdir()] == ["people.csv"]


def test_a_database_of_an_earlier_release_says_to_run_migrate(hired: Company) -> None:
    downgrade(hired.context.database, "base")
    assert refused("people", "list")["error"] == "error-database-unmigrated"
    said("migrate")
    assert data("people", "list") == []


@pytest.mark.parametrize("command", [*COMMANDS, ["migrate"], ["backup", "b"]], ids=" ".join)
def test_a_database_of_a_newer_release_says_so(command: list[str], hired: Company) -> None:
    Path("people.csv").write_text("staff_no,name\n", encoding="utf-8")
    with hired.context.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert all("9999" in sentence for sentence in sentences(*command))


def test_what_was_backed_up_comes_back_into_a_new_database(hired: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    known = data("people", "list")
    assert said("backup", "company.backup") == "Backed up to company.backup.\n"
    assert refused("backup", "company.backup")["error"] == "error-backup-there"
    assert data("backup", "company.backup", "--force") == {"file": "company.backup"}
    assert refused("restore", "company.backup")["error"] == "error-restore-used"
    with hired.context.database.engine.connect():
        assert refused("restore", "company.backup", "--replace")["error"] == "error-restore-in-use"
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.sqlite3")
    assert refused("restore", "nothing")["message"] == "nothing can't be opened: there is no such file."
    assert not Path("other.sqlite3").exists()
    assert said("restore", "company.backup") == "Restored from company.backup; the database is up to date.\n"
    assert data("people", "list") == known
    assert refused("backup", "no/such/place")["error"] == "error-file-unwritable"


def test_a_backup_of_an_earlier_release_is_brought_up_to_date(hired: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    downgrade(hired.context.database, "0003")
    said("backup", "old.backup")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///other.sqlite3")
    said("restore", "old.backup")
    assert [person["staff_no"] for person in data("people", "list")] == ["A1", "E1", "E2", "R1", "R2"]


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


# Who acts


def test_without_a_name_the_account_of_the_system_acts(hired: Company) -> None:
    said("people", "roles", "E1", "assessor")
    line = data("audit", "list", "--limit", "1")[0]
    assert (line["person"], line["operator"]) == (None, getpass.getuser())


def test_somebody_who_is_named_acts_and_the_audit_log_names_them_and_the_account(hired: Company) -> None:
    assert said("--as", "A1", "people", "roles", "E1", "assessor") == "The roles of E1 are now: assessor.\n"
    line = data("audit", "list", "--limit", "1")[0]
    assert (line["person"], line["operator"]) == ("林雪", getpass.getuser())


def test_who_acts_can_be_said_by_the_environment(hired: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALIFY_AS", "A1")
    said("people", "roles", "E1", "assessor")
    monkeypatch.setenv("QUALIFY_AS", "E1")
    assert refused("people", "list")["error"] == "error-forbidden"
    assert data("--as", "A1", "audit", "list")[0]["person"] == "林雪"


@pytest.mark.parametrize("words", FOR_ADMINISTRATORS, ids=" ".join)
def test_who_is_no_administrator_is_refused_everything(hired: Company, words: list[str]) -> None:
    said("assess", "open", "--subject", "E1", *OPEN)
    hired.file("people.csv", "staff_no,name,standard,subject,score,taken_on\n")
    before = data("audit", "list")
    for staff_no in ("E1", "R1"):
        assert refused("--as", staff_no, *words)["error"] == "error-forbidden"
    assert data("audit", "list") == before
    assert not Path("E1.json").exists()
    assert not Path("all.xlsx").exists()


@pytest.mark.parametrize("staff_no", ["X9", "E2", ""])
def test_nobody_acts_who_is_not_there_or_was_deactivated(hired: Company, staff_no: str) -> None:
    roles.set_active(hired.context, OPERATOR, "E2", active=False)
    refusal = refused("--as", staff_no, "people", "list")
    assert refusal["error"] == "error-as-unknown"
    assert "--as or QUALIFY_AS" in refusal["message"]
