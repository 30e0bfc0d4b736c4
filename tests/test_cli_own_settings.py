"""`qualify standards settings`: set from a file, listed, shown, refused."""

from pathlib import Path

import pytest

from tests.cli import data, refused, said
from tests.company import SCALE, Company

pytest_plugins = ["tests.cli_fixtures"]
SETTINGS = ["standards", "settings"]


@pytest.fixture
def file(hired: Company) -> str:
    """A file that sets one target from tomorrow on."""
    Path("own.yaml").write_text('from: 2026-11-23\ntargets: {writing: {"3": 4}}\n', encoding="utf-8")
    return "own.yaml"


def test_settings_are_set_from_a_file_and_begin_on_their_day(hired: Company, file: str) -> None:
    assert said(*SETTINGS, "set", SCALE, file, "--language", "zh-CN").splitlines() == [
        "客户经理能力素质模型 v2 · 第 1 号设置，2026-11-23 起用",
        "书面表达能力 · 3级（中级）：标准 5 分 → 4 分",
    ]
    assert said(*SETTINGS, "show", SCALE) == "No settings are in force for client-manager: it holds as released.\n"
    hired.clock.time = hired.clock.time.replace(day=23)
    assert said(*SETTINGS, "show", SCALE) == (
        "Client manager competency model v2 · settings no. 1, from 2026-11-23\n"
        "Written expression · Level 3 (intermediate): standard 5 → 4\n"
    )
    (listed,) = data(*SETTINGS, "list", SCALE)
    assert data(*SETTINGS, "show", SCALE, "--number", "1") == listed
    assert listed["settings"] == {"from": "2026-11-23", "targets": {"writing": {"3": 4}}}
    assert [listed[key] for key in ("standard", "version", "number", "in_force")] == [SCALE, 2, 1, True]
    assert said(*SETTINGS, "list", SCALE).splitlines()[0].split() == ["no.", "from", "state", "who", "date"]


def test_what_cannot_be_set_is_refused_line_by_line_and_stores_nothing(hired: Company, file: str) -> None:
    Path(file).write_text("from: 2026-11-23\nlevels: []\ngrades: {top: 9}\n", encoding="utf-8")
    refusal = refused(*SETTINGS, "set", SCALE, file)
    assert [fault.split(" ")[0] for fault in refusal["faults"]] == ["own.yaml:2:", "own.yaml:3:"]
    assert data(*SETTINGS, "list", SCALE) == []


def test_what_is_not_there_is_refused(hired: Company, file: str) -> None:
    assert refused(*SETTINGS, "set", "pilot", file)["error"] == "error-standard-unknown"
    assert refused(*SETTINGS, "set", SCALE, "none.yaml")["error"] == "error-standard-invalid"
    assert refused(*SETTINGS, "show", SCALE, "--number", "7")["error"] == "error-settings-unknown-number"
