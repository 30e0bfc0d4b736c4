"""Submitting a review, alone and with others: scored once, when the last one is in, with every reason."""

from datetime import date
from decimal import Decimal

from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.reporting.charting import draw
from qualify.reporting.wording import explained
from qualify.services.assessments import results
from qualify.services.imports import score_list
from qualify.services.reviews import answering, submission
from qualify.storage.tables import StoredEntry, StoredResult
from qualify.workflow import ReviewState
from tests.company import (
    ACCOUNTS,
    ON_SQLITE,
    OPERATOR,
    POINTS,
    SCALE,
    Company,
    all_met,
    key_of,
    looked_up,
    meeting_before,
    reference,
    refused,
    together,
)

pytest_plugins = ["tests.company_fixtures"]
R1, R2 = ACCOUNTS["R1"], ACCOUNTS["R2"]
ALL_MET = [*[5] * 8, *[6] * 4, *[5] * 6]  # full marks in the four examinations
REASON = "客户当面确认过"


def with_faults(screen: Screen) -> Action:
    """All met but for the very first criterion; the second element is marked down; no cases."""
    match screen.step.kind:
        case StepKind.CRITERION if screen.step.index == 0:
            return Action(Act.MARK, "not_met")
        case StepKind.RATING if screen.number == 2:
            return Action(Act.RATE, "4")
        case StepKind.REASON:
            return Action(Act.TEXT, REASON)
        case StepKind.CASES:
            return Action(Act.DONE)
        case _:
            return all_met(screen)


def test_a_review_by_points_leads_to_its_total_its_grade_and_the_reasons_for_both(company: Company) -> None:
    table = f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,84,2026-10-01\nE1,{POINTS},product,402,2026-10-01\n"
    score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", table))
    turn = company.finishes("R1", company.review(POINTS, "3"), with_faults)
    assert (turn.screen, turn.refusal, turn.row.state) == (None, None, ReviewState.SUBMITTED)
    shown = results.of_assessment(company.context, OPERATOR, turn.row.assessment_id)
    assert shown.result.total == Decimal("93.5")  # 100, −0.5 for 6 of 7 criteria, −1 by hand, −5 without a case
    assert (shown.result.grade, shown.result.granted) == ("professional", True)
    assert shown.result.composite == Decimal("82.2")
    lines = "\n".join(explained(shown, "zh-CN").lines())
    for figure in ("93.5", "82.2", "4.5", REASON):
        assert figure in lines
    assert draw(shown, "zh-CN", "light").startswith(b"\x89PNG")


@ON_SQLITE
def test_scores_after_the_application_are_neither_offered_nor_counted(company: Company) -> None:
    exams = [element for element in company.context.standards.get(SCALE).elements_at("4") if element.kind == "exam"]
    listed = [(subject.id, "80", "2026-11-20") for element in exams for subject in element.subjects]
    listed += [(subject, "95", "2026-11-21") for subject, _, _ in listed]  # the application is of the 20th
    table = "工号,标准,科目,成绩,考试日期\n" + "\n".join(f"E1,{SCALE},{','.join(line)}" for line in listed)
    score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", table))
    turn = answering.open_review(company.context, R1, company.review())
    while turn.screen is not None and turn.screen.step.kind is not StepKind.SCORE:
        turn = company.press("R1", turn, all_met(turn.screen))
    assert {(each.score, each.taken_on) for each in turn.known.scores} == {(80, date(2026, 11, 20))}


@ON_SQLITE
def test_a_score_that_differs_from_the_examinations_list_is_a_conflict(company: Company) -> None:
    exam = next(each for each in company.context.standards.get(SCALE).elements_at("4") if each.kind == "exam")
    subject = exam.subjects[0].id
    table = f"工号,标准,科目,成绩,考试日期\nE1,{SCALE},{subject},10,2026-11-01\n"
    score_list.import_scores(company.context, OPERATOR, company.file("scores.csv", table))
    turn = company.finishes("R1", company.review())  # full marks in every examination
    result = results.of_assessment(company.context, OPERATOR, turn.row.assessment_id).result
    assert [(each.subject, each.scores) for each in result.conflicts] == [(subject, (10, 100))]


@ON_SQLITE
def test_a_review_on_the_scale_leads_to_a_rating_for_each_item_with_its_reason(company: Company) -> None:
    turn = company.finishes("R1", company.review(SCALE, "4"), with_faults)
    shown = results.of_assessment(company.context, OPERATOR, turn.row.assessment_id)
    assert [element.rating for element in shown.result.elements] == [3, 4, *ALL_MET[2:]]
    assert shown.result.total is None
    assert explained(shown, "en").elements.keys() == {element.id for element in shown.result.elements}
    assert REASON in "\n".join(explained(shown, "en").lines())
    assert shown.stored.structure == looked_up(company.context, turn.row.assessment_id)[0].structure


@ON_SQLITE
def test_a_review_that_is_not_finished_can_not_be_submitted(company: Company) -> None:
    review_id = company.review()
    turn = answering.open_review(company.context, R1, review_id)
    assert key_of(submission.submit(company.context, R1, reference(turn))) == "error-not-here"
    overview = company.press("R1", turn, Action(Act.OVERVIEW))
    assert key_of(submission.submit(company.context, R1, reference(overview))) == "error-incomplete"
    assert company.count(StoredResult) == 0


@ON_SQLITE
def test_a_rating_without_its_reason_is_not_smuggled_past_the_summary(company: Company) -> None:
    turn = company.walks("R1", company.review())
    turn = company.press("R1", turn, Action(Act.JUMP, "0"))
    while turn.screen is not None and turn.screen.step.kind is not StepKind.RATING:
        turn = company.press("R1", turn, Action(Act.FORWARD))
    turn = company.press("R1", turn, Action(Act.RATE, "2"))
    turn = company.press("R1", turn, Action(Act.OVERVIEW))
    turn = company.press("R1", turn, Action(Act.JUMP, "5"))
    assert key_of(submission.submit(company.context, R1, reference(turn))) == "error-not-here"
    turn = company.press("R1", turn, Action(Act.RESUME))
    assert key_of(submission.submit(company.context, R1, reference(turn))) == "error-incomplete"
    assert company.count(StoredResult) == 0


def doubtful(screen: Screen) -> Action:
    """All met but that a key condition was not observed; a case outside the window."""
    if screen.criterion is not None and screen.criterion.key:
        return Action(Act.MARK, "not_observed")
    if screen.step.kind is StepKind.CASES and not screen.cases:
        return Action(Act.TEXT, "2024-01-15 老案例")
    return all_met(screen)


def test_a_review_with_a_warning_asks_once_before_it_is_handed_in(company: Company) -> None:
    end = company.walks("R1", company.review(POINTS, "4"), doubtful)
    for look in (submission.submit, submission.handed_in):  # the press, and the same delivered again
        turn = look(company.context, R1, reference(end))
        assert (turn.asks, turn.row.state) == (True, ReviewState.OPEN)
        assert turn.screen is not None
        assert turn.screen.outlook is not None
        assert [each.criterion.id for each in turn.screen.outlook.unmet] == ["project-planning.4.1"]
        assert [case.title for case in turn.screen.outlook.outside] == ["老案例"]
    assert company.count(StoredResult) == 0
    turn = submission.submit(company.context, R1, reference(end), anyway=True)
    assert (turn.asks, turn.row.state, company.count(StoredResult)) == (False, ReviewState.SUBMITTED, 1)


def test_a_submitted_review_takes_no_press_no_text_and_no_second_submission(company: Company) -> None:
    end = company.walks("R1", company.review())
    entries = company.count(StoredEntry)
    for expected in (None, "error-stale"):
        turn = submission.submit(company.context, R1, reference(end))
        assert (turn.screen, key_of(turn)) == (None, expected)
    assert key_of(company.press("R1", end, Action(Act.JUMP, "0"))) == "error-stale"
    assert answering.write(company.context, R1, "好") is None
    assert (company.count(StoredEntry), company.count(StoredResult)) == (entries + 1, 1)


def test_of_a_press_and_a_submission_at_once_one_counts(company: Company) -> None:
    end = company.walks("R1", company.review())
    with meeting_before(company.context, "INSERT INTO entry"):
        turns = together(
            lambda: submission.submit(company.context, R1, reference(end)),
            lambda: company.press("R1", end, Action(Act.JUMP, "0")),
        )
    assert sorted(str(key_of(turn)) for turn in turns) == ["None", "error-stale"]
    assert company.count(StoredResult) == (1 if turns[0].refusal is None else 0)


def test_two_submissions_of_one_review_at_once_score_once(company: Company) -> None:
    end = company.walks("R1", company.review())
    with meeting_before(company.context, "SELECT assessment."):
        turns = together(*[lambda: submission.submit(company.context, R1, reference(end))] * 2)
    assert sorted(str(key_of(turn)) for turn in turns) == ["None", "error-stale"]
    assert company.count(StoredResult) == 1


def test_nothing_of_one_assessor_is_seen_by_the_other_until_both_are_in(company: Company) -> None:
    first, second = company.opens(SCALE, "4", assessors=("R1", "R2"))
    turn = company.finishes("R1", first, with_faults)
    with refused("error-assessment-without-result"):
        results.of_assessment(company.context, OPERATOR, turn.row.assessment_id)
    assert company.count(StoredResult) == 0
    other = company.walks("R2", second)
    assert other.screen is not None
    assert [row.rating for row in other.screen.rows] == ALL_MET
    submission.submit(company.context, R2, reference(other))
    shown = results.of_assessment(company.context, OPERATOR, turn.row.assessment_id)
    assert [element.rating for element in shown.result.elements][:3] == [4, Decimal("4.5"), 5]
    assert [review.assessor for review in shown.result.elements[0].reviews] == ["周明", "吴倩"]


def test_two_last_submissions_at_once_score_once(company: Company) -> None:
    ids = company.opens(SCALE, "4", assessors=("R1", "R2"))
    ends = [company.walks(staff_no, review_id) for staff_no, review_id in zip(("R1", "R2"), ids, strict=True)]
    with meeting_before(company.context, "SELECT assessment."):
        together(
            lambda: submission.submit(company.context, R1, reference(ends[0])),
            lambda: submission.submit(company.context, R2, reference(ends[1])),
        )
    assert company.count(StoredResult) == 1
    shown = results.of_assessment(company.context, OPERATOR, ends[0].row.assessment_id)
    assert shown.assessors == 2
