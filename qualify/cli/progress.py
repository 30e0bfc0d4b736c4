"""`qualify progress`, `remind`, `notices`: who owes what, and what they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, Language, Terminal, terminal
from qualify.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from qualify.services.assessments.progress import Owing
    from qualify.storage.notices import ListedNotice
    from qualify.workflow import AssessmentState

notices_app = typer.Typer(help="Messages that are owed or were sent.", no_args_is_help=True)


def show_progress(context: typer.Context, as_json: AsJson = False, language: Language = None) -> None:
    """Every review that is owed, by due date, and how many assessments stand in each state."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        owed, counts = lazy.progress.owed(company, actor), lazy.progress.waiting(company, actor)
    today = company.today()
    data = {"assessments": counts, "owed": [_as_data(each, today) for each in owed]}
    term.show(data, lambda: _in_words(owed, counts, today, term))


def _as_data(owing: Owing, today: date) -> dict[str, object]:
    row, assessor = owing.row, owing.assessor
    return {
        "assessment": row.assessment_id,
        "review": row.id,
        "part": row.part,
        "assessor": {"staff_no": assessor.staff_no, "name": assessor.name},
        "joined": owing.joined,
        "subject": row.subject,
        "standard": row.standard,
        "version": row.version,
        "level": row.level,
        "due_date": row.due_date.isoformat(),
        "days_overdue": max((today - row.due_date).days, 0),
        "percent": owing.percent,
    }


def _in_words(owed: list[Owing], counts: dict[AssessmentState, int], today: date, term: Terminal) -> list[str]:
    rows = [_line(each, today, term) for each in owed]
    standing = " · ".join(f"{term.text('life-state', state=state)} {count}" for state, count in counts.items() if count)
    table = term.columns("due overdue staff-no assessor telegram subject standard level id done", rows)
    return [*([standing, ""] if standing else []), *table]


def _line(owing: Owing, today: date, term: Terminal) -> tuple[object, ...]:
    row, assessor = owing.row, owing.assessor
    days = (today - row.due_date).days
    overdue = term.text("cli-days", days=days) if days > 0 else "—"
    joined = term.text("cli-person-joined" if owing.joined else "cli-person-away")
    standard, done = f"{row.standard} v{row.version}", f"{owing.percent} %"
    who = (assessor.staff_no, assessor.name, joined, row.subject)
    return row.due_date, overdue, *who, standard, row.level, row.assessment_id, done


def remind(
    context: typer.Context,
    staff_numbers: Annotated[
        list[str] | None, typer.Argument(metavar="STAFF_NO", help="Whom, if they owe a review.")
    ] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Everybody who has a review overdue.")] = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Send a digest of their owed reviews now, to the people named or to everybody who is late."""
    term = terminal(context, language, as_json=as_json)
    if bool(staff_numbers) == overdue:
        raise typer.BadParameter(term.text("cli-remind-whom"))
    with lazy.database.open_company(term) as (company, actor):
        owed = lazy.progress.owed(company, actor)
        chosen = _late(owed, company.today()) if overdue else _named(owed, staff_numbers or [])
        count = lazy.progress.remind(company, actor, [each.assessor.id for each in chosen.values()])
    missed = [staff_no for staff_no, each in chosen.items() if not (each.joined and each.assessor.active)]
    data = {"reminded": [staff_no for staff_no in chosen if staff_no not in missed], "not_reached": missed}
    term.show(data, lambda: _reminded(count, [chosen[staff_no] for staff_no in missed], term))


def _late(owed: list[Owing], today: date) -> dict[str, Owing]:
    return {each.assessor.staff_no: each for each in owed if each.row.due_date < today}


def _named(owed: list[Owing], staff_numbers: list[str]) -> dict[str, Owing]:
    """The people named, each with a review that they owe. Raises InvalidInput for the first one who owes none."""
    owing = {each.assessor.staff_no: each for each in owed}
    for staff_no in staff_numbers:
        if staff_no not in owing:
            raise InvalidInput("error-remind-nothing-owed", staff_no=staff_no)
    return {staff_no: owing[staff_no] for staff_no in staff_numbers}


def _reminded(count: int, not_reached: list[Owing], term: Terminal) -> list[str]:
    named = [(each.assessor.staff_no, each.assessor.name) for each in not_reached]
    missed = [term.text("cli-not-reached", staff_no=staff_no, name=name) for staff_no, name in named]
    return [term.text("cli-reminded", count=count), *missed]


@notices_app.command("list")
def list_notices(
    context: typer.Context,
    owed: Annotated[bool, typer.Option("--owed", help="Only those that were not sent yet.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Messages to people, the newest first or with --owed the longest due: about what, when, what came of it."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        found = lazy.queue.listed(company, actor, owed_only=owed, limit=limit)
    rows = [_notice_line(each, company.timezone, term) for each in found]
    term.table([_notice_as_data(each) for each in found], "due-at staff-no name notice sent-at outcome", rows)


def _notice_as_data(listed: ListedNotice) -> dict[str, object]:
    sent = listed.sent_at
    return listed._asdict() | {"due_at": listed.due_at.isoformat(), "sent_at": sent and sent.isoformat()}


def _notice_line(listed: ListedNotice, zone: ZoneInfo, term: Terminal) -> tuple[object, ...]:
    about = term.text("cli-notice", kind=listed.kind)
    stands = listed.outcome or ("failing" if listed.faults else "owed")
    outcome = term.text("cli-notice-outcome", outcome=stands, faults=listed.faults)
    due, sent = _minute(listed.due_at, zone), "—" if listed.sent_at is None else _minute(listed.sent_at, zone)
    return due, listed.staff_no, listed.name, about, sent, outcome


def _minute(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"
