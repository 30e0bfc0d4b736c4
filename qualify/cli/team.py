"""`qualify team`: where the people stand whom somebody leads, or who belong to a department; and their picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.scores import known_theme
from qualify.cli.terminal import AsJson, Language, Terminal, terminal
from qualify.themes import DEFAULT_THEME

if TYPE_CHECKING:
    from qualify.services import Context
    from qualify.services.assessments.team import Member
    from qualify.services.authorization import Actor
    from qualify.storage.teams import Team

AT_ONCE = 200
"""So many people are read at a time."""


def show_team(
    context: typer.Context,
    manager: Annotated[str, typer.Option(metavar="STAFF_NO", help="The people whom this person leads.")] = "",
    department: Annotated[str, typer.Option(help="The people of this department.")] = "",
    chart: Annotated[
        Path | None, typer.Option(metavar="FILE.png", help="Draw their picture as well; of 20 people each.")
    ] = None,
    picture: Annotated[int, typer.Option(min=1, help="Which picture, if there are several.")] = 1,
    theme: Annotated[str, typer.Option(callback=known_theme, help="light or dark.")] = DEFAULT_THEME,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Where a team stands: level, figure, validity of each person's newest result, and what is under way."""
    term = terminal(context, language, as_json=as_json)
    if bool(manager) == bool(department):
        raise typer.BadParameter(term.text("cli-team-whose"))
    files: list[str] = []
    with lazy.database.open_company(term) as (company, actor):
        team = lazy.team.named(company, actor, manager=manager, department=department)
        members = _members(company, actor, team)
        if chart is not None:
            files = _draw(company, actor, team, picture - 1, chart, theme, term)
    rows = [_line(member, term) for member in members]
    data = [_data(member) for member in members]
    term.table(data, "staff-no name standard level figure valid-until open", rows)
    if not as_json:
        for file in files:
            term.say("cli-chart-drawn", file=file)


def _members(company: Context, actor: Actor, team: Team) -> list[Member]:
    found: list[Member] = []
    first: int | None = 0
    while first is not None:
        page = lazy.team.page(company, actor, team, first, most=AT_ONCE)
        found += page.members
        first = page.after
    return found


def _draw(company: Context, actor: Actor, team: Team, number: int, out: Path, theme: str, term: Terminal) -> list[str]:
    """The picture's pages as files; the second one is called FILE-2.png."""
    files, page, more = [], 0, True
    while more:
        found = lazy.team.picture(company, actor, team, number, page)
        file = out if page == 0 else out.with_stem(f"{out.stem}-{page + 1}")
        heat = lazy.team_picture.heat_of(found, company.today(), term.language)
        lazy.files.write(file, lazy.charts.draw(heat, theme=theme, language=term.language))
        files.append(str(file))
        page, more = page + 1, found.more
    return files


def _line(member: Member, term: Terminal) -> tuple[object, ...]:
    person, shown = member.person, member.result
    if shown is None:
        return person.staff_no, person.name, "—", "—", "—", "—", member.under_way
    figure = ", ".join(lazy.wording.figures(shown, term.language))
    standard = f"{shown.stored.standard} v{shown.stored.version}"
    return (
        person.staff_no,
        person.name,
        standard,
        shown.stored.level,
        figure,
        shown.valid_until or "—",
        member.under_way,
    )


def _data(member: Member) -> dict[str, object]:
    person, shown = member.person, member.result
    result = None
    if shown is not None:
        result = {
            "result": shown.id,
            "standard": shown.stored.standard,
            "version": shown.stored.version,
            "level": shown.stored.level,
            "total": lazy.scoring.as_number(shown.result.total),
            "met": lazy.scoring.met(shown.result),
            "of": len(shown.result.elements),
            "grade": shown.grade,
            "valid_until": shown.valid_until and str(shown.valid_until),
        }
    return {"staff_no": person.staff_no, "name": person.name, "result": result, "under_way": member.under_way}
