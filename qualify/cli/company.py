"""`qualify people`, `assess`, `exams`, `invite`: who there is, and who rates whom."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qualify.cli.terminal import AsJson, AssessmentId, Language, Terminal, aligned, terminal
from qualify.errors import InvalidInput

if TYPE_CHECKING:
    from decimal import Decimal

    from qualify.storage.assessments import Listed
    from qualify.storage.tables import Assessment, Evidence, Person, Review

    Reviewed = tuple[Review, str, list[Evidence]]

people_app = typer.Typer(help="The company's people.", no_args_is_help=True)
assess_app = typer.Typer(help="Assessments: open them and look at them.", no_args_is_help=True)
exams_app = typer.Typer(help="Examination scores.", no_args_is_help=True)
Table = Annotated[Path, typer.Argument(metavar="FILE", help="CSV (UTF-8 or GB18030) or XLSX, headings in row 1.")]
PERSON = ("staff_no", "name", "department", "position", "level", "manager", "active")
USERNAME = re.compile(r"[A-Za-z]\w{3,31}", re.ASCII)


@people_app.command("import")
def import_people(context: typer.Context, file: Table, as_json: AsJson = False, language: Language = None) -> None:
    """Add or update people from a CSV or XLSX file: staff_no, name, department, position, level, manager, roles."""
    from qualify.cli.database import open_company, operator
    from qualify.cli.files import readable
    from qualify.services import people

    term = terminal(context, language, as_json=as_json)
    with open_company() as company:
        imported = people.import_people(company, operator(), readable(file))
    count = sum(map(len, imported))
    term.show({"imported": count}, lambda: [term.text("cli-people-imported", count=count)])


@people_app.command("list")
def list_people(context: typer.Context, as_json: AsJson = False, language: Language = None) -> None:
    """Everybody, with roles and whether they have joined on Telegram."""
    from qualify.cli.database import open_company, operator
    from qualify.services import people

    term = terminal(context, language, as_json=as_json)
    with open_company() as company:
        found = people.listed(company, operator())
    data = [
        {name: getattr(person, name) for name in PERSON} | {"roles": sorted(roles), "joined": joined}
        for person, roles, joined in found
    ]
    headings = _headings(term, "staff-no", "name", "department", "roles", "telegram")
    rows = [
        (person.staff_no, person.name, person.department, _roles(sorted(roles), term), _standing(person, joined, term))
        for person, roles, joined in found
    ]
    term.show(data, lambda: aligned(headings, rows))


def _headings(term: Terminal, *names: str) -> list[str]:
    return [term.text(f"cli-heading-{name}") for name in names]


def _roles(roles: list[str], term: Terminal) -> str:
    return ", ".join(term.text(f"cli-role-{role}") for role in roles)


def _standing(person: Person, joined: bool, term: Terminal) -> str:
    return term.text("cli-person-left" if not person.active else "cli-person-joined" if joined else "cli-person-away")


def invite(
    context: typer.Context,
    staff_no: Annotated[str, typer.Argument(metavar="STAFF_NO", help="Whom to invite.")],
    bot: Annotated[str | None, typer.Option(envvar="BOT_USERNAME", help="The bot's username, for the link.")] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """A single-use invitation, valid for 14 days: its token, and the link when the bot's username is known."""
    from qualify.cli.database import open_company, operator
    from qualify.services import people

    term = terminal(context, language, as_json=as_json)
    username = (bot or "").removeprefix("@")
    if username and not USERNAME.fullmatch(username):
        raise InvalidInput("error-bot-username", given=username)
    with open_company() as company:
        token = people.invite(company, operator(), staff_no)
    link = f"https://t.me/{username}?start={token}" if username else None
    data = {"staff_no": staff_no, "token": token, "link": link}
    term.show(data, lambda: [token, link or term.text("cli-invite-link", token=token)])


@assess_app.command("open")
def open_assessment(
    context: typer.Context,
    standard: Annotated[str, typer.Option(help="The standard's id.")],
    level: Annotated[str, typer.Option(help="The target level's id.")],
    subject: Annotated[str, typer.Option(help="Staff number of the employee.")],
    assessor: Annotated[list[str], typer.Option(help="STAFF_NO or STAFF_NO:WEIGHT; once for each assessor.")],
    due: Annotated[str, typer.Option(help="YYYY-MM-DD.")],
    application_date: Annotated[str | None, typer.Option(help="YYYY-MM-DD; today by default.")] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Open an assessment; its assessors are told."""
    from qualify.cli.database import open_company, operator
    from qualify.scoring import read_date
    from qualify.services import assessments

    term = terminal(context, language, as_json=as_json)
    opening = assessments.Opening(
        standard=standard,
        level=level,
        subject=subject,
        assessors=tuple(_weighted(given) for given in assessor),
        due=read_date(due),
        application_date=None if application_date is None else read_date(application_date),
    )
    with open_company() as company:
        opened = assessments.open_assessment(company, operator(), opening)
    term.show({"id": opened}, lambda: [term.text("cli-assessment-opened", id=str(opened))])


def _weighted(given: str) -> tuple[str, Decimal]:
    from qualify.scoring import number

    staff_no, colon, weight = given.partition(":")
    return staff_no, number(weight if colon else 1, "weight")


@assess_app.command("list")
def list_assessments(context: typer.Context, as_json: AsJson = False, language: Language = None) -> None:
    """All assessments by due date, with how many reviews are in."""
    from qualify.cli.database import open_company, operator
    from qualify.services import assessments

    term = terminal(context, language, as_json=as_json)
    with open_company() as company:
        found = assessments.listed(company, operator())
    headings = _headings(term, "id", "due", "staff-no", "subject", "standard", "level", "reviews")
    data = [each._asdict() | {"due_date": each.due_date.isoformat()} for each in found]
    term.show(data, lambda: aligned(headings, [_line(each) for each in found]))


def _line(listed: Listed) -> tuple[object, ...]:
    standard, reviews = f"{listed.standard} v{listed.version}", f"{listed.submitted}/{listed.reviews}"
    return listed.id, listed.due_date, listed.staff_no, listed.subject, standard, listed.level, reviews


@assess_app.command("show")
def show_assessment(
    context: typer.Context, assessment: AssessmentId, as_json: AsJson = False, language: Language = None
) -> None:
    """One assessment and where its reviews stand, with their notes and files."""
    from qualify.cli.database import open_company
    from qualify.services import assessments, reviews

    term = terminal(context, language, as_json=as_json)
    with open_company() as company:
        found, subject, assigned = assessments.show(company, assessment)
        reviewed = [(review, name, reviews.evidence_of(company, review.id)) for review, name in assigned]
    term.show(_as_data(found, subject, reviewed), lambda: _in_words(found, subject, reviewed, term))


def _as_data(found: Assessment, subject: Person, reviewed: list[Reviewed]) -> dict[str, object]:
    return {
        "id": found.id,
        "standard": found.standard,
        "version": found.version,
        "level": found.level,
        "subject": {"staff_no": subject.staff_no, "name": subject.name},
        "application_date": found.application_date.isoformat(),
        "due_date": found.due_date.isoformat(),
        "state": found.state,
        "reviews": [_review_as_data(*each) for each in reviewed],
    }


def _review_as_data(review: Review, assessor: str, evidence: list[Evidence]) -> dict[str, object]:
    """One review; what was kept at a step of no element has the element ""."""
    from qualify.scoring import as_number

    return {
        "id": review.id,
        "assessor": assessor,
        "weight": as_number(review.weight),
        "state": review.state,
        "submitted_at": review.submitted_at.isoformat() if review.submitted_at else None,
        "evidence": [{"element": each.element, "kind": each.kind, "text": each.text} for each in evidence],
        "evidence_count": Counter(each.element for each in evidence),
    }


def _in_words(found: Assessment, subject: Person, reviewed: list[Reviewed], term: Terminal) -> list[str]:
    from qualify.scoring import plain

    dates = {"applied": found.application_date.isoformat(), "due": found.due_date.isoformat()}
    headings = [*_headings(term, "assessor", "weight", "state"), term.text("evidence-heading")]
    rows = [
        (name, plain(review.weight), term.text(f"cli-state-{review.state}"), len(evidence))
        for review, name, evidence in reviewed
    ]
    return [
        f"{found.id} · {subject.name} ({subject.staff_no}) · {found.standard} v{found.version} · {found.level}",
        term.text("cli-assessment-dates", state=term.text(f"cli-state-{found.state}"), **dates),
        "",
        *aligned(headings, rows),
    ]


@exams_app.command("import")
def import_exams(context: typer.Context, file: Table, as_json: AsJson = False, language: Language = None) -> None:
    """Take in scores from a CSV or XLSX file: staff_no, standard, subject, score, taken_on."""
    from qualify.cli.database import open_company, operator
    from qualify.cli.files import readable
    from qualify.services import assessments

    term = terminal(context, language, as_json=as_json)
    with open_company() as company:
        count = assessments.import_scores(company, operator(), readable(file))
    term.show({"imported": count}, lambda: [term.text("cli-exams-imported", count=count)])
