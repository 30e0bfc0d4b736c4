"""`qualify standards`: list, check, show, lock, schema, without a database; drafts from workbooks with one."""

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qualify.paths import STANDARDS
from qualify.standard import Text, describe, parse, schema_text, shipped
from qualify.standard.model import Model
from tests.cli import OWN_VARIABLES, data, misused, refused, run, said
from tests.company import Company

pytest_plugins = ["tests.company_fixtures"]

GOOD = Path(__file__).parent / "fixtures" / "standards" / "good-everything.yaml"
TEN_LINES = (STANDARDS / "README.md").read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]


@pytest.fixture(autouse=True)
def _standards_in_a_directory_and_no_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in OWN_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///nowhere.sqlite3")
    monkeypatch.chdir(tmp_path)


def own(text: str = TEN_LINES, standard_id: str = "reception") -> Path:
    """A standard of one's own, a draft."""
    file = Path(f"mine/{standard_id}/v1.yaml")
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_the_standards_are_listed() -> None:
    assert said("standards", "list", "--language", "zh-CN").splitlines() == [
        "client-manager v1  客户经理能力素质模型",
        "client-manager v2  客户经理能力素质模型",
        "service-manager v1  服务经理任职资格标准",
        "service-manager v2  服务经理任职资格标准",
    ]
    assert data("standards", "list")[0] == {
        "id": "client-manager",
        "version": 1,
        "name": {"zh": "客户经理能力素质模型", "en": "Client manager competency model"},
        "state": "released",
    }


def test_the_shipped_standards_are_fine() -> None:
    assert said("standards", "check") == "The standards are fine.\n"
    assert said("standards", "check", "--language", "zh-CN") == "标准检查通过。\n"
    assert data("standards", "check") == []


def test_a_draft_is_fine_and_noted_with_the_line_that_releases_it() -> None:
    file = own()
    note, last = said("standards", "check", str(file)).splitlines()
    assert note.startswith(f"{file}:2: Ready for use; reception version 1 is still a draft.")
    assert last == "The standards are fine."
    (noted,) = data("standards", "check", "mine")
    assert (noted["file"], noted["line"], noted["note"]) == (str(file), 2, True)
    assert noted["message"] in note


def test_every_problem_is_a_line_on_stdout_and_their_number_the_refusal() -> None:
    file = own(TEN_LINES.replace("kind: points", "kind: pints").replace("version: 1", "version: one"))
    result = run("standards", "check", str(file), "--language", "en")
    assert result.exit_code == 1
    assert [line.split(" ")[0] for line in result.stdout.splitlines()] == [f"{file}:2:", f"{file}:4:"]
    assert result.stderr == "The standards need 2 corrections.\n"
    in_chinese = run("standards", "check", str(file), "--language", "zh-CN")
    assert in_chinese.stderr == "标准有 2 处需要修改。\n"


def test_problems_in_json_are_a_list_on_stdout() -> None:
    file = own(TEN_LINES.replace("kind: points", "kind: pints"))
    result = run("standards", "check", str(file), "--json")
    assert (result.exit_code, json.loads(result.stderr)["error"]) == (1, "error-standards-broken")
    (problem,) = json.loads(result.stdout)
    assert list(problem) == ["file", "line", "note", "message"]
    assert (problem["file"], problem["line"], problem["note"]) == (str(file), 4, False)
    assert "points" in problem["message"]


def test_a_path_without_standards_is_refused() -> None:
    for path in ("nowhere.yaml", "nowhere", "."):
        result = run("standards", "check", path)
        assert (result.exit_code, result.stderr) == (1, "The standards need 1 correction.\n")
        assert result.stdout.startswith(f"{path}:1: ")


@pytest.mark.parametrize("standard_id", ["client-manager", "service-manager"])
def test_a_standard_in_json_is_its_description(standard_id: str) -> None:
    standard = shipped(STANDARDS).get(standard_id)
    assert data("standards", "show", standard_id) == describe(standard)
    for level in standard.levels:
        assert data("standards", "show", standard_id, "--level", level.id) == describe(standard, level.id)


def test_a_standard_in_json_has_exactly_these_fields() -> None:
    shown = data("standards", "show", "service-manager", "--level", "4")
    fields = "id version hash name definition source lost rating levels modules exams deductions grades grades_rule"
    assert list(shown) == [*fields.split(), "eligibility", "key_conditions", "reading"]
    assert (shown["id"], shown["version"], [level["id"] for level in shown["levels"]]) == ("service-manager", 2, ["4"])
    assert list(shown["modules"][0]) == ["id", "name", "definition", "elements"]
    element = shown["modules"][0]["elements"][0]
    fields = "id name kind definition source points targets subjects weights_assumed levels"
    assert list(element) == fields.split()
    assert list(element["levels"]["4"]) == ["summary", "inherited_from", "inherited", "criteria"]
    marks = ["key", "line", "minimum", "restored", "inherited_from"]
    assert list(element["levels"]["4"]["criteria"][0]) == ["id", "text", *marks]


def test_a_standard_is_shown_level_by_level_with_points_criteria_and_key_conditions() -> None:
    lines = said("standards", "show", "service-manager", "--language", "zh-CN").splitlines()
    assert lines[0] == "服务经理任职资格标准 · service-manager v2"
    assert [line.split("(")[-1] for line in lines if line.startswith("==")] == ["3)", "4)", "5)"]
    only = said("standards", "show", "service-manager", "--level", "4", "--language", "zh-CN").splitlines()
    assert [line.split("(")[-1] for line in only if line.startswith("==")] == ["4)"]
    assert any(line.startswith("收集、分析与处理客户信息 [customer-information]") and "分" in line for line in only)
    assert any(line.startswith("  project-planning.4.1") and line.endswith("（关键条件）") for line in only)


UNLESS_WRITTEN = {("kind", "behaviour"), ("kind", "exam"), ("inherited", "after")}


def stored(value: object, field: str = "") -> Iterator[str]:
    """Every text (its Chinese), word and number of a standard; not what is so unless something else is written."""
    match value:
        case Text():
            yield value.zh
        case Model():
            yield from (each for name in type(value).model_fields for each in stored(getattr(value, name), name))
        case dict():
            yield from (each for key, item in value.items() for each in (str(key), *stored(item, field)))
        case tuple():
            yield from (each for item in value for each in stored(item, field))
        case Decimal():
            yield f"{value.normalize():f}"
        case str() | int() if not isinstance(value, bool) and (field, value) not in UNLESS_WRITTEN:
            yield str(value)


@pytest.mark.parametrize("file", ["client-manager/v2", "service-manager/v2", "good-everything"])
def test_everything_that_is_stored_is_shown_in_text(file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    standard = parse(
        (GOOD if file.startswith("good") else STANDARDS / f"{file}.yaml").read_text(encoding="utf-8"), file
    )
    if file.startswith("good"):
        own(GOOD.read_text(encoding="utf-8"), "small")
        monkeypatch.setenv("STANDARDS_DIR", str(Path("mine").absolute()))
    lines = said("standards", "show", standard.id, "--language", "zh-CN")
    assert [each for each in stored(standard) if each not in lines] == []


def test_fields_and_marks_are_shown_by_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    own(GOOD.read_text(encoding="utf-8"), "small")
    monkeypatch.setenv("STANDARDS_DIR", str(Path("mine").absolute()))
    lines = said("standards", "show", "small", "--level", "4", "--language", "en").splitlines()
    for line in (
        "definition: Abilities put together",
        "  - Chapter one has only its heading",
        "-- Customers [customers]",
        "Visits [visits] 100 points",
        "  inherited: before",
        "  visits.3.1  Prepares (line 1) (inherited from level 3) (doing better meets it)",
        "  visits.4.1  Guides others (line 1) (lost in the source, filled in from its like) (key condition)",
        "        product  Products  {max: 500, weight: {4: 3}}",
        "      required: {4: 2}",
        "  fair  Fair  {unmet: 0.25}",
        "grades_rule: {rule: counting, assumed: true}",
        "  - {kind: appraisals, last: {4: 2}, accepted: [A, B+]}",
        "      prepares_for: product",
    ):
        assert line in lines


def test_the_subjects_of_examined_elements_are_shown() -> None:
    assert "  industry  " in said("standards", "show", "client-manager", "--level", "3")


def test_what_is_not_there_is_refused_with_what_is() -> None:
    assert "client-manager, service-manager" in refused("standards", "show", "pilot")["message"]
    assert "3, 4, 5" in refused("standards", "show", "service-manager", "--level", "9")["message"]
    assert "v1" in refused("standards", "show", "service-manager", "--version", "9")["message"]
    assert "--version" in misused("standards", "show", "service-manager", "--version", "newest")


def test_standards_of_ones_own_are_read_from_their_directory(monkeypatch: pytest.MonkeyPatch) -> None:
    own()
    monkeypatch.setenv("STANDARDS_DIR", str(Path("mine").absolute()))
    assert [each["id"] for each in data("standards", "list")] == ["reception"]
    assert "hello.1  Greets first" in said("standards", "show", "reception")


def test_standards_that_are_broken_are_refused_with_every_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    file = own(TEN_LINES.replace("kind: points", "kind: pints"))
    monkeypatch.setenv("STANDARDS_DIR", str(Path("mine").absolute()))
    refusal = refused("standards", "list")
    assert refusal["error"] == "error-standard-invalid"
    assert [fault.split(" ")[0] for fault in refusal["faults"]] == [f"{file.absolute()}:4:"]


def test_the_line_that_freezes_a_version_is_the_one_in_released_lock() -> None:
    line = said("standards", "lock", "client-manager", "--version", "1").strip()
    assert line in (STANDARDS / "released.lock").read_text(encoding="utf-8").splitlines()
    refusal = run("standards", "lock", "pilot", "--language", "zh-CN")
    assert (refusal.exit_code, "pilot" in refusal.stderr) == (1, True)


def test_the_schema_is_the_one_for_editors() -> None:
    assert said("standards", "schema") == schema_text()


def mended(change: Callable[[Any], None]) -> None:
    """Change what lies in the workbook."""
    book = load_workbook("b.xlsx")
    change(book)
    book.save("b.xlsx")


def test_a_standard_goes_to_a_workbook_and_back_is_told_apart_and_released(
    small_company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", small_company.url)
    monkeypatch.setenv("QUALIFY_AS", "A1")
    monkeypatch.setenv("QUALIFY_LANGUAGE", "zh-CN")
    assert said("standards", "export", "client-manager", "b.xlsx") == "已写好 client-manager 第 2 版：b.xlsx\n"
    assert data("standards", "diff", "client-manager@2", "b.xlsx") == []
    assert refused("standards", "import", "b.xlsx")["error"] == "error-draft-same"

    mended(lambda book: book["标准"].__setitem__("B3", "三"))
    refusal = refused("standards", "import", "b.xlsx", "--language", "zh-CN")
    assert refusal["faults"] == ["「标准」第 3 行 B 列（内容）：“版本”要写整数，现在是 三。"]
    assert run("standards", "check", "b.xlsx").stdout.strip() == refusal["faults"][0]

    mended(lambda book: (book["标准"].__setitem__("B3", 3), book["条目"].__setitem__("D2", "肯下苦功夫")))
    assert said("standards", "import", "b.xlsx", "--dry-run").startswith("client-manager 第 3 版没有问题")
    assert said("standards", "import", "b.xlsx").splitlines()[1:] == [
        "只是文字有 1 处不同：",
        "✎ 文字：条目 “肯下苦功夫”（成就导向 · 4级（初级）），条目（中文） “肯下功夫，一心想把工作做好” → “肯下苦功夫”",
    ]
    assert said("standards", "list").splitlines()[2] == "client-manager v3  客户经理能力素质模型  （草稿）"
    assert "v2" in said("standards", "show", "client-manager").splitlines()[0]
    assert said("standards", "diff", "client-manager@2", "client-manager@3").count("肯下苦功夫") == 2
    assert said("standards", "release", "client-manager", "--version", "3").startswith("已发布 client-manager 第 3 版")
    assert "v3" in said("standards", "show", "client-manager").splitlines()[0]
    assert refused("standards", "drop", "client-manager", "--version", "3")["error"] == "error-draft-released"


def test_what_names_no_standard_is_refused() -> None:
    assert refused("standards", "diff", "client-manager@x", "client-manager")["error"] == "error-standard-reference"
    assert refused("standards", "export", "client-manager", "b.xlsx", "--version", "7")["error"] == (
        "error-standard-version-unknown"
    )
