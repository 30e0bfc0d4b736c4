"""`qualify standards`: check them, look at them, release a version."""

from pathlib import Path
from typing import Annotated

import typer

from qualify.cli.terminal import standards as catalogue
from qualify.cli.terminal import terminal
from qualify.errors import InvalidInput
from qualify.settings import Settings, load_settings
from qualify.standard import Standard, check, criteria_at, describe, lock_line, schema_text
from qualify.texts import say

app = typer.Typer(help="Check standards and look at them.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command("list")
def list_standards(context: typer.Context, as_json: AsJson = False) -> None:
    """Every standard and version."""
    term = terminal(context)
    term.as_json = as_json
    found = catalogue().all()
    data = [{"id": each.id, "version": each.version, "name": each.name.model_dump()} for each in found]
    lines = [f"{each.id} v{each.version}  {each.name.in_language(term.language)}" for each in found]
    term.show(data, lambda: lines, as_json=as_json)


@app.command("check")
def check_standards(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or directories; STANDARDS_DIR by default.")] = None,
) -> None:
    """Read and check standards; every problem with file, line and what would be right."""
    term = terminal(context)
    problems = check(paths or [load_settings(Settings).standards_dir])
    for problem in problems:
        typer.echo(problem.say(term.language))
    if any(not problem.note for problem in problems):
        raise typer.Exit(1)
    term.say("cli-standards-fine")


@app.command("show")
def show(
    context: typer.Context,
    standard_id: Annotated[str, typer.Argument(metavar="ID")],
    level: Annotated[str | None, typer.Option(help="Only this level.")] = None,
    version: Annotated[int | None, typer.Option(help="The latest by default.")] = None,
    as_json: AsJson = False,
) -> None:
    """A standard with its elements and criteria."""
    term = terminal(context)
    term.as_json = as_json
    standard = catalogue().get(standard_id, version)
    if level is not None and level not in [each.id for each in standard.levels]:
        levels = ", ".join(each.id for each in standard.levels)
        raise InvalidInput("error-level-unknown", given=level, levels=levels)
    term.show(describe(standard, level), lambda: _outline(standard, level, term.language), as_json=as_json)


def _outline(standard: Standard, only: str | None, language: str) -> list[str]:
    lines = [f"{standard.name.in_language(language)} · {standard.id} v{standard.version}"]
    for level in standard.levels:
        if only not in (None, level.id):
            continue
        lines += ["", f"== {level.name.in_language(language)} ({level.id})"]
        for element in standard.elements_at(level.id):
            points = (element.points or {}).get(level.id)
            worth = say(language, "cli-points", points=str(points)) if points else ""
            lines.append(f"{element.name.in_language(language)} [{element.id}]{worth}")
            for criterion in criteria_at(element, level.id):
                key = say(language, "cli-key") if criterion.key else ""
                lines.append(f"  {criterion.id}  {criterion.text.in_language(language)}{key}")
            lines += [f"  {subject.id}  {subject.name.in_language(language)}" for subject in element.subjects]
    return lines


@app.command("lock")
def lock(
    standard_id: Annotated[str, typer.Argument(metavar="ID")],
    version: Annotated[int | None, typer.Option(help="The latest by default.")] = None,
) -> None:
    """The line that freezes a version: add it to released.lock."""
    typer.echo(lock_line(catalogue().get(standard_id, version)))


@app.command("schema")
def schema() -> None:
    """The JSON schema for editors."""
    typer.echo(schema_text(), nl=False)
