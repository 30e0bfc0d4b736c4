"""Whole rows of any table, for what looks at everything: exports, and what is kept about a person."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Insert, RowMapping, func, insert, inspect, literal, select
from sqlalchemy.orm.attributes import manager_of_class
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)
T = TypeVar("T")
MOST_COUNTED = 10_000
"""As many are counted for a screen; so many may be more."""
MOST_VALUES = 1000
"""That one statement names; either database takes some thousands."""


def batches(values: Collection[T]) -> Iterator[list[T]]:
    """The values, as many at a time as a statement may name."""
    remaining = iter(values)
    while some := list(islice(remaining, MOST_VALUES)):
        yield some


def rows(connection: Connection, table: type[Row], *conditions: Any, lock: bool = False) -> list[Row]:
    """The rows that meet all conditions, in the order of their keys; `lock` keeps other writers out of them until the
    transaction ends."""
    columns = table.__table__  # type: ignore[attr-defined]
    found = select(columns).where(*conditions).order_by(*inspect(table).primary_key)
    return [as_object(table, row._mapping) for row in connection.execute(found.with_for_update() if lock else found)]


def store(connection: Connection, table: type[SQLModel], values: Mapping[str, Any]) -> CursorResult[Any]:
    """Add a row; an id that isn't among the values is the database's to give (see `new_id`)."""
    return connection.execute(_insert_into(table), values)


@lru_cache(maxsize=64)  # a statement that is made anew for every row takes as long as storing it
def _insert_into(table: type[SQLModel]) -> Insert:
    return insert(table.__table__)  # type: ignore[attr-defined]


def as_object(table: type[T], values: Mapping[str, Any] | RowMapping) -> T:
    """What was read of a row, all of it, as an object of its table, made as SQLAlchemy itself makes one: a twentieth of
    what a new one takes."""
    instance: T = manager_of_class(table).new_instance()
    instance.__dict__.update(values)
    return instance


def grouped(connection: Connection, table: type[Row], column: Any, values: Iterable[int]) -> dict[int, list[Row]]:
    """The rows whose `column` has one of the values, by that value, each group in the order of the keys "id".

    There are few in a group: it is sorted here, and the database needs nothing but the column's index.
    """
    columns = table.__table__  # type: ignore[attr-defined]
    found: dict[int, list[Row]] = {}
    for row in connection.execute(select(columns).where(column.in_(set(values)))):
        found.setdefault(row._mapping[column.key], []).append(as_object(table, row._mapping))
    return {key: sorted(group, key=lambda each: each.id) for key, group in found.items()}  # type: ignore[attr-defined]


def count_some(connection: Connection, *conditions: Any) -> int:
    """How many rows meet the conditions; of very many only `MOST_COUNTED`."""
    some = select(literal(1)).where(*conditions).limit(MOST_COUNTED).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())
