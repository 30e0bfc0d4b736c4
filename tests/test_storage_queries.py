"""What a press costs, and that every hot query has its index."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.handlers.admin.lists import NOT_OVER, PARTS
from bot.render.admin.menu import COUNTED
from qualify.dialogue import Act, Action, StepKind
from qualify.scoring import Mark
from qualify.services import audit_log, finding, reading, upkeep
from qualify.services.assessments import (
    appeals,
    item_statistics,
    listing,
    overview,
    progress,
    ranking,
    results,
    sign_off,
    team,
)
from qualify.services.assessments.appeals import AppealStart
from qualify.services.assessments.listing import ListStart
from qualify.services.assessments.opening import Opening, open_assessment
from qualify.services.authorization import Actor
from qualify.services.finding import Sought
from qualify.services.imports import people_list
from qualify.services.imports.score_list import import_scores
from qualify.services.notices import digests, faults, queue
from qualify.services.people import directory, joining, line_managers, privacy
from qualify.services.people import directory as directory_service
from qualify.services.reviews import answering, evidence, submission, submitted
from qualify.services.reviews.answering import Attachment
from qualify.storage.assessments import DuePlace, Scope
from qualify.storage.candidates import RankPlace
from qualify.storage.people import Who
from qualify.storage.tables import Notice, NoticeKind
from qualify.storage.teams import Team
from qualify.workflow import AssessmentState
from tests.company import ACCOUNTS, OPERATOR, POINTS, SCALE, Company, reference, statements

pytest_plugins = ["tests.company_fixtures"]
R1 = ACCOUNTS["R1"]
MET, ALL_MET = Action(Act.MARK, "met"), Action(Act.ALL_MET)
SMALL = "ix_candidate_unknown|ix_appeal_waiting|ix_person_here|ix_person_away|ix_review_owed(?:_by)?"
"""Indexes of nothing but what waits, is open or is away, and of everybody who is here: what they have is counted."""
FOUND = r"CONSTANT ROW|\(subquery-\d+\)|anon_\d+|due|days|names|inbox|rescoring"
"""Not tables but what other steps have found, and those that have nothing but what waits."""
SCAN = re.compile(rf"^SCAN (?!(?:{FOUND})(?:\s|$)|\w+ USING (?:COVERING )?INDEX (?:{SMALL})\b)")


def verbs(seen: list[tuple[str, object]]) -> list[str]:
    return [sql.split()[0] for sql, _ in seen]


def test_a_press_on_a_criterion_is_one_select_and_one_insert(company: Company) -> None:
    turn = company.press("R1", answering.open_review(company.context, R1, company.review()), MET)
    for _ in range(2):  # the third one of the same review costs the same
        with statements(company.context.database) as seen:
            turn = company.press("R1", turn, MET)
        assert turn.refusal is None
        assert verbs(seen) == ["SELECT", "INSERT"]
    with statements(company.context.database) as seen:
        shown = answering.shown(company.context, R1, turn.row.id).screen
    assert shown == turn.screen, "the marks come along with the review"
    assert [line.mark for line in shown.lines] == [Mark.MET, Mark.MET, Mark.MET, None]
    assert verbs(seen) == ["SELECT"]


def test_the_very_first_answer_also_says_that_the_assessment_is_in_progress(company: Company) -> None:
    turn = answering.open_review(company.context, R1, company.review())
    with statements(company.context.database) as seen:
        company.press("R1", turn, MET)
    assert verbs(seen) == ["SELECT", "SELECT", "INSERT", "UPDATE"]
    assert "FROM assessment" in seen[1][0], "and that no conversion meets it"


def test_meeting_all_criteria_at_once_is_one_insert_too(company: Company) -> None:
    turn = company.press("R1", answering.open_review(company.context, R1, company.review()), MET)
    with statements(company.context.database) as seen:
        company.press("R1", turn, ALL_MET)
    assert verbs(seen) == ["SELECT", "INSERT"], "the rating's screen needs no more than the marks"
    answering.attach(company.context, R1, Attachment("voice", file_id="file-1"))
    with statements(company.context.database) as seen:
        company.press("R1", answering.shown(company.context, R1, turn.row.id), Action(Act.BACK))
    assert verbs(seen)[-1] == "SELECT", "how much is kept is asked only where something is"


def test_of_two_scores_in_a_row_what_others_gave_is_read_once_each(company: Company) -> None:
    turn = answering.open_review(company.context, R1, company.review())
    assert turn.screen is not None
    exam = next(n for n, element in enumerate(turn.plan.elements) if element.kind == "exam")
    turn = company.press("R1", turn, Action(Act.OVERVIEW))
    turn = company.press("R1", turn, Action(Act.JUMP, str(exam)))
    with statements(company.context.database) as seen:
        written = answering.write(company.context, R1, "88")
    assert written is not None
    assert written.screen is not None
    assert written.screen.step.kind is StepKind.SCORE, "another subject follows"
    assert len([sql for sql, _ in seen if "FROM exam_score" in sql]) == 1


def test_a_stale_press_writes_nothing(company: Company) -> None:
    first = answering.open_review(company.context, R1, company.review())
    company.press("R1", first, MET)
    with statements(company.context.database) as seen:
        company.press("R1", first, MET)
    assert verbs(seen) == ["SELECT"]


def test_a_batch_of_notices_is_claimed_with_one_statement_and_two_looks_at_whom_it_is_for(company: Company) -> None:
    company.opens(SCALE, "4", assessors=("R1", "R2"))
    with statements(company.context.database) as seen:
        assert len(queue.take_due(company.context)) == 2
    assert verbs(seen) == ["WITH", "SELECT", "SELECT"]


def test_the_list_of_people_does_not_ask_for_each_of_them(company: Company) -> None:
    with statements(company.context.database) as seen:
        assert len(directory_service.listed(company.context, OPERATOR)) == 5
    assert len(seen) == 2


def test_one_assessment_is_read_with_few_statements_and_none_twice(company: Company) -> None:
    assessment_id = company.reviewed(SCALE, "3")
    with statements(company.context.database) as seen:
        overview.view(company.context, company.actor("A1"), assessment_id)
    assert len(seen) <= 12
    assert len({(sql, str(parameters)) for sql, parameters in seen}) == len(seen)


def test_signing_takes_few_statements_and_none_twice(company: Company) -> None:
    assessment_id = company.reviewed(SCALE, "3")
    with statements(company.context.database) as seen:
        sign_off.sign_off(company.context, company.actor("A1"), assessment_id)
        overview.view(company.context, company.actor("A1"), assessment_id)  # as the chat shows it afterwards
    assert len(seen) <= 21
    writes = [sql for sql, _ in seen if not sql.startswith("SELECT")]
    assert len(writes) == 3  # the state, the signature, the line of the audit log


def hot(company: Company) -> dict[str, Callable[[], object]]:
    """What happens all day long, by name."""
    context, e1 = company.context, company.id("E1")
    done = company.finishes("R1", company.review())
    result = results.of_assessment(context, OPERATOR, done.row.assessment_id)
    turn = answering.open_review(context, R1, company.review())
    rating = company.press("R1", turn, ALL_MET)
    end = company.walks("R1", company.review(SCALE, "3"))
    scored = company.review(SCALE, "2")
    due_at, admin = company.clock.time, company.id("A1")
    failing = Notice(id=1, person_id=admin, kind=NoticeKind.REVIEW, reference=1, due_at=due_at, faults=9)
    return {
        "press": lambda: company.press("R1", rating, Action(Act.RATE, "5")),
        "overview": lambda: company.press("R1", end, Action(Act.OVERVIEW)),
        "open": lambda: answering.open_review(context, R1, scored),
        "write": lambda: answering.write(context, R1, "note"),
        "attach": lambda: answering.attach(context, R1, Attachment("photo", file_id="x")),
        "pause": lambda: answering.pause(context, R1),
        "whole review": lambda: company.walks("R1", scored),
        "submit": lambda: submission.submit(context, R1, reference(answering.open_review(context, R1, end.row.id))),
        "submitted": lambda: submitted.page(context, company.actor("R1"), 99, most=2),
        "one's own": lambda: submitted.handed_in(context, company.actor("R1"), done.row.id),
        "kept": lambda: evidence.kept(context, R1, rating.row.id),
        "owed": lambda: answering.owed(context, company.id("R1")),
        "meet": lambda: joining.meet(context, R1, "zh"),
        "find": lambda: joining.find(context, R1),
        "latest result": lambda: results.latest(context, e1),
        "history": lambda: results.history(context, e1),
        "standards to read": lambda: reading.choices(context, e1),
        "see": lambda: results.seen_by(context, e1, result.id),
        "result of": lambda: results.of_assessment(context, OPERATOR, done.row.assessment_id),
        "due notices": lambda: queue.take_due(context),
        "a notice that fails": lambda: queue.fail(context, failing),
        "faults": lambda: faults.found(context, failing),
        **administrators(company),
        "a day is planned": lambda: digests.plan_today(context),
        "the upkeep": lambda: upkeep.do_part(context),
        "two years later": lambda: expired(company),
    }


def administrators(company: Company) -> dict[str, Callable[[], object]]:
    """What administrators look at and do, by name."""
    context, admin = company.context, company.actor("A1")
    signed = company.reviewed()
    published = company.published(POINTS, "3", "E2")
    appeals.appeal(context, company.actor("E2"), published, "请再看一下")
    people_list.import_people(context, OPERATOR, company.file("more.csv", "工号,姓名\nN1,马超\n"))
    line_managers.set_manager(context, admin, "E2", "A1")
    place = RankPlace(0, context.today(), 1)
    start = ListStart(0, DuePlace(context.today(), 1))
    opening = Opening(POINTS, "4", "E1", (("R1", Decimal(1)),), context.today())
    scores = company.file("scores.csv", f"工号,标准,科目,成绩,考试日期\nE1,{POINTS},specialist,90,2026-10-01\n")
    return {
        "menu": lambda: progress.waiting(context, admin, COUNTED),
        "assessments": lambda: listing.page(context, admin, (NOT_OVER,), start, most=2),
        "sign queue": lambda: listing.page(context, admin, PARTS, start, most=2, but_own=True),
        "case": lambda: overview.view(context, admin, signed),
        "sign": lambda: sign_off.sign_off(context, admin, signed),
        "publish": lambda: sign_off.publish(context, admin, signed),
        "publish all": lambda: sign_off.publish_signed(context, admin),
        "progress": lambda: progress.page(context, admin, most=2, reviews_each=2),
        "remind": lambda: progress.remind(context, admin, [company.id("R1")]),
        "remind all who are late": lambda: progress.remind_late(context, admin),
        "overdue": lambda: digests.overdue(context, administrator(company)),
        "appeals": lambda: appeals.page(context, admin, AppealStart(False, 9), most=2),
        "waiting appeals": lambda: appeals.page(context, admin, most=2),
        "ranking": lambda: ranking.ranking_page(context, admin, POINTS, "3", 2026, place, most=2),
        "statistics": lambda: item_statistics.find(context, admin, Scope(standard=POINTS)),
        "team": lambda: team.page(context, admin, Team(company.id("A1")), company.id("E1"), most=2),
        "team of a department": lambda: team.page(context, admin, Team(None, "政企客户部"), company.id("E1"), most=2),
        "team's picture": lambda: team.picture(context, admin, Team(company.id("A1"))),
        "one of a team": lambda: team.member(context, admin, company.id("E2")),
        "who leads somebody": lambda: team.is_manager(context, company.id("A1")),
        "a manager is set": lambda: line_managers.set_manager(context, admin, "E1", "周明"),
        "people": lambda: directory.page(context, admin, company.id("R1"), most=2),
        "search": lambda: directory.find(context, admin, "陈", most=2, active=True),
        **searches(company, admin),
        "card": lambda: directory.card(context, admin, company.id("R1")),
        "departments": lambda: directory_service.counted(context, admin, directory_service.departments(context, admin)),
        "assessors": lambda: directory_service.assessors(context, admin, company.id("R1"), most=2),
        "audit": lambda: audit_log.page(context, admin, 9, most=2),
        "open": lambda: open_assessment(context, admin, opening),
        "scores": lambda: import_scores(context, admin, scores),
        "invite": lambda: joining.invite_everybody(context, admin),
        "export": lambda: privacy.export_person(context, admin, "E2"),
    }


def searches(company: Company, admin: Actor) -> dict[str, Callable[[], object]]:
    """What administrators look for, by name."""
    looked_for = {
        "words": Sought("陈"),
        "everything": Sought(),
        "a state": Sought(state=AssessmentState.PUBLISHED),
        "a standard": Sought(standard=POINTS),
        "a standard's state": Sought(standard=POINTS, state=AssessmentState.PUBLISHED),
        "a department": Sought(department="政企客户部"),
    }

    def find(sought: Sought) -> Callable[[], object]:
        account = ACCOUNTS["A1"]

        def deed() -> object:
            mark = finding.look_for(company.context, admin, account, sought)
            return finding.found(company.context, admin, account, mark, 9, most=2)

        return deed

    about = company.id("E1")
    return {f"find {name}": find(sought) for name, sought in looked_for.items()} | {
        "find about somebody": lambda: finding.about(company.context, admin, about, 9, most=2)
    }


def administrator(company: Company) -> Who:
    who = joining.find(company.context, ACCOUNTS["A1"])
    assert who is not None
    return who


def expired(company: Company) -> None:
    """Results end; the clock goes back for whoever looks next."""
    now = company.clock.time
    company.clock.time += timedelta(days=800)
    upkeep.finish(company.context)
    company.clock.time = now


@pytest.fixture
def plans(small_company: Company) -> dict[str, list[str]]:
    """For each hot deed, how SQLite would run its statements."""
    plans: dict[str, list[str]] = {}
    for name, deed in hot(small_company).items():
        with statements(small_company.context.database) as seen:
            deed()
        with small_company.context.database.reading() as connection:
            plans[name] = [
                f"{step.detail}   [{sql}]"
                for sql, parameters in dict(seen).items()
                for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", _first(parameters))
            ]
    return plans


def _first(parameters: object) -> object:
    return parameters[0] if isinstance(parameters, list) else parameters


def test_no_hot_query_looks_at_a_whole_table(plans: dict[str, list[str]]) -> None:
    assert {
        name: scans for name, steps in plans.items() if (scans := [step for step in steps if SCAN.match(step)])
    } == {}
    assert all(any(step.startswith("SEARCH") for step in steps) for steps in plans.values())


def test_what_may_grow_is_not_sorted_but_read_in_order(plans: dict[str, list[str]]) -> None:
    for name in (
        *("press", "latest result", "history", "standards to read", "result of", "due notices", "owed"),
        *("waiting appeals", "appeals", "ranking", "people", "search", "assessors", "audit"),
        *("find everything", "find a state", "find a standard", "find a standard's state"),
    ):
        assert [step for step in plans[name] if "TEMP B-TREE" in step] == []


def test_the_check_would_find_a_missing_index(small_company: Company) -> None:
    with small_company.context.database.transaction() as connection:
        connection.exec_driver_sql("DROP INDEX ix_result_subject_id_id")
        steps = connection.exec_driver_sql("EXPLAIN QUERY PLAN SELECT 1 FROM result WHERE subject_id = 1").all()
    assert SCAN.match(steps[0].detail)
