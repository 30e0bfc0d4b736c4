"""`qualify people`, `assess`, `exams`, `invite`: who there is, and who rates whom."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer

from qualify.cli.terminal import aligned, company, day, terminal
from qualify.scoring import number
from qualify.services import assessments, people
from qualify.storage.assessments import Listed
from qualify.texts import say

people_app = typer.Typer(help="The company's people.", no_args_is_help=True)
assess_app = typer.Typer(help="Assessments: open them and look at them.", no_args_is_help=True)
exams_app = typer.Typer(help="Examination scores.", no_args_is_help=True)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PERSON = ("staff_no", "name", "department", "position", "level", "manager")


@people_app.command("import")
def import_people(context: typer.Context, file: Path) -> None:
    """Add or update people from a CSV or XLSX file: staff_no, name, department, position, level, manager, roles."""
    terminal(context).say("cli-people-imported", count=str(people.import_people(company(), file)))


@people_app.command("list")
def list_people(context: typer.Context, as_json: AsJson = False) -> None:
    """Everybody, with roles and whether they have joined on Telegram."""
    term = terminal(context)
    term.as_json = as_json
    data = [
        {name: getattr(person, name) for name in PERSON}
        | {"roles": sorted(roles), "active": person.active, "joined": joined}
        for person, roles, joined in people.listed(company())
    ]
    headings = _headings(term.language, "staff-no", "name", "department", "roles", "joined")
    rows = [
        (each["staff_no"], each["name"], each["department"], ", ".join(each["roles"]), "✓" if each["joined"] else "")
        for each in data
    ]
    term.show(data, lambda: aligned(headings, rows), as_json=as_json)


def invite(
    context: typer.Context,
    staff_no: str,
    bot: Annotated[str | None, typer.Option(envvar="BOT_USERNAME", help="The bot's username, for the link.")] = None,
) -> None:
    """A single-use invitation: the deep-link token, and the link when the bot's username is known."""
    token = people.invite(company(), staff_no)
    typer.echo(token)
    if bot:
        typer.echo(f"https://t.me/{bot.removeprefix('@')}?start={token}")
    else:
        terminal(context).say("cli-invite-link", token=token)


@assess_app.command("open")
def open_assessment(
    context: typer.Context,
    standard: Annotated[str, typer.Option(help="The standard's id.")],
    level: Annotated[str, typer.Option(help="The target level's id.")],
    subject: Annotated[str, typer.Option(help="Staff number of the employee.")],
    assessor: Annotated[list[str], typer.Option(help="STAFF_NO or STAFF_NO:WEIGHT; once for each assessor.")],
    due: Annotated[str, typer.Option(help="YYYY-MM-DD.")],
    application_date: Annotated[str | None, typer.Option(help="YYYY-MM-DD; today by default.")] = None,
) -> None:
    """Open an assessment; its assessors are told."""
    opening = assessments.Opening(
        standard=standard,
        level=level,
        subject=subject,
        assessors=tuple(_weighted(given) for given in assessor),
        due=day(due),
        application_date=day(application_date) if application_date else None,
    )
    terminal(context).say("cli-assessment-opened", id=str(assessments.open_assessment(company(), opening)))


def _weighted(given: str) -> tuple[str, Decimal]:
    staff_no, colon, weight = given.partition(":")
    return staff_no, number(weight, "weight") if colon else Decimal(1)


@assess_app.command("list")
def list_assessments(context: typer.Context, as_json: AsJson = False) -> None:
    """All assessments by due date, with how many reviews are in."""
    term = terminal(context)
    term.as_json = as_json
    found = assessments.listed(company())
    headings = _headings(term.language, "id", "due", "subject", "standard", "level", "reviews")
    rows = [(each.id, each.due_date, each.subject, _version(each), each.level, _in(each)) for each in found]
    term.show([_listed(each) for each in found], lambda: aligned(headings, rows), as_json=as_json)


def _headings(language: str, *names: str) -> list[str]:
    return [say(language, f"cli-heading-{name}") for name in names]


def _version(listed: Listed) -> str:
    return f"{listed.standard} v{listed.version}"


def _in(listed: Listed) -> str:
    return f"{listed.submitted}/{listed.reviews}"


def _listed(listed: Listed) -> dict[str, object]:
    return listed._asdict() | {"due_date": listed.due_date.isoformat()}


@assess_app.command("show")
def show_assessment(context: typer.Context, assessment: int, as_json: AsJson = False) -> None:
    """One assessment and where its reviews stand."""
    term = terminal(context)
    term.as_json = as_json
    found, subject, reviews = assessments.show(company(), assessment)
    data = {
        "id": found.id,
        "standard": found.standard,
        "version": found.version,
        "level": found.level,
        "subject": {"staff_no": subject.staff_no, "name": subject.name},
        "application_date": found.application_date.isoformat(),
        "due_date": found.due_date.isoformat(),
        "state": found.state,
        "reviews": [
            {
                "id": review.id,
                "assessor": name,
                "weight": str(review.weight),
                "state": review.state,
                "submitted_at": review.submitted_at.isoformat() if review.submitted_at else None,
            }
            for review, name in reviews
        ],
    }
    heading = f"{found.id}  {subject.name} ({subject.staff_no})  {found.standard} v{found.version}  {found.level}"
    lines = [heading, *[f"  {name}  {review.state}" for review, name in reviews]]
    term.show(data, lambda: lines, as_json=as_json)


@exams_app.command("import")
def import_exams(context: typer.Context, file: Path) -> None:
    """Take in scores from a CSV or XLSX file: staff_no, standard, subject, score, taken_on."""
    terminal(context).say("cli-exams-imported", count=str(assessments.import_scores(company(), file)))
