"""`qualify export` and `audit`: what happened, to keep elsewhere or to look into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import LARGEST_ID, AsJson, Language, Terminal, terminal
from qualify.texts import one_line, shortened

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from qualify.services.audit_log import AuditLine
    from qualify.storage.tables import Audit

audit_app = typer.Typer(help="The audit log: who changed what.", no_args_is_help=True)


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The file to write.")],
    department: Annotated[str | None, typer.Option(help="Only people of this department.")] = None,
    standard: Annotated[str | None, typer.Option(help="Only assessments by this standard.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only applications from YYYY-MM-DD on.")] = None,
    until: Annotated[str | None, typer.Option(help="Only applications up to YYYY-MM-DD.")] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Write results, elements, answers, cases, scores, progress and appeals into an XLSX file."""
    term = terminal(context, language, as_json=as_json)
    first, last = lazy.scoring.read_period(since, until)
    with lazy.database.open_company(term) as (company, actor):
        scope = lazy.assessments.Scope(department, standard, first, last)
        workbook = lazy.company_export.export(company, actor, term.language, scope)
    lazy.files.write(out, workbook)
    term.tell({"file": str(out)}, "cli-exported", file=str(out))


@audit_app.command("list")
def list_audit(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many lines, the newest first.")] = 50,
    before: Annotated[
        int | None, typer.Option(min=1, max=LARGEST_ID, help="Only lines older than the one with this number.")
    ] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """What administrators changed: who, when, what, before and after."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        found = lazy.audit_log.page(company, actor, before, most=limit).lines
    rows = [_line(line, company.timezone, term) for line in found]
    term.table([_as_data(line) for line in found], "id date-time who action about before-after", rows)


def _as_data(line: AuditLine) -> dict[str, object]:
    """A line; `person` is None for the command line, unless it acted as somebody."""
    kept = line.audit
    return {
        "id": kept.id,
        "at": kept.at.isoformat(),
        "person": line.who or None,
        "operator": kept.operator or None,
        "action": kept.action,
        "record": kept.record,
        "record_id": kept.record_id,
        "about": line.about or None,
        "before": json.loads(kept.before),
        "after": json.loads(kept.after),
    }


def _line(line: AuditLine, zone: ZoneInfo, term: Terminal) -> tuple[object, ...]:
    kept, about = line.audit, line.about
    who = f"{line.who} ({kept.operator})" if line.who and kept.operator else line.who or kept.operator
    action = term.text(f"audit-{kept.record}-{kept.action}".replace("_", "-"))
    if kept.record == "assessment":
        about = term.text("audit-assessment", name=about, id=str(kept.record_id))
    return kept.id, f"{kept.at.astimezone(zone):%Y-%m-%d %H:%M}", who, action, about, _change(kept)


def _change(line: Audit) -> str:
    """What stood there and what stands there now, field by field."""
    before, after = json.loads(line.before), json.loads(line.after)
    return ", ".join(
        f"{name}: {_short(before[name])} → {_short(after.get(name))}" if name in before else f"{name}: {_short(value)}"
        for name, value in (before | after).items()
        if value not in ("", None)
    )


def _short(value: object) -> str:
    """The value as JSON without its quotes, cut so that a line stays one."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return shortened(one_line(text), 80)
