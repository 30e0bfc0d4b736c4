"""The command line as the tests run it: in this process, with what it says and refuses looked at from all sides."""

import json
from functools import cache
from typing import Any

from typer import testing
from typer.main import get_command
from typer.testing import CliRunner, Result

from qualify.cli import app
from qualify.texts import LANGUAGES

OWN_VARIABLES = (
    *("QUALIFY_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"),
    *("QUALIFY_AS", "BOT_USERNAME", "DATABASE_URL", "STANDARDS_DIR", "TIMEZONE", "LOG_LEVEL"),
)
testing._get_command = cache(get_command)  # once for all runs: putting the commands together takes longer than most


def run(*words: str) -> Result:
    """The command, whatever comes of it; a bug comes through."""
    return CliRunner().invoke(app, words, catch_exceptions=False)


def said(*words: str) -> str:
    """What a command that succeeds prints."""
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def data(*words: str) -> Any:
    """What a command that succeeds prints as JSON."""
    return json.loads(said(*words, "--json"))


def sentences(*words: str) -> list[str]:
    """The refusal in every language, each on stderr alone."""
    results = [run(*words, "--language", language) for language in LANGUAGES]
    assert {(result.exit_code, result.stdout) for result in results} == {(1, "")}
    found = [result.stderr.strip() for result in results]
    assert len(set(found)) == len(LANGUAGES)
    return found


def refused(*words: str) -> dict[str, Any]:
    """The refusal as JSON, which says in the run's language what people are told."""
    told = sentences(*words)
    result = run(*words, "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    refusal: dict[str, Any] = json.loads(result.stderr)
    assert list(refusal) == ["error", "message", "faults"]
    assert "\n".join([refusal["message"], *refusal["faults"]]) in told
    return refusal


def misused(*words: str) -> str:
    """What a usage error prints, its lines joined."""
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    return " ".join(result.stderr.replace("│", " ").split())
