"""`qualify standards adopt`: make another version of a standard the one that counts, or see first whom it would
change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, DryRun, Language, Terminal, terminal

if TYPE_CHECKING:
    from qualify.adoption import Verdict
    from qualify.services.assessments import adopting


def adopt(
    context: typer.Context,
    standard_id: Annotated[str, typer.Argument(metavar="ID", help="The standard's id.")],
    version: Annotated[int, typer.Option(min=1, help="The version to adopt; an earlier one undoes an adoption.")],
    since: Annotated[str, typer.Option("--from", metavar="DATE", help="From this day on; today by default.")] = "",
    convert: Annotated[bool, typer.Option("--convert", help="Running assessments go over on that day.")] = False,
    dry_run: DryRun = False,
    workbook: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", help="With --dry-run: everybody who would change, as a sheet.")
    ] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """New assessments are made by this version from a day on; results that were made stay what they are."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        if dry_run:
            _show(lazy.adopting.dry_run(company, actor, standard_id, version), workbook, term)
            return
        day = lazy.scoring.read_date(since) if since else company.today()
        lazy.adopting.adopt(company, actor, standard_id, version, day, converts=convert)
        lazy.upkeep.finish(company)
        name = company.standards.get(standard_id, version).name.in_language(term.language)
    data = {"standard": standard_id, "version": version, "from": day.isoformat(), "convert": convert}
    key = "adoption-adopted-converts" if convert else "adoption-adopted"
    term.tell(data, key, date=day.isoformat(), standard=name, version=str(version))


def _show(run: adopting.DryRun, workbook: Path | None, term: Terminal) -> None:
    if workbook is not None:
        lazy.files.write(workbook, lazy.exports.workbook([lazy.adoption.sheet(run, term.language)]))
    words = lazy.adoption
    term.show(
        {
            "standard": run.new.id,
            "version": run.new.version,
            "looked_at": run.looked_at,
            "left_out": run.left_out,
            "unanswered": run.unanswered,
            "running": run.running,
            "affected": [_affected(each) for each in run.affected],
        },
        lambda: [*words.summary(run, term.language), "", *words.lines(run, run.affected, term.language)],
    )


def _affected(each: adopting.Affected) -> dict[str, object]:
    result, old, seen = each
    return {
        "staff_no": result.staff_no,
        "name": result.name,
        "level": result.level,
        "made_by": old.version,
        "before": _verdict(seen.before),
        "after": seen.after and _verdict(seen.after),
        "to_answer": seen.to_answer,
        "reasons": [{"cause": reason.cause.value, "element": reason.element or None} for reason in seen.reasons],
    }


def _verdict(verdict: Verdict) -> dict[str, object]:
    total = None if verdict.total is None else lazy.scoring.as_number(verdict.total)
    return {**verdict._asdict(), "total": total}
