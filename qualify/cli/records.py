"""`qualify export` and `audit`: what happened, to keep elsewhere or to look into."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli.terminal import LARGEST_ID, AsJson, Language, Terminal, terminal

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from qualify.storage.tables import Audit

audit_app = typer.Typer(help="The audit log: who changed what.", no_args_is_help=True)


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="FILE.xlsx", help="The file to write.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Write results, answers and progress into an XLSX file."""
    from qualify.cli.database import open_company
    from qualify.cli.files import write
    from qualify.services import exporting

    term = terminal(context, language, as_json=as_json)
    with open_company(term) as (company, actor):
        workbook = exporting.export(company, actor, term.language)
    write(out, workbook)
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
    from qualify.cli.database import open_company
    from qualify.services import actors, people

    term = terminal(context, language, as_json=as_json)
    with open_company(term) as (company, actor):
        found = actors.listed(company, actor, limit, before)
        numbers = {person.id: person.staff_no for person, _, _ in people.listed(company, actor)}
    data = [_as_data(line, name, numbers) for line, name in found]
    rows = [_line(line, name, numbers, company.timezone, term) for line, name in found]
    term.table(data, "id date-time who action record before-after", rows)


def _about(line: Audit, numbers: dict[int, str]) -> str | None:
    """The staff number of whom the line is about, if it is about a person who wasn't erased."""
    return numbers.get(line.record_id or 0) if line.record == "person" else None


def _as_data(line: Audit, name: str, numbers: dict[int, str]) -> dict[str, object]:
    """A line; `person` is None for the command line, unless it acted as somebody."""
    return {
        "id": line.id,
        "at": line.at.isoformat(),
        "person": name or None,
        "operator": line.operator or None,
        "action": line.action,
        "record": line.record,
        "record_id": line.record_id,
        "staff_no": _about(line, numbers),
        "before": json.loads(line.before),
        "after": json.loads(line.after),
    }


def _line(line: Audit, name: str, numbers: dict[int, str], zone: ZoneInfo, term: Terminal) -> tuple[object, ...]:
    who = f"{name} ({line.operator})" if name and line.operator else name or line.operator
    record = term.text("cli-audit-record", record=line.record, id=_about(line, numbers) or str(line.record_id or ""))
    action = term.text("cli-audit-action", action=line.action)
    return line.id, f"{line.at.astimezone(zone):%Y-%m-%d %H:%M}", who, action, record, _change(line)


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
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:79]}…"
