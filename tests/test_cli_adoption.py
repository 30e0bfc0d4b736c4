"""`qualify standards adopt`: whom a version would change, as words, JSON and a sheet; and adopting it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli import data, refused, said
from tests.company import SCALE, Company
from tests.test_services_assessments_adopting import last_unmet, lenient, released_next

pytest_plugins = ["tests.cli_fixtures"]


@pytest.fixture
def renewed(hired: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    """E1 fails one thing that version 3 doesn't ask for; E2 meets everything."""
    hired.published(choose=last_unmet)
    hired.published(subject="E2")
    released_next(hired, lenient)
    monkeypatch.setenv("STANDARDS_DIR", str(hired.folder / "standards"))
    return hired


def test_a_dry_run_names_who_would_change_and_why(renewed: Company) -> None:
    words = said("standards", "adopt", SCALE, "--version", "3", "--dry-run", "--language", "zh-CN").splitlines()
    assert words[0] == "2 人的现行结果里，1 人会变。"
    assert words[-1] == "陈晨：17/18 达标 → 18/18 达标（书面表达能力 3 → 5：条目有增减）"
    found = data("standards", "adopt", SCALE, "--version", "3", "--dry-run")
    ((affected,),) = (found["affected"],)
    assert (affected["staff_no"], affected["made_by"]) == ("E1", 2)
    assert (affected["before"]["met"], affected["after"]["met"]) == (17, 18)
    assert affected["reasons"] == [{"cause": "criteria", "element": "writing"}]


def test_the_sheet_has_everybody_who_would_change(renewed: Company, tmp_path: Path) -> None:
    file = tmp_path / "换版.xlsx"
    said("standards", "adopt", SCALE, "--version", "3", "--dry-run", "--workbook", str(file), "--language", "zh-CN")
    rows = [list(row) for row in load_workbook(file).active.values]
    assert [row[:2] for row in rows] == [["工号", "姓名"], ["E1", "陈晨"]]


def test_a_version_is_adopted_and_the_earlier_one_again(renewed: Company) -> None:
    made = data("standards", "adopt", SCALE, "--version", "2")
    assert made == {"standard": SCALE, "version": 2, "from": "2026-11-22", "convert": False}
    words = said(
        "standards", "adopt", SCALE, "--version", "3", "--from", "2026-12-01", "--convert", "--language", "zh-CN"
    )
    assert words == "从 2026-12-01 起，新开的评估用《客户经理能力素质模型》第 3 版，进行中的评估也转过去。\n"
    listed = [line.rpartition("  ")[2] for line in said("standards", "list", "--language", "zh-CN").splitlines()]
    assert listed[:3] == ["客户经理能力素质模型", "（现行）", "（已定日子采用）"]
    assert refused("standards", "adopt", SCALE, "--version", "2")["error"] == "error-adopt-same"
    assert refused("standards", "adopt", SCALE, "--version", "2", "--from", "2026-11-01")["error"] == "error-adopt-past"
    assert refused("standards", "adopt", SCALE, "--version", "9")["error"] == "error-standard-version-unknown"
