"""An appeal's draft: kept in pieces, for the employee alone until it is handed in, and whole or not at all."""

from datetime import timedelta

import pytest

from qualify.services.assessments import appeal_drafts, appeals
from qualify.services.people import privacy
from qualify.services.reviews.answering import Attachment
from qualify.storage.tables import NoticeKind
from qualify.workflow import AssessmentState
from tests.company import OPERATOR, Company, refused, together
from tests.lives import Life, bring_to

pytest_plugins = ["tests.company_fixtures"]

PHOTO = Attachment("photo", "第 3 页", "AgAC1")


def written(*texts: str) -> list[Attachment]:
    return [Attachment("text", text) for text in texts]


def drafted(company: Company, *kept: Attachment) -> Life:
    """A published result with a draft of these pieces."""
    life = bring_to(company, AssessmentState.PUBLISHED)
    for each in kept:
        appeal_drafts.add(company.context, company.actor("E1"), life.result_id, each)
    return life


def draft(company: Company, life: Life) -> tuple[str, int]:
    shown = appeal_drafts.shown(company.context, company.actor("E1"), life.result_id)
    return shown.words, len(shown.proofs)


def test_what_was_drafted_is_handed_in_whole_and_the_files_stay(company: Company) -> None:
    life = drafted(company, *written("  漏看了一项 "), PHOTO, *written("请再看"))
    company.owed()
    appeal_id = appeal_drafts.send(company.context, company.actor("E1"), life.result_id)
    assert {(kind, about) for kind, _, about in company.owed()} == {(NoticeKind.APPEAL, appeal_id)}
    made = appeals.show(company.context, appeal_id).appeal
    assert (made.text, made.proofs) == ("漏看了一项\n第 3 页\n请再看", 1)
    (kept,) = appeal_drafts.proofs(company.context, OPERATOR, life.assessment_id)
    assert (kept.kind, kept.file_id, kept.text) == ("photo", "AgAC1", "第 3 页")


def test_without_words_nothing_is_handed_in_and_the_draft_stays(company: Company) -> None:
    life = drafted(company, PHOTO._replace(text=""))
    with refused("error-appeal-text"):
        appeal_drafts.send(company.context, company.actor("E1"), life.result_id)
    assert draft(company, life) == ("", 1)
    assert company.state(life.assessment_id) == "published"


@pytest.mark.parametrize("piece", [Attachment("text", " "), Attachment("text", "长" * 997), Attachment("forward", "")])
def test_a_piece_that_is_no_good_leaves_the_draft_as_it_was(company: Company, piece: Attachment) -> None:
    life = drafted(company, *written("一项漏"))
    with refused("error-appeal-text"):
        appeal_drafts.add(company.context, company.actor("E1"), life.result_id, piece)
    assert draft(company, life) == ("一项漏", 0)


def test_there_is_room_for_ten_files_and_for_words_after_them(company: Company) -> None:
    life = drafted(company, *[PHOTO._replace(text="")] * 10)
    with refused("error-appeal-proofs"):
        appeal_drafts.add(company.context, company.actor("E1"), life.result_id, PHOTO)
    appeal_drafts.add(company.context, company.actor("E1"), life.result_id, Attachment("text", "请看"))
    assert draft(company, life) == ("请看", 10)


def test_given_up_a_draft_is_gone_and_an_appeal_that_is_in_stays(company: Company) -> None:
    life = drafted(company, *written("漏看了一项"), PHOTO)
    employee = company.actor("E1")
    appeal_drafts.drop(company.context, employee, life.result_id)
    assert draft(company, life) == ("", 0)
    for each in (*written("再来"), PHOTO):
        appeal_drafts.add(company.context, employee, life.result_id, each)
    appeal_drafts.send(company.context, employee, life.result_id)
    appeal_drafts.drop(company.context, employee, life.result_id)
    assert len(appeal_drafts.proofs(company.context, OPERATOR, life.assessment_id)) == 1


def test_sent_twice_at_once_an_appeal_is_handed_in_once(company: Company) -> None:
    life = drafted(company, *written("漏看了一项"))

    def send() -> object:
        try:
            return appeal_drafts.send(company.context, company.actor("E1"), life.result_id)
        except Exception as refusal:
            return refusal

    assert sum(isinstance(each, int) for each in together(send, send)) == 1
    assert len(appeals.listed(company.context, OPERATOR)) == 1


@pytest.mark.parametrize("staff_no", ["E2", "R1", "A1"])
def test_nobody_else_reads_writes_sends_or_drops_a_draft(company: Company, staff_no: str) -> None:
    life = drafted(company, *written("漏看了一项"))
    other = company.actor(staff_no)
    for deed in (
        lambda: appeal_drafts.shown(company.context, other, life.result_id),
        lambda: appeal_drafts.add(company.context, other, life.result_id, PHOTO),
        lambda: appeal_drafts.send(company.context, other, life.result_id),
        lambda: appeal_drafts.drop(company.context, other, life.result_id),
    ):
        with refused("error-forbidden"):
            deed()
    assert draft(company, life) == ("漏看了一项", 0)
    with refused("error-appeal-unknown"):
        appeal_drafts.proofs(company.context, company.actor("A1"), life.assessment_id)


@pytest.mark.parametrize(("staff_no", "reads"), [("A1", True), ("E1", False), ("R1", False), ("E2", False)])
def test_the_files_of_an_appeal_are_read_by_whoever_may_answer_it(company: Company, staff_no: str, reads: bool) -> None:
    life = drafted(company, *written("漏看了一项"), PHOTO)
    appeal_drafts.send(company.context, company.actor("E1"), life.result_id)
    try:
        found = appeal_drafts.proofs(company.context, company.actor(staff_no), life.assessment_id)
    except Exception:
        found = []
    assert bool(found) is reads


def test_when_it_is_too_late_nothing_is_added_or_handed_in(company: Company) -> None:
    life = drafted(company, *written("漏看了一项"))
    company.clock.time += timedelta(days=30)
    for deed in (
        lambda: appeal_drafts.add(company.context, company.actor("E1"), life.result_id, PHOTO),
        lambda: appeal_drafts.send(company.context, company.actor("E1"), life.result_id),
    ):
        with refused("error-appeal-late"):
            deed()


def test_an_export_has_what_was_drafted_and_nothing_is_left_of_it_after_an_erasure(company: Company) -> None:
    life = drafted(company, *written("只有他自己知道"), PHOTO)
    found = str(privacy.export_person(company.context, OPERATOR, "E1"))
    assert "只有他自己知道" in found
    assert "AgAC1" in found
    appeal_drafts.send(company.context, company.actor("E1"), life.result_id)
    privacy.erase_person(company.context, OPERATOR, "E1")
    assert not [value for _, value in company.cells() if "AgAC1" in value]
