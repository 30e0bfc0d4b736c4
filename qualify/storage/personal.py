"""All that is kept about one person: read row by row, and made nameless. What was rated stays as figures."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, literal, or_, select, update
from sqlmodel import col

from qualify.dialogue import EntryKind
from qualify.storage.inbox import DONE
from qualify.storage.rows import rows
from qualify.storage.tables import (
    FACTS,
    Account,
    Appeal,
    AppealProof,
    Assessment,
    Audit,
    Draft,
    Effect,
    Evidence,
    Inbox,
    Invite,
    Notice,
    Person,
    PersonRole,
    PersonSearch,
    Review,
    Settlement,
    Signature,
    StoredEntry,
    StoredResult,
)

NAMELESS = "—"
ERASED = "erased-"
"""What the staff number of an erased person begins with; the row's id follows."""


def audit_of(connection: Connection, person_id: int) -> list[Audit]:
    """The lines of what the person did, and of what was done to them or to an assessment about them."""
    about = and_(col(Audit.record) == "assessment", col(Audit.record_id).in_(_about(Assessment.id, person_id)))
    themselves = and_(col(Audit.record) == "person", col(Audit.record_id) == person_id)
    return rows(connection, Audit, or_(col(Audit.person_id) == person_id, themselves, about))


def _about(column: Any, person_id: int) -> Select[Any]:
    """A column of the assessments about the person, or of the reviews in them."""
    return (
        select(col(column))
        .select_from(Assessment)
        .outerjoin(Review, col(Review.assessment_id) == col(Assessment.id))
        .where(col(Assessment.subject_id) == person_id)
    )


def names_of(connection: Connection, person: Person) -> set[str]:
    """The name and those that lists of people gave before: frozen figures keep the name of their day."""
    lines = rows(connection, Audit, col(Audit.record) == "person", col(Audit.record_id) == person.id)
    former = {json.loads(line.before).get("name") for line in lines}
    return {person.name} | {name for name in former if name}


def blank_words(connection: Connection, person_id: int) -> None:
    """Delete reasons, titles, notes, files, texts of appeals and what was settled about the person; marks and ratings
    stay."""
    in_reviews, in_assessments = _about(Review.id, person_id), _about(Assessment.id, person_id)
    reviewed = col(StoredEntry.review_id).in_(in_reviews)
    results = select(col(StoredResult.id)).where(col(StoredResult.subject_id) == person_id)
    for change in (
        update(StoredEntry).where(reviewed, col(StoredEntry.given) == EntryKind.REASON.value).values(value=""),
        update(StoredEntry).where(reviewed, col(StoredEntry.given) == EntryKind.CASE.value).values(key=""),
        update(Evidence)
        .where(col(Evidence.review_id).in_(in_reviews))
        .values(text="", file_id="", file_name="", earlier="[]"),
        update(Review).where(col(Review.assessment_id).in_(in_assessments)).values(returned=""),
        update(Assessment).where(col(Assessment.subject_id) == person_id).values(exception=""),
        update(Signature).where(col(Signature.result_id).in_(results)).values(reason=""),
        update(Appeal).where(col(Appeal.assessment_id).in_(in_assessments)).values(text="", answer="", proofs=0),
        delete(AppealProof).where(col(AppealProof.result_id).in_(results)),
        delete(Settlement).where(col(Settlement.assessment_id).in_(in_assessments)),
    ):
        connection.execute(change)


def rewrite_figures(connection: Connection, change: Callable[[str], str], *conditions: Any) -> None:
    """Change the frozen figures of the results that meet the conditions."""
    for result in rows(connection, StoredResult, *conditions):
        changed = update(StoredResult).where(col(StoredResult.id) == result.id)
        connection.execute(changed.values(figures=change(result.figures)))


def rated_by(person_id: int) -> Any:
    """The condition that a result is about somebody else, in whose assessment this person was assigned a review."""
    rated = select(col(Review.assessment_id)).where(col(Review.assessor_id) == person_id)
    return and_(col(StoredResult.assessment_id).in_(rated), col(StoredResult.subject_id) != person_id)


def forget(connection: Connection, person: Person, names: Iterable[str], at: datetime) -> None:
    """Keep nothing of the person's row but its id; delete their account, roles, invitations and unsent notices.

    They are nobody's manager any more, and their name is taken out of what an administrator is filling in or was asked,
    and of what is kept of updates.
    """
    theirs = select(col(Account.telegram_id)).where(col(Account.person_id) == person.id)
    called = [person.staff_no, *names]
    quoted = [json.dumps(word, ensure_ascii=escaped) for word in called for escaped in (True, False)]
    for change in (
        delete(Draft).where(
            or_(col(Draft.telegram_id).in_(theirs), *(_contains(Draft.content, each) for each in quoted))
        ),
        delete(Invite).where(col(Invite.person_id) == person.id),
        delete(PersonRole).where(col(PersonRole.person_id) == person.id),
        delete(PersonSearch).where(col(PersonSearch.person_id) == person.id),
        delete(Notice).where(col(Notice.person_id) == person.id, col(Notice.sent_at).is_(None)),
        delete(Inbox).where(col(Inbox.user_id).in_(theirs)),
        update(Account).where(or_(*(_contains(Account.sought, word) for word in called))).values(sought=""),
        update(Account).where(_asks_about(Account.asked, person.staff_no)).values(asked=""),
        update(Effect).where(_asks_about(Effect.asked, person.staff_no)).values(asked=""),
        update(Effect).where(or_(*(_contains(Effect.outcome, each) for each in quoted))).values(outcome=DONE),
        delete(Account).where(col(Account.person_id) == person.id),
        update(Person).where(col(Person.manager_id) == person.id).values(manager_id=None),
        update(Person).where(col(Person.id) == person.id).values(**_nameless(person.id, at)),
    ):
        connection.execute(change)


def _contains(column: Any, word: str) -> Any:
    return col(column).contains(word, autoescape=True)


def _asks_about(question: Any, staff_no: str) -> Any:
    """Whether a question, which is words separated by spaces, names the staff number."""
    return (literal(" ") + col(question) + " ").contains(f" {staff_no} ", autoescape=True)


def _nameless(person_id: int, at: datetime) -> dict[str, object]:
    return {
        "staff_no": f"{ERASED}{person_id}",
        "name": NAMELESS,
        "active": False,
        "joined": False,
        "erased_at": at,
        "manager_id": None,
        **dict.fromkeys(FACTS, ""),
        "hired_on": None,
        "appraisals": (),
    }
