"""What a day or a list brings along for many assessments is done a part at a time, to its end, each once."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.errors import Busy
from qualify.services import Context, upkeep
from qualify.services.assessments import amendments, appeals, corrections, lifecycle, results, sign_off
from qualify.services.assessments.lifecycle import Held
from qualify.services.authorization import Actor, UnitOfWork
from qualify.services.imports import score_list
from qualify.storage.rescorings import MOST_TRIES
from qualify.storage.rows import rows
from qualify.storage.tables import Rescoring, StoredResult
from qualify.workflow import AssessmentState
from tests.company import OPERATOR, SCALE, Company, all_met, meeting_before, together

pytest_plugins = ["tests.company_fixtures"]
SKILLS = "role-skills"
"""An exam element of level 4."""


@pytest.fixture
def parts_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two assessments are a part."""
    monkeypatch.setattr(corrections, "A_PART", 2)
    monkeypatch.setattr(lifecycle, "A_PART", 2)


def untaken(screen: Screen) -> Action:
    """Everything met, and no score in the skills."""
    asks_skills = screen.step.kind is StepKind.SCORE and screen.step.element == SKILLS
    return Action(Act.NOT_TAKEN) if asks_skills else all_met(screen)


def waiting(company: Company, count: int = 3) -> list[int]:
    """Published results of so many assessments, which all wait to be corrected after A1's list."""
    made = [company.published(choose=untaken) for _ in range(count)]
    listed(company)
    return made


def listed(company: Company, score: int = 85, by: Actor | None = None) -> None:
    """A list, A1's unless it is somebody else's, with a score of E1 in each subject of the skills."""
    lines = [f"E1,{SCALE},{subject},{score},2026-11-01" for subject in ("computing", "documents", "english")]
    file = company.file("late.csv", "\n".join(["工号,标准,科目,成绩,考试日期", *lines]))
    score_list.import_scores(company.context, by or company.actor("A1"), file)


def corrected(company: Company) -> set[int | None]:
    """The results that a newer one replaces."""
    with company.context.database.reading() as connection:
        return {each.replaces_id for each in rows(connection, StoredResult)} - {None}


@pytest.mark.usefixtures("parts_of_two")
def test_results_that_a_list_changes_are_corrected_part_by_part_in_the_name_of_whose_list_it_was(
    company: Company,
) -> None:
    first, second, third = waiting(company)
    assert corrected(company) == set()
    assert upkeep.do_part(company.context)
    assert corrected(company) == {first, second}
    died = company.restarted()
    assert upkeep.do_part(died)
    assert corrected(company) == {first, second, third}
    assert not upkeep.do_part(died)
    assert {(line.action, line.person_id) for line in company.lines(3)} == {("correct", company.id("A1"))}
    assert company.count(Rescoring) == 0


@pytest.mark.usefixtures("parts_of_two")
def test_what_was_returned_meanwhile_is_scored_when_it_is_in(company: Company) -> None:
    reviewed = [company.reviewed(choose=untaken) for _ in range(3)]
    listed(company)
    sign_off.return_to(company.context, OPERATOR, reviewed[0], "再看一遍")
    upkeep.finish(company.context)
    with company.context.database.reading() as connection:
        made = [each.assessment_id for each in rows(connection, StoredResult)]
    assert sorted(made) == sorted([*reviewed, *reviewed[1:]])
    assert company.count(Rescoring) == 0, "nor does it wait any longer"


@pytest.mark.usefixtures("parts_of_two")
def test_what_was_withdrawn_meanwhile_or_whose_standard_is_gone_stays_as_it_is_and_nothing_is_amiss(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    reviewed = [company.reviewed(choose=untaken) for _ in range(4)]
    listed(company)
    amendments.withdraw(company.context, OPERATOR, reviewed[0], "不再需要")
    upkeep.do_part(company.context)
    monkeypatch.setattr(Context, "has_standard", lambda *_: False)
    upkeep.finish(company.context)
    with company.context.database.reading() as connection:
        made = [each.assessment_id for each in rows(connection, StoredResult)]
    assert sorted(made) == sorted([*reviewed, reviewed[1]])
    assert (company.count(Rescoring), caplog.records) == (0, [])


@pytest.mark.usefixtures("parts_of_two")
def test_as_many_as_a_part_are_corrected_at_once_and_more_wake_who_does_the_upkeep(company: Company) -> None:
    woken: list[int] = []
    made = waiting(company, 2)
    assert corrected(company) == set(made)
    made = waiting(company, 3)
    company.owed()
    company.context.database.due_listeners.append(lambda: woken.append(company.count(Rescoring)))
    listed(company, 86)
    assert woken == [5]


@pytest.mark.usefixtures("parts_of_two")
def test_those_that_meet_a_fault_of_ours_let_the_others_go_first(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    *broken, last = waiting(company, 3)
    of = {results.seen_by(company.context, company.id("E1"), each).stored.assessment_id for each in broken}

    def rescore(work: UnitOfWork, file: Held) -> int | None:
        if file.assessment.id in of:
            raise ZeroDivisionError
        return whole(work, file)

    whole: Callable[[UnitOfWork, Held], int | None] = corrections.rescore
    monkeypatch.setattr(corrections, "rescore", rescore)
    for _ in range(2):
        upkeep.do_part(company.context)
    assert corrected(company) == {last}


@pytest.mark.usefixtures("parts_of_two")
def test_what_a_list_of_the_command_line_changes_is_done_in_its_name(company: Company) -> None:
    for _ in range(3):
        company.published(choose=untaken)
    listed(company, by=OPERATOR)
    upkeep.finish(company.context)
    assert [(line.action, line.operator) for line in company.lines(3)] == [("correct", OPERATOR.operator)] * 3


@pytest.mark.usefixtures("parts_of_two")
def test_one_that_meets_a_fault_of_ours_holds_up_no_other_and_is_tried_again_after_the_next_list(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, *others = waiting(company)
    broken = results.seen_by(company.context, company.id("E1"), first).stored.assessment_id

    def rescore(work: UnitOfWork, file: Held) -> int | None:
        if file.assessment.id == broken:
            raise ZeroDivisionError
        return whole(work, file)

    whole: Callable[[UnitOfWork, Held], int | None] = corrections.rescore
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(corrections, "rescore", rescore)
        upkeep.finish(company.context)
    assert corrected(company) == set(others)
    assert [record.message for record in caplog.records] == [f"assessment {broken} can't be scored again"] * MOST_TRIES
    upkeep.finish(company.context)
    assert corrected(company) == set(others), "it isn't tried without end"
    listed(company, 86)
    upkeep.finish(company.context)
    assert first in corrected(company)


@pytest.mark.usefixtures("parts_of_two")
def test_a_database_that_is_busy_is_no_fault_of_ours(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    made = waiting(company)

    def busy(*_: object) -> None:
        raise Busy("error-database-busy")

    with monkeypatch.context() as patched:
        patched.setattr(corrections, "rescore", busy)
        with pytest.raises(Busy):
            upkeep.do_part(company.context)
    with company.context.database.reading() as connection:
        assert {each.failed for each in rows(connection, Rescoring)} == {0}
    upkeep.finish(company.context)
    assert corrected(company) == set(made)


@pytest.mark.usefixtures("parts_of_two")
def test_two_processes_at_once_score_each_again_once(company: Company) -> None:
    made = waiting(company)
    with meeting_before(company.context, "SELECT rescoring."):
        together(*(lambda: upkeep.finish(company.context) for _ in range(2)))
    assert corrected(company) == set(made)
    assert company.count(StoredResult) == 2 * len(made)


@pytest.mark.usefixtures("parts_of_two")
def test_results_that_are_no_longer_valid_end_part_by_part(company: Company) -> None:
    made = [company.reviewed() for _ in range(3)]
    for each in made:
        sign_off.sign_off(company.context, OPERATOR, each)
        sign_off.publish(company.context, OPERATOR, each)
    company.clock.time += timedelta(days=3650)
    ended = []
    while upkeep.do_part(company.context):
        ended.append([company.state(each) for each in made].count(AssessmentState.EXPIRED))
    assert ended == [2, 3]
    said = [(line.action, line.record_id, line.operator) for line in company.lines(3)]
    assert sorted(said) == [("expire", each, lifecycle.PROGRAM.operator) for each in made]
    with company.context.database.reading() as connection:
        assert all(each.expired for each in rows(connection, StoredResult)), "nobody looks for them again"


@pytest.mark.usefixtures("parts_of_two")
def test_appeals_that_wait_keep_no_other_result_from_its_end(company: Company) -> None:
    first, second, third = (company.reviewed() for _ in range(3))
    for each in (first, second, third):
        sign_off.sign_off(company.context, OPERATOR, each)
        result_id = sign_off.publish(company.context, OPERATOR, each)
        if each != third:
            appeals.appeal(company.context, company.actor("E1"), result_id, "漏看了一项")
    company.clock.time += timedelta(days=3650)
    upkeep.finish(company.context)
    states = [company.state(each) for each in (first, second, third)]
    assert states == [AssessmentState.APPEALED, AssessmentState.APPEALED, AssessmentState.EXPIRED]
