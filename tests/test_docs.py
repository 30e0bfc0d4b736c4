"""The README's commands are true: every one of them runs, on the files the README itself shows."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.__main__ import cli as bot_cli
from qualify.cli import app as qualify_cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PEOPLE = "staff_no,name,department,position,level,manager,roles\nE001,陈晨,,,,,employee\nE002,周明,,,,,assessor\n"


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
    Path("people.csv").write_text(PEOPLE, encoding="utf-8")
    Path("answers.json").write_text(fenced("json")[0], encoding="utf-8")
    for command in COMMANDS:
        words = shlex.split(command)
        if words[0] == ".":
            continue
        if words[0] == "export":
            name, value = words[1].split("=", 1)
            monkeypatch.setenv(name, value)
        elif words[:3] == ["python", "-m", "qualify"]:
            result = CliRunner().invoke(qualify_cli, words[3:])
            assert result.exit_code == 0, f"{command}\n{result.output}"
    assert Path("chart.png").read_bytes().startswith(b"\x89PNG")


def test_every_bot_command_in_the_readme_exists() -> None:
    named = [re.findall(r"-m bot (\w+)", line) for line in COMMANDS]
    for command in {name for names in named for name in names}:
        assert CliRunner().invoke(bot_cli, [command, "--help"]).exit_code == 0


def test_every_setting_in_the_readme_is_one_of_the_bots_settings() -> None:
    from bot.config import BotSettings

    table = set(re.findall(r"`([A-Z][A-Z_]+)`", README.split("## Write a standard")[0]))
    words = {"DEBUG", "INFO", "CRITICAL", "START", "QUALIFY_LANGUAGE"}
    known = {name.upper() for name in BotSettings.model_fields} | words
    assert table - known == set()
    assert {name.upper() for name in BotSettings.model_fields} - table == set()


def test_every_file_the_readme_links_to_exists() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README) + re.findall(r'src="([^"]+)"', README)
    assert [link for link in links if not (ROOT / link).exists()] == []
