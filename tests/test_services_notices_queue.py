"""Messages owed: each is claimed by one sender at a time, and only for people who can be written to."""

from datetime import timedelta

from sqlalchemy import func, select
from sqlmodel import col

from qualify.services import Context
from qualify.services.assessments import results
from qualify.services.imports import people_list
from qualify.services.notices import queue
from qualify.services.notices.queue import APART, LEASE, MOST_LOOKS, REST
from qualify.services.people import directory, joining, roles
from qualify.storage import notices as stored
from qualify.storage.tables import Notice, NoticeKind
from tests.company import ACCOUNTS, ON_SQLITE, OPERATOR, POINTS, Company, meeting_before, statements, together

pytest_plugins = ["tests.company_fixtures"]


def owe(company: Company, *staff_numbers: str, count: int = 1) -> None:
    """Owe each of these people `count` messages, each due a second after the other."""
    with company.context.database.transaction() as connection:
        for reference in range(count):
            due_at = company.clock.time + timedelta(seconds=reference - count)
            for staff_no in staff_numbers:
                stored.owe(connection, company.id(staff_no), NoticeKind.RESULT, reference, due_at)


def take(context: Context, limit: int = 100) -> list[int]:
    return [notice.id for notice, _ in queue.take_due(context, limit)]


def test_what_is_due_is_claimed_longest_due_first_with_the_account_it_goes_to(company: Company) -> None:
    owe(company, "E1", "E2", count=3)
    taken = [(notice.reference, who.name) for notice, who in queue.take_due(company.context, limit=4)]
    assert taken == [(0, "陈晨"), (0, "何静"), (1, "陈晨"), (1, "何静")]
    assert len(take(company.context)) == 2
    assert take(company.context) == []


def test_owing_the_same_twice_is_owing_it_once_and_nothing_is_due_before_its_time(company: Company) -> None:
    owe(company, "E1")
    owe(company, "E1")
    company.clock.time -= timedelta(seconds=2)
    assert take(company.context) == []
    company.clock.time += timedelta(seconds=2)
    assert len(take(company.context)) == 1


def test_senders_on_two_connections_claim_everything_once_and_nothing_twice(company: Company) -> None:
    owe(company, "E1", "E2", count=60)

    def take_all(context: Context) -> list[int]:
        taken: list[int] = []
        while some := take(context, limit=7):
            taken += some
        return taken

    with meeting_before(company.context, "WITH due"):
        first, second, third = together(*[
            lambda context=context: take_all(context)
            for context in (company.context, company.context, company.restarted())
        ])  # fmt: skip
    assert sorted(first + second + third) == sorted({*first, *second, *third})
    assert len(first + second + third) == 120


def test_a_claim_whose_sender_died_is_free_again_when_its_lease_ends(company: Company) -> None:
    owe(company, "E1")
    (died,) = queue.take_due(company.context)
    company.clock.time += LEASE - timedelta(seconds=1)
    assert take(company.context) == []
    company.clock.time += timedelta(seconds=1)
    assert take(company.context) == [died[0].id]


def test_what_was_sent_or_given_up_never_comes_again(company: Company) -> None:
    owe(company, "E1")
    ((notice, _),) = queue.take_due(company.context)
    queue.settle(company.context, notice, "sent")
    company.clock.time += LEASE * 2
    assert take(company.context) == []


def test_what_was_owed_again_while_it_was_sent_is_sent_once_more(company: Company) -> None:
    owe(company, "E1")
    ((claimed, _),) = queue.take_due(company.context)
    with company.context.database.transaction() as connection:
        stored.owe_again(connection, claimed.person_id, NoticeKind.RESULT, claimed.reference, company.clock.time)
    queue.settle(company.context, claimed, "sent")
    assert take(company.context) == [claimed.id]


def test_what_is_owed_again_has_all_its_tries_before_it(company: Company) -> None:
    owe(company, "E1")
    for again in (queue.fail, queue.doubt, queue.doubt):
        ((notice, _),) = queue.take_due(company.context)
        again(company.context, notice)
        company.clock.time += queue.UNSURE_PAUSE
    with company.context.database.transaction() as connection:
        stored.owe_again(connection, notice.person_id, NoticeKind.RESULT, notice.reference, company.clock.time)
    ((notice, _),) = queue.take_due(company.context)
    assert (notice.unsure, notice.faults, notice.outcome) == (0, 0, "")


def test_two_processes_that_plan_the_same_day_in_another_order_both_succeed(company: Company) -> None:
    planned = [
        stored.Owed(company.id(staff_no), NoticeKind.REMINDER, day, company.clock.time)
        for staff_no in ("E1", "E2", "R1", "R2")
        for day in range(300)
    ]

    def plan(context: Context, owed: list[stored.Owed]) -> None:
        with context.database.transaction() as connection:
            stored.owe_all(connection, owed)

    other = company.restarted()
    together(lambda: plan(company.context, planned), lambda: plan(other, planned[::-1]))
    assert company.count(Notice) == len(planned)


def test_what_was_postponed_comes_again_then_and_not_before(company: Company) -> None:
    owe(company, "E1")
    ((notice, _),) = queue.take_due(company.context)
    queue.postpone(company.context, notice, timedelta(minutes=1))
    assert take(company.context) == []
    company.clock.time += timedelta(minutes=1)
    assert take(company.context) == [notice.id]


def test_a_sender_that_was_too_slow_does_not_give_somebody_elses_claim_away(company: Company) -> None:
    owe(company, "E1")
    ((slow, _),) = queue.take_due(company.context)
    company.clock.time += LEASE
    ((other, _),) = queue.take_due(company.context)
    queue.postpone(company.context, slow, timedelta())
    assert take(company.context) == []
    queue.postpone(company.context, other, timedelta())
    assert take(company.context) == [slow.id]


def test_nobody_is_written_to_who_blocked_the_bot_left_or_has_not_joined(company: Company) -> None:
    people_list.import_people(company.context, OPERATOR, company.file("more.csv", "staff_no,name\nN1,马超\n"))
    newcomer = next(
        person.id for person, _, _ in directory.listed(company.context, OPERATOR) if person.staff_no == "N1"
    )
    owe(company, "E1", "E2")
    with company.context.database.transaction() as connection:
        stored.owe(connection, newcomer, NoticeKind.RESULT, 1, company.clock.time)
    joining.set_blocked(company.context, ACCOUNTS["E1"], blocked=True)
    roles.set_active(company.context, OPERATOR, "E2", active=False)
    assert take(company.context) == []
    joining.meet(company.context, ACCOUNTS["E1"], "zh")
    roles.set_active(company.context, OPERATOR, "E2", active=True)
    joining.meet(company.context, 91, "zh")
    joining.accept(company.context, 91, joining.invite(company.context, OPERATOR, "N1"))
    assert [who.name for _, who in queue.take_due(company.context)] == ["陈晨", "何静", "马超"]


def test_what_nobody_can_be_told_is_looked_at_once_a_day_and_not_in_the_way(company: Company) -> None:
    owe(company, "E1", count=30)
    joining.set_blocked(company.context, ACCOUNTS["E1"], blocked=True)
    owe(company, "E2")
    ((notice, _),) = queue.take_due(company.context, limit=10)  # the others were due before
    queue.settle(company.context, notice, "sent")
    assert looked_at_within(company, REST) == 0
    company.clock.time += REST + 3 * APART
    assert (take(company.context), looked_at_within(company, REST)) == ([], 0)


def test_after_very_many_who_can_not_be_told_the_others_come_a_little_later(company: Company) -> None:
    owe(company, "E1", count=MOST_LOOKS + 5)
    joining.set_blocked(company.context, ACCOUNTS["E1"], blocked=True)
    owe(company, "E2")
    with statements(company.context.database) as seen:
        assert take(company.context, limit=1) == []
    assert len([sql for sql, _ in seen if "UPDATE notice" in sql]) == MOST_LOOKS
    assert len(take(company.context, limit=1)) == 1
    company.clock.time += REST
    assert looked_at_within(company, APART) == 2
    assert looked_at_within(company, 2 * APART) == 4


def test_where_nothing_is_due_it_is_looked_once(company: Company) -> None:
    with statements(company.context.database) as seen:
        assert take(company.context) == []
    assert len([sql for sql, _ in seen if "UPDATE notice" in sql]) == 1


@ON_SQLITE
def test_the_days_to_appeal_begin_with_the_message_of_the_result_and_no_other_nor_one_that_may_not_have_come(
    company: Company,
) -> None:
    result_id = company.published()
    take(company.context)
    late = results.latest(company.context, company.id("E1")).stored.appeal_until
    for kind, outcome, is_delivered in (
        (NoticeKind.REVIEW, "sent", False),  # the number of a review, which is also that of a result
        (NoticeKind.RESULT, "unsure", False),
        (NoticeKind.RESULT, "sent", True),
    ):
        with company.context.database.transaction() as connection:
            stored.owe_again(connection, company.id("E1"), kind, result_id, company.clock.time)
        ((notice, _),) = queue.take_due(company.context)
        queue.settle(company.context, notice, outcome)
        until = results.latest(company.context, company.id("E1")).stored.appeal_until
        assert (until != late) is is_delivered
    assert until == company.context.rules.appeal_until_if_delivered(company.clock.time)


@ON_SQLITE
def test_a_digest_that_left_no_message_takes_no_place_in_the_chat(company: Company) -> None:
    for day, (message_id, replaced) in enumerate([(5, None), (None, None), (6, 5)]):
        with company.context.database.transaction() as connection:
            stored.owe(connection, company.id("E1"), NoticeKind.REMINDER, day, company.clock.time)
        ((notice, who),) = queue.take_due(company.context)
        assert queue.delivered(company.context, notice, who.telegram_id, message_id) == replaced


def looked_at_within(company: Company, time: timedelta) -> int:
    """How many notices that aren't claimed a sender would look at before then."""
    before = company.clock.time + time - timedelta(seconds=1)
    with company.context.database.reading() as connection:
        waiting = select(func.count()).select_from(Notice).where(col(Notice.claimed_until).is_(None))
        return connection.execute(waiting.where(col(Notice.look_at) <= before)).scalar_one()


def test_who_unblocks_the_bot_is_told_at_once_but_not_what_is_being_sent(company: Company) -> None:
    owe(company, "E1", count=2)
    (claimed,) = take(company.context, limit=1)
    joining.set_blocked(company.context, ACCOUNTS["E1"], blocked=True)
    assert take(company.context) == []
    joining.set_blocked(company.context, ACCOUNTS["E1"], blocked=False)
    (other,) = take(company.context)
    assert other != claimed


def test_a_result_is_owed_to_the_employee_and_to_every_assessor_once(company: Company) -> None:
    reviews = company.opens(POINTS, "3", assessors=("R1", "R2"))
    for notice, _ in queue.take_due(company.context):
        queue.settle(company.context, notice, "sent")
    for staff_no, review_id in zip(("R1", "R2"), reviews, strict=True):
        assert take(company.context) == []
        company.finishes(staff_no, review_id)
    owed = [(notice.kind, who.name) for notice, who in queue.take_due(company.context)]
    assert sorted(owed) == sorted((NoticeKind.RESULT, name) for name in ("陈晨", "周明", "吴倩"))
    assert company.count(Notice) == 7, "two reviews, three results, and two notices of its end that are due later"
