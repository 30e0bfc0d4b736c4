"""The tables. Thin rows: the domain's own types carry the rules. Enumerations are stored by name."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Text, UniqueConstraint, true
from sqlmodel import Field, SQLModel

from qualify.life import AssessmentState, Part, ReviewState
from qualify.storage.columns import key, long_text, moment, where
from qualify.storage.types import ExactDecimal
from qualify.themes import DEFAULT_THEME

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Person(SQLModel, table=True):
    """An employee of the company, known by the staff number. Once erased, a row without anything personal."""

    __tablename__ = "person"
    id: int = key()
    staff_no: str = Field(unique=True)
    name: str
    department: str = ""
    position: str = ""
    level: str = ""
    manager: str = ""
    active: bool = True
    erased_at: datetime | None = Field(default=None, sa_column=moment(required=False))


class PersonRole(SQLModel, table=True):
    """One role of one person."""

    __tablename__ = "person_role"
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(primary_key=True)


class Account(SQLModel, table=True):
    """A Telegram account: its settings, the person it belongs to once an invitation was accepted, and what typed text
    and files go to: the review in hand, or else the question that was `asked`.

    Quiet hours are whole hours of the day; None means the default, as for weekends and the company's time zone.
    """

    __tablename__ = "account"
    telegram_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    person_id: int | None = Field(default=None, foreign_key="person.id", unique=True)
    language: str = "zh-CN"
    theme: str = DEFAULT_THEME
    quiet_from: int | None = None
    quiet_until: int | None = None
    weekends: bool | None = None
    timezone: str | None = None
    asked: str = Field(default="", sa_column=long_text())
    review_id: int | None = Field(default=None, foreign_key="review.id")
    blocked_at: datetime | None = Field(default=None, sa_column=moment(required=False))


class Invite(SQLModel, table=True):
    """A single-use link; only the token's hash is kept."""

    __tablename__ = "invite"
    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(required=False))


class Assessment(SQLModel, table=True):
    """One employee, one standard@version (with the hash of its structure), one target level.

    `sign_off` says that a human signs the result; waived, it is published as soon as all reviews are in.
    """

    __tablename__ = "assessment"
    id: int = key()
    standard: str
    version: int
    structure: str
    level: str
    subject_id: int = Field(foreign_key="person.id", index=True)
    application_date: date
    due_date: date
    state: str = AssessmentState.OPEN
    sign_off: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    opened_at: datetime = Field(sa_column=moment())


class Review(SQLModel, table=True):
    """One assessor's work on one assessment, or the employee's own; `message_id` is its living message in the chat.

    `returned` is why an administrator gave it back, empty unless they did.
    """

    __tablename__ = "review"
    __table_args__ = (UniqueConstraint("assessment_id", "assessor_id"),)
    id: int = key()
    assessment_id: int = Field(foreign_key="assessment.id")
    assessor_id: int = Field(foreign_key="person.id", index=True)
    weight: Decimal = Field(default=Decimal(1), sa_column=Column(ExactDecimal, nullable=False))
    part: str = Field(default=Part.LEAD.value, sa_column_kwargs={"server_default": Part.LEAD.value})
    state: str = ReviewState.OPEN
    returned: str = Field(default="", sa_column=long_text())
    submitted_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))


class Entry(SQLModel, table=True):
    """One thing given in a review, append-only; the newest row is also the review's position.

    The key (review, revision) makes a doubled press impossible, also between two processes. The rows
    of one key, in order, are the history of an answer: who, when, and what stood before.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_review_id_element", "review_id", "element"),
        Index("ix_entry_person_id_message_id", "person_id", "message_id", **where("message_id IS NOT NULL")),
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
    at: datetime = Field(sa_column=moment())


class Evidence(SQLModel, table=True):
    """A note, photo, document, voice or forwarded message on an element, as Telegram names the file."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("review_id", "message_id"),)
    id: int = key()
    review_id: int = Field(foreign_key="review.id")
    element: str
    kind: str
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    file_id: str = ""
    message_id: int = Field(sa_column=Column(BigInteger, nullable=False))
    at: datetime = Field(sa_column=moment())


class StoredResult(SQLModel, table=True):
    """A result, frozen: `figures` is `scoring.Result` as JSON. A correction is a new row that names the old one.

    `own` holds the ratings of the self-assessment by element as JSON. An employee sees nothing before it is published.
    """

    __tablename__ = "result"
    __table_args__ = (Index("ix_result_subject_id_id", "subject_id", "id"),)
    id: int = key()
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    subject_id: int = Field(foreign_key="person.id")
    standard: str
    version: int
    structure: str
    level: str
    figures: str = Field(sa_column=Column(Text, nullable=False))
    own: str = Field(default="{}", sa_column=long_text("{}"))
    replaces_id: int | None = Field(default=None, foreign_key="result.id")
    at: datetime = Field(sa_column=moment())
    published_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    appeal_until: datetime | None = Field(default=None, sa_column=moment(required=False))
    valid_until: date | None = None


class Signature(SQLModel, table=True):
    """A human's signature under a result: who (None = the command line). Where it was waived there is none.

    `grade` is given where it differs from the figures, "" meaning that the level is not granted; `reason` says why.
    """

    __tablename__ = "signature"
    result_id: int = Field(foreign_key="result.id", primary_key=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_column=moment())
    grade: str | None = None
    reason: str = Field(default="", sa_column=long_text())


class Appeal(SQLModel, table=True):
    """What an employee has against a published result, once an assessment, and what came of it: `reopened`, or else
    answered. `answer` is the administrator's text in both cases."""

    __tablename__ = "appeal"
    id: int = key()
    assessment_id: int = Field(foreign_key="assessment.id", unique=True)
    result_id: int = Field(foreign_key="result.id")
    text: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=moment())
    answer: str = Field(default="", sa_column=long_text())
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    reopened: bool = False


class Audit(SQLModel, table=True):
    """What was changed, append-only (the database itself refuses to change or delete a row).

    `person_id` is who did it. On the command line `operator` names the account of the system, and `person_id` is None
    unless it acted as somebody.
    `record` is the kind of thing that was changed, `record_id` its key where it has one; `before` and `after` are JSON.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_record", "record", "record_id"),)
    id: int = key()
    at: datetime = Field(sa_column=moment())
    person_id: int | None = Field(default=None, foreign_key="person.id")
    operator: str = ""
    action: str
    record: str
    record_id: int | None = None
    before: str = Field(default="{}", sa_column=long_text("{}"))
    after: str = Field(default="{}", sa_column=long_text("{}"))


class Draft(SQLModel, table=True):
    """What an administrator is filling in, as JSON: an assessment about to be opened."""

    __tablename__ = "draft"
    telegram_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("account.telegram_id"), primary_key=True, autoincrement=False)
    )
    content: str = Field(sa_column=Column(Text, nullable=False))


class ExamScore(SQLModel, table=True):
    """A score from an examination's list; the latest day counts."""

    __tablename__ = "exam_score"
    __table_args__ = (UniqueConstraint("person_id", "standard", "subject", "taken_on"),)
    id: int = key()
    person_id: int = Field(foreign_key="person.id")
    standard: str
    subject: str
    score: Decimal = Field(sa_column=Column(ExactDecimal, nullable=False))
    taken_on: date


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    RESULT = "result"
    REVIEW = "review"
    REVIEWS = "reviews"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    TO_SIGN = "to_sign"
    APPEAL = "appeal"
    APPEAL_ANSWER = "appeal_answer"
    EXPIRES_SOON = "expires_soon"
    EXPIRES_NOW = "expires_now"


class Notice(SQLModel, table=True):
    """One message owed to one person at one time. Claimed until its lease ends, then sent or given up."""

    __tablename__ = "notice"
    __table_args__ = (UniqueConstraint("person_id", "kind", "reference"), Index("ix_notice_due", "sent_at", "due_at"))
    id: int = key()
    person_id: int = Field(foreign_key="person.id")
    kind: str
    reference: int
    due_at: datetime = Field(sa_column=moment())
    claimed_until: datetime | None = Field(default=None, sa_column=moment(required=False))
    sent_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    outcome: str = ""
