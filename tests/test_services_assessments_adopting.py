"""Adopting another version: who would change, what new assessments are made by, and running ones that go over."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import yaml
from sqlalchemy import event

from qualify.adoption import Cause, Reason
from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.paths import STANDARDS
from qualify.services.assessments import adopting
from qualify.services.people import roles
from qualify.services.reviews import answering, submission
from qualify.standard import Catalogue
from qualify.storage import assessments as stored_assessments
from qualify.storage import reviews as stored_reviews
from qualify.storage.rows import rows
from qualify.storage.tables import Adoption, NoticeKind, StoredResult
from qualify.workflow import ReviewState
from tests.company import (
    ACCOUNTS,
    OPERATOR,
    POINTS,
    SCALE,
    Company,
    all_met,
    looked_up,
    meeting_before,
    reference,
    refused,
    titled,
    together,
)

pytest_plugins = ["tests.company_fixtures"]


def demanding(document: Any) -> None:
    """书面表达 at 4级 asks for one thing more."""
    _writing(document)["criteria"].append(
        {"id": "writing.4.4", "line": 4, "text": {"zh": "会写标书。", "en": "Writes bids."}}
    )


def lenient(document: Any) -> None:
    """书面表达 at 4级 asks for one thing less."""
    _writing(document)["criteria"].pop()


def renewed(document: Any) -> None:
    """书面表达 at 4级 asks for other things."""
    for criterion in _writing(document)["criteria"]:
        criterion["id"] += ".new"


def shorter(document: Any) -> None:
    """The first element at 4级 asks for one thing less."""
    document["modules"][0]["elements"][0]["levels"]["4"]["criteria"].pop()


def _writing(document: Any) -> Any:
    elements = [each for module in document["modules"] for each in module["elements"]]
    return next(each for each in elements if each["id"] == "writing")["levels"]["4"]


def released_next(company: Company, edit: Callable[[Any], None], standard: str = SCALE) -> None:
    """There is a version 3 as well: the second one, edited."""
    folder = company.folder / "standards"
    shutil.copytree(STANDARDS, folder)
    document = yaml.safe_load((folder / standard / "v2.yaml").read_text(encoding="utf-8"))
    document["version"] = 3
    edit(document)
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    (folder / standard / "v3.yaml").write_text(text, encoding="utf-8")
    company.context = company.restarted(Catalogue(folder))


def version_of(company: Company, assessment_id: int) -> int:
    return looked_up(company.context, assessment_id)[0].version


def assessment_of(company: Company, review_id: int, staff_no: str = "R1") -> int:
    return answering.shown(company.context, ACCOUNTS[staff_no], review_id).row.assessment_id


def last_unmet(screen: Screen) -> Action:
    """The last thing that 书面表达 asks for is not met, everything else is."""
    if screen.step.element != "writing" or screen.step.kind is not StepKind.CRITERION:
        return all_met(screen)
    return Action(Act.MARK, "not_met" if screen.step.key == "writing.4.3" else "met")


def test_new_assessments_are_made_by_the_version_adopted_from_its_day_on(company: Company) -> None:
    released_next(company, demanding)
    tomorrow = company.context.today() + timedelta(days=1)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    adopting.adopt(company.context, OPERATOR, SCALE, 3, tomorrow)
    before = assessment_of(company, company.opens(SCALE, "4")[0])
    company.clock.time += timedelta(days=1)
    after = assessment_of(company, company.opens(SCALE, "4", "E2")[0])
    assert (version_of(company, before), version_of(company, after)) == (2, 3)


def test_what_was_adopted_last_counts_so_that_the_earlier_version_undoes_it(small_company: Company) -> None:
    released_next(small_company, demanding)
    today = small_company.context.today()
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, today)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, today)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, today)
    assert version_of(small_company, assessment_of(small_company, *small_company.opens(SCALE, "4"))) == 2
    assert [line.action for line in small_company.lines(2)] == ["open", "adopt"]


def test_a_day_that_has_passed_and_a_version_in_force_anyway_are_refused(small_company: Company) -> None:
    released_next(small_company, demanding)
    today = small_company.context.today()
    with refused("error-adopt-past"):
        adopting.adopt(small_company.context, OPERATOR, SCALE, 2, today - timedelta(days=1))
    with refused("error-adopt-same"):
        adopting.adopt(small_company.context, OPERATOR, SCALE, 3, today)
    with refused("error-standard-version-unknown"):
        adopting.adopt(small_company.context, OPERATOR, SCALE, 4, today)
    with refused("error-forbidden"):
        adopting.adopt(small_company.context, small_company.actor("R1"), SCALE, 2, today)
    assert small_company.count(Adoption) == 0


def test_the_dry_run_names_who_would_change_from_what_to_what_and_why(company: Company) -> None:
    company.published(choose=last_unmet)
    company.published(subject="E2")
    released_next(company, lenient)
    found = adopting.dry_run(company.context, OPERATOR, SCALE, 3)
    assert (found.looked_at, found.unanswered, found.running) == (2, 0, 0)
    ((result, _, seen),) = found.affected
    assert (result.name, result.staff_no, result.level) == ("陈晨", "E1", "4")
    assert seen.after is not None
    assert seen.after.met - seen.before.met == 1
    assert seen.reasons == (Reason(Cause.CRITERIA, "writing", Decimal(3), Decimal(5)),)  # 2 of 3: 3; 2 of 2: 5


def test_the_dry_run_stores_nothing_and_is_for_administrators(small_company: Company) -> None:
    small_company.published(choose=last_unmet)
    released_next(small_company, lenient)
    before = small_company.cells()
    adopting.dry_run(small_company.context, OPERATOR, SCALE, 3)
    assert small_company.cells() == before
    with refused("error-forbidden"):
        adopting.dry_run(small_company.context, small_company.actor("R1"), SCALE, 3)


def test_only_the_current_result_of_people_who_are_here_counts(small_company: Company) -> None:
    """E1 was assessed again and now meets everything; nobody is left to change."""
    small_company.published(choose=last_unmet)
    small_company.published()
    released_next(small_company, lenient)
    found = adopting.dry_run(small_company.context, OPERATOR, SCALE, 3)
    assert (found.looked_at, found.affected) == (1, ())


def test_a_running_review_goes_over_on_the_day_and_keeps_what_was_given(company: Company) -> None:
    """All but the summary is done; what is new is asked, then the element's rating, then the summary again."""
    released_next(company, demanding)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    review_id = company.review()
    turn = company.walks("R1", review_id)
    assert turn.screen is not None
    given = turn.screen
    company.owed()
    adopting.adopt(company.context, OPERATOR, SCALE, 3, company.context.today() + timedelta(days=1), converts=True)
    assert adopting.convert_due(company.context) == 0
    company.clock.time += timedelta(days=1)
    adopting.convert_due(company.context)
    assert version_of(company, turn.row.assessment_id) == 3
    assert (NoticeKind.CONVERTED, "周明", review_id) in company.owed()
    turn = answering.open_review(company.context, ACCOUNTS["R1"], review_id)
    assert turn.screen is not None
    assert turn.screen.step.key == "writing.4.4"
    turn = company.press("R1", turn, Action(Act.MARK, "met"))
    assert turn.screen is not None
    assert (turn.screen.step.kind, turn.screen.step.element) == (StepKind.RATING, "writing")
    turn = company.press("R1", turn, all_met(turn.screen))
    assert turn.screen is not None
    assert turn.screen.step.kind is StepKind.SUMMARY
    assert [row.rating for row in turn.screen.rows] == [row.rating for row in given.rows]
    assert adopting.convert_due(company.context) == 0


def test_a_rating_that_was_carried_over_shows_at_once_where_all_that_it_was_given_for_is_asked_anew(
    small_company: Company,
) -> None:
    released_next(small_company, renewed)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    review_id = small_company.review()
    small_company.walks("R1", review_id)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, small_company.context.today(), converts=True)
    turn = answering.shown(small_company.context, ACCOUNTS["R1"], review_id)
    turn = small_company.press("R1", turn, Action(Act.ALL_MET))
    assert turn.screen is not None
    assert (turn.screen.step.kind, turn.screen.step.element) == (StepKind.RATING, "writing")
    assert turn.screen.rating is not None
    assert turn.screen == answering.shown(small_company.context, ACCOUNTS["R1"], review_id).screen


def test_many_running_reviews_go_over_part_by_part(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adopting, "A_PART", 2)
    released_next(company, demanding)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    numbers = [assessment_of(company, company.review()) for _ in range(3)]
    adopting.adopt(company.context, OPERATOR, SCALE, 3, company.context.today(), converts=True)
    assert [version_of(company, each) for each in numbers] == [3, 3, 2]
    assert adopting.convert_due(company.restarted(company.context.standards)) == 1
    assert [version_of(company, each) for each in numbers] == [3, 3, 3]
    assert adopting.convert_due(company.context) == 0
    with company.context.database.reading() as connection:
        adoption = rows(connection, Adoption)[-1]
    assert (adoption.converted_until, adoption.converted_at) == (numbers[-1], company.clock.time)


def test_those_whose_own_version_is_gone_stay_as_they_are_are_looked_at_once_and_hold_up_nobody(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adopting, "A_PART", 2)
    released_next(company, demanding)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    numbers = [assessment_of(company, company.review()) for _ in range(3)]
    with company.context.database.transaction() as connection:
        for each in numbers[:2]:
            stored_assessments.change(connection, each, structure="gone")
    adopting.adopt(company.context, OPERATOR, SCALE, 3, company.context.today() + timedelta(days=1), converts=True)
    company.clock.time += timedelta(days=1)
    assert [adopting.convert_due(company.context) for _ in range(3)] == [2, 1, 0]
    assert [looked_up(company.context, each)[0].version for each in numbers] == [2, 2, 3]


def test_two_processes_at_once_let_a_review_go_over_once(company: Company) -> None:
    released_next(company, demanding)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    assessment_of(company, company.review())
    adopting.adopt(company.context, OPERATOR, SCALE, 3, company.context.today() + timedelta(days=1), converts=True)
    company.clock.time += timedelta(days=1)
    with meeting_before(company.context, "UPDATE adoption"):
        looked_at = together(*(lambda: adopting.convert_due(company.context) for _ in range(2)))
    assert sorted(looked_at) == [0, 1]


def tomorrow_by_the_third(company: Company) -> None:
    """Reviews by the second version go over to the third one, whose day has come."""
    adopting.adopt(company.context, OPERATOR, SCALE, 3, company.context.today() + timedelta(days=1), converts=True)
    company.clock.time += timedelta(days=1)


def test_whose_last_review_comes_in_at_that_moment_stays_with_its_own_version(company: Company) -> None:
    released_next(company, demanding)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    turn = company.walks("R1", company.review())
    tomorrow_by_the_third(company)
    other, left = company.restarted(company.context.standards), [reference(turn)]

    def hand_in(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.startswith("UPDATE adoption") and left:
            submission.submit(other, ACCOUNTS["R1"], left.pop(), anyway=True)

    if company.context.database.is_embedded:  # has one writer at a time: whoever hands in comes first
        submission.submit(other, ACCOUNTS["R1"], left.pop(), anyway=True)
    event.listen(company.context.database.engine, "before_cursor_execute", hand_in)
    adopting.convert_due(company.context)
    assert not left
    assessment, _, ((review, _),) = looked_up(company.context, turn.row.assessment_id)
    assert (assessment.version, assessment.state, review.state) == (2, "published", "submitted")


def test_a_press_at_that_moment_is_kept_and_goes_over(company: Company) -> None:
    released_next(company, demanding)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    turn = answering.open_review(company.context, ACCOUNTS["R1"], company.review())
    turn = company.press("R1", turn, Action(Act.MARK, "met"))
    tomorrow_by_the_third(company)
    other, left = company.restarted(company.context.standards), [reference(turn)]

    def press(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.startswith("INSERT INTO entry") and left:
            answering.press(other, ACCOUNTS["R1"], left.pop(), Action(Act.MARK, "not_met"))

    if company.context.database.is_embedded:  # has one writer at a time: whoever presses comes first
        answering.press(other, ACCOUNTS["R1"], left.pop(), Action(Act.MARK, "not_met"))
    event.listen(company.context.database.engine, "before_cursor_execute", press)
    assert adopting.convert_due(company.context) == 1
    shown = answering.shown(company.context, ACCOUNTS["R1"], turn.row.id)
    assert shown.screen is not None
    assert (version_of(company, turn.row.assessment_id), shown.screen.position.revision) == (3, 3)
    assert [line.mark for line in shown.screen.lines[:2]] == ["met", "not_met"]


def test_a_first_press_at_that_moment_answers_nothing_by_the_version_that_was(company: Company) -> None:
    """What is on the screen is no step of the other version: it is shown as that has it."""
    released_next(company, shorter)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    turn = answering.open_review(company.context, ACCOUNTS["R1"], company.review())
    tomorrow_by_the_third(company)
    other, left = company.restarted(company.context.standards), [1]

    def convert(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.startswith(("INSERT INTO entry", "SELECT assessment.")) and left:
            left.clear()
            adopting.convert_due(other)

    if company.context.database.is_embedded:  # has one writer at a time
        left.clear()
        adopting.convert_due(other)
    event.listen(company.context.database.engine, "before_cursor_execute", convert)
    turn = company.press("R1", turn, Action(Act.ALL_MET))
    assert version_of(company, turn.row.assessment_id) == 3
    assert turn.screen == answering.shown(company.context, ACCOUNTS["R1"], turn.row.id).screen
    assert turn.screen is not None
    assert turn.screen.step.kind in {StepKind.CRITERION, StepKind.RATING}
    assert turn.plan.standard.version == 3


def test_a_version_that_is_gone_holds_up_nothing_and_is_waited_for(small_company: Company) -> None:
    released_next(small_company, demanding)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    number = assessment_of(small_company, small_company.review())
    tomorrow_by_the_third(small_company)
    assert adopting.convert_due(small_company.restarted()) == 0
    assert adopting.convert_due(small_company.context) == 1
    assert version_of(small_company, number) == 3


def test_one_that_meets_a_fault_of_ours_stays_as_it_was_and_holds_up_no_other(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    released_next(company, demanding)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    reviews = [company.review() for _ in range(3)]
    for each in reviews:
        company.press("R1", answering.open_review(company.context, ACCOUNTS["R1"], each), Action(Act.MARK, "met"))
    numbers = [assessment_of(company, each) for each in reviews]
    tomorrow_by_the_third(company)
    whole, looked_at = adopting.carry_over, iter(reviews)

    def carry_over(*given: Any) -> Any:
        if next(looked_at) == reviews[1]:
            raise ZeroDivisionError
        return whole(*given)

    monkeypatch.setattr(adopting, "carry_over", carry_over)
    assert adopting.convert_due(company.context) == 3
    assert [version_of(company, each) for each in numbers] == [3, 2, 3]
    assert f"assessment {numbers[1]} can't go over to version 3" in caplog.text
    assert adopting.convert_due(company.context) == 0


def test_a_submitted_review_is_opened_again_only_where_something_is_to_answer(company: Company) -> None:
    released_next(company, demanding)
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today())
    first, _ = company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    assessment_id = company.finishes("R1", first).row.assessment_id
    adopting.adopt(company.context, OPERATOR, SCALE, 3, company.context.today(), converts=True)
    assessment, _, assigned = looked_up(company.context, assessment_id)
    assert assessment.version == 3
    assert [review.state for review, _ in assigned] == [ReviewState.OPEN, ReviewState.OPEN]
    adopting.adopt(company.context, OPERATOR, SCALE, 2, company.context.today(), converts=True)
    company.finishes("R1", first)
    released = looked_up(company.context, assessment_id)
    assert released[0].version == 2
    assert [review.state for review, _ in released[2]] == [ReviewState.SUBMITTED, ReviewState.OPEN]


def test_what_was_adopted_instead_before_the_day_came_converts_nothing(small_company: Company) -> None:
    released_next(small_company, demanding)
    today = small_company.context.today()
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, today)
    assessment_id = assessment_of(small_company, small_company.review())
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, today + timedelta(days=1), converts=True)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, today + timedelta(days=1))
    small_company.clock.time += timedelta(days=1)
    assert adopting.convert_due(small_company.context) == 0
    assert version_of(small_company, assessment_id) == 2


def test_a_submitted_review_that_answers_everything_stays_submitted_and_hears_nothing(small_company: Company) -> None:
    released_next(small_company, lenient)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    first, _ = small_company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    assessment_id = small_company.finishes("R1", first).row.assessment_id
    small_company.owed()
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, small_company.context.today(), converts=True)
    assessment, _, assigned = looked_up(small_company.context, assessment_id)
    assert (assessment.version, assigned[0][0].state) == (3, ReviewState.SUBMITTED)
    assert small_company.owed() == []


def test_cases_that_were_listed_to_their_end_are_not_asked_again(small_company: Company) -> None:
    def renamed(document: Any) -> None:
        document["name"]["zh"] += "（修订）"

    released_next(small_company, renamed, POINTS)
    today = small_company.context.today()
    adopting.adopt(small_company.context, OPERATOR, POINTS, 2, today)
    first, _ = small_company.opens(POINTS, "4", assessors=("R1", "R2"), sign_off=True)
    assessment_id = small_company.finishes("R1", first, titled("跨省割接复盘")).row.assessment_id
    adopting.adopt(small_company.context, OPERATOR, POINTS, 3, today, converts=True)
    assessment, _, assigned = looked_up(small_company.context, assessment_id)
    assert (assessment.version, assigned[0][0].state) == (3, ReviewState.SUBMITTED)


def test_whose_answers_suggest_another_rating_by_the_version_is_told_though_nothing_new_is_asked(
    small_company: Company,
) -> None:
    released_next(small_company, lenient)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    first, _ = small_company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    assessment_id = small_company.finishes("R1", first, last_unmet).row.assessment_id
    small_company.owed()
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, small_company.context.today(), converts=True)
    _, _, assigned = looked_up(small_company.context, assessment_id)
    assert assigned[0][0].state == ReviewState.OPEN
    assert small_company.owed() == [(NoticeKind.CONVERTED, "周明", first)]


def test_who_has_still_much_to_answer_but_nothing_new_hears_nothing(small_company: Company) -> None:
    """One criterion is answered; the version drops another one."""
    released_next(small_company, lenient)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    turn = answering.open_review(small_company.context, ACCOUNTS["R1"], small_company.review())
    small_company.press("R1", turn, Action(Act.MARK, "met"))
    small_company.owed()
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, small_company.context.today(), converts=True)
    assert version_of(small_company, turn.row.assessment_id) == 3
    assert small_company.owed() == []


def test_a_review_that_is_open_anyway_is_due_when_it_was(small_company: Company) -> None:
    released_next(small_company, demanding)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    turn = answering.open_review(small_company.context, ACCOUNTS["R1"], small_company.review())
    small_company.press("R1", turn, Action(Act.MARK, "met"))
    small_company.clock.time += timedelta(days=5)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, small_company.context.today(), converts=True)
    assessment, _, ((review, _),) = looked_up(small_company.context, turn.row.assessment_id)
    assert (assessment.version, assessment.due_date, review.state) == (3, turn.row.due_date, ReviewState.OPEN)


def test_a_review_that_is_opened_again_has_a_week_at_least_and_one_taken_back_hears_nothing(
    small_company: Company,
) -> None:
    released_next(small_company, demanding)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    first, second = small_company.opens(SCALE, "4", assessors=("R1", "R2"), sign_off=True)
    answering.press(
        small_company.context,
        ACCOUNTS["R2"],
        reference(answering.open_review(small_company.context, ACCOUNTS["R2"], second)),
        Action(Act.MARK, "met"),
    )
    with small_company.context.database.transaction() as connection:
        stored_reviews.change(connection, second, state=ReviewState.WITHDRAWN)
    small_company.opens(SCALE, "4", "E2")
    walked = small_company.walks("R1", first)
    with small_company.context.database.transaction() as connection:
        stored_reviews.change(connection, first, state=ReviewState.SUBMITTED)
    small_company.clock.time += timedelta(days=5)
    small_company.owed()
    today = small_company.context.today()
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, today, converts=True)
    assessment, _, _ = looked_up(small_company.context, walked.row.assessment_id)
    assert assessment.due_date == today + timedelta(days=7)
    assert [each for each in small_company.owed() if each[0] == NoticeKind.CONVERTED] == [
        (NoticeKind.CONVERTED, "周明", first)
    ]


def test_an_assessment_whose_level_the_version_does_not_have_stays_with_its_own(small_company: Company) -> None:
    def without_the_lowest(document: Any) -> None:
        document["levels"] = [level for level in document["levels"] if level["id"] != "4"]
        for module in document["modules"]:
            for element in module["elements"]:
                element.get("levels", {}).pop("4", None)

    released_next(small_company, without_the_lowest)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    assessment_id = assessment_of(small_company, small_company.review())
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, small_company.context.today(), converts=True)
    assert version_of(small_company, assessment_id) == 2


def test_who_left_is_in_no_dry_run(small_company: Company) -> None:
    small_company.published(choose=last_unmet)
    released_next(small_company, lenient)
    roles.set_active(small_company.context, OPERATOR, "E1", active=False)
    assert adopting.dry_run(small_company.context, OPERATOR, SCALE, 3).looked_at == 0


def test_results_stay_what_they_are(small_company: Company) -> None:
    small_company.published(choose=last_unmet)
    released_next(small_company, lenient)
    adopting.adopt(small_company.context, OPERATOR, SCALE, 2, small_company.context.today())
    before = [cell for cell in small_company.cells() if cell[0] == StoredResult.__tablename__]
    adopting.adopt(small_company.context, OPERATOR, SCALE, 3, small_company.context.today(), converts=True)
    assert [cell for cell in small_company.cells() if cell[0] == StoredResult.__tablename__] == before
