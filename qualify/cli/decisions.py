"""`qualify sign-off`, `return`, `publish`, `appeals`: what a human decides about a result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from qualify.cli import lazy
from qualify.cli.case import appeal_as_data
from qualify.cli.terminal import LARGEST_ID, AsJson, AssessmentId, Language, Terminal, terminal
from qualify.errors import InvalidInput, QualifyError
from qualify.texts import one_line, say
from qualify.workflow import AssessmentState

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from qualify.services.assessments.appeals import Appealed
    from qualify.storage.tables import Appeal

appeals_app = typer.Typer(help="Appeals against published results.", no_args_is_help=True)
Reason = Annotated[str, typer.Option(help="Why; the assessors read it.")]
Reviews = Annotated[
    list[int] | None,
    typer.Option("--review", min=1, max=LARGEST_ID, help="Only this review (assess show); may be repeated."),
]


def sign_off(
    context: typer.Context,
    assessment: AssessmentId,
    grade: Annotated[
        str | None, typer.Option(help="Another grade than the computed one, or none: the level is not granted.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Why the grade differs; it stands in the result.")] = "",
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Sign the result of an assessment whose reviews are in. Better as a person: qualify --as STAFF_NO sign-off ID.

    Without --as nobody's name stands under the result, and the audit log names the account of the system.
    """
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        result = lazy.sign_off.sign_off(company, actor, assessment, grade, reason)
    data = {"id": assessment, "state": AssessmentState.SIGNED_OFF.value, "result": result}
    term.tell(data, "cli-signed-off", id=str(assessment))


def settle(
    context: typer.Context,
    assessment: AssessmentId,
    subject: Annotated[str | None, typer.Option(help="The examination whose score is settled (assess show).")] = None,
    score: Annotated[str | None, typer.Option(help="With --subject: which of the scores stands.")] = None,
    cases: Annotated[int | None, typer.Option(help="The pair of similar cases that is settled (assess show).")] = None,
    same: Annotated[
        bool | None, typer.Option("--same/--distinct", help="With --cases: whether they are one case.")
    ] = None,
    review: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_ID, help="Every open score as this review has it (assess show)."),
    ] = None,
    lists: Annotated[bool, typer.Option("--lists", help="Every open score as the lists have it.")] = False,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Before signing: say which of several scores stands, or whether two similar cases are one."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        match subject, score, cases, same, lazy.facts.LISTS if lists else None, review:
            case str(), str(), None, None, None, None:
                stands = lazy.scoring.number(score, "score")
                result = lazy.settling.settle_score(company, actor, assessment, subject, stands)
            case None, None, int(), bool(), None, None:
                result = lazy.settling.settle_cases(company, actor, assessment, cases, same=same)
            case (None, None, None, None, int() as source, None) | (None, None, None, None, None, int() as source):
                result = lazy.settling.settle_by(company, actor, assessment, source)
            case _:
                raise typer.BadParameter(term.text("cli-settle-options"))
    term.tell({"id": assessment, "result": result}, "cli-settled", id=str(assessment))


def give_back(
    context: typer.Context,
    assessment: AssessmentId,
    reason: Reason,
    reviews: Reviews = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Return reviews to their assessors, all of them or those named."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        returned = lazy.sign_off.return_to(company, actor, assessment, reason, tuple(reviews or ()))
    _tell_returned(term, assessment, returned)


def _tell_returned(term: Terminal, assessment: int, reviews: list[int]) -> None:
    data = {"id": assessment, "state": AssessmentState.RETURNED.value, "reviews": reviews}
    term.tell(data, "cli-returned", id=str(assessment), count=len(reviews))


class Unpublished(NamedTuple):
    """Why one of several results was not published."""

    assessment: int
    refusal: QualifyError

    def say(self, language: str) -> str:
        """The assessment's number and the sentence that says why."""
        return f"{self.assessment}: {say(language, self.refusal.key, **self.refusal.values)}"


def publish(
    context: typer.Context,
    assessments: Annotated[
        list[int], typer.Argument(metavar="ASSESSMENT", min=1, max=LARGEST_ID, help="One number or more.")
    ],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Show signed results to the employees. Each by itself: what can't be published doesn't hold up the others."""
    term = terminal(context, language, as_json=as_json)
    published: dict[int, int] = {}
    refused = []
    with lazy.database.open_company(term) as (company, actor):
        for assessment in dict.fromkeys(assessments):
            try:
                published[assessment] = lazy.sign_off.publish(company, actor, assessment)
            except QualifyError as refusal:
                refused.append(Unpublished(assessment, refusal))
    if published:
        data = [{"id": assessment, "state": "published", "result": result} for assessment, result in published.items()]
        term.show(data, lambda: [term.text("cli-published", id=str(assessment)) for assessment in published])
    _refuse(refused, len(published))


def _refuse(refused: list[Unpublished], published: int) -> None:
    """Raises what refused the only one, or InvalidInput with a line for each of them."""
    if refused and len(refused) + published == 1:
        raise refused[0].refusal
    if refused:
        raise InvalidInput("error-unpublished", count=len(refused), problems=refused)


@appeals_app.command("list")
def list_appeals(context: typer.Context, as_json: AsJson = False, language: Language = None) -> None:
    """All appeals, the newest first, with what came of them."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        found = lazy.appeals.listed(company, actor)
    data = [
        {"assessment": each.appeal.assessment_id, "result": each.result.id, "subject": each.subject}
        | appeal_as_data(each.appeal)
        for each in found
    ]
    term.table(data, "id date subject state appeal", [_line(each, company.timezone, term) for each in found])


def _line(found: Appealed, zone: ZoneInfo, term: Terminal) -> tuple[object, ...]:
    appeal = found.appeal
    state = term.text("cli-appeal-state", state=_state(appeal))
    return appeal.assessment_id, appeal.at.astimezone(zone).date(), found.subject, state, one_line(appeal.text)


def _state(appeal: Appeal) -> str:
    if appeal.answered_at is None:
        return "waiting"
    return "reopened" if appeal.reopened else "answered"


@appeals_app.command("answer")
def answer_appeal(
    context: typer.Context,
    assessment: AssessmentId,
    text: Annotated[str, typer.Option(help="The answer; the employee reads it.")],
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Answer the appeal in an assessment: the result stands."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        lazy.appeals.answer(company, actor, assessment, text)
    term.tell({"id": assessment, "state": AssessmentState.ANSWERED.value}, "cli-appeal-answered", id=str(assessment))


@appeals_app.command("reopen")
def reopen(
    context: typer.Context,
    assessment: AssessmentId,
    reason: Reason,
    reviews: Reviews = None,
    as_json: AsJson = False,
    language: Language = None,
) -> None:
    """Follow the appeal: reviews go back to their assessors; the result stands until a new one is published."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        returned = lazy.appeals.reopen(company, actor, assessment, reason, tuple(reviews or ()))
    _tell_returned(term, assessment, returned)
