"""`qualify assess`: open assessments, change those whose reviews are still owed, and look at all of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qualify.cli import lazy
from qualify.cli.case import show_assessment
from qualify.cli.decisions import settle
from qualify.cli.terminal import AsJson, AssessmentId, Language, Level, StandardId, Terminal, terminal
from qualify.errors import InvalidInput
from qualify.texts import staff_number
from qualify.workflow import AssessmentState

if TYPE_CHECKING:
    from decimal import Decimal

    from qualify.services.assessments.opening import OpenedBatch
    from qualify.storage.assessments import ListedAssessment

DAYS_AHEAD = re.compile(r"\+([0-9]{1,4})d", re.ASCII)
app = typer.Typer(help="Assessments: open them, change them, look at them.", no_args_is_help=True)
Assessors = Annotated[
    list[str], typer.Option("--assessor", help="STAFF_NO or STAFF_NO:WEIGHT; once for each assessor.")
]
Due = Annotated[str, typer.Option(help="YYYY-MM-DD, or +30d for thirty days from today.")]
Applied = Annotated[str | None, typer.Option("--application-date", help="YYYY-MM-DD; today by default.")]
Excepted = Annotated[
    str, typer.Option("--exception", help="Why it is opened for who lacks what applicants must bring.")
]
Lead = Annotated[str | None, typer.Option(help="Which assessor leads; the first one by default.")]
OwnView = Annotated[bool, typer.Option("--self", help="Ask for a self-assessment, shown but never counted.")]
Waived = Annotated[
    bool, typer.Option("--waive-sign-off", help="Nobody signs: the last review that comes in publishes the result.")
]


def known_states(states: list[str] | None) -> list[str] | None:
    """The option's values; a usage error names the states there are."""
    known = [state.value for state in AssessmentState]
    for state in states or ():
        if state not in known:
            raise typer.BadParameter(f"{state!r} is not one of {', '.join(known)}.")
    return states


@app.command("open")
def open_assessment(
    context: typer.Context,
    standard: StandardId,
    level: Level,
    subject: Annotated[str, typer.Option(help="Staff number of the employee.")],
    assessors: Assessors,
    due: Due,
    applied: Applied = None,
    lead: Lead = None,
    own_view: OwnView = False,
    waived: Waived = False,
    exception: Excepted = "",
    again: Annotated[bool, typer.Option("--again", help="Also where one by this standard isn't finished.")] = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Open an assessment; its assessors are told."""
    term = terminal(context, language, as_json=as_json)
    chosen = {"standard": standard, "level": level, "lead": lead, "self_assessment": own_view, "sign_off": not waived}
    with lazy.database.open_company(term) as (company, actor):
        day = read_due(due, company.today())
        opening = _opening(assessors, day, applied, subject=subject, exception=exception, **chosen)
        opened = lazy.opening.open_assessment(company, actor, opening, again=again)
    term.tell({"id": opened}, "cli-assessment-opened", id=str(opened))


def _opening(assessors: list[str], due: date, applied: str | None, **chosen: Any) -> lazy.opening.Opening:
    """What is opened: what has to be read first, and the other choices as they are."""
    return lazy.opening.Opening(
        assessors=tuple(_weighted(given) for given in assessors),
        due=due,
        application_date=None if applied is None else lazy.scoring.read_date(applied),
        **chosen,
    )


def read_due(given: str, today: date) -> date:
    """A due date written YYYY-MM-DD, or +30d: so many days after the company's `today`. Raises InvalidInput."""
    if ahead := DAYS_AHEAD.fullmatch(given):
        return today + timedelta(days=int(ahead[1]))
    try:
        return lazy.scoring.read_date(given)
    except InvalidInput:
        raise InvalidInput("error-due", given=given) from None


def _weighted(given: str) -> tuple[str, Decimal]:
    staff_no, colon, weight = given.partition(":")
    return staff_no, lazy.scoring.number(weight if colon else 1, "weight")


@app.command("batch")
def open_batch(
    context: typer.Context,
    department: Annotated[str, typer.Option(help="Everybody active in it who isn't one of the assessors.")],
    standard: StandardId,
    level: Level,
    assessors: Assessors,
    due: Due,
    applied: Applied = None,
    lead: Lead = None,
    without: Annotated[list[str], typer.Option(help="Not for this person, by staff number.")] = [],  # noqa: B006
    without_position: Annotated[list[str], typer.Option(help="Not for people of this position.")] = [],  # noqa: B006
    without_level: Annotated[list[str], typer.Option(help="Not for people of this level.")] = [],  # noqa: B006
    own_view: OwnView = False,
    without_ineligible: Annotated[
        bool, typer.Option("--without-ineligible", help="Not for people who lack what applicants must bring.")
    ] = False,
    waived: Waived = False,
    exception: Excepted = "",
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Open an assessment for each person of a department, all or none; says who was left out and why."""
    term = terminal(context, language, as_json=as_json)
    chosen = {"standard": standard, "level": level, "lead": lead, "self_assessment": own_view, "sign_off": not waived}
    with lazy.database.open_company(term) as (company, actor):
        day = read_due(due, company.today())
        opening = _opening(assessors, day, applied, subject="", exception=exception, **chosen)
        numbers = frozenset(map(staff_number, without))
        groups = frozenset(without_position), frozenset(without_level)
        left_out = lazy.opening.LeftOut(*groups, numbers, without_ineligible)
        batch = lazy.opening.open_batch(company, actor, opening, department, left_out)
        everybody = [person for person, _, _ in lazy.directory.listed(company, actor)]
    rating = {staff_number(staff_no) for staff_no, _ in opening.assessors}
    reasons = {each.staff_no: "unfinished" for each in batch.left_out}
    reasons |= {each.staff_no: "ineligible" for each in batch.ineligible}
    for each in everybody:
        if each.department == department and each.active and each.staff_no in rating:
            reasons[each.staff_no] = "assessor"
        elif each.department == department and each.active and left_out.covers(each):
            reasons[each.staff_no] = "asked"
    _show_batch(batch, {each.staff_no: each.name for each in everybody}, reasons, term)


def _show_batch(batch: OpenedBatch, names: dict[str, str], reasons: dict[str, str], term: Terminal) -> None:
    """What was opened, then who was left out and why; names and reasons by staff number."""
    rows = [(opened, staff_no, names[staff_no]) for staff_no, opened in batch.opened.items()]
    data = {
        "opened": [dict(zip(("id", "staff_no", "name"), row, strict=True)) for row in rows],
        "left_out": [{"staff_no": each, "name": names[each], "reason": why} for each, why in reasons.items()],
    }
    left_out = [
        term.text(f"cli-left-out-{why}", staff_no=staff_no, name=names[staff_no]) for staff_no, why in reasons.items()
    ]
    term.show(data, lambda: [*term.columns("id staff-no subject", rows), *([""] if left_out else []), *left_out])


@app.command("extend")
def extend(
    context: typer.Context, assessment: AssessmentId, due: Due, as_json: AsJson = False, language: Language = None
) -> None:
    """Set another due date while reviews are owed."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        day = read_due(due, company.today())
        lazy.amendments.extend(company, actor, assessment, day)
    words = day.isoformat()
    term.tell({"id": assessment, "due_date": words}, "cli-assessment-extended", id=str(assessment), due=words)


@app.command("withdraw")
def withdraw(
    context: typer.Context,
    assessment: AssessmentId,
    reason: Annotated[str, typer.Option(help="Why; kept in the audit log.")] = "",
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """End an assessment without a result; nobody owes anything any more."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        lazy.amendments.withdraw(company, actor, assessment, reason)
    data = {"id": assessment, "state": AssessmentState.WITHDRAWN.value}
    term.tell(data, "cli-assessment-withdrawn", id=str(assessment))


@app.command("reassign")
def reassign(
    context: typer.Context,
    assessment: AssessmentId,
    old: Annotated[str, typer.Option("--from", help="Staff number of the assessor who owes the review.")],
    new: Annotated[str, typer.Option("--to", help="Staff number of the one who takes it over.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Give an open review to another assessor, who begins anew with the same part and weight."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        review = lazy.amendments.reassign(company, actor, assessment, old, new)
    data = {"id": assessment, "review": review, "assessor": new}
    term.tell(data, "cli-assessment-reassigned", id=str(assessment), old=old, new=new)


@app.command("list")
def list_assessments(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="A part of a name, a staff number or a department.")] = "",
    subject: Annotated[str, typer.Option(help="Only about the person with this staff number.")] = "",
    department: Annotated[str, typer.Option(help="Only about people of this department.")] = "",
    standard: Annotated[str, typer.Option(help="Only by the standard with this id.")] = "",
    states: Annotated[
        list[str] | None,
        typer.Option("--state", callback=known_states, help="Only in this state, such as reviewed; may be repeated."),
    ] = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Assessments by due date, the finished ones too, with how many reviews are in."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        wanted = lazy.listing.Wanted(text, subject, department, standard)
        chosen = [AssessmentState(each) for each in states] if states else None
        found = lazy.listing.listed(company, actor, chosen, wanted)
    headings = "id due staff-no subject standard level state reviews"
    term.table([_as_data(each) for each in found], headings, [_line(each, term) for each in found])


def _as_data(listed: ListedAssessment) -> dict[str, object]:
    names = ("id", "standard", "version", "level", "subject", "staff_no", "state", "reviews", "submitted")
    return {name: getattr(listed, name) for name in names} | {"due_date": listed.due_date.isoformat()}


def _line(listed: ListedAssessment, term: Terminal) -> tuple[object, ...]:
    standard, reviews = f"{listed.standard} v{listed.version}", f"{listed.submitted}/{listed.reviews}"
    state = term.text("life-state", state=listed.state)
    return listed.id, listed.due_date, listed.staff_no, listed.subject, standard, listed.level, state, reviews


app.command("show")(show_assessment)
app.command("settle")(settle)
