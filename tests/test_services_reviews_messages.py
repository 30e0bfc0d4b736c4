"""Typed text, notes and files in a review: each message is taken once, and where it belongs."""

from qualify.dialogue import Act, Action, StepKind
from qualify.services.reviews import answering
from qualify.services.reviews.answering import Attachment
from qualify.storage import reviews as stored
from qualify.storage.tables import Evidence
from tests.company import ACCOUNTS, SCALE, Company, key_of

pytest_plugins = ["tests.company_fixtures"]
R1 = ACCOUNTS["R1"]
REASON = "客户当面确认过"


def test_typed_text_is_the_answer_where_one_is_asked_for_and_a_note_elsewhere(company: Company) -> None:
    _, turn = company.at_rating()
    noted = answering.write(company.context, R1, "谈得很好")
    assert noted is not None
    assert (noted.noted, noted.evidence, noted.screen) == (True, 1, turn.screen)
    rated = answering.write(company.context, R1, " 4 ")
    assert rated is not None
    assert rated.screen is not None
    assert rated.screen.step.kind is StepKind.REASON
    explained = answering.write(company.context, R1, REASON)
    assert explained is not None
    assert explained.screen is not None
    assert (explained.screen.number, explained.noted) == (2, False)


def test_a_refused_text_leaves_nothing_behind(company: Company) -> None:
    company.at_rating()
    assert key_of(answering.write(company.context, R1, "99")) == "error-rating-range"
    assert key_of(answering.write(company.context, R1, "长" * 2001)) == "error-note-long"
    too_long = Attachment("photo", "长" * 2001, "file")
    assert key_of(answering.attach(company.context, R1, too_long)) == "error-note-long"
    assert company.count(Evidence) == 0
    assert answering.write(company.context, R1, "好") is not None
    assert company.count(Evidence) == 1


def test_notes_and_files_stay_with_the_element_in_hand_in_the_order_in_which_they_came(company: Company) -> None:
    review_id, turn = company.at_rating()
    answering.write(company.context, R1, "第一条")
    company.press("R1", turn, Action(Act.RATE, "5"))
    kept = answering.attach(company.context, R1, Attachment("photo", "现场", "file-7"))
    assert kept is not None
    assert (kept.noted, kept.evidence) == (True, 1)
    first, second = (element.id for element in turn.plan.elements[:2])
    with company.context.database.reading() as connection:
        kept_rows = stored.evidence_of(connection, review_id)
    assert [(each.element, each.kind, each.text, each.file_id) for each in kept_rows] == [
        (first, "note", "第一条", ""),
        (second, "photo", "现场", "file-7"),
    ]


def test_a_press_takes_its_review_in_hand_so_that_the_reason_goes_where_it_was_asked(company: Company) -> None:
    review_id, turn = company.at_rating()
    (other,) = company.opens(SCALE, "3")
    answering.open_review(company.context, R1, other)
    company.press("R1", turn, Action(Act.RATE, "4"))
    answered = answering.write(company.context, R1, REASON)
    assert answered is not None
    assert (answered.row.id, answered.noted) == (review_id, False)


def test_a_review_laid_down_takes_no_text_until_it_is_opened_again(company: Company) -> None:
    review_id = company.review()
    laid_down = answering.pause(company.context, R1)
    assert laid_down is not None
    assert laid_down.id == review_id
    assert answering.pause(company.context, R1) is None
    assert answering.write(company.context, R1, "好") is None
    answering.open_review(company.context, R1, review_id)
    assert answering.write(company.context, R1, "好") is not None
