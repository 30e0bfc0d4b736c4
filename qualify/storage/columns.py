"""Columns that many tables have."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, Text, text
from sqlmodel import Field

from qualify.storage.types import UtcDateTime


def key() -> Any:
    """The number the database gives a row; 0 until it is stored."""
    return Field(default=0, sa_column=Column(Integer, primary_key=True))


def moment(*, required: bool = True) -> Column[datetime]:
    """A moment; None allowed unless it is required."""
    return Column(UtcDateTime, nullable=not required)


def long_text(default: str = "") -> Column[str]:
    """Text of any length; the default is also the database's, for rows that were there before the column."""
    return Column(Text, nullable=False, server_default=text(f"'{default}'"))


def where(condition: str) -> dict[str, Any]:
    """An index on some rows only: the others cost nothing to write."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}
