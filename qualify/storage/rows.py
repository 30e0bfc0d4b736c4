"""Whole rows of any table, for what looks at everything: exports, and what is kept about a person."""

from typing import Any, TypeVar

from sqlalchemy import Connection, inspect, select
from sqlmodel import SQLModel

Row = TypeVar("Row", bound=SQLModel)


def rows(connection: Connection, table: type[Row], *conditions: Any) -> list[Row]:
    """The rows that meet all conditions, in the order of their keys."""
    columns = table.__table__  # type: ignore[attr-defined]
    found = connection.execute(select(columns).where(*conditions).order_by(*inspect(table).primary_key))
    return [table(**row._mapping) for row in found]
