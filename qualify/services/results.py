"""Results for the people who may see them: figures, signature, comparison, explanation, chart."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from qualify import charts
from qualify.access import Action
from qualify.errors import NotFound
from qualify.life import TABLE, AssessmentState, Event
from qualify.scoring import Comparison, Explanation, Result, compare, explain
from qualify.services.actors import Actor, is_allowed
from qualify.services.charting import chart_of
from qualify.services.context import Context, reads
from qualify.services.wording import beside
from qualify.standard import Standard
from qualify.storage import assessments, people, results
from qualify.storage.results import PastResult
from qualify.storage.tables import Signature, StoredResult
from qualify.texts import say


class Signed(NamedTuple):
    """The signature under a result; `name` is empty for the command line."""

    name: str
    on: date
    grade: str | None
    reason: str


class Earlier(NamedTuple):
    """How the result compares with the person's last one of the same standard and level, of that day."""

    made_on: date
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Shown:
    """A frozen result with the standard it was made by, and what one particular person may see around it.

    `own` are the ratings of the self-assessment by element. `is_replaced` by a later published result of the same
    assessment; `may_acknowledge` and `may_appeal` (until `appeal_until`, the company's time) say what its subject can
    still do. With `hides_assessors` their names give way to numbers.
    """

    id: int
    subject: str
    assessors: int
    standard: Standard
    result: Result
    stored: StoredResult
    made_on: date
    state: AssessmentState
    signed: Signed | None
    own: dict[str, Decimal]
    earlier: Earlier | None
    is_replaced: bool
    may_acknowledge: bool
    may_appeal: bool
    appeal_until: datetime | None
    hides_assessors: bool

    @property
    def grade(self) -> str | None:
        """The grade that counts: the signed one where it differs from the computed one; None when not granted."""
        if self.signed_otherwise is not None:
            return self.signed_otherwise.grade or None
        return self.result.grade

    @property
    def signed_otherwise(self) -> Signed | None:
        """The signature, where it gives another grade than the computed one."""
        return self.signed if self.signed is not None and self.signed.grade is not None else None

    def explained(self, language: str) -> Explanation:
        """Every number in words, and what stands beside it: a grade signed otherwise, and the self-assessment."""
        return beside(self, explain(self.standard, self._named(language), language), language)

    def _named(self, language: str) -> Result:
        """The result with the assessors' names, or numbers in their place; and without the way up, which leads on from
        what was computed, where the signature gives another grade."""
        result = self.result if self.signed_otherwise is None else self.result.model_copy(update={"way_up": None})
        if not self.hides_assessors:
            return result
        elements = []
        for element in result.elements:
            numbered = [
                each.model_copy(update={"assessor": say(language, "result-assessor", number=str(number))})
                for number, each in enumerate(element.reviews, start=1)
            ]
            elements.append(element.model_copy(update={"reviews": tuple(numbered)}))
        return result.model_copy(update={"elements": tuple(elements)})

    def chart(self, language: str, theme: str) -> bytes:
        """The chart as PNG; call it in the drawing thread."""
        return charts.draw(chart_of(self, language), theme="dark" if theme == "dark" else "light", language=language)


@reads
def latest(context: Context, person_id: int) -> Shown:
    """The person's newest published result. Raises NotFound when there is none yet."""
    with context.database.reading() as connection:
        stored = results.latest_published(connection, person_id)
        if stored is None or not _may_see(connection, Actor(person_id), stored):
            raise NotFound("error-no-result")
        return _shown(context, connection, stored, Actor(person_id))


@reads
def history(context: Context, person_id: int) -> list[PastResult]:
    """The person's published results, newest first, their moments in the company's time zone."""
    with context.database.reading() as connection:
        is_theirs = is_allowed(connection, Actor(person_id), Action.SEE_RESULT, subject_id=person_id)
        past = results.history(connection, person_id) if is_theirs else []
    return [each._replace(at=each.at.astimezone(context.timezone)) for each in past]


@reads
def seen_by(context: Context, person_id: int, result_id: int) -> Shown:
    """The result, for whom the access table lets see it; NotFound for everybody else: it says nothing of what there is.

    Before it is published that is an administrator who isn't its subject; afterwards also its subject and assessors.
    """
    with context.database.reading() as connection:
        stored = results.get(connection, result_id)
        if stored is None or not _may_see(connection, Actor(person_id), stored):
            raise NotFound("error-result-unknown")
        return _shown(context, connection, stored, Actor(person_id))


def _may_see(connection: Connection, actor: Actor, stored: StoredResult) -> bool:
    action = Action.SEE_UNPUBLISHED if stored.published_at is None else Action.SEE_RESULT
    about = {"subject_id": stored.subject_id, "assessment_id": stored.assessment_id}
    return is_allowed(connection, actor, action, **about)


@reads
def of_assessment(context: Context, actor: Actor, assessment_id: int) -> Shown:
    """The newest result of an assessment. Raises NotFound when it isn't complete, isn't there, or isn't theirs."""
    with context.database.reading() as connection:
        stored = results.newest_of(connection, assessment_id)
        if stored is None or not _may_see(connection, actor, stored):
            exists = assessments.get(connection, assessment_id) is not None
            key = "error-assessment-without-result" if exists else "error-assessment-unknown"
            raise NotFound(key, id=str(assessment_id))
        return _shown(context, connection, stored, actor)


def _shown(context: Context, connection: Connection, stored: StoredResult, viewer: Actor) -> Shown:
    figures = Result.model_validate_json(stored.figures)
    assessment = assessments.get(connection, stored.assessment_id)
    assert assessment is not None
    state, is_own = AssessmentState(assessment.state), viewer.person_id == stored.subject_id
    newest = results.newest_of(connection, stored.assessment_id)
    stands = newest is not None and newest.id == stored.id
    appealed = results.appeal_of(connection, stored.assessment_id) is not None
    until = stored.appeal_until
    in_time = until is not None and context.now() <= until
    return Shown(
        id=stored.id,
        subject=people.by_id(connection, stored.subject_id).name,
        assessors=len(figures.elements[0].reviews),
        standard=context.standard(stored.standard, stored.version, stored.structure),
        result=figures,
        stored=stored,
        made_on=stored.at.astimezone(context.timezone).date(),
        state=state,
        signed=_signed(context, connection, results.signature_of(connection, stored.id)),
        own={element: Decimal(rating) for element, rating in json.loads(stored.own).items()},
        earlier=_earlier(context, connection, stored, figures),
        is_replaced=not stands and newest is not None and newest.published_at is not None,
        may_acknowledge=is_own and stands and (state, Event.ACKNOWLEDGE) in TABLE,
        may_appeal=is_own and stands and in_time and not appealed and (state, Event.APPEAL) in TABLE,
        appeal_until=None if until is None else until.astimezone(context.timezone),
        hides_assessors=is_own and context.rules.hide_assessors,
    )


def _signed(context: Context, connection: Connection, signature: Signature | None) -> Signed | None:
    if signature is None:
        return None
    name = "" if signature.person_id is None else people.by_id(connection, signature.person_id).name
    return Signed(name, signature.at.astimezone(context.timezone).date(), signature.grade, signature.reason)


def _earlier(context: Context, connection: Connection, stored: StoredResult, figures: Result) -> Earlier | None:
    before = results.published_before(connection, stored)
    if before is None:
        return None
    compared = compare(Result.model_validate_json(before.figures), figures)
    return Earlier(before.at.astimezone(context.timezone).date(), compared)
