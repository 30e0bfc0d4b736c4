"""The command line as a program: as a process of its own, in the locale's language, on any terminal."""

import ast
import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from qualify.cli import lazy
from qualify.cli.terminal import aligned, default_language
from qualify.paths import PACKAGE
from tests.cli import OWN_VARIABLES, misused, run, said

SHOW = ["standards", "show", "client-manager", "--language", "zh-CN"]
HEAVY = (
    *("alembic", "matplotlib", "numpy", "openpyxl", "sqlalchemy", "sqlmodel", "xlsxwriter"),
    *("qualify.charts", "qualify.scoring", "qualify.services", "qualify.standard", "qualify.storage"),
)


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (*OWN_VARIABLES, "PYTHONIOENCODING", "PYTHONUTF8"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def python(*words: str, **variables: str) -> "subprocess.CompletedProcess[bytes]":
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)} | variables
    return subprocess.run([sys.executable, *words], env=environment, capture_output=True, check=False)


def test_it_runs_as_a_module() -> None:
    done = python("-m", "qualify", *SHOW, LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("客户经理能力素质模型 · client-manager v2\n")
    refused = python("-m", "qualify", "people", "list", LANG="zh_CN.UTF-8")
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr.decode().endswith("请先运行：python -m qualify migrate\n")


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_a_terminal_that_cannot_show_everything_gets_what_it_can_and_json_whole(encoding: str) -> None:
    words = python("-m", "qualify", *SHOW, PYTHONIOENCODING=encoding)
    assert (words.returncode, words.stderr) == (0, b"")
    assert b"client-manager v2" in words.stdout
    done = python("-m", "qualify", *SHOW, "--json", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stdout.isascii()) == (0, True)
    assert json.loads(done.stdout)["name"]["zh"] == "客户经理能力素质模型"


def test_a_reader_that_goes_away_is_no_accident() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "qualify", *SHOW]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    try:
        done = subprocess.run(command, env=environment, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_help_and_usage_errors_come_before_anything_heavy_is_imported() -> None:
    asked = [
        *(["--help"], ["people", "--help"], ["assess", "open", "--help"], ["nothing"], ["people", "nothing"]),
        *(["assess", "open", "--nothing"], ["assess", "list", "--state", "nothing"], ["chart"]),
    ]
    code = (
        "import sys, json, contextlib, qualify.cli; heavy, asked = sys.argv[1].split(), json.loads(sys.argv[2])\n"
        "for words in asked:\n"
        "    sys.argv = ['qualify', *words]\n"
        "    with contextlib.suppress(SystemExit): qualify.cli.main()\n"
        "    assert not set(sys.modules) & set(heavy), (words, set(sys.modules) & set(heavy))"
    )
    done = python("-c", code, " ".join(HEAVY), json.dumps(asked))
    assert done.returncode == 0, done.stderr.decode()
    assert (done.stdout + done.stderr).count(b"Usage") == len(asked)


def test_what_commands_reach_for_lazily_is_what_the_types_say() -> None:
    tree = ast.parse(Path(lazy.__file__).read_text(encoding="utf-8"))
    typed = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("qualify")
        for alias in node.names
    }
    assert typed == lazy.PACKAGES
    for name, package in typed.items():
        assert getattr(lazy, name) is import_module(f"{package}.{name}")
    with pytest.raises(AttributeError, match="nothing"):
        getattr(lazy, "nothing")  # noqa: B009  # mypy knows that there is no such thing


def test_scoring_needs_neither_pictures_nor_a_database() -> None:
    Path("answers.json").write_text("{}", encoding="utf-8")
    code = (
        "import sys, contextlib, qualify.cli; sys.argv = ['qualify', *sys.argv[1:]]\n"
        "with contextlib.suppress(SystemExit): qualify.cli.main()\n"
        "print(*(set(sys.modules) & {'matplotlib', 'sqlalchemy', 'alembic', 'openpyxl'}), file=sys.stderr)"
    )
    done = python("-c", code, "score", "--standard", "client-manager", "--level", "3", "--answers", "answers.json")
    assert (b"Client manager" in done.stdout, done.stderr.split()) == (True, [])


def test_help_names_every_command() -> None:
    told = said("--help")
    commands = (
        "migrate people invite assess exams sign-off return publish appeals progress remind notices ranking export"
    )
    others = "audit standards score result chart"
    assert [name for name in f"{commands} {others}".split() if f" {name} " not in told] == []


@pytest.mark.parametrize(
    ("group", "commands"),
    [
        ("people", "import list roles activate deactivate export erase"),
        ("assess", "open batch extend withdraw reassign list show"),
        ("exams", "import"),
        ("appeals", "list answer reopen"),
        ("notices", "list"),
        ("audit", "list"),
        ("result", "show"),
    ],
)
def test_the_help_of_a_group_names_its_commands(group: str, commands: str) -> None:
    told = said(group, "--help")
    assert [name for name in commands.split() if f" {name} " not in told] == []


def test_help_says_that_a_person_should_sign() -> None:
    assert "--as STAFF_NO sign-off" in " ".join(said("sign-off", "--help").split())
    assert "QUALIFY_AS" in said("--help")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["nothing"], "nothing"),
        (["people", "list", "--nothing"], "--nothing"),
        (["people", "list", "--language", "fr"], "zh-CN, en"),
        (["--language", "zh", "people", "list"], "zh-CN, en"),
        (["assess", "open"], "--standard"),
        (["invite"], "STAFF_NO"),
    ],
)
def test_a_command_that_is_not_written_right_is_a_usage_error(words: list[str], named: str) -> None:
    assert named in misused(*words)


def test_a_language_of_the_environment_that_is_not_there_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALIFY_LANGUAGE", "fr")
    assert "QUALIFY_LANGUAGE" in misused("people", "list")


def test_the_language_after_the_command_goes_before_the_one_before_it_and_that_before_the_environments(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QUALIFY_LANGUAGE", "zh-CN")
    command = ["standards", "check"]
    assert said(*command) == "标准检查通过。\n"
    assert said("--language", "en", *command) == "The standards are fine.\n"
    assert said("--language", "en", *command, "--language", "zh-CN") == "标准检查通过。\n"


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh-CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh-CN"),
    ],
)
def test_the_language_is_the_locales(variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert default_language() == language


@pytest.mark.parametrize(("language", "sentence"), [("zh-CN", "TIMEZONE 应是"), ("en", "TIMEZONE must be")])
def test_a_setting_that_cannot_be_used_is_refused(
    language: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TIMEZONE", "Mars/Olympus")
    refusal = run("people", "list", "--language", language)
    assert (refusal.exit_code, refusal.stdout) == (1, "")
    assert refusal.stderr.startswith(sentence)


def test_columns_line_up_with_chinese_characters_two_cells_wide() -> None:
    assert aligned([["工号", "n"], ("E1", 1), ("E10000", None)]) == ["工号    n", "E1      1", "E10000  None"]
    assert aligned([["工号", "n"]]) == ["工号  n"]
