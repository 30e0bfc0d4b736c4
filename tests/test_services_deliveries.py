"""One update, one effect: delivered again it changes nothing, whatever has happened since, and is answered again."""

import re
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from inspect import getmembers, isfunction, unwrap
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter

from qualify import services
from qualify.dialogue import Act, Action
from qualify.errors import Busy, InvalidInput
from qualify.services import Context, deliveries, inbox, typed_answers
from qualify.services.assessments import appeals
from qualify.services.authorization import Actor, Question
from qualify.services.context import is_repeatable, look_again_of, only_reads
from qualify.services.people import joining, privacy
from qualify.services.reviews import answering, submission
from qualify.services.reviews.answering import Attachment
from qualify.storage.inbox import Delivery, KeptUpdate
from qualify.storage.tables import Effect, Evidence, StoredEntry
from tests.company import (
    ACCOUNTS,
    ON_SQLITE,
    OPERATOR,
    SCALE,
    Company,
    key_of,
    meeting_before,
    reference,
    refused,
    together,
)

pytest_plugins = ["tests.company_fixtures"]
R1, E1 = ACCOUNTS["R1"], ACCOUNTS["E1"]
BOT = 7


def by(company: Company, update_id: int, user_id: int = R1, bot_id: int = BOT) -> Context:
    """The services as the update asks for them."""
    return replace(company.context, delivery=Delivery(bot_id, update_id, user_id))


def does(context: Context, service: Any, *args: Any, **kwargs: Any) -> Any:
    """Call the service as the bot does for an update."""
    return deliveries.once(service.__name__, service, context, *args, **kwargs)


def test_a_message_that_comes_again_is_taken_once_and_answered_again(company: Company) -> None:
    company.at_rating()
    entries = company.count(StoredEntry)
    for _ in range(2):
        kept = does(by(company, 1), answering.attach, R1, Attachment("voice", file_id="v"))
        noted = does(by(company, 2), answering.write, R1, "好")
        assert (kept.noted, noted.noted, noted.evidence) == (True, True, 2)
    rated = does(by(company, 3), answering.write, R1, "4")
    again = does(by(company, 3), answering.write, R1, "4")
    assert rated.screen == again.screen
    assert (company.count(Evidence), company.count(StoredEntry)) == (2, entries + 1)


@ON_SQLITE
def test_updates_are_known_by_their_bot_so_that_a_new_one_on_the_same_database_is_heard(company: Company) -> None:
    company.at_rating()
    for bot_id in (BOT, BOT, BOT + 1):
        does(by(company, 1, bot_id=bot_id), answering.write, R1, "好")
    assert company.count(Evidence) == 2


def test_a_message_that_comes_again_when_another_review_is_in_hand_is_not_taken_there(company: Company) -> None:
    company.at_rating()
    does(by(company, 1), answering.write, R1, "好")
    (other,) = company.opens(SCALE, "3")
    does(by(company, 2), answering.open_review, R1, other)
    shown = does(by(company, 1), answering.write, R1, "好")
    assert (shown.row.id, shown.evidence, company.count(Evidence)) == (other, 0, 1)


@pytest.mark.parametrize(
    ("text", "key"), [("好", "error-done-before"), ("4", "error-done-before"), ("长" * 5000, "error-note-long")]
)
def test_a_message_that_comes_again_when_nothing_is_in_hand_any_more_is_told_what_became_of_it(
    company: Company, text: str, key: str
) -> None:
    company.at_rating()
    does(by(company, 1), answering.write, R1, text)
    does(by(company, 2), answering.pause, R1)
    with refused(key):
        does(by(company, 1), answering.write, R1, text)
    for _ in range(2):
        assert does(by(company, 3), answering.write, R1, text) is None


@pytest.mark.parametrize(("text", "statement"), [("好", "INSERT INTO effect"), ("5", "INSERT INTO effect")])
def test_a_message_that_two_processes_take_at_once_is_taken_once(company: Company, text: str, statement: str) -> None:
    company.at_rating()
    before = company.count(StoredEntry) + company.count(Evidence)
    with meeting_before(company.context, statement):
        turns = together(*[lambda: does(by(company, 1), answering.write, R1, text)] * 2)
    assert [key_of(turn) for turn in turns] == [None, None]
    assert company.count(StoredEntry) + company.count(Evidence) == before + 1


def test_a_press_that_comes_again_is_known_by_its_revision_and_takes_nothing_in_hand(company: Company) -> None:
    review_id = company.review()
    turn = answering.open_review(company.context, R1, review_id)
    pressed = answering.press(by(company, 1), R1, reference(turn), Action(Act.ALL_MET))
    typed_answers.ask(company.context, R1, "appeal 1 2")
    again = answering.press(by(company, 1), R1, reference(turn), Action(Act.ALL_MET))
    assert (again.refusal, again.screen) == (None, pressed.screen)
    assert joining.find(company.context, R1).asked == "appeal 1 2"


def test_a_press_of_another_update_on_an_old_screen_is_stale_and_takes_the_review_in_hand_once(
    company: Company,
) -> None:
    review_id = company.review()
    turn = answering.open_review(company.context, R1, review_id)
    answering.press(by(company, 1), R1, reference(turn), Action(Act.ALL_MET))
    typed_answers.ask(company.context, R1, "appeal 1 2")
    stale = answering.press(by(company, 2), R1, reference(turn), Action(Act.ALL_MET))
    assert key_of(stale) == "error-stale"
    assert joining.find(company.context, R1).asked == ""
    typed_answers.ask(company.context, R1, "appeal 1 2")
    answering.press(by(company, 2), R1, reference(turn), Action(Act.ALL_MET))
    assert joining.find(company.context, R1).asked == "appeal 1 2"


@ON_SQLITE
def test_a_review_that_is_handed_in_twice_by_one_press_is_handed_in_once_and_shown_again(company: Company) -> None:
    turn = company.walks("R1", company.review())
    for _ in range(2):
        shown = does(by(company, 1), submission.submit, R1, reference(turn))
        assert (shown.screen, shown.refusal) == (None, None)


def test_a_deed_and_its_record_are_one_transaction(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    result_id = company.published()
    monkeypatch.setattr(deliveries.inbox, "end_step", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        does(by(company, 1, E1), appeals.appeal, company.actor("E1"), result_id, "请再看看")
    monkeypatch.undo()
    assert company.count(Effect) == 0
    first = does(by(company, 1, E1), appeals.appeal, company.actor("E1"), result_id, "请再看看")
    assert does(by(company, 1, E1), appeals.appeal, company.actor("E1"), result_id, "请再看看") == first


@ON_SQLITE
def test_what_was_refused_is_refused_again_with_the_same_words_though_it_could_be_done_by_now(company: Company) -> None:
    result_id = company.published()
    actor = company.actor("E1")
    for _ in range(2):
        with refused("error-appeal-text") as caught:
            does(by(company, 1, E1), appeals.appeal, actor, result_id, " ")
    assert caught.value.is_repeated
    does(by(company, 2, E1), appeals.appeal, actor, result_id, "请再看看")


def test_a_locked_database_leaves_no_record_so_that_the_same_update_can_be_taken_later(company: Company) -> None:
    def locked(_: Context) -> None:
        raise Busy("error-database-busy")

    with refused("error-database-busy"):
        does(by(company, 1), locked)
    assert company.count(Effect) == 0


def test_who_answers_is_known_as_they_were_asked_however_much_has_happened_since(company: Company) -> None:
    result_id = company.published()
    typed_answers.ask(company.context, E1, f"appeal {result_id} 5")
    assert deliveries.receive(by(company, 1, E1)).is_done is False
    actor = Actor(company.id("E1"), answering=Question(E1, f"appeal {result_id} 5"))
    does(by(company, 1, E1), appeals.appeal, actor, result_id, "请再看看")
    assert joining.find(company.context, E1).asked == ""
    received = deliveries.receive(by(company, 1, E1))
    assert (received.who.asked, received.is_done, received.refusal) == (f"appeal {result_id} 5", True, None)


def test_a_question_taken_back_first_is_not_what_the_update_did(company: Company) -> None:
    typed_answers.ask(company.context, E1, "appeal 1 5")
    deliveries.once("typed_answers.take_back", typed_answers.take_back, by(company, 1, E1), E1)
    received = deliveries.receive(by(company, 1, E1))
    assert (received.who.asked, received.is_done) == ("appeal 1 5", False)


@pytest.mark.parametrize("names", [("answering.a", "typed_answers.z"), ("typed_answers.z", "answering.a")])
def test_what_the_texts_of_an_update_went_to_is_what_they_did_before_its_first_step(
    company: Company, names: tuple[str, str]
) -> None:
    typed_answers.ask(company.context, R1, "appeal 1 5")
    for name in names:
        deliveries.once(name, typed_answers.take_back, by(company, 1), R1)
    received = deliveries.receive(by(company, 1))
    assert (received.who.asked, received.is_done) == ("appeal 1 5", False)


@ON_SQLITE
def test_which_review_the_texts_of_an_update_went_to_is_known_when_another_is_in_hand(company: Company) -> None:
    review_id, _ = company.at_rating()
    does(by(company, 1), answering.write, R1, "好")
    answering.open_review(company.context, R1, *company.opens(SCALE, "3"))
    assert deliveries.receive(by(company, 1)).who.review_id == review_id


def test_an_answer_that_was_refused_in_a_review_is_refused_again_though_it_stands_elsewhere_by_now(
    company: Company,
) -> None:
    company.at_rating()
    first = does(by(company, 1), answering.write, R1, "99")
    assert first.refusal is not None
    does(by(company, 2), answering.write, R1, "4")
    again = does(by(company, 1), answering.write, R1, "99")
    assert again.refusal is not None
    assert (again.refusal.key, again.refusal.is_repeated) == (first.refusal.key, True)


@ON_SQLITE
def test_what_a_refusal_tells_is_kept_as_words(company: Company) -> None:
    def refusing(_: Context) -> None:
        raise InvalidInput("error-choice", given=company.clock.time.date())

    for _ in range(2):
        with refused("error-choice") as caught:
            does(by(company, 1), refusing)
    assert caught.value.values == {"given": "2026-11-22"}


@ON_SQLITE
def test_a_text_refused_before_anything_was_done_is_refused_again(company: Company) -> None:
    deliveries.refuse(by(company, 1, E1), InvalidInput("error-choice", given="x"))
    deliveries.refuse(by(company, 1, E1), InvalidInput("error-stale"))
    received = deliveries.receive(by(company, 1, E1))
    assert received.refusal is not None
    assert (received.refusal.key, received.refusal.values) == ("error-choice", {"given": "x"})
    assert received.is_done is False


def test_a_person_exported_by_one_update_is_given_out_again_and_that_is_kept_once(company: Company) -> None:
    actor = company.actor("A1")
    first = does(by(company, 1), privacy.export_person, actor, "E1")
    (line,) = company.lines()
    again = does(by(company, 1), privacy.export_person, actor, "E1")
    assert again["person"] == first["person"]
    assert company.lines() == [line]


@ON_SQLITE
def test_somebody_new_is_nobody_yet(company: Company) -> None:
    assert deliveries.receive(by(company, 1, 999)) == deliveries.Received(None)


def test_records_are_forgotten_after_a_week(company: Company) -> None:
    company.at_rating()
    does(by(company, 1), answering.write, R1, "好")
    company.clock.time += timedelta(days=6)
    does(by(company, 2), answering.write, R1, "好")
    company.clock.time += timedelta(days=1, seconds=1)
    deliveries.forget(company.context)
    assert company.count(Effect) == 1


def test_no_record_names_a_person_who_was_erased(company: Company) -> None:
    deliveries.refuse(by(company, 1, R1), InvalidInput("error-own-assessor", name="陈晨"))
    deliveries.refuse(by(company, 2, R1), InvalidInput("error-own-assessor", name="周明"))
    inbox.keep(company.context, BOT, [KeptUpdate(3, E1, "{}")])
    privacy.erase_person(company.context, OPERATOR, "E1")
    assert inbox.listed(company.context, OPERATOR) == []
    said = [deliveries.receive(by(company, each)).refusal for each in (1, 2)]
    assert [each and each.key for each in said] == ["error-done-before", "error-own-assessor"]


def deeds() -> set[Any]:
    """Every service that the bot names, writes and keeps the outcome of."""
    named = set(re.findall(r"\b\w+\.(\w+)\b", "".join(path.read_text() for path in Path("bot").rglob("*.py"))))
    found = set()
    for module in walk_packages(services.__path__, f"{services.__name__}."):
        for name, function in getmembers(import_module(module.name), isfunction):
            hints = get_type_hints(unwrap(function)) if function.__module__.startswith("qualify.services") else {}
            is_marked = only_reads(function) or is_repeatable(function) or look_again_of(function)
            is_service = next(iter(hints.values()), None) is Context and not name.startswith("_")
            if is_service and name in named and not is_marked:
                found.add(function)
    return found


def test_every_outcome_that_is_kept_is_plain_data() -> None:
    kept = {f"{deed.__module__}.{deed.__name__}": get_type_hints(unwrap(deed))["return"] for deed in deeds()}
    assert len(kept) > 20
    for kind in kept.values():
        TypeAdapter(kind).json_schema()
