"""Who does something, whether they may, and the line that the audit log keeps of it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Action, Relation, Role, may
from qualify.errors import Forbidden, Stale
from qualify.services.context import Context, reads
from qualify.storage import audit, people, reviews
from qualify.storage.people import Who
from qualify.storage.tables import Audit

Values = Mapping[str, object]


class Question(NamedTuple):
    """What an account of the chat was asked: its next typed message, or a button, is the answer."""

    telegram_id: int
    words: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of the company, or with `person_id` None the command line, whose `operator` is an account of the
    system. Who can run that may do what an administrator may. A person who acts there has the `operator` as well.

    What is done by answering a question settles it in the same transaction.
    """

    person_id: int | None
    operator: str = ""
    answering: Question | None = None


def actor_of(who: Who) -> Actor:
    """The person behind an account of the chat; somebody has accepted an invitation with it."""
    assert who.person_id is not None
    return Actor(who.person_id)


def answering(who: Who) -> Actor:
    """The same, doing what the question that their account was asked is about."""
    return replace(actor_of(who), answering=Question(who.telegram_id, who.asked))


@reads
def person_as_actor(context: Context, staff_no: str, operator: str = "") -> Actor | None:
    """The person with this staff number; None for one who isn't there or was deactivated."""
    with context.database.reading() as connection:
        person = people.by_staff_no(connection, staff_no)
    return Actor(person.id, operator) if person is not None and person.active else None


def authorize(
    connection: Connection,
    actor: Actor,
    action: Action,
    *,
    subject_id: int | None = None,
    assessment_id: int | None = None,
) -> None:
    """Raises Forbidden unless the table of `qualify.access` allows it; who was deactivated may do nothing."""
    if not is_allowed(connection, actor, action, subject_id=subject_id, assessment_id=assessment_id):
        raise Forbidden("error-forbidden")


@reads
def check(context: Context, actor: Actor, action: Action) -> None:
    """The same for a screen that only asks something. Raises Forbidden."""
    with context.database.reading() as connection:
        authorize(connection, actor, action)


def is_allowed(
    connection: Connection,
    actor: Actor,
    action: Action,
    *,
    subject_id: int | None = None,
    assessment_id: int | None = None,
) -> bool:
    """Whether the actor may do it to a record about this subject, in this assessment."""
    if actor.person_id is None:
        return may(action, (Role.ADMIN,))
    if not people.by_id(connection, actor.person_id).active:
        return False
    roles = people.roles_of(connection, actor.person_id)
    return may(action, roles, _relation(connection, actor.person_id, subject_id, assessment_id))


def _relation(connection: Connection, person_id: int, subject_id: int | None, assessment_id: int | None) -> Relation:
    if person_id == subject_id:
        return Relation.SUBJECT
    if assessment_id is not None:
        assessors = {review.assessor_id for review, _ in reviews.counted(connection, assessment_id)}
        if person_id in assessors:
            return Relation.ASSESSOR
    return Relation.OTHER


class Deed(NamedTuple):
    """Something an actor does, in one transaction."""

    context: Context
    connection: Connection
    actor: Actor

    def authorize(
        self,
        action: Action,
        *,
        subject_id: int | None = None,
        assessment_id: int | None = None,
        refusal: str = "error-forbidden",
    ) -> None:
        """Raises Forbidden, with the sentence `refusal`, unless the actor may do it."""
        if not is_allowed(self.connection, self.actor, action, subject_id=subject_id, assessment_id=assessment_id):
            raise Forbidden(refusal)

    def keep(
        self,
        action: str,
        record: str,
        record_id: int | None = None,
        *,
        before: Values | None = None,
        after: Values | None = None,
    ) -> int:
        """Add a line to the audit log, in the transaction of the change itself; its id.

        `action` is a word such as "sign_off", `record` the kind of thing changed: "assessment", "person", "scores", ….
        """
        line = Audit(
            at=self.context.now(),
            person_id=self.actor.person_id,
            operator=self.actor.operator,
            action=action,
            record=record,
            record_id=record_id,
            before=_json(before),
            after=_json(after),
        )
        return audit.add(self.connection, line)


@contextmanager
def acting(context: Context, actor: Actor) -> Iterator[Deed]:
    """One transaction of this actor. Raises Stale where it answers a question that was answered or taken back since;
    what the block raises leaves the question as it was."""
    with context.database.transaction() as connection:
        if actor.answering is not None and not people.settle(connection, *actor.answering):
            raise Stale("error-stale")
        yield Deed(context, connection, actor)


def _json(values: Values | None) -> str:
    return json.dumps(dict(values or {}), ensure_ascii=False, default=str)
