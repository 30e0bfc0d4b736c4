"""What is kept about a person: given out whole on request, and erased on request so that figures stay without a name.

The audit log is kept as it is: it refuses to be rewritten. The line of an erasure names nothing but an id.
"""

import json
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, select
from sqlmodel import SQLModel, col

from qualify.access import Permission, Relation
from qualify.errors import InvalidInput
from qualify.scoring import Case, ElementReview, Result
from qualify.services.assessments.amendments import end
from qualify.services.assessments.appeals import settle
from qualify.services.assessments.lifecycle import held, move_and_keep
from qualify.services.assessments.overview import look_of
from qualify.services.audit_log import discreet
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context, shown_again_by
from qualify.services.people.directory import known
from qualify.services.people.roles import keep_an_admin
from qualify.storage import candidates, people, personal, reviews
from qualify.storage.personal import NAMELESS
from qualify.storage.rows import rows
from qualify.storage.tables import (
    Account,
    Appeal,
    AppealProof,
    Assessment,
    Audit,
    Draft,
    Evidence,
    ExamScore,
    Inbox,
    Invite,
    Notice,
    Person,
    Review,
    Settlement,
    Signature,
    StoredEntry,
    StoredResult,
)
from qualify.visibility import Content, sees_names
from qualify.workflow import TABLE, AssessmentState, Event

Record = dict[str, object]
NAMING = ("assessor", "assessors", "lead")
"""Fields that name assessors, in frozen figures and in the audit log."""
PERSON_IDS = ("assessor_id", "person_id", "answered_by_id")
"""Fields that hold the id of who did something."""


def _given_out_before(context: Context, actor: Actor, staff_no: str) -> Record:
    with acting(context, actor) as work:
        return _everything(work, _about(work, Permission.EXPORT_PERSON, staff_no))


@shown_again_by(_given_out_before)
def export_person(context: Context, actor: Actor, staff_no: str) -> Record:
    """Everything kept about a person, ready for JSON; that it was given out is kept in the audit log.

    What was given in reviews that the actor may not read is None: reviews about the actor, and those of the actor's
    fellow assessors until all are in. The export is for the person to read: where the company hides assessors, nobody
    who rated them is named. Raises Forbidden (nobody exports themselves), or NotFound for an unknown or erased person.
    """
    with acting(context, actor) as work:
        person = _about(work, Permission.EXPORT_PERSON, staff_no)
        work.keep("export", "person", person.id)
        return _everything(work, person)


def _about(work: UnitOfWork, action: Permission, staff_no: str) -> Person:
    """The person, if the actor may do this to them. Raises Forbidden or NotFound; an actor who may do it to nobody
    doesn't learn whether there is such a person."""
    work.authorize(action)
    person = known(work.connection, staff_no)
    work.authorize(action, work.viewer.relation(person.id))
    return person


def _everything(work: UnitOfWork, person: Person) -> Record:
    connection = work.connection
    mine = {account.telegram_id for account in rows(connection, Account, col(Account.person_id) == person.id)}
    assessed = rows(connection, Assessment, col(Assessment.subject_id) == person.id)
    return {
        "person": _plain(person) | {"manager": _manager(connection, person)},
        "roles": sorted(people.roles_of(connection, person.id)),
        "accounts": _all(connection, Account, col(Account.person_id) == person.id),
        "invitations": _all(connection, Invite, col(Invite.person_id) == person.id),
        "drafts": _all(connection, Draft, col(Draft.telegram_id).in_(mine)),
        "messages_to_handle": _all(connection, Inbox, col(Inbox.user_id).in_(mine)),
        "assessments": [_assessment(work, each) for each in assessed],
        "reviews_written": _written(work, person),
        "exam_scores": _all(connection, ExamScore, col(ExamScore.person_id) == person.id),
        "notices": _all(connection, Notice, col(Notice.person_id) == person.id),
        "audit": [_audit(work, line, assessed) for line in _lines(work, person)],
    }


def _manager(connection: Connection, person: Person) -> Record | None:
    """The person's line manager by staff number and name."""
    if person.manager_id is None:
        return None
    manager = people.by_id(connection, person.manager_id)
    return {"staff_no": manager.staff_no, "name": manager.name}


def _lines(work: UnitOfWork, person: Person) -> list[Audit]:
    return discreet(work.connection, personal.audit_of(work.connection, person.id), work.viewer)


def _audit(work: UnitOfWork, line: Audit, assessed: list[Assessment]) -> Record:
    """A line of the audit log; one about an assessment of the person as they may read it."""
    about = next((each for each in assessed if (line.record, line.record_id) == ("assessment", each.id)), None)
    return _plain(line) if about is None else _for_the_subject(work, about, _plain(line))


def _written(work: UnitOfWork, person: Person) -> list[Record]:
    """What the person gave in reviews about others."""
    theirs = select(col(Review.assessment_id)).where(col(Review.assessor_id) == person.id)
    about_others = rows(
        work.connection, Assessment, col(Assessment.id).in_(theirs), col(Assessment.subject_id) != person.id
    )
    given = [review for assessment in about_others for review in _reviews(work, assessment)]
    return [review for review in given if review["assessor_id"] == person.id]


def _assessment(work: UnitOfWork, assessment: Assessment) -> Record:
    connection = work.connection
    results = rows(connection, StoredResult, col(StoredResult.assessment_id) == assessment.id)
    found = _plain(assessment) | {
        "reviews": _reviews(work, assessment),
        "results": [_result(connection, each) for each in results],
        "settlements": _all(connection, Settlement, col(Settlement.assessment_id) == assessment.id),
        "appeals": _all(connection, Appeal, col(Appeal.assessment_id) == assessment.id),
        "appeal_proofs": _all(connection, AppealProof, col(AppealProof.result_id).in_([each.id for each in results])),
    }
    return _for_the_subject(work, assessment, found)


def _for_the_subject(work: UnitOfWork, assessment: Assessment, record: Record) -> Record:
    """What is kept about an assessment as its subject may read it: with the assessors' names, or without."""
    if sees_names((), Relation.SUBJECT, hide_assessors=work.context.rules.hide_assessors):
        return record
    assigned = rows(work.connection, Review, col(Review.assessment_id) == assessment.id)
    hidden = {review.assessor_id for review in assigned} - {assessment.subject_id}
    return {key: _unnamed(key, value, hidden) for key, value in record.items()}


def _unnamed(key: str, value: object, hidden: set[int]) -> object:
    """The value without the people hidden: their ids become None, and their names and staff numbers empty."""
    if isinstance(value, dict):
        return {name: _unnamed(name, inner, hidden) for name, inner in value.items()}
    if key in NAMING:
        return [] if isinstance(value, list) else ""
    if isinstance(value, list):
        return [_unnamed(key, inner, hidden) for inner in value]
    return None if key in PERSON_IDS and value in hidden else value


def _reviews(work: UnitOfWork, assessment: Assessment) -> list[Record]:
    """The reviews of an assessment; those that the actor may not read without what was given in them."""
    assigned = rows(work.connection, Review, col(Review.assessment_id) == assessment.id)
    look = look_of(work.context, work.viewer, assessment, assigned)
    closed = {"returned": None, "entries": None, "evidence": None}
    return [
        _review(work.connection, each) if look.sees_given(Content.RECORDS, each) else _plain(each) | closed
        for each in assigned
    ]


def _review(connection: Connection, review: Review) -> Record:
    return _plain(review) | {
        "entries": _all(connection, StoredEntry, col(StoredEntry.review_id) == review.id),
        "evidence": [
            _plain(each.emptied() if each.was_taken_back else each)
            for each in rows(connection, Evidence, col(Evidence.review_id) == review.id)
        ],
    }


def _result(connection: Connection, result: StoredResult) -> Record:
    return _plain(result) | {"signatures": _all(connection, Signature, col(Signature.result_id) == result.id)}


def _all(connection: Connection, table: type[SQLModel], condition: object) -> list[Record]:
    return [_plain(row) for row in rows(connection, table, condition)]


def _plain(row: SQLModel) -> Record:
    """A row as JSON has it: what is stored as JSON unfolded, and no secret of an invitation."""
    values = row.model_dump(mode="json", exclude={"token_hash"})
    unfolded = {
        name: json.loads(values[name]) for name in ("figures", "own", "before", "after", "earlier") if name in values
    }
    return values | unfolded


def erase_person(context: Context, actor: Actor, staff_no: str) -> None:
    """Erase a person for good: no name, account or free text about them is left outside the audit log.

    What is open about them is withdrawn, results stay as figures. Raises Forbidden (nobody erases themselves), NotFound
    for an unknown or erased person, or InvalidInput: they owe reviews about others, or are the last administrator.
    """
    with acting(context, actor) as work:
        people.lock_admins(work.connection)
        candidates.take_turns(work.connection)
        person = _about(work, Permission.ERASE_PERSON, staff_no)
        _refuse_owing(work.connection, person)
        roles, names = people.roles_of(work.connection, person.id), personal.names_of(work.connection, person)
        for assessment in rows(work.connection, Assessment, col(Assessment.subject_id) == person.id):
            _finish(work, assessment.id)
        personal.blank_words(work.connection, person.id)
        _rewrite_figures(work.connection, person.id, names)
        personal.forget(work.connection, person, names, context.now())
        keep_an_admin(work.connection, roles)
        work.keep("erase", "person", person.id)


def _refuse_owing(connection: Connection, person: Person) -> None:
    owed = [row for row in reviews.open_rows(connection, person.id) if row.subject_id != person.id]
    if owed:
        raise InvalidInput("error-erase-owing", name=person.name, count=str(len(owed)))


def _finish(work: UnitOfWork, assessment_id: int) -> None:
    """End what still waits about an erased person: withdraw the assessment, or answer its appeal with no words."""
    file = held(work.connection, assessment_id)
    state = AssessmentState(file.assessment.state)
    if (state, Event.WITHDRAW) in TABLE:
        end(work, file)
    elif (state, Event.ANSWER) in TABLE:
        move_and_keep(work, file.assessment, Event.ANSWER)
        settle(work, assessment_id, "", reopened=False)


def _rewrite_figures(connection: Connection, person_id: int, names: set[str]) -> None:
    """Take the reasons and the titles of cases out of figures about the person, and their name out of figures about
    others."""

    def wordless(review: ElementReview) -> ElementReview:
        return review.model_copy(update={"reason": ""})

    def nameless(review: ElementReview) -> ElementReview:
        return review.model_copy(update={"assessor": NAMELESS}) if review.assessor in names else review

    def untitled(result: Result) -> Result:
        deductions = [
            each.model_copy(update={"cases": _untitled(each.cases), "outside": _untitled(each.outside)})
            for each in result.deductions
        ]
        twins = tuple(_untitled(pair) for pair in result.twins)
        return result.model_copy(update={"deductions": tuple(deductions), "twins": twins})

    personal.rewrite_figures(connection, _changing(wordless, untitled), col(StoredResult.subject_id) == person_id)
    personal.rewrite_figures(connection, _changing(nameless), personal.rated_by(person_id))


def _untitled(cases: Iterable[Case]) -> tuple[Case, ...]:
    return tuple(case._replace(title="") for case in cases)


def _changing(
    change: Callable[[ElementReview], ElementReview], besides: Callable[[Result], Result] = lambda result: result
) -> Callable[[str], str]:
    """The change of every assessor's part of frozen figures, and of what is `besides`."""

    def changed(figures: str) -> str:
        result = besides(Result.model_validate_json(figures))
        elements = [
            each.model_copy(update={"reviews": tuple(change(review) for review in each.reviews)})
            for each in result.elements
        ]
        return result.model_copy(update={"elements": tuple(elements)}).model_dump_json()

    return changed
