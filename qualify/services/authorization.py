"""Who does something, whether they may, and the line that the audit log keeps of it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Relation, Role, may
from qualify.errors import Forbidden, Stale
from qualify.services.context import Context, only_checks, reads
from qualify.storage import audit, people
from qualify.storage.people import Who

Values = Mapping[str, object]


class Question(NamedTuple):
    """What an account of the chat was asked: its next typed message, or a button, is the answer."""

    telegram_id: int
    words: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A person of the company, or with `person_id` None the command line, whose `operator` is an account of the system.
    Anybody who can run it may do what an administrator may. A person who acts there has the `operator` as well.

    Where the action answers a question, `answering` names it, and it is settled in the same transaction.
    """

    person_id: int | None
    operator: str = ""
    answering: Question | None = None


def actor_of(who: Who) -> Actor:
    """The person behind an account of the chat, who must have joined with it."""
    assert who.person_id is not None
    return Actor(who.person_id)


def answering(who: Who) -> Actor:
    """The person behind the account, as `actor_of` has them, answering the question that the account was asked."""
    return replace(actor_of(who), answering=Question(who.telegram_id, who.asked))


@reads
def person_as_actor(context: Context, staff_no: str, operator: str = "") -> Actor | None:
    """The person with this staff number; None when there is nobody with it, or they were deactivated."""
    with context.database.reading() as connection:
        person = people.by_staff_no(connection, staff_no)
    return Actor(person.id, operator) if person is not None and person.active else None


class Viewer(NamedTuple):
    """The person who looks or acts (None: the command line), with the roles they have now; none once they were
    deactivated. Loaded once for an intention."""

    person_id: int | None
    roles: frozenset[Role]

    def relation(
        self, subject_id: int | None, assessor_ids: Iterable[int] = (), manager_id: int | None = None
    ) -> Relation:
        """How they stand to a record about this person, in which these people rate, and whose manager is the one with
        `manager_id`: to be given where it makes a difference, which for administrators it never does."""
        if self.person_id is None:
            return Relation.OTHER
        if self.person_id == subject_id:
            return Relation.SUBJECT
        if self.person_id in assessor_ids:
            return Relation.ASSESSOR
        return Relation.MANAGER if self.person_id == manager_id else Relation.OTHER

    def may(self, action: Permission, relation: Relation = Relation.OTHER) -> bool:
        """Whether the table of `qualify.access` allows it."""
        return may(action, self.roles, relation)

    def require(
        self, action: Permission, relation: Relation = Relation.OTHER, refusal: str = "error-forbidden"
    ) -> None:
        """Raises Forbidden unless they may do it; `refusal` is the key of its sentence."""
        if not self.may(action, relation):
            raise Forbidden(refusal)


def viewer_of(connection: Connection, actor: Actor) -> Viewer:
    """The actor with the roles of this moment; the command line's are those of an administrator."""
    if actor.person_id is None:
        return Viewer(None, frozenset({Role.ADMIN}))
    return Viewer(actor.person_id, people.roles_if_active(connection, actor.person_id))


def authorize(connection: Connection, actor: Actor, action: Permission) -> Viewer:
    """The actor with their roles, if they may do this to a record that they have no special relation to. Raises
    Forbidden."""
    viewer = viewer_of(connection, actor)
    viewer.require(action)
    return viewer


@only_checks
def check(context: Context, actor: Actor, action: Permission) -> None:
    """Raises Forbidden unless the actor may do this: for a screen that only asks something so far."""
    with context.database.reading() as connection:
        authorize(connection, actor, action)


@dataclass(frozen=True)
class UnitOfWork:
    """Something an actor does, in one transaction."""

    context: Context
    connection: Connection
    actor: Actor

    @cached_property
    def viewer(self) -> Viewer:
        """Who acts, with the roles they have in this transaction."""
        return viewer_of(self.connection, self.actor)

    def authorize(
        self, action: Permission, relation: Relation = Relation.OTHER, *, refusal: str = "error-forbidden"
    ) -> None:
        """Raises Forbidden, with the sentence `refusal`, unless the actor may do it in this relation to the record."""
        self.viewer.require(action, relation, refusal)

    def keep(
        self,
        action: str,
        record: str,
        record_id: int | None = None,
        *,
        before: Values | None = None,
        after: Values | None = None,
    ) -> int:
        """Add a line to the audit log, in the transaction of the change itself; returns its id.

        `action` is a word such as "sign_off", `record` the kind of thing changed: "assessment", "person", "scores", ….
        """
        return audit.add(self.connection, self._line(action, record, Change(record_id, before, after)))

    def keep_each(self, action: str, record: str, lines: Iterable["Change"]) -> None:
        """Add many lines of one kind at once, in their order."""
        audit.add_all(self.connection, [self._line(action, record, line) for line in lines])

    def _line(self, action: str, record: str, line: "Change") -> audit.Values:
        return {
            "at": self.context.now(),
            "person_id": self.actor.person_id,
            "operator": self.actor.operator,
            "action": action,
            "record": record,
            "record_id": line.record_id,
            "before": _json(line.before),
            "after": _json(line.after),
        }


class Change(NamedTuple):
    """What the audit log keeps of one change of a record: its key, and what stood there before and after."""

    record_id: int | None
    before: Values | None = None
    after: Values | None = None


@contextmanager
def acting(context: Context, actor: Actor) -> Iterator[UnitOfWork]:
    """One transaction of this actor. Raises Stale where it answers a question that was answered or taken back since; an
    error in the block leaves the question as it was."""
    with context.database.transaction() as connection:
        if actor.answering is not None and not people.settle(connection, *actor.answering):
            raise Stale("error-stale")
        yield UnitOfWork(context, connection, actor)


def _json(values: Values | None) -> str:
    return json.dumps(dict(values or {}), ensure_ascii=False, default=str)
