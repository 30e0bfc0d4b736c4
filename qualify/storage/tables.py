"""The tables. Thin rows: the domain's own types carry the rules. Enumerations are stored by name."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Text, UniqueConstraint, false, text, true
from sqlmodel import Field, SQLModel

from qualify.storage.columns import key, long_text, moment, where, word_list
from qualify.storage.types import BytewiseText, ExactDecimal
from qualify.themes import DEFAULT_THEME
from qualify.workflow import AssessmentState, Part, ReviewState

# An index on some rows only has the condition's columns too: without them SQLite looks every row up to see it again.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


FACTS = ("department", "position", "level")
"""Columns of `Person`: what a list of people may say besides number and name. Words, and none is kept of somebody
erased."""
CAREER = ("hired_on", "appraisals")
"""Columns of `Person`: what a list may say of their time in the company; nor is it kept of somebody erased."""


class Person(SQLModel, table=True):
    """An employee of the company, known by the staff number. Once erased, a row without anything personal.

    `joined` says that an account belongs to the person: kept here, so that those who haven't joined are counted by an
    index. `appraisals` are the grades of the yearly appraisals, the last one first.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_department_staff_no", "department", "staff_no", **where("active = 1", "active")),
        Index("ix_person_department", "department"),
        Index("ix_person_name", "name", "active", **where("active = 1", "active")),
        Index("ix_person_manager_id_staff_no", "manager_id", "staff_no", **where("manager_id IS NOT NULL")),
        Index("ix_person_here", "staff_no", "erased_at", **where("erased_at IS NULL")),
        Index(
            "ix_person_away",
            *("department", "staff_no", "active", "joined"),
            **where("active = 1 AND joined = 0", "active AND NOT joined"),
        ),
    )
    id: int = key()
    staff_no: str = Field(unique=True)
    name: str
    department: str = ""
    position: str = ""
    level: str = ""
    manager_id: int | None = Field(default=None, foreign_key="person.id")
    active: bool = True
    hired_on: date | None = None
    appraisals: tuple[str, ...] = Field(default=(), sa_column=word_list())
    joined: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    erased_at: datetime | None = Field(default=None, sa_column=moment(required=False))


class PersonSearch(SQLModel, table=True):
    """What finds a person: every ending of the staff number, the name and the department, so that a part of one of
    them is the beginning of a word here. Written by `storage.search` with the person."""

    __tablename__ = "person_search"
    __table_args__ = ({"sqlite_with_rowid": False},)
    word: str = Field(sa_column=Column(BytewiseText, primary_key=True))
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class PersonRole(SQLModel, table=True):
    """One role of one person."""

    __tablename__ = "person_role"
    __table_args__ = (Index("ix_person_role_role_person_id", "role", "person_id"),)
    person_id: int = Field(foreign_key="person.id", primary_key=True)
    role: str = Field(primary_key=True)


class Account(SQLModel, table=True):
    """A Telegram account: its settings, the person it belongs to once an invitation was accepted, and what typed text
    and files go to: the review in hand, or else the question that was `asked`. `sought` is what an administrator looked
    for last (JSON).

    Quiet hours are whole hours of the day; None means the default, as for weekends and the company's time zone.
    `team_news` says that a manager is told of the results of the people they lead; `digest_id` is the message of the
    newest digest of reviews in this account's chat.
    """

    __tablename__ = "account"
    telegram_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    person_id: int | None = Field(default=None, foreign_key="person.id", unique=True)
    language: str = "zh-CN"
    theme: str = DEFAULT_THEME
    quiet_from: int | None = None
    quiet_until: int | None = None
    weekends: bool | None = None
    team_news: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    timezone: str | None = None
    asked: str = Field(default="", sa_column=long_text())
    sought: str = Field(default="", sa_column=long_text())
    review_id: int | None = Field(default=None, foreign_key="review.id")
    digest_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    blocked_at: datetime | None = Field(default=None, sa_column=moment(required=False))


class Invite(SQLModel, table=True):
    """A single-use link; only the token's hash is kept. One that `moves` brings the account that accepts it in the
    place of the person's own."""

    __tablename__ = "invite"
    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime = Field(sa_column=moment())
    used_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    moves: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class Batch(SQLModel, table=True):
    """Assessments that were opened with one press; their assessors are told of all of them in one message."""

    __tablename__ = "batch"
    id: int = key()
    opened_at: datetime = Field(sa_column=moment())


class Assessment(SQLModel, table=True):
    """One employee, one standard@version (with the hash of its structure), one target level.

    `sign_off` says that a human signs the result; waived, it is published as soon as all reviews are in. `batch_id` is
    None for one that was opened by itself. With `kept_on` it goes on although its subject has left; otherwise nobody is
    reminded of it then. `exception` is why it was opened although its subject doesn't fulfil what is asked of
    applicants.
    """

    __tablename__ = "assessment"
    __table_args__ = (
        Index("ix_assessment_state_due_date_id", "state", "due_date", "id"),
        Index("ix_assessment_state_id", "state", "id"),
        Index("ix_assessment_standard_id", "standard", "id"),
        Index("ix_assessment_standard_state_id", "standard", "state", "id"),
    )
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
    batch_id: int | None = Field(default=None, foreign_key="batch.id", index=True)
    kept_on: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    exception: str = Field(default="", sa_column=long_text())


class StoredSettings(SQLModel, table=True):
    """An organisation's settings beside a released version of a standard, append-only: `number` counts them from 1,
    `content` is `standard.StandardSettings` as JSON.

    `structure` is the hash of the standard with them, by which what was made with them finds them again. `person_id`
    is who set them; None for the command line, whose `operator` is an account of the system.
    """

    __tablename__ = "standard_settings"
    __table_args__ = (
        UniqueConstraint("standard", "version", "number"),
        Index("ix_standard_settings_begun", "standard", "version", "valid_from", "number"),
    )
    id: int = key()
    standard: str
    version: int
    number: int
    valid_from: date
    content: str = Field(sa_column=Column(Text, nullable=False))
    structure: str = Field(unique=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    operator: str = ""
    at: datetime = Field(sa_column=moment())


class Candidate(SQLModel, table=True):
    """Where an assessment that wasn't withdrawn stands in the ranking of its standard's examinations.

    `gap` is how many tenths of a point the knowledge composite lacks to 100, so that the best come first, and more than
    any composite can lack while a score is missing; None = not worked out yet. `is_last` says that the person applied
    no later for this level in this `year`, the one of the application date: somebody who applied twice is ranked once.
    """

    __tablename__ = "candidate"
    __table_args__ = (
        Index(
            "ix_candidate_place",
            *("standard", "level", "year", "gap", "application_date", "assessment_id", "is_last"),
            **where("is_last = 1", "is_last"),
        ),
        Index("ix_candidate_unknown", "assessment_id", **where("gap IS NULL")),
    )
    assessment_id: int = Field(foreign_key="assessment.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    standard: str
    level: str
    year: int
    application_date: date
    gap: int | None = None
    is_last: bool


class Review(SQLModel, table=True):
    """One assessor's work on one assessment, or the employee's own; `message_id` is its living message in the chat.

    `returned` is why an administrator returned it, empty unless they did. `due_date` is the assessment's: kept here, so
    that what is owed is read in its order.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("assessment_id", "assessor_id"),
        Index("ix_review_owed_by", "assessor_id", "due_date", "id", "state", **where("state = 'open'")),
        Index("ix_review_submitted_by", "assessor_id", "id", "state", **where("state = 'submitted'")),
        Index("ix_review_owed", "due_date", "id", "assessor_id", "state", **where("state = 'open'")),
    )
    id: int = key()
    assessment_id: int = Field(foreign_key="assessment.id")
    assessor_id: int = Field(foreign_key="person.id", index=True)
    weight: Decimal = Field(default=Decimal(1), sa_column=Column(ExactDecimal, nullable=False))
    part: str = Field(default=Part.LEAD.value, sa_column_kwargs={"server_default": Part.LEAD.value})
    state: str = ReviewState.OPEN
    returned: str = Field(default="", sa_column=long_text())
    submitted_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    due_date: date | None = None


class StoredEntry(SQLModel, table=True):
    """One thing given in a review, append-only; the newest row is also the review's position.

    The key (review, revision) makes a doubled press impossible, also between two processes. The rows
    of one key, in order, are the history of an answer: who, when, and what stood before. `ahead` are the steps beyond
    the frontier that were answered on a visit (their numbers, with commas between). `update_id` is the press or
    message of the chat that gave it: when that is delivered again, it is known.
    """

    __tablename__ = "entry"
    __table_args__ = (Index("ix_entry_review_id_element", "review_id", "element"),)
    review_id: int = Field(foreign_key="review.id", primary_key=True)
    revision: int = Field(primary_key=True)
    given: str
    element: str
    key: str
    value: str = Field(sa_column=Column(Text, nullable=False))
    frontier: int
    cursor: int | None = None
    ahead: str = Field(default="", sa_column=long_text())
    update_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_column=moment())


class Evidence(SQLModel, table=True):
    """A note, photo, document, voice or forwarded message on an element, as Telegram names the file.

    `bot_id` and `message_id` are the message of the chat that it came with, by which an edit finds it; `earlier` is
    what stood there before edits, the oldest first (JSON). What its assessor took back stays, and is shown to nobody.
    """

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_message_id", "message_id", "bot_id"),)
    id: int = key()
    review_id: int = Field(foreign_key="review.id", index=True)
    element: str
    kind: str
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    file_id: str = ""
    file_name: str = Field(default="", sa_column=long_text())
    at: datetime = Field(sa_column=moment())
    bot_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    message_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    earlier: str = Field(default="[]", sa_column=long_text("[]"))
    taken_back_at: datetime | None = Field(default=None, sa_column=moment(required=False))

    @property
    def was_taken_back(self) -> bool:
        """Whether its assessor took it back."""
        return self.taken_back_at is not None

    def emptied(self) -> "Evidence":
        """That it was there, and nothing of what it was."""
        return self.model_copy(update={"text": "", "file_id": "", "file_name": "", "earlier": "[]"})


class StoredResult(SQLModel, table=True):
    """A result, frozen: `figures` is `scoring.Result` as JSON. A correction is a new row that names the old one.

    `own` holds the ratings of the self-assessment by element as JSON. An employee sees nothing before it is published.
    `expired` marks what was found to be no longer valid, so that nobody looks for it again.
    """

    __tablename__ = "result"
    __table_args__ = (
        Index("ix_result_subject_id_id", "subject_id", "id"),
        Index("ix_result_valid_until", "valid_until", "assessment_id", **where("expired = 0", "NOT expired")),
    )
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
    expired: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


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
    """What an employee has against a published result, once a result, and what came of it: `reopened`, or else
    answered. `answer` is the administrator's text in both cases, `proofs` how many files were handed in with it."""

    __tablename__ = "appeal"
    __table_args__ = (Index("ix_appeal_waiting", "id", **where("answered_at IS NULL")),)
    id: int = key()
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    result_id: int = Field(foreign_key="result.id", unique=True)
    text: str = Field(sa_column=Column(Text, nullable=False))
    at: datetime = Field(sa_column=moment())
    answer: str = Field(default="", sa_column=long_text())
    answered_by_id: int | None = Field(default=None, foreign_key="person.id")
    answered_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    reopened: bool = False
    proofs: int = Field(default=0, sa_column_kwargs={"server_default": "0"})

    def closes(self, result_id: int) -> bool:
        """Whether it leaves no further appeal against the result: it is about this one, waits, or its answer led to a
        new result. What a list corrects after the answer is a result of its own."""
        return self.result_id == result_id or self.answered_at is None or self.reopened


class AppealProof(SQLModel, table=True):
    """Words or a file for an appeal against a result, in the order in which they came. Words go into the appeal when it
    is handed in; a file stays, with what was written below it. `file_id` is empty for words alone."""

    __tablename__ = "appeal_proof"
    id: int = key()
    result_id: int = Field(foreign_key="result.id", index=True)
    kind: str
    text: str = Field(default="", sa_column=long_text())
    file_id: str = Field(default="", sa_column=long_text())
    file_name: str = Field(default="", sa_column=long_text())


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
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    operator: str = ""
    action: str
    record: str
    record_id: int | None = None
    before: str = Field(default="{}", sa_column=long_text("{}"))
    after: str = Field(default="{}", sa_column=long_text("{}"))


class DraftKind(StrEnum):
    """What somebody is filling in: an assessment about to be opened, or a standard that is tried."""

    OPENING = "opening"
    TRIAL = "trial"


class Draft(SQLModel, table=True):
    """What an administrator is filling in, as JSON; one of each kind an account."""

    __tablename__ = "draft"
    telegram_id: int = Field(
        sa_column=Column(BigInteger, ForeignKey("account.telegram_id"), primary_key=True, autoincrement=False)
    )
    kind: str = Field(primary_key=True, sa_column_kwargs={"server_default": DraftKind.OPENING.value})
    content: str = Field(sa_column=Column(Text, nullable=False))


class ExamScore(SQLModel, table=True):
    """A score from an examination's list; the latest day counts. `level` is the one its paper was for, "" where papers
    are the same for all."""

    __tablename__ = "exam_score"
    __table_args__ = (UniqueConstraint("person_id", "standard", "subject", "taken_on"),)
    id: int = key()
    person_id: int = Field(foreign_key="person.id")
    standard: str
    subject: str
    score: Decimal = Field(sa_column=Column(ExactDecimal, nullable=False))
    taken_on: date
    level: str = Field(default="", sa_column_kwargs={"server_default": text("''")})


class Settlement(SQLModel, table=True):
    """What an administrator settled about an assessment's facts: which score of a `subject` stands and among which that
    was decided (`value`, JSON), or that two cases (`subject`, JSON) are the same or distinct. The newest of one kind
    and subject counts; `person_id` is None for the command line."""

    __tablename__ = "settlement"
    __table_args__ = (Index("ix_settlement_assessment_id", "assessment_id", "id"),)
    id: int = key()
    assessment_id: int = Field(foreign_key="assessment.id")
    kind: str
    subject: str = Field(sa_column=long_text())
    value: str = Field(default="", sa_column=long_text())
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_column=moment())


class Rescoring(SQLModel, table=True):
    """An assessment that waits to be scored again from `due_at` on, because the list that this line of the audit log
    tells of changed its facts. `failed` counts the tries that met a fault of ours."""

    __tablename__ = "rescoring"
    __table_args__ = (Index("ix_rescoring_due_at", "due_at", "assessment_id"),)
    assessment_id: int = Field(
        sa_column=Column(Integer, ForeignKey("assessment.id"), primary_key=True, autoincrement=False)
    )
    audit_id: int = Field(foreign_key="audit.id")
    due_at: datetime = Field(sa_column=moment())
    failed: int = 0


class Adoption(SQLModel, table=True):
    """From which day (`since`) new assessments by a standard are made by which version: of those whose day has come the
    newest row counts. Where it `converts`, running assessments go over to the version on that day, in the order of
    their ids: `converted_until` is the last that did, and `converted_at` is when all had. `person_id` is None for the
    command line."""

    __tablename__ = "adoption"
    __table_args__ = (
        Index("ix_adoption_standard", "standard", "id"),
        Index(
            "ix_adoption_waiting",
            "since",
            "id",
            **where("converts = 1 AND converted_at IS NULL", "converts AND converted_at IS NULL"),
        ),
    )
    id: int = key()
    standard: str
    version: int
    since: date
    converts: bool
    converted_until: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    converted_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    person_id: int | None = Field(default=None, foreign_key="person.id")
    at: datetime = Field(sa_column=moment())


class StandardState(StrEnum):
    """How far a version of a standard is that lies in the database."""

    DRAFT = "draft"
    TO_SIGN = "to_sign"
    RELEASED = "released"


class StandardVersion(SQLModel, table=True):
    """A version of a standard from a workbook; `content` is its document (JSON). Once released it never changes.

    `structure` is its hash, `changed_by` who sent it last, `asked_by` who wants it released, `signed_by` who released
    it: another administrator where there is one. None stands for the command line.
    """

    __tablename__ = "standard_version"
    __table_args__ = (UniqueConstraint("standard", "version"),)
    id: int = key()
    standard: str
    version: int
    structure: str
    content: str = Field(sa_column=long_text())
    state: str = StandardState.DRAFT
    changed_by: int | None = Field(default=None, foreign_key="person.id")
    changed_at: datetime = Field(sa_column=moment())
    asked_by: int | None = Field(default=None, foreign_key="person.id")
    asked_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    signed_by: int | None = Field(default=None, foreign_key="person.id")
    released_at: datetime | None = Field(default=None, sa_column=moment(required=False))


class NoticeKind(StrEnum):
    """Why somebody is written to."""

    RESULT = "result"
    TEAM_RESULT = "team_result"
    REVIEW = "review"
    REVIEWS = "reviews"
    REMINDER = "reminder"
    OVERDUE = "overdue"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    TO_SIGN = "to_sign"
    STANDARD = "standard"
    STANDARD_RELEASED = "standard_released"
    SUBJECT_LEFT = "subject_left"
    APPEAL = "appeal"
    APPEAL_ANSWER = "appeal_answer"
    EXPIRES_SOON = "expires_soon"
    EXPIRES_NOW = "expires_now"
    FAULT = "fault"
    SIGNS = "signs"
    CONVERTED = "converted"

    @property
    def is_news(self) -> bool:
        """Whether it tells of what somebody did: it comes on any day and must arrive. What the day brings keeps days
        off, and where it is missed there is another one."""
        return self not in _OF_THE_DAY


_OF_THE_DAY = {
    NoticeKind.REMINDER,
    NoticeKind.OVERDUE,
    NoticeKind.EXPIRES_SOON,
    NoticeKind.EXPIRES_NOW,
    NoticeKind.FAULT,
    NoticeKind.SIGNS,
}


class Notice(SQLModel, table=True):
    """One message owed to one person at one time. Claimed until its lease ends, then sent or given up.

    `look_at` is when a sender looks at it next: when it is due, when a claim ends, or some time later where the person
    can't be written to. None once nothing is left to do.
    `unsure` counts the attempts that may have arrived, `faults` those that failed by a fault of ours.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "reference"),
        Index("ix_notice_look_at", "look_at", "person_id", "id", **where("look_at IS NOT NULL")),
        Index("ix_notice_refused", "sent_at", "outcome", **where("outcome = 'refused'")),
    )
    id: int = key()
    person_id: int = Field(foreign_key="person.id")
    kind: str
    reference: int
    due_at: datetime = Field(sa_column=moment())
    claimed_until: datetime | None = Field(default=None, sa_column=moment(required=False))
    look_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    sent_at: datetime | None = Field(default=None, sa_column=moment(required=False))
    outcome: str = ""
    unsure: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    faults: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


class Inbox(SQLModel, table=True):
    """An update that was acknowledged before it was handled: it waits here, and goes once it is handled.

    `content` is the update as Telegram gave it (JSON), `user_id` whose it is. A process that handles it claims it again
    and again; one that dies lets the claim end, and `deaths` counts that. After two it is set aside, for an
    administrator to look at.
    """

    __tablename__ = "inbox"
    bot_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    user_id: int | None = Field(default=None, sa_column=Column(BigInteger))
    content: str = Field(sa_column=Column(Text, nullable=False))
    kept_at: datetime = Field(sa_column=moment())
    claimed_until: datetime | None = Field(default=None, sa_column=moment(required=False))
    deaths: int = 0
    set_aside_at: datetime | None = Field(default=None, sa_column=moment(required=False))


class Effect(SQLModel, table=True):
    """What one step of handling an update did, stored with what it did: a repeated delivery does nothing again.

    `step` is the service's name. `asked` and `review_id` are what the account's texts went to before it, and `outcome`
    is what the service returned, or how it refused (JSON), from which the answer is made again.
    """

    __tablename__ = "effect"
    __table_args__ = (Index("ix_effect_at", "at"),)
    bot_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    update_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    step: str = Field(primary_key=True)
    asked: str = Field(default="", sa_column=long_text())
    review_id: int | None = None
    outcome: str = Field(default="null", sa_column=long_text("null"))
    at: datetime = Field(sa_column=moment())
