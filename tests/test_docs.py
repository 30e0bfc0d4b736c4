"""What the README and CONTRIBUTING say is true: every command runs, every path and name is there."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli as bot_cli
from bot.config import BotSettings
from qualify.cli import app as qualify_cli
from qualify.dialogue import StepKind
from qualify.paths import STANDARDS
from qualify.services import Context, open_context
from qualify.services.authorization import Actor
from qualify.services.people import joining
from qualify.services.reviews import answering, submission
from tests.company import all_met, reference

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
PEOPLE = """staff_no,name,department,position,level,manager,roles
E001,陈晨,政企客户部,,,,employee
E002,周明,政企客户部,,,,assessor
E003,吴倩,技术支援部,,,,assessor
H001,林雪,人力资源部,,,,admin
"""
SCORES = "staff_no,standard,subject,score,taken_on\nE001,service-manager,specialist,84,2026-10-01\n"


def clock() -> datetime:
    """Whenever the README is read, its commands run: also ten years after this was written."""
    return datetime(2036, 11, 22, 1, tzinfo=UTC)


def fenced(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in fenced("sh") for line in block.splitlines() if line.strip()]


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("make ")])
def test_every_make_target_in_the_readme_exists(command: str) -> None:
    target = command.split()[1]
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)


def test_every_command_line_in_the_readme_runs_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("qualify.cli.database.utc_now", clock)
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")
    Path("scores.csv").write_text(SCORES, encoding="utf-8")
    Path("answers.json").write_text(fenced("json")[0], encoding="utf-8")
    for command in COMMANDS:
        words = shlex.split(command)
        if words[0] == ".":
            continue
        if words[0] == "export":
            name, value = words[1].split("=", 1)
            monkeypatch.setenv(name, value)
        elif words[:3] == ["python", "-m", "qualify"]:
            if "reviewed" in words:
                reviews_come_in(open_context("sqlite:///company.sqlite3", STANDARDS, ZoneInfo("Asia/Shanghai"), clock))
            result = CliRunner().invoke(qualify_cli, words[3:])
            assert result.exit_code == 0, f"{command}\n{result.output}"
    assert Path("chart.png").read_bytes().startswith(b"\x89PNG")
    assert Path("company.xlsx").exists()


def reviews_come_in(context: Context) -> None:
    """The assessors of the README do in the chat what they owe."""
    for telegram_id, staff_no in enumerate(("E002", "E003"), start=1):
        joining.meet(context, telegram_id, "zh")
        person_id = joining.accept(context, telegram_id, joining.invite(context, Actor(None), staff_no)).who.person_id
        assert person_id is not None
        for owed in answering.owed(context, person_id):
            turn = answering.open_review(context, telegram_id, owed.id)
            while turn.screen is not None and turn.screen.step.kind is not StepKind.SUMMARY:
                turn = answering.press(context, telegram_id, reference(turn), all_met(turn.screen))
            submission.submit(context, telegram_id, reference(turn), anyway=True)
    context.database.close()


def test_every_bot_command_in_the_readme_exists() -> None:
    named = [re.findall(r"-m bot (\w+)", line) for line in COMMANDS]
    for command in {name for names in named for name in names}:
        assert CliRunner().invoke(bot_cli, [command, "--help"]).exit_code == 0


def test_every_setting_in_the_readme_is_one_of_the_bots_settings() -> None:
    table = set(re.findall(r"`([A-Z][A-Z_]+)`", README.partition("## ")[2].split("## Write a standard")[0]))
    words = {"DEBUG", "INFO", "CRITICAL", "START", "QUALIFY_LANGUAGE", "QUALIFY_AS"}
    known = {name.upper() for name in BotSettings.model_fields} | words
    assert table - known == set()
    assert {name.upper() for name in BotSettings.model_fields} - table == set()


def test_every_file_the_readme_links_to_exists() -> None:
    assert [link for link in files_linked(README) if not (ROOT / link).exists()] == []


def files_linked(text: str) -> list[str]:
    """The files that a text links to or shows, whatever title stands beside them; no addresses, and nothing that only
    the repository's own web pages have, such as ../../actions."""
    links = re.findall(r"\]\(([^)\s#]+)", text) + re.findall(r'(?:src|href)="([^"#]+)"', text)
    return [link for link in links if not re.match(r"[a-z]+:|\.\./\.\./", link)]


@pytest.mark.parametrize(
    ("badge", "files"),
    [
        ("[![CI](https://x.org/badge.svg)](https://x.org/ci)", []),
        ("[![CI](../../actions/workflows/ci.yml/badge.svg)](../../actions/workflows/ci.yml)", []),
        ('<a href="https://x.org"><img src="https://x.org/python.svg" alt="3.11"></a>', []),
        ('[![license](https://x.org/mit.svg "MIT")](LICENSE "the license")', ["LICENSE"]),
        ('<img src="chat.png"> [the rooms](#the-rooms) [a part](docs/a.md#part)', ["docs/a.md", "chat.png"]),
    ],
)
def test_a_badge_is_no_file(badge: str, files: list[str]) -> None:
    assert files_linked(badge) == files


def test_every_folder_and_module_in_the_readmes_rooms_is_there() -> None:
    block = README.partition("## The rooms")[2].split("```")[1]
    top, missing = Path(), []
    for line in block.splitlines():
        if room := re.match(r"(\S+)/ ", line):
            top, names = ROOT / room[1], [""]
        else:
            names = line[2:25].split() if line[2:3].strip() else []
        missing += [
            str(top / name) for name in names if not (top / name).exists() and not (top / f"{name}.py").exists()
        ]
    assert missing == []


PATH = r"`([\w.*-]+/[\w./*-]*|README\.md)`"


def test_every_path_that_contributing_names_is_there() -> None:
    named = re.findall(PATH, CONTRIBUTING)
    assert len(named) > 80
    assert [path for path in named if not any(ROOT.glob(path))] == []


def test_every_name_that_contributing_finds_in_a_module_is_there() -> None:
    """`module.py`: `name`, `another`"""
    places = [
        (path, re.findall(r"`(\w+)`", names))
        for path, names in re.findall(rf"{PATH}: ((?:`\w+`(?:, )?)+)", CONTRIBUTING)
    ]
    assert len(places) > 15
    missing = [
        f"{path}: {name}"
        for path, names in places
        for name in names
        if not re.search(
            rf"^(?:(?:async )?def |class )?{name}\b", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert missing == []


def test_contributing_has_a_sentence_for_every_folder_of_code() -> None:
    folders = {
        f"{file.parent.relative_to(ROOT)}/"
        for package in ("qualify", "bot")
        for file in (ROOT / package).rglob("__init__.py")
    }
    told = CONTRIBUTING.partition("## The folders")[2].partition("## Five recipes")[0]
    assert folders - set(re.findall(r"`([\w/]+/)`", told)) == set()


def test_a_recipe_touches_as_many_files_as_it_says_and_never_more_than_six() -> None:
    recipes = re.findall(r"^### [^\n]*: (\d) files\n(.*?)(?=^##)", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    assert len(recipes) == 5
    for count, recipe in recipes:
        assert len(re.findall(r"^\d\. ", recipe, re.MULTILINE)) == int(count) <= 6
