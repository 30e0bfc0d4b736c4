"""A review from the first press to the last: resumed, doubled, forged, annotated, submitted, alone and with others."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from qualify.dialogue import Act, Action, Kind, Screen
from qualify.paths import STANDARDS
from qualify.services import assessments, people, results, reviews
from qualify.services.reviews import Attachment, Reference, Turn
from qualify.standard import Catalogue
from qualify.storage import reviews as stored
from qualify.storage.tables import Entry, Evidence, ReviewState, StoredResult
from tests.company import ACCOUNTS, POINTS, SCALE, Company, all_met, meeting_before, reference, refused, together

pytest_plugins = ["tests.company_fixtures"]
R1, R2 = ACCOUNTS["R1"], ACCOUNTS["R2"]
MET, NOT_MET = Action(Act.MARK, "met"), Action(Act.MARK, "not_met")
ALL_MET = [*[5] * 8, *[6] * 4, *[5] * 6]  # full marks in the four examinations
REASON = "客户当面确认过"


def with_faults(screen: Screen) -> Action:
    """All met but for the very first criterion; the second element is marked down; no cases."""
    match screen.step.kind:
        case Kind.CRITERION if screen.step.index == 0:
            return NOT_MET
        case Kind.RATING if screen.number == 2:
            return Action(Act.RATE, "4")
        case Kind.REASON:
            return Action(Act.TEXT, REASON)
        case Kind.CASES:
            return Action(Act.DONE)
        case _:
            return all_met(screen)


def key_of(turn: Turn | None) -> str | None:
    """Why the turn was refused."""
    assert turn is not None
    return turn.refusal.key if turn.refusal else None


def at_rating(company: Company) -> tuple[int, Turn]:
    """A review whose first element waits for its rating."""
    review_id = company.review()
    turn = reviews.open_review(company.context, R1, review_id)
    return review_id, company.press("R1", turn, Action(Act.ALL_MET))


def test_a_review_by_points_leads_to_its_total_its_grade_and_the_reasons_for_both(company: Company) -> None:
    table = f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,84,2026-10-01\nE1,{POINTS},product,402,2026-10-01\n"
    assessments.import_scores(company.context, company.file("scores.csv", table))
    turn = company.finishes("R1", company.review(POINTS, "3"), with_faults)
    assert (turn.screen, turn.refusal, turn.row.state) == (None, None, ReviewState.SUBMITTED)
    shown = results.of_assessment(company.context, turn.row.assessment_id)
    assert shown.result.total == Decimal("93.5")  # 100, −0.5 for 6 of 7 criteria, −1 by hand, −5 without a case
    assert (shown.result.grade, shown.result.granted) == ("professional", True)
    assert shown.result.composite == Decimal("82.2")
    lines = "\n".join(shown.explained("zh-CN").lines())
    for figure in ("93.5", "82.2", "4.5", REASON):
        assert figure in lines
    assert shown.chart("zh-CN", "light").startswith(b"\x89PNG")


def test_a_review_on_the_scale_leads_to_a_rating_for_each_item_with_its_reason(company: Company) -> None:
    turn = company.finishes("R1", company.review(SCALE, "4"), with_faults)
    shown = results.of_assessment(company.context, turn.row.assessment_id)
    assert [element.rating for element in shown.result.elements] == [3, 4, *ALL_MET[2:]]
    assert shown.result.total is None
    assert shown.explained("en").elements.keys() == {element.id for element in shown.result.elements}
    assert REASON in "\n".join(shown.explained("en").lines())
    assert shown.stored.structure == assessments.show(company.context, turn.row.assessment_id)[0].structure


def test_after_a_restart_the_review_goes_on_where_it_was(company: Company) -> None:
    review_id, before = at_rating(company)
    reviews.write(company.context, R1, "当面谈过", message_id=1)
    after = reviews.open_review(company.restarted(), R1, review_id)
    assert after.screen == before.screen
    assert after.evidence == 1
    assert key_of(company.press("R1", before, Action(Act.RATE, "5"))) is None


def test_every_change_of_an_answer_is_kept_with_who_and_when(company: Company) -> None:
    review_id = company.review()
    turn = company.press("R1", reviews.open_review(company.context, R1, review_id), NOT_MET)
    turn = company.press("R1", turn, Action(Act.BACK))
    company.press("R1", turn, MET)
    with company.context.database.reading() as connection:
        given = [(entry.given.value, entry.value) for entry in stored.entries(connection, review_id)]
        rows = connection.execute(Entry.__table__.select()).all()  # type: ignore[attr-defined]
    assert given == [("mark", "not_met"), ("goto", "0"), ("mark", "met")]
    assert {(row.person_id, row.at) for row in rows} == {(company.id("R1"), company.clock.time)}


def test_a_button_of_an_earlier_screen_changes_nothing_and_shows_where_the_review_stands(company: Company) -> None:
    first = reviews.open_review(company.context, R1, company.review())
    second = company.press("R1", first, MET)
    again = company.press("R1", first, NOT_MET)
    assert key_of(again) == "error-stale"
    assert again.screen == second.screen
    assert company.count(Entry) == 1


def test_of_two_presses_at_once_one_counts_and_the_other_is_told(company: Company) -> None:
    turn = reviews.open_review(company.context, R1, company.review())
    with meeting_before(company.context, "INSERT INTO entry"):
        turns = together(*[lambda mark=mark: company.press("R1", turn, mark) for mark in (MET, NOT_MET)])
    assert sorted(str(key_of(turn)) for turn in turns) == ["None", "error-stale"]
    assert turns[0].screen == turns[1].screen
    assert company.count(Entry) == 1


@pytest.mark.parametrize(
    ("action", "key"),
    [
        (Action(Act.RATE, "5"), "error-not-here"),
        (Action(Act.MARK, "excellent"), "error-not-here"),
        (Action(Act.JUMP, "7"), "error-not-here"),
        (Action(Act.RESUME), "error-not-here"),
    ],
)
def test_a_forged_button_is_refused_and_changes_nothing(small_company: Company, action: Action, key: str) -> None:
    turn = reviews.open_review(small_company.context, R1, small_company.review())
    assert key_of(small_company.press("R1", turn, action)) == key
    assert small_company.count(Entry) == 0


@pytest.mark.parametrize("change", [{"step": 5}, {"revision": 9}, {"step": -1, "revision": -1}])
def test_a_forged_place_is_a_stale_one(small_company: Company, change: dict[str, int]) -> None:
    turn = reviews.open_review(small_company.context, R1, small_company.review())
    forged = reference(turn)._replace(**change)
    assert key_of(reviews.press(small_company.context, R1, forged, MET)) == "error-stale"
    assert key_of(reviews.submit(small_company.context, R1, forged)) == "error-stale"
    assert small_company.count(Entry) == 0


@pytest.mark.parametrize("account", [ACCOUNTS["A1"], ACCOUNTS["R2"], ACCOUNTS["E1"], 99])
def test_nobody_but_its_assessor_opens_answers_or_submits_a_review(small_company: Company, account: int) -> None:
    context, review_id = small_company.context, small_company.review()
    place = Reference(review_id, 0, 0)
    for deed in (
        lambda: reviews.open_review(context, account, review_id),
        lambda: reviews.press(context, account, place, MET),
        lambda: reviews.submit(context, account, place),
        lambda: reviews.press(context, R1, place._replace(review_id=77), MET),
    ):
        with refused("error-review-unknown"):
            deed()
    assert reviews.write(context, account, "?", message_id=1) is None
    assert (small_company.count(Entry), small_company.count(Evidence)) == (0, 0)


def test_an_assessor_who_left_can_do_nothing_more_and_what_they_gave_stays(company: Company) -> None:
    review_id = company.review()
    turn = company.press("R1", reviews.open_review(company.context, R1, review_id), MET)
    people.set_active(company.context, "R1", active=False)
    for deed in (
        lambda: company.press("R1", turn, MET),
        lambda: reviews.open_review(company.context, R1, review_id),
        lambda: reviews.submit(company.context, R1, reference(turn)),
    ):
        with refused("error-review-unknown"):
            deed()
    assert reviews.write(company.context, R1, "note", message_id=1) is None
    assert reviews.attach(company.context, R1, Attachment("photo", file_id="x"), message_id=2) is None
    assert (company.count(Entry), company.count(Evidence)) == (1, 0)


def test_typed_text_is_the_answer_where_one_is_asked_for_and_a_note_elsewhere(company: Company) -> None:
    _, turn = at_rating(company)
    noted = reviews.write(company.context, R1, "谈得很好", message_id=1)
    assert noted is not None
    assert (noted.noted, noted.evidence, noted.screen) == (True, 1, turn.screen)
    rated = reviews.write(company.context, R1, " 4 ", message_id=2)
    assert rated is not None
    assert rated.screen is not None
    assert rated.screen.step.kind is Kind.REASON
    explained = reviews.write(company.context, R1, REASON, message_id=3)
    assert explained is not None
    assert explained.screen is not None
    assert (explained.screen.number, explained.noted) == (2, False)


def test_a_refused_text_leaves_nothing_behind(company: Company) -> None:
    at_rating(company)
    assert key_of(reviews.write(company.context, R1, "99", message_id=1)) == "error-rating-range"
    assert key_of(reviews.write(company.context, R1, "长" * 2001, message_id=2)) == "error-note-long"
    too_long = Attachment("photo", "长" * 2001, "file")
    assert key_of(reviews.attach(company.context, R1, too_long, message_id=3)) == "error-note-long"
    assert company.count(Evidence) == 0
    assert reviews.write(company.context, R1, "好", message_id=1) is not None
    assert company.count(Evidence) == 1


def test_notes_and_files_stay_with_the_element_in_hand_in_the_order_in_which_they_came(company: Company) -> None:
    review_id, turn = at_rating(company)
    reviews.write(company.context, R1, "第一条", message_id=1)
    company.press("R1", turn, Action(Act.RATE, "5"))
    kept = reviews.attach(company.context, R1, Attachment("photo", "现场", "file-7"), message_id=2)
    assert kept is not None
    assert (kept.noted, kept.evidence) == (True, 1)
    first, second = (element.id for element in turn.plan.elements[:2])
    with company.context.database.reading() as connection:
        kept_rows = stored.evidence_of(connection, review_id)
    assert [(each.element, each.kind, each.text, each.file_id) for each in kept_rows] == [
        (first, "note", "第一条", ""),
        (second, "photo", "现场", "file-7"),
    ]


def test_a_message_that_comes_twice_is_taken_once(company: Company) -> None:
    at_rating(company)
    entries = company.count(Entry)
    for _ in range(2):
        reviews.attach(company.context, R1, Attachment("voice", file_id="v"), message_id=1)
        reviews.write(company.context, R1, "好", message_id=2)
    rated = reviews.write(company.context, R1, "4", message_id=3)
    again = reviews.write(company.context, R1, "4", message_id=3)
    assert rated is not None
    assert again is not None
    assert rated.screen == again.screen
    assert (company.count(Evidence), company.count(Entry)) == (2, entries + 1)


def test_a_message_that_comes_again_after_another_review_was_taken_up_is_not_taken_there(company: Company) -> None:
    at_rating(company)
    reviews.write(company.context, R1, "4", message_id=1)
    reviews.attach(company.context, R1, Attachment("photo", file_id="p"), message_id=2)
    (other,) = company.opens(SCALE, "3")
    reviews.open_review(company.context, R1, other)
    reviews.write(company.context, R1, "4", message_id=1)
    reviews.attach(company.context, R1, Attachment("photo", file_id="p"), message_id=2)
    with company.context.database.reading() as connection:
        assert stored.entries(connection, other) == []
        assert stored.evidence_of(connection, other) == []


def test_messages_of_different_chats_may_have_the_same_number(company: Company) -> None:
    for staff_no, review_id in zip(("R1", "R2"), company.opens(SCALE, "4", assessors=("R1", "R2")), strict=True):
        reviews.open_review(company.context, ACCOUNTS[staff_no], review_id)
        noted = reviews.write(company.context, ACCOUNTS[staff_no], "好", message_id=1)
        assert noted is not None
        assert noted.noted


@pytest.mark.parametrize(("text", "statement"), [("好", "INSERT INTO evidence"), ("5", "INSERT INTO entry")])
def test_a_message_that_comes_twice_at_once_is_taken_once(company: Company, text: str, statement: str) -> None:
    at_rating(company)
    before = company.count(Entry) + company.count(Evidence)
    with meeting_before(company.context, statement):
        turns = together(*[lambda: reviews.write(company.context, R1, text, message_id=1)] * 2)
    assert [key_of(turn) for turn in turns] == [None, None]
    assert company.count(Entry) + company.count(Evidence) == before + 1


def test_a_press_takes_its_review_in_hand_so_that_the_reason_goes_where_it_was_asked(company: Company) -> None:
    review_id, turn = at_rating(company)
    (other,) = company.opens(SCALE, "3")
    reviews.open_review(company.context, R1, other)
    company.press("R1", turn, Action(Act.RATE, "4"))
    answered = reviews.write(company.context, R1, REASON, message_id=1)
    assert answered is not None
    assert (answered.row.id, answered.noted) == (review_id, False)


def test_a_review_laid_down_takes_no_text_until_it_is_opened_again(company: Company) -> None:
    review_id = company.review()
    laid_down = reviews.lay_down(company.context, R1)
    assert laid_down is not None
    assert laid_down.id == review_id
    assert reviews.lay_down(company.context, R1) is None
    assert reviews.write(company.context, R1, "好", message_id=1) is None
    reviews.open_review(company.context, R1, review_id)
    assert reviews.write(company.context, R1, "好", message_id=1) is not None


def test_what_an_assessor_owes_comes_by_due_date_until_it_is_submitted(company: Company) -> None:
    first, second = company.review(POINTS, "3"), company.review(SCALE, "4")
    assert [row.id for row in reviews.owed(company.context, company.id("R1"))] == [first, second]
    company.finishes("R1", first)
    assert [row.id for row in reviews.owed(company.context, company.id("R1"))] == [second]
    assert reviews.owed(company.context, company.id("E1")) == []


def test_a_review_that_is_not_finished_can_not_be_submitted(company: Company) -> None:
    review_id = company.review()
    turn = reviews.open_review(company.context, R1, review_id)
    assert key_of(reviews.submit(company.context, R1, reference(turn))) == "error-not-here"
    overview = company.press("R1", turn, Action(Act.OVERVIEW))
    assert key_of(reviews.submit(company.context, R1, reference(overview))) == "error-incomplete"
    assert company.count(StoredResult) == 0


def test_a_rating_without_its_reason_is_not_smuggled_past_the_summary(company: Company) -> None:
    turn = company.walks("R1", company.review())
    turn = company.press("R1", turn, Action(Act.JUMP, "0"))
    while turn.screen is not None and turn.screen.step.kind is not Kind.RATING:
        turn = company.press("R1", turn, Action(Act.FORWARD))
    turn = company.press("R1", turn, Action(Act.RATE, "2"))
    turn = company.press("R1", turn, Action(Act.OVERVIEW))
    turn = company.press("R1", turn, Action(Act.JUMP, "5"))
    assert key_of(reviews.submit(company.context, R1, reference(turn))) == "error-not-here"
    turn = company.press("R1", turn, Action(Act.RESUME))
    assert key_of(reviews.submit(company.context, R1, reference(turn))) == "error-incomplete"
    assert company.count(StoredResult) == 0


def test_a_submitted_review_takes_no_press_no_text_and_no_second_submission(company: Company) -> None:
    end = company.walks("R1", company.review())
    entries = company.count(Entry)
    for expected in (None, "error-stale"):
        turn = reviews.submit(company.context, R1, reference(end))
        assert (turn.screen, key_of(turn)) == (None, expected)
    assert key_of(company.press("R1", end, Action(Act.JUMP, "0"))) == "error-stale"
    assert reviews.write(company.context, R1, "好", message_id=1) is None
    assert (company.count(Entry), company.count(StoredResult)) == (entries + 1, 1)


def test_of_a_press_and_a_submission_at_once_one_counts(company: Company) -> None:
    end = company.walks("R1", company.review())
    with meeting_before(company.context, "INSERT INTO entry"):
        turns = together(
            lambda: reviews.submit(company.context, R1, reference(end)),
            lambda: company.press("R1", end, Action(Act.JUMP, "0")),
        )
    assert sorted(str(key_of(turn)) for turn in turns) == ["None", "error-stale"]
    assert company.count(StoredResult) == (1 if turns[0].refusal is None else 0)


def test_two_submissions_of_one_review_at_once_score_once(company: Company) -> None:
    end = company.walks("R1", company.review())
    with meeting_before(company.context, "INSERT INTO entry"):
        turns = together(*[lambda: reviews.submit(company.context, R1, reference(end))] * 2)
    assert sorted(str(key_of(turn)) for turn in turns) == ["None", "error-stale"]
    assert company.count(StoredResult) == 1


def test_nothing_of_one_assessor_is_seen_by_the_other_until_both_are_in(company: Company) -> None:
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"))
    turn = company.finishes("R1", first, with_faults)
    with refused("error-assessment-without-result"):
        results.of_assessment(company.context, turn.row.assessment_id)
    assert company.count(StoredResult) == 0
    other = company.walks("R2", second)
    assert other.screen is not None
    assert [row.rating for row in other.screen.rows] == ALL_MET
    reviews.submit(company.context, R2, reference(other))
    shown = results.of_assessment(company.context, turn.row.assessment_id)
    assert [element.rating for element in shown.result.elements][:3] == [4, Decimal("4.5"), 5]
    assert [review.assessor for review in shown.result.elements[0].reviews] == ["周明", "吴倩"]


def test_two_last_submissions_at_once_score_once(company: Company) -> None:
    ids = company.opens(SCALE, "4", assessors=("R1", "R2"))
    ends = [company.walks(staff_no, review_id) for staff_no, review_id in zip(("R1", "R2"), ids, strict=True)]
    with meeting_before(company.context, "SELECT assessment."):
        together(
            lambda: reviews.submit(company.context, R1, reference(ends[0])),
            lambda: reviews.submit(company.context, R2, reference(ends[1])),
        )
    assert company.count(StoredResult) == 1
    shown = results.of_assessment(company.context, ends[0].row.assessment_id)
    assert shown.assessors == 2


def test_a_review_is_not_walked_on_a_standard_whose_structure_changed(company: Company, tmp_path: Path) -> None:
    done, unfinished = company.review(POINTS, "3"), company.review(POINTS, "4")
    assessment_id = company.finishes("R1", done).row.assessment_id
    text = (STANDARDS / POINTS / "v1.yaml").read_text(encoding="utf-8")
    draft = tmp_path / "drafts" / POINTS / "v1.yaml"
    draft.parent.mkdir(parents=True)
    draft.write_text(text.replace("window_months: 18", "window_months: 12"), encoding="utf-8")
    context = company.restarted(Catalogue(tmp_path / "drafts"))
    for deed in (
        lambda: reviews.open_review(context, R1, unfinished),
        lambda: reviews.press(context, R1, Reference(unfinished, 0, 0), MET),
        lambda: results.of_assessment(context, assessment_id),
    ):
        with refused("error-standard-changed"):
            deed()
    assert reviews.open_review(company.context, R1, unfinished).screen is not None


def test_the_living_message_is_remembered(company: Company) -> None:
    review_id = company.review()
    reviews.shown_in(company.context, review_id, 2**40)
    assert reviews.open_review(company.context, R1, review_id).row.message_id == 2**40


def test_whatever_is_pressed_in_whatever_order_is_taken_or_refused_and_kept(small_company: Company) -> None:
    arguments = (
        "",
        "met",
        "not_met",
        "0",
        "3",
        "5",
        "99",
        "-1",
        "1e999",
        "nan",
        "٣",
        "100 100 100",
        REASON,
        "😀" * 999,
    )
    chance = Random(7)
    review_id = small_company.review()
    turn = reviews.open_review(small_company.context, R1, review_id)
    for _ in range(600):
        before = turn
        turn = small_company.press("R1", turn, Action(chance.choice(list(Act)), chance.choice(arguments)))
        assert (turn.screen == before.screen) == (turn.refusal is not None)
        assert small_company.count(Entry) == turn.row.position.revision
    assert reviews.open_review(small_company.context, R1, review_id).screen == turn.screen
    assert turn.row.position.frontier > 10
