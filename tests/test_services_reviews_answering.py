"""A review press by press: resumed, doubled, forged, laid down, and closed to everybody but its assessor."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from qualify.dialogue import Act, Action, StepKind
from qualify.paths import STANDARDS
from qualify.scoring import Answers, Mark
from qualify.services import typed_answers
from qualify.services.assessments import amendments, results
from qualify.services.people import joining, roles
from qualify.services.reviews import answering, submission
from qualify.services.reviews.answering import Attachment
from qualify.services.reviews.screen import Reference
from qualify.standard import Catalogue
from qualify.storage import reviews as stored
from qualify.storage.tables import Evidence, StoredEntry
from tests.company import (
    ACCOUNTS,
    OPERATOR,
    POINTS,
    SCALE,
    Company,
    all_met,
    key_of,
    meeting_before,
    reference,
    refused,
    together,
)

pytest_plugins = ["tests.company_fixtures"]
R1 = ACCOUNTS["R1"]
MET, NOT_MET = Action(Act.MARK, "met"), Action(Act.MARK, "not_met")


def test_after_a_restart_the_review_goes_on_where_it_was(company: Company) -> None:
    review_id, before = company.at_rating()
    answering.write(company.context, R1, "当面谈过")
    after = answering.open_review(company.restarted(), R1, review_id)
    assert after.screen == before.screen
    assert after.evidence == 1
    assert key_of(company.press("R1", before, Action(Act.RATE, "5"))) is None


def test_every_change_of_an_answer_is_kept_with_who_and_when(company: Company) -> None:
    review_id = company.review()
    turn = company.press("R1", answering.open_review(company.context, R1, review_id), NOT_MET)
    turn = company.press("R1", turn, Action(Act.BACK))
    company.press("R1", turn, MET)
    with company.context.database.reading() as connection:
        given = [(entry.given.value, entry.value) for entry in stored.entries(connection, review_id)]
        rows = connection.execute(StoredEntry.__table__.select()).all()  # type: ignore[attr-defined]
    assert given == [("mark", "not_met"), ("goto", "0"), ("mark", "met")]
    assert {(row.person_id, row.at) for row in rows} == {(company.id("R1"), company.clock.time)}


@pytest.mark.parametrize(("standard", "level"), [(POINTS, "4"), (SCALE, "4")])
def test_pressed_through_to_its_summary_a_review_is_stored_as_the_tests_fill_one_in(
    company: Company, standard: str, level: str
) -> None:
    (pressed,), (filled_in,) = company.opens(standard, level, "E1"), company.opens(standard, level, "E2")
    turn = answering.open_review(company.context, R1, pressed)
    while turn.screen is not None and turn.screen.step.kind is not StepKind.SUMMARY:
        turn = company.press("R1", turn, all_met(turn.screen))
    assert company.walks("R1", filled_in).screen == turn.screen
    assert stored_of(company, filled_in) == stored_of(company, pressed)


def stored_of(company: Company, review_id: int) -> list[tuple[object, ...]]:
    """All that is kept of a review's answers."""
    table = StoredEntry.__table__  # type: ignore[attr-defined]
    kept = [column for column in table.columns if column.name not in ("id", "review_id")]
    with company.context.database.reading() as connection:
        of_review = table.select().with_only_columns(*kept).where(table.c.review_id == review_id)
        return [tuple(row) for row in connection.execute(of_review.order_by(table.c.revision))]


def test_a_mark_that_was_changed_shows_as_it_is_now_wherever_one_comes_from(company: Company) -> None:
    turn = answering.open_review(company.context, R1, company.review())
    for action in (NOT_MET, Action(Act.BACK), MET, NOT_MET, Action(Act.BACK), MET):
        turn = company.press("R1", turn, action)
        again = answering.shown(company.context, R1, turn.row.id)
        assert again.screen == turn.screen
    assert [line.mark for line in turn.screen.lines] == ["met", "met", None, None]
    for action in (NOT_MET, Action(Act.BACK), MET, Action(Act.BACK), NOT_MET):  # the last is number 11
        turn = company.press("R1", turn, action)
        assert answering.shown(company.context, R1, turn.row.id).screen == turn.screen
    assert [line.mark for line in turn.screen.lines] == ["met", "met", "not_met", None]


def test_the_newest_answer_stands_in_whatever_order_the_database_gives_them() -> None:
    found = stored._standing("care", "10 care.1 met,9 care.1 not_met,12  4,8 care.2 met,11  5")
    assert found == Answers(marks={"care.1": Mark.MET, "care.2": Mark.MET}, ratings={"care": Decimal(4)})


def test_a_review_is_read_with_what_stands_in_its_newest_element_and_nothing_of_another_element_or_review(
    company: Company,
) -> None:
    one, two = company.opens(SCALE, "4", assessors=("R1", "R2"))
    turn = answering.open_review(company.context, R1, one)
    for action in (Action(Act.ALL_MET), Action(Act.RATE, "5"), NOT_MET):
        turn = company.press("R1", turn, action)
    other = answering.open_review(company.context, ACCOUNTS["R2"], two)
    company.press("R2", other, NOT_MET)
    with company.context.database.reading() as connection:
        rows = [stored.get(connection, each) for each in (one, two)]
    for row in rows:
        assert row is not None
        assert row.answers is not None
        assert (list(row.answers.marks.values()), row.answers.ratings) == ([Mark.NOT_MET], {})


def test_a_review_that_was_withdrawn_while_it_was_in_hand_takes_nothing_more(company: Company) -> None:
    turn = answering.open_review(company.context, R1, company.review())
    amendments.withdraw(company.context, OPERATOR, turn.row.assessment_id)
    assert key_of(company.press("R1", turn, MET)) == "error-stale"
    assert answering.write(company.context, R1, "好") is None
    assert (company.count(StoredEntry), company.count(Evidence)) == (0, 0)


def test_cases_listed_so_far_are_there_when_one_comes_back_to_them_from_a_mark(company: Company) -> None:
    (review_id,) = company.opens(POINTS, "4")
    turn = answering.open_review(company.context, R1, review_id)
    while turn.screen is not None and turn.screen.step.kind is not StepKind.CASES:
        turn = company.press("R1", turn, all_met(turn.screen))
    turn = company.press("R1", turn, Action(Act.TEXT, "2026-07-01 割接"))
    (case,) = turn.screen.cases
    for action in (Action(Act.OVERVIEW), Action(Act.JUMP, "0"), NOT_MET, Action(Act.RESUME)):
        turn = company.press("R1", turn, action)
        assert key_of(turn) is None
    assert (turn.screen.step.kind, turn.screen.cases) == (StepKind.CASES, (case,))


def test_the_first_note_of_a_review_is_counted_at_once(company: Company) -> None:
    company.at_rating()
    assert answering.write(company.context, R1, "当面谈过").evidence == 1


def test_a_reason_that_holds_is_known_also_when_one_comes_back_to_the_rating_from_a_mark(company: Company) -> None:
    _, turn = company.at_rating()
    company.press("R1", turn, Action(Act.RATE, "3"))
    written = answering.write(company.context, R1, "有一次没跟上")
    assert written is not None
    turn = written
    for action in (Action(Act.BACK), Action(Act.BACK), MET):  # the same mark as before
        turn = company.press("R1", turn, action)
    assert turn.screen is not None
    assert (turn.screen.step.kind, turn.screen.rating) == (StepKind.RATING, 3)
    assert turn.screen == answering.shown(company.context, R1, turn.row.id).screen
    again = company.press("R1", turn, Action(Act.RATE, "3"))
    assert again.screen is not None
    assert again.screen.step.kind is StepKind.CRITERION, "why is not asked again"


def test_an_element_half_answered_ahead_shows_its_marks_when_the_walk_comes_back_to_it(company: Company) -> None:
    turn = answering.open_review(company.context, R1, company.review())
    ahead = Action(Act.OVERVIEW), Action(Act.JUMP, "1"), NOT_MET
    for action in (*ahead, Action(Act.RESUME), Action(Act.ALL_MET), Action(Act.RATE, "5")):
        turn = company.press("R1", turn, action)
    assert turn.refusal is None
    assert [line.mark for line in turn.screen.lines][:2] == ["not_met", None]
    assert answering.shown(company.context, R1, turn.row.id).screen == turn.screen


def test_a_button_of_an_earlier_screen_changes_nothing_and_shows_where_the_review_stands(company: Company) -> None:
    first = answering.open_review(company.context, R1, company.review())
    second = company.press("R1", first, MET)
    again = company.press("R1", first, NOT_MET)
    assert key_of(again) == "error-stale"
    assert again.screen == second.screen
    assert company.count(StoredEntry) == 1


def test_of_two_presses_at_once_one_counts_and_the_other_is_told(company: Company) -> None:
    turn = company.press("R1", answering.open_review(company.context, R1, company.review()), MET)
    with meeting_before(company.context, "INSERT INTO entry"):
        turns = together(*[lambda mark=mark: company.press("R1", turn, mark) for mark in (MET, NOT_MET)])
    assert sorted(str(key_of(turn)) for turn in turns) == ["None", "error-stale"]
    assert turns[0].screen == turns[1].screen
    assert company.count(StoredEntry) == 2


def test_of_two_first_presses_at_once_one_counts_as_well(company: Company) -> None:
    turn = answering.open_review(company.context, R1, company.review())
    with meeting_before(company.context, "SELECT assessment."):
        turns = together(*[lambda mark=mark: company.press("R1", turn, mark) for mark in (MET, NOT_MET)])
    assert sorted(str(key_of(turn)) for turn in turns) == ["None", "error-stale"]
    assert turns[0].screen == turns[1].screen
    assert company.count(StoredEntry) == 1


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
    turn = answering.open_review(small_company.context, R1, small_company.review())
    assert key_of(small_company.press("R1", turn, action)) == key
    assert small_company.count(StoredEntry) == 0


@pytest.mark.parametrize("change", [{"step": 5}, {"revision": 9}, {"step": -1, "revision": -1}])
def test_a_forged_place_is_a_stale_one(small_company: Company, change: dict[str, int]) -> None:
    turn = answering.open_review(small_company.context, R1, small_company.review())
    forged = reference(turn)._replace(**change)
    assert key_of(answering.press(small_company.context, R1, forged, MET)) == "error-stale"
    assert key_of(submission.submit(small_company.context, R1, forged)) == "error-stale"
    assert small_company.count(StoredEntry) == 0


@pytest.mark.parametrize("account", [ACCOUNTS["A1"], ACCOUNTS["R2"], ACCOUNTS["E1"], 99])
def test_nobody_but_its_assessor_opens_answers_or_submits_a_review(small_company: Company, account: int) -> None:
    context, review_id = small_company.context, small_company.review()
    place = Reference(review_id, 0, 0)
    for deed in (
        lambda: answering.open_review(context, account, review_id),
        lambda: answering.press(context, account, place, MET),
        lambda: submission.submit(context, account, place),
        lambda: answering.press(context, R1, place._replace(review_id=77), MET),
    ):
        with refused("error-review-unknown"):
            deed()
    assert answering.write(context, account, "?") is None
    assert (small_company.count(StoredEntry), small_company.count(Evidence)) == (0, 0)


def test_an_assessor_who_left_can_do_nothing_more_and_what_they_gave_stays(company: Company) -> None:
    review_id = company.review()
    turn = company.press("R1", answering.open_review(company.context, R1, review_id), MET)
    roles.set_active(company.context, OPERATOR, "R1", active=False)
    for deed in (
        lambda: company.press("R1", turn, MET),
        lambda: answering.open_review(company.context, R1, review_id),
        lambda: submission.submit(company.context, R1, reference(turn)),
    ):
        with refused("error-review-unknown"):
            deed()
    assert answering.write(company.context, R1, "note") is None
    assert answering.attach(company.context, R1, Attachment("photo", file_id="x")) is None
    assert (company.count(StoredEntry), company.count(Evidence)) == (1, 0)


def test_what_an_assessor_owes_comes_by_due_date_until_it_is_submitted(company: Company) -> None:
    first, second = company.review(POINTS, "3"), company.review(SCALE, "4")
    assert [row.id for row in answering.owed(company.context, company.id("R1"))] == [first, second]
    company.finishes("R1", first)
    assert [row.id for row in answering.owed(company.context, company.id("R1"))] == [second]
    assert answering.owed(company.context, company.id("E1")) == []


def test_a_review_is_not_walked_on_a_standard_whose_structure_changed(company: Company, tmp_path: Path) -> None:
    done, unfinished = company.review(POINTS, "3"), company.review(POINTS, "4")
    assessment_id = company.finishes("R1", done).row.assessment_id
    text = (STANDARDS / POINTS / "v2.yaml").read_text(encoding="utf-8")
    draft = tmp_path / "drafts" / POINTS / "v2.yaml"
    draft.parent.mkdir(parents=True)
    draft.write_text(text.replace("window_months: 18", "window_months: 12"), encoding="utf-8")
    context = company.restarted(Catalogue(tmp_path / "drafts"))
    for deed in (
        lambda: answering.open_review(context, R1, unfinished),
        lambda: answering.press(context, R1, Reference(unfinished, 0, 0), MET),
        lambda: results.of_assessment(context, OPERATOR, assessment_id),
    ):
        with refused("error-standard-changed"):
            deed()
    assert answering.open_review(company.context, R1, unfinished).screen is not None


def test_the_living_message_is_remembered(company: Company) -> None:
    review_id = company.review()
    answering.shown_in(company.context, review_id, 2**40)
    assert answering.open_review(company.context, R1, review_id).row.message_id == 2**40


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
        "因为…",
        "😀" * 999,
    )
    chance = Random(7)
    review_id = small_company.review()
    turn = answering.open_review(small_company.context, R1, review_id)
    acts = [*Act, Act.MARK, Act.ALL_MET, Act.RATE]  # what leads on comes up often enough to get somewhere
    for _ in range(600):
        before = turn
        turn = small_company.press("R1", turn, Action(chance.choice(acts), chance.choice(arguments)))
        assert (turn.screen == before.screen) == (turn.refusal is not None)
        assert small_company.count(StoredEntry) == turn.row.position.revision
    assert answering.open_review(small_company.context, R1, review_id).screen == turn.screen
    assert turn.row.position.frontier > 10


def test_a_stale_press_takes_the_review_it_shows_in_hand_and_a_question_back(company: Company) -> None:
    first = answering.open_review(company.context, R1, company.review())
    company.press("R1", first, MET)
    typed_answers.ask(company.context, R1, "appeal 1")
    again = company.press("R1", first, MET)
    who = joining.find(company.context, R1)
    assert who is not None
    assert (key_of(again), who.review_id, who.asked) == ("error-stale", first.row.id, "")
