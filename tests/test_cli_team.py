"""`qualify team`: where a team stands, and its picture as a file."""

from pathlib import Path

import pytest

from qualify.services.people import line_managers
from tests.cli import data, misused, refused, said
from tests.company import OPERATOR, SCALE, Company

pytest_plugins = ["tests.cli_fixtures"]


@pytest.fixture
def led(hired: Company) -> Company:
    """E1, who has a result, and E2, led by R2."""
    for staff_no in ("E1", "E2"):
        line_managers.set_manager(hired.context, OPERATOR, staff_no, "R2")
    hired.published(SCALE, "4")
    hired.opens(SCALE, "3", "E2")
    return hired


def test_a_managers_team_is_listed_with_what_each_has(led: Company) -> None:
    first, second = data("team", "--manager", "R2")
    assert (first["staff_no"], first["under_way"], second["result"], second["under_way"]) == ("E1", 0, None, 1)
    assert first["result"]["standard"] == SCALE
    assert (first["result"]["level"], first["result"]["met"], first["result"]["of"]) == ("4", 18, 18)
    lines = said("team", "--manager", "R2", "--language", "zh-CN").splitlines()
    assert lines[0].split() == ["工号", "姓名", "标准", "级别", "结果", "有效至", "进行中"]
    assert lines[1].split() == ["E1", "陈晨", "client-manager", "v2", "4", "18/18", "达标", "2028-11-22", "0"]


def test_a_department_is_drawn_into_a_file(led: Company, tmp_path: Path) -> None:
    out = tmp_path / "team.png"
    assert str(out) in said("team", "--department", "政企客户部", "--chart", str(out))
    assert out.read_bytes().startswith(b"\x89PNG")
    assert refused("team", "--department", "政企客户部", "--chart", str(out), "--picture", "2")["error"] == (
        "error-team-picture"
    )


def test_one_team_has_to_be_named_and_known(led: Company) -> None:
    assert "--manager" in misused("team")
    assert "--manager" in misused("team", "--manager", "R2", "--department", "政企客户部")
    assert refused("team", "--manager", "X9")["error"] == "error-staff-no-unknown"


def test_whoever_leads_the_team_may_see_it_and_no_other(led: Company) -> None:
    assert len(data("--as", "R2", "team", "--manager", "R2")) == 2
    assert refused("--as", "R2", "team", "--manager", "R1")["error"] == "error-forbidden"
    assert refused("--as", "E1", "team", "--department", "政企客户部")["error"] == "error-forbidden"
