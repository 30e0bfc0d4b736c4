"""Results for the people who may see them, each as they may see it (see `qualify.services.assessments.overview`)."""

from sqlalchemy import Connection

from qualify.access import Permission, Relation
from qualify.errors import NotFound
from qualify.services.assessments.overview import ResultView, read
from qualify.services.authorization import Actor, viewer_of
from qualify.services.context import Context, reads
from qualify.storage import assessments, results
from qualify.storage.results import PastResult
from qualify.storage.tables import StoredResult


@reads
def latest(context: Context, person_id: int) -> ResultView:
    """The person's newest published result. Raises NotFound when there is none yet."""
    with context.database.reading() as connection:
        stored = results.latest_published(connection, person_id)
        shown = None if stored is None else _seen(context, connection, Actor(person_id), stored)
    if shown is None:
        raise NotFound("error-no-result")
    return shown


@reads
def history(context: Context, person_id: int) -> list[PastResult]:
    """The person's published results, newest first, their moments in the company's time zone."""
    with context.database.reading() as connection:
        viewer = viewer_of(connection, Actor(person_id))
        is_theirs = viewer.may(Permission.SEE_RESULT, Relation.SUBJECT)
        past = results.history(connection, person_id) if is_theirs else []
    return [each._replace(at=each.at.astimezone(context.timezone)) for each in past]


@reads
def seen_by(context: Context, person_id: int, result_id: int) -> ResultView:
    """The result, if the access table lets this person see it. Raises NotFound for everybody else, so that they don't
    learn what there is.

    Before it is published an administrator who isn't its subject may; afterwards also its subject and assessors.
    """
    with context.database.reading() as connection:
        stored = results.get(connection, result_id)
        shown = None if stored is None else _seen(context, connection, Actor(person_id), stored)
    if shown is None:
        raise NotFound("error-result-unknown")
    return shown


@reads
def of_assessment(context: Context, actor: Actor, assessment_id: int) -> ResultView:
    """The newest result of an assessment. Raises NotFound when it isn't complete, isn't there, or isn't theirs."""
    with context.database.reading() as connection:
        stored = results.newest_of(connection, assessment_id)
        shown = None if stored is None else _seen(context, connection, actor, stored)
        if shown is None:
            exists = assessments.get(connection, assessment_id) is not None
            key = "error-assessment-without-result" if exists else "error-assessment-unknown"
            raise NotFound(key, id=str(assessment_id))
        return shown


def _seen(context: Context, connection: Connection, actor: Actor, stored: StoredResult) -> ResultView | None:
    """The result as the actor sees it; None when they may not."""
    viewer = viewer_of(connection, actor)
    shown = read(context, connection, viewer, [stored.assessment_id], stored.id)[stored.assessment_id].result
    if shown is not None:
        _ = shown.standard  # without it nothing of the result can be said
    return shown
