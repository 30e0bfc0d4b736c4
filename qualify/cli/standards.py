"""`qualify standards`: check them, look at them, take them to a workbook and back, see how they do in use, release one.

In text a standard is shown as its file says it, in one language: level by level what is asked, then the rest under the
names of its fields, which standards/README.md explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualify.cli import lazy, own_settings
from qualify.cli.adoption import adopt
from qualify.cli.terminal import AsJson, DryRun, Language, Terminal, aligned, terminal
from qualify.errors import InvalidInput, InvalidStandard

if TYPE_CHECKING:
    from qualify.services.assessments.item_statistics import Findings
    from qualify.standard import Standard

app = typer.Typer(help="Check standards, look at them, take them to a workbook and back.", no_args_is_help=True)
app.add_typer(own_settings.app, name="settings")
app.command("adopt")(adopt)
StandardId = Annotated[str, typer.Argument(metavar="ID", help="The standard's id.")]
WORKBOOKS = (".xlsx", ".xlsm")
Version = Annotated[int | None, typer.Option(help="The latest by default.")]


@app.command("list")
def list_standards(context: typer.Context, as_json: AsJson = False, language: Language = None) -> None:
    """Every standard and version, those in the database as well; how far each is, and which is in force."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.company_if_there(term) as company:
        if company is None:
            found = [(each, "released") for each in lazy.files.standards().all()]
        else:
            entries = lazy.drafts.listing(*company)
            found = [(each.standard, each.word) for each in entries]
    found.sort(key=lambda each: (each[0].id, each[0].version))
    data = [
        {"id": each.id, "version": each.version, "name": each.name.model_dump(), "state": state}
        for each, state in found
    ]
    term.show(
        data,
        lambda: [
            f"{each.id} v{each.version}  {each.name.in_language(term.language)}"
            + term.text("cli-standard-state", state=state)
            for each, state in found
        ],
    )


@app.command("check")
def check_standards(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Files, workbooks or directories; STANDARDS_DIR by default.")
    ] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Read and check standards; every problem with file and line (in a workbook: sheet, row and column) and what would
    be right, and a note for each draft."""
    term = terminal(context, language, as_json=as_json)
    given = paths or [lazy.settings.load_settings(lazy.settings.Settings).standards_dir]
    problems = [problem for path in given for problem in _problems(path)]
    data = [
        {"file": each.file, "line": each.line, "note": each.note, "message": each.message(term.language)}
        for each in problems
    ]
    broken = sum(not each.note for each in problems)
    fine = [] if broken else [term.text("cli-standards-fine")]
    term.show(data, lambda: [each.say(term.language) for each in problems] + fine)
    if broken:
        raise InvalidInput("error-standards-broken", count=broken)


def _problems(path: Path) -> Iterable[Any]:
    if path.suffix.lower() not in WORKBOOKS:
        return lazy.standard.check([path])
    try:
        lazy.files.standard_in(path)
    except InvalidStandard as invalid:
        return lazy.standard.problems_of(invalid)
    return ()


@app.command("export")
def export(
    context: typer.Context,
    standard_id: StandardId,
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="Written anew.")],
    version: Version = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Write a standard as a workbook to fill in, nothing left out; import reads it back."""
    term = terminal(context, language, as_json=as_json)
    standard = _found(term, standard_id, version)
    lazy.files.write(file, lazy.templates.standard_workbook(standard, term.language))
    told = {"id": standard.id, "version": standard.version, "file": str(file)}
    term.tell(told, "cli-standard-exported", id=standard.id, version=str(standard.version), file=str(file))


@app.command("import")
def import_workbook(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="A workbook as export writes it.")],
    dry_run: DryRun = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Keep a standard from a workbook as a draft in the database, and say what differs from the version before."""
    term = terminal(context, language, as_json=as_json)
    standard = lazy.files.standard_in(file)
    with lazy.database.open_company(term) as (company, actor):
        preview = lazy.drafts.try_out(company, actor, standard)
        if not dry_run:
            lazy.drafts.take_in(company, actor, standard)
    before = preview.replaced or preview.before
    key = "cli-standard-tried" if dry_run else "cli-standard-imported"
    told = {
        "id": standard.id,
        "version": standard.version,
        "hash": lazy.standard.structure_hash(standard),
        "changes": lazy.standard_changes.data(before, standard) if before else [],
    }
    changes = lazy.standard_changes.lines(before, standard, term.language) if before else []
    term.show(told, lambda: [term.text(key, id=standard.id, version=str(standard.version)), *changes])


@app.command("diff")
def diff(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="ID@VERSION, ID (the latest), or a file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The same.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """What was added, removed, reworded, moved and weighed anew; wording apart from meaning."""
    term = terminal(context, language, as_json=as_json)
    one, other = (_named(term, each) for each in (old, new))
    changes = lazy.standard_changes
    term.show(changes.data(one, other), lambda: changes.lines(one, other, term.language))


@app.command("release")
def release(
    context: typer.Context,
    standard_id: StandardId,
    version: Annotated[int, typer.Option(help="The draft's version.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Release a draft of the database for good: asked for by one administrator, signed by another where there is
    one."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        state = lazy.release.release(company, actor, standard_id, version)
    told = {"id": standard_id, "version": version, "state": str(state)}
    term.tell(told, "cli-standard-released", id=standard_id, version=str(version), state=str(state))


@app.command("drop")
def drop(
    context: typer.Context,
    standard_id: StandardId,
    version: Annotated[int, typer.Option(help="The draft's version.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Delete a draft of the database."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        lazy.drafts.drop(company, actor, standard_id, version)
    term.tell({"id": standard_id, "version": version}, "cli-standard-dropped", id=standard_id, version=str(version))


def _named(term: Terminal, given: str) -> Standard:
    """The standard that somebody means by a file, an id, or ID@VERSION."""
    if given.lower().endswith((*WORKBOOKS, ".yaml", ".yml")):
        return lazy.files.standard_in(Path(given))
    name, _, version = given.partition("@")
    number = version.removeprefix("v")
    if version and not number.isdecimal():
        raise InvalidInput("error-standard-reference", given=given)
    return _found(term, name, int(number) if number else None)


def _found(term: Terminal, standard_id: str, version: int | None) -> Standard:
    """The standard in a file or in the database, a draft only by its version."""
    with lazy.database.company_if_there(term) as company:
        if company is None:
            return lazy.files.standards().get(standard_id, version)
        return lazy.drafts.found(*company, standard_id, version)


@app.command("show")
def show(
    context: typer.Context,
    standard_id: StandardId,
    level: Annotated[str | None, typer.Option(help="Only this level.")] = None,
    version: Version = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Everything in a standard: what is asked at each level, how it is rated, what to read."""
    term = terminal(context, language, as_json=as_json)
    standard = _found(term, standard_id, version)
    lazy.files.check_level(standard, level)
    whole = lazy.standard.describe(standard, level)
    levels = (lazy.standard.describe(standard, each.id) for each in standard.levels if level in (None, each.id))
    term.show(whole, lambda: list(_outline(whole, levels, term)))


Described = Mapping[str, Any]
"""A standard or a part of it, as `describe` gives it."""

_TITLE = ("id", "version", "name", "hash")
_ABOUT = ("definition", "source", "lost")
_MARKS = ("line", "inherited_from", "restored", "minimum", "key")
_SHORT = 60  # characters beside an id


def _outline(whole: Described, levels: Iterable[Described], term: Terminal) -> Iterator[str]:
    yield f"{_line(whole['name'], term)} · {whole['id']} v{whole['version']}"
    yield from _fields({name: whole[name] for name in _ABOUT}, term)
    for described in levels:
        (level,) = described["levels"]
        yield from ("", f"== {_line(level['name'], term)} ({level['id']})")
        yield from _fields(_without(level, *_TITLE), term)
        for module in described["modules"]:
            yield from _module(module, level["id"], term)
    yield ""
    yield from _fields(_without(whole, *_TITLE, *_ABOUT, "levels", "modules"), term)


def _module(module: Described, level: str, term: Terminal) -> Iterator[str]:
    yield from ("", f"-- {_line(module['name'], term)} [{module['id']}]")
    yield from _fields(_without(module, *_TITLE, "elements"), term)
    for element in module["elements"]:
        points = (element["points"] or {}).get(level)
        worth = term.text("cli-points", points=str(points)) if points else ""
        yield f"{_line(element['name'], term)} [{element['id']}]{worth}"
        yield from _fields(_without(element, *_TITLE, "kind", "points", "levels"), term, "  ")
        demands = element["levels"].get(level, {"criteria": ()})
        yield from _fields(_without(demands, "criteria", "inherited_from"), term, "  ")
        for criterion in demands["criteria"]:
            yield _criterion(criterion, term)


def _criterion(criterion: Described, term: Terminal) -> str:
    marks = {mark.removesuffix("_from"): criterion[mark] for mark in _MARKS if criterion[mark]}
    said = "".join(term.text(f"cli-mark-{mark}", value=str(value)) for mark, value in marks.items())
    return f"  {criterion['id']}  {_line(criterion['text'], term)}{said}"


def _fields(described: Described, term: Terminal, indent: str = "") -> Iterator[str]:
    """Each field that is written, as "name: value", or its parts below its name."""
    for name, value in _written(described).items():
        line = _line(value, term)
        yield f"{indent}{name}:{' ' if line else ''}{line}"
        parts = [] if line else value if isinstance(value, list) else [value]
        for part in parts:
            yield from _part(part, term, indent + "  ")


def _part(part: Described, term: Terminal, indent: str) -> Iterator[str]:
    """A text, an item with its id first, or a group of fields."""
    if "id" in part:
        rest = _without(part, *_TITLE)
        line = _line(rest, term)
        short = len(line) <= _SHORT and bool(line)
        yield f"{indent}{part['id']}  {_line(part['name'], term)}{'  ' + line if short else ''}"
        yield from () if short else _fields(rest, term, indent + "    ")
    elif line := _line(part, term):
        yield f"{indent}- {line}"
    else:
        yield from _fields(part, term, indent)


def _line(value: Any, term: Terminal) -> str:
    """What fits in one line: a text, a number, a list of words, a row of a table; "" for anything larger."""
    match value:
        case {"zh": zh, "en": en}:
            return str(zh if term.language.startswith("zh") else en)
        case dict():
            within = {name: _line(each, term) for name, each in _written(value).items()}
            fits = within and all(within.values())
            return "{" + ", ".join(f"{name}: {each}" for name, each in within.items()) + "}" if fits else ""
        case list():
            return f"[{', '.join(value)}]" if all(isinstance(each, str) for each in value) else ""
        case bool():
            return "true"
        case _:
            return str(value)


def _written(described: Described) -> dict[str, Any]:
    """The fields that say something: what is left out, or is no, stands for itself."""
    return {name: value for name, value in described.items() if value is not False and value not in (None, [], {})}


def _without(described: Described, *names: str) -> dict[str, Any]:
    return {name: value for name, value in described.items() if name not in names}


@app.command("statistics")
def statistics(
    context: typer.Context,
    standard_id: StandardId,
    version: Annotated[int | None, typer.Option(help="Only this version; each by itself by default.")] = None,
    level: Annotated[str | None, typer.Option(help="Only this level.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only applications from YYYY-MM-DD on.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Only applications up to YYYY-MM-DD.")] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """How each element and criterion did over published results, and signs that it may be time to adjust them."""
    term = terminal(context, language, as_json=as_json)
    first, last = lazy.scoring.read_period(since, until)
    lazy.files.check_level(_found(term, standard_id, version), level)
    scope = lazy.assessments.Scope(None, standard_id, first, last, version, level)
    with lazy.database.open_company(term) as (company, actor):
        found = lazy.item_statistics.find(company, actor, scope)
    empty = [term.text("cli-statistics-none")]
    data = [lazy.item_figures.as_data(each) for each in found]
    term.show(data, lambda: [line for each in found for line in _in_use(each, term)] or empty)


def _in_use(found: Findings, term: Terminal) -> Iterator[str]:
    """The table of a level's elements and criteria, and the signs below it."""
    figures, language = lazy.item_figures, term.language
    yield from ("", f"== {figures.heading(found, language)}")
    titles = [term.text("cli-heading-item"), *figures.headings(found, language)]
    rows = [
        [("" if item.id == item.element else "  ") + item.id, *figures.figures(item)] for item in found.statistics.items
    ]
    yield from aligned([titles, *rows])
    for kind in dict.fromkeys(sign.kind for sign in found.signs):
        signs = [sign for sign in found.signs if sign.kind is kind]
        yield from ("", term.text(f"statistics-kind-{kind}"))
        yield from (f"  {figures.sign_line(found, sign, language)}" for sign in signs)
        against = figures.speaks_against(kind, (doubt for sign in signs for doubt in sign.doubts), language)
        yield "  " + term.text("statistics-for", words=figures.speaks_for(kind, language))
        yield "  " + term.text("statistics-against", words=" ".join(against))


@app.command("lock")
def lock(context: typer.Context, standard_id: StandardId, version: Version = None, language: Language = None) -> None:
    """The line that freezes a version: add it to released.lock."""
    typer.echo(lazy.standard.lock_line(_found(terminal(context, language), standard_id, version)))


@app.command("schema")
def schema() -> None:
    """The JSON schema for editors."""
    typer.echo(lazy.standard.schema_text(), nl=False)
