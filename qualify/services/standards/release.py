"""A draft becomes a version that assessments are opened with: asked for by one administrator, signed by another where
there is one. From then on its structure never changes."""

from qualify.access import Permission, Role
from qualify.errors import InvalidInput, Stale
from qualify.services.assessments.opening_draft import mark_of
from qualify.services.authorization import Actor, acting
from qualify.services.context import Context, reads
from qualify.services.library import parsed
from qualify.services.standards.drafts import RECORD, draft_row, refuse_filed, told
from qualify.storage import notices, people
from qualify.storage import standards as storage
from qualify.storage.tables import NoticeKind, StandardState


def release(
    context: Context, actor: Actor, standard_id: str, version: int, *, seen: int | None = None
) -> StandardState:
    """Ask for the release of a draft, or sign what another administrator asked for; returns how far it is then. Where
    there is no other administrator, asking is enough. `seen` is the mark of the content that the actor looked at.

    Raises Forbidden, NotFound, Stale where it is released already or was changed since it was looked at, InvalidInput
    where who asked wants to sign as well, and where a file has that version by now.
    """
    with acting(context, actor) as work:
        work.authorize(Permission.KEEP_STANDARDS)
        row = draft_row(work.connection, standard_id, version)
        if seen not in (None, mark_of(row.content)):
            raise Stale("error-draft-changed")
        refuse_filed(context, parsed(row.content))
        others = {*people.with_role(work.connection, Role.ADMIN)} - {actor.person_id}
        if row.state == StandardState.TO_SIGN:
            if others and row.asked_by == actor.person_id:
                raise InvalidInput("error-release-own")
            values: dict[str, object] = {}
        else:
            values = {"asked_by": actor.person_id, "asked_at": context.now()}
        is_signed = row.state == StandardState.TO_SIGN or not others
        if is_signed:
            values |= {"signed_by": actor.person_id, "released_at": context.now()}
        state = StandardState.RELEASED if is_signed else StandardState.TO_SIGN
        storage.change(work.connection, row.id, state=state, **values)
        for person_id in () if is_signed else others:
            notices.owe_again(work.connection, person_id, NoticeKind.STANDARD, row.id, context.now())
        if is_signed and row.asked_by not in (None, actor.person_id):
            notices.owe(work.connection, row.asked_by, NoticeKind.STANDARD_RELEASED, row.id, context.now())
        work.keep("release" if is_signed else "ask", RECORD, row.id, after=told(parsed(row.content)))
    return state


@reads
def learn(context: Context) -> None:
    """Have this process know what is released, by whichever process. Raises InvalidStandard, and it knows what it knew,
    where a file says something else."""
    context.library.refresh(context.database)
