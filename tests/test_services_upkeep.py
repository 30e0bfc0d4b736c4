"""What a day or a list brings along for many assessments is done a part at a time, to its end, each once."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event

from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.errors import Busy
from qualify.services import Context, upkeep
from qualify.services.assessments import amendments, appeals, corrections, lifecycle, results, sign_off
from qualify.services.assessments.lifecycle import Held
from qualify.services.authorization import Actor, UnitOfWork
from qualify.services.imports import score_list
from qualify.services.notices.faults import STAYS, found, pause_after
from qualify.storage import assessments
from qualify.storage.faults import FaultCounts
from qualify.storage.rows import rows
from qualify.storage.tables import Notice, NoticeKind, Rescoring, StoredResult
from qualify.workflow import AssessmentState
from tests.company import OPERATOR, SCALE, Company, all_met, meeting_before, refused, together

pytest_plugins = ["tests.company_fixtures"]
ON_POSTGRESQL = pytest.mark.parametrize(
    "company", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
"""For locks of rows: SQLite has one writer at a time."""
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


def hurry(connection: Connection) -> None:
    """Wait for no lock of PostgreSQL for long."""
    connection.exec_driver_sql("SET LOCAL lock_timeout = 50")


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
def test_one_that_meets_a_fault_of_ours_holds_up_no_other_and_is_tried_again_ever_more_rarely(
    company: Company, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, *others = waiting(company)
    broken = results.seen_by(company.context, company.id("E1"), first).stored.assessment_id

    def rescore(work: UnitOfWork, file: Held) -> int | None:
        if file.assessment.id == broken:
            raise ZeroDivisionError
        return whole(work, file)

    whole: Callable[[UnitOfWork, Held], int | None] = corrections.rescore
    upkeep_of = company.restarted()
    company.owed()
    with monkeypatch.context() as patched, caplog.at_level(logging.ERROR):
        patched.setattr(corrections, "rescore", rescore)
        for failures in range(1, STAYS + 1):
            assert not [kind for kind, _, _ in company.owed() if kind == NoticeKind.FAULT]
            upkeep.finish(upkeep_of)
            company.clock.time += pause_after(failures) - timedelta(seconds=1)
            upkeep.finish(upkeep_of)
            assert len(caplog.records) == failures, "not before its time"
            company.clock.time += timedelta(seconds=1)
    assert {record.message for record in caplog.records} == {f"assessment {broken} can't be scored again"}
    assert corrected(company) == set(others)
    notice = Notice(person_id=company.id("A1"), kind=NoticeKind.FAULT, reference=1)
    assert found(company.context, notice) == FaultCounts(rescoring=1)
    assert [name for kind, name, _ in company.owed() if kind == NoticeKind.FAULT] == ["林雪"]
    upkeep.finish(upkeep_of)
    assert first in corrected(company)
    assert found(company.context, notice) is None


@pytest.mark.usefixtures("parts_of_two")
def test_what_is_about_to_be_scored_again_is_neither_signed_nor_published(company: Company) -> None:
    reviewed, signed, _ = [company.reviewed(choose=untaken) for _ in range(3)]
    sign_off.sign_off(company.context, OPERATOR, signed)
    listed(company)
    with refused("error-rescoring"):
        sign_off.sign_off(company.context, OPERATOR, reviewed)
    with refused("error-rescoring"):
        sign_off.publish(company.context, OPERATOR, signed)
    assert sign_off.publish_signed(company.context, OPERATOR) == 0
    upkeep.finish(company.context)
    sign_off.sign_off(company.context, OPERATOR, reviewed)
    assert sign_off.publish_signed(company.context, OPERATOR) == 1


@pytest.mark.usefixtures("parts_of_two")
def test_a_database_that_is_busy_is_no_fault_of_ours(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    made = waiting(company)

    def busy(*_: object) -> None:
        raise Busy("error-database-busy")

    with monkeypatch.context() as patched:
        patched.setattr(corrections, "rescore", busy)
        with pytest.raises(Busy):
            upkeep.do_part(company.context)
        upkeep.finish(company.context)  # the command line's deed is done all the same
    with company.context.database.reading() as connection:
        assert {each.failed for each in rows(connection, Rescoring)} == {0}
    upkeep.finish(company.context)
    assert corrected(company) == set(made)


@pytest.mark.usefixtures("parts_of_two")
@ON_POSTGRESQL
def test_a_lock_that_somebody_holds_for_long_is_no_fault_of_ours(company: Company) -> None:
    made = waiting(company)
    with company.context.database.reading() as connection:
        locked = rows(connection, Rescoring)[0].assessment_id
    event.listen(company.context.database.engine, "begin", hurry)
    with company.restarted().database.transaction() as connection:
        assessments.get(connection, locked, lock=True)
        with pytest.raises(Busy):
            upkeep.do_part(company.context)
    with company.context.database.reading() as connection:
        assert {each.failed for each in rows(connection, Rescoring)} == {0}
    upkeep.finish(company.context)
    assert corrected(company) == set(made)


@pytest.mark.usefixtures("parts_of_two")
@ON_POSTGRESQL
def test_no_assessment_stays_locked_while_others_are_scored_again(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever locks several in another order, as a list of very many people does, can't meet it in a deadlock."""
    made = waiting(company)
    held_before: list[int] = []
    whole: Callable[[UnitOfWork, Held], int | None] = corrections.rescore
    other = company.restarted()

    def rescore(work: UnitOfWork, file: Held) -> int | None:
        with other.database.transaction() as connection:
            for each in held_before:
                assessments.get(connection, each, lock=True)
        held_before.append(file.assessment.id)
        return whole(work, file)

    event.listen(other.database.engine, "begin", hurry)
    monkeypatch.setattr(corrections, "rescore", rescore)
    upkeep.finish(company.context)
    assert corrected(company) == set(made)
    assert len(held_before) == len(made)


def test_a_list_of_very_many_people_locks_their_assessments_in_the_order_in_which_a_part_of_them_is_locked(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [company.reviewed(subject="E2"), company.reviewed(subject="E1")]
    monkeypatch.setattr("qualify.storage.rows.MOST_VALUES", 1)
    with company.context.database.transaction() as connection:
        concerned = assessments.concerned(connection, [company.id("E1"), company.id("E2")], [SCALE])
    assert [each.id for each in concerned] == made


@pytest.mark.usefixtures("parts_of_two")
def test_two_processes_at_once_score_each_again_once(company: Company) -> None:
    made = waiting(company)
    with meeting_before(company.context, "SELECT rescoring."):
        together(*(lambda: upkeep.finish(company.context) for _ in range(2)))
    assert corrected(company) == set(made)
    assert company.count(StoredResult) == 2 * len(made)


@pytest.mark.usefixtures("parts_of_two")
def test_what_a_list_changed_the_day_before_is_corrected_before_it_ends(company: Company) -> None:
    made = waiting(company)
    company.clock.time += timedelta(days=3650)
    upkeep.finish(company.context)
    assert corrected(company) == set(made)


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
