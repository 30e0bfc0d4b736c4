"""Assessments found again, the finished ones too: by state, standard, department and person, the newest first."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, func, select, update
from sqlmodel import col

from qualify.storage.tables import Account, Assessment, Person


class Narrowed(NamedTuple):
    """What assessments are looked for; "" and None ask for all."""

    state: str = ""
    standard: str = ""
    department: str = ""
    subject_ids: Collection[int] | None = None


def numbers(
    connection: Connection, narrowed: Narrowed, *, until: int | None = None, after: int | None = None, most: int
) -> list[int]:
    """Up to `most` of the assessments that are looked for: from the number `until` on, the newest first; or those after
    `after`, the oldest first.

    Read in order by an index, and no further than asked; those of a department or of some people are few, and are
    sorted.
    """
    number = col(Assessment.id)
    wanted = conditions(connection, narrowed)
    if until is not None:
        wanted.append(number <= until)
    if after is not None:
        wanted.append(number > after)
    about_few = narrowed.department or narrowed.subject_ids is not None
    order: Any = number + 0 if about_few else number  # else all numbers might be gone through to find those few
    ordered = order if after is not None else order.desc()
    statement = select(number).where(*wanted).order_by(ordered).limit(most)
    return list(connection.execute(statement).scalars())


def conditions(connection: Connection, narrowed: Narrowed) -> list[Any]:
    """What the rows of the assessments meet that are looked for."""
    wanted: list[Any] = []
    if narrowed.state:
        wanted.append(col(Assessment.state) == narrowed.state)
    if narrowed.standard:
        wanted.append(col(Assessment.standard) == narrowed.standard)
    if narrowed.department:
        wanted.append(
            _is_among(connection, select(col(Person.id)).where(col(Person.department) == narrowed.department))
        )
    if narrowed.subject_ids is not None:
        wanted.append(col(Assessment.subject_id).in_(set(narrowed.subject_ids)))
    return wanted


def _is_among(connection: Connection, few: Select[Any]) -> Any:
    """The condition that it is about one of a few people, however many assessments there are: PostgreSQL would read
    them all where it sees a set in place of an array."""
    subject = col(Assessment.subject_id)
    if connection.dialect.name == "sqlite":
        return subject.in_(few)
    return subject == func.any(func.array(few.scalar_subquery()))


def count_of(connection: Connection, subject_id: int) -> int:
    """How many assessments there are about the person."""
    theirs = col(Assessment.subject_id) == subject_id
    return connection.execute(select(func.count(col(Assessment.id))).where(theirs)).scalar_one()


def is_department(connection: Connection, name: str) -> bool:
    """Whether anybody is, or was, in a department of this name."""
    theirs = select(col(Person.id)).where(col(Person.department) == name).limit(1)
    return bool(name) and connection.execute(theirs).first() is not None


def sought(connection: Connection, telegram_id: int) -> str:
    """What the account looked for last, as JSON; empty for nothing."""
    found = select(col(Account.sought)).where(col(Account.telegram_id) == telegram_id)
    return connection.execute(found).scalar() or ""


def remember(connection: Connection, telegram_id: int, sought: str) -> None:
    """Keep what the account looks for, so that pages can be turned."""
    connection.execute(update(Account).where(col(Account.telegram_id) == telegram_id).values(sought=sought))
