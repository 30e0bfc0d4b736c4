"""`qualify invite`: links for one person, or for everybody who hasn't joined."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from qualify.services.imports import people_list
from qualify.services.people import joining, roles
from qualify.storage.tables import Audit, Invite
from qualify.texts import say
from tests.cli import data, misused, refused, said
from tests.company import OPERATOR, Company

pytest_plugins = ["tests.cli_fixtures"]


@pytest.fixture
def newcomer(hired: Company) -> Company:
    people_list.import_people(hired.context, OPERATOR, hired.file("new.csv", "staff_no,name\nN1,马超\n"))
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
    joining.meet(newcomer.context, 99, "en")
    assert joining.accept(newcomer.context, 99, given["token"]).who.name == "马超"


def test_somebody_who_has_joined_is_invited_to_another_account(newcomer: Company) -> None:
    joining.meet(newcomer.context, 98, "zh")
    token = data("invite", "E1", "--move")["token"]
    assert joining.accept(newcomer.context, 98, token).who.name == "陈晨"
    assert refused("invite", "N1", "--move")["error"] == "error-person-not-joined"


def test_who_cannot_be_invited_is_refused(newcomer: Company) -> None:
    before = newcomer.count(Invite)
    assert refused("invite", "X9")["error"] == "error-person-unknown"
    assert refused("invite", "E1")["error"] == "error-person-joined"
    assert refused("invite", "N1", "--bot", "https://t.me/your_bot")["error"] == "error-bot-username"
    assert newcomer.count(Invite) == before


# Everybody


@pytest.fixture
def newcomers(newcomer: Company) -> Company:
    """Two who haven't joined, in two departments, and one who left before joining."""
    table = "staff_no,name,department\nN1,马超,IT\nN2,许诺,政企客户部\nN3,丁一,IT\n"
    people_list.import_people(newcomer.context, OPERATOR, newcomer.file("more.csv", table))
    roles.set_active(newcomer.context, OPERATOR, "N3", active=False)
    return newcomer


def test_everybody_who_has_not_joined_is_invited_at_once(newcomers: Company) -> None:
    heading, *lines = said("invite", "--all", "--bot", "@your_bot").splitlines()
    assert heading.split() == ["staff", "no.", "name", "department", "link"]
    assert [line.split()[:3] for line in lines] == [["N1", "马超", "IT"], ["N2", "许诺", "政企客户部"]]
    token = lines[1].rpartition("https://t.me/your_bot?start=")[2]
    joining.meet(newcomers.context, 99, "en")
    assert joining.accept(newcomers.context, 99, token).who.name == "许诺"


def test_without_the_bots_name_there_are_tokens(newcomers: Company) -> None:
    first, second = data("invite", "--all")
    assert first == {"staff_no": "N1", "name": "马超", "department": "IT", "token": first["token"], "link": None}
    heading, line, _ = said("invite", "--all").splitlines()
    assert heading.endswith("token")
    assert "t.me" not in line
    assert first["token"] != second["token"]


def test_the_links_of_a_department_come_as_a_file(newcomers: Company, tmp_path: Path) -> None:
    file = tmp_path / "links.xlsx"
    words = ["invite", "--all", str(file), "--department", "IT", "--bot", "your_bot"]
    told = said(*words)
    assert told.startswith(f"Written to {file}: invitation links for 1 person. Each works once and is valid until 20")
    (row,) = list(load_workbook(file).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert row[:3] == ("N1", "马超", "IT")
    assert str(row[3]).startswith("https://t.me/your_bot?start=")
    assert data(*words) == {"file": str(file), "invited": ["N1"]}


def test_where_nobody_is_to_be_invited_that_is_said(newcomers: Company) -> None:
    lines, invites = newcomers.count(Audit), newcomers.count(Invite)
    assert refused("invite", "--all", "--department", "法务部")["error"] == "error-invite-nobody-there"
    for staff_no in ("N1", "N2"):
        roles.set_active(newcomers.context, OPERATOR, staff_no, active=False)
    assert refused("invite", "--all")["error"] == "error-invite-nobody"
    assert newcomers.count(Audit) == lines + 2, "nothing but the two who left"
    assert newcomers.count(Invite) == invites


def test_a_file_that_cannot_be_written_is_a_refusal(newcomers: Company, tmp_path: Path) -> None:
    missing = str(tmp_path / "no" / "links.xlsx")
    assert refused("invite", "--all", missing, "--bot", "your_bot")["error"] == "error-file-unwritable"


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["--department", "IT"], "--all"),
        (["N1", "--department", "IT"], "--all"),
        (["N1", "--all"], "STAFF_NO"),
        (["--all", "links.xlsx"], "--bot"),
    ],
)
def test_one_person_and_everybody_are_not_mixed(newcomers: Company, words: list[str], named: str) -> None:
    before = newcomers.count(Invite)
    assert named in misused("invite", *words)
    assert newcomers.count(Invite) == before
