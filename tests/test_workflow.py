"""The life of an assessment: the whole table walked, and that what it doesn't have changes nothing, wherever it is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qualify.dialogue import Act, Action
from qualify.errors import QualifyError
from qualify.services.reviews import answering, submission
from qualify.services.reviews.screen import Reference
from qualify.texts import LANGUAGES, say
from qualify.workflow import CURRENT, OWED, TABLE, AssessmentState, Event, Rules, follow, require_owed
from tests.company import ACCOUNTS, Company, key_of, refused
from tests.lives import EVENTS, bring_to

pytest_plugins = ["tests.company_fixtures"]
EXPECTED = {
    "open": "begin → in_progress, withdraw → withdrawn",
    "in_progress": "complete → reviewed, withdraw → withdrawn",
    "reviewed": "return → returned, sign_off → signed_off, withdraw → withdrawn, settle → reviewed, rescore → reviewed",
    "returned": "complete → reviewed, withdraw → withdrawn",
    "signed_off": "return → returned, publish → published, withdraw → withdrawn, rescore → reviewed",
    "published": (
        "acknowledge → acknowledged, appeal → appealed, expire → expired, correct → published, rescore → reviewed"
    ),
    "acknowledged": "expire → expired, correct → published, rescore → reviewed",
    "appealed": "answer → answered, reopen → returned, correct → appealed",
    "answered": "acknowledge → acknowledged, expire → expired, correct → published, rescore → reviewed",
    "expired": "",
    "withdrawn": "",
}
BY_THEMSELVES = {Event.BEGIN, Event.COMPLETE, Event.EXPIRE, Event.RESCORE, Event.CORRECT}
"""Events that nobody asks for: they follow from answers, from lists, and from time."""
WAYS = {state: dict(way.split(" → ") for way in ways.split(", ") if way) for state, ways in EXPECTED.items()}


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", AssessmentState)
def test_every_event_leads_where_the_design_says_or_is_refused(state: AssessmentState, event: Event) -> None:
    if event in WAYS[state]:
        assert follow(state, event) == WAYS[state][event]
        return
    with pytest.raises(QualifyError, match=r"^error-life\(") as refusal:
        follow(state, event)
    assert refusal.value.values == {"state": state, "event": event}
    for language in LANGUAGES:
        assert say(language, "life-state", state=state) in say(language, "error-life", **refusal.value.values)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_and_every_event_has_a_word_of_its_own(language: str) -> None:
    assert len({say(language, "life-state", state=state) for state in AssessmentState}) == len(AssessmentState)
    events = [say(language, "life-event", event=event) for event in Event]
    assert len(set(events)) == len(Event)


def reachable(start: AssessmentState) -> set[AssessmentState]:
    """Every state that some events lead to, the start included."""
    found, new = {start}, {start}
    while new:
        new = {after for (before, _), after in TABLE.items() if before in new} - found
        found |= new
    return found


def test_every_state_can_be_reached_and_from_every_one_an_end() -> None:
    assert reachable(AssessmentState.OPEN) == set(AssessmentState)
    ends = {state for state in AssessmentState if not WAYS[state]}
    assert ends == {AssessmentState.EXPIRED, AssessmentState.WITHDRAWN}
    assert [state for state in AssessmentState if not reachable(state) & ends] == []


def test_nothing_reaches_the_employee_that_nobody_signed_and_nothing_published_is_withdrawn() -> None:
    assert {before for (before, event) in TABLE if event is Event.PUBLISH} == {AssessmentState.SIGNED_OFF}
    assert {before for (before, event) in TABLE if event is Event.WITHDRAW} & CURRENT == set()


@pytest.mark.parametrize("state", AssessmentState)
def test_reviews_are_owed_until_they_are_in_and_again_when_returned(state: AssessmentState) -> None:
    assert (state in OWED) == (state in {"open", "in_progress", "returned"})
    if state in OWED:
        require_owed(state)
        return
    with refused("error-life-not-owed"):
        require_owed(state)


def test_an_appeal_is_in_time_to_the_second() -> None:
    published = datetime(2026, 11, 22, 1, 0, 0, tzinfo=UTC)
    assert Rules().appeal_until(published) == datetime(2026, 11, 30, 1, 0, 0, tzinfo=UTC)
    assert Rules().appeal_until_if_delivered(published) == datetime(2026, 11, 29, 1, 0, 0, tzinfo=UTC)
    assert Rules(appeal_days=0).appeal_until(published) == published


def test_what_is_promised_of_the_days_to_appeal_never_shrinks() -> None:
    published = datetime(2026, 11, 22, 1, 0, 0, tzinfo=UTC)
    until, hour, week = Rules().appeal_until(published), timedelta(hours=1), timedelta(days=7)
    for now, promised in (
        (published, published + week),
        (published + hour, published + hour + week),
        (published + timedelta(days=1), until),
        (published + week, until),
    ):
        assert Rules().appeal_surely_until(published, until, now) == promised
    delivered = Rules().appeal_until_if_delivered(published)
    assert Rules().appeal_surely_until(published, delivered, published + hour) == delivered
    assert Rules(appeal_days=2).appeal_surely_until(published, until, published + week / 2) == until, "as on its day"


@pytest.mark.parametrize(
    ("published", "months", "until"),
    [
        ("2026-11-22", 24, "2028-11-22"),
        ("2026-02-28", 24, "2028-02-28"),
        ("2024-02-29", 24, "2026-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-01-31", 1, "2026-02-28"),
    ],
)
def test_validity_counts_calendar_months(published: str, months: int, until: str) -> None:
    valid_until = Rules(validity_months=months).valid_until(date.fromisoformat(published))
    assert valid_until == date.fromisoformat(until)


# In the database: every event in every state, through the service that makes it happen.


@pytest.mark.parametrize(("state", "event"), TABLE)
def test_an_event_that_the_table_has_happens(small_company: Company, state: AssessmentState, event: Event) -> None:
    life = bring_to(small_company, state)
    EVENTS[event](life)
    assert life.state == TABLE[state, event]


@pytest.mark.parametrize("state", AssessmentState)
def test_an_event_that_the_table_does_not_have_changes_nothing(small_company: Company, state: AssessmentState) -> None:
    life = bring_to(small_company, state)
    before = small_company.cells()
    for event in Event:
        if (state, event) not in TABLE and event not in BY_THEMSELVES:
            with pytest.raises(QualifyError):
                EVENTS[event](life)
            assert small_company.cells() == before, event
    if (state, Event.EXPIRE) not in TABLE:
        EVENTS[Event.EXPIRE](life)
        assert small_company.cells() == before


@pytest.mark.parametrize("state", [state for state in AssessmentState if state not in OWED])
def test_a_review_that_is_not_owed_takes_no_answer_and_no_submission(
    small_company: Company, state: AssessmentState
) -> None:
    life = bring_to(small_company, state)
    turn = answering.open_review(small_company.context, ACCOUNTS["R1"], life.lead)
    assert turn.screen is None
    before = small_company.cells()
    reference = Reference(life.lead, 0, turn.row.position.revision)
    for again in (
        answering.press(small_company.context, ACCOUNTS["R1"], reference, Action(Act.ALL_MET)),
        submission.submit(small_company.context, ACCOUNTS["R1"], reference),
    ):
        assert (again.screen, key_of(again)) == (None, "error-stale")
    assert answering.write(small_company.context, ACCOUNTS["R1"], "再补一句") is None
    assert small_company.cells() == before
