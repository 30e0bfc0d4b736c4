"""Notes and files after they were kept: who opens them, what an edit changes, what is left of what was taken back."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from qualify.access import Relation, Role
from qualify.dialogue import Act, Action
from qualify.errors import QualifyError
from qualify.services import Context, audit_log, deliveries
from qualify.services.assessments import amendments, overview, sign_off
from qualify.services.people import line_managers, privacy, roles
from qualify.services.reviews import answering, evidence, submission
from qualify.services.reviews.answering import MAX_NOTE, Attachment
from qualify.services.reviews.evidence import Rewording
from qualify.storage import reviews as stored
from qualify.storage.inbox import Delivery
from qualify.storage.tables import Audit, Evidence
from tests.company import ACCOUNTS, OPERATOR, SCALE, Company, meeting_before, reference, together

pytest_plugins = ["tests.company_fixtures"]
R1, R2, E1 = ACCOUNTS["R1"], ACCOUNTS["R2"], ACCOUNTS["E1"]
BOT = 7
NOTE = Attachment("note", "主持过三次回访", message_id=50)


def by(company: Company, update_id: int, user_id: int = R1, bot_id: int = BOT) -> Context:
    """The services as the update asks for them."""
    return replace(company.context, delivery=Delivery(bot_id, update_id, user_id))


def rewords(context: Context, telegram_id: int, edited: Attachment) -> Rewording | None:
    """An edit as the bot takes it."""
    return deliveries.once("evidence.reword", evidence.reword, context, telegram_id, edited)


@pytest.fixture
def noted(company: Company) -> int:
    """A review of E1 by R1 with a note on its first element; its number."""
    review_id = company.review()
    answering.attach(by(company, 1), R1, NOTE)
    return review_id


def why(deed: Callable[[], object]) -> str | None:
    """How it is refused; None where it is done."""
    try:
        deed()
    except QualifyError as refusal:
        return refusal.key
    return None


def assessment_of(company: Company, review_id: int) -> int:
    """The assessment that the review is in."""
    return answering.shown(company.context, R1, review_id).row.assessment_id


def kept(company: Company, review_id: int) -> Evidence:
    """What is kept first in the review."""
    with company.context.database.reading() as connection:
        return stored.evidence_of(connection, review_id)[0]


def finishes(company: Company, review_id: int) -> None:
    """The review is walked to its end and handed in."""
    submission.submit(company.context, R1, reference(company.walks("R1", review_id)))


def opens(company: Company, staff_no: str, evidence_id: int) -> str:
    """What somebody reads who opens it, or how they are refused."""
    try:
        return evidence.opened(company.context, company.actor(staff_no), evidence_id).evidence.text
    except QualifyError as refusal:
        return refusal.key


def test_a_file_is_opened_with_its_name_by_its_assessor_and_by_who_decides(company: Company) -> None:
    review_id = company.review()
    answering.attach(company.context, R1, Attachment("document", "证书", "file-1", "证明（一）.pdf"))
    for staff_no in ("R1", "A1"):
        found = evidence.opened(company.context, company.actor(staff_no), kept(company, review_id).id)
        assert (found.evidence.file_id, found.evidence.file_name) == ("file-1", "证明（一）.pdf")
        assert (found.review.assessor, found.view.subject.name) == ("周明", "陈晨")


STAFF = {Relation.SUBJECT: "E1", Relation.ASSESSOR: "R2", Relation.MANAGER: "E2", Relation.OTHER: "E2"}


@pytest.mark.parametrize(("role", "relation"), list(product(Role, Relation)))
def test_who_opens_what_somebody_else_kept_is_an_administrator_and_while_they_rate_only_once_all_is_in(
    company: Company, role: Role, relation: Relation
) -> None:
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    if relation is Relation.MANAGER:
        line_managers.set_manager(company.context, OPERATOR, "E1", STAFF[relation])
    answering.open_review(company.context, R1, first)
    answering.attach(company.context, R1, NOTE)
    roles.set_roles(
        company.context, OPERATOR, STAFF[relation], [Role.ASSESSOR] if relation is Relation.ASSESSOR else [role]
    )
    before = opens(company, STAFF[relation], kept(company, first).id)
    for staff_no, review_id in (("R1", first), ("R2", second)):
        company.finishes(staff_no, review_id)
    roles.set_roles(company.context, OPERATOR, STAFF[relation], [role])
    after = opens(company, STAFF[relation], kept(company, first).id)
    may = role is Role.ADMIN and relation is not Relation.SUBJECT
    unknown = "error-evidence-unknown"
    sees_early = may and relation is not Relation.ASSESSOR
    assert before == (NOTE.text if sees_early else unknown)
    assert after == (NOTE.text if may else unknown)


def test_an_administrator_who_left_opens_nothing_and_neither_does_anybody_what_a_replaced_assessor_kept(
    company: Company, noted: int
) -> None:
    found = kept(company, noted)
    amendments.reassign(company.context, OPERATOR, assessment_of(company, noted), "R1", "R2")
    assert [opens(company, staff_no, found.id) for staff_no in ("A1", "R1", "R2")] == ["error-evidence-unknown"] * 3
    assert opens(company, "A1", 999) == "error-evidence-unknown"


def test_somebody_who_left_opens_nothing_more_not_even_their_own(company: Company, noted: int) -> None:
    found, actor = kept(company, noted), company.actor("R1")
    assert evidence.opened(company.context, actor, found.id).evidence.text == NOTE.text
    roles.set_active(company.context, OPERATOR, "R1", active=False)
    assert why(lambda: evidence.opened(company.context, actor, found.id)) == "error-evidence-unknown"


def test_its_assessor_sees_what_is_kept_on_the_element_in_hand_and_at_the_end_all_of_it(
    company: Company, noted: int
) -> None:
    assert [each.text for each in evidence.kept(company.context, R1, noted).evidence] == [NOTE.text]
    turn = answering.shown(company.context, R1, noted)
    assert turn.evidence == 1
    for act in (Action(Act.ALL_MET), Action(Act.RATE, "5")):
        turn = company.press("R1", turn, act)
    assert (turn.evidence, evidence.kept(company.context, R1, noted).evidence) == (0, [])
    company.walks("R1", noted)
    assert [each.text for each in evidence.kept(company.context, R1, noted).evidence] == [NOTE.text]
    assert why(lambda: evidence.kept(company.context, R2, noted)) == "error-review-unknown"


def test_what_was_taken_back_is_read_by_nobody_but_stays_on_record(company: Company, noted: int) -> None:
    found = kept(company, noted)
    for update_id in (2, 2, 3):
        assert evidence.take_back(by(company, update_id), R1, found.id) == noted
    assert kept(company, noted).text == NOTE.text, "the row is as it was"
    assert evidence.kept(company.context, R1, noted).evidence == []
    assert answering.shown(company.context, R1, noted).evidence == 0
    assert [opens(company, staff_no, found.id) for staff_no in ("R1", "A1")] == ["error-evidence-taken-back"] * 2
    (shown,) = overview.view(company.context, company.actor("A1"), assessment_of(company, noted)).reviews[0].notes or ()
    assert (shown.was_taken_back, shown.kind, shown.text) == (True, "note", "")
    lines = audit_log.page(company.context, company.actor("A1"), most=9).lines
    assert [each.audit.action for each in lines].count("take_back") == 1
    exported: Any = privacy.export_person(company.context, company.actor("A1"), "E1")
    (row,) = exported["assessments"][0]["reviews"][0]["evidence"]
    assert (row["element"], row["text"], row["taken_back_at"] is not None) == (found.element, "", True)


def test_only_its_assessor_takes_it_back_and_only_while_the_review_is_open(company: Company, noted: int) -> None:
    found = kept(company, noted)
    assert why(lambda: evidence.take_back(company.context, R2, found.id)) == "error-review-unknown"
    assert why(lambda: evidence.take_back(company.context, ACCOUNTS["A1"], found.id)) == "error-review-unknown"
    assert why(lambda: evidence.take_back(company.context, R1, 999)) == "error-evidence-unknown"
    finishes(company, noted)
    assert why(lambda: evidence.take_back(company.context, R1, found.id)) == "error-evidence-closed"
    assert not kept(company, noted).was_taken_back


def test_it_can_be_taken_back_once_the_review_was_returned(company: Company) -> None:
    (review_id,) = company.opens(SCALE, "4", sign_off=True)
    answering.open_review(company.context, R1, review_id)
    answering.attach(company.context, R1, NOTE)
    finishes(company, review_id)
    sign_off.return_to(company.context, OPERATOR, assessment_of(company, review_id), "请补充")
    assert evidence.take_back(company.context, R1, kept(company, review_id).id) == review_id


def test_taking_back_and_handing_in_at_once_never_takes_back_what_was_handed_in(company: Company, noted: int) -> None:
    turn = company.walks("R1", noted)
    found = kept(company, noted)
    with meeting_before(company.context, "SELECT review.id, review.state, review.part"):
        outcomes = together(
            lambda: why(lambda: evidence.take_back(company.context, R1, found.id)),
            lambda: submission.submit(company.context, R1, reference(turn)).screen,
        )
    assert outcomes[1] is None
    assert kept(company, noted).was_taken_back == (outcomes[0] is None)


def test_an_edited_message_changes_its_note_once_and_both_wordings_are_kept(company: Company, noted: int) -> None:
    edited = NOTE._replace(text="主持过四次回访")
    for _ in range(2):
        assert rewords(by(company, 2), R1, edited) == Rewording(noted, "achievement", changed=True)
    now = kept(company, noted)
    assert (now.kind, now.text) == ("note", "主持过四次回访")
    assert [each["text"] for each in json.loads(now.earlier)] == [NOTE.text]
    assert rewords(by(company, 3), R1, edited) == Rewording(noted, "achievement", changed=False)
    assert rewords(by(company, 4), R1, NOTE) is not None
    assert [each["text"] for each in json.loads(kept(company, noted).earlier)] == [NOTE.text, edited.text]
    assert company.count(Evidence) == 1


def test_an_edit_can_bring_another_file(company: Company) -> None:
    review_id = company.review()
    answering.attach(by(company, 1), R1, Attachment("photo", "现场", "file-1", message_id=60))
    rewords(by(company, 2), R1, Attachment("document", "", "file-2", "现场.pdf", 60))
    now = kept(company, review_id)
    assert (now.kind, now.text, now.file_id, now.file_name) == ("document", "", "file-2", "现场.pdf")
    assert json.loads(now.earlier)[0]["file_id"] == "file-1"


def test_an_edit_is_known_by_its_bot_and_its_message_and_is_its_senders(company: Company, noted: int) -> None:
    edited = NOTE._replace(text="别的")
    assert rewords(by(company, 2, bot_id=BOT + 1), R1, edited) is None
    assert rewords(by(company, 3), R1, edited._replace(message_id=51)) is None
    assert evidence.reword(company.context, R1, edited) is None, "without an update there is no message"
    assert why(lambda: rewords(by(company, 4, R2), R2, edited)) == "error-review-unknown"
    assert kept(company, noted).text == NOTE.text


def test_an_edit_after_the_review_is_in_of_what_was_taken_back_or_too_long_changes_nothing(
    company: Company, noted: int
) -> None:
    edited = NOTE._replace(text="别的")
    long = NOTE._replace(text="字" * (MAX_NOTE + 1))
    assert why(lambda: rewords(by(company, 2), R1, long)) == "error-note-long"
    finishes(company, noted)
    assert why(lambda: rewords(by(company, 3), R1, edited)) == "error-evidence-closed"
    assert why(lambda: rewords(by(company, 3), R1, edited)) == "error-evidence-closed", "and says so again"
    assert rewords(by(company, 4), R1, NOTE) == Rewording(noted, "achievement", changed=False)
    other = company.review(level="3")
    answering.attach(by(company, 5), R1, NOTE._replace(message_id=52))
    evidence.take_back(by(company, 6), R1, kept(company, other).id)
    refusal = why(lambda: rewords(by(company, 7), R1, edited._replace(message_id=52)))
    assert refusal == "error-evidence-taken-back"
    assert (kept(company, noted).text, kept(company, other).text) == (NOTE.text, NOTE.text)


def test_erasing_a_person_leaves_no_wording_about_them(company: Company, noted: int) -> None:
    rewords(by(company, 2), R1, NOTE._replace(text="别的"))
    privacy.erase_person(company.context, company.actor("A1"), "E1")
    gone = kept(company, noted)
    assert (gone.text, gone.earlier, gone.file_name) == ("", "[]", "")
    assert company.count(Audit) > 0
