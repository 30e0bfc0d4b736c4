"""Who stands where among a level's candidates: read in the order of the ranking, from an index."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    func,
    literal,
    select,
    text,
    tuple_,
    update,
)
from sqlmodel import col

from qualify.storage.names import called
from qualify.storage.rows import rows, store
from qualify.storage.tables import Assessment, Candidate, ExamScore, Person


class RankPlace(NamedTuple):
    """A place in the ranking, the best first; among equals the earlier application comes first."""

    gap: int
    applied: date
    assessment_id: int


TOP = RankPlace(-1, date.min, 0)
"""Before everybody."""
BEHIND = 10**6


class RankedGroup(NamedTuple):
    """Those who are ranked together: they applied for the level in the same year."""

    standard: str
    level: str
    year: int


class CandidateStanding(NamedTuple):
    """One candidate; the gap is None while it isn't worked out."""

    gap: int | None
    applied: date
    assessment_id: int
    person_id: int
    staff_no: str
    name: str

    @property
    def place(self) -> RankPlace:
        """Where the candidate stands; behind everybody while that isn't known."""
        return RankPlace(BEHIND if self.gap is None else self.gap, self.applied, self.assessment_id)


_order = (col(Candidate.gap), col(Candidate.application_date), col(Candidate.assessment_id))
_columns: tuple[Any, ...] = (
    col(Candidate.gap),
    col(Candidate.application_date),
    col(Candidate.assessment_id),
    col(Candidate.person_id),
    col(Person.staff_no),
    called(),
)


_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('qualify.applications'))")


def take_turns(connection: Connection) -> None:
    """Applications come and go, and lists of scores come in, one transaction after the other: two could each take
    theirs for the only one. To be taken before any assessment is locked."""
    if connection.dialect.name != "sqlite":  # which has one writer at a time
        connection.execute(_ONE_AT_A_TIME)


def enter(connection: Connection, assessment: Assessment) -> None:
    """Store that somebody applied; where they stand isn't known yet."""
    values = {
        "assessment_id": assessment.id,
        **_same(assessment),
        "application_date": assessment.application_date,
        "gap": None,
        "is_last": True,
    }
    store(connection, Candidate, values)
    _find_last(connection, assessment)


def leave(connection: Connection, assessment: Assessment) -> None:
    """Take a withdrawn assessment out of the ranking: the person's application before it counts again, if there was
    one."""
    connection.execute(delete(Candidate).where(col(Candidate.assessment_id) == assessment.id))
    _find_last(connection, assessment)


_SAME = ("person_id", "standard", "level", "year")
"""What the applications of a person share of which the last one counts."""
_other = Candidate.__table__.alias("other")  # type: ignore[attr-defined]
_last = (
    select(_other.c.assessment_id)
    .where(*(_other.c[name] == bindparam(f"its_{name}") for name in _SAME))
    .order_by(_other.c.application_date.desc(), _other.c.assessment_id.desc())
    .limit(1)
    .scalar_subquery()
)
_mark_last = (
    update(Candidate.__table__)  # type: ignore[attr-defined]
    .where(*(col(getattr(Candidate, name)) == bindparam(f"its_{name}") for name in _SAME))
    .values(is_last=col(Candidate.assessment_id) == _last)
)


def _same(assessment: Assessment) -> dict[str, object]:
    values = assessment.subject_id, assessment.standard, assessment.level, assessment.application_date.year
    return dict(zip(_SAME, values, strict=True))


def _find_last(connection: Connection, assessment: Assessment) -> None:
    connection.execute(_mark_last, {f"its_{name}": value for name, value in _same(assessment).items()})


def place(connection: Connection, gaps: Mapping[int, int]) -> None:
    """Store the gaps of candidates, by assessment."""
    changed = update(Candidate).where(col(Candidate.assessment_id) == bindparam("key"))
    if gaps:
        connection.execute(
            changed.values(gap=bindparam("found")), [{"key": key, "found": gap} for key, gap in gaps.items()]
        )


def forget_places(connection: Connection, person_ids: Iterable[int], standard: str) -> None:
    """Forget where these people stand, because lists say something new about them."""
    theirs = col(Candidate.person_id) == bindparam("person"), col(Candidate.standard) == standard
    keys = [{"person": person_id} for person_id in sorted(set(person_ids))]
    connection.execute(update(Candidate).where(*theirs).values(gap=None), keys)


class Unplaced(NamedTuple):
    """A candidate whose place isn't known, with what the assessment was opened by."""

    assessment_id: int
    person_id: int
    standard: str
    version: int
    structure: str
    level: str
    applied: date


def unplaced(connection: Connection) -> list[Unplaced]:
    """The candidates whose place isn't known."""
    statement = select(
        col(Candidate.assessment_id),
        col(Candidate.person_id),
        col(Candidate.standard),
        col(Assessment.version),
        col(Assessment.structure),
        col(Candidate.level),
        col(Candidate.application_date),
    )
    statement = statement.join(Assessment, col(Assessment.id) == col(Candidate.assessment_id))
    statement = statement.where(col(Candidate.gap).is_(None))
    return [Unplaced._make(row) for row in connection.execute(statement)]


def scores_of_unplaced(connection: Connection) -> list[ExamScore]:
    """All scores of those whose place isn't known, the latest last."""
    theirs = select(col(Candidate.person_id)).where(col(Candidate.gap).is_(None))
    found = rows(connection, ExamScore, col(ExamScore.person_id).in_(theirs))
    return sorted(found, key=lambda each: each.taken_on)


def page(connection: Connection, group: RankedGroup, first: RankPlace, most: int) -> list[CandidateStanding]:
    """Up to `most` candidates from this place on, the best first."""
    statement = _of(group).where(tuple_(*_order) >= _literal(first)).order_by(*_order).limit(most)
    return _standings(connection, statement)


def before(connection: Connection, group: RankedGroup, first: RankPlace, most: int) -> list[CandidateStanding]:
    """Up to `most` candidates before this place, the worst first."""
    earlier = _of(group).where(tuple_(*_order) < _literal(first))
    statement = earlier.order_by(*(column.desc() for column in _order)).limit(most)
    return _standings(connection, statement)


def better(connection: Connection, group: RankedGroup, gap: int) -> int:
    """How many have a smaller gap."""
    return _count(connection, group, col(Candidate.gap) < gap)


def equals_before(connection: Connection, group: RankedGroup, place: RankPlace) -> int:
    """How many have the same gap as the candidate at this place, and stand before it."""
    return _count(connection, group, col(Candidate.gap) == place.gap, tuple_(*_order) < _literal(place))


def _count(connection: Connection, group: RankedGroup, *conditions: Any) -> int:
    counted = select(func.count()).select_from(Candidate).where(*_in(group), *conditions)
    return connection.execute(counted).scalar_one()


def between(connection: Connection, standard: str, level: str, since: date, until: date) -> list[CandidateStanding]:
    """Every application for the level from `since` to `until`, both in, the earliest first."""
    statement = (
        select(*_columns)
        .join(Person, col(Person.id) == col(Candidate.person_id))
        .where(
            col(Candidate.standard) == standard,
            col(Candidate.level) == level,
            col(Candidate.application_date).between(since, until),
        )
        .order_by(col(Candidate.application_date), col(Candidate.assessment_id))
    )
    return _standings(connection, statement)


def ranks_of(connection: Connection, assessment_ids: Iterable[int], most: int) -> dict[int, tuple[int, int, int]]:
    """The gap of each of these assessments whose candidate has one of at most `most`, its rank, and how many are ranked
    together, by assessment. Somebody who applied twice in a year is ranked with the last one only."""
    mine, other = Candidate.__table__.alias("mine"), Candidate.__table__.alias("other")  # type: ignore[attr-defined]
    alike = and_(*(mine.c[name] == other.c[name] for name in RankedGroup._fields), other.c.is_last, other.c.gap <= most)
    better = select(func.count()).select_from(other).where(alike, other.c.gap < mine.c.gap).scalar_subquery()
    ranked = select(func.count()).select_from(other).where(alike).scalar_subquery()
    known = mine.c.assessment_id.in_(set(assessment_ids)), mine.c.is_last, mine.c.gap <= most
    statement = select(mine.c.assessment_id, mine.c.gap, better + 1, ranked).where(*known)
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(statement)}


def _of(group: RankedGroup) -> Select[Any]:
    chosen = select(*_columns).join(Person, col(Person.id) == col(Candidate.person_id))
    return chosen.where(*_in(group))


def _in(group: RankedGroup) -> Sequence[Any]:
    alike = [col(getattr(Candidate, name)) == value for name, value in group._asdict().items()]
    return [*alike, col(Candidate.is_last)]


def _literal(place: RankPlace) -> Any:
    return tuple_(literal(place.gap, Integer), literal(place.applied, Date), literal(place.assessment_id, Integer))


def _standings(connection: Connection, statement: Select[Any]) -> list[CandidateStanding]:
    return [CandidateStanding._make(row) for row in connection.execute(statement)]
