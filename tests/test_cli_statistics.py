"""`qualify standards statistics`: tables for people, every figure as JSON."""

from datetime import date

import pytest

from tests.cli import data, refused, said
from tests.company import SCALE, Company
from tests.many_results import ten_of

pytest_plugins = ["tests.cli_fixtures"]
STATISTICS = ("standards", "statistics", SCALE)


def test_a_table_of_figures_and_the_signs_below_it(hired: Company) -> None:
    ten_of(hired.context)
    lines = said(*STATISTICS, "--language", "zh-CN").splitlines()
    assert lines[1] == "== 客户经理能力素质模型 · 4级（初级） · v2 · 10 份结果"
    assert lines[2].split() == ["要素/条目", "达标率", "均分", "未观察", "一致", "区分度"]
    assert lines[3].split() == ["achievement", "100%", "5.0±0.0", "0%", "–", "–"]
    assert "几乎人人达标" in lines
    assert "  100%（72%–100%，10 份）成就导向" in lines
    assert "  支持：要求可能偏低，或已成常规。" in lines


def test_as_json_each_estimate_has_its_interval_and_what_cannot_be_said_is_null(hired: Company) -> None:
    ten_of(hired.context, met=8)
    (level,) = data(*STATISTICS)
    item = level["items"][0]
    assert (level["standard"], level["version"], level["level"], level["results"]) == (SCALE, 2, "4", 10)
    assert item["met"] == {"value": 0.8, "low": 0.4902, "high": 0.9433, "results": 10}
    assert (item["id"], item["kind"], item["agreed"]) == ("achievement", "element", None)
    assert {sign["kind"] for sign in level["signs"]} == {"met-by-few", "unobserved"}, "no examination was taken"


@pytest.mark.parametrize(
    ("options", "levels"),
    [
        (("--level", "3"), ["3"]),
        (("--version", "1"), []),
        (("--from", "2026-06-01"), ["3"]),
        (("--to", "2026-05-31"), ["4"]),
        ((), ["4", "3"]),
    ],
)
def test_options_narrow_what_is_counted(hired: Company, options: tuple[str, ...], levels: list[str]) -> None:
    ten_of(hired.context, applied=date(2026, 5, 31))
    ten_of(hired.context, level="3", applied=date(2026, 6, 1))
    assert [each["level"] for each in data(*STATISTICS, *options)] == levels


def test_what_is_not_there_is_refused_and_nothing_counted_is_said(hired: Company) -> None:
    assert refused(*STATISTICS, "--level", "9")["error"] == "error-level-unknown"
    assert refused(*STATISTICS, "--version", "9")["error"] == "error-standard-version-unknown"
    assert said(*STATISTICS) == "No published results to count yet.\n"
