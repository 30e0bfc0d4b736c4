"""`qualify standards`: check them, look at them, release a version."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, Language, Terminal, terminal
from qualify.errors import InvalidInput

if TYPE_CHECKING:
    from qualify.standard import Criterion, Element, Standard

app = typer.Typer(help="Check standards and look at them.", no_args_is_help=True)
StandardId = Annotated[str, typer.Argument(metavar="ID", help="The standard's id.")]
Version = Annotated[int | None, typer.Option(help="The latest by default.")]


@app.command("list")
def list_standards(context: typer.Context, as_json: AsJson = False, language: Language = None) -> None:
    """Every standard and version."""
    term = terminal(context, language, as_json=as_json)
    found = lazy.files.standards().all()
    data = [{"id": each.id, "version": each.version, "name": each.name.model_dump()} for each in found]
    term.show(data, lambda: [f"{each.id} v{each.version}  {each.name.in_language(term.language)}" for each in found])


@app.command("check")
def check_standards(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or directories; STANDARDS_DIR by default.")] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Read and check standards; every problem with file, line and what would be right, and a note for each draft."""
    term = terminal(context, language, as_json=as_json)
    problems = lazy.standard.check(paths or [lazy.settings.load_settings(lazy.settings.Settings).standards_dir])
    data = [
        {"file": each.file, "line": each.line, "note": each.note, "message": term.text(each.key, **each.values)}
        for each in problems
    ]
    broken = sum(not each.note for each in problems)
    fine = [] if broken else [term.text("cli-standards-fine")]
    term.show(data, lambda: [each.say(term.language) for each in problems] + fine)
    if broken:
        raise InvalidInput("error-standards-broken", count=broken)


@app.command("show")
def show(
    context: typer.Context,
    standard_id: StandardId,
    level: Annotated[str | None, typer.Option(help="Only this level.")] = None,
    version: Version = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """A standard with its elements and criteria."""
    term = terminal(context, language, as_json=as_json)
    standard = lazy.files.standard_at(standard_id, level, version)
    term.show(lazy.standard.describe(standard, level), lambda: _outline(standard, level, term))


def _outline(standard: Standard, only: str | None, term: Terminal) -> list[str]:
    lines = [f"{standard.name.in_language(term.language)} · {standard.id} v{standard.version}"]
    for level in standard.levels:
        if only in (None, level.id):
            lines += ["", f"== {level.name.in_language(term.language)} ({level.id})"]
            for element in standard.elements_at(level.id):
                lines += _element(element, level.id, term)
    return lines


def _element(element: Element, level: str, term: Terminal) -> list[str]:
    points = (element.points or {}).get(level)
    worth = term.text("cli-points", points=lazy.scoring.plain(points)) if points else ""
    return [
        f"{element.name.in_language(term.language)} [{element.id}]{worth}",
        *(_criterion(each, term) for each in lazy.standard.criteria_at(element, level)),
        *(f"  {each.id}  {each.name.in_language(term.language)}" for each in element.subjects),
    ]


def _criterion(criterion: Criterion, term: Terminal) -> str:
    key = term.text("cli-key") if criterion.key else ""
    return f"  {criterion.id}  {criterion.text.in_language(term.language)}{key}"


@app.command("lock")
def lock(context: typer.Context, standard_id: StandardId, version: Version = None, language: Language = None) -> None:
    """The line that freezes a version: add it to released.lock."""
    terminal(context, language)
    typer.echo(lazy.standard.lock_line(lazy.files.standards().get(standard_id, version)))


@app.command("schema")
def schema() -> None:
    """The JSON schema for editors."""
    typer.echo(lazy.standard.schema_text(), nl=False)
