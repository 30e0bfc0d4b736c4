"""Columns that many tables have."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, Text, literal_column, text
from sqlmodel import Field

from qualify.storage.types import UtcDateTime, WordList

LARGEST_ID = 2**31 - 1
"""No row has a larger number."""


def key() -> Any:
    """The number the database gives a row; 0 until it is stored."""
    return Field(default=0, sa_column=Column(Integer, primary_key=True))


def moment(*, required: bool = True) -> Column[datetime]:
    """A moment; None allowed unless it is required."""
    return Column(UtcDateTime, nullable=not required)


def long_text(default: str = "") -> Column[str]:
    """Text of any length; the default is also the database's, for rows that were there before the column."""
    return Column(Text, nullable=False, server_default=text(f"'{default}'"))


def word_list() -> Column[tuple[str, ...]]:
    """Words in their order; none by default, also for rows that were there before the column."""
    return Column(WordList, nullable=False, server_default=text("'[]'"))


def where(condition: str, on_postgresql: str = "") -> dict[str, Any]:
    """The condition of an index on some rows only: the others cost nothing to write. PostgreSQL gets its own condition
    where the two databases write it differently, as they do true and false."""
    return {"sqlite_where": text(condition), "postgresql_where": text(on_postgresql or condition)}


def fixed(value: str) -> Any:
    """A word that stands in the statement itself: with a parameter in its place no index on some rows is found, and
    each costs its time where a statement has many."""
    return literal_column(f"'{value}'", Text)
