"""`qualify exams` and `ranking`: scores go in by file, and the knowledge composite ranks the people who took them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, DryRun, Encoding, Language, Level, StandardId, Table, terminal

if TYPE_CHECKING:
    from qualify.services.assessments.ranking import Ranked

app = typer.Typer(help="Examination scores.", no_args_is_help=True)


@app.command("import")
def import_exams(
    context: typer.Context,
    file: Table,
    dry_run: DryRun = False,
    encoding: Encoding = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Take in scores from a CSV or XLSX file: staff_no, standard, subject, score, taken_on."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        count = lazy.score_list.import_scores(company, actor, lazy.files.table(file, encoding), dry_run=dry_run)
    data = {"scores": count, "dry_run": dry_run}
    term.tell(data, "cli-exams-checked" if dry_run else "cli-exams-imported", count=count)


@app.command("template")
def template(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The file to write.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Write a workbook to fill in and import."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        content = lazy.templates.scores_template(company, actor)
    lazy.files.write(out, content)
    term.tell({"file": str(out)}, "cli-template-written", file=str(out))


def ranking(
    context: typer.Context,
    standard: StandardId,
    level: Level,
    since: Annotated[str | None, typer.Option("--from", help="YYYY-MM-DD; the 1st of January by default.")] = None,
    until: Annotated[str | None, typer.Option(help="YYYY-MM-DD; the 31st of December by default.")] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """The knowledge composite of a level's candidates, best first; by default of those who applied this year."""
    term = terminal(context, language, as_json=as_json)
    lazy.files.standard_at(standard, level)
    with lazy.database.open_company(term) as (company, actor):
        year = company.today().year
        first, last = lazy.scoring.read_period(since or f"{year}-01-01", until or f"{year}-12-31")
        assert first is not None
        assert last is not None
        found = lazy.ranking.ranking(company, actor, standard, level, first, last)
    rows = [_line(each) for each in found]
    term.table([_as_data(each) for each in found], "rank staff-no name applied composite", rows)


def _line(ranked: Ranked) -> tuple[object, ...]:
    rank, composite = ("—", "—") if ranked.composite is None else (ranked.rank, lazy.scoring.plain(ranked.composite))
    return rank, ranked.staff_no, ranked.name, ranked.applied, composite


def _as_data(ranked: Ranked) -> dict[str, object]:
    return {
        "rank": ranked.rank,
        "staff_no": ranked.staff_no,
        "name": ranked.name,
        "assessment": ranked.assessment_id,
        "application_date": ranked.applied.isoformat(),
        "composite": lazy.scoring.as_number(ranked.composite),
    }
