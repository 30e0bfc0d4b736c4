"""Frozen results, the signatures under them, when they were published, and appeals against them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, exists, func, select, update
from sqlmodel import col

from qualify.storage.database import new_id
from qualify.storage.names import called
from qualify.storage.rows import as_object, batches, grouped, store
from qualify.storage.tables import Appeal, Assessment, Person, Signature, StoredResult
from qualify.workflow import AssessmentState


def add(connection: Connection, result: StoredResult) -> int:
    """Freeze a result; returns its id."""
    added = store(connection, StoredResult, result.model_dump(exclude={"id"}))
    return new_id(added)


def get(connection: Connection, result_id: int) -> StoredResult | None:
    """The result with this id; None when there is none."""
    return _newest(connection, col(StoredResult.id) == result_id)


def newest_of(connection: Connection, assessment_id: int) -> StoredResult | None:
    """The newest result of an assessment, published or not; None when it has none."""
    return _newest(connection, col(StoredResult.assessment_id) == assessment_id)


def newest_ids(connection: Connection, assessment_ids: Collection[int]) -> dict[int, int]:
    """The newest result of each assessment that has one."""
    newest = select(col(StoredResult.assessment_id), func.max(col(StoredResult.id)))
    found = newest.where(col(StoredResult.assessment_id).in_(assessment_ids)).group_by(col(StoredResult.assessment_id))
    return {row[0]: row[1] for row in connection.execute(found)}


def of_assessments(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, list[StoredResult]]:
    """All results of these assessments, the oldest first."""
    return grouped(connection, StoredResult, col(StoredResult.assessment_id), assessment_ids)


def latest_published(connection: Connection, subject_id: int) -> StoredResult | None:
    """The person's newest published result; None when there is none."""
    return _newest(connection, col(StoredResult.subject_id) == subject_id, *_published())


def published_to(
    connection: Connection, subject_ids: Collection[int], standard: str
) -> list[tuple[StoredResult, str | None]]:
    """All published results of these people by the standard, the oldest first, each with the grade that was signed
    where it differs from the figures."""
    columns = StoredResult.__table__.c  # type: ignore[attr-defined]
    statement = (
        select(*columns, col(Signature.grade).label("signed"))
        .outerjoin(Signature, col(Signature.result_id) == col(StoredResult.id))
        .where(col(StoredResult.standard) == standard, *_published())
        .order_by(col(StoredResult.id))
    )
    found = []
    for some in batches(subject_ids):
        for row in connection.execute(statement.where(col(StoredResult.subject_id).in_(some))):
            values = dict(row._mapping)
            signed = values.pop("signed")
            found.append((as_object(StoredResult, values), signed))
    return found


class CurrentResult(NamedTuple):
    """Somebody's result that counts today, with what it was made by, its figures (JSON), and who it is about."""

    id: int
    subject_id: int
    name: str
    staff_no: str
    department: str
    version: int
    structure: str
    level: str
    valid_until: date | None
    figures: str


def current_by(connection: Connection, standard: str, today: date) -> Iterator[CurrentResult]:
    """The newest published result by the standard of everybody who has one that is valid today, by id; of nobody who
    left or was erased."""
    newest = select(func.max(col(StoredResult.id))).where(col(StoredResult.standard) == standard, *_published())
    found = (
        select(
            col(StoredResult.id),
            col(StoredResult.subject_id),
            called(Person.__table__),  # type: ignore[attr-defined]
            col(Person.staff_no),
            col(Person.department),
            col(StoredResult.version),
            col(StoredResult.structure),
            col(StoredResult.level),
            col(StoredResult.valid_until),
            col(StoredResult.figures),
        )
        .join(Person, col(Person.id) == col(StoredResult.subject_id))
        .where(col(StoredResult.id).in_(newest.group_by(col(StoredResult.subject_id))))
        .where(col(Person.active), col(StoredResult.valid_until).is_(None) | (col(StoredResult.valid_until) >= today))
        .order_by(col(StoredResult.id))
    )
    for row in connection.execute(found):
        yield CurrentResult._make(row)


def published_before(connection: Connection, result: StoredResult) -> StoredResult | None:
    """The person's last published result of the same standard and level, from an earlier assessment."""
    return _newest(
        connection,
        col(StoredResult.subject_id) == result.subject_id,
        col(StoredResult.standard) == result.standard,
        col(StoredResult.level) == result.level,
        col(StoredResult.assessment_id) != result.assessment_id,
        col(StoredResult.id) < result.id,
        *_published(),
    )


class PublishedFigures(NamedTuple):
    """What statistics are made from: which version and level a result was made by, and its figures (JSON)."""

    standard: str
    version: int
    structure: str
    level: str
    figures: str


def published_figures(connection: Connection, assessment_ids: Collection[int]) -> list[PublishedFigures]:
    """The result of each of these assessments that was published last, in their order; of nobody who was erased."""
    newest = select(func.max(col(StoredResult.id))).where(
        col(StoredResult.assessment_id).in_(assessment_ids), *_published()
    )
    ids = list(connection.execute(newest.group_by(col(StoredResult.assessment_id))).scalars())
    statement = (
        select(*(col(getattr(StoredResult, name)) for name in PublishedFigures._fields))
        .join(Person, col(Person.id) == col(StoredResult.subject_id))
        .where(col(StoredResult.id).in_(ids), col(Person.erased_at).is_(None))
    )
    return [PublishedFigures._make(row) for row in connection.execute(statement.order_by(col(StoredResult.id)))]


def has_valid(connection: Connection, today: date, count: int) -> bool:
    """Whether at least so many published results are valid today."""
    valid = select(col(StoredResult.assessment_id)).where(
        ~col(StoredResult.expired), col(StoredResult.valid_until) >= today
    )
    return len(connection.execute(valid.limit(count)).all()) == count


def is_replaced(result: StoredResult, newest: StoredResult | None) -> bool:
    """Whether the newest result of its assessment replaces this one: a later one does once it is published."""
    return newest is not None and newest.id != result.id and newest.published_at is not None


def was_published(connection: Connection, assessment_id: int) -> bool:
    """Whether any result of the assessment was published, even if a newer one has replaced it."""
    return _newest(connection, col(StoredResult.assessment_id) == assessment_id, *_published()) is not None


def is_superseded(connection: Connection, result: StoredResult) -> bool:
    """Whether the person has a newer published result of the same standard."""
    newer = select(col(StoredResult.id)).where(
        col(StoredResult.subject_id) == result.subject_id,
        col(StoredResult.standard) == result.standard,
        col(StoredResult.id) > result.id,
        *_published(),
    )
    return connection.execute(newer.limit(1)).first() is not None


def _published() -> tuple[Any, ...]:
    return (col(StoredResult.published_at).is_not(None),)


def _newest(connection: Connection, *conditions: Any) -> StoredResult | None:
    statement: Select[Any] = select(StoredResult.__table__).where(*conditions)  # type: ignore[attr-defined]
    row = connection.execute(statement.order_by(col(StoredResult.id).desc()).limit(1)).first()
    return None if row is None else as_object(StoredResult, row._mapping)


def publish(connection: Connection, result_id: int, at: datetime, appeal_until: datetime, valid_until: date) -> None:
    """Store when the result was published, until when it may be appealed and how long it is valid; the employee now
    sees it."""
    connection.execute(
        update(StoredResult)
        .where(col(StoredResult.id) == result_id)
        .values(published_at=at, appeal_until=appeal_until, valid_until=valid_until)
    )


def delivered(connection: Connection, result_id: int, person_id: int, appeal_until: datetime) -> None:
    """The result has reached this person: if they are its subject, they may appeal until then, or until an earlier
    moment that stands there already."""
    theirs = col(StoredResult.id) == result_id, col(StoredResult.subject_id) == person_id
    later = col(StoredResult.appeal_until) > appeal_until
    connection.execute(update(StoredResult).where(*theirs, later).values(appeal_until=appeal_until))


def sign(connection: Connection, signature: Signature) -> None:
    """Store the signature under a result."""
    store(connection, Signature, signature.model_dump())


def signature_of(connection: Connection, result_id: int) -> Signature | None:
    """The signature under a result."""
    statement = select(Signature.__table__).where(col(Signature.result_id) == result_id)  # type: ignore[attr-defined]
    row = connection.execute(statement).first()
    return None if row is None else as_object(Signature, row._mapping)


def signatures_of(connection: Connection, result_ids: Iterable[int]) -> dict[int, tuple[Signature, str]]:
    """The signatures under these results with the signers' names ("" = the command line), by result."""
    statement = (
        select(*Signature.__table__.c, col(Person.name).label("signer"))  # type: ignore[attr-defined]
        .outerjoin(Person, col(Person.id) == col(Signature.person_id))
        .where(col(Signature.result_id).in_(set(result_ids)))
    )
    found = {}
    for row in connection.execute(statement):
        values = dict(row._mapping)
        signer = values.pop("signer")
        found[row.result_id] = (as_object(Signature, values), signer or "")
    return found


def keep_own(connection: Connection, result_id: int, own: str) -> None:
    """Freeze the self-assessment's ratings beside the result, before it is published."""
    connection.execute(update(StoredResult).where(col(StoredResult.id) == result_id).values(own=own))


def expired(connection: Connection, today: date, states: frozenset[AssessmentState], most: int) -> list[int]:
    """Up to `most` assessments in one of the states, none of whose published results is valid any more today. What was
    marked as expired is not looked at."""
    longer = StoredResult.__table__.alias("longer")  # type: ignore[attr-defined]
    is_valid = exists().where(longer.c.assessment_id == col(StoredResult.assessment_id), longer.c.valid_until >= today)
    stands = exists().where(
        col(Assessment.id) == col(StoredResult.assessment_id),
        col(Assessment.state).in_([state.value for state in states]),
    )
    ended = ~col(StoredResult.expired), col(StoredResult.valid_until) < today, ~is_valid, stands
    found = select(col(StoredResult.assessment_id)).where(*ended).order_by(col(StoredResult.valid_until)).limit(most)
    return sorted(set(connection.execute(found).scalars()))


def mark_expired(connection: Connection, assessment_id: int) -> None:
    """Mark the assessment's results as no longer valid, so that nobody looks for them again."""
    theirs = update(StoredResult).where(col(StoredResult.assessment_id) == assessment_id)
    connection.execute(theirs.values(expired=True))


class PastResult(NamedTuple):
    """One line of a person's history."""

    id: int
    assessment_id: int


def history(connection: Connection, subject_id: int, limit: int) -> list[PastResult]:
    """The person's published results, newest first, as narrow rows."""
    statement = (
        select(col(StoredResult.id), col(StoredResult.assessment_id))
        .where(col(StoredResult.subject_id) == subject_id, *_published())
        .order_by(col(StoredResult.id).desc())
        .limit(limit)
    )
    return [PastResult._make(row) for row in connection.execute(statement)]


def add_appeal(connection: Connection, appeal: Appeal) -> int:
    """Store an appeal; returns its id. A second one against the same result raises IntegrityError."""
    return new_id(store(connection, Appeal, appeal.model_dump(exclude={"id"})))


def appeal_of(connection: Connection, assessment_id: int) -> Appeal | None:
    """The last appeal in an assessment, answered or not; None when there is none."""
    return _appeal(connection, col(Appeal.assessment_id) == assessment_id)


def appeals_in(connection: Connection, assessment_ids: Iterable[int]) -> dict[int, list[Appeal]]:
    """The appeals in these assessments, by assessment, the last one last."""
    return grouped(connection, Appeal, col(Appeal.assessment_id), assessment_ids)


def appeal(connection: Connection, appeal_id: int) -> Appeal | None:
    """The appeal with this id; None when there is none."""
    return _appeal(connection, col(Appeal.id) == appeal_id)


def _appeal(connection: Connection, condition: Any) -> Appeal | None:
    found = select(Appeal.__table__).where(condition)  # type: ignore[attr-defined]
    row = connection.execute(found.order_by(col(Appeal.id).desc()).limit(1)).first()
    return None if row is None else as_object(Appeal, row._mapping)


def appeals(
    connection: Connection,
    *,
    waiting: bool | None = None,
    until: int | None = None,
    after: int | None = None,
    but: int | None = None,
    most: int | None = None,
) -> list[tuple[Appeal, StoredResult, str]]:
    """Appeals with the result each is about and the employee's name, the newest first: all of them, those that wait for
    an answer or those that were answered; from the one numbered `until` on, or those after `after`, the oldest first.
    Without those of the person `but`."""
    number = col(Appeal.id)
    conditions: list[Any] = [] if but is None else [col(StoredResult.subject_id) != but]
    if waiting is not None:
        conditions.append(col(Appeal.answered_at).is_(None) if waiting else col(Appeal.answered_at).is_not(None))
    if until is not None:
        conditions.append(number <= until)
    if after is not None:
        conditions.append(number > after)
    appeal_columns, result_columns = Appeal.__table__.c, StoredResult.__table__.c  # type: ignore[attr-defined]
    statement = (
        select(
            *appeal_columns, *(column.label(f"its_{column.name}") for column in result_columns), called().label("name")
        )
        .join(StoredResult, col(StoredResult.id) == col(Appeal.result_id))
        .join(Person, col(Person.id) == col(StoredResult.subject_id))
        .where(*conditions)
        .order_by(number if after is not None else number.desc())
        .limit(most)
    )
    return [_appealed(dict(row._mapping)) for row in connection.execute(statement)]


def _appealed(values: dict[str, Any]) -> tuple[Appeal, StoredResult, str]:
    name = values.pop("name")
    result = {key: values.pop(f"its_{key}") for key in StoredResult.model_fields}
    return as_object(Appeal, values), as_object(StoredResult, result), name


def count_waiting(connection: Connection, *, but: int | None = None) -> int:
    """How many appeals wait for an answer, without those of the person `but`."""
    statement = select(func.count()).select_from(Appeal).where(col(Appeal.answered_at).is_(None))
    if but is not None:
        statement = statement.join(StoredResult, col(StoredResult.id) == col(Appeal.result_id)).where(
            col(StoredResult.subject_id) != but
        )
    return connection.execute(statement).scalar_one()


def answer_appeal(connection: Connection, appeal_id: int, **values: object) -> None:
    """Store what came of an appeal."""
    connection.execute(update(Appeal).where(col(Appeal.id) == appeal_id).values(**values))
