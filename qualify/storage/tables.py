"""The tables. Thin rows: the domain's own types carry the rules. Enumerations are stored by name."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from qualify.storage.types import ExactDecimal, UtcDateTime

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Role(StrEnum):
    """What a person may be asked to do; one person may have several."""

    EMPLOYEE = "employee"
    ASSESSOR = "assessor"
    ADMIN = "admin"


class AssessmentState(StrEnum):
    """An assessment is open until its last review is in."""

    OPEN = "open"
    COMPLETED = "completed"


class ReviewState(StrEnum):
    """A review is open, even when nothing was answered yet, until it is submitted."""

    OPEN = "open"
    SUBMITTED = "submitted"


def _key() -> Any:
    """The number the database gives a row; 0 until it is stored."""
    return Field(default=0, sa_column=Column(Integer, primary_key=True))


def _moment(*, required: bool = True) -> Column[datetime]:
    return Column(UtcDateTime, nullable=not required)


def _where(condition: str) -> dict[str, Any]:
    """An index on some rows only: the others cost nothing to write."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Person(SQLModel, table=True):
    """An employee of the company, known by the staff number."""

    __tablename__ = "person"
    id: int = _key()
    staff_no: str = Field(unique=True)
    name: str
    department: str = ""
    position: str = ""
    level: str = ""
    manager: str = ""
    active: bool = True


class PersonRole(SQLModel, table=True):
    """One role of one person."""

    __tablename__ = "person_role"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(primary_key=True)


class Account(SQLModel, table=True):
    """A Telegram account: its settings, the person it belongs to once an invitation was accepted,
    and the review in hand, which typed text and files go to.

    Quiet hours are whole hours of the day; None means the default, as for weekends.
    """

    __tablename__ = "account"
    telegram_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    person_id: int | None = Field(default=None, foreign_key="person.id", unique=True)
    language: str = "zh-CN"
    theme: str = "light"
    quiet_from: int | None = None
    quiet_until: int | None = None
    weekends: bool | None = None
    review_id: int | None = Field(default=None, foreign_key="review.id")
    blocked_at: datetime | None = Field(default=None, sa_column=_moment(required=False))


class Invite(SQLModel, table=True):
    """A single-use link; only the token's hash is kept."""

    __tablename__ = "invite"
    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime = Field(sa_column=_moment())
    used_at: datetime | None = Field(default=None, sa_column=_moment(required=False))


class Assessment(SQLModel, table=True):
    """One employee, one standard@version (with the hash of its structure), one target level."""

    __tablename__ = "assessment"
    id: int = _key()
    standard: str
    version: int
    structure: str
    level: str
    subject_id: int = Field(foreign_key="person.id", index=True)
    application_date: date
    due_date: date
    state: str = AssessmentState.OPEN
    opened_at: datetime = Field(sa_column=_moment())


class Review(SQLModel, table=True):
    """One assessor's work on one assessment; `message_id` is its living message in the assessor's chat."""

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("assessment_id", "assessor_id"),)
    id: int = _key()
    assessment_id: int = Field(foreign_key="assessment.id")
    assessor_id: int = Field(foreign_key="person.id", index=True)
    weight: Decimal = Field(default=Decimal(1), sa_column=Column(ExactDecimal, nullable=False))
    state: str = ReviewState.OPEN
    submitted_at: datetime | None = Field(default=None, sa_column=_moment(required=False))
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))


class Entry(SQLModel, table=True):
    """One thing given in a review, append-only; the newest row is also the review's position.

    The key (review, revision) makes a doubled press impossible, also between two processes. The rows
    of one key, in order, are the history of an answer: who, when, and what stood before.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_review_id_element", "review_id", "element"),
        Index("ix_entry_person_id_message_id", "person_id", "message_id", **_where("message_id IS NOT NULL")),
    )
    review_id: int = Field(foreign_key="review.id", primary_key=True)
    revision: int = Field(primary_key=True)
    given: str
    element: str
    key: str
    value: str = Field(sa_column=Column(Text, nullable=False))
    frontier: int
    cursor: int | None = None
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_column=_moment())


class Evidence(SQLModel, table=True):
    """A note, photo, document, voice or forwarded message on an element, as Telegram names the file."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("review_id", "message_id"),)
    id: int = _key()
    review_id: int = Field(foreign_key="review.id")
    element: str
    kind: str
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    file_id: str = ""
    message_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: datetime = Field(sa_column=_moment())


class StoredResult(SQLModel, table=True):
    """A result, frozen: `figures` is `scoring.Result` as JSON. A correction is a new row that names the old one."""

    __tablename__ = "result"
    __table_args__ = (Index("ix_result_subject_id_id", "subject_id", "id"),)
    id: int = _key()
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    subject_id: int = Field(foreign_key="person.id")
    standard: str
    version: int
    structure: str
    level: str
    figures: str = Field(sa_column=Column(Text, nullable=False))
    replaces_id: int | None = Field(default=None, foreign_key="result.id")
    at: datetime = Field(sa_column=_moment())


class ExamScore(SQLModel, table=True):
    """A score from an examination's list; the latest day counts."""

    __tablename__ = "exam_score"
    __table_args__ = (UniqueConstraint("person_id", "standard", "subject", "taken_on"),)
    id: int = _key()
    person_id: int = Field(foreign_key="person.id")
    standard: str
    subject: str
    score: Decimal = Field(sa_column=Column(ExactDecimal, nullable=False))
    taken_on: date


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    RESULT = "result"
    REVIEW = "review"
    REMINDER = "reminder"
    OVERDUE = "overdue"


class Notice(SQLModel, table=True):
    """One message owed to one person at one time. Claimed until its lease ends, then sent or given up."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("person_id", "kind", "reference"), Index("ix_notice_due", "sent_at", "due_at"))
    id: int = _key()
    person_id: int = Field(foreign_key="person.id")
    kind: str
    reference: int
    due_at: datetime = Field(sa_column=_moment())
    claimed_until: datetime | None = Field(default=None, sa_column=_moment(required=False))
    sent_at: datetime | None = Field(default=None, sa_column=_moment(required=False))
    outcome: str = ""
