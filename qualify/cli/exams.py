"""`qualify exams` and `ranking`: scores go in by file, and the knowledge composite ranks the people who took them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, DryRun, Language, Level, StandardId, Table, TrustEncoding, terminal

if TYPE_CHECKING:
    from qualify.services.assessments.ranking import Ranked

app = typer.Typer(help="Examination scores.", no_args_is_help=True)


@app.command("import")
def import_exams(
    context: typer.Context,
    file: Table,
    dry_run: DryRun = False,
    trust_encoding: TrustEncoding = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Take in scores from a CSV or XLSX file: staff_no, standard, subject, score, taken_on, and level (optional)."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        table = lazy.files.table(file, trust_encoding=trust_encoding or dry_run)
        if dry_run:
            count, preview = lazy.score_list.plan_scores(company, actor, table)
        else:
            count, preview = lazy.score_list.import_scores(company, actor, table), None
            lazy.upkeep.finish(company)
    said = term.text("cli-exams-checked" if dry_run else "cli-exams-imported", count=count)
    shown = lazy.import_preview.whole(preview, term.language).splitlines() if preview else []
    term.show({"scores": count, "dry_run": dry_run}, lambda: [*shown, said])


@app.command("template")
def scores_template(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The file to write.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Write a workbook to fill in with scores: headings, an example, drop-down lists of standards and subjects."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        content = lazy.import_templates.scores_template(company, actor, term.language)
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
        by = lazy.wording.ranked_by(company.standards.get(standard), term.language)
    rows = [_line(each) for each in found]
    words = term.columns("rank staff-no name applied composite", rows)
    term.show([_as_data(each) for each in found], lambda: [*words, "", *by])


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
