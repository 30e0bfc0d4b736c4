"""Results for the people who may see them, each as they may see it (see `qualify.services.assessments.overview`)."""

from sqlalchemy import Connection

from qualify.access import Permission, Relation
from qualify.errors import NotFound
from qualify.services.assessments.overview import ResultView, read
from qualify.services.authorization import Actor, Viewer, viewer_of
from qualify.services.context import Context, reads
from qualify.storage import assessments, results
from qualify.storage.tables import StoredResult

MOST_PAST = 31
"""Results of a history: one more than a message has buttons for."""


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
def history(context: Context, person_id: int) -> list[ResultView]:
    """Up to `MOST_PAST` of the person's published results, the newest first; without those whose standard is gone."""
    with context.database.reading() as connection:
        viewer = viewer_of(connection, Actor(person_id))
        if not viewer.may(Permission.SEE_RESULT, Relation.SUBJECT):
            return []
        return published(context, connection, viewer, person_id, MOST_PAST)


def published(context: Context, connection: Connection, viewer: Viewer, person_id: int, most: int) -> list[ResultView]:
    """Up to `most` of the person's published results as the viewer sees them, the newest first."""
    past = results.history(connection, person_id, most)
    views = read(context, connection, viewer, {each.assessment_id for each in past}, compared=False)
    seen = {each.id: each for view in views.values() for each in view.results if each.made_by is not None}
    return [seen[each.id] for each in past if each.id in seen]


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
